"""El calendario que sale del portal: iCalendar (RFC 5545), para leerlo desde otro programa.

Lo mismo produce siempre los mismos bytes: quien pregunta otra vez recibe «no ha cambiado».
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from icalendar import Calendar, Event, Timezone, TimezoneStandard

BOGOTA = ZoneInfo("America/Bogota")
CADA_CUANTO = timedelta(hours=1)  # cada cuánto conviene volver a leerlo


@dataclass(frozen=True)
class Cita:
    """Algo con día. `uid` no cambia nunca; `secuencia` sube con lo que un calendario debe saber."""

    uid: str
    titulo: str
    empieza: date  # o datetime, si tiene hora
    termina: date | None
    secuencia: int
    creada_en: datetime
    cambiada_en: datetime
    direccion: str
    descripcion: str
    lugar: str = ""
    categoria: str = ""
    estado: str = "CONFIRMED"  # o TENTATIVE, o CANCELLED


def calendario_de(citas: Iterable[Cita], *, nombre: str, producto: str) -> bytes:
    calendario = Calendar()
    calendario.add("prodid", f"-//Escuela Virtual de Secretarías//{producto}//ES")
    calendario.add("version", "2.0")
    calendario.add("calscale", "GREGORIAN")
    calendario.add("method", "PUBLISH")
    calendario.add("x-wr-calname", nombre)
    calendario.add("x-wr-timezone", BOGOTA.key)
    calendario.add("refresh-interval", CADA_CUANTO, parameters={"VALUE": "DURATION"})
    calendario.add("x-published-ttl", "PT1H")
    calendario.add_component(_huso())
    for cita in citas:
        calendario.add_component(_evento(cita))
    return calendario.to_ical()


def cuando(
    fecha: date,
    fecha_fin: date | None = None,
    hora_inicio: time | None = None,
    hora_fin: time | None = None,
) -> tuple[date, date | None]:
    """Con hora, en la de Colombia; sin ella, días enteros (el final no se incluye)."""
    ultimo = fecha_fin or fecha
    if hora_inicio is None or (fecha_fin and hora_fin is None):
        return fecha, ultimo + timedelta(days=1)
    empieza = datetime.combine(fecha, hora_inicio, BOGOTA)
    if hora_fin is None:
        return empieza, None
    return empieza, datetime.combine(ultimo, hora_fin, BOGOTA)


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


def _evento(cita):
    evento = Event()
    evento.add("uid", f"{cita.uid}@{settings.CALENDARIO_DOMINIO}")
    evento.add("sequence", cita.secuencia)
    evento.add("dtstamp", cita.cambiada_en.astimezone(UTC))
    evento.add("created", cita.creada_en.astimezone(UTC))
    evento.add("last-modified", cita.cambiada_en.astimezone(UTC))
    evento.add("status", cita.estado)
    evento.add("summary", cita.titulo)
    evento.add("dtstart", cita.empieza)
    if cita.termina is not None:
        evento.add("dtend", cita.termina)
    if cita.lugar:
        evento.add("location", cita.lugar)
    if cita.categoria:
        evento.add("categories", [cita.categoria])
    evento.add("url", cita.direccion)
    evento.add("description", cita.descripcion)
    return evento
