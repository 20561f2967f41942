"""Lo que «Quiero informarme» guarda de una persona."""

from cuentas.models import Usuario
from indicadores.models import SuscripcionAlInforme


def informe_mensual_de(usuario: Usuario) -> dict | None:
    """Qué dijo de recibir el informe de cada mes; nada, si no dijo nada."""
    dicho = SuscripcionAlInforme.objects.filter(usuario=usuario).first()
    return dicho and {"lo_recibe": dicho.activa, "desde": dicho.cambiada_en}
