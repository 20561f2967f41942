"""Lo que llega mal, sobre la página de verdad: se dice qué hacer y nada se pierde ni se repite."""

import io
import threading
import tracemalloc
from datetime import date, timedelta
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, connections, transaction
from django.urls import reverse
from django.utils import timezone

from conectate.acciones import importaciones, lecturas
from conectate.models import Importacion, Participacion
from tests.conectate.archivos import contadas, de_zoom, importar, leer, recibir
from tests.conectate.lectura.test_archivos_hostiles import IMAGEN, OLE, paquete, rincon_lejano
from tests.fabricas import un_usuario, una_sesion
from trabajos.acciones import barrer, ejecutar_pendientes
from trabajos.models import Trabajo

pytestmark = pytest.mark.django_db

ANA = ("Ana Ruiz", "ana@x.test", "09:00", "10:00")


@pytest.fixture
def equipo(client):
    usuario = un_usuario()
    client.force_login(usuario)
    return usuario


def subir(client, sesion, datos, nombre="participantes.csv"):
    """Sube por el formulario, deja que se lea y da la página a la que se llega."""
    respuesta = client.post(
        reverse("conectate:subir-asistencia", args=[sesion.pk]),
        {"archivo": SimpleUploadedFile(nombre, datos)},
    )
    if respuesta.status_code != 302:
        return respuesta
    ejecutar_pendientes()
    return client.get(respuesta.url)


def texto(respuesta):
    return " ".join(unescape(respuesta.content.decode()).split())


def se_conserva(sesion, datos):
    """El archivo está, con sus bytes, y no se contó a nadie."""
    importacion = sesion.importaciones.get()
    with importacion.archivo.open() as original:
        assert original.read() == datos
    assert Participacion.objects.count() == 0
    return importacion


ILEGIBLES = {
    "vacío": (b"", "El archivo está vacío. Vuelva a descargar"),
    "con contraseña": (
        OLE + "EncryptedPackage".encode("utf-16-le"),
        "está protegido con contraseña. Ábralo, quítesela",
    ),
    "dañado": (paquete(**{"xl/workbook.xml": "<no>"}), "está dañado o incompleto"),
    "bomba": (
        paquete(**{"xl/workbook.xml": "x", "xl/r.xml": bytes(201 << 20)}),
        "no se leyó, por seguridad. Copie solo la tabla",
    ),
    "imagen": (IMAGEN, "no es una lista de asistencia"),
    "solo títulos": (de_zoom(), "ninguna persona"),
}


@pytest.mark.parametrize("caso", ILEGIBLES)
def test_lo_que_no_se_puede_leer_se_explica_y_se_conserva(client, equipo, caso):
    datos, mensaje = ILEGIBLES[caso]
    sesion = una_sesion()

    pagina = subir(client, sesion, datos)

    assert mensaje in texto(pagina)
    importacion = se_conserva(sesion, datos)
    assert importacion.estado == "rechazada"
    assert reverse("conectate:archivo-original", args=[importacion.pk]) in texto(pagina)


def test_el_libro_que_aborta_al_lector_no_tumba_nada(client, equipo):
    sesion, datos = una_sesion(), rincon_lejano()

    pagina = subir(client, sesion, datos, "asistencia.xlsx")

    assert (pagina.status_code, len(datos) < 6000) == (200, True)
    assert "¿Qué trae cada columna?" in texto(pagina)
    assert se_conserva(sesion, datos).estado == "sin_reconocer"


def test_un_utf8_roto_se_lee_y_se_avisa(client, equipo):
    sesion = una_sesion()

    pagina = subir(client, sesion, de_zoom(ANA).replace(b"Ana Ruiz", b"Ana\xff Ruiz"))

    assert "Algunas letras del archivo venían dañadas" in texto(pagina)
    assert sesion.importaciones.get().estado == "vista_previa"


