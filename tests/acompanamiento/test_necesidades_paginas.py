"""Las páginas de las necesidades: cada quien ve lo suyo, y cada paso dice lo que pasó."""

import json
import re
import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from acompanamiento.acciones import necesidades as acciones
from acompanamiento.models import Necesidad
from contenidos.acciones.indice import reindexar_todo
from cuentas.models import Rol
from tests.fabricas import un_tema, un_usuario, una_direccion, una_entidad, una_sesion
from tests.fabricas_de_acompanamiento import (
    un_compromiso,
    un_contacto,
    un_grupo,
    una_actividad,
    una_necesidad,
)

pytestmark = pytest.mark.django_db

LISTA = "/acompanamiento/necesidades/"
NUEVA = f"{LISTA}nueva/"


def texto(respuesta):
    """Lo que se lee, sin marcas."""
    return " ".join(re.sub(r"<[^>]+>", " ", respuesta.content.decode()).split())


def las_de(respuesta):
    return [str(una.necesidad) for una in respuesta.context["en_espera"]]


def una_secretaria(entidad=None):
    return un_usuario(Rol.SECRETARIO, entidad=entidad or una_entidad())


# ── La lista ──────────────────────────────────────────────────────────────────────────────────


def test_dice_quien_espera_a_quien_y_desde_cuando(client):
    huila, hoy = una_entidad("Huila"), timezone.now()
    un_grupo(huila, numero=7)
    una_necesidad(huila, texto="Matrícula", turno_desde=hoy - timedelta(days=12))
    una_necesidad(huila, texto="Actas", turno="entidad", turno_desde=hoy - timedelta(days=1))
    calidad = una_direccion("Dirección de Calidad")
    una_necesidad(huila, texto="Guías", turno="direccion", direccion=calidad)
    client.force_login(un_usuario())

    pagina = texto(client.get(LISTA))

    assert "Espera al Grupo 7 hace 12 días" in pagina
    assert "Espera a la Dirección de Calidad desde hoy" in pagina
    assert "Espera a la secretaría desde ayer" in pagina


def test_lo_urgente_va_primero_y_despues_lo_que_mas_espera(client):
    hoy = timezone.now()
    for nombre, prioridad, dias in (("Nueva", 2, 0), ("Vieja", 2, 9), ("Urgente", 1, 0)):
        una_necesidad(texto=nombre, prioridad=prioridad, turno_desde=hoy - timedelta(days=dias))
    client.force_login(un_usuario())

    assert las_de(client.get(LISTA)) == ["Urgente", "Vieja", "Nueva"]


def test_sin_pedir_otra_cosa_salen_las_abiertas(client):
    una_necesidad(texto="Abierta")
    una_necesidad(texto="Cerrada", estado="atendida", turno="nadie")
    client.force_login(un_usuario())

    abiertas, atendidas, todas = (
        las_de(client.get(LISTA, {"estado": estado})) for estado in ("", "atendida", "todas")
    )

    assert (abiertas, atendidas) == (["Abierta"], ["Cerrada"])
    assert sorted(todas) == ["Abierta", "Cerrada"]


def test_se_filtra_por_grupo_direccion_turno_prioridad_y_tema(client):
    huila, calidad, tema = una_entidad("Huila"), una_direccion("Calidad"), un_tema("SIMAT")
    un_grupo(huila, numero=7)
    una_necesidad(texto="La otra")
    una_necesidad(
        huila, texto="La buscada", direccion=calidad, turno="direccion", prioridad=1, temas=[tema]
    )
    client.force_login(un_usuario())

    filtros = [
        {"grupo": "7"},
        {"direccion": str(calidad.pk)},
        {"turno": "direccion"},
        {"prioridad": "1"},
        {"tema": "simat"},
    ]

    assert [las_de(client.get(LISTA, filtro)) for filtro in filtros] == [["La buscada"]] * 5


@pytest.mark.parametrize(
    "filtro", ["grupo=99", "direccion=x", "prioridad=9", "turno=%00", "page=x"]
)
def test_un_filtro_que_no_se_entiende_no_filtra(client, filtro):
    una_necesidad(texto="Una")
    client.force_login(un_usuario())

    assert las_de(client.get(f"{LISTA}?{filtro}")) == ["Una"]


def test_las_cifras_de_arriba_cuentan_por_turno_y_llevan_al_filtro(client):
    una_necesidad()
    una_necesidad(turno="entidad")
    una_necesidad(turno="entidad", prioridad=1)
    una_necesidad(estado="no_procede", turno="nadie")
    client.force_login(un_usuario())

    turnos = client.get(LISTA, {"prioridad": "2"}).context["turnos"]

    assert [(n, direccion) for _, n, direccion, _ in turnos] == [
        (1, "prioridad=2&turno=grupo"),
        (0, "prioridad=2&turno=direccion"),
        (1, "prioridad=2&turno=entidad"),
    ]


