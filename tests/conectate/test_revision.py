"""Decidir de quién es cada cosa: se aprende, se aplica, no se pregunta otra vez y se deshace."""

from datetime import date

import pytest
from auditlog.models import LogEntry
from django.core.exceptions import ValidationError
from django.utils import timezone

from conectate.acciones import importaciones
from conectate.acciones.recalculo import recalcular_sesion
from conectate.acciones.revision import (
    decidir,
    decidir_de_una_persona,
    decidir_misma_persona,
    deshacer_decision,
    deshacer_misma_persona,
)
from conectate.acciones.senas import reconoce
from conectate.acciones.sesiones import cambiar_estado
from conectate.consultas.revision import (
    grupo_de,
    grupos,
    parejas_propuestas,
    pendiente,
    por_revisar,
    vestir,
)
from conectate.models import Decision, MismaPersona, Sesion
from territorio.models import Alias, Dominio
from tests.conectate.archivos import contadas, de_formulario, de_zoom, importar
from tests.fabricas import un_usuario, una_entidad, una_sesion

pytestmark = pytest.mark.django_db


@pytest.fixture
def neiva():
    return una_entidad("Neiva", codigo_dane="41001")


@pytest.fixture
def huila():
    return una_entidad("Huila", codigo_dane="41", tipo="departamento")


def de(nombre, correo="", entrada="09:00", salida="10:00"):
    return (nombre, correo, entrada, salida)


def en_cola(**filtros):
    return [
        (fila["grupo"], fila["personas"], fila["sesiones"])
        for fila in grupos(por_revisar(**filtros))
    ]


def entidades_de(sesion):
    return dict(sesion.participaciones.order_by("nombre").values_list("nombre", "entidad__nombre"))


# ── la cola ───────────────────────────────────────────────────────────────────────────────────


def test_agrupa_por_dominio_por_texto_y_por_persona_lo_que_mas_resuelve_primero():
    primera, segunda = una_sesion(), una_sesion()
    importar(primera, de_zoom(de("Ana", "ana@otra.test"), de("Luis Paz", "luis@otra.test")))
    importar(segunda, de_zoom(de("Ana", "ana@otra.test"), de("Eva Gil")))
    importar(segunda, de_formulario(("Sol Río", "sol@gmail.com", "La Secretaría de Nva")))
    Dominio.objects.create(dominio="gmail.com", clase="personal")
    importar(una_sesion(), de_formulario(("Mar", "mar@gmail.com", "La secretaria de NVA")))

    assert en_cola() == [
        ("dominio:otra.test", 2, 2),
        ("dominio:gmail.com", 1, 1),
        ("persona:n:eva gil", 1, 1),
        ("texto:la secretaria de nva", 1, 1),
    ]


def test_un_texto_que_no_dice_de_quien_no_agrupa_a_nadie():
    Dominio.objects.create(dominio="gmail.com", clase="personal")

    importar(
        una_sesion(),
        de_formulario(
            ("Ana", "ana@gmail.com", "Secretaría de Educación Municipal"),
            ("Luis", "luis@gmail.com", "N/A"),
        ),
    )

    assert en_cola() == [("persona:c:ana@gmail.com", 1, 1), ("persona:c:luis@gmail.com", 1, 1)]


def test_los_datos_que_se_contradicen_se_deciden_persona_por_persona(neiva, huila):
    Dominio.objects.create(dominio="neiva.test", entidad=neiva)

    importar(una_sesion(), de_formulario(("Ana", "ana@neiva.test", "Huila")))

    [grupo] = vestir(list(grupos(por_revisar())))
    assert (grupo.clave, grupo.decision) == ("persona:c:ana@neiva.test", "revision")
    assert {s.nombre for s in grupo.sugerencias} == {"Neiva", "Huila"}


def test_la_cola_no_muestra_lo_de_sesiones_cerradas():
    sesion = una_sesion()
    importar(sesion, de_zoom(de("Ana", "ana@otra.test")))

    Sesion.objects.filter(pk=sesion.pk).update(estado="cerrada")

    assert en_cola() == []


def test_la_cola_de_una_sesion_trae_sus_grupos_y_cuenta_todo_lo_que_resuelven():
    primera, segunda = una_sesion(), una_sesion()
    importar(primera, de_zoom(de("Ana", "ana@otra.test"), de("Eva Gil")))
    importar(segunda, de_zoom(de("Luis", "luis@otra.test")))

    assert en_cola(sesion=segunda) == [("dominio:otra.test", 2, 2)]


