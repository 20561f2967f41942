"""Las páginas de participación: quién ve a quién, y qué dicen los números."""

from datetime import date

import pytest

from cuentas.models import Rol
from tests.fabricas import un_tipo, un_usuario, una_entidad, una_participacion, una_sesion

pytestmark = pytest.mark.django_db

DEL_MINISTERIO = [Rol.ADMINISTRACION, Rol.EQUIPO_MEN, Rol.LIDER_GRUPO, Rol.PROFESIONAL]
DE_SECRETARIA = [Rol.SECRETARIO, Rol.EQUIPO_SECRETARIA]
AÑO = "/conectate/participacion/2020/"


def texto(respuesta):
    return " ".join(respuesta.content.decode().split())


def una_vigencia():
    """Huila en dos de tres informativas y en el único diálogo; Meta en una y en ninguno."""
    huila, meta = una_entidad("Huila"), una_entidad("Meta")
    for i, presentes in enumerate(([huila, meta], [huila], [])):
        sesion = una_sesion(f"Informativa {i}", convocadas=[huila, meta])
        una_participacion(sesion)
        for entidad in presentes:
            una_participacion(sesion, entidad)
    dialogo = una_sesion("Diálogo", tipo=un_tipo("dialogo", orden=200), convocadas=[huila, meta])
    una_participacion(dialogo, huila)
    return huila, meta


# ── Todas las secretarías ─────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("rol", DEL_MINISTERIO)
def test_el_ministerio_ve_la_tabla_de_todas_con_su_n(client, rol):
    una_vigencia()
    client.force_login(un_usuario(rol))

    pagina = client.get(AÑO)

    cuentas = {
        fila.entidad.nombre: [str(cuenta) for cuenta in fila.cuentas]
        for fila in pagina.context["filas"]
    }
    assert cuentas["Huila"] == ["2 de 3", "1 de 1", "3 de 4"]
    assert cuentas["Meta"] == ["1 de 3", "0 de 1", "1 de 4"]
    assert "2 de 3 <b>66,7 %</b>" in texto(pagina)


@pytest.mark.parametrize("rol", DE_SECRETARIA)
@pytest.mark.parametrize("direccion", [AÑO, f"{AÑO}matriz/"])
def test_una_secretaria_no_ve_a_las_demas(client, rol, direccion):
    client.force_login(un_usuario(rol))

    assert client.get(direccion).status_code == 403


@pytest.mark.parametrize(
    "direccion", [AÑO, f"{AÑO}matriz/", f"{AÑO}41/", "/conectate/mi-secretaria/"]
)
def test_sin_entrar_no_se_ve_la_participacion(client, direccion):
    assert client.get(direccion)["Location"].startswith("/cuentas/entrar/")


@pytest.mark.parametrize(
    ("orden", "primera"),
    [("", "Huila"), ("total", "Huila"), ("dialogo", "Huila"), ("asistencias", "Huila")],
)
def test_la_tabla_se_ordena_por_lo_que_se_pida(client, orden, primera):
    huila, meta = una_vigencia()
    meta.nombre_norm = "aaa"
    meta.save()
    client.force_login(un_usuario())

    filas = client.get(f"{AÑO}?orden={orden}").context["filas"]

    assert filas[0].entidad == (huila if orden else meta)


def test_un_año_sin_sesiones_lo_dice(client):
    client.force_login(un_usuario())

    pagina = client.get("/conectate/participacion/2015/")

    assert "En este año no hay sesiones realizadas que cuenten." in texto(pagina)


@pytest.mark.parametrize("vigencia", ["99999", "0", "1800", "abcd"])
def test_lo_que_no_es_un_año_no_es_una_direccion(client, vigencia):
    client.force_login(un_usuario())

    assert client.get(f"/conectate/participacion/{vigencia}/").status_code == 404


def test_la_participacion_reciente_lleva_al_ultimo_año_con_sesiones(client):
    una_sesion(fecha=date(2019, 5, 1))
    una_sesion(fecha=date(2021, 5, 1))
    client.force_login(un_usuario())

    respuesta = client.get("/conectate/participacion/")

    assert respuesta["Location"] == "/conectate/participacion/2021/"


def test_la_pagina_dice_que_es_demostracion_solo_si_lo_es(client):
    una_sesion(fecha=date(2019, 5, 1))
    una_sesion(es_demostracion=True)
    client.force_login(un_usuario())

    paginas = [texto(client.get(f"/conectate/participacion/{v}/")) for v in (2019, 2020)]

    assert ["Datos de demostración" in pagina for pagina in paginas] == [False, True]


