"""Las constancias en PDF y en ZIP: a nombre de quién salen y quién se las lleva."""

import csv
import io
import zipfile
from datetime import date

import pytest
from auditlog.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from conectate.acciones.constancias import (
    emitir_constancias,
    pedir_constancias_de_sesion,
    pedir_constancias_de_vigencia,
    pedir_mi_constancia,
    revocar_constancia,
)
from conectate.consultas.constancias import Alcance
from conectate.informes import constancias as informes
from conectate.informes.constancias import componer_constancia
from conectate.models import Constancia, Participacion, Sesion
from cuentas.models import Rol
from tests.fabricas import un_tipo, un_usuario, una_entidad, una_participacion, una_sesion
from trabajos.acciones import barrer, ejecutar, ejecutar_pendientes
from trabajos.codigos import tiempo_en_palabras

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def archivos(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def una_cerrada(*nombres, entidad, **datos):
    sesion = una_sesion(convocadas=[entidad], **{"estado": Sesion.Estado.CERRADA, **datos})
    for nombre in nombres:
        una_participacion(sesion, entidad, nombre=nombre)
    return sesion


def hecho(trabajo):
    ejecutar_pendientes()
    trabajo.refresh_from_db()
    return trabajo


def contenido(trabajo):
    with trabajo.archivo.open("rb") as archivo:
        return archivo.read()


def partes_de(trabajo):
    zip_ = zipfile.ZipFile(io.BytesIO(contenido(trabajo)))
    return {nombre: zip_.read(nombre) for nombre in zip_.namelist()}


def pdfs_de(trabajo):
    return {n: datos for n, datos in partes_de(trabajo).items() if n.endswith(".pdf")}


def indice_de(trabajo):
    texto = partes_de(trabajo)["Índice.csv"].decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(texto), delimiter=";"))


def texto(pdf):
    (pagina,) = PdfReader(io.BytesIO(pdf)).pages
    return " ".join(pagina.extract_text().split())


def una_constancia(nombre="Ana Inventada", sesion=None, minutos=90.0, **datos):
    entidad = una_entidad("Manizales")
    return Constancia.objects.create(
        codigo="EVS-7K4M-9X3T-PDAF",
        sesion=sesion or una_sesion("Rutas", estado=Sesion.Estado.CERRADA),
        **{"entidad": entidad, "clave": "c:ana", "nombre": nombre, "minutos": minutos, **datos},
    )


# ── El PDF ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "nombre",
    [
        "María Ñáñez Güiza",
        "José O'Brien",
        "Muñoz & Peña <Sede>",
        "#strong[Ana] $x$ Díaz",
        "Ｚoe ﬁn",
    ],
)
def test_el_nombre_sale_en_el_pdf_como_esta_escrito(nombre):
    legible = {"Ｚoe ﬁn": "Zoe fin"}.get(nombre, nombre)

    assert f"hace constar que {legible} participó" in texto(
        componer_constancia(una_constancia(nombre))
    )


def test_el_pdf_de_una_persona_dice_sesion_tipo_fecha_tiempo_y_codigo():
    sesion = una_sesion(
        "Rutas de permanencia",
        tipo=un_tipo("informativa", nombre="Informativa"),
        estado=Sesion.Estado.CERRADA,
        fecha=date(2020, 1, 23),
        fecha_fin=date(2020, 1, 25),
    )

    dice = texto(componer_constancia(una_constancia(sesion=sesion)))

    assert (
        "participó en la sesión Rutas de permanencia Tipo Informativa Fecha 23 al 25 de enero de "
        "2020 Tiempo de participación 1 hora y 30 minutos" in dice
    )
    assert "Código EVS-7K4M-9X3T-PDAF" in dice
    assert "127.0.0.1:8000/conectate/constancias" in dice.replace("/ ", "/")
    assert "Manizales" not in dice  # lo que el papel diga de más no se podría comprobar


def test_el_pdf_de_una_secretaria_la_nombra():
    constancia = una_constancia("Manizales", clave="", minutos=120.0)

    dice = texto(componer_constancia(constancia))

    assert "hace constar que la Secretaría de Educación de Manizales participó" in dice
    assert "Duración de la sesión 2 horas" in dice


def test_el_pdf_de_una_sesion_inventada_lo_dice():
    sesion = una_sesion(estado=Sesion.Estado.CERRADA, es_demostracion=True)

    assert "Demostración: la sesión y quienes aparecen son inventados." in texto(
        componer_constancia(una_constancia(sesion=sesion))
    )


