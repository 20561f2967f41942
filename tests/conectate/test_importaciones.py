"""Confirmar, repetir, reemplazar, unir y deshacer archivos de asistencia."""

from datetime import date

import pytest
from auditlog.models import LogEntry
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from conectate.acciones.comparacion import Caso, comparar
from conectate.acciones.importaciones import confirmar, descartar, deshacer, recibir
from conectate.acciones.recalculo import recalcular_sesion
from conectate.acciones.sesiones import editar_sesion
from conectate.models import Importacion, Participacion, Sesion
from territorio.models import Dominio
from tests.conectate.archivos import (
    contadas,
    de_formulario,
    de_zoom,
    de_zoom_con_totales,
    importar,
    leer,
)
from tests.fabricas import un_usuario, una_asistencia, una_entidad, una_sesion

pytestmark = pytest.mark.django_db

ANA = ("Ana Ruiz", "ana@neiva.test", "09:00", "10:00")
LUIS = ("Luis Paz", "luis@neiva.test", "09:10", "10:10")
EVA = ("Eva Gil", "", "09:20", "10:20")


def una_secretaria(nombre="Neiva", codigo="41001", dominio="neiva.test"):
    entidad = una_entidad(nombre, codigo_dane=codigo)
    Dominio.objects.create(dominio=dominio, entidad=entidad)
    return entidad


# ── confirmar ─────────────────────────────────────────────────────────────────────────────────


def test_hasta_confirmar_no_se_cuenta_a_nadie():
    sesion = una_sesion()

    importacion = leer(sesion, de_zoom(ANA, EVA))

    assert (importacion.estado, sesion.participaciones.count()) == ("vista_previa", 0)
    assert importacion.resumen["total"] == 2


def test_confirmar_cuenta_a_cada_quien_con_su_entidad_y_su_evidencia():
    neiva, sesion = una_secretaria(), una_sesion()

    importar(sesion, de_zoom(ANA, EVA))

    ana, eva = sesion.participaciones.order_by("nombre")
    assert (ana.entidad, ana.decision, ana.evidencia) == (neiva, "automatica", "dominio")
    assert (ana.minutos, ana.correo, ana.grupo) == (60.0, "ana@neiva.test", "")
    assert (eva.entidad, eva.decision, eva.grupo) == (None, "cola", "persona:n:eva gil")


def test_quien_estuvo_menos_del_minimo_no_cuenta_y_su_cifra_se_conserva():
    sesion = una_sesion(minutos_minimos=30)

    importar(sesion, de_zoom(ANA, ("Eva Gil", "", "09:00", "09:20")))

    assert sesion.participaciones.filter(cuenta=True).get().nombre == "Ana Ruiz"
    assert contadas(sesion) == {"Ana Ruiz": 60.0, "Eva Gil": 20.0}


def test_quien_respondio_un_formulario_cumple_cualquier_minimo():
    sesion = una_sesion(minutos_minimos=30)

    importar(sesion, de_formulario(("Ana Ruiz", "ana@neiva.test", "Neiva")))

    assert sesion.participaciones.get().cuenta


def test_los_programas_se_guardan_pero_no_cuentan():
    sesion = una_sesion()

    importar(sesion, de_zoom(ANA, ("read.ai meeting notes", "", "09:00", "10:00")))

    programa = sesion.participaciones.get(tipo="bot")
    assert (programa.cuenta, programa.evidencia, programa.grupo) == (False, "no_persona", "")


def test_confirmar_dos_veces_da_lo_mismo():
    sesion = una_sesion()
    importacion = importar(sesion, de_zoom(ANA, EVA))
    antes = list(Participacion.objects.order_by("pk").values())

    repetida = confirmar(importacion=importacion, por=None)

    assert repetida is None
    assert list(Participacion.objects.order_by("pk").values()) == antes


