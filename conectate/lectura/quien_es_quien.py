"""Catálogo de lo que asiste sin ser una persona: salas, teléfonos y programas que graban."""

import re

# Programas que entran solos a las reuniones: palabras seguidas, sin tildes ni puntuación.
BOTS = """
    read ai | read meeting navigator | meeting notes | meeting assistant | meeting recorder
    fireflies | firefly ai | otter ai | otterpilot | otter pilot | otter assistant
    tl dv | tldv | fathom | meetgeek | notetaker | note taker | ai notes | notas ai
    ai companion | ai assistant | asistente ia | asistente de ia | asistente de notas
    grabador | grabadora | grabacion automatica | recording bot | recorder bot
    bot de notas | tomador de notas | anotador ia | minutas ia | transcriptor | transcriber
    sembly | avoma | supernormal | tactiq | krisp | bluedot | laxis | circleback | airgram
    notta | nyota | meetrecord | fellow ai | jamie ai | granola ai | spinach ai | recall ai
    grain ai | gong io | chorus ai | equal time | colibri ai | copilot | vexa bot | scribe bot
"""
DOMINIOS_DE_BOTS = {
    *("read.ai", "fireflies.ai", "otter.ai", "tldv.io", "fathom.video", "meetgeek.ai"),
    *("sembly.ai", "avoma.com", "krisp.ai", "supernormal.com", "airgram.io"),
}

# Un equipo delante de varias personas.
SALAS = """
    sala de | sala juntas | sala reuniones | sala virtual | sala principal | sala situacional
    sala tic | sala sistemas | sala hibrida | salon de | salon comunal | salon principal
    aula de | aula maxima | aula multiple | auditorio | auditorium | videoconferencia
    conference room | meeting room | board room | boardroom | zoom room | teams room
    room | rooms | biblioteca municipal | biblioteca departamental | teatro municipal
"""
# «Sala 2», «Sala SEM Chía», «Salón rojo»: delante de todo no es un apellido.
PRIMERAS_DE_SALA = {"sala", "salon", "aula", "auditorio"}

LLAMADAS = {"call in user", "phone user", "usuario de llamada", "usuario por telefono"}
TELEFONO = re.compile(r"[\d\s+()*•·xX…._#-]+")
# Excel abre un número largo como 1,20255E+10 y al guardar pierde las últimas cifras.
CIENTIFICO = re.compile(r"\d[.,]\d+E\+\d+", re.IGNORECASE)
ENMASCARADO = re.compile(r"[*•·xX…]|E\+", re.IGNORECASE)


def _por_palabra(catalogo: str) -> dict[str, list[str]]:
    """Las frases bajo su primera palabra: casi ningún nombre trae una, y se sabe al instante."""
    agrupadas: dict[str, list[str]] = {}
    for frase in re.split(r"\||\n", catalogo):
        if palabras := frase.split():
            agrupadas.setdefault(palabras[0], []).append(f" {' '.join(palabras)} ")
    return agrupadas


BOTS_POR_PALABRA = _por_palabra(BOTS)
SALAS_POR_PALABRA = _por_palabra(SALAS)
PALABRAS_DELATORAS = BOTS_POR_PALABRA.keys() | SALAS_POR_PALABRA.keys()


def tipo_de(nombre: str, normalizado: str, correo: str) -> str:
    """persona, sala, telefono o bot. `nombre` ya viene sin las etiquetas de la herramienta."""
    if not correo and es_telefono(nombre, normalizado):
        return "telefono"
    if correo and correo.rpartition("@")[2] in DOMINIOS_DE_BOTS:
        return "bot"
    escritas = normalizado.split()
    if escritas and escritas[0] in PRIMERAS_DE_SALA:
        return "sala"
    if PALABRAS_DELATORAS.isdisjoint(escritas):
        return "persona"
    if _contiene(normalizado, escritas, BOTS_POR_PALABRA):
        return "bot"
    if _contiene(normalizado, escritas, SALAS_POR_PALABRA):
        return "sala"
    return "persona"


def es_telefono(nombre: str, normalizado: str) -> bool:
    """Solo dígitos, signos y máscaras, o lo que escriben las herramientas de quien llama."""
    if nombre[:1].isalpha() and nombre[:1] not in "xX":
        return normalizado.rstrip("0123456789 ") in LLAMADAS
    if not any(letra.isdigit() for letra in nombre):
        return False
    return bool(TELEFONO.fullmatch(nombre) or CIENTIFICO.fullmatch(nombre))


def numero_de(nombre: str) -> str:
    """El número sin espacios ni guiones, con su máscara: «+57 (300) ***-12» → «57300***12»."""
    return "".join(letra for letra in nombre.lower() if letra.isalnum() or letra in "*•·…")


def esta_enmascarado(nombre: str) -> bool:
    """Con parte del número oculta, dos llamadas distintas pueden verse iguales."""
    return bool(ENMASCARADO.search(nombre))


def _contiene(normalizado: str, escritas: list[str], por_palabra: dict[str, list[str]]) -> bool:
    entre_espacios = f" {normalizado} "
    return any(
        frase in entre_espacios for palabra in escritas for frase in por_palabra.get(palabra, ())
    )
