"""Las sesiones y quién participó en ellas."""

from .asistencia import Aforo, Emparejamiento, Importacion, Participacion, Registro
from .revision import Decision, MismaPersona
from .sesiones import Convocatoria, Material, Sesion, TipoSesion

__all__ = [
    "Aforo",
    "Convocatoria",
    "Decision",
    "Emparejamiento",
    "Importacion",
    "Material",
    "MismaPersona",
    "Participacion",
    "Registro",
    "Sesion",
    "TipoSesion",
]
