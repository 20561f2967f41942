"""Correo, texto y nombre visible a la vez: quién manda y cuándo se pide que alguien mire."""

import pytest

PERSONAL = "ana.ejemplo@gmail.com"


@pytest.mark.parametrize(
    ("correo", "declarado", "visible", "codigo", "evidencia"),
    [
        ("ana@sempasto.gov.co", "PASTO", "SEM Pasto - Ana", "52001", "dominio"),
        ("ana@sempasto.gov.co", "No aplica", "Ana Ruiz", "52001", "dominio"),
        ("ana@sempasto.gov.co", "IE San José", "", "52001", "dominio"),
        ("ana@cali.gov.co", "Coordinación de calidad", "", "76001", "dominio"),
        # El dominio aclara una errata, un municipio de los suyos o un lugar entre paréntesis
        ("ana@valledelcauca.gov.co", "SED valle lel cauca", "", "76", "dominio"),
        ("ana@soacha-cundinamarca.gov.co", "Socha", "", "25754", "dominio"),
        ("ana@sedtolima.gov.co", "Honda - Tolima", "", "73", "dominio"),
        ("ana@sedtolima.gov.co", "", "Ana (Honda)", "73", "dominio"),
        ("ana@sedcartagena.gov.co", "Cartag", "", "13001", "dominio"),
        # Sin dominio conocido, el texto; sin texto, la marca del nombre
        ("ana@santamarta.gov.co", "SED Santa Marta", "", "47001", "texto_variante"),
        (PERSONAL, "Pasto", "SEM Pasto - Ana", "52001", "texto_exacto"),
        (PERSONAL, "N/A", "SEM Pasto - Ana", "52001", "nombre_visible"),
        (PERSONAL, "Pasot", "SEM Pasto - Ana", "52001", "nombre_visible"),
        ("ana@bello.gov.co", "-", "SEM Bello - Ana", "05088", "nombre_visible"),
    ],
)
def test_lo_mas_fuerte_asigna_si_lo_demas_no_lo_contradice(
    catalogo, correo, declarado, visible, codigo, evidencia
):
    resolucion = catalogo.resolver(correo=correo, declarado=declarado, visible=visible)

    assert (resolucion.decision, resolucion.codigo) == ("automatica", codigo)
    assert resolucion.evidencia == evidencia


@pytest.mark.parametrize(
    ("correo", "declarado", "visible", "sugerencias"),
    [
        ("ana@facatativa-cundinamarca.gov.co", "Santander", "", ("25269", "68")),
        ("ana@facatativa-cundinamarca.gov.co", "Cundinamarca", "", ("25269", "25")),
        ("ana@santander.gov.co", "Norte de Santander", "", ("68", "54")),
        ("ana@bolivar.gov.co", "Bolívar - Cauca", "", ("13", "19", "68")),
        ("ana@bolivar.gov.co", "Cartagena", "", ("13", "13001")),
        ("ana@sanandres.gov.co", "San Andrés de Tumaco", "", ("88", "52835")),
        ("ana@semibague.gov.co", "Honda - Tolima", "", ("73001", "73")),
        ("ana@cali.gov.co", "", "SEM Pasto - Ana", ("76001", "52001")),
        ("ana@sednarino.gov.co", "", "Ana (Pasto)", ("52", "52001")),
        # La errata se lee claramente como otra
        ("ana@cali.gov.co", "Sinelejo", "", ("76001", "70001")),
        ("ana@sedcauca.gov.co", "SED valle lel cauca", "", ("19", "76")),
        # Dominio que no se conoce, pero se parece a otra
        ("ana@nortedesantander.gov.co", "Santander", "", ("54", "68")),
        ("ana@girardot-cundinamarca.gov.co", "Cundinamarca", "", ("25307", "25")),
        ("ana@bello.gov.co", "", "SEM Pasto - Ana", ("05088", "52001")),
        (PERSONAL, "Nariño", "SEM Pasto - Ana", ("52", "52001", "05")),
        # El Ministerio y una secretaría a la vez
        ("ana@mineducacion.gov.co", "Cali", "", ("76001",)),
        ("ana@cali.gov.co", "MEN", "", ("76001",)),
        ("ana@antioquia.gov.co", "Universidad de Antioquia", "", ("05",)),
    ],
)
def test_lo_que_se_contradice_va_a_revision_con_todo_a_la_vista(
    catalogo, correo, declarado, visible, sugerencias
):
    resolucion = catalogo.resolver(correo=correo, declarado=declarado, visible=visible)

    assert (resolucion.decision, resolucion.evidencia) == ("revision", "conflicto")
    assert resolucion.codigo is None
    assert resolucion.sugerencias == sugerencias


def test_dos_indicios_que_coinciden_ponen_primero_aquello_en_que_coinciden(catalogo):
    resolucion = catalogo.resolver(correo="ana@semsoacha.gov.co", declarado="Socha")

    assert (resolucion.decision, resolucion.sugerencias) == ("sugerencia", ("25754", "15"))


def test_la_explicacion_de_un_conflicto_cuenta_las_dos_versiones(catalogo):
    resolucion = catalogo.resolver(correo="ana@cali.gov.co", declarado="Pasto")

    assert resolucion.explicacion == (
        "Hay datos que se contradicen. El dominio cali.gov.co es de Cali. Escribió «Pasto»."
    )
