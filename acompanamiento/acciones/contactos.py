"""Hablar con una secretaría: dejarlo escrito, programar lo que sigue y cancelarlo."""

from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from acompanamiento.acciones.grupos import con_candado
from acompanamiento.acciones.recepcion import Recibo, cuerpo_de, marcar_cambio, recibir
from acompanamiento.acciones.reglas import exigir_todo
from acompanamiento.consultas.grupos import acompana_a, grupo_de
from acompanamiento.models import (
    Contacto,
    Grupo,
    Integrante,
    Padrinazgo,
    ParticipanteDeLaEntidad,
    ParticipanteDelMinisterio,
    Visita,
)
from cuentas.bitacora import anotar
from cuentas.models import Usuario
from territorio.models import EntidadTerritorial

CLASE = "contacto"
PROPIOS = (
    *("entidad", "canal", "estado", "fecha", "hora_inicio", "hora_fin", "donde", "asunto"),
    *("notas", "acuerdos", "motivo_de_otro_grupo"),
)
# Lo que un calendario debe saber si cambia.
DEL_CALENDARIO = ("entidad_id", "canal", "fecha", "hora_inicio", "hora_fin", "donde", "asunto")
POR_OMISION = {
    "estado": Contacto.Estado.COMPLETO,
    "hora_inicio": None,
    "hora_fin": None,
    "donde": "",
    "notas": "",
    "acuerdos": "",
    "motivo_de_otro_grupo": "",
    "temas": (),
    "del_ministerio": None,  # quien lo registra
    "de_la_entidad": {},
    "proposito": "",
    "acta": "",
}


@transaction.atomic
def registrar_contacto(
    *,
    clave: UUID,
    base: int,
    datos: dict,
    por: Usuario,
    cuerpo: dict | None = None,
    anterior: Contacto | None = None,
) -> Recibo:
    """Guarda un contacto, y su visita si lo fue. Mandarlo otra vez no lo repite.

    `datos`: entidad, canal, fecha y asunto, y de lo demás lo que se sepa (`POR_OMISION`).
    `del_ministerio` son personas; `de_la_entidad`, cuántas personas por papel.
    """
    completos = {**POR_OMISION, **datos}
    con_candado(completos["entidad"])  # si está cambiando de grupo, se sabrá cuál quedó

    def guardar(actual):
        return _guardar(actual, clave, completos, por, anterior)

    return recibir(
        clase=CLASE,
        visibles=Contacto.objects.visibles_para(por),
        clave=clave,
        base=base,
        cuerpo=cuerpo_de(datos) if cuerpo is None else cuerpo,
        por=por,
        guardar=guardar,
    )


def _guardar(actual, clave, datos, por, anterior):
    exigir_que_se_puede(actual, datos, por)
    antes = actual and {campo: getattr(actual, campo) for campo in DEL_CALENDARIO}
    contacto = actual or Contacto(
        clave=clave, creado_por=por, es_demostracion=por.es_demostracion, anterior=anterior
    )
    for campo in PROPIOS:
        setattr(contacto, campo, datos[campo])
    contacto.grupo = grupo_de(contacto.entidad, contacto.fecha)
    if antes and antes != {campo: getattr(contacto, campo) for campo in DEL_CALENDARIO}:
        contacto.secuencia += 1
    _validar(contacto)
    contacto.save()
    contacto.temas.set(datos["temas"])
    _guardar_visita(contacto, datos)
    personas = datos["del_ministerio"]
    _guardar_del_ministerio(contacto, [por] if personas is None else personas)
    _guardar_de_la_entidad(contacto, datos["de_la_entidad"])
    anotar(
        por=por, verbo="editó un contacto" if actual else "registró un contacto", objeto=contacto
    )
    return contacto


# ── Las reglas ────────────────────────────────────────────────────────────────────────────────


