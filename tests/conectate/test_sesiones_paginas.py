"""Las páginas de las sesiones: qué ve cada quien, y qué lee cuando algo no se puede."""

from datetime import timedelta

import pytest
from auditlog.models import LogEntry
from django.utils import timezone

from tests.fabricas import (
    un_tema,
    un_usuario,
    una_entidad,
    una_participacion,
    una_sesion,
)

pytestmark = pytest.mark.django_db

LISTA = "/conectate/sesiones/"
MAÑANA = timezone.localdate() + timedelta(days=1)


def texto(respuesta):
    return " ".join(respuesta.content.decode().split())


# ── Una sesión ────────────────────────────────────────────────────────────────────────────────


def test_cualquiera_lee_lo_publico_de_una_sesion_abierta(client):
    sesion = una_sesion(
        "Rutas <de> permanencia",
        audiencia="comunidad",
        ponentes="Equipo técnico, Dirección de Calidad\n\nFirma aliada",
        temas=[un_tema("Permanencia")],
        convocadas=[una_entidad("Huila")],
    )
    una_participacion(sesion, nombre="Nadie Debe Verme")

    pagina = texto(client.get(sesion.get_absolute_url()))

    assert "<h1>Rutas &lt;de&gt; permanencia</h1>" in pagina
    assert "Martes 9 de junio de 2020, de 9:00 a.m. a 11:00 a.m. (hora de Colombia)" in pagina
    assert "<li>Firma aliada</li>" in pagina
    assert '<a href="/conectate/sesiones/?tema=permanencia">Permanencia</a>' in pagina
    assert "Nadie Debe Verme" not in pagina
    assert "Quién participó" not in pagina


def test_a_quien_no_ha_entrado_se_le_pide_entrar_exista_o_no_la_sesion(client):
    sesion = una_sesion()

    destinos = [client.get(f"{LISTA}{pk}/")["Location"] for pk in (sesion.pk, sesion.pk + 999)]

    assert [destino.split("?")[0] for destino in destinos] == ["/cuentas/entrar/"] * 2


def test_la_sesion_de_otra_secretaria_no_existe(client):
    sesion = una_sesion(convocadas=[una_entidad("Huila")])
    client.force_login(un_usuario("equipo_secretaria", entidad=una_entidad("Meta")))

    assert client.get(sesion.get_absolute_url()).status_code == 404


def test_una_secretaria_lee_que_participo_y_no_ve_las_cifras_de_las_demas(client):
    huila, meta = una_entidad("Huila"), una_entidad("Meta")
    sesion = una_sesion(convocadas=[huila, meta])
    una_participacion(sesion, huila, minutos=65)
    una_participacion(sesion, meta)
    client.force_login(un_usuario("secretario", entidad=huila))

    pagina = texto(client.get(sesion.get_absolute_url()))

    assert "Participó</strong> con 1 persona y 1 h 5 min de conexión" in pagina
    assert "Meta" not in pagina
    assert "Quién participó" not in pagina


def test_una_secretaria_que_falto_lee_lo_que_se_perdio_y_que_puede_cambiar(client):
    huila = una_entidad("Huila")
    sesion = una_sesion(convocadas=[huila], grabacion="https://ejemplo.test/video")
    una_participacion(sesion)
    client.force_login(un_usuario("secretario", entidad=huila))

    pagina = texto(client.get(sesion.get_absolute_url()))

    assert "No participó." in pagina
    assert "queda 1 persona sin identificar" in pagina
    assert "Ver la grabación de la sesión" in pagina


def test_sin_asistencia_cargada_la_secretaria_lee_sin_dato(client):
    huila = una_entidad("Huila")
    sesion = una_sesion(convocadas=[huila])
    client.force_login(un_usuario("secretario", entidad=huila))

    assert "No cuenta como ausencia." in texto(client.get(sesion.get_absolute_url()))


def test_el_enlace_de_la_reunion_se_ve_hasta_que_se_realiza(client):
    huila = una_entidad("Huila")
    enlace = "https://reunion.example/abc"
    client.force_login(un_usuario("secretario", entidad=huila))

    def se_ve(estado):
        sesion = una_sesion(convocadas=[huila], estado=estado, enlace=enlace)
        return enlace in texto(client.get(sesion.get_absolute_url()))

    assert [se_ve(estado) for estado in ("convocada", "realizada", "cancelada")] == [
        True,
        False,
        False,
    ]


def test_el_ministerio_ve_quien_participo_y_quien_falto(client):
    huila, meta = una_entidad("Huila"), una_entidad("Meta")
    sesion = una_sesion(convocadas=[huila, meta])
    una_participacion(sesion, huila)
    sesion.aforos.create(personas=489, fuente="YouTube")
    client.force_login(un_usuario())

    pagina = texto(client.get(sesion.get_absolute_url()))

    assert "1 de 2 secretarías convocadas estuvieron" in pagina
    assert '<b class="numero">489</b> <span>YouTube</span>' in pagina
    assert "1 <small>de 2</small>" in pagina


def test_la_pagina_de_una_sesion_cuesta_lo_mismo_con_pocas_que_con_muchas_personas(
    client, django_assert_max_num_queries
):
    entidades = [una_entidad() for _ in range(12)]
    sesion = una_sesion(convocadas=entidades)
    client.force_login(un_usuario())
    client.get(sesion.get_absolute_url())

    def cuanto_cuesta():
        with django_assert_max_num_queries(30) as consultas:
            client.get(sesion.get_absolute_url())
        return len(consultas)

    una_participacion(sesion, entidades[0])
    con_una = cuanto_cuesta()
    for entidad in entidades:
        una_participacion(sesion, entidad)

    assert cuanto_cuesta() == con_una


