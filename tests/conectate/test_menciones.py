"""La mención especial: la regla, quiénes cumplen, y que de las demás no se diga nada."""

from datetime import date

import pytest
from django.urls import reverse

from conectate.consultas.menciones import menciones_de, minimo_de
from conectate.informes import INFORMES
from cuentas.models import Rol
from tests.fabricas import un_tipo, un_usuario, una_entidad, una_participacion, una_sesion
from trabajos.models import Trabajo

pytestmark = pytest.mark.django_db

PAGINA = "/conectate/menciones/2020/"


def texto(respuesta):
    return " ".join(respuesta.content.decode().split())


def una_vigencia(n=10, **presencias):
    """`n` informativas a las que se convocó a todas; cada una estuvo en las primeras que diga."""
    entidades = {nombre: una_entidad(nombre) for nombre in presencias}
    for i in range(n):
        sesion = una_sesion(convocadas=entidades.values())
        una_participacion(sesion)
        for nombre, cuantas in presencias.items():
            if i < cuantas:
                una_participacion(sesion, entidades[nombre])
    return entidades


def nombres_y_cuentas(menciones):
    return [(entidad.nombre, str(cuenta)) for entidad, cuenta in menciones.por_tipo[0].entidades]


# ── La regla ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("n", "minimo"), [(45, 42), (50, 47), (100, 93), (5, 5), (1, 1)])
def test_el_minimo_que_se_propone_sale_del_porcentaje(n, minimo):
    assert minimo_de(n) == minimo


def test_el_porcentaje_se_configura(settings):
    settings.MENCION_PORCENTAJE = 80

    assert minimo_de(45) == 36


def test_con_los_mismos_numeros_van_en_orden_alfabetico():
    una_vigencia(n=3, Manizales=3, Antioquia=3, Guainía=3)

    assert [nombre for nombre, _ in nombres_y_cuentas(menciones_de(2020))] == [
        "Antioquia",
        "Guainía",
        "Manizales",
    ]


def test_de_mas_a_menos_cada_una_con_su_n():
    una_vigencia(n=20, Huila=19, Antioquia=20, Meta=18)

    menciones = menciones_de(2020)

    assert nombres_y_cuentas(menciones) == [("Antioquia", "20 de 20"), ("Huila", "19 de 20")]
    assert menciones.por_tipo[0].regla == (
        "Para quienes participaron en al menos 19 de las 20 sesiones de este tipo."
    )


def test_cada_tipo_tiene_su_mencion_y_lo_que_se_cuenta_aparte_no():
    huila = una_entidad("Huila")
    for clave, conteo in (("informativa", "sesion"), ("dialogo", "sesion"), ("reunion", "aparte")):
        sesion = una_sesion(tipo=un_tipo(clave, conteo=conteo), convocadas=[huila])
        una_participacion(sesion, huila)

    assert [m.tipo.clave for m in menciones_de(2020).por_tipo] == ["dialogo", "informativa"]


def test_una_sesion_sin_dato_no_entra_en_la_regla():
    entidades = una_vigencia(n=2, Huila=2)
    una_sesion("Sin lista", convocadas=entidades.values())

    assert nombres_y_cuentas(menciones_de(2020)) == [("Huila", "2 de 2")]


# ── La página ─────────────────────────────────────────────────────────────────────────────────


def test_cualquiera_ve_la_mencion_con_su_regla(client):
    una_vigencia(n=20, Huila=19)

    pagina = texto(client.get(PAGINA))

    assert "Para quienes participaron en al menos 19 de las 20 sesiones de este tipo." in pagina
    assert "Huila" in pagina
    assert "19 de 20" in pagina
    assert '<span class="mencion-porcentaje">95,0 %<' in pagina


@pytest.mark.parametrize("quien", [None, Rol.SECRETARIO])
@pytest.mark.parametrize("direccion", [PAGINA, f"{PAGINA}?informativa=1"])
def test_ni_el_publico_ni_otra_secretaria_saben_quienes_faltaron(client, quien, direccion):
    una_vigencia(n=10, Huila=10, Vichada=9, Chocó=1, Tuluá=0)
    if quien:
        client.force_login(un_usuario(quien, entidad=una_entidad("Pereira")))

    pagina = client.get(direccion).content.decode()

    vistos = [n for n in ("Huila", "Vichada", "Chocó", "Tuluá") if n in pagina]
    assert vistos == ["Huila"]


