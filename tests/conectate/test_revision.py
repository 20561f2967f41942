"""Decidir de quién es cada cosa: se aprende, se aplica, no se pregunta otra vez y se deshace."""

from datetime import date

import pytest
from auditlog.models import LogEntry
from django.core.exceptions import ValidationError

from conectate.acciones import importaciones
from conectate.acciones.cierre import cerrar_sesion
from conectate.acciones.revision import (
    decidir,
    decidir_de_una_persona,
    deshacer_decision,
)
from conectate.acciones.sesiones import cambiar_estado
from conectate.consultas.revision import (
    grupo_de,
    grupos,
    por_revisar,
    vestir,
)
from conectate.models import Decision, Sesion
from territorio.models import Alias, Dominio
from tests.conectate.archivos import de, de_formulario, de_zoom, en_cola, entidades_de, importar
from tests.fabricas import un_usuario, una_entidad, una_sesion

pytestmark = pytest.mark.django_db


@pytest.fixture
def neiva():
    return una_entidad("Neiva", codigo_dane="41001")


@pytest.fixture
def huila():
    return una_entidad("Huila", codigo_dane="41", tipo="departamento")


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
    cerrar_sesion(sesion=cerrada, por=None)
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


# ── constancia ────────────────────────────────────────────────────────────────────────────────


def test_decidir_queda_anotado_sin_nombres_ni_correos(neiva):
    importar(una_sesion(), de_zoom(de("Eva Gil"), de("Ana", "ana@gmail.test")))

    decidir(grupo="persona:n:eva gil", por=un_usuario(), entidad=neiva)

    entrada = LogEntry.objects.filter(additional_data__verbo="decidió en la revisión").get()
    assert entrada.additional_data["detalle"]["entidad"] == "41001"
    assert "eva" not in f"{entrada.additional_data} {entrada.object_repr}".lower()
