"""La administración: lo que trae el portal no se deshace aquí, y las cifras se miran."""

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from indicadores.models import (
    CargaDeRecursos,
    ColumnaConocida,
    CorteDeRecursos,
    EntregaDeInforme,
    Fondo,
    Indicador,
    LoteDeInformes,
    NotaDeSerie,
    SuscripcionAlInforme,
)
from tests.fabricas import un_usuario, una_entidad
from tests.fabricas_de_indicadores import (
    un_conjunto,
    un_hallazgo,
    un_indicador,
    un_valor,
    una_carga,
    una_fuente,
    una_unidad,
    una_version,
)
from tests.fabricas_de_recursos import un_corte, un_fondo, un_recurso

pytestmark = pytest.mark.django_db

RAIZ = "/administracion/indicadores/"
EDITABLES = ["indicador", "notadeserie", "conjunto", "fondo", "cortederecursos"]
SE_MIRAN = [
    *("unidad", "valor", "version", "carga", "fuenteprogramada", "columnaconocida", "hallazgo"),
    *("recursodeentidad", "cargaderecursos"),
    *("lotedeinformes", "entregadeinforme", "suscripcionalinforme"),
]


@pytest.fixture
def quien_administra(client):
    client.force_login(un_usuario("administracion"))
    return client


def una_de_cada(n):
    """Una fila más de cada modelo, con lo que se enlaza siempre distinto."""
    persona = un_usuario()
    entidad = una_entidad()
    version = una_version(publicada_por=persona)
    indicador = un_indicador(f"medida-{n}")
    un_valor(unidad=una_unidad(entidad), indicador=indicador, version=version)
    conjunto = un_conjunto(f"conjunto-{n}")
    carga = una_carga(conjunto=conjunto, creado_por=persona, version=version)
    un_hallazgo([], carga=carga, indicador=indicador, responsable=persona)
    una_fuente(f"https://ejemplo.test/{n}")
    ColumnaConocida.objects.create(
        conjunto=conjunto, titulo_norm=f"titulo {n}", que_es="desercion", creado_por=persona
    )
    NotaDeSerie.objects.create(clave=f"nota-{n}", clase="quiebre", desde=2018, texto="Cambia.")
    corte = un_corte(f"corte-{n}", fondo=un_fondo(f"fondo-{n}"))
    un_recurso(corte, entidad, asignado=1)
    CargaDeRecursos.objects.create(
        corte=corte, nombre_del_archivo="r.csv", tamano=1, huella="0", creado_por=persona
    )
    lote = LoteDeInformes.objects.create(
        clave=f"lote-{n}", titulo="Lote", vigencia=2022, version=version, pedido_por=persona
    )
    EntregaDeInforme.objects.create(lote=lote, entidad=entidad)
    SuscripcionAlInforme.objects.create(usuario=persona)


@pytest.mark.parametrize("modelo", [*EDITABLES, *SE_MIRAN])
def test_cada_lista_se_abre_y_no_pregunta_mas_por_tener_mas(quien_administra, modelo):
    una_de_cada(1)
    una_de_cada(2)
    with CaptureQueriesContext(connection) as con_dos:
        assert quien_administra.get(f"{RAIZ}{modelo}/").status_code == 200
    una_de_cada(3)
    una_de_cada(4)

    with CaptureQueriesContext(connection) as con_cuatro:
        quien_administra.get(f"{RAIZ}{modelo}/", {"q": "Entidad"})

    assert len(con_cuatro) <= len(con_dos)


@pytest.mark.parametrize("modelo", EDITABLES)
def test_lo_que_se_puede_anadir_abre_su_formulario(quien_administra, modelo):
    assert quien_administra.get(f"{RAIZ}{modelo}/add/").status_code == 200


@pytest.mark.parametrize("modelo", SE_MIRAN)
def test_nada_de_esto_se_crea_ni_se_cambia_por_la_puerta_de_atras(quien_administra, modelo):
    una_de_cada(1)
    uno = apps.get_model("indicadores", modelo).objects.last()

    respuestas = [
        quien_administra.get(f"{RAIZ}{modelo}/add/").status_code,
        quien_administra.get(f"{RAIZ}{modelo}/{uno.pk}/change/").status_code,
        quien_administra.post(f"{RAIZ}{modelo}/{uno.pk}/change/", {}).status_code,
    ]

    assert respuestas == [403, 200, 403]


