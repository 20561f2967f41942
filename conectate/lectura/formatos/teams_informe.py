"""Los informes de Teams: el de 2021, el de secciones y el de un seminario con inscripción."""

from collections import defaultdict
from collections.abc import Callable
from datetime import datetime, timedelta

from conectate.lectura import conexiones, correos, duraciones, por_contenido
from conectate.lectura.contexto import Contexto
from conectate.lectura.resultado import Identidad, Inscrito, segundos_de
from conectate.lectura.tablas import Tabla
from territorio.texto import normalizar

# Con solo las dos unidades mayores («1h 54m») la duración pierde hasta un minuto.
HOLGURA = timedelta(seconds=60)


def leer_informe(tablas: list[Tabla], ctx: Contexto) -> None:
    """La sección 2 ya suma lo que la 3 detalla: se lee una u otra, nunca las dos.

    De la 2 se completa lo que la 3 no dice: el correo de inscripción y quién no asistió.
    """
    participantes, actividades = _secciones(tablas)
    if any(tabla.filas for tabla in actividades):
        correo_bueno = _correo_segun(participantes)
        for tabla in actividades:
            conexiones.leer(tabla, ctx, correo_bueno=correo_bueno)
            _anotar_upn(tabla, ctx)
    for tabla in participantes:
        _leer_participantes(tabla, ctx)


def leer_informe_2021(tablas: list[Tabla], ctx: Contexto) -> None:
    """Una sola tabla, una fila por conexión."""
    for tabla in tablas:
        por_contenido.completar_horas(tabla)
        conexiones.leer(tabla, ctx)
        _anotar_upn(tabla, ctx)


def _secciones(tablas: list[Tabla]) -> tuple[list[Tabla], list[Tabla]]:
    """Participantes (2) y actividades (3)."""
    participantes, actividades = [], []
    for tabla in tablas:
        por_contenido.completar_horas(tabla)
        es_resumen = tabla.formato == "teams_participantes" or tabla.numero == 2
        (participantes if es_resumen else actividades).append(tabla)
    return participantes, actividades


def _correo_segun(tablas: list[Tabla]) -> Callable[[str, str], str]:
    """El correo que identifica es el de inscripción, y solo está en la sección 2."""
    por_nombre: dict[str, set[str]] = defaultdict(set)
    por_cuenta: dict[str, str] = {}
    for tabla in tablas:
        tabla.igualar_anchos()
        columnas, cuenta = conexiones.columnas_de(tabla), tabla.columna("correo")
        for fila in tabla.filas:
            bueno = _correo_de(tabla, fila)
            por_nombre[conexiones.nombre_de(fila, columnas)].add(bueno)
            if bueno and cuenta is not None:
                por_cuenta[correos.limpio(fila[cuenta])] = bueno
    unicos = {n: next(iter(c)) for n, c in por_nombre.items() if len(c) == 1}

    def correo_bueno(nombre: str, correo: str) -> str:
        if limpio := correos.limpio(correo):
            return por_cuenta.get(limpio, limpio)
        return unicos.get(nombre, "")

    return correo_bueno


def _correo_de(tabla: Tabla, fila: list[str]) -> str:
    for concepto in ("correo_de_inscripcion", "correo"):
        indice = tabla.columna(concepto)
        if indice is not None and (correo := correos.limpio(fila[indice])):
            return correo
    return ""


def _leer_participantes(tabla: Tabla, ctx: Contexto) -> None:
    """La sección 2: completa a quien ya está; de los demás, sus totales."""
    tabla.igualar_anchos()
    columnas = conexiones.columnas_de(tabla)
    reloj = ctx.reloj(utc=tabla.utc)
    ya_estan = {identidad.clave for identidad in ctx.identidades}
    con_inscripcion = tabla.columna("correo_de_inscripcion") is not None
    nuevas: dict[str, list[tuple]] = defaultdict(list)
    for fila in tabla.filas:
        nombre, correo = conexiones.nombre_de(fila, columnas), _correo_de(tabla, fila)
        entrada = reloj(fila[columnas.entrada]) if columnas.entrada is not None else None
        salida = reloj(fila[columnas.salida]) if columnas.salida is not None else None
        dura = None
        if columnas.duracion is not None:
            dura = duraciones.segundos(fila[columnas.duracion], columnas.en_minutos)
        if entrada is None and not dura and con_inscripcion:
            _anotar_ausente(ctx, nombre, correo)
            continue
        identidad = ctx.identidades(nombre, correo)
        if identidad is None:
            continue
        conexiones.anotar_extras(identidad, fila, columnas)
        if identidad.clave not in ya_estan:
            identidad.conexiones += 1
            nuevas[identidad.clave].append((identidad, entrada, salida, dura))
    _anotar_upn(tabla, ctx)
    for filas in nuevas.values():
        _sumar_totales(filas[0][0], [fila[1:] for fila in filas])
    if not ya_estan:
        ctx.n_filas += len(tabla.filas)


def _sumar_totales(
    identidad: Identidad,
    filas: list[tuple[datetime | None, datetime | None, float | None]],
) -> None:
    """Una fila sin cortes es un tramo; si hubo reconexiones, solo se sabe el total.

    Los no comprobados traen una fila por reconexión, a veces con tramos repetidos: la suma nunca
    pasa de lo que cabe entre sus entradas y salidas.
    """
    sueltos = 0.0
    for entrada, salida, dura in filas:
        lapso = timedelta(seconds=dura) if dura is not None else None
        if entrada and not salida and lapso:
            salida = entrada + lapso
        if not (entrada and salida and entrada <= salida):
            sueltos += dura or 0
            continue
        identidad.ventanas.append((entrada, salida))
        if lapso is None or salida - entrada - lapso <= HOLGURA:
            identidad.tramos.append((entrada, salida))
        else:
            sueltos += dura
    if not sueltos:
        identidad.ventanas = []
        return
    total = sueltos + segundos_de(identidad.tramos)
    if len(identidad.ventanas) == len(filas):
        total = min(total, segundos_de(identidad.ventanas))
    identidad.minutos_declarados = total / 60


def _anotar_ausente(ctx: Contexto, nombre: str, correo: str) -> None:
    inscrito = Inscrito(nombre=nombre.strip(), correo=correo)
    if inscrito.nombre or inscrito.correo:
        ctx.ausentes.setdefault(correo or normalizar(nombre), inscrito)


def _anotar_upn(tabla: Tabla, ctx: Contexto) -> None:
    """El UPN no es un correo: de quien no trae correo, solo sugiere el dominio."""
    upn = tabla.columna("upn")
    if upn is None:
        return
    columnas = conexiones.columnas_de(tabla)
    for fila in tabla.filas:
        if fila[upn] and not _correo_de(tabla, fila):
            identidad = ctx.identidades.buscar(conexiones.nombre_de(fila, columnas))
            if identidad:
                limpio = correos.limpio(fila[upn]).rpartition("@")[2]
                identidad.dominio_sugerido = correos.dominio_de_invitado(fila[upn]) or limpio
