"""Lo que se pregunta de una sesión, o de una lista de ellas, con consultas que no crecen."""

from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum

from conectate.consultas.presencia import LoDeUnaEntidad
from conectate.models import Asistencia, Convocatoria, Participacion, Sesion
from conectate.models.asistencia import TipoIdentidad
from territorio.models import EntidadTerritorial

POR_REVISAR = ~Q(grupo="")  # lo que espera que alguien diga de qué entidad es


# ── Piezas que usan las demás consultas ───────────────────────────────────────────────────────


def hay_asistencia(sesion="pk") -> Exists:
    """Si alguien dijo quién estuvo, por el origen que sea. Sin nada es «sin dato», no «cero»."""
    return Exists(
        Participacion.objects.filter(sesion=OuterRef(sesion)).exclude(tipo=TipoIdentidad.BOT)
    ) | Exists(Asistencia.objects.filter(sesion=OuterRef(sesion)))


def estuvo(sesion="sesion", entidad="entidad") -> Exists:
    """Si la entidad participó, por el origen que sea. Basta una persona."""
    return Exists(
        Asistencia.objects.presentes().filter(sesion=OuterRef(sesion), entidad=OuterRef(entidad))
    )


def codigo_de(sesion: Sesion) -> str:
    """«CM-00012»: el que llevan la hoja impresa y el acta. No cambia aunque cambie la fecha."""
    return f"CM-{sesion.pk:05}"


def vigencias(sesiones: QuerySet[Sesion]) -> list[int]:
    """Los años con sesiones, del más reciente al más antiguo."""
    return [fecha.year for fecha in sesiones.order_by().dates("fecha", "year", order="DESC")]


# ── Una lista de sesiones ─────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Cifras:
    """Lo que una lista dice de cada sesión."""

    convocadas: int = 0
    presentes: int = 0
    asistencias: int = 0
    por_revisar: int = 0
    tiene_asistencia: bool = False
    tiene_lista: bool = False


def cifras_de(sesiones: list[Sesion]) -> dict[int, Cifras]:
    """Las cifras de las sesiones de una página: tres consultas, sean tres o treinta."""
    claves = [sesion.pk for sesion in sesiones]
    convocatorias = {
        fila["sesion"]: fila
        for fila in Convocatoria.objects.filter(sesion__in=claves)
        .annotate(estuvo=estuvo())
        .values("sesion")
        .annotate(convocadas=Count("pk"), presentes=Count("pk", filter=Q(estuvo=True)))
        .order_by()
    }
    participaciones = {
        fila["sesion"]: fila
        for fila in Participacion.objects.filter(sesion__in=claves)
        .exclude(tipo=TipoIdentidad.BOT)
        .values("sesion")
        .annotate(
            asistencias=Count("pk", filter=Q(cuenta=True)),
            por_revisar=Count("pk", filter=POR_REVISAR),
        )
        .order_by()
    }
    con_asistencia = _con_asistencia(claves)
    return {
        clave: Cifras(
            convocadas=convocatorias.get(clave, {}).get("convocadas", 0),
            presentes=convocatorias.get(clave, {}).get("presentes", 0),
            asistencias=participaciones.get(clave, {}).get("asistencias", 0),
            por_revisar=participaciones.get(clave, {}).get("por_revisar", 0),
            tiene_asistencia=clave in con_asistencia,
            tiene_lista=clave in participaciones,
        )
        for clave in claves
    }


def _con_asistencia(claves) -> set[int]:
    return set(
        Sesion.objects.filter(hay_asistencia(), pk__in=claves)
        .order_by()
        .values_list("pk", flat=True)
    )


@dataclass(frozen=True, kw_only=True)
class Presencia(LoDeUnaEntidad):
    """Lo de una secretaría en una sesión."""

    fue_convocada: bool
    hay_asistencia: bool
    minutos: float = 0.0
    por_identificar: int = 0


def presencia_de(entidad: EntidadTerritorial, sesiones: list[Sesion]) -> dict[int, Presencia]:
    """Si la secretaría fue convocada a cada sesión de la página, y si estuvo."""
    claves = [sesion.pk for sesion in sesiones]
    convocadas = set(
        Convocatoria.objects.filter(sesion__in=claves, entidad=entidad).values_list(
            "sesion", flat=True
        )
    )
    cuentas = {
        fila["sesion"]: fila
        for fila in Participacion.objects.filter(sesion__in=claves)
        .exclude(tipo=TipoIdentidad.BOT)
        .values("sesion")
        .annotate(
            personas=Count("pk", filter=Q(cuenta=True, entidad=entidad)),
            suyos=Sum("minutos", filter=Q(cuenta=True, entidad=entidad), default=0.0),
            por_identificar=Count("pk", filter=POR_REVISAR),
        )
        .order_by()
    }
    asistencias = {
        una.sesion_id: una for una in Asistencia.objects.filter(sesion__in=claves, entidad=entidad)
    }
    con_asistencia = _con_asistencia(claves)
    return {
        clave: Presencia(
            asistencia=asistencias.get(clave),
            fue_convocada=clave in convocadas,
            hay_asistencia=clave in con_asistencia,
            personas=cuentas.get(clave, {}).get("personas", 0),
            minutos=cuentas.get(clave, {}).get("suyos", 0.0),
            por_identificar=cuentas.get(clave, {}).get("por_identificar", 0),
        )
        for clave in claves
    }


@dataclass(frozen=True)
class Pendientes:
    """Lo que espera al Ministerio."""

    sin_asistencia: int
    por_revisar: int
    sin_cerrar: int