def exigir_que_se_puede(actual: Contacto | None, datos: dict, por: Usuario) -> None:
    """Todo lo que falte, de una vez y cada cosa en su campo."""
    exigir_todo(
        {
            "estado": _revisar_estado,
            "entidad": _revisar_vigencia,
            "motivo_de_otro_grupo": _revisar_motivo,
            "acta": _revisar_visita,
            "del_ministerio": _revisar_personas,
        },
        actual,
        datos,
        por,
    )


def _revisar_estado(actual, datos, por):
    estado, hoy = datos["estado"], timezone.localdate()
    if actual is not None and actual.estado == Contacto.Estado.CANCELADO:
        raise ValidationError(
            "Este contacto se canceló y ya no se cambia. Registre uno nuevo.", code="cancelado"
        )
    if actual is not None and actual.esta_completo and estado != Contacto.Estado.COMPLETO:
        raise ValidationError(
            "Ya estaba completo: corrija lo que haga falta, pero no vuelve a ser un borrador.",
            code="ya_completo",
        )
    if estado == Contacto.Estado.COMPLETO and datos["fecha"] > hoy:
        raise ValidationError(
            "La fecha no ha llegado. Escoja «Está programado» o corrija la fecha.",
            code="fecha_por_llegar",
        )
    if estado == Contacto.Estado.PROGRAMADO and datos["fecha"] < hoy:
        raise ValidationError(
            "Esa fecha ya pasó. Si ocurrió, escoja «Ya ocurrió»; si no, póngale otra fecha.",
            code="fecha_pasada",
        )


def _revisar_vigencia(actual, datos, por):
    exigir_certificada(datos["entidad"], datos["fecha"], es_nuevo=_cambia(actual, datos))


def exigir_certificada(entidad: EntidadTerritorial, fecha: date, *, es_nuevo: bool = True) -> None:
    """Lo anterior a su cierre se conserva y se corrige; nada nuevo después."""
    if not es_nuevo or entidad.vale_en(fecha):
        return
    if entidad.hasta and fecha > entidad.hasta:
        cuando = date_format(entidad.hasta, r"j \d\e F \d\e Y")
        raise ValidationError(
            f"{entidad} fue entidad certificada hasta el {cuando}. Escoja una fecha anterior, o "
            "la secretaría que la atiende desde entonces.",
            code="entidad_cerrada",
        )
    raise ValidationError(
        f"{entidad} aún no era entidad certificada en esa fecha. Corrija la fecha o escoja otra.",
        code="entidad_sin_certificar",
    )


def _revisar_motivo(actual, datos, por):
    if datos["motivo_de_otro_grupo"] or not _cambia(actual, datos):
        return
    if grupo := exige_motivo(datos["entidad"], datos["fecha"], por):
        raise ValidationError(
            f"A {datos['entidad']} la acompañaba el {grupo} en esa fecha, y usted no hace parte. "
            "Escriba por qué la contactó usted.",
            code="falta_motivo",
        )


def exige_motivo(entidad: EntidadTerritorial, fecha: date, por: Usuario) -> Grupo | None:
    """El grupo que la acompañaba ese día, si esa persona no la tenía a cargo."""
    grupo = grupo_de(entidad, fecha)
    return None if grupo is None or acompana_a(por, entidad, fecha) else grupo


def _cambia(actual, datos):
    return actual is None or (actual.entidad_id, actual.fecha) != (
        datos["entidad"].pk,
        datos["fecha"],
    )


def _revisar_visita(actual, datos, por):
    if datos["canal"] not in Contacto.CANALES_DE_VISITA and (datos["proposito"] or datos["acta"]):
        raise ValidationError(
            "El propósito y el acta son de las visitas. Escoja «visita virtual» o «visita "
            "presencial», o pase el texto a los acuerdos.",
            code="no_es_visita",
        )


