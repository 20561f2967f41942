"""Mi cuenta, la bitácora a la vista y la administración de personas."""

import json

import pytest
from auditlog.models import LogEntry
from django.contrib import admin
from django.core.management import call_command
from django.urls import reverse

from cuentas import consultas
from cuentas.bitacora import anotar
from cuentas.models import Direccion, Rol, Usuario
from tests.fabricas import un_usuario, una_direccion, una_entidad, una_sesion

pytestmark = pytest.mark.django_db

CLAVE = "el tinto de la tarde sabe a cedro"


def entrar(client, rol=Rol.ADMINISTRACION, **datos):
    persona = un_usuario(rol, password=CLAVE, **datos)
    client.force_login(persona)
    return persona


def confirmar_identidad(client):
    client.post(reverse("account_reauthenticate"), {"password": CLAVE})


# ── Mi cuenta ─────────────────────────────────────────────────────────────────────────────────


def test_mi_cuenta_dice_quien_soy_y_de_donde(client):
    persona = entrar(client, Rol.SECRETARIO, entidad=una_entidad("Neiva"))

    html = client.get(reverse("cuentas:perfil")).content.decode()

    assert persona.email in html
    assert "Secretario(a)" in html
    assert "Neiva" in html


def test_una_persona_corrige_su_nombre(client):
    persona = entrar(client, Rol.SECRETARIO)

    client.post(reverse("cuentas:perfil"), {"nombre": "  Nombre \n Corregido "})

    persona.refresh_from_db()
    assert persona.nombre == "Nombre Corregido"


def test_nadie_se_cambia_el_papel_desde_su_cuenta(client):
    persona = entrar(client, Rol.SECRETARIO)

    client.post(
        reverse("cuentas:perfil"),
        {"nombre": "Igual", "rol": "administracion", "email": "otro@ejemplo.test"},
    )

    assert Usuario.objects.get(pk=persona.pk).rol == Rol.SECRETARIO


def test_una_persona_descarga_todo_lo_suyo(client):
    persona = entrar(client, Rol.SECRETARIO, nombre="María Ñáñez", entidad=una_entidad("Neiva"))

    respuesta = client.get(reverse("cuentas:mis-datos"))

    datos = json.loads(respuesta.content)
    assert respuesta["Content-Disposition"] == 'attachment; filename="mis-datos.json"'
    propios = ["avisos_leidos", "cuenta", "lo_que_hizo", "sesiones_abiertas"]
    assert sorted(datos) == sorted([*propios, *consultas.APARTADOS])
    assert (datos["cuenta"]["nombre"], datos["cuenta"]["secretaria"]) == ("María Ñáñez", "Neiva")
    assert "entró" in [hecho["que"] for hecho in datos["lo_que_hizo"]]
    assert persona.password not in respuesta.content.decode()


def test_otra_app_aporta_lo_que_sabe_de_la_persona(client, monkeypatch):
    monkeypatch.setattr(consultas, "APARTADOS", {})
    consultas.aportar_a_mis_datos("asistencia", lambda usuario: [usuario.email])
    persona = entrar(client, Rol.SECRETARIO)

    datos = client.get(reverse("cuentas:mis-datos")).json()

    assert datos["asistencia"] == [persona.email]


# ── La bitácora a la vista ────────────────────────────────────────────────────────────────────


def verbos(respuesta):
    return [entrada.verbo for entrada in respuesta.context["entradas"]]


def test_la_bitacora_va_de_lo_mas_reciente_a_lo_mas_antiguo(client):
    entrar(client)
    anotar(por=None, verbo="pasó primero")
    anotar(por=None, verbo="pasó después")

    respuesta = client.get(reverse("cuentas:bitacora"))

    assert verbos(respuesta)[:2] == ["pasó después", "pasó primero"]


def test_se_filtra_por_lo_que_paso(client):
    entrar(client)
    anotar(por=None, verbo="exportó la lista")
    anotar(por=None, verbo="pasó otra cosa")

    respuesta = client.get(reverse("cuentas:bitacora"), {"verbo": "export"})

    assert verbos(respuesta) == ["exportó la lista"]


