"""La bitácora: qué se anota, que no se corrige, y que se nota si alguien la tocó."""

import re
from datetime import date, timedelta

import pytest
from auditlog.models import LogEntry
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from cuentas import candado
from cuentas.bitacora import (
    anotar,
    borrar_identidad,
    sellar_bitacora,
    ver_lista_de_personas,
    verificar_bitacora,
)
from cuentas.models import AvisoLeido, AvisoPrivacidad, Rol, SelloBitacora
from tests.fabricas import un_usuario, una_direccion, una_entidad, una_sesion

pytestmark = pytest.mark.django_db


def test_anotar_guarda_quien_que_y_el_antes_y_el_despues():
    sesion, persona = una_sesion(), un_usuario()

    entrada = anotar(
        por=persona,
        verbo="cambió la fecha",
        objeto=sesion,
        antes={"fecha": date(2020, 6, 9), "lugar": "igual"},
        despues={"fecha": date(2020, 6, 10), "lugar": "igual"},
    )

    entrada.refresh_from_db()
    assert (entrada.actor, entrada.actor_email) == (persona, persona.email)
    assert (entrada.content_type.model, entrada.object_pk) == ("sesion", str(sesion.pk))
    assert entrada.additional_data == {"verbo": "cambió la fecha"}
    assert entrada.changes == {"fecha": ["2020-06-09", "2020-06-10"]}


def test_sin_objeto_la_entrada_es_sobre_la_persona_y_sin_persona_la_hizo_el_portal():
    persona = un_usuario()

    suya = anotar(por=persona, verbo="descargó sus datos")
    del_portal = anotar(por=None, verbo="no reconoció una cuenta")

    assert (suya.object_pk, suya.content_type.model) == (str(persona.pk), "usuario")
    assert (del_portal.object_pk, del_portal.actor) == ("", None)


def test_ver_y_exportar_una_lista_de_personas_quedan_anotados():
    persona, sesion = un_usuario(), una_sesion()

    vista = ver_lista_de_personas(por=persona, lista="asistentes", n_personas=12, objeto=sesion)
    exportada = ver_lista_de_personas(
        por=persona, lista="asistentes", n_personas=12, objeto=sesion, exportada=True
    )

    assert vista.action == exportada.action == LogEntry.Action.ACCESS
    assert [e.additional_data["verbo"] for e in (vista, exportada)] == [
        "vio una lista de personas",
        "exportó una lista de personas",
    ]
    assert vista.additional_data["detalle"] == {"lista": "asistentes", "personas": 12}


def test_cambiar_el_rol_de_una_persona_deja_el_antes_y_el_despues_sin_su_nombre():
    persona = un_usuario(rol=Rol.EQUIPO_MEN)
    persona.set_password("una clave larga y nueva")
    persona.rol, persona.nombre = Rol.LIDER_GRUPO, "Otro Nombre"
    persona.save()

    entrada = LogEntry.objects.filter(object_pk=str(persona.pk), action=LogEntry.Action.UPDATE)

    assert entrada.get().changes == {
        "rol": ["equipo_men", "lider_grupo"],
        "nombre": ["•••", "•••"],
    }


@pytest.mark.parametrize("inventada", ["hola", "1.2.3.4, <b>", "999.1.1.1"])
def test_la_direccion_es_la_de_la_conexion_aunque_se_invente_otra(client, inventada):
    client.force_login(un_usuario(Rol.SECRETARIO))

    client.post("/cuentas/mi-cuenta/", {"nombre": "Otro"}, HTTP_X_FORWARDED_FOR=inventada)

    entrada = LogEntry.objects.get(additional_data__verbo="corrigió su nombre")
    assert entrada.remote_addr == "127.0.0.1"


def test_lo_que_se_cambia_del_territorio_tambien_queda():
    entidad = una_entidad("Antes")
    entidad.nombre = "Después"
    entidad.save()

    entrada = LogEntry.objects.filter(content_type__model="entidadterritorial").latest("pk")

    assert entrada.changes == {"nombre": ["Antes", "Después"]}


