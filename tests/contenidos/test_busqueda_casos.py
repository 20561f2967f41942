"""La lista compartida: qué debe estar entre los tres primeros, en las dos bases."""

import csv
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection

from contenidos.acciones.glosario import cargar_glosario
from contenidos.acciones.indice import poner_al_dia
from contenidos.consultas.busqueda import contenidos_que
from contenidos.models import Contenido
from tests.fabricas import un_tema
from tests.fabricas_de_contenidos import un_contenido, una_version

pytestmark = pytest.mark.django_db
AQUI = Path(__file__).resolve().parent
TRES, MINIMO_DE_CASOS = 3, 60


def filas(nombre):
    with open(AQUI / nombre, encoding="utf-8", newline="") as archivo:
        return list(csv.DictReader(archivo))


@pytest.fixture
def fondo():
    """Una biblioteca inventada, con el glosario de verdad."""
    cargar_glosario()
    for fila in filas("fondo_de_busqueda.csv"):
        contenido = un_contenido(
            fila["titulo"],
            slug=fila["clave"],
            resumen=fila["resumen"],
            vigencia=int(fila["vigencia"]),
            temas=[un_tema(fila["temas"])],
        )
        una_version(contenido, textos=fila["texto"].split("¶"))
    Contenido.objects.filter(slug="vieja-pmi").update(
        reemplazado_por=Contenido.objects.get(slug="pmi")
    )
    poner_al_dia(*Contenido.objects.all())


def test_cada_caso_trae_lo_suyo_entre_los_tres_primeros(fondo):
    casos = filas("casos_de_busqueda.csv")

    fallan = []
    for caso in casos:
        hallados, _ = contenidos_que(caso["consulta"], AnonymousUser())
        primeros = [contenido.slug for contenido in hallados[:TRES]]
        if not {*caso["entre_los_tres_primeros"].split(";")} <= {*primeros}:
            fallan.append((caso["consulta"], caso["entre_los_tres_primeros"], primeros))

    assert fallan == []
    assert len({caso["consulta"] for caso in casos}) >= MINIMO_DE_CASOS


def test_el_orden_entero_es_el_mismo_en_las_dos_bases(fondo):
    """El que dan las dos está escrito: la que se aparte lo dice aquí."""
    esperado = {
        fila["consulta"]: (fila["cuantos"], fila["primeros"])
        for fila in filas("orden_de_busqueda.csv")
    }

    dado = {}
    for consulta in esperado:
        hallados = [uno.slug for uno in contenidos_que(consulta, AnonymousUser())[0]]
        dado[consulta] = (str(len(hallados)), ";".join(hallados[:6]))

    assert dado == esperado, connection.vendor
