"""Teams, caso por caso."""

from datetime import datetime, time

import pytest

from conectate.lectura import SoloEncabezado, leer
from tests.conectate.lectura import fabrica_teams
from tests.conectate.lectura.fabrica_archivos import (
    ANA,
    CON_CORREO,
    DIA,
    GENTE,
    ORGANIZA,
    SIN_CORREOS,
    Alguien,
    como_csv,
    como_teams,
    dma_24_horas,
    en_utc,
    mda_corta,
    resumen,
)


def lista(*eventos):
    filas = [["Full Name", "User Action", "Timestamp"]]
    filas += [[nombre, accion, f"11/14/2025, {hora} AM"] for nombre, accion, hora in eventos]
    return como_teams(filas)


@pytest.mark.parametrize("idioma", fabrica_teams.LISTA)
def test_la_lista_de_eventos_se_lee_en_cada_idioma(idioma):
    lectura = leer(como_teams(fabrica_teams.lista(idioma), fin="\n"), fecha=DIA)

    assert (lectura.formato, resumen(lectura)) == ("teams_lista", SIN_CORREOS)


@pytest.mark.parametrize(
    "accion", ["Se unió antes", "Joined before", "Unido antes", "Entrou antes"]
)
def test_unirse_antes_es_una_entrada_a_esa_hora(accion):
    lectura = leer(lista(("Ana", accion, "9:00:00"), ("Ana", "Left", "9:30:00")))

    assert resumen(lectura) == {"n:ana": ("persona", 30.0, 1)}


def test_quien_no_salio_seguia_hasta_la_ultima_hora_del_archivo():
    lectura = leer(
        lista(
            ("Ana", "Joined", "9:00:00"), ("Beto", "Joined", "9:10:00"), ("Beto", "Left", "9:40:00")
        )
    )

    ana, beto = lectura.identidades
    assert (ana.minutos, ana.tramo_abierto) == (40.0, True)
    assert (beto.minutos, beto.tramo_abierto) == (30.0, False)
    assert [aviso.codigo for aviso in lectura.avisos] == ["tramos_abiertos"]


@pytest.mark.parametrize("orden", [1, -1])
def test_los_eventos_se_ordenan_aunque_vengan_del_mas_reciente_al_mas_antiguo(orden):
    eventos = [
        ("Ana", "Joined", "9:00:00"),
        ("Beto", "Joined", "9:05:00"),
        ("Ana", "Left", "9:10:00"),
        ("Ana", "Joined", "9:10:00"),
        ("Beto", "Left", "9:15:00"),
        ("Ana", "Left", "9:30:00"),
    ]

    lectura = leer(lista(*eventos[::orden]))

    assert resumen(lectura) == {"n:ana": ("persona", 30.0, 2), "n:beto": ("persona", 10.0, 1)}


def test_dos_unidos_seguidos_son_dos_equipos_y_no_suman_dos_veces():
    lectura = leer(
        lista(
            ("Ana", "Joined", "9:00:00"),
            ("Ana", "Joined", "9:10:00"),
            ("Ana", "Left", "9:20:00"),
            ("Ana", "Left", "9:30:00"),
        )
    )

    assert resumen(lectura) == {"n:ana": ("persona", 30.0, 2)}


def test_una_salida_sin_entrada_es_asistencia_con_tiempo_desconocido():
    lectura = leer(lista(("Ana", "Left", "9:20:00"), ("Beto", "Joined", "9:00:00")))

    assert resumen(lectura)["n:ana"] == ("persona", None, 1)


def test_una_lista_con_solo_la_cabecera_se_explica():
    with pytest.raises(SoloEncabezado) as error:
        leer(como_teams(fabrica_teams.lista(gente=())))

    assert error.value.formato == "teams_lista"
    assert "No se creó nada" in error.value.mensaje


def test_una_lista_sin_salto_al_final_conserva_la_ultima_fila():
    datos = como_teams(fabrica_teams.lista(), fin="\n")

    assert resumen(leer(datos.removesuffix(b"\n\x00"), fecha=DIA)) == SIN_CORREOS