def pendientes_del_ministerio() -> Pendientes:
    return Pendientes(
        sin_asistencia=Sesion.objects.con_pendiente(Sesion.Pendiente.CARGAR).count(),
        por_revisar=Participacion.objects.por_revisar().count(),
        sin_cerrar=Sesion.objects.con_pendiente(Sesion.Pendiente.MARCAR).count(),
    )


# ── Una sesión ────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Resumen:
    """Las cifras de una sesión. Los aforos no están aquí: nunca se suman a las personas."""

    tiene_asistencia: bool
    tiene_lista: bool
    convocadas: int
    presentes: int
    no_convocadas: int
    asistencias: int
    personas: int
    salas: int
    telefonos: int
    minutos: float
    con_minutos: int
    mediana: float | None
    sin_identificar: int
    de_otra_organizacion: int
    bajo_el_minimo: int
    programas: int
    por_revisar: int

    @property
    def en_la_lista(self) -> int:
        """La cifra cruda: todos, también quienes estuvieron menos del mínimo."""
        return self.asistencias + self.bajo_el_minimo


def resumen_de(sesion: Sesion) -> Resumen:
    cuenta = Q(cuenta=True)
    sin_programas = ~Q(tipo=TipoIdentidad.BOT)
    participaciones = sesion.participaciones.all()
    cifras = participaciones.aggregate(
        en_la_lista=Count("pk", filter=sin_programas),
        asistencias=Count("pk", filter=cuenta),
        personas=Count("pk", filter=cuenta & Q(tipo=TipoIdentidad.PERSONA)),
        salas=Count("pk", filter=cuenta & Q(tipo=TipoIdentidad.SALA)),
        telefonos=Count("pk", filter=cuenta & Q(tipo=TipoIdentidad.TELEFONO)),
        con_minutos=Count("minutos", filter=cuenta),  # antes que la suma, que toma su nombre
        minutos=Sum("minutos", filter=cuenta, default=0.0),
        sin_identificar=Count("pk", filter=cuenta & Q(entidad=None, ajena="")),
        de_otra_organizacion=Count("pk", filter=cuenta & ~Q(ajena="")),
        programas=Count("pk", filter=~sin_programas),
        por_revisar=Count("pk", filter=POR_REVISAR),
    )
    convocatorias = sesion.convocatorias.annotate(estuvo=estuvo()).aggregate(
        convocadas=Count("pk"), presentes=Count("pk", filter=Q(estuvo=True))
    )
    convocada = Convocatoria.objects.filter(sesion=sesion, entidad=OuterRef("entidad"))
    asistencias = sesion.asistencias.aggregate(
        n=Count("pk"), no_convocadas=Count("pk", filter=Q(presente=True) & ~Exists(convocada))
    )
    en_la_lista = cifras.pop("en_la_lista")
    return Resumen(
        tiene_asistencia=en_la_lista > 0 or asistencias["n"] > 0,
        tiene_lista=en_la_lista > 0,
        bajo_el_minimo=en_la_lista - cifras["asistencias"],
        no_convocadas=asistencias["no_convocadas"],
        mediana=_mediana(participaciones.que_cuentan(), cifras["con_minutos"]),
        **convocatorias,
        **cifras,
    )


def _mediana(participaciones, cuantas):
    """El valor del medio (o el promedio de los dos): ninguno de los dos motores la trae igual."""
    if not cuantas:
        return None
    del_medio = list(
        participaciones.exclude(minutos=None)
        .order_by("minutos")
        .values_list("minutos", flat=True)[(cuantas - 1) // 2 : cuantas // 2 + 1]
    )
    return sum(del_medio) / len(del_medio)


@dataclass(frozen=True, kw_only=True)
class EntidadEnSesion(LoDeUnaEntidad):
    entidad: EntidadTerritorial
    fue_convocada: bool
    bajo_el_minimo: int = 0
    minutos: float | None = None


def entidades_de(sesion: Sesion) -> list[EntidadEnSesion]:
    """Las convocadas, estuvieran o no, y las que llegaron sin convocatoria; por nombre."""
    asistencias = {una.entidad_id: una for una in sesion.asistencias.all()}
    cuentas = {
        fila["entidad"]: fila
        for fila in sesion.participaciones.exclude(entidad=None)
        .exclude(tipo=TipoIdentidad.BOT)
        .values("entidad")
        .annotate(
            personas=Count("pk", filter=Q(cuenta=True)),
            bajo_el_minimo=Count("pk", filter=Q(cuenta=False)),
            minutos=Sum("minutos", filter=Q(cuenta=True)),
        )
        .order_by()
    }
    convocadas = set(sesion.convocatorias.values_list("entidad", flat=True))
    entidades = (
        EntidadTerritorial.objects.filter(pk__in={*convocadas, *cuentas, *asistencias})
        .select_related("departamento")
        .en_orden()
    )
    return [
        EntidadEnSesion(
            entidad=entidad,
            asistencia=asistencias.get(entidad.pk),
            fue_convocada=entidad.pk in convocadas,
            **{
                campo: cuentas[entidad.pk][campo]
                for campo in ("personas", "bajo_el_minimo", "minutos")
                if entidad.pk in cuentas
            },
        )
        for entidad in entidades
    ]


def personas_de(
    sesion: Sesion, entidad: EntidadTerritorial | None = None
) -> QuerySet[Participacion]:
    """La lista de nombres: de toda la sesión o, con `entidad`, solo los suyos."""
    personas = sesion.participaciones.exclude(tipo=TipoIdentidad.BOT).select_related("entidad")
    if entidad is not None:
        personas = personas.filter(entidad=entidad)
    return personas.order_by(F("entidad__nombre_norm").asc(nulls_last=True), "nombre_norm", "pk")
