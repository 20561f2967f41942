"""Zoom, caso por caso."""

from datetime import date, time

import pytest

from conectate.lectura import FormatoNoReconocido, SoloEncabezado, leer
from tests.conectate.lectura import fabrica_otras
from tests.conectate.lectura.fabrica_archivos import (
    ANA,
    CON_CORREO,
    DIA,
    GENTE,
    ORGANIZA,
    SALA,
    Alguien,
    como_csv,
    mda_de_zoom,
    resumen,
)

TITULOS_DE_LA_CUENTA = (
    "Topic,Meeting ID,User Name,User Email,Department,Group,Has Zoom Rooms?,Creation Time,"
    "Start Time,End Time,Duration (Minutes),Participants,Name (Original Name),User Email,"
    "Join Time,Leave Time,Duration (Minutes),Guest,Recording Consent"
)
CUENTA_ENTERA = TITULOS_DE_LA_CUENTA.split(",")


def cuenta_entera(gente=GENTE, reunion="900 0000 0001", dia=DIA):
    filas = []
    for alguien in gente:
        for desde, hasta in alguien.horas(dia):
            entra, sale = mda_de_zoom(desde), mda_de_zoom(hasta)
            filas.append(
                ["Reunión inventada", reunion, "Olga", "olga.otra@x.example", "", "", "No", entra]
                + [entra, sale, "999", "7", alguien.nombre, alguien.correo, entra, sale, "1"]
                + ["Yes", ""]
            )
    return filas


@pytest.mark.parametrize("epoca", fabrica_otras.ZOOM)
@pytest.mark.parametrize("con_datos", [True, False])
def test_los_participantes_se_leen_en_cada_epoca(epoca, con_datos):
    filas = fabrica_otras.participantes(epoca, con_datos=con_datos)

    lectura = leer(como_csv(filas), fecha=DIA)

    assert (lectura.formato, resumen(lectura)) == ("zoom_participantes", CON_CORREO)


def test_los_datos_de_la_reunion_se_toman_sin_contar_lineas():
    lectura = leer(como_csv(fabrica_otras.participantes("es_2024")), fecha=DIA)

    assert lectura.reunion.titulo == "Reunión inventada"
    assert lectura.reunion.identificador == "90000000001"
    assert lectura.datos_de_la_herramienta == {"Duración (minutos)": "60", "Participantes": "60"}


def test_el_identificador_puede_venir_solo_en_el_nombre_del_archivo():
    filas = fabrica_otras.participantes(con_datos=False)

    lectura = leer(como_csv(filas), nombre="participants_85712345678 (2).csv", fecha=DIA)

    assert lectura.reunion.identificador == "85712345678"


@pytest.mark.parametrize("epoca", ["es_2021", "es_2024", "en_2023", "pt"])
def test_esperar_en_la_sala_de_espera_no_es_asistir(epoca):
    espera = Alguien("Nunca Entró Inventada", "nunca.ejemplo@x.example", ANA.tramos)
    filas = fabrica_otras.participantes(epoca, espera=(espera, ANA))

    lectura = leer(como_csv(filas), fecha=DIA)

    assert resumen(lectura) == CON_CORREO
    assert [i.nombres for i in lectura.solo_espera] == [["Nunca Entró Inventada"]]


def test_los_tramos_solapados_se_unen_y_la_duracion_redondeada_no_se_usa():
    lectura = leer(como_csv(fabrica_otras.participantes(gente=(ANA,))), fecha=DIA)

    assert resumen(lectura) == {"c:ana.ejemplo@sempasto.example": ("persona", 60.5, 2)}


def test_el_parentesis_del_equipo_o_del_nombre_original_se_conserva():
    con_equipo = Alguien("Ana Ruiz (iPhone)", "", ANA.tramos)

    lectura = leer(como_csv(fabrica_otras.participantes(gente=(con_equipo,))), fecha=DIA)

    assert lectura.identidades[0].nombres == ["Ana Ruiz (iPhone)"]
    assert lectura.identidades[0].clave == "n:ana ruiz iphone"


