"""La lista de la biblioteca: qué sale, para quién, cómo se reparte y en qué orden."""

import gzip
import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from contenidos.acciones.indice import poner_al_dia
from contenidos.consultas.biblioteca import (
    buscados,
    en_orden,
    filtrados,
    publicados_para,
    repartos,
)
from contenidos.models import (
    Audiencia,
    BusquedaSinResultados,
    Contenido,
    DireccionAnteriorDeTema,
)
from cuentas.models import Rol
from tests.fabricas import un_tema, un_usuario
from tests.fabricas_de_contenidos import un_autor, un_borrador, un_contenido, una_clase, una_version

pytestmark = pytest.mark.django_db

BIBLIOTECA = "/contenidos/"
De = Contenido.Visibilidad


@pytest.fixture
def nadie():
    return AnonymousUser()


def titulos(respuesta):
    return [tarjeta["contenido"].titulo for tarjeta in respuesta.context["tarjetas"]]


def cuentas(contenidos, clave, **escogidos):
    por_faceta = {faceta.clave: suyos for faceta, suyos in repartos(contenidos, escogidos)}
    return [(reparto.rotulo, reparto.n) for reparto in por_faceta[clave]]


def una_audiencia(clave):
    return Audiencia.objects.get_or_create(clave=clave, defaults={"nombre": clave})[0]


# ── Qué sale y para quién ─────────────────────────────────────────────────────────────────────


def test_cada_quien_encuentra_lo_que_es_para_el(client):
    for visibilidad in De:
        un_contenido(visibilidad.value, visibilidad=visibilidad)
    del_ministerio, de_secretaria = un_usuario(), un_usuario(Rol.EQUIPO_SECRETARIA)

    vistos = {}
    for persona in (None, de_secretaria, del_ministerio):
        if persona:
            client.force_login(persona)
        vistos[persona] = set(titulos(client.get(BIBLIOTECA)))

    assert vistos == {
        None: {"publica"},
        de_secretaria: {"publica", "secretarias"},
        del_ministerio: set(De.values),
    }


def test_lo_que_se_prepara_no_esta_en_los_estantes_ni_para_quien_lo_edita(client):
    un_borrador()
    un_contenido("Para mañana", publicado_en=timezone.now() + timezone.timedelta(days=1))
    un_contenido("Retirado", estado=Contenido.Estado.RETIRADO)
    un_contenido("A la vista")
    client.force_login(un_usuario(Rol.EQUIPO_MEN))

    assert titulos(client.get(BIBLIOTECA)) == ["A la vista"]


def test_el_contador_reportado_va_junto_al_calculado_y_dice_de_donde_sale(client):
    un_contenido()
    un_contenido(visibilidad=De.MINISTERIO)

    for direccion in (BIBLIOTECA, reverse("contenidos:entrada")):
        pagina = client.get(direccion).content.decode()

        assert "+151" in pagina
        assert "contenidos y herramientas (reportado)" in pagina
        assert "«Escuela de Secretarías de Educación»" in pagina
        assert re.search(r'cifra-valor">1</p>\s*<p class="cifra-unidad">catalogados \(calc', pagina)


def test_antes_del_clic_se_sabe_que_es_cuanto_pesa_y_cuantas_paginas_trae(client):
    una_version(un_contenido("Guía"), b"x" * 1_258_291, nombre="guia.pdf", textos=["a"] * 24)

    pagina = client.get(BIBLIOTECA).content.decode()

    assert "PDF · 24 páginas · 1,2\xa0MB" in pagina


def test_lo_reemplazado_va_al_final_y_lo_dice(client):
    nueva = un_contenido("Nueva", publicado_en="2020-01-01T12:00Z")
    un_contenido("Vieja", reemplazado_por=nueva)

    respuesta = client.get(BIBLIOTECA)

    assert titulos(respuesta) == ["Nueva", "Vieja"]
    assert respuesta.content.decode().count("Hay uno más nuevo") == 1


def test_sin_nada_publicado_lo_dice(client):
    assert "Aún no hay contenidos publicados." in client.get(BIBLIOTECA).content.decode()


# ── Facetas ───────────────────────────────────────────────────────────────────────────────────


