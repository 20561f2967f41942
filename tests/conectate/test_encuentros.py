"""Los Encuentros de Secretarios: su página, sus dos asistencias, y crearlos y editarlos."""

from datetime import date, time

import pytest
from django.core.management import call_command

from conectate.acciones.encuentros import cargar_encuentros
from conectate.consultas.participacion import tabla_de
from conectate.models import Encuentro, Sesion, TipoSesion
from cuentas.models import Rol
from tests.fabricas import (
    un_encuentro,
    un_tema,
    un_tipo,
    un_usuario,
    una_entidad,
    una_participacion,
    una_sesion,
)

pytestmark = pytest.mark.django_db

LISTA = "/conectate/encuentros/"


def texto(respuesta):
    return " ".join(respuesta.content.decode().split())


def pagina_de(client, encuentro):
    return texto(client.get(f"{LISTA}{encuentro.pk}/"))


# ── La página ─────────────────────────────────────────────────────────────────────────────────


def test_la_pagina_dice_ordinal_lema_dias_lugar_objetivos_y_temas(client):
    encuentro = un_encuentro(
        "Encuentro en Neiva",
        ordinal="3.er",
        lema="Juntos",
        objetivos="Uno\n\nOtro",
        asuntos="Alternancia",
        participaron="Secretarias y secretarios",
        audiencia="comunidad",
        fecha=date(2021, 1, 23),
        fecha_fin=date(2021, 1, 25),
        hora_inicio=time(8),
        lugar="Centro de convenciones",
    )

    pagina = pagina_de(client, encuentro)

    for dicho in (
        "<dt>Ordinal</dt><dd>3.er</dd>",
        "«Juntos»",
        "23 al 25 de enero de 2021",
        "De 8:00 a.m. a 11:00 a.m., hora de Colombia",
        "Centro de convenciones",
        "<li>Uno</li><li>Otro</li>",
        "<li>Alternancia</li>",
        "Participaron: Secretarias y secretarios.",
        f'href="/conectate/sesiones/{encuentro.pk}/"',
    ):
        assert dicho in pagina


def test_la_reportada_y_la_calculada_van_una_al_lado_de_la_otra(client):
    estuvo, falto = una_entidad(), una_entidad()
    encuentro = un_encuentro(
        asistencia_reportada=94, fuente="Un informe", convocadas=[estuvo, falto]
    )
    una_participacion(encuentro.sesion, estuvo)
    client.force_login(un_usuario())

    pagina = pagina_de(client, encuentro)

    assert '94</p> <p class="cifra-unidad">secretarías, según la fuente' in pagina
    assert "Fuente: Un informe" in pagina
    assert "1 <small>de 2</small>" in pagina
    assert "50,0 % de las convocadas" in pagina


def test_sin_reportada_ni_calculada_dice_que_no_se_reporto(client):
    encuentro = un_encuentro(audiencia="comunidad", convocadas=[una_entidad()])

    assert "Asistencia: no reportada." in pagina_de(client, encuentro)
    assert "Asistencia: no reportada" in texto(client.get(LISTA))


def test_cero_secretarias_es_una_cifra_y_no_falta_de_dato(client):
    encuentro = un_encuentro(audiencia="comunidad", asistencia_reportada=0, fuente="Un acta")

    assert "no reportada" not in pagina_de(client, encuentro)


def test_lo_que_se_va_contando_no_se_ve_hasta_que_se_cierra(client):
    huila = una_entidad()
    encuentro = un_encuentro(audiencia="comunidad", convocadas=[huila])
    una_participacion(encuentro.sesion, huila)

    abierta = pagina_de(client, encuentro)
    Sesion.objects.filter(pk=encuentro.pk).update(estado="cerrada")
    cerrada = pagina_de(client, encuentro)

    assert ["1 <small>de 1" in pagina for pagina in (abierta, cerrada)] == [False, True]


# ── Quién los ve ──────────────────────────────────────────────────────────────────────────────


def test_una_secretaria_no_convocada_no_ve_el_encuentro(client):
    huila = una_entidad("Huila")
    encuentro = un_encuentro("El de Huila", convocadas=[huila])
    direccion = f"{LISTA}{encuentro.pk}/"

    sin_entrar = client.get(direccion)
    client.force_login(un_usuario("secretario"))
    ajena, lista_ajena = client.get(direccion), texto(client.get(LISTA))
    client.force_login(un_usuario("secretario", entidad=huila))
    propia = client.get(direccion)

    assert [r.status_code for r in (sin_entrar, ajena, propia)] == [302, 404, 200]
    assert "El de Huila" not in lista_ajena