def test_recalcular_otra_vez_no_toca_ni_una_fila():
    sesion = una_sesion()
    importar(sesion, de_zoom(ANA, EVA))

    cuenta = recalcular_sesion(sesion)

    assert (cuenta.iguales, cuenta.nuevas, cuenta.cambiadas, cuenta.quitadas) == (2, 0, 0, 0)


def test_en_una_sesion_cerrada_no_se_confirma():
    sesion = una_sesion()
    importacion = leer(sesion, de_zoom(ANA))
    Sesion.objects.filter(pk=sesion.pk).update(estado="cerrada")

    with pytest.raises(ValidationError, match="cerrada"):
        confirmar(importacion=Importacion.objects.get(pk=importacion.pk), por=None)

    assert sesion.participaciones.count() == 0


def test_cada_importacion_deja_una_sola_entrada_en_la_bitacora_sin_nombres():
    usuario = un_usuario()

    importar(una_sesion(), de_zoom(ANA, LUIS, EVA), por=usuario)

    verbos = LogEntry.objects.filter(additional_data__has_key="verbo").order_by("pk")
    entrada = [e for e in verbos if e.additional_data["verbo"].startswith("confirmó")]
    assert len(entrada) == 1
    assert entrada[0].additional_data["detalle"]["personas"] == 3
    assert "Ana" not in str(entrada[0].additional_data)


# ── la misma sesión, varios archivos ──────────────────────────────────────────────────────────


def test_el_mismo_archivo_no_se_recibe_dos_veces():
    sesion = una_sesion()
    primera = importar(sesion, de_zoom(ANA))

    otra, es_nueva = recibir(
        sesion=sesion, archivo=ContentFile(de_zoom(ANA)), nombre="con otro nombre.csv", por=None
    )

    assert (otra, es_nueva) == (primera, False)
    assert sesion.importaciones.count() == 1


def test_la_descarga_final_reemplaza_a_la_anterior():
    sesion = una_sesion()
    temprana = importar(sesion, de_zoom(("Ana Ruiz", "ana@x.test", "09:00", "09:30")))

    final = importar(sesion, de_zoom(("Ana Ruiz", "ana@x.test", "09:00", "10:30"), LUIS))

    temprana.refresh_from_db()
    assert (temprana.estado, temprana.reemplazada_por) == ("reemplazada", final)
    assert contadas(sesion) == {"Ana Ruiz": 90.0, "Luis Paz": 60.0}


def test_si_la_descarga_anterior_llega_despues_se_conserva_la_completa():
    sesion = una_sesion()
    final = importar(sesion, de_zoom(("Ana Ruiz", "ana@x.test", "09:00", "10:30"), LUIS))

    temprana = importar(sesion, de_zoom(("Ana Ruiz", "ana@x.test", "09:00", "09:30")))

    assert (temprana.estado, temprana.reemplazada_por) == ("reemplazada", final)
    assert contadas(sesion) == {"Ana Ruiz": 90.0, "Luis Paz": 60.0}


def test_una_reunion_que_se_cayo_y_siguio_une_personas_y_suma_sus_tramos():
    sesion = una_sesion()
    importar(sesion, de_zoom(ANA, EVA))

    segunda = importar(
        sesion, de_zoom(("Ana Ruiz", "ana@neiva.test", "10:10", "10:40"), inicio="10:10")
    )

    assert segunda.modo == "unir"
    assert contadas(sesion) == {"Ana Ruiz": 90.0, "Eva Gil": 60.0}


def test_sin_titulo_ni_numero_se_reconoce_por_quien_entro_a_que_hora():
    sesion = una_sesion()
    sueltos = {"titulo": "", "numero": ""}
    importar(sesion, de_zoom(ANA, LUIS, **sueltos))
    importacion = leer(
        sesion, de_zoom(("Ana Ruiz", "ana@neiva.test", "09:00", "10:30"), LUIS, EVA, **sueltos)
    )

    contra = comparar(importacion, importacion.registros.todos())

    assert (contra.caso, contra.en_comun) == (Caso.MAS_COMPLETA, 2)