def test_se_busca_por_nombre_sin_tildes_y_por_dominio():
    importar(una_sesion(), de_zoom(de("Íngrid Peña"), de("Ana", "ana@otra.test")))

    assert en_cola(texto="PEÑA") == [("persona:n:ingrid pena", 1, 1)]
    assert en_cola(texto="@otra") == []
    assert en_cola(texto="otra.te") == [("dominio:otra.test", 1, 1)]
    assert en_cola(ambito="persona") == [("persona:n:ingrid pena", 1, 1)]


def test_sugiere_la_entidad_con_que_alguien_de_ese_nombre_ya_participo(neiva):
    Dominio.objects.create(dominio="neiva.test", entidad=neiva)
    importar(una_sesion(), de_zoom(de("Ana María Ruiz", "ana@neiva.test")))

    importar(una_sesion(), de_zoom(de("RUIZ ANA MARÍA")))

    grupo = grupo_de("persona:n:ruiz ana maria")
    assert [(s.nombre, s.razon) for s in grupo.sugerencias] == [
        ("Neiva", "alguien con su nombre, en una sesión")
    ]


@pytest.mark.parametrize("cuantas", [1, 4])
def test_la_cola_hace_las_mismas_consultas_con_uno_y_con_muchos_grupos(
    cuantas, django_assert_num_queries
):
    for n in range(cuantas):
        importar(una_sesion(), de_zoom(de(f"Ana {n}", f"ana@otra{n}.test"), de(f"Eva Gil {n}")))

    with django_assert_num_queries(4):
        vestir(list(grupos(por_revisar())))


# ── decidir ───────────────────────────────────────────────────────────────────────────────────


def test_decidir_un_dominio_resuelve_a_todos_y_ensena_al_catalogo(neiva):
    primera, segunda = una_sesion(), una_sesion()
    importar(primera, de_zoom(de("Ana", "ana@otra.test")))
    importar(segunda, de_zoom(de("Luis", "luis@otra.test")))

    decision = decidir(grupo="dominio:otra.test", por=un_usuario(), entidad=neiva)

    assert entidades_de(primera) == {"Ana": "Neiva"}
    assert entidades_de(segunda) == {"Luis": "Neiva"}
    assert (decision.n_personas, decision.n_sesiones, en_cola()) == (2, 2, [])
    assert Dominio.objects.get(dominio="otra.test").entidad == neiva


def test_lo_confirmado_no_se_pregunta_en_importaciones_futuras(neiva):
    importar(una_sesion(), de_zoom(de("Ana", "ana@otra.test")))
    decidir(grupo="dominio:otra.test", por=un_usuario(), entidad=neiva)

    nueva = una_sesion()
    importar(nueva, de_zoom(de("Sofía", "sofia@otra.test")))

    assert (entidades_de(nueva), en_cola()) == ({"Sofía": "Neiva"}, [])


def test_decidir_un_texto_ensena_un_alias(neiva):
    Dominio.objects.create(dominio="gmail.com", clase="personal")
    sesion = una_sesion()
    importar(
        sesion,
        de_formulario(("Ana", "ana@gmail.com", "La de Nva"), ("Eva", "e@gmail.com", "la de nva")),
    )

    decidir(grupo="texto:la de nva", por=un_usuario(), entidad=neiva)

    assert entidades_de(sesion) == {"Ana": "Neiva", "Eva": "Neiva"}
    assert Alias.objects.get(texto_norm="la de nva").entidad == neiva


def test_decidir_una_persona_vale_en_todas_sus_sesiones(neiva):
    Dominio.objects.create(dominio="gmail.com", clase="personal")
    primera, segunda = una_sesion(), una_sesion()
    importar(primera, de_zoom(de("Ana", "ana@gmail.com")))

    decidir(grupo="persona:c:ana@gmail.com", por=un_usuario(), entidad=neiva)

    importar(segunda, de_zoom(de("Ana R.", "ANA@gmail.com")))
    persona = segunda.participaciones.get()
    assert (persona.entidad, persona.decision) == (neiva, "confirmada")