@pytest.mark.parametrize("idioma", fabrica_teams.INFORME_2021)
def test_el_informe_de_2021_se_lee_por_tramos(idioma):
    lectura = leer(como_teams(fabrica_teams.informe_2021(idioma), fin="\n"), fecha=DIA)

    assert (lectura.formato, resumen(lectura)) == ("teams_informe_2021", CON_CORREO)
    assert lectura.reunion.titulo == "Reunión inventada"
    assert lectura.reunion.identificador == "id-inventado"


def test_el_upn_de_un_externo_solo_sugiere_su_dominio():
    invitada = Alguien("Eva Invitada (Externo)", "eva_x@sempasto.example", ANA.tramos)
    filas = fabrica_teams.informe_2021(gente=(ORGANIZA, invitada))
    for fila in filas:
        if fila and fila[0] == invitada.nombre:
            fila[4] = ""

    lectura = leer(como_teams(filas), fecha=DIA)

    eva = lectura.identidades[1]
    assert (eva.clave, eva.correos, eva.dominio_sugerido) == (
        "n:eva invitada",
        [],
        "sempasto.example",
    )


@pytest.mark.parametrize("idioma", fabrica_teams.INFORME)
@pytest.mark.parametrize("interacciones", [True, False])
def test_el_informe_por_secciones_se_lee_en_cualquier_idioma(idioma, interacciones):
    filas = fabrica_teams.informe(idioma, con_interacciones=interacciones)

    lectura = leer(como_teams(filas), fecha=DIA)

    assert (lectura.formato, resumen(lectura)) == ("teams_informe", CON_CORREO)


@pytest.mark.parametrize("numero", ["2", "3"])
def test_una_seccion_con_las_horas_mal_traducidas_se_lee_por_su_contenido(numero):
    raros = {
        "Primera entrada": "Llegada inicial",
        "Última salida": "Ausencia final",
        "Hora de unión": "Hora de incorporación",
        "Hora de salida": "Hora de retirada",
    }
    filas = fabrica_teams.informe()
    titulos = filas.index(fabrica_teams.INFORME["es"][f"columnas_{numero}"])
    filas[titulos] = [raros.get(titulo, titulo) for titulo in filas[titulos]]

    lectura = leer(como_teams(filas), fecha=DIA)

    assert (lectura.formato, resumen(lectura)) == ("teams_informe", CON_CORREO)
    assert lectura.identidades[0].rol == "organizador"


@pytest.mark.parametrize("sin_comprobar", [0, 3, 6])
def test_el_resumen_crece_y_mengua_sin_estorbar(sin_comprobar):
    filas = fabrica_teams.informe(sin_comprobar=sin_comprobar)

    lectura = leer(como_teams(filas), fecha=DIA)

    assert resumen(lectura) == CON_CORREO
    assert lectura.reunion.titulo == "Conéctate: reunión inventada"
    assert lectura.reunion.inicio == datetime(2026, 3, 5, 8, 50)
    assert lectura.reunion.fin == datetime(2026, 3, 5, 10, 35)


def test_los_totales_que_declara_teams_se_muestran_y_no_se_exigen():
    lectura = leer(como_teams(fabrica_teams.informe(sin_comprobar=0)), fecha=DIA)

    assert lectura.datos_de_la_herramienta == {
        "Participantes asistentes": "99",
        "Duración de la reunión": "1 h 45 min",
        "Tiempo medio de asistencia": "3s",
    }


@pytest.mark.parametrize("idioma", fabrica_teams.INFORME)
def test_sin_la_seccion_de_actividades_valen_los_totales(idioma):
    filas = fabrica_teams.informe(idioma, con_actividades=False)

    lectura = leer(como_teams(filas), fecha=DIA)

    assert {clave: minutos for clave, (_, minutos, _) in resumen(lectura).items()} == {
        clave: minutos for clave, (_, minutos, _) in CON_CORREO.items()
    }


def test_los_totales_de_filas_repetidas_no_pasan_de_lo_que_cabe():
    """Un no comprobado que reconecta trae a veces el mismo tramo repetido."""
    repetida = Alguien("Eva (No comprobado)", "", ANA.tramos)
    filas = fabrica_teams.informe(gente=(ORGANIZA, repetida), con_actividades=False)
    filas += [filas[-1]] * 3

    lectura = leer(como_teams(filas), fecha=DIA)

    assert resumen(lectura)["n:eva"] == ("persona", 60.5, 5)


