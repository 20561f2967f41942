"""Lo que no puede pasar con las entidades."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from territorio.models import Alias, Dominio, EntidadTerritorial
from tests.fabricas import una_entidad

pytestmark = pytest.mark.django_db


def test_una_entidad_no_se_borra_ni_sola_ni_en_grupo():
    entidad = una_entidad()

    for borrar in (entidad.delete, EntidadTerritorial.objects.filter(pk=entidad.pk).delete):
        with pytest.raises(ValidationError, match="póngale fecha final"):
            borrar()

    assert EntidadTerritorial.objects.count() == 1


def test_una_entidad_vale_desde_el_primer_dia_hasta_el_ultimo():
    una_entidad("Corta", desde=date(2019, 1, 1), hasta=date(2020, 12, 31))

    dias = [date(2018, 12, 31), date(2019, 1, 1), date(2020, 12, 31), date(2021, 1, 1)]

    assert [EntidadTerritorial.objects.vigentes(dia).count() for dia in dias] == [0, 1, 1, 0]


def test_una_vigencia_no_termina_antes_de_empezar():
    with pytest.raises(IntegrityError):
        una_entidad(desde=date(2020, 1, 1), hasta=date(2019, 1, 1))


def test_un_alias_es_de_una_entidad_o_de_otra_organizacion():
    with pytest.raises(IntegrityError):
        Alias.objects.create(texto="Nadie", texto_norm="nadie")


def test_un_dominio_personal_no_es_de_nadie():
    with pytest.raises(IntegrityError):
        Dominio.objects.create(
            dominio="correo.test", clase=Dominio.Clase.PERSONAL, entidad=una_entidad()
        )
