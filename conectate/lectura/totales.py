"""Tablas con una fila por persona y el tiempo ya sumado: Meet y los usuarios únicos de Zoom."""

from collections.abc import Callable
from datetime import datetime

from conectate.lectura import duraciones
from conectate.lectura.conexiones import anotar_extras, columnas_de, nombre_de
from conectate.lectura.contexto import Contexto
from conectate.lectura.tablas import Tabla


def leer(tabla: Tabla, ctx: Contexto, reloj: Callable[[str], datetime | None]) -> None:
    """Entrada y salida son la primera y la última: su diferencia no es la duración.

    Si no hay columna de duración, esas dos horas son todo lo que se sabe, y valen como tramo.
    """
    tabla.igualar_anchos()
    columnas = columnas_de(tabla)
    ambiguas = 0
    for fila in tabla.filas:
        nombre = nombre_de(fila, columnas)
        correo = fila[columnas.correo] if columnas.correo is not None else ""
        identidad = ctx.identidades.en_una_fila(nombre, correo)
        if identidad is None:
            continue
        identidad.conexiones += 1
        anotar_extras(identidad, fila, columnas)
        if columnas.duracion is not None:
            escrita = fila[columnas.duracion]
            dura = duraciones.segundos(escrita, columnas.en_minutos)
            if dura is not None:
                identidad.minutos_declarados = (identidad.minutos_declarados or 0) + dura / 60
            ambiguas += duraciones.es_ambigua(escrita)
        entrada = reloj(fila[columnas.entrada]) if columnas.entrada is not None else None
        salida = reloj(fila[columnas.salida]) if columnas.salida is not None else None
        if entrada and salida and entrada <= salida:
            exacto = columnas.duracion is None
            (identidad.tramos if exacto else identidad.ventanas).append((entrada, salida))
    ctx.n_filas += len(tabla.filas)
    if ambiguas:
        ctx.avisar(
            "duracion_ambigua",
            f"{ambiguas} duraciones vienen como «0:35», que puede ser minutos o segundos. Esas "
            "personas quedan con tiempo desconocido: descargue el archivo original si lo necesita.",
        )
