"""La fe de erratas en un archivo: las mismas cifras que la página, todas."""

from pathlib import Path

from django.db.models import QuerySet

from indicadores.consultas.cifras import SIN_NUMERO, Cifra
from indicadores.consultas.versiones import Cambio, todos_los_cambios
from indicadores.models import Carga, Valor
from trabajos.hojas.escribir import Columna, Hoja, escribir_csv

ERRATAS = [
    Columna("Versión", "entero"),
    Columna("Fecha", "fecha_hora"),
    Columna("Por qué"),
    Columna("Código del indicador"),
    Columna("Indicador"),
    Columna("Ámbito"),
    Columna("Código DANE"),
    Columna("De quién"),
    Columna("Año", "entero"),
    Columna("Decía", "decimal"),
    Columna("Estado anterior"),
    Columna("Dice", "decimal"),
    Columna("Estado actual"),
]


def escribir_erratas(ruta: Path, valores: QuerySet[Valor], *, variante: str = "estandar") -> int:
    filas = (_fila(cambio) for cambio in todos_los_cambios(valores))
    return escribir_csv(ruta, Hoja("Fe de erratas", ERRATAS, filas), variante)


def _fila(cambio: Cambio) -> list:
    return [
        cambio.version.numero,
        cambio.version.publicada_en,
        cambio.version.motivo,
        cambio.indicador.codigo,
        cambio.indicador.nombre,
        cambio.unidad.get_ambito_display(),
        cambio.unidad.codigo,
        cambio.unidad.nombre,
        cambio.vigencia,
        *_numero_y_estado(cambio.antes),
        *_numero_y_estado(cambio.despues),
    ]


def _numero_y_estado(cifra: Cifra | None) -> tuple:
    """El número es un número; lo que no lo es va en su propia columna, con su nombre."""
    if cifra is None:
        return None, "se retiró"
    return cifra.valor, "valor" if cifra.hay else SIN_NUMERO[cifra.estado]


def escribir_rechazadas(ruta: Path, carga: Carga, *, variante: str = "estandar") -> int:
    columnas = [Columna("Fila del archivo", "entero"), Columna("Por qué no entró")]
    filas = [[rechazada["fila"], rechazada["motivo"]] for rechazada in carga.rechazadas]
    return escribir_csv(ruta, Hoja("Filas rechazadas", columnas, filas), variante)
