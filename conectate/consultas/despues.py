"""Lo que una secretaría se perdió: las sesiones a las que se la convocó y no asistió."""

from collections import Counter
from dataclasses import dataclass, field

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from conectate.consultas.sesiones import hay_asistencia
from conectate.models import Asistencia, Convocatoria, PuestaAlDia, Sesion, TipoSesion
from territorio.models import EntidadTerritorial


@dataclass
class LoPerdido:
    """Cada sesión trae su `puesta` al día, o nada. Revisarla no cambia ninguna cuenta."""

    entidad: EntidadTerritorial
    vigencia: int
    sesiones: list[Sesion] = field(default_factory=list)

    @property
    def por_revisar(self) -> list[Sesion]:
        return [sesion for sesion in self.sesiones if sesion.puesta is None]

    @property
    def revisadas(self) -> list[Sesion]:
        return [sesion for sesion in self.sesiones if sesion.puesta is not None]

    @property
    def claves_revisadas(self) -> set[int]:
        return {sesion.pk for sesion in self.revisadas}

    @property
    def por_tipo(self) -> list[tuple[TipoSesion, int]]:
        """Para leerlas al lado de «x de N»: cuántas de cada tipo."""
        cuentas = Counter(sesion.tipo for sesion in self.sesiones)
        return sorted(cuentas.items(), key=lambda una: (una[0].orden, una[0].nombre))

    def __str__(self):
        perdidas, revisadas = len(self.sesiones), len(self.revisadas)
        return (
            f"{perdidas} que se {'perdió' if perdidas == 1 else 'perdieron'}, "
            f"{revisadas or 'ninguna'} ya revisada{'s' if revisadas > 1 else ''}"
        )


def perdidas_por(entidad: EntidadTerritorial) -> QuerySet[Sesion]:
    """Realizadas, con ella convocada y sin que nadie diga que estuvo. Sin dato no es perdérsela."""
    estuvo = Asistencia.objects.presentes().filter(sesion=OuterRef("pk"), entidad=entidad)
    return Sesion.objects.realizadas().filter(
        hay_asistencia(),
        ~Exists(estuvo),
        pk__in=Convocatoria.objects.filter(entidad=entidad).values("sesion"),
    )


def lo_perdido_por(entidad: EntidadTerritorial, vigencia: int) -> LoPerdido:
    """Las de un año, en orden de fecha, cada una con su puesta al día si la tiene."""
    puestas = {
        puesta.sesion_id: puesta
        for puesta in PuestaAlDia.objects.filter(
            entidad=entidad, sesion__fecha__year=vigencia
        ).select_related("revisada_por")
    }
    sesiones = list(
        perdidas_por(entidad)
        .de_la_vigencia(vigencia)
        .select_related("tipo")
        .annotate(por_identificar=Count("participaciones", filter=~Q(participaciones__grupo="")))
        .order_by("fecha", "hora_inicio", "pk")
    )
    for sesion in sesiones:
        sesion.puesta = puestas.get(sesion.pk)
    return LoPerdido(entidad, vigencia, sesiones)
