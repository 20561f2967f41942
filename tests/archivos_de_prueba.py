"""Archivos de verdad, hechos al momento: lo que una prueba sube, bueno y malo."""

import io
import zipfile

CONTENT_TYPES = "[Content_Types].xml"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
HOJA = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
TEXTO = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
DIBUJO = "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"


def un_pdf(*paginas, cifrado=False, etiquetado=False) -> bytes:
    """Un PDF que se abre: una página por texto. Con «», una página sin nada escrito."""
    paginas = paginas or ("Guía de prueba",)
    suyas = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(paginas)))
    marca = " /MarkInfo << /Marked true >>" if etiquetado else ""
    objetos = [
        f"<< /Type /Catalog /Pages 2 0 R{marca} >>".encode(),
        f"<< /Type /Pages /Count {len(paginas)} /Kids [{suyas}] >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for n, texto in enumerate(paginas):
        objetos.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % (5 + 2 * n)
        )
        trazos = _trazos(texto)
        objetos.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(trazos), trazos))
    clave = b" /ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>"
    return _armar(objetos, clave % (b"11" * 32, b"22" * 32) if cifrado else b"")


def _trazos(texto):
    renglones = [
        b"0 -16 Td (%s) Tj" % renglon.encode("cp1252").translate(None, b"()\\")
        for renglon in texto.split("\n")
        if renglon
    ]
    return b"BT /F1 12 Tf 72 720 Td %s ET" % b" ".join(renglones) if renglones else b""


def _armar(objetos, mas):
    salida, lugares = bytearray(b"%PDF-1.7\n"), []
    for numero, objeto in enumerate(objetos, 1):
        lugares.append(len(salida))
        salida += b"%d 0 obj\n%s\nendobj\n" % (numero, objeto)
    tabla = len(salida)
    salida += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objetos) + 1)
    salida += b"".join(b"%010d 00000 n \n" % lugar for lugar in lugares)
    salida += b"trailer << /Size %d /Root 1 0 R%s >>\n" % (len(objetos) + 1, mas)
    salida += b"startxref\n%d\n%%%%EOF\n" % tabla
    return bytes(salida)


def un_zip(partes) -> bytes:
    """De {nombre: contenido}."""
    salida = io.BytesIO()
    with zipfile.ZipFile(salida, "w", zipfile.ZIP_DEFLATED) as paquete:
        for nombre, contenido in partes.items():
            paquete.writestr(nombre, contenido)
    return salida.getvalue()


def un_docx(*paginas, **mas) -> bytes:
    cuerpo = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'.join(
        f"<w:p><w:r><w:t>{texto}</w:t></w:r></w:p>" for texto in paginas or ("Un párrafo.",)
    )
    documento = f'<w:document xmlns:w="{W}"><w:body>{cuerpo}</w:body></w:document>'
    return un_zip({CONTENT_TYPES: "<Types/>", "word/document.xml": documento, **mas})


def un_pptx(*diapositivas) -> bytes:
    """La última se guarda en el primer archivo: el orden no está en los nombres."""
    partes = {CONTENT_TYPES: "<Types/>"}
    ids, rels = [], []
    for n, texto in enumerate(diapositivas, 1):
        archivo = f"slides/slide{len(diapositivas) + 1 - n}.xml"
        partes[f"ppt/{archivo}"] = f'<p xmlns:a="{A}"><a:p><a:t>{texto}</a:t></a:p></p>'
        ids.append(f'<sldId r:id="rId{n}"/>')
        rels.append(f'<Relationship Id="rId{n}" Target="{archivo}"/>')
    partes["ppt/presentation.xml"] = f'<p xmlns:r="{R}">{"".join(ids)}</p>'
    partes["ppt/_rels/presentation.xml.rels"] = _relaciones(rels)
    return un_zip(partes)


def un_xlsx(**hojas) -> bytes:
    """Cada hoja, con sus textos uno debajo del otro; los repartidos y los que van en la celda."""
    partes = {CONTENT_TYPES: "<Types/>"}
    compartidos, nombres, rels = [], [], []
    for n, (nombre, textos) in enumerate(hojas.items(), 1):
        filas = []
        for texto in textos:
            filas.append(
                f'<row><c t="s"><v>{len(compartidos)}</v></c><c><v>2020</v></c>'
                f'<c t="inlineStr"><is><t>{texto.upper()}</t></is></c></row>'
            )
            compartidos.append(f"<si><t>{texto}</t></si>")
        partes[f"xl/worksheets/h{n}.xml"] = (
            f'<worksheet xmlns="{HOJA}"><sheetData>{"".join(filas)}</sheetData></worksheet>'
        )
        nombres.append(f'<sheet name="{nombre}" r:id="rId{n}"/>')
        rels.append(f'<Relationship Id="rId{n}" Target="worksheets/h{n}.xml"/>')
    partes["xl/workbook.xml"] = f'<workbook xmlns:r="{R}">{"".join(nombres)}</workbook>'
    partes["xl/_rels/workbook.xml.rels"] = _relaciones(rels)
    partes["xl/sharedStrings.xml"] = f'<sst xmlns="{HOJA}">{"".join(compartidos)}</sst>'
    return un_zip(partes)


def un_odt(*paginas) -> bytes:
    parrafos = "<t:soft-page-break/>".join(f"<t:p>{texto}</t:p>" for texto in paginas)
    contenido = f'<o xmlns:t="{TEXTO}">{parrafos}</o>'
    return un_zip({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": contenido})


def un_odp(*diapositivas) -> bytes:
    paginas = "".join(f"<d:page><t:p>{texto}</t:p></d:page>" for texto in diapositivas)
    contenido = f'<o xmlns:t="{TEXTO}" xmlns:d="{DIBUJO}">{paginas}</o>'
    tipo = "application/vnd.oasis.opendocument.presentation"
    return un_zip({"mimetype": tipo, "content.xml": contenido})


def una_imagen(ancho=64, alto=48, formato="PNG", *, ruido=False) -> bytes:
    """Lisa, o con ruido: la que de verdad pesa."""
    from PIL import Image

    imagen = Image.effect_noise((ancho, alto), 80) if ruido else Image.new("L", (ancho, alto), 128)
    salida = io.BytesIO()
    imagen.convert("RGB").save(salida, formato)
    return salida.getvalue()


def bytes_de(campo) -> bytes:
    """Lo guardado en un campo de archivo, sin dejarlo abierto."""
    with campo.storage.open(campo.name) as archivo:
        return archivo.read()


MP4 = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + b"\x00" * 64
VTT = b"WEBVTT\n\n00:00:01.000 --> 00:00:03.500\nBienvenidas y bienvenidos.\n"


def _relaciones(rels):
    return f'<Relationships xmlns="{RELS}">{"".join(rels)}</Relationships>'
