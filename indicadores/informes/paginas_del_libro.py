"""Las hojas de palabras del libro: la portada, los metadatos y las notas."""

from django.conf import settings
from django.utils.formats import date_format

from indicadores.consultas.cifras import en_espanol
from indicadores.informes.contenido import Informe, cuando, frente_al_anterior, se_dice
from indicadores.models import Indicador, Valor
from trabajos.hojas.escribir import poner_texto, preparar_impresion

PORTADA = "Portada"
QUE_ES_CADA_ESTADO = {
    Valor.Estado.VALOR: "Hay un número. Cero también es un número.",
    Valor.Estado.SIN_DATO: "La fuente trae la fila y la celda está vacía. No es cero.",
    Valor.Estado.NO_REPORTADO: "La fuente no trae esa medida ese año, o no trae la unidad.",
    Valor.Estado.NO_APLICA: "Esa medida no le corresponde a esa unidad ese año.",
    Valor.Estado.ANULADO: "La cifra publicada está dañada y se anuló; la nota dice por qué.",
    Valor.Estado.RETENIDO: "Rompe una regla de calidad y espera a que alguien decida.",
    Valor.Estado.NO_CALCULABLE: "Habría que calcularla y la fuente no trae con qué.",
}


def escribir_portada(libro, hoja, familias: list[str], n_datos: int):
    informe, estilos = libro.informe, libro.estilos
    grande = libro.libro.add_format({"bold": True, "font_size": 22, "font_color": "#0943B5"})
    titular = libro.libro.add_format(
        {"num_format": "@", "bold": True, "font_size": 13, "text_wrap": True, "valign": "top"}
    )
    enlace = libro.libro.add_format({"font_color": "#0943B5", "underline": 1})
    hoja.hide_gridlines(2)
    for columna, ancho in enumerate((34, 16, 9, 42, 60)):
        hoja.set_column(columna, columna, ancho)
    poner_texto(hoja, 0, 0, f"Informe de indicadores, hasta {informe.hasta}", estilos.titulo)
    hoja.set_row(1, 30)
    poner_texto(hoja, 1, 0, informe.entidad.nombre, grande)
    poner_texto(hoja, 2, 0, f"Secretaría de Educación ({informe.quien})", estilos.cuidado)
    hoja.set_row(4, 22)
    _ancho(hoja, 4, informe.titular, titular)
    hoja.set_row(5, 34)
    _ancho(hoja, 5, informe.bajada, estilos.parrafo)
    fila = 7
    if informe.claves:
        fila = _claves(libro, hoja, fila)
    for nombre, valor in ficha_de_la_portada(informe):
        poner_texto(hoja, fila, 0, nombre, estilos.rotulo)
        _ancho(hoja, fila, valor, estilos.parrafo, desde=1)
        fila += 1
    fila += 1
    poner_texto(hoja, fila, 0, "Qué trae este libro", estilos.titulo)
    for nombre, que in (
        *((nombre, "Tablas por año y sus gráficas") for nombre in familias),
        ("Datos", f"Todas las cifras, una por fila: {en_espanol(n_datos, 0)} filas"),
        ("Metadatos", "De dónde sale cada cosa y qué dice cada indicador"),
        ("Notas", "Los quiebres de las series y qué significa cada estado"),
    ):
        fila += 1
        hoja.write_url(fila, 0, f"internal:'{nombre}'!A1", enlace, nombre)
        _ancho(hoja, fila, que, estilos.cuidado, desde=1)
    preparar_impresion(hoja)


def ficha_de_la_portada(informe: Informe) -> list[tuple[str, str]]:
    """De quién es, de cuándo y de dónde sale: lo que permite fiarse de un archivo que anda solo."""
    filas = [
        ("Entidad", informe.entidad.nombre),
        ("Código DANE", informe.entidad.codigo_dane),
        ("Vigencia", str(informe.vigencia)),
        ("Versión de las cifras", informe.version),
        ("Corte de los datos", informe.corte),
        ("Fuente", "; ".join(fuente.conjunto.cita for fuente in informe.fuentes)),
        ("Licencia", ", ".join({f.conjunto.licencia: 0 for f in informe.fuentes})),
        ("Lo hizo", f"{settings.INSTITUCION['portal']}, {settings.INSTITUCION['nombre']}"),
    ]
    return [(nombre, valor) for nombre, valor in filas if valor]


