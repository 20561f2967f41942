"""Traer del servicio: se corta, se sigue, no repite filas y no molesta si no hay nada nuevo."""

import re
from datetime import datetime, timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cuentas.models import Rol
from indicadores.acciones import servicio
from indicadores.acciones.cargas import confirmar
from indicadores.acciones.servicio import clave_de, pedir_fuente, pedir_las_que_tocan
from indicadores.lectura import socrata as cliente
from indicadores.models import Carga, FuenteProgramada, Valor
from tests.fabricas import un_usuario
from tests.fabricas_de_indicadores import una_fuente
from tests.indicadores.archivos import CALI, MEDELLIN, PASTO, TITULOS, un_catalogo
from tests.indicadores.socrata_de_prueba import SocrataDePrueba, sirviendo
from trabajos.acciones import ejecutar, ejecutar_pendientes
from trabajos.models import Trabajo

pytestmark = pytest.mark.django_db
Estado = Carga.Estado
FILAS = [
    {"a_o": "2022", "c_digo_municipio": f"0500{n}", "deserci_n": f"{n}.5"} for n in range(1, 8)
]


@pytest.fixture(scope="module")
def encendido(tmp_path_factory):
    socrata = SocrataDePrueba([])
    with sirviendo(socrata, tmp_path_factory.mktemp("socrata")) as certificado:
        yield socrata, certificado


@pytest.fixture
def socrata(encendido, monkeypatch, settings, tmp_path):
    socrata, certificado = encendido
    puerto = socrata.puerto
    socrata.__init__(list(FILAS))
    socrata.puerto = puerto
    monkeypatch.setenv("SSL_CERT_FILE", str(certificado))
    monkeypatch.setenv("no_proxy", "*")
    monkeypatch.setattr(cliente, "ESPERAS", (0, 0, 0))
    monkeypatch.setattr(servicio, "POR_PAGINA", 3)
    settings.DATOS_ABIERTOS_SERVIDORES = [socrata.servidor]
    settings.MEDIA_ROOT = tmp_path
    return socrata


@pytest.fixture
def leidas(monkeypatch):
    """Las cargas que llegaron a leerse, sin leerlas: eso tiene sus pruebas."""
    leidas = []

    def leer(carga, tarea):
        carga.estado = Estado.VISTA_PREVIA
        carga.save(update_fields=["estado"])
        leidas.append(carga)

    monkeypatch.setattr("indicadores.acciones.cargas.leer", leer)
    return leidas


@pytest.fixture
def fuente(socrata):
    return una_fuente(url=socrata.url())


def pedir(fuente):
    pedir_fuente(fuente=fuente, por=fuente.creado_por)
    return Trabajo.objects.filter(clave_unica=clave_de(fuente)).first()


def traer(fuente):
    trabajo = pedir(fuente)
    Trabajo.objects.filter(pk=trabajo.pk).update(no_antes_de=timezone.now())
    ejecutar_pendientes()
    trabajo.refresh_from_db()
    return trabajo


def lo_traido(carga):
    with carga.archivo.open() as archivo:
        return archivo.read().decode()


def codigos(carga):
    return [renglon.split(",")[1] for renglon in lo_traido(carga).splitlines()[1:]]


def test_trae_todas_las_paginas_en_un_solo_archivo_y_lo_deja_esperando(fuente, socrata, leidas):
    traer(fuente)

    (carga,) = leidas
    assert codigos(carga) == [fila["c_digo_municipio"] for fila in FILAS]
    assert socrata.pedidas == [0, 3, 6]
    assert (carga.origen, carga.estado) == ("servicio", "vista_previa")
    assert f"{carga.corte:%Y-%m-%d}" == "2026-11-21"
    assert FuenteProgramada.objects.get().traida_en is not None
    assert not default_storage.exists(f"indicadores/parciales/{carga.pk}")


def test_en_json_llega_lo_mismo_que_en_csv(socrata, leidas):
    socrata.filas[0]["deserci_n"] = ""

    traer(una_fuente(url=socrata.url("json"), formato="json"))
    traer(una_fuente(url=socrata.url()))

    de_json, de_csv = leidas
    assert lo_traido(de_json) == lo_traido(de_csv)