class CuerpoEnorme(io.RawIOBase):
    """El envío de un archivo de 200 MB que no está en ninguna parte: se genera al leerlo."""

    FRONTERA = "frontera"

    def __init__(self, ficha, megas=200):
        self.cabeza = (
            f'--{self.FRONTERA}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"'
            f"\r\n\r\n{ficha}\r\n--{self.FRONTERA}\r\n"
            'Content-Disposition: form-data; name="archivo"; filename="enorme.csv"\r\n'
            "Content-Type: text/csv\r\n\r\n"
        ).encode()
        self.cola = f"\r\n--{self.FRONTERA}--\r\n".encode()
        self.restan = megas << 20
        self.largo = len(self.cabeza) + self.restan + len(self.cola)

    def read(self, cuanto=-1):
        if self.cabeza:
            pedazo, self.cabeza = self.cabeza[:cuanto], self.cabeza[cuanto:]
        elif self.restan:
            pedazo = b"x" * min(cuanto, self.restan)
            self.restan -= len(pedazo)
        else:
            pedazo, self.cola = self.cola, b""
        return pedazo


def test_doscientos_megas_se_rechazan_sin_guardarlos_ni_cargarlos_en_memoria(client, equipo):
    sesion = una_sesion()
    subida = reverse("conectate:subir-asistencia", args=[sesion.pk])
    cuerpo = CuerpoEnorme("")
    tracemalloc.start()

    respuesta = client.generic(
        "POST",
        subida,
        **{
            "wsgi.input": cuerpo,
            "CONTENT_TYPE": f"multipart/form-data; boundary={cuerpo.FRONTERA}",
            "CONTENT_LENGTH": str(cuerpo.largo),
        },
    )

    maximo = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "pesa más de 25 MB" in texto(respuesta).replace("\xa0", " ")
    assert "divídala en varios archivos" in texto(respuesta)
    assert (Importacion.objects.count(), cuerpo.restan) == (0, 0)
    assert maximo < 30 << 20


def test_el_maximo_se_dice_antes_de_subir(client, equipo):
    pagina = client.get(reverse("conectate:subir-asistencia", args=[una_sesion().pk]))

    assert "de hasta 25 MB" in texto(pagina).replace("\xa0", " ")


def test_el_archivo_de_otra_sesion_no_se_confirma_sin_decirlo(client, equipo):
    sesion = una_sesion(fecha=date(2020, 6, 25))
    pagina = subir(client, sesion, de_zoom(ANA))
    confirmar = reverse("conectate:confirmar-importacion", args=[sesion.importaciones.get().pk])

    rechazo = client.post(confirmar, follow=True)

    assert "parece de otra sesión" in texto(pagina)
    assert "Si de verdad es de esta, márquelo" in texto(rechazo)
    assert Participacion.objects.count() == 0
    client.post(confirmar, {"acepta_otro_dia": "on"})
    ejecutar_pendientes()
    assert contadas(sesion) == {"Ana Ruiz": 60.0}


def test_cien_mil_filas_se_leen_despues_y_cada_persona_cuenta_una_vez(client, equipo):
    sesion = una_sesion()
    gente = [(f"Persona {n}", f"p{n}@x.test", "09:00", "10:00") for n in range(2_000)]

    respuesta = client.post(
        reverse("conectate:subir-asistencia", args=[sesion.pk]),
        {"archivo": SimpleUploadedFile("grande.csv", de_zoom(*gente * 50))},
    )
    mientras = client.get(respuesta.url)
    ejecutar_pendientes()
    pagina = client.get(respuesta.url)
    client.post(reverse("conectate:confirmar-importacion", args=[sesion.importaciones.get().pk]))
    ejecutar_pendientes()

    assert "Leyendo el archivo" in texto(mientras)
    assert "<dt>Filas leídas</dt><dd>100.000</dd>" in texto(pagina)
    assert "Confirmar 2.000 asistentes" in texto(pagina)
    assert set(sesion.participaciones.values_list("minutos", "conexiones")) == {(60.0, 50)}
    assert sesion.participaciones.count() == 2_000


