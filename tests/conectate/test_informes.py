"""Los archivos que se bajan: lo mismo que la página, con los permisos de quien los pide."""

import csv
from datetime import date, timedelta

import pytest
from auditlog.models import LogEntry
from django.utils import timezone
from openpyxl import load_workbook
from pypdf import PdfReader

from conectate.acciones.descargas import pedir_informe
from conectate.informes import INFORMES
from cuentas.models import Usuario
from tests.fabricas import un_tipo, un_usuario, una_entidad, una_participacion, una_sesion
from trabajos.acciones import ejecutar_pendientes
from trabajos.models import Trabajo
from trabajos.registro import TrabajoRechazado

pytestmark = pytest.mark.django_db


def hecho():
    """Hace lo pedido y devuelve el trabajo."""
    ejecutar_pendientes()
    return Trabajo.objects.latest("pk")


def libro(trabajo):
    with trabajo.archivo.open("rb") as archivo:
        return load_workbook(archivo)


def filas(hoja):
    return [list(fila) for fila in hoja.iter_rows(values_only=True)]


def dos_secretarias(**datos):
    huila = una_entidad("Huila", codigo_dane="41")
    meta = una_entidad("Meta", codigo_dane="50")
    sesion = una_sesion("Rutas", convocadas=[huila, meta], **datos)
    una_participacion(sesion, huila, nombre="Ana Inventada", minutos=30.5)
    una_participacion(sesion, huila, nombre="Beto Inventado", minutos=None)
    return sesion, huila, meta


# ── Lo que dice cada uno ──────────────────────────────────────────────────────────────────────


def test_la_participacion_en_excel_lleva_numeros_codigos_como_texto_y_metadatos():
    dos_secretarias()
    dialogo = un_tipo("dialogo", orden=200)
    otra = una_sesion("Diálogo", tipo=dialogo, convocadas=[una_entidad("Cauca")])
    una_participacion(otra)

    pedir_informe(
        "participacion",
        formato="xlsx",
        titulo="Participación",
        por=un_usuario(),
        parametros={"vigencia": 2020},
    )

    trabajo = hecho()
    hojas = libro(trabajo)
    assert hojas.sheetnames == ["Participación", "Tipos", "Totales", "Metadatos"]
    tabla = {fila[1]: fila for fila in filas(hojas["Participación"])}
    assert tabla["Huila"][:6] == ["41", "Huila", "Departamento de prueba", 1, 1, 1]
    assert tabla["Meta"][3:6] == [0, 1, 0]
    assert tabla["Cauca"][3:6] == [None, None, None]
    assert hojas["Participación"].freeze_panes == "A2"
    metadatos = dict(fila[:2] for fila in filas(hojas["Metadatos"]) if fila[0])
    assert metadatos["Filas en «Participación»"] == "3"
    assert metadatos["Regla"].startswith("«x de N»")
    assert trabajo.mensaje.startswith("El archivo tiene")


def test_la_participacion_de_una_entidad_dice_presente_ausente_y_sin_dato():
    _, _, meta = dos_secretarias()
    una_sesion("Sin lista", convocadas=[meta], fecha=date(2020, 7, 1))
    reunion = una_sesion(
        "Reunión",
        tipo=un_tipo("reunion", conteo="aparte"),
        convocadas=[meta],
        fecha=date(2020, 8, 1),
    )
    una_participacion(reunion, meta)

    informe = INFORMES["participacion_de_entidad"](un_usuario(), vigencia=2020, codigo_dane="50")

    sesiones, cuenta = informe.hojas
    assert [(f[1], f[3], f[5], f[6]) for f in sesiones.filas] == [
        ("Rutas", "Sí", "ausente", 0),
        ("Sin lista", "No", "sin dato", None),
        ("Reunión", "No", "presente", 1),
    ]
    assert [[str(celda) for celda in fila] for fila in cuenta.filas] == [
        ["Informativa", "0", "1", "0.0", "1"]
    ]


def test_la_matriz_en_excel_pone_cero_en_la_ausencia_y_palabras_en_lo_que_no_se_sabe():
    huila, meta = una_entidad("Huila", codigo_dane="41"), una_entidad("Meta", codigo_dane="50")
    una_participacion(una_sesion("Una", convocadas=[huila, meta], fecha=date(2020, 2, 1)), huila)
    una_sesion("Dos", convocadas=[huila, meta], fecha=date(2020, 3, 1))
    una_participacion(una_sesion("Tres", convocadas=[huila], fecha=date(2020, 4, 1)), huila)

    pedir_informe(
        "matriz", formato="xlsx", titulo="Matriz", por=un_usuario(), parametros={"vigencia": 2020}
    )

    hojas = libro(hecho())
    assert filas(hojas["Matriz"]) == [
        [
            "Código DANE",
            "Entidad",
            "Participó en",
            "De",
            "01/02/2020 Una",
            "01/03/2020 Dos",
            "01/04/2020 Tres",
        ],
        ["41", "Huila", 2, 2, 1, "sin dato", 1],
        ["50", "Meta", 0, 1, 0, "sin dato", "no convocada"],
    ]
    assert [fila[1:] for fila in filas(hojas["Sesiones"])[1:]] == [
        ["Una", "Informativa", 2, 1, 1, 1],
        ["Dos", "Informativa", 2, "sin dato", "sin dato", "sin dato"],
        ["Tres", "Informativa", 1, 1, 0, 1],
    ]
    assert [fila[1:] for fila in filas(hojas["Ausencias"])[1:]] == [["Una", "50", "Meta"]]


