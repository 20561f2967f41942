"""El calendario del acompañamiento: del grupo, de alguien o de una secretaría; y su .ics."""

import re
import uuid
from datetime import date, time, timedelta

import pytest
from django.utils import timezone
from icalendar import Calendar

from acompanamiento.acciones.calendario import MI_CALENDARIO
from acompanamiento.acciones.contactos import cancelar_contacto, registrar_contacto
from acompanamiento.consultas.calendario import citas_de, cuantas, del_grupo
from acompanamiento.models import Contacto
from cuentas.models import Rol
from tests.fabricas import un_usuario, una_direccion, una_entidad
from tests.fabricas_de_acompanamiento import (
    un_compromiso,
    un_contacto,
    un_grupo,
    un_lider,
    un_padrinazgo,
    una_actividad,
    una_pertenencia,
    una_visita,
)
from trabajos.calendarios import BOGOTA

pytestmark = pytest.mark.django_db

CALENDARIO = "/acompanamiento/calendario/"
SUSCRIPCION = f"{CALENDARIO}suscripcion/"
MARZO, DIA = "2026-03", date(2026, 3, 11)
VISTAS = [{"mes": MARZO}, {"mes": MARZO, "vista": "lista"}]
CANCELADA = {"estado": "cancelada", "motivo_de_cancelacion": "No hubo sede."}
Canal, Estado = Contacto.Canal, Contacto.Estado


@pytest.fixture(autouse=True)
def en_marzo(time_machine):
    time_machine.move_to("2026-03-02T10:00:00-05:00", tick=False)


def texto(respuesta):
    return " ".join(re.sub(r"<[^>]+>", " ", respuesta.content.decode()).split())


def titulos(respuesta):
    """Los de las citas, estén en el mes o en la lista."""
    semanas, dias = respuesta.context["semanas"], respuesta.context["dias"]
    citas = [cita for semana in semanas for casilla in semana for cita in casilla.citas]
    return {cita.titulo for cita in citas + [cita for _, suyas in dias for cita in suyas]}


def privado(usuario):
    return f"{CALENDARIO}{MI_CALENDARIO.firmar(MI_CALENDARIO.cambiar(por=usuario))}.ics"


def eventos(respuesta):
    return {
        str(uno["summary"]): uno for uno in Calendar.from_ical(respuesta.content).walk("VEVENT")
    }


def una_cancelada(entidad, asunto, **datos):
    """Una visita que se registró y después se canceló."""
    por = un_usuario()
    datos = {"canal": Canal.VISITA_PRESENCIAL, "estado": Estado.PROGRAMADO, **datos}
    contacto = registrar_contacto(
        clave=uuid.uuid4(),
        base=0,
        datos={"entidad": entidad, "fecha": DIA, "asunto": asunto, **datos},
        por=por,
    ).objeto
    cancelar_contacto(contacto=contacto, motivo="Cambió la agenda", por=por)


def una_reunion(entidad, asunto="Semanal", **datos):
    datos = {"fecha": DIA, "estado": Estado.PROGRAMADO, **datos}
    return un_contacto(entidad, canal=Canal.REUNION_VIRTUAL, asunto=asunto, **datos)


# ── De quién ──────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def lider_de_huila():
    """Huila es de su grupo, con una cosa de cada clase; Meta es de otro."""
    huila, meta, lider = una_entidad("Huila"), una_entidad("Meta"), un_lider()
    un_grupo(huila, numero=7, lider=lider)
    otro = un_grupo(meta, numero=8)
    una_reunion(huila)
    una_visita(meta, fecha=DIA, grupo=otro)
    una_actividad(entidades=[huila], nombre="Taller", desde=DIA)
    un_compromiso(huila, texto="Mandar las actas", vence_el=DIA)
    un_compromiso(meta, texto="De Meta", vence_el=DIA)
    return lider


