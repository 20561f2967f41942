"""Las páginas de un archivo de asistencia, de la subida a deshacerlo."""

from html import unescape
from io import BytesIO

import pytest
from auditlog.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from conectate.models import Emparejamiento, Sesion
from cuentas.models import Rol
from territorio.models import Dominio
from tests.conectate.archivos import RARO, contadas, de_formulario, de_zoom, importar, leer
from tests.fabricas import un_usuario, una_entidad, una_sesion
from trabajos.acciones import ejecutar_pendientes

pytestmark = pytest.mark.django_db

ANA = ("Ana Ruiz", "ana@neiva.test", "09:00", "10:00")
LUIS = ("Luis Paz", "luis@otra.test", "09:10", "10:10")


@pytest.fixture
def equipo(client):
    usuario = un_usuario()
    client.force_login(usuario)
    return usuario


def subir(client, sesion, datos, nombre="participantes.csv"):
    respuesta = client.post(
        reverse("conectate:subir-asistencia", args=[sesion.pk]),
        {"archivo": SimpleUploadedFile(nombre, datos)},
    )
    ejecutar_pendientes()
    return client.get(respuesta.url)


def pulsar(client, nombre, importacion, /, **datos):
    """Envía uno de los formularios de la página y da la que sigue."""
    respuesta = client.post(reverse(f"conectate:{nombre}", args=[importacion.pk]), datos)
    ejecutar_pendientes()
    return client.get(respuesta.url)


def texto(respuesta):
    return " ".join(unescape(respuesta.content.decode()).split())


# ── subir y ver ───────────────────────────────────────────────────────────────────────────────


def test_la_vista_previa_dice_que_es_de_quien_y_que_falta(client, equipo):
    neiva = una_entidad("Neiva", codigo_dane="41001")
    Dominio.objects.create(dominio="neiva.test", entidad=neiva)
    sesion = una_sesion()

    pagina = texto(subir(client, sesion, de_zoom(ANA, LUIS, ("Eva Gil", "", "09:00", "09:30"))))

    assert "Participantes de una reunión de Zoom" in pagina
    assert "Reunión de prueba" in pagina
    assert "9 de junio de 2020, 9:00 a.m." in pagina
    assert "<span>Neiva</span> <b>1</b>" in pagina
    assert "2 sin ninguna pista" in pagina
    assert "Confirmar 3 asistentes" in pagina


def test_subir_sin_archivo_dice_que_hacer(client, equipo):
    respuesta = client.post(reverse("conectate:subir-asistencia", args=[una_sesion().pk]))

    assert "Escoja el archivo que descargó" in texto(respuesta)


def test_confirmar_lleva_a_las_filas_y_a_resolver_las_dudas(client, equipo):
    sesion = una_sesion()
    subir(client, sesion, de_zoom(ANA, LUIS))

    pagina = texto(pulsar(client, "confirmar-importacion", sesion.importaciones.get()))

    assert "Archivo confirmado" in pagina
    assert reverse("conectate:revision-de-sesion", args=[sesion.pk]) in pagina
    assert "luis@otra.test" in pagina
    assert contadas(sesion) == {"Ana Ruiz": 60.0, "Luis Paz": 60.0}


def test_otra_descarga_de_la_misma_reunion_propone_reemplazar(client, equipo):
    sesion = una_sesion()
    importar(sesion, de_zoom(ANA))

    pagina = texto(subir(client, sesion, de_zoom(("Ana Ruiz", ANA[1], "09:00", "10:30"), LUIS)))

    assert "Ya hay una descarga de esta misma reunión" in pagina
    assert 'value="reemplazar"' in pagina
    nueva = sesion.importaciones.get(estado="vista_previa")
    pulsar(client, "confirmar-importacion", nueva, modo="reemplazar")
    assert contadas(sesion) == {"Ana Ruiz": 90.0, "Luis Paz": 60.0}


def test_deshacer_primero_dice_que_va_a_pasar(client, equipo):
    sesion = una_sesion()
    importacion = importar(sesion, de_zoom(ANA))

    antes = client.get(reverse("conectate:deshacer-importacion", args=[importacion.pk]))
    despues = pulsar(client, "deshacer-importacion", importacion)

    assert "Sus 1 asistentes dejan de contarse" in texto(antes)
    assert "Importación deshecha" in texto(despues)
    assert contadas(sesion) == {}


