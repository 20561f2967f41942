"""Si lo que se sabe de alguien basta para reconocerlo en otra sesión.

«iPhone», «María», «Sala de juntas» o «57300****12» son de quien haya entrado ese día. Lo que se
decide de ellos vale solo para su sesión.
"""

from conectate.consultas.revision import SEPARADOR_DE_SESION
from conectate.lectura import quien_es_quien
from territorio.resolucion.palabras import (
    COLEGIOS,
    EDUCACION,
    ENLACES,
    ESTADOS,
    NEUTRAS,
    NIVELES,
    OFICIOS,
    OTRAS,
    SECRETARIA,
    SIGLAS,
)

# Lo que no basta para saber de quién se habla: «Secretaría de Educación», «Universidad».
GENERICAS = frozenset().union(
    *(NEUTRAS, OFICIOS, ENLACES, NIVELES, COLEGIOS, OTRAS, SECRETARIA, EDUCACION, *SIGLAS)
)
# Lo que pone el aparato, o quien no pone su nombre.
APARATOS = """
    zoom teams meet google microsoft windows apple mac macbook chrome computador computadora equipo
    dispositivo celu cel oppo realme vivo nokia honor tecno infinix pixel note pro plus ultra lite
    anonimo anonima anonymous desconocido desconocida unknown nombre sin participante participant
    asistente admin administrador soporte reunion rectoria rector rectora coordinacion pagaduria
    almacen archivo ventanilla recepcion juntas
"""
SIN_SENAS = GENERICAS | ESTADOS | frozenset(APARATOS.split())


def de_una_sesion(clave: str, sesion_id: int) -> str:
    return f"{clave}{SEPARADOR_DE_SESION}{sesion_id}"


def reconoce(clave: str) -> bool:
    """Un correo o un teléfono enteros, o un nombre de dos palabras que sean de persona."""
    prefijo, _, resto = clave.partition(":")
    if prefijo != "n":
        return prefijo == "c" or (prefijo == "tel" and resto.isdigit())
    if quien_es_quien.tipo_de(resto, resto, "") != "persona":
        return False
    return sum(map(_dice_algo, resto.split())) > 1


def _dice_algo(palabra):
    return len(palabra) > 1 and palabra.isalpha() and palabra not in SIN_SENAS
