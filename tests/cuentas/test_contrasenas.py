"""Qué contraseñas se aceptan y cómo se guardan."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from cuentas.contrasenas import Argon2
from cuentas.models import Rol, Usuario
from territorio.models import EntidadTerritorial


def una_persona():
    return Usuario(
        email="teresa.pedroza@neiva.ejemplo.test",
        nombre="Teresa Pedroza",
        rol=Rol.EQUIPO_SECRETARIA,
        entidad=EntidadTerritorial(nombre="Neiva"),
    )


@pytest.mark.parametrize(
    "contrasena",
    [
        "el tinto de la tarde sabe a cedro",
        "xK9$vQ2#mL7@pR4",
        "ñandú y colibrí bailan",
        "a" + "bcdefg hijklm nopqr " * 10,
        "mi secretaria prefiere los trenes lentos",
    ],
)
def test_una_frase_propia_se_acepta(contrasena):
    validate_password(contrasena, una_persona())


@pytest.mark.parametrize(
    ("contrasena", "codigo"),
    [
        ("corta y buena", "password_too_short"),
        ("contraseña12345", "contrasena_previsible"),
        ("C0ntr4s3ñ42026!!", "contrasena_previsible"),
        ("Secretaria.2026.", "contrasena_previsible"),
        ("EducacionColombia", "contrasena_previsible"),
        ("SecretariaDeEducacionDeNeiva", "contrasena_previsible"),
        ("escuela virtual de secretarias", "contrasena_previsible"),
        ("qwertyuiopasdfgh", "contrasena_previsible"),
        ("123456789012345", "contrasena_previsible"),
        ("aaaaaaaaaaaaaaaaaaaa", "contrasena_previsible"),
        ("abcabcabcabcabcabc", "contrasena_previsible"),
        ("Teresa Pedroza 2026", "contrasena_previsible"),
        ("teresa.pedroza@neiva", "password_too_similar"),
    ],
)
def test_lo_que_se_adivina_no_se_acepta(contrasena, codigo):
    with pytest.raises(ValidationError) as error:
        validate_password(contrasena, una_persona())

    assert codigo in {uno.code for uno in error.value.error_list}


def test_se_guardan_con_argon2id_y_46_mib():
    guardada = Argon2().encode("el tinto de la tarde", Argon2().salt())

    assert guardada.startswith("argon2$argon2id$v=19$m=47104,t=2,p=1$")
    assert Argon2().verify("el tinto de la tarde", guardada)
