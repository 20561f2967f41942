"""La rejilla del equipo: todas las convocadas, un solo guardar, y nadie pisa a nadie."""

import gzip

import pytest
from auditlog.models import LogEntry
from django.urls import reverse

from conectate.consultas.presencia import cifras_por_origen
from conectate.consultas.sesiones import codigo_de
from conectate.models import Sesion
from tests.fabricas import (
    un_departamento,
    un_usuario,
    una_asistencia,
    una_entidad,
    una_participacion,
    una_sesion,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def equipo(client):
    equipo = un_usuario(nombre="Persona del equipo")
    client.force_login(equipo)
    return equipo


def rejilla(sesion):
    return reverse("conectate:rejilla", args=[sesion.pk])


def escrito(entidad, registro, *, personas="", forma="", medio="", antes=""):
    e = f"e{entidad.pk}"
    return {
        f"{e}-registro": registro,
        f"{e}-personas": personas,
        f"{e}-forma": forma,
        f"{e}-medio": medio,
        f"{e}-antes": antes,
    }


def lo_registrado(sesion):
    return list(
        sesion.asistencias.order_by("entidad__nombre").values_list(
            "entidad__nombre", "registro", "registro_personas", "registro_forma", "registro_medio"
        )
    )


def test_un_solo_guardar_deja_todas_como_se_marcaron(client, equipo):
    huila, meta, sucre, tolima = (una_entidad(n) for n in ("Huila", "Meta", "Sucre", "Tolima"))
    sesion = una_sesion(convocadas=[huila, meta, sucre, tolima])

    client.post(
        rejilla(sesion),
        {
            "medio": "llamada",
            **escrito(huila, "presente", personas="489", forma="remota"),
            **escrito(meta, "ausente", forma="remota"),
            **escrito(sucre, "excusada", medio="correo"),
            **escrito(tolima, ""),
        },
    )

    assert lo_registrado(sesion) == [
        ("Huila", "presente", 489, "remota", "llamada"),
        ("Meta", "ausente", None, "", "llamada"),
        ("Sucre", "excusada", None, "", "correo"),
    ]
    assert cifras_por_origen(sesion).por_origen["equipo"] == 1
    assert sesion.asistencias.get(entidad=huila).registrada_por == equipo


def test_el_orden_es_departamento_y_nombre(client, equipo):
    zulia, arauca = un_departamento("Zulia", "98"), un_departamento("Arauca", "97")
    nombres = [("Bello", zulia), ("Cali", arauca), ("Armenia", zulia)]
    sesion = una_sesion(convocadas=[una_entidad(n, departamento=d) for n, d in nombres])

    en_la_rejilla = client.get(rejilla(sesion)).context["form"].filas
    en_la_hoja = client.get(reverse("conectate:hoja", args=[sesion.pk])).context["entidades"]

    assert [fila.entidad.nombre for fila in en_la_rejilla] == ["Cali", "Armenia", "Bello"]
    assert [entidad.nombre for entidad in en_la_hoja] == ["Cali", "Armenia", "Bello"]


def test_guardar_otra_vez_lo_mismo_no_cambia_ni_anota_nada(client, equipo):
    huila = una_entidad("Huila")
    sesion = una_sesion(convocadas=[huila])
    client.post(rejilla(sesion), {"medio": "llamada", **escrito(huila, "presente")})
    fila = client.get(rejilla(sesion)).context["form"].filas[0]
    entradas = LogEntry.objects.count()

    client.post(
        rejilla(sesion),
        {"medio": "correo", **escrito(huila, "presente", medio="llamada", antes=fila.version)},
    )

    assert lo_registrado(sesion) == [("Huila", "presente", None, "", "llamada")]
    assert LogEntry.objects.count() == entradas


def test_quitar_la_marca_olvida_la_fila_si_nadie_mas_dice_nada(client, equipo):
    huila, meta = una_entidad("Huila"), una_entidad("Meta")
    sesion = una_sesion(convocadas=[huila, meta])
    una_participacion(sesion, meta)
    datos = {"medio": "", **escrito(huila, "presente"), **escrito(meta, "ausente")}
    client.post(rejilla(sesion), datos)
    de_huila, de_meta = client.get(rejilla(sesion)).context["form"].filas

    client.post(
        rejilla(sesion),
        {
            **escrito(huila, "", antes=de_huila.version),
            **escrito(meta, "", antes=de_meta.version),
        },
    )

    assert lo_registrado(sesion) == [("Meta", "", None, "", "")]
    assert sesion.asistencias.get().importadas == 1


def test_la_fila_que_otra_persona_guardo_no_se_pisa_y_lo_escrito_se_conserva(client, equipo):
    huila, meta = una_entidad("Huila"), una_entidad("Meta")
    sesion = una_sesion(convocadas=[huila, meta])
    otra = un_usuario(nombre="Otra persona")
    una_asistencia(sesion, huila, registro="ausente", registrada_por=otra)

    respuesta = client.post(
        rejilla(sesion),
        {
            "medio": "llamada",
            **escrito(huila, "presente", personas="3"),
            **escrito(meta, "presente"),
        },
    )

    de_huila = respuesta.context["form"].filas[0]
    assert lo_registrado(sesion) == [
        ("Huila", "ausente", None, "", ""),
        ("Meta", "presente", None, "", "llamada"),
    ]
    assert "Otra persona guardó «ausente»" in respuesta.content.decode()
    assert (de_huila.valores["registro"], de_huila.valores["personas"]) == ("presente", "3")

    client.post(
        rejilla(sesion),
        {"medio": "llamada", **escrito(huila, "presente", personas="3", antes=de_huila.version)},
    )

    assert lo_registrado(sesion)[0] == ("Huila", "presente", 3, "", "")


def test_lo_que_no_se_toco_queda_como_lo_dejo_la_otra_persona(client, equipo):
    huila = una_entidad("Huila")
    sesion = una_sesion(convocadas=[huila])
    una_asistencia(sesion, huila, registro="presente")

    respuesta = client.post(rejilla(sesion), {"medio": "llamada", **escrito(huila, "")})

    assert respuesta.status_code == 302
    assert lo_registrado(sesion) == [("Huila", "presente", None, "", "")]


@pytest.mark.parametrize(
    ("datos", "mensaje"),
    [
        ({"registro": "ausente", "personas": "4"}, "Solo una secretaría presente lleva personas."),
        ({"registro": "presente", "personas": "5001"}, "5000"),
        ({"registro": "otra cosa"}, "otra cosa"),
    ],
)
def test_con_un_error_no_se_guarda_nada_y_se_dice_en_que_fila(client, equipo, datos, mensaje):
    huila, meta = una_entidad("Huila"), una_entidad("Meta")
    sesion = una_sesion(convocadas=[huila, meta])

    pagina = client.post(rejilla(sesion), {**escrito(huila, **datos), **escrito(meta, "presente")})

    assert f'<a href="#n{huila.pk}">Huila: ' in pagina.content.decode()
    assert mensaje in pagina.content.decode()
    assert lo_registrado(sesion) == []


def test_se_ve_lo_que_ya_dicen_otros_y_si_se_contradicen(client, equipo):
    huila = una_entidad("Huila")
    sesion = una_sesion(convocadas=[huila])
    una_asistencia(sesion, huila, registro="ausente")
    una_participacion(sesion, huila)

    pagina = client.get(rejilla(sesion)).content.decode()

    assert "Ya consta: importada. <b>Se contradice</b>" in pagina


@pytest.mark.parametrize(
    ("datos", "mensaje"),
    [
        ({"estado": Sesion.Estado.CERRADA}, "La sesión está cerrada"),
        ({"estado": Sesion.Estado.CANCELADA}, "La sesión se canceló"),
        (
            {"estado": Sesion.Estado.CONVOCADA, "fecha": "2999-01-01"},
            "La fecha de la sesión no ha llegado",
        ),
    ],
)
def test_cerrada_cancelada_o_futura_no_se_registra(client, equipo, datos, mensaje):
    huila = una_entidad("Huila")
    sesion = una_sesion(convocadas=[huila], **datos)

    respuesta = client.post(rejilla(sesion), escrito(huila, "presente"), follow=True)

    assert mensaje in respuesta.content.decode()
    assert lo_registrado(sesion) == []


def test_registrar_a_alguien_presente_cuando_ya_paso_la_da_por_realizada(client, equipo):
    huila = una_entidad("Huila")
    sesion = una_sesion(convocadas=[huila], estado=Sesion.Estado.CONVOCADA)

    client.post(rejilla(sesion), escrito(huila, "presente"))

    sesion.refresh_from_db()
    assert sesion.estado == Sesion.Estado.REALIZADA


def test_queda_en_la_bitacora_lo_que_habia_y_lo_que_quedo(client, equipo):
    huila = una_entidad("Huila", codigo_dane="41")
    sesion = una_sesion(convocadas=[huila])

    client.post(rejilla(sesion), {"medio": "llamada", **escrito(huila, "presente")})

    entrada = LogEntry.objects.get(additional_data__verbo="registró la asistencia en la rejilla")
    assert entrada.changes == {"41": ["", "presente, llamada"]}


@pytest.mark.parametrize("cuantas", [1, 96])
def test_cuesta_lo_mismo_con_una_que_con_96(
    client, equipo, cuantas, django_assert_num_queries, django_assert_max_num_queries
):
    entidades = [una_entidad() for _ in range(cuantas)]
    sesion = una_sesion(convocadas=entidades)
    client.get(rejilla(sesion))
    datos = {"medio": "llamada"}
    for entidad in entidades:
        datos |= escrito(entidad, "presente", personas="2")

    with django_assert_num_queries(7):
        pagina = client.get(rejilla(sesion))
    with django_assert_max_num_queries(18):  # SQLite parte en dos la escritura de 96
        client.post(rejilla(sesion), datos)

    assert len(gzip.compress(pagina.content)) <= 15_000
    assert sesion.asistencias.presentes().count() == cuantas


def test_la_hoja_lleva_el_codigo_y_ninguna_cedula_ni_firma(client, equipo):
    sesion = una_sesion(convocadas=[una_entidad("Huila")])

    pagina = client.get(reverse("conectate:hoja", args=[sesion.pk])).content.decode().lower()

    assert codigo_de(sesion).lower() in pagina
    assert ("cédula" in pagina, "firma" in pagina) == (False, False)
