"""La cuenta de una sesión, que siempre sale de lo mismo: sus archivos confirmados y lo decidido.

Repetirla da lo mismo. Por eso deshacer, reemplazar o sumar un archivo es cambiar qué
importaciones están confirmadas y volver a contar.
"""

import json
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from conectate.acciones import prevision
from conectate.acciones.filas import COLUMNAS, filas_de
from conectate.acciones.identificacion import Identificador, decisiones_vigentes
from conectate.acciones.importadas import contar_importadas
from conectate.acciones.union import Archivo, Pareja, parejas_posibles, unir
from conectate.consultas.revision import YA_NO_CAMBIAN
from conectate.lectura.memoria import recolector_en_pausa
from conectate.models import Importacion, MismaPersona, Participacion, Registros, Sesion
from territorio.consultas import cambios_de_vigencia
from territorio.resolucion import Catalogo
from trabajos import carga_masiva

POR_TANDA = 5_000
CLAVE = COLUMNAS.index("clave")
SUGERENCIAS = COLUMNAS.index("sugerencias")
PROPUESTA, ACEPTADA = MismaPersona.Estado.PROPUESTA, MismaPersona.Estado.ACEPTADA


@dataclass
class Saber:
    """Lo que se carga una vez para recalcular muchas sesiones.

    Dos fechas entre las que no cambió ninguna vigencia comparten catálogo: armarlo es lo caro.
    """

    decisiones: dict = field(default_factory=decisiones_vigentes)
    cambios: list[date] = field(default_factory=cambios_de_vigencia)
    catalogos: dict[int, Catalogo] = field(default_factory=dict)

    def identificador(self, sesion: Sesion) -> Identificador:
        tramo = bisect_right(self.cambios, sesion.fecha)
        if tramo not in self.catalogos:
            self.catalogos[tramo] = Catalogo.vigente_en(sesion.fecha)
        return Identificador(sesion, catalogo=self.catalogos[tramo], decisiones=self.decisiones)


@dataclass
class Cuenta:
    """Lo que cambió al contar."""

    nuevas: int = 0
    cambiadas: int = 0
    quitadas: int = 0
    iguales: int = 0

    @property
    def personas(self) -> int:
        return self.nuevas + self.cambiadas + self.iguales


@recolector_en_pausa()
@transaction.atomic
def recalcular_sesion(sesion: Sesion, saber: Saber | None = None) -> Cuenta:
    """Deja las participaciones como dicen los archivos confirmados y las decisiones."""
    tomar(sesion)
    cuenta = _copiar_la_prevista(sesion) or _contar(sesion, saber or Saber())
    contar_importadas(sesion)
    return cuenta


def _copiar_la_prevista(sesion) -> Cuenta | None:
    """Lo que ya contó la vista previa, si hoy saldría igual."""
    prevista = prevision.la_que_vale(sesion)
    if prevista is None or _unir_las_mismas(sesion, [Pareja(*dos) for dos in prevista.parejas]):
        return None
    prevision.escribir(prevista)
    return Cuenta(nuevas=prevista.personas)


def _contar(sesion, saber) -> Cuenta:
    archivos = archivos_confirmados(sesion)
    personas = unir(archivos, _unir_las_mismas(sesion, parejas_posibles(archivos)))
    veredictos = saber.identificador(sesion).veredictos(personas)
    return _escribir(sesion, filas_de(sesion, personas, veredictos))


def recalcular_sesiones(sesiones: Iterable[Sesion], saber: Saber | None = None) -> int:
    """Cada una en su transacción: lo que alcance a quedar, queda bien."""
    saber = saber or Saber()
    return sum(1 for sesion in sesiones if _recalcular_si_sigue_abierta(sesion, saber))


@transaction.atomic
def _recalcular_si_sigue_abierta(sesion, saber) -> Cuenta | None:
    """Pudo cerrarse desde que se pidió: sus cifras ya se confirmaron."""
    tomar(sesion)
    if Sesion.objects.filter(pk=sesion.pk, estado__in=YA_NO_CAMBIAN).exists():
        return None
    return recalcular_sesion(sesion, saber)


def tomar(sesion: Sesion) -> None:
    """Nadie más cambia la asistencia de esta sesión hasta que termine la transacción."""
    Sesion.objects.select_for_update().values_list("pk").get(pk=sesion.pk)


