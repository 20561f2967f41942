"""Lo que certifica un papel y se puede comprobar: su código, su QR y el tiempo que dice.

«EVS-7K4M-9X3T-PDAF» se dicta por teléfono, no se adivina y delata un error al copiarlo: once
letras al azar (casi 50 bits) y una de comprobación.
"""

import io
import re
import secrets

# 23 signos, sin los que se confunden (0 O Q, 1 I L, 2 Z, 5 S, 8 B, U). Con un número primo de
# ellos, la comprobación nota una letra cambiada y dos trocadas.
SIGNOS = "34679ACDEFGHJKMNPRTVWXY"
PREFIJO = "EVS"  # el de las constancias; cada clase de papel tiene el suyo
LARGO = 12
MASCARA = 2


def nuevo_codigo(prefijo: str = PREFIJO) -> str:
    azar = "".join(secrets.choice(SIGNOS) for _ in range(LARGO - 1))
    return _con_guiones(prefijo, azar + _comprobacion(azar))


def codigo_limpio(escrito: str, prefijo: str = PREFIJO) -> str:
    """Como se guarda, venga en minúsculas, sin guiones o sin prefijo; "" si no puede ser uno."""
    signos = re.sub(r"[\W_]", "", escrito[:60]).upper()
    if len(signos) == LARGO + len(prefijo):
        signos = signos.removeprefix(prefijo)
    if len(signos) != LARGO or not set(signos) <= set(SIGNOS):
        return ""
    return _con_guiones(prefijo, signos) if _comprobacion(signos[:-1]) == signos[-1] else ""


def _comprobacion(signos):
    suma = sum(lugar * SIGNOS.index(signo) for lugar, signo in enumerate(signos, 2))
    return SIGNOS[suma % len(SIGNOS)]


def _con_guiones(prefijo, signos):
    return "-".join([prefijo, *(signos[desde : desde + 4] for desde in range(0, LARGO, 4))])


def qr_de(direccion: str) -> str:
    """El SVG con que un teléfono llega a esa dirección."""
    import segno  # solo al componer: la web no lo necesita

    # Con la máscara dicha: probar las ocho cuesta más que componer el PDF, y todas se leen igual.
    codigo = segno.make(direccion, error="m", micro=False, mask=MASCARA)
    dibujo = io.BytesIO()
    codigo.save(dibujo, kind="svg", xmldecl=False, border=0, nl=False)
    return dibujo.getvalue().decode()


def tiempo_en_palabras(minutos: float | None) -> str:
    """«2 horas», «1 hora y 30 minutos»; vacío si no se sabe."""
    if minutos is None:
        return ""
    horas, minutos = divmod(round(minutos), 60)
    partes = []
    if horas:
        partes.append("1 hora" if horas == 1 else f"{horas} horas")
    if minutos:
        partes.append("1 minuto" if minutos == 1 else f"{minutos} minutos")
    return " y ".join(partes) or "Menos de un minuto"
