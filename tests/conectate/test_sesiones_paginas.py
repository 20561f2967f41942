"""Las páginas de las sesiones: qué ve cada quien, y qué lee cuando algo no se puede."""

from datetime import date, timedelta

import pytest
from auditlog.models import LogEntry
from django.utils import timezone

from conectate.models import Sesion
from cuentas.models import Rol
from tests.fabricas import (
    un_tema,
    un_tipo,
    un_usuario,
    una_direccion,
    una_entidad,
    una_participacion,
    una_sesion,
)

pytestmark = pytest.mark.django_db

LISTA = "/conectate/sesiones/"
DEL_MINISTERIO = [Rol.ADMINISTRACION, Rol.EQUIPO_MEN, Rol.LIDER_GRUPO, Rol.PROFESIONAL]
MAÑANA = timezone.localdate() + timedelta(days=1)


def titulos(respuesta):
    return [sesion.titulo for sesion, _, _ in respuesta.context["filas"]]


def texto(respuesta):
    return " ".join(respuesta.content.decode().split())


def datos_de_una_sesion(**cambios):
    return {
        "titulo": "Rutas para la permanencia",
        "tipo": un_tipo().pk,
        "fecha": "2020-06-09",
        "modalidad": "virtual",
        "audiencia": "equipos",
        "minutos_minimos": "0",
        "convocar": "todas",
        "estado": "realizada",
        **cambios,
    }


# ── La lista ──────────────────────────────────────────────────────────────────────────────────


def test_cualquiera_ve_las_sesiones_abiertas_y_ninguna_otra(client):
    una_sesion("Abierta", audiencia="comunidad")
    una_sesion("De equipos")
    una_sesion("Borrador", audiencia="comunidad", estado="borrador")

    assert titulos(client.get(LISTA)) == ["Abierta"]


def test_una_secretaria_ve_las_suyas_y_las_abiertas(client):
    huila, meta = una_entidad("Huila"), una_entidad("Meta")
    una_sesion("Abierta", audiencia="comunidad", fecha=date(2020, 1, 1))
    una_sesion("De Huila", convocadas=[huila])
    una_sesion("De Meta", convocadas=[meta])
    una_sesion("Borrador de Huila", convocadas=[huila], estado="borrador")
    client.force_login(un_usuario("equipo_secretaria", entidad=huila))

    assert titulos(client.get(LISTA)) == ["De Huila", "Abierta"]


@pytest.mark.parametrize("rol", DEL_MINISTERIO)
def test_el_ministerio_ve_todas_con_sus_cifras(client, rol):
    huila, meta = una_entidad("Huila"), una_entidad("Meta")
    sesion = una_sesion("Reunión cerrada", convocadas=[huila, meta], estado="realizada")
    una_participacion(sesion, huila)
    una_sesion("Borrador", estado="borrador", fecha=date(2020, 1, 1))
    client.force_login(un_usuario(rol))

    pagina = client.get(LISTA)

    assert titulos(pagina) == ["Reunión cerrada", "Borrador"]
    assert "<b>1 de 2</b> secretarías" in texto(pagina)


def test_las_cifras_de_asistencia_no_salen_en_la_lista_publica(client):
    sesion = una_sesion(audiencia="comunidad", convocadas=[una_entidad()])
    una_participacion(sesion)

    pagina = client.get(LISTA)

    assert "secretarías</p>" not in texto(pagina)
    assert "asistencia" not in texto(pagina).split("<main")[1].split("</main>")[0]


@pytest.mark.parametrize(
    ("filtro", "esperadas"),
    [
        ("vigencia=2019", ["Vieja"]),
        ("tipo=dialogo", ["Diálogo"]),
        ("tema=ruralidad", ["Rural"]),
        ("estado=cancelada", ["Cancelada"]),
        ("q=DIALOGO", ["Diálogo"]),
        ("q=rutas+dialogo", []),
        ("vigencia=nada&estado=otro", ["Diálogo", "Rural", "Cancelada", "Vieja"]),
        ("vigencia=2020&q=rural", ["Rural"]),
    ],
)
def test_los_filtros_de_la_lista(client, filtro, esperadas):
    ruralidad = un_tema("Ruralidad")
    una_sesion("Vieja", fecha=date(2019, 5, 1))
    una_sesion("Cancelada", estado="cancelada", fecha=date(2020, 1, 1))
    una_sesion("Rural", temas=[un_tema("Educación rural", padre=ruralidad)], fecha=date(2020, 2, 1))
    una_sesion("Diálogo", tipo=un_tipo("dialogo"), fecha=date(2020, 3, 1))
    client.force_login(un_usuario())

    assert titulos(client.get(f"{LISTA}?{filtro}")) == esperadas


