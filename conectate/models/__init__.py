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
from conectate.models.calendario import SuscripcionAlCalendario
from conectate.models.cierre import Acta, Cierre
from conectate.models.constancias import Constancia
from conectate.models.convocatoria import Entrega, ListaDeConvocadas, Mensaje
from conectate.models.despues import PuestaAlDia, Satisfaccion
from conectate.models.encuentros import Encuentro
from conectate.models.presencia import Asistencia, Pase, Reclamo
from conectate.models.revision import Decision, MismaPersona
from conectate.models.sesiones import Convocatoria, Material, Sesion, TipoSesion

__all__ = [
    "Acta",
    "Asistencia",
    "Cierre",
    "Constancia",
    "Encuentro",
    "Entrega",
    "ListaDeConvocadas",
    "Mensaje",
    "Pase",
    "PuestaAlDia",
    "Reclamo",
    "Satisfaccion",
    "SuscripcionAlCalendario",
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
