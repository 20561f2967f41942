"""Pedir un archivo: nace un trabajo que lo compone y lo guarda para quien lo pidió."""

import hashlib
import json

from conectate.informes import INFORMES
from conectate.informes.documento import FORMATOS
from cuentas.models import Usuario
from trabajos.acciones import encolar
from trabajos.models import Trabajo

EN_PALABRAS = {"xlsx": "Excel", "csv": "CSV", "csv_excel": "CSV para Excel", "pdf": "PDF"}


def pedir_informe(
    informe: str, *, formato: str, titulo: str, por: Usuario, parametros: dict | None = None
) -> Trabajo:
    """Pulsar dos veces el botón no pide dos archivos: mientras no termine, es el mismo."""
    if informe not in INFORMES or formato not in FORMATOS:
        raise ValueError(f"No hay informe {informe!r} en {formato!r}.")
    pedido = {"informe": informe, "formato": formato, "parametros": parametros or {}}
    huella = hashlib.sha256(json.dumps(pedido, sort_keys=True).encode()).hexdigest()
    return encolar(
        "conectate.informe",
        por=por,
        parametros=pedido,
        titulo=f"{titulo} ({EN_PALABRAS[formato]})",
        clave_unica=f"informe:{por.pk}:{huella}",
    )
