"""Los informes de todas: uno por entidad, ninguno dos veces, y por correo a cada quien el suyo."""

import zipfile
from datetime import date, timedelta
from email import message_from_bytes, policy
from io import BytesIO

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from cuentas.models import Rol
from escuela.agenda import AGENDA
from indicadores.acciones import informes
from indicadores.acciones.informes import (
    pedir_informe,
    pedir_los_del_mes,
    pedir_lote,
    pedir_zip,
    programar_informe,
    reintentar_lote,
)
from indicadores.consultas.informes import avance_de, entregas_de, proximo_envio
from indicadores.models import EntregaDeInforme, LoteDeInformes
from indicadores.tasks.informes import mandar_informes
from tests.fabricas import un_usuario, una_entidad
from tests.fabricas_de_indicadores import la_nacion, un_valor, una_unidad, una_version
from trabajos.acciones import barrer, ejecutar, ejecutar_pendientes
from trabajos.models import Correo, Trabajo

pytestmark = pytest.mark.django_db

PRIMER_HABIL = "2026-12-01T09:00:00-05:00"


@pytest.fixture
def primero_de_diciembre(settings, time_machine):
    """Martes, en horas de oficina, con el buzón de verdad."""
    settings.EMAIL_BACKEND = "trabajos.correo.Buzon"
    settings.DIRECCION_DEL_PORTAL = "https://portal.test"
    time_machine.move_to(PRIMER_HABIL, tick=False)
    return time_machine


@pytest.fixture
def archivos_de_verdad():
    """Para la prueba que los abre."""


@pytest.fixture(autouse=True)
def compuestos_de_mentira(request, monkeypatch):
    """Aquí importa el reparto; los archivos de verdad se prueban en test_informes."""
    if "archivos_de_verdad" in request.fixturenames:
        return
    compuestos = {
        "xlsx": lambda informe: f"PK {informe.entidad}".encode(),
        "pdf": lambda informe: f"%PDF {informe.entidad}".encode(),
    }
    monkeypatch.setattr(informes, "COMPONER", compuestos)


def entidades_con_cifras(*nombres):
    """Con una cifra cada una, y el país, que es de donde se sabe qué años hay."""
    una_version()
    un_valor(3.6, unidad=la_nacion())
    entidades = [una_entidad(nombre) for nombre in nombres]
    for entidad in entidades:
        un_valor(4.7, unidad=una_unidad(entidad))
    return entidades


def estados(lote):
    return {entrega.entidad.nombre: entrega.estado for entrega in entregas_de(lote)}


def archivos_guardados(carpeta="informes"):
    """Los que hay en el almacenamiento, estén o no en la base."""
    if not default_storage.exists(carpeta):
        return []
    carpetas, archivos = default_storage.listdir(carpeta)
    return archivos + [uno for c in carpetas for uno in archivos_guardados(f"{carpeta}/{c}")]