def test_dos_descargas_con_solo_totales_de_la_misma_reunion_no_se_suman():
    sesion = una_sesion()
    importar(
        sesion, de_zoom_con_totales(("Ana Ruiz", "ana@x.test", 20), ("Luis", "luis@x.test", 25))
    )

    importar(
        sesion, de_zoom_con_totales(("Ana Ruiz", "ana@x.test", 50), ("Luis", "luis@x.test", 60))
    )

    assert contadas(sesion) == {"Ana Ruiz": 50.0, "Luis": 60.0}


DETALLE = de_zoom(("Ana Ruiz", "ana@x.test", "09:00", "10:00"), LUIS)
TOTALES = de_zoom_con_totales(("Ana Ruiz", "ana@x.test", 60), ("Luis Paz", LUIS[1], 60))


@pytest.mark.parametrize("archivos", [(DETALLE, TOTALES), (TOTALES, DETALLE)])
def test_el_detalle_y_los_totales_de_la_misma_reunion_no_se_suman(archivos):
    sesion = una_sesion()

    modos = [importar(sesion, datos).modo for datos in archivos]

    assert modos == ["unir", "unir"]
    assert contadas(sesion) == {"Ana Ruiz": 60.0, "Luis Paz": 60.0}


def test_los_totales_pueden_reemplazar_al_detalle_de_su_reunion():
    sesion = una_sesion()
    detalle = importar(sesion, DETALLE)

    importar(sesion, TOTALES, modo="reemplazar")

    detalle.refresh_from_db()
    assert detalle.estado == "reemplazada"
    assert contadas(sesion) == {"Ana Ruiz": 60.0, "Luis Paz": 60.0}


def test_la_descarga_final_del_detalle_se_compara_con_el_detalle_y_no_con_los_totales():
    sesion = una_sesion()
    detalle = importar(sesion, DETALLE)
    importar(sesion, de_zoom_con_totales(("Ana Ruiz", "ana@x.test", 99_999)))

    final = leer(sesion, de_zoom(("Ana Ruiz", "ana@x.test", "09:00", "10:30"), LUIS, EVA))

    contra = comparar(final)
    assert (contra.caso, contra.con, len(contra.todas)) == (Caso.MAS_COMPLETA, detalle, 2)


def test_los_totales_de_otras_personas_son_de_otra_reunion():
    sesion = una_sesion()
    importar(sesion, DETALLE)

    otra = leer(sesion, de_zoom_con_totales(("Ana Ruiz", "ana@x.test", 60), ("Eva", "e@x.test", 5)))

    assert comparar(otra).caso == Caso.OTRA_REUNION


def test_el_informe_y_el_formulario_cuentan_a_cada_persona_una_vez():
    neiva, sesion = una_secretaria(), una_sesion()
    importar(sesion, de_zoom(ANA, ("Luis Paz", "luis@gmail.test", "09:00", "10:00")))

    importar(
        sesion,
        de_formulario(
            ("Luis Paz", "LUIS@gmail.test ", "Neiva"), ("Sofía Mora", "sofia@gmail.test", "Neiva")
        ),
    )

    assert contadas(sesion) == {"Ana Ruiz": 60.0, "Luis Paz": 60.0, "Sofía Mora": None}
    assert set(sesion.participaciones.values_list("entidad", flat=True)) == {neiva.pk}


def test_quien_prefiere_unir_dos_descargas_tampoco_cuenta_doble():
    sesion = una_sesion()
    importar(sesion, de_zoom(("Ana Ruiz", "ana@x.test", "09:00", "09:30")))

    importar(sesion, de_zoom(("Ana Ruiz", "ana@x.test", "09:00", "10:30"), LUIS), modo="unir")

    assert sesion.importaciones.confirmadas().count() == 2
    assert contadas(sesion) == {"Ana Ruiz": 90.0, "Luis Paz": 60.0}


