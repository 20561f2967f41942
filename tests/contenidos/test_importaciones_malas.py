"""Hojas y ZIP que no sirven: cada fila dice por qué, y nada se cae."""

import io
import unicodedata
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from contenidos.acciones import importaciones as acciones
from contenidos.cargas import paquete as paquetes
from contenidos.cargas.paquete import Paquete, PaqueteInservible
from contenidos.models import ImportacionDeContenidos
from tests.contenidos.importar import (
    PDF,
    importada,
    motivos,
    que_pasa,
    un_zip,
    una_fila,
    una_hoja,
)
from tests.fabricas import un_usuario
from tests.fabricas_de_contenidos import una_clase

pytestmark = pytest.mark.django_db

Estado = ImportacionDeContenidos.Estado


@pytest.fixture
def edita():
    return un_usuario("equipo_men")


# ── La hoja ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("hoja", "mensaje"),
    [
        (ContentFile(b"no soy un libro", name="x.xlsx"), "El archivo no es un libro de Excel"),
        (una_hoja(una_fila(), columnas=["nada", "que ver"]), "No se encontraron los títulos"),
        (una_hoja(), "La hoja no trae ninguna fila."),
        (
            una_hoja(una_fila(), columnas=["titulo", "resumen", "clase", "vigencia"]),
            "A la hoja le falta la columna «Quién lo hizo».",
        ),
    ],
)
def test_una_hoja_que_no_sirve_se_rechaza_entera_y_dice_que_hacer(edita, hoja, mensaje):
    importacion = importada(edita, hoja=hoja)

    assert importacion.estado == Estado.RECHAZADA
    assert importacion.mensaje.startswith(mensaje)


def test_una_hoja_con_demasiadas_filas_pide_dividirla(edita, monkeypatch):
    monkeypatch.setattr("contenidos.cargas.hoja.FILAS_MAXIMAS", 1)

    importacion = importada(edita, una_fila(), una_fila(titulo="Otra"))

    assert importacion.mensaje.startswith("La hoja trae 2 filas y se reciben hasta 1.")


def test_los_titulos_valen_sin_tildes_en_otro_orden_y_tras_un_membrete(edita):
    from openpyxl import Workbook

    libro, salida = Workbook(), io.BytesIO()
    libro.active.append(["Listado de la subdirección"])
    libro.active.append(["ANO", "quien lo hizo *", "Clase", "Resumen", "TITULO", "Enlace"])
    libro.active.append([2020, "Calidad", "guías", "Sirve.", "Una", "https://ejemplo.test/"])
    libro.save(salida)

    importacion = importada(edita, hoja=ContentFile(salida.getvalue(), name="h.xlsx"), archivos={})

    assert (que_pasa(importacion), importacion.filas[0]["fila"]) == (["nueva"], 3)


@pytest.mark.parametrize(
    ("datos", "motivo"),
    [
        ({"titulo": ""}, "Falta «Título»."),
        ({"titulo": "a" * 251}, "«Título» pasa de 250 letras. Acórtelo."),
        (
            {"clase": "pergamino"},
            "Clase: «pergamino» no está en el portal. Escójalo de la lista de la plantilla.",
        ),
        ({"vigencia": 1492}, "Año: «1492» no es un año entre 1900 y "),
        ({"vigencia": "20.5"}, "Año: «20.5» no es un año entre 1900 y "),
        ({"temas": "Permanencia; Nada"}, "Temas: «Permanencia», «Nada» no está en el portal."),
        ({"niveles": "posdoctorado"}, "Niveles: «posdoctorado» no está en el portal."),
        ({"licencia": "ninguna"}, "Licencia: «ninguna» no está en el portal."),
        ({"visibilidad": "prestada"}, "Quién lo ve: «prestada» no está en el portal."),
        ({"revisar_el": "31/02/2027"}, "Revisar el: «31/02/2027» no es una fecha."),
        ({"tiene_subtitulos": "tal vez"}, "Tiene subtítulos: escriba sí o no."),
        (
            {"archivo": "", "enlace": "javascript:alert(1)"},
            "Enlace: «javascript:alert(1)» no es una dirección completa.",
        ),
        ({"archivo": ""}, "Escriba el nombre de su archivo en «Archivo», o su «Enlace»."),
        ({"enlace": "https://ejemplo.test/"}, "Trae archivo y enlace: deje solo uno."),
        ({"subtitulos": "guia.pdf"}, "«guia.pdf»: Los subtítulos son de un video"),
        ({"archivo": "no-vino.pdf"}, "El archivo «no-vino.pdf» no está en el ZIP."),
    ],
)
def test_cada_fila_mala_dice_por_que(edita, datos, motivo):
    importacion = importada(edita, una_fila(**datos))

    assert que_pasa(importacion) == ["rechazada"]
    assert motivos(importacion)[0].startswith(motivo)


def test_un_enlace_sin_direccion_lo_pide(edita):
    una_clase("enlace", es_enlace=True)

    importacion = importada(edita, una_fila(clase="enlace"))

    assert motivos(importacion) == ["Es un enlace: escriba su dirección en «Enlace»."]


def test_una_fila_con_formula_no_se_calcula(edita):
    importacion = importada(edita, una_fila(titulo='=HYPERLINK("http://malo.test")'))

    assert que_pasa(importacion) == ["rechazada"]


