"""Lo que la gente escribe cuando se le pregunta por su secretaría, y qué se entiende.

Cada fila: lo escrito y el código asignado; o, si no basta, las sugerencias en orden.
"""

from datetime import date

import pytest


def resolver(catalogo, texto):
    resolucion = catalogo.resolver(declarado=texto, correo="ana.ejemplo@gmail.com")
    return resolucion.decision, resolucion.evidencia, resolucion.codigo or resolucion.sugerencias


@pytest.mark.parametrize(
    ("texto", "codigo"),
    [
        # Siglas y fórmulas
        ("Sec. Educ. Antioquia", "05"),
        ("SED-ANTIOQUIA", "05"),
        ("S.E.D. Risaralda", "66"),
        ("SED Valle", "76"),
        ("SED Santa Marta", "47001"),
        ("SED Bogotá", "11001"),
        ("SE Tunja", "15001"),
        ("s.e. tunja", "15001"),
        ("sem cucuta", "54001"),
        ("S.E.M. Tuluá", "76834"),
        ("SEMPasto", "52001"),
        ("SEDNARIÑO", "52"),
        ("ETC: Neiva", "41001"),
        ("Entidad Territorial Certificada de Ibagué", "73001"),
        ("Gobernación del Valle", "76"),
        ("Gobernación de Córdoba", "23"),
        ("Departamento del Cesar", "20"),
        ("Alcaldía de Envigado", "05266"),
        ("Alcaldia Municipal de Soacha", "25754"),
        ("Mpio de Chía", "25175"),
        ("Secretaria de Educacion Departamental de Antioquia", "05"),
        ("Secretaría de Educación Departamental del Sucre", "70"),
        ("Secretaría de Educación Municipal de Pasto", "52001"),
        ("Secretaría de Educacion Distrital de Buenaventura", "76109"),
        ("Secretaría de Educación y Cultura de Duitama", "15238"),
        ("Secretaría de Educación, Cultura y Deporte de Pasto", "52001"),
        ("Secretaría de Educación, Ciencia, Tecnología e Innovación de Neiva", "41001"),
        ("Cobertura - SEM Pasto", "52001"),
        ("Distrito de Barranquilla", "08001"),
        ("Alcaldía Mayor de Bogotá", "11001"),
        ("Barranquilla D.E.I.P.", "08001"),
        # Otros nombres
        ("N. de Santander", "54"),
        ("Norte Santander", "54"),
        ("nortedesantander", "54"),
        ("Valle", "76"),
        ("Valle de el Cauca", "76"),
        ("Guajira", "44"),
        ("San Andres Islas", "88"),
        ("San Andrés, Providencia y Santa Catalina", "88"),
        ("San Andrés", "88"),
        ("Bogotá D.C.", "11001"),
        ("BOGOTA DC", "11001"),
        ("Bogotá, Distrito Capital", "11001"),
        ("Cartagena de Indias", "13001"),
        ("Santiago de Cali", "76001"),
        ("San José de Cúcuta", "54001"),
        ("Buga", "76111"),
        ("Tumaco", "52835"),
        ("Dos Quebradas", "66170"),
        ("SantaMarta", "47001"),
        ("NARINO", "52"),
        ("  Itagui ", "05360"),
        # Municipio y departamento: vale el municipio
        ("tumaco - nariño", "52835"),
        ("Pasto (Nariño)", "52001"),
        ("Nariño - Pasto", "52001"),
        ("Pasto, departamento de Nariño", "52001"),
        ("Santa Marta - Magdalena", "47001"),
        ("Magangué (Bolívar)", "13430"),
        ("Tunja Boyacá", "15001"),
        ("Cali (Valle)", "76001"),
        ("Rionegro, Antioquia", "05615"),
        ("Florencia, Caquetá", "18001"),
        ("Neiva - Huila - Colombia", "41001"),
        ("Departamento de Nariño municipio de Pasto", "52001"),
        ("SEM Pasto - Nariño", "52001"),
        ("Pasto - SEM Pasto", "52001"),
        ("Pasto 52001", "52001"),
        # Nombres que comparten un pedazo
        ("Cartago", "76147"),
        ("Cartagena", "13001"),
        ("Girardot", "25307"),
        ("Girón", "68307"),
        ("Cauca", "19"),
        ("Santander", "68"),
        # La marca departamental y un municipio suyo sin certificar dicen lo mismo
        ("Gobernación del Tolima - Honda", "73"),
    ],
)
def test_lo_que_no_admite_otra_lectura_se_asigna(catalogo, texto, codigo):
    assert resolver(catalogo, texto) == ("automatica", "texto_variante", codigo) or resolver(
        catalogo, texto
    ) == ("automatica", "texto_exacto", codigo)


