"""Las piezas pequeñas: duraciones, nombres, correos, quién no es una persona, unión de tramos."""

from datetime import datetime

import pytest

from conectate.lectura import Identidad, minutos_de
from conectate.lectura import correos as correo
from conectate.lectura.duraciones import segundos
from conectate.lectura.identidades import Identidades
from conectate.lectura.nombres import palabras, separar
from conectate.lectura.preguntas import concepto_de


def tramo(desde, hasta):
    return datetime.fromisoformat(f"2026-03-05 {desde}"), datetime.fromisoformat(
        f"2026-03-05 {hasta}"
    )


@pytest.mark.parametrize(
    ("texto", "esperado"),
    [
        ("3h 23m 20s", 12_200),
        ("3h", 10_800),
        ("1h 7s", 3_607),
        ("1h 54m", 6_840),
        ("6m 15s", 375),
        ("1 h 2 min 3 s", 3_723),
        ("1\u00a0h 2\u00a0min", 3_720),
        ("3s", 3),
        ("2 godz. 19 min 19 s", 8_359),
        ("1 hora 5 minutos", 3_900),
        ("2 horas y 3 minutos", 7_380),
        ("58 min", 3_480),
        ("1 hr 2 min", 3_720),
        ("45 seg", 45),
        ("01:02:03", 3_723),
        ("--", None),
        ("", None),
        ("-9", None),
        ("75", None),
        ("0:35", None),
        ("mucho", None),
        ("3 peras", None),
    ],
)
def test_las_duraciones_se_leen_y_lo_desconocido_no_es_cero(texto, esperado):
    assert segundos(texto) == esperado


@pytest.mark.parametrize(("texto", "esperado"), [("75", 4_500), ("1,5", 90), ("-9", None)])
def test_un_numero_solo_son_minutos_si_la_columna_lo_dice(texto, esperado):
    assert segundos(texto, en_minutos=True) == esperado


@pytest.mark.parametrize(
    ("nombre", "escrito", "quitado"),
    [
        ("Ana Ruiz (Invitado)", "Ana Ruiz", ["Invitado"]),
        ("Ana Ruiz (Guest)", "Ana Ruiz", ["Guest"]),
        ("Ana Ruiz (No comprobado)", "Ana Ruiz", ["No comprobado"]),
        ("Ana Ruiz (Unverified)", "Ana Ruiz", ["Unverified"]),
        ("Ana Ruiz (External) (Guest)", "Ana Ruiz", ["Guest", "External"]),
        ("Ana Ruiz (Externo) ", "Ana Ruiz", ["Externo"]),
        ("Ana Ruiz (Externo, Invitado)", "Ana Ruiz", ["Externo, Invitado"]),
        ("Ana Ruiz(Guest)", "Ana Ruiz", ["Guest"]),
        ("[SEM Pasto] Ana Ruiz (Externo)", "Ana Ruiz", ["Externo", "SEM Pasto"]),
        ("Juan Rey (Cauca) (Externo)", "Juan Rey (Cauca)", ["Externo"]),
        ("Juan Rey (Cauca)", "Juan Rey (Cauca)", []),
        ("[SEM Pasto]", "[SEM Pasto]", []),
        ("", "", []),
    ],
)
def test_del_nombre_se_quita_solo_lo_que_puso_la_herramienta_y_se_anota(nombre, escrito, quitado):
    assert separar(nombre) == (escrito, tuple(quitado))


def test_las_palabras_en_otro_orden_se_reconocen_para_sugerir():
    assert palabras("ROJAS PÉREZ, ANA (Externo)") == palabras("Ana Rojas Perez")


@pytest.mark.parametrize(
    ("texto", "esperado"),
    [
        (" ANA@Sem.Example ", "ana@sem.example"),
        ("ana @sem.example", "ana@sem.example"),
        ("mailto:ana@sem.example", "ana@sem.example"),
        ("Ana <ana@sem.example>", "ana@sem.example"),
        ("ana@sem.example; otra@sem.example", "ana@sem.example"),
        ("anonymous", ""),
        ("N/A", ""),
        ("ana_sem.example#EXT#@inquilino.example", ""),
        ("ana@sem", ""),
    ],
)
def test_los_correos_se_escriben_siempre_igual(texto, esperado):
    assert correo.limpio(texto) == esperado


@pytest.mark.parametrize(
    ("direccion", "general"),
    [
        ("educacion@sem.example", True),
        ("despacho@sem.example", True),
        ("calidad@sem.example", True),
        ("calidad.educativa@sem.example", True),
        ("secretariadeeducacion@sem.example", True),
        ("cobertura2@sem.example", True),
        ("sem.pasto@sem.example", True),
        ("info@sem.example", True),
        ("contactenos@sem.example", True),
        ("ana.ruiz@sem.example", False),
        ("sergio.se@sem.example", False),
        ("semira.ruiz@sem.example", False),
        ("infante@sem.example", False),
        ("constanza@sem.example", False),
    ],
)
def test_los_buzones_generales_no_identifican_a_nadie(direccion, general):
    assert correo.es_buzon_general(direccion) is general