def test_el_ministerio_escoge_el_minimo_en_la_direccion(client):
    una_vigencia(n=10, Huila=10, Vichada=9, Chocó=1)
    client.force_login(un_usuario())

    pagina = client.get(f"{PAGINA}?informativa=9")

    assert nombres_y_cuentas(pagina.context["menciones"]) == [
        ("Huila", "10 de 10"),
        ("Vichada", "9 de 10"),
    ]


@pytest.mark.parametrize("minimo", ["0", "-1", "11", "muchas", "99999999999999999999"])
def test_un_minimo_que_no_puede_ser_deja_el_que_se_propone(client, minimo):
    una_vigencia(n=10, Huila=10, Vichada=9)
    client.force_login(un_usuario())

    pagina = client.get(PAGINA, {"informativa": minimo})

    assert nombres_y_cuentas(pagina.context["menciones"]) == [("Huila", "10 de 10")]


def test_un_año_sin_sesiones_lo_dice(client):
    assert "En este año no hay mención especial." in texto(client.get("/conectate/menciones/2015/"))


def test_si_nadie_la_alcanza_lo_dice_sin_nombrar_a_nadie(client):
    una_vigencia(n=10, Huila=1)

    pagina = texto(client.get(PAGINA))

    assert "Todavía ninguna secretaría la alcanza." in pagina
    assert "Huila" not in pagina


def test_la_demostracion_se_dice(client):
    una_sesion(fecha=date(2019, 5, 1))
    una_sesion(es_demostracion=True)

    paginas = [texto(client.get(f"/conectate/menciones/{v}/")) for v in (2019, 2020)]

    assert ["Datos de demostración" in pagina for pagina in paginas] == [False, True]


def test_las_menciones_recientes_llevan_al_ultimo_año_con_sesiones(client):
    una_sesion(fecha=date(2019, 5, 1))
    una_sesion(fecha=date(2021, 5, 1))

    respuesta = client.get(reverse("conectate:menciones-recientes"))

    assert respuesta["Location"] == "/conectate/menciones/2021/"


def test_la_pagina_cuesta_lo_mismo_con_una_sesion_que_con_tres(
    client, django_assert_max_num_queries
):
    huila = una_entidad("Huila")

    def cuanto_cuesta():
        with django_assert_max_num_queries(15) as consultas:
            client.get(PAGINA)
        return len(consultas)

    una_participacion(una_sesion(convocadas=[huila]), huila)
    cuanto_cuesta()
    con_una = cuanto_cuesta()
    for _ in range(2):
        otra = una_entidad()
        una_participacion(una_sesion(convocadas=[huila, otra]), huila)

    assert cuanto_cuesta() == con_una


# ── La descarga ───────────────────────────────────────────────────────────────────────────────


def test_la_descarga_trae_lo_que_la_pagina_y_su_regla():
    una_vigencia(n=20, Huila=19, Meta=1)

    informe = INFORMES["menciones"](un_usuario(Rol.SECRETARIO), vigencia=2020)

    (fila,) = informe.hojas[0].filas
    assert (fila[2], fila[3], fila[4]) == ("Huila", 19, 20)
    assert (
        informe.notas[0][1]
        == "Para quienes participaron en al menos 19 de las 20 sesiones de este tipo."
    )


def test_una_secretaria_no_descarga_con_otro_minimo(client):
    una_vigencia(n=10, Huila=10, Chocó=1)
    por = un_usuario(Rol.SECRETARIO)
    client.force_login(por)

    client.post(f"{PAGINA}descargar/?informativa=1", {"formato": "xlsx"})

    parametros = Trabajo.objects.get().parametros["parametros"]
    informe = INFORMES["menciones"](por, vigencia=2020, minimos={"informativa": 1})
    assert parametros == {"vigencia": 2020, "minimos": {}}
    assert [fila[2] for fila in informe.hojas[0].filas] == ["Huila"]