def test_una_sesion_que_no_es_encuentro_no_tiene_esa_pagina(client):
    client.force_login(un_usuario())

    assert client.get(f"{LISTA}{una_sesion().pk}/").status_code == 404


@pytest.mark.parametrize("rol", [Rol.SECRETARIO, Rol.EQUIPO_SECRETARIA])
def test_una_secretaria_no_crea_ni_edita_encuentros(client, rol):
    huila = una_entidad()
    encuentro = un_encuentro(convocadas=[huila])
    client.force_login(un_usuario(rol, entidad=huila))

    for direccion in (f"{LISTA}nuevo/", f"{LISTA}{encuentro.pk}/editar/"):
        respuestas = client.get(direccion), client.post(direccion)

        assert [r.status_code for r in respuestas] == [403, 403]


def test_la_lista_hace_las_mismas_consultas_con_uno_y_con_tres(
    client, django_assert_num_queries, django_assert_max_num_queries
):
    client.force_login(un_usuario())
    una_participacion(un_encuentro(convocadas=[una_entidad()]).sesion, una_entidad())
    client.get(LISTA)
    with django_assert_max_num_queries(14) as con_uno:
        client.get(LISTA)
    for _ in range(2):
        una_participacion(un_encuentro(convocadas=[una_entidad()]).sesion, una_entidad())

    with django_assert_num_queries(len(con_uno)):
        client.get(LISTA)


# ── Crear y editar ────────────────────────────────────────────────────────────────────────────


def datos_de_un_encuentro(**cambios):
    un_tipo("encuentro", conteo=TipoSesion.Conteo.APARTE)
    return {
        "ordinal": "2.º",
        "titulo": "Encuentro Virtual",
        "lema": "Unidos",
        "objetivos": "Conversar",
        "fecha": "2020-11-13",
        "modalidad": "virtual",
        "audiencia": "secretarios",
        "minutos_minimos": "0",
        "tolerancia": "20",
        "convocar": "todas",
        "estado": "realizada",
        **cambios,
    }


def test_el_ministerio_lo_crea_con_su_sesion_y_todas_convocadas(client):
    huila = una_entidad("Huila")
    client.force_login(un_usuario())

    datos = datos_de_un_encuentro(fecha_fin="2020-11-14", temas=[un_tema("Alimentación").pk])
    respuesta = client.post(f"{LISTA}nuevo/", datos, follow=True)

    encuentro = Encuentro.objects.get()
    sesion = encuentro.sesion
    assert "El encuentro quedó creado." in texto(respuesta)
    assert (encuentro.ordinal, encuentro.lema) == ("2.º", "Unidos")
    assert (sesion.tipo.clave, sesion.fecha_fin, sesion.tolerancia) == (
        "encuentro",
        date(2020, 11, 14),
        20,
    )
    assert list(sesion.convocadas.all()) == [huila]
    assert [tema.nombre for tema in sesion.temas.all()] == ["Alimentación"]


def test_editarlo_cambia_los_dos_y_sube_la_secuencia(client):
    una_entidad()
    encuentro = un_encuentro(fecha=date(2020, 11, 3))
    client.force_login(un_usuario())
    direccion = f"{LISTA}{encuentro.pk}/editar/"

    formulario = texto(client.get(direccion))
    client.post(direccion, datos_de_un_encuentro(lema="Otro"))

    encuentro = Encuentro.objects.select_related("sesion").get()
    assert 'value="2020-11-03"' in formulario
    assert encuentro.lema == "Otro"
    assert (encuentro.sesion.fecha, encuentro.sesion.secuencia) == (date(2020, 11, 13), 1)