CAMBIOS_PROHIBIDOS = [
    {"additional_data": {"verbo": "otro"}},
    {"changes": {"rol": ["a", "b"]}},
    {"timestamp": timezone.now()},
    {"object_pk": "9"},
    {"action": 2},
    {"actor_email": "otra@ejemplo.test"},
    {"remote_addr": "10.0.0.9"},
    {"object_repr": "otro"},
]


@pytest.mark.parametrize("cambio", CAMBIOS_PROHIBIDOS, ids=lambda cambio: next(iter(cambio)))
def test_una_entrada_no_se_corrige(cambio):
    entrada = anotar(por=un_usuario(), verbo="hizo algo")

    with pytest.raises(IntegrityError, match="solo se añade"), transaction.atomic():
        LogEntry.objects.filter(pk=entrada.pk).update(**cambio)


def test_a_una_entrada_no_se_le_cambia_quien_la_hizo():
    entrada = anotar(por=un_usuario(), verbo="hizo algo")

    with pytest.raises(IntegrityError, match="solo se añade"), transaction.atomic():
        LogEntry.objects.filter(pk=entrada.pk).update(actor=un_usuario())


def test_una_entrada_no_se_borra():
    entrada = anotar(por=un_usuario(), verbo="hizo algo")

    with pytest.raises(IntegrityError, match="solo se añade"), transaction.atomic():
        LogEntry.objects.filter(pk=entrada.pk).delete()


def test_de_una_entrada_si_se_borra_quien_era():
    persona = un_usuario()
    entrada = anotar(por=persona, verbo="hizo algo")

    borrar_identidad(persona)

    entrada.refresh_from_db()
    assert (entrada.actor, entrada.actor_email, entrada.object_repr) == (None, None, "")
    assert entrada.additional_data == {"verbo": "hizo algo"}
    assert not LogEntry.objects.filter(object_repr=str(persona)).exists()


def test_borrar_a_una_persona_no_borra_lo_que_hizo():
    persona = un_usuario()
    entrada = anotar(por=persona, verbo="hizo algo", objeto=una_direccion())

    persona.delete()

    entrada.refresh_from_db()
    assert (entrada.actor, entrada.additional_data) == (None, {"verbo": "hizo algo"})


def test_el_aviso_publicado_y_la_prueba_de_que_se_leyo_no_cambian():
    aviso = AvisoPrivacidad.objects.create(version=77, texto="t", rige_desde=date(2026, 1, 1))
    otro = AvisoPrivacidad.objects.create(version=78, texto="t", rige_desde=date(2026, 1, 1))
    leido = AvisoLeido.objects.create(usuario=un_usuario(), aviso=otro, huella="x", canal="portal")

    for objeto, cambio in ((aviso, {"texto": "otro"}), (leido, {"huella": "y"})):
        with pytest.raises(IntegrityError, match="solo se añade"), transaction.atomic():
            type(objeto).objects.filter(pk=objeto.pk).update(**cambio)
        with pytest.raises(IntegrityError, match="solo se añade"), transaction.atomic():
            type(objeto).objects.filter(pk=objeto.pk).delete()


def test_la_prueba_de_lectura_de_una_cuenta_de_demostracion_se_va_con_ella():
    aviso = AvisoPrivacidad.objects.create(version=77, texto="t", rige_desde=date(2026, 1, 1))
    persona = un_usuario(es_demostracion=True)
    AvisoLeido.objects.create(usuario=persona, aviso=aviso, huella="x", canal="portal")

    persona.avisos_leidos.all().delete()

    assert persona.avisos_leidos.count() == 0


@pytest.mark.django_db(transaction=True)
def test_tras_vaciar_la_base_el_candado_sigue_puesto():
    anotar(por=None, verbo="hizo algo")

    call_command("flush", interactive=False, verbosity=0)

    assert (LogEntry.objects.count(), candado.esta_puesto()) == (0, True)


# ── La cadena de huellas ──────────────────────────────────────────────────────────────────────


def sin_candado(cambiar):
    candado.quitar()
    cambiar()
    candado.poner()


def sellar_ya():
    return sellar_bitacora(margen=timedelta(0))


