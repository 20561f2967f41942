"""Las páginas de la importación: subir, revisar, confirmar y deshacer, y quién puede."""

import io

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from openpyxl import load_workbook

from contenidos.acciones import importaciones as acciones
from contenidos.cargas.columnas import TITULOS
from contenidos.cargas.hoja import leer_filas
from contenidos.models import Contenido, ImportacionDeContenidos
from tests.contenidos.importar import confirmada, importada, un_zip, una_fila, una_hoja
from tests.fabricas import un_tema, un_usuario
from tests.fabricas_de_contenidos import una_clase

pytestmark = pytest.mark.django_db


def de(nombre, *args):
    return reverse(f"contenidos:{nombre}", args=args)


@pytest.fixture
def edita(client):
    edita = un_usuario("equipo_men")
    client.force_login(edita)
    return edita


@pytest.mark.parametrize("rol", ["lider_grupo", "profesional", "secretario"])
def test_quien_no_edita_no_importa_ni_ve_lo_importado(client, rol):
    importacion = importada(un_usuario("equipo_men"))
    client.force_login(un_usuario(rol))

    estados = {
        client.get(direccion).status_code
        for direccion in (
            de("importaciones"),
            de("nueva-importacion"),
            de("plantilla-de-contenidos"),
            importacion.get_absolute_url(),
        )
    }

    assert estados == {403}


def test_de_la_hoja_al_borrador_por_las_paginas(client, edita, django_capture_on_commit_callbacks):
    una_clase("guia", nombre="guía")

    with django_capture_on_commit_callbacks(execute=True):
        subida = client.post(
            de("nueva-importacion"), {"hoja": una_hoja(una_fila()), "paquete": un_zip()}
        )
    importacion = ImportacionDeContenidos.objects.get()
    vista = client.get(subida["Location"]).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(de("confirmar-importacion", importacion.pk), {"queda": "borrador"})
    final = client.get(subida["Location"]).content.decode()

    assert "Crear 1 contenido<" in vista
    assert "Contenidos creados" in final
    assert Contenido.objects.get().estado == "borrador"


def test_la_pagina_dice_fila_por_fila_que_pasa(client, edita):
    importacion = importada(edita, una_fila(), una_fila(titulo="Mala", vigencia="ayer"))

    pagina = client.get(importacion.get_absolute_url())

    assert [(fila.numero, fila.que) for fila in pagina.context["pagina"]] == [
        (2, "nueva"),
        (3, "rechazada"),
    ]
    assert "Año: «ayer» no es un año" in pagina.content.decode()


def test_se_pueden_ver_solo_las_que_no_entran(client, edita):
    importacion = importada(edita, una_fila(), una_fila(titulo="Mala", vigencia="ayer"))

    pagina = client.get(importacion.get_absolute_url(), {"que": "rechazada"})

    assert [fila.titulo for fila in pagina.context["pagina"]] == ["Mala"]


def test_sin_nada_nuevo_la_pagina_no_ofrece_crear(client, edita):
    confirmada(importada(edita))
    otra_vez = importada(edita)

    pagina = client.get(otra_vez.get_absolute_url()).content.decode()
    enviado = client.post(de("confirmar-importacion", otra_vez.pk), {"queda": "borrador"})

    assert "No hay nada nuevo que crear: 0 contenidos nuevos." in pagina
    assert "No hay ningún contenido nuevo que crear." in enviado.content.decode()


def test_deshacer_desde_la_pagina(client, edita):
    importacion = confirmada(importada(edita))

    respuesta = client.post(de("deshacer-importacion-de-contenidos", importacion.pk), follow=True)

    assert "Se quitó 1 contenido." in respuesta.content.decode()
    assert not Contenido.objects.exists()


def test_descartar_antes_de_confirmar_no_crea_nada(client, edita):
    importacion = importada(edita)

    client.post(de("deshacer-importacion-de-contenidos", importacion.pk))

    importacion.refresh_from_db()
    assert (importacion.estado, Contenido.objects.count()) == ("deshecha", 0)


def test_sin_hoja_el_formulario_lo_pide(client, edita):
    pagina = client.post(de("nueva-importacion"), {})

    assert pagina.context["form"].errors == {
        "hoja": ["Escoja la hoja que describe los contenidos."]
    }


def test_lo_que_pasa_del_limite_no_se_guarda_y_dice_que_hacer(client, edita, monkeypatch):
    monkeypatch.setattr(acciones, "PAQUETE_MAXIMO", 100)
    grande = ContentFile(b"x" * 200_000, name="grande.zip")

    pagina = client.post(de("nueva-importacion"), {"hoja": una_hoja(una_fila()), "paquete": grande})

    (error,) = pagina.context["form"].non_field_errors()
    assert error.startswith("Lo que subió pesa más de lo que se recibe.")
    assert not ImportacionDeContenidos.objects.exists()


def test_un_archivo_vacio_lo_dice_con_su_nombre(client, edita):
    vacia = ContentFile(b"", name="vacia.xlsx")

    pagina = client.post(de("nueva-importacion"), {"hoja": vacia})

    assert pagina.context["form"].errors["hoja"] == [
        "«vacia.xlsx» está vacío. Guárdelo de nuevo y súbalo."
    ]


def test_la_plantilla_trae_las_columnas_y_las_listas_y_se_deja_leer(client, edita):
    una_clase("guia", nombre="guía")
    un_tema("Permanencia")

    respuesta = client.get(de("plantilla-de-contenidos"))

    datos = b"".join(respuesta.streaming_content)
    libro = load_workbook(io.BytesIO(datos))
    titulos = [celda.value.removesuffix(" *") for celda in libro.worksheets[0][1]]
    opciones = {celda.value for fila in libro["Listas"] for celda in fila} - {None}
    assert titulos == list(TITULOS.values())
    assert {"guía", "Permanencia", "Solo el Ministerio"} <= opciones


def test_la_plantilla_llena_se_lee_completa(client, edita):
    una_clase("guia", nombre="guía")
    libro = load_workbook(
        io.BytesIO(b"".join(client.get(de("plantilla-de-contenidos")).streaming_content))
    )
    for columna, clave in enumerate(TITULOS, 1):
        libro.worksheets[0].cell(2, columna).value = una_fila().get(clave)
    salida = io.BytesIO()
    libro.save(salida)

    (fila,) = leer_filas(salida.getvalue())

    assert (fila.motivos, fila.archivo) == ([], "guia.pdf")


@pytest.mark.parametrize("cuantas", [1, 12])
def test_la_lista_y_la_vista_previa_preguntan_lo_mismo_con_poco_que_con_mucho(
    client, edita, cuantas, django_assert_num_queries
):
    filas = [una_fila(titulo=f"Guía {n}") for n in range(cuantas)]
    for n in range(cuantas):
        ImportacionDeContenidos.objects.create(
            nombre_de_la_hoja=f"h{n}.xlsx", huella=str(n), creado_por=edita
        )
    importacion = importada(edita, *filas)
    client.get(de("importaciones"))

    with django_assert_num_queries(5):
        client.get(de("importaciones"))
    with django_assert_num_queries(5):
        client.get(importacion.get_absolute_url())