def test_en_el_informe_de_la_cuenta_entera_el_correo_es_el_del_participante():
    lectura = leer(como_csv([CUENTA_ENTERA, *cuenta_entera()]), fecha=DIA)

    assert (lectura.formato, resumen(lectura)) == ("zoom_participantes", CON_CORREO)
    assert lectura.reunion.titulo == "Reunión inventada"


def test_de_la_cuenta_entera_se_toma_la_reunion_del_dia():
    otra = cuenta_entera(gente=(ANA,), reunion="900 0000 0009", dia=date(2026, 4, 14))

    lectura = leer(como_csv([CUENTA_ENTERA, *otra, *cuenta_entera()]), fecha=DIA)

    assert resumen(lectura) == CON_CORREO
    assert "varias_reuniones" in [aviso.codigo for aviso in lectura.avisos]


def test_la_lista_de_reuniones_de_una_cuenta_no_son_asistentes():
    filas = [CUENTA_ENTERA[:12], cuenta_entera()[0][:12]]

    with pytest.raises(FormatoNoReconocido):
        leer(como_csv(filas), fecha=DIA)


@pytest.mark.parametrize("idioma", fabrica_otras.UNICOS)
def test_los_usuarios_unicos_traen_solo_el_total(idioma):
    lectura = leer(como_csv(fabrica_otras.usuarios_unicos(idioma)), fecha=DIA)

    assert lectura.formato == "zoom_usuarios_unicos"
    assert resumen(lectura) == {c: (tipo, 30.0, 1) for c, (tipo, _, _) in CON_CORREO.items()}


def test_quien_cambio_de_nombre_en_usuarios_unicos_es_una_persona_por_su_correo():
    otra = Alguien("Ana con otro nombre", ANA.correo, ANA.tramos)

    lectura = leer(como_csv(fabrica_otras.usuarios_unicos(gente=(ANA, otra))), fecha=DIA)

    assert resumen(lectura) == {"c:ana.ejemplo@sempasto.example": ("persona", 60.0, 2)}
    assert lectura.identidades[0].nombres == [ANA.nombre, otra.nombre]


@pytest.mark.parametrize("idioma", fabrica_otras.SEMINARIO)
@pytest.mark.parametrize("relleno", [0, 16])
def test_el_seminario_se_lee_en_sus_cuatro_secciones(idioma, relleno):
    ausentes = [("Aura Ausente", "aura.ejemplo@x.example")]
    filas = fabrica_otras.seminario(idioma, ausentes=ausentes)

    lectura = leer(como_csv(filas, relleno=relleno), fecha=DIA)

    assert (lectura.formato, resumen(lectura)) == ("zoom_seminario", CON_CORREO)
    assert [(i.nombre, i.correo, i.declarado) for i in lectura.inscritos_ausentes] == [
        ("Aura Ausente", "aura.ejemplo@x.example", "SEM Pasto")
    ]


def test_la_inscripcion_solo_esta_en_la_primera_fila_de_cada_quien():
    lectura = leer(como_csv(fabrica_otras.seminario()), fecha=DIA)

    ana = next(i for i in lectura.identidades if ANA.correo in i.correos)
    assert (ana.declarado, ana.cargo, ana.conexiones) == (ANA.etc, ANA.cargo, 2)


def test_una_fila_sin_inscripcion_ni_correo_es_de_quien_va_justo_antes():
    filas = fabrica_otras.seminario()
    segunda = [fila for fila in filas if len(fila) > 12 and fila[1] == ANA.nombre][1]
    segunda[2:5] = ["", "", ""]

    assert resumen(leer(como_csv(filas), fecha=DIA)) == CON_CORREO


def test_si_nadie_paso_de_la_sala_de_espera_se_dice():
    filas = fabrica_otras.participantes(gente=(), espera=(ANA,))

    lectura = leer(como_csv(filas), fecha=DIA)

    assert (lectura.identidades, len(lectura.solo_espera)) == ([], 1)
    assert [aviso.codigo for aviso in lectura.avisos] == ["sin_asistentes"]


