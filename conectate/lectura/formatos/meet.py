"""Google Meet: una fila por persona, ya sumada, con horas sin fecha."""

import re
from datetime import date, datetime

from conectate.lectura import totales
from conectate.lectura.contexto import Contexto
from conectate.lectura.fechas import fecha_del_nombre, hora_del_dia
from conectate.lectura.tablas import Tabla

CODIGO = re.compile(r"\b([a-z]{3}-[a-z]{4}-[a-z]{3})\b")


def leer_meet(tablas: list[Tabla], ctx: Contexto) -> None:
    del_nombre = fecha_del_nombre(ctx.nombre)
    if codigo := CODIGO.search(ctx.nombre.lower()):
        ctx.reunion.identificador = codigo[1]
    for tabla in tablas:
        totales.leer(tabla, ctx, _reloj(ctx, ctx.fecha or del_nombre))
    if del_nombre:
        ctx.dias.add(del_nombre)
    elif ctx.fecha is None:
        ctx.avisar(
            "sin_fecha",
            "El archivo de Meet trae horas sin fecha. Vale la fecha de la sesión: compruébela.",
        )


def _reloj(ctx: Contexto, dia: date | None):
    def leer(texto: str) -> datetime | None:
        if momento := ctx.calendario(texto):
            return momento
        hora = hora_del_dia(texto)
        return datetime.combine(dia, hora) if dia and hora else None

    return leer
