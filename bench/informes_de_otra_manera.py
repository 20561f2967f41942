"""Los mismos informes con openpyxl y WeasyPrint, para saber contra qué se gana.

El libro de openpyxl lleva las mismas hojas, celdas, formatos y gráficas; el PDF de WeasyPrint, los
mismos textos, tablas y dibujos, también accesible (PDF/UA).
"""

from dataclasses import dataclass
from html import escape
from io import BytesIO

from indicadores.informes.contenido import Informe
from indicadores.informes.impreso import datos_de

ESTILO = """
@page { size: letter; margin: 2.4cm 2cm 2cm; @bottom-right { content: counter(page) } }
@font-face { font-family: "Nunito Sans";
             src: url(trabajos/plantillas_pdf/fuentes/NunitoSans-Regular.ttf) }
@font-face { font-family: "Nunito Sans"; font-weight: bold;
             src: url(trabajos/plantillas_pdf/fuentes/NunitoSans-Bold.ttf) }
body { font: 10pt "Nunito Sans"; } h1, h2 { color: #0943b5; } .claves, .graficas { display: flex;
flex-wrap: wrap; gap: .8cm; } .graficas > div { width: 8cm; } .claves b { font-size: 23pt; }
svg { width: 100%; height: auto; } table { width: 100%; border-collapse: collapse; font-size: 9pt; }
th { background: #0943b5; color: #fff; } td { border-bottom: .5pt solid #d0d5dd; padding: 4pt; }
"""


@dataclass
class Copia:
    """Lo que hay en una hoja: [(fila, columna, valor, formato)] y sus gráficas."""

    nombre: str
    celdas: list
    n_graficas: int


def copiar_libro(contenido: bytes) -> list[Copia]:
    from openpyxl import load_workbook

    return [
        Copia(
            hoja.title,
            [
                (celda.row, celda.column, celda.value, celda.number_format)
                for fila in hoja.iter_rows()
                for celda in fila
                if celda.value is not None
            ],
            len(hoja._charts),
        )
        for hoja in load_workbook(BytesIO(contenido))
    ]


def libro_con_openpyxl(copias: list[Copia]) -> bytes:
    from openpyxl import Workbook
    from openpyxl.chart import Reference, ScatterChart, Series

    libro = Workbook()
    libro.remove(libro.active)
    hojas = {copia.nombre: libro.create_sheet(copia.nombre) for copia in copias}
    for copia in copias:
        hoja = hojas[copia.nombre]
        for fila, columna, valor, formato in copia.celdas:
            celda = hoja.cell(fila, columna, valor)
            if formato != "General":
                celda.number_format = formato
        for n in range(copia.n_graficas):
            grafica = ScatterChart()
            for serie in range(3):
                filas = {"min_row": 2 + 15 * serie, "max_row": 16 + 15 * serie}
                anos = Reference(hojas["Datos"], min_col=6, **filas)
                grafica.series.append(Series(Reference(hojas["Datos"], min_col=7, **filas), anos))
            hoja.add_chart(grafica, f"G{3 + 18 * n}")
    destino = BytesIO()
    libro.save(destino)
    return destino.getvalue()


def pdf_con_weasyprint(informe: Informe) -> bytes:
    from weasyprint import HTML

    return HTML(string=_html(datos_de(informe)), base_url=".").write_pdf(pdf_variant="pdf/ua-1")


def _html(datos):
    claves = "".join(
        f"<div><b>{escape(una['valor'])}</b><p>{escape(una['nombre'])}</p>"
        f"<p>{'<br>'.join(map(escape, una['detalle']))}</p></div>"
        for una in datos["claves"]
    )
    graficas = "".join(
        f"<div><h3>{escape(una['titulo'])}</h3>{una['svg']}<p>{escape(una['dicho'])}</p></div>"
        for una in datos["graficas"]
    )
    comparadas = [
        [una["nombre"], *una["celdas"], una["dicha"]] for una in datos["comparacion"]["filas"]
    ]
    return (
        f"<!doctype html><html lang=es><meta charset=utf-8><title>{escape(datos['titulo'])}</title>"
        f"<style>{ESTILO}</style><h1>{escape(datos['entidad'])}</h1>"
        f"<p>{escape(datos['titular'])}</p><div class=claves>{claves}</div>"
        f"<h2>Cómo ha cambiado</h2><div class=graficas>{graficas}</div><h2>Por nivel</h2>"
        f"{_tabla(['Tasa', *datos['niveles']], datos['por_nivel'])}<h2>A qué distancia está</h2>"
        f"{_tabla(['Tasa', *datos['comparacion']['columnas'], 'Puntos'], comparadas)}"
        f"<h2>Antes de comparar</h2><ul>{_lista(map('. '.join, datos['notas']))}</ul>"
        f"<h2>De dónde sale</h2><ul>{_lista(datos['fuentes'])}</ul></html>"
    )


def _tabla(columnas, filas):
    cabeza = "".join(f"<th>{escape(una)}</th>" for una in columnas)
    cuerpo = "".join(
        f"<tr>{''.join(f'<td>{escape(celda)}</td>' for celda in fila)}</tr>" for fila in filas
    )
    return f"<table><thead><tr>{cabeza}</tr></thead><tbody>{cuerpo}</tbody></table>"


def _lista(textos):
    return "".join(f"<li>{escape(texto)}</li>" for texto in textos)