def test_la_lista_cuesta_lo_mismo_con_tres_sesiones_que_con_veinte(
    client, django_assert_max_num_queries
):
    huila, tema = una_entidad("Huila"), un_tema("Ruralidad")
    client.force_login(un_usuario())

    def cuanto_cuesta():
        with django_assert_max_num_queries(20) as consultas:
            client.get(LISTA)
        return len(consultas)

    for _ in range(3):
        una_participacion(una_sesion(convocadas=[huila], temas=[tema]), huila)
    client.get(LISTA)
    con_tres = cuanto_cuesta()
    for _ in range(17):
        una_participacion(una_sesion(convocadas=[huila], temas=[tema]), huila)

    assert cuanto_cuesta() == con_tres


def test_la_lista_se_pagina_y_conserva_los_filtros(client):
    for _ in range(21):
        una_sesion()
    client.force_login(un_usuario())

    pagina = client.get(f"{LISTA}?vigencia=2020&page=2")

    assert len(titulos(pagina)) == 1
    assert 'href="?vigencia=2020&amp;page=1"' in texto(pagina)


def test_una_lista_vacia_dice_algo(client):
    assert "Aún no hay sesiones publicadas." in texto(client.get(LISTA))
    assert "Ninguna sesión cumple esos filtros." in texto(client.get(f"{LISTA}?q=nada"))


# ── Una sesión ────────────────────────────────────────────────────────────────────────────────


def test_cualquiera_lee_lo_publico_de_una_sesion_abierta(client):
    sesion = una_sesion(
        "Rutas <de> permanencia",
        audiencia="comunidad",
        ponentes="Equipo técnico, Dirección de Calidad\n\nFirma aliada",
        temas=[un_tema("Permanencia")],
        convocadas=[una_entidad("Huila")],
    )
    una_participacion(sesion, nombre="Nadie Debe Verme")

    pagina = texto(client.get(sesion.get_absolute_url()))

    assert "<h1>Rutas &lt;de&gt; permanencia</h1>" in pagina
    assert "Martes 9 de junio de 2020, de 9:00 a.m. a 11:00 a.m. (hora de Colombia)" in pagina
    assert "<li>Firma aliada</li>" in pagina
    assert "Permanencia</a>" in pagina
    assert "Nadie Debe Verme" not in pagina
    assert "Quién participó" not in pagina


def test_a_quien_no_ha_entrado_se_le_pide_entrar_exista_o_no_la_sesion(client):
    sesion = una_sesion()

    destinos = [client.get(f"{LISTA}{pk}/")["Location"] for pk in (sesion.pk, sesion.pk + 999)]

    assert [destino.split("?")[0] for destino in destinos] == ["/cuentas/entrar/"] * 2


def test_la_sesion_de_otra_secretaria_no_existe(client):
    sesion = una_sesion(convocadas=[una_entidad("Huila")])
    client.force_login(un_usuario("equipo_secretaria", entidad=una_entidad("Meta")))

    assert client.get(sesion.get_absolute_url()).status_code == 404


def test_una_secretaria_lee_que_participo_y_no_ve_las_cifras_de_las_demas(client):
    huila, meta = una_entidad("Huila"), una_entidad("Meta")
    sesion = una_sesion(convocadas=[huila, meta])
    una_participacion(sesion, huila, minutos=65)
    una_participacion(sesion, meta)
    client.force_login(un_usuario("secretario", entidad=huila))

    pagina = texto(client.get(sesion.get_absolute_url()))

    assert "Participó</strong> con 1 persona y 1 h 5 min de conexión" in pagina
    assert "Meta" not in pagina
    assert "Quién participó" not in pagina


