"""Lo que el archivo cuenta de la reunión antes de la lista de gente."""

import re

from conectate.lectura import duraciones
from conectate.lectura.cabeceras import concepto_de, conceptos_de
from conectate.lectura.contexto import Contexto
from conectate.lectura.fechas import FECHA
from territorio.texto import normalizar

DATOS = {"tema", "identificador", "inicio", "fin"}
NUMERO = re.compile(r"\d{1,9}(?:[.,]\d{1,3})?")
ID_DE_ZOOM = re.compile(r"(?:participants|participantes|attendee|asistentes)_(\d{9,12})")


def leer_preludio(filas: list[list[str]], ctx: Contexto) -> None:
    """Título, identificador y horas; y los totales que declara la herramienta, sin exigirlos."""
    for indice, fila in enumerate(filas):
        llenas = [(i, celda) for i, celda in enumerate(fila) if celda.strip()]
        if len(llenas) == 2:
            (_, rotulo), (_, valor) = llenas
            _tomar(rotulo, valor, ctx)
        elif len(llenas) > 2 and DATOS & set(conceptos_de(fila).values()):
            debajo = next((f for f in filas[indice + 1 :] if any(c.strip() for c in f)), [])
            for i, rotulo in llenas:
                if i < len(debajo):
                    _tomar(rotulo, debajo[i], ctx)
    if not ctx.reunion.identificador and (partes := ID_DE_ZOOM.search(ctx.nombre.lower())):
        ctx.reunion.identificador = partes[1]


def fechas_del_preludio(filas: list[list[str]]) -> list[str]:
    """También deciden el orden: «Report Generated: 06/18/2026» dice que el mes va primero."""
    return [celda for fila in filas for celda in fila if FECHA.match(celda.strip())]


def _tomar(rotulo: str, valor: str, ctx: Contexto) -> None:
    rotulo, valor = " ".join(rotulo.split()), " ".join(valor.split())
    concepto, reunion = concepto_de(rotulo), ctx.reunion
    if not valor:
        return
    if concepto == "tema":
        reunion.titulo = reunion.titulo or valor
    elif concepto == "identificador":
        reunion.identificador = reunion.identificador or valor.replace(" ", "")
    elif concepto in ("inicio", "fin"):
        momento = ctx.reloj(utc="utc" in normalizar(rotulo).split())(valor)
        setattr(reunion, concepto, getattr(reunion, concepto) or momento)
    elif NUMERO.fullmatch(valor) or duraciones.segundos(valor) is not None:
        ctx.datos.setdefault(rotulo.rstrip(":"), valor)
