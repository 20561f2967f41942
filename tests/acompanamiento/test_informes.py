"""Los informes: cuentan lo de su periodo, cada quien recibe lo suyo y el mes cabe en una hoja."""

import io
from datetime import date, datetime, timedelta

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from pypdf import PdfReader

from acompanamiento.acciones.informes import pedir_libro, pedir_mes
from acompanamiento.consultas.periodo import Alcance, por_entidad, por_grupo
from acompanamiento.models import Compromiso, Contacto
from cuentas.models import Rol
from tests.fabricas import un_usuario, una_entidad
from tests.fabricas_de_acompanamiento import (
    un_compromiso,
    un_contacto,
    un_grupo,
    un_lider,
    una_pertenencia,
    una_visita,
)
from trabajos.acciones import ejecutar
from trabajos.models import Trabajo

pytestmark = pytest.mark.django_db

MAYO = {"desde": date(2026, 5, 1), "hasta": date(2026, 5, 31)}
EN_MAYO = {"fecha": date(2026, 5, 12)}


def hecho(trabajo):
    ejecutar(trabajo.pk)
    trabajo.refresh_from_db()
    return trabajo


def libro_de(por, **pedido):
    trabajo = hecho(pedir_libro(**{**MAYO, **pedido}, por=por))
    assert trabajo.estado == Trabajo.Estado.TERMINADO, trabajo.mensaje
    with default_storage.open(trabajo.archivo.name) as archivo:
        return load_workbook(io.BytesIO(archivo.read()))


def filas_de(libro, hoja, columna):
    encabezado, *filas = libro[hoja].iter_rows(values_only=True)
    return [fila[encabezado.index(columna)] for fila in filas]


def mes_de(grupo, por, mes=date(2026, 5, 1)):
    trabajo = hecho(pedir_mes(grupo=grupo, mes=mes, por=por))
    assert trabajo.estado == Trabajo.Estado.TERMINADO, trabajo.mensaje
    with default_storage.open(trabajo.archivo.name) as archivo:
        return PdfReader(io.BytesIO(archivo.read()))


def cerrado(dia):
    return {
        "estado": Compromiso.Estado.CUMPLIDO,
        "cerrado_en": timezone.make_aware(datetime.combine(dia, datetime.min.time())),
    }


# ── Lo que cuentan ────────────────────────────────────────────────────────────────────────────


def test_de_cada_secretaria_se_cuenta_lo_del_periodo():
    huila = una_entidad("Huila")
    un_grupo(huila, numero=7)
    un_contacto(huila, **EN_MAYO)
    una_visita(huila, fecha=date(2026, 5, 20))
    un_contacto(huila, fecha=date(2026, 6, 2))
    un_contacto(huila, estado=Contacto.Estado.BORRADOR, **EN_MAYO)
    abril, junio = date(2026, 4, 1), date(2026, 6, 10)
    un_compromiso(huila, acordado_el=abril, vence_el=date(2026, 5, 8), **cerrado(junio))
    un_compromiso(huila, acordado_el=date(2026, 5, 4), vence_el=junio)
    un_compromiso(huila, acordado_el=abril, vence_el=abril, **cerrado(date(2026, 5, 6)))
    un_compromiso(huila, acordado_el=abril, vence_el=abril, **cerrado(date(2026, 4, 20)))
    un_compromiso(huila, acordado_el=junio, vence_el=junio)

    (fila,) = por_entidad(Alcance(**MAYO), un_usuario())

    assert (fila.contactos, fila.visitas, fila.ultimo) == (2, 1, date(2026, 5, 20))
    # El que venció en mayo y se cumplió en junio estaba vencido al terminar mayo.
    assert (fila.acordados, fila.cumplidos, fila.abiertos, fila.vencidos) == (1, 1, 2, 1)


