"""De varios archivos a una sola lista de personas. Sin base de datos."""

from conectate.acciones.union import (
    Archivo,
    Pareja,
    minutos_juntos,
    palabras_de,
    parejas_posibles,
    segundos_de_la_union,
    unir,
)
from conectate.models import Registro

HORA = 3600


def alguien(clave, nombre="Ana Ruiz", *, tramos=(), minutos=None, tipo="persona", **datos):
    correo = clave.removeprefix("c:") if clave.startswith("c:") else ""
    tramos = [list(tramo) for tramo in tramos]
    if tramos and minutos is None:
        minutos = segundos_de_la_union(tramos) / 60
    return Registro(
        clave,
        tipo,
        [nombre],
        [correo] if correo else [],
        datos.get("declarados", []),
        datos.get("cargo", ""),
        tramos,
        tramos[0][0] if tramos else None,
        minutos,
        len(tramos) or 1,
        datos.get("dominio_sugerido", ""),
    )


def test_la_union_de_tramos_no_suma_lo_que_se_cruza():
    tramos = [[9 * HORA, 10 * HORA], [9 * HORA + 1800, 10 * HORA + 1800], [11 * HORA, 12 * HORA]]

    assert segundos_de_la_union(tramos) == 2.5 * HORA


def test_la_misma_persona_en_dos_archivos_es_una_con_sus_minutos_unidos():
    una = alguien("c:ana@x.co", tramos=[(9 * HORA, 10 * HORA)])
    otra = alguien("c:ana@x.co", "ANA RUIZ", tramos=[(9 * HORA + 1800, 11 * HORA)], cargo="Líder")

    [persona] = unir([Archivo("a", [una]), Archivo("b", [otra])], {})

    assert (persona.minutos, persona.conexiones) == (120.0, 2)
    assert (persona.nombres, persona.cargo) == (["Ana Ruiz", "ANA RUIZ"], "Líder")


def test_dos_totales_de_reuniones_distintas_se_suman():
    partes = [
        ("mañana", alguien("c:a@x.co", minutos=40)),
        ("tarde", alguien("c:a@x.co", minutos=30)),
    ]

    assert minutos_juntos(partes) == 70


def test_dos_totales_de_la_misma_reunion_no_se_suman():
    partes = [
        ("misma", alguien("c:a@x.co", minutos=40)),
        ("misma", alguien("c:a@x.co", minutos=55)),
    ]

    assert minutos_juntos(partes) == 55


def test_un_formulario_no_cambia_los_minutos_y_solo_formularios_no_los_tienen():
    con_tramos = ("teams", alguien("c:a@x.co", tramos=[(9 * HORA, 10 * HORA)]))
    declarada = ("formulario", alguien("c:a@x.co"))

    assert minutos_juntos([con_tramos, declarada]) == 60
    assert minutos_juntos([declarada]) is None


def test_lo_que_escribio_en_cada_archivo_se_conserva():
    una = alguien("c:a@x.co", declarados=["Neiva", "SEM Neiva"])
    otra = alguien("c:a@x.co", declarados=["Cali"])

    [persona] = unir([Archivo("a", [una]), Archivo("b", [otra])], {})

    assert persona.declarados == ["SEM Neiva", "Cali"]


def test_quien_alguien_confirmo_que_es_la_misma_se_une_a_su_correo():
    con_correo = alguien("c:ana@x.co", tramos=[(9 * HORA, 10 * HORA)])
    sin_correo = alguien("n:ana ruiz", tramos=[(10 * HORA, 11 * HORA)])

    [persona] = unir([Archivo("a", [sin_correo, con_correo])], {"n:ana ruiz": "c:ana@x.co"})

    assert (persona.clave, persona.minutos) == ("c:ana@x.co", 120)
    assert (persona.correos, persona.otras_claves) == (["ana@x.co"], ("n:ana ruiz",))


def test_nadie_toma_la_identidad_de_quien_ya_no_esta_en_ningun_archivo():
    sin_correo = alguien("n:ana ruiz", tramos=[(10 * HORA, 11 * HORA)])

    [persona] = unir([Archivo("a", [sin_correo])], {"n:ana ruiz": "c:ana@x.co"})

    assert (persona.clave, persona.correos) == ("n:ana ruiz", [])


def test_un_telefono_oculto_no_se_funde_con_el_de_otro_archivo():
    oculto = alguien("tel:57300***12", "57300***12", tipo="telefono", minutos=5)
    completo = alguien("tel:573001234567", "573001234567", tipo="telefono", minutos=5)

    personas = unir([Archivo("a", [oculto, completo]), Archivo("b", [oculto, completo])], {})

    assert sorted(p.clave for p in personas) == [
        "tel:57300***12",
        "tel:57300***12@1",
        "tel:573001234567",
    ]


def test_con_correo_y_sin_el_y_mismo_nombre_se_propone_unirlas():
    archivo = Archivo("a", [alguien("c:ana@x.co"), alguien("n:ana ruiz", "RUIZ ANA (Externo)")])

    assert parejas_posibles([archivo]) == [Pareja("n:ana ruiz", "c:ana@x.co")]


def test_las_mismas_palabras_en_otro_orden_tambien_se_proponen():
    archivo = Archivo("a", [alguien("n:ana ruiz"), alguien("n:ruiz ana", "Ruiz, Ana")])

    assert parejas_posibles([archivo]) == [Pareja("n:ruiz ana", "n:ana ruiz")]


def test_dos_correos_con_el_mismo_nombre_son_dos_personas():
    archivo = Archivo("a", [alguien("c:ana@x.co"), alguien("c:ana@y.co")])

    assert parejas_posibles([archivo]) == []


def test_ni_los_telefonos_ni_un_solo_nombre_se_proponen():
    archivo = Archivo(
        "a",
        [
            alguien("tel:300 1", "300 1", tipo="telefono"),
            alguien("tel:1 300", "1 300", tipo="telefono"),
            alguien("n:ana", "Ana"),
            alguien("c:ana@x.co", "Ana"),
        ],
    )

    assert parejas_posibles([archivo]) == []


def test_las_palabras_de_un_nombre_no_dependen_de_como_se_escriba():
    assert palabras_de("ROJAS PÉREZ, Ana (Invitado)") == palabras_de("Ana Rojas Perez")
