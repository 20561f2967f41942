"""Pedir un trabajo, hacerlo, reintentarlo y revivirlo."""

from datetime import timedelta

import pytest
from auditlog.models import LogEntry
from django.core.exceptions import ValidationError
from django.utils import timezone

from tests.fabricas import un_usuario
from trabajos.acciones import barrer, ejecutar, ejecutar_pendientes, encolar, reintentar
from trabajos.models import Trabajo
from trabajos.registro import ReclamoPerdido, TrabajoRechazado

pytestmark = pytest.mark.django_db


def un_trabajo(**opciones):
    return encolar("prueba.hacer", **{"por": None, **opciones})


def envejecer(trabajo, **campos):
    """Como si esos campos se hubieran escrito hace una hora."""
    hace_una_hora = timezone.now() - timedelta(hours=1)
    Trabajo.objects.filter(pk=trabajo.pk).update(**dict.fromkeys(campos, hace_una_hora))


def quedar_a_medias(trabajo, intentos=1):
    """Como lo deja un trabajador que muere: en curso y sin latido."""
    Trabajo.objects.filter(pk=trabajo.pk).update(
        estado="en_curso",
        reclamo=trabajo.clave_publica,
        latido=timezone.now() - timedelta(hours=1),
        intentos=intentos,
    )


# ── pedir ─────────────────────────────────────────────────────────────────────────────────────


def test_un_trabajo_pedido_se_hace_y_deja_su_resultado(declarar):
    declarar(lambda tarea, *, n: {"doble": 2 * n})
    trabajo = un_trabajo(parametros={"n": 4})

    hechos = ejecutar_pendientes()

    trabajo.refresh_from_db()
    assert (hechos, trabajo.estado, trabajo.resultado) == (1, "terminado", {"doble": 8})


def test_sin_titulo_lleva_el_de_su_tipo(declarar):
    declarar(lambda tarea: None)

    assert (un_trabajo().titulo, un_trabajo(titulo="Otro").titulo) == ("Trabajo de prueba", "Otro")


def test_no_se_encola_lo_que_nadie_sabe_hacer():
    with pytest.raises(ValueError, match="Ningún tasks.py declara"):
        encolar("nadie.lo_hace", por=None)


def test_al_confirmarse_la_transaccion_se_despierta_a_un_trabajador(
    declarar, django_capture_on_commit_callbacks, monkeypatch
):
    declarar(lambda tarea: None)
    despertados = []
    monkeypatch.setattr("trabajos.acciones._despertar", despertados.append)

    with django_capture_on_commit_callbacks(execute=True):
        trabajo = un_trabajo()
        antes = list(despertados)

    assert (antes, despertados) == ([], [trabajo.pk])


def test_lo_que_se_pide_para_mas_tarde_espera_a_su_hora(
    declarar, django_capture_on_commit_callbacks, monkeypatch, time_machine
):
    declarar(lambda tarea: {"hecho": True})
    despertados = []
    monkeypatch.setattr("trabajos.acciones._despertar", despertados.append)
    time_machine.move_to("2026-11-20T22:00:00-05:00", tick=False)

    with django_capture_on_commit_callbacks(execute=True):
        trabajo = un_trabajo(no_antes_de=timezone.now() + timedelta(hours=9))
    antes = (barrer()["despertados"], ejecutar_pendientes(), list(despertados))
    time_machine.move_to("2026-11-21T07:00:00-05:00", tick=False)
    despues = (barrer()["despertados"], ejecutar_pendientes(), despertados)

    assert (antes, despues) == ((0, 0, []), (1, 1, [trabajo.pk]))


def test_nada_se_pide_para_ahora_y_para_mas_tarde(declarar):
    declarar(lambda tarea: None)

    with pytest.raises(ValueError, match="ahora y también más tarde"):
        un_trabajo(ahora=True, no_antes_de=timezone.now() + timedelta(hours=1))


def test_lo_que_se_pide_ahora_se_hace_al_confirmar_la_transaccion(
    declarar, django_capture_on_commit_callbacks
):
    declarar(lambda tarea: {"hecho": True})

    with django_capture_on_commit_callbacks(execute=True):
        trabajo = un_trabajo(ahora=True)

    trabajo.refresh_from_db()
    assert trabajo.resultado == {"hecho": True}


def test_si_la_cola_no_responde_el_pedido_no_se_cae(
    declarar, django_capture_on_commit_callbacks, monkeypatch, caplog
):
    declarar(lambda tarea: None)

    def sin_cola(*args, **kwargs):
        raise ConnectionError("no hay nadie")

    monkeypatch.setattr("trabajos.tasks.hacer.apply_async", sin_cola)
    with django_capture_on_commit_callbacks(execute=True):
        trabajo = un_trabajo()

    assert Trabajo.objects.por_hacer().get() == trabajo
    assert "la cola no respondió" in caplog.text


def test_con_la_misma_clave_se_devuelve_el_que_aun_no_termina(declarar):
    declarar(lambda tarea: None)

    primero, segundo = (
        un_trabajo(clave_unica="informe:2020"),
        un_trabajo(clave_unica="informe:2020"),
    )

    assert segundo == primero


