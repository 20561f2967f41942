"""Las órdenes `importar_asistencia` y `deshacer_importacion`: JSON limpio, y 0 o 2 al salir."""

import json
import subprocess
import sys
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from conectate.acciones.lecturas import interpretar
from conectate.models import Emparejamiento, Importacion, Sesion
from territorio.models import Dominio
from tests.conectate.archivos import RARO, contadas, de_zoom, escribir
from tests.fabricas import un_tipo, una_entidad, una_sesion

pytestmark = pytest.mark.django_db

FECHA = "2020-06-09"
ANA = ("Ana Ruiz", "ana@neiva.test", "09:00", "10:00")
LLAVES = {
    "sesion",
    "importacion",
    "formato",
    "codificacion",
    "sin_cambios",
    "avisos",
    "identidades",
    "por_etc",
    "total",
}


@pytest.fixture
def neiva():
    neiva = una_entidad("Neiva", codigo_dane="41001")
    Dominio.objects.create(dominio="neiva.test", entidad=neiva)
    return neiva


@pytest.fixture
def orden(tmp_path, capsys):
    """Escribe el archivo, corre la orden con --json y da lo que dijo."""
    un_tipo()

    def correr(datos, *argumentos, nombre="participantes.csv", fecha=FECHA):
        ruta = tmp_path / nombre
        ruta.write_bytes(datos)
        call_command("importar_asistencia", str(ruta), "--fecha", fecha, "--json", *argumentos)
        return json.loads(capsys.readouterr().out)

    return correr


def test_dice_exactamente_lo_acordado(orden, neiva):
    datos = orden(de_zoom(ANA, ("read.ai meeting notes", "", "09:00", "10:00")))

    assert set(datos) == LLAVES
    assert (datos["total"], datos["por_etc"], datos["sin_cambios"]) == (1, {"41001": 1}, False)
    assert datos["identidades"] == [
        {
            "nombres": ["Ana Ruiz"],
            "correos": ["ana@neiva.test"],
            "tipo": "persona",
            "minutos": 60.0,
            "conexiones": 1,
            "decision": "automatica",
            "etc": "41001",
            "evidencia": "dominio",
            "sugerencias": [],
        },
        {
            "nombres": ["read.ai meeting notes"],
            "correos": [],
            "tipo": "bot",
            "minutos": 60.0,
            "conexiones": 1,
            "decision": "excluir",
            "etc": None,
            "evidencia": "no_persona",
            "sugerencias": [],
        },
    ]


def test_sin_sesion_crea_una_realizada_con_el_titulo_del_archivo_y_todas_convocadas(orden, neiva):
    datos = orden(de_zoom(ANA))

    sesion = Sesion.objects.get(pk=datos["sesion"])
    assert (sesion.titulo, sesion.estado) == ("Reunión de prueba", "realizada")
    assert (sesion.tipo.clave, list(sesion.convocadas.all())) == ("informativa", [neiva])


def test_el_titulo_y_el_tipo_se_pueden_dar(orden):
    un_tipo("taller")

    datos = orden(de_zoom(ANA), "--titulo", "Otro título", "--tipo", "taller")

    sesion = Sesion.objects.get(pk=datos["sesion"])
    assert (sesion.titulo, sesion.tipo.clave) == ("Otro título", "taller")


def test_sin_titulo_en_el_archivo_vale_su_nombre(orden):
    datos = orden(de_zoom(ANA, titulo="", numero=""), nombre="Lista del 9.csv")

    assert Sesion.objects.get(pk=datos["sesion"]).titulo == "Lista del 9"


def test_el_mismo_archivo_dos_veces_no_cambia_nada(orden):
    primera = orden(de_zoom(ANA))

    segunda = orden(de_zoom(ANA), nombre="con otro nombre.csv")

    assert segunda == primera | {"sin_cambios": True}
    assert (Sesion.objects.count(), Importacion.objects.count()) == (1, 1)


def test_otra_descarga_de_la_misma_reunion_va_a_la_misma_sesion_y_la_reemplaza(orden):
    primera = orden(de_zoom(ANA))

    segunda = orden(de_zoom(("Ana Ruiz", ANA[1], "09:00", "10:30")))

    assert segunda["sesion"] == primera["sesion"]
    assert "Reemplazó a una descarga anterior de la misma reunión." in segunda["avisos"]
    assert contadas(Sesion.objects.get()) == {"Ana Ruiz": 90.0}


def test_con_la_sesion_dada_se_une_a_ella(orden):
    sesion = una_sesion()

    datos = orden(de_zoom(ANA), "--sesion", str(sesion.pk))

    assert (datos["sesion"], contadas(sesion)) == (sesion.pk, {"Ana Ruiz": 60.0})