def test_un_contacto_se_cuenta_al_grupo_que_acompanaba_ese_dia():
    huila, antes, despues = una_entidad(), un_grupo(numero=1), un_grupo(numero=2)
    una_pertenencia(antes, huila, hasta=date(2026, 5, 15))
    una_pertenencia(despues, huila, desde=date(2026, 5, 16))
    un_contacto(huila, grupo=antes, **EN_MAYO)
    alcance, por = Alcance(**MAYO), un_usuario()

    grupos = por_grupo(alcance, por_entidad(alcance, por), por)

    assert [(uno.grupo, uno.contactos, len(uno.suyas)) for uno in grupos] == [
        (antes, 1, 0),
        (despues, 0, 1),
    ]


def test_con_muchas_secretarias_hace_las_mismas_consultas(django_assert_num_queries):
    por, alcance = un_usuario(), Alcance(**MAYO)
    for numero in range(1, 13):
        entidad = una_entidad()
        un_grupo(entidad, numero=numero)
        un_compromiso(entidad, contacto=un_contacto(entidad, **EN_MAYO))

    with django_assert_num_queries(7):
        por_grupo(alcance, por_entidad(alcance, por), por)


# ── El libro ──────────────────────────────────────────────────────────────────────────────────


def test_el_libro_de_un_grupo_trae_lo_de_sus_secretarias_y_nada_mas():
    huila, cauca = una_entidad("Huila", codigo_dane="05001"), una_entidad("Cauca")
    grupo = un_grupo(huila, numero=7)
    for entidad, suyo in ((huila, grupo), (cauca, un_grupo(cauca, numero=8))):
        un_contacto(entidad, grupo=suyo, asunto=f"Con {entidad}", **EN_MAYO)
        un_compromiso(entidad, texto=f"De {entidad}", acordado_el=date(2026, 5, 2))

    libro = libro_de(un_lider(), grupo=grupo)

    assert libro.sheetnames[:4] == ["Por grupo", "Por secretaría", "Contactos", "Compromisos"]
    assert filas_de(libro, "Por grupo", "Grupo") == ["Grupo 7"]
    assert filas_de(libro, "Por secretaría", "Código DANE") == ["05001"]
    assert filas_de(libro, "Contactos", "De qué se trató") == ["Con Huila"]
    assert filas_de(libro, "Compromisos", "Compromiso") == ["De Huila"]


def test_una_secretaria_recibe_solo_lo_suyo_aunque_pida_lo_de_todas():
    huila, cauca = una_entidad("Huila"), una_entidad("Cauca")
    for entidad in (huila, cauca):
        un_contacto(entidad, asunto=f"Con {entidad}", notas="Del equipo", **EN_MAYO)
        un_contacto(entidad, asunto="En borrador", estado=Contacto.Estado.BORRADOR, **EN_MAYO)
        un_compromiso(entidad, texto=f"De {entidad}", acordado_el=date(2026, 5, 2))

    libro = libro_de(un_usuario(Rol.SECRETARIO, entidad=huila))

    assert libro.sheetnames[:3] == ["Por secretaría", "Contactos", "Compromisos"]
    assert filas_de(libro, "Por secretaría", "Secretaría") == ["Huila"]
    assert filas_de(libro, "Contactos", "De qué se trató") == ["Con Huila"]
    assert filas_de(libro, "Compromisos", "Compromiso") == ["De Huila"]
    escrito = [
        celda for hoja in libro for fila in hoja.iter_rows(values_only=True) for celda in fila
    ]
    assert "Del equipo" not in escrito


@pytest.mark.parametrize("que", ["la entidad de otra", "un grupo"])
def test_lo_ajeno_no_se_le_entrega_ni_pidiendolo_por_debajo(que):
    cauca = una_entidad("Cauca")
    pedido = {"entidad": cauca} if que == "la entidad de otra" else {"grupo": un_grupo(cauca)}

    trabajo = hecho(pedir_libro(**MAYO, **pedido, por=un_usuario(Rol.SECRETARIO)))

    assert (trabajo.estado, bool(trabajo.archivo)) == (Trabajo.Estado.FALLIDO, False)
    assert trabajo.mensaje == "Ya no tiene permiso para ver este informe."


def test_pulsar_dos_veces_no_pide_dos_archivos():
    por = un_usuario()

    assert pedir_libro(**MAYO, por=por) == pedir_libro(**MAYO, por=por)


# ── El mes de un grupo ────────────────────────────────────────────────────────────────────────


