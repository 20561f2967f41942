"""Cómo se añade un paso a la historia de un compromiso, sea seguimiento, prórroga o cambio."""

from collections.abc import Callable
from contextlib import ExitStack
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError

from acompanamiento.acciones.recepcion import Recibo, cuerpo_de, recibir
from acompanamiento.models import Compromiso, Registrado
from cuentas.bitacora import anotar
from cuentas.models import Usuario
from trabajos.archivos import sin_dejar_huerfano


def anadir(
    modelo: type[Registrado],
    clase: str,
    escribir: Callable,
    clave: UUID,
    base: int,
    compromiso: Compromiso,
    datos: dict,
    cuerpo: dict | None,
    por: Usuario,
) -> Recibo:
    """Un paso más, con el compromiso bajo candado. `escribir` devuelve el paso por guardar."""

    def guardar(actual):
        if actual is not None:
            raise ValidationError(
                "Ese paso ya quedó escrito y no se reescribe. Añada otro.", code="solo_se_anade"
            )
        bajo_candado = Compromiso.objects.select_for_update().get(pk=compromiso.pk)
        paso, verbo, *con_evidencias = escribir(bajo_candado)
        paso.clave, paso.compromiso, paso.creado_por = clave, bajo_candado, por
        paso.es_demostracion = bajo_candado.es_demostracion
        paso.save()
        for evidencia in con_evidencias[0] if con_evidencias else ():
            evidencia.seguimiento = paso
            si_algo_falla.enter_context(sin_dejar_huerfano(evidencia))
            evidencia.save()
        anotar(por=por, verbo=verbo, objeto=bajo_candado)
        return paso

    with ExitStack() as si_algo_falla:
        return recibir(
            clase=clase,
            visibles=modelo.objects.filter(compromiso=compromiso),
            clave=clave,
            base=base,
            cuerpo=cuerpo_de(datos) if cuerpo is None else cuerpo,
            por=por,
            guardar=guardar,
        )


def exigir(puede):
    if not puede:
        raise PermissionDenied


def exigir_abierto(compromiso):
    if not compromiso.esta_abierto:
        raise ValidationError(
            f"Este compromiso está {compromiso.get_estado_display()} y ya no se mueve. Si hay que "
            "retomarlo, reábralo primero.",
            code="cerrado",
        )


def motivo_de(datos):
    motivo = (datos.get("motivo") or "").strip()
    if not motivo:
        raise en_campo("motivo", "falta_motivo", "Escriba el motivo: queda en la historia.")
    return motivo


def en_campo(campo, codigo, mensaje):
    return ValidationError({campo: ValidationError(mensaje, code=codigo)})
