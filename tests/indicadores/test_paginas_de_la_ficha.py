"""Las páginas con que una secretaría se informa: ficha, comparación, indicador y rastro.

El viaje de Palmira y Antioquia, con cifras inventadas.
"""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cuentas.models import Rol
from indicadores.models import Carga, Indicador, Unidad, Valor
from tests.fabricas import un_departamento, un_usuario, una_entidad
from tests.fabricas_de_indicadores import (
    la_nacion,
    un_indicador,
    un_municipio,
    un_valor,
    una_entidad_departamental,
    una_unidad,
    una_version,
)

pytestmark = pytest.mark.django_db
Agregacion, Estado, Metodo = Indicador.Agregacion, Valor.Estado, Valor.Metodo


def texto(respuesta):
    """Lo que se lee en la página, sin etiquetas y con un solo espacio."""
    html = re.sub(r"<(script|style).*?</\1>", " ", respuesta.content.decode(), flags=re.S)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html))


@pytest.fixture
def version():
    version = una_version(corte=date(2023, 8, 14))
    Carga.objects.create(
        conjunto=version.conjunto,
        nombre_del_archivo="municipios.csv",
        huella="a1" * 32,
        estado=Carga.Estado.CONFIRMADA,
        version=version,
        creado_por=un_usuario(nombre="Quien Carga"),
    )
    return version


@pytest.fixture
def palmira(version):
    """Con deserción total y por nivel de dos años, su departamento y el país."""
    entidad = una_entidad(
        "Palmira", codigo_dane="76520", departamento=un_departamento("Valle del Cauca", "76")
    )
    valle = una_unidad(ambito=Unidad.Ambito.DEPARTAMENTO, codigo="76", nombre="Valle del Cauca")
    for indicador, propia in (
        (un_indicador("desercion"), 5.58),
        (un_indicador("desercion_primaria", nivel="primaria"), 5.32),
        (un_indicador("desercion_media", nivel="media"), 0.0),
    ):
        un_valor(2.7, indicador=indicador, unidad=una_unidad(entidad), vigencia=2021)
        un_valor(propia, indicador=indicador, unidad=una_unidad(entidad), fila=13373)
        un_valor(5.5, indicador=indicador, unidad=valle)
        un_valor(4.3, indicador=indicador, unidad=la_nacion())
    return entidad


@pytest.fixture
def antioquia(version):
    """Departamental: deserción ponderada con dos municipios; del tamaño de grupo no hay con qué."""
    entidad = una_entidad_departamental("Antioquia", "05")
    un_indicador("desercion")
    un_indicador("poblacion_5_16", medida="personas", agregacion=Agregacion.SUMA, decimales=0)
    un_indicador("cobertura_bruta")
    un_indicador(
        "tamano_promedio_de_grupo",
        medida="estudiantes",
        agregacion=Agregacion.NINGUNA,
        familia="entorno",
    )
    for codigo, tasa, poblacion in (("05002", 3.0, 3000.0), ("05004", 6.0, 1000.0)):
        municipio = un_municipio(codigo, departamento=entidad.departamento)
        municipio.atenciones.create(entidad=entidad)
        unidad = una_unidad(
            ambito=Unidad.Ambito.MUNICIPIO,
            codigo=codigo,
            nombre=municipio.nombre,
            municipio=municipio,
        )
        un_valor(tasa, unidad=unidad, fila=int(codigo[-1]))
        un_valor(poblacion, indicador=un_indicador("poblacion_5_16"), unidad=unidad)
        un_valor(100.0, indicador=un_indicador("cobertura_bruta"), unidad=unidad)
    un_municipio("05001", departamento=entidad.departamento)
    un_valor(
        3.75,
        unidad=una_unidad(entidad),
        metodo=Metodo.ESTIMADO,
        fila=None,
        nota="2 de 2 municipios; 4.000 personas de 5 a 16 años",
    )
    return entidad


# ── La ficha ──────────────────────────────────────────────────────────────────────────────────


def test_la_ficha_dice_la_cifra_su_cambio_su_distancia_su_fuente_y_su_corte(client, palmira):
    un_valor(4.0, unidad=una_unidad(una_entidad()))

    pagina = texto(client.get("/indicadores/entidades/76520/"))

    assert "5,6 % en 2022" in pagina
    assert "Subió 2,9 puntos frente a 2021: empeora" in pagina
    assert "1,3 puntos por encima del país" in pagina
    assert "0,1 puntos por encima de su departamento" in pagina
    assert "Corte: 14 de agosto de 2023. Versión 1." in pagina


