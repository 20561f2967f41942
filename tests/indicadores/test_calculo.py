"""De los municipios a la entidad: con los que atendía ese año, con peso, y diciendo cómo."""

from datetime import date

import pytest

from indicadores.acciones.calculo import recalcular
from indicadores.models import Indicador, Unidad, Valor
from territorio.models import Atencion
from tests.fabricas import un_departamento, una_entidad
from tests.fabricas_de_indicadores import (
    la_nacion,
    un_indicador,
    un_municipio,
    un_valor,
    una_entidad_departamental,
    una_unidad,
    una_version,
)

pytestmark = pytest.mark.django_db
Agregacion, Estado, Metodo = Indicador.Agregacion, Valor.Estado, Valor.Metodo


def la_poblacion():
    return un_indicador(
        "poblacion_5_16",
        familia="poblacion",
        medida="personas",
        agregacion=Agregacion.SUMA,
        decimales=0,
    )


def la_cobertura():
    return un_indicador(
        "cobertura_bruta", familia="cobertura_bruta", agregacion=Agregacion.POBLACION
    )


def un_municipio_atendido(codigo, entidad, *, poblacion=None, vigencia=2022, **atencion):
    """La unidad de un municipio que atiende esa entidad, con su población."""
    municipio = un_municipio(codigo, departamento=entidad.departamento)
    Atencion.objects.create(municipio=municipio, entidad=entidad, **atencion)
    unidad = una_unidad(
        ambito=Unidad.Ambito.MUNICIPIO,
        codigo=codigo,
        municipio=municipio,
        departamento=entidad.departamento,
    )
    if poblacion is not None:
        un_valor(poblacion, indicador=la_poblacion(), unidad=unidad, vigencia=vigencia)
    return unidad


def antioquia_con(*poblaciones):
    """La entidad, su unidad y los municipios que atiende; Medellín tiene secretaría propia."""
    antioquia = una_entidad_departamental("Antioquia", "05")
    medellin = una_entidad(
        "Medellín", codigo_dane="05001", tipo="distrito", departamento=antioquia.departamento
    )
    un_municipio_atendido("05001", medellin, poblacion=390_000)
    municipios = [
        un_municipio_atendido(f"05{100 + i}", antioquia, poblacion=poblacion)
        for i, poblacion in enumerate(poblaciones)
    ]
    return antioquia, una_unidad(antioquia), municipios


def amazonas_con_su_departamento():
    """La unidad de la entidad, la de su departamento y la del único municipio que hay."""
    amazonas = una_entidad_departamental("Amazonas", "91")
    return (
        una_unidad(amazonas),
        una_unidad(ambito="departamento", codigo="91", nombre="Amazonas"),
        un_municipio_atendido("91001", amazonas, poblacion=1_000),
    )


def la_cifra(unidad, indicador, vigencia=2022):
    return Valor.objects.vigentes().get(unidad=unidad, indicador=indicador, vigencia=vigencia)


def test_una_tasa_se_pondera_por_la_poblacion_y_dice_con_cuantos_municipios():
    _, unidad, (uno, otro) = antioquia_con(9_000, 1_000)
    un_valor(100, indicador=la_cobertura(), unidad=uno)
    un_valor(50, indicador=la_cobertura(), unidad=otro)

    recalcular(una_version())

    cifra = la_cifra(unidad, la_cobertura())
    assert (cifra.valor, cifra.metodo, cifra.nota, cifra.fila) == (
        95,
        Metodo.CALCULADO,
        "2 de 2 municipios; 10.000 personas de 5 a 16 años",
        None,
    )


def test_la_poblacion_se_suma_sin_la_de_quien_tiene_secretaria_propia():
    _, unidad, _ = antioquia_con(9_000, 1_000)

    recalcular(una_version())

    cifra = la_cifra(unidad, la_poblacion())
    assert (cifra.valor, cifra.metodo) == (10_000, Metodo.CALCULADO)


def test_la_desercion_se_estima_con_la_matricula():
    _, unidad, (uno, otro) = antioquia_con(1_000, 1_000)
    desercion = un_indicador("desercion", agregacion=Agregacion.MATRICULA_ESTIMADA)
    for municipio, cobertura, tasa in ((uno, 150, 2), (otro, 50, 6)):
        un_valor(cobertura, indicador=la_cobertura(), unidad=municipio)
        un_valor(tasa, indicador=desercion, unidad=municipio)

    recalcular(una_version())

    cifra = la_cifra(unidad, desercion)
    assert (cifra.valor, cifra.metodo) == (3, Metodo.ESTIMADO)


