"""Tablas con una fila por conexión: Zoom, el detalle de Teams y lo que se empareja a mano."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import repeat
from operator import itemgetter

from conectate.lectura import duraciones, preguntas
from conectate.lectura.contexto import Contexto, cerrar_abiertos
from conectate.lectura.correos import limpio
from conectate.lectura.resultado import Identidad, Inscrito
from conectate.lectura.tablas import Tabla
from territorio.texto import normalizar

SI = {"si", "yes", "sim", "true", "verdadero", "1", "x", "y", "s", "tak"}
NO = {"no", "nao", "false", "falso", "0", "n", "nie"}

ROLES = {
    "organizador": "organizador",
    "organizer": "organizador",
    "organizator": "organizador",
    "coorganizador": "organizador",
    "co organizador": "organizador",
    "co organizer": "organizador",
    "producer": "organizador",
    "moderador": "moderador",
    "presenter": "moderador",
    "apresentador": "moderador",
    "prezenter": "moderador",
    "asistente": "asistente",
    "attendee": "asistente",
    "participante": "asistente",
    "uczestnik": "asistente",
}
MAX_DECLARADOS = 20  # de una misma persona
FUERZA = {"organizador": 3, "panelista": 2, "moderador": 1, "asistente": 0, "": -1}


@dataclass
class Columnas:
    """Dónde está cada dato en una tabla de conexiones; None si no está."""

    nombre: int | None
    pila: list[int]
    correo: int | None
    otro_correo: int | None  # el de la cuenta, cuando el que identifica es el de inscripción
    entrada: int | None
    salida: int | None
    duracion: int | None
    en_minutos: bool
    etc: int | None
    cargo: int | None
    rol: int | None
    asistio: int | None
    espera: int | None


def columnas_de(tabla: Tabla) -> Columnas:
    libres = preguntas.clasificar(tabla.cabecera, ya_usadas=set(tabla.columnas.values()))
    pila = [
        indice
        for concepto in ("nombre_suelto", "segundo_nombre", "apellido", "segundo_apellido")
        if (indice := tabla.columnas.get(concepto)) is not None
    ]
    nombre = tabla.columna("nombre")
    if nombre is None and "apellido" not in tabla.columnas:
        nombre = tabla.columna("nombre_suelto")
    minutos = tabla.columna("duracion_en_minutos", "duracion_total", "minutos_en_sesion")
    return Columnas(
        nombre=nombre,
        pila=pila,
        correo=tabla.columna("correo_de_inscripcion", "correo"),
        otro_correo=tabla.columna("correo") if "correo_de_inscripcion" in tabla.columnas else None,
        entrada=tabla.columna("entrada", "primera_entrada"),
        salida=tabla.columna("salida", "ultima_salida"),
        duracion=tabla.columna("duracion") if minutos is None else minutos,
        en_minutos=minutos is not None,
        etc=tabla.columna("etc") if "etc" in tabla.columnas else libres.get("etc"),
        cargo=tabla.columna("cargo") if "cargo" in tabla.columnas else libres.get("cargo"),
        rol=tabla.columna("rol"),
        asistio=tabla.columna("asistio"),
        espera=tabla.columna("espera"),
    )


def nombre_de(fila: list[str], columnas: Columnas) -> str:
    """El nombre como viene; si no hay nombre completo, las partes en el orden del archivo."""
    if columnas.nombre is not None and fila[columnas.nombre].strip():
        return fila[columnas.nombre]
    return " ".join(parte for indice in columnas.pila if (parte := fila[indice].strip()))


def leer(
    tabla: Tabla,
    ctx: Contexto,
    *,
    rol: str = "",
    correo_bueno: Callable[[str, str], str] | None = None,
) -> None:
    """Suma las conexiones de la tabla a las identidades del archivo.

    `correo_bueno` da el correo que identifica, cuando otra sección lo sabe mejor.
    """
    tabla.igualar_anchos()
    columnas = columnas_de(tabla)
    filas = _presentes(tabla, columnas, ctx, correo_bueno)
    # Por columnas: de setenta mil filas, preguntar celda por celda es lo que más cuesta.
    reloj = ctx.reloj(utc=tabla.utc)
    identidades = map(ctx.identidades.de.__getitem__, _quienes(filas, columnas, correo_bueno))
    con_extras = any(indice is not None for indice in (columnas.etc, columnas.cargo, columnas.rol))
    sin_nombre = imposibles = 0
    abiertos: list[tuple[Identidad, datetime]] = []
    ultima = datetime.min

    for identidad, entrada, salida, fila in zip(
        identidades,
        _horas(filas, columnas.entrada, reloj),
        _horas(filas, columnas.salida, reloj),
        filas,
        strict=False,  # de la columna que no está salen horas desconocidas sin fin
    ):
        if identidad is None:
            sin_nombre += 1
            continue
        if con_extras:
            anotar_extras(identidad, fila, columnas)
        if rol and FUERZA[rol] > FUERZA[identidad.rol]:
            identidad.rol = rol

        if entrada is None or salida is None:
            entrada, salida = _con_la_duracion(fila, columnas, entrada, salida)
        if entrada is not None and salida is not None:
            if salida < entrada:
                imposibles += 1
                continue
            identidad.tramos.append((entrada, salida))
            identidad.conexiones += 1
            if salida > ultima:
                ultima = salida
        elif entrada is not None:
            abiertos.append((identidad, entrada))
            identidad.conexiones += 1
            ultima = max(ultima, entrada)

    cerrar_abiertos(abiertos, ultima)
    ctx.n_filas += len(tabla.filas)
    _avisar(ctx, sin_nombre, imposibles)


def _presentes(tabla, columnas, ctx, correo_bueno) -> list[list[str]]:
    """Las filas de quien entró; los demás quedan anotados como ausentes o en espera."""
    no_asistio = _celdas_que_dicen(NO, tabla, columnas.asistio)
    esperaba = _celdas_que_dicen(SI, tabla, columnas.espera)
    if not no_asistio and not esperaba:
        return tabla.filas
    presentes = []
    for fila, vista in zip(tabla.filas, _quienes(tabla.filas, columnas, correo_bueno), strict=True):
        if no_asistio and fila[columnas.asistio] in no_asistio:
            _anotar_ausente(ctx, *vista, fila, columnas)
        elif esperaba and fila[columnas.espera] in esperaba:
            ctx.en_espera(*vista)
        else:
            presentes.append(fila)
    return presentes


def _quienes(filas, columnas, correo_bueno) -> Iterable[tuple[str, str]]:
    """El nombre y el correo de cada fila."""
    basta_con_dos = columnas.otro_correo is None and correo_bueno is None
    estan = None not in (columnas.nombre, columnas.correo)
    if basta_con_dos and estan and set(columnas.pila) <= {columnas.nombre}:
        return map(itemgetter(columnas.nombre, columnas.correo), filas)
    return (_quien(fila, columnas, correo_bueno) for fila in filas)


def _quien(fila, columnas, correo_bueno) -> tuple[str, str]:
    nombre = nombre_de(fila, columnas)
    correo = fila[columnas.correo] if columnas.correo is not None else ""
    if not correo and columnas.otro_correo is not None:
        correo = fila[columnas.otro_correo]
    return nombre, correo_bueno(nombre, correo) if correo_bueno else correo


def _horas(filas, indice, reloj) -> Iterable[datetime | None]:
    return repeat(None) if indice is None else map(reloj, map(itemgetter(indice), filas))


def _con_la_duracion(
    fila: list[str], columnas: Columnas, entrada: datetime | None, salida: datetime | None
) -> tuple[datetime | None, datetime | None]:
    """Con una hora y la duración se sabe la otra."""
    if columnas.duracion is None or (entrada is None and salida is None):
        return entrada, salida
    dura = duraciones.segundos(fila[columnas.duracion], columnas.en_minutos)
    if dura is None:
        return entrada, salida
    dura = timedelta(seconds=dura)
    return entrada or salida - dura, salida or entrada + dura


def anotar_extras(identidad: Identidad, fila: list[str], columnas: Columnas) -> None:
    if columnas.etc is not None and (declarado := fila[columnas.etc].strip()):
        anotar_declarado(identidad, declarado)
    if columnas.cargo is not None and (cargo := fila[columnas.cargo].strip()):
        identidad.cargo = cargo
    if columnas.rol is not None:
        rol = ROLES.get(normalizar(fila[columnas.rol]), "")
        if FUERZA[rol] > FUERZA[identidad.rol]:
            identidad.rol = rol


def anotar_declarado(identidad: Identidad, declarado: str) -> None:
    """La última vez que lo escribió va al final, aunque lo haya escrito antes."""
    escritos = identidad.declarados
    if declarado in escritos:
        escritos.remove(declarado)
    escritos.append(declarado)
    del escritos[:-MAX_DECLARADOS]


def _anotar_ausente(
    ctx: Contexto, nombre: str, correo: str, fila: list[str], columnas: Columnas
) -> None:
    inscrito = Inscrito(
        nombre=nombre.strip(),
        correo=limpio(correo),
        declarado=fila[columnas.etc].strip() if columnas.etc is not None else "",
        cargo=fila[columnas.cargo].strip() if columnas.cargo is not None else "",
    )
    ctx.ausentes.setdefault(inscrito.correo or normalizar(nombre), inscrito)


def _celdas_que_dicen(palabras: set[str], tabla: Tabla, indice: int | None) -> set[str]:
    """Una columna de síes y noes tiene dos o tres valores: se miran esos, no cada fila."""
    return {celda for celda in set(tabla.valores(indice)) if normalizar(celda) in palabras}


def _avisar(ctx: Contexto, sin_nombre: int, imposibles: int) -> None:
    if sin_nombre:
        ctx.avisar(
            "filas_sin_nombre",
            f"{sin_nombre} filas no traen ni nombre ni correo y no se tuvieron en cuenta.",
        )
    if imposibles:
        ctx.avisar(
            "tramos_imposibles",
            f"{imposibles} conexiones tienen la salida antes de la entrada y se descartaron. "
            "Quien no tenga otra cuenta como asistente con tiempo desconocido.",
        )
