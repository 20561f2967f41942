"""El territorio entero, cargado una vez: resolver no toca la base."""

from datetime import date
from functools import cache

import pytest
from django.db import transaction

from territorio.cargas import cargar_catalogo
from territorio.models import Dominio, EntidadTerritorial
from territorio.resolucion import Catalogo

HOY = date(2026, 3, 1)
# Dominio → código DANE. Son de prueba: en el portal los da el Ministerio.
DOMINIOS = {
    "antioquia.gov.co": "05",
    "bolivar.gov.co": "13",
    "cali.gov.co": "76001",
    "cundinamarca.gov.co": "25",
    "facatativa-cundinamarca.gov.co": "25269",
    "funza-cundinamarca.gov.co": "25286",
    "sanandres.gov.co": "88",
    "santander.gov.co": "68",
    "sedcartagena.gov.co": "13001",
    "sedcauca.gov.co": "19",
    "sednarino.gov.co": "52",
    "sedtolima.gov.co": "73",
    "semibague.gov.co": "73001",
    "sempasto.gov.co": "52001",
    "soacha-cundinamarca.gov.co": "25754",
    "valledelcauca.gov.co": "76",
}


@pytest.fixture
def territorio(db):
    """Las entidades, departamentos y municipios de verdad, en la base."""
    cargar_catalogo()


@cache
def catalogo_del_dia(fecha):
    """Se arma una vez por fecha; la base queda como estaba."""
    with transaction.atomic():
        cargar_catalogo()
        entidades = {e.codigo_dane: e for e in EntidadTerritorial.objects.all()}
        Dominio.objects.bulk_create(
            Dominio(dominio=dominio, entidad=entidades[codigo])
            for dominio, codigo in DOMINIOS.items()
        )
        catalogo = Catalogo.vigente_en(fecha)
        transaction.set_rollback(True)
    return catalogo


@pytest.fixture
def catalogo_de(db):
    """`catalogo_de(fecha)`, con los dominios de DOMINIOS."""
    return catalogo_del_dia


@pytest.fixture
def catalogo(catalogo_de):
    return catalogo_de(HOY)
