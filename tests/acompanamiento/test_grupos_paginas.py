"""Las páginas de los grupos y la entrada: qué muestran, a quién y con cuántas consultas."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from acompanamiento.models import Contacto, Lado, VisitaReportada
from cuentas.models import Rol
from tests.fabricas import un_usuario, una_direccion, una_entidad
from tests.fabricas_de_acompanamiento import (
    un_compromiso,
    un_contacto,
    un_grupo,
    un_integrante,
    un_lider,
    un_padrinazgo,
    una_necesidad,
    una_pertenencia,
)

pytestmark = pytest.mark.django_db

VENCIDO = timezone.localdate() - timedelta(days=3)


def leer(client, persona, nombre, *args, **consulta):
    if persona:
        client.force_login(persona)
    direccion = reverse(f"acompanamiento:{nombre}", args=args)
    return client.get(direccion, consulta, follow=True).content.decode().partition("<main")[2]


def texto(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


# ── El reparto ────────────────────────────────────────────────────────────────────────────────


def test_los_grupos_pueden_tener_tamanos_distintos(client):
    for cuantas in (5, 5, 4):
        un_grupo(*(una_entidad() for _ in range(cuantas)))
    una_entidad("La que falta")

    html = texto(leer(client, un_usuario(), "grupos"))

    assert "2 grupos de 5 y 1 grupo de 4" in html
    assert "14 secretarías con grupo" in html
    assert "Dar grupo a La que falta" in html


def test_los_grupos_se_ven_como_eran_un_dia(client):
    huila = una_entidad("Huila")
    antes, despues = un_grupo(numero=1), un_grupo(numero=2)
    una_pertenencia(antes, huila, desde=date(2026, 1, 1), hasta=date(2026, 5, 31))
    una_pertenencia(despues, huila, desde=date(2026, 6, 1))

    mayo = texto(leer(client, un_usuario(), "grupos", fecha="2026-05-31"))
    junio = texto(leer(client, un_usuario(), "grupos", fecha="2026-06-01"))

    assert "Grupo 1 Sin líder · 1 secretaría Huila" in mayo
    assert "Grupo 2 Sin líder · 1 secretaría Huila" in junio


def test_una_secretaria_cerrada_sale_del_reparto(client):
    cerrada = una_entidad("La cerrada", hasta=date(2026, 6, 30))
    un_grupo(cerrada)

    assert "La cerrada" in leer(client, un_usuario(), "grupos", fecha="2026-06-30")
    assert "La cerrada" not in leer(client, un_usuario(), "grupos", fecha="2026-07-01")


def test_sin_grupos_se_dice_y_se_ofrece_empezar(client):
    assert "Crear un grupo" in leer(client, un_usuario(), "grupos")
    assert "Ese día no había grupos." in leer(client, un_usuario(), "grupos", fecha="2020-01-01")


@pytest.mark.parametrize("nombre", ["grupos", "entrada", "grupo"])
def test_con_muchos_grupos_se_pregunta_lo_mismo(client, nombre, django_assert_max_num_queries):
    lider = un_lider()
    grupo = un_grupo(una_entidad(), lider=lider)
    args = [grupo.numero] if nombre == "grupo" else []
    leer(client, lider, nombre, *args)
    with django_assert_max_num_queries(40) as una:
        leer(client, lider, nombre, *args)
    for _ in range(4):
        otra = una_entidad()
        una_pertenencia(grupo, otra)
        un_padrinazgo(otra)
        un_compromiso(otra, vence_el=VENCIDO)
        un_contacto(otra, estado=Contacto.Estado.PROGRAMADO)
        un_integrante(grupo)
        un_grupo(una_entidad(), lider=un_lider())

    with django_assert_max_num_queries(len(una.captured_queries)):
        leer(client, lider, nombre, *args)


# ── Un grupo ──────────────────────────────────────────────────────────────────────────────────


def test_el_grupo_dice_quien_responde_y_que_esta_vencido(client):
    huila = una_entidad("Huila")
    lider = un_lider(nombre="Ana Líder")
    grupo = un_grupo(huila, lider=lider, numero=7)
    un_padrinazgo(huila, un_usuario(Rol.PROFESIONAL, nombre="Luis Padrino"))
    un_padrinazgo(huila, un_usuario(Rol.PROFESIONAL, nombre="Eva Enlace"), papel="enlace")
    un_compromiso(huila, vence_el=VENCIDO)

    html = texto(leer(client, lider, "grupo", grupo.numero))

    assert "Padrino o madrina: Luis Padrino · Enlace: Eva Enlace" in html
    assert "1 vencido de Huila" in html
    assert "Ana Líder Líder" in html


def test_quien_ya_no_tiene_cuenta_sigue_en_su_grupo(client):
    grupo = un_grupo(lider=un_lider(nombre="Ana Líder", is_active=False))

    html = texto(leer(client, un_usuario(), "grupo", grupo.numero))

    assert "Ana Líder Sin cuenta" in html


def test_un_profesional_lo_mira_y_no_lo_cambia(client):
    grupo = un_grupo(una_entidad())

    html = leer(client, un_usuario(Rol.PROFESIONAL), "grupo", grupo.numero)

    assert "Cambiar de grupo" not in html
    assert "Agregar a alguien" not in html


def test_un_lider_dirige_el_suyo_y_no_el_de_otro(client):
    suyo, ajeno = un_grupo(lider=(lider := un_lider())), un_grupo()
    client.force_login(lider)

    estados = [
        client.get(reverse("acompanamiento:agregar-integrante", args=[grupo.numero])).status_code
        for grupo in (suyo, ajeno)
    ]

    assert estados == [200, 403]


# ── Los cambios, en el navegador ──────────────────────────────────────────────────────────────


def enviar(client, nombre, *args, **datos):
    return client.post(reverse(f"acompanamiento:{nombre}", args=args), datos)


def test_mover_una_secretaria_lleva_a_su_grupo_nuevo(client):
    huila = una_entidad("Huila", codigo_dane="41")
    un_grupo(huila)
    nuevo = un_grupo()
    client.force_login(un_usuario())

    respuesta = enviar(
        client,
        *("mover-entidad", "41"),
        **{"grupo": nuevo.numero, "desde": "2026-06-01", "motivo": "Reparto nuevo"},
    )

    assert respuesta.url == nuevo.get_absolute_url()
    assert huila.pertenencias.vigentes().get().grupo == nuevo


def test_sin_motivo_no_se_mueve_y_el_formulario_vuelve_lleno(client):
    huila = una_entidad("Huila", codigo_dane="41")
    antes = un_grupo(huila)
    nuevo = un_grupo(numero=88)
    client.force_login(un_usuario())

    html = enviar(
        client, "mover-entidad", "41", grupo=nuevo.numero, desde="2026-06-01"
    ).content.decode()

    assert f"A Huila la acompaña el {antes}. Diga por qué cambia." in html
    assert '<option value="88" selected>' in html
    assert huila.pertenencias.get().grupo == antes


def test_se_crea_un_grupo_con_el_numero_que_sigue(client):
    un_grupo(numero=19)
    client.force_login(un_usuario())

    html = client.get(reverse("acompanamiento:nuevo-grupo")).content.decode()
    respuesta = enviar(client, "nuevo-grupo", numero=20, desde="2026-01-01")

    assert 'value="20"' in html
    assert respuesta.url == reverse("acompanamiento:grupo", args=[20])


def test_asignar_padrino_desde_la_pagina_del_grupo(client):
    huila = una_entidad("Huila", codigo_dane="41")
    grupo = un_grupo(huila, lider=(lider := un_lider()))
    padrino = un_usuario(Rol.PROFESIONAL)
    client.force_login(lider)

    respuesta = enviar(
        client,
        *("asignar-padrino", "41"),
        **{"persona": padrino.pk, "papel": "padrino", "desde": "2026-06-01"},
    )

    assert respuesta.url == grupo.get_absolute_url()
    assert huila.padrinazgos.get().persona == padrino


def test_una_cuenta_desactivada_no_se_ofrece(client):
    un_usuario(Rol.PROFESIONAL, nombre="Quien Se Fue", is_active=False)
    grupo = un_grupo()

    html = leer(client, un_usuario(), "agregar-integrante", grupo.numero)

    assert "Quien Se Fue" not in html


# ── La entrada ────────────────────────────────────────────────────────────────────────────────


def test_sin_cuenta_se_ve_lo_reportado_y_ninguna_persona(client):
    una = una_entidad("Caquetá")
    un_grupo(una, lider=un_lider(nombre="Ana Líder"))
    VisitaReportada.objects.create(
        entidad=una, vigencia=2020, modalidad="presencial", fuente="Un informe"
    )

    html = leer(client, None, "entrada")

    assert "1 secretaría visitada en persona" in texto(html)
    assert "Las visitadas fueron Caquetá." in texto(html)
    assert "Ana Líder" not in html


def test_la_secretaria_ve_quien_la_acompana_por_su_cargo(client):
    huila = una_entidad("Huila")
    un_grupo(huila, lider=un_lider(nombre="Ana Líder"), numero=7)
    padrino = un_usuario(
        Rol.PROFESIONAL, nombre="Luis Padrino", direccion=una_direccion("Dirección de Calidad")
    )
    un_padrinazgo(huila, padrino)
    un_compromiso(huila, texto="Entregar el plan", vence_el=VENCIDO)
    un_compromiso(huila, texto="El del Ministerio", lado=Lado.MINISTERIO)
    un_compromiso(texto="El de otra")
    una_necesidad(huila, turno="entidad")

    html = leer(client, un_usuario(Rol.SECRETARIO, entidad=huila), "entrada")

    assert "Padrino o madrina Profesional de acompañamiento, Dirección de Calidad" in texto(html)
    assert "1 pregunta del Ministerio por responder" in texto(html)
    assert "Entregar el plan" in html
    assert not [uno for uno in ("Luis Padrino", "Ana Líder", "El de otra") if uno in html]


def test_el_ministerio_ve_lo_de_su_grupo(client):
    huila, otra = una_entidad("Huila"), una_entidad("Otra")
    lider = un_lider()
    un_grupo(huila, lider=lider, numero=7)
    un_compromiso(huila, vence_el=VENCIDO)
    un_compromiso(otra, vence_el=VENCIDO)

    html = texto(leer(client, lider, "entrada"))

    assert "Su grupo es el Grupo 7" in html
    assert "1 compromiso vencido" in html
    assert "1 sin ningún contacto" in html


def test_quien_no_integra_un_grupo_ve_lo_de_todas(client):
    for _ in range(2):
        un_compromiso(una_entidad(), vence_el=VENCIDO)

    html = texto(leer(client, un_usuario(), "entrada"))

    assert "Todas las secretarías" in html
    assert "2 compromisos vencidos" in html


def enlaces(html):
    return {
        texto(rotulo): destino.replace("&amp;", "&")
        for destino, rotulo in re.findall(r'<a [^>]*href="([^"]+)"[^>]*>(.*?)</a>', html, re.S)
    }


@pytest.mark.parametrize("primero", ["Mi portal", "Juntos lo Vamos a Lograr"])
def test_un_lider_llega_a_lo_vencido_de_su_grupo_en_dos_clics(client, primero):
    huila = una_entidad("Huila")
    lider = un_lider()
    un_grupo(huila, lider=lider)
    un_compromiso(huila, texto="Entregar el plan", vence_el=VENCIDO)
    un_compromiso(huila, texto="Aún no vence")
    un_compromiso(texto="El de otro grupo", vence_el=VENCIDO)
    client.force_login(lider)

    uno = enlaces(client.get("/").content.decode())[primero]
    dos = next(
        destino
        for rotulo, destino in enlaces(client.get(uno).content.decode()).items()
        if "vencido" in rotulo
    )
    html = client.get(dos).content.decode()

    assert "Entregar el plan" in html
    assert not [uno for uno in ("Aún no vence", "El de otro grupo") if uno in html]


def test_mi_grupo_lleva_al_que_lidera(client):
    lider = un_lider()
    un_integrante(un_grupo(numero=1), lider)
    lidera = un_grupo(numero=2, lider=lider)
    client.force_login(lider)

    respuesta = client.get(reverse("acompanamiento:mi-grupo"))

    assert respuesta.url == lidera.get_absolute_url()


def test_un_grupo_cerrado_ya_no_es_el_suyo(client):
    lider = un_lider()
    un_grupo(numero=2, lider=lider, hasta=timezone.localdate() - timedelta(days=1))
    client.force_login(lider)

    respuesta = client.get(reverse("acompanamiento:mi-grupo"), follow=True)

    assert respuesta.redirect_chain == [(reverse("acompanamiento:grupos"), 302)]
    assert "Hoy no integra ningún grupo." in respuesta.content.decode()


def test_a_una_secretaria_que_cerro_no_se_le_ofrece_pedir_asistencia(client):
    ayer = timezone.localdate() - timedelta(days=1)

    def entrada_de(entidad):
        client.force_login(un_usuario(Rol.SECRETARIO, entidad=entidad))
        return client.get(reverse("acompanamiento:entrada")).content.decode()

    assert "Pedir asistencia técnica" in entrada_de(una_entidad())
    assert "Pedir asistencia técnica" not in entrada_de(una_entidad(hasta=ayer))


# ── Mi portal ─────────────────────────────────────────────────────────────────────────────────


def mi_portal(client, persona):
    client.force_login(persona)
    return texto(client.get(reverse("mi-portal")).content.decode().partition("<main")[2])


def test_mi_portal_recuerda_a_la_secretaria_lo_suyo_y_su_proxima_visita(client):
    huila = una_entidad("Huila")
    un_compromiso(huila, vence_el=VENCIDO)
    un_compromiso(huila)
    un_contacto(
        huila,
        canal=Contacto.Canal.VISITA_PRESENCIAL,
        estado=Contacto.Estado.PROGRAMADO,
        asunto="Revisar el plan",
    )

    html = mi_portal(client, un_usuario(Rol.SECRETARIO, entidad=huila))

    assert "2 compromisos de su secretaría por cumplir 1 ya venció" in html
    assert "Visita presencial: Revisar el plan" in html


def test_mi_portal_recuerda_al_ministerio_lo_vencido_y_con_quien_no_se_ha_hablado(client):
    huila, neiva = una_entidad("Huila"), una_entidad("Neiva")
    lider = un_lider()
    un_grupo(huila, neiva, lider=lider, numero=7)
    un_contacto(neiva)
    un_compromiso(huila, vence_el=VENCIDO)

    html = mi_portal(client, lider)

    assert "Acompañamiento: Grupo 7" in html
    assert "1 compromiso vencido de su grupo" in html
    assert "1 secretaría sin contacto a tiempo" in html
