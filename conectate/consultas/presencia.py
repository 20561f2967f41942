"""Quién estuvo en una sesión y quién lo dice. Cada origen va aparte y cada entidad, una vez."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from conectate.models import Asistencia, Convocatoria, Reclamo, Sesion
from territorio.models import EntidadTerritorial

Origen = Asistencia.Origen


@dataclass(frozen=True)
class Dicho:
    """Cuántas personas asistieron según alguien, sin lista que las nombre. No se suma a nada."""

    personas: int
    segun: str


def lo_dicho(asistencia: Asistencia) -> Dicho | None:
    """Lo que dijo el primer origen que dio un número; lo de la lista no es un dicho."""
    por_origen = {
        Origen.VENTANA: (asistencia.ventana_personas, "la secretaría"),
        Origen.EQUIPO: (asistencia.registro_personas, "el equipo"),
        Origen.RECLAMADA: (asistencia.reclamada_personas, "su reclamo"),
    }
    for origen in asistencia.origenes:
        personas, segun = por_origen.get(origen, (None, ""))
        if personas is not None:
            return Dicho(personas, segun)
    return None


@dataclass(frozen=True, kw_only=True)
class LoDeUnaEntidad:
    """Su presencia, la diga quien la diga, y cuántas personas suyas cuentan en la lista."""

    asistencia: Asistencia | None = None
    personas: int = 0

    @property
    def estuvo(self) -> bool:
        return self.asistencia is not None and self.asistencia.presente

    @property
    def en_la_lista(self) -> int | None:
        """Presente sin que ninguna lista la nombre es «sin dato», no cero personas."""
        return None if self.estuvo and not self.personas else self.personas

    @property
    def dicho(self) -> Dicho | None:
        return lo_dicho(self.asistencia) if self.estuvo and not self.personas else None

    @property
    def origenes(self) -> str:
        """«en la ventana, importada»."""
        return ", ".join(o.label for o in self.asistencia.origenes) if self.asistencia else ""

    @property
    def discrepa(self) -> bool:
        return self.asistencia is not None and self.asistencia.discrepa


@dataclass(frozen=True)
class CifrasPorOrigen:
    """`presentes` son las convocadas que estuvieron: la suma de `por_origen`."""

    convocadas: int
    presentes: int
    por_origen: dict[str, int]
    con_varios: int
    discrepancias: int
    no_convocadas: int

    @property
    def renglones(self) -> list[tuple[str, int]]:
        return [(Origen(origen).label, n) for origen, n in self.por_origen.items()]


def cifras_por_origen(sesion: Sesion) -> CifrasPorOrigen:
    """Dos consultas. Cada convocada se cuenta una vez, por el primer origen que lo dice."""
    convocadas = set(sesion.convocatorias.values_list("entidad", flat=True))
    asistencias = list(sesion.asistencias.all())
    presentes = [una for una in asistencias if una.presente]
    contadas = [una for una in presentes if una.entidad_id in convocadas]
    cuenta = Counter(una.origen for una in contadas)
    return CifrasPorOrigen(
        convocadas=len(convocadas),
        presentes=len(contadas),
        por_origen={origen.value: cuenta[origen] for origen in Origen},
        con_varios=sum(len(una.origenes) > 1 for una in contadas),
        discrepancias=sum(una.discrepa for una in asistencias),
        no_convocadas=len(presentes) - len(contadas),
    )


# ── La ventana ────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Ventana:
    """Cuándo puede una secretaría declararse presente: un tramo por día. Basta una vez."""

    tramos: list[tuple[datetime, datetime]]

    def esta_abierta(self, ahora: datetime) -> bool:
        return any(abre <= ahora <= cierra for abre, cierra in self.tramos)

    def ya_paso(self, ahora: datetime) -> bool:
        return ahora > self.cierra

    def proxima(self, ahora: datetime) -> datetime | None:
        """Cuándo vuelve a abrir, si está por abrir."""
        return next((abre for abre, _ in self.tramos if abre > ahora), None)

    def del_momento(self, ahora: datetime) -> datetime | None:
        """Cuándo cierra el tramo que está abierto."""
        return next((cierra for abre, cierra in self.tramos if abre <= ahora <= cierra), None)

    @property
    def cierra(self) -> datetime:
        return self.tramos[-1][1]


def ventana_de(sesion: Sesion) -> Ventana | None:
    """Sin hora de inicio y de finalización no se sabe cuándo abrir: no hay ventana."""
    if sesion.hora_inicio is None or sesion.hora_fin is None:
        return None
    margen = timedelta(minutes=sesion.tolerancia)
    ultimo = sesion.fecha_fin or sesion.fecha

    def tramo(desde, hasta):
        abre = timezone.make_aware(datetime.combine(desde, sesion.hora_inicio))
        cierra = timezone.make_aware(datetime.combine(hasta, sesion.hora_fin))
        return abre - margen, cierra + margen

    if sesion.hora_fin <= sesion.hora_inicio:  # empieza una tarde y acaba otra mañana
        return Ventana([tramo(sesion.fecha, ultimo)])
    dias = (ultimo - sesion.fecha).days + 1
    fechas = [sesion.fecha + timedelta(days=n) for n in range(dias)]
    return Ventana([tramo(dia, dia) for dia in fechas])


def ya_termino(sesion: Sesion, ahora: datetime) -> bool:
    ventana = ventana_de(sesion)
    if ventana is not None:
        return ventana.ya_paso(ahora)
    return (sesion.fecha_fin or sesion.fecha) < timezone.localdate(ahora)


# ── Lo de una secretaría ──────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, kw_only=True)
class MiPresencia(LoDeUnaEntidad):
    """Lo que una convocada puede hacer en una sesión, y lo que ya se sabe de ella."""

    sesion: Sesion
    ventana: Ventana | None
    ahora: datetime
    reclamo: Reclamo | None = None
    alguien_registro: bool = False

    @property
    def admite(self) -> bool:
        return self.sesion.estado in (Sesion.Estado.CONVOCADA, Sesion.Estado.REALIZADA)

    @property
    def se_declaro(self) -> bool:
        return self.asistencia is not None and self.asistencia.ventana_en is not None

    @property
    def puede_declararse(self) -> bool:
        abierta = self.ventana is not None and self.ventana.esta_abierta(self.ahora)
        return abierta and self.admite and not self.se_declaro

    @property
    def cierra_en(self) -> datetime | None:
        return self.ventana and self.ventana.del_momento(self.ahora)

    @property
    def abre_en(self) -> datetime | None:
        """Solo si está por abrir y sirve esperarla."""
        if self.ventana is None or not self.admite or self.ventana.esta_abierta(self.ahora):
            return None
        return self.ventana.proxima(self.ahora)

    @property
    def termino(self) -> bool:
        return ya_termino(self.sesion, self.ahora)

    @property
    def reclamo_pendiente(self) -> bool:
        return self.reclamo is not None and self.reclamo.estado == Reclamo.Estado.PENDIENTE

    @property
    def puede_reclamar(self) -> bool:
        return (
            self.admite
            and self.termino
            and self.alguien_registro
            and not self.estuvo
            and not self.reclamo_pendiente
        )


def mi_presencia(
    sesion: Sesion, entidad: EntidadTerritorial, ahora: datetime | None = None
) -> MiPresencia | None:
    """Cuatro consultas. None si no se la convocó: no tiene qué declarar ni qué reclamar."""
    if not Convocatoria.objects.filter(sesion=sesion, entidad=entidad).exists():
        return None
    asistencia = sesion.asistencias.filter(entidad=entidad).first()
    return MiPresencia(
        sesion=sesion,
        asistencia=asistencia,
        personas=asistencia.importadas if asistencia else 0,
        ventana=ventana_de(sesion),
        ahora=ahora or timezone.now(),
        reclamo=sesion.reclamos.filter(entidad=entidad).last(),
        alguien_registro=sesion.asistencias.exists(),
    )


# ── Lo del equipo ─────────────────────────────────────────────────────────────────────────────


def convocadas_en_orden(sesion: Sesion) -> QuerySet[EntidadTerritorial]:
    """El orden de la rejilla y de la hoja: quien las tiene delante pasa de una a otra."""
    return (
        EntidadTerritorial.objects.filter(convocatorias__sesion=sesion)
        .select_related("departamento")
        .order_by("departamento__nombre_norm", "nombre_norm")
    )


def reclamos_de(sesion: Sesion) -> QuerySet[Reclamo]:
    return sesion.reclamos.select_related("entidad", "resuelto_por")


def reclamos_pendientes() -> QuerySet[Reclamo]:
    """Los que se pueden responder: de una sesión cerrada, ya no."""
    return Reclamo.objects.filter(
        estado=Reclamo.Estado.PENDIENTE,
        sesion__estado__in=[Sesion.Estado.CONVOCADA, Sesion.Estado.REALIZADA],
    ).select_related("entidad", "sesion")
