"""La única manera de escribir un XLSX o un CSV en el portal.

Los números van como números, los códigos como texto y lo que parezca fórmula se queda en texto.
Las filas pueden ser un generador: se escriben según llegan y no se guardan en memoria.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Literal
from xml.sax.saxutils import escape

from django.utils import timezone

from trabajos.hojas.celdas import (
    como_texto,
    en_hora_local,
    es_numero,
    limpio,
    parece_formula,
)
from trabajos.registro import TrabajoRechazado

FILAS_DE_EXCEL = 1_048_576
CARTA = 1

# Un porcentaje se da de 0 a 100, como en todo el portal; Excel lo guarda dividido.
Clase = Literal["texto", "entero", "decimal", "porcentaje", "fecha", "hora", "fecha_hora"]
FORMATOS = {
    "texto": "@",
    "entero": "#,##0",
    "decimal": "#,##0.00",
    "porcentaje": "0.0%",
    "fecha": "dd/mm/yyyy",
    "hora": "hh:mm",
    "fecha_hora": "dd/mm/yyyy hh:mm",
}
ANCHOS = {"entero": 11, "decimal": 12, "porcentaje": 11, "fecha": 12, "hora": 8, "fecha_hora": 17}
AZUL = "#0943B5"
# Un texto es un texto: ni fórmula, ni número, ni enlace.
OPCIONES = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}


@dataclass(frozen=True)
class Columna:
    """Sin `ancho`, se toma del contenido. Un código es texto: «05001» no es un número."""

    titulo: str
    clase: Clase = "texto"
    ancho: int | None = None


@dataclass(frozen=True, slots=True)
class EnSuClase:
    """Un valor de otra clase que su columna: en una tabla larga hay porcentajes y personas."""

    valor: object
    clase: Clase


@dataclass
class Hoja:
    titulo: str
    columnas: list[Columna]
    filas: Iterable[Sequence]


@dataclass
class Metadatos:
    """Lo que permite fiarse de un archivo que anda suelto: de dónde salió, cuándo y de quién."""

    titulo: str
    que_es: str
    fuente: str = ""
    corte: date | datetime | str = ""
    por: str = ""
    generado: datetime = field(default_factory=timezone.now)
    mas: list[tuple[str, str]] = field(default_factory=list)
    notas: list[tuple[str, str]] = field(default_factory=list)  # van en su propia hoja

    def renglones(self):
        corte = como_texto(self.corte) if self.corte else ""
        renglones = [
            ("Título", self.titulo),
            ("Qué es", self.que_es),
            ("Fuente", self.fuente),
            ("Corte de los datos", corte),
            ("Generado", como_texto(self.generado)),
            ("Generado por", self.por),
            *self.mas,
        ]
        return [(nombre, valor) for nombre, valor in renglones if valor]


# ── XLSX ──────────────────────────────────────────────────────────────────────────────────────


def escribir_xlsx(ruta: Path, hojas: list[Hoja], metadatos: Metadatos) -> int:
    """Escribe el libro y devuelve cuántas filas de datos lleva."""
    import xlsxwriter

    with xlsxwriter.Workbook(str(ruta), {**OPCIONES, "constant_memory": True}) as libro:
        libro.set_properties(
            {
                "title": como_texto(metadatos.titulo),
                "comments": como_texto(metadatos.que_es),
                "author": como_texto(metadatos.por),
                "created": en_hora_local(metadatos.generado),
            }
        )
        estilos = Estilos(libro)
        usados, cuentas = {"metadatos", "notas"}, []
        for hoja in hojas:
            nombre = nombre_de_hoja(hoja.titulo, usados)
            cuentas.append((nombre, _escribir_hoja(libro, nombre, hoja, estilos)))
        _escribir_metadatos(libro, metadatos, cuentas, estilos)
        if metadatos.notas:
            _escribir_renglones(
                libro, "Notas", "Para leer bien estos datos", metadatos.notas, estilos
            )
    return sum(filas for _, filas in cuentas)


class Estilos:
    """Cada formato, una vez por libro: uno por celda haría el archivo enorme."""

    def __init__(self, libro):
        # «quotePrefix» es la marca de Excel para «esto es texto, aunque empiece por =».
        marca = {"num_format": "@", "quote_prefix": True}
        self.encabezado = libro.add_format(
            {
                **marca,
                "bold": True,
                "font_color": "#FFFFFF",
                "bg_color": AZUL,
                "text_wrap": True,
                "valign": "vcenter",
            }
        )
        self.titulo = libro.add_format({"bold": True, "font_size": 14, "font_color": AZUL})
        self.rotulo = libro.add_format({"bold": True, "valign": "top"})
        self.parrafo = libro.add_format({**marca, "text_wrap": True, "valign": "top"})
        self.de = {clase: libro.add_format({"num_format": f}) for clase, f in FORMATOS.items()}
        self.cuidado = libro.add_format(marca)


def _escribir_hoja(libro, nombre, hoja, estilos):
    tabla = libro.add_worksheet(nombre)
    for posicion, columna in enumerate(hoja.columnas):
        poner_texto(tabla, 0, posicion, columna.titulo, estilos.encabezado)
    anchos = [_palabra_mas_larga(columna.titulo) + 4 for columna in hoja.columnas]
    celdas = [_Celda(tabla, columna.clase, estilos) for columna in hoja.columnas]
    n = 0
    for n, fila in enumerate(hoja.filas, start=1):
        if n >= FILAS_DE_EXCEL:
            raise TrabajoRechazado("Son demasiadas filas para Excel. Pida el mismo informe en CSV.")
        for posicion, (celda, valor) in enumerate(zip(celdas, fila, strict=True)):
            anchos[posicion] = max(anchos[posicion], celda.escribir(n, posicion, valor))
    for posicion, columna in enumerate(hoja.columnas):
        ancho = columna.ancho or max(ANCHOS.get(columna.clase, 0), min(anchos[posicion] + 2, 60))
        tabla.set_column(posicion, posicion, ancho)
    ultima = len(hoja.columnas) - 1
    tabla.freeze_panes(1, 0)
    tabla.autofilter(0, 0, max(n, 1), ultima)
    # Que Excel no pinte de verde los códigos por ser «números guardados como texto».
    tabla.ignore_errors({"number_stored_as_text": f"A2:{_letra(ultima)}{max(n, 1) + 1}"})
    # El nombre que buscan los lectores de pantalla para anunciar el encabezado de cada columna.
    libro.define_name(f"'{nombre}'!ColumnTitle", f"='{nombre}'!$A$1")
    preparar_impresion(tabla)
    tabla.repeat_rows(0)
    return n


class _Celda:
    """Escribe los valores de una columna. Devuelve lo que ocupan, para el ancho."""

    def __init__(self, tabla, clase, estilos):
        self.tabla, self.clase, self.estilos = tabla, clase, estilos
        self.formato = estilos.de[clase]

    def escribir(self, fila, posicion, valor):
        if isinstance(valor, EnSuClase):
            otra = _Celda(self.tabla, valor.clase, self.estilos)
            return otra.escribir(fila, posicion, valor.valor)
        if valor is None or valor == "":
            return 0
        if self.clase in ("entero", "decimal", "porcentaje") and es_numero(valor):
            # Excel multiplica por cien al mostrar; el portal ya trae el porcentaje de 0 a 100.
            numero = valor / 100 if self.clase == "porcentaje" else valor
            self.tabla.write_number(fila, posicion, numero, self.formato)
            return len(f"{valor:,.0f}") + 3
        if self.es_momento(valor):
            momento = en_hora_local(valor) if isinstance(valor, datetime) else valor
            self.tabla.write_datetime(fila, posicion, momento, self.formato)
            return 0
        return self.escribir_texto(fila, posicion, como_texto(valor))

    def es_momento(self, valor):
        if self.clase == "hora":
            return isinstance(valor, time)
        # Para Excel el tiempo empieza en 1900.
        return (
            self.clase in ("fecha", "fecha_hora") and isinstance(valor, date) and valor.year > 1900
        )

    def escribir_texto(self, fila, posicion, texto):
        formato = self.estilos.cuidado if parece_formula(texto) else self.estilos.de["texto"]
        poner_texto(self.tabla, fila, posicion, texto, formato)
        return len(texto)


def poner_texto(tabla, fila, posicion, texto, formato):
    texto = como_texto(texto)
    if texto.startswith("<r>") and texto.endswith("</r>"):
        # XlsxWriter lo tomaría por texto enriquecido suyo y lo copiaría sin escapar.
        texto = f'<r><t xml:space="preserve">{escape(texto)}</t></r>'
    tabla.write_string(fila, posicion, texto, formato)


def _escribir_metadatos(libro, metadatos, cuentas, estilos):
    renglones = metadatos.renglones() + [
        (f"Filas en «{nombre}»", f"{filas:,}".replace(",", ".")) for nombre, filas in cuentas
    ]
    _escribir_renglones(libro, "Metadatos", "Sobre este archivo", renglones, estilos)


def _escribir_renglones(libro, nombre_de_la_hoja, titulo, renglones, estilos):
    tabla = libro.add_worksheet(nombre_de_la_hoja)
    tabla.set_column(0, 0, 24)
    tabla.set_column(1, 1, 90)
    poner_texto(tabla, 0, 0, titulo, estilos.titulo)
    for n, (nombre, valor) in enumerate(renglones, start=2):
        poner_texto(tabla, n, 0, nombre, estilos.rotulo)
        poner_texto(tabla, n, 1, valor, estilos.parrafo)
    tabla.ignore_errors({"number_stored_as_text": f"B1:B{len(renglones) + 2}"})
    preparar_impresion(tabla)


def preparar_impresion(tabla):
    tabla.set_paper(CARTA)
    tabla.set_landscape()
    tabla.fit_to_pages(1, 0)
    tabla.set_footer("&L&A&RPágina &P de &N")


def nombre_de_hoja(titulo: str, usados: set[str]) -> str:
    """Un nombre que Excel admite y que no se repite en el libro. Lo añade a `usados`."""
    limpio = re.sub(r"[\[\]:*?/\\'!]+", " ", como_texto(titulo))
    base = re.sub(r"\s+", " ", limpio).strip() or "Datos"
    nombre, n = base[:31].strip(), 1
    while nombre.casefold() in usados:
        n += 1
        nombre = f"{base[: 31 - len(str(n)) - 1].strip()} {n}"
    usados.add(nombre.casefold())
    return nombre


def _palabra_mas_larga(texto):
    return max(map(len, texto.split()), default=0)


def _letra(posicion):
    from xlsxwriter.utility import xl_col_to_name

    return xl_col_to_name(posicion)


# ── CSV ───────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Variante:
    codificacion: str
    separador: str
    coma_decimal: bool
    fecha: str


VARIANTES = {
    "estandar": Variante("utf-8", ",", False, "%Y-%m-%d"),
    # El Excel en español: sin la marca inicial y el punto y coma, mezcla columnas y daña tildes.
    "excel": Variante("utf-8-sig", ";", True, "%d/%m/%Y"),
}


def escribir_csv(ruta: Path, hoja: Hoja, variante: str = "estandar") -> int:
    """Escribe la tabla y devuelve cuántas filas de datos lleva.

    Un CSV no dice de qué tipo es cada celda: quien lo abra con doble clic puede perder el cero
    de un código. Para eso está el XLSX.
    """
    renglones = 0
    with open(ruta, "w", encoding=VARIANTES[variante].codificacion, newline="") as salida:
        for renglon in renglones_csv(hoja, variante):
            salida.write(renglon)
            renglones += 1
    return renglones - 1  # el encabezado no es una fila de datos


def renglones_csv(hoja: Hoja, variante: str = "estandar") -> Iterator[str]:
    """El mismo CSV, renglón por renglón: para entregarlo según se escribe."""
    modo = VARIANTES[variante]
    tabla = csv.writer(_Eco(), delimiter=modo.separador)
    yield tabla.writerow([_inofensivo(como_texto(columna.titulo)) for columna in hoja.columnas])
    clases = [columna.clase for columna in hoja.columnas]
    for fila in hoja.filas:
        yield tabla.writerow(
            [_en_csv(valor, clase, modo) for valor, clase in zip(fila, clases, strict=True)]
        )


class _Eco:
    """Un «archivo» que devuelve lo que le escriben."""

    def write(self, texto):
        return texto


def _en_csv(valor, clase, modo):
    if type(valor) is str:
        return _inofensivo(limpio(valor))
    if valor is None:
        return ""
    if isinstance(valor, EnSuClase):
        return _en_csv(valor.valor, valor.clase, modo)
    if clase != "texto" and es_numero(valor):
        texto = str(int(valor)) if valor == int(valor) else _decimales(valor)
        return texto.replace(".", ",") if modo.coma_decimal else texto
    if clase != "texto" and isinstance(valor, datetime):
        return en_hora_local(valor).strftime(f"{modo.fecha} %H:%M")
    if clase != "texto" and isinstance(valor, date):
        return valor.strftime(modo.fecha)
    return _inofensivo(como_texto(valor))


def _decimales(valor):
    """Sin notación científica ni las colas de la aritmética binaria."""
    return f"{Decimal(repr(valor)) if isinstance(valor, float) else valor:f}"


def _inofensivo(texto):
    return f"'{texto}" if parece_formula(texto) else texto