def test_terminado_se_puede_volver_a_pedir_con_la_misma_clave(declarar):
    declarar(lambda tarea: None)
    primero = un_trabajo(clave_unica="informe:2020")
    ejecutar_pendientes()

    segundo = un_trabajo(clave_unica="informe:2020")

    assert segundo != primero


def test_lo_que_va_una_sola_vez_no_se_repite_ni_terminado(declarar):
    declarar(lambda tarea: None)
    primero = un_trabajo(clave_unica="importacion:7", una_sola_vez=True)
    ejecutar_pendientes()

    segundo = un_trabajo(clave_unica="importacion:7", una_sola_vez=True)

    assert (segundo, segundo.estado) == (primero, "terminado")


def test_lo_que_va_una_sola_vez_y_fallo_se_reintenta_al_volverlo_a_pedir(declarar):
    def rechazar(tarea):
        raise TrabajoRechazado("No se puede.")

    declarar(rechazar)
    primero = un_trabajo(clave_unica="importacion:7", una_sola_vez=True)
    ejecutar_pendientes()

    segundo = un_trabajo(clave_unica="importacion:7", una_sola_vez=True)

    assert (segundo, segundo.estado, segundo.intentos) == (primero, "pendiente", 0)


# ── hacer ─────────────────────────────────────────────────────────────────────────────────────


def test_un_trabajo_se_reclama_una_sola_vez(declarar):
    veces = []
    declarar(lambda tarea: veces.append(1))
    trabajo = un_trabajo()

    reclamados = [ejecutar(trabajo.pk), ejecutar(trabajo.pk)]

    assert (reclamados, len(veces)) == ([True, False], 1)


def test_lo_que_escribe_el_cierre_y_el_terminado_van_juntos(declarar):
    ana = un_usuario()

    def renombrar(tarea):
        with tarea.cierre() as cierre:
            type(ana).objects.update(nombre="Otra")
            cierre.mensaje = "Listo."

    declarar(renombrar)
    trabajo = un_trabajo()
    ejecutar_pendientes()

    trabajo.refresh_from_db()
    ana.refresh_from_db()
    assert (ana.nombre, trabajo.estado, trabajo.mensaje) == ("Otra", "terminado", "Listo.")


def test_un_trabajador_lento_que_perdio_el_reclamo_no_deja_nada_escrito(declarar):
    ana = un_usuario(nombre="Ana")
    veces = []

    def renombrar(tarea):
        veces.append(1)
        if len(veces) == 1:  # mientras este tarda, el barredor lo da por muerto y otro lo hace
            quedar_a_medias(tarea.trabajo)
            Trabajo.objects.filter(pk=tarea.trabajo.pk).update(estado="pendiente", reclamo=None)
            assert ejecutar(tarea.trabajo.pk)
        with tarea.cierre() as cierre:
            nombre = type(ana).objects.get(pk=ana.pk).nombre
            type(ana).objects.filter(pk=ana.pk).update(nombre=nombre + "+")
            cierre.resultado = {"vez": len(veces)}

    declarar(renombrar)
    trabajo = un_trabajo()
    ejecutar(trabajo.pk)

    trabajo.refresh_from_db()
    ana.refresh_from_db()
    assert (len(veces), ana.nombre, trabajo.estado) == (2, "Ana+", "terminado")


def test_si_algo_falla_dentro_del_cierre_se_deshace_todo_y_se_repite(declarar):
    ana = un_usuario(nombre="Ana")

    def renombrar(tarea):
        with tarea.cierre():
            type(ana).objects.update(nombre="Otra")
            raise RuntimeError("a medio cierre")

    declarar(renombrar)
    trabajo = un_trabajo()
    ejecutar_pendientes()

    trabajo.refresh_from_db()
    ana.refresh_from_db()
    assert (ana.nombre, trabajo.estado, trabajo.reclamo) == ("Ana", "pendiente", None)


@pytest.mark.parametrize(
    "error", [TrabajoRechazado("Faltan filas."), ValidationError("Faltan filas.")]
)
def test_una_regla_rota_no_se_repite_y_la_persona_lee_por_que(declarar, error):
    def rechazar(tarea):
        raise error

    declarar(rechazar)
    trabajo = un_trabajo()
    ejecutar_pendientes()

    trabajo.refresh_from_db()
    assert (trabajo.estado, trabajo.mensaje, trabajo.intentos) == ("fallido", "Faltan filas.", 1)


def test_un_error_nuestro_se_repite_mas_tarde_sin_contarle_detalles_a_la_persona(declarar):
    declarar(lambda tarea: 1 / 0)
    trabajo = un_trabajo()

    ejecutar_pendientes()

    trabajo.refresh_from_db()
    assert (trabajo.estado, trabajo.no_antes_de > timezone.now()) == ("pendiente", True)
    assert "tropiezo" in trabajo.mensaje
    assert "ZeroDivisionError" in trabajo.detalle_del_error


