"""El correo que sale: se deja en el buzón con el pedido, y un trabajo lo entrega una sola vez.

`Buzon` es el EMAIL_BACKEND del portal: todo lo que llame a `send_mail` pasa por aquí. El mensaje
y su entrega se escriben en la misma transacción que lo que los causa: si esa se deshace, no sale
nada; si se confirma, no se pierde.

El límite: SMTP no es transaccional. Si el portal cae entre que el servidor acepta el mensaje y
que aquí se anota, nadie puede saber si salió. Por eso se marca «en entrega» antes; lo que quede
marcado no se repite solo: el trabajo falla diciéndolo y una persona decide si lo reenvía.
"""

import re
from contextlib import suppress
from email import message_from_bytes, policy
from email.utils import parseaddr
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException

from django.conf import settings
from django.core.mail import BadHeaderError, EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import IntegrityError, transaction
from django.utils import timezone

from trabajos.acciones import encolar
from trabajos.models import Correo
from trabajos.registro import ReclamoPerdido, TrabajoRechazado

# Cabecera propia, que no sale: dos mensajes con la misma clave son el mismo.
CLAVE_UNICA = "X-Clave-Unica"

EN_DUDA = (
    "El portal se interrumpió justo al entregar este correo y no se sabe si salió. Pregúntele a "
    "quien debía recibirlo; si no le llegó, use «Reintentar»."
)
NO_ACEPTADO = (
    "El servidor de correo no aceptó el mensaje: revise que la dirección esté bien escrita y "
    "que el buzón exista."
)


class Buzon(BaseEmailBackend):
    """Guarda cada mensaje para cada destinatario y deja pedida su entrega."""

    @transaction.atomic
    def send_messages(self, email_messages):
        for mensaje in email_messages:
            clave = mensaje.extra_headers.pop(CLAVE_UNICA, "")
            _exigir_un_renglon(mensaje.subject)
            crudo = mensaje.message().as_bytes()
            for destinatario in dict.fromkeys(mensaje.recipients()):
                _guardar(mensaje, crudo, parseaddr(destinatario)[1], clave)
        return len(email_messages)


def _exigir_un_renglon(asunto):
    if re.search(r"[\r\n]", str(asunto)):
        raise BadHeaderError("El asunto de un correo va en un solo renglón: quite los saltos.")


def _guardar(mensaje, crudo, para, clave):
    try:
        with transaction.atomic():
            correo = Correo.objects.create(
                clave_unica=f"{clave}:{para}" if clave else "",
                para=para,
                remitente=mensaje.from_email,
                asunto=str(mensaje.subject)[:250],
                mensaje=crudo,
            )
    except IntegrityError:
        if clave:
            return  # ya está en el buzón, o ya salió
        raise
    correo.trabajo = encolar(
        "trabajos.entregar_correo", por=None, parametros={"correo_id": correo.pk}
    )
    correo.save(update_fields=["trabajo"])


class MensajeGuardado(EmailMessage):
    """El MIME tal como se compuso, para una sola persona."""

    def __init__(self, correo):
        self.crudo = bytes(correo.mensaje)
        texto = message_from_bytes(self.crudo, policy=policy.default).get_body(("plain", "html"))
        super().__init__(
            subject=correo.asunto,
            body=texto.get_content() if texto else "",
            from_email=correo.remitente,
            to=[correo.para],
        )

    def message(self):
        return self

    def as_bytes(self, unixfrom=False, linesep="\n"):
        return re.sub(rb"\r?\n", linesep.encode(), self.crudo)

    def get_charset(self):
        return None


def entregar(tarea, correo_id):
    correo = Correo.objects.get(pk=correo_id)
    if correo.entregado_en:
        return
    if correo.en_entrega_desde:
        _dejar_en_duda(tarea, correo)
        return
    conexion = get_connection(settings.EMAIL_BACKEND_ENTREGA)
    conexion.open()  # si el servidor no responde, aún no se ha marcado nada: se repite sin riesgo
    try:
        _marcar_en_entrega(correo)
        _enviar(tarea, conexion, correo)
    finally:
        with suppress(SMTPException, OSError):
            conexion.close()
    if tarea.esta_cerrada:
        return
    with tarea.cierre():
        # Entregado ya no hace falta el texto, y dentro puede ir la llave de una invitación.
        Correo.objects.filter(pk=correo.pk).update(entregado_en=timezone.now(), mensaje=b"")


def _enviar(tarea, conexion, correo):
    try:
        conexion.send_messages([MensajeGuardado(correo)])
    except (SMTPResponseException, SMTPRecipientsRefused) as error:
        # El servidor dijo que no: con seguridad no salió.
        _desmarcar(correo)
        if _es_definitivo(error):
            raise TrabajoRechazado(NO_ACEPTADO) from error
        raise
    except Exception:
        _dejar_en_duda(tarea, correo)


def _marcar_en_entrega(correo):
    marcados = Correo.objects.filter(pk=correo.pk, en_entrega_desde=None, entregado_en=None).update(
        en_entrega_desde=timezone.now()
    )
    if not marcados:
        raise ReclamoPerdido


def _desmarcar(correo):
    Correo.objects.filter(pk=correo.pk).update(en_entrega_desde=None)


@transaction.atomic
def _dejar_en_duda(tarea, correo):
    """Falla y se desmarca a la vez: desde ahora, solo sale si alguien pide reintentarlo."""
    _desmarcar(correo)
    tarea.fallar(EN_DUDA)


def _es_definitivo(error):
    """Los códigos 5xx no mejoran repitiendo."""
    if isinstance(error, SMTPRecipientsRefused):
        return all(codigo >= 500 for codigo, _ in error.recipients.values())
    return error.smtp_code >= 500