def test_cada_faceta_cuenta_lo_suyo(nadie):
    calidad, guia, video = un_tema("Calidad"), una_clase("guia"), una_clase("video")
    equipos, docentes = una_audiencia("equipos"), una_audiencia("docentes")
    oei = un_autor("OEI")
    un_contenido(clase=guia, temas=[calidad], audiencias=[equipos, docentes], vigencia=2019)
    un_contenido(clase=guia, audiencias=[equipos], vigencia=2020, autor=oei)
    un_contenido(clase=video, temas=[calidad], vigencia=2020, autor=oei)
    publicados = publicados_para(nadie)

    assert cuentas(publicados, "clase") == [("guia", 2), ("video", 1)]
    assert cuentas(publicados, "tema") == [("Calidad", 2)]
    assert cuentas(publicados, "vigencia") == [("2020", 2), ("2019", 1)]
    assert cuentas(publicados, "audiencia") == [("docentes", 1), ("equipos", 2)]
    assert cuentas(publicados, "autor") == [("OEI", 2), ("Ministerio de Educación Nacional", 1)]


def test_un_tema_mayor_reune_los_suyos_sin_contar_dos_veces(nadie):
    calidad = un_tema("Calidad")
    evaluacion, curriculo = (
        un_tema("Evaluación", padre=calidad),
        un_tema("Currículo", padre=calidad),
    )
    un_contenido("Los dos", temas=[evaluacion, curriculo])
    un_contenido("El mayor", temas=[calidad])
    un_contenido("Otro", temas=[un_tema("Ruralidad")])
    publicados = publicados_para(nadie)

    con_calidad = filtrados(publicados, {"tema": [calidad.slug]})

    assert {contenido.titulo for contenido in con_calidad} == {"Los dos", "El mayor"}
    assert cuentas(publicados, "tema") == [
        ("Calidad", 2),
        ("Currículo", 1),
        ("Evaluación", 1),
        ("Ruralidad", 1),
    ]


def test_entre_facetas_se_cumplen_todas_y_dentro_de_una_basta_con_un_valor(client):
    guia, video, libro = una_clase("guia"), una_clase("video"), una_clase("libro")
    for clase in (guia, video, libro):
        for vigencia in (2019, 2020):
            un_contenido(f"{clase.clave} {vigencia}", clase=clase, vigencia=vigencia)

    respuesta = client.get(BIBLIOTECA, {"clase": ["guia", "libro"], "vigencia": "2020"})

    assert set(titulos(respuesta)) == {"guia 2020", "libro 2020"}


def test_lo_escogido_en_una_faceta_no_cambia_sus_propias_cuentas(nadie):
    un_contenido(clase=una_clase("guia"), vigencia=2019)
    un_contenido(clase=una_clase("video"), vigencia=2020)
    publicados = publicados_para(nadie)

    assert cuentas(publicados, "clase", clase=["guia"]) == [("guia", 1), ("video", 1)]
    assert cuentas(publicados, "vigencia", clase=["guia"]) == [("2019", 1)]


def test_cada_cuenta_es_lo_que_sale_al_pulsarla(client):
    calidad, docentes = un_tema("Calidad"), una_audiencia("docentes")
    for vigencia in (2018, 2019, 2020):
        un_contenido(vigencia=vigencia, temas=[calidad], audiencias=[docentes])
        un_contenido(vigencia=vigencia, clase=una_clase("video"), autor=un_autor("OEI"))
    respuesta = client.get(BIBLIOTECA, {"vigencia": ["2019", "2020"]})

    for faceta, opciones, _ in respuesta.context["facetas"]:
        if faceta.clave != "vigencia":  # dentro de la misma faceta, pulsar suma
            for reparto, direccion, _ in opciones:
                salen = client.get(BIBLIOTECA + direccion).context["pagina"].paginator.count
                assert (reparto.rotulo, salen) == (reparto.rotulo, reparto.n)


def test_lo_puesto_se_quita_de_uno_en_uno_aunque_no_deje_nada(client):
    un_contenido(clase=una_clase("guia"), vigencia=2019)
    una_clase("video")

    respuesta = client.get(BIBLIOTECA, {"clase": "video", "vigencia": "2019", "q": ""})

    assert [(rotulo, url) for _, rotulo, url in respuesta.context["puestos"]] == [
        ("video", "?vigencia=2019"),
        ("2019", "?clase=video"),
    ]
    assert "Nada cumple todo eso a la vez." in respuesta.content.decode()