@pytest.mark.parametrize("vista", VISTAS)
def test_sin_pedir_otro_es_el_de_mi_grupo(client, lider_de_huila, vista):
    client.force_login(lider_de_huila)

    pagina = client.get(CALENDARIO, vista)

    assert titulos(pagina) == {"Reunión virtual: Huila", "Taller", "Mandar las actas"}
    assert "Calendario del Grupo 7" in texto(pagina)
    assert pagina.context["cuentas"] == {"visita": 0, "reunion": 1, "taller": 1, "vencimiento": 1}


def test_se_mira_el_de_otro_grupo_y_una_sola_cosa(client, lider_de_huila):
    client.force_login(lider_de_huila)

    otro, visitas = (
        titulos(client.get(CALENDARIO, {"mes": MARZO, "grupo": "8", **que}))
        for que in ({}, {"que": "visita"})
    )

    assert otro == {"Visita presencial: Meta", "De Meta"}
    assert visitas == {"Visita presencial: Meta"}


def test_solo_lo_mio_es_donde_estoy_lo_que_apadrino_y_lo_que_esta_a_mi_nombre(client):
    persona, huila, meta = un_usuario(), una_entidad("Huila"), una_entidad("Meta")
    un_padrinazgo(huila, persona)
    una_reunion(huila, "Por venir")
    una_reunion(huila, "Fue otra persona", estado=Estado.COMPLETO)
    una_reunion(meta, "Fui", estado=Estado.COMPLETO).del_ministerio.create(persona=persona)
    un_compromiso(
        meta,
        lado="ministerio",
        direccion=una_direccion(),
        persona=persona,
        texto="Mío",
        vence_el=DIA,
    )
    client.force_login(persona)

    pagina = client.get(CALENDARIO, {"mes": MARZO, "vista": "lista", "persona": "mi"})

    detalles = [cita.detalle for _, citas in pagina.context["dias"] for cita in citas]
    assert detalles == ["Por venir", "Fui", "Vence · Meta · Dirección de prueba"]


def test_lo_que_paso_es_del_grupo_de_ese_dia_y_lo_que_viene_del_de_hoy():
    huila, lider = una_entidad("Huila"), un_lider()
    antes, ahora = un_grupo(numero=1), un_grupo(numero=2)
    una_pertenencia(antes, huila, hasta=date(2026, 2, 28))
    una_pertenencia(ahora, huila, desde=date(2026, 3, 1))
    una_reunion(huila, "Pasó", estado=Estado.COMPLETO, grupo=antes, fecha=date(2026, 2, 10))
    una_reunion(huila, "Viene", grupo=antes)

    suyas = [
        [cita.detalle for cita in citas_de(lider, del_grupo(g), date(2026, 2, 1), DIA)]
        for g in (antes, ahora)
    ]

    assert suyas == [["Pasó"], ["Viene"]]


@pytest.mark.parametrize("vista", VISTAS)
def test_una_secretaria_ve_lo_suyo_sin_borradores_ni_cancelados(client, vista):
    huila = una_entidad("Huila")
    for estado in Estado:
        una_reunion(huila, str(estado), estado=estado, hora_inicio=time(9))
    una_visita(una_entidad("Meta"), fecha=DIA)
    un_compromiso(huila, texto="Mandar las actas", vence_el=DIA)
    client.force_login(un_usuario(Rol.SECRETARIO, entidad=huila))

    pagina = client.get(CALENDARIO, vista)

    assert titulos(pagina) == {"Reunión virtual", "Mandar las actas"}
    assert pagina.context["cuentas"] == {"visita": 0, "reunion": 2, "taller": 0, "vencimiento": 1}
    assert "Meta" not in texto(pagina)


# ── Qué ───────────────────────────────────────────────────────────────────────────────────────


