"""La encuesta: responderla una vez, leer lo escrito y pedir que se envíe."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from conectate.avisos import clave_del_correo
from conectate.consultas.satisfaccion import (
    YA_RESPONDIO,
    cierra_el,
    con_correo,
    exigir_encuesta_abierta,
    firmar_testigo,
)
from conectate.models import Entrega, Mensaje, Satisfaccion, Sesion
from cuentas.bitacora import anotar
from cuentas.models import Usuario
from trabajos.acciones import encolar
from trabajos.correo import CLAVE_UNICA
from trabajos.horas_habiles import proxima_hora_habil
from trabajos.models import Correo

POR_TANDA = 50  # en SQLite, una transacción larga detiene a los demás

# ── Responder y leer ──────────────────────────────────────────────────────────────────────────


@transaction.atomic
def responder(*, sesion: Sesion, huella: str, **respuestas) -> Satisfaccion:
    """Sin nombre y sin bitácora: nadie debe poder saber quién fue. Una vez por asistente."""
    exigir_encuesta_abierta(sesion)
    exigir_sin_responder(sesion, huella)
    try:
        with transaction.atomic():
            return Satisfaccion.objects.create(sesion=sesion, testigo=huella, **respuestas)
    except IntegrityError:
        raise ValidationError(YA_RESPONDIO, code="ya_respondio") from None


def exigir_sin_responder(sesion: Sesion, huella: str) -> None:
    if sesion.satisfacciones.filter(testigo=huella).exists():
        raise ValidationError(YA_RESPONDIO, code="ya_respondio")


@transaction.atomic
def moderar(*, respuesta: Satisfaccion, moderacion: str, por: Usuario) -> None:
    """Mostrar u ocultar lo escrito. Se puede cambiar; el texto no va a la bitácora."""
    antes, respuesta.moderacion = respuesta.moderacion, moderacion
    respuesta.moderada_por, respuesta.moderada_en = por, timezone.now()
    respuesta.save(update_fields=["moderacion", "moderada_por", "moderada_en"])
    anotar(
        por=por,
        verbo="moderó un comentario de la encuesta",
        objeto=respuesta.sesion,
        antes={"moderacion": antes},
        despues={"moderacion": moderacion},
        detalle={"respuesta": respuesta.pk},
    )


# ── Enviarla ──────────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def pedir_envio(*, sesion: Sesion, por: Usuario) -> Mensaje:
    """A cada asistente con correo, su enlace. Repetirlo solo alcanza a quienes llegaron después."""
    exigir_encuesta_abierta(sesion)
    if not con_correo(sesion).exists():
        raise ValidationError(
            "Ningún asistente de esta sesión tiene correo. Cargue la lista de asistencia o "
            "muestre el código en la pantalla.",
            code="sin_correos",
        )
    sale_en = proxima_hora_habil()
    mensaje, _ = Mensaje.objects.get_or_create(
        clave_unica=f"satisfaccion:{sesion.pk}",
        defaults={
            "sesion": sesion,
            "clase": Mensaje.Clase.SATISFACCION,
            "asunto": f"¿Qué tal estuvo «{' '.join(sesion.titulo.split())}»?"[:150],
            "cuerpo": _cuerpo(sesion, "(un enlace distinto para cada asistente)")[:5000],
            "sale_en": sale_en,
            "creado_por": por,
        },
    )
    encolar(
        "conectate.enviar_satisfaccion",
        por=por,
        parametros={"mensaje_id": mensaje.pk},
        titulo=f"Enviar la encuesta: {sesion.titulo}",
        clave_unica=mensaje.clave_unica,
        no_antes_de=sale_en,
    )
    anotar(por=por, verbo="pidió enviar la encuesta de satisfacción", objeto=sesion)
    return mensaje


def enviar(mensaje: Mensaje, tarea) -> None:
    """Un correo por asistente en el buzón, por tandas. Repetirlo sigue donde quedó."""
    sale_en = proxima_hora_habil()
    if sale_en > timezone.now():
        cuando = date_format(sale_en, r"j \d\e F, g:i a")
        tarea.aplazar(hasta=sale_en, mensaje=f"Sale el {cuando} (hora de Colombia).")
        return
    exigir_encuesta_abierta(mensaje.sesion)
    ya_tienen = set(mensaje.entregas.values_list("para", flat=True))
    todas = {una.correo.lower(): una for una in con_correo(mensaje.sesion)}
    faltan = [(para, una) for para, una in todas.items() if para not in ya_tienen]
    for desde in range(0, len(faltan), POR_TANDA):
        tarea.avanzar(desde, total=len(faltan), paso="Escribiendo los correos")
        _dejar_en_el_buzon(mensaje, faltan[desde : desde + POR_TANDA])
    with tarea.cierre() as cierre:
        n = len(faltan)
        cierre.mensaje = "Se dejó 1 correo." if n == 1 else f"Se dejaron {n} correos."


@transaction.atomic
def _dejar_en_el_buzon(mensaje, tanda):
    clave = clave_del_correo(mensaje)
    get_connection().send_messages([_correo(mensaje, para, una.clave) for para, una in tanda])
    claves = {f"{clave}:{para}": (para, una) for para, una in tanda}
    dejados = {
        guardado.clave_unica: guardado
        for guardado in Correo.objects.filter(clave_unica__in=claves).defer("mensaje")
    }
    Entrega.objects.bulk_create(
        [
            Entrega(
                mensaje=mensaje, para=para, entidad_id=una.entidad_id, correo=dejados.get(clave)
            )
            for clave, (para, una) in claves.items()
        ],
        ignore_conflicts=True,  # otro trabajador llegó antes con la misma tanda
    )


def _correo(mensaje, para, quien):
    sesion = mensaje.sesion
    ruta = reverse("conectate:satisfaccion", args=[firmar_testigo(sesion, quien)])
    enlace = settings.DIRECCION_DEL_PORTAL + ruta
    correo = EmailMultiAlternatives(
        mensaje.asunto,
        _cuerpo(sesion, enlace),
        to=[para],
        headers={CLAVE_UNICA: clave_del_correo(mensaje)},
    )
    correo.attach_alternative(_cuerpo(sesion, enlace, "html"), "text/html")
    return correo


def _cuerpo(sesion, enlace, formato="txt"):
    return render_to_string(
        f"conectate/correos/satisfaccion.{formato}",
        {
            "sesion": sesion,
            "enlace": enlace,
            "cierra": cierra_el(sesion),
            "institucion": settings.INSTITUCION,
        },
    )