@pytest.mark.parametrize(
    ("modelo", "direccion"),
    [
        ("valor", "indicadores:nueva-carga"),
        ("carga", "indicadores:nueva-carga"),
        ("cortederecursos", "indicadores:importar-recursos"),
        ("recursodeentidad", "indicadores:importar-recursos"),
    ],
)
def test_desde_la_lista_se_llega_a_importar(quien_administra, modelo, direccion):
    pagina = quien_administra.get(f"{RAIZ}{modelo}/").content.decode()

    assert f'href="{reverse(direccion)}">Importar un archivo' in pagina


def test_un_indicador_del_catalogo_solo_se_puede_ocultar(quien_administra):
    desercion = un_indicador("desercion", nombre="Deserción")

    quien_administra.post(f"{RAIZ}indicador/{desercion.pk}/change/", {"nombre": "Otro nombre"})

    desercion.refresh_from_db()
    assert (desercion.nombre, desercion.activo) == ("Deserción", False)


def test_un_indicador_que_anadio_una_persona_se_cambia_menos_su_codigo(quien_administra):
    datos = {
        "codigo": "sedes_con_agua",
        "nombre": "Sedes con agua",
        "nombre_corto": "Sedes con agua",
        "familia": "entorno",
        "nivel": "total",
        "definicion": "De cada cien sedes, cuántas tienen agua.",
        "formula": "Sedes con agua ÷ sedes × 100.",
        "medida": "porcentaje",
        "decimales": "1",
        "sentido": "sube",
        "agregacion": "ninguna",
        "periodicidad": "anual",
        "fuente": "Otra fuente",
        "desde": "2020",
        "minimo": "0",
        "orden": "900",
        "activo": "on",
    }
    quien_administra.post(f"{RAIZ}indicador/add/", datos)
    uno = Indicador.objects.get()

    cambio = {**datos, "codigo": "otro", "nombre": "Sedes con agua potable"}
    quien_administra.post(f"{RAIZ}indicador/{uno.pk}/change/", cambio)

    uno.refresh_from_db()
    assert (uno.codigo, uno.nombre) == ("sedes_con_agua", "Sedes con agua potable")


def test_solo_se_borran_las_notas_que_no_trae_el_catalogo(quien_administra):
    datos = {"clase": "quiebre", "desde": 2018, "texto": "Cambia."}
    del_portal = NotaDeSerie.objects.create(clave="censo-2018", **datos)
    de_alguien = NotaDeSerie.objects.create(clave="otra", **datos)

    respuestas = [
        quien_administra.post(f"{RAIZ}notadeserie/{nota.pk}/delete/", {"post": "yes"}).status_code
        for nota in (del_portal, de_alguien)
    ]

    assert (respuestas, list(NotaDeSerie.objects.all())) == ([403, 302], [del_portal])


def test_un_corte_nace_en_borrador_y_dice_si_no_cuadra(quien_administra):
    datos = {
        "clave": "fse-2024",
        "fondo": un_fondo().pk,
        "nombre": "FSE",
        "vigencia": "2024",
        "fuente": "Un sistema",
        "asignado": "725978",
        "ejecutado": "351580",
        "pendiente": "1",
    }
    rechazado = quien_administra.post(f"{RAIZ}cortederecursos/add/", datos)

    quien_administra.post(f"{RAIZ}cortederecursos/add/", {**datos, "pendiente": "374398"})

    assert "deben sumar lo asignado" in rechazado.content.decode()
    assert CorteDeRecursos.objects.get().estado == "borrador"


def test_un_corte_publicado_no_se_borra(quien_administra):
    corte = un_corte()

    respuesta = quien_administra.post(f"{RAIZ}cortederecursos/{corte.pk}/delete/", {"post": "yes"})

    assert (respuesta.status_code, CorteDeRecursos.objects.count()) == (403, 1)


def test_lo_que_el_portal_aprendio_mal_se_olvida(quien_administra):
    columna = ColumnaConocida.objects.create(
        conjunto=un_conjunto(), titulo_norm="tasa", que_es="desercion"
    )

    quien_administra.post(f"{RAIZ}columnaconocida/{columna.pk}/delete/", {"post": "yes"})

    assert not ColumnaConocida.objects.exists()


def test_un_fondo_se_anade(quien_administra):
    quien_administra.post(
        f"{RAIZ}fondo/add/",
        {"clave": "sgp", "sigla": "SGP", "nombre": "Sistema General", "orden": "1"},
    )

    assert Fondo.objects.get().sigla == "SGP"


def test_la_tabla_de_cifras_se_filtra_por_ano(quien_administra):
    de_2021, de_2022 = (un_valor(vigencia=vigencia) for vigencia in (2021, 2022))

    pagina = quien_administra.get(f"{RAIZ}valor/", {"vigencia": "2021"})

    assert list(pagina.context["cl"].result_list) == [de_2021]
    assert de_2022.vigencia == 2022
