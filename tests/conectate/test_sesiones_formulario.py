"""Crear, editar y mover una sesión en el navegador: qué se guarda y qué se lee si no se puede."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from conectate.models import Sesion
from cuentas.models import Rol
from tests.fabricas import (
    un_tema,
    un_tipo,
    un_usuario,
    una_direccion,
    una_entidad,
    una_sesion,
)

pytestmark = pytest.mark.django_db

LISTA = "/conectate/sesiones/"
DEL_MINISTERIO = [Rol.ADMINISTRACION, Rol.EQUIPO_MEN, Rol.LIDER_GRUPO, Rol.PROFESIONAL]
MAÑANA = timezone.localdate() + timedelta(days=1)


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


@pytest.mark.parametrize("campo", ["convocadas", "temas"])
@pytest.mark.parametrize("escrito", ["9" * 30, "²", "-1", "x"])
def test_marcar_lo_que_no_existe_es_un_error_del_formulario(client, campo, escrito):
    una_entidad("Huila")
    client.force_login(un_usuario())

    datos = datos_de_una_sesion(convocar="elegidas", **{campo: [escrito]})
    respuesta = client.post(f"{LISTA}nueva/", datos)

    assert (respuesta.status_code, Sesion.objects.count()) == (200, 0)
    assert list(respuesta.context["form"].errors[campo])


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


@pytest.mark.parametrize(
    ("fecha", "fecha_fin", "campo"),
    [
        ("9999-12-31", "", "fecha"),
        ("0001-01-01", "", "fecha"),
        ("2020-01-23", "9999-12-31", "fecha_fin"),
        ("2020-01-23", "2020-04-23", "fecha_fin"),
    ],
)
def test_una_fecha_imposible_no_se_guarda(client, fecha, fecha_fin, campo):
    client.force_login(un_usuario())
    datos = datos_de_una_sesion(fecha=fecha, fecha_fin=fecha_fin, estado="borrador")

    respuesta = client.post(f"{LISTA}nueva/", datos)

    assert list(respuesta.context["form"].errors) == [campo]
    assert not Sesion.objects.exists()


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
