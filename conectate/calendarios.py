"""Las sesiones, como las lee un programa de calendario."""

from collections.abc import Iterable

from django.utils.formats import time_format
from django.utils.text import capfirst

from conectate.models import Sesion
from trabajos import calendarios
from trabajos.calendarios import Cita, cuando

ESTADOS = {Sesion.Estado.BORRADOR: "TENTATIVE", Sesion.Estado.CANCELADA: "CANCELLED"}


def calendario_de(
    sesiones: Iterable[Sesion], *, nombre: str, portal: str, con_enlace: bool
) -> bytes:
    """`portal` es su dirección, sin la barra final. `con_enlace`, si quien lee puede asistir."""
    return calendarios.calendario_de(
        (_cita(sesion, portal, con_enlace) for sesion in sesiones),
        nombre=nombre,
        producto="Conéctate con el MEN",
    )


def _cita(sesion, portal, con_enlace):
    se_cancelo = sesion.estado == Sesion.Estado.CANCELADA
    empieza, termina = cuando(sesion.fecha, sesion.fecha_fin, sesion.hora_inicio, sesion.hora_fin)
    direccion = f"{portal}{sesion.get_absolute_url()}"
    return Cita(
        uid=f"sesion-{sesion.pk}",
        titulo=f"Cancelada: {sesion.titulo}" if se_cancelo else sesion.titulo,
        empieza=empieza,
        termina=termina,
        secuencia=sesion.secuencia,
        creada_en=sesion.creado_en,
        cambiada_en=sesion.actualizada_en,
        estado=ESTADOS.get(sesion.estado, "CONFIRMED"),
        lugar=sesion.lugar or capfirst(sesion.get_modalidad_display()),
        categoria=sesion.tipo.nombre,
        direccion=direccion,
        descripcion=_descripcion(sesion, direccion, con_enlace),
    )


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