def test_el_pdf_es_accesible_y_cabe_en_una_pagina_por_largo_que_sea_el_nombre():
    sesion = una_sesion("Título de la sesión " * 12, estado=Sesion.Estado.CERRADA)
    lector = PdfReader(
        io.BytesIO(componer_constancia(una_constancia("Nombre Larguísimo " * 13, sesion=sesion)))
    )

    raiz = lector.trailer["/Root"]
    assert len(lector.pages) == 1
    assert (raiz["/Lang"], raiz["/MarkInfo"]["/Marked"]) == ("es-CO", True)
    assert b"pdfuaid" in raiz["/Metadata"].get_data()
    assert lector.metadata.title == "Constancia EVS-7K4M-9X3T-PDAF"


@pytest.mark.parametrize(
    ("minutos", "palabras"),
    [
        (None, ""),
        (0.2, "Menos de un minuto"),
        (1, "1 minuto"),
        (59.6, "1 hora"),
        (61, "1 hora y 1 minuto"),
        (150, "2 horas y 30 minutos"),
    ],
)
def test_el_tiempo_se_dice_en_palabras(minutos, palabras):
    assert tiempo_en_palabras(minutos) == palabras


# ── El ZIP ────────────────────────────────────────────────────────────────────────────────────


def test_el_zip_de_una_sesion_trae_la_de_la_secretaria_las_de_su_gente_y_el_indice():
    manizales = una_entidad("Manizales", codigo_dane="17001")
    sesion = una_cerrada("Zoe Inventada", "=Ana Inventada", entidad=manizales)
    por = un_usuario(nombre="Quien Descarga")

    trabajo = hecho(pedir_constancias_de_sesion(sesion, por=por))

    codigos = {una.nombre: una.codigo for una in sesion.constancias.all()}
    assert list(partes_de(trabajo)) == [
        f"Secretarías/Manizales - {codigos['Manizales']}.pdf",
        f"Personas/=Ana Inventada - {codigos['=Ana Inventada']}.pdf",
        f"Personas/Zoe Inventada - {codigos['Zoe Inventada']}.pdf",
        "Índice.csv",
    ]
    assert [(f["Código"], f["A nombre de"], f["Entidad"]) for f in indice_de(trabajo)] == [
        (codigos["Manizales"], "Manizales", "Manizales"),
        (codigos["=Ana Inventada"], "'=Ana Inventada", "Manizales"),
        (codigos["Zoe Inventada"], "Zoe Inventada", "Manizales"),
    ]
    assert trabajo.mensaje == "El archivo trae 3 constancias y su índice."


def test_el_nombre_es_el_del_certificado_y_no_el_de_quien_descarga():
    manizales = una_entidad("Manizales")
    sesion = una_cerrada("Ana Inventada", entidad=manizales)
    por = un_usuario(Rol.SECRETARIO, entidad=manizales, nombre="Quien Descarga")

    trabajo = hecho(pedir_constancias_de_sesion(sesion, por=por))

    dicen = "".join(texto(pdf) for pdf in pdfs_de(trabajo).values())
    assert ("Ana Inventada" in dicen, "Quien Descarga" in dicen) == (True, False)


def test_una_secretaria_baja_solo_lo_suyo_y_el_ministerio_todo():
    manizales, huila = una_entidad("Manizales"), una_entidad("Huila")
    sesion = una_cerrada("Ana Inventada", entidad=manizales, audiencia="comunidad")
    una_participacion(sesion, huila, nombre="Beto Inventado")

    de_quien = {
        quien: sorted(
            fila["A nombre de"]
            for fila in indice_de(hecho(pedir_constancias_de_sesion(sesion, por=por)))
        )
        for quien, por in [
            ("huila", un_usuario(Rol.SECRETARIO, entidad=huila)),
            ("ministerio", un_usuario()),
        ]
    }

    assert de_quien == {
        "huila": ["Beto Inventado", "Huila"],
        "ministerio": ["Ana Inventada", "Beto Inventado", "Huila", "Manizales"],
    }