def test_cada_grafica_de_la_ficha_se_lee_sin_verla_y_lleva_su_tabla(client, palmira):
    html = client.get("/indicadores/entidades/76520/").content.decode()

    dibujos = re.findall(r'<svg class="grafica".*?</svg>', html, flags=re.S)
    assert len(dibujos) == 1
    assert all('role="img"' in d and "<title" in d and "<desc" in d for d in dibujos)
    assert max(map(len, dibujos)) < 4000
    assert "Palmira: de 2,7 % en 2021 a 5,6 % en 2022." in html
    assert 'style="' not in html
    assert "<summary>Tabla de desercion</summary>" in html


def test_una_familia_muestra_sus_niveles_y_cero_no_es_sin_dato(client, palmira):
    un_valor(
        None,
        indicador=un_indicador("desercion_secundaria", nivel="secundaria"),
        unidad=una_unidad(palmira),
    )

    pagina = texto(client.get("/indicadores/entidades/76520/?familia=desercion"))

    assert "Por nivel, en 2022" in pagina
    assert "0,0 % en 2022" in pagina
    assert "Sin dato en 2022" in pagina


def test_una_familia_que_no_existe_lleva_a_la_ficha(client, palmira):
    respuesta = client.get("/indicadores/entidades/76520/?familia=otra")

    assert respuesta["Location"] == "/indicadores/entidades/76520/"


def test_antioquia_rotula_lo_que_calcula_el_portal_y_dice_lo_que_no_se_puede(client, antioquia):
    pagina = texto(client.get("/indicadores/entidades/05/"))

    assert "3,8 % en 2022, cálculo propio" in pagina
    assert "estimación ponderada: 2 de 2 municipios" in pagina
    assert "No calculable en 2022" in pagina
    assert "La fuente no trae con qué reunir la de sus municipios." in pagina


def test_una_entidad_sin_cifras_tiene_una_pagina_que_lo_explica(client):
    una_entidad("La Estrella", codigo_dane="05380", desde=date(2023, 1, 1))

    for ruta in ("", "?familia=desercion", "comparar/"):
        pagina = texto(client.get(f"/indicadores/entidades/05380/{ruta}"))

        assert "Todavía no hay cifras publicadas de La Estrella." in pagina
        assert "Es secretaría certificada desde 2023." in pagina


def test_una_entidad_que_no_existe_no_tiene_ficha(client):
    assert client.get("/indicadores/entidades/99999/").status_code == 404


def test_mi_ficha_lleva_a_la_propia_y_al_ministerio_a_elegir(client, palmira):
    client.force_login(un_usuario(Rol.SECRETARIO, entidad=palmira))
    suya = client.get("/indicadores/mi-ficha/")
    client.force_login(un_usuario(Rol.EQUIPO_MEN))
    del_ministerio = client.get("/indicadores/mi-ficha/")

    assert suya["Location"] == "/indicadores/entidades/76520/"
    assert del_ministerio["Location"] == "/indicadores/"


def test_solo_quien_puede_ve_como_pedir_el_informe(client, palmira):
    pedir = "/indicadores/entidades/76520/informe/"
    vistas = {}
    for quien, entidad in (("propia", palmira), ("ajena", una_entidad())):
        client.force_login(un_usuario(Rol.SECRETARIO, entidad=entidad))
        vistas[quien] = pedir in client.get("/indicadores/entidades/76520/").content.decode()
    client.logout()
    vistas["nadie"] = pedir in client.get("/indicadores/entidades/76520/").content.decode()

    assert vistas == {"propia": True, "ajena": False, "nadie": False}


def test_la_ficha_no_pregunta_mas_por_tener_mas_cifras(client, palmira):
    def cuantas():
        with CaptureQueriesContext(connection) as consultas:
            client.get("/indicadores/entidades/76520/")
        return len(consultas)

    con_pocas = cuantas()
    for i in range(6):
        indicador = un_indicador(f"otro_{i}")
        for unidad in (una_unidad(palmira), una_unidad(una_entidad())):
            for vigencia in range(2015, 2023):
                un_valor(float(i), indicador=indicador, unidad=unidad, vigencia=vigencia)

    con_muchas = cuantas()

    assert con_pocas == con_muchas <= 12


