"""Las páginas de los trabajos: quién ve qué y qué lee."""

from datetime import timedelta

import pytest
from auditlog.models import LogEntry
from django.urls import reverse
from django.utils import timezone

from cuentas.models import Rol
from tests.fabricas import un_usuario
from trabajos.acciones import ejecutar_pendientes, encolar
from trabajos.models import Trabajo
from trabajos.registro import TrabajoRechazado

pytestmark = pytest.mark.django_db

LISTA = "/trabajos/"


@pytest.fixture(autouse=True)
def archivos(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def ana(client):
    usuario = un_usuario(Rol.EQUIPO_SECRETARIA)
    client.force_login(usuario)
    return usuario


@pytest.fixture
def administra(client):
    usuario = un_usuario(Rol.ADMINISTRACION)
    client.force_login(usuario)
    return usuario


@pytest.fixture
def un_trabajo(declarar):
    declarar(lambda tarea: None)
    return lambda por=None, **datos: encolar("prueba.hacer", por=por, **datos)


@pytest.fixture
def un_informe(declarar):
    """Ya hecho, con su archivo."""

    def un_informe(por):
        declarar(lambda tarea: tarea.adjuntar("Niñez 2020.csv", b"uno,dos\n"))
        trabajo = encolar("prueba.hacer", por=por, titulo="Informe de niñez")
        ejecutar_pendientes()
        return trabajo

    return un_informe


def direccion(nombre, trabajo):
    return reverse(f"trabajos:{nombre}", args=[trabajo.clave_publica])


# ── la lista ──────────────────────────────────────────────────────────────────────────────────


def test_cada_persona_ve_los_suyos(client, ana, un_trabajo):
    un_trabajo(ana, titulo="El mío")
    un_trabajo(un_usuario(), titulo="El ajeno")

    pagina = client.get(LISTA).content.decode()

    assert ("El mío" in pagina, "El ajeno" in pagina, "La cola" in pagina) == (True, False, False)


def test_sin_trabajos_dice_como_empezar(client, ana):
    assert "Aún no hay trabajos." in client.get(LISTA).content.decode()


def test_el_archivo_dice_su_tipo_y_su_peso_antes_del_clic(client, ana, un_informe):
    un_informe(ana)

    assert "Niñez 2020.csv (CSV, 8\xa0bytes)" in client.get(LISTA).content.decode()


def test_quien_administra_ve_todos_con_los_atascados_y_el_mas_viejo(client, administra, un_trabajo):
    un_trabajo(un_usuario(), titulo="El ajeno")
    hace_dos_horas = timezone.now() - timedelta(hours=2)
    Trabajo.objects.update(no_antes_de=hace_dos_horas, pedido_en=hace_dos_horas)

    pagina = " ".join(client.get(LISTA).content.decode().split())

    assert "El más viejo por terminar se pidió hace 2 horas." in pagina
    assert "<h3>Sin moverse</h3>" in pagina
    assert pagina.count("El ajeno") == 2


def test_quien_administra_puede_ver_solo_los_suyos(client, administra, un_trabajo):
    un_trabajo(un_usuario(), titulo="El ajeno")
    un_trabajo(administra, titulo="El mío")

    pagina = client.get(LISTA, {"de": "mi"}).content.decode()

    assert ("El mío" in pagina, "El ajeno" in pagina) == (True, False)


def test_nadie_mas_ve_todos_aunque_lo_pida(client, ana, un_trabajo):
    un_trabajo(un_usuario(), titulo="El ajeno")

    assert "El ajeno" not in client.get(LISTA, {"de": "todos"}).content.decode()


def test_la_lista_hace_las_mismas_consultas_con_uno_que_con_veinte(
    client, administra, un_trabajo, django_assert_max_num_queries
):
    for n in (1, 20):
        for _ in range(n):
            un_trabajo(un_usuario())

        with django_assert_max_num_queries(12):
            client.get(LISTA)


# ── un trabajo ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("nombre", ["trabajo", "estado", "archivo"])
def test_lo_ajeno_no_existe(client, ana, un_informe, nombre):
    ajeno = un_informe(un_usuario())

    assert client.get(direccion(nombre, ajeno)).status_code == 404


def test_la_pagina_dice_como_va(client, ana, un_trabajo):
    trabajo = un_trabajo(ana)
    Trabajo.objects.update(
        estado="en_curso",
        reclamo=trabajo.clave_publica,
        latido=timezone.now(),
        hechas=1,
        total=4,
        paso="Leyendo",
    )

    pagina = " ".join(client.get(direccion("trabajo", trabajo)).content.decode().split())

    assert 'max="100" value="25"' in pagina
    assert "25 % · Leyendo" in pagina
    assert "Actualizar el avance" in pagina


def test_el_estado_se_puede_sondear(client, ana, un_informe):
    trabajo = un_informe(ana)

    assert client.get(direccion("estado", trabajo)).json() == {
        "estado": "terminado",
        "estado_en_palabras": "terminado",
        "cerrado": True,
        "porcentaje": 100,
        "hechas": 0,
        "total": None,
        "paso": "",
        "mensaje": "",
        "archivo": direccion("archivo", trabajo),
    }


def test_lo_que_no_se_pudo_dice_por_que_y_se_puede_reintentar(client, ana, declarar):
    def rechazar(tarea):
        raise TrabajoRechazado("El archivo no trae fechas.")

    declarar(rechazar)
    trabajo = encolar("prueba.hacer", por=ana)
    ejecutar_pendientes()

    pagina = client.get(direccion("trabajo", trabajo)).content.decode()
    respuesta = client.post(direccion("reintentar", trabajo), follow=True)

    trabajo.refresh_from_db()
    assert ("El archivo no trae fechas." in pagina, "Reintentar" in pagina) == (True, True)
    assert "Se intentará de nuevo." in respuesta.content.decode()
    assert (trabajo.estado, trabajo.intentos) == ("pendiente", 0)


def test_lo_que_ya_esta_en_marcha_no_se_reintenta(client, ana, un_trabajo):
    trabajo = un_trabajo(ana)

    respuesta = client.post(direccion("reintentar", trabajo), follow=True)

    assert "Solo se reintenta lo que no se pudo hacer." in respuesta.content.decode()


def test_lo_ajeno_no_se_reintenta(client, ana, un_trabajo):
    ajeno = un_trabajo(un_usuario())

    assert client.post(direccion("reintentar", ajeno)).status_code == 404


def test_mirar_no_cambia_nada(client, ana, un_trabajo):
    assert client.get(direccion("reintentar", un_trabajo(ana))).status_code == 405


# ── el archivo ────────────────────────────────────────────────────────────────────────────────


def test_el_archivo_baja_con_sus_tildes_y_queda_anotado(client, ana, un_informe):
    trabajo = un_informe(ana)

    respuesta = client.get(direccion("archivo", trabajo))

    assert b"".join(respuesta.streaming_content) == b"uno,dos\n"
    assert respuesta["Content-Disposition"] == (
        "attachment; filename*=utf-8''Ni%C3%B1ez%202020.csv"
    )
    assert respuesta["X-Content-Type-Options"] == "nosniff"
    assert LogEntry.objects.latest("pk").additional_data == {
        "verbo": "descargó el archivo de un trabajo"
    }


def test_el_archivo_vencido_dice_cuando_se_borro(client, ana, un_informe):
    trabajo = un_informe(ana)
    Trabajo.objects.update(archivo="", vence_en="2026-11-20T12:00Z")

    pagina = client.get(direccion("trabajo", trabajo)).content.decode()

    assert "El archivo se borró el 20 de noviembre de 2026. Pídalo otra vez." in pagina
    assert client.get(direccion("archivo", trabajo)).status_code == 404


# ── la salud ──────────────────────────────────────────────────────────────────────────────────


def test_la_salud_no_es_publica(client, ana):
    con_cuenta = client.get("/salud/").status_code
    client.logout()

    assert (con_cuenta, client.get("/salud/").status_code) == (404, 404)


def test_con_el_testigo_se_sabe_si_el_portal_esta_sano(client, settings):
    settings.SALUD_TESTIGO = "secreto"

    respuesta = client.get("/salud/", headers={"Authorization": "Bearer secreto"})
    ajena = client.get("/salud/", headers={"Authorization": "Bearer otro"})

    assert (respuesta.status_code, ajena.status_code) == (200, 404)
    assert respuesta.json() == {"estado": "bien", "base": "bien", "cache": "bien", "cola": "bien"}


def test_la_salud_avisa_si_algo_no_se_mueve(client, administra, un_trabajo):
    un_trabajo()
    Trabajo.objects.update(no_antes_de=timezone.now() - timedelta(hours=1))

    respuesta = client.get("/salud/")

    assert (respuesta.status_code, respuesta.json()["cola"]) == (503, "1 sin moverse")


# ── la administración ─────────────────────────────────────────────────────────────────────────


def test_en_la_administracion_se_reintentan_varios_y_no_se_edita_nada(client, administra, declarar):
    declarar(lambda tarea: 1 / 0, intentos=1)
    trabajos = [encolar("prueba.hacer", por=None) for _ in range(2)]
    ejecutar_pendientes()

    respuesta = client.post(
        "/administracion/trabajos/trabajo/",
        {"action": "reintentar", "_selected_action": [t.pk for t in trabajos]},
        follow=True,
    )
    ficha = client.get(f"/administracion/trabajos/trabajo/{trabajos[0].pk}/change/")

    assert "Se intentarán de nuevo: 2." in respuesta.content.decode()
    assert set(Trabajo.objects.values_list("estado", flat=True)) == {"pendiente"}
    assert 'name="_save"' not in ficha.content.decode()
