"""El semáforo de contacto: hace cuánto no se habla con cada secretaría."""

from datetime import date, timedelta

import pytest

from acompanamiento.consultas.semaforo import (
    Luz,
    cuenta_por_luz,
    de_una,
    semaforo,
    sin_acompanantes,
)
from acompanamiento.models import Contacto, ReglaDeContacto
from tests.fabricas import un_usuario, una_entidad
from tests.fabricas_de_acompanamiento import (
    un_contacto,
    un_grupo,
    un_padrinazgo,
    una_pertenencia,
    una_visita,
)

HOY = date(2026, 11, 20)

pytestmark = pytest.mark.django_db


def hace(dias):
    return HOY - timedelta(days=dias)


def test_primero_las_que_nunca_y_luego_las_de_mas_dias():
    ayer, nunca, hace_un_mes = una_entidad("A"), una_entidad("B"), una_entidad("C")
    un_contacto(ayer, fecha=hace(1))
    un_contacto(hace_un_mes, fecha=hace(30))

    filas = semaforo(hoy=HOY)

    assert [(fila.entidad, fila.dias) for fila in filas] == [
        (nunca, None),
        (hace_un_mes, 30),
        (ayer, 1),
    ]


@pytest.mark.parametrize(
    ("dias", "luz"),
    [
        (0, Luz.AL_DIA),
        (7, Luz.AL_DIA),
        (8, Luz.EN_ALERTA),
        (14, Luz.EN_ALERTA),
        (15, Luz.ATRASADA),
    ],
)
def test_la_luz_sale_de_la_regla_semanal(dias, luz):
    un_contacto(fecha=hace(dias))

    assert [fila.luz for fila in semaforo(hoy=HOY)] == [luz]


def test_rige_la_regla_de_ese_dia():
    ReglaDeContacto.objects.create(desde=date(2026, 1, 1), dias=15, dias_de_alerta=30)
    ReglaDeContacto.objects.create(desde=date(2027, 1, 1), dias=1, dias_de_alerta=2)
    un_contacto(fecha=hace(15))

    assert [fila.luz for fila in semaforo(hoy=HOY)] == [Luz.AL_DIA]


def test_solo_cuenta_lo_completo_y_lo_que_ya_paso():
    entidad = una_entidad()
    un_contacto(entidad, fecha=hace(20))
    for estado in ("programado", "borrador", "cancelado"):
        un_contacto(entidad, fecha=hace(1), estado=Contacto.Estado(estado))
    un_contacto(entidad, fecha=HOY + timedelta(days=3))

    assert [fila.ultimo for fila in semaforo(hoy=HOY)] == [hace(20)]


def test_una_visita_es_un_contacto():
    una_visita(fecha=hace(2))

    assert [fila.dias for fila in semaforo(hoy=HOY)] == [2]


def test_se_mira_por_grupo_y_por_padrino_de_hoy():
    suya, apadrinada, ajena = una_entidad("A"), una_entidad("B"), una_entidad("C")
    madrina = un_usuario()
    grupo = un_grupo(suya, apadrinada)
    un_grupo(ajena)
    un_padrinazgo(apadrinada, madrina)
    un_padrinazgo(suya, madrina, papel="enlace")

    assert [fila.entidad for fila in semaforo(grupo=grupo, hoy=HOY)] == [suya, apadrinada]
    assert [fila.entidad for fila in semaforo(padrino=madrina, hoy=HOY)] == [apadrinada]


def test_dice_el_grupo_y_el_padrino_del_dia_que_se_pregunta():
    entidad, madrina = una_entidad(), un_usuario()
    antes, despues = un_grupo(), un_grupo()
    una_pertenencia(antes, entidad, hasta=date(2026, 5, 31))
    una_pertenencia(despues, entidad, desde=date(2026, 6, 1))
    un_padrinazgo(entidad, madrina, desde=date(2026, 6, 1))

    mayo, hoy = semaforo(hoy=date(2026, 5, 15)), semaforo(hoy=HOY)

    assert [(fila.grupo, fila.padrino) for fila in mayo] == [(antes, None)]
    assert [(fila.grupo, fila.padrino) for fila in hoy] == [(despues, madrina)]


def test_una_entidad_cerrada_no_espera_contacto():
    una_entidad(hasta=hace(1))

    assert semaforo(hoy=HOY) == []


def test_una_sin_grupo_tambien_sale():
    entidad = una_entidad()

    assert [(fila.entidad, fila.grupo) for fila in semaforo(hoy=HOY)] == [(entidad, None)]


def test_las_cifras_dicen_tambien_los_ceros():
    un_contacto(fecha=hace(1))
    una_entidad()

    assert cuenta_por_luz(semaforo(hoy=HOY)) == {
        Luz.NUNCA: 1,
        Luz.ATRASADA: 0,
        Luz.EN_ALERTA: 0,
        Luz.AL_DIA: 1,
    }


def test_una_sola_dice_lo_mismo_que_todas():
    entidad = una_entidad()
    un_grupo(entidad)
    un_padrinazgo(entidad)
    un_contacto(entidad, fecha=hace(9))

    assert [de_una(entidad, hoy=HOY)] == sin_acompanantes(hoy=HOY)


def test_con_una_o_con_muchas_son_las_mismas_consultas(django_assert_num_queries):
    for n in range(12):
        entidad = una_entidad()
        un_grupo(entidad)
        un_padrinazgo(entidad)
        un_contacto(entidad, fecha=hace(n))

    with django_assert_num_queries(4):
        assert [str(fila.grupo) + str(fila.padrino) for fila in semaforo(hoy=HOY)] != []
