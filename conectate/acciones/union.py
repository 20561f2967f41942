"""De varios archivos a una sola lista: cada quien una vez, con sus minutos sin repetir.

Puro: recibe registros y devuelve personas. Lo que se sabe de la base llega por parámetros.
"""

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from conectate.lectura import nombres
from conectate.lectura.quien_es_quien import esta_enmascarado
from conectate.models import Registro


class Archivo(NamedTuple):
    """Los registros de una importación, y la reunión de que son."""

    reunion: str
    registros: list[Registro]


class Persona(NamedTuple):
    """Alguien en la sesión, con lo que dicen de ella todos los archivos."""

    clave: str
    tipo: str
    nombres: list[str]
    correos: list[str]
    declarados: list[str]
    cargo: str
    minutos: float | None
    conexiones: int
    dominio_sugerido: str
    otras_claves: tuple[str, ...] = ()


class Pareja(NamedTuple):
    """Dos identidades que parecen la misma persona."""

    clave: str
    principal: str


@lru_cache(maxsize=1 << 16)  # se pregunta al buscar parejas y al guardar
def palabras_de(nombre: str) -> str:
    """Las del nombre en orden alfabético: «ROJAS PÉREZ ANA» y «Ana Rojas Pérez» dan lo mismo."""
    return " ".join(nombres.palabras(nombre))


def unir(archivos: list[Archivo], misma_que: dict[str, str]) -> list[Persona]:
    """`misma_que` dice qué identidades confirmó alguien que son otra."""
    if len(archivos) == 1 and not misma_que:
        return [_sola(registro) for registro in archivos[0].registros]
    # Nadie toma la identidad de quien no está en estos archivos.
    presentes = {registro.clave for archivo in archivos for registro in archivo.registros}
    misma_que = {clave: otra for clave, otra in misma_que.items() if otra in presentes}
    partes = defaultdict(list)
    for lugar, archivo in enumerate(archivos):
        for registro in archivo.registros:
            clave = _principal(registro.clave, misma_que)
            if lugar and registro.tipo == "telefono" and esta_enmascarado(registro.nombres[0]):
                clave = f"{clave}@{lugar}"  # «57300****12» no dice si es el mismo de otro archivo
            partes[clave].append((archivo.reunion, registro))
    return [
        _sola(suyas[0][1], clave) if len(suyas) == 1 else _juntar(clave, suyas)
        for clave, suyas in partes.items()
    ]


def parejas_posibles(archivos: list[Archivo]) -> list[Pareja]:
    """Mismo nombre, con correo y sin él; o las mismas palabras en otro orden, sin correo.

    Con correos distintos son dos personas, y los teléfonos no se comparan con nadie.
    """
    con_correo, sin_correo = defaultdict(dict), defaultdict(dict)
    for archivo in archivos:
        for registro in archivo.registros:
            if registro.tipo == "persona":
                donde = con_correo if registro.correos else sin_correo
                for nombre in registro.nombres:
                    palabras = palabras_de(nombre)
                    if " " in palabras:
                        donde[palabras].setdefault(registro.clave)
    parejas = {}
    for palabras, claves in sin_correo.items():
        primera, *otras = claves
        candidatas = list(con_correo.get(palabras, ()))
        for clave in claves:
            parejas.update(dict.fromkeys(Pareja(clave, una) for una in candidatas[:3]))
        if not candidatas:
            parejas.update(dict.fromkeys(Pareja(otra, primera) for otra in otras))
    return list(parejas)


def _principal(clave, misma_que):
    """Sigue la cadena de «es la misma que», sin dar vueltas."""
    vistas = set()
    while clave in misma_que and clave not in vistas:
        vistas.add(clave)
        clave = misma_que[clave]
    return clave


def _sola(registro, clave=None):
    return Persona(
        clave or registro.clave,
        registro.tipo,
        registro.nombres,
        registro.correos,
        registro.declarados[-1:],
        registro.cargo,
        registro.minutos,
        registro.conexiones,
        registro.dominio_sugerido,
        (registro.clave,) if clave and clave != registro.clave else (),
    )


def _juntar(clave, suyas) -> Persona:
    registros = [registro for _, registro in suyas]
    # La identidad que da la clave manda en el tipo y va de primera en los nombres.
    registros.sort(key=lambda registro: registro.clave != clave)
    return Persona(
        clave,
        registros[0].tipo,
        _sin_repetir(nombre for registro in registros for nombre in registro.nombres),
        _sin_repetir(correo for registro in registros for correo in registro.correos),
        _sin_repetir(texto for registro in registros for texto in registro.declarados[-1:]),
        next((registro.cargo for registro in registros if registro.cargo), ""),
        minutos_juntos(suyas),
        sum(registro.conexiones for registro in registros),
        next((r.dominio_sugerido for r in registros if r.dominio_sugerido), ""),
        tuple(_sin_repetir(registro.clave for registro in registros if registro.clave != clave)),
    )


def minutos_juntos(suyas: Iterable[tuple[str, Registro]]) -> float | None:
    """La unión de los tramos y, de las reuniones sin tramos, el total que declara cada una.

    Dos descargas de una misma reunión no se suman: vale la mayor.
    """
    tramos, totales = [], {}
    con_tramos = set()
    for reunion, registro in suyas:
        if registro.tramos:
            tramos.extend(registro.tramos)
            con_tramos.add(reunion)
        elif registro.minutos is not None:
            totales[reunion] = max(totales.get(reunion, 0.0), registro.minutos)
    declarados = [total for reunion, total in totales.items() if reunion not in con_tramos]
    if not tramos and not declarados:
        return None
    return round(segundos_de_la_union(tramos) / 60 + sum(declarados), 1)


def segundos_de_la_union(tramos: list[list[int]]) -> int:
    if len(tramos) == 1:
        return tramos[0][1] - tramos[0][0]
    total, hasta = 0, None
    for entrada, salida in sorted(tramos):
        if hasta is None or entrada > hasta:
            total += salida - entrada
            hasta = salida
        elif salida > hasta:
            total += salida - hasta
            hasta = salida
    return total


def _sin_repetir(textos) -> list[str]:
    return list(dict.fromkeys(texto for texto in textos if texto))