def test_el_zip_del_ano_va_por_sesiones_y_solo_de_ese_ano():
    manizales = una_entidad("Manizales")
    una_cerrada("Ana Inventada", entidad=manizales, titulo="Primera", fecha=date(2020, 2, 4))
    una_cerrada(entidad=manizales, titulo="Faltó", fecha=date(2020, 3, 4))
    otra = una_cerrada("Ana Inventada", entidad=manizales, titulo="Segunda", fecha=date(2020, 5, 4))
    una_cerrada("Ana Inventada", entidad=manizales, titulo="De 2021", fecha=date(2021, 2, 4))
    una_cerrada("Ana", entidad=manizales, titulo="Abierta", estado=Sesion.Estado.REALIZADA)
    por = un_usuario(Rol.SECRETARIO, entidad=manizales)

    trabajo = hecho(pedir_constancias_de_vigencia(manizales, 2020, por=por))

    assert {nombre.split("/")[0] for nombre in partes_de(trabajo)} == {
        "2020-02-04 Primera",
        "2020-05-04 Segunda",
        "Índice.csv",
    }
    assert otra.constancias.count() == 2


def test_quien_cambio_de_secretaria_deja_en_la_vieja_lo_de_entonces():
    vieja, nueva = una_entidad("Vieja"), una_entidad("Nueva")
    for entidad, mes in ((vieja, 2), (nueva, 4)):
        una_cerrada("Ana Inventada", entidad=entidad, fecha=date(2020, mes, 4))

    for entidad in (vieja, nueva):
        por = un_usuario(Rol.SECRETARIO, entidad=entidad)
        filas = indice_de(hecho(pedir_constancias_de_vigencia(entidad, 2020, por=por)))

        assert {fila["Entidad"] for fila in filas} == {entidad.nombre}


def test_las_revocadas_no_van_en_el_zip():
    manizales, por = una_entidad("Manizales"), un_usuario()
    sesion = una_cerrada("Ana Inventada", entidad=manizales)
    emitir_constancias(Alcance(Sesion.objects.all()), por=por)
    revocar_constancia(sesion.constancias.exclude(clave="").get(), motivo="No estuvo.", por=por)

    trabajo = hecho(pedir_constancias_de_sesion(sesion, por=por))

    assert [fila["A nombre de"] for fila in indice_de(trabajo)] == ["Manizales"]


def test_cuatrocientas_personas_en_un_zip(monkeypatch):
    monkeypatch.setattr(informes, "componer_constancia", lambda una: una.nombre.encode())
    manizales, por = una_entidad("Manizales"), un_usuario()
    consultas = []
    for cuantas in (1, 400):
        sesion = una_cerrada("Persona Modelo", entidad=manizales)
        modelo = Participacion.objects.get(sesion=sesion)
        Participacion.objects.bulk_create(
            [copia_de(modelo, n) for n in range(cuantas - 1)], batch_size=200
        )
        trabajo = pedir_constancias_de_sesion(sesion, por=por)
        with CaptureQueriesContext(connection) as hechas:
            ejecutar(trabajo.pk)
        # Insertar va por tandas, del tamaño que admita la base.
        consultas.append(sum(not una["sql"].startswith("INSERT") for una in hechas))
    trabajo.refresh_from_db()

    assert len(pdfs_de(trabajo)) == len(indice_de(trabajo)) == 401
    assert consultas[0] == consultas[1]


def copia_de(persona, numero):
    datos = {
        campo.attname: getattr(persona, campo.attname)
        for campo in Participacion._meta.concrete_fields
        if not campo.primary_key
    }
    return Participacion(**{**datos, "clave": f"n:{numero}", "nombre": f"Persona Número {numero}"})


# ── Quién se las lleva ────────────────────────────────────────────────────────────────────────


def test_llevarselas_queda_en_la_bitacora_como_lista_de_personas():
    manizales = una_entidad("Manizales")
    sesion = una_cerrada("Ana Inventada", entidad=manizales)

    hecho(pedir_constancias_de_sesion(sesion, por=un_usuario()))

    entrada = LogEntry.objects.get(additional_data__verbo="exportó una lista de personas")
    assert (entrada.object_pk, entrada.additional_data["detalle"]) == (
        str(sesion.pk),
        {"lista": "constancias", "personas": 1},
    )


@pytest.mark.parametrize(
    ("pasa", "dice"),
    [
        (lambda: Sesion.objects.update(estado="realizada"), "La sesión no está cerrada."),
        (lambda: Sesion.objects.update(estado="borrador"), "Ya no tiene permiso"),
        (lambda: Participacion.objects.all().delete(), "No hay constancias que entregar"),
    ],
)
def test_lo_que_cambie_entre_pedir_y_componer_se_dice(pasa, dice):
    manizales = una_entidad("Manizales")
    sesion = una_cerrada("Ana Inventada", entidad=manizales)
    por = un_usuario(Rol.SECRETARIO, entidad=manizales)
    trabajo = pedir_constancias_de_sesion(sesion, por=por)
    pasa()
    sesion.asistencias.all().delete()

    hecho(trabajo)

    assert (trabajo.estado, trabajo.mensaje.startswith(dice)) == ("fallido", True)
    assert not Constancia.objects.exists()