PELIGROSOS = [
    "<script>alert(1)</script>",
    "=HYPERLINK(1)",
    "+1+cmd|' /C calc'!A0",
    "@SUM(1)",
    'Ñoño & O\'Hara "el <b>bueno</b>"',
]


def test_lo_que_parece_html_o_formula_en_un_nombre_es_solo_texto(client, equipo):
    sesion = una_sesion()
    gente = [(nombre, f"p{n}@x.test", "09:00", "10:00") for n, nombre in enumerate(PELIGROSOS)]

    previa = subir(client, sesion, de_zoom(*gente))
    client.post(reverse("conectate:confirmar-importacion", args=[sesion.importaciones.get().pk]))
    ejecutar_pendientes()
    paginas = [
        previa,
        client.get(sesion.importaciones.get().get_absolute_url()),
        client.get(reverse("conectate:revision")),
    ]

    assert set(sesion.participaciones.values_list("nombre", flat=True)) == set(PELIGROSOS)
    for pagina in paginas:
        assert b"<script>alert" not in pagina.content
        assert b"<b>bueno" not in pagina.content


def test_el_trabajador_que_muere_leyendo_no_pierde_el_archivo_ni_lo_cuenta_dos_veces(
    client, equipo, monkeypatch
):
    sesion = una_sesion()

    def morir(*a, **k):
        raise SystemExit("kill -9")

    monkeypatch.setattr(lecturas, "guardar_lectura", morir)
    with pytest.raises(SystemExit):
        subir(client, sesion, de_zoom(ANA))
    monkeypatch.undo()
    mientras = client.get(sesion.importaciones.get().get_absolute_url())
    _revivir()

    assert "El archivo ya está guardado" in texto(mientras)
    assert sesion.importaciones.get().estado == "vista_previa"
    assert Participacion.objects.count() == 0


def test_el_trabajador_que_muere_confirmando_deja_todo_como_estaba_y_luego_cuenta_una_vez(
    client, equipo, monkeypatch
):
    sesion = una_sesion()
    subir(client, sesion, de_zoom(ANA))
    importacion = sesion.importaciones.get()

    def morir(**k):
        raise SystemExit("kill -9")

    monkeypatch.setattr(importaciones, "anotar", morir)
    client.post(reverse("conectate:confirmar-importacion", args=[importacion.pk]))
    with pytest.raises(SystemExit):
        ejecutar_pendientes()
    monkeypatch.undo()
    a_medias = (sesion.importaciones.get().estado, Participacion.objects.count())
    _revivir()
    _revivir()

    assert a_medias == ("vista_previa", 0)
    assert (sesion.importaciones.get().estado, contadas(sesion)) == (
        "confirmada",
        {"Ana Ruiz": 60.0},
    )


def _revivir():
    """Lo que hace el barredor con lo que un trabajador muerto dejó a medias."""
    Trabajo.objects.filter(estado="en_curso").update(latido=timezone.now() - timedelta(hours=1))
    barrer()
    Trabajo.objects.filter(estado="pendiente").update(no_antes_de=timezone.now())
    ejecutar_pendientes()


def test_si_la_lectura_falla_del_todo_se_puede_pedir_otra_vez(client, equipo):
    sesion = una_sesion()
    importacion = recibir(sesion, de_zoom(ANA))

    client.post(reverse("conectate:releer-importacion", args=[importacion.pk]))
    ejecutar_pendientes()

    importacion.refresh_from_db()
    assert importacion.estado == "vista_previa"


# ── a la vez ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("iguales", [True, False])
def test_dos_personas_confirmando_a_la_vez_no_cuentan_a_nadie_dos_veces(iguales):
    sesion = una_sesion()
    primera = leer(sesion, de_zoom(ANA))
    if iguales:
        segunda = Importacion.objects.get(pk=primera.pk)
    else:
        segunda = leer(sesion, de_zoom(("Ana Ruiz", "ana@x.test", "09:00", "10:30")), "final.csv")
    salida = threading.Barrier(2)
    fallos = []

    def confirmar(pk):
        try:
            importacion = Importacion.objects.select_related("sesion").get(pk=pk)
            salida.wait(10)
            importaciones.confirmar(importacion=importacion, por=None)
        except Exception as error:
            fallos.append(error)
        finally:
            connections.close_all()

    hilos = [threading.Thread(target=confirmar, args=[i.pk]) for i in (primera, segunda)]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join()

    assert fallos == []
    assert contadas(sesion) == {"Ana Ruiz": 60.0 if iguales else 90.0}
    assert sesion.importaciones.confirmadas().count() == 1