@pytest.mark.parametrize(
    "consulta",
    [
        "clase=no-existe",
        "vigencia=mil",
        "vigencia=٢٠٢٠",
        "autor=99999999999999999999",
        "autor=x",
        "tema=no-existe",
        "tema=con%20espacio",
        "clase=%00",
        "orden=al-azar",
        "page=999",
        "page=x",
        "&".join(f"tema=t{n}" for n in range(300)),
    ],
)
def test_lo_que_no_se_entiende_no_filtra(client, consulta):
    un_contenido("Guía")

    assert titulos(client.get(f"{BIBLIOTECA}?{consulta}")) == ["Guía"]


def test_el_nombre_anterior_de_un_tema_sigue_filtrando(client):
    calidad = un_tema("Calidad")
    DireccionAnteriorDeTema.objects.create(slug="calidad-educativa", tema=calidad)
    un_contenido("Con tema", temas=[calidad])
    un_contenido("Sin tema")

    assert titulos(client.get(BIBLIOTECA, {"tema": "calidad-educativa"})) == ["Con tema"]


# ── Orden y páginas ───────────────────────────────────────────────────────────────────────────


def test_se_ordena_por_lo_que_se_pida(nadie):
    vieja = un_contenido("Zeta", slug="zeta", vigencia=2020, publicado_en="2020-01-01T12:00Z")
    otra = un_contenido("Ávila", slug="avila", vigencia=2018, publicado_en="2021-01-01T12:00Z")
    vieja.descargas.create(testigo="x")
    publicados = publicados_para(nadie)

    ordenados = {
        orden: list(en_orden(publicados, orden))
        for orden in ("recientes", "descargas", "vigencia", "titulo")
    }

    assert ordenados == {
        "recientes": [otra, vieja],
        "descargas": [vieja, otra],
        "vigencia": [vieja, otra],
        "titulo": [otra, vieja],
    }


def test_van_veinticuatro_por_pagina_y_la_siguiente_conserva_los_filtros(client):
    for n in range(25):
        un_contenido(f"Guía {n}", vigencia=2019)
    un_contenido("Otra", vigencia=2020)

    primera = client.get(BIBLIOTECA, {"vigencia": "2019"})
    segunda = client.get(BIBLIOTECA, {"vigencia": "2019", "page": "2"})

    assert (len(titulos(primera)), len(titulos(segunda))) == (24, 1)
    assert "?vigencia=2019&amp;page=2" in primera.content.decode()


# ── Buscar ────────────────────────────────────────────────────────────────────────────────────


def test_buscar_y_afinar_se_combinan(client, indexados):
    indexados(
        un_contenido("Guía de flexibilización curricular", vigencia=2019),
        un_contenido("Flexibilización en la escuela rural", vigencia=2020),
        un_contenido("Alimentación escolar", vigencia=2020),
    )

    respuesta = client.get(BIBLIOTECA, {"q": "flexibilizacion", "vigencia": "2020"})

    assert titulos(respuesta) == ["Flexibilización en la escuela rural"]
    assert "<mark>Flexibilización</mark>" in respuesta.content.decode()
    assert [(f.clave, [r.n for r, *_ in o]) for f, o, _ in respuesta.context["facetas"]][1] == (
        "vigencia",
        [1, 1],
    )


def test_lo_que_esta_dentro_de_un_archivo_dice_en_que_pagina(client, indexados):
    contenido = un_contenido("Anexo")
    una_version(contenido, textos=["nada", "El plan de alternancia de cada institución"])
    indexados(contenido)

    pagina = client.get(BIBLIOTECA, {"q": "alternancia"}).content.decode()

    assert "<b>Página 2:</b>" in pagina
    assert "<mark>alternancia</mark>" in pagina


def test_buscar_lo_que_no_hay_dice_que_hacer(client):
    un_contenido("Guía")

    pagina = client.get(BIBLIOTECA, {"q": "zzzzzz"}).content.decode()

    assert "Aún no hay nada con esas palabras." in pagina


def test_lo_que_nadie_encuentra_le_llega_a_quien_edita(client):
    client.get(BIBLIOTECA, {"q": "astrolabio"})
    client.get(BIBLIOTECA, {"q": "astrolabio", "vigencia": "1990"})

    assert list(BusquedaSinResultados.objects.values_list("texto", "veces")) == [("astrolabio", 1)]


@pytest.mark.parametrize("texto", ["' OR 1=1", "a", "x" * 500, "%_%", "\x00", "<script>"])
def test_una_busqueda_rara_no_rompe_nada(client, texto):
    un_contenido("Guía")

    respuesta = client.get(BIBLIOTECA, {"q": texto})

    assert respuesta.status_code == 200
    assert b"<script>alert" not in respuesta.content


