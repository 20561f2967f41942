"""El año inventado: sirve para ver el portal lleno, y no estorba a lo de verdad."""

from collections import Counter
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from acompanamiento import demostracion
from acompanamiento.acciones.catalogo import cargar_acompanamiento
from acompanamiento.acciones.relevos import relevar
from acompanamiento.consultas.semaforo import cuenta_por_luz, semaforo
from acompanamiento.models import (
    Compromiso,
    Contacto,
    Evidencia,
    Grupo,
    Integrante,
    Necesidad,
    Pertenencia,
    Programa,
    Prorroga,
    Relevo,
)
from cuentas import demostracion as cuentas
from cuentas.models import Rol, Usuario
from territorio.models import EntidadTerritorial
from tests.fabricas import un_usuario
from tests.fabricas_de_acompanamiento import (
    un_compromiso,
    un_contacto,
    un_grupo,
    un_programa,
    una_actividad,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def usuarios():
    for catalogo in ("cargar_territorio", "cargar_direcciones", "cargar_temas"):
        call_command(catalogo, verbosity=0)
    cargar_acompanamiento()
    return cuentas.cargar()


def test_todas_las_secretarias_de_hoy_estan_en_un_grupo_y_solo_en_uno(usuarios):
    demostracion.cargar(usuarios)

    vigentes = EntidadTerritorial.objects.vigentes(timezone.localdate())
    hoy = Pertenencia.objects.vigentes()
    tamanos = Counter(Counter(hoy.values_list("grupo", flat=True)).values())
    assert sorted(hoy.values_list("entidad", flat=True)) == sorted(
        vigentes.values_list("pk", flat=True)
    )
    assert sum(tamanos.values()) == 20
    assert set(tamanos) == {4, 5}


def test_quien_entra_como_lider_tiene_su_grupo_y_algo_vencido_en_el(usuarios):
    demostracion.cargar(usuarios)

    suyo = Integrante.objects.vigentes().get(persona=usuarios[Rol.LIDER_GRUPO], papel="lider")
    suyas = Pertenencia.objects.vigentes().filter(grupo=suyo.grupo)
    assert {"18", "41", "17001"} <= set(suyas.values_list("entidad__codigo_dane", flat=True))
    assert Compromiso.objects.vencidos().filter(entidad__in=suyas.values("entidad")).exists()


def test_hay_de_todo(usuarios):
    demostracion.cargar(usuarios)

    assert set(cuenta_por_luz(semaforo()).values()) & {0} == set()
    assert set(Compromiso.objects.values_list("estado", flat=True)) == set(Compromiso.Estado)
    assert set(Contacto.objects.values_list("estado", flat=True)) == set(Contacto.Estado)
    assert set(Contacto.objects.values_list("canal", flat=True)) == set(Contacto.Canal)
    assert set(Necesidad.objects.values_list("turno", flat=True)) == set(Necesidad.Turno)
    assert (Prorroga.objects.exists(), Evidencia.objects.exists()) == (True, True)


def test_cada_contacto_es_del_grupo_que_acompanaba_ese_dia(usuarios):
    demostracion.cargar(usuarios)

    cambio = Pertenencia.objects.exclude(hasta=None).get()
    antes = Contacto.objects.completos().filter(entidad=cambio.entidad, fecha__lte=cambio.hasta)
    despues = Contacto.objects.filter(entidad=cambio.entidad, fecha__gt=cambio.hasta)
    assert set(antes.values_list("grupo", flat=True)) == {cambio.grupo_id}
    assert cambio.grupo_id not in set(despues.values_list("grupo", flat=True))


def test_cargarla_otra_vez_no_repite_y_dias_despues_la_pone_al_dia(usuarios, monkeypatch):
    demostracion.cargar(usuarios)
    la_misma = demostracion.cargar(usuarios)
    hoy = timezone.localdate() + timedelta(days=21)
    monkeypatch.setattr("acompanamiento.demostracion.grupos.timezone.localdate", lambda: hoy)

    nuevos = demostracion.cargar(usuarios)

    assert (la_misma, nuevos > 200) == (0, True)
    assert Contacto.objects.completos().order_by("-fecha").first().fecha <= hoy
    repetidos = Counter(
        Contacto.objects.exclude(estado="programado").values_list("entidad", "fecha")
    )
    assert max(repetidos.values()) == 1


def test_si_ya_hay_grupos_de_verdad_no_se_inventa_ninguno(usuarios):
    un_grupo(numero=3)

    assert demostracion.cargar(usuarios) == 0
    assert list(Grupo.objects.values_list("numero", flat=True)) == [3]


def test_quitarla_deja_lo_de_verdad_y_se_lleva_lo_que_registraron_sus_cuentas(usuarios):
    propio = un_contacto(creado_por=un_usuario(), asunto="De verdad")
    un_compromiso(propio.entidad, contacto=propio, persona=usuarios[Rol.LIDER_GRUPO])
    demostracion.cargar(usuarios)
    un_contacto(propio.entidad, creado_por=usuarios[Rol.LIDER_GRUPO])

    demostracion.quitar()
    cuentas.quitar()

    assert list(Contacto.objects.all()) == [propio]
    assert list(Compromiso.objects.values_list("contacto", "persona")) == [(propio.pk, None)]
    assert Grupo.objects.count() == Necesidad.objects.count() == 0
    assert Usuario.objects.filter(es_demostracion=True).count() == 0


def test_un_relevo_de_prueba_se_quita_y_el_compromiso_de_verdad_queda():
    de, de_prueba = un_usuario(), un_usuario(es_demostracion=True)
    compromiso = un_compromiso(lado="ministerio", persona=de, direccion=de.direccion)
    relevar(
        clave=uuid4(),
        de=de,
        a=de_prueba,
        fecha=timezone.localdate(),
        motivo="De prueba",
        por=de_prueba,
    )

    demostracion.quitar()

    compromiso.refresh_from_db()
    assert (compromiso.persona, Relevo.objects.count()) == (None, 0)


def test_un_compromiso_de_verdad_que_salio_de_un_contacto_de_prueba_queda_sin_origen():
    de_prueba = un_contacto(es_demostracion=True)
    compromiso = un_compromiso(de_prueba.entidad, contacto=de_prueba, creado_por=un_usuario())

    demostracion.quitar()

    compromiso.refresh_from_db()
    assert (compromiso.contacto, Contacto.objects.count()) == (None, 0)


def test_si_algo_de_verdad_cuelga_de_lo_inventado_no_se_quita_nada_y_dice_que_es():
    actividad = una_actividad(un_programa(es_demostracion=True), nombre="Taller en Tunja")

    with pytest.raises(CommandError) as error:
        call_command("quitar_demostracion")

    que_pasa, cual, _ = str(error.value).split("\n")
    assert que_pasa == "No se quitó nada: de lo inventado cuelga algo de verdad."
    assert cual == f"  - actividad {actividad.pk}: «Taller en Tunja»"
    assert Programa.objects.count() == 1
