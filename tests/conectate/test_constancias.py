"""Emitir, revocar y componer constancias."""

import threading

import pytest
from auditlog.models import LogEntry
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from conectate.acciones.constancias import emitir_constancias, revocar_constancia, volver_a_emitir
from conectate.consultas.certificado import NombresDeCertificado
from conectate.consultas.constancias import Alcance, lo_que_dirian_hoy
from conectate.models import Participacion, Sesion
from tests.fabricas import un_usuario, una_entidad, una_participacion, una_sesion
from trabajos.codigos import SIGNOS, codigo_limpio, nuevo_codigo

pytestmark = pytest.mark.django_db

CERRADA = Sesion.Estado.CERRADA


def una_cerrada(*nombres, entidad=None, **datos):
    """Una sesión cerrada con esas personas, todas de la misma entidad."""
    entidad = entidad or una_entidad("Manizales")
    sesion = una_sesion(convocadas=[entidad], **{"estado": CERRADA, **datos})
    for nombre in nombres:
        una_participacion(sesion, entidad, nombre=nombre)
    return sesion


def de(*sesiones, **mas):
    return Alcance(Sesion.objects.filter(pk__in=[sesion.pk for sesion in sesiones]), **mas)


def emitidas(sesion):
    return sorted(sesion.constancias.values_list("nombre", flat=True))


def contando():
    return CaptureQueriesContext(connection)


# ── Emitir ────────────────────────────────────────────────────────────────────────────────────


def test_se_emite_a_la_entidad_presente_y_a_quien_estuvo_el_minimo():
    sesion = una_cerrada("Ana Inventada")
    manizales = sesion.convocadas.get()
    una_participacion(sesion, manizales, nombre="Poco Rato", minutos=2.0, cuenta=False)
    una_participacion(sesion, manizales, nombre="Sala de juntas", tipo="sala")
    una_participacion(sesion, nombre="Sin Entidad")
    una_participacion(sesion, ajena="Universidad", nombre="De Fuera")

    emitir_constancias(de(sesion), por=un_usuario())

    assert list(sesion.constancias.order_by("nombre").values_list("nombre", "minutos")) == [
        ("Ana Inventada", 60.0),
        ("Manizales", 120.0),
    ]


def test_emitir_otra_vez_no_duplica():
    sesion, por = una_cerrada("Ana Inventada"), un_usuario()

    veces = [emitir_constancias(de(sesion), por=por) for _ in range(2)]

    assert (veces, sesion.constancias.count()) == ([2, 0], 2)


@pytest.mark.parametrize("estado", ["convocada", "realizada", "cancelada"])
def test_de_una_sesion_que_no_esta_cerrada_no_se_emite_nada(estado):
    sesion = una_cerrada("Ana Inventada", estado=estado)

    assert emitir_constancias(de(sesion), por=un_usuario()) == 0


def test_una_persona_que_no_cuenta_ya_no_recibe_aunque_antes_contara():
    sesion = una_cerrada("Ana Inventada", "Beto Inventado")
    Participacion.objects.filter(nombre="Beto Inventado").update(cuenta=False)

    emitir_constancias(de(sesion), por=un_usuario())

    assert emitidas(sesion) == ["Ana Inventada", "Manizales"]


def test_emitir_queda_en_la_bitacora_sin_nombres():
    sesion, por = una_cerrada("Ana Inventada"), un_usuario()

    emitir_constancias(de(sesion), por=por)

    entrada = LogEntry.objects.get(additional_data__verbo="emitió constancias")
    assert (entrada.actor, entrada.object_pk, entrada.additional_data["detalle"]) == (
        por,
        str(sesion.pk),
        {"constancias": 2, "sesiones": [sesion.pk]},
    )


def test_emitir_hace_las_mismas_consultas_con_una_persona_que_con_tres():
    manizales, por = una_entidad("Manizales"), un_usuario()
    consultas = []
    for nombres in (["Ana Una"], ["Ana Una", "Beto Dos", "Caro Tres"]):
        sesion = una_cerrada(*nombres, entidad=manizales)
        with contando() as hechas:
            emitir_constancias(de(sesion), por=por)
        consultas.append(len(hechas))

    assert consultas[0] == consultas[1]


