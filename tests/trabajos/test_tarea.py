"""Un trabajo mientras corre: su latido, su archivo y dos trabajadores a la vez."""

import threading
import time
from contextlib import ExitStack, contextmanager
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.utils import timezone

from trabajos import tarea as modulo
from trabajos.acciones import barrer, ejecutar, ejecutar_pendientes, encolar
from trabajos.models import Trabajo
from trabajos.registro import ReclamoPerdido, TrabajoRechazado
from trabajos.tarea import nombre_ofrecido


@pytest.fixture
def archivos(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def en_otro_hilo(funcion, veces=1):
    """La corre con sus propias conexiones y devuelve lo que dio cada una."""
    dados = []

    def correr():
        try:
            dados.append(funcion())
        finally:
            connection.close()

    hilos = [threading.Thread(target=correr) for _ in range(veces)]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join()
    return dados


# ── el archivo ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.django_db
def test_el_archivo_queda_con_su_nombre_su_peso_y_su_vencimiento(declarar, archivos):
    def componer(tarea):
        with tarea.archivo("Participación / 2020.csv") as ruta:
            ruta.write_bytes(b"uno,dos\n")

    declarar(componer)
    trabajo = encolar("prueba.hacer", por=None)
    ejecutar_pendientes()

    trabajo.refresh_from_db()
    assert (trabajo.nombre_del_archivo, trabajo.tipo_del_archivo, trabajo.bytes_del_archivo) == (
        "Participación 2020.csv",
        "CSV",
        8,
    )
    assert trabajo.archivo.read() == b"uno,dos\n"
    assert trabajo.vence_en.date() == (timezone.now() + timedelta(days=30)).date()
    trabajo.archivo.close()


@pytest.mark.django_db
def test_si_el_trabajo_no_se_cierra_no_deja_archivo(declarar, archivos):
    def componer(tarea):
        tarea.adjuntar("a.csv", b"uno")
        raise TrabajoRechazado("No.")

    declarar(componer)
    trabajo = encolar("prueba.hacer", por=None)
    ejecutar_pendientes()

    trabajo.refresh_from_db()
    assert (trabajo.archivo.name, trabajo.nombre_del_archivo) == ("", "")
    assert default_storage.listdir(f"trabajos/{trabajo.clave_publica}") == ([], [])


@pytest.mark.parametrize(
    ("pedido", "ofrecido"),
    [
        ("Niñez y juventud.xlsx", "Niñez y juventud.xlsx"),
        ("../../etc/passwd", "etc passwd"),
        ("a\r\nX-Otra: b.csv", "a X-Otra b.csv"),
        (f"{'a' * 300}.pdf", f"{'a' * 186}.pdf"),
    ],
)
def test_el_nombre_ofrecido_conserva_tildes_y_no_sale_de_su_carpeta(pedido, ofrecido):
    assert nombre_ofrecido(pedido) == ofrecido


# ── dos a la vez ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.django_db(transaction=True)
def test_ocho_trabajadores_a_la_vez_y_solo_uno_lo_hace(declarar):
    veces = []
    declarar(lambda tarea: veces.append(1))
    trabajo = encolar("prueba.hacer", por=None)

    reclamados = en_otro_hilo(lambda: ejecutar(trabajo.pk), veces=8)

    assert (sorted(reclamados), veces) == ([False] * 7 + [True], [1])


@pytest.mark.django_db(transaction=True)
def test_ocho_personas_piden_lo_mismo_y_hay_un_solo_trabajo(declarar):
    declarar(lambda tarea: None)

    pedidos = en_otro_hilo(
        lambda: encolar("prueba.hacer", por=None, clave_unica="informe:2020").pk, veces=8
    )

    assert len(set(pedidos)) == Trabajo.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_late_y_avanza_mientras_trabaja(declarar, monkeypatch):
    monkeypatch.setattr(modulo, "ENTRE_AVANCES", 0.02)
    monkeypatch.setattr(modulo, "ENTRE_LATIDOS", 0.04)
    vistos = []

    def trabajar(tarea):
        tarea.avanzar(1, 2, paso="A medias")
        nacido = tarea.trabajo.latido
        for _ in range(200):
            time.sleep(0.02)
            fila = Trabajo.objects.get()
            if fila.hechas == 1 and fila.latido > nacido:
                vistos.append((fila.porcentaje, fila.paso))
                return

    declarar(trabajar)
    encolar("prueba.hacer", por=None)
    ejecutar_pendientes()

    assert vistos == [(50, "A medias")]


@pytest.mark.django_db(transaction=True)
def test_quien_pierde_el_reclamo_se_entera_al_avanzar(declarar, monkeypatch):
    monkeypatch.setattr(modulo, "ENTRE_AVANCES", 0.02)
    enterados = []

    def trabajar(tarea):
        Trabajo.objects.update(estado="pendiente", reclamo=None)
        try:
            for n in range(500):
                tarea.avanzar(n)
                time.sleep(0.02)
        except ReclamoPerdido:
            enterados.append(True)
            raise

    declarar(trabajar)
    trabajo = encolar("prueba.hacer", por=None)
    ejecutar(trabajo.pk)

    assert (enterados, Trabajo.objects.get().estado) == ([True], "pendiente")


@pytest.mark.django_db(transaction=True)
def test_pasado_su_limite_deja_de_latir_y_otro_lo_retoma(declarar, monkeypatch, settings):
    settings.TRABAJOS_SEGUNDOS_SIN_SENAL = 0
    monkeypatch.setattr(modulo, "ENTRE_AVANCES", 0.02)
    monkeypatch.setattr(modulo, "ENTRE_LATIDOS", 0.02)
    veces = []

    def colgarse(tarea):
        veces.append(1)
        if len(veces) > 1:
            return
        for n in range(500):
            tarea.avanzar(n)
            time.sleep(0.02)

    declarar(colgarse, limite=timedelta(seconds=0.1))
    trabajo = encolar("prueba.hacer", por=None)
    ejecutar(trabajo.pk)
    barrer()
    ejecutar_pendientes()

    trabajo.refresh_from_db()
    assert (len(veces), trabajo.estado, trabajo.intentos) == (2, "terminado", 2)


@pytest.mark.django_db(transaction=True)
def test_el_barredor_no_revive_lo_que_se_esta_cerrando(declarar, settings):
    settings.TRABAJOS_SEGUNDOS_SIN_SENAL = 0
    barridos = []

    def cerrar(tarea):
        barrido = threading.Thread(target=lambda: barridos.extend(en_otro_hilo(barrer)))
        with tarea.cierre() as cierre:
            barrido.start()
            time.sleep(0.2)
            cierre.resultado = {"hecho": True}
        barrido.join()

    declarar(cerrar)
    trabajo = encolar("prueba.hacer", por=None)
    ejecutar(trabajo.pk)

    trabajo.refresh_from_db()
    assert (trabajo.estado, trabajo.resultado, trabajo.intentos) == (
        "terminado",
        {"hecho": True},
        1,
    )
    assert barridos == [{"revividos": 0, "despertados": 0}]


@contextmanager
def base_trancada(trabajo):
    """Otro tiene tomada la fila (en SQLite, la base entera) y aquí no se espera por ella."""
    tomada, soltar = threading.Event(), threading.Event()

    def tomar():
        with transaction.atomic():
            Trabajo.objects.filter(pk=trabajo.pk).update(titulo="Tomado")
            tomada.set()
            soltar.wait(10)

    impaciencia = {"sqlite": "PRAGMA busy_timeout=50", "postgresql": "SET lock_timeout='50ms'"}
    with connection.cursor() as cursor:
        cursor.execute(impaciencia[connection.vendor])
    hilo = threading.Thread(target=lambda: en_otro_hilo(tomar))
    hilo.start()
    tomada.wait(10)
    try:
        yield
    finally:
        soltar.set()
        hilo.join()
        connection.close()  # la próxima conexión vuelve a tener paciencia


@pytest.mark.django_db(transaction=True)
def test_con_la_base_trancada_el_trabajo_espera_y_despues_se_hace_una_vez(declarar):
    veces = []
    declarar(lambda tarea: veces.append(1))
    trabajo = encolar("prueba.hacer", por=None)

    with base_trancada(trabajo):
        reclamado = ejecutar(trabajo.pk)
    ejecutar_pendientes()

    trabajo.refresh_from_db()
    assert (reclamado, veces, trabajo.estado) == (False, [1], "terminado")


@pytest.mark.django_db(transaction=True)
def test_si_la_base_se_tranca_al_cerrar_el_barredor_lo_retoma(declarar, settings):
    settings.TRABAJOS_SEGUNDOS_SIN_SENAL = 0
    veces = []

    def cerrar(tarea):
        veces.append(1)
        if len(veces) == 1:
            trancas.enter_context(base_trancada(tarea.trabajo))

    trancas = ExitStack()
    declarar(cerrar)
    trabajo = encolar("prueba.hacer", por=None)
    ejecutar(trabajo.pk)
    trancas.close()
    barrer()
    ejecutar_pendientes()

    trabajo.refresh_from_db()
    assert (len(veces), trabajo.estado, trabajo.intentos) == (2, "terminado", 2)


# ── todavía no es hora ────────────────────────────────────────────────────────────────────────


@pytest.mark.django_db
def test_un_trabajo_aplazado_espera_su_hora_y_ese_intento_no_cuenta(declarar):
    manana = timezone.now() + timedelta(days=1)
    declarar(lambda tarea: tarea.aplazar(hasta=manana, mensaje="Sale mañana."))
    trabajo = encolar("prueba.hacer", por=None)

    hechos = [ejecutar_pendientes(), ejecutar_pendientes()]

    trabajo.refresh_from_db()
    assert hechos == [1, 0]
    assert (trabajo.estado, trabajo.intentos, trabajo.no_antes_de, trabajo.mensaje) == (
        "pendiente",
        0,
        manana,
        "Sale mañana.",
    )