def test_una_llamada_que_ya_paso_no_llena_el_calendario_y_una_por_venir_si(client):
    huila, lider = una_entidad("Huila"), un_lider()
    grupo = un_grupo(huila, lider=lider)
    for estado in (Estado.COMPLETO, Estado.PROGRAMADO):
        un_contacto(huila, fecha=DIA, estado=estado, asunto=str(estado), grupo=grupo)

    citas = citas_de(lider, del_grupo(grupo), DIA, DIA)

    assert [cita.detalle for cita in citas] == ["programado"]


def test_lo_cancelado_sigue_dicho_y_no_se_cuenta(client):
    huila, lider = una_entidad("Huila"), un_lider()
    grupo = un_grupo(huila, lider=lider)
    una_visita(
        huila, fecha=DIA, estado=Estado.CANCELADO, grupo=grupo, motivo_de_cancelacion="Llovió."
    )
    una_actividad(entidades=[huila], desde=DIA, **CANCELADA)
    client.force_login(lider)

    pagina = client.get(CALENDARIO, {"mes": MARZO})

    assert '<b class="cita-estado">Cancelado</b>' in pagina.content.decode()
    assert "Llovió." in pagina.content.decode()
    assert "No hubo sede." in pagina.content.decode()
    assert (pagina.context["cuentas"]["visita"], pagina.context["cuentas"]["taller"]) == (0, 0)


def test_muchos_vencimientos_del_mismo_dia_se_juntan_y_llevan_a_la_lista(client):
    huila, lider = una_entidad("Huila"), un_lider()
    un_grupo(huila, lider=lider)
    for n in range(5):
        un_compromiso(huila, texto=f"Tarea {n}", vence_el=DIA)
    client.force_login(lider)

    mes, lista = (client.get(CALENDARIO, vista) for vista in VISTAS)

    assert "y 3 que vencen" in texto(mes)
    assert f'href="?vista=lista&amp;mes={MARZO}#dia-11"' in mes.content.decode()
    assert len(titulos(lista)) == 5


def test_un_taller_de_varios_dias_sale_en_cada_uno_tambien_al_pasar_de_mes(client):
    huila, lider = una_entidad("Huila"), un_lider()
    un_grupo(huila, lider=lider)
    una_actividad(
        entidades=[huila], nombre="Encuentro", desde=date(2026, 3, 30), hasta=date(2026, 4, 1)
    )
    client.force_login(lider)

    veces = [
        client.get(CALENDARIO, {"mes": mes}).content.decode().count(">Encuentro</a>")
        for mes in ("2026-02", "2026-03", "2026-04", "2026-05")
    ]

    assert veces == [0, 2, 1, 0]


def test_lo_vencido_se_dice(client):
    huila, lider = una_entidad("Huila"), un_lider()
    un_grupo(huila, lider=lider)
    un_compromiso(huila, vence_el=date(2026, 3, 1))
    un_compromiso(huila, vence_el=date(2026, 3, 1), estado="cumplido")

    citas = citas_de(lider, del_grupo(huila.pertenencias.get().grupo), date(2026, 3, 1), DIA)

    assert [cita.estado for cita in citas] == ["vencido"]
    assert cuantas(citas)["vencimiento"] == 1


@pytest.mark.parametrize("mes", ["", "2026-13", "x", "2026-3", "0001-01", "9999-01", "%00"])
def test_un_mes_que_no_se_entiende_es_el_de_hoy(client, mes):
    client.force_login(un_usuario())

    pagina = client.get(f"{CALENDARIO}?mes={mes}&grupo=99&persona=x&que=nada")

    assert pagina.context["primero"] == date(2026, 3, 1)


def test_un_mes_vacio_lo_dice_y_sin_grupos_tambien(client):
    client.force_login(un_usuario())

    assert "No hay nada este mes." in texto(client.get(CALENDARIO))


