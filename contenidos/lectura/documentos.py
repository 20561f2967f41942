"""Lo que dicen los documentos de Office, de OpenDocument y de texto, página por página.

Se lee el XML de adentro y se va soltando: un libro grande no se tiene nunca entero.
"""

import posixpath
import re
import zipfile
from pathlib import Path
from xml.etree.ElementTree import iterparse

from contenidos.lectura.limpieza import acotar

MAX_XML = 300 * 1024 * 1024
MINIATURAS = ("docProps/thumbnail.jpeg", "docProps/thumbnail.png", "Thumbnails/thumbnail.png")


def leer(ruta, extension: str, con_dibujo: bool) -> dict:
    if extension in (".txt", ".csv"):
        return {"textos": acotar([_texto_plano(Path(ruta).read_bytes())])}
    if extension not in LECTORES:  # un video no dice nada por escrito
        return {}
    with zipfile.ZipFile(ruta) as paquete:
        if sum(parte.file_size for parte in paquete.infolist()) > MAX_XML:
            raise MemoryError
        textos = acotar(LECTORES[extension](paquete))
        return {
            "textos": textos,
            "paginas": max(len(textos), _paginas_que_dice(paquete)) or None,
            "miniatura": _miniatura(paquete) if con_dibujo else None,
        }


def _texto_plano(datos):
    try:
        return datos.decode("utf-8-sig")
    except UnicodeDecodeError:
        return datos.decode("cp1252", "replace")


# ── Office ────────────────────────────────────────────────────────────────────────────────────


def _de_word(paquete):
    """Las páginas son las que vio Word la última vez que lo guardó."""
    pagina = []
    for hecho, elemento in _recorrer(paquete, "word/document.xml"):
        if _es_cambio_de_pagina(hecho, elemento) and "".join(pagina).strip():
            yield "".join(pagina)
            pagina = []
        pagina.append(_letras_de_office(hecho, elemento))
    if "word/footnotes.xml" in paquete.namelist():
        notas = _recorrer(paquete, "word/footnotes.xml")
        pagina.extend(_letras_de_office(*nota) for nota in notas)
    yield "".join(pagina)


def _es_cambio_de_pagina(hecho, elemento):
    if hecho == "lastRenderedPageBreak":
        return True
    return hecho == "br" and "page" in elemento.attrib.values()


def _de_powerpoint(paquete):
    for diapositiva in _partes_en_orden(paquete, "ppt/presentation.xml", "sldId"):
        yield "".join(_letras_de_office(*uno) for uno in _recorrer(paquete, diapositiva))


def _letras_de_office(hecho, elemento):
    if hecho == "t":
        return elemento.text or ""
    return {"p": "\n", "br": "\n", "tab": " ", "tc": " "}.get(hecho, "")


def _de_excel(paquete):
    """Una hoja, una página. Solo palabras: las cifras sueltas no las busca nadie."""
    compartidos = _textos_compartidos(paquete)
    partes = _partes_en_orden(paquete, "xl/workbook.xml", "sheet", con_nombre=True)
    for nombre, hoja in partes:
        celdas = [nombre, "\n"]
        for hecho, elemento in _recorrer(paquete, hoja):
            if hecho == "c":
                celdas.append(f"{_celda(elemento, compartidos)} ")
            elif hecho == "row":
                celdas.append("\n")
        yield "".join(celdas)


def _textos_compartidos(paquete):
    if "xl/sharedStrings.xml" not in paquete.namelist():
        return []
    textos, pedazos = [], []
    for hecho, elemento in _recorrer(paquete, "xl/sharedStrings.xml"):
        if hecho == "t":
            pedazos.append(elemento.text or "")
        elif hecho == "si":
            textos.append("".join(pedazos))
            pedazos = []
    return textos