def test_una_secretaria_que_falto_lee_lo_que_se_perdio_y_que_puede_cambiar(client):
    huila = una_entidad("Huila")
    sesion = una_sesion(convocadas=[huila], grabacion="https://ejemplo.test/video")
    una_participacion(sesion)
    client.force_login(un_usuario("secretario", entidad=huila))

    pagina = texto(client.get(sesion.get_absolute_url()))

    assert "No participó." in pagina
    assert "queda 1 persona sin identificar" in pagina
    assert "Ver la grabación de la sesión" in pagina


def test_sin_asistencia_cargada_la_secretaria_lee_sin_dato(client):
    huila = una_entidad("Huila")
    sesion = una_sesion(convocadas=[huila])
    client.force_login(un_usuario("secretario", entidad=huila))

    assert "No cuenta como ausencia." in texto(client.get(sesion.get_absolute_url()))


def test_el_enlace_de_la_reunion_se_ve_hasta_que_se_realiza(client):
    huila = una_entidad("Huila")
    enlace = "https://reunion.example/abc"
    client.force_login(un_usuario("secretario", entidad=huila))

    def se_ve(estado):
        sesion = una_sesion(convocadas=[huila], estado=estado, enlace=enlace)
        return enlace in texto(client.get(sesion.get_absolute_url()))

    assert [se_ve(estado) for estado in ("convocada", "realizada", "cancelada")] == [
        True,
        False,
        False,
    ]


def test_el_ministerio_ve_quien_participo_y_quien_falto(client):
    huila, meta = una_entidad("Huila"), una_entidad("Meta")
    sesion = una_sesion(convocadas=[huila, meta])
    una_participacion(sesion, huila)
    sesion.aforos.create(personas=489, fuente="YouTube")
    client.force_login(un_usuario())

    pagina = texto(client.get(sesion.get_absolute_url()))

    assert "1 de 2 secretarías convocadas estuvieron" in pagina
    assert '<b class="numero">489</b> <span>YouTube</span>' in pagina
    assert "1 <small>de 2</small>" in pagina


def test_la_pagina_de_una_sesion_cuesta_lo_mismo_con_pocas_que_con_muchas_personas(
    client, django_assert_max_num_queries
):
    entidades = [una_entidad() for _ in range(12)]
    sesion = una_sesion(convocadas=entidades)
    client.force_login(un_usuario())
    client.get(sesion.get_absolute_url())

    def cuanto_cuesta():
        with django_assert_max_num_queries(30) as consultas:
            client.get(sesion.get_absolute_url())
        return len(consultas)

    una_participacion(sesion, entidades[0])
    con_una = cuanto_cuesta()
    for entidad in entidades:
        una_participacion(sesion, entidad)

    assert cuanto_cuesta() == con_una


# ── Crear y editar ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("rol", DEL_MINISTERIO)
def test_el_ministerio_crea_una_sesion_y_queda_con_todas_convocadas(client, rol):
    una_entidad("Huila")
    una_entidad("La Estrella", desde=date(2023, 1, 1))
    client.force_login(un_usuario(rol))

    respuesta = client.post(f"{LISTA}nueva/", datos_de_una_sesion(), follow=True)

    sesion = Sesion.objects.get()
    assert [e.nombre for e in sesion.convocadas.all()] == ["Huila"]
    assert "La sesión quedó creada. Convoca a 1 secretaría." in texto(respuesta)


@pytest.mark.parametrize("rol", [Rol.SECRETARIO, Rol.EQUIPO_SECRETARIA])
@pytest.mark.parametrize("pagina", ["nueva/", "{pk}/editar/", "{pk}/estado/cerrada/"])
def test_una_secretaria_no_crea_ni_cambia_sesiones(client, rol, pagina):
    huila = una_entidad("Huila")
    sesion = una_sesion(convocadas=[huila])
    client.force_login(un_usuario(rol, entidad=huila))
    direccion = LISTA + pagina.format(pk=sesion.pk)

    assert [client.get(direccion).status_code, client.post(direccion).status_code] == [403, 403]