@pytest.mark.parametrize(
    "texto", ["Quindío", "Sucre", "Guadalajara de Buga", "Secretaría de Educación de Malambo"]
)
def test_el_nombre_oficial_bien_escrito_es_texto_exacto(catalogo, texto):
    assert catalogo.resolver(declarado=texto).evidencia == "texto_exacto"


@pytest.mark.parametrize(
    ("texto", "sugerencias"),
    [
        ("Honda - Tolima", ("73",)),
        ("Alcaldía de Honda", ("73",)),
        ("Chiquinquirá", ("15",)),
        ("La Unión, Nariño", ("52", "05", "70")),
        ("La Unión", ("05", "52", "70")),
        ("Leticia - Amazonas", ("91",)),
        ("Santander de Quilichao", ("19",)),
        ("Cartagena del Chairá", ("18",)),
        ("San Andrés de Sotavento", ("23",)),
        ("Villanueva", ("13", "44", "68")),
        # Homónimos: el departamento escrito manda sobre la entidad del mismo nombre
        ("Caldas - Antioquia", ("05", "17", "15")),
        ("Antioquia - Caldas", ("05", "17", "15")),
        ("Nariño - Cundinamarca", ("25", "52", "05")),
        ("Rionegro - Santander", ("68", "05615")),
        ("Armenia Antioquia", ("05", "63001")),
        ("Mosquera (Nariño)", ("52", "25473", "05")),
        ("Florencia - Cauca", ("19", "18001")),
        ("Bolívar - Cauca", ("19", "13", "68")),
        ("Bolívar (Valle)", ("76", "13", "19")),
        ("Córdoba - Quindío", ("63", "23", "13")),
        ("Sucre - Santander", ("68", "70", "19")),
        ("Risaralda - Caldas", ("17", "66", "05")),
        ("San Andrés (Santander)", ("68", "88", "05")),
    ],
)
def test_un_municipio_sin_certificar_sugiere_su_departamento(catalogo, texto, sugerencias):
    assert resolver(catalogo, texto) == ("sugerencia", "municipio_no_certificado", sugerencias)


@pytest.mark.parametrize(
    ("texto", "sugerencias"),
    [
        ("SEM Caldas", ("05", "15", "17")),
        ("Alcaldía de Nariño", ("05", "25", "52")),
        ("Alcaldía de Rionegro", ("05615", "68")),
        ("Secretaría de Educación Departamental de Pasto", ("52001", "52")),
        ("Secretaría de Educación de Nariño - Pasto", ("52", "52001", "05")),
        ("SED Nariño - Pasto", ("52", "52001", "05")),
        ("SED Pasto", ("52001", "52")),
        ("Gobernación de Nariño, Pasto", ("52", "52001", "05")),
        ("Departamento de Nariño - Pasto", ("52", "52001", "05")),
        ("Bogotá - Cundinamarca", ("11001", "25")),
        ("Cali - Cauca", ("76001", "19")),
        ("Valle - Cauca", ("76", "19")),
        ("Medellín y Bello", ("05001", "05088")),
        ("Secretaría de Salud de Pasto", ("52001",)),
        ("IE Antonio Nariño - Girón", ("68307",)),
        ("52001", ("52001",)),
    ],
)
def test_ante_la_duda_se_sugiere(catalogo, texto, sugerencias):
    assert resolver(catalogo, texto) == ("sugerencia", "texto_variante", sugerencias)