def test_descartar_vuelve_a_la_sesion(client, equipo):
    sesion = una_sesion()
    importacion = leer(sesion, de_zoom(ANA))

    respuesta = client.post(reverse("conectate:descartar-importacion", args=[importacion.pk]))

    assert respuesta.url == sesion.get_absolute_url()
    assert "Archivo descartado" in texto(client.get(importacion.get_absolute_url()))


def test_en_una_sesion_cerrada_no_se_sube_nada(client, equipo):
    sesion = una_sesion(estado=Sesion.Estado.CERRADA)

    respuesta = client.get(reverse("conectate:subir-asistencia", args=[sesion.pk]), follow=True)

    assert "su asistencia ya no se cambia" in texto(respuesta)


# ── columnas a mano ───────────────────────────────────────────────────────────────────────────


def test_un_archivo_desconocido_se_empareja_a_mano_y_se_recuerda(client, equipo):
    una_entidad("Neiva", codigo_dane="41001")
    primera, segunda = una_sesion(), una_sesion()
    pregunta = texto(subir(client, primera, RARO))

    pulsar(
        client,
        "emparejar-columnas",
        primera.importaciones.get(),
        nombre="Quien",
        correo="Contacto",
        etc="Donde trabaja",
    )
    otra_vez = texto(subir(client, segunda, RARO.replace(b"Luis Paz", b"Eva Gil")))

    assert "¿Qué trae cada columna?" in pregunta
    assert "ana@neiva.test" in pregunta
    assert primera.importaciones.get().resumen["por_entidad"] == {"41001": 2}
    assert "Confirmar 2 asistentes" in otra_vez
    assert Emparejamiento.objects.get().emparejamiento["etc"] == "Donde trabaja"


@pytest.mark.parametrize("ruta", ["descartar-importacion", "deshacer-importacion"])
def test_deshacer_o_descartar_el_unico_archivo_olvida_sus_columnas(client, equipo, ruta):
    sesion = una_sesion()
    subir(client, sesion, RARO)
    importacion = sesion.importaciones.get()
    pulsar(client, "emparejar-columnas", importacion, nombre="Quien", correo="Contacto")
    if ruta == "deshacer-importacion":
        pulsar(client, "confirmar-importacion", importacion)

    pulsar(client, ruta, importacion)

    assert not Emparejamiento.objects.exists()
    assert "¿Qué trae cada columna?" in texto(subir(client, una_sesion(), RARO))


def test_las_columnas_que_otro_archivo_usa_no_se_olvidan(client, equipo):
    primera, segunda = una_sesion(), una_sesion()
    subir(client, primera, RARO)
    pulsar(client, "emparejar-columnas", primera.importaciones.get(), nombre="Quien")
    subir(client, segunda, RARO)

    pulsar(client, "descartar-importacion", primera.importaciones.get())

    assert Emparejamiento.objects.exists()


def test_sin_nombre_ni_correo_no_se_puede_emparejar(client, equipo):
    sesion = una_sesion()
    subir(client, sesion, RARO)

    respuesta = client.post(
        reverse("conectate:emparejar-columnas", args=[sesion.importaciones.get().pk]),
        {"cargo": "Quien"},
    )

    assert "Indique al menos qué columna trae el nombre o el correo" in texto(respuesta)


def test_lo_mal_emparejado_se_corrige_desde_la_vista_previa(client, equipo):
    sesion = una_sesion()
    subir(client, sesion, RARO)
    importacion = sesion.importaciones.get()
    previa = pulsar(client, "emparejar-columnas", importacion, nombre="Donde trabaja")

    pulsar(client, "emparejar-columnas", importacion, nombre="Quien", correo="Contacto")

    importacion.refresh_from_db()
    assert reverse("conectate:emparejar-columnas", args=[importacion.pk]) in texto(previa)
    assert (importacion.estado, importacion.resumen["total"]) == ("vista_previa", 2)


def test_la_plantilla_se_descarga_se_llena_y_se_reconoce_al_volver(client, equipo):
    import openpyxl

    una_entidad("Neiva", codigo_dane="41001")
    sesion = una_sesion()
    descarga = client.get(reverse("conectate:plantilla-de-asistencia", args=[sesion.pk]))
    libro = openpyxl.load_workbook(BytesIO(descarga.getvalue()))
    hoja = libro.worksheets[0]
    hoja["A2"], hoja["B2"], hoja["C2"] = "Ana Ruiz", "ana@x.test", "Neiva"
    hoja["A3"], hoja["C3"] = "Eva Gil", "Neiva"
    llena = BytesIO()
    libro.save(llena)

    pagina = subir(client, sesion, llena.getvalue(), "asistencia.xlsx")

    assert "Neiva" in [celda.value for celda in libro["Listas"]["C"]]
    assert "Confirmar 2 asistentes" in texto(pagina)
    assert sesion.importaciones.get().resumen["por_entidad"] == {"41001": 2}


