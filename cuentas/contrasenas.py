"""Las contraseñas: cómo se guardan y cuáles no se aceptan.

Quince caracteres como mínimo, sin reglas de composición ni cambio obligado: una frase larga se
recuerda y resiste. La lista de Django está en inglés; aquí se mira lo que se adivina en español.
"""

import re
import unicodedata

from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.exceptions import ValidationError

# Lo que en este país y en este oficio se le ocurre primero a quien adivina.
PALABRAS_PREVISIBLES = frozenset(
    """
    contrasena contrasenia clave password passwd secreto secreta acceso ingreso entrar usuario
    usuaria administrador administradora administracion admin portal sistema plataforma escuela
    virtual escuelavirtual secretaria secretario secretarias educacion educativa educativo
    ministerio mineducacion men conectate colegio institucion maestro maestra profesor profesora
    docente estudiante rector rectora alcaldia gobernacion municipio departamento colombia
    colombiano colombiana bogota medellin cali barranquilla cartagena bucaramanga pereira
    manizales nacional america millonarios junior santafe futbol seleccion hola bienvenido
    bienvenida temporal cambiar cambiame cambiala nueva nuevo prueba pruebas ejemplo teamo amor
    mivida familia mama papa dios jesus cristo bendiciones virgen estrella princesa enero
    febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre lunes
    martes miercoles jueves viernes sabado domingo verano invierno qwerty qwertyuiop asdfgh
    asdfghjkl zxcvbn zxcvbnm abcdef abcdefgh
    """.split()  # noqa: SIM905
)
LETRAS_DISFRAZADAS = str.maketrans("013457@$!", "oieastasi")
_DIGITOS = "01234567890"
SERIES = re.compile(
    r"(.)\1{2,}|(?:19|20)\d\d|"
    + "|".join(
        fila[i : i + n]
        for n in range(10, 2, -1)
        for fila in (_DIGITOS, _DIGITOS[::-1])
        for i in range(len(fila) - n + 1)
    )
)
PROPIOS_MINIMOS = 8
DISTINTOS_MINIMOS = 5


class Argon2(Argon2PasswordHasher):
    """Con 46 MiB por intento: los 100 de fábrica tumban una máquina pequeña si entran muchos."""

    time_cost = 2
    memory_cost = 47_104
    parallelism = 1


class ContrasenasPrevisibles:
    """Rechaza la que, quitando lo que cualquiera probaría primero, queda en nada."""

    def validate(self, password, user=None):
        propio = _lo_propio(password, _palabras_de(user))
        if len(propio) < PROPIOS_MINIMOS or len(set(propio)) < DISTINTOS_MINIMOS:
            raise ValidationError(
                "Esta contraseña es fácil de adivinar: se apoya en palabras muy usadas, en "
                "fechas o en el nombre de su entidad. Use una frase que solo usted conozca.",
                code="contrasena_previsible",
            )

    def get_help_text(self):
        return (
            "Use una frase que solo usted conozca. No sirven las palabras muy usadas, las fechas "
            "ni el nombre de su entidad."
        )


def _palabras_de(usuario):
    """Lo que un colega sabe de ella: su nombre, su correo, su entidad y el nombre del portal."""
    textos = [settings.INSTITUCION["portal"], settings.INSTITUCION["nombre"]]
    if usuario is not None:
        textos += [usuario.nombre, usuario.email, str(usuario.entidad or usuario.direccion or "")]
    return {
        palabra
        for texto in textos
        for palabra in re.findall(r"[a-z]{4,}", _sin_tildes(texto.lower()))
    }


def _lo_propio(contrasena, sabidas):
    """Lo que queda sin palabras previsibles, fechas, series ni signos, aunque vayan disfrazadas."""
    previsibles = sorted(PALABRAS_PREVISIBLES | sabidas, key=len, reverse=True)
    palabras = re.compile("|".join(map(re.escape, previsibles)))
    llana = _sin_tildes(contrasena.lower())
    restos = [
        re.sub(r"[\W_]", "", SERIES.sub("", palabras.sub("", version)))
        for version in (llana, llana.translate(LETRAS_DISFRAZADAS))
    ]
    return min(restos, key=len)


def _sin_tildes(texto):
    return "".join(
        letra for letra in unicodedata.normalize("NFD", texto) if not unicodedata.combining(letra)
    )