@pytest.mark.parametrize("sesiones", [0, 1])
def test_la_matriz_de_un_año_sin_asistencia_no_falla(sesiones):
    huila = una_entidad("Huila", codigo_dane="41")
    for _ in range(sesiones):
        una_sesion(convocadas=[huila])

    informe = INFORMES["matriz"](un_usuario(), vigencia=2020)

    assert informe.hojas[0].filas == [["41", "Huila", 0, 0, *["sin dato"] * sesiones]]


def test_una_sesion_en_excel_no_suma_el_aforo_a_las_personas():
    sesion, *_ = dos_secretarias()
    sesion.aforos.create(personas=489, fuente="YouTube")

    informe = INFORMES["sesion"](un_usuario(), sesion_id=sesion.pk)

    entidades, cifras, origenes, aforos = informe.hojas
    assert [fila[:2] + fila[3:8] for fila in entidades.filas] == [
        ["41", "Huila", "Sí", "presente", 2, 30.5, 0],
        ["50", "Meta", "Sí", "ausente", 0, None, 0],
    ]
    assert dict(cifras.filas)["Asistencias"] == 2
    assert dict(origenes.filas)["Importada"] == 1
    assert aforos.filas == [["YouTube", 489]]


def test_una_sesion_sin_lista_dice_sin_dato_y_no_cero():
    sesion = una_sesion(convocadas=[una_entidad("Huila")])

    informe = INFORMES["sesion"](un_usuario(), sesion_id=sesion.pk)

    assert informe.hojas[0].filas[0][4:6] == ["sin dato", None]
    assert dict(informe.hojas[1].filas)["Asistencias"] == "sin dato"


def test_la_lista_de_sesiones_lleva_los_filtros_de_la_pagina(client):
    dos_secretarias()
    una_sesion("Vieja", fecha=date(2019, 5, 1))
    client.force_login(un_usuario())

    client.post("/conectate/sesiones/descargar/?vigencia=2020", {"formato": "csv"})

    with hecho().archivo.open("r") as archivo:
        contenido = list(csv.DictReader(archivo))
    assert [(fila["Título"], fila["Presentes"], fila["Fecha"]) for fila in contenido] == [
        ("Rutas", "1", "2020-06-09")
    ]


def test_el_csv_para_excel_lleva_punto_y_coma_y_el_estandar_coma():
    sesion, *_ = dos_secretarias()
    por = un_usuario()

    cabezas = []
    for formato in ("csv", "csv_excel"):
        pedir_informe(
            "personas", formato=formato, titulo="X", por=por, parametros={"sesion_id": sesion.pk}
        )
        with hecho().archivo.open("rb") as archivo:
            cabezas.append(archivo.read(20))

    assert cabezas == [b"Nombre,Correo,Cargo,", b"\xef\xbb\xbfNombre;Correo;Car"]


@pytest.mark.parametrize(
    ("informe", "dice"),
    [
        ("sesiones", "Rutas"),
        ("sesion", "Huila"),
        ("personas", "Ana Inventada"),
        ("participacion", "1 de 1"),
        ("matriz", "Meta"),
    ],
)
def test_todo_se_puede_pedir_en_pdf(informe, dice):
    sesion, *_ = dos_secretarias()
    de_la_sesion = {"sesion": {"sesion_id": sesion.pk}, "personas": {"sesion_id": sesion.pk}}
    del_año = {"participacion": {"vigencia": 2020}, "matriz": {"vigencia": 2020}}

    pedir_informe(
        informe,
        formato="pdf",
        titulo="X",
        por=un_usuario(),
        parametros={**de_la_sesion, **del_año}.get(informe, {}),
    )

    with hecho().archivo.open("rb") as archivo:
        assert dice in "".join(pagina.extract_text() for pagina in PdfReader(archivo).pages)


def test_un_nombre_que_parece_formula_no_se_ejecuta():
    sesion, huila, _ = dos_secretarias()
    una_participacion(sesion, huila, nombre="=1+1")

    pedir_informe(
        "personas",
        formato="xlsx",
        titulo="X",
        por=un_usuario(),
        parametros={"sesion_id": sesion.pk},
    )

    celda = libro(hecho())["Personas"]["A2"]
    assert (celda.value, celda.data_type) == ("=1+1", "s")


# ── Quién los pide ────────────────────────────────────────────────────────────────────────────