def _revisar_personas(actual, datos, por):
    ya_estaban = set(actual.del_ministerio.values_list("persona", flat=True)) if actual else set()
    for persona in datos["del_ministerio"] or ():
        if not persona.es_del_ministerio:
            raise ValidationError(
                "De la secretaría se escribe cuántas personas y con qué papel, no quiénes.",
                code="no_es_del_ministerio",
            )
        if not persona.is_active and persona.pk not in ya_estaban:
            raise ValidationError(
                f"{persona} ya no tiene cuenta en el portal. Quítela de la lista.",
                code="persona_desactivada",
            )


def _validar(contacto):
    try:
        contacto.validate_constraints()
    except ValidationError:
        raise ValidationError(
            {"hora_fin": "No puede terminar antes de empezar. Revise las dos horas."},
            code="horas_al_reves",
        ) from None


# ── Lo que va con él ──────────────────────────────────────────────────────────────────────────


def _guardar_visita(contacto, datos):
    if contacto.es_visita:
        Visita.objects.update_or_create(
            contacto=contacto, defaults={"proposito": datos["proposito"], "acta": datos["acta"]}
        )
    else:
        Visita.objects.filter(contacto=contacto).delete()


def _guardar_del_ministerio(contacto, personas):
    """Cada quien con su dirección y su grupo de ese día; el de quien ya estaba no se reescribe."""
    ya = {uno.persona_id: uno for uno in contacto.del_ministerio.all()}
    quedan = {persona.pk for persona in personas}
    contacto.del_ministerio.exclude(persona__in=quedan).delete()
    for persona in personas:
        papel, grupo = equipo_de(persona, contacto)
        participante = ya.get(persona.pk) or ParticipanteDelMinisterio(
            contacto=contacto, persona=persona, direccion=persona.direccion
        )
        participante.papel, participante.grupo = papel, grupo
        participante.save()


def equipo_de(persona: Usuario, contacto: Contacto) -> tuple[str, Grupo | None]:
    """Con qué papel y de qué grupo estaba ese día: primero el grupo de la entidad."""
    suyos = list(
        Integrante.objects.vigentes(contacto.fecha)
        .filter(persona=persona)
        .select_related("grupo")
        .order_by("grupo__numero", "pk")
    )
    suyos.sort(key=lambda uno: (uno.grupo_id != contacto.grupo_id, uno.papel != "lider"))
    if suyos:
        return suyos[0].papel, suyos[0].grupo
    apadrina = Padrinazgo.objects.vigentes(contacto.fecha).filter(
        persona=persona, entidad=contacto.entidad_id
    )
    return (Integrante.Papel.PADRINO, None) if apadrina.exists() else ("", None)


def _guardar_de_la_entidad(contacto, personas_por_papel):
    cuantas = {papel: n for papel, n in personas_por_papel.items() if n}
    contacto.de_la_entidad.exclude(papel__in=[papel.pk for papel in cuantas]).delete()
    ParticipanteDeLaEntidad.objects.bulk_create(
        [
            ParticipanteDeLaEntidad(contacto=contacto, papel=papel, personas=n)
            for papel, n in cuantas.items()
        ],
        update_conflicts=True,
        unique_fields=["contacto", "papel"],
        update_fields=["personas"],
    )


# ── Después ───────────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def cancelar_contacto(*, contacto: Contacto, motivo: str, por: Usuario) -> None:
    """No va a ocurrir, o no ocurrió. Queda en la bitácora de contactos, con el porqué."""
    contacto = Contacto.objects.select_for_update().get(pk=contacto.pk)
    if contacto.estado == Contacto.Estado.CANCELADO:
        raise ValidationError("Ya estaba cancelado. No se cambió nada.", code="ya_cancelado")
    if not motivo.strip():
        raise ValidationError({"motivo": "Escriba por qué se cancela."}, code="falta_motivo")
    contacto.estado, contacto.motivo_de_cancelacion = Contacto.Estado.CANCELADO, motivo.strip()
    contacto.secuencia += 1
    contacto.save(update_fields=["estado", "motivo_de_cancelacion", "secuencia"])
    marcar_cambio(contacto)
    anotar(por=por, verbo="canceló un contacto", objeto=contacto)
