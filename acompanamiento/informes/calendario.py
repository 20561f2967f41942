"""El acompañamiento de una persona, como lo lee un programa de calendario.

No lleva notas ni nombres de personas: el archivo queda en otro programa.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from django.utils.text import Truncator, capfirst

from acompanamiento.consultas.calendario import (
    actividades_de,
    compromisos_de,
    contactos_de,
    los_que_supo,
    todo_lo_de,
)
from acompanamiento.models import Actividad, Compromiso, Contacto
from cuentas.models import Usuario
from trabajos.calendarios import Cita, calendario_de, cuando

ATRAS = timedelta(days=90)  # lo anterior se mira en el portal
CANCELADA, FIRME = "CANCELLED", "CONFIRMED"


def ics_de(usuario: Usuario, *, portal: str, hoy: date) -> bytes:
    """Desde el primero de hace tres meses en adelante."""
    return calendario_de(
        _citas(usuario, portal, (hoy - ATRAS).replace(day=1)),
        nombre="Juntos lo Vamos a Lograr",
        producto="Juntos lo Vamos a Lograr",
    )


def _citas(usuario, portal, desde) -> Iterator[Cita]:
    alcance = todo_lo_de(usuario)
    visibles = set(
        contactos_de(alcance, desde).visibles_para(usuario).order_by().values_list("pk", flat=True)
    )
    for contacto in los_que_supo(usuario, contactos_de(alcance, desde)):
        yield _de_contacto(contacto, portal, puede_verlo=contacto.pk in visibles)
    for actividad in actividades_de(alcance, desde):
        yield _de_actividad(actividad, portal)
    for compromiso in compromisos_de(alcance, desde).visibles_para(usuario):
        yield _de_compromiso(compromiso, portal)


def _de_contacto(contacto, portal, *, puede_verlo):
    """Una secretaría ya no ve lo cancelado: se entera de que lo fue, sin más detalle."""
    se_cancelo = contacto.estado == Contacto.Estado.CANCELADO
    que_es = f"{capfirst(contacto.get_canal_display())}: {contacto.entidad}"
    titulo = f"{que_es}, {contacto.asunto}" if puede_verlo else que_es
    enlace = (
        f"{portal}{contacto.get_absolute_url()}" if puede_verlo else f"{portal}/acompanamiento/"
    )
    return _cita(
        contacto,
        "contacto",
        f"Cancelada: {titulo}" if se_cancelo else titulo,
        cuando(contacto.fecha, None, contacto.hora_inicio, contacto.hora_fin),
        enlace,
        lugar=contacto.donde if puede_verlo else "",
        categoria=capfirst(contacto.get_canal_display()),
        estado=CANCELADA if se_cancelo else FIRME,
    )


def _de_actividad(actividad, portal):
    se_cancelo = actividad.estado == Actividad.Estado.CANCELADA
    return _cita(
        actividad,
        "actividad",
        f"Cancelado: {actividad.nombre}" if se_cancelo else actividad.nombre,
        cuando(actividad.desde, actividad.hasta),
        f"{portal}{actividad.get_absolute_url()}",
        antes=f"Por qué: {actividad.motivo_de_cancelacion}" if se_cancelo else "",
        lugar=actividad.donde,
        categoria=actividad.tipo.nombre,
        estado=CANCELADA if se_cancelo else FIRME,
    )


COMO_QUEDO = {
    Compromiso.Estado.CUMPLIDO: "Cumplido: ",
    Compromiso.Estado.SIN_EFECTO: "Sin efecto: ",
}


def _de_compromiso(compromiso, portal):
    sin_efecto = compromiso.estado == Compromiso.Estado.SIN_EFECTO
    return _cita(
        compromiso,
        "compromiso",
        COMO_QUEDO.get(compromiso.estado, "Vence: ") + Truncator(compromiso.texto).chars(120),
        cuando(compromiso.vence_el),
        f"{portal}{compromiso.get_absolute_url()}",
        antes=f"Secretaría: {compromiso.entidad}.",
        categoria="Compromiso",
        estado=CANCELADA if sin_efecto else FIRME,
    )


def _cita(objeto, que_es, titulo, dias, direccion, *, antes="", **datos):
    partes = [
        antes,
        "Es de demostración: no ocurrió." if objeto.es_demostracion else "",
        f"Más en el portal: {direccion}",
    ]
    return Cita(
        uid=f"{que_es}-{objeto.clave}",
        titulo=titulo,
        empieza=dias[0],
        termina=dias[1],
        secuencia=objeto.secuencia,
        creada_en=objeto.creado_en,
        cambiada_en=objeto.actualizado_en,
        direccion=direccion,
        descripcion="\n".join(parte for parte in partes if parte),
        **datos,
    )
