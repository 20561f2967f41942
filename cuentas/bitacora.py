"""Quién hizo qué, cuándo y sobre qué: una sola tabla, que solo crece.

La tabla es la de django-auditlog. Esa biblioteca anota por su cuenta los cambios de campo de los
modelos registrados con `registrar_en_bitacora`; las acciones anotan con `anotar` lo que pasó en
las palabras de la institución. Los disparadores de `cuentas.candado` impiden corregirla.
"""

import hashlib
import json
import logging
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from auditlog.cid import get_cid
from auditlog.models import LogEntry
from auditlog.registry import auditlog
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils import timezone

from cuentas import candado
from cuentas.direccion_ip import direccion_de
from cuentas.models import Invitacion, SelloBitacora, Usuario

registro = logging.getLogger("portal.bitacora")

# Lo que tarda, como mucho, en cerrarse una transacción que ya escribió: antes no se sella.
MARGEN_DEL_SELLO = timedelta(hours=2)

_IDENTIDAD = ("actor_id", "actor_email", "remote_addr", "object_repr")
_CONTENIDO = (
    "id",
    "content_type_id",
    "object_pk",
    "object_id",
    "serialized_data",
    "action",
    "changes_text",
    "changes",
    "cid",
    "timestamp",
    "additional_data",
)


def registrar_en_bitacora(modelo, *, exclude_fields=(), cubrir=(), m2m_fields=()):
    """Que todo cambio de campo de ese modelo quede anotado. Cada app la llama en su `apps.py`.

    De los campos en `cubrir` (datos personales) queda que cambiaron, no qué decían. Lo que otro
    modelo añade de uno en uno (el acta de una sesión) lo anota ese: mirarlo aquí sería una consulta
    más por fila.
    """
    de_otros = [relacion.name for relacion in modelo._meta.related_objects if relacion.one_to_one]
    auditlog.register(
        modelo,
        exclude_fields=[*exclude_fields, *de_otros],
        mask_fields=list(cubrir),
        mask_callable="cuentas.bitacora.cubierto",
        m2m_fields=set(m2m_fields),
    )


def cubierto(valor: str) -> str:
    return "•••" if valor and valor != "None" else ""


def anotar(
    *,
    por: Usuario | None,
    verbo: str,
    objeto: models.Model | None = None,
    antes: dict | None = None,
    despues: dict | None = None,
    detalle: dict | None = None,
    peticion=None,
    accion: int = LogEntry.Action.UPDATE,
) -> LogEntry:
    """Añade una entrada. Sin `objeto`, la entrada es sobre la propia persona.

    Lo que va en `antes`, `despues` y `detalle` no se borra nunca: sin nombres ni correos.
    `por` es None cuando lo hizo el portal solo.
    """
    if por is not None and not por.is_authenticated:
        por = None
    sobre = objeto if objeto is not None else por
    adicional = {"verbo": verbo}
    if detalle:
        adicional["detalle"] = _llano(detalle)
    datos = {
        "content_type": ContentType.objects.get_for_model(sobre if sobre is not None else Usuario),
        "object_pk": "" if sobre is None else str(sobre.pk),
        "object_id": sobre.pk if sobre is not None and isinstance(sobre.pk, int) else None,
        "object_repr": "" if sobre is None else str(sobre),
        "action": accion,
        "changes": _cambios(antes, despues),
        "additional_data": adicional,
        "actor": por,
        "actor_email": por.email if por is not None else None,
        "cid": get_cid(),
    }
    if peticion is not None:
        datos["remote_addr"] = direccion_de(peticion)
    return LogEntry.objects.create(**datos)


def ver_lista_de_personas(
    *,
    por: Usuario,
    lista: str,
    n_personas: int,
    objeto: models.Model | None = None,
    filtros: dict | None = None,
    exportada: bool = False,
    peticion=None,
) -> LogEntry:
    """Deja constancia de quién vio, o se llevó, una lista de personas."""
    return anotar(
        por=por,
        verbo="exportó una lista de personas" if exportada else "vio una lista de personas",
        objeto=objeto,
        detalle={
            "lista": lista,
            "personas": n_personas,
            **({"filtros": filtros} if filtros else {}),
        },
        peticion=peticion,
        accion=LogEntry.Action.ACCESS,
    )


def _cambios(antes, despues):
    if antes is None and despues is None:
        return None
    antes, despues = antes or {}, despues or {}
    return {
        campo: [_llano(antes.get(campo)), _llano(despues.get(campo))]
        for campo in {**antes, **despues}
        if antes.get(campo) != despues.get(campo)
    }