def test_no_es_una_etc(neiva):
    sesion = una_sesion()
    importar(sesion, de_zoom(de("Ana", "ana@uni.test")))

    decidir(grupo="dominio:uni.test", por=un_usuario(), ajena="Universidad de prueba")

    persona = sesion.participaciones.get()
    assert (persona.entidad, persona.ajena, persona.grupo) == (None, "Universidad de prueba", "")
    assert Dominio.objects.get(dominio="uni.test").clase == "ajeno"


def test_dejar_sin_identificar_no_ensena_nada_y_no_se_pregunta_mas():
    sesion = una_sesion()
    importar(sesion, de_zoom(de("Ana", "ana@otra.test")))

    decidir(grupo="dominio:otra.test", por=un_usuario(), desenlace="ninguno")

    importar(una_sesion(), de_zoom(de("Luis", "luis@otra.test")))
    persona = sesion.participaciones.get()
    assert (persona.entidad, persona.ajena, persona.decision) == (None, "", "confirmada")
    assert (en_cola(), Dominio.objects.filter(dominio="otra.test").exists()) == ([], False)


def test_un_dominio_que_resulta_de_correo_personal_se_pregunta_persona_por_persona():
    importar(una_sesion(), de_zoom(de("Ana", "ana@correo.test"), de("Luis", "luis@correo.test")))

    decidir(grupo="dominio:correo.test", por=un_usuario(), desenlace="personal")

    assert en_cola() == [("persona:c:ana@correo.test", 1, 1), ("persona:c:luis@correo.test", 1, 1)]


def test_un_dominio_personal_jamas_se_aprende_como_de_una_entidad(neiva):
    importar(una_sesion(), de_zoom(de("Ana", "ana@correo.test")))
    Dominio.objects.create(dominio="correo.test", clase="personal")

    with pytest.raises(ValidationError, match="correo personal"):
        decidir(grupo="dominio:correo.test", por=un_usuario(), entidad=neiva)

    assert Decision.objects.count() == 0


def test_quien_escribio_otra_cosa_queda_en_duda_aunque_se_decida_su_dominio(neiva, huila):
    sesion = una_sesion()
    importar(sesion, de_zoom(de("Ana", "ana@otra.test"), de("Luis", "luis@otra.test")))
    importar(sesion, de_formulario(("Luis", "luis@otra.test", "Huila")))

    decidir(grupo="dominio:otra.test", por=un_usuario(), entidad=neiva)

    assert entidades_de(sesion) == {"Ana": "Neiva", "Luis": None}
    assert en_cola() == [("persona:c:luis@otra.test", 1, 1)]


def test_una_sesion_cerrada_no_cambia_aunque_se_decida_despues(neiva):
    cerrada, abierta = una_sesion(), una_sesion()
    importar(cerrada, de_zoom(de("Ana", "ana@otra.test")))
    importar(abierta, de_zoom(de("Luis", "luis@otra.test")))
    Sesion.objects.filter(pk=cerrada.pk).update(estado="cerrada")

    decidir(grupo="dominio:otra.test", por=un_usuario(), entidad=neiva)

    assert (entidades_de(cerrada), entidades_de(abierta)) == ({"Ana": None}, {"Luis": "Neiva"})


def test_reabrir_una_sesion_le_aplica_lo_que_se_decidio_mientras_estuvo_cerrada(neiva):
    cerrada, abierta = una_sesion(), una_sesion()
    importar(cerrada, de_zoom(de("Ana", "ana@otra.test")))
    importar(abierta, de_zoom(de("Luis", "luis@otra.test")))
    cambiar_estado(sesion=cerrada, a="cerrada", por=None)
    decidir(grupo="dominio:otra.test", por=un_usuario(), entidad=neiva)

    cambiar_estado(sesion=cerrada, a="realizada", por=None, motivo="Faltó un archivo")

    assert entidades_de(cerrada) == {"Ana": "Neiva"}


def test_si_otro_ya_decidio_se_dice_y_no_se_cambia_nada(neiva, huila):
    importar(una_sesion(), de_zoom(de("Ana", "ana@otra.test")))
    primera = decidir(
        grupo="dominio:otra.test", por=un_usuario(nombre="Quien Llegó Antes"), entidad=neiva
    )

    with pytest.raises(ValidationError) as error:
        decidir(grupo="dominio:otra.test", por=un_usuario(), entidad=huila)

    assert error.value.code == "ya_decidido"
    assert "Quien Llegó Antes ya decidió" in error.value.message
    assert Decision.objects.get() == primera


