"""Comparar textos como los compara la gente: sin tildes, sin mayúsculas y sin puntuación.

La misma clave sirve para buscar y para ordenar (`nombre_norm`), y así SQLite y PostgreSQL dan lo
mismo sin depender de su idioma. La ñ vale por n: quien busca «narino» encuentra Nariño.
"""

import re
import unicodedata
from functools import lru_cache

# Lo que Unicode no descompone en letra y tilde.
_SUELTAS = {"ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d", "ß": "ss", "æ": "ae"}
_ASCII = {chr(n): chr(n).lower() if chr(n).isalnum() else " " for n in range(128)}
_NO_SE_VEN = {"Cf", "Mn", "Me"}  # guion opcional, espacio sin ancho, tilde suelta


class _Tabla(dict):
    """Carácter por carácter, calculado la primera vez que aparece."""

    def __missing__(self, codigo):
        letra = chr(codigo)
        if unicodedata.category(letra) in _NO_SE_VEN:
            limpia = ""
        else:
            partes = unicodedata.normalize("NFKD", _SUELTAS.get(letra, letra))
            limpia = "".join(
                p.lower() if p.isalnum() else " " for p in partes if not unicodedata.combining(p)
            )
        return self.setdefault(codigo, limpia)


_TABLA = _Tabla({ord(letra): limpia for letra, limpia in _ASCII.items()})


@lru_cache(maxsize=1 << 16)
def normalizar(texto: str) -> str:
    """«  PEÑUELA-Ibáñez, Ana » → «penuela ibanez ana»."""
    if texto.isascii() and texto.replace(" ", "").isalnum():  # casi todo nombre sin tildes
        return " ".join(texto.lower().split())
    return " ".join(texto.translate(_TABLA).split())


UN_DOMINIO = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+")


def dominio_limpio(texto: str) -> str:
    """«  @SemNeiva.gov.co. » → «semneiva.gov.co»; de un correo, lo que va tras la arroba."""
    return texto.strip().lower().rpartition("@")[2].strip(" .<>;,")
