"""Las cifras que trae el portal: de verdad, con su fuente, y por el mismo camino que cualquiera."""

import csv

import pytest
from django.core.management import call_command
from django.test import override_settings

from indicadores.acciones import entrada
from indicadores.acciones.calculo import recalcular
from indicadores.acciones.comparacion import comparar
from indicadores.cargas import catalogo
from indicadores.cargas.compacta import ARCHIVO, cargar_cifras
from indicadores.lectura.resultado import Lectura
from indicadores.models import Carga, Hallazgo, Indicador, Unidad, Valor, Version
from territorio import cargas as territorio
from tests.fabricas_de_indicadores import una_version

pytestmark = pytest.mark.django_db
Estado, Metodo = Valor.Estado, Valor.Metodo


@pytest.fixture(scope="module", autouse=True)
def cargadas(django_db_setup, django_db_blocker, tmp_path_factory):
    """Cargarlas tarda: se hace una vez, y cada prueba deshace lo que le cambie."""
    with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("archivos")):
        with django_db_blocker.unblock():
            territorio.cargar_catalogo()
            catalogo.cargar_catalogo()
            cargar_cifras()
        yield
        with django_db_blocker.unblock():
            call_command("flush", interactive=False, verbosity=0)


def la_cifra(ambito, codigo, indicador, vigencia):
    return Valor.objects.vigentes().get(
        unidad__ambito=ambito,
        unidad__codigo=codigo,
        indicador__codigo=indicador,
        vigencia=vigencia,
    )


def filas_del_catalogo():
    return dict(enumerate(catalogo.filas_de(ARCHIVO.removesuffix(".csv")), 2))


def test_son_dos_versiones_con_su_archivo_y_su_fuente():
    cargas = Carga.objects.order_by("version_id")

    assert [(c.version_id, c.conjunto.clave, c.origen, c.estado) for c in cargas] == [
        (1, "municipal", "catalogo", "confirmada"),
        (2, "departamental", "catalogo", "confirmada"),
    ]
    for carga in cargas:
        with carga.archivo.open() as guardado:
            assert guardado.read() == (catalogo.CATALOGO / ARCHIVO).read_bytes()
        assert carga.version.fuente == carga.conjunto.cita
        assert carga.conjunto.licencia == "CC BY-SA 4.0"


def test_repetirla_no_hace_nada():
    antes = Valor.objects.count()

    assert (cargar_cifras(), Valor.objects.count()) == ([], antes)


def test_una_cifra_se_sigue_hasta_su_fila():
    cifra = la_cifra("municipio", "05001", "desercion", 2022)

    fila = filas_del_catalogo()[cifra.fila]
    assert (fila["codigo"], fila["vigencia"], float(fila["desercion"])) == (
        "05001",
        "2022",
        cifra.valor,
    )


@pytest.mark.parametrize(
    ("indicador", "metodo", "nota"),
    [
        ("cobertura_bruta", Metodo.CALCULADO, "117 de 117 municipios; 586.134 personas"),
        ("desercion", Metodo.ESTIMADO, "117 de 117 municipios; 586.134 personas"),
    ],
)
def test_lo_de_una_entidad_departamental_dice_que_es_calculo_propio(indicador, metodo, nota):
    cifra = la_cifra("entidad", "05", indicador, 2016)

    assert (cifra.metodo, cifra.nota) == (metodo, f"{nota} de 5 a 16 años")


def test_la_que_atiende_a_todo_su_departamento_lleva_su_cifra_publicada():
    suya, del_departamento = (
        la_cifra(ambito, "91", "desercion", 2024) for ambito in ("entidad", "departamento")
    )

    assert (suya.valor, suya.metodo) == (del_departamento.valor, Metodo.PUBLICADO)


def test_lo_que_la_fuente_publico_sobre_otra_columna_queda_anulado_y_dice_por_que():
    cifra = la_cifra("departamento", "05", "aprobacion_secundaria", 2021)

    assert (cifra.estado, cifra.valor, cifra.nota) == (
        Estado.ANULADO,
        None,
        "La fuente publicó en esta columna los valores de otra.",
    )


def test_lo_que_la_fuente_dejo_de_medir_no_es_sin_dato():
    cifra = la_cifra("municipio", "05001", "sedes_conectadas_a_internet", 2022)

    assert cifra.estado == Estado.NO_REPORTADO


def test_el_pais_se_publica_donde_lo_hay_y_se_calcula_donde_no():
    metodos = {
        vigencia: la_cifra("nacion", "00", "cobertura_neta", vigencia).metodo
        for vigencia in (2018, 2019, 2021, 2022)
    }

    assert metodos == {
        2018: Metodo.CALCULADO,
        2019: Metodo.PUBLICADO,
        2021: Metodo.PUBLICADO,
        2022: Metodo.CALCULADO,
    }


def test_lo_que_no_suma_cien_espera_en_la_bandeja():
    soacha = la_cifra("municipio", "25754", "aprobacion", 2011)
    hallazgo = soacha.casos.get().hallazgo

    assert soacha.estado == Estado.RETENIDO
    assert (hallazgo.regla, hallazgo.estado) == (Hallazgo.Regla.SUMA, Hallazgo.Estado.ABIERTO)


def test_toda_secretaria_vigente_tiene_cifras_en_2022():
    sin_cifras = Unidad.objects.filter(entidad__isnull=False).exclude(
        valores__vigencia=2022, valores__estado=Estado.VALOR
    )

    assert list(sin_cifras) == []


def test_quitar_la_demostracion_no_se_las_lleva():
    call_command("quitar_demostracion")

    assert Version.objects.count() == 2


def test_lo_calculado_es_lo_que_da_calcularlo_con_todos_los_municipios(compartido):
    """Cargar después el archivo completo no cambia las cifras de las entidades."""
    with open(compartido / "datos" / "men_municipio_2011_2022.csv", encoding="utf-8") as archivo:
        filas = [(n, f) for n, f in enumerate(csv.DictReader(archivo), 2) if f["anio"] == "2022"]
    codigos = list(Indicador.objects.values_list("codigo", flat=True))
    comparacion = comparar(
        Lectura(
            ambito="municipio",
            numeros=[n for n, _ in filas],
            ambitos=["municipio"] * len(filas),
            codigos=[f["cod_municipio"] for _, f in filas],
            vigencias=[2022] * len(filas),
            columnas={c: [float(f[c]) if f[c] else None for _, f in filas] for c in codigos},
        )
    )
    comparacion.en_revision = []  # lo que las reglas retengan no se compara aquí
    version = una_version()
    entrada.publicar(comparacion, version)

    calculadas = recalcular(version, vigencias=[2022])

    assert (comparacion.n_cambiadas, calculadas) == (0, 0)
