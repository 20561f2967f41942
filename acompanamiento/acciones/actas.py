"""El acta que se firma: el PDF se compone aparte."""

from acompanamiento.models import Contacto
from cuentas.models import Usuario
from trabajos.acciones import encolar
from trabajos.models import Trabajo


def pedir_acta(*, contacto: Contacto, por: Usuario) -> Trabajo:
    """Pulsar dos veces no pide dos."""
    return encolar(
        "acompanamiento.acta",
        por=por,
        parametros={"contacto_id": contacto.pk},
        titulo=f"Acta: {contacto.asunto} (PDF)",
        clave_unica=f"acta-de-contacto:{por.pk}:{contacto.pk}",
    )