def test_una_secretaria_ve_solo_las_suyas(client):
    huila = una_entidad("Huila")
    una_necesidad(huila, texto="De Huila")
    una_necesidad(texto="De otra")
    client.force_login(una_secretaria(huila))

    pagina = client.get(LISTA)

    assert las_de(pagina) == ["De Huila"]
    assert "grupo" not in pagina.context["filtro"].fields


@pytest.mark.parametrize("rol", [Rol.EQUIPO_MEN, Rol.SECRETARIO])
def test_con_una_y_con_cinco_la_lista_hace_las_mismas_consultas(
    client, rol, django_assert_num_queries, django_assert_max_num_queries
):
    huila = una_entidad("Huila")
    un_grupo(huila)
    client.force_login(un_usuario(rol, entidad=huila if rol == Rol.SECRETARIO else None))
    una_necesidad(huila, direccion=una_direccion())
    client.get(LISTA)  # lo que se averigua una vez por proceso
    with django_assert_max_num_queries(16) as con_una:
        client.get(LISTA)
    for _ in range(4):
        una_necesidad(huila, direccion=una_direccion())

    with django_assert_num_queries(len(con_una)):
        client.get(LISTA)


# ── Registrarla ───────────────────────────────────────────────────────────────────────────────


def test_la_secretaria_pide_con_lo_minimo_y_llega_a_su_pagina(client):
    huila = una_entidad("Huila")
    client.force_login(una_secretaria(huila))

    respuesta = client.post(NUEVA, {"texto": "Revisar el SIMAT", "prioridad": "1"}, follow=True)

    necesidad = Necesidad.objects.get()
    assert (necesidad.entidad, necesidad.origen, necesidad.prioridad) == (huila, "pedida", 1)
    assert respuesta.redirect_chain == [(necesidad.get_absolute_url(), 302)]
    assert f"Recibo {necesidad.clave.hex[:8].upper()}" in texto(respuesta)


def test_el_ministerio_registra_desde_un_contacto_sin_volver_a_decir_de_quien(client):
    contacto, calidad = un_contacto(), una_direccion("Calidad")
    client.force_login(un_usuario())

    form = client.get(NUEVA, {"contacto": contacto.clave}).context["form"]
    client.post(
        NUEVA,
        {
            "clave": form["clave"].value(),
            "contacto": contacto.clave,
            "entidad": form["entidad"].value(),
            "texto": "Talleres",
            "prioridad": "2",
            "origen": "observada",
            "direccion": calidad.pk,
        },
    )

    necesidad = Necesidad.objects.get()
    assert (necesidad.entidad, necesidad.contacto) == (contacto.entidad, contacto)
    assert (necesidad.turno, necesidad.direccion) == ("direccion", calidad)


def test_lo_que_falta_se_dice_y_lo_escrito_sigue_ahi(client):
    client.force_login(un_usuario())

    pagina = client.post(NUEVA, {"texto": "Talleres", "prioridad": "2", "origen": "pedida"})

    assert list(pagina.context["form"].errors) == ["entidad"]
    assert "Talleres</textarea>" in pagina.content.decode()


def test_una_entidad_cerrada_dice_que_hacer(client):
    cerrada = una_entidad("Vieja", hasta=timezone.localdate() - timedelta(days=3))
    client.force_login(un_usuario())

    pagina = client.post(
        NUEVA,
        {
            "entidad": cerrada.codigo_dane,
            "texto": "Talleres",
            "prioridad": "2",
            "origen": "pedida",
        },
    )

    assert "Escoja la que hoy atiende ese territorio." in texto(pagina)
    assert Necesidad.objects.count() == 0


def test_por_json_llega_una_vez_aunque_se_mande_dos(client):
    client.force_login(una_secretaria())
    envio = {
        "clave": str(uuid.uuid4()),
        "base": 0,
        "datos": {"texto": "Talleres", "prioridad": 2},
    }

    estados = [
        client.post(
            "/acompanamiento/registros/necesidad/", json.dumps(envio), "application/json"
        ).status_code
        for _ in range(2)
    ]

    assert estados == [201, 200]
    assert Necesidad.objects.count() == 1


