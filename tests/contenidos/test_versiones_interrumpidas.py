"""Se mata de verdad al trabajador que lee un archivo: otro lo lee, y ninguna página queda doble."""

import json
import os

import pytest

from tests.trabajos.test_trabajador_de_verdad import (
    PACIENCIA,
    correr,
    esperar_a_que,
    matar,
    un_trabajador,
)

pytestmark = [
    pytest.mark.servidor,
    pytest.mark.django_db,  # para que haya base de la que copiar aunque se corra sola
    pytest.mark.skipif(os.name == "nt", reason="mata procesos con señales de POSIX"),
]

SUBIR = """
from django.core.files.base import ContentFile
from contenidos.acciones.versiones import subir_version
from tests.archivos_de_prueba import un_pdf
from tests.fabricas_de_contenidos import un_contenido
archivo = ContentFile(un_pdf("Uno", "Dos"), "a.pdf")
subir_version(contenido=un_contenido(), archivo=archivo, por=None)
"""
COMO_QUEDO = """
import json, time
from contenidos.models import VersionDeContenido
from trabajos.models import Trabajo
trabajos = Trabajo.objects.filter(tipo="contenidos.leer_version")
limite = time.monotonic() + {paciencia}
while {paciencia} and trabajos.exclude(estado="terminado").exists():
    assert time.monotonic() < limite, "no terminó a tiempo"
    time.sleep(0.1)
version = VersionDeContenido.objects.get()
print(json.dumps({{
    "lectura": version.extraccion,
    "textos": list(version.textos.values_list("texto", flat=True)),
    "miniaturas": len(version.miniatura.storage.listdir("contenidos/miniatura")[1]),
}}))
"""


def test_muerto_a_mitad_de_la_lectura_otro_la_hace_y_no_duplica_paginas(entorno, tmp_path):
    marcas = tmp_path / "marcas"
    marcas.mkdir()
    (marcas / "cerrojo").touch()
    portal = {
        **entorno,
        "DJANGO_SETTINGS_MODULE": "tests.contenidos.ajustes_con_lectura_lenta",
        "MARCAS": str(marcas),
    }
    correr(portal, SUBIR)

    with un_trabajador(portal) as victima:
        esperar_a_que(lambda: list(marcas.glob("llego-*")))
        matar(victima)
    a_medias = json.loads(correr(portal, COMO_QUEDO, paciencia=0))
    (marcas / "cerrojo").unlink()
    with un_trabajador(portal, "-B"):
        al_final = json.loads(correr(portal, COMO_QUEDO, paciencia=PACIENCIA))

    assert (a_medias["lectura"], a_medias["textos"]) == ("pendiente", [])
    assert al_final == {"lectura": "hecha", "textos": ["Uno", "Dos"], "miniaturas": 1}
