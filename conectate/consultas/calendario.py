"""El calendario: qué sesiones tocan un día, un mes o un año. Cada quien, las que puede ver."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet
from django.utils.formats import number_format

from conectate.models import Sesion, TipoSesion
from trabajos import almanaque
from trabajos.almanaque import Dia, fin_de_mes

EN_ORDEN = (F("fecha").asc(), F("hora_inicio").asc(nulls_last=True), F("pk").asc())
AL_REVES = (F("fecha").desc(), F("hora_inicio").desc(nulls_last=True), F("pk").desc())


# ── Cuáles ────────────────────────────────────────────────────────────────────────────────────


def para_el_calendario(sesiones: QuerySet[Sesion]) -> QuerySet[Sesion]:
    """Con lo que un renglón enseña, en el orden en que ocurren."""
    return sesiones.select_related("tipo").order_by(*EN_ORDEN)


def que_tocan(sesiones: QuerySet[Sesion], desde: date, hasta: date) -> QuerySet[Sesion]:
    """Las que tienen algún día entre esas dos fechas, también si empezaron antes."""
    return sesiones.filter(
        Q(fecha__gte=desde) | Q(fecha_fin__gte=desde),
        fecha__lte=hasta,
    )


def desde_hoy(sesiones: QuerySet[Sesion], hoy: date) -> QuerySet[Sesion]:
    return sesiones.filter(Q(fecha__gte=hoy) | Q(fecha_fin__gte=hoy)).order_by(*EN_ORDEN)


def antes_de_hoy(sesiones: QuerySet[Sesion], hoy: date) -> QuerySet[Sesion]:
    """Las que ya terminaron; la última, primero."""
    terminadas = sesiones.filter(Q(fecha_fin__isnull=True) | Q(fecha_fin__lt=hoy), fecha__lt=hoy)
    return terminadas.order_by(*AL_REVES)


def vecinas(sesiones: QuerySet[Sesion], desde: date, hasta: date) -> list[Sesion]:
    """La última antes y la primera después: a dónde ir desde un mes o un año vacío."""
    antes = sesiones.filter(fecha__lt=desde).order_by(*AL_REVES).first()
    despues = sesiones.filter(fecha__gt=hasta).order_by(*EN_ORDEN).first()
    return [sesion for sesion in (antes, despues) if sesion is not None]


# ── Cómo se reparten ──────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Cuenta:
    """Las sesiones y, sin sumarlas, lo que se cuenta aparte. Lo cancelado no se cuenta."""

    sesiones: int
    aparte: int

    @classmethod
    def de(cls, sesiones: list[Sesion]) -> "Cuenta":
        aparte = [
            sesion.tipo.conteo == TipoSesion.Conteo.APARTE
            for sesion in sesiones
            if sesion.estado != Sesion.Estado.CANCELADA
        ]
        return cls(sesiones=aparte.count(False), aparte=aparte.count(True))

    def __str__(self):
        partes = []
        if self.sesiones or not self.aparte:
            cuantas = number_format(self.sesiones, force_grouping=True)
            partes.append("1 sesión" if self.sesiones == 1 else f"{cuantas} sesiones")
        if self.aparte:
            una = "actividad que se cuenta" if self.aparte == 1 else "actividades que se cuentan"
            partes.append(f"{self.aparte} {una} aparte")
        return " y ".join(partes)


def cuenta_de(sesiones: QuerySet[Sesion]) -> Cuenta:
    """La de una lista entera, sin traerla."""
    aparte = Q(tipo__conteo=TipoSesion.Conteo.APARTE)
    return Cuenta(
        **sesiones.order_by().aggregate(
            sesiones=Count("pk", filter=~aparte), aparte=Count("pk", filter=aparte)
        )
    )


@dataclass(frozen=True)
class Mes:
    primero: date
    sesiones: list[Sesion]

    @property
    def cuenta(self) -> Cuenta:
        return Cuenta.de(self.sesiones)


def ultimo_dia(sesion: Sesion) -> date:
    return sesion.fecha_fin or sesion.fecha


def semanas_de(primero: date, sesiones: list[Sesion], hoy: date) -> list[list[Dia]]:
    """El mes por semanas, cada día con las suyas."""
    return almanaque.semanas_de(
        primero, sesiones, hoy, dias_de=lambda sesion: (sesion.fecha, ultimo_dia(sesion))
    )


def meses_de(vigencia: int, sesiones: list[Sesion]) -> list[Mes]:
    """Los doce meses. Una sesión sale en cada mes que toca."""
    primeros = [date(vigencia, mes, 1) for mes in range(1, 13)]
    return [
        Mes(
            primero,
            [s for s in sesiones if s.fecha <= fin_de_mes(primero) and ultimo_dia(s) >= primero],
        )
        for primero in primeros
    ]


# ── Cómo se dicen ─────────────────────────────────────────────────────────────────────────────


def dias_en_palabras(sesion: Sesion) -> str:
    """«13 de noviembre de 2020», «23 al 25 de enero de 2020»."""
    return almanaque.dias_en_palabras(sesion.fecha, sesion.fecha_fin)
