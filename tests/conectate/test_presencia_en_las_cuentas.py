"""«Estuvo» sale de la asistencia, la diga quien la diga."""

from copy import copy

import pytest
from django.utils import timezone

from conectate.acciones.importadas import contar_importadas
from conectate.consultas.matriz import Celda, matriz_de
from conectate.consultas.participacion import participacion_de, tabla_de, vigencias_de
from conectate.consultas.presencia import Dicho, cifras_por_origen
from conectate.consultas.sesiones import cifras_de, entidades_de, presencia_de, resumen_de
from conectate.informes import INFORMES
from tests.fabricas import un_usuario, una_asistencia, una_entidad, una_participacion, una_sesion

pytestmark = pytest.mark.django_db


def test_sin_lista_una_entidad_presente_cuenta_y_sus_personas_son_sin_dato():
    huila, meta = una_entidad("Huila"), una_entidad("Meta")
    sesion = una_sesion(convocadas=[huila, meta])
    una_asistencia(sesion, huila, registro="presente")

    resumen, cifras = resumen_de(sesion), cifras_de([sesion])[sesion.pk]
    de_huila, de_meta = entidades_de(sesion)

    assert (resumen.presentes, resumen.tiene_asistencia, resumen.tiene_lista) == (1, True, False)
    assert (cifras.presentes, cifras.tiene_asistencia, cifras.tiene_lista) == (1, True, False)
    assert (de_huila.estuvo, de_huila.en_la_lista, de_huila.dicho) == (True, None, None)
    assert (de_meta.estuvo, de_meta.en_la_lista) == (False, 0)
    assert presencia_de(huila, [sesion])[sesion.pk].estuvo


def test_lo_que_alguien_dijo_no_se_suma_a_lo_de_la_lista():
    huila = una_entidad("Huila")
    sesion = una_sesion(convocadas=[huila])
    una_asistencia(sesion, huila, ventana_en=timezone.now(), ventana_personas=5)

    assert entidades_de(sesion)[0].dicho == Dicho(5, "la secretaría")

    una_participacion(sesion, huila)

    assert (entidades_de(sesion)[0].personas, entidades_de(sesion)[0].dicho) == (1, None)


def test_cada_entidad_se_cuenta_una_vez_y_se_dice_si_los_origenes_se_contradicen():
    ventana, lista, equipo, reclamo, falto, invitada = (una_entidad() for _ in range(6))
    sesion = una_sesion(convocadas=[ventana, lista, equipo, reclamo, falto])
    una_asistencia(sesion, ventana, ventana_en=timezone.now(), registro="presente")
    una_asistencia(sesion, lista, registro="ausente")
    una_participacion(sesion, lista)
    una_asistencia(sesion, equipo, registro="presente")
    una_asistencia(sesion, reclamo, reclamada_en=timezone.now())
    una_asistencia(sesion, falto, registro="excusada")
    una_participacion(sesion, invitada)

    cifras = cifras_por_origen(sesion)

    assert cifras.por_origen == {"ventana": 1, "importada": 1, "equipo": 1, "reclamada": 1}
    assert (cifras.presentes, cifras.convocadas, cifras.no_convocadas) == (4, 5, 1)
    assert (cifras.con_varios, cifras.discrepancias) == (1, 1)


def test_la_cuenta_de_una_entidad_y_la_matriz_ven_a_la_que_no_esta_en_ninguna_lista():
    huila = una_entidad("Huila")
    sesion = una_sesion(convocadas=[huila])
    una_asistencia(sesion, huila, reclamada_en=timezone.now(), reclamada_personas=4)

    participacion = participacion_de(huila, 2020)
    matriz = matriz_de(2020, [sesion])

    assert str(tabla_de(2020, huila).filas[0].total) == "1 de 1"
    assert participacion.sesiones[0].situacion == "presente"
    assert participacion.sesiones[0].dicho == Dicho(4, "su reclamo")
    assert matriz.filas[0][1:] == ([Celda(Celda.PRESENTE, 0)], 0)
    assert (matriz.columnas[0].presentes, matriz.columnas[0].convocadas) == (1, 1)
    assert vigencias_de(huila) == [2020]


def test_los_archivos_dicen_el_origen_y_no_ponen_cero_donde_no_se_sabe():
    huila = una_entidad("Huila", codigo_dane="41")
    sesion = una_sesion(convocadas=[huila])
    una_asistencia(sesion, huila, registro="presente", registro_personas=3)

    de_la_sesion = INFORMES["sesion"](un_usuario(), sesion_id=sesion.pk).hojas
    matriz = INFORMES["matriz"](un_usuario(), vigencia=2020).hojas
    de_la_entidad = INFORMES["participacion_de_entidad"](
        un_usuario(), vigencia=2020, codigo_dane="41"
    ).hojas

    assert de_la_sesion[0].filas[0][4:] == [
        *("presente", None, None, None, "registrada por el equipo", 3, "el equipo"),
        *("presente", "No"),
    ]
    assert dict(de_la_sesion[1].filas)["Entidades convocadas presentes"] == 1
    assert dict(de_la_sesion[1].filas)["Asistencias"] == "sin dato"
    assert matriz[0].filas == [["41", "Huila", 1, 1, "presente"]]
    assert de_la_entidad[0].filas[0][5:] == [
        *("presente", None, None, 0, "registrada por el equipo", 3, "el equipo")
    ]


def test_las_paginas_dicen_quien_lo_dice(client):
    huila = una_entidad("Huila", codigo_dane="41")
    sesion = una_sesion(convocadas=[huila])
    una_asistencia(sesion, huila, ventana_en=timezone.now(), ventana_personas=2)
    client.force_login(un_usuario())

    pagina = client.get(sesion.get_absolute_url()).content.decode()
    ficha = client.get("/conectate/participacion/2020/41/").content.decode()

    assert "<dt>En la ventana</dt><dd>1</dd>" in pagina
    assert '2 <span class="nota">según la secretaría</span>' in pagina
    assert '2 <span class="nota">según la secretaría</span>' in ficha


def otra_como(participacion, **cambios):
    otra = copy(participacion)
    for campo, valor in cambios.items():
        setattr(otra, campo, valor)
    return otra


def test_con_dos_mil_asistentes_la_presencia_cuesta_lo_mismo(django_assert_max_num_queries):
    entidades = [una_entidad() for _ in range(4)]
    sesion = una_sesion(convocadas=entidades)
    modelo = una_participacion(sesion, entidades[0])
    sesion.participaciones.bulk_create(
        otra_como(modelo, pk=None, clave=f"correo:{n}", entidad=entidades[n % 4])
        for n in range(1, 2_000)
    )

    with django_assert_max_num_queries(5):
        contar_importadas(sesion)
    with django_assert_max_num_queries(2):
        cifras = cifras_por_origen(sesion)

    assert list(sesion.asistencias.values_list("importadas", flat=True)) == [500] * 4
    assert (cifras.presentes, cifras.por_origen["importada"]) == (4, 4)