@pytest.fixture(autouse=True)
def almacenamiento_propio(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture(autouse=True)
def nada_leido_de_antes():
    """Con el reloj quieto, el lote de una prueba se parece al de la anterior."""
    informes._comunes_de.cache_clear()


def abierto(enviado):
    partes = message_from_bytes(enviado.as_bytes(), policy=policy.default).walk()
    return {p.get_content_type(): p for p in partes if not p.is_multipart()}


# ── El lote ───────────────────────────────────────────────────────────────────────────────────


def test_un_lote_deja_los_dos_archivos_de_cada_entidad():
    entidades_con_cifras("Medellín", "Palmira")

    lote = pedir_lote(vigencia=2022, por=un_usuario())
    ejecutar_pendientes()

    assert estados(lote) == {"Medellín": "lista", "Palmira": "lista"}
    entrega = lote.entregas.get(entidad__nombre="Palmira")
    with entrega.pdf.open() as pdf:
        assert pdf.read() == b"%PDF Palmira"
    assert (entrega.bytes_pdf, entrega.n_cifras, entrega.n_correos) == (12, 1, 0)
    assert len(archivos_guardados()) == 4


def test_pedirlo_otra_vez_con_la_misma_version_no_hace_otro():
    entidades_con_cifras("Medellín")
    persona = un_usuario()

    lotes = {pedir_lote(vigencia=2022, por=persona).pk for _ in range(2)}

    assert (len(lotes), EntregaDeInforme.objects.count(), Trabajo.objects.count()) == (1, 1, 1)


def test_con_otra_version_es_otro_lote():
    entidades_con_cifras("Medellín")
    persona = un_usuario()
    pedir_lote(vigencia=2022, por=persona)
    una_version()

    pedir_lote(vigencia=2022, por=persona)

    assert list(LoteDeInformes.objects.order_by("pk").values_list("clave", flat=True)) == [
        "version:1:2022",
        "version:2:2022",
    ]


def test_el_lote_de_un_año_lleva_las_que_eran_entidades_entonces():
    entidades_con_cifras("Medellín")
    una_entidad("La Nueva", desde=date(2023, 1, 1))

    lote = pedir_lote(vigencia=2022, por=un_usuario())

    assert list(estados(lote)) == ["Medellín"]


def test_de_un_año_sin_cifras_no_hay_lote():
    entidades_con_cifras("Medellín")

    with pytest.raises(ValidationError, match="De 1990 no hay cifras publicadas"):
        pedir_lote(vigencia=1990, por=un_usuario())


@pytest.mark.django_db(transaction=True)
def test_el_trabajador_muere_a_la_mitad_y_otro_sigue_sin_repetir_ni_saltar(monkeypatch):
    entidades_con_cifras(*[f"Entidad {n}" for n in range(6)])
    lote = pedir_lote(vigencia=2022, por=un_usuario())
    trabajos = list(Trabajo.objects.order_by("pk").values_list("pk", flat=True))
    for pk in trabajos[:2]:
        ejecutar(pk)
    hechas = {e.pk: (e.pdf.name, e.lista_en) for e in lote.entregas.filter(estado="lista")}
    # El tercero guarda sus archivos y el proceso se apaga sin alcanzar a borrarlos ni a cerrar.
    with monkeypatch.context() as parche:
        parche.setattr(informes, "_dar_por_lista", morir)
        parche.setattr("django.db.models.fields.files.FieldFile.delete", lambda *a, **k: None)
        with pytest.raises(KeyboardInterrupt):
            ejecutar(trabajos[2])
    Trabajo.objects.filter(pk=trabajos[2]).update(
        estado="en_curso",
        reclamo="00000000-0000-0000-0000-000000000001",
        latido=timezone.now() - timedelta(hours=1),
        intentos=1,
    )
    assert len(archivos_guardados()) == 6  # dos de ellos, de nadie

    barrer()
    ejecutar_pendientes()

    assert set(estados(lote).values()) == {"lista"}
    assert len(archivos_guardados()) == 12
    assert {e.pk: (e.pdf.name, e.lista_en) for e in lote.entregas.filter(pk__in=hechas)} == hechas


def morir(*args):
    raise KeyboardInterrupt


def test_hecha_ya_repetir_su_trabajo_no_la_toca():
    entidades_con_cifras("Medellín")
    lote = pedir_lote(vigencia=2022, por=un_usuario())
    ejecutar_pendientes()
    antes = lote.entregas.values().get()

    Trabajo.objects.update(estado="pendiente", terminado_en=None, reclamo=None)
    ejecutar_pendientes()

    assert lote.entregas.values().get() == antes


def test_lo_que_falla_se_dice_y_se_reintenta_sin_tocar_lo_demas(monkeypatch):
    entidades_con_cifras("Medellín", "Palmira")
    persona = un_usuario()
    lote = pedir_lote(vigencia=2022, por=persona)
    with monkeypatch.context() as parche:
        parche.setattr(informes, "informe_de", solo("Medellín", informes.informe_de))
        ejecutar_pendientes()
    Trabajo.objects.filter(estado="pendiente").update(
        estado="fallido", terminado_en=timezone.now(), mensaje="Algo falló."
    )
    roto = avance_de(entregas_de(lote))

    n = reintentar_lote(lote, por=persona)
    ejecutar_pendientes()

    assert (roto.listas, roto.fallidas, roto.faltan, n) == (1, 1, 0, 1)
    assert set(estados(lote).values()) == {"lista"}
    assert reintentar_lote(lote, por=persona) == 0


def solo(nombre, hacer):
    def hacer_o_romperse(entidad, **datos):
        if entidad.nombre != nombre:
            raise RuntimeError("roto")
        return hacer(entidad, **datos)

    return hacer_o_romperse


def test_si_el_cierre_se_deshace_no_quedan_archivos_sueltos(monkeypatch):
    entidades_con_cifras("Medellín")
    pedir_lote(vigencia=2022, por=un_usuario())
    monkeypatch.setattr(informes, "_dar_por_lista", romperse)

    ejecutar_pendientes()

    assert archivos_guardados() == []


def romperse(*args):
    raise RuntimeError("roto")


def test_el_zip_trae_los_listos_y_un_indice_que_dice_los_que_faltan():
    entidades_con_cifras("Medellín", "Palmira")
    persona = un_usuario()
    lote = pedir_lote(vigencia=2022, por=persona)
    ejecutar(lote.entregas.get(entidad__nombre="Palmira").trabajo_id)

    trabajo = pedir_zip(lote, por=persona)
    ejecutar(trabajo.pk)

    trabajo.refresh_from_db()
    codigo = lote.entregas.get(entidad__nombre="Palmira").entidad.codigo_dane
    with trabajo.archivo.open("rb") as archivo:
        partes = zipfile.ZipFile(BytesIO(archivo.read()))
    assert sorted(partes.namelist()) == [
        f"Informe 2022 {codigo} Palmira.pdf",
        f"Informe 2022 {codigo} Palmira.xlsx",
        "Índice.csv",
    ]
    assert "Medellín;en espera;0;;" in partes.read("Índice.csv").decode("utf-8-sig")


# ── Uno, a pedido ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.usefixtures("archivos_de_verdad")
@pytest.mark.parametrize(("formato", "empieza"), [("pdf", b"%PDF"), ("xlsx", b"PK")])
def test_la_secretaria_pide_el_suyo_y_le_queda_en_sus_trabajos(formato, empieza):
    (palmira,) = entidades_con_cifras("Palmira")
    persona = un_usuario(Rol.EQUIPO_SECRETARIA, entidad=palmira)

    trabajo = pedir_informe(entidad=palmira, vigencia=2022, formato=formato, por=persona)
    ejecutar(trabajo.pk)

    trabajo.refresh_from_db()
    assert trabajo.nombre_del_archivo == f"Informe 2022 {palmira.codigo_dane} Palmira.{formato}"
    with trabajo.archivo.open("rb") as archivo:
        assert archivo.read().startswith(empieza)


def test_quien_dejo_de_ser_de_la_secretaria_no_se_lo_lleva():
    (palmira,) = entidades_con_cifras("Palmira")
    persona = un_usuario(Rol.SECRETARIO, entidad=palmira)
    trabajo = pedir_informe(entidad=palmira, vigencia=2022, formato="pdf", por=persona)
    persona.entidad = una_entidad()
    persona.save()

    ejecutar(trabajo.pk)

    trabajo.refresh_from_db()
    assert (trabajo.estado, trabajo.mensaje) == (
        "fallido",
        "Ya no tiene permiso para pedir este informe.",
    )


# ── El de cada mes ────────────────────────────────────────────────────────────────────────────


@pytest.mark.usefixtures("archivos_de_verdad")
def test_a_cada_secretaria_le_llega_solo_el_suyo(primero_de_diciembre):
    medellin, palmira = entidades_con_cifras("Medellín", "Palmira")
    un_usuario(Rol.SECRETARIO, entidad=medellin, email="ana@ejemplo.test")
    un_usuario(Rol.SECRETARIO, entidad=palmira, email="luis@ejemplo.test")
    un_usuario()

    pedir_los_del_mes()
    ejecutar_pendientes()

    correos = {enviado.to[0]: enviado for enviado in mail.outbox}
    assert sorted(correos) == ["ana@ejemplo.test", "luis@ejemplo.test"]
    assert correos["ana@ejemplo.test"].subject == "Informe de diciembre de 2026: Medellín"
    recibido = abierto(correos["ana@ejemplo.test"])
    pdf = recibido["application/pdf"].get_content()
    lote = LoteDeInformes.objects.get()
    descarga = reverse(
        "indicadores:descargar-entrega", args=[lote.pk, medellin.codigo_dane, "xlsx"]
    )
    assert len(pdf) < 200_000
    assert PdfReader(BytesIO(pdf)).metadata.title == "Informe 2022: Medellín"
    for tipo in ("text/plain", "text/html"):
        dicho = recibido[tipo].get_content()
        assert f"https://portal.test{descarga}" in dicho
        assert "Medellín" in dicho
        assert "Palmira" not in dicho


def test_repetir_la_tarea_o_revivir_el_trabajo_no_manda_otro_correo(primero_de_diciembre):
    (palmira,) = entidades_con_cifras("Palmira")
    un_usuario(Rol.SECRETARIO, entidad=palmira)

    for _ in range(2):
        mandar_informes()
        ejecutar_pendientes()
    primero_de_diciembre.shift(timedelta(days=1))
    mandar_informes()
    Trabajo.objects.filter(tipo="indicadores.informe_de_lote").update(
        estado="pendiente", terminado_en=None, reclamo=None
    )
    EntregaDeInforme.objects.update(estado="pendiente")
    ejecutar_pendientes()

    assert (len(mail.outbox), Correo.objects.count(), LoteDeInformes.objects.count()) == (1, 1, 1)


def test_lo_reciben_quienes_lo_pidieron_y_si_nadie_quien_dirige(primero_de_diciembre):
    con_pedido, sin_pedido, sin_nadie = entidades_con_cifras("Con", "Sin", "Nadie")
    un_usuario(Rol.SECRETARIO, entidad=con_pedido, email="dirige.con@ejemplo.test")
    pidio = un_usuario(Rol.EQUIPO_SECRETARIA, entidad=con_pedido, email="pidio@ejemplo.test")
    programar_informe(por=pidio, activa=True)
    un_usuario(Rol.SECRETARIO, entidad=sin_pedido, email="dirige.sin@ejemplo.test")
    un_usuario(Rol.EQUIPO_SECRETARIA, entidad=sin_pedido, email="equipo.sin@ejemplo.test")
    dijo_que_no = un_usuario(Rol.SECRETARIO, entidad=sin_nadie, email="no@ejemplo.test")
    programar_informe(por=dijo_que_no, activa=False)
    un_usuario(Rol.SECRETARIO, entidad=sin_nadie, email="ya.no@ejemplo.test", is_active=False)

    pedir_los_del_mes()
    ejecutar_pendientes()

    assert sorted(enviado.to[0] for enviado in mail.outbox) == [
        "dirige.sin@ejemplo.test",
        "pidio@ejemplo.test",
    ]
    assert LoteDeInformes.objects.get().entregas.filter(estado="lista").count() == 3


def test_fuera_de_horas_de_oficina_espera_y_no_cuenta_como_intento(primero_de_diciembre):
    (palmira,) = entidades_con_cifras("Palmira")
    un_usuario(Rol.SECRETARIO, entidad=palmira)
    pedir_los_del_mes()
    primero_de_diciembre.move_to("2026-12-01T20:00:00-05:00", tick=False)

    ejecutar_pendientes()

    trabajo = Trabajo.objects.get()
    assert (trabajo.estado, trabajo.intentos, len(mail.outbox)) == ("pendiente", 0, 0)
    assert trabajo.mensaje == "Sale el 2 de diciembre, 7:00 a.m. (hora de Colombia)."


def test_si_nada_se_publico_desde_el_mes_anterior_el_correo_lo_dice(primero_de_diciembre):
    (palmira,) = entidades_con_cifras("Palmira")
    un_usuario(Rol.SECRETARIO, entidad=palmira)
    pedir_los_del_mes()
    ejecutar_pendientes()
    primero_de_diciembre.move_to("2027-01-04T09:00:00-05:00", tick=False)

    pedir_los_del_mes()
    ejecutar_pendientes()

    dichos = [abierto(enviado)["text/plain"].get_content() for enviado in mail.outbox]
    assert ["no se publicaron cifras nuevas" in dicho for dicho in dichos] == [False, True]


@pytest.mark.parametrize("hoy", [date(2026, 12, 4), date(2026, 12, 8), date(2026, 11, 1)])
def test_los_demas_dias_no_se_pide_nada(hoy):
    entidades_con_cifras("Palmira")

    assert pedir_los_del_mes(hoy) is None


def test_sin_cifras_publicadas_no_se_manda_nada():
    una_entidad()

    assert pedir_los_del_mes(date(2026, 12, 1)) is None


@pytest.mark.parametrize(
    ("ahora", "sale"),
    [
        ("2026-11-20T10:00:00-05:00", "2026-12-01T07:00:00-05:00"),
        ("2026-12-01T05:00:00-05:00", "2026-12-01T07:00:00-05:00"),
        ("2026-12-02T20:00:00-05:00", "2026-12-03T07:00:00-05:00"),
        ("2026-12-03T20:00:00-05:00", "2027-01-04T07:00:00-05:00"),
        ("2026-12-31T23:00:00-05:00", "2027-01-04T07:00:00-05:00"),
    ],
)
def test_el_proximo_envio_es_el_primer_dia_habil_que_falte(time_machine, ahora, sale):
    time_machine.move_to(ahora, tick=False)

    assert timezone.localtime(proximo_envio()).isoformat() == sale


def test_lo_que_ya_salio_este_mes_no_vuelve_a_salir(primero_de_diciembre):
    entidades_con_cifras("Palmira")

    pedir_los_del_mes()

    assert timezone.localtime(proximo_envio()).isoformat() == "2027-01-04T07:00:00-05:00"


def test_esta_en_la_agenda():
    assert AGENDA["mandar los informes del mes"]["task"] == mandar_informes.name