def test_quien_paso_a_panelista_es_una_sola_persona():
    antes = Alguien(ORGANIZA.nombre, ORGANIZA.correo, ((time(8, 40), time(8, 50)),))

    lectura = leer(como_csv(fabrica_otras.seminario(gente=(ORGANIZA, antes))), fecha=DIA)

    assert resumen(lectura) == {"c:olga.ejemplo@mineducacion.gov.co": ("persona", 115.0, 2)}
    assert lectura.identidades[0].rol == "organizador"


def test_un_tramo_imposible_se_descarta_y_si_es_lo_unico_no_es_cero():
    solo_imposible = Alguien("Eva Imposible", "eva.ejemplo@x.example", ANA.tramos[:1])
    filas = fabrica_otras.seminario(imposibles=(solo_imposible, ANA))

    lectura = leer(como_csv(filas), fecha=DIA)

    assert resumen(lectura) == {
        **CON_CORREO,
        "c:eva.ejemplo@x.example": ("persona", None, 1),
    }


@pytest.mark.parametrize("titulo", ["Puesto de trabajo", "Columna rara"])
@pytest.mark.parametrize("original", ["Hora de entrada", "Hora de salida"])
def test_una_hora_con_el_titulo_mal_traducido_se_halla_por_su_contenido(titulo, original):
    for filas in (fabrica_otras.seminario(), fabrica_otras.participantes()):
        traducidas = [[titulo if c == original else c for c in fila] for fila in filas]

        lectura = leer(como_csv(traducidas), fecha=DIA)

        assert resumen(lectura) == CON_CORREO


def test_las_dos_horas_mal_traducidas_se_distinguen_por_cual_va_antes():
    cambios = {"Hora de entrada": "Aaa", "Hora de salida": "Bbb"}
    filas = [[cambios.get(c, c) for c in fila] for fila in fabrica_otras.participantes()]

    lectura = leer(como_csv(filas), fecha=DIA)

    assert resumen(lectura) == CON_CORREO


def test_las_inscripciones_no_son_asistencia_y_sirven_de_padron():
    lectura = leer(como_csv(fabrica_otras.inscripciones()), fecha=DIA)

    assert (lectura.formato, lectura.identidades) == ("zoom_inscripciones", [])
    assert lectura.padron[1].declarado == ANA.etc
    assert [aviso.codigo for aviso in lectura.avisos] == ["no_es_asistencia"]


@pytest.mark.parametrize("invitado", ["Yes", "No", "Sí", ""])
def test_la_columna_de_invitado_dice_lo_que_quiera(invitado):
    filas = fabrica_otras.participantes()
    for fila in filas[4:]:
        fila[5] = invitado

    assert resumen(leer(como_csv(filas), fecha=DIA)) == CON_CORREO


def test_sin_correos_solo_los_nombres_reunen_las_conexiones():
    filas = fabrica_otras.participantes(gente=(ANA, SALA))
    for fila in filas[4:]:
        fila[1] = ""

    assert resumen(leer(como_csv(filas), fecha=DIA)) == {
        "n:sem pasto ana ficticia": ("persona", 60.5, 2),
        "n:sala de juntas sem chia": ("sala", 90.0, 1),
    }


def test_sin_salida_vale_la_duracion_y_sin_ella_el_tramo_queda_abierto():
    filas = fabrica_otras.participantes(gente=GENTE[:3])
    con_duracion, sin_nada = filas[5], filas[-1]
    con_duracion[3:5] = ["", "20"]
    sin_nada[3:5] = ["", ""]

    lectura = leer(como_csv(filas), fecha=DIA)

    ana, jose = lectura.identidades[1:]
    assert (ana.minutos, ana.tramo_abierto) == (60.5, False)
    assert (jose.minutos, jose.tramo_abierto) == (80.5, True)


def test_un_informe_con_solo_titulos_se_explica():
    with pytest.raises(SoloEncabezado) as error:
        leer(como_csv(fabrica_otras.participantes(gente=())), fecha=DIA)

    assert error.value.formato == "zoom_participantes"