@pytest.mark.django_db(transaction=True)
def test_dos_que_emiten_a_la_vez_no_duplican():
    sesion, por = una_cerrada("Ana Inventada", "Beto Inventado"), un_usuario()
    salida, fallos = threading.Barrier(2), []

    def emitir():
        try:
            salida.wait(10)
            emitir_constancias(de(sesion), por=por)
        except Exception as error:
            fallos.append(error)
        finally:
            connection.close()

    hilos = [threading.Thread(target=emitir) for _ in range(2)]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join()

    assert (fallos, emitidas(sesion)) == ([], ["Ana Inventada", "Beto Inventado", "Manizales"])


# ── El código ─────────────────────────────────────────────────────────────────────────────────


def test_el_codigo_se_reconoce_como_se_escriba():
    codigo = nuevo_codigo()
    signos = codigo.replace("-", "").removeprefix("EVS")

    escritos = [codigo, codigo.lower(), signos, f" {codigo.replace('-', ' ')} "]

    assert {codigo_limpio(escrito) for escrito in escritos} == {codigo}


def test_una_letra_cambiada_o_dos_trocadas_no_dan_otro_codigo():
    codigo = nuevo_codigo()
    signos = list(codigo.replace("-", "").removeprefix("EVS"))

    cambiados = [
        "".join([*signos[:i], otro, *signos[i + 1 :]])
        for i in range(len(signos))
        for otro in SIGNOS
        if otro != signos[i]
    ]
    trocados = [
        "".join([*signos[:i], signos[i + 1], signos[i], *signos[i + 2 :]])
        for i in range(len(signos) - 1)
        if signos[i] != signos[i + 1]
    ]

    assert {codigo_limpio(escrito) for escrito in cambiados + trocados} == {""}


def test_el_codigo_no_lleva_signos_que_se_confundan():
    assert set(SIGNOS) & set("0OQ1IL2Z5S8BU") == set()


# ── El nombre ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("escrito", "certificado"),
    [
        ("Persona Inventada 012", "Persona Inventada 012"),
        ("SEM Neiva - Persona Inventada 012", "Persona Inventada 012"),
        ("Persona Inventada - SEM Neiva", "Persona Inventada"),
        ("Persona Inventada (SEM Neiva)", "Persona Inventada"),
        ("Secretaría de Educación de Neiva | Persona Inventada", "Persona Inventada"),
        ("SEM-NEIVA - Persona Inventada", "Persona Inventada"),
        ("SEM Neiva - Persona Ñáñez-Díaz", "Persona Ñáñez-Díaz"),
        ("Persona Inventada (Invitado)", "Persona Inventada"),
        ("[SEM Neiva] Persona Inventada (Externo)", "Persona Inventada"),
        # Lo que no se puede separar sin inventar queda como vino.
        ("SEM Neiva Persona Inventada", "SEM Neiva Persona Inventada"),
        ("SEM Pasto - Persona Inventada", "SEM Pasto - Persona Inventada"),
        ("SEM Neiva - Cobertura", "SEM Neiva - Cobertura"),
        ("SEM Neiva", "SEM Neiva"),
        ("Neiva - Persona Inventada", "Neiva - Persona Inventada"),
        ("María Soledad Bolívar", "María Soledad Bolívar"),
    ],
)
def test_el_nombre_pierde_lo_que_no_es_suyo_y_nada_mas(escrito, certificado, territorio):
    sesion = una_sesion()

    assert NombresDeCertificado().de(escrito, "41001", sesion.fecha) == certificado


@pytest.fixture
def territorio():
    call_command("cargar_territorio", verbosity=0)


# ── Revocar y volver a emitir ─────────────────────────────────────────────────────────────────


def la_de(sesion, nombre):
    return sesion.constancias.get(nombre=nombre, revocada_en=None)


def test_lo_revocado_no_revive_por_pedir_otra_descarga():
    sesion, por = una_cerrada("Ana Inventada"), un_usuario()
    emitir_constancias(de(sesion), por=por)
    revocar_constancia(la_de(sesion, "Ana Inventada"), motivo="No estuvo.", por=por)

    emitir_constancias(de(sesion), por=por)

    assert [una.nombre for una in de(sesion).vigentes()] == ["Manizales"]


def test_revocar_pide_motivo_y_no_se_hace_dos_veces():
    sesion, por = una_cerrada("Ana Inventada"), un_usuario()
    emitir_constancias(de(sesion), por=por)
    constancia = la_de(sesion, "Ana Inventada")

    codigos = []
    for motivo in (" ", "No estuvo.", "Otra vez."):
        try:
            revocar_constancia(constancia, motivo=motivo, por=por)
        except ValidationError as error:
            codigos.append(error.code)

    assert (codigos, constancia.motivo) == (["sin_motivo", "ya_revocada"], "No estuvo.")


