"""Cada secretaría vista desde el acompañamiento: quién la acompaña y qué tiene por delante."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from acompanamiento.consultas.compromisos import ResumenDeVencidos, resumen_de_vencidos
from acompanamiento.consultas.grupos import grupo_de
from acompanamiento.consultas.reparto import responsables_de
from acompanamiento.consultas.semaforo import (
    EnSemaforo,
    con_acompanantes,
    de_una,
    sin_acompanantes,
)
from acompanamiento.models import (
    Contacto,
    Grupo,
    Necesidad,
    Padrinazgo,
    Presencialidad,
    VisitaReportada,
)
from cuentas.models import Usuario
from territorio.models import EntidadTerritorial, Institucion
from territorio.texto import normalizar


@dataclass(frozen=True)
class SecretariaEnLista:
    fila: EnSemaforo
    abiertos: int
    vencidos: int


@dataclass(frozen=True)
class PanoramaDeLaSecretaria:
    """Lo que va al lado de su línea de tiempo."""

    fila: EnSemaforo
    grupo: Grupo | None
    responsables: list[Padrinazgo]
    compromisos: ResumenDeVencidos
    necesidades: int
    proximo: Contacto | None
    presencialidad: Presencialidad | None
    instituciones: int
    visitas_reportadas: list[VisitaReportada]


def secretarias(*, grupo: Grupo | None = None, texto: str = "") -> list[EnSemaforo]:
    """Las vigentes, por su nombre; de las que se muestren, `en_lista` dice lo demás."""
    buscado = normalizar(texto)
    filas = [fila for fila in sin_acompanantes(grupo=grupo) if buscado in fila.entidad.nombre_norm]
    return sorted(filas, key=lambda fila: fila.entidad.nombre_norm)


def en_lista(filas: Sequence[EnSemaforo]) -> list[SecretariaEnLista]:
    """Con quien las acompaña y con lo que se debe entre las dos partes."""
    debido = resumen_de_vencidos(entidades=[fila.entidad.pk for fila in filas])
    return [
        SecretariaEnLista(
            fila, debido.abiertos_de[fila.entidad.pk], debido.vencidos_de[fila.entidad.pk]
        )
        for fila in con_acompanantes(filas)
    ]


def ya_no_certificadas() -> list[EntidadTerritorial]:
    """Cerraron, y su historia se conserva."""
    cerradas = EntidadTerritorial.objects.filter(hasta__lt=timezone.localdate())
    return list(cerradas.en_orden())


def panorama_de_secretaria(
    entidad: EntidadTerritorial, *, usuario: Usuario
) -> PanoramaDeLaSecretaria:
    por_venir = Contacto.objects.visibles_para(usuario).filter(
        entidad=entidad, estado=Contacto.Estado.PROGRAMADO, fecha__gte=timezone.localdate()
    )
    return PanoramaDeLaSecretaria(
        fila=de_una(entidad),
        grupo=grupo_de(entidad),
        responsables=responsables_de(entidad),
        compromisos=resumen_de_vencidos(entidades=[entidad.pk]),
        necesidades=Necesidad.objects.abiertas().filter(entidad=entidad).count(),
        proximo=por_venir.order_by("fecha", "hora_inicio").first(),
        presencialidad=Presencialidad.objects.filter(entidad=entidad).order_by("-fecha").first(),
        instituciones=Institucion.objects.filter(entidad=entidad).count(),
        visitas_reportadas=list(
            VisitaReportada.objects.filter(entidad=entidad).order_by("vigencia")
        ),
    )
