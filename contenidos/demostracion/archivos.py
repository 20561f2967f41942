"""Los archivos de la demostración: se hacen al cargarla, con lo que dice su ficha."""

import io
import tempfile
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

from django.core.files.base import ContentFile

from trabajos.hojas.escribir import Columna, Hoja, Metadatos, escribir_xlsx
from trabajos.pdf import componer_pdf

ADVERTENCIA = "Documento de demostración: sirve para probar el portal y su contenido es inventado."
FILAS_EN_BLANCO = 12
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFICINA = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PAQUETE = "http://schemas.openxmlformats.org/package/2006"
_TIPO_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_TIPO_RELACIONES = "application/vnd.openxmlformats-package.relationships+xml"


def archivo_de(ficha: dict) -> ContentFile | None:
    """El suyo, según su formato; lo que está en otro sitio no trae."""
    hacer = {"pdf": un_pdf, "docx": un_docx, "xlsx": un_xlsx, "imagen": un_escaneado}
    if ficha["formato"] not in hacer:
        return None
    extension = "pdf" if ficha["formato"] == "imagen" else ficha["formato"]
    datos = hacer[ficha["formato"]](ficha["titulo"], ficha["resumen"], ficha["puntos"])
    return ContentFile(datos, name=f"{ficha['titulo'][:80]}.{extension}")


def un_pdf(titulo, resumen, puntos):
    return componer_pdf(
        "documento",
        {
            "titulo": titulo,
            "entradilla": resumen,
            "advertencia": ADVERTENCIA,
            "ficha": [],
            "secciones": [{"titulo": "Lo principal", "parrafos": [], "puntos": puntos}],
        },
    )


def un_docx(titulo, resumen, puntos):
    """Lo mínimo que Word abre: un título y sus párrafos."""
    parrafos = [(titulo, "Title"), (ADVERTENCIA, ""), (resumen, "")]
    parrafos += [(punto, "") for punto in puntos]
    cuerpo = "".join(_parrafo(texto, estilo) for texto, estilo in parrafos)
    partes = {
        "[Content_Types].xml": f'<Types xmlns="{_PAQUETE}/content-types">'
        f'<Default Extension="rels" ContentType="{_TIPO_RELACIONES}"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_TIPO_WORD}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PAQUETE}/relationships"><Relationship Id="rId1" '
        f'Type="{_OFICINA}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{_W}"><w:body>{cuerpo}</w:body></w:document>',
    }
    salida = io.BytesIO()
    with zipfile.ZipFile(salida, "w", zipfile.ZIP_DEFLATED) as paquete:
        for nombre, parte in partes.items():
            paquete.writestr(nombre, f'<?xml version="1.0" encoding="UTF-8"?>{parte}')
    return salida.getvalue()


def _parrafo(texto, estilo):
    propiedades = f'<w:pPr><w:pStyle w:val="{estilo}"/></w:pPr>' if estilo else ""
    return f'<w:p>{propiedades}<w:r><w:t xml:space="preserve">{escape(texto)}</w:t></w:r></w:p>'


def un_xlsx(titulo, resumen, columnas):
    """Una hoja para llenar: los puntos de la ficha son sus columnas."""
    hoja = Hoja(
        "Para llenar",
        [Columna(columna, ancho=28) for columna in columnas],
        [[""] * len(columnas) for _ in range(FILAS_EN_BLANCO)],
    )
    with tempfile.TemporaryDirectory() as carpeta:
        ruta = Path(carpeta) / "hoja.xlsx"
        escribir_xlsx(ruta, [hoja], Metadatos(titulo=titulo, que_es=f"{resumen} {ADVERTENCIA}"))
        return ruta.read_bytes()


def un_escaneado(titulo, resumen, puntos):
    """Una página que es una foto: para ver la advertencia de que no se puede leer en voz alta."""
    from PIL import Image, ImageDraw

    hoja = Image.new("L", (850, 1100), 250)
    lapiz = ImageDraw.Draw(hoja)
    for renglon, texto in enumerate((titulo, *puntos, ADVERTENCIA)):
        lapiz.text((80, 120 + 60 * renglon), texto, fill=40)
    salida = io.BytesIO()
    hoja.save(salida, "PDF", resolution=100)
    return salida.getvalue()
