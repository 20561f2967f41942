"""Entrar con la cuenta del Ministerio (Entra): solo si se configura, y solo a cuentas invitadas."""

import subprocess
import sys
from types import SimpleNamespace

import pytest
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import get_adapter
from django.contrib.messages.storage.fallback import FallbackStorage

from cuentas.models import Rol
from tests.fabricas import un_usuario


class EntradaExterna:
    """Lo que el adaptador recibe de la biblioteca cuando alguien vuelve de Entra."""

    is_existing = False

    def __init__(self, correo):
        self.user, self.conectada_a = SimpleNamespace(email=correo), None

    def connect(self, request, usuario):
        self.conectada_a = usuario


@pytest.fixture
def peticion(rf):
    peticion = rf.get("/")
    peticion.session = {}
    peticion._messages = FallbackStorage(peticion)
    return peticion


@pytest.mark.django_db
def test_la_cuenta_del_ministerio_abre_la_que_ya_fue_invitada(peticion):
    persona = un_usuario(Rol.EQUIPO_MEN)
    entrada = EntradaExterna(persona.email.upper())

    get_adapter().pre_social_login(peticion, entrada)

    assert entrada.conectada_a == persona


@pytest.mark.django_db
@pytest.mark.parametrize(
    "datos",
    [None, {"rol": Rol.SECRETARIO}, {"rol": Rol.EQUIPO_MEN, "is_active": False}],
    ids=["sin cuenta", "de una secretaría", "desactivada"],
)
def test_a_los_demas_no_les_abre_nada(peticion, datos):
    correo = un_usuario(**datos).email if datos else "nadie@ejemplo.test"
    entrada = EntradaExterna(correo)

    with pytest.raises(ImmediateHttpResponse):
        get_adapter().pre_social_login(peticion, entrada)

    assert entrada.conectada_a is None


def test_nadie_se_registra_por_esa_puerta(peticion):
    assert not get_adapter().is_open_for_signup(peticion, None)


@pytest.mark.un_motor
def test_con_la_configuracion_aparecen_sus_direcciones(entorno):
    guion = (
        "import django; django.setup(); from django.urls import reverse;"
        "print(reverse('microsoft_login'), reverse('microsoft_callback'))"
    )

    salida = subprocess.run(
        [sys.executable, "-c", guion],
        env={
            **entorno,
            "ENTRA_CLIENTE": "cliente",
            "ENTRA_SECRETO": "secreto",
            "ENTRA_INQUILINO": "inquilino",
        },
        capture_output=True,
        text=True,
        check=True,
    )

    assert salida.stdout.split() == [
        "/cuentas/ministerio/microsoft/login/",
        "/cuentas/ministerio/microsoft/login/callback/",
    ]