def test_un_salto_de_linea_viejo_dentro_de_una_celda_no_rompe_la_carga():
    sesion = una_sesion()

    importar(sesion, de_formulario(("Ana Ruiz", "ana@x.test", "Alcaldía\rde Neiva")))

    assert sesion.participaciones.get().declarado == "Alcaldía\rde Neiva"


# ── el archivo de otra sesión ─────────────────────────────────────────────────────────────────


def test_el_archivo_de_otro_dia_pide_confirmacion_expresa():
    sesion = una_sesion(fecha=date(2020, 6, 25))
    importacion = leer(sesion, de_zoom(ANA))

    with pytest.raises(ValidationError) as error:
        confirmar(importacion=importacion, por=None)

    assert (error.value.code, sesion.participaciones.count()) == ("archivo_de_otro_dia", 0)
    confirmar(importacion=importacion, por=None, acepta_otro_dia=True)
    assert contadas(sesion) == {"Ana Ruiz": 60.0}


def test_si_la_fecha_de_la_sesion_cambio_despues_de_subirlo_manda_la_de_hoy():
    sesion = una_sesion()
    importacion = leer(sesion, de_zoom(ANA))
    Sesion.objects.filter(pk=sesion.pk).update(fecha=date(2020, 6, 25))

    with pytest.raises(ValidationError) as error:
        confirmar(importacion=importacion, por=None)

    assert error.value.code == "archivo_de_otro_dia"


# ── deshacer ──────────────────────────────────────────────────────────────────────────────────


def test_deshacer_deja_la_sesion_como_si_no_se_hubiera_importado():
    sesion = una_sesion()
    importacion = importar(sesion, de_zoom(ANA, EVA))

    deshacer(importacion=importacion, por=None)

    importacion.refresh_from_db()
    assert (importacion.estado, sesion.participaciones.count()) == ("deshecha", 0)
    with importacion.archivo.open() as original:
        assert original.read() == de_zoom(ANA, EVA)
    assert len(importacion.huella) == 64


def test_deshacer_uno_de_dos_archivos_deja_lo_del_otro():
    sesion = una_sesion()
    importar(sesion, de_zoom(ANA))
    otro = importar(sesion, de_formulario(("Ana", ANA[1], "Neiva"), ("Sofía", "s@x.test", "Cali")))

    deshacer(importacion=otro, por=None)

    assert contadas(sesion) == {"Ana Ruiz": 60.0}
    assert sesion.participaciones.get().declarado == ""


def test_deshacer_un_reemplazo_restaura_el_anterior():
    sesion = una_sesion()
    temprana = importar(sesion, de_zoom(("Ana Ruiz", "ana@x.test", "09:00", "09:30")))
    final = importar(sesion, de_zoom(("Ana Ruiz", "ana@x.test", "09:00", "10:30"), LUIS))

    deshacer(importacion=final, por=None)

    temprana.refresh_from_db()
    assert (temprana.estado, temprana.reemplazada_por) == ("confirmada", None)
    assert contadas(sesion) == {"Ana Ruiz": 30.0}


@pytest.mark.parametrize("estado", ["borrador", "convocada", "realizada"])
def test_deshacer_devuelve_la_sesion_al_estado_que_tenia(estado):
    sesion = una_sesion(estado=estado)
    importacion = importar(sesion, de_zoom(ANA))

    deshacer(importacion=importacion, por=None)

    assert Sesion.objects.get(pk=sesion.pk).estado == estado


def test_deshacer_la_lista_no_olvida_que_otras_secretarias_estuvieron():
    neiva = una_secretaria()
    sesion = una_sesion(estado="convocada", convocadas=[neiva])
    importacion = importar(sesion, de_zoom(ANA))
    una_asistencia(sesion, neiva, registro="presente")

    deshacer(importacion=importacion, por=None)

    sesion.refresh_from_db()
    asistencia = sesion.asistencias.get()
    assert (sesion.estado, asistencia.origenes) == ("realizada", ["equipo"])