@pytest.mark.django_db(transaction=True)
def test_dos_personas_subiendo_el_mismo_archivo_a_la_vez_lo_cuentan_una_vez():
    sesion = una_sesion()
    una, otra = recibir(sesion, de_zoom(ANA)), recibir(sesion, de_zoom(ANA, ANA))
    # Como si las dos hubieran llegado antes de que la otra estuviera guardada.
    Importacion.objects.filter(pk=otra.pk).update(huella=una.huella)

    for importacion in (una, otra):
        with importacion.archivo.open() as archivo:
            leido = lecturas.interpretar(archivo.read(), nombre="a.csv", fecha=sesion.fecha)
        importacion.refresh_from_db()
        lecturas.guardar_lectura(importacion, leido, lecturas.preparar(importacion, leido))
        importaciones.confirmar(importacion=importacion, por=None)

    otra.refresh_from_db()
    assert (otra.estado, "No se contó otra vez" in otra.motivo) == ("descartada", True)
    assert contadas(sesion) == {"Ana Ruiz": 60.0}


@pytest.mark.django_db(transaction=True)
def test_con_la_base_ocupada_se_pide_intentar_otra_vez_y_no_se_pierde_nada(client, settings):
    usuario, sesion = un_usuario(), una_sesion()
    importacion = leer(sesion, de_zoom(ANA))
    client.force_login(usuario)
    client.get(reverse("conectate:importacion", args=[importacion.pk]))
    client.raise_request_exception = False
    tomada, soltar = threading.Event(), threading.Event()

    def ocupar():
        with transaction.atomic():
            Importacion.objects.filter(pk=importacion.pk).update(motivo="")
            Trabajo.objects.select_for_update().first()
            if connection.vendor == "postgresql":
                connection.cursor().execute("LOCK TABLE trabajos_trabajo IN ACCESS EXCLUSIVE MODE")
            tomada.set()
            soltar.wait(30)
        connections.close_all()

    hilo = threading.Thread(target=ocupar)
    hilo.start()
    tomada.wait(10)
    _impaciente()
    try:
        respuesta = client.post(reverse("conectate:confirmar-importacion", args=[importacion.pk]))
    finally:
        soltar.set()
        hilo.join()
        connection.close()

    assert (respuesta.status_code, respuesta["Retry-After"]) == (503, "30")
    assert "intente otra vez" in texto(respuesta)
    assert contadas(sesion) == {}
    client.post(reverse("conectate:confirmar-importacion", args=[importacion.pk]))
    ejecutar_pendientes()
    assert contadas(sesion) == {"Ana Ruiz": 60.0}


def _impaciente():
    """Que la espera por la base sea de un instante y no de veinte segundos."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET lock_timeout = '200ms'")
        else:
            cursor.execute("PRAGMA busy_timeout = 200")


def test_subir_dos_veces_el_mismo_archivo_lo_dice_y_no_hace_nada(client, equipo):
    sesion = una_sesion()
    importar(sesion, de_zoom(ANA))

    pagina = client.post(
        reverse("conectate:subir-asistencia", args=[sesion.pk]),
        {"archivo": SimpleUploadedFile("otro nombre.csv", de_zoom(ANA))},
        follow=True,
    )

    assert "Este mismo archivo ya está confirmado en la sesión. No se contó otra vez" in texto(
        pagina
    )
    assert (sesion.importaciones.count(), contadas(sesion)) == (1, {"Ana Ruiz": 60.0})