def test_los_errores_del_formulario_se_leen_en_español(client):
    client.force_login(un_usuario())

    pagina = client.post(
        f"{LISTA}nueva/",
        datos_de_una_sesion(
            titulo="",
            fecha=str(MAÑANA),
            hora_inicio="11:00",
            hora_fin="09:00",
            convocar="elegidas",
        ),
    )

    assert pagina.context["form"].errors == {
        "titulo": ["Este campo es obligatorio."],
        "fecha": ["La fecha no ha llegado: la sesión no se puede dar por realizada."],
        "convocadas": ["Marque al menos una secretaría."],
        "hora_fin": ["La sesión no puede terminar antes de empezar."],
    }
    assert Sesion.objects.count() == 0


def test_se_convoca_solo_a_las_marcadas(client):
    huila, meta = una_entidad("Huila"), una_entidad("Meta")
    client.force_login(un_usuario())

    client.post(f"{LISTA}nueva/", datos_de_una_sesion(convocar="elegidas", convocadas=[meta.pk]))

    assert list(Sesion.objects.get().convocadas.all()) == [meta]
    assert huila.sesiones_convocadas.count() == 0


def test_marcar_una_que_no_estaba_certificada_se_explica(client):
    una_entidad("Huila")
    nueva = una_entidad("La Estrella", desde=date(2023, 1, 1))
    client.force_login(un_usuario())

    pagina = client.post(
        f"{LISTA}nueva/", datos_de_una_sesion(convocar="elegidas", convocadas=[nueva.pk])
    )

    assert "No eran entidades certificadas en esa fecha: La Estrella." in texto(pagina)


def test_actualizar_la_lista_propone_las_de_esa_fecha_sin_guardar_ni_regañar(client):
    una_entidad("Huila")
    una_entidad("La Estrella", desde=date(2023, 1, 1))
    client.force_login(un_usuario())

    pagina = client.post(
        f"{LISTA}nueva/", {"fecha": "2020-06-09", "convocar": "todas", "proponer": "1"}
    )

    [(_, entidades)] = pagina.context["form"].por_departamento
    assert [(e.nombre, marcada) for e, marcada in entidades] == [("Huila", True)]
    assert "Este campo es obligatorio" not in texto(pagina)
    assert Sesion.objects.count() == 0


def test_editar_muestra_lo_guardado_y_guarda_lo_nuevo(client):
    huila, tema = una_entidad("Huila"), un_tema("Ruralidad")
    sesion = una_sesion(convocadas=[huila], temas=[tema], direccion=una_direccion())
    client.force_login(un_usuario())
    direccion = f"{LISTA}{sesion.pk}/editar/"

    formulario = client.get(direccion).context["form"]
    datos = datos_de_una_sesion(titulo="Otro título", hora_inicio="09:00", temas=[tema.pk])
    client.post(direccion, datos)

    sesion.refresh_from_db()
    assert (formulario["fecha"].value(), formulario["convocar"].value()) == (
        date(2020, 6, 9),
        "todas",
    )
    assert (sesion.titulo, list(sesion.temas.all())) == ("Otro título", [tema])


def test_editar_una_sesion_de_pocas_convocadas_no_las_vuelve_todas(client):
    huila, _meta = una_entidad("Huila"), una_entidad("Meta")
    sesion = una_sesion(convocadas=[huila])
    client.force_login(un_usuario())

    formulario = client.get(f"{LISTA}{sesion.pk}/editar/").context["form"]

    assert formulario["convocar"].value() == "elegidas"
    [(_, entidades)] = formulario.por_departamento
    assert [(e.nombre, marcada) for e, marcada in entidades] == [("Huila", True), ("Meta", False)]


def test_una_sesion_cerrada_no_se_edita_y_se_dice_por_que(client):
    sesion = una_sesion(estado="cerrada")
    client.force_login(un_usuario())

    pagina = client.get(f"{LISTA}{sesion.pk}/editar/", follow=True)

    assert "La sesión está cerrada. Reábrala antes de cambiarla." in texto(pagina)


