"""Los correos que salen de Conéctate: qué se propone decir y cómo llega."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format, time_format
from django.utils.text import Truncator

from conectate.calendarios import calendario_de
from conectate.consultas.calendario import dias_en_palabras
from conectate.consultas.convocatoria import como_se_anuncio
from conectate.models import Mensaje, Sesion
from territorio.models import EntidadTerritorial
from trabajos.correo import CLAVE_UNICA

Clase = Mensaje.Clase

ASUNTOS = {
    Clase.CONVOCATORIA: "Convocatoria: {}",
    Clase.RECORDATORIO: "Recordatorio: {}",
    Clase.CAMBIO: "Cambio en la sesión: {}",
    Clase.CANCELACION: "Sesión cancelada: {}",
}
LARGO_DEL_ASUNTO = Mensaje._meta.get_field("asunto").max_length


def asunto_propuesto(sesion: Sesion, clase: str) -> str:
    return Truncator(ASUNTOS[clase].format(sesion.titulo)).chars(LARGO_DEL_ASUNTO)


def cuerpo_propuesto(sesion: Sesion, clase: str, cambios: list[str] = ()) -> str:
    """Un texto para editar. La fecha, el lugar y cómo responder los pone el correo, al día."""
    datos = {
        "sesion": sesion,
        "cambios": cambios,
        "cuando": cuando(sesion),
        "institucion": settings.INSTITUCION,
    }
    return render_to_string(f"conectate/correos/propuesta_{clase}.txt", datos).strip()


def cuando(sesion: Sesion) -> str:
    """«el viernes 13 de noviembre de 2020, de 9:00 a.m. a 11:00 a.m. (hora de Colombia)»."""
    if sesion.fecha_fin:
        dias = f"del {dias_en_palabras(sesion)}"
    else:
        dias = f"el {date_format(sesion.fecha, 'l')} {dias_en_palabras(sesion)}"
    return f"{dias}, {horas(sesion)}" if sesion.hora_inicio else dias


def horas(sesion: Sesion) -> str:
    desde = time_format(sesion.hora_inicio, "g:i a")
    if sesion.hora_fin is None:
        return f"a las {desde} (hora de Colombia)"
    return f"de {desde} a {time_format(sesion.hora_fin, 'g:i a')} (hora de Colombia)"


def contenido(
    mensaje: Mensaje, entidad: EntidadTerritorial | None = None, *, responde: bool = True
) -> dict:
    """Lo que enseñan el correo y su vista previa. Solo `responde` quien es de una secretaría."""
    sesion = como_se_anuncio(mensaje)
    espera_respuesta = responde and mensaje.clase in (
        Clase.CONVOCATORIA,
        Clase.RECORDATORIO,
        Clase.CAMBIO,
    )
    return {
        "mensaje": mensaje,
        "sesion": sesion,
        "entidad": entidad,
        "institucion": settings.INSTITUCION,
        "cuando": cuando(sesion).removeprefix("el ").removeprefix("del "),
        "enlace_de_la_sesion": settings.DIRECCION_DEL_PORTAL + sesion.get_absolute_url(),
        "enlace_para_responder": settings.DIRECCION_DEL_PORTAL
        + reverse("conectate:responder", args=[sesion.pk])
        if espera_respuesta
        else "",
        "se_cancelo": mensaje.clase == Clase.CANCELACION,
        "lleva_ficha": mensaje.clase != Clase.SATISFACCION,
    }


def correo(mensaje: Mensaje, para: str, entidad: EntidadTerritorial | None):
    """El mismo mensaje para el mismo buzón es siempre el mismo correo: no sale dos veces."""
    datos = contenido(mensaje, entidad, responde=entidad is not None)
    correo = EmailMultiAlternatives(
        mensaje.asunto,
        render_to_string("conectate/correos/mensaje.txt", datos),
        to=[para],
        headers={CLAVE_UNICA: clave_del_correo(mensaje)},
    )
    correo.attach_alternative(
        render_to_string("conectate/correos/mensaje.html", datos), "text/html"
    )
    if datos["lleva_ficha"]:
        correo.attach("sesion.ics", cita_de(mensaje.sesion), "text/calendar")
    return correo


def clave_del_correo(mensaje: Mensaje) -> str:
    return f"mensaje:{mensaje.pk}"


def cita_de(sesion: Sesion) -> str:
    """La sesión para el calendario de quien recibe: otra vez, con su UID, la pone al día."""
    return calendario_de(
        [sesion], nombre=sesion.titulo, portal=settings.DIRECCION_DEL_PORTAL, con_enlace=True
    ).decode()
