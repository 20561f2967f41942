"""Formularios: presencia declarada, con la secretaría que cada quien escribió."""

import pytest

from conectate.lectura import SoloEncabezado, leer
from tests.conectate.lectura import fabrica_otras
from tests.conectate.lectura.fabrica_archivos import (
    ANA,
    CON_CORREO,
    DIA,
    GENTE,
    JOSE,
    Alguien,
    amd,
    como_csv,
    como_xlsx,
    dma_24_horas,
    fecha_amd,
    resumen,
)

SIN_MINUTOS = {clave: (tipo, None, 1) for clave, (tipo, _, _) in CON_CORREO.items()}


def de_google(momento):
    return f"{momento:%Y/%m/%d} {momento.hour}:{momento:%M:%S} a. m. GMT-5"


def respuestas(titulos, *filas):
    completas = [[f"5/03/2026 9:0{n}:00", *fila] for n, fila in enumerate(filas)]
    return como_csv([["Marca temporal", *titulos], *completas])


@pytest.mark.parametrize("fecha", [dma_24_horas, de_google])
@pytest.mark.parametrize("comillas_en_todo", [True, False])
def test_el_de_google_se_lee_como_hoja_y_como_descarga(fecha, comillas_en_todo):
    datos = como_csv(
        fabrica_otras.formulario_google(fecha=fecha),
        codificacion="utf-8",
        comillas_en_todo=comillas_en_todo,
    )

    lectura = leer(datos, fecha=DIA)

    assert (lectura.formato, resumen(lectura)) == ("formulario_google", SIN_MINUTOS)
    assert (lectura.identidades[1].declarado, lectura.identidades[1].cargo) == (ANA.etc, ANA.cargo)
    assert lectura.dias == [DIA]


@pytest.mark.parametrize("anonimo", [True, False])
def test_el_de_microsoft_usa_el_correo_preguntado_si_no_hay_sesion(anonimo):
    filas = fabrica_otras.formulario_microsoft(anonimo=anonimo)

    lectura = leer(como_csv(filas), fecha=DIA)

    assert (lectura.formato, resumen(lectura)) == ("formulario_microsoft", SIN_MINUTOS)
    assert [i.declarado for i in lectura.identidades[1:3]] == [ANA.etc, JOSE.etc]
    assert lectura.identidades[1].nombres == [ANA.nombre]


def test_el_de_microsoft_como_libro_con_fechas_de_excel():
    filas = fabrica_otras.formulario_microsoft(fecha=amd)

    lectura = leer(como_xlsx(filas, leer_fecha=fecha_amd), fecha=DIA)

    assert (lectura.formato, resumen(lectura)) == ("formulario_microsoft", SIN_MINUTOS)
    assert (lectura.dias, lectura.avisos) == ([DIA], [])


def test_el_de_microsoft_en_ingles():
    filas = [
        ["ID", "Start time", "Completion time", "Email", "Name", "Last modified time", "Job title"],
        ["1", "3/5/2026 9:00:00", "3/5/2026 9:01:00", ANA.correo, ANA.nombre, "", "Analista"],
    ]

    lectura = leer(como_csv(filas), fecha=DIA)

    assert lectura.formato == "formulario_microsoft"
    assert (lectura.identidades[0].clave, lectura.identidades[0].cargo) == (
        f"c:{ANA.correo}",
        "Analista",
    )


def test_las_respuestas_repetidas_son_una_persona_y_vale_lo_ultimo_que_escribio():
    primera = Alguien(ANA.nombre, ANA.correo.upper(), ANA.tramos, etc="Nariño")

    lectura = leer(como_csv(fabrica_otras.formulario_google((primera, ANA))), fecha=DIA)

    (ana,) = lectura.identidades
    assert (ana.conexiones, ana.declarados) == (2, ["Nariño", ANA.etc])
    assert ana.declarado == ANA.etc


def test_dos_personas_comparten_un_buzon_general():
    uno = Alguien("Ana Ficticia", "despacho@sem.example", ANA.tramos)
    otro = Alguien("Beto Ficticio", "DESPACHO@sem.example", ANA.tramos)

    lectura = leer(como_csv(fabrica_otras.formulario_google((uno, otro))), fecha=DIA)

    assert list(resumen(lectura)) == [
        "c:despacho@sem.example|n:ana ficticia",
        "c:despacho@sem.example|n:beto ficticio",
    ]


def test_lo_que_no_hace_falta_no_se_guarda():
    for filas in (fabrica_otras.formulario_google(), fabrica_otras.formulario_microsoft()):
        lectura = leer(como_csv(filas), fecha=DIA)

        guardado = repr(lectura)

        assert "9990000001" not in guardado
        assert "3000000000" not in guardado
        assert "autorizo" not in guardado.lower()
        assert "calendario" not in guardado