def test_un_trabajador_muerto_a_la_mitad_no_empieza_de_cero_ni_repite_filas(
    fuente, socrata, leidas
):
    def morir(desde):
        if desde == 3:
            raise KeyboardInterrupt

    trabajo = pedir(fuente)
    pagina = cliente.Servicio.pagina
    with pytest.MonkeyPatch.context() as parche:
        parche.setattr(
            cliente.Servicio,
            "pagina",
            lambda suyo, desde, cuantas: morir(desde) or pagina(suyo, desde, cuantas),
        )
        with pytest.raises(KeyboardInterrupt):
            ejecutar(trabajo.pk)
    traer(fuente)

    assert socrata.pedidas == [0, 3, 6]
    assert codigos(*leidas) == [fila["c_digo_municipio"] for fila in FILAS]
    assert Carga.objects.count() == 1


def test_la_pagina_guardada_que_no_se_alcanzo_a_anotar_se_vuelve_a_pedir(fuente, socrata, leidas):
    guardar = servicio._guardar_descarga

    def morir_al_anotar(carga, descarga, desde=None):
        if desde == 3:
            raise KeyboardInterrupt
        guardar(carga, descarga, desde)

    trabajo = pedir(fuente)
    with pytest.MonkeyPatch.context() as parche:
        parche.setattr(servicio, "_guardar_descarga", morir_al_anotar)
        with pytest.raises(KeyboardInterrupt):
            ejecutar(trabajo.pk)
    traer(fuente)

    assert socrata.pedidas == [0, 3, 3, 6]
    assert codigos(*leidas) == [fila["c_digo_municipio"] for fila in FILAS]


def test_si_el_servicio_se_cae_lo_bajado_queda_y_se_sigue_solo_mas_tarde(fuente, socrata, leidas):
    socrata.tropiezos = [None, 503, 503, 503, 503]

    trabajo = traer(fuente)
    assert (trabajo.estado, trabajo.intentos) == ("pendiente", 0)
    assert "Las 3 filas que ya llegaron quedaron guardadas" in trabajo.mensaje
    traer(fuente)

    assert socrata.pedidas == [0, 3, 3, 3, 3, 3, 6]
    assert codigos(*leidas) == [fila["c_digo_municipio"] for fila in FILAS]


def test_si_nunca_vuelve_deja_de_insistir_y_dice_que_hacer(fuente, socrata, leidas):
    socrata.tropiezos = [503] * 40

    for _ in range(4):
        trabajo = traer(fuente)

    assert trabajo.estado == "fallido"
    assert trabajo.mensaje == (
        "El servicio de datos abiertos no responde. Las 0 filas que ya llegaron quedaron "
        "guardadas: pulse «Traer ahora» cuando vuelva."
    )
    assert leidas == []


def test_si_lo_cambian_mientras_se_baja_se_empieza_otra_vez(fuente, socrata, leidas):
    def cambiar(desde):
        if desde == 3 and len(socrata.filas) == 7:
            socrata.filas.insert(0, {**FILAS[0], "c_digo_municipio": "05000"})

    socrata.al_entregar = cambiar

    traer(fuente)

    assert codigos(*leidas) == ["05000", *(fila["c_digo_municipio"] for fila in FILAS)]


def test_si_anuncia_mas_filas_de_las_que_da_no_se_lee_nada(fuente, socrata, leidas):
    socrata.cuenta = 9

    trabajo = traer(fuente)

    assert "un número de filas distinto del que anuncia" in trabajo.mensaje
    assert leidas == []


@pytest.mark.parametrize(
    ("limite", "valor", "dice"),
    [
        ("indicadores.acciones.servicio.FILAS_MAXIMAS", 5, "el portal trae a lo sumo 5"),
        ("indicadores.acciones.cargas.TAMANO_MAXIMO", 50, "pesa más de lo que el portal trae"),
    ],
)
def test_lo_que_pasa_de_lo_permitido_no_entra(fuente, monkeypatch, leidas, limite, valor, dice):
    monkeypatch.setattr(limite, valor)

    trabajo = traer(fuente)

    assert (trabajo.estado, Carga.objects.get().estado) == ("fallido", "rechazada")
    assert dice in trabajo.mensaje
    assert not default_storage.exists(f"indicadores/parciales/{Carga.objects.get().pk}")


def test_si_quitan_su_servidor_de_los_permitidos_ya_no_se_le_pide_nada(
    fuente, socrata, settings, leidas
):
    settings.DATOS_ABIERTOS_SERVIDORES = ["www.datos.gov.co"]

    trabajo = traer(fuente)

    assert "Solo se traen datos de www.datos.gov.co" in trabajo.mensaje
    assert socrata.pedidas == []