@pytest.mark.parametrize(
    ("nombre", "tipo"),
    [
        ("Ana Ruiz", "persona"),
        ("Ana Salas", "persona"),
        ("Salomé Aula", "persona"),
        ("Sala de juntas SEM Chía (Externo)", "sala"),
        ("SEM Chía - Sala de juntas", "sala"),
        ("Auditorio Gobernación", "sala"),
        ("Conference Room 2", "sala"),
        ("12025550101", "telefono"),
        (" 12025550101 (No comprobado)", "telefono"),
        ("+57 (300) 555-0101", "telefono"),
        ("1202***0101", "telefono"),
        ("+57 3•• ••• ••21", "telefono"),
        ("1,20255E+10", "telefono"),
        ("Call-In User_1", "telefono"),
        ("read.ai meeting notes (No comprobado)", "bot"),
        ("Fireflies.ai Notetaker Ana", "bot"),
        ("Ana's Otter.ai", "bot"),
        ("tl;dv Recorder", "bot"),
        ("Fathom Notetaker", "bot"),
        ("MeetGeek", "bot"),
        ("Notetaker de Ana", "bot"),
        ("Grabador SEM", "bot"),
        ("X Æ A-12", "persona"),
        ("Iphone de Ana", "persona"),
    ],
)
def test_se_sabe_quien_no_es_una_persona(nombre, tipo):
    assert Identidades()(nombre).tipo == tipo


@pytest.mark.parametrize(
    ("filas", "claves"),
    [
        ([("Ana", "ana@x.example"), ("Anita", "ANA@x.example ")], ["c:ana@x.example"]),
        ([("Ana Niño", ""), ("ANA NINO (Invitado)", "")], ["n:ana nino"]),
        ([("Ana", "ana@x.example"), ("Ana", "")], ["c:ana@x.example", "n:ana"]),
        ([("Ana", "a1@x.example"), ("Ana", "a2@x.example")], ["c:a1@x.example", "c:a2@x.example"]),
        (
            [("Ana Rojas Pérez", ""), ("ROJAS PÉREZ ANA", "")],
            ["n:ana rojas perez", "n:rojas perez ana"],
        ),
        (
            [("Ana", "calidad@x.example"), ("Beto", "calidad@x.example")],
            ["c:calidad@x.example|n:ana", "c:calidad@x.example|n:beto"],
        ),
        ([("", "calidad@x.example")], ["c:calidad@x.example"]),
        ([("3005550101", ""), ("+300 555-0101", "")], ["tel:3005550101"]),
        ([("3005550101", ""), ("3005550102", "")], ["tel:3005550101", "tel:3005550102"]),
        ([("3005550101", "ana@x.example")], ["c:ana@x.example"]),
        ([("", ""), ("  ", "no es un correo")], []),
        ([("...", ""), ("🙂", "")], ["n:...", "n:🙂"]),
    ],
)
def test_quien_es_la_misma_identidad(filas, claves):
    identidades = Identidades()

    for nombre, direccion in filas:
        identidades(nombre, direccion)

    assert [identidad.clave for identidad in identidades] == claves


def test_un_nombre_larguisimo_da_una_clave_que_cabe_y_no_choca():
    identidades = Identidades()

    claves = {identidades("A" * 5000 + final).clave for final in ("x", "y")}

    assert len(claves) == 2
    assert max(map(len, claves)) < 400


@pytest.mark.parametrize(
    ("tramos", "minutos"),
    [
        ([tramo("09:00", "09:30")], 30.0),
        ([tramo("09:00", "09:30"), tramo("09:20", "10:00")], 60.0),
        ([tramo("09:20", "10:00"), tramo("09:00", "09:30"), tramo("09:05", "09:10")], 60.0),
        ([tramo("09:00", "09:30"), tramo("09:30", "10:00")], 60.0),
        ([tramo("09:00", "09:10"), tramo("09:50", "10:00")], 20.0),
        ([], 0.0),
    ],
)
def test_los_minutos_son_la_union_de_los_tramos(tramos, minutos):
    assert minutos_de(tramos) == minutos


def test_los_minutos_se_recortan_a_la_franja_oficial():
    ana = Identidad("n:ana", tramos=[tramo("08:30", "09:30"), tramo("09:50", "11:00")])
    inicio, fin = tramo("09:00", "10:00")

    assert ana.minutos == 130.0
    assert ana.minutos_entre(inicio, fin) == 40.0


def test_un_total_declarado_no_se_recorta():
    ana = Identidad("n:ana", minutos_declarados=45.04)

    assert (ana.minutos, ana.minutos_entre(*tramo("09:00", "09:10"))) == (45.0, 45.0)


def test_dos_llamadas_a_la_vez_con_el_mismo_numero_oculto_son_dos_telefonos():
    identidades = Identidades()
    oculto = identidades("1202***0101")
    oculto.tramos = [tramo("09:00", "09:30"), tramo("09:10", "09:40"), tramo("09:35", "09:50")]

    identidades.separar_mascaras()

    assert [(i.clave, i.minutos, i.conexiones) for i in identidades] == [
        ("tel:1202***0101", 45.0, 2),
        ("tel:1202***0101#2", 30.0, 1),
    ]


@pytest.mark.parametrize(
    ("pregunta", "concepto"),
    [
        ("Número de documento", None),
        ("Autorizo el tratamiento de mis datos personales", None),
        ("Autorizo recibir información en mi correo", None),
        ("Teléfono de la Secretaría", None),
        ("¿Qué tema le gustaría tratar con su secretaría?", None),
        ("Edad", None),
        ("Correo de contacto", "correo"),
        ("Cargo en la Secretaría de Educación", "cargo"),
        ("Cargo o rol (jefe, líder…)", "cargo"),
        ("Nombre del establecimiento", None),
    ],
)
def test_de_las_preguntas_libres_solo_interesan_cuatro(pregunta, concepto):
    hallado = concepto_de(pregunta)

    assert (hallado and hallado[0]) == concepto