def test_dos_que_la_corrigen_a_la_vez_no_se_pisan(client):
    necesidad = una_necesidad(texto="Antes")
    client.force_login(un_usuario())
    direccion = f"{necesidad.get_absolute_url()}editar/"
    form = client.get(direccion).context["form"]
    datos = {"base": form["base"].value(), "clave": necesidad.clave, "prioridad": "2"}

    client.post(direccion, {**datos, "texto": "Una"})
    tarde = client.post(direccion, {**datos, "texto": "Otra"})

    necesidad.refresh_from_db()
    assert necesidad.texto == "Una"
    escoger = texto(client.get(tarde.url))
    assert ("Una" in escoger, "Otra" in escoger) == (True, True)


def test_por_json_la_misma_clave_con_otro_cuerpo_es_un_conflicto_con_sus_diferencias(client):
    client.force_login(un_usuario())
    clave, codigo = str(uuid.uuid4()), una_entidad().codigo_dane
    datos = {"entidad": codigo, "prioridad": 2, "origen": "pedida"}

    respuestas = [
        client.post(
            "/acompanamiento/registros/necesidad/",
            json.dumps({"clave": clave, "base": 0, "datos": {**datos, "texto": dicho}}),
            "application/json",
        )
        for dicho in ("Talleres", "Matrícula")
    ]

    assert [respuesta.status_code for respuesta in respuestas] == [201, 409]
    assert [d["campo"] for d in respuestas[1].json()["diferencias"]] == ["texto"]


# ── Una necesidad ─────────────────────────────────────────────────────────────────────────────


def test_la_cadena_entera_se_lee_en_una_pagina(client):
    persona = un_usuario(nombre="Ana de Prueba", direccion=una_direccion("Cobertura"))
    necesidad = una_necesidad()
    acciones.dirigir(necesidad=necesidad, direccion=una_direccion("Calidad"), por=persona)
    acciones.preguntar(necesidad=necesidad, texto="¿Cuántas sedes?", por=persona)
    un_compromiso(necesidad.entidad, necesidad=necesidad, texto="Mandar las actas")
    client.force_login(persona)

    pagina = texto(client.get(necesidad.get_absolute_url()))

    assert "Se dirigió a Calidad" in pagina
    assert "¿Cuántas sedes?" in pagina
    assert "Ana de Prueba, Cobertura" in pagina
    assert "Sigue: la secretaría" in pagina
    assert "Mandar las actas" in pagina


def test_la_secretaria_lee_lo_mismo_sin_nombres_del_equipo(client):
    persona = un_usuario(nombre="Ana de Prueba", direccion=una_direccion("Cobertura"))
    necesidad = una_necesidad()
    acciones.preguntar(necesidad=necesidad, texto="¿Cuántas sedes?", por=persona)
    client.force_login(una_secretaria(necesidad.entidad))

    pagina = texto(client.get(necesidad.get_absolute_url()))

    assert "El Ministerio, Cobertura" in pagina
    assert "Ana de Prueba" not in pagina


def test_de_quien_no_es_de_una_direccion_se_dice_solo_el_nombre(client):
    persona = un_usuario(Rol.ADMINISTRACION, nombre="Ana de Prueba")
    necesidad = una_necesidad()
    acciones.preguntar(necesidad=necesidad, texto="¿Cuántas sedes?", por=persona)
    client.force_login(persona)

    pagina = texto(client.get(necesidad.get_absolute_url()))

    assert "· Ana de Prueba" in pagina
    assert "Ana de Prueba," not in pagina


def test_un_borrador_de_visita_no_asoma_en_la_necesidad_que_dejo(client):
    contacto = un_contacto(asunto="Secreto", estado="borrador")
    necesidad = una_necesidad(contacto.entidad, contacto=contacto, origen="observada")
    client.force_login(una_secretaria(contacto.entidad))

    assert "Secreto" not in texto(client.get(necesidad.get_absolute_url()))


@pytest.mark.parametrize(
    "paso", ["", "editar/", "dirigir/", "trasladar/", "preguntar/", "responder/", "atender/"]
)
def test_la_de_otra_secretaria_no_existe(client, paso):
    client.force_login(una_secretaria())

    assert client.get(f"{una_necesidad().get_absolute_url()}{paso}").status_code == 404


def test_la_pagina_no_hace_mas_consultas_porque_haya_mas_pasos(
    client, django_assert_num_queries, django_assert_max_num_queries
):
    necesidad, persona = una_necesidad(), un_usuario()
    client.force_login(persona)
    necesidad.pasos.create(clase="registrada", creado_por=persona)
    client.get(necesidad.get_absolute_url())  # lo que se averigua una vez por proceso
    with django_assert_max_num_queries(20) as con_uno:
        client.get(necesidad.get_absolute_url())
    for n in range(6):
        necesidad.pasos.create(clase="trasladada", texto=str(n), a=una_direccion(f"D{n}"))

    with django_assert_num_queries(len(con_uno)):
        client.get(necesidad.get_absolute_url())