def test_una_fecha_por_venir_deja_la_sesion_convocada(orden):
    una_entidad()
    manana = timezone.localdate() + timedelta(days=1)

    datos = orden(
        de_zoom(ANA, fecha=f"{manana:%d/%m/%Y}"),
        "--aunque-sea-de-otro-dia",
        fecha=manana.isoformat(),
    )

    assert Sesion.objects.get(pk=datos["sesion"]).participaciones.count() == 1


def test_sin_json_lo_dice_en_palabras(tmp_path, capsys):
    un_tipo()
    (tmp_path / "a.csv").write_bytes(de_zoom(ANA))

    call_command("importar_asistencia", str(tmp_path / "a.csv"), "--fecha", FECHA)

    assert "Asistentes: 1, de 0 entidades." in capsys.readouterr().out


MALOS = {
    "vacío": (b"", [], "está vacío"),
    "solo títulos": (de_zoom(), [], "ninguna persona"),
    "sin reconocer": (RARO, [], "No se reconoce"),
    "de otro día": (de_zoom(ANA, fecha="10/06/2020"), [], "--aunque-sea-de-otro-dia"),
    "tipo que no hay": (de_zoom(ANA), ["--tipo", "nada"], "No hay un tipo de sesión «nada»"),
    "sesión que no hay": (de_zoom(ANA), ["--sesion", "99999"], "No hay una sesión con el número"),
}


@pytest.mark.parametrize("caso", MALOS)
def test_lo_que_no_se_puede_importar_sale_con_2_y_no_deja_nada(orden, capsys, caso):
    datos, argumentos, mensaje = MALOS[caso]

    with pytest.raises(CommandError, match=mensaje) as error:
        orden(datos, *argumentos)

    assert (error.value.returncode, capsys.readouterr().out) == (2, "")
    assert (Sesion.objects.count(), Importacion.objects.count()) == (0, 0)


def test_un_archivo_que_no_esta_sale_con_2(capsys):
    with pytest.raises(CommandError, match="No se pudo abrir") as error:
        call_command("importar_asistencia", "no-esta.csv", "--fecha", FECHA, "--json")

    assert (error.value.returncode, capsys.readouterr().out) == (2, "")


@pytest.mark.parametrize("fecha", ["20200609", "2020-W24-2", "2020-6-9", "2020-02-30", "ayer"])
def test_la_fecha_se_escribe_de_una_sola_manera(fecha):
    with pytest.raises(CommandError, match="escríbala AAAA-MM-DD"):
        call_command("importar_asistencia", "no-esta.csv", "--fecha", fecha)


def test_la_sesion_dada_tiene_que_ser_de_esa_fecha(orden):
    sesion = una_sesion()

    with pytest.raises(CommandError, match="Corrija --fecha o --sesion"):
        orden(de_zoom(ANA), "--sesion", str(sesion.pk), fecha="2020-06-10")


def test_deshacer_por_orden(orden, capsys):
    datos = orden(de_zoom(ANA))

    call_command("deshacer_importacion", str(datos["importacion"]), "--json")

    assert json.loads(capsys.readouterr().out) == {
        "sesion": datos["sesion"],
        "importacion": datos["importacion"],
        "quitadas": 1,
        "quedan": 0,
    }
    assert contadas(Sesion.objects.get()) == {}


@pytest.mark.parametrize(("veces", "mensaje"), [(0, "No hay una importación"), (1, "deshecha")])
def test_lo_que_no_se_puede_deshacer_sale_con_2(orden, capsys, veces, mensaje):
    numero = orden(de_zoom(ANA))["importacion"] if veces else 12345
    if veces:
        call_command("deshacer_importacion", str(numero))
    capsys.readouterr()

    with pytest.raises(CommandError, match=mensaje) as error:
        call_command("deshacer_importacion", str(numero), "--json")

    assert (error.value.returncode, capsys.readouterr().out) == (2, "")


def test_de_verdad_sale_con_2_y_el_mensaje_va_aparte(entorno, tmp_path):
    (tmp_path / "vacio.csv").write_bytes(b"")

    salida = subprocess.run(
        [sys.executable, "manage.py", "importar_asistencia", str(tmp_path / "vacio.csv"),
         "--fecha", FECHA, "--json"],
        env=entorno,
        capture_output=True,
        text=True,
    )  # fmt: skip

    assert (salida.returncode, salida.stdout) == (2, "")
    assert "El archivo está vacío" in salida.stderr


def test_un_archivo_de_columnas_conocidas_se_lee_tambien_por_orden(orden, neiva):
    huella = interpretar(RARO, nombre="a.csv", fecha=una_sesion().fecha).huella_cabecera
    Emparejamiento.objects.create(
        huella_cabecera=huella,
        columnas=["Quien", "Donde trabaja", "Contacto"],
        emparejamiento={"nombre": "Quien", "correo": "Contacto"},
    )

    datos = orden(RARO + escribir([["Eva Gil", "Neiva", "eva@neiva.test"]])[3:])

    assert (datos["total"], datos["por_etc"]) == (3, {"41001": 2})