def test_la_plantilla_vacia_se_explica(client, equipo):
    sesion = una_sesion()
    descarga = client.get(reverse("conectate:plantilla-de-asistencia", args=[sesion.pk]))

    pagina = subir(client, sesion, descarga.getvalue(), "asistencia.xlsx")

    assert "ninguna persona" in texto(pagina)


# ── el original y su constancia ───────────────────────────────────────────────────────────────


def test_el_original_se_lo_lleva_quien_lo_subio_y_queda_anotado(client, equipo):
    importacion = leer(una_sesion(), de_zoom(ANA), por=equipo)

    respuesta = client.get(reverse("conectate:archivo-original", args=[importacion.pk]))

    assert respuesta.getvalue() == de_zoom(ANA)
    assert respuesta["Content-Type"] == "application/octet-stream"
    assert 'attachment; filename="participantes.csv"' in respuesta["Content-Disposition"]
    assert respuesta["X-Content-Type-Options"] == "nosniff"
    assert LogEntry.objects.filter(
        actor=equipo, additional_data__verbo="descargó el archivo original"
    ).exists()


def test_el_original_no_se_lo_lleva_un_colega_pero_si_quien_administra(client, equipo):
    importacion = leer(una_sesion(), de_zoom(ANA), por=un_usuario())
    original = reverse("conectate:archivo-original", args=[importacion.pk])

    de_un_colega = client.get(original)
    client.force_login(un_usuario(Rol.ADMINISTRACION))
    de_quien_administra = client.get(original)
    de_quien_administra.close()

    assert (de_un_colega.status_code, de_quien_administra.status_code) == (403, 200)


def test_ver_la_vista_previa_queda_anotado(client, equipo):
    importacion = leer(una_sesion(), de_zoom(ANA))

    client.get(importacion.get_absolute_url())

    entrada = LogEntry.objects.filter(additional_data__verbo="vio una lista de personas").get()
    assert entrada.additional_data["detalle"]["personas"] == 1


# ── quién no ──────────────────────────────────────────────────────────────────────────────────

PAGINAS = ["importacion", "archivo-original", "deshacer-importacion", "emparejar-columnas"]


@pytest.mark.parametrize("nombre", PAGINAS)
def test_una_secretaria_no_ve_los_archivos(client, nombre):
    suya, ajena = una_entidad(), una_entidad()
    client.force_login(un_usuario(Rol.EQUIPO_SECRETARIA, entidad=suya))
    convocada = importar(una_sesion(convocadas=[suya]), de_zoom(ANA))
    no_convocada = importar(una_sesion(convocadas=[ajena]), de_zoom(ANA))

    respuestas = [
        client.get(reverse(f"conectate:{nombre}", args=[importacion.pk])).status_code
        for importacion in (convocada, no_convocada)
    ]

    assert respuestas == [403, 404]


def test_sin_entrar_se_pide_entrar(client):
    importacion = leer(una_sesion(), de_zoom(ANA))

    respuesta = client.get(importacion.get_absolute_url())

    assert (respuesta.status_code, "/cuentas/" in respuesta.url) == (302, True)


@pytest.mark.parametrize("cuantas", [3, 40])
def test_la_vista_previa_hace_las_mismas_consultas_con_pocas_y_con_muchas_personas(
    client, equipo, cuantas, django_assert_max_num_queries
):
    sesion = una_sesion()
    gente = [(f"Persona {n}", f"p{n}@d{n}.test", "09:00", "10:00") for n in range(cuantas)]
    importacion = leer(sesion, de_zoom(*gente))
    client.get(importacion.get_absolute_url())

    with django_assert_max_num_queries(14):
        client.get(importacion.get_absolute_url())


@pytest.mark.parametrize("cuantas", [3, 40])
def test_lo_confirmado_hace_las_mismas_consultas_con_pocas_y_con_muchas_personas(
    client, equipo, cuantas, django_assert_max_num_queries
):
    gente = [(f"Persona {n}", f"p{n}@d{n}.test", "09:00", "10:00") for n in range(cuantas)]
    importacion = importar(una_sesion(), de_zoom(*gente))
    importar(importacion.sesion, de_formulario(("Persona 1", "p1@d1.test", "Cali")))
    client.get(importacion.get_absolute_url())

    with django_assert_max_num_queries(14):
        client.get(importacion.get_absolute_url())
