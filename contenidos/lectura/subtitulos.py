"""Los subtítulos de un video, en WebVTT: que de verdad lo sean y que se puedan mostrar."""

import re

TAMANO_MAXIMO = 2 * 1024 * 1024
_HORA = r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
_TIEMPOS = re.compile(rf"{_HORA}[ \t]+-->[ \t]+{_HORA}(?:[ \t].*)?")
_TIEMPOS_DE_SRT = re.compile(r"\d+:\d\d:\d\d,\d{3}\s+-->\s")


class SubtitulosMalos(ValueError):
    """El mensaje lo lee la persona."""


def exigir_subtitulos(datos: bytes) -> int:
    """Cuántos trae. Levanta SubtitulosMalos si el reproductor no los entendería."""
    lineas = _lineas(datos)
    if not re.match(r"WEBVTT(?:[ \t]|$)", lineas[0]):
        if any(_TIEMPOS_DE_SRT.match(linea) for linea in lineas):
            raise SubtitulosMalos(
                "Los subtítulos están en formato SRT. Guárdelos como WebVTT (.vtt): la herramienta "
                "con que los hizo lo permite."
            )
        raise SubtitulosMalos(
            "Los subtítulos no están en formato WebVTT: la primera línea debe decir WEBVTT."
        )
    cuantos, anterior = 0, 0
    for numero, linea in enumerate(lineas, 1):
        if "-->" not in linea:
            continue
        desde, hasta = _tiempos(linea, numero)
        if desde < anterior:
            raise SubtitulosMalos(
                f"En la línea {numero} de los subtítulos, el tiempo va hacia atrás. Ordénelos."
            )
        if hasta <= desde:
            raise SubtitulosMalos(
                f"En la línea {numero} de los subtítulos, el texto termina antes de empezar."
            )
        anterior = desde
        cuantos += bool(lineas[numero].strip()) if numero < len(lineas) else 0
    if not cuantos:
        raise SubtitulosMalos("El archivo de subtítulos no trae ningún texto.")
    return cuantos


def _lineas(datos):
    if len(datos) > TAMANO_MAXIMO:
        raise SubtitulosMalos("Los subtítulos pesan más de 2 MB: ese no es el archivo.")
    try:
        texto = datos.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise SubtitulosMalos(
            "Las tildes de los subtítulos no se leen. Guárdelos con la codificación UTF-8."
        ) from None
    if "\x00" in texto:
        raise SubtitulosMalos("El archivo de subtítulos no es de texto.")
    return re.split(r"\r\n|\n|\r", texto)


def _tiempos(linea, numero):
    partes = _TIEMPOS.fullmatch(linea.strip())
    if partes is None:
        raise SubtitulosMalos(
            f"En la línea {numero} de los subtítulos, los tiempos no están bien escritos. Deben "
            "verse así: 00:01:05.000 --> 00:01:08.500"
        )
    numeros = [int(parte or 0) for parte in partes.groups()]
    return _en_milesimas(*numeros[:4]), _en_milesimas(*numeros[4:])


def _en_milesimas(horas, minutos, segundos, milesimas):
    return ((horas * 60 + minutos) * 60 + segundos) * 1000 + milesimas
