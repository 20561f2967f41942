"""Cuántas instituciones reciben a sus estudiantes en una fecha. Cero es un dato; callar, no."""

from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from acompanamiento.acciones.recepcion import Recibo, cuerpo_de, recibir
from acompanamiento.consultas.presencialidad import presencialidad_visible
from acompanamiento.models import Presencialidad
from acompanamiento.permisos import puede_contar_presencialidad
from cuentas.bitacora import anotar
from cuentas.models import Usuario
from territorio.models import EntidadTerritorial

CLASE = "presencialidad"
CAMPOS = ("fecha", "en_presencialidad", "total", "fuente")


@transaction.atomic
def registrar_presencialidad(
    *, clave: UUID, base: int, datos: dict, por: Usuario, cuerpo: dict | None = None
) -> Recibo:
    """`datos`: entidad, fecha, en_presencialidad, total (o None si no se sabe) y fuente."""

    def guardar(actual):
        entidad = actual.entidad if actual else datos["entidad"]
        EntidadTerritorial.objects.select_for_update().get(pk=entidad.pk)
        _exigir(actual, entidad, datos, por)
        cuenta = actual or Presencialidad(
            clave=clave, entidad=entidad, creado_por=por, es_demostracion=por.es_demostracion
        )
        for campo in CAMPOS:
            setattr(cuenta, campo, datos[campo])
        cuenta.save()
        anotar(
            por=por,
            verbo="corrigió la presencialidad" if actual else "contó la presencialidad",
            objeto=cuenta,
        )
        return cuenta

    return recibir(
        clase=CLASE,
        visibles=presencialidad_visible(por),
        clave=clave,
        base=base,
        cuerpo=cuerpo_de(datos) if cuerpo is None else cuerpo,
        por=por,
        guardar=guardar,
    )


def _exigir(actual, entidad, datos, por):
    """Lo que falte, de una vez y cada cosa en su campo."""
    if not puede_contar_presencialidad(por, entidad):
        raise ValidationError(
            {"entidad": "Usted cuenta las instituciones de su secretaría."}, code="entidad_ajena"
        )
    errores = {}
    if error := _fecha_que_no_vale(actual, entidad, datos["fecha"]):
        errores["fecha"] = error
    if datos["total"] is not None and datos["total"] < datos["en_presencialidad"]:
        errores["total"] = ValidationError(
            "Son más las que están en presencialidad que el total. Revise las dos cifras, o deje "
            "el total vacío si no se sabe.",
            code="no_cabe_en_el_total",
        )
    if errores:
        raise ValidationError(errores)


def _fecha_que_no_vale(actual, entidad, fecha: date):
    if fecha > timezone.localdate():
        return ValidationError("Ese día no ha llegado. Ponga hoy o antes.", code="fecha_futura")
    if not entidad.vale_en(fecha):
        return ValidationError(
            f"{entidad} no es una secretaría certificada el {date_format(fecha)}. Escoja otra "
            "fecha.",
            code="entidad_cerrada",
        )
    otra = entidad.presencialidad.filter(fecha=fecha).exclude(pk=actual and actual.pk).first()
    if otra is not None:
        return ValidationError(
            f"De ese día ya se dijo {otra.en_presencialidad}. Si no es así, corrija esa cuenta.",
            code="ya_se_dijo",
        )
    return None