def test_otra_fecha_u_otro_minimo_vuelven_a_contar_la_asistencia(client, monkeypatch):
    recontadas = []
    monkeypatch.setattr("conectate.acciones.sesiones.recalcular_sesion", recontadas.append)
    sesion = una_sesion()
    sesion.importaciones.create(
        nombre_del_archivo="a.csv", tamano=1, huella="0" * 64, estado="confirmada"
    )
    client.force_login(un_usuario())
    direccion = f"{LISTA}{sesion.pk}/editar/"

    client.post(direccion, datos_de_una_sesion())
    sin_cambios = len(recontadas)
    client.post(direccion, datos_de_una_sesion(minutos_minimos="10"))

    assert (sin_cambios, recontadas) == (0, [sesion])


# ── Estados ───────────────────────────────────────────────────────────────────────────────────


def test_marcar_como_realizada_avisa_que_no_tiene_asistencia(client):
    sesion = una_sesion(estado="convocada", convocadas=[una_entidad()])
    client.force_login(un_usuario())
    direccion = f"{LISTA}{sesion.pk}/estado/realizada/"

    pagina = client.get(direccion)
    client.post(direccion)

    sesion.refresh_from_db()
    assert "Aún no tiene asistencia cargada." in texto(pagina)
    assert sesion.estado == "realizada"


def test_lo_que_no_se_puede_se_lee_en_la_misma_pagina(client):
    sesion = una_sesion(estado="convocada", fecha=MAÑANA)
    client.force_login(un_usuario())

    pagina = client.post(f"{LISTA}{sesion.pk}/estado/realizada/")

    assert "La fecha de la sesión no ha llegado." in texto(pagina)


def test_cancelar_sin_motivo_pide_el_motivo(client):
    sesion = una_sesion(estado="convocada")
    client.force_login(un_usuario())
    direccion = f"{LISTA}{sesion.pk}/estado/cancelada/"

    sin_motivo = client.post(direccion)
    client.post(direccion, {"motivo": "Se aplazó."})

    sesion.refresh_from_db()
    assert sin_motivo.context["form"].errors == {"motivo": ["Este campo es obligatorio."]}
    assert sesion.estado == "cancelada"


def test_un_paso_que_ya_no_es_posible_lleva_de_vuelta_a_la_sesion(client):
    sesion = una_sesion(estado="cerrada")
    client.force_login(un_usuario())

    pagina = client.post(f"{LISTA}{sesion.pk}/estado/convocada/", follow=True)

    assert "La sesión está cerrada: ese paso ya no es posible." in texto(pagina)


# ── Personas ──────────────────────────────────────────────────────────────────────────────────


def test_el_ministerio_ve_todas_las_personas_y_queda_anotado(client):
    huila = una_entidad("Huila")
    sesion = una_sesion(convocadas=[huila])
    una_participacion(sesion, huila, nombre="Ana Inventada")
    una_participacion(sesion, nombre="Sin Entidad")
    una_participacion(sesion, nombre="Notas automáticas", tipo="bot")
    client.force_login(un_usuario())

    pagina = texto(client.get(f"{LISTA}{sesion.pk}/personas/"))

    entrada = LogEntry.objects.get(additional_data__verbo="vio una lista de personas")
    assert entrada.additional_data["detalle"]["personas"] == 2
    assert ("Ana Inventada" in pagina, "Sin Entidad" in pagina) == (True, True)
    assert "Notas automáticas" not in pagina


def test_una_secretaria_ve_solo_sus_personas(client):
    huila, meta = una_entidad("Huila"), una_entidad("Meta")
    sesion = una_sesion(convocadas=[huila, meta])
    una_participacion(sesion, huila, nombre="Suya")
    una_participacion(sesion, meta, nombre="Ajena")
    una_participacion(sesion, nombre="Sin Entidad")
    client.force_login(un_usuario("equipo_secretaria", entidad=huila))
    direccion = f"{LISTA}{sesion.pk}/personas/"

    for consulta in ("", f"?entidad={meta.codigo_dane}", "?entidad=sin-identificar", "?q=ajena"):
        pagina = client.get(direccion + consulta)

        assert {persona.nombre for persona in pagina.context["pagina"]} <= {"Suya"}