@pytest.mark.parametrize(
    "pregunta",
    [
        "Secretaría de Educación",
        "¿A qué Secretaría de Educación pertenece?",
        "Nombre de la Secretaría de Educación",
        "Entidad Territorial Certificada (ETC)",
        "ETC",
        "Entidad",
        "Seleccione la entidad territorial\na la que pertenece *",
        "Secretaría de educación certificada",
    ],
)
def test_la_secretaria_se_reconoce_como_la_pregunten(pregunta):
    datos = respuestas(
        ["Nombre completo", "¿Qué espera de su secretaría? (temas)", pregunta, "Cargo"],
        ["Ana Ficticia", "Mucho", "SEM Pasto", "Líder"],
    )

    (ana,) = leer(datos, fecha=DIA).identidades

    assert (ana.nombres, ana.declarado, ana.cargo) == (["Ana Ficticia"], "SEM Pasto", "Líder")


@pytest.mark.parametrize(
    "pregunta",
    [
        "Nombre completo",
        "Nombres y apellidos",
        "NOMBRES Y APELLIDOS COMPLETOS",
        "Escriba su nombre",
        "Nombre del participante",
        "Nombre completo del funcionario de la Secretaría de Educación",
        "Nombre",
    ],
)
def test_el_nombre_se_reconoce_como_lo_pregunten(pregunta):
    datos = respuestas(
        ["Correo electrónico institucional", pregunta], ["ana.ejemplo@x.example", "Ana Ficticia"]
    )

    (ana,) = leer(datos, fecha=DIA).identidades

    assert (ana.nombres, ana.correos) == (["Ana Ficticia"], ["ana.ejemplo@x.example"])


def test_nombres_y_apellidos_en_preguntas_aparte_se_juntan():
    datos = respuestas(
        ["Primer nombre", "Segundo nombre", "Primer apellido", "Segundo apellido", "Correo"],
        ["Ana", "", "Ficticia", "Ruiz", "ana.ejemplo@x.example"],
    )

    assert leer(datos, fecha=DIA).identidades[0].nombres == ["Ana Ficticia Ruiz"]


def test_los_correos_con_espacios_y_mayusculas_son_el_mismo():
    datos = respuestas(
        ["Nombre completo", "Correo institucional"],
        ["Ana Ficticia", " ANA.ejemplo @X.example"],
        ["Ana Ficticia", "ana.ejemplo@x.example "],
    )

    assert resumen(leer(datos, fecha=DIA)) == {"c:ana.ejemplo@x.example": ("persona", None, 2)}


def test_el_buzon_recogido_cede_ante_el_correo_propio_que_se_escribio():
    datos = respuestas(
        ["Dirección de correo electrónico", "Nombre completo", "Correo personal"],
        ["educacion@sem.example", "Ana Ficticia", "ana.ejemplo@x.example"],
    )

    (ana,) = leer(datos, fecha=DIA).identidades

    assert ana.clave == "c:ana.ejemplo@x.example"
    assert sorted(ana.correos) == ["ana.ejemplo@x.example", "educacion@sem.example"]


def test_la_columna_nombre_de_usuario_de_google_puede_ser_el_correo():
    datos = respuestas(
        ["Nombre de usuario", "Nombre completo"], ["ana.ejemplo@x.example", "Ana Ficticia"]
    )

    (ana,) = leer(datos, fecha=DIA).identidades

    assert (ana.clave, ana.nombres) == ("c:ana.ejemplo@x.example", ["Ana Ficticia"])


def test_el_correo_de_otra_persona_no_es_suyo():
    datos = respuestas(
        ["Nombre completo", "Correo del jefe inmediato", "Correo institucional"],
        ["Ana Ficticia", "jefe.ejemplo@x.example", "ana.ejemplo@x.example"],
    )

    assert leer(datos, fecha=DIA).identidades[0].correos == ["ana.ejemplo@x.example"]


def test_un_formulario_sin_respuestas_se_explica():
    with pytest.raises(SoloEncabezado):
        leer(como_csv(fabrica_otras.formulario_google(gente=())), fecha=DIA)


def test_las_respuestas_de_otro_dia_se_avisan():
    lectura = leer(como_csv(fabrica_otras.formulario_google(GENTE)), fecha=DIA.replace(month=9))

    assert [aviso.codigo for aviso in lectura.avisos] == ["fecha_ambigua", "fecha_distinta"]
