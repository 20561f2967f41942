"""La puerta por donde entra todo lo que una persona registra, desde un formulario o por JSON.

Quien lo hizo le puso una clave y dice sobre qué versión escribió (0 si es nuevo). Con eso, lo que
se manda tres veces se guarda una; y lo que se escribió sobre una versión que otro ya cambió no se
pierde ni lo pisa: queda en espera, entero, hasta que alguien escoja.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, transaction
from django.db.models import Model, QuerySet
from django.utils import timezone

from acompanamiento.models import Envio, Registrado
from cuentas.bitacora import anotar
from cuentas.models import Usuario


@dataclass(frozen=True)
class Recibo:
    """Qué se hizo con un envío. `objeto` es lo que hay guardado, también si hubo conflicto."""

    objeto: Registrado
    envio: Envio
    es_repetido: bool = False

    @property
    def es_nuevo(self) -> bool:
        return self.envio.base == 0 and not self.es_repetido and not self.hay_conflicto

    @property
    def hay_conflicto(self) -> bool:
        return self.envio.estado == Envio.Estado.EN_CONFLICTO


def recibir(
    *,
    clase: str,
    visibles: QuerySet,
    clave: UUID,
    base: int,
    cuerpo: dict,
    por: Usuario,
    guardar: Callable[[Registrado | None], Registrado],
) -> Recibo:
    """Guarda una vez. `guardar` recibe lo que hay (o None si es nuevo) y devuelve lo guardado.

    `cuerpo`: lo que se mandó, en tipos que JSON sabe escribir: con él se reconoce lo repetido.
    `visibles`: entre qué registros puede estar; una clave ajena se rechaza sin decir de quién es.
    """
    cuerpo = _llano(cuerpo)
    envio = {"clase": clase, "clave": clave, "base": base, "huella": huella_del_cuerpo(cuerpo)}
    try:
        return _recibir(envio, visibles, cuerpo, por, guardar)
    except IntegrityError:
        # Otro guardó en el mismo instante. Si era este mismo envío, ahora es una repetición; si
        # tomó lo que este quería (una dirección), ahora se ve.
        return _recibir(envio, visibles, cuerpo, por, guardar)
    except ValidationError:
        # Lo mismo, si el otro ya dejó las cosas como este las quería: un compromiso cerrado.
        if repetido := ya_recibido(
            clase=clase, visibles=visibles, clave=clave, base=base, cuerpo=cuerpo
        ):
            return repetido
        raise


def ya_recibido(
    *, clase: str, visibles: QuerySet, clave: UUID, base: int, cuerpo: dict
) -> Recibo | None:
    """Lo mismo que ya llegó se responde igual, aunque hoy no pasara las reglas."""
    previo = Envio.objects.filter(
        clase=clase, clave=clave, base=base, huella=huella_del_cuerpo(cuerpo)
    ).first()
    actual = previo and visibles.filter(clave=clave).first()
    return Recibo(actual, previo, es_repetido=True) if actual else None


@transaction.atomic
def _recibir(envio, visibles, cuerpo, por, guardar):
    modelo = visibles.model
    actual = modelo.objects.select_for_update().filter(clave=envio["clave"]).first()
    if actual is not None and not visibles.filter(pk=actual.pk).exists():
        raise ValidationError(
            "Ese registro ya existe y usted no puede verlo. Empiece uno nuevo.",
            code="clave_ajena",
        )
    if previo := Envio.objects.filter(**envio).first():
        if actual is None:
            raise _ya_no_esta()
        return Recibo(actual, previo, es_repetido=True)
    if actual is None and envio["base"]:
        raise _ya_no_esta()

    de_quien = {"cuerpo": cuerpo, "enviado_por": por}
    if actual is not None and envio["base"] != actual.version:
        en_espera = Envio.objects.create(**envio, **de_quien, estado=Envio.Estado.EN_CONFLICTO)
        anotar(por=por, verbo="guardó sobre una versión anterior", objeto=actual)
        return Recibo(actual, en_espera)

    guardado = guardar(actual)
    if actual is not None:
        marcar_cambio(guardado)
    aceptado = Envio.objects.create(**envio, **de_quien, version=guardado.version)
    return Recibo(guardado, aceptado)


def marcar_cambio(objeto: Registrado) -> None:
    """Otra versión: quien tenía abierta la anterior se entera al guardar."""
    objeto.version += 1
    objeto.actualizado_en = timezone.now()
    objeto.save(update_fields=["version", "actualizado_en"])


def cuerpo_de(datos: dict) -> dict:
    """Lo que recibió una acción a la que no llamó un formulario, como JSON sabe escribirlo."""
    return {campo: _sin_objetos(valor) for campo, valor in datos.items()}


def _sin_objetos(valor):
    if isinstance(valor, Model):
        return str(getattr(valor, "clave", valor.pk))
    if isinstance(valor, dict):
        return {str(_sin_objetos(uno)): _sin_objetos(otro) for uno, otro in valor.items()}
    if isinstance(valor, list | tuple | set | QuerySet):
        return sorted(str(_sin_objetos(uno)) for uno in valor)
    return valor


def huella_del_cuerpo(cuerpo: dict) -> str:
    texto = json.dumps(_llano(cuerpo), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(texto.encode()).hexdigest()


def _llano(cuerpo):
    return json.loads(json.dumps(cuerpo, cls=DjangoJSONEncoder))


def _ya_no_esta():
    return ValidationError(
        "Este registro ya no existe: alguien lo quitó. Lo que usted escribió sigue en la página; "
        "cópielo antes de salir.",
        code="registro_borrado",
    )
