"""Encontrar las tablas de gente dentro de las filas del archivo, sección por sección."""

import re
from dataclasses import dataclass, field

from conectate.lectura.cabeceras import NOMBRES, conceptos_de, formato_de, titulo_normal
from territorio.texto import normalizar

FILAS_HASTA_LA_CABECERA = 1000
TITULO_NUMERADO = re.compile(r"\s*(\d)\.\s+\S")

# En la fila de cada persona, una de estas columnas empieza por un número o está vacía.
CON_NUMEROS = (
    *("entrada", "salida", "primera_entrada", "ultima_salida", "marca", "inicio"),
    *("duracion_total", "duracion_en_minutos", "duracion", "minutos_en_sesion"),
)


@dataclass
class Tabla:
    """Una cabecera reconocida y las filas de datos que la siguen."""

    formato: str
    cabecera: list[str]
    titulo: str = ""  # el de su sección, si lo hay
    filas: list[list[str]] = field(default_factory=list)

    def __post_init__(self):
        self.poner_cabecera(self.cabecera)

    def poner_cabecera(self, cabecera: list[str]) -> None:
        self.cabecera = cabecera
        self.columnas: dict[str, int] = _una_columna_por_concepto(cabecera)
        self.utc = any("utc" in normalizar(titulo[:100]).split() for titulo in self.cabecera)

    @property
    def numero(self) -> int | None:
        """El número de sección de Teams: «3. Actividades en la reunión» → 3."""
        partes = TITULO_NUMERADO.match(self.titulo)
        return int(partes[1]) if partes else None

    def columna(self, *conceptos: str) -> int | None:
        """La primera columna que haya, en el orden de preferencia dado."""
        return next((self.columnas[c] for c in conceptos if c in self.columnas), None)

    def valores(self, indice: int | None, hasta: int | None = None) -> list[str]:
        if indice is None:
            return []
        return [fila[indice] for fila in self.filas[:hasta] if indice < len(fila)]

    def igualar_anchos(self) -> None:
        """Hay filas más cortas que la cabecera: se completan para leerlas sin preguntar."""
        ancho = len(self.cabecera)
        self.filas = [
            fila if len(fila) >= ancho else fila + [""] * (ancho - len(fila)) for fila in self.filas
        ]


def encontrar(filas: list[list[str]]) -> tuple[list[list[str]], list[Tabla]]:
    """Lo que hay antes de la primera tabla (datos de la reunión) y las tablas."""
    primera = next(
        (
            indice
            for indice, fila in enumerate(filas[:FILAS_HASTA_LA_CABECERA])
            if len(fila) > 1 and formato_de(fila)
        ),
        None,
    )
    comienzos = [i for i in (primera, _primera_seccion(filas)) if i is not None]
    if not comienzos:
        return filas[:FILAS_HASTA_LA_CABECERA], []
    primera = min(comienzos)
    return filas[:primera], _partir(filas, primera)


def _primera_seccion(filas: list[list[str]]) -> int | None:
    """Un informe por secciones en un idioma que no conocemos: «2. Uczestnicy», «2. Teilnehmer»."""
    return next(
        (
            indice
            for indice, fila in enumerate(filas[:FILAS_HASTA_LA_CABECERA])
            if fila and not any(fila[1:]) and fila[0].lstrip().startswith(("2. ", "3. "))
        ),
        None,
    )


def _partir(filas: list[list[str]], primera: int) -> list[Tabla]:
    tablas: list[Tabla] = []
    titulo = _titulo_anterior(filas, primera)
    tabla, testigo = Tabla("ninguna", []), None
    for fila in filas[primera:]:
        if testigo is not None and len(fila) > testigo and fila[testigo][:1].isdigit():
            tabla.filas.append(fila)
            continue
        llenas = sum(1 for celda in fila if celda and not celda.isspace())
        if not llenas:
            continue
        if formato := (llenas > 1 and formato_de(fila)):
            tabla = Tabla(formato, fila, titulo)
            tablas.append(tabla)
            testigo, titulo = tabla.columna(*CON_NUMEROS), ""
        elif llenas == 1 and _es_titulo(fila, tabla):
            titulo = next(celda for celda in fila if celda.strip()).strip()
            if TITULO_NUMERADO.match(titulo):
                # Mientras no aparezca una cabecera conocida, no se sabe qué hay en ella.
                tabla, testigo = Tabla("otra_seccion", [], titulo), None
                tablas.append(tabla)
        elif tabla.formato == "otra_seccion" and not tabla.cabecera:
            tabla.poner_cabecera(fila)
        else:
            tabla.filas.append(fila)
    return tablas


def _es_titulo(fila: list[str], tabla: Tabla) -> bool:
    """Una sola celda con texto: título de sección o nota al pie, no una persona."""
    if tabla.formato in ("formulario_google", "formulario_microsoft", "meet"):
        return False
    return len(tabla.cabecera) > 2 or tabla.formato in ("ninguna", "otra_seccion")


def _titulo_anterior(filas: list[list[str]], primera: int) -> str:
    for fila in reversed(filas[:primera]):
        llenas = [celda.strip() for celda in fila if celda.strip()]
        if llenas:
            return llenas[0] if len(llenas) == 1 else ""
    return ""


def _una_columna_por_concepto(cabecera: list[str]) -> dict[str, int]:
    """Si un título se repite, vale el que sigue al nombre: en el informe de una cuenta entera de
    Zoom, el correo y la duración de antes son del anfitrión."""
    conceptos = conceptos_de(cabecera)
    del_nombre = next(
        (
            indice
            for indice, concepto in conceptos.items()
            if _es_el_nombre_original(cabecera[indice])
        ),
        next((indice for indice, concepto in conceptos.items() if concepto in NOMBRES), -1),
    )
    columnas: dict[str, int] = {}
    for indice, concepto in conceptos.items():
        anterior = columnas.get(concepto)
        if anterior is None or (anterior < del_nombre <= indice):
            columnas[concepto] = indice
    return columnas


def _es_el_nombre_original(celda: str) -> bool:
    titulo = titulo_normal(celda)
    return "original" in titulo or titulo == "nameoriginalname"