def test_se_filtra_por_persona_sin_que_su_correo_quede_en_la_direccion(client):
    entrar(client)
    otra = un_usuario(Rol.SECRETARIO)
    anotar(por=otra, verbo="hizo algo")

    va_a = client.post(reverse("cuentas:bitacora"), {"correo": otra.email.upper()}).url

    assert va_a == f"{reverse('cuentas:bitacora')}?persona={otra.pk}"
    assert verbos(client.get(va_a)) == ["hizo algo"]


def test_se_filtra_por_fecha(client, time_machine):
    time_machine.move_to("2026-11-20T23:30:00-05:00", tick=False)
    anotar(por=None, verbo="el veinte por la noche")
    time_machine.move_to("2026-11-21T00:10:00-05:00", tick=False)
    anotar(por=None, verbo="el veintiuno")
    entrar(client)

    respuesta = client.get(
        reverse("cuentas:bitacora"), {"desde": "2026-11-20", "hasta": "2026-11-20"}
    )

    assert verbos(respuesta) == ["el veinte por la noche"]


def test_un_filtro_que_no_se_entiende_lo_dice(client):
    entrar(client)

    respuesta = client.post(
        reverse("cuentas:bitacora"),
        {"correo": "nadie@ejemplo.test", "desde": "2026-11-21", "hasta": "2026-11-20"},
    )

    assert respuesta.context["form"].errors == {
        "correo": ["No hay una cuenta con ese correo."],
        "hasta": ["La fecha final es anterior a la inicial."],
    }


def test_se_sigue_hacia_atras_sin_repetir_ni_saltar(client, monkeypatch):
    monkeypatch.setattr("cuentas.views.ENTRADAS_POR_PAGINA", 2)
    entrar(client)
    for n in range(5):
        anotar(por=None, verbo=f"hecho {n}")

    pagina, vistos = f"{reverse('cuentas:bitacora')}?verbo=hecho", []
    while pagina:
        respuesta = client.get(pagina)
        vistos += verbos(respuesta)
        sigue = respuesta.context["sigue"]
        pagina = sigue and f"{reverse('cuentas:bitacora')}?{sigue}"

    assert vistos == [f"hecho {n}" for n in (4, 3, 2, 1, 0)]


@pytest.mark.parametrize("basura", ["persona=x", "persona=²", "desde=ayer", "antes_de=-1", "%00=1"])
def test_una_direccion_escrita_a_mano_no_rompe_la_pagina(client, basura):
    entrar(client)

    assert client.get(f"{reverse('cuentas:bitacora')}?{basura}").status_code == 200


@pytest.mark.parametrize("cuantas", [1, 3])
def test_la_bitacora_hace_las_mismas_consultas_con_una_y_con_tres(
    client, django_assert_num_queries, cuantas
):
    entrar(client)
    for _ in range(cuantas):
        anotar(por=un_usuario(), verbo="hizo algo", objeto=una_sesion())
    client.get(reverse("cuentas:perfil"))

    with django_assert_num_queries(5):
        client.get(reverse("cuentas:bitacora"))


def test_una_entrada_ensena_el_antes_el_despues_y_lleva_a_donde_paso(client, monkeypatch):
    monkeypatch.setattr(Direccion, "get_absolute_url", lambda self: "/la-carga/", raising=False)
    entrar(client)
    entrada = anotar(
        por=None,
        verbo="importó",
        objeto=una_direccion(),
        antes={"personas": 0},
        despues={"personas": 12},
        detalle={"archivo": "lista.csv"},
    )

    html = client.get(reverse("cuentas:entrada-de-bitacora", args=[entrada.pk])).content.decode()

    for debe_decir in ("lista.csv", "<td>12</td>", 'href="/la-carga/"'):
        assert debe_decir in html


def test_lo_que_anota_la_biblioteca_tambien_se_ve(client):
    entrar(client)
    direccion = una_direccion("Dirección Nueva")

    entrada = LogEntry.objects.filter(object_pk=str(direccion.pk), content_type__model="direccion")

    html = client.get(
        reverse("cuentas:entrada-de-bitacora", args=[entrada.get().pk])
    ).content.decode()
    assert "Creó" in html
    assert "Dirección Nueva" in html


@pytest.mark.parametrize("rol", [rol for rol in Rol if rol != Rol.ADMINISTRACION])
def test_solo_la_administracion_ve_la_bitacora(client, rol):
    entrar(client, rol)

    assert client.get(reverse("cuentas:bitacora")).status_code == 403


