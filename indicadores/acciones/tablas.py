"""Pedir un Excel que no se alcanza a escribir en la petición: nace un trabajo."""

import hashlib
import json

from cuentas.models import Usuario
from indicadores.informes.tablas import Tabla
from trabajos.acciones import encolar
from trabajos.models import Trabajo


def pedir_libro(tabla: Tabla, *, clave: str, forma: str, filtros: dict, por: Usuario) -> Trabajo:
    """La versión queda fijada al pedirlo: si publican otra mientras espera, llega la pedida."""
    parametros = {
        "clave": clave,
        "version": tabla.version.numero,
        "forma": forma,
        "filtros": filtros,
    }
    huella = hashlib.sha256(json.dumps(parametros, sort_keys=True).encode()).hexdigest()
    return encolar(
        "indicadores.libro",
        por=por,
        parametros=parametros,
        titulo=f"{tabla.nombre} (Excel)",
        clave_unica=f"libro-de-indicadores:{por.pk}:{huella}",
    )
