"""Un libro en blanco para que una persona lo llene en Excel y lo devuelva.

Aquí se usa openpyxl, que conserva estilos y listas desplegables; importarlo cuesta casi un segundo
y por eso se hace dentro de la función.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from trabajos.hojas.celdas import como_texto
from trabajos.hojas.escribir import AZUL, FORMATOS, nombre_de_hoja

Clase = Literal["texto", "entero", "decimal", "fecha", "hora"]
FONDO_DE_EJEMPLO = "F2F2F2"


@dataclass(frozen=True)
class ColumnaPorLlenar:
    """Lo que se pide. La `ayuda` sale al pararse en la celda y en la hoja de ayuda."""

    titulo: str
    ayuda: str = ""
    ejemplo: str = ""
    clase: Clase = "texto"
    opciones: Sequence[str] = ()
    solo_de_la_lista: bool = True
    obligatoria: bool = False
    ancho: int | None = None


def plantilla_para_llenar(
    ruta: Path,
    *,
    titulo: str,
    columnas: list[ColumnaPorLlenar],
    instrucciones: Sequence[str] = (),
    filas: Iterable[Sequence] = (),
    filas_en_blanco: int = 500,
) -> None:
    """Escribe el libro: la hoja por llenar, la de ayuda y, oculta, la de las listas.

    `filas` son las que ya se saben; debajo quedan las que están en blanco.
    """
    from openpyxl import Workbook

    libro = Workbook()
    libro.properties.title = como_texto(titulo)
    hoja = libro.active
    hoja.title = nombre_de_hoja(titulo, {"ayuda", "listas"})
    ultima = 1 + filas_en_blanco + _poner_filas(hoja, columnas, filas)
    _vestir(hoja, columnas, ultima)
    _escribir_ayuda(libro.create_sheet("Ayuda"), titulo, columnas, instrucciones)
    listas = libro.create_sheet("Listas")
    listas.sheet_state = "hidden"
    for posicion, columna in enumerate(columnas, start=1):
        _validar(hoja, listas, posicion, columna, ultima)
    libro.save(ruta)


def _poner_filas(hoja, columnas, filas):
    for posicion, columna in enumerate(columnas, start=1):
        marca = " *" if columna.obligatoria else ""
        _poner_texto(hoja.cell(1, posicion), columna.titulo + marca)
    n = 0
    for n, fila in enumerate(filas, start=1):
        for posicion, valor in enumerate(fila, start=1):
            celda = hoja.cell(n + 1, posicion)
            if isinstance(valor, str):
                _poner_texto(celda, valor)
            else:
                celda.value = valor
    return n


def _poner_texto(celda, texto):
    """openpyxl guarda «=…» como fórmula viva si no se le dice que es texto."""
    celda.value = como_texto(texto)
    celda.data_type = "s"
    celda.quotePrefix = True


def _vestir(hoja, columnas, ultima):
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.utils import get_column_letter

    linea = Side(style="thin", color="BFBFBF")
    for posicion, columna in enumerate(columnas, start=1):
        letra = get_column_letter(posicion)
        hoja.column_dimensions[letra].width = columna.ancho or max(14, len(columna.titulo) + 6)
        encabezado = hoja[f"{letra}1"]
        encabezado.font = Font(bold=True, color="FFFFFF")
        encabezado.fill = PatternFill("solid", start_color=AZUL.lstrip("#"))
        encabezado.alignment = Alignment(wrap_text=True, vertical="center")
        for fila in range(2, ultima + 1):
            celda = hoja[f"{letra}{fila}"]
            # Con formato de texto Excel no convierte «05001» en 5001 ni «3-4» en una fecha.
            celda.number_format = FORMATOS[columna.clase]
            celda.border = Border(bottom=linea)
    hoja.row_dimensions[1].height = 32
    hoja.freeze_panes = "A2"
    hoja.print_title_rows = "1:1"
    hoja.page_setup.orientation = "landscape"
    hoja.page_setup.fitToHeight = 0
    hoja.sheet_properties.pageSetUpPr.fitToPage = True


def _validar(hoja, listas, posicion, columna, ultima):
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    letra = get_column_letter(posicion)
    regla = {"type": None}
    if columna.opciones:
        # Las opciones van en su hoja: escritas dentro de la regla, Excel solo admite 255 letras.
        for n, opcion in enumerate(columna.opciones, start=1):
            _poner_texto(listas.cell(n, posicion), opcion)
        rango = f"Listas!${letra}$1:${letra}${len(columna.opciones)}"
        regla = {"type": "list", "formula1": rango}
    elif columna.clase == "entero":
        regla = {"type": "whole", "operator": "greaterThanOrEqual", "formula1": "0"}
    elif columna.clase == "decimal":
        regla = {"type": "decimal", "operator": "greaterThanOrEqual", "formula1": "0"}
    elif columna.clase == "fecha":
        regla = {"type": "date", "operator": "greaterThanOrEqual", "formula1": "36526"}
    elif columna.clase == "hora":
        regla = {"type": "time", "operator": "between", "formula1": "0", "formula2": "0.999988"}
    validacion = DataValidation(allow_blank=True, **regla)
    validacion.showErrorMessage = columna.solo_de_la_lista and regla["type"] is not None
    validacion.errorTitle = "Revise este dato"
    validacion.error = _QUE_SE_ESPERA["list" if columna.opciones else columna.clase]
    if columna.ayuda:
        validacion.showInputMessage = True
        validacion.promptTitle = columna.titulo[:32]
        validacion.prompt = columna.ayuda[:255]
    validacion.add(f"{letra}2:{letra}{ultima}")
    hoja.add_data_validation(validacion)


_QUE_SE_ESPERA = {
    "list": "Escoja una opción de la lista.",
    "texto": "",
    "entero": "Escriba un número entero, sin puntos ni letras.",
    "decimal": "Escriba un número.",
    "fecha": "Escriba una fecha, por ejemplo 9/06/2020.",
    "hora": "Escriba una hora, por ejemplo 9:30.",
}


def _escribir_ayuda(hoja, titulo, columnas, instrucciones):
    from openpyxl.styles import Alignment, Font, PatternFill

    parrafo = Alignment(wrap_text=True, vertical="top")
    _poner_texto(hoja["A1"], f"Cómo llenar: {titulo}")
    hoja["A1"].font = Font(bold=True, size=14, color=AZUL.lstrip("#"))
    fila = 3
    for n, instruccion in enumerate(instrucciones, start=1):
        _poner_texto(hoja.cell(fila, 1), f"{n}. {instruccion}")
        fila += 1
    fila += 1
    for posicion, rotulo in enumerate(["Columna", "Qué se escribe", "Ejemplo"], start=1):
        _poner_texto(hoja.cell(fila, posicion), rotulo)
        hoja.cell(fila, posicion).font = Font(bold=True)
    for columna in columnas:
        fila += 1
        obligatoria = "Obligatoria. " if columna.obligatoria else ""
        textos = [columna.titulo, obligatoria + columna.ayuda, columna.ejemplo]
        for posicion, texto in enumerate(textos, start=1):
            celda = hoja.cell(fila, posicion)
            _poner_texto(celda, texto)
            celda.alignment = parrafo
        hoja.cell(fila, 3).fill = PatternFill("solid", start_color=FONDO_DE_EJEMPLO)
    for letra, ancho in {"A": 30, "B": 70, "C": 30}.items():
        hoja.column_dimensions[letra].width = ancho