# ── Personas ──────────────────────────────────────────────────────────────────────────────────


def test_el_ministerio_ve_todas_las_personas_y_queda_anotado(client):
    huila = una_entidad("Huila")
    sesion = una_sesion(convocadas=[huila])
    una_participacion(sesion, huila, nombre="Ana Inventada")
    una_participacion(sesion, nombre="Sin Entidad")
    una_participacion(sesion, nombre="Notas automáticas", tipo="bot")
    client.force_login(un_usuario())

    pagina = texto(client.get(f"{LISTA}{sesion.pk}/personas/"))

    entrada = LogEntry.objects.get(additional_data__verbo="vio una lista de personas")
    assert entrada.additional_data["detalle"]["personas"] == 2
    assert ("Ana Inventada" in pagina, "Sin Entidad" in pagina) == (True, True)
    assert "Notas automáticas" not in pagina


def test_una_secretaria_ve_solo_sus_personas(client):
    huila, meta = una_entidad("Huila"), una_entidad("Meta")
    sesion = una_sesion(convocadas=[huila, meta])
    una_participacion(sesion, huila, nombre="Suya")
    una_participacion(sesion, meta, nombre="Ajena")
    una_participacion(sesion, nombre="Sin Entidad")
    client.force_login(un_usuario("equipo_secretaria", entidad=huila))
    direccion = f"{LISTA}{sesion.pk}/personas/"

    for consulta in ("", f"?entidad={meta.codigo_dane}", "?entidad=sin-identificar", "?q=ajena"):
        pagina = client.get(direccion + consulta)

        assert {persona.nombre for persona in pagina.context["pagina"]} <= {"Suya"}


@pytest.mark.parametrize(
    ("consulta", "nombres"),
    [
        ("?q=ALVARO", ["Álvaro Uno"]),
        ("?entidad=sin-identificar", ["Zoila Tres"]),
        ("?entidad=otras", ["Berta Dos"]),
        ("?entidad=90001", ["Álvaro Uno"]),
        ("?entidad=99999", ["Álvaro Uno", "Berta Dos", "Zoila Tres"]),
    ],
)
def test_las_personas_se_filtran(client, consulta, nombres):
    huila = una_entidad("Huila", codigo_dane="90001")
    sesion = una_sesion(convocadas=[huila])
    una_participacion(sesion, huila, nombre="Álvaro Uno")
    una_participacion(sesion, nombre="Berta Dos", ajena="Universidad de prueba")
    una_participacion(sesion, nombre="Zoila Tres")
    client.force_login(un_usuario())

    pagina = client.get(f"{LISTA}{sesion.pk}/personas/{consulta}")

    assert [persona.nombre for persona in pagina.context["pagina"]] == nombres


def test_las_personas_de_una_sesion_abierta_no_son_publicas(client):
    sesion = una_sesion(audiencia="comunidad")

    respuesta = client.get(f"{LISTA}{sesion.pk}/personas/")

    assert respuesta["Location"].startswith("/cuentas/entrar/")


# ── Aforo y entrada ───────────────────────────────────────────────────────────────────────────


def test_el_aforo_se_registra_y_se_quita_desde_la_pagina(client):
    sesion = una_sesion()
    client.force_login(un_usuario())

    client.post(f"{LISTA}{sesion.pk}/aforos/nuevo/", {"personas": "489", "fuente": "YouTube"})
    aforo = sesion.aforos.get()
    client.post(f"/conectate/aforos/{aforo.pk}/quitar/")

    assert (aforo.personas, sesion.aforos.count()) == (489, 0)


def test_una_secretaria_no_registra_aforos(client):
    huila = una_entidad("Huila")
    sesion = una_sesion(convocadas=[huila])
    aforo = sesion.aforos.create(personas=1, fuente="YouTube")
    client.force_login(un_usuario("secretario", entidad=huila))

    respuestas = [
        client.post(f"{LISTA}{sesion.pk}/aforos/nuevo/", {"personas": "9", "fuente": "X"}),
        client.post(f"/conectate/aforos/{aforo.pk}/quitar/"),
    ]

    assert [respuesta.status_code for respuesta in respuestas] == [403, 403]
    assert sesion.aforos.get() == aforo


def test_la_entrada_muestra_lo_que_viene_y_lo_ultimo(client):
    una_sesion("Ya fue", audiencia="comunidad")
    una_sesion("Por venir", audiencia="comunidad", estado="convocada", fecha=MAÑANA)
    una_sesion("De equipos", estado="convocada", fecha=MAÑANA)

    contexto = client.get("/conectate/").context

    assert [s.titulo for s in contexto["vienen"]] == ["Por venir"]
    assert [s.titulo for s in contexto["ultimas"]] == ["Ya fue"]
    assert contexto["pendientes"] is None


def test_la_entrada_le_dice_al_ministerio_lo_que_falta(client):
    una_participacion(una_sesion())
    una_sesion()
    una_sesion(estado="convocada")
    client.force_login(un_usuario())

    pendientes = client.get("/conectate/").context["pendientes"]

    assert (pendientes.sin_asistencia, pendientes.por_revisar, pendientes.sin_cerrar) == (1, 1, 1)


def test_la_entrada_le_dice_a_una_secretaria_su_cuenta(client):
    huila = una_entidad("Huila")
    una_participacion(una_sesion(convocadas=[huila]), huila)
    una_participacion(una_sesion(convocadas=[huila]))
    client.force_login(un_usuario("secretario", entidad=huila))

    pagina = texto(client.get("/conectate/"))

    assert "1 <small>de 2</small>" in pagina
    assert "50,0 % de las sesiones" in pagina
