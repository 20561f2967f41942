"""Las páginas de la revisión: sin JavaScript cada botón es un formulario; con él, responde JSON."""

from html import unescape

import pytest
from auditlog.models import LogEntry
from django.urls import reverse

from conectate.acciones.revision import decidir
from conectate.models import Decision, MismaPersona
from cuentas.models import Rol
from territorio.models import Dominio
from tests.conectate.archivos import contadas, de_zoom, importar
from tests.fabricas import un_usuario, una_entidad, una_sesion

pytestmark = pytest.mark.django_db

ANA = ("Ana Ruiz", "ana@otra.test", "09:00", "10:00")
EVA = ("Eva Gil", "", "09:00", "10:00")
REVISION = "conectate:revision"


@pytest.fixture
def equipo(client):
    usuario = un_usuario()
    client.force_login(usuario)
    return usuario


@pytest.fixture
def neiva():
    return una_entidad("Neiva", codigo_dane="41001")


def texto(respuesta):
    return " ".join(unescape(respuesta.content.decode()).split())


def responder(client, grupo="dominio:otra.test", **datos):
    return client.post(reverse("conectate:decidir"), {"grupo": grupo, **datos}, follow=True)


def responder_en_json(client, grupo="dominio:otra.test", **datos):
    return client.post(
        reverse("conectate:decidir"),
        {"grupo": grupo, **datos},
        headers={"accept": "application/json"},
    )


# ── la cola ───────────────────────────────────────────────────────────────────────────────────


def test_la_cola_dice_de_quien_se_trata_cuantas_y_por_que(client, equipo):
    una_entidad("Santa Marta", codigo_dane="47001")
    for _ in range(2):
        importar(una_sesion(), de_zoom(("Ana", "ana@santamarta.gov.co", "09:00", "10:00")))

    pagina = texto(client.get(reverse(REVISION)))

    assert "@santamarta.gov.co" in pagina
    assert "<b>1 persona</b> en <b>2 sesiones</b>" in pagina
    assert "se parece a Santa Marta" in pagina
    assert 'name="codigo" value="47001"' in pagina
    assert "Responder con el teclado" in pagina


def test_sin_nada_pendiente_lo_dice(client, equipo):
    assert "No queda nadie por identificar" in texto(client.get(reverse(REVISION)))


def test_la_cola_de_una_sesion(client, equipo):
    sesion, otra = una_sesion(), una_sesion()
    importar(sesion, de_zoom(EVA))
    importar(otra, de_zoom(ANA))

    pagina = texto(client.get(reverse("conectate:revision-de-sesion", args=[sesion.pk])))

    assert ("Eva Gil" in pagina, "@otra.test" in pagina) == (True, False)


def test_buscar_lo_que_no_hay_lo_dice_y_deja_volver(client, equipo):
    importar(una_sesion(), de_zoom(EVA))

    pagina = texto(client.get(reverse(REVISION), {"q": "zzz"}))

    assert "Nada por identificar coincide" in pagina


def test_ver_la_cola_queda_anotado(client, equipo):
    importar(una_sesion(), de_zoom(EVA))

    client.get(reverse(REVISION))

    entrada = LogEntry.objects.filter(additional_data__verbo="vio una lista de personas").get()
    assert entrada.additional_data["detalle"] == {"lista": "cola de revisión", "personas": 1}


def en_la_cola(n):
    for i in range(n):
        importar(
            una_sesion(),
            de_zoom((f"Ana {i}", f"ana@otra{i}.test", "09:00", "10:00"), EVA),
        )


@pytest.mark.parametrize("cuantas", [1, 8])
def test_la_cola_hace_las_mismas_consultas_con_una_y_con_muchas_sesiones(
    client, equipo, cuantas, django_assert_num_queries
):
    en_la_cola(cuantas)
    client.get(reverse(REVISION))

    with django_assert_num_queries(CONSULTAS_DE_LA_COLA):
        client.get(reverse(REVISION))


CONSULTAS_DE_LA_COLA = 12


# ── responder ─────────────────────────────────────────────────────────────────────────────────


def test_responder_con_una_sugerencia_resuelve_y_lo_dice(client, equipo, neiva):
    sesion = una_sesion()
    importar(sesion, de_zoom(ANA))

    pagina = responder(client, codigo="41001")

    assert "@otra.test: Neiva (1 persona en 1 sesión)" in texto(pagina)
    assert sesion.participaciones.get().entidad == neiva


@pytest.mark.parametrize("escrita", ["Neiva · 41001", "neiva", " NEIVA "])
def test_responder_escribiendo_la_entidad(client, equipo, neiva, escrita):
    importar(una_sesion(), de_zoom(ANA))

    responder(client, entidad=escrita)

    assert Decision.objects.get().entidad == neiva


@pytest.mark.parametrize("escrita", ["Neyva", "Nei", "", "Neiva · 99999"])
def test_una_entidad_que_no_existe_no_se_adivina(client, equipo, neiva, escrita):
    importar(una_sesion(), de_zoom(ANA))

    pagina = texto(responder(client, entidad=escrita))

    assert Decision.objects.count() == 0
    assert "de la lista" in pagina


def test_no_es_de_una_secretaria(client, equipo):
    importar(una_sesion(), de_zoom(ANA))

    responder(client, respuesta="ajena", ajena="  Universidad   de prueba ")

    assert Decision.objects.get().ajena == "Universidad de prueba"


