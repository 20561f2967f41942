"""Lo que debe cumplirse con las 97 entidades, no con unos ejemplos."""

import itertools
import random
import unicodedata
from datetime import date

import pytest

from territorio.models import EntidadTerritorial, Municipio
from tests.territorio.conftest import DOMINIOS, HOY

FECHAS = [date(2018, 6, 1), date(2020, 6, 9), HOY]
CON_HOMONIMO_SIN_CERTIFICAR = {"Armenia", "Florencia", "Mosquera", "Rionegro"}
DE_TODAS = ["{n}", "{N}", "{s}", " {n} ", "Secretaría de Educación de {n}", "SE {n}", "ETC {n}"]
DEPARTAMENTALES = [
    *("SED {n}", "S.E.D. {n}", "SED-{N}", "Gobernación de {n}", "Departamento del {n}"),
    *("Sec. Educ. {n}", "Secretaria de Educacion Departamental de {s}"),
]
MUNICIPALES = [
    *("SEM {n}", "S.E.M. {n}", "SEM-{N}", "{n} - {d}", "{n} ({d})", "{n}, {d}", "{s} {d}"),
    *("Secretaría de Educación Municipal de {n}", "SEM {n} - {d}"),
]
SEPARADAS = ["{x} - Ana Ruiz", "Ana Ruiz - {x}", "Ana Ruiz ({x})", "Ana_{x}", "[{x}] Ana Ruiz"]


@pytest.fixture
def lugares(territorio):
    """(entidades, municipios), con su departamento."""
    return (
        list(EntidadTerritorial.objects.select_related("departamento")),
        list(Municipio.objects.select_related("departamento")),
    )


def escritas(entidad, formas):
    sin_tildes = "".join(
        letra
        for letra in unicodedata.normalize("NFD", entidad.nombre)
        if not unicodedata.combining(letra)
    )
    for forma in formas:
        yield forma.format(
            n=entidad.nombre,
            N=entidad.nombre.upper(),
            s=sin_tildes,
            d=entidad.departamento.nombre,
        )


def formas_de(entidad):
    if entidad.es_departamental:
        return DE_TODAS + DEPARTAMENTALES
    formas = DE_TODAS + MUNICIPALES
    if entidad.tipo == EntidadTerritorial.Tipo.DISTRITO:
        formas = [*formas, "SED {n}", "Secretaría de Educación Distrital de {n}"]
    if entidad.nombre not in CON_HOMONIMO_SIN_CERTIFICAR:
        formas = [*formas, "Alcaldía de {n}", "Municipio de {n}"]
    return formas


@pytest.mark.parametrize("fecha", FECHAS)
def test_toda_entidad_se_reconoce_en_todas_sus_formas(lugares, catalogo_de, fecha):
    catalogo = catalogo_de(fecha)

    fallos = [
        (texto, resolucion)
        for entidad in lugares[0]
        if entidad.vale_en(fecha)
        for texto in escritas(entidad, formas_de(entidad))
        if (resolucion := catalogo.resolver(declarado=texto)).codigo != entidad.codigo_dane
    ]

    assert fallos == []


def test_toda_entidad_se_reconoce_en_el_nombre_visible_con_marca_y_separacion(lugares, catalogo):
    fallos = []
    for entidad in lugares[0]:
        marcas = ("SED {n}",) if entidad.es_departamental else ("SEM {n}",)
        for marca in escritas(entidad, [*marcas, "Secretaría de Educación de {n}", "SE {s}"]):
            for forma in SEPARADAS:
                visible = forma.format(x=marca)
                if catalogo.resolver(visible=visible).codigo != entidad.codigo_dane:
                    fallos.append(visible)

    assert fallos == []


def con_una_errata(nombre):
    azar = random.Random(nombre)
    for i in range(len(nombre) - 1):
        yield nombre[:i] + nombre[i + 1] + nombre[i] + nombre[i + 2 :]
        yield nombre[:i] + nombre[i + 1 :]
        yield nombre[:i] + azar.choice("aeilnorst") + nombre[i + 1 :]


def test_con_una_errata_nunca_se_asigna_otra_y_la_correcta_va_entre_las_tres(lugares, catalogo):
    fallos = []
    for entidad in lugares[0]:
        for texto in con_una_errata(entidad.nombre):
            resolucion = catalogo.resolver(declarado=texto)
            if entidad.codigo_dane not in (resolucion.codigo, *resolucion.sugerencias):
                fallos.append((texto, resolucion))

    assert fallos == []


def test_quien_escribe_mal_su_entidad_y_entra_con_su_correo_no_va_a_revision(lugares, catalogo):
    nombres = {entidad.codigo_dane: entidad.nombre for entidad in lugares[0]}
    fallos = [
        (dominio, texto, resolucion)
        for dominio, codigo in DOMINIOS.items()
        if codigo != "88"  # nadie escribe el nombre entero del archipiélago
        for texto in con_una_errata(nombres[codigo])
        if (resolucion := catalogo.resolver(declarado=texto, correo=f"ana@{dominio}")).codigo
        != codigo
    ]

    assert fallos == []


