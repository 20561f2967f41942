"""La bandeja, como la ve quien decide."""

import pytest
from django.urls import reverse

from cuentas.models import Rol
from indicadores.models import Hallazgo, Valor, Version
from tests.fabricas import un_usuario, una_entidad
from tests.fabricas_de_indicadores import (
    un_hallazgo,
    un_indicador,
    un_valor,
    una_carga,
    una_unidad,
)

pytestmark = pytest.mark.django_db
BANDEJA = "indicadores:calidad"


@pytest.fixture
def quien(client):
    quien = un_usuario()
    client.force_login(quien)
    return quien


def texto_de(respuesta):
    return " ".join(respuesta.content.decode().split())


def un_hallazgo_de(cuantas, **datos):
    carga = una_carga()
    return un_hallazgo(
        [
            un_valor(
                40 + n,
                estado=Valor.Estado.RETENIDO,
                unidad=una_unidad(una_entidad()),
                version=carga.version,
            )
            for n in range(cuantas)
        ],
        carga=carga,
        **datos,
    )


@pytest.mark.parametrize(
    "rol", [Rol.SECRETARIO, Rol.EQUIPO_SECRETARIA, Rol.PROFESIONAL, Rol.LIDER_GRUPO]
)
def test_la_bandeja_no_es_de_las_secretarias_ni_de_quien_no_publica(client, rol):
    client.force_login(un_usuario(rol=rol))
    hallazgo = un_hallazgo()

    rutas = [reverse(BANDEJA), hallazgo.get_absolute_url()]

    assert [client.get(ruta).status_code for ruta in rutas] == [403, 403]


def test_sin_filtros_se_ve_lo_que_falta_por_decidir(client, quien):
    abierto = un_hallazgo()
    un_hallazgo(
        [],
        regla="entidades_ausentes",
        estado="visto",
        decidido_en="2026-01-01T00:00Z",
    )

    hallazgos = client.get(reverse(BANDEJA)).context["pagina"].object_list

    assert [(h.pk, h.en_revision) for h in hallazgos] == [(abierto.pk, 1)]


def test_la_bandeja_vacia_lo_dice(client, quien):
    assert "No hay nada por decidir." in texto_de(client.get(reverse(BANDEJA)))


def test_se_filtra_por_regla_responsable_y_estado(client, quien):
    mio = un_hallazgo(responsable=quien)
    de_nadie = un_hallazgo([], regla="entidades_ausentes")

    def hallados(**filtros):
        return [h.pk for h in client.get(reverse(BANDEJA), filtros).context["pagina"]]

    assert hallados(responsable=quien.pk) == [mio.pk]
    assert hallados(responsable="nadie") == [de_nadie.pk]
    assert hallados(regla="entidades_ausentes") == [de_nadie.pk]
    assert hallados(estado="visto") == []


def test_decidir_todo_un_hallazgo_lo_publica(client, quien):
    hallazgo = un_hallazgo_de(3)

    respuesta = client.post(
        hallazgo.get_absolute_url(),
        {"alcance": "todas", "decision": "publicado", "motivo": "Confirmadas."},
        follow=True,
    )

    hallazgo.refresh_from_db()
    assert (hallazgo.estado, hallazgo.decidido_por) == ("publicado", quien)
    assert "Quedó publicado en la versión 2." in texto_de(respuesta)


def test_decidir_solo_las_marcadas(client, quien):
    hallazgo = un_hallazgo_de(3)
    una = hallazgo.casos.order_by("pk").first()

    client.post(
        hallazgo.get_absolute_url(),
        {"alcance": "marcadas", "casos": [una.pk], "decision": "anulado", "motivo": "Mal."},
    )

    hallazgo.refresh_from_db()
    assert hallazgo.estado == "abierto"
    assert Valor.objects.vigentes().filter(estado="anulado").count() == 1


def test_si_falta_algo_se_dice_y_no_se_pierde_lo_escrito_ni_lo_marcado(client, quien):
    hallazgo = un_hallazgo_de(2)
    una = hallazgo.casos.order_by("pk").first()

    respuesta = client.post(
        hallazgo.get_absolute_url(),
        {"alcance": "marcadas", "casos": [una.pk], "motivo": "Lo que ya escribí."},
    )

    pagina = texto_de(respuesta)
    assert "Escoja qué se hace con esas cifras." in pagina
    assert "Lo que ya escribí." in pagina
    assert f'id="caso-{una.pk}" checked' in pagina


def test_pedir_solo_las_marcadas_sin_marcar_ninguna_se_explica(client, quien):
    hallazgo = un_hallazgo_de(2)

    respuesta = client.post(
        hallazgo.get_absolute_url(),
        {"alcance": "marcadas", "decision": "anulado", "motivo": "Mal."},
    )

    assert "Marque en la tabla al menos una cifra" in texto_de(respuesta)
    assert Version.objects.count() == 1


def test_el_que_no_retiene_solo_se_puede_dejar_asi(client, quien):
    hallazgo = un_hallazgo([], regla="entidades_ausentes")

    client.post(hallazgo.get_absolute_url(), {"motivo": "Ya no existe."})

    hallazgo.refresh_from_db()
    assert hallazgo.estado == "visto"


