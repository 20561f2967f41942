"""Lo que existe en «Quiero informarme»."""

from indicadores.models.calidad import Caso, Hallazgo
from indicadores.models.cargas import Carga, ColumnaConocida, FuenteProgramada
from indicadores.models.catalogo import Indicador, NotaDeSerie, Unidad
from indicadores.models.informes import EntregaDeInforme, LoteDeInformes, SuscripcionAlInforme
from indicadores.models.recursos import (
    MEDIDAS,
    CargaDeRecursos,
    CorteDeRecursos,
    Fondo,
    RecursoDeEntidad,
)
from indicadores.models.valores import Conjunto, Valor, Version

__all__ = [
    "MEDIDAS",
    "Carga",
    "CargaDeRecursos",
    "Caso",
    "ColumnaConocida",
    "Conjunto",
    "CorteDeRecursos",
    "EntregaDeInforme",
    "Fondo",
    "FuenteProgramada",
    "Hallazgo",
    "Indicador",
    "LoteDeInformes",
    "NotaDeSerie",
    "RecursoDeEntidad",
    "SuscripcionAlInforme",
    "Unidad",
    "Valor",
    "Version",
]
