"""El texto que sale de un archivo, sin lo que no son letras, y hasta dónde se lee."""

import re
import unicodedata

MAX_PAGINAS = 3_000
MAX_LETRAS_POR_PAGINA = 100_000
MAX_LETRAS = 8_000_000

# Un guion de corte no es parte de la palabra; una base de datos no admite los de control.
_CORTES = re.compile(r"[\u00ad\ufffe]\s*")
_NO_SON_LETRAS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufeff\uffff]+")
_LIGADURAS = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
)
_ESPACIOS = re.compile(r"[^\S\n]+")
_RENGLONES = re.compile(r"\s*\n\s*")


def limpiar(texto: str) -> str:
    texto = _CORTES.sub("", texto[: 2 * MAX_LETRAS_POR_PAGINA])
    texto = _NO_SON_LETRAS.sub(" ", texto).translate(_LIGADURAS)
    texto = _RENGLONES.sub("\n", _ESPACIOS.sub(" ", texto)).strip()
    return unicodedata.normalize("NFC", texto)[:MAX_LETRAS_POR_PAGINA]


def acotar(paginas) -> list[str]:
    """Limpias, y hasta los topes: lo que siga se baja con el archivo, pero no se busca."""
    textos, letras = [], 0
    for pagina in paginas:
        texto = limpiar(pagina)
        letras += len(texto)
        if len(textos) == MAX_PAGINAS or letras > MAX_LETRAS:
            break
        textos.append(texto)
    return textos