def test_sin_decir_de_que_organizacion_no_se_decide(client, equipo):
    importar(una_sesion(), de_zoom(ANA))

    pagina = texto(responder(client, respuesta="ajena", ajena="  "))

    assert "Escriba de qué organización es" in pagina
    assert Decision.objects.count() == 0


def test_volver_solo_lleva_a_paginas_del_portal(client, equipo, neiva):
    importar(una_sesion(), de_zoom(ANA))

    respuesta = client.post(
        reverse("conectate:decidir"),
        {"grupo": "dominio:otra.test", "codigo": "41001", "volver": "https://malo.example/"},
    )

    assert respuesta.url == reverse(REVISION)


def test_en_json_dice_como_quedo_y_como_deshacerlo(client, equipo, neiva):
    importar(una_sesion(), de_zoom(ANA))

    dato = responder_en_json(client, codigo="41001").json()
    deshecho = client.post(dato["deshacer"], headers={"accept": "application/json"})

    assert dato["mensaje"] == "@otra.test: Neiva (1 persona en 1 sesión)."
    assert deshecho.json() == {"mensaje": "Se deshizo: vuelve a preguntarse."}
    assert Decision.objects.vigentes().count() == 0


def test_si_otro_ya_decidio_se_explica_en_la_pagina_y_en_json(client, equipo, neiva):
    importar(una_sesion(), de_zoom(ANA))
    decidir(grupo="dominio:otra.test", por=un_usuario(nombre="Quien Llegó Antes"), entidad=neiva)

    pagina = texto(responder(client, codigo="41001"))
    dato = responder_en_json(client, codigo="41001")

    assert "Quien Llegó Antes ya decidió esto" in pagina
    assert (dato.status_code, "ya decidió" in dato.json()["error"]) == (409, True)


# ── esta persona es de… ───────────────────────────────────────────────────────────────────────


def test_cambiar_la_entidad_de_una_persona_desde_su_fila(client, equipo, neiva):
    Dominio.objects.create(dominio="otra.test", entidad=una_entidad("Huila", codigo_dane="41"))
    sesion = una_sesion()
    importar(sesion, de_zoom(ANA))
    persona = sesion.participaciones.get()
    cambiar = reverse("conectate:entidad-de-persona", args=[persona.pk])

    antes = texto(client.get(cambiar))
    client.post(cambiar, {"entidad": "Neiva"})

    persona.refresh_from_db()
    assert "¿De qué entidad es Ana Ruiz?" in antes
    assert (persona.entidad, persona.decision) == (neiva, "confirmada")


def test_si_alguien_la_cambio_mientras_tanto_se_dice(client, equipo, neiva):
    sesion = una_sesion()
    importar(sesion, de_zoom(EVA))
    cambiar = reverse("conectate:entidad-de-persona", args=[sesion.participaciones.get().pk])
    decidir(grupo="persona:n:eva gil", por=un_usuario(), entidad=una_entidad("Huila"))

    pagina = texto(client.post(cambiar, {"codigo": "41001"}))

    assert "ya decidió esto" in pagina
    assert sesion.participaciones.get().entidad.nombre == "Huila"


# ── ¿es la misma persona? ─────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("respuesta", "quedan"), [("la-misma", 1), ("otra", 2)])
def test_responder_si_son_la_misma_persona(client, equipo, respuesta, quedan):
    sesion = una_sesion()
    importar(sesion, de_zoom(ANA, ("Ana Ruiz", "", "10:00", "10:30")))
    pagina = texto(client.get(reverse("conectate:mismas-personas")))

    client.post(
        reverse("conectate:responder-pareja", args=[MismaPersona.objects.get().pk]),
        {"es": respuesta},
    )

    assert "Es la misma: unir" in pagina
    assert sesion.participaciones.count() == quedan


def test_separar_lo_que_se_unio(client, equipo):
    sesion = una_sesion()
    importar(sesion, de_zoom(ANA, ("Ana Ruiz", "", "10:00", "10:30")))
    pareja = MismaPersona.objects.get().pk
    client.post(reverse("conectate:responder-pareja", args=[pareja]), {"es": "la-misma"})
    unidas = contadas(sesion)

    client.post(reverse("conectate:separar-pareja", args=[pareja]))

    assert unidas == {"Ana Ruiz": 90.0}
    assert sesion.participaciones.count() == 2


# ── lo que ya se decidió ──────────────────────────────────────────────────────────────────────


def test_lo_decidido_se_ve_y_se_deshace(client, equipo, neiva):
    importar(una_sesion(), de_zoom(ANA))
    responder(client, codigo="41001")
    decision = Decision.objects.get()

    antes = texto(client.get(reverse("conectate:decisiones")))
    despues = texto(
        client.post(reverse("conectate:deshacer-decision", args=[decision.pk]), follow=True)
    )

    assert "@otra.test" in antes
    assert "vuelve a preguntarse" in despues
    assert "Deshecha" in despues


# ── quién no ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("nombre", ["revision", "mismas-personas", "decisiones"])
def test_una_secretaria_no_entra_a_la_revision(client, nombre):
    client.force_login(un_usuario(Rol.SECRETARIO))

    assert client.get(reverse(f"conectate:{nombre}")).status_code == 403


def test_una_secretaria_no_decide(client, neiva):
    client.force_login(un_usuario(Rol.EQUIPO_SECRETARIA))
    importar(una_sesion(), de_zoom(ANA))

    assert responder(client, codigo="41001").status_code == 403
    assert Decision.objects.count() == 0
