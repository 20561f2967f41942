"""Teams por eventos: la lista de 2020 y el evento en vivo, una fila por entrada o salida."""

from collections import defaultdict
from datetime import datetime

from conectate.lectura.contexto import Contexto, cerrar_abiertos
from conectate.lectura.resultado import Identidad
from conectate.lectura.tablas import Tabla
from territorio.texto import normalizar

ENTRAN = ("joined", "join", "unid", "se unio", "unio", "entr", "ingres", "dolacz")
SALEN = ("left", "leave", "abandon", "salio", "sali", "saiu", "sai", "opusc", "wysz", "se fue")


def leer_lista(tablas: list[Tabla], ctx: Contexto) -> None:
    """Una fila por evento, sin correo, en cualquier orden."""
    for tabla in tablas:
        _leer_eventos(tabla, ctx, ctx.reloj(utc=tabla.utc))


def leer_evento_en_vivo(tablas: list[Tabla], ctx: Contexto) -> None:
    """Eventos en UTC; `ParticipantId` es el correo si inició sesión."""
    for tabla in tablas:
        _leer_eventos(tabla, ctx, ctx.reloj(utc=True))


def _leer_eventos(tabla: Tabla, ctx: Contexto, reloj) -> None:
    tabla.igualar_anchos()
    i_nombre = tabla.columna("nombre", "nombre_suelto")
    i_accion, i_hora = tabla.columna("accion"), tabla.columna("marca")
    i_cuenta = tabla.columna("cuenta")
    eventos: dict[str, list[tuple[datetime, bool]]] = defaultdict(list)
    quienes: dict[str, Identidad] = {}
    desconocidas = 0
    for fila in tabla.filas:
        cuenta = fila[i_cuenta].strip() if i_cuenta is not None else ""
        nombre = fila[i_nombre] if i_nombre is not None else ""
        identidad = ctx.identidades(nombre, cuenta)
        if identidad is None:
            if not cuenta:
                continue
            identidad = ctx.identidades.sin_nombre(cuenta)
        quienes[identidad.clave] = identidad
        hora, entra = reloj(fila[i_hora]), _entra(fila[i_accion])
        if hora is None or entra is None:
            desconocidas += 1
            continue
        eventos[identidad.clave].append((hora, entra))
    fin = max((hora for lista in eventos.values() for hora, _ in lista), default=None)
    for clave, lista in eventos.items():
        _emparejar(quienes[clave], lista, fin)
    ctx.n_filas += len(tabla.filas)
    if desconocidas:
        ctx.avisar(
            "eventos_desconocidos",
            f"{desconocidas} filas traen una acción o una hora que no se entiende y no se "
            "tuvieron en cuenta.",
        )


def _entra(accion: str) -> bool | None:
    texto = normalizar(accion)
    if texto.startswith(SALEN):
        return False
    return True if texto.startswith(ENTRAN) else None


def _emparejar(
    identidad: Identidad, eventos: list[tuple[datetime, bool]], fin: datetime | None
) -> None:
    """Entradas y salidas en orden. Dos «Unido» seguidos son dos equipos a la vez."""
    abiertas: list[datetime] = []
    por_hora: dict[datetime, list[bool]] = defaultdict(list)
    for hora, entra in eventos:
        por_hora[hora].append(entra)
    for hora in sorted(por_hora):
        entran = por_hora[hora].count(True)
        salen = len(por_hora[hora]) - entran
        # En el mismo segundo: primero sale quien ya estaba, después entra quien llega.
        ya_estaban = min(salen, len(abiertas))
        for _ in range(ya_estaban):
            identidad.tramos.append((abiertas.pop(), hora))
        abiertas.extend([hora] * entran)
        for _ in range(min(salen - ya_estaban, len(abiertas))):
            identidad.tramos.append((abiertas.pop(), hora))
    cerrar_abiertos([(identidad, entrada) for entrada in abiertas], fin)
    identidad.conexiones = len(identidad.tramos)
