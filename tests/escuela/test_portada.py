"""La portada: qué cuenta, con datos y sin ellos, y a quién."""

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from conectate.models import Sesion, TipoSesion
from cuentas.models import Rol
from tests.fabricas import un_tipo, un_usuario, una_entidad, una_participacion, una_sesion

pytestmark = pytest.mark.django_db


def leer(client):
    return client.get("/").content.decode()


def texto_de(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html)).strip()


def una_sesion_publica(**datos):
    return una_sesion(audiencia=Sesion.Audiencia.COMUNIDAD, **datos)


def test_la_portada_tiene_sentido_sin_ningun_dato(client):
    html = leer(client)

    assert "Un mismo equipo, una sola escuela" in html
    assert "Aún no hay sesiones publicadas." in html
    assert "en cifras" not in html


def test_la_portada_cuenta_las_secretarias_de_hoy(client):
    una_entidad(tipo="departamento")
    una_entidad(tipo="municipio")
    una_entidad(tipo="municipio", hasta=date(2019, 12, 31))

    html = leer(client)

    assert "2 secretarías, una sola escuela" in html
    assert html.count('<i class="departamento">') == 1


def test_la_portada_anuncia_las_sesiones_publicas_que_vienen(client):
    pronto = timezone.localdate() + timedelta(days=3)
    convocada = {"fecha": pronto, "estado": Sesion.Estado.CONVOCADA}
    una_sesion_publica(titulo="Abierta a todos", **convocada)
    una_sesion_publica(titulo="Aún en borrador", fecha=pronto, estado=Sesion.Estado.BORRADOR)
    una_sesion(titulo="Solo para equipos", **convocada)
    una_sesion_publica(titulo="Ya pasó")

    html = leer(client)

    assert "Próximas sesiones" in html
    assert "Abierta a todos" in html
    assert not {"Aún en borrador", "Solo para equipos", "Ya pasó"} & set(
        re.findall(r">([^<]+)<", html)
    )


def test_sin_sesiones_por_venir_la_portada_muestra_las_ultimas(client):
    una_sesion_publica(titulo="La más vieja", fecha=date(2020, 1, 1))
    for dia in (2, 3, 4):
        una_sesion_publica(titulo=f"La del día {dia}", fecha=date(2020, 2, dia))

    html = leer(client)

    assert "Últimas sesiones" in html
    assert re.findall(r"La del día \d", html) == ["La del día 4", "La del día 3", "La del día 2"]
    assert "La más vieja" not in html


def test_las_cifras_de_la_portada_salen_de_las_listas_de_asistencia(client):
    huila, meta = una_entidad(nombre="Huila"), una_entidad(nombre="Meta")
    primera, segunda = una_sesion(fecha=date(2020, 2, 4)), una_sesion(fecha=date(2020, 3, 3))
    for sesion, entidad in ((primera, huila), (primera, huila), (segunda, huila), (segunda, meta)):
        una_participacion(sesion, entidad)
    una_participacion(primera)
    una_participacion(primera, huila, cuenta=False)
    una_sesion(fecha=date(2020, 4, 1), tipo=un_tipo("reunion", conteo=TipoSesion.Conteo.APARTE))
    una_sesion(fecha=date(2019, 4, 1))

    html = leer(client).partition("2020 en cifras")[2]

    cifras = [texto_de(cifra) for cifra in re.findall(r'<p class="cifra-valor">(.*?)</p>', html)]
    assert cifras == ["2", "5", "2 de 2"]


def test_la_portada_dice_cuando_las_cifras_son_de_demostracion(client):
    una_sesion(es_demostracion=True)

    html = leer(client)

    assert "se calculan con datos inventados" in html
    assert "<strong>Demostración:</strong>" in html


def test_sin_datos_inventados_no_hay_franja_de_demostracion(client):
    una_sesion()

    assert "Demostración:" not in leer(client)


@pytest.mark.parametrize("cuantas", [3, 30])
def test_la_portada_hace_las_mismas_consultas_con_pocas_y_con_muchas_sesiones(
    client, django_assert_num_queries, cuantas
):
    for n in range(cuantas):
        una_participacion(una_sesion_publica(titulo=f"Sesión {n}"), una_entidad())

    with django_assert_num_queries(9):
        client.get("/")


def test_quien_entro_ve_su_nombre_y_como_salir(client):
    client.force_login(un_usuario(Rol.SECRETARIO, nombre="Persona de Prueba"))

    html = leer(client)

    assert "Persona de Prueba" in html
    assert "Salir" in html
    assert "Entrar con mi cuenta" not in html


def test_los_textos_que_llegan_se_escapan(client):
    una_sesion_publica(titulo="<script>alert('x')</script> & «ñandú»")

    html = leer(client)

    assert "&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt; &amp; «ñandú»" in html