def test_una_pagina_web_en_vez_de_datos_queda_dicha_en_la_carga(fuente, socrata, leidas):
    socrata.tropiezos = [None, "html"]

    trabajo = traer(fuente)

    assert "una página web en vez de datos" in Carga.objects.get().mensaje
    assert trabajo.estado == "fallido"


def test_traer_dos_veces_lo_mismo_no_deja_dos_esperando(fuente, leidas):
    traer(fuente)
    trabajo = traer(fuente)

    assert len(leidas) == 1
    assert trabajo.mensaje.startswith("Es lo mismo que se trajo el ")
    assert list(fuente.cargas.values_list("estado", flat=True)) == ["descartada", "vista_previa"]


def test_lo_mas_nuevo_reemplaza_a_lo_que_esperaba(fuente, socrata, leidas):
    traer(fuente)
    socrata.filas[0]["deserci_n"] = "9.9"
    traer(fuente)

    assert list(fuente.cargas.values_list("estado", flat=True)) == ["vista_previa", "descartada"]


def test_si_la_fuente_cambia_a_la_mitad_lo_de_antes_no_se_mezcla(fuente, socrata, leidas):
    socrata.tropiezos = [None, 503, 503, 503, 503]
    traer(fuente)
    fuente.url = socrata.url("json")
    fuente.formato = "json"
    fuente.save()

    traer(fuente)

    assert codigos(*leidas) == [fila["c_digo_municipio"] for fila in FILAS]
    assert sorted(fuente.cargas.values_list("estado", flat=True)) == ["descartada", "vista_previa"]


# ── De punta a punta, con el lector de verdad ─────────────────────────────────────────────────


@pytest.mark.parametrize("formato", ["csv", "json"])
def test_lo_traido_se_lee_espera_y_si_no_cambia_nada_lo_dice(socrata, formato):
    un_catalogo()
    socrata.filas = [
        {como_socrata(titulo): celda for titulo, celda in zip(TITULOS, fila, strict=True)}
        for fila in (MEDELLIN, CALI, PASTO)
    ]
    fuente = una_fuente(url=socrata.url(formato), formato=formato)

    traer(fuente)
    carga = fuente.cargas.get()
    assert (carga.estado, carga.resumen["nuevas"]) == ("vista_previa", 18)
    assert Valor.objects.count() == 0
    confirmar(carga=carga, por=un_usuario(rol=Rol.EQUIPO_MEN))
    traer(fuente)

    assert fuente.cargas.first().estado == "sin_cambios"


def como_socrata(titulo):
    return re.sub(r"[^a-z0-9]+", "_", titulo.lower())


def test_lo_que_alguien_descarta_antes_de_traerse_no_se_trae(fuente, socrata, leidas):
    trabajo = pedir(fuente)
    fuente.cargas.update(estado=Estado.DESCARTADA)
    ejecutar_pendientes()

    trabajo.refresh_from_db()
    assert (trabajo.estado, socrata.pedidas, leidas) == ("fallido", [], [])


# ── Cada cuánto ───────────────────────────────────────────────────────────────────────────────

HOY = timezone.make_aware(datetime(2026, 11, 22, 4, 15))


@pytest.mark.parametrize(
    ("frecuencia", "hace", "toca"),
    [
        ("semanal", None, True),
        ("semanal", 6, False),
        ("semanal", 7, True),
        ("mensual", 29, False),
        ("mensual", 30, True),
        ("nunca", None, False),
    ],
)
def test_cada_fuente_toca_cuando_dijo(frecuencia, hace, toca):
    traida_en = None if hace is None else HOY - timedelta(days=hace) + timedelta(hours=2)

    assert servicio.toca(una_fuente(frecuencia=frecuencia, traida_en=traida_en), HOY) is toca


def test_la_tarea_diaria_repetida_no_pide_nada_dos_veces():
    fuente = una_fuente(frecuencia="semanal")
    una_fuente(url="https://www.datos.gov.co/resource/ji8i-4anb.csv", activa=False)

    pedidos = [len(pedir_las_que_tocan()) for _ in range(3)]

    assert pedidos == [1, 0, 0]
    assert Trabajo.objects.get().clave_unica == clave_de(fuente)


