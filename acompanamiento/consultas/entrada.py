"""Lo que cada quien encuentra al entrar al acompañamiento, y en su portal."""

from dataclasses import dataclass

from django.utils import timezone

from acompanamiento.consultas.compromisos import resumen_de_vencidos
from acompanamiento.consultas.grupos import entidades_de, grupo_de, grupo_propio
from acompanamiento.consultas.reparto import responsables_de
from acompanamiento.consultas.semaforo import TONOS, Luz, cuenta_por_luz, sin_acompanantes
from acompanamiento.models import (
    CifraReportada,
    Compromiso,
    Contacto,
    Grupo,
    Lado,
    Necesidad,
    Padrinazgo,
    VisitaReportada,
)
from cuentas.models import Usuario
from territorio.models import EntidadTerritorial

CUANTOS = 5


@dataclass(frozen=True)
class PanoramaDelMinisterio:
    """Lo de su grupo; para quien no integra ninguno, lo de todos."""

    grupo: Grupo | None
    por_luz: dict[Luz, int]
    vencidos: int
    programados: list[Contacto]

    @property
    def n_entidades(self) -> int:
        return sum(self.por_luz.values())

    @property
    def luces(self) -> list[tuple[Luz, str, int]]:
        """Cada luz, su color y cuántas hay."""
        return [(luz, TONOS[luz], cuantas) for luz, cuantas in self.por_luz.items()]

    @property
    def sin_contacto(self) -> int:
        """Las que piden una llamada: nunca, o hace más de lo que dice la regla."""
        return self.por_luz[Luz.NUNCA] + self.por_luz[Luz.ATRASADA]


def panorama_de(usuario: Usuario) -> PanoramaDelMinisterio:
    grupo = grupo_propio(usuario)
    suyas = entidades_de(grupo).order_by() if grupo else None
    programados = Contacto.objects.filter(
        estado=Contacto.Estado.PROGRAMADO, fecha__gte=timezone.localdate()
    )
    if grupo is not None:
        programados = programados.filter(entidad__in=suyas)
    return PanoramaDelMinisterio(
        grupo=grupo,
        por_luz=cuenta_por_luz(sin_acompanantes(grupo=grupo)),
        vencidos=resumen_de_vencidos(entidades=suyas).vencidos,
        programados=list(
            programados.select_related("entidad").order_by("fecha", "hora_inicio", "pk")[:CUANTOS]
        ),
    )


@dataclass(frozen=True)
class PanoramaDeLaSecretaria:
    grupo: Grupo | None
    responsables: list[Padrinazgo]
    compromisos: list[Compromiso]  # los suyos que vencen primero
    n_compromisos: int
    n_vencidos: int
    proximo: Contacto | None
    por_responder: int  # necesidades en que se le preguntó algo


def panorama_de_la_secretaria(entidad: EntidadTerritorial) -> PanoramaDeLaSecretaria:
    suyos = Compromiso.objects.abiertos().filter(entidad=entidad, lado=Lado.ENTIDAD)
    resumen = resumen_de_vencidos(entidades=[entidad], lado=Lado.ENTIDAD)
    return PanoramaDeLaSecretaria(
        grupo=grupo_de(entidad),
        responsables=responsables_de(entidad),
        compromisos=list(suyos.order_by("vence_el", "pk")[:CUANTOS]),
        n_compromisos=resumen.abiertos,
        n_vencidos=resumen.vencidos,
        proximo=Contacto.objects.filter(
            entidad=entidad,
            estado=Contacto.Estado.PROGRAMADO,
            fecha__gte=timezone.localdate(),
        )
        .order_by("fecha", "hora_inicio", "pk")
        .first(),
        por_responder=Necesidad.objects.abiertas()
        .filter(entidad=entidad, turno=Necesidad.Turno.ENTIDAD)
        .count(),
    )


def titulares(vigencia: int) -> list[CifraReportada]:
    """Lo primero que cada programa de ese año informó, con su fuente. No se suman."""
    return list(
        CifraReportada.objects.filter(
            es_titular=True, valor__isnull=False, programa__vigencia=vigencia
        )
        .select_related("programa")
        .order_by("programa__orden", "programa__nombre", "orden", "clave")
    )


def visitas_reportadas(vigencia: int) -> list[VisitaReportada]:
    return list(
        VisitaReportada.objects.filter(vigencia=vigencia).select_related("entidad").order_by("pk")
    )
