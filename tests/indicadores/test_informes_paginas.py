"""Pedir, programar y hacer informes: lo que cada quien ve, y quién no puede."""

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cuentas.models import Rol
from indicadores.acciones.informes import pedir_lote, programar_informe
from indicadores.models import EntregaDeInforme, LoteDeInformes, SuscripcionAlInforme
from tests.conectate.paginas import texto
from tests.fabricas import un_usuario, una_entidad
from tests.fabricas_de_indicadores import la_nacion, un_valor, una_unidad, una_version
from trabajos.models import Trabajo

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def almacenamiento_propio(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def palmira_con_cifras():
    una_version()
    un_valor(3.6, unidad=la_nacion())
    entidad = una_entidad("Palmira")
    un_valor(4.7, unidad=una_unidad(entidad))
    return entidad


def una_entrega_lista(entidad):
    lote = pedir_lote(vigencia=2022, por=un_usuario())
    entrega = lote.entregas.get(entidad=entidad)
    entrega.pdf.save("i.pdf", ContentFile(b"%PDF-1.7"), save=False)
    entrega.xlsx.save("i.xlsx", ContentFile(b"PK"), save=False)
    entrega.estado, entrega.lista_en = EntregaDeInforme.Estado.LISTA, timezone.now()
    entrega.bytes_pdf, entrega.bytes_xlsx, entrega.n_cifras = 8, 2, 1
    entrega.save()
    return entrega


def descarga_de(entrega, formato="pdf"):
    return reverse(
        "indicadores:descargar-entrega",
        args=[entrega.lote_id, entrega.entidad.codigo_dane, formato],
    )


# ── Pedir uno ─────────────────────────────────────────────────────────────────────────────────


def test_la_secretaria_pide_el_suyo_y_va_a_ver_su_avance(client):
    palmira = palmira_con_cifras()
    client.force_login(un_usuario(Rol.EQUIPO_SECRETARIA, entidad=palmira))
    direccion = reverse("indicadores:pedir-informe", args=[palmira.codigo_dane])

    pagina = texto(client.get(direccion))
    respuesta = client.post(direccion, {"formato": "pdf", "vigencia": 2022})

    trabajo = Trabajo.objects.get()
    assert "Programar informe mensual" in pagina
    assert respuesta.url == trabajo.get_absolute_url()
    assert trabajo.titulo == "Informe 2022: Palmira (PDF)"


def test_pulsar_dos_veces_no_pide_dos(client):
    palmira = palmira_con_cifras()
    client.force_login(un_usuario(Rol.SECRETARIO, entidad=palmira))
    direccion = reverse("indicadores:pedir-informe", args=[palmira.codigo_dane])

    for _ in range(2):
        client.post(direccion, {"formato": "xlsx", "vigencia": 2022})

    assert Trabajo.objects.count() == 1


def test_el_de_otra_secretaria_no_existe(client):
    palmira = palmira_con_cifras()
    client.force_login(un_usuario(Rol.SECRETARIO))

    respuesta = client.get(reverse("indicadores:pedir-informe", args=[palmira.codigo_dane]))

    assert respuesta.status_code == 404


def test_el_ministerio_pide_el_de_cualquiera(client):
    palmira = palmira_con_cifras()
    client.force_login(un_usuario())

    pagina = texto(client.get(reverse("indicadores:pedir-informe", args=[palmira.codigo_dane])))

    assert "Preparar el informe" in pagina
    assert "Programar informe mensual" not in pagina


def test_sin_formato_o_con_un_año_que_no_hay_se_dice(client):
    palmira = palmira_con_cifras()
    client.force_login(un_usuario())

    respuesta = client.post(
        reverse("indicadores:pedir-informe", args=[palmira.codigo_dane]), {"vigencia": 1990}
    )

    assert set(respuesta.context["form"].errors) == {"formato", "vigencia"}
    assert Trabajo.objects.count() == 0


def test_sin_cifras_publicadas_la_pagina_lo_dice(client):
    entidad = una_entidad()
    client.force_login(un_usuario())

    pagina = texto(client.get(reverse("indicadores:pedir-informe", args=[entidad.codigo_dane])))

    assert "Todavía no hay cifras publicadas." in pagina


# ── Programarlo ───────────────────────────────────────────────────────────────────────────────


def test_dice_cuando_sale_el_proximo_a_que_correo_y_se_puede_dejar(client, time_machine):
    time_machine.move_to("2026-11-20T10:00:00-05:00", tick=False)
    persona = un_usuario(Rol.EQUIPO_SECRETARIA, email="ana@ejemplo.test")
    client.force_login(persona)
    direccion = reverse("indicadores:programar-informe")

    antes = texto(client.get(direccion))
    client.post(direccion, {"activa": "on"})
    despues = texto(client.get(direccion))
    client.post(direccion)

    assert "No le llega" in antes
    assert "El martes 1 de diciembre de 2026, desde las 7:00 a.m. (hora de Colombia)" in antes
    assert "ana@ejemplo.test" in antes
    assert "Le llega" in despues
    assert SuscripcionAlInforme.objects.get().activa is False


def test_a_quien_dirige_le_llega_sin_pedirlo_hasta_que_alguien_lo_pida(client):
    secretario = un_usuario(Rol.SECRETARIO)
    client.force_login(secretario)
    direccion = reverse("indicadores:programar-informe")

    solo = client.get(direccion).context
    programar_informe(
        por=un_usuario(Rol.EQUIPO_SECRETARIA, entidad=secretario.entidad), activa=True
    )
    acompanado = client.get(direccion).context

    assert (solo["lo_recibe"], solo["otros"]) == (True, 0)
    assert (acompanado["lo_recibe"], acompanado["otros"]) == (False, 1)


def test_el_ministerio_no_programa_lo_de_las_secretarias(client):
    client.force_login(un_usuario())

    respuesta = client.post(reverse("indicadores:programar-informe"), {"activa": "on"})

    assert respuesta.url == reverse("indicadores:informes")
    assert SuscripcionAlInforme.objects.count() == 0


# ── Los de todas ──────────────────────────────────────────────────────────────────────────────


def test_el_ministerio_los_pide_y_ve_como_van(client):
    palmira_con_cifras()
    client.force_login(un_usuario(nombre="Ana de Prueba"))

    respuesta = client.post(reverse("indicadores:informes"), {"vigencia": 2022}, follow=True)

    lote = LoteDeInformes.objects.get()
    pagina = texto(respuesta)
    assert respuesta.redirect_chain[-1][0] == lote.get_absolute_url()
    assert "0 de 1 informes listos 1 faltan 0 no se pudieron" in pagina
    assert "Los pidió Ana de Prueba" in pagina
    assert "Palmira En espera" in pagina


def test_lo_que_fallo_dice_por_que_y_se_puede_reintentar(client):
    palmira_con_cifras()
    lote = pedir_lote(vigencia=2022, por=un_usuario())
    Trabajo.objects.update(estado="fallido", terminado_en=timezone.now(), mensaje="No hubo disco.")
    client.force_login(un_usuario())

    pagina = texto(client.get(lote.get_absolute_url()))
    client.post(reverse("indicadores:reintentar-lote", args=[lote.pk]))

    assert "No se pudo No hubo disco." in pagina
    assert "Reintentar los que fallaron" in pagina
    assert Trabajo.objects.get().estado == "pendiente"


def test_reintentar_cuando_nada_fallo_lo_dice(client):
    palmira_con_cifras()
    lote = pedir_lote(vigencia=2022, por=un_usuario())
    client.force_login(un_usuario())

    respuesta = client.post(reverse("indicadores:reintentar-lote", args=[lote.pk]), follow=True)

    assert "No hay informes por reintentar: ninguno falló." in respuesta.content.decode()


def test_la_lista_de_lotes_hace_las_mismas_consultas_con_uno_y_con_tres(
    client, django_assert_num_queries
):
    palmira_con_cifras()
    persona = un_usuario()
    client.force_login(persona)
    direccion = reverse("indicadores:informes")
    pedir_lote(vigencia=2022, por=persona)
    client.get(direccion)
    with CaptureQueriesContext(connection) as con_uno:
        client.get(direccion)
    for _ in range(2):
        una_version()
        pedir_lote(vigencia=2022, por=persona)

    with django_assert_num_queries(len(con_uno)):
        client.get(direccion)


def test_un_lote_hace_las_mismas_consultas_con_una_entidad_y_con_tres(
    client, django_assert_num_queries
):
    palmira_con_cifras()
    client.force_login(un_usuario())
    con_una = pedir_lote(vigencia=2022, por=un_usuario())
    una_version()
    for _ in range(2):
        una_entidad()
    con_tres = pedir_lote(vigencia=2022, por=un_usuario())
    client.get(con_una.get_absolute_url())
    with CaptureQueriesContext(connection) as pocas:
        client.get(con_una.get_absolute_url())

    with django_assert_num_queries(len(pocas)):
        client.get(con_tres.get_absolute_url())


@pytest.mark.parametrize("nombre", ["informes", "lote", "reintentar-lote", "descargar-lote"])
def test_una_secretaria_no_ve_los_lotes(client, nombre):
    palmira = palmira_con_cifras()
    lote = pedir_lote(vigencia=2022, por=un_usuario())
    client.force_login(un_usuario(Rol.SECRETARIO, entidad=palmira))
    direccion = reverse(f"indicadores:{nombre}", args=[] if nombre == "informes" else [lote.pk])

    enviado = client.post(direccion)

    assert enviado.status_code == (405 if nombre == "lote" else 403)
    if nombre in ("informes", "lote"):
        assert client.get(direccion).status_code == 403


# ── Bajarlo ───────────────────────────────────────────────────────────────────────────────────


def test_la_secretaria_baja_el_suyo_con_su_nombre(client):
    palmira = palmira_con_cifras()
    entrega = una_entrega_lista(palmira)
    client.force_login(un_usuario(Rol.EQUIPO_SECRETARIA, entidad=palmira))

    respuesta = client.get(descarga_de(entrega))

    assert b"".join(respuesta.streaming_content) == b"%PDF-1.7"
    assert respuesta.headers["Content-Disposition"] == (
        f'attachment; filename="Informe 2022 {palmira.codigo_dane} Palmira.pdf"'
    )
    assert respuesta.headers["Cache-Control"] == "no-store, private"


def test_el_de_otra_no_se_baja_ni_sin_entrar_ni_en_un_formato_que_no_hay(client):
    entrega = una_entrega_lista(palmira_con_cifras())

    assert client.get(descarga_de(entrega)).status_code == 302
    client.force_login(un_usuario(Rol.SECRETARIO))
    assert client.get(descarga_de(entrega)).status_code == 404
    client.force_login(un_usuario())
    assert client.get(descarga_de(entrega, "docx")).status_code == 404


def test_el_que_aun_no_esta_no_se_baja(client):
    palmira = palmira_con_cifras()
    lote = pedir_lote(vigencia=2022, por=un_usuario())
    client.force_login(un_usuario())

    assert client.get(descarga_de(lote.entregas.get(entidad=palmira))).status_code == 404