# ── El ZIP ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("datos", "comienzo"),
    [
        (b"no soy un zip", "El ZIP está dañado o no es un ZIP."),
        (un_zip().read()[:40], "El ZIP está dañado o no es un ZIP."),
    ],
)
def test_un_zip_que_no_abre_se_rechaza(edita, datos, comienzo):
    importacion = importada(edita, paquete=ContentFile(datos, name="a.zip"))

    assert importacion.estado == Estado.RECHAZADA
    assert importacion.mensaje.startswith(comienzo)


def test_un_zip_bomba_no_se_abre(monkeypatch):
    monkeypatch.setattr(paquetes, "PEQUENO", 1000)

    with pytest.raises(PaqueteInservible, match="ocupa demasiado al abrirlo"):
        Paquete(un_zip({"ceros.pdf": b"\0" * 1_000_000}))


def test_un_zip_con_demasiados_archivos_pide_dividirlo(monkeypatch):
    monkeypatch.setattr(paquetes, "ENTRADAS_MAXIMAS", 1)

    with pytest.raises(PaqueteInservible, match="trae 2 archivos y se reciben hasta 1"):
        Paquete(un_zip({"a.pdf": PDF, "b.pdf": PDF}))


def test_un_zip_con_contrasena_lo_dice():
    datos = bytearray(un_zip().read())
    for firma, posicion in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        datos[datos.index(firma) + posicion] |= 1

    with pytest.raises(PaqueteInservible, match="tiene contraseña"):
        Paquete(io.BytesIO(bytes(datos)))


def test_un_archivo_danado_dentro_del_zip_es_problema_de_su_fila(edita):
    salida = io.BytesIO()
    with zipfile.ZipFile(salida, "w", zipfile.ZIP_STORED) as paquete:
        paquete.writestr("guia.pdf", PDF)
    datos = salida.getvalue().replace(b"endobj", b"ENDOBJ", 1)

    importacion = importada(edita, paquete=ContentFile(datos, name="a.zip"))

    assert motivos(importacion) == ["«guia.pdf» está dañado dentro del ZIP. Haga el ZIP de nuevo."]


def test_un_archivo_que_no_se_recibe_es_problema_de_su_fila(edita):
    pagina = b"<html><script>alert(1)</script></html>"

    importacion = importada(edita, archivos={"guia.pdf": pagina})

    assert que_pasa(importacion) == ["rechazada"]
    assert motivos(importacion)[0].startswith("«guia.pdf»: ")


def test_lo_que_sobra_en_el_zip_se_dice_y_no_estorba(edita):
    importacion = importada(
        edita,
        una_fila(),
        archivos={
            "carpeta/guia.pdf": PDF,
            "carpeta/de-mas.pdf": PDF,
            "__MACOSX/._guia.pdf": b"x",
            "Thumbs.db": b"x",
        },
    )

    assert que_pasa(importacion) == ["nueva"]
    assert importacion.mensaje == "El ZIP trae 1 archivo que ninguna fila nombra: de-mas.pdf."


def test_dos_archivos_con_el_mismo_nombre_no_se_adivinan(edita):
    importacion = importada(edita, archivos={"a/guia.pdf": PDF, "b/guia.pdf": PDF})

    assert motivos(importacion)[0].startswith("El ZIP trae 2 archivos llamados «guia.pdf»")


def test_una_ruta_que_se_sale_de_la_carpeta_es_solo_un_nombre(edita):
    importacion = importada(
        edita, una_fila(archivo="passwd.pdf"), archivos={"../../passwd.pdf": PDF}
    )

    assert que_pasa(importacion) == ["nueva"]


@pytest.mark.parametrize("codificacion", ["utf-8", "cp850"])
def test_las_tildes_del_zip_se_entienden_venga_de_donde_venga(codificacion):
    en_mac = unicodedata.normalize("NFD" if codificacion == "utf-8" else "NFC", "Guía ñandú.pdf")
    provisional = "x" * len(en_mac.encode(codificacion))
    datos = un_zip({provisional: PDF}).read()

    paquete = Paquete(io.BytesIO(datos.replace(provisional.encode(), en_mac.encode(codificacion))))

    assert paquete.problema_con("guía ñandú.PDF") == ""
    assert paquete.sobran(set()) == ["Guía ñandú.pdf"]


def test_sin_zip_una_fila_con_archivo_lo_pide(edita):
    una_clase("guia", nombre="guía")
    importacion = acciones.recibir(hoja=una_hoja(una_fila()), por=edita)
    acciones.pedir_lectura(importacion, edita)

    from trabajos.acciones import ejecutar_pendientes

    ejecutar_pendientes("contenidos.leer_importacion")
    importacion.refresh_from_db()

    assert motivos(importacion) == ["Falta el ZIP donde viene «guia.pdf»."]


def test_lo_que_pesa_demasiado_no_se_recibe_y_dice_el_maximo(edita, monkeypatch):
    monkeypatch.setattr(acciones, "PAQUETE_MAXIMO", 10)

    with pytest.raises(ValidationError, match="se reciben hasta"):
        acciones.recibir(hoja=una_hoja(una_fila()), paquete=un_zip(), por=edita)

    assert not ImportacionDeContenidos.objects.exists()
