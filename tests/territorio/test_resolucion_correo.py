"""Lo que dice el dominio de un correo."""

from datetime import date

import pytest


def resolver(catalogo, correo):
    resolucion = catalogo.resolver(correo=correo)
    return resolucion.decision, resolucion.evidencia, resolucion.codigo or resolucion.sugerencias


@pytest.mark.parametrize(
    ("correo", "codigo"),
    [
        ("ana.ejemplo@sempasto.gov.co", "52001"),
        (" ANA.EJEMPLO@SEMPASTO.GOV.CO ", "52001"),
        ("ana.ejemplo@educacion.antioquia.gov.co", "05"),
        ("ana.ejemplo@salud.cali.gov.co", "76001"),
    ],
)
def test_un_dominio_conocido_asigna_tambien_con_subdominio(catalogo, correo, codigo):
    assert resolver(catalogo, correo) == ("automatica", "dominio", codigo)


def test_el_correo_del_ministerio_es_del_ministerio(catalogo):
    resolucion = catalogo.resolver(correo="ana.ejemplo@mineducacion.gov.co")

    assert (resolucion.decision, resolucion.evidencia) == ("automatica", "MEN")
    assert (resolucion.codigo, resolucion.ajena) == (None, "Ministerio de Educación Nacional")


@pytest.mark.parametrize(
    ("dominio", "sugerencias"),
    [
        ("semneiva.gov.co", ("41001",)),
        ("girardot-cundinamarca.gov.co", ("25307",)),
        ("lorica-cordoba.gov.co", ("23417",)),
        ("sedboyaca.gov.co", ("15",)),
        ("sedsucre.gov.co", ("70", "19", "68")),
        ("santamarta.gov.co", ("47001",)),
        ("buga.gov.co", ("76111",)),
        ("semtumaco.gov.co", ("52835",)),
        ("semflorencia.gov.co", ("18001", "19")),
        ("sedbarranquilla.gov.co", ("08001",)),
        ("nortedesantander.gov.co", ("54",)),
        ("sednortedesantander.gov.co", ("54",)),
        ("valle-del-cauca.gov.co", ("76",)),
        ("chiquinquira-boyaca.gov.co", ("15",)),
        ("bolivar-cauca.gov.co", ("19", "13", "68")),
        ("caldas-antioquia.gov.co", ("05", "17", "15")),
        ("sanandres-santander.gov.co", ("68", "88", "05")),
        ("alcaldiadeneiva.gov.co", ("41001",)),
        ("gobernaciondelmeta.gov.co", ("50",)),
        ("nortedesantader.gov.co", ("54",)),
        ("tumacoeduca.edu.co", ("52835",)),
        ("chia.cundinamarca.gov.co", ("25175", "25")),
    ],
)
def test_un_dominio_que_no_se_conoce_pero_se_parece_sugiere(catalogo, dominio, sugerencias):
    esperado = ("sugerencia", "dominio_no_mapeado", sugerencias)

    assert resolver(catalogo, f"ana.ejemplo@{dominio}") == esperado


@pytest.mark.parametrize(
    "correo",
    [
        "ana.pasto@gmail.com",
        "ana@hotmail.es",
        "cali@outlook.com",
        "ana@universidad.example",
        "ana@unicauca.edu.co",
        "ana@icbf.gov.co",
        "ana@neiva.com",
        "anonymous",
        "sempasto.gov.co",
        "@",
        "ana@",
        "",
    ],
)
def test_un_correo_personal_o_de_otra_parte_no_dice_nada(catalogo, correo):
    assert resolver(catalogo, correo) == ("cola", "ninguna", ())


@pytest.mark.parametrize(
    ("correo", "evidencia", "sugerencia"),
    [
        ("ana.ruiz_sempasto.gov.co#EXT#@reunion.onmicrosoft.com", "dominio", "52001"),
        ("ana_semneiva.gov.co#EXT#@reunion.onmicrosoft.com", "dominio_no_mapeado", "41001"),
        ("ana@gmail.com; luis@sempasto.gov.co", "dominio", "52001"),
    ],
)
def test_la_cuenta_de_un_invitado_o_dos_correos_juntos_solo_sugieren(
    catalogo, correo, evidencia, sugerencia
):
    assert resolver(catalogo, correo) == ("sugerencia", evidencia, (sugerencia,))


def test_el_dominio_de_una_entidad_que_no_existia_sugiere_a_quien_la_atendia(catalogo_de):
    correo = "ana@funza-cundinamarca.gov.co"

    assert resolver(catalogo_de(date(2018, 6, 9)), correo) == (
        "sugerencia",
        "municipio_no_certificado",
        ("25",),
    )
    assert resolver(catalogo_de(date(2019, 6, 9)), correo) == ("automatica", "dominio", "25286")


def test_la_explicacion_se_puede_leer_en_la_pantalla(catalogo):
    assert catalogo.resolver(correo="ana@semneiva.gov.co").explicacion == (
        "El dominio semneiva.gov.co se parece a Neiva."
    )
    assert catalogo.resolver(correo="ana@educacionbogota.gov.co").explicacion == (
        "El dominio educacionbogota.gov.co se parece a Bogotá, D.C."
    )
