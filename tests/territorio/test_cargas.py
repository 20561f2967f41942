"""Cargar el catálogo y los dominios las veces que sea."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from territorio.cargas import cargar_catalogo
from territorio.consultas import numero_de_entidades
from territorio.models import (
    Alias,
    Atencion,
    Departamento,
    Dominio,
    EntidadTerritorial,
    Municipio,
    Origen,
)

pytestmark = pytest.mark.django_db


def test_el_catalogo_trae_el_pais_entero():
    cargar_catalogo()

    assert (EntidadTerritorial.objects.count(), Departamento.objects.count()) == (97, 33)
    assert Municipio.objects.filter(atenciones__in=Atencion.objects.vigentes()).count() == 1121
    tipos = EntidadTerritorial.objects.values_list("tipo", flat=True)
    assert {t: list(tipos).count(t) for t in set(tipos)} == {
        "departamento": 32,
        "distrito": 11,
        "municipio": 54,
    }


def test_los_codigos_son_texto_y_conservan_el_cero():
    cargar_catalogo()

    antioquia = EntidadTerritorial.objects.get(nombre="Antioquia")
    apartado = EntidadTerritorial.objects.get(nombre="Apartadó")
    assert (antioquia.codigo_dane, apartado.codigo_dane) == ("05", "05045")


def test_cargar_otra_vez_no_cambia_nada_y_lo_dice():
    primera, segunda = StringIO(), StringIO()

    call_command("cargar_territorio", stdout=primera)
    call_command("cargar_territorio", stdout=segunda)

    assert "entidades: 97 nuevas, 0 con cambios" in primera.getvalue()
    assert segunda.getvalue() == "Territorio: 0 cambios; ya estaba al día.\n"


def test_cargar_corrige_lo_que_se_daño_en_el_catalogo():
    cargar_catalogo()
    EntidadTerritorial.objects.filter(nombre="Nariño").update(nombre="Narino")
    Atencion.objects.filter(municipio__codigo="25286", desde=None).update(hasta=date(2020, 1, 1))

    cambios = cargar_catalogo()

    assert cambios.total() == 2
    assert EntidadTerritorial.objects.get(codigo_dane="52").nombre == "Nariño"


def test_cargar_no_toca_lo_que_dijo_una_persona():
    cargar_catalogo()
    EntidadTerritorial.objects.filter(nombre="Funza").update(
        hasta=date(2024, 6, 30), origen=Origen.PERSONA
    )
    Alias.objects.filter(texto="Valle").update(texto="El Valle", origen=Origen.PERSONA)
    Atencion.objects.filter(municipio__codigo="73349").update(
        hasta=date(2025, 1, 1), origen=Origen.PERSONA
    )

    cambios = cargar_catalogo()

    assert cambios.total() == 0
    assert numero_de_entidades(date(2026, 1, 1)) == 96


def test_los_dominios_de_las_secretarias_no_vienen_en_el_catalogo():
    cargar_catalogo()

    assert not Dominio.objects.filter(clase=Dominio.Clase.ENTIDAD).exists()
    assert Dominio.objects.get(dominio="mineducacion.gov.co").ajena == (
        "Ministerio de Educación Nacional"
    )


# ── cargar_dominios ───────────────────────────────────────────────────────────────────────────


@pytest.fixture
def lista(tmp_path, territorio):
    def escribir(texto, codificacion="utf-8"):
        archivo = tmp_path / "dominios.csv"
        archivo.write_bytes(texto.encode(codificacion))
        return archivo

    return escribir


def cargar(archivo):
    salida = StringIO()
    call_command("cargar_dominios", archivo, stdout=salida)
    return salida.getvalue()


def test_los_dominios_se_cargan_y_repetir_no_cambia_nada(lista):
    archivo = lista("dominio,codigo_dane\nsemneiva.gov.co,41001\n@SedBoyaca.gov.co ,15\n")

    primera, segunda = cargar(archivo), cargar(archivo)

    assert primera == "Dominios: 2 nuevos, 0 con cambios, 0 sin cambios.\n"
    assert segunda == "Dominios: 0 nuevos, 0 con cambios, 2 sin cambios.\n"
    assert Dominio.objects.get(dominio="sedboyaca.gov.co").entidad.nombre == "Boyacá"


def test_se_leen_como_los_guarda_excel_con_punto_y_coma_y_sin_el_cero(lista):
    cargar(lista("\ufeffDominio;Codigo_DANE;nota\r\nantioquia.gov.co;5;x\r\n", "utf-8"))
    cargar(lista("dominio,codigo_dane\napartado.gov.co,5045\n"))

    codigos = Dominio.objects.filter(clase="entidad").values_list("entidad__codigo_dane", flat=True)
    assert sorted(codigos) == ["05", "05045"]


def test_cada_fila_con_error_se_explica_y_las_demas_se_cargan(lista):
    archivo = lista(
        "dominio,codigo_dane\n"
        "semneiva.gov.co,41001\n"
        "no es un dominio,41001\n"
        "otra.gov.co,99999\n"
        "gmail.com,41001\n"
        "mineducacion.gov.co,41001\n"
    )

    with pytest.raises(CommandError) as error:
        cargar(archivo)

    assert error.value.returncode == 2
    assert [linea.split(":")[0] for linea in str(error.value).splitlines()] == [
        "Estas filas no se cargaron; las demás sí.",
        *("Fila 3", "Fila 4", "Fila 5", "Fila 6"),
    ]
    for mensaje in (
        "«no es un dominio» no es un dominio de correo. Escríbalo como «semneiva.gov.co».",
        "no hay una entidad con el código DANE «99999». Son dos dígitos para un departamento",
        "«gmail.com» es de correo personal: no señala a ninguna entidad.",
        "«mineducacion.gov.co» es de Ministerio de Educación Nacional, que no es una secretaría.",
    ):
        assert mensaje in str(error.value)
    assert Dominio.objects.filter(clase="entidad").count() == 1


def test_un_dominio_con_dos_codigos_en_la_misma_lista_no_se_carga_y_lo_dice_cada_fila(lista):
    archivo = lista(
        "dominio,codigo_dane\n"
        "semneiva.gov.co,41001\n"
        "sempasto.gov.co,52001\n"
        "@SemNeiva.gov.co,52001\n"
        "antioquia.gov.co,5\n"
        "antioquia.gov.co,05\n"
    )

    with pytest.raises(CommandError) as error:
        cargar(archivo)

    razon = (
        "«semneiva.gov.co» está varias veces en la lista con códigos distintos («41001», "
        "«52001»). Deje una sola fila, con el código que es."
    )
    assert error.value.returncode == 2
    assert str(error.value).splitlines()[1:] == [f"Fila 2: {razon}", f"Fila 4: {razon}"]
    cargados = Dominio.objects.filter(clase="entidad").order_by("dominio")
    assert list(cargados.values_list("dominio", flat=True)) == [
        "antioquia.gov.co",
        "sempasto.gov.co",
    ]


def test_un_dominio_que_confirmo_una_persona_no_lo_cambia_una_lista(lista):
    pasto = EntidadTerritorial.objects.get(nombre="Pasto")
    Dominio.objects.create(dominio="semx.gov.co", entidad=pasto, origen=Origen.PERSONA)

    with pytest.raises(CommandError, match="una persona confirmó que «semx.gov.co» es de Pasto"):
        cargar(lista("dominio,codigo_dane\nsemx.gov.co,41001\n"))

    assert Dominio.objects.get(dominio="semx.gov.co").entidad == pasto


@pytest.mark.parametrize(
    ("texto", "codificacion", "mensaje"),
    [
        ("", "utf-8", "debe tener una primera fila"),
        ("correo,entidad\na,b\n", "utf-8", "debe tener una primera fila"),
        ("dominio,codigo_dane\nñ.co,52\n", "latin-1", "guárdelo como «CSV UTF-8»"),
    ],
)
def test_una_lista_que_no_se_entiende_dice_que_hacer(lista, texto, codificacion, mensaje):
    with pytest.raises(CommandError, match=mensaje) as error:
        cargar(lista(texto, codificacion))

    assert error.value.returncode == 2


def test_una_lista_que_no_existe_dice_que_hacer(tmp_path):
    with pytest.raises(CommandError, match="No existe el archivo"):
        cargar(tmp_path / "nada.csv")

    with pytest.raises(CommandError, match="No se pudo abrir"):
        cargar(tmp_path)