def tomar_abierta(sesion: Sesion) -> None:
    """La toma y exige que siga abierta: pudo cerrarse hace un instante."""
    tomar(sesion)
    sesion.refresh_from_db()
    sesion.exigir_abierta()


def archivos_confirmados(sesion: Sesion) -> list[Archivo]:
    paquetes = Registros.objects.filter(
        importacion__sesion=sesion, importacion__estado=Importacion.Estado.CONFIRMADA
    ).select_related("importacion")
    return [
        Archivo(reunion_de(uno.importacion), uno.todos())
        for uno in paquetes.order_by("importacion__confirmada_en", "pk")
    ]


def reunion_de(importacion: Importacion) -> str:
    return importacion.reunion or f"importacion:{importacion.pk}"


# ── Mismas personas ───────────────────────────────────────────────────────────────────────────


def _unir_las_mismas(sesion, posibles) -> dict[str, str]:
    """Las que alguien confirmó, aquí o en otra sesión; y deja propuestas las que falten."""
    aqui = {Pareja(una.clave, una.principal): una for una in sesion.mismas_personas.all()}
    decididas = _decididas_en_otras(sesion, posibles) | {
        pareja: una.estado for pareja, una in aqui.items() if una.estado != PROPUESTA
    }
    misma_que = {p.clave: p.principal for p, estado in decididas.items() if estado == ACEPTADA}
    por_decidir = [p for p in posibles if p not in decididas and p.clave not in misma_que]
    sobran = [
        una.pk
        for pareja, una in aqui.items()
        if una.estado == PROPUESTA and pareja not in por_decidir
    ]
    MismaPersona.objects.filter(pk__in=sobran).delete()
    MismaPersona.objects.bulk_create(
        MismaPersona(sesion=sesion, clave=pareja.clave, principal=pareja.principal)
        for pareja in por_decidir
        if pareja not in aqui
    )
    return misma_que


def _decididas_en_otras(sesion, posibles) -> dict[Pareja, str]:
    """Lo confirmado no se pregunta otra vez; si hay varias candidatas, sí: pueden ser tocayas."""
    candidatas = {}
    for pareja in posibles:
        candidatas.setdefault(pareja.clave, []).append(pareja)
    unicas = {clave for clave, parejas in candidatas.items() if len(parejas) == 1}
    if not unicas:
        return {}
    # Manda lo último que dijo alguien, y separarlas las deja otra vez propuestas.
    respuestas = (
        MismaPersona.objects.exclude(decidida_en=None)
        .filter(clave__in=unicas)
        .order_by("decidida_en")
        .values_list("clave", "principal", "estado")
    )
    ultimas = {Pareja(clave, principal): estado for clave, principal, estado in respuestas}
    return {
        pareja: ultimas[pareja]
        for pareja in posibles
        if ultimas.get(pareja, PROPUESTA) != PROPUESTA
    }


# ── Escribir ──────────────────────────────────────────────────────────────────────────────────


def _escribir(sesion, filas) -> Cuenta:
    """Toca solo lo que cambió: lo igual conserva su número."""
    cuenta = Cuenta()
    anteriores = {
        fila[CLAVE + 1]: fila
        for fila in Participacion.objects.filter(sesion=sesion).values_list("id", *COLUMNAS)
    }
    if not filas:
        cuenta.quitadas, _ = Participacion.objects.filter(sesion=sesion).delete()
        return cuenta
    nuevas, cambiadas = [], []
    for fila in filas:
        anterior = anteriores.pop(fila[CLAVE], None)
        if anterior is None:
            nuevas.append(fila)
        elif _comparable(anterior[1:]) != fila:
            cambiadas.append((anterior[0], *fila))
        else:
            cuenta.iguales += 1
    sobran = [fila[0] for fila in anteriores.values()]
    for i in range(0, len(sobran), POR_TANDA):
        Participacion.objects.filter(pk__in=sobran[i : i + POR_TANDA]).delete()
    carga_masiva.actualizar(Participacion, COLUMNAS, cambiadas)
    carga_masiva.insertar(Participacion, COLUMNAS, nuevas)
    cuenta.nuevas, cuenta.cambiadas = len(nuevas), len(cambiadas)
    cuenta.quitadas = len(anteriores)
    return cuenta


def _comparable(fila):
    return (*fila[:SUGERENCIAS], json.dumps(fila[SUGERENCIAS]), *fila[SUGERENCIAS + 1 :])
