"""Lo que dice el nombre con que alguien entra a la reunión. Nunca por parecido con un apellido."""

import pytest


def resolver(catalogo, visible):
    resolucion = catalogo.resolver(visible=visible)
    return resolucion.decision, resolucion.codigo or resolucion.sugerencias


@pytest.mark.parametrize(
    ("visible", "codigo"),
    [
        ("SEM Pasto - Ana Ruiz", "52001"),
        ("Ana Ruiz - SEM Pasto", "52001"),
        ("Ana Ruiz – SED Sucre", "70"),
        ("Ana Ruiz (SEM Pasto)", "52001"),
        ("[SEM Pasto] Ana Ruiz", "52001"),
        ("SEM Pasto | Ana Ruiz", "52001"),
        ("SEM Pasto: Ana Ruiz", "52001"),
        ("Sec. Educ. Municipal de Pasto / Ana Ruiz", "52001"),
        ("Esperanza Ruiz_Sec. Educación Santander", "68"),
        ("SED-ANTIOQUIA - Ana Ruiz", "05"),
        ("Ana Ruiz_SEM-Pasto", "52001"),
        ("SEMPasto - Ana Ruiz", "52001"),
        ("S.E.D. Nariño - Ana Ruiz", "52"),
        ("SE Tunja - Ana Ruiz", "15001"),
        ("ETC Neiva - Ana Ruiz", "41001"),
        ("Pasto SEM - Ana Ruiz", "52001"),
        ("Gobernación del Valle_Ana Ruiz", "76"),
        ("Alcaldía de Bello - Ana Ruiz", "05088"),
        ("Secretaría de Educación del Cesar - Ana Ruiz", "20"),
        ("SEM Santa Marta - Ana Ruiz (Galaxy A32)", "47001"),
        ("iPhone de Ana (SEM Neiva)", "41001"),
        # La persona se llama como otra entidad y no importa
        ("SED Norte de Santander - Armenia Bolívar", "54"),
        ("Bolívar Duque - SEM Armenia", "63001"),
        ("SEM Soledad - Ana Ruiz (iPhone)", "08758"),
    ],
)
def test_una_marca_separada_del_nombre_asigna(catalogo, visible, codigo):
    assert resolver(catalogo, visible) == ("automatica", codigo)
    assert catalogo.resolver(visible=visible).evidencia == "nombre_visible"


@pytest.mark.parametrize(
    ("visible", "sugerencias"),
    [
        # Sin separación del nombre
        ("Sala de juntas SEM Chía", ("25175",)),
        ("Ana Ruiz SEM Pasto", ("52001",)),
        ("SEM PASTO ANA RUIZ", ("52001",)),
        ("SED Valle del Cauca Ana Ruiz", ("76",)),
        ("Ana Ruiz SE Tunja", ("15001",)),
        ("Ana Ruiz de la Alcaldía de Bello", ("05088",)),
        ("SED-ANTIOQUIA Ana Ruiz", ("05",)),
        ("SEM - Pasto - Ana Ruiz", ("52001",)),
        # Podría ser el nombre de la persona
        ("SEM Soledad", ("08758",)),
        ("SEM - Bello", ("05088",)),
        ("SEM Soledad (iPhone)", ("08758",)),
        ("S. E. Neiva", ("41001",)),
        # El lugar, solo, entre paréntesis
        ("Ana Ruiz (Nariño)", ("52", "05", "25")),
        ("Ana Ruiz (Pasto, Nariño)", ("52001",)),
        ("[Pasto] Ana Ruiz", ("52001",)),
        # Lo que tampoco bastaría escrito
        ("SEM Honda - Ana Ruiz", ("73",)),
        ("SEM Caldas - Ana Ruiz", ("05", "15", "17")),
        ("SEM Caldas - Antioquia - Ana Ruiz", ("05", "15", "17")),
        ("SED Nariño - Pasto - Ana Ruiz", ("52", "52001", "05")),
        ("SED Pasto - Ana Ruiz", ("52001", "52")),
        ("SEM Sogamsoo - Ana Ruiz", ("15759",)),
    ],
)
def test_sin_separacion_clara_o_con_dudas_solo_se_sugiere(catalogo, visible, sugerencias):
    assert resolver(catalogo, visible) == ("sugerencia", sugerencias)


@pytest.mark.parametrize(
    ("visible", "sugerencias"),
    [
        ("Ana Ruiz - SEM Neiva - SEM Pasto", ("41001", "52001")),
        ("SEM Pasto - Ana Ruiz (SEM Neiva)", ("52001", "41001")),
        ("SEM Neiva - Ana Ruiz SEM Pasto", ("41001", "52001")),
        ("SEM Neiva SEM Pasto - Ana Ruiz", ("41001", "52001")),
        ("Gobernación del Huila - SEM Neiva - Ana Ruiz", ("41", "41001")),
        ("SEM Pasto - SED Nariño - SEM Neiva - Ana Ruiz", ("52001", "52", "05")),
        ("SED-ANTIOQUIA - SED-CAUCA - Ana Ruiz", ("05", "19")),
        ("SED-ANTIOQUIA - SEM Pasto - Ana Ruiz", ("52001", "05")),
        ("SEM Neiva - SEM Pastoo - Ana Ruiz", ("41001", "52001")),
        # Un nombre que el separador pudo partir
        ("SED Santander - Norte", ("68", "54")),
        ("Ana Ruiz - SED Santander - Norte", ("68", "54")),
        ("SEM Cartagena - del Chairá - Ana Ruiz", ("13001", "18")),
    ],
)
def test_dos_marcas_distintas_se_sugieren_y_no_gana_la_primera(catalogo, visible, sugerencias):
    assert resolver(catalogo, visible) == ("sugerencia", sugerencias)


@pytest.mark.parametrize(
    "visible",
    ["SEM Pasto - Ana Ruiz - SEM Pasto", "Alcaldía de Pasto - SEM-Pasto - Ana Ruiz"],
)
def test_la_misma_marca_dos_veces_asigna(catalogo, visible):
    assert resolver(catalogo, visible) == ("automatica", "52001")


@pytest.mark.parametrize(
    "visible",
    [
        "Armenia Bolívar Duque",
        "Julio César Caldas",
        "César Córdoba Girón",
        "Soledad Bello",
        "FLORENCIA CALDAS (Externo)",
        "Florencia Caldas (No comprobado)",
        "Armenia Bolívar (Armenia)",
        "Ana Pérez-Córdoba",
        "MARÍA CÓRDOBA (Usuario)",
        "Dora Nariño (Galaxy A32)",
        "Ana Santander de Valle",
        "Secretaria de Educación Soledad Bello",
        "Secretaria de Educación - Soledad Bello",
        "Secretaría Armenia Bolívar",
        "SEM - Florencia Caldas",
        "SEM Girón Pérez",
        "SEM-Soledad Pérez",
        "Ana Ruiz (SED)",
        "Ana Ruiz - Nariño",
        "Sem Ana",
        "Ana",
        "12025550101",
        "",
        "()",
        "-",
    ],
)
def test_el_nombre_de_una_persona_no_dice_de_donde_es(catalogo, visible):
    assert resolver(catalogo, visible) == ("cola", ())