# ── Comparar ──────────────────────────────────────────────────────────────────────────────────


def test_palmira_se_compara_con_su_departamento_el_pais_y_quien_se_elija(client, palmira):
    medellin = una_entidad("Medellín", codigo_dane="05001")
    un_valor(4.9, unidad=una_unidad(medellin))

    html = client.get("/indicadores/entidades/76520/comparar/?con=05001").content.decode()

    assert (
        "Palmira: 5,6 %; Valle del Cauca, todo el departamento: 5,5 %; Colombia: 4,3 %; "
        "Medellín: 4,9 %." in html
    )


def test_hasta_cuatro_elegidas_y_la_quinta_se_dice(client, palmira):
    codigos = [una_entidad(f"Otra {i}").codigo_dane for i in range(5)]
    consulta = "&".join(f"con={codigo}" for codigo in codigos)

    pagina = texto(client.get(f"/indicadores/entidades/76520/comparar/?{consulta}"))

    assert "Se compara con hasta cuatro secretarías y eligió 5." in pagina
    assert pagina.count("Quitar Otra") == 4


@pytest.mark.parametrize("malo", ["con=00000", "con=x&con=", "familia=nada", "orden=nada"])
def test_lo_que_no_existe_en_la_direccion_no_rompe_la_comparacion(client, palmira, malo):
    assert client.get(f"/indicadores/entidades/76520/comparar/?{malo}").status_code == 200


def test_la_comparacion_con_todas_trae_una_fila_por_entidad_y_se_ordena_sin_guion(client, palmira):
    un_valor(9.0, unidad=una_unidad(una_entidad("Zipaquirá")))
    un_valor(1.0, unidad=una_unidad(una_entidad("Armenia")))
    una_entidad("Sin Cifras")
    una_unidad(una_entidad("Otra Sin Cifras"))

    html = client.get("/indicadores/entidades/76520/comparar/?orden=-desercion").content.decode()

    tabla = html[html.index('id="todas-tabla"') :]
    nombres = re.findall(r'<th scope="row">([^<]+)</th>', tabla)
    assert nombres == ["Zipaquirá", "Palmira", "Armenia", "Otra Sin Cifras"]
    assert 'aria-sort="descending"' in tabla


def test_las_similares_son_del_mismo_tipo_tamano_y_densidad_y_se_dice_por_que(client, version):
    poblacion = un_indicador("poblacion_5_16", medida="personas", decimales=0)
    for nombre, gente, superficie, tipo in (
        ("Palmira", 60_000.0, 1000, "municipio"),
        ("Pasto", 62_000.0, 1100, "municipio"),
        ("Neiva", 70_000.0, 1200, "municipio"),
        ("Ibagué", 80_000.0, 1300, "municipio"),
        ("Enorme", 600_000.0, 300, "municipio"),
        ("Distrito Gemelo", 60_000.0, 1000, "distrito"),
    ):
        entidad = una_entidad(
            nombre, tipo=tipo, **({"codigo_dane": "76520"} if nombre == "Palmira" else {})
        )
        unidad = una_unidad(entidad, superficie_km2=superficie)
        un_valor(gente, indicador=poblacion, unidad=unidad)
        un_valor(4.0, unidad=unidad)

    pagina = client.get("/indicadores/entidades/76520/comparar/")

    similares = [similar.entidad.nombre for similar in pagina.context["similares"].lista]
    assert similares == ["Pasto", "Neiva", "Ibagué"]
    assert (
        "Son del mismo tipo (municipio) y tienen entre la mitad y el doble de su población y de "
        "su densidad. Palmira tenía 60.000 personas de 5 a 16 años en 2022, 60,0 por km²."
        in texto(pagina)
    )


# ── El catálogo y un indicador ────────────────────────────────────────────────────────────────


def test_el_catalogo_dice_que_mide_cada_uno(client, palmira):
    pagina = texto(client.get("/indicadores/catalogo/"))

    assert "Los 3 indicadores que publica el portal" in pagina
    assert "De cada cien, cuántos." in pagina


def test_un_indicador_trae_su_definicion_la_serie_del_pais_y_todas_las_entidades(client, palmira):
    pagina = texto(client.get("/indicadores/catalogo/desercion/"))

    assert "Unos ÷ otros × 100." in pagina
    assert "Bajar es bueno" in pagina
    assert "Colombia: 4,3 % en 2022." in pagina
    assert "1 secretarías, 1 con dato." in pagina