def test_una_decision_solo_vale_donde_la_entidad_existia(neiva):
    nueva = una_entidad("La Nueva", desde=date(2023, 1, 1))
    Dominio.objects.create(dominio="gmail.com", clase="personal")
    antes, despues = una_sesion(), una_sesion(fecha=date(2024, 6, 9))
    importar(despues, de_zoom(de("Ana", "ana@gmail.com"), fecha="09/06/2024"))
    decidir(grupo="persona:c:ana@gmail.com", por=un_usuario(), entidad=nueva)

    importar(antes, de_zoom(de("Ana", "ana@gmail.com")))

    assert (entidades_de(despues), entidades_de(antes)) == ({"Ana": "La Nueva"}, {"Ana": None})
    assert en_cola() == [(f"persona:c:ana@gmail.com¦{antes.pk}", 1, 1)]


@pytest.mark.parametrize(
    ("grupo", "quien"),
    [
        ("dominio:otra.test", ("Ana", "ana@otra.test", "")),
        ("texto:la de nva", ("Ana", "", "La de Nva")),
        ("persona:n:ana ruiz", ("Ana Ruiz", "", "")),
    ],
)
def test_no_se_decide_hacia_una_entidad_que_aun_no_existia_en_ninguna_de_sus_sesiones(grupo, quien):
    nueva = una_entidad("La Nueva", desde=date(2023, 1, 1))
    importar(una_sesion(), de_formulario(quien))

    with pytest.raises(ValidationError, match="La Nueva no era una entidad certificada"):
        decidir(grupo=grupo, por=un_usuario(), entidad=nueva)

    assert ([clave for clave, *_ in en_cola()], Decision.objects.count()) == ([grupo], 0)


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


# ── esta persona es de… ───────────────────────────────────────────────────────────────────────


def test_una_persona_ya_asignada_se_puede_corregir(neiva, huila):
    Dominio.objects.create(dominio="neiva.test", entidad=neiva)
    sesion = una_sesion()
    importar(sesion, de_zoom(de("Ana", "ana@neiva.test"), de("Luis", "luis@neiva.test")))

    decidir_de_una_persona(
        participacion=sesion.participaciones.get(nombre="Ana"), por=un_usuario(), entidad=huila
    )

    assert entidades_de(sesion) == {"Ana": "Huila", "Luis": "Neiva"}


def test_corregir_dos_veces_pide_haber_visto_la_decision_anterior(neiva, huila):
    sesion = una_sesion()
    importar(sesion, de_zoom(de("Eva Gil")))
    persona = sesion.participaciones.get()
    primera = decidir_de_una_persona(participacion=persona, por=un_usuario(), entidad=huila)

    with pytest.raises(ValidationError, match="ya decidió"):
        decidir_de_una_persona(participacion=persona, por=un_usuario(), entidad=neiva)

    decidir_de_una_persona(participacion=persona, por=un_usuario(), entidad=neiva, habia=primera.pk)
    assert entidades_de(sesion) == {"Eva Gil": "Neiva"}


# ── deshacer ──────────────────────────────────────────────────────────────────────────────────


def test_deshacer_una_decision_olvida_lo_aprendido_y_vuelve_a_preguntar(neiva):
    sesion = una_sesion()
    importar(sesion, de_zoom(de("Ana", "ana@otra.test")))
    decision = decidir(grupo="dominio:otra.test", por=un_usuario(), entidad=neiva)

    deshacer_decision(decision=decision, por=un_usuario())

    assert (entidades_de(sesion), en_cola()) == ({"Ana": None}, [("dominio:otra.test", 1, 1)])
    assert not Dominio.objects.filter(dominio="otra.test").exists()


def test_deshacer_un_dominio_tambien_suelta_a_quien_venia_de_un_subdominio(neiva):
    sesion, otra = una_sesion(), una_sesion()
    importar(sesion, de_zoom(de("Ana", "ana@otra.test")))
    decision = decidir(grupo="dominio:otra.test", por=un_usuario(), entidad=neiva)
    importar(otra, de_zoom(de("Luis", "luis@correo.otra.test"), titulo="Otra"))
    antes = entidades_de(otra)

    deshacer_decision(decision=decision, por=un_usuario())

    assert (antes, entidades_de(otra)) == ({"Luis": "Neiva"}, {"Luis": None})