def test_el_mes_de_un_grupo_cabe_en_una_pagina_accesible():
    entidades = [una_entidad(f"Secretaría de nombre bien largo número {n}") for n in range(30)]
    grupo = un_grupo(*entidades, numero=7, nombre="Los que acompañan a la región más grande")
    for entidad in entidades:
        un_contacto(entidad, grupo=grupo, **EN_MAYO)
        un_compromiso(
            entidad,
            texto="Palabras largas " * 30,
            acordado_el=date(2026, 4, 2),
            vence_el=date(2026, 5, 4),
        )
        un_contacto(
            entidad, estado=Contacto.Estado.PROGRAMADO, fecha=timezone.localdate() + timedelta(9)
        )

    pdf = mes_de(grupo, un_lider())

    escrito = pdf.pages[0].extract_text()
    assert len(pdf.pages) == 1
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert "Mayo de 2026" in escrito
    assert "30 de 30" in escrito
    assert "Y 20 secretarías más" in escrito


def test_el_mes_de_un_grupo_sin_nada_tambien_sale():
    escrito = mes_de(un_grupo(numero=9), un_lider()).pages[0].extract_text()

    assert "no acompañaba a ninguna" in escrito
    assert "No hay compromisos vencidos." in escrito


def test_el_mes_de_un_grupo_no_es_para_una_secretaria():
    trabajo = hecho(pedir_mes(grupo=un_grupo(), mes=MAYO["desde"], por=un_usuario(Rol.SECRETARIO)))

    assert trabajo.estado == Trabajo.Estado.FALLIDO


# ── La página ─────────────────────────────────────────────────────────────────────────────────


def test_quien_lidera_encuentra_su_grupo_ya_escogido(client):
    lider = un_lider()
    grupo = un_grupo(una_entidad(), lider=lider, numero=7)
    client.force_login(lider)

    pagina = client.get(reverse("acompanamiento:informes"))

    assert pagina.context["libro"].initial["grupo"] == grupo
    assert '<option value="7" selected>' in pagina.content.decode()


def test_pedirlo_lleva_a_ver_como_va(client):
    client.force_login(un_lider())
    grupo = un_grupo(numero=7)

    libro = client.post(
        reverse("acompanamiento:informes"),
        {"grupo": 7, "desde": "2026-05-01", "hasta": "2026-05-31"},
    )
    mes = client.post(
        reverse("acompanamiento:informes"), {"grupo_del_mes": grupo.numero, "mes": "2026-05"}
    )

    pedidos = {trabajo.tipo: trabajo for trabajo in Trabajo.objects.all()}
    assert libro.url == pedidos["acompanamiento.informe"].get_absolute_url()
    assert mes.url == pedidos["acompanamiento.mes_del_grupo"].get_absolute_url()


@pytest.mark.parametrize(
    ("datos", "mensaje"),
    [
        (
            {"desde": "2026-06-01", "hasta": "2026-05-01"},
            "La fecha final es anterior a la inicial. Cámbiela.",
        ),
        ({"mes": "mayo", "grupo_del_mes": "7"}, "Escríbalo con el año primero, como 2026-11."),
        ({"mes": "2999-01", "grupo_del_mes": "7"}, "Ese mes todavía no empieza."),
    ],
)
def test_lo_que_no_se_entiende_se_dice_y_no_se_pide_nada(client, datos, mensaje):
    client.force_login(un_lider())
    un_grupo(numero=7)

    pagina = client.post(reverse("acompanamiento:informes"), datos)

    assert mensaje in pagina.content.decode()
    assert Trabajo.objects.count() == 0


def test_una_secretaria_no_escoge_de_quien_ni_pide_el_mes_de_un_grupo(client):
    client.force_login(un_usuario(Rol.SECRETARIO))
    grupo = un_grupo()

    pagina = client.get(reverse("acompanamiento:informes"))
    pedido = client.post(
        reverse("acompanamiento:informes"), {"grupo_del_mes": grupo.numero, "mes": "2026-05"}
    )

    assert list(pagina.context["libro"].fields) == ["desde", "hasta"]
    assert (pagina.context["mes"], pedido.status_code) == (None, 403)
