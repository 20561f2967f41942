"""Las páginas de los contactos: quién ve qué, y que lo escrito no se pierda."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from acompanamiento.models import Contacto, Envio
from cuentas.models import Rol
from tests.fabricas import un_tema, un_usuario, una_entidad
from tests.fabricas_de_acompanamiento import (
    un_compromiso,
    un_contacto,
    un_grupo,
    un_lider,
    un_papel,
    una_visita,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def lider(client):
    lider = un_lider()
    client.force_login(lider)
    return lider


def de_secretaria(client, entidad):
    client.force_login(un_usuario(Rol.EQUIPO_SECRETARIA, entidad=entidad))
    return client


def a(nombre, *args):
    return reverse(f"acompanamiento:{nombre}", args=args)


def lo_escrito(respuesta, **datos):
    """Lo que trae el formulario de la página, con lo que se le cambie."""
    form = respuesta.context["form"]
    puesto = {nombre: form[nombre].value() for nombre in form.fields}
    puesto |= {"del_ministerio": [getattr(p, "pk", p) for p in puesto["del_ministerio"] or []]}
    puesto |= {"temas": [getattr(t, "pk", t) for t in puesto["temas"] or []]}
    return {n: "" if v is None else v for n, v in {**puesto, **datos}.items()}


# ── Registrar ─────────────────────────────────────────────────────────────────────────────────


def test_con_la_secretaria_y_el_asunto_basta(client, lider):
    huila = una_entidad("Huila")
    pagina = client.get(a("nuevo-contacto"), {"entidad": huila.codigo_dane})

    respuesta = client.post(a("nuevo-contacto"), lo_escrito(pagina, asunto="Matrícula"))

    contacto = Contacto.objects.get()
    assert respuesta.url == contacto.get_absolute_url()
    assert (contacto.entidad, contacto.canal, contacto.estado, contacto.fecha) == (
        huila,
        "llamada",
        "completo",
        timezone.localdate(),
    )
    assert [uno.persona for uno in contacto.del_ministerio.all()] == [lider]


def test_dos_clics_en_guardar_dejan_un_contacto(client, lider):
    pagina = client.get(a("nuevo-contacto"), {"entidad": una_entidad().codigo_dane})
    escrito = lo_escrito(pagina, asunto="Matrícula")

    respuestas = [client.post(a("nuevo-contacto"), escrito) for _ in range(2)]

    assert Contacto.objects.count() == 1
    assert respuestas[0].url == respuestas[1].url


def test_lo_que_falta_se_dice_y_lo_escrito_sigue(client, lider):
    respuesta = client.post(
        a("nuevo-contacto"),
        lo_escrito(client.get(a("nuevo-contacto")), acuerdos="Enviar el reporte."),
    )

    assert respuesta.status_code == 200
    assert set(respuesta.context["form"].errors) == {"entidad", "asunto"}
    assert respuesta.context["form"].participantes_con_error is False
    assert "Enviar el reporte." in respuesta.content.decode()


def test_volver_atras_y_cambiar_algo_lleva_a_escoger(client, lider):
    pagina = client.get(a("nuevo-contacto"), {"entidad": una_entidad().codigo_dane})
    client.post(a("nuevo-contacto"), lo_escrito(pagina, asunto="Matrícula"))

    respuesta = client.post(a("nuevo-contacto"), lo_escrito(pagina, asunto="Matrícula 2026"))

    assert respuesta.url == a("conflicto", Envio.objects.en_conflicto().get().pk)
    assert Contacto.objects.get().asunto == "Matrícula"


def test_primero_se_ofrecen_las_ultimas_y_las_suyas(client, lider):
    huila, meta, otra, cerrada = (
        una_entidad("Huila"),
        una_entidad("Meta"),
        una_entidad("Otra"),
        una_entidad("Cerrada", hasta=timezone.localdate() - timedelta(days=1)),
    )
    un_grupo(huila, meta, lider=lider)
    un_contacto(meta, creado_por=lider)

    form = client.get(a("nuevo-contacto")).context["form"]

    _, *opciones = form.fields["entidad"].choices
    assert [(rotulo, [nombre for _, nombre in suyas]) for rotulo, suyas in opciones] == [
        ("Las últimas", [meta.nombre]),
        ("A su cargo", [huila.nombre]),
        ("Las demás", [otra.nombre]),
        ("Ya no certificadas", [cerrada.nombre]),
    ]


def test_el_motivo_se_pide_de_entrada_si_la_acompana_otro_grupo(client, lider):
    caqueta = una_entidad("Caquetá")
    un_grupo(caqueta, lider=un_lider())

    de_ella = client.get(a("nuevo-contacto"), {"entidad": caqueta.codigo_dane}).context["form"]
    sin_decir = client.get(a("nuevo-contacto")).context["form"]

    assert (de_ella.es_de_otro_grupo, sin_decir.es_de_otro_grupo) == (True, False)


def test_una_secretaria_no_registra_contactos(client):
    de_secretaria(client, una_entidad())

    assert client.get(a("nuevo-contacto")).status_code == 403


@pytest.mark.parametrize("cuantas", [1, 40])
def test_el_formulario_cuesta_lo_mismo_con_una_secretaria_que_con_muchas(
    client, lider, cuantas, django_assert_max_num_queries
):
    un_grupo(*[una_entidad() for _ in range(cuantas)], lider=lider)
    for n in range(cuantas):
        un_tema(f"Tema {n}")
        un_usuario()
    client.get(a("nuevo-contacto"))

    with django_assert_max_num_queries(24):
        client.get(a("nuevo-contacto"))


# ── Editar ────────────────────────────────────────────────────────────────────────────────────


def test_editar_guarda_otra_version(client, lider):
    papel = un_papel()
    contacto = una_visita(acta="Antes", estado="borrador").contacto
    pagina = client.get(a("editar-contacto", contacto.clave))

    client.post(
        a("editar-contacto", contacto.clave),
        lo_escrito(pagina, acta="Después", estado="completo", **{f"papel_{papel.pk}": 2}),
    )

    contacto.refresh_from_db()
    assert (contacto.version, contacto.estado, contacto.visita.acta) == (2, "completo", "Después")
    assert contacto.de_la_entidad.get().personas == 2


def test_dos_personas_en_la_misma_visita_y_la_segunda_escoge_campo_por_campo(client, lider):
    contacto = una_visita(acta="Acta", asunto="Visita", donde="Florencia").contacto
    pagina = client.get(a("editar-contacto", contacto.clave))
    client.post(a("editar-contacto", contacto.clave), lo_escrito(pagina, acta="Acta de ella"))
    colega = un_usuario()
    client.force_login(colega)

    respuesta = client.post(
        a("editar-contacto", contacto.clave),
        lo_escrito(pagina, acta="Acta de él", asunto="Visita a Caquetá"),
        follow=True,
    )
    form = respuesta.context["form"]
    assert [una.campo for una in form.diferencias] == ["asunto", "acta"]
    respuesta = client.post(
        respuesta.request["PATH_INFO"], {"version": 2, "asunto": "suyo", "acta": "ambos"}
    )

    contacto.refresh_from_db()
    assert respuesta.url == contacto.get_absolute_url()
    assert (contacto.asunto, contacto.version) == ("Visita a Caquetá", 3)
    assert contacto.visita.acta == "Acta de ella\n\nActa de él"
    assert Envio.objects.get(estado="resuelto").resuelto_por == colega


def test_lo_programado_que_ya_paso_se_completa_con_un_toque(client, lider):
    contacto = un_contacto(estado="programado", fecha=timezone.localdate() - timedelta(days=1))

    pagina = client.get(contacto.get_absolute_url())
    completar = client.get(a("editar-contacto", contacto.clave) + "?estado=completo")

    assert "Ya ocurrió: completarlo" in pagina.content.decode()
    assert completar.context["form"]["estado"].value() == "completo"


def test_lo_cancelado_no_se_edita(client, lider):
    contacto = un_contacto(estado="cancelado")

    assert client.get(a("editar-contacto", contacto.clave)).url == contacto.get_absolute_url()


# ── El que sigue ──────────────────────────────────────────────────────────────────────────────


def test_el_siguiente_es_una_semana_despues_con_la_misma_gente(client, lider):
    colega, ida, papel = un_usuario(), un_usuario(), un_papel()
    contacto = un_contacto(canal="reunion_virtual", hora_inicio="08:00", hora_fin="09:00")
    for persona in (lider, colega, ida):
        contacto.del_ministerio.create(persona=persona)
    contacto.de_la_entidad.create(papel=papel, personas=3)
    ida.is_active = False
    ida.save()

    pagina = client.get(a("programar-siguiente", contacto.clave))
    client.post(a("programar-siguiente", contacto.clave), lo_escrito(pagina))

    siguiente = contacto.siguientes.get()
    assert (siguiente.fecha, siguiente.estado, siguiente.canal) == (
        contacto.fecha + timedelta(days=7),
        "programado",
        "reunion_virtual",
    )
    assert siguiente.hora_inicio.hour == 8
    assert {uno.persona for uno in siguiente.del_ministerio.all()} == {lider, colega}
    assert siguiente.de_la_entidad.get().personas == 3


def test_desde_un_contacto_viejo_se_programa_el_mismo_dia_de_la_semana_por_venir(client, lider):
    hoy = timezone.localdate()
    contacto = un_contacto(fecha=hoy - timedelta(days=30))

    form = client.get(a("programar-siguiente", contacto.clave)).context["form"]

    assert form["fecha"].value() == hoy + timedelta(days=5)


# ── Mirar ─────────────────────────────────────────────────────────────────────────────────────


def test_la_secretaria_ve_lo_suyo_sin_las_notas_del_equipo(client):
    huila = una_entidad()
    contacto = una_visita(
        huila,
        acta="Se revisó el plan.",
        acuerdos="Enviar el reporte.",
        notas="NOTA-RESERVADA",
        motivo_de_otro_grupo="MOTIVO-RESERVADO",
    ).contacto
    persona = un_usuario(nombre="PERSONA-RESERVADA")
    contacto.del_ministerio.create(persona=persona, papel="lider", direccion=persona.direccion)

    texto = de_secretaria(client, huila).get(contacto.get_absolute_url()).content.decode()

    assert "Se revisó el plan." in texto
    assert "Enviar el reporte." in texto
    assert "RESERVAD" not in texto


@pytest.mark.parametrize("estado", ["borrador", "cancelado"])
def test_la_secretaria_no_ve_borradores_ni_cancelados(client, estado):
    huila = una_entidad()
    contacto = un_contacto(huila, estado=estado)
    de_secretaria(client, huila)

    assert client.get(contacto.get_absolute_url()).status_code == 404
    assert list(client.get(a("contactos")).context["pagina"]) == []


@pytest.mark.parametrize("nombre", ["contacto", "editar-contacto", "programar-siguiente"])
def test_lo_de_otra_secretaria_no_existe(client, nombre):
    contacto = un_contacto()
    de_secretaria(client, una_entidad())

    assert client.get(a(nombre, contacto.clave)).status_code == 404


def test_la_pagina_muestra_los_compromisos_que_salieron(client, lider):
    contacto = un_contacto()
    compromiso = un_compromiso(contacto.entidad, contacto=contacto)

    assert compromiso.texto in client.get(contacto.get_absolute_url()).content.decode()


def test_cancelar_pide_un_motivo_y_conserva_el_contacto(client, lider):
    contacto = un_contacto(estado="programado")

    sin_motivo = client.post(a("cancelar-contacto", contacto.clave), {})
    con_motivo = client.post(a("cancelar-contacto", contacto.clave), {"motivo": "Otra fecha."})

    contacto.refresh_from_db()
    assert sin_motivo.status_code == 200
    assert con_motivo.url == contacto.get_absolute_url()
    assert contacto.estado == "cancelado"


# ── La lista ──────────────────────────────────────────────────────────────────────────────────


def test_los_filtros_se_suman_y_las_tildes_no_importan(client, lider):
    tema = un_tema("Permanencia")
    buscado = un_contacto(una_entidad("Huila"), asunto="Matrícula de niñas", temas=[tema])
    grupo = un_grupo(buscado.entidad)
    Contacto.objects.filter(pk=buscado.pk).update(grupo=grupo)
    un_contacto(asunto="Matrícula")
    un_contacto(buscado.entidad, asunto="Transporte")

    pagina = client.get(
        a("contactos"),
        {
            "q": "MATRICULA ninas",
            "entidad": buscado.entidad.codigo_dane,
            "grupo": grupo.numero,
            "tema": tema.slug,
            "estado": "completo",
            "canal": "llamada",
            "desde": buscado.fecha.isoformat(),
            "hasta": buscado.fecha.isoformat(),
        },
    ).context["pagina"]

    assert list(pagina) == [buscado]


def test_lo_por_venir_va_de_lo_mas_proximo_a_lo_mas_lejano(client, lider):
    hoy = timezone.localdate()
    lejos, cerca = (
        un_contacto(estado="programado", fecha=hoy + timedelta(days=dias)) for dias in (9, 2)
    )
    un_contacto()

    contexto = client.get(a("contactos"), {"estado": "programado"}).context

    assert list(contexto["pagina"]) == [cerca, lejos]
    assert [texto for texto, _, es_actual in contexto["pestanas"] if es_actual] == ["Por venir"]


def test_sin_ninguno_se_ofrece_registrar_y_no_quitar_filtros(client, lider):
    vacia = client.get(a("contactos")).content.decode()
    buscada = client.get(a("contactos"), {"q": "nada"}).content.decode()

    assert "Aquí no hay ninguno todavía." in vacia
    assert "Ningún contacto cumple esos filtros." in buscada


def test_un_filtro_que_no_se_entiende_no_filtra(client, lider):
    contacto = un_contacto()

    pagina = client.get(a("contactos"), {"grupo": "x", "desde": "ayer", "page": "z"})

    assert list(pagina.context["pagina"]) == [contacto]


@pytest.mark.parametrize("cuantos", [1, 20])
def test_la_lista_y_un_contacto_cuestan_lo_mismo_con_mucho_que_con_poco(
    client, lider, cuantos, django_assert_max_num_queries
):
    contacto = un_contacto(temas=[un_tema(f"Tema {n}") for n in range(cuantos)])
    for n in range(cuantos):
        un_contacto()
        un_compromiso(contacto.entidad, contacto=contacto)
        contacto.del_ministerio.create(persona=un_usuario())
        contacto.de_la_entidad.create(papel=un_papel(f"Papel {n}"))
    client.get(a("contactos"))

    with django_assert_max_num_queries(14):
        client.get(a("contactos"))
    with django_assert_max_num_queries(20):
        client.get(contacto.get_absolute_url())


def test_una_clave_que_no_existe_es_una_pagina_que_no_esta(client, lider):
    assert client.get(a("contacto", uuid.uuid4())).status_code == 404