def test_un_subdominio_sostiene_lo_que_se_aprendio_de_su_dominio(neiva):
    primera, segunda = una_sesion(), una_sesion()
    archivo = importar(primera, de_zoom(de("Ana", "ana@otra.test")))
    decidir(grupo="dominio:otra.test", por=un_usuario(), entidad=neiva)
    ultimo = importar(segunda, de_zoom(de("Luis", "luis@correo.otra.test"), titulo="Otra"))

    importaciones.deshacer(importacion=archivo, por=un_usuario())
    con_apoyo = Decision.objects.vigentes().count()
    importaciones.deshacer(importacion=ultimo, por=un_usuario())

    assert (con_apoyo, Decision.objects.vigentes().count()) == (1, 0)


def test_lo_que_ya_estaba_en_el_catalogo_no_se_borra_al_deshacer(neiva):
    importar(una_sesion(), de_zoom(de("Ana", "ana@otra.test")))
    Dominio.objects.create(dominio="otra.test", entidad=neiva)
    decision = decidir(grupo="dominio:otra.test", por=un_usuario(), entidad=neiva)

    deshacer_decision(decision=decision, por=un_usuario())

    assert Dominio.objects.filter(dominio="otra.test").exists()


def test_no_se_deshace_dos_veces(neiva):
    importar(una_sesion(), de_zoom(de("Ana", "ana@otra.test")))
    decision = decidir(grupo="dominio:otra.test", por=un_usuario(), entidad=neiva)
    deshacer_decision(decision=decision, por=un_usuario())

    with pytest.raises(ValidationError, match="ya estaba deshecha"):
        deshacer_decision(decision=decision, por=un_usuario())


def test_deshacer_un_archivo_olvida_lo_que_solo_se_aprendio_de_el(neiva):
    importacion = importar(una_sesion(), de_zoom(de("Ana", "ana@otra.test"), de("Eva Gil")))
    decidir(grupo="dominio:otra.test", por=un_usuario(), entidad=neiva)
    decidir(grupo="persona:n:eva gil", por=un_usuario(), entidad=neiva)

    importaciones.deshacer(importacion=importacion, por=un_usuario())

    assert Decision.objects.vigentes().count() == 0
    assert not Dominio.objects.filter(dominio="otra.test").exists()


def test_lo_que_aun_sostiene_otro_archivo_no_se_olvida(neiva):
    importacion = importar(una_sesion(), de_zoom(de("Ana", "ana@otra.test")))
    decidir(grupo="dominio:otra.test", por=un_usuario(), entidad=neiva)
    otra = una_sesion()
    importar(otra, de_zoom(de("Luis", "luis@otra.test"), titulo="Otra"))

    importaciones.deshacer(importacion=importacion, por=un_usuario())

    assert (entidades_de(otra), Decision.objects.vigentes().count()) == ({"Luis": "Neiva"}, 1)


# ── ¿es la misma persona? ─────────────────────────────────────────────────────────────────────

PAREJA = de_zoom(de("Ana Ruiz", "ana@otra.test"), de("Ana Ruiz", salida="09:20", entrada="08:50"))


def test_con_correo_y_sin_el_se_sugiere_y_no_se_funde():
    sesion = una_sesion()

    importar(sesion, PAREJA)

    assert sesion.participaciones.count() == 2
    assert [(p.clave, p.principal) for p in parejas_propuestas()] == [
        ("n:ana ruiz", "c:ana@otra.test")
    ]
    assert pendiente().parejas == 1


def test_aceptar_une_sus_minutos_sin_sumarlos():
    sesion = una_sesion()
    importar(sesion, PAREJA)

    decidir_misma_persona(propuesta=parejas_propuestas().get(), es_la_misma=True, por=un_usuario())

    assert contadas(sesion) == {"Ana Ruiz": 70.0}
    assert pendiente().parejas == 0


def test_rechazar_las_deja_aparte_y_no_se_pregunta_mas_ni_en_otra_sesion():
    importar(una_sesion(), PAREJA)
    decidir_misma_persona(propuesta=parejas_propuestas().get(), es_la_misma=False, por=un_usuario())

    otra = una_sesion()
    importar(otra, PAREJA)

    assert (otra.participaciones.count(), pendiente().parejas) == (2, 0)