@pytest.mark.parametrize(
    ("cambio", "dicho"),
    [
        ({"ordinal": ""}, "Este campo es obligatorio"),
        ({"fecha_fin": "2020-11-13"}, "El último día va después del primero."),
        ({"fecha_fin": "2020-11-01"}, "El último día va después del primero."),
        ({"hora_inicio": "10:00", "hora_fin": "9:00"}, "no puede terminar antes de empezar"),
        ({"asistencia_reportada": "94"}, "Diga de dónde sale la asistencia reportada."),
        ({"asistencia_reportada": "-1"}, "mayor o igual"),
        ({"asistencia_reportada": "9" * 30, "fuente": "x"}, "menor o igual"),
        ({"tolerancia": "-5"}, "mayor o igual"),
        ({"fecha": "2020-13-45"}, "fecha"),
    ],
    ids=str,
)
def test_lo_mal_escrito_se_dice_y_no_crea_nada(client, cambio, dicho):
    una_entidad()
    client.force_login(un_usuario())

    respuesta = client.post(f"{LISTA}nuevo/", datos_de_un_encuentro(**cambio))

    assert (respuesta.status_code, Encuentro.objects.count(), Sesion.objects.count()) == (200, 0, 0)
    assert dicho in texto(respuesta)


def test_de_varios_dias_puede_terminar_mas_temprano_de_lo_que_empezo(client):
    una_entidad()
    client.force_login(un_usuario())
    horas = {"hora_inicio": "14:00", "hora_fin": "12:00", "fecha_fin": "2020-11-14"}

    client.post(f"{LISTA}nuevo/", datos_de_un_encuentro(**horas))

    assert Sesion.objects.get().hora_fin == time(12)


def test_uno_cancelado_no_se_edita(client):
    encuentro = un_encuentro(estado="cancelada")
    client.force_login(un_usuario())

    respuesta = client.get(f"{LISTA}{encuentro.pk}/editar/", follow=True)

    assert "Reábrala antes de cambiarla." in texto(respuesta)
    assert "Este encuentro se canceló." in texto(respuesta)


def test_si_la_convocatoria_no_vale_ninguno_de_los_dos_se_crea(client):
    client.force_login(un_usuario())  # no hay ninguna entidad a quien convocar

    respuesta = client.post(f"{LISTA}nuevo/", datos_de_un_encuentro(estado="convocada"))

    assert "No hay ninguna secretaría convocada." in texto(respuesta)
    assert (Encuentro.objects.count(), Sesion.objects.count()) == (0, 0)


# ── Los del catálogo ──────────────────────────────────────────────────────────────────────────


@pytest.fixture
def cargados():
    una_entidad("Huila")
    una_entidad("La Estrella", desde=date(2023, 1, 1))
    call_command("cargar_tipos_sesion", verbosity=0)
    call_command("cargar_temas", verbosity=0)
    call_command("cargar_encuentros", verbosity=0)
    return {encuentro.ordinal: encuentro for encuentro in Encuentro.objects.all()}


def test_el_primero_dura_tres_dias_tiene_cuatro_objetivos_y_no_trae_asistencia(client, cargados):
    primero = cargados["Primer"]

    pagina = pagina_de(client, primero)

    assert "23 al 25 de enero de 2020" in pagina
    assert len(primero.objetivos.splitlines()) == 4
    assert "Asistencia: no reportada." in pagina


def test_el_segundo_trae_94_secretarias_dos_temas_y_la_nota_de_la_otra_fecha(client, cargados):
    segundo = cargados["2.º"]

    pagina = pagina_de(client, segundo)

    assert "13 de noviembre de 2020" in pagina
    assert "«Unidos por un retorno gradual y seguro»" in pagina
    assert (segundo.asistencia_reportada, len(segundo.asuntos.splitlines())) == (94, 2)
    assert {tema.nombre for tema in segundo.sesion.temas.all()} == {
        "Planes de alternancia",
        "Alimentación escolar",
    }
    assert "El calendario de la fuente dice 3 de noviembre" in pagina


def test_cada_dato_tiene_su_fuente_y_nada_es_de_demostracion(cargados):
    assert all(encuentro.fuente for encuentro in cargados.values())
    assert {e.sesion.es_demostracion for e in cargados.values()} == {False}


def test_convocan_a_las_vigentes_en_su_fecha_y_no_entran_en_x_de_n(cargados):
    convocadas = {e.nombre for uno in cargados.values() for e in uno.sesion.convocadas.all()}

    assert convocadas == {"Huila"}
    assert tabla_de(2020).tipos == []


def test_repetir_la_carga_no_duplica_ni_deshace_lo_corregido(cargados):
    Encuentro.objects.filter(ordinal="Primer").update(lema="Corregido")
    Sesion.objects.filter(encuentro__ordinal="Primer").update(fecha=date(2020, 1, 22))

    creados = cargar_encuentros()

    assert (creados, Encuentro.objects.count()) == (0, 2)
    assert Encuentro.objects.get(ordinal="Primer").lema == "Corregido"
