"""Pedir un informe: nace un trabajo que lo compone y lo guarda para quien lo pidió."""

from datetime import date

from acompanamiento.models import Grupo
from cuentas.models import Usuario
from territorio.models import EntidadTerritorial
from trabajos.acciones import encolar
from trabajos.models import Trabajo


def pedir_libro(
    *,
    desde: date,
    hasta: date,
    grupo: Grupo | None = None,
    entidad: EntidadTerritorial | None = None,
    por: Usuario,
) -> Trabajo:
    """Pulsar dos veces el botón no pide dos archivos: mientras no termine, es el mismo."""
    parametros = {"desde": desde.isoformat(), "hasta": hasta.isoformat()}
    if grupo is not None:
        parametros["grupo"] = grupo.numero
    if entidad is not None:
        parametros["entidad"] = entidad.codigo_dane
    de_que = entidad or grupo or "todas las secretarías"
    return encolar(
        "acompanamiento.informe",
        por=por,
        parametros=parametros,
        titulo=f"Acompañamiento de {de_que} (Excel)",
        clave_unica=f"acompanamiento:{por.pk}:{'/'.join(map(str, parametros.values()))}",
    )


def pedir_mes(*, grupo: Grupo, mes: date, por: Usuario) -> Trabajo:
    return encolar(
        "acompanamiento.mes_del_grupo",
        por=por,
        parametros={"grupo": grupo.numero, "mes": f"{mes:%Y-%m}"},
        titulo=f"{grupo}, {mes:%m/%Y} (PDF)",
        clave_unica=f"mes-del-grupo:{por.pk}:{grupo.numero}:{mes:%Y-%m}",
    )