def test_lo_aceptado_vale_en_otra_sesion_y_deshacerlo_las_separa_en_las_dos():
    primera, segunda = una_sesion(), una_sesion()
    importar(primera, PAREJA)
    importar(segunda, PAREJA)
    propuesta = parejas_propuestas().filter(sesion=primera).get()

    decidir_misma_persona(propuesta=propuesta, es_la_misma=True, por=un_usuario())
    unidas = (primera.participaciones.count(), segunda.participaciones.count())
    deshacer_misma_persona(respuesta=propuesta, por=un_usuario())

    assert unidas == (1, 1)
    assert (primera.participaciones.count(), segunda.participaciones.count()) == (2, 2)
    assert pendiente().parejas == 2


def test_separar_deshace_tambien_lo_que_se_acepto_de_la_pareja_en_otras_sesiones():
    primera, segunda = una_sesion(), una_sesion()
    for sesion in (primera, segunda):
        importar(sesion, PAREJA)
    propuestas = list(parejas_propuestas())
    MismaPersona.objects.update(estado="aceptada", decidida_en=timezone.now())
    for sesion in (primera, segunda):
        recalcular_sesion(sesion)

    deshacer_misma_persona(respuesta=propuestas[0], por=un_usuario())

    assert (primera.participaciones.count(), segunda.participaciones.count()) == (2, 2)
    assert MismaPersona.objects.aceptadas().count() == 0


def test_separar_manda_sobre_lo_que_se_acepto_en_una_sesion_ya_cerrada():
    cerrada, abierta = una_sesion(), una_sesion()
    for sesion in (cerrada, abierta):
        importar(sesion, PAREJA)
    MismaPersona.objects.update(estado="aceptada", decidida_en=timezone.now())
    Sesion.objects.filter(pk=cerrada.pk).update(estado="cerrada")
    recalcular_sesion(abierta)

    deshacer_misma_persona(respuesta=abierta.mismas_personas.get(), por=un_usuario())

    assert (abierta.participaciones.count(), pendiente().parejas) == (2, 1)
    assert cerrada.mismas_personas.get().estado == "aceptada"


def test_deshacer_el_archivo_que_motivo_una_pareja_la_olvida():
    sesion = una_sesion()
    importar(sesion, de_zoom(de("Ana Ruiz")))
    con_correo = importar(sesion, de_formulario(("Ana Ruiz", "ana@otra.test", "")))
    decidir_misma_persona(propuesta=parejas_propuestas().get(), es_la_misma=True, por=un_usuario())

    importaciones.deshacer(importacion=con_correo, por=un_usuario())

    persona = sesion.participaciones.get()
    assert (persona.clave, persona.correo) == ("n:ana ruiz", "")
    assert MismaPersona.objects.count() == 0


def test_una_pareja_que_sigue_junta_en_otra_sesion_no_se_olvida():
    primera, segunda = una_sesion(), una_sesion()
    archivo = importar(primera, PAREJA)
    importar(segunda, PAREJA)
    propuesta = parejas_propuestas().filter(sesion=primera).get()
    decidir_misma_persona(propuesta=propuesta, es_la_misma=True, por=un_usuario())

    importaciones.deshacer(importacion=archivo, por=un_usuario())

    assert (primera.participaciones.count(), segunda.participaciones.count()) == (0, 1)
    assert MismaPersona.objects.get() == propuesta


def test_si_otro_ya_respondio_no_se_cambia_nada():
    importar(una_sesion(), PAREJA)
    propuesta = parejas_propuestas().get()
    decidir_misma_persona(propuesta=propuesta, es_la_misma=False, por=un_usuario())

    with pytest.raises(ValidationError, match="Otra persona ya respondió"):
        decidir_misma_persona(propuesta=propuesta, es_la_misma=True, por=un_usuario())


# ── constancia ────────────────────────────────────────────────────────────────────────────────


def test_decidir_queda_anotado_sin_nombres_ni_correos(neiva):
    importar(una_sesion(), de_zoom(de("Eva Gil"), de("Ana", "ana@gmail.test")))

    decidir(grupo="persona:n:eva gil", por=un_usuario(), entidad=neiva)

    entrada = LogEntry.objects.filter(additional_data__verbo="decidió en la revisión").get()
    assert entrada.additional_data["detalle"]["entidad"] == "41001"
    assert "eva" not in f"{entrada.additional_data} {entrada.object_repr}".lower()