def test_quien_perdio_su_secretaria_no_recibe_las_del_ano():
    manizales, huila = una_entidad("Manizales"), una_entidad("Huila")
    una_cerrada("Ana Inventada", entidad=manizales)
    por = un_usuario(Rol.SECRETARIO, entidad=manizales)
    trabajo = pedir_constancias_de_vigencia(manizales, 2020, por=por)
    por.entidad = huila
    por.save()

    hecho(trabajo)

    assert trabajo.mensaje == "Ya no tiene permiso para bajar estas constancias."


def test_pedir_dos_veces_lo_mismo_es_un_solo_archivo():
    manizales, por = una_entidad("Manizales"), un_usuario()
    sesion = una_cerrada("Ana Inventada", entidad=manizales)

    pedidos = {pedir_constancias_de_sesion(sesion, por=por).pk for _ in range(2)}

    assert len(pedidos) == 1


def test_un_trabajador_que_muere_a_medias_no_emite_dos_veces(monkeypatch, settings):
    """Muere componiendo, cuando ya emitió: otro lo retoma y entrega las mismas."""
    settings.TRABAJOS_SEGUNDOS_SIN_SENAL = -1
    manizales = una_entidad("Manizales")
    sesion = una_cerrada("Ana Inventada", entidad=manizales)
    trabajo = pedir_constancias_de_sesion(sesion, por=un_usuario())
    with monkeypatch.context() as parche:
        parche.setattr(informes, "componer_constancia", morir)
        with pytest.raises(SystemExit):
            ejecutar(trabajo.pk)
    antes = set(sesion.constancias.values_list("codigo", flat=True))

    barrer()
    hecho(trabajo)

    assert len(antes) == 2
    assert {fila["Código"] for fila in indice_de(trabajo)} == antes


def morir(constancia):
    raise SystemExit


# ── La propia ─────────────────────────────────────────────────────────────────────────────────


def test_cada_quien_baja_la_suya_con_su_correo():
    manizales = una_entidad("Manizales")
    ana = un_usuario(Rol.EQUIPO_SECRETARIA, entidad=manizales, email="ana@ejemplo.test")
    sesion = una_cerrada("Beto Inventado", entidad=manizales)
    una_participacion(sesion, manizales, nombre="Ana Inventada", correo="ana@ejemplo.test")

    trabajo = hecho(pedir_mi_constancia(sesion, por=ana))

    (constancia,) = Constancia.objects.all()
    assert "hace constar que Ana Inventada participó" in texto(contenido(trabajo))
    assert trabajo.nombre_del_archivo == f"Ana Inventada - {constancia.codigo}.pdf"


@pytest.mark.parametrize(
    ("cuenta", "correo", "estado"),
    [
        (False, "ana@ejemplo.test", "cerrada"),
        (True, "otra@ejemplo.test", "cerrada"),
        (True, "ana@ejemplo.test", "realizada"),
    ],
)
def test_sin_una_participacion_propia_que_cuente_no_hay_constancia(cuenta, correo, estado):
    manizales = una_entidad("Manizales")
    ana = un_usuario(Rol.EQUIPO_SECRETARIA, entidad=manizales, email="ana@ejemplo.test")
    sesion = una_cerrada(entidad=manizales, estado=estado)
    una_participacion(sesion, manizales, correo=correo, cuenta=cuenta)

    trabajo = hecho(pedir_mi_constancia(sesion, por=ana))

    assert (trabajo.estado, Constancia.objects.count()) == ("fallido", 0)


def test_la_propia_si_se_revoco_no_se_baja():
    manizales = una_entidad("Manizales")
    ana = un_usuario(Rol.EQUIPO_SECRETARIA, entidad=manizales, email="ana@ejemplo.test")
    sesion = una_cerrada(entidad=manizales)
    una_participacion(sesion, manizales, correo="ana@ejemplo.test")
    hecho(pedir_mi_constancia(sesion, por=ana))
    revocar_constancia(Constancia.objects.get(), motivo="No estuvo.", por=un_usuario())

    trabajo = hecho(pedir_mi_constancia(sesion, por=ana))

    assert trabajo.mensaje.startswith("Su constancia de esa sesión se revocó.")