def test_lo_que_no_se_puede_reunir_no_se_reune():
    _, unidad, (uno,) = antioquia_con(1_000)
    grupo = un_indicador("tamano_promedio_de_grupo", agregacion=Agregacion.NINGUNA)
    un_valor(24, indicador=grupo, unidad=uno)

    recalcular(una_version())

    assert not Valor.objects.filter(unidad=unidad, indicador=grupo).exists()


def test_si_falta_mas_de_una_decima_parte_no_es_calculable_y_dice_cuantos_hay():
    _, unidad, (uno, otro) = antioquia_con(8_000, 2_000)
    un_valor(100, indicador=la_cobertura(), unidad=uno)
    un_valor(None, indicador=la_cobertura(), unidad=otro)

    recalcular(una_version())

    cifra = la_cifra(unidad, la_cobertura())
    assert (cifra.estado, cifra.valor, cifra.nota) == (
        Estado.NO_CALCULABLE,
        None,
        "1 de 2 municipios traen el dato",
    )


def test_el_municipio_sin_poblacion_ese_ano_falta_con_la_del_ano_mas_cercano():
    antioquia, unidad, (uno,) = antioquia_con(9_900)
    grande = un_municipio_atendido("05200", antioquia, poblacion=5_000, vigencia=2021)
    for municipio in (uno, grande):
        un_valor(100, indicador=la_cobertura(), unidad=municipio)

    recalcular(una_version())

    cifra = la_cifra(unidad, la_cobertura())
    assert (cifra.estado, cifra.nota) == (
        Estado.NO_CALCULABLE,
        "1 de 2 municipios traen el dato y con qué pesarlo",
    )


@pytest.mark.parametrize("estado", [Estado.RETENIDO, Estado.ANULADO])
def test_lo_anulado_y_lo_que_esta_en_revision_no_cuentan(estado):
    _, unidad, (uno, otro) = antioquia_con(9_500, 500)
    un_valor(100, indicador=la_cobertura(), unidad=uno)
    un_valor(900, indicador=la_cobertura(), unidad=otro, estado=estado, nota="Copiada")

    recalcular(una_version())

    cifra = la_cifra(unidad, la_cobertura())
    assert (cifra.valor, cifra.nota) == (100, "1 de 2 municipios; 9.500 personas de 5 a 16 años")


def test_a_un_municipio_lo_cuenta_su_departamento_hasta_que_se_certifica():
    cundinamarca = una_entidad_departamental("Cundinamarca", "25")
    una_entidad("Soacha", codigo_dane="25754", departamento=cundinamarca.departamento)
    unidad = una_unidad(cundinamarca)
    un_municipio_atendido("25001", cundinamarca, poblacion=1_000, vigencia=2018)
    funza = un_municipio_atendido(
        "25286", cundinamarca, poblacion=500, vigencia=2018, hasta=date(2018, 12, 31)
    )
    propia = una_entidad("Funza", codigo_dane="25286", departamento=cundinamarca.departamento)
    Atencion.objects.create(municipio=funza.municipio, entidad=propia, desde=date(2019, 1, 1))
    for municipio in Unidad.objects.filter(ambito="municipio"):
        un_valor(600, indicador=la_poblacion(), unidad=municipio, vigencia=2019)

    recalcular(una_version())

    valores = Valor.objects.filter(unidad=unidad).order_by("vigencia")
    assert list(valores.values_list("vigencia", "valor")) == [(2018, 1_500), (2019, 600)]


def test_quien_atiende_a_todo_su_departamento_tiene_la_cifra_publicada_de_el():
    unidad, departamento, leticia = amazonas_con_su_departamento()
    un_valor(80, indicador=la_cobertura(), unidad=leticia)
    un_valor(81.5, indicador=la_cobertura(), unidad=departamento)

    recalcular(una_version())

    cifra = la_cifra(unidad, la_cobertura())
    assert (cifra.valor, cifra.metodo, cifra.nota) == (
        81.5,
        Metodo.PUBLICADO,
        "Atiende a todo el departamento: es su cifra publicada.",
    )


@pytest.mark.parametrize(
    ("tiene_municipal", "esperado"),
    [(True, (Estado.VALOR, 80, Metodo.CALCULADO)), (False, (Estado.ANULADO, None, "publicado"))],
)
def test_si_la_del_departamento_esta_anulada_se_calcula_y_si_no_se_puede_lo_dice(
    tiene_municipal, esperado
):
    unidad, departamento, leticia = amazonas_con_su_departamento()
    if tiene_municipal:
        un_valor(80, indicador=la_cobertura(), unidad=leticia)
    un_valor(
        None, indicador=la_cobertura(), unidad=departamento, estado=Estado.ANULADO, nota="Copiada"
    )

    recalcular(una_version())

    cifra = la_cifra(unidad, la_cobertura())
    assert (cifra.estado, cifra.valor, cifra.metodo) == esperado


