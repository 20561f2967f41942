"""Recorre la tabla de acceso: cada dirección, con cada papel, responde lo que la tabla dice."""

from copy import copy
from http.cookies import SimpleCookie

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client, override_settings
from django.urls import URLPattern, get_resolver, reverse
from django.urls.exceptions import NoReverseMatch

from tests.papeles import ROLES, Fila
from tests.tabla_de_acceso import PREFIJOS_APARTE, TABLA, Escena


def direcciones(patrones=None, espacio=""):
    """Los nombres de todas las direcciones, con su espacio; sin nombre, su ruta."""
    for patron in get_resolver().url_patterns if patrones is None else patrones:
        if isinstance(patron, URLPattern):
            yield f"{espacio}{patron.name or patron.pattern}"
        else:
            propio = f"{patron.namespace}:" if patron.namespace else ""
            yield from direcciones(patron.url_patterns, espacio + propio)


@pytest.fixture(scope="module")
def elenco(django_db_setup, django_db_blocker, tmp_path_factory):
    """Las personas, ya dentro: se crean una vez, que son lo caro de cada escena."""
    with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("archivos")):
        with django_db_blocker.unblock():
            escena = Escena()
            escena.clientes = {"anonimo": Client()}
            for rol, persona in escena.personas.items():
                escena.clientes[rol] = Client()
                escena.clientes[rol].force_login(persona)
        yield escena
        with django_db_blocker.unblock():
            call_command("flush", interactive=False, verbosity=0)


@pytest.fixture
def escena(db, elenco):
    """La suya de cada prueba: lo que se le pida se crea y se deshace con ella."""
    return copy(elenco)


def cliente_de(rol, escena):
    """Recién entrado: las cookies son suyas; el portal armado, el mismo para todos."""
    cliente = copy(escena.clientes[rol])
    cliente.cookies = SimpleCookie(cliente.cookies)
    return cliente


def respuestas(fila: Fila, metodo: str, escena: Escena) -> dict:
    """Qué responde a cada papel. Lo que cada envío haga se deshace antes del siguiente."""
    direccion = reverse(fila.nombre, args=[getattr(escena, nombre) for nombre in fila.objetos])
    obtenidas = {}
    for rol in ROLES:
        with transaction.atomic():
            respuesta = getattr(cliente_de(rol, escena), metodo)(direccion, dict(fila.datos))
            if respuesta.streaming:
                list(respuesta.streaming_content)
            obtenidas[rol] = respuesta.status_code
            transaction.set_rollback(True)
    return obtenidas


@pytest.mark.parametrize("fila", TABLA, ids=str)
def test_al_leer_cada_papel_recibe_lo_que_dice_la_tabla(fila, escena):
    assert respuestas(fila, "get", escena) == fila.lee


@pytest.mark.parametrize("fila", TABLA, ids=str)
def test_al_enviar_cada_papel_recibe_lo_que_dice_la_tabla(fila, escena):
    assert respuestas(fila, "post", escena) == fila.envia


def test_toda_direccion_tiene_su_fila():
    con_fila = {fila.nombre for fila in TABLA}

    sin_fila = {n for n in direcciones() if not n.startswith(PREFIJOS_APARTE)} - con_fila

    assert sorted(sin_fila) == [], "Añádalas a tests/tabla_de_acceso.py."


def test_ninguna_fila_es_de_una_direccion_que_ya_no_existe():
    assert sorted({fila.nombre for fila in TABLA} - set(direcciones())) == []


def test_ninguna_direccion_tiene_dos_filas():
    nombres = [fila.nombre for fila in TABLA]

    assert sorted({nombre for nombre in nombres if nombres.count(nombre) > 1}) == []


def test_cada_fila_dice_que_pasa_con_cada_papel():
    assert [fila for fila in TABLA if {*fila.lee} != {*ROLES} or {*fila.envia} != {*ROLES}] == []


# ── La administración de Django ───────────────────────────────────────────────────────────────


def direcciones_de_la_administracion():
    for nombre in sorted({n for n in direcciones() if n.startswith("admin:")}):
        for argumentos in ([], ["0"], ["1", "0"], ["cuentas"], ["/"]):
            try:
                yield reverse(nombre, args=argumentos)
                break
            except NoReverseMatch:
                continue


@pytest.mark.un_motor  # a los demás se les cierra antes de preguntarle nada a la base
def test_a_la_administracion_solo_entra_quien_administra(escena):
    direcciones_de_admin = list(direcciones_de_la_administracion())
    los_demas = [rol for rol in ROLES if rol != "administracion"]

    for rol in los_demas:
        cliente = cliente_de(rol, escena)
        for metodo in ("get", "post"):
            abiertas = {
                direccion
                for direccion in direcciones_de_admin
                if getattr(cliente, metodo)(direccion).status_code not in (302, 403)
            }
            assert abiertas <= SIN_DATOS, (rol, metodo)


# La traducción de los guiones y la página de despedida no muestran nada del portal.
SIN_DATOS = {"/administracion/jsi18n/", "/administracion/logout/"}


def test_ninguna_pagina_de_la_administracion_se_rompe(escena):
    cliente = cliente_de("administracion", escena)
    cliente.raise_request_exception = False

    rotas = {
        direccion: estado
        for direccion in direcciones_de_la_administracion()
        if (estado := cliente.get(direccion).status_code) >= 500
    }

    assert rotas == {}