def test_quien_no_era_secretaria_ese_anio_figura_sin_cifra(client, palmira):
    nueva = una_entidad("La Estrella", codigo_dane="05380", desde=date(2023, 1, 1))
    un_valor(1.0, unidad=una_unidad(nueva))

    respuesta = client.get("/indicadores/catalogo/desercion/?vigencia=2022")

    assert "Aún no era secretaría" in texto(respuesta)
    assert [punto.nombre for punto in respuesta.context["todas"].puntos] == ["Palmira"]


# ── El rastro ─────────────────────────────────────────────────────────────────────────────────


def test_una_cifra_se_sigue_hasta_su_archivo_su_fila_y_su_version(client, palmira):
    valor = Valor.objects.get(indicador__codigo="desercion", unidad__codigo="76520", vigencia=2022)

    pagina = texto(client.get(f"/indicadores/cifras/{valor.pk}/"))

    for dicho in ("5,58", "municipios.csv", "a1" * 32, "13.373", "CC BY-SA 4.0", "Versión 1"):
        assert dicho in pagina
    assert "Quien Carga" not in pagina


def test_el_rastro_de_lo_calculado_lleva_a_los_municipios_y_sus_filas(client, antioquia):
    valor = Valor.objects.get(indicador__codigo="desercion", unidad__codigo="05")

    respuesta = client.get(f"/indicadores/cifras/{valor.pk}/")

    partes = respuesta.context["rastro"].partes
    assert [(p.unidad.codigo, p.cifra.valor, p.peso, p.cifra.fila) for p in partes] == [
        ("05002", 3.0, 3000, 2),
        ("05004", 6.0, 1000, 4),
    ]
    assert sum(p.cifra.valor * p.peso for p in partes) / sum(p.peso for p in partes) == 3.75
    assert "su población de 5 a 16 años por su cobertura bruta" in texto(respuesta)


def test_una_cifra_corregida_dice_que_ya_no_vale_y_cual_la_reemplazo(client, palmira):
    unidad = una_unidad(palmira)
    vieja = Valor.objects.get(indicador__codigo="desercion", unidad=unidad, vigencia=2022)
    nueva_version = una_version(motivo="Cruce con SIMAT")
    Valor.objects.filter(pk=vieja.pk).update(hasta=nueva_version)
    un_valor(5.1, unidad=unidad, version=nueva_version)

    pagina = texto(client.get(f"/indicadores/cifras/{vieja.pk}/"))

    assert "Esta cifra ya no vale. La versión 2 la reemplazó." in pagina
    assert "Cruce con SIMAT" in pagina
    assert "Ha tenido 2 valores" in pagina


@pytest.mark.parametrize("estado", [Estado.RETENIDO, Estado.ANULADO])
def test_el_rastro_no_muestra_el_numero_de_lo_que_no_se_publica(client, palmira, estado):
    valor = un_valor(
        77.7, unidad=una_unidad(palmira), vigencia=2020, estado=estado, nota="No cuadra"
    )

    pagina = texto(client.get(f"/indicadores/cifras/{valor.pk}/"))

    assert "77,7" not in pagina
    assert "No cuadra" in pagina


def test_comparar_con_cuatro_no_pregunta_mas_que_con_ninguna(client, palmira):
    codigos = []
    for _ in range(4):
        otra = una_entidad()
        un_valor(4.0, unidad=una_unidad(otra))
        codigos.append(otra.codigo_dane)
    rutas = ("", "?" + "&".join(f"con={codigo}" for codigo in codigos))

    cuentas = []
    for ruta in rutas:
        with CaptureQueriesContext(connection) as consultas:
            client.get(f"/indicadores/entidades/76520/comparar/{ruta}")
        cuentas.append(len(consultas))

    assert cuentas[0] == cuentas[1] <= 9


@pytest.mark.parametrize("ruta", ["", "comparar/", "informe/"])
@pytest.mark.parametrize("codigo", ["%00", "05%00", "x' OR 1=1", "9" * 300])
def test_un_codigo_imposible_no_es_una_pagina(client, ruta, codigo):
    client.force_login(un_usuario(rol=Rol.EQUIPO_MEN))

    respuesta = client.get(f"/indicadores/entidades/{codigo}/{ruta}")

    assert respuesta.status_code == 404