def test_la_tabla_cuesta_lo_mismo_con_tres_sesiones_que_con_doce(
    client, django_assert_max_num_queries
):
    entidades = [una_entidad() for _ in range(4)]
    client.force_login(un_usuario())

    def cuanto_cuesta():
        costos = []
        for direccion in (AÑO, f"{AÑO}matriz/", f"{AÑO}{entidades[0].codigo_dane}/"):
            with django_assert_max_num_queries(25) as consultas:
                client.get(direccion)
            costos.append(len(consultas))
        return costos

    for _ in range(3):
        una_participacion(una_sesion(convocadas=entidades), entidades[0])
    client.get(AÑO)
    con_tres = cuanto_cuesta()
    for _ in range(9):
        una_participacion(una_sesion(convocadas=entidades), entidades[1])

    assert cuanto_cuesta() == con_tres


# ── Una secretaría ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("rol", DE_SECRETARIA)
def test_la_participacion_de_otra_secretaria_no_existe(client, rol):
    huila, meta = una_vigencia()
    client.force_login(un_usuario(rol, entidad=huila))

    suya = client.get(f"{AÑO}{huila.codigo_dane}/")
    ajena = client.get(f"{AÑO}{meta.codigo_dane}/")
    inexistente = client.get(f"{AÑO}00000/")

    assert [r.status_code for r in (suya, ajena, inexistente)] == [200, 404, 404]
    assert "Meta" not in texto(suya)


def test_una_secretaria_lee_su_cuenta_y_lo_que_se_perdio(client):
    huila, _ = una_vigencia()
    client.force_login(un_usuario("secretario", entidad=huila))

    pagina = texto(client.get(f"{AÑO}{huila.codigo_dane}/"))

    assert "2 <small>de 3</small>" in pagina
    assert "Lo que se perdió" in pagina
    assert "Por confirmar: 1 persona sin identificar en la lista" in pagina


def test_mi_secretaria_lleva_a_lo_propio_del_ultimo_año(client):
    huila, _ = una_vigencia()
    client.force_login(un_usuario("equipo_secretaria", entidad=huila))

    respuesta = client.get("/conectate/mi-secretaria/")

    assert respuesta["Location"] == f"{AÑO}{huila.codigo_dane}/"


def test_mi_secretaria_lleva_al_ministerio_a_la_tabla_de_todas(client):
    una_vigencia()
    client.force_login(un_usuario())

    assert client.get("/conectate/mi-secretaria/")["Location"] == AÑO


def test_quien_fue_a_todas_lee_que_no_falto_a_ninguna(client):
    huila = una_entidad("Huila")
    una_participacion(una_sesion(convocadas=[huila]), huila)
    client.force_login(un_usuario("secretario", entidad=huila))

    pagina = texto(client.get(f"{AÑO}{huila.codigo_dane}/"))

    assert "No faltó a ninguna." in pagina
    assert "100 %" in pagina


def test_una_secretaria_sin_sesiones_en_el_año_lo_lee(client):
    huila = una_entidad("Huila")
    client.force_login(un_usuario("secretario", entidad=huila))

    pagina = client.get("/conectate/mi-secretaria/", follow=True)

    assert "En este año no se la convocó a ninguna sesión realizada." in texto(pagina)


# ── La matriz ─────────────────────────────────────────────────────────────────────────────────


def test_la_matriz_marca_con_palabra_a_quien_falto(client):
    huila, meta = una_vigencia()
    client.force_login(un_usuario())

    pagina = client.get(f"{AÑO}matriz/")

    faltas = {e: n for e, _, n in pagina.context["matriz"].filas if e in (huila, meta)}
    assert faltas == {huila: 1, meta: 3}
    assert '<td class="no">A</td>' in texto(pagina)


def test_la_matriz_de_muchas_sesiones_va_por_paginas_y_sus_faltas_son_del_año(client):
    huila = una_entidad("Huila")
    for i in range(33):
        una_participacion(una_sesion(f"Sesión {i}", convocadas=[huila]))
    client.force_login(un_usuario())

    primera = client.get(f"{AÑO}matriz/").context["matriz"]
    segunda = client.get(f"{AÑO}matriz/?page=2").context["matriz"]

    assert (len(primera.columnas), len(segunda.columnas)) == (31, 2)
    assert [m.filas[0][2] for m in (primera, segunda)] == [33, 33]


def test_la_matriz_se_ve_por_tipo_y_por_meses(client):
    una_vigencia()
    client.force_login(un_usuario())

    def columnas(consulta):
        matriz = client.get(f"{AÑO}matriz/?{consulta}").context["matriz"]
        return [columna.sesion.titulo for columna in matriz.columnas]

    assert columnas("tipo=dialogo") == ["Diálogo"]
    assert columnas("trimestre=1") == []
    assert len(columnas("trimestre=2")) == 4