@pytest.mark.parametrize(
    ("consulta", "nombres"),
    [
        ("?q=ALVARO", ["Álvaro Uno"]),
        ("?entidad=sin-identificar", ["Zoila Tres"]),
        ("?entidad=otras", ["Berta Dos"]),
        ("?entidad=90001", ["Álvaro Uno"]),
        ("?entidad=99999", ["Álvaro Uno", "Berta Dos", "Zoila Tres"]),
    ],
)
def test_las_personas_se_filtran(client, consulta, nombres):
    huila = una_entidad("Huila", codigo_dane="90001")
    sesion = una_sesion(convocadas=[huila])
    una_participacion(sesion, huila, nombre="Álvaro Uno")
    una_participacion(sesion, nombre="Berta Dos", ajena="Universidad de prueba")
    una_participacion(sesion, nombre="Zoila Tres")
    client.force_login(un_usuario())

    pagina = client.get(f"{LISTA}{sesion.pk}/personas/{consulta}")

    assert [persona.nombre for persona in pagina.context["pagina"]] == nombres


def test_las_personas_de_una_sesion_abierta_no_son_publicas(client):
    sesion = una_sesion(audiencia="comunidad")

    respuesta = client.get(f"{LISTA}{sesion.pk}/personas/")

    assert respuesta["Location"].startswith("/cuentas/entrar/")


# ── Aforo y entrada ───────────────────────────────────────────────────────────────────────────


def test_el_aforo_se_registra_y_se_quita_desde_la_pagina(client):
    sesion = una_sesion()
    client.force_login(un_usuario())

    client.post(f"{LISTA}{sesion.pk}/aforos/nuevo/", {"personas": "489", "fuente": "YouTube"})
    aforo = sesion.aforos.get()
    client.post(f"/conectate/aforos/{aforo.pk}/quitar/")

    assert (aforo.personas, sesion.aforos.count()) == (489, 0)


def test_una_secretaria_no_registra_aforos(client):
    huila = una_entidad("Huila")
    sesion = una_sesion(convocadas=[huila])
    aforo = sesion.aforos.create(personas=1, fuente="YouTube")
    client.force_login(un_usuario("secretario", entidad=huila))

    respuestas = [
        client.post(f"{LISTA}{sesion.pk}/aforos/nuevo/", {"personas": "9", "fuente": "X"}),
        client.post(f"/conectate/aforos/{aforo.pk}/quitar/"),
    ]

    assert [respuesta.status_code for respuesta in respuestas] == [403, 403]
    assert sesion.aforos.get() == aforo


def test_la_entrada_muestra_lo_que_viene_y_lo_ultimo(client):
    una_sesion("Ya fue", audiencia="comunidad")
    una_sesion("Por venir", audiencia="comunidad", estado="convocada", fecha=MAÑANA)
    una_sesion("De equipos", estado="convocada", fecha=MAÑANA)

    contexto = client.get("/conectate/").context

    assert [s.titulo for s in contexto["vienen"]] == ["Por venir"]
    assert [s.titulo for s in contexto["ultimas"]] == ["Ya fue"]
    assert contexto["pendientes"] is None


def test_la_entrada_le_dice_al_ministerio_lo_que_falta(client):
    una_participacion(una_sesion())
    una_sesion()
    una_sesion(estado="convocada")
    client.force_login(un_usuario())

    pendientes = client.get("/conectate/").context["pendientes"]

    assert (pendientes.sin_asistencia, pendientes.por_revisar, pendientes.sin_cerrar) == (1, 1, 1)


def test_la_entrada_le_dice_a_una_secretaria_su_cuenta(client):
    huila = una_entidad("Huila")
    una_participacion(una_sesion(convocadas=[huila]), huila)
    una_participacion(una_sesion(convocadas=[huila]))
    client.force_login(un_usuario("secretario", entidad=huila))

    pagina = texto(client.get("/conectate/"))

    assert "1 <small>de 2</small>" in pagina
    assert "50,0 % de las sesiones" in pagina
