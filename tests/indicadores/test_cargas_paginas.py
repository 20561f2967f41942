"""Subir un archivo de cifras, revisarlo, publicarlo y deshacerlo, como lo hace una persona."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cuentas.models import Rol
from indicadores.acciones import cargas
from indicadores.models import Carga, Valor, Version
from tests.fabricas import un_usuario
from tests.indicadores.archivos import (
    CALI,
    MEDELLIN,
    TITULOS,
    con,
    publicado,
    un_catalogo,
    un_csv,
    una_leida,
    una_publicada,
    una_recibida,
)

pytestmark = pytest.mark.django_db
Estado = Carga.Estado
CON_OTROS_TITULOS = [{"DESERCIÓN": "TASA", "REPROBACIÓN": "X7"}.get(t, t) for t in TITULOS]


@pytest.fixture
def quien(client):
    quien = un_usuario()
    client.force_login(quien)
    return quien


@pytest.fixture
def enviar(client, django_capture_on_commit_callbacks):
    """Envía un formulario, y lo que se hace en la misma petición queda hecho."""

    def _enviar(ruta, *args, **datos):
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(reverse(f"indicadores:{ruta}", args=args), datos)

    return _enviar


def un_archivo(*filas, nombre="men.csv", **opciones):
    return SimpleUploadedFile(nombre, un_csv(*filas, **opciones))


def texto_de(respuesta):
    return " ".join(respuesta.content.decode().split())


def pagina_de(client, carga):
    return texto_de(client.get(carga.get_absolute_url()))


@pytest.mark.parametrize(
    "rol", [Rol.SECRETARIO, Rol.EQUIPO_SECRETARIA, Rol.PROFESIONAL, Rol.LIDER_GRUPO]
)
def test_las_cargas_no_son_de_las_secretarias_ni_de_quien_no_publica(client, rol):
    client.force_login(un_usuario(rol=rol))
    carga = una_leida(MEDELLIN)

    rutas = [
        reverse("indicadores:cargas"),
        reverse("indicadores:nueva-carga"),
        carga.get_absolute_url(),
        reverse("indicadores:rechazadas-de-carga", args=[carga.pk]),
    ]

    assert [client.get(ruta).status_code for ruta in rutas] == [403] * 4


def test_sin_cargas_la_lista_invita_a_subir_la_primera(client, quien):
    assert "Subir el primero" in texto_de(client.get(reverse("indicadores:cargas")))


def test_el_limite_se_dice_antes_de_subir(client, quien):
    assert "de hasta 50 MB" in texto_de(client.get(reverse("indicadores:nueva-carga")))


def test_se_sube_se_revisa_y_se_publica(client, quien, enviar):
    conjunto = un_catalogo()

    enviar("nueva-carga", conjunto=conjunto.pk, archivo=un_archivo(MEDELLIN, CALI))
    carga = Carga.objects.get()
    vista = pagina_de(client, carga)
    enviar("confirmar-carga", carga.pk, motivo="La descarga de 2022.")

    carga.refresh_from_db()
    assert '12</p> <p class="cifra-unidad">cifras nuevas' in vista
    assert (carga.estado, carga.creado_por, carga.version.motivo) == (
        "confirmada",
        quien,
        "La descarga de 2022.",
    )
    assert publicado("desercion") == ("valor", 4.7)
    assert "Archivo publicado" in pagina_de(client, carga)


def test_si_falta_algo_no_se_pierde_lo_escrito(enviar, quien):
    conjunto = un_catalogo()

    respuesta = enviar(
        "nueva-carga", conjunto=conjunto.pk, corte="2023-12-31", motivo="Lo que ya escribí."
    )

    pagina = texto_de(respuesta)
    assert "Escoja el archivo que descargó" in pagina
    assert 'value="2023-12-31"' in pagina
    assert "Lo que ya escribí." in pagina
    assert Carga.objects.count() == 0


def test_un_archivo_que_pesa_mas_del_maximo_no_se_recibe(enviar, quien, monkeypatch):
    monkeypatch.setattr(cargas, "TAMANO_MAXIMO", 10)

    respuesta = enviar("nueva-carga", conjunto=un_catalogo().pk, archivo=un_archivo(MEDELLIN))

    assert "divídalo por años" in texto_de(respuesta)
    assert Carga.objects.count() == 0


def test_otras_columnas_dice_que_esperaba_y_que_encontro(client, quien):
    carga = una_leida(datos=un_csv(MEDELLIN, titulos=CON_OTROS_TITULOS))

    pagina = pagina_de(client, carga)

    assert "¿Qué trae cada columna?" in pagina
    for texto in ("Se esperaba", "<li>Desercion</li>", "Se encontró", "<li>TASA</li>"):
        assert texto in pagina


def test_emparejadas_las_columnas_se_lee(client, quien, enviar):
    carga = una_leida(datos=un_csv(MEDELLIN, titulos=CON_OTROS_TITULOS))

    enviar("emparejar-carga", carga.pk, columna_0="desercion", columna_1="reprobacion")

    carga.refresh_from_db()
    assert carga.estado == Estado.VISTA_PREVIA


def test_dos_columnas_para_lo_mismo_se_explica_con_el_nombre_del_indicador(enviar, quien):
    carga = una_leida(datos=un_csv(MEDELLIN, titulos=CON_OTROS_TITULOS))

    respuesta = enviar("emparejar-carga", carga.pk, columna_0="desercion", columna_1="desercion")

    assert "Escogió dos columnas para «Desercion»" in texto_de(respuesta)


def test_sin_la_columna_del_anio_no_se_puede_leer(enviar, quien):
    titulos = ["PERIODO DE LA CIFRA", *TITULOS[1:]]
    carga = una_leida(datos=un_csv(MEDELLIN, titulos=titulos))

    respuesta = enviar("emparejar-carga", carga.pk, columna_0="ignorar")

    assert "Diga qué columna trae «Año»" in texto_de(respuesta)


def test_la_vista_previa_dice_lo_que_cambia_antes_y_despues(client, quien):
    una_publicada(MEDELLIN)
    carga = una_leida(con(MEDELLIN, COBERTURA_NETA="96.1"))

    pagina = pagina_de(client, carga)

    assert '<td class="num">95,94</td><td class="num"><b>96,1</b></td>' in pagina


def test_cambiar_lo_publicado_sin_decir_por_que_no_se_puede(client, quien, enviar):
    una_publicada(MEDELLIN)
    carga = una_leida(con(MEDELLIN, COBERTURA_NETA="96.1"))

    respuesta = enviar("confirmar-carga", carga.pk, motivo="")

    assert "Escriba por qué cambian las cifras ya publicadas." in texto_de(respuesta)
    assert Version.objects.count() == 1


def test_las_filas_rechazadas_se_ven_con_su_motivo_y_se_descargan_todas(client, quien):
    malas = [con(MEDELLIN, CÓDIGO_MUNICIPIO=f"9999{n % 10}", AÑO=str(1990 + n)) for n in range(30)]
    carga = una_leida(CALI, *malas)

    pagina = pagina_de(client, carga)
    archivo = client.get(reverse("indicadores:rechazadas-de-carga", args=[carga.pk]))

    assert "30 filas no entran" in pagina
    assert "las primeras 20" in pagina
    lineas = b"".join(archivo.streaming_content).decode().splitlines()
    assert lineas[0] == "Fila del archivo,Por qué no entró"
    assert lineas[1].startswith("3,No hay municipio con el código «99990»")
    assert len(lineas) == 31


def test_lo_que_rompe_una_regla_se_dice_antes_de_publicar(client, quien):
    carga = una_leida(con(MEDELLIN, APROBACIÓN="50"))

    pagina = pagina_de(client, carga)

    assert "Lo que rompe una regla" in pagina
    assert "Aprobación, reprobación y deserción no suman 100" in pagina


def test_el_mismo_archivo_otra_vez_dice_que_no_cambia_nada(client, quien, enviar):
    conjunto = un_catalogo()
    una_publicada(MEDELLIN)

    enviar("nueva-carga", conjunto=conjunto.pk, archivo=un_archivo(MEDELLIN))

    carga = Carga.objects.latest("pk")
    assert "Este mismo archivo ya se publicó en la versión 1" in pagina_de(client, carga)
    assert Version.objects.count() == 1


def test_medio_archivo_dice_por_que_no_se_pudo_leer(client, quien):
    carga = una_leida(datos=un_csv(MEDELLIN, CALI)[:-20])

    assert "incompleto: la fila 3 está cortada" in pagina_de(client, carga)


def test_si_otro_publico_mientras_se_revisaba_hay_que_mirar_otra_vez(client, quien, enviar):
    mia = una_leida(con(MEDELLIN, COBERTURA_NETA="96.1"))
    una_publicada(MEDELLIN)

    enviar("confirmar-carga", mia.pk, motivo="Sí.")

    mia.refresh_from_db()
    assert mia.estado == Estado.VISTA_PREVIA
    assert "Mientras usted revisaba se publicó la versión 1" in pagina_de(client, mia)


def test_descartar_no_publica_y_conserva_el_archivo(client, quien, enviar):
    carga = una_leida(MEDELLIN)

    enviar("descartar-carga", carga.pk)

    carga.refresh_from_db()
    assert (carga.estado, Valor.objects.count()) == (Estado.DESCARTADA, 0)
    assert "El archivo se conserva." in pagina_de(client, carga)


def test_mientras_se_lee_se_ve_el_avance(client, quien):
    carga = una_recibida(MEDELLIN)
    cargas.pedir_lectura(carga, quien)

    pagina = pagina_de(client, carga)

    assert "Leyendo el archivo" in pagina
    assert "<progress" in pagina


def test_una_lectura_que_se_perdio_se_puede_pedir_otra_vez(quien, enviar):
    carga = una_recibida(MEDELLIN)

    enviar("releer-carga", carga.pk)

    carga.refresh_from_db()
    assert carga.estado == Estado.VISTA_PREVIA


def test_deshacer_una_version_pide_por_que_y_publica_otra(client, quien, enviar):
    carga = una_publicada(MEDELLIN)

    sin_motivo = enviar("deshacer-version", 1, motivo="")
    enviar("deshacer-version", 1, motivo="Era otra descarga.")

    carga.refresh_from_db()
    assert "Escriba por qué la deshace" in texto_de(sin_motivo)
    assert carga.estado == Estado.DESHECHA
    assert (Version.objects.ultima().revierte_id, publicado("desercion")) == (1, None)


def test_lo_que_ya_no_se_puede_deshacer_se_explica(quien, enviar):
    una_publicada(MEDELLIN)
    una_publicada(con(MEDELLIN, COBERTURA_NETA="96.1"))

    respuesta = enviar("deshacer-version", 1, motivo="Era otra.")

    assert "La versión 2 ya cambió cifras de la versión 1" in texto_de(respuesta)


def test_una_secretaria_no_deshace_versiones(client):
    una_publicada(MEDELLIN)
    client.force_login(un_usuario(rol=Rol.SECRETARIO))

    respuesta = client.get(reverse("indicadores:deshacer-version", args=[1]))

    assert respuesta.status_code == 403


def test_el_archivo_de_lo_publicado_es_de_todos_y_el_de_lo_que_espera_no(client):
    publicada, espera = una_publicada(MEDELLIN), una_leida(CALI)

    suyo = client.get(reverse("indicadores:archivo-de-carga", args=[publicada.pk]))
    ajeno = client.get(reverse("indicadores:archivo-de-carga", args=[espera.pk]))

    assert b"".join(suyo.streaming_content) == un_csv(MEDELLIN)
    assert ajeno.status_code == 404


def test_con_muchas_cargas_las_mismas_consultas(
    client, quien, django_assert_num_queries, django_assert_max_num_queries
):
    una_leida(MEDELLIN)
    ruta = reverse("indicadores:cargas")
    client.get(ruta)
    with django_assert_max_num_queries(12) as con_una:
        client.get(ruta)
    for vigencia in ("2019", "2020", "2021"):
        una_publicada(con(MEDELLIN, AÑO=vigencia))

    with django_assert_num_queries(len(con_una)):
        client.get(ruta)