@pytest.mark.parametrize("rol", [Rol.LIDER_GRUPO, Rol.SECRETARIO])
@pytest.mark.parametrize("vista", VISTAS)
def test_con_una_y_con_cinco_de_cada_cosa_son_las_mismas_consultas(
    client, rol, vista, django_assert_num_queries, django_assert_max_num_queries
):
    huila = una_entidad("Huila")
    persona = un_usuario(rol, entidad=huila if rol == Rol.SECRETARIO else None)
    un_grupo(huila, lider=persona if rol == Rol.LIDER_GRUPO else None)
    client.force_login(persona)

    def una_de_cada():
        una_reunion(huila)
        una_actividad(entidades=[huila], desde=DIA)
        un_compromiso(huila, vence_el=DIA)

    una_de_cada()
    client.get(CALENDARIO, vista)  # lo que se averigua una vez por proceso
    with django_assert_max_num_queries(13) as con_una:
        client.get(CALENDARIO, vista)
    for _ in range(4):
        una_de_cada()

    with django_assert_num_queries(len(con_una)):
        client.get(CALENDARIO, vista)


# ── Para otro programa ────────────────────────────────────────────────────────────────────────


def test_lleva_visitas_talleres_y_vencimientos_con_su_uid_y_su_secuencia(client):
    huila, lider = una_entidad("Huila"), un_lider()
    un_grupo(huila, lider=lider)
    reunion = una_reunion(
        huila, hora_inicio=time(9), hora_fin=time(10), donde="Auditorio", secuencia=3
    )
    taller = una_actividad(entidades=[huila], nombre="Taller", desde=DIA)
    compromiso = un_compromiso(huila, texto="Mandar las actas", vence_el=DIA)

    respuesta = client.get(privado(lider))

    suyos = eventos(respuesta)
    cita = suyos["Reunión virtual: Huila, Semanal"]
    assert str(cita["uid"]) == f"contacto-{reunion.clave}@escuela-de-secretarias"
    assert int(cita["sequence"]) == 3
    assert cita.decoded("dtstart").astimezone(BOGOTA).time() == time(9)
    assert str(cita["location"]) == "Auditorio"
    assert f"{taller.clave}" in str(suyos["Taller"]["uid"])
    assert suyos["Vence: Mandar las actas"].decoded("dtstart") == DIA
    assert f"{compromiso.clave}" in str(suyos["Vence: Mandar las actas"]["url"])
    assert respuesta["Cache-Control"] == "private, no-cache"


def test_lo_cancelado_sigue_y_lo_cumplido_lo_dice(client):
    huila, lider = una_entidad("Huila"), un_lider()
    grupo = un_grupo(huila, lider=lider)
    una_visita(huila, fecha=DIA, estado=Estado.CANCELADO, grupo=grupo, asunto="Plan")
    una_actividad(entidades=[huila], nombre="Taller", desde=DIA, **CANCELADA)
    un_compromiso(huila, texto="Uno", vence_el=DIA, estado="sin_efecto")
    un_compromiso(huila, texto="Otro", vence_el=DIA, estado="cumplido")

    suyos = eventos(client.get(privado(lider)))
    estados = {titulo: str(uno["status"]) for titulo, uno in suyos.items()}

    assert estados == {
        "Cancelada: Visita presencial: Huila, Plan": "CANCELLED",
        "Cancelado: Taller": "CANCELLED",
        "Sin efecto: Uno": "CANCELLED",
        "Cumplido: Otro": "CONFIRMED",
    }
    assert "Por qué: No hubo sede." in str(suyos["Cancelado: Taller"]["description"])


def test_el_de_una_secretaria_trae_solo_lo_suyo_y_no_cuenta_de_que_iba_lo_cancelado(client):
    huila = una_entidad("Huila")
    una_reunion(huila, "Semanal")
    una_reunion(huila, "Secreto", estado=Estado.BORRADOR)
    una_cancelada(huila, "Reservado", donde="Sala 1")
    una_cancelada(huila, "Nunca se supo", estado=Estado.BORRADOR, canal=Canal.REUNION_VIRTUAL)
    una_reunion(una_entidad("Meta"), "De Meta")

    respuesta = client.get(privado(un_usuario(Rol.SECRETARIO, entidad=huila)))

    assert set(eventos(respuesta)) == {
        "Reunión virtual: Huila, Semanal",
        "Cancelada: Visita presencial: Huila",
    }
    assert not {b"Reservado", b"Sala 1", b"Secreto", b"Meta"} & {
        palabra
        for palabra in (b"Reservado", b"Sala 1", b"Secreto", b"Meta")
        if palabra in respuesta.content
    }


