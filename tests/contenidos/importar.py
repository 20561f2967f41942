"""Hojas y ZIP para probar la importación de contenidos."""

import io
import zipfile

from django.core.files.base import ContentFile
from openpyxl import Workbook

from contenidos.acciones.importaciones import pedir_confirmacion, pedir_lectura, recibir
from contenidos.cargas.columnas import TITULOS
from contenidos.models import ImportacionDeContenidos
from tests.fabricas_de_contenidos import una_clase
from trabajos.acciones import ejecutar_pendientes

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
UNA_FILA = {
    "titulo": "Guía de alternancia",
    "resumen": "Para organizar el regreso.",
    "clase": "guía",
    "vigencia": 2020,
    "autor": "Dirección de Calidad",
    "archivo": "guia.pdf",
}


def una_fila(**datos):
    return {**UNA_FILA, **datos}


def una_hoja(*filas, columnas=None, nombre="contenidos.xlsx"):
    columnas = columnas or list(TITULOS)
    libro = Workbook()
    libro.active.append([TITULOS.get(columna, columna) for columna in columnas])
    for fila in filas:
        libro.active.append([fila.get(columna) for columna in columnas])
    salida = io.BytesIO()
    libro.save(salida)
    return ContentFile(salida.getvalue(), name=nombre)


def un_zip(archivos=None, nombre="archivos.zip"):
    salida = io.BytesIO()
    with zipfile.ZipFile(salida, "w", zipfile.ZIP_DEFLATED) as paquete:
        for ruta, datos in ({"guia.pdf": PDF} if archivos is None else archivos).items():
            paquete.writestr(ruta, datos)
    return ContentFile(salida.getvalue(), name=nombre)


def importada(por, *filas, archivos=None, hoja=None, paquete=None) -> ImportacionDeContenidos:
    """Recibida y ya mirada. Sin `archivos`, el ZIP trae «guia.pdf»."""
    una_clase("guia", nombre="guía")
    importacion = recibir(
        hoja=hoja or una_hoja(*(filas or [UNA_FILA])), paquete=paquete or un_zip(archivos), por=por
    )
    pedir_lectura(importacion, por)
    return _al_dia(importacion, "contenidos.leer_importacion")


def confirmada(importacion, *, por=None, a_revision=False) -> ImportacionDeContenidos:
    pedir_confirmacion(importacion, por or importacion.creado_por, a_revision=a_revision)
    return _al_dia(importacion, "contenidos.confirmar_importacion")


def _al_dia(importacion, tipo):
    ejecutar_pendientes(tipo)
    importacion.refresh_from_db()
    return importacion


def que_pasa(importacion):
    return [fila["que"] for fila in importacion.filas]


def motivos(importacion):
    return [motivo for fila in importacion.filas for motivo in fila["motivos"]]
