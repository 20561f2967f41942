"""Lo que el portal trae de entrada: papeles, áreas, tipos, programas de 2020 y sus cifras."""

import pytest
from django.core.management import call_command

from acompanamiento.acciones.catalogo import cargar_acompanamiento
from acompanamiento.models import (
    CifraReportada,
    Dependencia,
    PapelEnLaEntidad,
    Programa,
    ReglaDeContacto,
    TipoDeActividad,
    VisitaReportada,
)

pytestmark = pytest.mark.django_db

REPORTADA, EN_REVISION = CifraReportada.Estado.REPORTADA, CifraReportada.Estado.EN_REVISION
NO_REPORTADA = CifraReportada.Estado.NO_REPORTADA


@pytest.fixture
def cargado():
    for orden in ("cargar_territorio", "cargar_temas", "cargar_acompanamiento"):
        call_command(orden, verbosity=0)


def test_repetir_la_carga_no_anade_nada(cargado):
    assert cargar_acompanamiento() == 0


def test_lo_que_alguien_edito_se_queda_como_lo_dejo(cargado):
    PapelEnLaEntidad.objects.filter(nombre="Recursos humanos").update(nombre="Talento humano")
    Programa.objects.filter(slug="talleres-financieros-2020").update(nota="Revisada.")
    CifraReportada.objects.filter(clave="bioseguridad-encuentros").update(valor=7)

    cargar_acompanamiento()

    assert not PapelEnLaEntidad.objects.filter(nombre="Recursos humanos").exists()
    assert Programa.objects.get(slug="talleres-financieros-2020").nota == "Revisada."
    assert CifraReportada.objects.get(clave="bioseguridad-encuentros").valor == 7


def test_trae_los_programas_de_2020_con_sus_temas(cargado):
    programas = Programa.objects.filter(vigencia=2020)

    assert [programa.slug.removesuffix("-2020") for programa in programas] == [
        "indicadores-y-plan-de-desarrollo",
        "gestion-pedagogica",
        "talleres-financieros",
        "innovacion-educativa",
        "permanencia-escolar",
        "bioseguridad-escolar",
        "capacidades-personales",
        "dialogos-internacionales",
    ]
    assert programas.filter(temas=None).count() == 0
    assert Programa.objects.get(slug="dialogos-internacionales-2020").temas.count() == 5


@pytest.mark.parametrize(
    ("clave", "valor", "calificador", "estado"),
    [
        ("pedagogica-talleres", 10, "exacto", REPORTADA),
        ("pedagogica-asistentes", 1013, "exacto", EN_REVISION),
        ("financieros-secretarias", 96, "exacto", REPORTADA),
        ("financieros-julio-asistentes", 970, "exacto", REPORTADA),
        ("financieros-agosto-secretarias", 68, "exacto", REPORTADA),
        ("financieros-personas", None, "exacto", NO_REPORTADA),
        ("innovacion-experiencias", 23, "exacto", REPORTADA),
        ("permanencia-planes", 42, "exacto", REPORTADA),
        ("bioseguridad-encuentros", 8, "exacto", REPORTADA),
        ("bioseguridad-septiembre", 9, "exacto", EN_REVISION),
        ("bioseguridad-personas", 11624, "exacto", REPORTADA),
        ("capacidades-octubre", 4374, "exacto", REPORTADA),
        ("dialogos-participantes", 5919, "exacto", REPORTADA),
        ("dialogos-participantes-despues", 6000, "mas_de", EN_REVISION),
    ],
)
def test_cada_cifra_va_como_la_dice_su_fuente(cargado, clave, valor, calificador, estado):
    cifra = CifraReportada.objects.get(clave=clave)

    assert (cifra.valor, cifra.calificador, cifra.estado) == (valor, calificador, estado)


def test_lo_que_se_contradice_lleva_una_nota(cargado):
    en_revision = CifraReportada.objects.filter(estado=EN_REVISION)

    assert en_revision.count() == 3
    assert not en_revision.filter(nota="").exists()


def test_las_siete_visitas_de_2020_van_sin_fecha_y_con_su_fuente(cargado):
    visitas = VisitaReportada.objects.filter(vigencia=2020, modalidad="presencial")

    assert sorted(visita.entidad.codigo_dane for visita in visitas) == [
        *("18", "50", "50001", "54", "54001", "76520", "88")
    ]
    assert not visitas.filter(fuente="").exists()


def test_la_regla_de_partida_es_una_semana_y_dos(cargado):
    regla = ReglaDeContacto.objects.get()

    assert (regla.dias, regla.dias_de_alerta) == (7, 14)


def test_hay_papeles_areas_y_tipos_para_escoger(cargado):
    assert PapelEnLaEntidad.objects.count() == 12
    assert Dependencia.objects.count() == 8
    assert TipoDeActividad.objects.count() == 7
    assert TipoDeActividad.objects.first().nombre == "Taller"