def test_el_motivo_no_va_a_la_bitacora():
    sesion, por = una_cerrada("Ana Inventada"), un_usuario()
    emitir_constancias(de(sesion), por=por)

    revocar_constancia(la_de(sesion, "Ana Inventada"), motivo="Ana no estuvo.", por=por)

    entrada = LogEntry.objects.get(additional_data__verbo="revocó una constancia")
    assert "Ana" not in f"{entrada.additional_data}{entrada.changes}{entrada.object_repr}"


def test_un_nombre_que_cambio_se_emite_de_nuevo_solo_si_alguien_lo_pide():
    sesion, por = una_cerrada("Ana Inventda"), un_usuario()
    emitir_constancias(de(sesion), por=por)
    Participacion.objects.update(nombre="Ana Inventada")
    emitir_constancias(de(sesion), por=por)
    vieja = la_de(sesion, "Ana Inventda")

    nueva = volver_a_emitir(vieja, motivo="Faltaba una letra.", por=por)

    assert (nueva.nombre, nueva.vale, vieja.vale, nueva.codigo == vieja.codigo) == (
        "Ana Inventada",
        True,
        False,
        False,
    )


def test_una_constancia_de_entidad_tambien_se_vuelve_a_emitir():
    sesion, por = una_cerrada("Ana Inventada"), un_usuario()
    emitir_constancias(de(sesion), por=por)
    vieja = la_de(sesion, "Manizales")
    revocar_constancia(vieja, motivo="Por error.", por=por)

    nueva = volver_a_emitir(vieja, motivo="La revocación fue un error.", por=por)

    assert (nueva.nombre, nueva.minutos, nueva.es_de_persona) == ("Manizales", 120.0, False)


@pytest.mark.parametrize(
    ("pasa", "codigo"),
    [
        (lambda s: Sesion.objects.update(estado="realizada"), "sesion_abierta"),
        (lambda s: Participacion.objects.update(cuenta=False), "ya_no_cumple"),
        (lambda s: Participacion.objects.update(entidad=una_entidad()), "ya_no_cumple"),
    ],
)
def test_no_se_vuelve_a_emitir_lo_que_hoy_no_corresponde(pasa, codigo):
    sesion, por = una_cerrada("Ana Inventada"), un_usuario()
    emitir_constancias(de(sesion), por=por)
    pasa(sesion)

    with pytest.raises(ValidationError) as error:
        volver_a_emitir(la_de(sesion, "Ana Inventada"), motivo="Cambió.", por=por)

    assert (error.value.code, sesion.constancias.count()) == (codigo, 2)


def test_quien_paso_a_otra_secretaria_al_revisar_recibe_la_suya_cuando_se_revoca_la_anterior():
    sesion, por = una_cerrada("Ana Inventada"), un_usuario()
    emitir_constancias(de(sesion), por=por)
    cali = una_entidad("Cali")
    Participacion.objects.update(entidad=cali)
    vieja = la_de(sesion, "Ana Inventada")

    con_la_vieja = de(sesion, entidad=cali).personas_sin_constancia().count()
    revocar_constancia(vieja, motivo="Era de otra secretaría.", por=por)
    emitir_constancias(de(sesion), por=por)

    nueva = sesion.constancias.get(nombre="Ana Inventada", revocada_en=None)
    assert (con_la_vieja, nueva.entidad) == (0, cali)


def test_de_una_revocada_que_ya_tiene_reemplazo_no_sale_otra():
    sesion, por = una_cerrada("Ana Inventada"), un_usuario()
    emitir_constancias(de(sesion), por=por)
    vieja = la_de(sesion, "Ana Inventada")
    volver_a_emitir(vieja, motivo="Cambió.", por=por)

    with pytest.raises(ValidationError) as error:
        volver_a_emitir(vieja, motivo="Otra vez.", por=por)

    assert error.value.code == "ya_tiene_otra"


def test_lo_que_dirian_hoy_hace_las_mismas_consultas_con_una_persona_que_con_tres():
    sesion, por = una_cerrada("Ana Una", "Beto Dos", "Caro Tres"), un_usuario()
    emitir_constancias(de(sesion), por=por)
    todas = list(de(sesion).emitidas())

    consultas = []
    for cuantas in (2, 4):
        with contando() as hechas:
            lo_que_dirian_hoy(todas[:cuantas])
        consultas.append(len(hechas))

    assert consultas[0] == consultas[1]