def test_quien_solo_esta_en_la_seccion_de_participantes_no_se_pierde():
    filas = fabrica_teams.informe()
    tres = filas.index(["3. Actividades en la reunión"])
    filas = filas[: tres + 2] + [f for f in filas[tres + 2 :] if f[0] != ANA.nombre]

    lectura = leer(como_teams(filas), fecha=DIA)

    assert resumen(lectura)["c:ana.ejemplo@sempasto.example"] == ("persona", 60.5, 1)
    assert len(lectura.identidades) == len(CON_CORREO)


def test_la_cabecera_en_utc_se_pasa_a_la_hora_de_bogota():
    filas = fabrica_teams.informe("en", en_utc(mda_corta))
    for fila in filas:
        fila[:] = [
            f"{c} (UTC)" if c in ("First Join", "Last Leave", "Join Time", "Leave Time") else c
            for c in fila
        ]

    lectura = leer(como_teams(filas), fecha=DIA)

    assert resumen(lectura) == CON_CORREO
    assert lectura.identidades[0].primera_entrada == datetime(2026, 3, 5, 8, 50)
    assert lectura.avisos == []


def test_las_horas_de_la_reunion_tambien_pueden_venir_en_utc():
    filas = fabrica_teams.informe("en")
    filas = [
        ["Start time (UTC)", "3/5/26, 1:50:00 PM"] if f[0:1] == ["Start time"] else f for f in filas
    ]

    lectura = leer(como_teams(filas), fecha=DIA)

    assert lectura.reunion.inicio == datetime(2026, 3, 5, 8, 50)


def test_las_columnas_de_interaccion_y_las_filas_cortas_no_estorban():
    filas = fabrica_teams.informe("en")
    for fila in filas:
        if fila[:2] == ["Name", "First Join"]:
            fila += ["Engagement: Reaction - Like", "Engagement: Camera On"]

    lectura = leer(como_teams(filas), fecha=DIA)

    assert resumen(lectura) == CON_CORREO


def test_las_comillas_y_los_codigos_de_pagina_en_un_nombre_son_texto():
    rara = Alguien('Ana "Nana" <b>=1+1</b>', "ana.ejemplo@x.example", ANA.tramos)

    lectura = leer(como_teams(fabrica_teams.informe(gente=(ORGANIZA, rara))), fecha=DIA)

    assert lectura.identidades[1].nombres == ['Ana "Nana" <b>=1+1</b>']


def test_el_telefono_con_espacio_y_etiqueta_no_se_funde_con_otro():
    uno = Alguien(" 15550100123 (Unverified)", "", ANA.tramos)
    otro = Alguien(" 15550100124 (Unverified)", "", ANA.tramos)

    lectura = leer(como_teams(fabrica_teams.informe("en", gente=(ORGANIZA, uno, otro))), fecha=DIA)

    assert list(resumen(lectura).items())[1:] == [
        ("tel:15550100123", ("telefono", 60.5, 2)),
        ("tel:15550100124", ("telefono", 60.5, 2)),
    ]
    assert lectura.identidades[1].nombres == [" 15550100123 (Unverified)"]


def test_manda_el_correo_y_no_el_upn():
    filas = fabrica_teams.informe()
    for fila in filas:
        if len(fila) == 7 and fila[0] == ANA.nombre:
            fila[5] = "otra.cuenta@matriz.example"

    lectura = leer(como_teams(filas), fecha=DIA)

    assert resumen(lectura) == CON_CORREO


def test_el_organizador_queda_anotado():
    lectura = leer(como_teams(fabrica_teams.informe()), fecha=DIA)

    assert [i.rol for i in lectura.identidades[:2]] == ["organizador", "moderador"]


def test_con_inscripcion_identifica_el_correo_con_que_se_inscribio():
    ausentes = [("Aura Ausente", "aura.ejemplo@x.example"), ("Beto Ausente", "beto@x.example")]

    lectura = leer(como_teams(fabrica_teams.seminario(ausentes=ausentes)), fecha=DIA)

    assert (lectura.formato, resumen(lectura)) == ("teams_seminario", CON_CORREO)
    assert [(i.nombre, i.correo) for i in lectura.inscritos_ausentes] == ausentes