# ── La administración ─────────────────────────────────────────────────────────────────────────


def test_cambiar_el_papel_pide_confirmar_la_identidad(client):
    entrar(client)
    otra = un_usuario(Rol.PROFESIONAL)

    respuesta = client.post(f"/administracion/cuentas/usuario/{otra.pk}/change/", {})

    assert respuesta.url.startswith(reverse("account_reauthenticate"))


def test_la_administracion_cambia_el_papel_y_queda_en_la_bitacora(client):
    quien = entrar(client)
    confirmar_identidad(client)
    otra, neiva = un_usuario(Rol.PROFESIONAL), una_entidad("Neiva")

    client.post(
        f"/administracion/cuentas/usuario/{otra.pk}/change/",
        {"nombre": otra.nombre, "rol": "secretario", "entidad": neiva.pk, "direccion": ""},
    )

    otra.refresh_from_db()
    entrada = LogEntry.objects.get(additional_data__verbo="cambió el papel")
    assert (otra.rol, otra.entidad, otra.direccion) == (Rol.SECRETARIO, neiva, None)
    assert (entrada.actor, entrada.changes["rol"]) == (quien, ["profesional", "secretario"])


def test_la_administracion_dice_que_falta_al_cambiar_el_papel(client):
    entrar(client)
    confirmar_identidad(client)
    otra = un_usuario(Rol.PROFESIONAL)

    respuesta = client.post(
        f"/administracion/cuentas/usuario/{otra.pk}/change/",
        {"nombre": otra.nombre, "rol": "secretario", "entidad": "", "direccion": ""},
    )

    assert "Escoja la secretaría de esta persona" in respuesta.content.decode()


@pytest.mark.parametrize("accion", ["desactivar", "quitar_segundo_paso"])
def test_la_administracion_desactiva_y_quita_el_segundo_paso(client, accion):
    quien = entrar(client)
    confirmar_identidad(client)
    otra = un_usuario(Rol.PROFESIONAL)

    client.post(
        reverse("admin:cuentas_usuario_changelist"),
        {"action": accion, "_selected_action": [otra.pk, quien.pk]},
    )

    otra.refresh_from_db()
    quien.refresh_from_db()
    assert quien.is_active
    assert otra.is_active == (accion != "desactivar")
    assert otra.authenticator_set.exists() == (accion == "desactivar")


@pytest.mark.parametrize(
    "modelo",
    [m for m in admin.site._registry if m._meta.app_label in {"cuentas", "auditlog"}],
    ids=lambda m: m.__name__,
)
def test_cada_lista_de_la_administracion_abre_y_busca(client, modelo):
    call_command("cargar_aviso", verbosity=0)
    entrar(client)
    lista = reverse(f"admin:{modelo._meta.app_label}_{modelo._meta.model_name}_changelist")

    assert client.get(lista).status_code == 200
    assert client.get(lista, {"q": "algo"}).status_code == 200


def test_la_bitacora_en_la_administracion_ni_se_cambia_ni_se_borra(client):
    entrar(client)
    entrada = anotar(por=None, verbo="hizo algo")

    for paso in ("change", "delete"):
        client.post(f"/administracion/auditlog/logentry/{entrada.pk}/{paso}/", {"post": "yes"})

    assert LogEntry.objects.get(pk=entrada.pk).additional_data == {"verbo": "hizo algo"}


def test_la_administracion_no_ensena_llaves_ni_sesiones_ajenas():
    registrados = {modelo._meta.label for modelo in admin.site._registry}

    assert not registrados & {
        "mfa.Authenticator",
        "usersessions.UserSession",
        "account.EmailAddress",
        "socialaccount.SocialToken",
        "socialaccount.SocialApp",
    }


def test_la_contrasena_no_se_ve_en_la_administracion(client):
    entrar(client)
    otra = un_usuario(Rol.PROFESIONAL, password=CLAVE)

    html = client.get(f"/administracion/cuentas/usuario/{otra.pk}/change/").content.decode()

    assert otra.password not in html
    assert 'name="password"' not in html


def test_las_direcciones_se_cargan_una_sola_vez():
    for _ in range(2):
        call_command("cargar_direcciones", verbosity=0)

    assert Direccion.objects.count() == 5
