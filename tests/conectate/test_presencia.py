"""«Estamos presentes»: la ventana y los enlaces. El reloj es el del servidor."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from conectate.acciones import presencia
from conectate.acciones.presencia import (
    FilaEscrita,
    Registrado,
    declarar_presente,
    generar_pases,
    registrar_rejilla,
    usar_pase,
)
from conectate.acciones.reclamos import reclamar, responder_reclamo
from conectate.consultas.participacion import XdeN, participacion_de
from conectate.consultas.presencia import cifras_por_origen, mi_presencia, ventana_de
from conectate.models import Sesion
from cuentas.acciones import cambiar_pertenencia
from tests.fabricas import un_usuario, una_entidad, una_sesion

pytestmark = pytest.mark.django_db
DIA = date(2020, 11, 13)


def a_las(hora, minuto=0, *, dia=DIA):
    return timezone.make_aware(datetime.combine(dia, time(hora, minuto)))


@pytest.fixture
def reloj(monkeypatch):
    """Pone el reloj del servidor: `reloj(a_las(9))`."""

    def poner(momento):
        monkeypatch.setattr(timezone, "now", lambda: momento)

    return poner


def convocada(entidades, **datos):
    """El 13 de noviembre de 9 a 11, con quince minutos de tolerancia."""
    return una_sesion(
        convocadas=entidades, **{"fecha": DIA, "estado": Sesion.Estado.CONVOCADA, **datos}
    )


def de(entidad, **datos):
    return un_usuario("equipo_secretaria", entidad=entidad, **datos)


# ── La ventana ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("momento", [a_las(8, 45), a_las(10), a_las(11, 15)])
def test_dentro_de_la_ventana_la_secretaria_queda_presente(reloj, momento):
    huila = una_entidad("Huila")
    sesion, persona = convocada([huila]), de(huila)
    reloj(momento)

    declarar_presente(sesion=sesion, por=persona, personas=4)

    asistencia = sesion.asistencias.get()
    assert (asistencia.entidad, asistencia.ventana_en, asistencia.ventana_personas) == (
        huila,
        momento,
        4,
    )
    assert asistencia.presente


@pytest.mark.parametrize(
    ("momento", "codigo", "mensaje"),
    [
        (
            a_las(8, 44),
            "antes_de_abrir",
            "La ventana abre el 13 de noviembre de 2020, 8:45 a.m. (hora de Colombia).",
        ),
        (
            a_las(11, 16),
            "ya_cerro",
            (
                "La ventana cerró el 13 de noviembre de 2020, 11:15 a.m. (hora de Colombia). Si "
                "su secretaría asistió, puede reclamarlo en la página de la sesión."
            ),
        ),
    ],
)
def test_antes_y_despues_de_la_ventana_se_niega_y_se_dice_cuando(reloj, momento, codigo, mensaje):
    huila = una_entidad("Huila")
    sesion, persona = convocada([huila]), de(huila)
    reloj(momento)

    with pytest.raises(ValidationError) as error:
        declarar_presente(sesion=sesion, por=persona)

    assert (error.value.code, error.value.message) == (codigo, mensaje)
    assert not sesion.asistencias.exists()


def test_repetirlo_no_cambia_nada_ni_con_otro_numero(reloj):
    huila = una_entidad("Huila")
    sesion, una, otra = convocada([huila]), de(huila), de(huila)
    reloj(a_las(9))
    declarar_presente(sesion=sesion, por=una, personas=4)
    reloj(a_las(10))

    nueva = declarar_presente(sesion=sesion, por=otra, personas=9)

    asistencia = sesion.asistencias.get()
    assert not nueva
    assert (asistencia.ventana_por, asistencia.ventana_personas) == (una, 4)
    assert asistencia.ventana_en == a_las(9)


@pytest.mark.parametrize(
    ("datos", "convocarla", "codigo"),
    [
        ({}, False, "no_convocada"),
        ({"estado": Sesion.Estado.CANCELADA}, True, "sesion_cancelada"),
        ({"estado": Sesion.Estado.CERRADA}, True, "sesion_cerrada"),
        ({"estado": Sesion.Estado.BORRADOR}, True, "sin_convocar"),
        ({"hora_fin": None}, True, "sin_ventana"),
        ({"hora_inicio": None}, True, "sin_ventana"),
    ],
)
def test_quien_no_puede_declararse_lee_por_que(reloj, datos, convocarla, codigo):
    huila = una_entidad("Huila")
    sesion = convocada([huila] if convocarla else [una_entidad()], **datos)
    reloj(a_las(10))

    with pytest.raises(ValidationError) as error:
        declarar_presente(sesion=sesion, por=de(huila))

    assert error.value.code == codigo
    assert not sesion.asistencias.exists()


def test_el_ministerio_no_se_declara_por_nadie(reloj):
    sesion = convocada([una_entidad()])
    reloj(a_las(10))

    with pytest.raises(ValidationError) as error:
        declarar_presente(sesion=sesion, por=un_usuario())

    assert error.value.code == "no_es_de_secretaria"


def test_si_dura_varios_dias_la_ventana_abre_cada_dia_en_ese_horario():
    sesion = convocada([], fecha_fin=DIA + timedelta(days=2))

    ventana = ventana_de(sesion)

    assert len(ventana.tramos) == 3
    assert ventana.esta_abierta(a_las(9, dia=date(2020, 11, 15)))
    assert not ventana.esta_abierta(a_las(20))
    assert ventana.proxima(a_las(20)) == a_las(8, 45, dia=date(2020, 11, 14))
    assert ventana.ya_paso(a_las(11, 16, dia=date(2020, 11, 15)))


def test_la_que_empieza_una_tarde_y_acaba_otra_manana_tiene_una_sola_ventana():
    sesion = convocada(
        [], fecha_fin=DIA + timedelta(days=1), hora_inicio=time(14), hora_fin=time(12)
    )

    assert ventana_de(sesion).tramos == [
        (a_las(13, 45), a_las(12, 15, dia=date(2020, 11, 14))),
    ]


def test_quien_cambio_de_secretaria_en_marzo_deja_lo_pasado_en_la_anterior(reloj, client):
    huila, meta = una_entidad("Huila"), una_entidad("Meta")
    febrero, abril = (
        convocada([huila, meta], fecha=fecha) for fecha in (date(2020, 2, 11), date(2020, 4, 14))
    )
    persona = de(huila)
    reloj(a_las(10, dia=febrero.fecha))
    declarar_presente(sesion=febrero, por=persona)

    reloj(a_las(10, dia=date(2020, 3, 16)))
    cambiar_pertenencia(
        usuario=persona,
        rol=persona.rol,
        entidad=meta,
        direccion=None,
        por=un_usuario("administracion"),
    )
    persona.refresh_from_db()
    reloj(a_las(10, dia=abril.fecha))
    declarar_presente(sesion=abril, por=persona)

    Sesion.objects.update(estado=Sesion.Estado.REALIZADA)
    assert [s.sesion for s in participacion_de(huila, 2020).sesiones if s.estuvo] == [febrero]
    assert [s.sesion for s in participacion_de(meta, 2020).sesiones if s.estuvo] == [abril]


# ── Los enlaces ───────────────────────────────────────────────────────────────────────────────


def un_pase(sesion, entidad):
    pases = {pase.entidad: pase.codigo for pase in generar_pases(sesion=sesion, por=un_usuario())}
    return pases[entidad]


def test_el_enlace_sirve_una_vez_a_la_secretaria_del_pase(reloj):
    huila, meta = una_entidad("Huila"), una_entidad("Meta")
    sesion, persona = convocada([huila, meta]), de(huila)
    reloj(a_las(9))
    codigo = un_pase(sesion, huila)

    usar_pase(codigo=codigo, por=persona, personas=3)

    assert sesion.asistencias.get().ventana_personas == 3
    with pytest.raises(ValidationError) as error:
        usar_pase(codigo=codigo, por=persona)
    assert error.value.code == "pase_usado"


def test_reenviado_a_otra_secretaria_no_sirve_y_nada_cambia(reloj, client):
    huila, meta = una_entidad("Huila"), una_entidad("Meta")
    sesion = convocada([huila, meta])
    reloj(a_las(9))
    codigo = un_pase(sesion, huila)
    client.force_login(de(meta))

    respuesta = client.post(f"/conectate/presente/{codigo}/")

    assert respuesta.status_code == 403
    assert "Este enlace es de otra secretaría" in respuesta.content.decode()
    assert "Huila" not in respuesta.content.decode()
    assert not sesion.asistencias.exists()
    assert sesion.pases.filter(usado_en=None).count() == 2


def test_vencido_no_sirve(reloj):
    huila = una_entidad("Huila")
    sesion, persona = convocada([huila]), de(huila)
    reloj(a_las(9))
    codigo = un_pase(sesion, huila)
    reloj(a_las(9, 16))

    with pytest.raises(ValidationError) as error:
        usar_pase(codigo=codigo, por=persona)

    assert error.value.code == "pase_vencido"
    assert not sesion.asistencias.exists()


def test_generarlos_otra_vez_invalida_los_anteriores(reloj):
    huila = una_entidad("Huila")
    sesion, persona = convocada([huila]), de(huila)
    reloj(a_las(9))
    anterior, nuevo = un_pase(sesion, huila), un_pase(sesion, huila)

    with pytest.raises(ValidationError) as error:
        usar_pase(codigo=anterior, por=persona)
    usar_pase(codigo=nuevo, por=persona)

    assert error.value.code == "pase_desconocido"
    assert sesion.asistencias.get().presente


def test_generados_antes_valen_desde_que_abre_la_ventana(reloj):
    huila = una_entidad("Huila")
    sesion, persona = convocada([huila]), de(huila)
    reloj(a_las(7))
    codigo = un_pase(sesion, huila)

    with pytest.raises(ValidationError) as error:
        usar_pase(codigo=codigo, por=persona)
    reloj(a_las(8, 59))
    usar_pase(codigo=codigo, por=persona)

    assert error.value.code == "antes_de_abrir"
    assert sesion.asistencias.get().presente


def test_el_enlace_de_una_sesion_que_se_cancelo_no_sirve(reloj):
    huila = una_entidad("Huila")
    sesion, persona = convocada([huila]), de(huila)
    reloj(a_las(9))
    codigo = un_pase(sesion, huila)
    Sesion.objects.update(estado=Sesion.Estado.CANCELADA)

    with pytest.raises(ValidationError) as error:
        usar_pase(codigo=codigo, por=persona)

    assert error.value.code == "sesion_cancelada"
    assert sesion.pases.get().usado_en is None


def test_el_enlace_de_una_que_volvio_a_borrador_no_dice_de_cual_es(reloj, client):
    huila = una_entidad("Huila")
    sesion = convocada([huila], titulo="Rutas")
    reloj(a_las(9))
    codigo = un_pase(sesion, huila)
    Sesion.objects.update(estado=Sesion.Estado.BORRADOR)
    client.force_login(de(huila))

    pagina = client.get(f"/conectate/presente/{codigo}/").content.decode()

    assert ("Rutas" in pagina, "Este enlace no existe" in pagina) == (False, True)


@pytest.mark.django_db(transaction=True)
def test_dos_personas_con_el_mismo_enlace_a_la_vez_lo_usan_una_vez():
    huila, hoy = una_entidad("Huila"), timezone.localdate()
    sesion = convocada([huila], fecha=hoy, hora_inicio=time(0), hora_fin=time(23, 59))
    codigo, equipo = un_pase(sesion, huila), [de(huila), de(huila)]

    def usar(persona):
        try:
            usar_pase(codigo=codigo, por=persona)
            return "usado"
        except ValidationError as error:
            return error.code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as hilos:
        lo_que_paso = sorted(hilos.map(usar, equipo))

    assert lo_que_paso == ["pase_usado", "usado"]
    assert sesion.asistencias.get().ventana_por in equipo


def test_el_enlace_de_una_que_ya_no_esta_convocada_no_sirve(reloj):
    huila, meta = una_entidad("Huila"), una_entidad("Meta")
    sesion, persona = convocada([huila, meta]), de(huila)
    reloj(a_las(9))
    codigo = un_pase(sesion, huila)
    sesion.convocatorias.filter(entidad=huila).delete()

    with pytest.raises(ValidationError) as error:
        usar_pase(codigo=codigo, por=persona)

    assert error.value.code == "no_convocada"


def test_despues_de_la_ventana_no_se_generan_enlaces(reloj):
    sesion = convocada([una_entidad()])
    reloj(a_las(12))

    with pytest.raises(ValidationError) as error:
        generar_pases(sesion=sesion, por=un_usuario())

    assert error.value.code == "sin_ventana"


def test_la_base_guarda_la_huella_y_no_el_codigo(reloj):
    huila = una_entidad("Huila")
    sesion = convocada([huila])
    reloj(a_las(9))

    codigo = un_pase(sesion, huila)

    assert sesion.pases.get().huella == presencia.huella_de(codigo) != codigo


# ── Las páginas ───────────────────────────────────────────────────────────────────────────────


def test_la_secretaria_se_declara_desde_su_pagina(reloj, client):
    huila = una_entidad("Huila")
    sesion = convocada([huila], fecha=timezone.localdate())
    client.force_login(de(huila))
    reloj(a_las(9, dia=sesion.fecha))

    antes = client.get(f"/conectate/sesiones/{sesion.pk}/presente/").content.decode()
    respuesta = client.post(f"/conectate/sesiones/{sesion.pk}/presente/", {"personas": "3"})

    assert "<strong>Huila</strong> quedará presente" in antes
    assert respuesta.url == sesion.get_absolute_url()
    assert sesion.asistencias.get().ventana_personas == 3


def test_abrir_el_enlace_no_declara_y_pulsar_si(reloj, client):
    huila = una_entidad("Huila")
    sesion = convocada([huila], fecha=timezone.localdate())
    reloj(a_las(9, dia=sesion.fecha))
    client.force_login(un_usuario())
    pagina = client.post(f"/conectate/sesiones/{sesion.pk}/pases/").content.decode()
    enlace = re.search(r"http://testserver(/conectate/presente/[^<]+)", pagina)[1]
    client.force_login(de(huila))

    client.get(enlace)
    solo_abierto = sesion.asistencias.count()
    client.post(enlace)

    assert (solo_abierto, sesion.asistencias.count()) == (0, 1)


def test_antes_de_la_ventana_la_pagina_dice_cuando_abre(client):
    huila = una_entidad("Huila")
    sesion = convocada([huila], fecha=date(2999, 11, 13))
    client.force_login(de(huila))

    pagina = client.get(f"/conectate/sesiones/{sesion.pk}/presente/").content.decode()

    assert "13 de noviembre de 2999, 8:45 a.m.</strong> (hora de Colombia)" in pagina


def test_una_no_convocada_a_una_sesion_abierta_lee_que_no_lo_esta(client):
    sesion = convocada([una_entidad()], audiencia=Sesion.Audiencia.COMUNIDAD)
    client.force_login(de(una_entidad()))

    pagina = client.get(f"/conectate/sesiones/{sesion.pk}/presente/").content.decode()

    assert "Su secretaría no está convocada a esta sesión." in pagina


# ── El recorrido entero ───────────────────────────────────────────────────────────────────────


def test_el_segundo_encuentro_da_94_de_96_con_noventa_tres_y_uno(reloj):
    """90 en la ventana, 3 por llamada y 1 que reclamó al día siguiente."""
    entidades = [una_entidad() for _ in range(96)]
    sesion = convocada(entidades)
    equipo = un_usuario()
    reloj(a_las(9, 30))
    for entidad in entidades[:90]:
        declarar_presente(sesion=sesion, por=de(entidad))
    por_llamada = Registrado("presente", None, "remota", "llamada")
    registrar_rejilla(
        sesion=sesion,
        filas=[FilaEscrita(e, Registrado(), por_llamada) for e in entidades[90:93]],
        por=equipo,
    )
    reloj(a_las(9, dia=date(2020, 11, 14)))
    reclamo = reclamar(
        sesion=sesion,
        personas=2,
        explicacion="Nos conectamos desde la sala.",
        por=de(entidades[93]),
    )
    responder_reclamo(reclamo=reclamo, acepta=True, respuesta="", por=equipo)

    cifras = cifras_por_origen(sesion)

    assert (cifras.presentes, cifras.convocadas) == (94, 96)
    assert str(XdeN(cifras.presentes, cifras.convocadas).porcentaje) == "97.9"
    assert cifras.por_origen == {"ventana": 90, "importada": 0, "equipo": 3, "reclamada": 1}
    assert (cifras.con_varios, cifras.discrepancias, cifras.no_convocadas) == (0, 0, 0)


def test_lo_que_una_secretaria_puede_hacer_cuesta_cuatro_consultas(django_assert_num_queries):
    huila, meta = una_entidad("Huila"), una_entidad("Meta")
    sesion = convocada([huila, meta])

    with django_assert_num_queries(4):
        mi_presencia(sesion, huila)