def test_el_pais_se_reune_de_los_departamentos_solo_donde_nadie_lo_publica():
    colombia = la_nacion()
    for codigo, poblacion, tasa in (("05", 3_000, 90), ("91", 1_000, 50)):
        un_departamento(f"D{codigo}", codigo)
        unidad = una_unidad(ambito="departamento", codigo=codigo, nombre=f"D{codigo}")
        for vigencia in (2021, 2022):
            un_valor(poblacion, indicador=la_poblacion(), unidad=unidad, vigencia=vigencia)
            un_valor(tasa, indicador=la_cobertura(), unidad=unidad, vigencia=vigencia)
    un_valor(92.4, indicador=la_cobertura(), unidad=colombia, vigencia=2021)

    recalcular(una_version())

    assert la_cifra(colombia, la_cobertura(), 2021).valor == 92.4
    cifra = la_cifra(colombia, la_cobertura(), 2022)
    assert (cifra.valor, cifra.metodo, cifra.nota) == (
        80,
        Metodo.CALCULADO,
        "2 de 2 departamentos; 4.000 personas de 5 a 16 años",
    )


def test_repetir_el_calculo_no_escribe_nada():
    _, _, (uno, otro) = antioquia_con(9_000, 1_000)
    un_valor(33.3, indicador=la_cobertura(), unidad=uno)
    un_valor(66.7, indicador=la_cobertura(), unidad=otro)

    primera, segunda = una_version(), una_version()

    assert (recalcular(primera), recalcular(segunda)) == (2, 0)
    assert (primera.calculadas, segunda.calculadas) == (2, 0)


def test_lo_que_cambia_sale_en_la_version_en_que_entra_lo_nuevo():
    _, unidad, (uno,) = antioquia_con(1_000)
    malo = un_valor(33, indicador=la_cobertura(), unidad=uno)
    recalcular(una_version())
    version = una_version()
    malo.hasta = version
    malo.save()
    un_valor(44, indicador=la_cobertura(), unidad=uno, version=version)

    recalcular(version, vigencias=[2022])

    cifras = Valor.objects.filter(unidad=unidad, indicador=la_cobertura()).order_by("desde_id")
    assert list(cifras.values_list("valor", "hasta")) == [(33, version.pk), (44, None)]


def test_calcular_dos_veces_en_la_misma_version_deja_lo_ultimo():
    _, unidad, (uno,) = antioquia_con(1_000)
    tasa = un_valor(33, indicador=la_cobertura(), unidad=uno)
    version = una_version()
    recalcular(version)
    tasa.valor = 44
    tasa.save()

    recalcular(version)

    cifras = Valor.objects.filter(unidad=unidad, indicador=la_cobertura())
    assert (list(cifras.values_list("valor", flat=True)), version.calculadas) == ([44], 2)


def test_solo_toca_los_anos_que_se_le_dicen():
    _, unidad, (uno,) = antioquia_con(1_000)
    un_valor(1_100, indicador=la_poblacion(), unidad=uno, vigencia=2021)

    recalcular(una_version(), vigencias=[2021])

    assert list(Valor.objects.filter(unidad=unidad).values_list("vigencia", "valor")) == [
        (2021, 1_100)
    ]


def test_lo_que_vino_en_el_catalogo_se_queda_mientras_no_se_pueda_calcular():
    _, unidad, (uno, otro) = antioquia_con(8_000, 2_000)
    un_valor(97.5, indicador=la_cobertura(), unidad=unidad, metodo=Metodo.CALCULADO, fila=40)
    un_valor(90, indicador=la_cobertura(), unidad=uno)

    recalcular(una_version())
    antes = la_cifra(unidad, la_cobertura()).valor
    un_valor(100, indicador=la_cobertura(), unidad=otro)
    recalcular(una_version())

    assert (antes, la_cifra(unidad, la_cobertura()).valor) == (97.5, 92)


def test_lo_calculado_sale_si_se_queda_sin_municipios_con_dato():
    _, unidad, (uno,) = antioquia_con(1_000)
    recalcular(una_version())
    version = una_version()
    Valor.objects.filter(unidad=uno).update(hasta=version)

    recalcular(version, vigencias=[2022])

    assert not Valor.objects.vigentes().filter(unidad=unidad).exists()


def test_las_consultas_no_dependen_de_cuantos_municipios_haya(django_assert_num_queries):
    antioquia, _, _ = antioquia_con(1_000)
    recalcular(una_version())
    for i in range(3):
        un_municipio_atendido(f"05{300 + i}", antioquia, poblacion=500)
    version = una_version()

    with django_assert_num_queries(12):
        recalcular(version)