def test_un_dominio_y_otra_entidad_escrita_van_siempre_a_revision(lugares, catalogo):
    fallos = []
    for dominio, codigo in DOMINIOS.items():
        for otra in lugares[0]:
            if otra.codigo_dane == codigo:
                continue
            sigla = "SED" if otra.es_departamental else "SEM"
            for datos in (
                {"declarado": otra.nombre},
                {"declarado": f"{sigla} {otra}"},
                {"visible": f"{sigla} {otra} - Ana Ruiz"},
            ):
                resolucion = catalogo.resolver(correo=f"ana@{dominio}", **datos)
                if (resolucion.decision, resolucion.sugerencias[:2]) != (
                    "revision",
                    (codigo, otra.codigo_dane),
                ):
                    fallos.append((dominio, datos, resolucion))

    assert fallos == []


def test_ningun_municipio_sin_certificar_se_asigna_por_su_nombre_y_departamento(lugares, catalogo):
    """«Sucre - Santander» no es Sucre, ni nadie, hasta que alguien lo confirme."""
    entidades, municipios = lugares
    certificados = {entidad.codigo_dane for entidad in entidades}
    mal = []
    for municipio in municipios:
        if municipio.codigo in certificados or municipio.codigo == "94663":
            continue
        departamento = municipio.departamento
        for texto in (f"{municipio} - {departamento}", f"{municipio} ({departamento})"):
            resolucion = catalogo.resolver(declarado=texto)
            if departamento.codigo not in (resolucion.codigo, *resolucion.sugerencias):
                mal.append((texto, resolucion))
            if resolucion.codigo not in (None, departamento.codigo):
                mal.append((texto, resolucion))

    assert mal == []


def test_un_municipio_sin_certificar_con_marca_municipal_no_se_asigna(lugares, catalogo):
    entidades, municipios = lugares
    certificadas = {entidad.nombre_norm for entidad in entidades if not entidad.es_departamental}
    mal = [
        texto
        for municipio in municipios
        if municipio.nombre_norm not in certificadas and municipio.codigo not in ("54001", "13001")
        for texto in (f"SEM {municipio}", f"Alcaldía de {municipio}")
        if catalogo.resolver(declarado=texto).codigo
    ]

    assert mal == []


def test_el_dominio_de_toda_entidad_la_sugiere_aunque_no_se_conozca(lugares, catalogo):
    fallos = []
    for entidad in lugares[0]:
        pegado = {"88": "sanandres", "11001": "bogota"}.get(
            entidad.codigo_dane, entidad.nombre_norm.replace(" ", "")
        )
        departamento = entidad.departamento.nombre_norm.replace(" ", "")
        dominios = [f"se{pegado}.edu.co", f"educacion{pegado}.gov.co", f"{pegado}.edu.co"]
        if entidad.es_departamental:
            dominios += [f"sed{pegado}.edu.co", f"gobernacion{pegado}.gov.co"]
        else:
            dominios += [f"sem{pegado}.edu.co", f"{pegado}-{departamento}.gov.co"]
        for dominio in dominios:
            resolucion = catalogo.resolver(correo=f"ana@{dominio}")
            if entidad.codigo_dane not in (resolucion.codigo, *resolucion.sugerencias[:1]):
                fallos.append((dominio, resolucion))

    assert fallos == []


QUE_SON_NOMBRES = """
    Armenia Bolívar César Caldas Córdoba Girón Bello Soledad Florencia Sucre Santander Nariño
    Cartagena Pereira Magdalena Mosquera Palmira Valle Medellín Leticia Victoria Ricaurte Padilla
    Morales Cabrera Acosta Páez Cali Pasto Neiva Huila Chía Tolima
"""
TOPONIMOS = QUE_SON_NOMBRES.split()
NOMBRES = ["Ana", "Julio", "María", "José", "Duque", "Ruiz", "Niño", "Peñuela"]


def test_ningun_nombre_de_persona_hecho_de_lugares_se_asigna(catalogo):
    azar = random.Random(97)
    formas = ["{}", "{} (Externo)", "{} (iPhone)", "{} (No comprobado)", "{} (Usuario)"]
    asignados = []
    for largo, _ in itertools.product((2, 3, 4), range(4_000)):
        palabras = azar.choices(TOPONIMOS + NOMBRES, k=largo)
        nombre = azar.choice([" ", " ", " ", "-"]).join(palabras)
        visible = azar.choice(formas).format(azar.choice([nombre, nombre.upper()]))
        resolucion = catalogo.resolver(visible=visible, correo="ana@gmail.com")
        if (resolucion.decision, resolucion.sugerencias) != ("cola", ()):
            asignados.append((visible, resolucion))

    assert asignados == []


def test_ningun_nombre_de_persona_pegado_a_una_marca_se_asigna(catalogo):
    """«SEM Soledad Pérez», «Secretaria de Educación Armenia Bolívar»: como mucho, se sugiere."""
    marcas = ["SEM", "SED", "SE", "Secretaria de Educación", "Sec. Educ.", "Alcaldía"]
    asignados = [
        visible
        for marca, uno, otro in itertools.product(
            marcas, TOPONIMOS, ["Pérez", "Ruiz", "Duque", "María"]
        )
        for visible in (f"{marca} {uno} {otro}", f"{otro} {uno} {marca}", f"{marca}-{uno} {otro}")
        if catalogo.resolver(visible=visible).codigo
    ]

    assert asignados == []
