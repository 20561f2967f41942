"""El calendario que sale del portal: iCalendar (RFC 5545), para leerlo desde otro programa.

Lo mismo produce siempre los mismos bytes: quien pregunta otra vez recibe «no ha cambiado».
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.formats import time_format
from django.utils.text import capfirst
from icalendar import Calendar, Event, Timezone, TimezoneStandard

from conectate.models import Sesion

BOGOTA = ZoneInfo("America/Bogota")
CADA_CUANTO = timedelta(hours=1)  # cada cuánto conviene volver a leerlo
ESTADOS = {Sesion.Estado.BORRADOR: "TENTATIVE", Sesion.Estado.CANCELADA: "CANCELLED"}


def calendario_de(
    sesiones: Iterable[Sesion], *, nombre: str, portal: str, con_enlace: bool
) -> bytes:
    """`portal` es su dirección, sin la barra final. `con_enlace`, si quien lee puede asistir."""
    calendario = Calendar()
    calendario.add("prodid", "-//Escuela Virtual de Secretarías//Conéctate con el MEN//ES")
    calendario.add("version", "2.0")
    calendario.add("calscale", "GREGORIAN")
    calendario.add("method", "PUBLISH")
    calendario.add("x-wr-calname", nombre)
    calendario.add("x-wr-timezone", BOGOTA.key)
    calendario.add("refresh-interval", CADA_CUANTO, parameters={"VALUE": "DURATION"})
    calendario.add("x-published-ttl", "PT1H")
    calendario.add_component(_huso())
    for sesion in sesiones:
        calendario.add_component(_cita(sesion, portal, con_enlace))
    return calendario.to_ical()


def _huso():
    """Colombia no cambia la hora desde 1993: una sola regla."""
    huso, hora = Timezone(), TimezoneStandard()
    huso.add("tzid", BOGOTA.key)
    hora.add("dtstart", datetime(1993, 4, 4))
    hora.add("tzoffsetfrom", timedelta(hours=-5))
    hora.add("tzoffsetto", timedelta(hours=-5))
    hora.add("tzname", "-05")
    huso.add_component(hora)
    return huso


def _cita(sesion, portal, con_enlace):
    cita = Event()
    cita.add("uid", f"sesion-{sesion.pk}@{settings.CALENDARIO_DOMINIO}")
    cita.add("sequence", sesion.secuencia)
    cita.add("dtstamp", sesion.actualizada_en.astimezone(UTC))
    cita.add("created", sesion.creado_en.astimezone(UTC))
    cita.add("last-modified", sesion.actualizada_en.astimezone(UTC))
    cita.add("status", ESTADOS.get(sesion.estado, "CONFIRMED"))
    se_cancelo = sesion.estado == Sesion.Estado.CANCELADA
    cita.add("summary", f"Cancelada: {sesion.titulo}" if se_cancelo else sesion.titulo)
    empieza, termina = _cuando(sesion)
    cita.add("dtstart", empieza)
    if termina is not None:
        cita.add("dtend", termina)
    cita.add("location", sesion.lugar or capfirst(sesion.get_modalidad_display()))
    cita.add("categories", [sesion.tipo.nombre])
    direccion = f"{portal}{sesion.get_absolute_url()}"
    cita.add("url", direccion)
    cita.add("description", _descripcion(sesion, direccion, con_enlace))
    return cita


def _cuando(sesion) -> tuple[date, date | None]:
    """Con hora, en la de Colombia; sin ella, días enteros (el final no se incluye)."""
    ultimo = sesion.fecha_fin or sesion.fecha
    if sesion.hora_inicio is None or (sesion.fecha_fin and sesion.hora_fin is None):
        return sesion.fecha, ultimo + timedelta(days=1)
    empieza = datetime.combine(sesion.fecha, sesion.hora_inicio, BOGOTA)
    if sesion.hora_fin is None:
        return empieza, None
    return empieza, datetime.combine(ultimo, sesion.hora_fin, BOGOTA)


def _descripcion(sesion, direccion, con_enlace):
    parrafos = [
        f"{sesion.tipo.nombre}, {sesion.get_modalidad_display()}.",
        _horas(sesion),
        "Es de demostración: no ocurrió." if sesion.es_demostracion else "",
        sesion.descripcion,
    ]
    if con_enlace and sesion.enlace and sesion.estado == Sesion.Estado.CONVOCADA:
        parrafos.append(f"Entrar a la reunión: {sesion.enlace}")
    parrafos.append(f"Más en el portal: {direccion}")
    return "\n".join(parrafo for parrafo in parrafos if parrafo)


def _horas(sesion):
    if sesion.hora_inicio is None:
        return ""
    desde = time_format(sesion.hora_inicio, "g:i a")
    if sesion.hora_fin is None:
        return f"A las {desde}, hora de Colombia."
    return f"De {desde} a {time_format(sesion.hora_fin, 'g:i a')}, hora de Colombia."