def test_quien_edita_busca_solo_entre_lo_publicado(indexados):
    indexados(un_contenido("Plan de lectura"), un_borrador("Plan de escritura"))

    contenidos, _ = buscados("plan", un_usuario(Rol.EQUIPO_MEN))

    assert [contenido.titulo for contenido in contenidos] == ["Plan de lectura"]


@pytest.fixture
def indexados():
    def indexar(*contenidos):
        for contenido in contenidos:
            poner_al_dia(contenido)

    return indexar


# ── La canasta, el peso y las consultas ───────────────────────────────────────────────────────


def test_de_la_lista_se_va_a_la_canasta_y_se_vuelve_al_mismo_renglon(client):
    contenido = un_contenido("Guía", archivo=b"%PDF-1.7")
    pagina = client.get(BIBLIOTECA, {"q": ""}).content.decode()
    volver = re.search(r'name="volver" value="([^"]+)"', pagina)[1]

    respuesta = client.post(
        reverse("contenidos:agregar-a-la-canasta", args=[contenido.slug]), {"volver": volver}
    )

    assert respuesta.url == f"/contenidos/?q=#c-{contenido.slug}"
    assert "En la canasta" in client.get(BIBLIOTECA).content.decode()


def llenar(cuantos):
    for n in range(cuantos):
        contenido = un_contenido(
            f"Orientaciones para la flexibilización curricular en el municipio {n}",
            resumen=f"Cómo priorizar aprendizajes y acordar con las familias, caso {n}. " * 4,
            clase=una_clase(["guia", "protocolo", "formato"][n % 3]),
            temas=[un_tema(f"Tema de prueba {n % 12}"), un_tema(f"Otro tema {n % 5}")],
            audiencias=[una_audiencia(f"audiencia {n % 4}")],
            autor=un_autor(f"Dependencia {n % 6}"),
            vigencia=2016 + n % 6,
        )
        una_version(contenido, nombre="guía.pdf", textos=["flexibilización"] * 3)


@pytest.mark.parametrize("consulta", ["", "?q=flexibilizacion&vigencia=2019&clase=guia"])
def test_la_lista_hace_las_mismas_consultas_con_pocos_que_con_muchos(client, consulta, indexados):
    veces = []
    for cuantos in (4, 30):
        llenar(cuantos)
        indexados(*Contenido.objects.all())
        client.get(BIBLIOTECA + consulta)
        with CaptureQueriesContext(connection) as hechas:
            client.get(BIBLIOTECA + consulta)
        veces.append(len(hechas))

    assert veces[0] == veces[1]
    assert veces[0] < 30


def test_la_lista_con_veinticuatro_pesa_poco(client, indexados):
    llenar(30)
    indexados(*Contenido.objects.all())

    for consulta in ("", "?q=flexibilizacion"):
        html = client.get(BIBLIOTECA + consulta).content

        assert len(gzip.compress(html)) < 15_000
        assert b"<img" not in html
        assert b"style=" not in html


# ── La entrada ────────────────────────────────────────────────────────────────────────────────


def test_la_entrada_lleva_a_lo_que_hay(client):
    un_contenido("Lo último", temas=[un_tema("Calidad")], audiencias=[una_audiencia("docentes")])
    un_contenido("Reservado", visibilidad=De.MINISTERIO, clase=una_clase("libro"))

    respuesta = client.get(reverse("contenidos:entrada"))

    pagina = respuesta.content.decode()
    assert [tarjeta["contenido"].titulo for tarjeta in respuesta.context["novedades"]] == [
        "Lo último"
    ]
    assert "?clase=guia" in pagina
    assert "?tema=calidad" in pagina
    assert "?clase=libro" not in pagina
    assert "Mesa de edición" not in pagina


def test_una_sola_clase_no_llena_lo_mas_reciente(client):
    un_contenido("Guía", publicado_en="2020-01-01T12:00Z")
    for numero in range(8):
        presentacion = un_contenido(
            f"Presentación {numero}",
            clase=una_clase("presentacion"),
            publicado_en=f"2020-02-0{numero + 1}T12:00Z",
        )

    novedades = client.get(reverse("contenidos:entrada")).context["novedades"]

    titulos = [tarjeta["contenido"].titulo for tarjeta in novedades]
    assert (titulos[0], titulos[-1], len(titulos)) == (presentacion.titulo, "Guía", 6)
