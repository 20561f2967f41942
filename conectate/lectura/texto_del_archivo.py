"""De los bytes al texto: qué archivo es y en qué codificación está, sin mirar su extensión."""

import codecs
import re

from conectate.lectura.errores import MENSAJES, ArchivoNoLegible

MAX_BYTES = 50 * 1024 * 1024

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0"

NO_SON_TABLAS = (
    (b"\x89PNG", "es una imagen"),
    (b"\xff\xd8\xff", "es una imagen"),
    (b"GIF8", "es una imagen"),
    (b"RIFF", "es una imagen, un audio o un video"),
    (b"BM", "es una imagen"),
    (b"II*\x00", "es una imagen"),
    (b"MM\x00*", "es una imagen"),
    (b"%PDF", "es un PDF"),
    (b"{\\rtf", "es un documento de texto con formato"),
    (b"Rar!", "es un archivo comprimido"),
    (b"7z\xbc\xaf", "es un archivo comprimido"),
    (b"\x1f\x8b", "es un archivo comprimido"),
    (b"PK\x05\x06", "es un archivo comprimido sin nada dentro"),
    (b"MZ", "es un programa"),
    (b"\x7fELF", "es un programa"),
    (b"ID3", "es un audio"),
    (b"SQLite format 3", "es una base de datos"),
)
PAGINA_WEB = re.compile(rb"\s*<(!doctype html|html|head|body|table|\?xml|svg)\b", re.IGNORECASE)

# Letras españolas escritas en UTF-8 y leídas después como cp1252: «sesiÃ³n», «niÃ±ez».
DOBLE_CODIFICACION = re.compile("Ã[\x80-\xbf¡-¿ƒ‚„…†‡ˆ‰Š‹Œ‘’“”•–—˜™š›œž]")


def es_libro(datos: bytes) -> bool:
    """Un .xlsx (o un .xls antiguo) lo es aunque se llame .csv."""
    return datos.startswith((ZIP, OLE))


def exigir_tabla(datos: bytes) -> None:
    """Rechaza lo que con seguridad no es una lista, con palabras de quien la sube."""
    if not datos.strip(b"\x00\xff\xfe\xef\xbb\xbf \t\r\n,;"):
        raise ArchivoNoLegible("vacio")
    if len(datos) > MAX_BYTES:
        raise ArchivoNoLegible("demasiado_grande")
    for firma, que in NO_SON_TABLAS:
        if datos.startswith(firma) and _es_binario(datos, firma):
            raise _no_es_una_tabla(que)
    if datos[4:8] == b"ftyp":
        raise _no_es_una_tabla("es un video")
    if PAGINA_WEB.match(datos.removeprefix(codecs.BOM_UTF8)[:200]):
        raise _no_es_una_tabla("es una página web")


def decodificar(datos: bytes) -> tuple[str, str]:
    """El texto y el nombre de su codificación. Los bytes nulos sueltos se quitan."""
    texto, codificacion = _decodificar(datos)
    if "\x00" in texto:
        texto = texto.replace("\x00", "")
    muestra = texto[:20_000]
    raros = sum(1 for letra in muestra if letra < " " and letra not in "\t\r\n\v\f") + sum(
        1 for letra in muestra if letra == "\ufffd"
    )
    if raros > len(muestra) * 0.05:
        raise ArchivoNoLegible("caracteres_ilegibles")
    return _reparar_doble_codificacion(texto.lstrip("\ufeff")), codificacion


def _decodificar(datos: bytes) -> tuple[str, str]:
    if datos.startswith(codecs.BOM_UTF8):
        return datos[3:].decode("utf-8", "replace"), "utf-8 con BOM"
    if datos.startswith(codecs.BOM_UTF16_LE):
        return datos[2:].decode("utf-16-le", "replace"), "utf-16-le con BOM"
    if datos.startswith(codecs.BOM_UTF16_BE):
        return datos[2:].decode("utf-16-be", "replace"), "utf-16-be con BOM"
    if orden := _utf16_sin_marca(datos):
        return datos.decode(orden, "replace"), f"{orden} sin BOM"
    try:
        return datos.decode("utf-8"), "utf-8 sin BOM"
    except UnicodeDecodeError:
        pass
    tolerante = datos.decode("utf-8", "replace")
    rotos = tolerante.count("\ufffd")
    enteros = sum(1 for letra in tolerante if letra > "\x7f") - rotos
    if enteros > rotos:
        # Es UTF-8 con algún byte roto: leerlo como cp1252 estropearía todas las tildes buenas.
        return tolerante, "utf-8 dañado"
    return datos.decode("cp1252", "replace"), "cp1252"


def _utf16_sin_marca(datos: bytes) -> str | None:
    """En UTF-16 casi todo texto nuestro lleva un byte nulo de cada dos."""
    muestra = datos[:4096]
    pares, nones = muestra[0::2].count(0), muestra[1::2].count(0)
    if max(pares, nones) < len(muestra) * 0.35 or min(pares, nones) > len(muestra) * 0.1:
        return None
    return "utf-16-le" if nones > pares else "utf-16-be"


def _reparar_doble_codificacion(texto: str) -> str:
    """Excel abre un UTF-8 sin marca como cp1252 y lo guarda así: «DirecciÃ³n» vuelve a ser legible.

    Solo si el texto entero se puede deshacer sin perder nada.
    """
    if "Ã" not in texto or not DOBLE_CODIFICACION.search(texto):
        return texto
    try:
        return texto.encode("cp1252", "huecos_de_cp1252").decode("utf-8")
    except UnicodeError:
        return texto


def _huecos_de_cp1252(error: UnicodeEncodeError) -> tuple[bytes, int]:
    """cp1252 no define cinco bytes, y dos son parte de Á y de Í: Windows los deja pasar."""
    return error.object[error.start : error.end].encode("latin-1"), error.end


codecs.register_error("huecos_de_cp1252", _huecos_de_cp1252)


def _es_binario(datos: bytes, firma: bytes) -> bool:
    # «BM», «MZ», «RIFF» o «ID3» pueden ser el principio de un texto de verdad.
    return len(firma) > 3 or any(byte < 9 or 13 < byte < 32 for byte in datos[:200])


def _no_es_una_tabla(que: str) -> ArchivoNoLegible:
    return ArchivoNoLegible("no_es_una_tabla", MENSAJES["no_es_una_tabla"].format(que=que))
