"""La encuesta: responderla una vez, leer lo escrito y pedir que se envíe."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from conectate.consultas.satisfaccion import (
    YA_RESPONDIO,
    cierra_el,
    con_correo,
    exigir_encuesta_abierta,
    testigo_de,
)
from conectate.models import Entrega, Mensaje, Participacion, Satisfaccion, Sesion
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
            "asunto": f"¿Qué tal estuvo «{sesion.titulo}»?"[:150],
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


def enviar(mensaje: Mensaje, avanzar: Callable[[int, int], None]) -> int:
    """Deja en el buzón un correo por asistente, por tandas. Devuelve cuántos nuevos."""
    sesion = mensaje.sesion
    exigir_encuesta_abierta(sesion)
    ya_tienen = set(mensaje.entregas.values_list("para", flat=True))
    faltan = {una.correo.lower(): una for una in con_correo(sesion).select_related("entidad")}
    faltan = [(para, una) for para, una in faltan.items() if para not in ya_tienen]
    for desde in range(0, len(faltan), POR_TANDA):
        avanzar(desde, len(faltan))
        with transaction.atomic():
            for para, participacion in faltan[desde : desde + POR_TANDA]:
                _entregar(mensaje, para, participacion)
    return len(faltan)


def _entregar(mensaje: Mensaje, para: str, participacion: Participacion):
    sesion = mensaje.sesion
    testigo = testigo_de(sesion, participacion.clave)
    enlace = settings.DIRECCION_DEL_PORTAL + reverse("conectate:satisfaccion", args=[testigo])
    clave = f"mensaje:{mensaje.pk}"
    correo = EmailMultiAlternatives(
        mensaje.asunto, _cuerpo(sesion, enlace), to=[para], headers={CLAVE_UNICA: clave}
    )
    correo.attach_alternative(_cuerpo(sesion, enlace, "html"), "text/html")
    correo.send()
    Entrega.objects.get_or_create(
        mensaje=mensaje,
        para=para,
        defaults={
            "entidad": participacion.entidad,
            "correo": Correo.objects.get(clave_unica=f"{clave}:{para}"),
        },
    )


def _cuerpo(sesion, enlace, formato="txt"):
    return render_to_string(
        f"conectate/correo_satisfaccion.{formato}",
        {
            "sesion": sesion,
            "enlace": enlace,
            "cierra": cierra_el(sesion),
            "institucion": settings.INSTITUCION,
        },
    )