def test_mientras_quede_un_archivo_confirmado_la_sesion_sigue_realizada():
    sesion = una_sesion(estado="convocada")
    primero = importar(sesion, de_zoom(ANA))
    segundo = importar(sesion, de_formulario(("Sofía", "s@x.test", "Cali")))
    estados = []

    for importacion in (primero, segundo):
        deshacer(importacion=importacion, por=None)
        estados.append(Sesion.objects.get(pk=sesion.pk).estado)

    assert estados == ["realizada", "convocada"]


def test_lo_deshecho_se_puede_importar_otra_vez():
    sesion = una_sesion()
    deshacer(importacion=importar(sesion, de_zoom(ANA)), por=None)

    importar(sesion, de_zoom(ANA))

    assert contadas(sesion) == {"Ana Ruiz": 60.0}
    assert sesion.importaciones.count() == 2


def test_no_se_deshace_dos_veces():
    importacion = importar(una_sesion(), de_zoom(ANA))
    deshacer(importacion=importacion, por=None)

    with pytest.raises(ValidationError, match="deshecha"):
        deshacer(importacion=importacion, por=None)


def test_descartar_conserva_el_archivo_y_no_cuenta_a_nadie():
    sesion = una_sesion()
    importacion = leer(sesion, de_zoom(ANA))

    descartar(importacion=importacion, por=un_usuario())

    importacion.refresh_from_db()
    assert (importacion.estado, importacion.archivo.size) == ("descartada", len(de_zoom(ANA)))
    assert sesion.participaciones.count() == 0


# ── corregir la fecha de la sesión ────────────────────────────────────────────────────────────


def corregir_la_fecha(sesion, fecha):
    editar_sesion(sesion=sesion, por=un_usuario(), temas=[], fecha=fecha)


def test_corregir_la_fecha_de_la_sesion_no_dobla_los_minutos():
    una_entidad()
    sesion = una_sesion(fecha=date(2020, 6, 8))
    importar(sesion, de_zoom(ANA, LUIS, titulo="", numero=""), acepta_otro_dia=True)

    corregir_la_fecha(sesion, date(2020, 6, 9))
    importar(sesion, de_zoom(ANA, LUIS, EVA, titulo="", numero=""), modo="unir")

    assert contadas(sesion) == {"Ana Ruiz": 60.0, "Eva Gil": 60.0, "Luis Paz": 60.0}


def test_corregir_la_fecha_vuelve_a_leer_el_dia_y_el_mes():
    una_entidad()
    sesion = una_sesion(fecha=date(2020, 9, 6))
    importacion = importar(sesion, de_zoom(ANA))

    corregir_la_fecha(sesion, date(2020, 6, 9))

    importacion.refresh_from_db()
    assert importacion.resumen["dias"] == ["2020-06-09"]
    assert importacion.registros.todos()[0].tramos == [[9 * 3600, 10 * 3600]]
    assert importacion.reunion == "9001000|2020-06-09T09:00:00"


def test_corregir_la_fecha_tambien_prepara_lo_que_esta_por_confirmar():
    una_entidad()
    sesion = una_sesion(fecha=date(2020, 6, 8))
    importacion = leer(sesion, de_zoom(ANA))

    corregir_la_fecha(sesion, date(2020, 6, 9))
    confirmar(importacion=importacion, por=None)

    assert contadas(sesion) == {"Ana Ruiz": 60.0}
    assert importacion.registros.todos()[0].entrada == 9 * 3600


def test_sin_el_archivo_original_no_se_corrige_la_fecha_y_se_dice_por_que():
    una_entidad()
    sesion = una_sesion(fecha=date(2020, 6, 8))
    importacion = importar(sesion, de_zoom(ANA), acepta_otro_dia=True)
    importacion.archivo.delete(save=False)

    with pytest.raises(ValidationError, match="Deshaga su importación") as error:
        corregir_la_fecha(sesion, date(2020, 6, 9))

    assert error.value.code == "archivo_que_no_se_relee"
    assert Sesion.objects.get(pk=sesion.pk).fecha == date(2020, 6, 8)