def _claves(libro, hoja, fila):
    titulos = ("Cifras clave", "Valor", "Año", "Frente al año anterior", "Distancia")
    libro.encabezar(hoja, fila, titulos)
    for uno in libro.informe.claves:
        fila += 1
        poner_texto(hoja, fila, 0, uno.indicador.nombre, libro.estilos.rotulo)
        libro.poner_cifra(hoja, fila, 1, uno.ultima)
        hoja.write_number(fila, 2, uno.ultima.vigencia)
        tendencia = frente_al_anterior(uno)
        dicho = tendencia.texto if tendencia else "" if uno.ultima.hay else se_dice(uno)
        poner_texto(hoja, fila, 3, dicho, libro.estilos.parrafo)
        poner_texto(
            hoja, fila, 4, uno.distancia.texto if uno.distancia else "", libro.estilos.parrafo
        )
    return fila + 2


def _ancho(hoja, fila, texto, formato, desde=0):
    """Un texto a todo lo ancho de la portada."""
    hoja.merge_range(fila, desde, fila, 4, "", formato)
    poner_texto(hoja, fila, desde, texto, formato)


def escribir_metadatos(libro, n_datos: int):
    informe, estilos = libro.informe, libro.estilos
    hoja = libro.libro.add_worksheet("Metadatos")
    for columna, ancho in enumerate((34, 60, 50, 22, 26, 40)):
        hoja.set_column(columna, columna, ancho)
    poner_texto(hoja, 0, 0, "Sobre este archivo", estilos.titulo)
    renglones = [
        ("Título", informe.titulo),
        *ficha_de_la_portada(informe),
        *((f"Conjunto {f.conjunto.clave}", _fuente_en_palabras(f)) for f in informe.fuentes),
        ("Filas en «Datos»", en_espanol(n_datos, 0)),
    ]
    fila = 1
    for fila, (nombre, valor) in enumerate(renglones, start=2):
        poner_texto(hoja, fila, 0, nombre, estilos.rotulo)
        poner_texto(hoja, fila, 1, valor, estilos.parrafo)
    hoja.ignore_errors({"number_stored_as_text": f"B1:B{fila + 1}"})
    fila += 2
    titulos = ("Indicador", "Qué dice", "Fórmula", "Unidad", "Cómo se lee", "Cómo se reúne")
    libro.encabezar(hoja, fila, titulos)
    for familia in informe.familias:
        for uno in familia.indicadores:
            fila += 1
            for columna, texto in enumerate(_del_diccionario(uno.indicador)):
                poner_texto(hoja, fila, columna, texto, estilos.parrafo)
    preparar_impresion(hoja)


def _del_diccionario(indicador: Indicador):
    return (
        indicador.nombre,
        indicador.definicion,
        indicador.formula,
        indicador.get_medida_display(),
        indicador.get_sentido_display(),
        indicador.get_agregacion_display(),
    )


def _fuente_en_palabras(fuente):
    numeros = ", ".join(str(version.numero) for version in fuente.versiones)
    corte = date_format(fuente.corte, r"j \d\e F \d\e Y") if fuente.corte else "sin fecha"
    return (
        f"{fuente.conjunto.nombre}. {fuente.conjunto.entidad_que_publica}. "
        f"{fuente.conjunto.url}. Licencia {fuente.conjunto.licencia}. Versiones: {numeros}. "
        f"Corte: {corte}."
    )


def escribir_notas(libro):
    estilos = libro.estilos
    hoja = libro.libro.add_worksheet("Notas")
    for columna, ancho in enumerate((34, 16, 22, 90)):
        hoja.set_column(columna, columna, ancho)
    poner_texto(hoja, 0, 0, "Antes de comparar", estilos.titulo)
    libro.encabezar(hoja, 2, ("De qué", "Años", "Qué es", "Qué pasa"))
    fila = 2
    for nota, familias in libro.informe.notas:
        fila += 1
        for columna, texto in enumerate(
            (familias, cuando(nota), nota.get_clase_display(), nota.texto)
        ):
            poner_texto(hoja, fila, columna, texto, estilos.parrafo)
    fila += 2
    poner_texto(hoja, fila, 0, "Qué significa cada estado", estilos.titulo)
    fila += 1
    libro.encabezar(hoja, fila, ("Estado", "Qué quiere decir"))
    for estado, que_es in QUE_ES_CADA_ESTADO.items():
        fila += 1
        poner_texto(hoja, fila, 0, estado.label, estilos.rotulo)
        hoja.merge_range(fila, 1, fila, 3, "", estilos.parrafo)
        poner_texto(hoja, fila, 1, que_es, estilos.parrafo)
    preparar_impresion(hoja)