def test_las_notas_del_equipo_y_los_nombres_no_salen(client):
    persona = un_usuario(nombre="Ana de Prueba")
    huila = una_entidad("Huila")
    un_grupo(huila, lider=persona)
    una_reunion(huila, notas="Ojo con esto", acuerdos="Nada").del_ministerio.create(persona=persona)
    un_compromiso(huila, lado="ministerio", persona=persona, vence_el=DIA)

    contenido = client.get(privado(persona)).content.decode()

    assert ("Ojo con esto" in contenido, "Ana de Prueba" in contenido) == (False, False)


def test_trae_tres_meses_atras_y_lo_que_venga(client):
    huila, lider = una_entidad("Huila"), un_lider()
    grupo = un_grupo(huila, lider=lider)
    for fecha in (date(2025, 11, 30), date(2025, 12, 1), date(2027, 1, 1)):
        una_visita(huila, fecha=fecha, grupo=grupo, asunto=str(fecha.year))

    dias = {uno.decoded("dtstart") for uno in eventos(client.get(privado(lider))).values()}

    assert dias == {date(2025, 12, 1), date(2027, 1, 1)}


def test_preguntar_otra_vez_responde_que_no_ha_cambiado(client):
    direccion = privado(un_usuario())
    primera = client.get(direccion)

    segunda = client.get(direccion, headers={"if-none-match": primera["ETag"]})

    assert (segunda.status_code, segunda.content) == (304, b"")


def test_cambiar_el_enlace_o_desactivar_la_cuenta_lo_anula(client):
    persona = un_usuario()
    anterior, nuevo = privado(persona), privado(persona)
    antes = [client.get(d).status_code for d in (anterior, nuevo)]
    persona.is_active = False
    persona.save()

    assert (antes, client.get(nuevo).status_code) == ([404, 200], 404)


def test_el_enlace_de_conectate_no_abre_este_calendario(client):
    from conectate.acciones import calendario as de_conectate

    persona = un_usuario()
    privado(persona)
    ajeno = de_conectate.MI_CALENDARIO.firmar(de_conectate.MI_CALENDARIO.cambiar(por=persona))

    assert client.get(f"{CALENDARIO}{ajeno}.ics").status_code == 404


def test_se_crea_se_copia_y_al_cambiarlo_deja_de_servir(client):
    client.force_login(un_usuario())
    sin_enlace = texto(client.get(SUSCRIPCION))

    creado = client.post(SUSCRIPCION, follow=True).context["enlace"]
    cambiado = client.post(SUSCRIPCION, follow=True)

    assert "Crear mi enlace" in sin_enlace
    assert "El anterior ya no sirve." in texto(cambiado)
    assert [client.get(d).status_code for d in (creado, cambiado.context["enlace"])] == [404, 200]


def test_con_una_y_con_cinco_el_ics_hace_las_mismas_consultas(
    client, django_assert_num_queries, django_assert_max_num_queries
):
    huila, lider = una_entidad("Huila"), un_lider()
    un_grupo(huila, lider=lider)
    direccion = privado(lider)
    una_reunion(huila)
    with django_assert_max_num_queries(8) as con_una:
        client.get(direccion)
    for n in range(4):
        una_reunion(huila)
        un_compromiso(huila, vence_el=timezone.localdate() + timedelta(days=n))
        una_actividad(entidades=[huila], desde=DIA)

    with django_assert_num_queries(len(con_una)):
        client.get(direccion)
