"""Las sesiones y quién participó en ellas."""

from conectate.models.asistencia import (
    Aforo,
    CuentaPrevista,
    Emparejamiento,
    Importacion,
    Participacion,
    Registro,
    Registros,
)
from conectate.models.revision import Decision, MismaPersona
from conectate.models.sesiones import Convocatoria, Material, Sesion, TipoSesion

__all__ = [
    "Aforo",
    "Convocatoria",
    "CuentaPrevista",
    "Decision",
    "Emparejamiento",
    "Importacion",
    "Material",
    "MismaPersona",
    "Participacion",
    "Registro",
    "Registros",
    "Sesion",
    "TipoSesion",
]