def _celda(celda, compartidos):
    clase = celda.get("t", "n")
    if clase == "inlineStr":
        return "".join(celda.itertext())
    valor = next((hijo.text or "" for hijo in celda if _nombre(hijo.tag) == "v"), "")
    if clase == "s":
        numero = int(valor or -1)
        return compartidos[numero] if 0 <= numero < len(compartidos) else ""
    return valor if clase == "str" else ""


def _partes_en_orden(paquete, indice, etiqueta, *, con_nombre=False):
    """Las diapositivas o las hojas, en el orden en que se ven."""
    rutas = _relaciones(paquete, indice)
    for hecho, elemento in _recorrer(paquete, indice):
        if hecho != etiqueta:
            continue
        suyas = [valor for clave, valor in elemento.attrib.items() if clave.endswith("}id")]
        if suyas and rutas.get(suyas[0]) in paquete.namelist():
            ruta = rutas[suyas[0]]
            yield (elemento.get("name", ""), ruta) if con_nombre else ruta


def _relaciones(paquete, ruta):
    carpeta, nombre = posixpath.split(ruta)
    rutas = {}
    for hecho, elemento in _recorrer(paquete, f"{carpeta}/_rels/{nombre}.rels"):
        if hecho == "Relationship":
            destino = posixpath.join("/", carpeta, elemento.get("Target", ""))
            rutas[elemento.get("Id")] = posixpath.normpath(destino).lstrip("/")
    return rutas


# ── OpenDocument ──────────────────────────────────────────────────────────────────────────────


def _de_opendocument(al_terminar):
    """`al_terminar`: la etiqueta con la que se acaba una página."""

    def leer(paquete):
        pagina = []
        for hecho, elemento in _recorrer(paquete, "content.xml"):
            if hecho in ("s", "tab", "line-break"):
                elemento.text = " "
            elif hecho in ("p", "h"):
                pagina.append("".join(elemento.itertext()) + "\n")
            elif hecho == al_terminar:
                yield "".join(pagina)
                pagina = []
        if pagina:
            yield "".join(pagina)

    return leer


# ── Lo que comparten ──────────────────────────────────────────────────────────────────────────


def _recorrer(paquete, parte):
    """Cada elemento al cerrarse, por su nombre; lo que Word escribe dos veces, una."""
    repetido, abiertos = 0, []
    with paquete.open(parte) as xml:
        for hecho, elemento in iterparse(xml, ("start", "end")):
            nombre = _nombre(elemento.tag)
            if hecho == "start":
                repetido += nombre == "Fallback"
                abiertos.append(elemento)
                continue
            abiertos.pop()
            if not repetido:
                yield nombre, elemento
            repetido -= nombre == "Fallback"
            if nombre in SE_SUELTAN:
                elemento.clear()
                if abiertos and nombre in SE_SACAN:
                    abiertos[-1].remove(elemento)


def _nombre(etiqueta):
    return etiqueta.rpartition("}")[2]


SE_SUELTAN = {"p", "h", "row", "si", "table-row", "Fallback"}
SE_SACAN = {"row", "si", "table-row"}


def _paginas_que_dice(paquete):
    for parte, patron in (
        ("docProps/app.xml", rb"<(?:\w+:)?Pages>(\d{1,5})<"),
        ("meta.xml", rb"meta:page-count=\"(\d{1,5})\""),
    ):
        if parte in paquete.namelist():
            hallado = re.search(patron, paquete.read(parte)[:100_000])
            if hallado:
                return int(hallado[1])
    return 0


def _miniatura(paquete):
    from contenidos.lectura.retratos import miniatura_de

    for nombre in MINIATURAS:
        if nombre in paquete.namelist():
            return miniatura_de(paquete.read(nombre))
    return None


LECTORES = {
    ".docx": _de_word,
    ".pptx": _de_powerpoint,
    ".xlsx": _de_excel,
    ".odt": _de_opendocument("soft-page-break"),
    ".odp": _de_opendocument("page"),
    ".ods": _de_opendocument("table"),
}
