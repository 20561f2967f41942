"""Lo que una secretaría se perdió: qué entra, quién lo ve, y que revisarlo no es asistir."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from conectate.acciones.despues import deshacer_puesta_al_dia, ponerse_al_dia
from conectate.acciones.materiales import poner_grabacion
from conectate.consultas.despues import lo_perdido_por
from conectate.consultas.participacion import tabla_de
from conectate.models import Asistencia, PuestaAlDia
from cuentas.models import Rol
from tests.fabricas import un_tipo, un_usuario, una_entidad, una_participacion, una_sesion
from tests.fabricas_de_contenidos import un_material

pytestmark = pytest.mark.django_db


def texto(respuesta):
    return " ".join(respuesta.content.decode().split())


def una_que_se_perdio(entidad, titulo=None, **datos):
    """Con asistencia cargada y sin nadie de esa entidad."""
    sesion = una_sesion(titulo, convocadas=[entidad], **datos)
    una_participacion(sesion, una_entidad())
    return sesion


def pagina_de(entidad, vigencia=2020):
    return reverse("conectate:lo-que-se-perdio", args=[vigencia, entidad.codigo_dane])


# ── Qué entra ─────────────────────────────────────────────────────────────────────────────────


def test_se_perdio_aquellas_a_que_se_la_convoco_y_en_que_nadie_dice_que_estuvo():
    huila = una_entidad("Huila")
    falto = una_que_se_perdio(huila, "Faltó")
    falto_al_encuentro = una_que_se_perdio(
        huila, "Faltó al encuentro", tipo=un_tipo("encuentro", conteo="aparte")
    )
    una_participacion(una_sesion("Asistió", convocadas=[huila]), huila)
    una_sesion("Sin dato", convocadas=[huila])
    una_participacion(una_sesion("No la convocaron"), una_entidad())
    una_que_se_perdio(huila, "Cancelada", estado="cancelada")
    una_que_se_perdio(huila, "De otro año", fecha=date(2021, 3, 1))

    perdido = lo_perdido_por(huila, 2020)

    assert perdido.sesiones == [falto, falto_al_encuentro]


def test_quien_estuvo_en_la_ventana_no_se_la_perdio_aunque_la_lista_no_la_nombre():
    huila = una_entidad()
    sesion = una_que_se_perdio(huila)
    Asistencia.objects.create(sesion=sesion, entidad=huila, ventana_en=timezone.now())

    assert lo_perdido_por(huila, 2020).sesiones == []


@pytest.mark.parametrize("registro", ["ausente", "excusada"])
def test_lo_que_el_equipo_registro_como_ausencia_o_excusa_si_se_lo_perdio(registro):
    huila = una_entidad()
    sesion = una_sesion(convocadas=[huila])
    Asistencia.objects.create(
        sesion=sesion, entidad=huila, registro=registro, registrada_en=timezone.now()
    )

    assert lo_perdido_por(huila, 2020).sesiones == [sesion]


# ── «Ya la revisamos» ─────────────────────────────────────────────────────────────────────────


def test_revisar_se_cuenta_aparte_y_no_cambia_la_participacion():
    huila = una_entidad()
    persona = un_usuario(Rol.SECRETARIO, entidad=huila)
    una_participacion(una_sesion(convocadas=[huila]), huila)
    una, _ = una_que_se_perdio(huila), una_que_se_perdio(huila)

    ponerse_al_dia(sesion=una, entidad=huila, por=persona)

    assert str(tabla_de(2020, huila).filas[0].total) == "1 de 3"
    assert str(lo_perdido_por(huila, 2020)) == "2 que se perdieron, 1 ya revisada"


def test_revisar_otra_vez_conserva_a_quien_lo_dijo_primero():
    huila = una_entidad()
    primera, segunda = (un_usuario(Rol.EQUIPO_SECRETARIA, entidad=huila) for _ in range(2))
    sesion = una_que_se_perdio(huila)

    for persona in (primera, segunda):
        ponerse_al_dia(sesion=sesion, entidad=huila, por=persona)

    assert PuestaAlDia.objects.get().revisada_por == primera


def test_lo_que_no_se_perdio_no_se_revisa():
    huila = una_entidad()
    sesion = una_sesion(convocadas=[huila])
    una_participacion(sesion, huila)

    with pytest.raises(ValidationError) as error:
        ponerse_al_dia(sesion=sesion, entidad=huila, por=un_usuario(Rol.SECRETARIO, entidad=huila))

    assert error.value.code == "no_se_la_perdio"


def test_se_puede_deshacer_y_vuelve_a_estar_por_revisar():
    huila = una_entidad()
    persona = un_usuario(Rol.SECRETARIO, entidad=huila)
    sesion = una_que_se_perdio(huila)
    ponerse_al_dia(sesion=sesion, entidad=huila, por=persona)

    deshacer_puesta_al_dia(sesion=sesion, entidad=huila, por=persona)

    assert lo_perdido_por(huila, 2020).por_revisar == [sesion]


@pytest.mark.parametrize(
    ("perdidas", "revisadas", "dice"),
    [
        (1, 0, "1 que se perdió, ninguna ya revisada"),
        (2, 1, "2 que se perdieron, 1 ya revisada"),
        (3, 2, "3 que se perdieron, 2 ya revisadas"),
    ],
)
def test_la_cuenta_se_dice_en_palabras(perdidas, revisadas, dice):
    huila = una_entidad()
    sesiones = [una_que_se_perdio(huila) for _ in range(perdidas)]
    for sesion in sesiones[:revisadas]:
        PuestaAlDia.objects.create(sesion=sesion, entidad=huila)

    assert str(lo_perdido_por(huila, 2020)) == dice


# ── Las páginas ───────────────────────────────────────────────────────────────────────────────


def test_la_secretaria_revisa_y_deshace_desde_su_pagina(client):
    huila = una_entidad("Huila")
    sesion = una_que_se_perdio(huila, "Rutas")
    persona = un_usuario(Rol.EQUIPO_SECRETARIA, entidad=huila, nombre="Ana de Prueba")
    client.force_login(persona)

    client.post(reverse("conectate:ya-la-revisamos", args=[sesion.pk]))
    revisada = texto(client.get(pagina_de(huila)))
    client.post(reverse("conectate:aun-no-la-revisamos", args=[sesion.pk]))
    otra_vez = texto(client.get(pagina_de(huila)))

    assert "1 que se perdió, 1 ya revisada." in revisada
    assert "Ana de Prueba" in revisada
    assert "1 que se perdió, ninguna ya revisada." in otra_vez


def test_la_pagina_ofrece_sus_materiales_y_su_grabacion(client):
    huila = una_entidad()
    sesion = una_que_se_perdio(huila, grabacion="https://ejemplo.test/video")
    un_material(sesion, "Guía de permanencia", enlace="https://ejemplo.test/guia")
    client.force_login(un_usuario(Rol.SECRETARIO, entidad=huila))

    pagina = texto(client.get(pagina_de(huila)))

    assert 'href="https://ejemplo.test/video"' in pagina
    assert "Guía de permanencia" in pagina


@pytest.mark.parametrize(("estado", "hay"), [("realizada", False), ("cerrada", True)])
def test_el_acta_se_ofrece_cuando_la_sesion_esta_cerrada(client, estado, hay):
    huila = una_entidad()
    sesion = una_que_se_perdio(huila, estado=estado)
    client.force_login(un_usuario(Rol.SECRETARIO, entidad=huila))

    pagina = texto(client.get(pagina_de(huila)))

    assert (reverse("conectate:acta", args=[sesion.pk]) in pagina) is hay


def test_lo_que_otra_secretaria_se_perdio_no_existe(client):
    huila, meta = una_entidad(), una_entidad()
    client.force_login(un_usuario(Rol.SECRETARIO, entidad=huila))

    assert client.get(pagina_de(meta)).status_code == 404


def test_el_ministerio_lo_ve_y_no_puede_revisar_por_ella(client):
    huila = una_entidad("Huila")
    sesion = una_que_se_perdio(huila)
    client.force_login(un_usuario())

    pagina = client.get(pagina_de(huila))
    respuesta = client.post(reverse("conectate:ya-la-revisamos", args=[sesion.pk]))

    assert "Por revisar" in texto(pagina)
    assert "Ya la revisamos" not in texto(pagina)
    assert (respuesta.status_code, PuestaAlDia.objects.count()) == (403, 0)


def test_la_puerta_lleva_al_ultimo_año_con_sesiones(client):
    huila = una_entidad()
    for vigencia in (2019, 2021):
        una_que_se_perdio(huila, fecha=date(vigencia, 5, 1))
    client.force_login(un_usuario(Rol.SECRETARIO, entidad=huila))

    respuesta = client.get(reverse("conectate:lo-que-me-perdi"))

    assert respuesta["Location"] == pagina_de(huila, 2021)


def test_la_ficha_de_la_entidad_dice_cuanto_se_perdio_y_cuanto_reviso(client):
    huila = una_entidad()
    revisada, _ = una_que_se_perdio(huila, "Rutas"), una_que_se_perdio(huila)
    PuestaAlDia.objects.create(sesion=revisada, entidad=huila)
    client.force_login(un_usuario(Rol.SECRETARIO, entidad=huila))

    pagina = texto(
        client.get(reverse("conectate:participacion-entidad", args=[2020, huila.codigo_dane]))
    )

    assert "2 que se perdieron, 1 ya revisada" in pagina
    assert pagina_de(huila) in pagina


def test_la_pagina_cuesta_lo_mismo_con_una_sesion_que_con_tres(
    client, django_assert_max_num_queries
):
    huila = una_entidad()
    client.force_login(un_usuario(Rol.SECRETARIO, entidad=huila))

    def cuanto_cuesta():
        with django_assert_max_num_queries(25) as consultas:
            client.get(pagina_de(huila))
        return len(consultas)

    def otra():
        sesion = una_que_se_perdio(huila)
        un_material(sesion, enlace="https://ejemplo.test/guia")
        PuestaAlDia.objects.create(sesion=sesion, entidad=huila, revisada_por=un_usuario())

    otra()
    cuanto_cuesta()
    con_una = cuanto_cuesta()
    for _ in range(2):
        otra()

    assert cuanto_cuesta() == con_una


# ── La grabación ──────────────────────────────────────────────────────────────────────────────


def test_ningun_camino_publica_una_grabacion_sin_subtitulos():
    sesion = una_sesion()

    with pytest.raises(ValidationError) as error:
        poner_grabacion(sesion=sesion, enlace="https://ejemplo.test/video", por=un_usuario())

    sesion.refresh_from_db()
    assert (error.value.code, sesion.grabacion) == ("sin_subtitulos", "")


def test_quitar_una_grabacion_no_pide_subtitulos():
    sesion = una_sesion(grabacion="https://ejemplo.test/video")

    poner_grabacion(sesion=sesion, enlace="", por=un_usuario())

    sesion.refresh_from_db()
    assert sesion.grabacion == ""