def test_si_llego_sola_y_trae_cambios_se_le_escribe_a_quien_la_programo(
    socrata, leidas, mailoutbox
):
    persona = un_usuario(rol=Rol.ADMINISTRACION)
    fuente = una_fuente(url=socrata.url(), frecuencia="semanal", creado_por=persona)

    pedir_las_que_tocan()
    ejecutar_pendientes()
    socrata.filas[0]["deserci_n"] = "9.9"
    traer(fuente)  # esta la pidió alguien que la está mirando

    (correo,) = mailoutbox
    assert correo.to == [persona.email]
    assert fuente.cargas.last().get_absolute_url() in correo.body


def test_la_que_fallo_hoy_no_se_repite_sola_hasta_manana():
    una_fuente(frecuencia="semanal")
    pedir_las_que_tocan()
    Trabajo.objects.update(estado="fallido", terminado_en=timezone.now())

    hoy, manana = pedir_las_que_tocan(), pedir_las_que_tocan(timezone.now() + timedelta(days=1))

    assert (len(hoy), len(manana)) == (0, 1)


# ── Sus páginas ───────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def administracion(client):
    persona = un_usuario(rol=Rol.ADMINISTRACION)
    client.force_login(persona)
    return persona


def test_una_fuente_se_guarda_con_la_direccion_de_sus_filas(client, administracion):
    datos = {
        "conjunto": una_fuente().conjunto_id,
        "url": "https://www.datos.gov.co/d/ji8i-4anb",
        "formato": "json",
        "frecuencia": "mensual",
    }

    respuesta = client.post("/indicadores/fuentes/nueva/", datos)

    nueva = FuenteProgramada.objects.get(formato="json")
    assert respuesta.url == "/indicadores/fuentes/"
    assert nueva.url == "https://www.datos.gov.co/resource/ji8i-4anb.json"
    assert nueva.creado_por == administracion


@pytest.mark.parametrize(
    ("url", "dice"),
    [
        ("https://otro.example/d/nudc-7mev", "Solo se traen datos de www.datos.gov.co"),
        ("http://www.datos.gov.co/d/nudc-7mev", "debe empezar por https"),
        ("https://www.datos.gov.co/inicio", "no nombra ningún conjunto"),
        ("https://www.datos.gov.co/d/nudc-7mev", "ya está en la lista"),
    ],
)
def test_una_direccion_que_no_sirve_se_explica_junto_a_su_campo(client, administracion, url, dice):
    conjunto = una_fuente().conjunto_id

    respuesta = client.post(
        "/indicadores/fuentes/nueva/",
        {"conjunto": conjunto, "url": url, "formato": "csv", "frecuencia": "nunca"},
    )

    assert dice in respuesta.context["form"].errors["url"][0]


def test_pausar_y_traer_ahora_desde_la_lista(client, administracion):
    fuente = una_fuente()

    client.post(f"/indicadores/fuentes/{fuente.pk}/activar/")
    respuesta = client.post(f"/indicadores/fuentes/{fuente.pk}/traer/")

    fuente.refresh_from_db()
    assert fuente.activa is False
    assert respuesta.url == fuente.cargas.get().get_absolute_url()
    assert client.get(respuesta.url).context["trabajo"] == Trabajo.objects.get()


def test_con_una_fuente_y_con_tres_la_lista_hace_las_mismas_consultas(
    client, administracion, django_assert_num_queries
):
    def con(n):
        una_fuente(url=f"https://www.datos.gov.co/resource/aaaa-000{n}.csv")

    con(1)
    client.get("/indicadores/fuentes/")
    with CaptureQueriesContext(connection) as una:
        client.get("/indicadores/fuentes/")
    con(2)
    con(3)

    with django_assert_num_queries(len(una)):
        client.get("/indicadores/fuentes/")


@pytest.mark.parametrize("rol", [Rol.EQUIPO_MEN, Rol.SECRETARIO])
def test_solo_administracion_programa_fuentes(client, rol):
    client.force_login(un_usuario(rol=rol))
    fuente = una_fuente()

    direcciones = ["", "nueva/", f"{fuente.pk}/", f"{fuente.pk}/traer/", f"{fuente.pk}/activar/"]
    respuestas = [client.post(f"/indicadores/fuentes/{d}").status_code for d in direcciones[1:]]

    assert respuestas == [403] * 4
    assert client.get("/indicadores/fuentes/").status_code == 403
    assert Trabajo.objects.count() == 0
