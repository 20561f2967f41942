"""La matriz de la vigencia: las entidades contra las sesiones, con las ausentes a la vista."""

from dataclasses import dataclass

from django.db.models import Count

from conectate.consultas.participacion import entidades_de_la_vigencia, sesiones_de_la_cuenta
from conectate.consultas.sesiones import estuvo, hay_asistencia
from conectate.models import Asistencia, Convocatoria, Sesion
from territorio.models import EntidadTerritorial

TRIMESTRES = {1: (1, 3), 2: (4, 6), 3: (7, 9), 4: (10, 12)}


@dataclass(frozen=True)
class Celda:
    """Qué pasó con una entidad en una sesión. Lo que no se sabe no se dibuja como ausencia."""

    PRESENTE, AUSENTE, SIN_DATO = "presente", "ausente", "sin dato"
    NO_CONVOCADA, INVITADA = "no convocada", "asistió sin convocatoria"

    situacion: str
    personas: int = 0  # las de la lista: puede estar presente sin que ninguna la nombre


@dataclass(frozen=True)
class Columna:
    sesion: Sesion
    hay_asistencia: bool
    presentes: int
    convocadas: int

    @property
    def ausentes(self) -> int:
        return self.convocadas - self.presentes if self.hay_asistencia else 0


@dataclass
class Matriz:
    vigencia: int
    columnas: list[Columna]
    filas: list[tuple[EntidadTerritorial, list[Celda], int]]  # entidad, celdas, ausencias

    @property
    def n_sin_dato(self) -> int:
        return sum(not columna.hay_asistencia for columna in self.columnas)


def sesiones_de_la_matriz(vigencia: int, *, tipo: str | None = None, trimestre: int | None = None):
    sesiones = sesiones_de_la_cuenta(vigencia).select_related("tipo")
    if tipo:
        sesiones = sesiones.filter(tipo__clave=tipo)
    if trimestre:
        primero, ultimo = TRIMESTRES[trimestre]
        sesiones = sesiones.filter(fecha__month__gte=primero, fecha__month__lte=ultimo)
    return sesiones.order_by("fecha", "hora_inicio", "pk")


def matriz_de(vigencia: int, sesiones: list[Sesion], todas=None) -> Matriz:
    """Cinco consultas, sean tres sesiones o tres mil: el cruce se hace en memoria.

    Las ausencias de cada entidad son en `todas` las sesiones, también las que no se muestran.
    """
    claves = [sesion.pk for sesion in sesiones]
    con_dato = set(
        Sesion.objects.filter(hay_asistencia(), pk__in=claves)
        .order_by()
        .values_list("pk", flat=True)
    )
    convocadas = set(
        Convocatoria.objects.filter(sesion__in=claves).values_list("sesion", "entidad")
    )
    personas = {
        (sesion, entidad): n
        for sesion, entidad, n in Asistencia.objects.presentes()
        .filter(sesion__in=claves)
        .values_list("sesion", "entidad", "importadas")
    }
    ausencias = _ausencias(Sesion.objects.filter(pk__in=claves) if todas is None else todas)
    filas = []
    for entidad in entidades_de_la_vigencia(vigencia):
        celdas = [
            _celda(
                personas.get((clave, entidad.pk)),
                (clave, entidad.pk) in convocadas,
                clave in con_dato,
            )
            for clave in claves
        ]
        filas.append((entidad, celdas, ausencias.get(entidad.pk, 0)))
    n_convocadas, n_presentes = dict.fromkeys(claves, 0), dict.fromkeys(claves, 0)
    for clave, entidad in convocadas:
        n_convocadas[clave] += 1
        n_presentes[clave] += (clave, entidad) in personas
    columnas = [
        Columna(sesion, sesion.pk in con_dato, n_presentes[sesion.pk], n_convocadas[sesion.pk])
        for sesion in sesiones
    ]
    return Matriz(vigencia, columnas, filas)


def _ausencias(sesiones):
    con_dato = sesiones.filter(hay_asistencia()).order_by().values("pk")
    return dict(
        Convocatoria.objects.filter(~estuvo(), sesion__in=con_dato)
        .values_list("entidad")
        .annotate(n=Count("pk"))
        .order_by()
    )


def _celda(personas, fue_convocada, hay_dato):
    if not hay_dato:
        return Celda(Celda.SIN_DATO)
    if personas is not None:
        return Celda(Celda.PRESENTE if fue_convocada else Celda.INVITADA, personas)
    return Celda(Celda.AUSENTE if fue_convocada else Celda.NO_CONVOCADA)
