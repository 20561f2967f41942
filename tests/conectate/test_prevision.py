"""Confirmar copia lo que contó la vista previa, y solo si contar de nuevo daría lo mismo."""

import pytest

from conectate.acciones import recalculo
from conectate.acciones.importaciones import confirmar, descartar, deshacer
from conectate.acciones.recalculo import recalcular_sesion
from conectate.acciones.revision import decidir
from conectate.models import CuentaPrevista, MismaPersona, Participacion
from territorio.models import Dominio
from tests.conectate.archivos import de_formulario, de_zoom, importar, leer
from tests.fabricas import un_usuario, una_entidad, una_sesion

pytestmark = pytest.mark.django_db

GENTE = [
    ("Ana Ruiz", "ana@neiva.test", "09:00", "10:00"),
    ("Ana Ruiz", "", "09:05", "09:06"),  # parece la misma: se propone
    ('Eva, la "de siempre" \\ Gil', "", "09:20", "10:20"),
    ("Luis Paz\tSEM Neiva", "luis@gmail.com", "09:10", "10:10"),
    ("573001112233", "", "09:00", "09:30"),
    ("Fireflies.ai Notetaker", "", "09:00", "11:00"),
]


@pytest.fixture
def neiva():
    entidad = una_entidad("Neiva", codigo_dane="41001")
    Dominio.objects.create(dominio="neiva.test", entidad=entidad)
    return entidad


@pytest.fixture
def se_conto(monkeypatch):
    """Las veces que hubo que contar de verdad."""
    veces, contar = [], recalculo._contar

    def contado(sesion, saber):
        veces.append(sesion.pk)
        return contar(sesion, saber)

    monkeypatch.setattr(recalculo, "_contar", contado)
    return veces


def filas(sesion):
    campos = [c.attname for c in Participacion._meta.fields if c.name not in ("id", "sesion")]
    return list(sesion.participaciones.order_by("clave").values_list(*campos))


def test_confirmar_copia_lo_previsto_y_es_lo_mismo_que_contar(neiva, se_conto):
    copiada, contada = una_sesion(), una_sesion()

    importar(copiada, de_zoom(*GENTE))
    sin_prever = leer(contada, de_zoom(*GENTE))
    CuentaPrevista.objects.all().delete()
    confirmar(importacion=sin_prever, por=None)

    assert se_conto == [contada.pk]
    assert len(filas(copiada)) == len(GENTE)
    assert filas(copiada) == filas(contada)
    assert MismaPersona.objects.filter(sesion=copiada).count() == 1
    assert CuentaPrevista.objects.count() == 0


def test_volver_a_contar_lo_copiado_no_cambia_nada(neiva):
    sesion = una_sesion()
    importar(sesion, de_zoom(*GENTE))

    cuenta = recalcular_sesion(sesion)

    assert (cuenta.iguales, cuenta.nuevas, cuenta.cambiadas) == (len(GENTE), 0, 0)


def otro_dominio(sesion):
    Dominio.objects.create(dominio="gmail.com", clase=Dominio.Clase.PERSONAL)


def otra_entidad_en_el_dominio(sesion):
    pasto = una_entidad("Pasto", codigo_dane="52001")
    Dominio.objects.filter(dominio="neiva.test").update(entidad=pasto)


def otro_minimo(sesion):
    type(sesion).objects.filter(pk=sesion.pk).update(minutos_minimos=45)


def una_decision(sesion):
    otra = una_sesion()
    importar(otra, de_zoom(GENTE[1]))
    decidir(grupo="persona:n:ana ruiz", por=un_usuario(), entidad=una_entidad("Pasto"))


@pytest.mark.parametrize(
    "cambio", [otro_dominio, otra_entidad_en_el_dominio, otro_minimo, una_decision]
)
def test_si_cambia_lo_que_se_sabe_se_cuenta_de_nuevo(neiva, se_conto, cambio):
    sesion = una_sesion()
    importacion = leer(sesion, de_zoom(*GENTE))

    cambio(sesion)
    se_conto.clear()
    confirmar(importacion=importacion, por=None)

    assert se_conto == [sesion.pk]
    sesion.refresh_from_db()
    assert recalcular_sesion(sesion).iguales == len(GENTE)


def test_con_otro_archivo_en_la_sesion_se_unen_y_se_cuenta(neiva, se_conto):
    sesion = una_sesion()
    antes = leer(sesion, de_zoom(*GENTE))
    importar(sesion, de_formulario(("Eva Gil", "eva@neiva.test", "Neiva")))

    se_conto.clear()
    confirmar(importacion=antes, por=None)

    assert se_conto == [sesion.pk]
    assert sesion.participaciones.count() == len(GENTE) + 1


def test_lo_previsto_no_sobrevive_a_su_archivo(neiva):
    sesion = una_sesion()
    confirmada = importar(sesion, de_zoom(*GENTE))

    deshacer(importacion=confirmada, por=None)
    descartar(importacion=leer(sesion, de_zoom(*GENTE[:2])), por=un_usuario())

    assert CuentaPrevista.objects.count() == 0
    assert sesion.participaciones.count() == 0
