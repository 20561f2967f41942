"""El calendario del acompañamiento: visitas, reuniones, talleres y lo que vence.

Lo que ya pasó es del grupo que acompañaba ese día; lo que viene, del de hoy.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.text import Truncator, capfirst

from acompanamiento.consultas.grupos import grupos_de
from acompanamiento.models import (
    Actividad,
    Cobertura,
    Compromiso,
    Contacto,
    Envio,
    Grupo,
    Padrinazgo,
    ParticipanteDelMinisterio,
    Pertenencia,
)
from cuentas.models import Usuario
from territorio.models import EntidadTerritorial
from trabajos import almanaque
from trabajos.almanaque import Dia

CON_ESPACIO_EN_LA_AGENDA = (*Contacto.CANALES_DE_VISITA, Contacto.Canal.REUNION_VIRTUAL)
VENCEN_A_LA_VISTA = 2  # en la casilla de un día; los demás, en la lista


# ── De quién ──────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Alcance:
    """De quién es el calendario: qué le toca de cada cosa. Se suman con `|`."""

    contactos: Q
    actividades: Q
    compromisos: Q

    def __or__(self, otro: "Alcance") -> "Alcance":
        return Alcance(
            self.contactos | otro.contactos,
            self.actividades | otro.actividades,
            self.compromisos | otro.compromisos,
        )


def del_grupo(grupo: Grupo) -> Alcance:
    suyas = Pertenencia.objects.vigentes().filter(grupo=grupo).values("entidad")
    por_venir = Q(estado=Contacto.Estado.PROGRAMADO)
    return Alcance(
        contactos=(Q(grupo=grupo) & ~por_venir) | (por_venir & Q(entidad__in=suyas)),
        actividades=_que_llegan_a(suyas),
        compromisos=Q(entidad__in=suyas),
    )


def de_la_persona(usuario: Usuario) -> Alcance:
    """Donde estuvo o va a estar, lo que está a su nombre y lo de las que apadrina."""
    apadrinadas = Padrinazgo.objects.vigentes().filter(persona=usuario).values("entidad")
    donde_esta = ParticipanteDelMinisterio.objects.filter(persona=usuario).values("contacto")
    return Alcance(
        contactos=Q(pk__in=donde_esta)
        | Q(estado=Contacto.Estado.PROGRAMADO, entidad__in=apadrinadas),
        actividades=_que_llegan_a(apadrinadas),
        compromisos=Q(persona=usuario) | Q(entidad__in=apadrinadas),
    )


def de_la_entidad(entidad: EntidadTerritorial) -> Alcance:
    return Alcance(
        contactos=Q(entidad=entidad),
        actividades=_que_llegan_a([entidad.pk]),
        compromisos=Q(entidad=entidad),
    )


def todo_lo_de(usuario: Usuario) -> Alcance:
    """Lo que alguien lleva a su propio calendario: lo suyo y lo de sus grupos."""
    if usuario.es_de_secretaria:
        return de_la_entidad(usuario.entidad)
    return reduce(or_, map(del_grupo, grupos_de(usuario)), de_la_persona(usuario))


def _que_llegan_a(entidades):
    return Q(pk__in=Cobertura.objects.filter(entidad__in=entidades).values("actividad"))


# ── Qué ───────────────────────────────────────────────────────────────────────────────────────


def contactos_de(alcance: Alcance, desde: date, hasta: date | None = None) -> QuerySet[Contacto]:
    """Visitas y reuniones; una llamada o un correo, solo si está por venir."""
    return _entre(
        Contacto.objects.filter(alcance.contactos, fecha__gte=desde)
        .filter(Q(canal__in=CON_ESPACIO_EN_LA_AGENDA) | Q(estado=Contacto.Estado.PROGRAMADO))
        .select_related("entidad"),
        "fecha",
        hasta,
    ).order_by("fecha", "pk")


def los_que_supo(usuario: Usuario, contactos: QuerySet[Contacto]) -> QuerySet[Contacto]:
    """Sin borradores. Una secretaría se entera de lo cancelado si antes lo pudo ver."""
    contactos = contactos.exclude(estado=Contacto.Estado.BORRADOR)
    if usuario.es_del_ministerio:
        return contactos
    lo_vio = Envio.objects.filter(
        estado=Envio.Estado.ACEPTADO,
        clase="contacto",
        clave=OuterRef("clave"),
        cuerpo__estado__in=[Contacto.Estado.PROGRAMADO, Contacto.Estado.COMPLETO],
    )
    return contactos.filter(~Q(estado=Contacto.Estado.CANCELADO) | Exists(lo_vio))


def actividades_de(alcance: Alcance, desde: date, hasta: date | None = None) -> QuerySet[Actividad]:
    """También las que empezaron antes y aún no terminan."""
    return _entre(
        Actividad.objects.filter(
            alcance.actividades, Q(desde__gte=desde) | Q(hasta__gte=desde)
        ).select_related("tipo"),
        "desde",
        hasta,
    ).order_by("desde", "pk")


def compromisos_de(
    alcance: Alcance, desde: date, hasta: date | None = None
) -> QuerySet[Compromiso]:
    return _entre(
        Compromiso.objects.filter(alcance.compromisos, vence_el__gte=desde).select_related(
            "entidad", "direccion", "dependencia"
        ),
        "vence_el",
        hasta,
    ).order_by("vence_el", "pk")


def _entre(consulta, campo, hasta):
    return consulta if hasta is None else consulta.filter(**{f"{campo}__lte": hasta})


# ── Como se leen ──────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Cita:
    """Un renglón del calendario, venga de donde venga."""

    clase: str  # «visita», «reunion», «taller» o «vencimiento»
    desde: date
    hasta: date
    titulo: str
    detalle: str
    url: str
    hora: time | None = None
    estado: str = ""  # solo si no es lo corriente: cancelada, borrador
    se_cancelo: bool = False
    motivo: str = ""  # por qué se canceló


def citas_de(
    usuario: Usuario, alcance: Alcance, desde: date, hasta: date, *, solo: str = ""
) -> list[Cita]:
    """Las de esos días que esa persona puede ver, en orden. `solo`: las de una clase."""
    citas = []
    if solo in ("", "visita", "reunion"):
        contactos = contactos_de(alcance, desde, hasta).visibles_para(usuario)
        citas += [_de_contacto(uno, usuario) for uno in contactos]
    if solo in ("", "taller"):
        citas += [_de_actividad(una) for una in actividades_de(alcance, desde, hasta)]
    if solo in ("", "vencimiento"):
        abiertos = compromisos_de(alcance, desde, hasta).visibles_para(usuario).abiertos()
        citas += [_de_compromiso(uno, usuario) for uno in abiertos]
    return sorted(
        (cita for cita in citas if solo in ("", cita.clase)),
        key=lambda cita: (cita.desde, cita.clase == "vencimiento", cita.hora or time.max),
    )


def _de_contacto(contacto, usuario):
    canal = capfirst(contacto.get_canal_display())
    de_quien = f"{canal}: {contacto.entidad}" if usuario.es_del_ministerio else canal
    corriente = contacto.estado in (Contacto.Estado.PROGRAMADO, Contacto.Estado.COMPLETO)
    return Cita(
        clase="visita" if contacto.es_visita else "reunion",
        desde=contacto.fecha,
        hasta=contacto.fecha,
        hora=contacto.hora_inicio,
        titulo=de_quien,
        detalle=contacto.asunto,
        url=contacto.get_absolute_url(),
        estado="" if corriente else contacto.get_estado_display(),
        se_cancelo=contacto.estado == Contacto.Estado.CANCELADO,
        motivo=contacto.motivo_de_cancelacion,
    )


def _de_actividad(actividad):
    se_cancelo = actividad.estado == Actividad.Estado.CANCELADA
    return Cita(
        clase="taller",
        desde=actividad.desde,
        hasta=actividad.hasta or actividad.desde,
        titulo=actividad.nombre,
        detalle=actividad.tipo.nombre,
        url=actividad.get_absolute_url(),
        estado=actividad.get_estado_display() if se_cancelo else "",
        se_cancelo=se_cancelo,
        motivo=actividad.motivo_de_cancelacion,
    )


def _de_compromiso(compromiso, usuario):
    return Cita(
        clase="vencimiento",
        desde=compromiso.vence_el,
        hasta=compromiso.vence_el,
        titulo=Truncator(compromiso.texto).chars(70),
        detalle=f"Vence · {_quien_responde(compromiso, usuario)}",
        url=compromiso.get_absolute_url(),
        estado="vencido" if compromiso.esta_vencido else "",
    )


def _quien_responde(compromiso, usuario):
    """La unidad; y de qué secretaría se trata, si no lo dice y quien lee ve varias."""
    unidad = compromiso.direccion or compromiso.dependencia
    if unidad is None:
        return f"Secretaría de {compromiso.entidad}"
    return f"{compromiso.entidad} · {unidad}" if usuario.es_del_ministerio else str(unidad)


# ── Por días ──────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Casilla:
    """Un día del mes: lo que ocurre, y unos pocos vencimientos; de los demás, cuántos son."""

    dia: Dia
    citas: list[Cita]
    demas: int


def casillas_de(primero: date, citas: Iterable[Cita], hoy: date) -> list[list[Casilla]]:
    semanas = almanaque.semanas_de(
        primero, citas, hoy, dias_de=lambda cita: (cita.desde, cita.hasta)
    )
    return [[_casilla(dia) for dia in semana] for semana in semanas]


def _casilla(dia):
    vencen = [cita for cita in dia.cosas if cita.clase == "vencimiento"]
    sobran = vencen[VENCEN_A_LA_VISTA:] if len(vencen) > VENCEN_A_LA_VISTA + 1 else []
    visibles = dia.cosas[: len(dia.cosas) - len(sobran)]  # los vencimientos van al final
    return Casilla(dia, visibles, len(sobran))


def por_dias(citas: Iterable[Cita], primero: date) -> list[tuple[date, list[Cita]]]:
    """Cada día con lo suyo; lo que empezó otro mes va con el primer día."""
    dias = {}
    for cita in citas:
        dias.setdefault(max(cita.desde, primero), []).append(cita)
    return sorted(dias.items())


def cuantas(citas: Iterable[Cita]) -> dict[str, int]:
    """Por clase, sin sumarlas: una visita no es un vencimiento. Lo cancelado no se cuenta."""
    cuentas = {"visita": 0, "reunion": 0, "taller": 0, "vencimiento": 0}
    for cita in citas:
        cuentas[cita.clase] += not cita.se_cancelo
    return cuentas
