"""El correo: ni se pierde ni sale dos veces."""

import smtplib

import pytest
from django.core import mail
from django.core.mail import BadHeaderError, EmailMultiAlternatives, send_mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction

from trabajos.acciones import ejecutar_pendientes, reintentar
from trabajos.correo import CLAVE_UNICA, EN_DUDA, NO_ACEPTADO
from trabajos.models import Correo, Trabajo

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def buzon(settings):
    settings.EMAIL_BACKEND = "trabajos.correo.Buzon"


@pytest.fixture
def servidor_que(monkeypatch):
    """Hace que el servidor de correo responda con ese error, una vez."""

    def servidor_que(error, *, al_abrir=False):
        pendientes = [error]

        def responder(original):
            def respuesta(self, *args):
                if pendientes:
                    raise pendientes.pop()
                return original(self, *args)

            return respuesta

        donde = "open" if al_abrir else "send_messages"
        monkeypatch.setattr(EmailBackend, donde, responder(getattr(EmailBackend, donde)))

    return servidor_que


def escribir(asunto="Invitación", para=("ana@ejemplo.test",), **opciones):
    send_mail(asunto, "Texto con tildes: niñez.", None, list(para), **opciones)
    return Correo.objects.latest("pk")


def hacer_ya():
    """Lo pendiente, sin esperar a que pase el tiempo entre intentos."""
    Trabajo.objects.update(no_antes_de="2020-01-01T00:00Z")
    ejecutar_pendientes()


def test_un_correo_se_entrega_y_su_texto_se_borra():
    correo = escribir()

    hacer_ya()
    hacer_ya()

    correo.refresh_from_db()
    assert [(m.subject, m.to, m.body) for m in mail.outbox] == [
        ("Invitación", ["ana@ejemplo.test"], "Texto con tildes: niñez.")
    ]
    assert (correo.entregado_en is None, bytes(correo.mensaje)) == (False, b"")


def test_cada_persona_recibe_el_suyo_sin_ver_a_las_demas_ocultas():
    mensaje = EmailMultiAlternatives(
        "Aviso", "Texto", to=["Ana <ana@ejemplo.test>"], bcc=["luz@ejemplo.test"]
    )
    mensaje.attach_alternative("<p>Texto</p>", "text/html")

    mensaje.send()
    hacer_ya()

    assert [m.to for m in mail.outbox] == [["ana@ejemplo.test"], ["luz@ejemplo.test"]]
    assert [b"luz@ejemplo.test" in m.message().as_bytes() for m in mail.outbox] == [False, False]


def test_si_se_deshace_lo_que_causo_el_correo_no_sale_nada():
    with transaction.atomic():
        escribir()
        transaction.set_rollback(True)

    hacer_ya()

    assert (Correo.objects.count(), Trabajo.objects.count(), mail.outbox) == (0, 0, [])


def test_con_la_misma_clave_es_el_mismo_correo():
    for _ in range(2):
        mensaje = EmailMultiAlternatives(
            "Recordatorio", "Texto", to=["ana@ejemplo.test"], headers={CLAVE_UNICA: "sesion:7"}
        )
        mensaje.send()

    hacer_ya()

    assert len(mail.outbox) == 1
    assert CLAVE_UNICA.encode() not in mail.outbox[0].message().as_bytes()


def test_un_asunto_de_dos_renglones_se_rechaza_con_un_error_claro():
    with pytest.raises(BadHeaderError, match="un solo renglón"):
        escribir(asunto="Hola\nBcc: otra@ejemplo.test")

    assert Correo.objects.count() == 0


def test_si_el_servidor_no_responde_se_intenta_mas_tarde(servidor_que):
    correo = escribir()
    servidor_que(ConnectionRefusedError(), al_abrir=True)

    ejecutar_pendientes()
    antes = (correo.trabajo.__class__.objects.get().estado, len(mail.outbox))
    hacer_ya()

    assert (antes, len(mail.outbox)) == (("pendiente", 0), 1)


def test_si_el_servidor_dice_que_no_por_ahora_se_intenta_mas_tarde(servidor_que):
    escribir()
    servidor_que(smtplib.SMTPDataError(451, b"luego"))

    ejecutar_pendientes()
    hacer_ya()

    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    "error",
    [
        smtplib.SMTPDataError(554, b"no"),
        smtplib.SMTPRecipientsRefused({"ana@ejemplo.test": (550, b"no existe")}),
    ],
)
def test_si_el_servidor_dice_que_no_para_siempre_no_se_repite(servidor_que, error):
    correo = escribir()
    servidor_que(error)

    hacer_ya()
    hacer_ya()

    correo.refresh_from_db()
    assert (correo.trabajo.estado, correo.trabajo.mensaje) == ("fallido", NO_ACEPTADO)
    assert (correo.en_entrega_desde, mail.outbox) == (None, [])


def test_si_se_corta_a_media_entrega_no_se_repite_solo_y_se_dice(servidor_que):
    correo = escribir()
    servidor_que(TimeoutError())

    hacer_ya()
    hacer_ya()

    correo.refresh_from_db()
    assert (correo.trabajo.estado, correo.trabajo.mensaje) == ("fallido", EN_DUDA)
    assert mail.outbox == []


def test_si_el_trabajador_muere_a_media_entrega_una_persona_decide_si_se_reenvia(monkeypatch):
    correo = escribir()
    Correo.objects.update(en_entrega_desde=correo.creado_en)  # así lo deja un kill -9

    hacer_ya()
    en_duda = (Trabajo.objects.get().mensaje, list(mail.outbox))
    reintentar(Trabajo.objects.get(), por=None)
    hacer_ya()

    correo.refresh_from_db()
    assert en_duda == (EN_DUDA, [])
    assert (len(mail.outbox), correo.entregado_en is None) == (1, False)


def test_sale_con_los_renglones_que_pide_smtp():
    escribir()

    hacer_ya()

    crudo = mail.outbox[0].message().as_bytes(linesep="\r\n")
    assert crudo.count(b"\n") == crudo.count(b"\r\n") > 5


def test_sin_servidor_de_correo_queda_en_una_carpeta(settings, tmp_path):
    settings.EMAIL_BACKEND_ENTREGA = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path
    correo = escribir()

    hacer_ya()

    correo.refresh_from_db()
    assert correo.entregado_en is not None
    assert b"To: ana@ejemplo.test" in next(tmp_path.iterdir()).read_bytes()
