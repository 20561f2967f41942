"""El código de una constancia: se dicta por teléfono, no se adivina y delata un error al copiarlo.

«EVS-7K4M-9X3T-PDAF»: once letras al azar (casi 50 bits) y una de comprobación.
"""

import re
import secrets

# 23 signos, sin los que se confunden (0 O Q, 1 I L, 2 Z, 5 S, 8 B, U). Con un número primo de
# ellos, la comprobación nota una letra cambiada y dos trocadas.
SIGNOS = "34679ACDEFGHJKMNPRTVWXY"
PREFIJO = "EVS"
LARGO = 12


def nuevo_codigo() -> str:
    azar = "".join(secrets.choice(SIGNOS) for _ in range(LARGO - 1))
    return _con_guiones(azar + _comprobacion(azar))


def codigo_limpio(escrito: str) -> str:
    """Como se guarda, venga en minúsculas, sin guiones o sin el «EVS»; "" si no puede ser uno."""
    signos = re.sub(r"[\W_]", "", escrito[:60]).upper()
    if len(signos) == LARGO + len(PREFIJO):
        signos = signos.removeprefix(PREFIJO)
    if len(signos) != LARGO or not set(signos) <= set(SIGNOS):
        return ""
    return _con_guiones(signos) if _comprobacion(signos[:-1]) == signos[-1] else ""


def _comprobacion(signos):
    suma = sum(lugar * SIGNOS.index(signo) for lugar, signo in enumerate(signos, 2))
    return SIGNOS[suma % len(SIGNOS)]


def _con_guiones(signos):
    return "-".join([PREFIJO, *(signos[desde : desde + 4] for desde in range(0, LARGO, 4))])