def test_un_hallazgo_decidido_ya_no_ofrece_decidir(client, quien):
    hallazgo = un_hallazgo_de(1)
    datos = {"alcance": "todas", "decision": "publicado", "motivo": "Sí."}
    client.post(hallazgo.get_absolute_url(), datos)

    respuesta = client.post(hallazgo.get_absolute_url(), datos)

    assert respuesta.context["form"] is None
    assert Version.objects.count() == 2


def test_se_asigna_a_otra_persona(client, quien):
    hallazgo, otra = un_hallazgo(), un_usuario()

    client.post(
        reverse("indicadores:asignar-hallazgo", args=[hallazgo.pk]), {"responsable": otra.pk}
    )

    hallazgo.refresh_from_db()
    assert hallazgo.responsable == otra


def test_varios_se_deciden_de_una_vez(client, quien):
    carga = una_carga()
    hallazgos = [
        un_hallazgo(
            [
                un_valor(
                    47,
                    estado=Valor.Estado.RETENIDO,
                    version=carga.version,
                    vigencia=vigencia,
                )
            ],
            carga=carga,
            vigencia=vigencia,
        )
        for vigencia in (2020, 2021)
    ]

    client.post(
        reverse(BANDEJA),
        {"hallazgos": [h.pk for h in hallazgos], "que": "publicado", "motivo": "Revisados."},
    )

    assert set(Hallazgo.objects.values_list("estado", flat=True)) == {"publicado"}
    assert Version.objects.count() == 2


def test_varios_se_asignan_de_una_vez_sin_motivo(client, quien):
    hallazgo, otra = un_hallazgo(), un_usuario()

    client.post(
        reverse(BANDEJA), {"hallazgos": [hallazgo.pk], "que": "asignar", "responsable": otra.pk}
    )

    hallazgo.refresh_from_db()
    assert hallazgo.responsable == otra


def test_los_que_no_retienen_no_se_deciden_en_bloque(client, quien):
    con, sin = un_hallazgo(), un_hallazgo([], regla="entidades_ausentes")

    respuesta = client.post(
        reverse(BANDEJA), {"hallazgos": [con.pk, sin.pk], "que": "publicado", "motivo": "Sí."}
    )

    pagina = texto_de(respuesta)
    assert "hay hallazgos que no retienen cifras" in pagina
    assert f'id="hallazgo-{con.pk}" checked' in pagina
    assert set(Hallazgo.objects.values_list("estado", flat=True)) == {"abierto"}


def test_el_detalle_nombra_el_indicador_que_se_repite(client, quien):
    un_indicador("reprobacion_transicion", nombre="Reprobación en transición")
    hallazgo = un_hallazgo(
        regla="columna_copiada", detalle="Repite «reprobacion_transicion» en 5 de 5 filas."
    )

    pagina = texto_de(client.get(hallazgo.get_absolute_url()))

    assert "Repite «Reprobación en transición» en 5 de 5 filas." in pagina


def test_las_unidades_que_faltan_se_dicen_por_su_nombre(client, quien):
    una_unidad(ambito="municipio", codigo="94663", nombre="Mapiripana")
    hallazgo = un_hallazgo([], regla="entidades_ausentes", detalle="No vinieron: 94663.")

    pagina = texto_de(client.get(hallazgo.get_absolute_url()))

    assert "No vinieron: Mapiripana (94663)." in pagina


def test_cada_caso_dice_lo_que_vino_y_lo_del_anio_anterior(client, quien):
    carga = una_carga()
    unidad = una_unidad(una_entidad("Aguachica"))
    un_valor(3.4, unidad=unidad, vigencia=2021, version=carga.version)
    raro = un_valor(
        47.62, unidad=unidad, vigencia=2022, version=carga.version, estado="retenido", fila=9
    )
    hallazgo = un_hallazgo([raro], carga=carga)

    uno = client.get(hallazgo.get_absolute_url()).context["casos"][0]

    assert (uno.lo_que_vino, uno.antes.texto, uno.valor.fila) == ("47,6 %", "3,4 %", 9)


def test_mi_portal_dice_cuantos_tiene_a_cargo(client, quien):
    un_hallazgo(responsable=quien)
    un_hallazgo([], regla="entidades_ausentes")

    pagina = texto_de(client.get(reverse("mi-portal")))

    assert "<b>1</b>" in pagina
    assert "hallazgo de calidad por decidir" in pagina


@pytest.mark.parametrize("cual", ["lista", "detalle"])
def test_con_muchos_las_mismas_consultas(
    client, quien, cual, django_assert_num_queries, django_assert_max_num_queries
):
    pocos, muchos = un_hallazgo_de(1), un_hallazgo_de(9)
    direccion = {
        "lista": [reverse(BANDEJA) + f"?responsable={quien.pk}", reverse(BANDEJA)],
        "detalle": [pocos.get_absolute_url(), muchos.get_absolute_url()],
    }[cual]
    Hallazgo.objects.filter(pk=pocos.pk).update(responsable=quien)
    client.get(direccion[0])

    with django_assert_max_num_queries(16) as con_uno:
        client.get(direccion[0])

    with django_assert_num_queries(len(con_uno)):
        client.get(direccion[1])