@pytest.mark.parametrize(
    "titulo",
    ["Registration Email", "Correo electrónico de inscripción", "Dirección de correo de registro"],
)
def test_el_correo_de_inscripcion_se_reconoce_aunque_cambie_la_traduccion(titulo):
    filas = fabrica_teams.seminario()
    traducidas = [[titulo if c == "Registration Email" else c for c in fila] for fila in filas]

    lectura = leer(como_teams(traducidas), fecha=DIA)

    assert (lectura.formato, resumen(lectura)) == ("teams_seminario", CON_CORREO)


def test_con_inscripcion_la_cuenta_y_el_correo_de_inscripcion_son_la_misma_persona():
    filas = fabrica_teams.seminario()
    for fila in filas:
        if fila and fila[0] == ANA.nombre:
            fila[4] = "ana.cuenta@otra.example"

    lectura = leer(como_teams(filas), fecha=DIA)

    assert resumen(lectura) == CON_CORREO


def test_el_evento_en_vivo_viene_en_utc():
    lectura = leer(como_csv(fabrica_teams.evento_en_vivo()), fecha=DIA)

    assert (lectura.formato, resumen(lectura)) == ("teams_evento_en_vivo", CON_CORREO)
    assert lectura.identidades[0].primera_entrada == datetime(2026, 3, 5, 8, 50)


def test_el_evento_en_vivo_sin_nombre_ni_correo_cuenta_a_cada_quien():
    filas = fabrica_teams.evento_en_vivo(gente=(ORGANIZA, ANA))
    for fila in filas[1:]:
        fila[1], fila[2] = f"guid-{fila[0]}", ""

    lectura = leer(como_csv(filas), fecha=DIA)

    assert resumen(lectura) == {
        "s:guid-s0": ("persona", 105.0, 1),
        "s:guid-s1": ("persona", 60.5, 2),
    }


def test_una_descarga_durante_la_reunion_en_2025_se_lee_igual():
    def minuscula(momento):
        return mda_corta(momento).replace("AM", "am").replace("PM", "pm")

    lectura = leer(como_teams(fabrica_teams.lista("en", minuscula)), fecha=DIA)

    assert resumen(lectura) == SIN_CORREOS


def test_cruzar_la_medianoche_no_invierte_los_tramos():
    nocturna = Alguien("Eva", "eva.ejemplo@x.example", ((time(9), time(10)),))
    filas = fabrica_teams.informe(gente=(ORGANIZA, nocturna))
    for fila in filas:
        if len(fila) == 6 and fila[0] == "Eva":
            fila[1:3] = ["3/5/26, 11:30:00 PM", "3/6/26, 12:15:00 AM"]

    lectura = leer(como_teams(filas), fecha=DIA)

    assert resumen(lectura)["c:eva.ejemplo@x.example"] == ("persona", 45.0, 1)


def test_titulos_en_espanol_con_fechas_de_otro_orden():
    lectura = leer(como_teams(fabrica_teams.informe("es", dma_24_horas)), fecha=DIA)

    assert (lectura.orden_de_fechas, resumen(lectura)) == ("dma", CON_CORREO)


def test_dos_informes_pegados_uno_tras_otro_se_unen():
    filas = [*fabrica_teams.informe(gente=GENTE[:3]), [], *fabrica_teams.informe(gente=GENTE[3:])]

    lectura = leer(como_teams(filas), fecha=DIA)

    assert resumen(lectura) == CON_CORREO


def test_otra_tabla_pegada_en_el_mismo_archivo_se_avisa():
    filas = [
        *fabrica_teams.lista("en"),
        [],
        ["Marca temporal", "Correo"],
        ["5/3/2026 9:00:00", "x"],
    ]

    lectura = leer(como_csv(filas), fecha=DIA)

    assert resumen(lectura) == SIN_CORREOS
    assert [aviso.codigo for aviso in lectura.avisos] == ["filas_de_otra_tabla"]