def test_bajar_nombres_queda_en_la_bitacora_y_las_cifras_no():
    sesion, *_ = dos_secretarias()
    por = un_usuario()
    for informe in ("personas", "sesion"):
        pedir_informe(
            informe, formato="xlsx", titulo="X", por=por, parametros={"sesion_id": sesion.pk}
        )

    ejecutar_pendientes()

    entrada = LogEntry.objects.get(additional_data__verbo="exportó una lista de personas")
    assert (entrada.actor, entrada.object_pk) == (por, str(sesion.pk))
    assert entrada.additional_data["detalle"]["personas"] == 2


def test_una_secretaria_baja_solo_sus_personas_y_su_renglon():
    sesion, huila, meta = dos_secretarias()
    una_participacion(sesion, meta, nombre="Ajena")
    por = un_usuario("equipo_secretaria", entidad=meta)

    personas = INFORMES["personas"](por, sesion_id=sesion.pk)
    suya = INFORMES["sesion"](por, sesion_id=sesion.pk)

    assert [fila[0] for fila in personas.hojas[0].filas] == ["Ajena"]
    assert suya.hojas[0].filas == [["50", "Meta", "Sí", "presente", 1, 60.0, "importada", None, ""]]
    assert huila.nombre not in str(suya.hojas)


@pytest.mark.parametrize(
    ("informe", "parametros"),
    [
        ("participacion", {"vigencia": 2020}),
        ("matriz", {"vigencia": 2020}),
        ("participacion_de_entidad", {"vigencia": 2020, "codigo_dane": "41"}),
        ("sesion", {"sesion_id": "{sesion}"}),
        ("personas", {"sesion_id": "{sesion}"}),
    ],
)
def test_los_permisos_se_vuelven_a_mirar_al_componer(informe, parametros):
    """Aunque el pedido ya esté en la fila: entre tanto pudo perderlos."""
    sesion, *_ = dos_secretarias()
    ajena = un_usuario("secretario", entidad=una_entidad("Cauca"))
    parametros = {
        clave: sesion.pk if valor == "{sesion}" else valor for clave, valor in parametros.items()
    }

    with pytest.raises(TrabajoRechazado, match="Ya no tiene permiso"):
        INFORMES[informe](ajena, **parametros)


def test_si_perdio_el_permiso_el_trabajo_se_lo_dice():
    por = un_usuario()
    pedir_informe("matriz", formato="xlsx", titulo="X", por=por, parametros={"vigencia": 2020})
    Usuario.objects.filter(pk=por.pk).update(
        rol="secretario", direccion=None, entidad=una_entidad()
    )

    trabajo = hecho()

    assert (trabajo.estado, trabajo.mensaje) == (
        "fallido",
        "Ya no tiene permiso para ver este informe.",
    )


@pytest.mark.parametrize(
    ("direccion", "estado"),
    [
        ("sesiones/descargar/", 302),
        ("sesiones/{suya}/descargar/", 302),
        ("sesiones/{suya}/personas/descargar/", 302),
        ("participacion/2020/41/descargar/", 302),
        ("sesiones/{ajena}/descargar/", 404),
        ("sesiones/{ajena}/personas/descargar/", 404),
        ("participacion/2020/50/descargar/", 404),
        ("participacion/2020/descargar/", 403),
        ("participacion/2020/matriz/descargar/", 403),
    ],
)
def test_lo_que_una_secretaria_puede_pedir(client, direccion, estado):
    suya, huila, meta = dos_secretarias()
    ajena = una_sesion(convocadas=[meta])
    client.force_login(un_usuario("secretario", entidad=huila))

    respuesta = client.post(
        "/conectate/" + direccion.format(suya=suya.pk, ajena=ajena.pk), {"formato": "xlsx"}
    )

    assert respuesta.status_code == estado
    assert Trabajo.objects.count() == (estado == 302)


def test_pedir_dos_veces_lo_mismo_es_un_solo_archivo(client):
    client.force_login(un_usuario())

    destinos = {
        client.post("/conectate/participacion/2020/descargar/", {"formato": formato})["Location"]
        for formato in ("xlsx", "xlsx", "csv")
    }

    assert (len(destinos), Trabajo.objects.count()) == (2, 2)


def test_un_formato_que_no_existe_no_pide_nada(client):
    client.force_login(un_usuario())

    respuesta = client.post("/conectate/participacion/2020/descargar/", {"formato": "exe"})

    assert (respuesta.status_code, Trabajo.objects.count()) == (400, 0)


def test_descargar_con_get_no_hace_nada(client):
    client.force_login(un_usuario())

    assert client.get("/conectate/participacion/2020/descargar/").status_code == 405


def test_un_informe_pedido_ayer_se_puede_volver_a_pedir(client):
    por = un_usuario()
    datos = {"formato": "csv", "titulo": "X", "por": por, "parametros": {"vigencia": 2020}}
    primero = pedir_informe("participacion", **datos)
    ejecutar_pendientes()
    Trabajo.objects.update(pedido_en=timezone.now() - timedelta(days=1))

    segundo = pedir_informe("participacion", **datos)

    assert segundo.pk != primero.pk
