"""Hasta dónde llega lo decidido de una persona: a quien se reconoce y sin pisar su evidencia."""

import pytest

from conectate.acciones.revision import decidir, decidir_de_una_persona
from conectate.acciones.senas import reconoce
from territorio.models import Dominio
from tests.conectate.archivos import de, de_formulario, de_zoom, en_cola, entidades_de, importar
from tests.fabricas import un_usuario, una_entidad, una_sesion

pytestmark = pytest.mark.django_db


@pytest.fixture
def neiva():
    return una_entidad("Neiva", codigo_dane="41001")


@pytest.fixture
def huila():
    return una_entidad("Huila", codigo_dane="41", tipo="departamento")


def test_lo_decidido_por_el_nombre_no_alcanza_a_su_tocaya(neiva, huila):
    Dominio.objects.create(dominio="huila.test", entidad=huila)
    primera = una_sesion()
    importar(primera, de_zoom(de("Ana María Ruiz")))
    decidir(grupo="persona:n:ana maria ruiz", por=un_usuario(), entidad=neiva)

    segunda = una_sesion()
    importar(
        segunda, de_zoom(de("Ana María Ruiz"), de("Ana Maria Ruiz", "ana@huila.test"), titulo="B")
    )

    sin_correo = segunda.participaciones.get(correo="")
    assert (sin_correo.entidad, sin_correo.grupo) == (
        None,
        f"persona:n:ana maria ruiz¦{segunda.pk}",
    )
    assert entidades_de(primera) == {"Ana María Ruiz": "Neiva"}


@pytest.mark.parametrize(
    "quien",
    ["Sala de juntas", "Ana", "57300***12", "Galaxy A54", "Usuario de Zoom", "Rectoría", "…"],
)
def test_lo_que_se_llama_como_cualquiera_se_decide_solo_en_su_sesion(neiva, quien):
    primera, segunda = una_sesion(), una_sesion()
    importar(primera, de_zoom(de(quien)))
    importar(segunda, de_zoom(de(quien), titulo="Otra"))
    una, otra = (grupo for grupo, *_ in en_cola())

    decidir(grupo=una, por=un_usuario(), entidad=neiva)

    assert una.endswith(f"¦{primera.pk}")
    assert entidades_de(primera) == {quien: "Neiva"}
    assert (entidades_de(segunda), en_cola()) == ({quien: None}, [(otra, 1, 1)])


@pytest.mark.parametrize("primero_se_decide", [True, False])
def test_lo_decidido_por_el_nombre_no_pisa_lo_que_otro_escribio_en_otra_sesion(
    neiva, huila, primero_se_decide
):
    primera, segunda = una_sesion(), una_sesion()
    de_la_segunda = de_formulario(("Juan Pérez", "", "Huila"))
    if not primero_se_decide:
        importar(segunda, de_la_segunda)
    importar(primera, de_zoom(de("Juan Pérez")))

    decidir(grupo="persona:n:juan perez", por=un_usuario(), entidad=neiva)

    if primero_se_decide:
        importar(segunda, de_la_segunda)
    juan = segunda.participaciones.get()
    assert entidades_de(primera) == {"Juan Pérez": "Neiva"}
    assert (juan.entidad, juan.decision, juan.sugerencias) == (None, "revision", ["41", "41001"])
    assert en_cola() == [(f"persona:n:juan perez¦{segunda.pk}", 1, 1)]


def test_lo_que_se_contradice_se_responde_en_su_sesion_sin_tocar_las_otras(neiva, huila):
    primera, segunda = una_sesion(), una_sesion()
    importar(primera, de_zoom(de("Juan Pérez")))
    decidir(grupo="persona:n:juan perez", por=un_usuario(), entidad=neiva)
    importar(segunda, de_formulario(("Juan Pérez", "", "Huila")))

    decidir_de_una_persona(
        participacion=segunda.participaciones.get(), por=un_usuario(), entidad=huila
    )

    assert entidades_de(primera) == {"Juan Pérez": "Neiva"}
    assert entidades_de(segunda) == {"Juan Pérez": "Huila"}


def test_lo_que_escribe_despues_en_la_misma_sesion_se_pregunta(neiva, huila):
    sesion = una_sesion()
    importar(sesion, de_zoom(de("Juan Pérez")))
    decidir(grupo="persona:n:juan perez", por=un_usuario(), entidad=neiva)

    importar(sesion, de_formulario(("Juan Pérez", "", "Huila")))

    assert entidades_de(sesion) == {"Juan Pérez": None}
    assert en_cola() == [(f"persona:n:juan perez¦{sesion.pk}", 1, 1)]


def test_lo_confirmado_de_un_correo_manda_donde_se_vio_lo_contrario_y_si_no_se_pregunta(
    neiva, huila
):
    Dominio.objects.create(dominio="neiva.test", entidad=neiva)
    primera, segunda = una_sesion(), una_sesion()
    importar(primera, de_formulario(("Ana Ruiz", "ana@neiva.test", "Huila")))
    decidir(grupo="persona:c:ana@neiva.test", por=un_usuario(), entidad=neiva)

    importar(segunda, de_formulario(("Ana  Ruiz", "ana@neiva.test", "Huila")))

    assert entidades_de(primera) == {"Ana Ruiz": "Neiva"}
    assert en_cola() == [(f"persona:c:ana@neiva.test¦{segunda.pk}", 1, 1)]


def test_corregir_a_quien_trae_su_correo_vale_en_sus_otras_sesiones(neiva, huila):
    Dominio.objects.create(dominio="neiva.test", entidad=neiva)
    primera, segunda = una_sesion(), una_sesion()
    importar(primera, de_zoom(de("Ana Ruiz", "ana@neiva.test")))

    decidir_de_una_persona(
        participacion=primera.participaciones.get(), por=un_usuario(), entidad=huila
    )

    importar(segunda, de_zoom(de("Ana Ruiz", "ana@neiva.test"), titulo="Otra"))
    assert (entidades_de(primera), entidades_de(segunda)) == ({"Ana Ruiz": "Huila"},) * 2


def test_corregir_a_quien_se_llama_como_cualquiera_no_vale_en_otra_sesion(neiva):
    primera, segunda = una_sesion(), una_sesion()
    importar(primera, de_zoom(de("iPhone de Ana")))
    importar(segunda, de_zoom(de("iPhone de Ana"), titulo="Otra"))

    decidir_de_una_persona(
        participacion=primera.participaciones.get(), por=un_usuario(), entidad=neiva
    )

    assert entidades_de(primera) == {"iPhone de Ana": "Neiva"}
    assert entidades_de(segunda) == {"iPhone de Ana": None}


@pytest.mark.parametrize(
    ("clave", "se_reconoce"),
    [
        ("c:ana@otra.test", True),
        ("n:ana ruiz", True),
        ("tel:573001234567", True),
        ("tel:57300****12", False),
        ("tel:callinuser1", False),
        ("n:secretaria de educacion", False),
        ("n:sala tic 2", False),
        ("n:invitado", False),
        ("s:16778240", False),
    ],
)
def test_se_reconoce_en_otra_sesion_a_quien_trae_correo_telefono_o_nombre_propio(
    clave, se_reconoce
):
    assert reconoce(clave) == se_reconoce