def _llano(valor):
    """Lo mismo, con solo lo que JSON sabe escribir."""
    if isinstance(valor, dict):
        return {str(clave): _llano(uno) for clave, uno in valor.items()}
    if isinstance(valor, list | tuple | set | frozenset | models.QuerySet):
        return [_llano(uno) for uno in valor]
    if isinstance(valor, date | datetime | time):
        return valor.isoformat()
    if valor is None or type(valor) in (bool, int, float, str):
        return valor
    return str(valor)


@transaction.atomic
def borrar_identidad(usuario: Usuario) -> int:
    """Quita de la bitácora quién era esa persona; queda lo que se hizo. Da cuántas cambió."""
    suyas = LogEntry.objects.filter(actor=usuario).update(
        actor=None, actor_email=None, remote_addr=None, remote_port=None
    )
    sobre_ella = sum(
        LogEntry.objects.filter(
            content_type=ContentType.objects.get_for_model(objeto), object_pk=str(objeto.pk)
        ).update(object_repr="")
        for objeto in [usuario, *Invitacion.objects.filter(usada_por=usuario)]
    )
    return suyas + sobre_ella


# ── La cadena de huellas ──────────────────────────────────────────────────────────────────────


@transaction.atomic
def sellar_bitacora(*, margen: timedelta = MARGEN_DEL_SELLO) -> SelloBitacora | None:
    """Añade un eslabón con todo lo que aún no tiene. Sin nada nuevo no hace nada."""
    anterior = SelloBitacora.objects.select_for_update().order_by("-hasta").first()
    nuevas = LogEntry.objects.filter(id__gt=anterior.hasta if anterior else 0)
    reciente = nuevas.filter(timestamp__gt=timezone.now() - margen).order_by("id").first()
    if reciente is not None:
        nuevas = nuevas.filter(id__lt=reciente.id)
    extremos = nuevas.aggregate(desde=models.Min("id"), hasta=models.Max("id"))
    if extremos["hasta"] is None:
        return None
    sello = SelloBitacora.objects.create(
        **extremos,
        **_resumen(anterior.hasta if anterior else 0, extremos["hasta"], anterior),
        anterior=anterior,
    )
    # También al registro técnico, que vive fuera de la base: contra él se compara la cadena.
    registro.warning(
        "bitácora sellada",
        extra={"datos": {"hasta": sello.hasta, "n": sello.n_entradas, "huella": sello.huella}},
    )
    return sello


def verificar_bitacora() -> list[str]:
    """Los problemas que hay, en palabras. La lista vacía dice que nadie la ha tocado."""
    problemas = []
    if not candado.esta_puesto():
        problemas.append("Falta el candado de la base: la bitácora admite cambios.")
    sellos = list(SelloBitacora.objects.order_by("hasta"))
    for anterior, sello in pairwise([None, *sellos]):
        if sello.anterior_id != (anterior.pk if anterior else None):
            problemas.append(f"El sello {sello.pk} no sigue al anterior: falta un eslabón.")
            continue
        actual = _resumen(anterior.hasta if anterior else 0, sello.hasta, anterior)
        tramo = f"Entradas {sello.desde} a {sello.hasta}"
        if actual["n_entradas"] != sello.n_entradas:
            problemas.append(
                f"{tramo}: se sellaron {sello.n_entradas} y hay {actual['n_entradas']}."
            )
        elif actual["huella"] != sello.huella:
            problemas.append(f"{tramo}: el contenido no es el que se selló.")
        elif (
            actual["n_identificadas"] == sello.n_identificadas
            and actual["huella_identidades"] != sello.huella_identidades
        ):
            problemas.append(f"{tramo}: cambiaron personas sin que se borrara ninguna.")
    return problemas


def _resumen(despues_de, hasta, anterior):
    """Lo que un sello guarda de su tramo. Las identidades van aparte porque se pueden borrar."""
    contenido = hashlib.sha256((anterior.huella if anterior else "").encode())
    identidades = hashlib.sha256()
    n_entradas = n_identificadas = 0
    tramo = LogEntry.objects.filter(id__gt=despues_de, id__lte=hasta).order_by("id")
    for entrada in tramo.values(*_CONTENIDO, *_IDENTIDAD).iterator():
        contenido.update(_bytes(entrada[campo] for campo in _CONTENIDO))
        identidades.update(_bytes(entrada[campo] for campo in _IDENTIDAD))
        n_entradas += 1
        n_identificadas += sum(bool(entrada[campo]) for campo in _IDENTIDAD)
    return {
        "n_entradas": n_entradas,
        "n_identificadas": n_identificadas,
        "huella": contenido.hexdigest(),
        "huella_identidades": identidades.hexdigest(),
    }


def _bytes(valores):
    return json.dumps(
        [_llano(valor) for valor in valores], ensure_ascii=False, sort_keys=True
    ).encode()
