"""Lo que se pregunta de los compromisos: qué se venció, qué viene y de quién es."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.humanize.templatetags.humanize import intcomma
from django.db.models import Count, Min, Q
from django.utils import timezone

from acompanamiento.models import Compromiso, Lado, Pertenencia
from cuentas.models import Direccion, Usuario
from territorio.models import EntidadTerritorial

DIAS_POR_VENCER = 8
LOS_PRIMEROS = 8  # de cada parte del tablero


@dataclass(frozen=True)
class ResumenDeVencidos:
    """Cuántos, por el número interno de la entidad. La que no está no debe nada."""

    abiertos_de: Counter
    vencidos_de: Counter
    por_vencer_de: Counter

    @property
    def abiertos(self) -> int:
        return self.abiertos_de.total()

    @property
    def vencidos(self) -> int:
        return self.vencidos_de.total()

    @property
    def por_vencer(self) -> int:
        return self.por_vencer_de.total()


def resumen_de_vencidos(
    *,
    entidades: Iterable[EntidadTerritorial] | None = None,
    persona: Usuario | None = None,
    lado: str = "",
    hoy: date | None = None,
) -> ResumenDeVencidos:
    """Abiertos, vencidos y por vencer esta semana, en una consulta.

    `entidades`: solo de esas (una lista o un QuerySet); `persona`: solo lo suyo.
    """
    hoy = hoy or timezone.localdate()
    compromisos = Compromiso.objects.abiertos()
    if entidades is not None:
        compromisos = compromisos.filter(entidad__in=entidades)
    if persona is not None:
        compromisos = compromisos.filter(persona=persona)
    if lado:
        compromisos = compromisos.filter(lado=lado)
    filas = (
        compromisos.order_by()
        .values_list("entidad")
        .annotate(
            abiertos=Count("*"),
            vencidos=Count("vence_el", filter=Q(vence_el__lt=hoy)),
            por_vencer=Count("vence_el", filter=_vence_pronto(hoy)),
        )
    )
    abiertos, vencidos, por_vencer = Counter(), Counter(), Counter()
    for entidad, n, n_vencidos, n_por_vencer in filas:
        abiertos[entidad], vencidos[entidad], por_vencer[entidad] = n, n_vencidos, n_por_vencer
    return ResumenDeVencidos(abiertos, vencidos, por_vencer)


def _vence_pronto(hoy):
    return Q(vence_el__gte=hoy, vence_el__lte=hoy + timedelta(days=DIAS_POR_VENCER))


def cuando_vence(compromiso: Compromiso, hoy: date | None = None) -> str:
    """«venció hace 3 días», «vence mañana»; de lo cerrado, vacío."""
    if not compromiso.esta_abierto:
        return ""
    dias = (compromiso.vence_el - (hoy or timezone.localdate())).days
    match dias:
        case 0:
            return "vence hoy"
        case 1:
            return "vence mañana"
        case -1:
            return "venció ayer"
    return f"vence en {dias} días" if dias > 0 else f"venció hace {-dias} días"


# ── El tablero de lo vencido ──────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Renglon:
    """De quién, cuántos, desde cuándo el más viejo, y con qué filtro se ven."""

    nombre: str
    vencidos: int
    desde: date
    filtro: str

    @property
    def hace(self) -> str:
        dias = (timezone.localdate() - self.desde).days
        return "hace 1 día" if dias == 1 else f"hace {intcomma(dias)} días"

    @property
    def consulta(self) -> str:
        return f"estado=vencidos&{self.filtro}"


@dataclass(frozen=True)
class Parte:
    """Una manera de repartir lo vencido. En el tablero van los primeros; aparte, todos."""

    clave: str
    titulo: str
    columna: str
    renglones: list[Renglon]

    @property
    def primeros(self) -> list[Renglon]:
        return self.renglones[:LOS_PRIMEROS]

    @property
    def hay_mas(self) -> bool:
        return len(self.renglones) > LOS_PRIMEROS


@dataclass(frozen=True)
class Tablero:
    abiertos: int
    vencidos: int
    por_vencer: int
    por_grupo: list[Renglon]
    por_entidad: list[Renglon]
    por_direccion: list[Renglon]
    por_persona: list[Renglon]

    @property
    def partes(self) -> list[Parte]:
        return [
            Parte("grupo", "Por grupo", "Grupo", self.por_grupo),
            Parte("direccion", "Por dirección", "Quién responde", self.por_direccion),
            Parte("secretaria", "Por secretaría", "Secretaría", self.por_entidad),
            Parte("persona", "Por persona", "Responsable", self.por_persona),
        ]


def tablero_de_vencidos(
    *, entidades: Iterable[EntidadTerritorial] | None = None, hoy: date | None = None
) -> Tablero:
    """Una sola pasada por lo abierto; lo demás es repartirlo. El grupo es el de hoy."""
    hoy = hoy or timezone.localdate()
    compromisos = Compromiso.objects.abiertos()
    if entidades is not None:
        compromisos = compromisos.filter(entidad__in=entidades)
    vencio = Q(vence_el__lt=hoy)
    abiertos = list(
        compromisos.order_by()
        .values_list("entidad", "direccion", "persona")
        .annotate(
            vencidos=Count("vence_el", filter=vencio),
            desde=Min("vence_el", filter=vencio),
            abiertos=Count("*"),
            por_vencer=Count("vence_el", filter=_vence_pronto(hoy)),
        )
    )
    filas = [fila[:5] for fila in abiertos if fila[3]]
    grupo_de = dict(Pertenencia.objects.vigentes(hoy).values_list("entidad", "grupo__numero"))
    nombres = {
        "entidad": dict(EntidadTerritorial.objects.values_list("pk", "nombre")),
        "codigo": dict(EntidadTerritorial.objects.values_list("pk", "codigo_dane")),
        "direccion": dict(Direccion.objects.values_list("pk", "nombre")),
        "persona": dict(
            Usuario.objects.filter(pk__in={f[2] for f in filas}).values_list("pk", "nombre")
        ),
    }
    return Tablero(
        abiertos=sum(fila[5] for fila in abiertos),
        vencidos=sum(fila[3] for fila in filas),
        por_vencer=sum(fila[6] for fila in abiertos),
        por_grupo=_reunir(
            filas,
            lambda entidad, *_: grupo_de.get(entidad),
            lambda n: (f"Grupo {n}", f"grupo={n}") if n else ("Sin grupo", "grupo=ninguno"),
        ),
        por_entidad=_reunir(
            filas,
            lambda entidad, *_: entidad,
            lambda pk: (nombres["entidad"][pk], f"entidad={nombres['codigo'][pk]}"),
        ),
        por_direccion=_reunir(
            filas,
            lambda _, direccion, __: direccion,
            lambda pk: (
                (nombres["direccion"][pk], f"direccion={pk}")
                if pk
                else ("Las secretarías", f"lado={Lado.ENTIDAD}")
            ),
        ),
        por_persona=_reunir(
            filas,
            lambda _, __, persona: persona,
            lambda pk: (
                (nombres["persona"][pk], f"persona={pk}")
                if pk
                else ("Sin persona: responde la unidad", "persona=ninguna")
            ),
        ),
    )


def _reunir(filas, de_quien, como_se_llama):
    """Los que más deben, primero."""
    cuantos, desde = Counter(), {}
    for *partes, vencidos, el_mas_viejo in filas:
        quien = de_quien(*partes)
        cuantos[quien] += vencidos
        desde[quien] = min(desde.get(quien, el_mas_viejo), el_mas_viejo)
    renglones = [
        Renglon(nombre, n, desde[quien], filtro)
        for quien, n in cuantos.items()
        for nombre, filtro in [como_se_llama(quien)]
    ]
    return sorted(renglones, key=lambda uno: (-uno.vencidos, uno.desde, uno.nombre))
