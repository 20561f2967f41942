"""Lo que existe en «Juntos lo vamos a lograr»."""

from acompanamiento.models.calendario import SuscripcionAlAcompanamiento
from acompanamiento.models.cargas import ListadoDeGrupos, ListadoDeInstituciones
from acompanamiento.models.compromisos import (
    CambioDeResponsable,
    Compromiso,
    Dependencia,
    Evidencia,
    Lado,
    Prorroga,
    Seguimiento,
)
from acompanamiento.models.contactos import (
    Adjunto,
    Contacto,
    Foto,
    PapelEnLaEntidad,
    ParticipanteDeLaEntidad,
    ParticipanteDelMinisterio,
    Visita,
    VisitaReportada,
)
from acompanamiento.models.grupos import (
    Grupo,
    Integrante,
    Padrinazgo,
    Pertenencia,
    ReglaDeContacto,
    Relevo,
)
from acompanamiento.models.instituciones import Presencialidad
from acompanamiento.models.necesidades import Necesidad, PasoDeNecesidad, RespuestaANecesidad
from acompanamiento.models.programas import (
    Actividad,
    CifraReportada,
    Cobertura,
    Producto,
    Programa,
    TipoDeActividad,
)
from acompanamiento.models.registrado import Envio, Registrado

__all__ = [
    "Actividad",
    "Adjunto",
    "CambioDeResponsable",
    "CifraReportada",
    "Cobertura",
    "Compromiso",
    "Contacto",
    "Dependencia",
    "Envio",
    "Evidencia",
    "Foto",
    "Grupo",
    "Integrante",
    "Lado",
    "ListadoDeGrupos",
    "ListadoDeInstituciones",
    "Necesidad",
    "Padrinazgo",
    "PapelEnLaEntidad",
    "ParticipanteDeLaEntidad",
    "ParticipanteDelMinisterio",
    "PasoDeNecesidad",
    "Pertenencia",
    "Presencialidad",
    "Producto",
    "Programa",
    "Prorroga",
    "Registrado",
    "ReglaDeContacto",
    "Relevo",
    "RespuestaANecesidad",
    "Seguimiento",
    "SuscripcionAlAcompanamiento",
    "TipoDeActividad",
    "Visita",
    "VisitaReportada",
]