def test_cada_sello_sigue_al_anterior_y_la_cadena_se_verifica():
    persona = un_usuario()
    anotar(por=persona, verbo="uno")
    primero = sellar_ya()
    anotar(por=persona, verbo="dos")
    anotar(por=None, verbo="tres")

    segundo = sellar_ya()

    assert (segundo.anterior, segundo.n_entradas) == (primero, 2)
    assert segundo.desde > primero.hasta
    assert verificar_bitacora() == []


def test_sin_entradas_nuevas_no_hay_sello_nuevo():
    anotar(por=None, verbo="uno")
    sellar_ya()

    assert sellar_ya() is None


def test_lo_reciente_espera_porque_otra_transaccion_puede_estar_escribiendo():
    LogEntry.objects.none()
    vieja = anotar(por=None, verbo="vieja")
    sin_candado(
        lambda: LogEntry.objects.filter(pk=vieja.pk).update(
            timestamp=timezone.now() - timedelta(hours=3)
        )
    )
    anotar(por=None, verbo="reciente")

    sello = sellar_bitacora()

    assert (sello.desde, sello.hasta) == (vieja.pk, vieja.pk)


@pytest.mark.parametrize(
    ("tocar", "problema"),
    [
        (
            lambda e: LogEntry.objects.filter(pk=e.pk).update(additional_data={"verbo": "otro"}),
            "Entradas N a N: el contenido no es el que se selló.",
        ),
        (
            lambda e: LogEntry.objects.filter(pk=e.pk).delete(),
            "Entradas N a N: se sellaron 1 y hay 0.",
        ),
        (
            lambda e: LogEntry.objects.filter(pk=e.pk).update(actor_email="otra@ejemplo.test"),
            "Entradas N a N: cambiaron personas sin que se borrara ninguna.",
        ),
    ],
    ids=["corregida", "borrada", "atribuida a otra persona"],
)
def test_se_nota_si_alguien_con_acceso_a_la_base_toco_una_entrada(tocar, problema):
    persona = un_usuario()
    sellar_ya()
    entrada = anotar(por=persona, verbo="hizo algo")
    sellar_ya()

    sin_candado(lambda: tocar(entrada))

    assert [re.sub(r"(?<=Entradas )\d+ a \d+", "N a N", p) for p in verificar_bitacora()] == [
        problema
    ]


def test_borrar_la_identidad_no_rompe_la_cadena():
    persona = un_usuario()
    anotar(por=persona, verbo="hizo algo")
    sellar_ya()

    borrar_identidad(persona)

    assert verificar_bitacora() == []


def test_se_nota_si_falta_un_eslabon():
    for verbo in ("uno", "dos", "tres"):
        anotar(por=None, verbo=verbo)
        sellar_ya()
    _, medio, ultimo = SelloBitacora.objects.all()

    def saltar():
        SelloBitacora.objects.filter(pk=ultimo.pk).update(anterior=None)
        SelloBitacora.objects.filter(pk=medio.pk).delete()

    sin_candado(saltar)

    assert verificar_bitacora() == [f"El sello {ultimo.pk} no sigue al anterior: falta un eslabón."]


def test_se_nota_si_el_candado_no_esta():
    candado.quitar()

    assert verificar_bitacora() == ["Falta el candado de la base: la bitácora admite cambios."]
    candado.poner()


def test_las_ordenes_sellan_y_verifican(capsys):
    anotar(por=None, verbo="uno")

    call_command("sellar_bitacora", "--margen-horas=0")
    call_command("verificar_bitacora")

    assert capsys.readouterr().out.endswith("La bitácora está completa y sin cambios.\n")


def test_la_orden_de_verificar_dice_que_se_toco():
    entrada = anotar(por=None, verbo="uno")
    sellar_ya()
    sin_candado(lambda: LogEntry.objects.filter(pk=entrada.pk).delete())

    with pytest.raises(CommandError, match="se sellaron 1 y hay 0") as error:
        call_command("verificar_bitacora")

    assert error.value.returncode == 2


def test_los_disparadores_son_los_del_motor_que_se_prueba():
    assert candado.esta_puesto(connection)
