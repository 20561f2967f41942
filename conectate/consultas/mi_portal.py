"""Lo de cada quien al entrar: hoy y esta semana, lo que espera por ella y lo que se perdió."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q
from django.utils import timezone

from conectate.consultas.despues import perdidas_por
from conectate.consultas.presencia import reclamos_pendientes
from conectate.models import (
    Asistencia,
    Convocatoria,
    Entrega,
    Participacion,
    Satisfaccion,
    Sesion,
)
from cuentas.models import Usuario
from territorio.models import EntidadTerritorial
from trabajos.models import Trabajo

UNA_SEMANA = timedelta(days=7)
EN_PIE = [Sesion.Estado.CONVOCADA, Sesion.Estado.REALIZADA]


@dataclass(frozen=True)
class Cita:
    """Una sesión en la agenda de alguien."""

    sesion: Sesion
    convocatoria: Convocatoria | None = None
    esta_presente: bool = False
    # Para el Ministerio: cuántas convocadas y cuántas dijeron que asistirán.
    convocadas: int = 0
    asistiran: int = 0

    def es_de(self, dia: date) -> bool:
        return self.sesion.fecha <= dia <= (self.sesion.fecha_fin or self.sesion.fecha)


def agenda_de(usuario: Usuario, hoy: date | None = None) -> list[Cita]:
    """Lo de hoy y los siete días que siguen, en orden."""
    hoy = hoy or timezone.localdate()
    sesiones = list(
        Sesion.objects.visibles_para(usuario)
        .filter(estado__in=EN_PIE, fecha__lte=hoy + UNA_SEMANA)
        .filter(Q(fecha__gte=hoy) | Q(fecha_fin__gte=hoy))
        .select_related("tipo")
        .order_by("fecha", "hora_inicio", "pk")
    )
    if usuario.es_de_secretaria:
        return _citas_de_la_entidad(sesiones, usuario.entidad)
    cuentas = {
        fila["sesion"]: fila
        for fila in Convocatoria.objects.filter(sesion__in=sesiones)
        .order_by()
        .values("sesion")
        .annotate(convocadas=Count("pk"), asistiran=Count("pk", filter=Q(respuesta="si")))
    }
    nada = {"convocadas": 0, "asistiran": 0}
    return [
        Cita(
            sesion,
            convocadas=cuentas.get(sesion.pk, nada)["convocadas"],
            asistiran=cuentas.get(sesion.pk, nada)["asistiran"],
        )
        for sesion in sesiones
    ]


def _citas_de_la_entidad(sesiones, entidad):
    convocatorias = {
        una.sesion_id: una
        for una in Convocatoria.objects.filter(sesion__in=sesiones, entidad=entidad)
    }
    presentes = set(
        Asistencia.objects.presentes()
        .filter(sesion__in=sesiones, entidad=entidad)
        .values_list("sesion", flat=True)
    )
    return [
        Cita(sesion, convocatorias.get(sesion.pk), sesion.pk in presentes) for sesion in sesiones
    ]


@dataclass(frozen=True)
class PorHacer:
    """Lo que espera al Ministerio. Cero es que no hay nada que hacer."""

    sin_marcar: int
    sin_asistencia: int
    por_identificar: int
    reclamos: int
    sin_cerrar: int
    correos_fallidos: int
    comentarios: int
    borradores: int

    @property
    def total(self) -> int:
        return sum(vars(self).values())


def por_hacer_de(usuario: Usuario) -> PorHacer:
    con_pendiente = Sesion.objects.con_pendiente
    return PorHacer(
        sin_marcar=con_pendiente(Sesion.Pendiente.MARCAR).count(),
        sin_asistencia=con_pendiente(Sesion.Pendiente.CARGAR).count(),
        por_identificar=Participacion.objects.por_revisar().count(),
        reclamos=reclamos_pendientes().count(),
        sin_cerrar=con_pendiente(Sesion.Pendiente.CERRAR).count(),
        correos_fallidos=Entrega.objects.filter(
            correo__trabajo__estado=Trabajo.Estado.FALLIDO
        ).count(),
        comentarios=Satisfaccion.objects.filter(moderacion=Satisfaccion.Moderacion.PENDIENTE)
        .exclude(comentario="")
        .count(),
        borradores=Sesion.objects.filter(estado=Sesion.Estado.BORRADOR, creado_por=usuario).count(),
    )


@dataclass(frozen=True)
class LoSuyo:
    """Lo que espera a una secretaría, y lo que se perdió en su última vigencia con sesiones."""

    sin_responder: list[Convocatoria]
    vigencia: int | None
    perdidas: int
    revisadas: int

    @property
    def por_revisar(self) -> int:
        return self.perdidas - self.revisadas


def lo_suyo_de(entidad: EntidadTerritorial, hoy: date | None = None) -> LoSuyo:
    hoy = hoy or timezone.localdate()
    suyas = entidad.convocatorias.select_related("sesion", "sesion__tipo")
    hechas = suyas.filter(sesion__estado__in=[Sesion.Estado.REALIZADA, Sesion.Estado.CERRADA])
    ultima = hechas.order_by("-sesion__fecha").first()
    vigencia = ultima.sesion.vigencia if ultima else None
    perdidas = perdidas_por(entidad).de_la_vigencia(vigencia or hoy.year)
    return LoSuyo(
        sin_responder=list(
            suyas.filter(
                sesion__estado=Sesion.Estado.CONVOCADA, sesion__fecha__gte=hoy, respuesta=""
            ).order_by("sesion__fecha", "sesion__hora_inicio", "pk")
        ),
        vigencia=vigencia,
        **perdidas.aggregate(
            perdidas=Count("pk"),
            revisadas=Count(
                "pk", filter=Q(pk__in=entidad.puestas_al_dia.order_by().values("sesion"))
            ),
        ),
    )
