"""Lo que se le recuerda por correo a quien edita."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from contenidos.acciones.recordatorios import recordar_lo_que_espera
from contenidos.models import Contenido, RevisionDeEnlace
from cuentas.models import Rol
from tests.fabricas import un_usuario
from tests.fabricas_de_contenidos import un_borrador, un_contenido
from trabajos.models import Correo

pytestmark = pytest.mark.django_db
LUNES, MARTES, DOMINGO = date(2026, 9, 7), date(2026, 9, 8), date(2026, 9, 6)
OTRO_LUNES = LUNES + timedelta(days=7)


@pytest.fixture
def editora():
    return un_usuario(Rol.EQUIPO_MEN)


def lo_recibido(mailoutbox):
    return [(correo.to, correo.body) for correo in mailoutbox]


def test_recuerda_lo_que_espera_por_cada_quien(editora, mailoutbox):
    ayer = timezone.localdate() - timedelta(days=1)
    un_contenido("El vencido", revisar_el=ayer, responsable=editora)
    un_contenido("El de otra", revisar_el=ayer, responsable=un_usuario(Rol.EQUIPO_MEN))
    un_borrador("El que escribe", responsable=editora)
    un_contenido("El que escribió", estado=Contenido.Estado.REVISION, creado_por=editora)
    roto = un_contenido("El roto", enlace="https://ejemplo.test/", responsable=editora)
    RevisionDeEnlace.objects.create(
        contenido=roto, revisado_en=timezone.now(), funciona=False, fallas_seguidas=2
    )

    recordar_lo_que_espera(LUNES)

    (cuerpo,) = [cuerpo for para, cuerpo in lo_recibido(mailoutbox) if para == [editora.email]]
    titulos = ("El vencido", "El roto", "El de otra", "El que escribe", "El que escribió")
    assert [titulo in cuerpo for titulo in titulos] == [True, True, False, False, False]
    assert f"/edicion/contenidos/{roto.slug}/" in cuerpo


def test_a_quien_no_tiene_nada_no_se_le_escribe(editora, mailoutbox):
    assert (recordar_lo_que_espera(LUNES), lo_recibido(mailoutbox)) == (0, [])


def test_un_dia_que_no_es_habil_no_se_escribe(editora):
    un_contenido(estado=Contenido.Estado.REVISION)

    assert recordar_lo_que_espera(DOMINGO) == 0


def test_a_las_cuentas_de_demostracion_no_se_les_escribe():
    un_usuario(Rol.EQUIPO_MEN, es_demostracion=True)
    un_contenido(estado=Contenido.Estado.REVISION)

    assert recordar_lo_que_espera(LUNES) == 0


def test_repetirlo_en_la_semana_no_repite_el_correo(editora, settings):
    settings.EMAIL_BACKEND = "trabajos.correo.Buzon"
    un_contenido(estado=Contenido.Estado.REVISION)

    for dia in (LUNES, LUNES, MARTES, OTRO_LUNES):
        recordar_lo_que_espera(dia)

    assert [correo.para for correo in Correo.objects.all()] == [editora.email] * 2
