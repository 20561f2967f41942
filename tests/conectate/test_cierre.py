"""Cerrar una sesión: con qué cifras, quién las confirma y qué ya no cambia."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from decimal import Decimal

import pytest
from auditlog.models import LogEntry
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from conectate.acciones import importaciones, presencia
from conectate.acciones.cierre import cerrar_sesion, guardar_acta
from conectate.acciones.recalculo import recalcular_sesiones
from conectate.acciones.reclamos import reclamar, responder_reclamo
from conectate.acciones.sesiones import cambiar_estado, editar_sesion, registrar_aforo
from conectate.consultas.acta import acta_de
from conectate.consultas.cierre import (
    advertencias_del_cierre,
    cifras_calculadas,
    cifras_del_cierre,
    huella_de,
)
from conectate.models import Acta, Cierre, Reclamo, Sesion
from tests.conectate.archivos import de_zoom, leer
from tests.fabricas import (
    un_usuario,
    una_asistencia,
    una_entidad,
    una_participacion,
    una_sesion,
)

pytestmark = pytest.mark.django_db


def lo_que_impide(accion, **datos):
    with pytest.raises(ValidationError) as rota:
        accion(**datos)
    return rota.value.code


def con_dos_presentes(**datos):
    """Tres convocadas: una en la ventana, una por el equipo y una que no estuvo."""
    huila, meta, cauca = (una_entidad(nombre) for nombre in ("Huila", "Meta", "Cauca"))
    sesion = una_sesion(convocadas=[huila, meta, cauca], **datos)
    una_asistencia(sesion, huila, ventana_en=timezone.now())
    una_asistencia(sesion, meta, registro="presente")
    una_asistencia(sesion, cauca, registro="ausente")
    return sesion


# ── Las cifras ────────────────────────────────────────────────────────────────────────────────


def test_las_cifras_calculadas_traen_cada_origen_aparte_y_sin_lista_no_hay_ceros():
    sesion = con_dos_presentes()

    assert cifras_calculadas(sesion) == {
        "convocadas": 3,
        "presentes": 2,
        "por_origen": {"ventana": 1, "importada": 0, "equipo": 1, "reclamada": 0},
        "asistencias": None,
        "personas": None,
        "minutos": None,
    }


def test_con_lista_las_cifras_traen_asistencias_personas_y_minutos():
    huila = una_entidad("Huila")
    sesion = una_sesion(convocadas=[huila])
    una_participacion(sesion, huila, minutos=60.5)
    una_participacion(sesion, minutos=30.0)

    cifras = cifras_calculadas(sesion)

    assert [cifras[c] for c in ("presentes", "asistencias", "personas", "minutos")] == [
        *(1, 2, 2, 90.5)
    ]


def test_sin_asistencia_todo_es_sin_dato_y_se_puede_cerrar_asi():
    sesion = una_sesion(convocadas=[una_entidad()])

    cierre = cerrar_sesion(sesion=sesion, por=un_usuario())

    assert cierre.confirmado == {
        "convocadas": 1,
        **dict.fromkeys(("presentes", "por_origen", "asistencias", "personas", "minutos")),
    }


# ── Cerrar ────────────────────────────────────────────────────────────────────────────────────


def test_cerrar_guarda_lo_calculado_lo_confirmado_y_quien():
    sesion, por = con_dos_presentes(), un_usuario()

    cierre = cerrar_sesion(sesion=sesion, por=por)

    sesion.refresh_from_db()
    assert sesion.estado == "cerrada"
    assert (cierre.calculado, cierre.corrige) == (cierre.confirmado, False)
    assert (cierre.cerrado_por, cierre.motivo) == (por, "")


def test_corregir_una_cifra_pide_el_motivo_y_se_lee_junto_a_la_calculada():
    sesion, por = con_dos_presentes(), un_usuario()
    datos = {"sesion": sesion, "por": por, "corregido": {"presentes": 3}}

    sin_motivo = lo_que_impide(cerrar_sesion, **datos, motivo="  ")
    cerrar_sesion(**datos, motivo="Cauca estuvo en sala con otra.")

    cifras = cifras_del_cierre(sesion)
    assert sin_motivo == "falta_motivo"
    assert cifras.diferencias == [("Secretarías convocadas que asistieron", "2", "3")]
    assert cifras.cierre.motivo == "Cauca estuvo en sala con otra."


def test_las_convocadas_y_los_origenes_no_se_corrigen_al_cerrar():
    sesion = con_dos_presentes()

    cierre = cerrar_sesion(
        sesion=sesion, por=un_usuario(), corregido={"convocadas": 9, "por_origen": {}}
    )

    assert cierre.confirmado == cierre.calculado


def test_no_se_confirman_cifras_que_cambiaron_mientras_se_miraban():
    sesion = con_dos_presentes()
    visto = huella_de(cifras_calculadas(sesion))
    sesion.asistencias.filter(registro="presente").update(registro="ausente")

    codigo = lo_que_impide(cerrar_sesion, sesion=sesion, por=un_usuario(), visto=visto)

    assert (codigo, Cierre.objects.count()) == ("cifras_cambiadas", 0)


def test_nada_se_cierra_sin_sus_cifras():
    sesion = con_dos_presentes()

    codigo = lo_que_impide(
        cambiar_estado, sesion=sesion, a=Sesion.Estado.CERRADA, por=un_usuario("administracion")
    )

    assert codigo == "sin_cierre"


def test_lo_convocado_que_ya_paso_se_da_por_realizado_al_cerrarlo():
    sesion = una_sesion(estado="convocada")

    cerrar_sesion(sesion=sesion, por=un_usuario())

    sesion.refresh_from_db()
    assert sesion.esta_cerrada


def test_lo_convocado_que_no_ha_llegado_no_se_cierra():
    sesion = una_sesion(estado="convocada", fecha=timezone.localdate() + timedelta(days=1))

    assert lo_que_impide(cerrar_sesion, sesion=sesion, por=un_usuario()) == "paso_imposible"


@pytest.mark.parametrize("estado", ["borrador", "cancelada"])
def test_solo_se_cierra_lo_que_se_realizo(estado):
    sesion = una_sesion(estado=estado)

    codigo = lo_que_impide(cerrar_sesion, sesion=sesion, por=un_usuario())

    assert (codigo, Cierre.objects.count()) == ("paso_imposible", 0)


def test_el_segundo_cierre_dice_que_ya_estaba_cerrada_y_no_duplica_nada():
    sesion = con_dos_presentes()
    cerrar_sesion(sesion=sesion, por=un_usuario())

    with pytest.raises(ValidationError, match="Otra persona cerró la sesión el .*hora de Colombia"):
        cerrar_sesion(sesion=sesion, por=un_usuario())

    assert Cierre.objects.count() == 1


def test_la_base_no_admite_dos_cierres_vigentes():
    sesion = con_dos_presentes()
    cerrar_sesion(sesion=sesion, por=None)

    with pytest.raises(IntegrityError), transaction.atomic():
        Cierre.objects.create(sesion=sesion, calculado={}, confirmado={})


@pytest.mark.django_db(transaction=True)
def test_dos_que_cierran_a_la_vez_dejan_un_solo_cierre():
    sesion, personas = con_dos_presentes(), [un_usuario(), un_usuario()]

    def cerrar_en_otro_hilo(por):
        try:
            cerrar_sesion(sesion=Sesion.objects.get(pk=sesion.pk), por=por)
            return "cerrada"
        except ValidationError as error:
            return error.code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as hilos:
        resultados = list(hilos.map(cerrar_en_otro_hilo, personas))

    assert sorted(resultados) == ["cerrada", "ya_cerrada"]
    assert Cierre.objects.filter(sesion=sesion).count() == 1


# ── Antes y después ───────────────────────────────────────────────────────────────────────────


def test_antes_de_cerrar_se_advierte_todo_lo_que_queda_por_hacer():
    sesion = con_dos_presentes()
    una_participacion(sesion)
    una_asistencia(sesion, una_entidad(), registro="ausente", ventana_en=timezone.now())
    Reclamo.objects.create(
        sesion=sesion, entidad=una_entidad(), personas=2, explicacion="x", creado_por=un_usuario()
    )

    textos = [una.texto for una in advertencias_del_cierre(sesion)]

    assert [texto.split()[:4] for texto in textos] == [
        ["Queda", "una", "persona", "por"],
        ["Queda", "un", "reclamo", "por"],
        ["Los", "orígenes", "se", "contradicen"],
        ["No", "tiene", "acta.", "Cerrada"],
    ]


def test_sin_asistencia_se_advierte_pero_no_se_impide():
    sesion = una_sesion()
    Acta.objects.create(sesion=sesion, tratado="Lo tratado.")

    [aviso] = advertencias_del_cierre(sesion)

    assert "sin dato" in aviso.texto


def test_cerrada_ya_no_cambia_ni_la_asistencia_ni_el_acta_ni_los_datos():
    sesion, por = con_dos_presentes(), un_usuario()
    huila = sesion.convocadas.get(nombre="Huila")
    importacion = leer(sesion, de_zoom(("Ana", "ana@x.test", "09:00", "10:00")))
    cerrar_sesion(sesion=sesion, por=por)
    sesion.refresh_from_db()

    codigos = [
        lo_que_impide(presencia.registrar_rejilla, sesion=sesion, filas=[], por=por),
        lo_que_impide(
            presencia.declarar_presente, sesion=sesion, por=un_usuario("secretario", entidad=huila)
        ),
        lo_que_impide(importaciones.confirmar, importacion=importacion, por=por),
        lo_que_impide(registrar_aforo, sesion=sesion, personas=1, fuente="x", por=por),
        lo_que_impide(guardar_acta, sesion=sesion, tratado="x", acuerdos="", por=por),
        lo_que_impide(editar_sesion, sesion=sesion, por=por, temas=[]),
    ]

    assert codigos == [*["sesion_cerrada"] * 4, *["sesion_no_editable"] * 2]


def test_lo_que_se_iba_a_recontar_cuando_se_cerro_ya_no_se_recuenta():
    huila = una_entidad("Huila")
    sesion = una_sesion(convocadas=[huila])
    una_participacion(sesion, huila)
    por_recontar = list(Sesion.objects.filter(pk=sesion.pk))
    cerrar_sesion(sesion=sesion, por=None)

    assert recalcular_sesiones(por_recontar) == 0

    assert sesion.participaciones.count() == 1


# ── J3: el Segundo Encuentro de Secretarios ───────────────────────────────────────────────────


def test_el_segundo_encuentro_cierra_con_94_de_96_y_despues_no_recibe_reclamos():
    convocadas = [una_entidad() for _ in range(96)]
    sesion, por = una_sesion(convocadas=convocadas, fecha=date(2020, 11, 13)), un_usuario()
    for entidad in convocadas[:90]:
        una_asistencia(sesion, entidad, ventana_en=timezone.now(), ventana_por=por)
    for entidad in convocadas[90:93]:
        una_asistencia(sesion, entidad, registro="presente", registro_medio="Llamada")
    que_reclama, ausente = (un_usuario("secretario", entidad=e) for e in convocadas[93:95])
    reclamo = reclamar(sesion=sesion, personas=2, explicacion="Estuvimos.", por=que_reclama)
    responder_reclamo(reclamo=reclamo, acepta=True, respuesta="", por=por)

    cierre = cerrar_sesion(sesion=sesion, por=por, motivo="Con el reclamo del día siguiente.")

    assert cierre.confirmado == {
        "convocadas": 96,
        "presentes": 94,
        "por_origen": {"ventana": 90, "importada": 0, "equipo": 3, "reclamada": 1},
        **dict.fromkeys(("asistencias", "personas", "minutos")),
    }
    assert acta_de(sesion, nombra_ausentes=True).cuenta.porcentaje == Decimal("97.9")
    assert acta_de(sesion, nombra_ausentes=True).ausentes == [e.nombre for e in convocadas[94:]]
    assert acta_de(sesion, nombra_ausentes=False).ausentes is None
    assert (
        lo_que_impide(reclamar, sesion=sesion, personas=1, explicacion="x", por=ausente)
        == "sesion_cerrada"
    )


def test_reabrir_conserva_el_cierre_con_quien_y_por_que_y_se_puede_cerrar_otra_vez():
    sesion, por = con_dos_presentes(), un_usuario()
    cerrar_sesion(sesion=sesion, por=por)

    cambiar_estado(sesion=sesion, a="realizada", por=por, motivo="Faltaba un reclamo.")
    una_asistencia(sesion, una_entidad("Caldas"), registro="presente")
    cerrar_sesion(sesion=sesion, por=por)

    nuevo, viejo = Cierre.objects.filter(sesion=sesion)
    assert (viejo.reabierto_por, viejo.motivo_de_la_reapertura) == (por, "Faltaba un reclamo.")
    assert (nuevo.reabierto_en, viejo.reabierto_en is None) == (None, False)
    verbos = LogEntry.objects.order_by("pk").values_list("additional_data__verbo", flat=True)
    assert [v for v in verbos if v] == [
        "cerró la sesión",
        "reabrió la sesión",
        "cerró la sesión",
    ]
