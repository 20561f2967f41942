"""Saber qué es una columna por lo que trae dentro, cuando su título no dice nada.

Zoom llegó a titular «Puesto de trabajo» la hora de entrada, y Teams sale en más idiomas de los que
conocemos.
"""

from collections.abc import Callable

from conectate.lectura import correos, duraciones
from conectate.lectura.fechas import FECHA, Calendario
from conectate.lectura.tablas import Tabla

MUESTRA = 60
MAYORIA = 0.6


def completar_horas(tabla: Tabla, entrada: str = "entrada", salida: str = "salida") -> None:
    """Halla la hora de entrada o de salida que falte, entre las columnas que nadie ha pedido."""
    tiene_entrada = tabla.columna("entrada", "primera_entrada") is not None
    tiene_salida = tabla.columna("salida", "ultima_salida") is not None
    if tiene_entrada and tiene_salida:
        return
    con_horas = [
        indice
        for indice in range(len(tabla.cabecera))
        if indice not in tabla.columnas.values() and es_de_horas(tabla.valores(indice, MUESTRA))
    ]
    if not tiene_entrada and not tiene_salida:
        if len(con_horas) > 1:
            tabla.columnas.update(_en_orden(tabla, con_horas, entrada, salida))
    elif con_horas:
        tabla.columnas[salida if tiene_entrada else entrada] = con_horas[0]


def deducir(tabla: Tabla) -> bool:
    """Lo que los títulos no dicen: dos columnas de horas, una de correos, una de duraciones.

    Dice si alcanza para leer conexiones: quién, cuándo entró y cuándo salió.
    """
    completar_horas(tabla)
    for concepto, equivalentes, prueba in (
        ("correo", ("correo", "correo_de_inscripcion"), _es_correo),
        ("duracion", ("duracion", "duracion_en_minutos", "minutos_en_sesion"), _es_duracion),
        ("nombre", ("nombre", "nombre_suelto"), _es_nombre),
    ):
        if tabla.columna(*equivalentes) is None:
            _asignar_la_primera(tabla, concepto, prueba)
    return (
        tabla.columna("nombre", "nombre_suelto") is not None
        and tabla.columna("entrada", "primera_entrada") is not None
        and tabla.columna("salida", "ultima_salida") is not None
    )


def _asignar_la_primera(tabla: Tabla, concepto: str, prueba: Callable[[str], bool]) -> None:
    for indice in range(len(tabla.cabecera)):
        libre = indice not in tabla.columnas.values()
        if libre and _casi_todos(tabla.valores(indice, MUESTRA), prueba):
            tabla.columnas[concepto] = indice
            return


def es_de_horas(valores: list[str]) -> bool:
    calendario = Calendario()
    return _casi_todos(
        valores, lambda v: bool(FECHA.search(v)) and ":" in v and calendario(v) is not None
    )


def es_de_correos(valores: list[str]) -> bool:
    return _casi_todos(valores, _es_correo)


def _en_orden(tabla: Tabla, indices: list[int], entrada: str, salida: str) -> dict[str, int]:
    """De dos columnas de horas, la que va primero en el tiempo es la entrada."""
    calendario = Calendario()
    uno, otro = indices[:2]
    al_reves = 0
    for fila in tabla.filas[:MUESTRA]:
        if max(uno, otro) < len(fila):
            primera, segunda = calendario(fila[uno]), calendario(fila[otro])
            if primera and segunda and primera != segunda:
                al_reves += 1 if primera > segunda else -1
    return {entrada: otro, salida: uno} if al_reves > 0 else {entrada: uno, salida: otro}


def _casi_todos(valores: list[str], prueba: Callable[[str], bool]) -> bool:
    llenos = [v for v in valores if v.strip() and v.strip() != "--"]
    return bool(llenos) and sum(map(prueba, llenos)) >= MAYORIA * len(llenos)


def _es_correo(valor: str) -> bool:
    return bool(correos.limpio(valor))


def _es_duracion(valor: str) -> bool:
    return duraciones.segundos(valor) is not None


def _es_nombre(valor: str) -> bool:
    return sum(letra.isalpha() for letra in valor) > len(valor) / 2 and "@" not in valor