@pytest.mark.parametrize(
    ("texto", "sugerencias"),
    [
        ("Secretaría de Cultura de Neiva", ("41001",)),
        ("Secretaría de Turismo de Cartagena", ("13001",)),
        ("Secretaría de Juventud Neiva", ("41001",)),
        ("Secretaría de Gobierno de Pasto", ("52001",)),
        ("Ciencia y Tecnología Medellín", ("05001",)),
        ("Administración Neiva", ("41001",)),
        ("Alcaldía de Neiva - Secretaría de Cultura", ("41001",)),
    ],
)
def test_la_secretaria_de_otro_sector_no_es_la_de_educacion(catalogo, texto, sugerencias):
    assert resolver(catalogo, texto) == ("sugerencia", "texto_variante", sugerencias)


@pytest.mark.parametrize(
    ("texto", "primera"),
    [
        ("Risaradla", "66"),
        ("SED valle del cauac", "76"),
        ("SED valle lel cauca", "76"),
        ("SEM Facattaiva", "25269"),
        ("Sinelejo", "70001"),
        ("SEM snata marta", "47001"),
        ("Sec. Educ. Aamzonas", "91"),
        ("Sec. Educ. Cundinaiarca", "25"),
        ("Norte de Sanatnder", "54"),
        ("Nrote de Santander", "54"),
        ("Sinelejo - Sucre", "70001"),
        ("Hodna - Tolima", "73"),
        ("Chiquinqira", "15"),
        ("La Estrelal", "05380"),
        ("Secrtaria de Educacion de Pasto", "52001"),
    ],
)
def test_una_errata_nunca_asigna_y_la_correcta_va_primera(catalogo, texto, primera):
    decision, evidencia, sugerencias = resolver(catalogo, texto)

    assert (decision, evidencia, sugerencias[0]) == ("sugerencia", "texto_con_error", primera)


def test_una_errata_que_da_otro_nombre_no_pierde_el_que_era(catalogo):
    assert resolver(catalogo, "Socha")[2] == ("15", "25754")  # ¿Socha o Soacha?


@pytest.mark.parametrize(
    "texto",
    [
        "",
        "-",
        "N/A",
        "No aplica",
        "Ninguna",
        "Secretaría de Educación",
        "Secretaría de Educación Departamental",
        "Contratista",
        "Coordinación de calidad",
        "Colegio Simón Bolívar",
        "IE San José",
        "Colombia",
        "¿?",
        "🙂",
    ],
)
def test_lo_que_no_dice_nada_va_a_la_cola(catalogo, texto):
    assert resolver(catalogo, texto) == ("cola", "ninguna", ())


@pytest.mark.parametrize(
    "texto",
    ["MEN", "Ministerio de Educación", "Ministerio de Educación Nacional - Dirección de Calidad"],
)
def test_el_ministerio_no_es_una_secretaria(catalogo, texto):
    resolucion = catalogo.resolver(declarado=texto)

    assert (resolucion.decision, resolucion.evidencia) == ("automatica", "MEN")
    assert (resolucion.codigo, resolucion.ajena) == (None, "Ministerio de Educación Nacional")


def test_una_universidad_no_es_de_la_secretaria_de_su_nombre(catalogo):
    resolucion = catalogo.resolver(declarado="Universidad de Antioquia")

    assert (resolucion.decision, resolucion.sugerencias) == ("cola", ())
    assert resolucion.ajena_sugerida == "Universidad de Antioquia"


@pytest.mark.parametrize(
    ("texto", "fecha", "esperado"),
    [
        ("La Estrella", date(2020, 6, 9), ("sugerencia", "municipio_no_certificado", ("05",))),
        ("La Estrella", date(2023, 1, 1), ("automatica", "texto_exacto", "05380")),
        ("SEM Funza", date(2018, 6, 9), ("sugerencia", "municipio_no_certificado", ("25",))),
        ("SEM Funza", date(2019, 1, 1), ("automatica", "texto_variante", "25286")),
    ],
)
def test_la_fecha_manda(catalogo_de, texto, fecha, esperado):
    assert resolver(catalogo_de(fecha), texto) == esperado
