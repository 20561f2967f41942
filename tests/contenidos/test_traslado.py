"""Lo que otras apps guardaban llega a la biblioteca: con sus bytes, su fecha y quién lo ve."""

import hashlib
from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.test import override_settings

ANTES = [
    ("contenidos", "0001_inicial"),
    ("conectate", "0005_lo_anunciado_y_cuando_cambio"),
    ("indicadores", "0001_inicial"),
]
PDF = b"%PDF-1.7 de antes"


@pytest.fixture(scope="module")
def ahora(base_en_blanco, tmp_path_factory):
    """Los modelos de hoy, con lo que había antes ya trasladado. Migrar tarda: se hace una vez."""
    with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("archivos")):
        llenar(migrar(ANTES))
        de_hoy = MigrationExecutor(connection).loader.graph.leaf_nodes()
        yield migrar([hoja for hoja in de_hoy if hoja[0] in dict(ANTES)])


def migrar(hasta):
    ejecutor = MigrationExecutor(connection)
    ejecutor.migrate(hasta)
    return MigrationExecutor(connection).loader.project_state(hasta).apps


def llenar(apps):
    """Una sesión con archivo, enlace y grabación; dos materiales iguales; documentos y enlaces."""
    tipo = apps.get_model("conectate", "TipoSesion").objects.create(clave="informativa")
    direccion = apps.get_model("cuentas", "Direccion").objects.create(nombre="Calidad de prueba")
    sesion = apps.get_model("conectate", "Sesion").objects.create(
        titulo="Rutas",
        tipo=tipo,
        direccion=direccion,
        fecha=date(2020, 6, 9),
        grabacion="https://ejemplo.test/video",
    )
    sesion.temas.add(apps.get_model("contenidos", "Tema").objects.create(nombre="PEI", slug="pei"))
    archivo = {
        "archivo": ContentFile(PDF, name="a.pdf"),
        "nombre_del_archivo": "Rutas año.pdf",
        "tamano": len(PDF),
    }
    sesion.materiales.create(titulo="Presentación", **archivo)
    sesion.materiales.create(titulo="Presentación", enlace="https://ejemplo.test/guia")
    for slug, publicado in (("analisis", True), ("sin-terminar", False)):
        apps.get_model("indicadores", "DocumentoEstrategico").objects.create(
            slug=slug,
            titulo=slug,
            resumen="Qué pasó.",
            autor="Dirección de prueba",
            fecha=date(2021, 3, 4),
            publicado=publicado,
            **archivo,
        )
    apps.get_model("indicadores", "EnlaceAliado").objects.create(
        titulo="Datos abiertos", organizacion="Gobierno", url="https://ejemplo.test/", resumen="X"
    )


def test_los_materiales_y_la_grabacion_de_una_sesion_son_contenidos_prestados(ahora):
    materiales = ahora.get_model("conectate", "Material").objects.order_by("pk")

    assert [
        (m.contenido.slug, m.contenido.clase.clave, m.contenido.enlace, m.es_grabacion)
        for m in materiales
    ] == [
        ("presentacion", "presentacion", "", False),
        ("presentacion-2", "enlace", "https://ejemplo.test/guia", False),
        ("grabacion-rutas", "video", "https://ejemplo.test/video", True),
    ]
    assert {
        (m.contenido.visibilidad, m.contenido.estado, m.contenido.autor.nombre) for m in materiales
    } == {("prestada", "publicado", "Calidad de prueba")}
    assert {m.contenido.temas.get().nombre for m in materiales} == {"PEI"}


def test_el_archivo_de_un_material_es_la_version_uno_con_los_mismos_bytes(ahora):
    contenidos = ahora.get_model("contenidos", "Contenido").objects
    version = contenidos.get(slug="presentacion").version_actual

    with version.archivo.open("rb") as archivo:
        assert archivo.read() == PDF
    assert (version.numero, version.nombre_del_archivo, version.tamano, version.huella) == (
        1,
        "Rutas año.pdf",
        len(PDF),
        hashlib.sha256(PDF).hexdigest(),
    )


def test_los_documentos_y_los_enlaces_conservan_su_direccion_y_si_estaban_publicados(ahora):
    contenidos = ahora.get_model("contenidos", "Contenido").objects.filter(visibilidad="publica")

    assert [(c.slug, c.clase.clave, c.estado, c.enlace) for c in contenidos.order_by("pk")] == [
        ("analisis", "documento-estrategico", "publicado", ""),
        ("sin-terminar", "documento-estrategico", "borrador", ""),
        ("datos-abiertos", "enlace", "publicado", "https://ejemplo.test/"),
    ]
    assert contenidos.get(slug="analisis").publicado_en.date() == date(2021, 3, 4)