def test_agotados_los_intentos_se_piden_disculpas_con_un_codigo(declarar):
    declarar(lambda tarea: 1 / 0, intentos=2)
    trabajo = un_trabajo()

    for _ in range(2):
        ejecutar_pendientes()
        envejecer(trabajo, no_antes_de=True)

    trabajo.refresh_from_db()
    assert (trabajo.estado, trabajo.intentos) == ("fallido", 2)
    assert trabajo.mensaje == (
        "Algo falló de nuestro lado y no se pudo terminar. Inténtelo otra vez; si se repite, "
        f"escríbale a quien administra el portal con el código de seguimiento {trabajo.codigo}."
    )


def test_un_error_despues_del_cierre_no_lo_deshace(declarar):
    def cerrar_y_fallar(tarea):
        with tarea.cierre():
            pass
        raise RuntimeError("tarde")

    declarar(cerrar_y_fallar)
    trabajo = un_trabajo()
    ejecutar_pendientes()

    trabajo.refresh_from_db()
    assert trabajo.estado == "terminado"


def test_si_el_portal_se_apaga_el_trabajo_vuelve_a_la_fila_sin_gastar_un_intento(declarar):
    def apagar(tarea):
        raise SystemExit

    declarar(apagar)
    trabajo = un_trabajo()
    with pytest.raises(SystemExit):
        ejecutar(trabajo.pk)

    trabajo.refresh_from_db()
    assert (trabajo.estado, trabajo.intentos) == ("pendiente", 0)


def test_el_avance_final_queda_en_la_fila(declarar):
    def contar(tarea):
        for n in range(1, 4):
            tarea.avanzar(n, 3, paso=f"Fila {n}")

    declarar(contar)
    trabajo = un_trabajo()
    ejecutar_pendientes()

    trabajo.refresh_from_db()
    assert (trabajo.hechas, trabajo.total, trabajo.paso) == (3, 3, "Fila 3")


# ── revivir y reintentar ──────────────────────────────────────────────────────────────────────


def test_el_barredor_revive_lo_que_dejo_un_trabajador_muerto(declarar):
    declarar(lambda tarea: {"hecho": True})
    trabajo = un_trabajo()
    quedar_a_medias(trabajo)

    hecho = barrer()
    ejecutar_pendientes()

    trabajo.refresh_from_db()
    assert hecho == {"revividos": 1, "despertados": 1}
    assert (trabajo.estado, trabajo.intentos) == ("terminado", 2)


def test_el_barredor_no_toca_lo_que_late(declarar):
    declarar(lambda tarea: None)
    trabajo = un_trabajo()
    Trabajo.objects.filter(pk=trabajo.pk).update(
        estado="en_curso", reclamo=trabajo.clave_publica, latido=timezone.now()
    )

    assert barrer() == {"revividos": 0, "despertados": 0}


def test_lo_que_se_interrumpe_siempre_termina_en_fallido(declarar):
    declarar(lambda tarea: None)
    trabajo = un_trabajo()
    quedar_a_medias(trabajo, intentos=5)

    barrer()

    trabajo.refresh_from_db()
    assert (trabajo.estado, trabajo.detalle_del_error) == (
        "fallido",
        "Se interrumpió 5 veces sin terminar.",
    )


def test_el_barredor_despierta_lo_que_nadie_ha_tomado(declarar, monkeypatch):
    declarar(lambda tarea: None)
    olvidado, reciente = un_trabajo(), un_trabajo()
    envejecer(olvidado, encolado_en=True)
    despertados = []
    monkeypatch.setattr("trabajos.acciones._despertar", despertados.append)

    barrer()
    barrer()

    assert (despertados, reciente.estado) == ([olvidado.pk], "pendiente")


def test_lo_fallido_se_reintenta_desde_cero_y_queda_en_la_bitacora(declarar):
    declarar(lambda tarea: 1 / 0, intentos=1)
    ana, trabajo = un_usuario(), un_trabajo()
    ejecutar_pendientes()
    trabajo.refresh_from_db()

    reintentar(trabajo, por=ana)

    assert (trabajo.estado, trabajo.intentos, trabajo.mensaje) == ("pendiente", 0, "")
    assert LogEntry.objects.latest("pk").additional_data == {"verbo": "reintentó un trabajo"}


def test_solo_se_reintenta_lo_fallido(declarar):
    declarar(lambda tarea: None)
    trabajo = un_trabajo()

    with pytest.raises(ValidationError, match="Solo se reintenta lo que no se pudo hacer"):
        reintentar(trabajo, por=un_usuario())


def test_no_se_reintenta_si_ya_hay_otro_igual_en_marcha(declarar):
    declarar(lambda tarea: 1 / 0, intentos=1)
    viejo = un_trabajo(clave_unica="informe:2020")
    ejecutar_pendientes()
    un_trabajo(clave_unica="informe:2020")

    with pytest.raises(ValidationError, match="Ya hay otro igual en marcha"):
        reintentar(viejo, por=un_usuario())


def test_un_reclamo_perdido_no_cierra_ni_falla(declarar):
    def perder(tarea):
        raise ReclamoPerdido

    declarar(perder)
    trabajo = un_trabajo()
    ejecutar_pendientes()

    trabajo.refresh_from_db()
    assert trabajo.estado == "en_curso"
