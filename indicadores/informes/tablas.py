"""Una tabla lista para irse: la misma en Excel, CSV y JSON, con lo que permite fiarse de ella."""

import codecs
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from indicadores.informes.columnas import ColumnaDeTabla
from indicadores.models import Version
from trabajos.hojas.escribir import (
    VARIANTES,
    Columna,
    EnSuClase,
    Hoja,
    Metadatos,
    escribir_xlsx,
    renglones_csv,
)

# Lo que se alcanza a escribir en Excel dentro de una petición.
CELDAS_AL_INSTANTE = 60_000
RENGLONES_POR_PEDAZO = 500


@dataclass(frozen=True)
class Formato:
    texto: str
    tipo: str
    extension: str
    contenido: str


FORMATOS = {
    "xlsx": Formato(
        "Excel",
        "XLSX",
        ".xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    "csv": Formato("CSV estándar", "CSV", ".csv", "text/csv; charset=utf-8"),
    "csv-excel": Formato("CSV para Excel", "CSV", ".csv", "text/csv; charset=utf-8"),
    "json": Formato("JSON", "JSON", ".json", "application/json; charset=utf-8"),
}


def cabe_al_instante(n_filas: int, columnas: Sequence) -> bool:
    return n_filas * len(columnas) <= CELDAS_AL_INSTANTE


@dataclass
class Tabla:
    """`filas` se recorre una sola vez; `n_filas` es lo que dice la página y dicen los metadatos."""

    nombre: str
    que_es: str
    columnas: list[ColumnaDeTabla]
    filas: Iterable[Sequence]
    n_filas: int
    fuente: str = ""
    licencia: str = ""
    corte: date | None = None
    version: Version | None = None
    direccion: str = ""
    notas: list[tuple[str, str]] = field(default_factory=list)

    @property
    def cabe_al_instante(self) -> bool:
        return cabe_al_instante(self.n_filas, self.columnas)

    def nombre_del_archivo(self, formato: str) -> str:
        version = f" (versión {self.version.numero})" if self.version else ""
        variante = " para Excel" if formato == "csv-excel" else ""
        return f"{self.nombre}{version}{variante}{FORMATOS[formato].extension}"

    @property
    def cita(self) -> str:
        version = f", versión {self.version.numero}" if self.version else ""
        return f"{self.fuente}. Consultado en {settings.INSTITUCION['portal']}{version}."


# ── Escribirlas ───────────────────────────────────────────────────────────────────────────────


def escribir_libro(tabla: Tabla, ruta: Path) -> int:
    """Las hojas Datos, Metadatos y Notas. Devuelve cuántas filas de datos lleva."""
    columnas = [Columna(una.titulo, una.clase) for una in tabla.columnas]
    return escribir_xlsx(
        ruta,
        [Hoja("Datos", columnas, tabla.filas)],
        Metadatos(
            titulo=tabla.nombre,
            que_es=tabla.que_es,
            fuente=tabla.fuente,
            corte=tabla.corte or "",
            mas=[
                ("Licencia", tabla.licencia),
                ("Cómo se cita", tabla.cita),
                ("Versión", _version_en_palabras(tabla.version)),
                ("Dirección permanente", tabla.direccion),
            ],
            notas=tabla.notas,
        ),
    )


def en_flujo(tabla: Tabla, formato: str) -> Iterator[bytes]:
    """Un CSV o un JSON según se escribe: no se guarda entero en ninguna parte."""
    if formato == "json":
        return _por_pedazos(_renglones_json(tabla), "utf-8")
    variante = "excel" if formato == "csv-excel" else "estandar"
    para_personas = formato == "csv-excel"
    columnas = [
        Columna(una.titulo if para_personas else una.clave, una.clase) for una in tabla.columnas
    ]
    renglones = renglones_csv(Hoja("Datos", columnas, tabla.filas), variante)
    return _por_pedazos(renglones, VARIANTES[variante].codificacion)


def _por_pedazos(renglones, codificacion):
    """Un pedazo por renglón haría una respuesta de medio millón de pedazos."""
    codificador = codecs.getincrementalencoder(codificacion)()
    while pedazo := "".join(islice(renglones, RENGLONES_POR_PEDAZO)):
        yield codificador.encode(pedazo)


def _renglones_json(tabla):
    sobre = {
        "titulo": tabla.nombre,
        "que_es": tabla.que_es,
        "fuente": tabla.fuente,
        "corte": tabla.corte and tabla.corte.isoformat(),
        "version": tabla.version and tabla.version.numero,
        "filas": tabla.n_filas,
        "licencia": tabla.licencia,
        "cita": tabla.cita,
        "direccion_permanente": tabla.direccion,
        "notas": [": ".join(nota) for nota in tabla.notas],
        "columnas": {una.clave: una.que_es or una.titulo for una in tabla.columnas},
    }
    yield f'{{"metadatos": {_json(sobre)},\n"datos": ['
    claves = [una.clave for una in tabla.columnas]
    separador = "\n"
    for fila in tabla.filas:
        yield separador + _json(dict(zip(claves, map(_en_json, fila), strict=True)))
        separador = ",\n"
    yield "\n]}\n"


def _en_json(valor):
    if isinstance(valor, EnSuClase):
        return valor.valor
    return valor.isoformat() if isinstance(valor, date) else valor


_json = json.JSONEncoder(ensure_ascii=False).encode


# ── Sus direcciones ───────────────────────────────────────────────────────────────────────────


def direccion_de(tabla: str, formato: str, *, version: int | None = None, **filtros) -> str:
    """La de lo último o, con `version`, la que dará siempre lo mismo."""
    if version is None:
        direccion = reverse("indicadores:descargar", args=[tabla, formato])
    else:
        direccion = reverse("indicadores:descargar-version", args=[version, tabla, formato])
    puestos = {clave: valor for clave, valor in filtros.items() if valor not in (None, "", [])}
    return f"{direccion}?{urlencode(puestos, doseq=True)}" if puestos else direccion


def enlaces_de_descarga(tabla: str, *, formatos: Iterable[str] = tuple(FORMATOS), **filtros):
    """Lo que recibe `_descargas.html`. Filtros: vigencia, indicador, entidad, forma y version."""
    return [
        {
            "texto": FORMATOS[formato].texto,
            "tipo": FORMATOS[formato].tipo,
            "url": direccion_de(tabla, formato, **filtros),
        }
        for formato in formatos
    ]


def _version_en_palabras(version):
    if version is None:
        return ""
    dia = date_format(timezone.localtime(version.publicada_en), r"j \d\e F \d\e Y")
    return f"{version.numero}, publicada el {dia}"