# ── Los pasos ─────────────────────────────────────────────────────────────────────────────────


def test_se_dirige_se_pregunta_y_la_secretaria_responde(client):
    necesidad, calidad = una_necesidad(), una_direccion("Calidad")
    propia = necesidad.get_absolute_url()
    client.force_login(un_usuario())
    client.post(f"{propia}dirigir/", {"direccion": calidad.pk})
    client.post(f"{propia}preguntar/", {"texto": "¿Cuántas sedes?"})
    client.force_login(una_secretaria(necesidad.entidad))

    pide = texto(client.get(f"{propia}responder/"))
    client.post(f"{propia}responder/", {"texto": "Doce"})

    necesidad.refresh_from_db()
    assert "¿Cuántas sedes?" in pide
    assert (necesidad.turno, necesidad.direccion) == ("direccion", calidad)


def test_si_cambio_mientras_se_escribia_se_avisa_y_la_segunda_vez_se_guarda(client):
    necesidad = una_necesidad()
    necesidad.pasos.create(clase="registrada")
    client.force_login(un_usuario())
    direccion = f"{necesidad.get_absolute_url()}preguntar/"
    form = client.get(direccion).context["form"]
    datos = {c: form[c].value() for c in ("clave", "base", "visto")} | {"texto": "¿Cuál?"}
    acciones.dirigir(necesidad=necesidad, direccion=una_direccion(), por=un_usuario())

    primera = client.post(direccion, datos)
    visto = primera.context["form"]["visto"].value()
    client.post(direccion, {**datos, "visto": visto})

    assert "Mientras usted escribía, esta necesidad cambió: se dirigió." in texto(primera)
    assert "¿Cuál?</textarea>" in primera.content.decode()
    assert necesidad.pasos.last().texto == "¿Cuál?"


def test_un_doble_clic_no_repite_el_paso(client):
    necesidad = una_necesidad()
    client.force_login(un_usuario())
    direccion = f"{necesidad.get_absolute_url()}no-procede/"
    datos = {"clave": str(uuid.uuid4()), "base": "0", "texto": "Ya estaba"}

    respuestas = [client.post(direccion, datos).status_code for _ in range(2)]

    assert respuestas == [302, 302]
    assert necesidad.pasos.count() == 1


def test_buscar_con_que_se_atendio_no_pierde_lo_escrito_ni_lo_marcado(client):
    necesidad = una_necesidad()
    sesion, otra = una_sesion("Rutas de permanencia"), una_sesion("Matrícula oportuna")
    reindexar_todo()
    client.force_login(un_usuario())
    direccion = f"{necesidad.get_absolute_url()}atender/"
    marcada = f"sesion:{sesion.pk}"

    hallado = client.post(
        direccion,
        {"buscar": "1", "q": "matrícula", "cosas": [marcada], "texto": "Ojo"},
    )

    form = hallado.context["form"]
    assert [valor for valor, _ in form.fields["cosas"].choices] == [marcada, f"sesion:{otra.pk}"]
    assert form["cosas"].value() == [marcada]
    assert "Ojo</textarea>" in hallado.content.decode()
    assert Necesidad.objects.get().estado == "abierta"


def test_se_atiende_con_lo_escogido_y_queda_enlazado(client):
    necesidad = una_necesidad()
    taller = una_actividad(entidades=[necesidad.entidad], nombre="Taller de planes")
    sesion = una_sesion("Rutas de permanencia", audiencia="comunidad")
    reindexar_todo()
    client.force_login(un_usuario())

    pagina = client.post(
        f"{necesidad.get_absolute_url()}atender/",
        {"actividad": taller.pk, "q": "rutas", "cosas": [f"sesion:{sesion.pk}"]},
        follow=True,
    )

    assert "Taller o encuentro: Taller de planes" in texto(pagina)
    assert f'href="{sesion.get_absolute_url()}"' in pagina.content.decode()


def test_atender_sin_decir_con_que_lo_pide(client):
    necesidad = una_necesidad()
    client.force_login(un_usuario())

    pagina = client.post(f"{necesidad.get_absolute_url()}atender/", {"base": "0"})

    assert "Escoja con qué se atendió" in texto(pagina)


@pytest.mark.parametrize("cosa", ["sesion:0", "sesion:x", "termino:1", "x", "sesion:" + "9" * 30])
def test_una_cosa_que_no_existe_no_atiende_nada(client, cosa):
    necesidad = una_necesidad()
    client.force_login(un_usuario())

    pagina = client.post(f"{necesidad.get_absolute_url()}atender/", {"cosas": [cosa]})

    assert pagina.status_code == 200
    assert list(pagina.context["form"].errors) == ["cosas"]
