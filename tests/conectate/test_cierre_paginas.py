"""La página de cerrar: lo que propone, lo que advierte, lo que pide y a quién no le abre."""

import pytest
from django.urls import reverse
from django.utils import timezone

from conectate.acciones.cierre import cerrar_sesion
from conectate.consultas.cierre import cifras_calculadas, huella_de
from conectate.models import Cierre
from cuentas.models import Rol
from tests.conectate.paginas import texto
from tests.fabricas import un_usuario, una_asistencia, una_entidad, una_sesion

pytestmark = pytest.mark.django_db

SIN_CAMBIOS = {"presentes": "1", "asistencias": "", "personas": "", "minutos": "", "motivo": ""}


@pytest.fixture
def huila():
    return una_entidad("Huila")


@pytest.fixture
def sesion(huila):
    sesion = una_sesion("Rutas", convocadas=[huila, una_entidad("Meta")])
    una_asistencia(sesion, huila, ventana_en=timezone.now())
    return sesion


def direccion(sesion):
    return reverse("conectate:cierre", args=[sesion.pk])


def confirmar(client, sesion, **datos):
    visto = huella_de(cifras_calculadas(sesion))
    datos = {**SIN_CAMBIOS, "visto": visto, **datos}
    return client.post(direccion(sesion), datos, follow=True)


def test_propone_las_cifras_por_origen_y_dice_lo_que_falta(client, sesion):
    client.force_login(un_usuario())

    pagina = texto(client.get(direccion(sesion)))

    assert "1 de 2 secretarías convocadas" in pagina
    assert "En la ventana 1 Importada 0 Registrada por el equipo 0 Reclamada 0" in pagina
    assert "Estuvo el 50,0 % de las convocadas." in pagina
    assert "No tiene acta." in pagina


@pytest.mark.parametrize(
    ("cifra", "escrita"),
    [("asistencias", "9" * 4000), ("personas", "9" * 20), ("minutos", "1e308")],
)
def test_una_cifra_que_no_cabe_no_cierra(client, sesion, cifra, escrita):
    client.force_login(un_usuario())

    respuesta = confirmar(client, sesion, **{cifra: escrita, "motivo": "Se contó a mano."})

    assert list(respuesta.context["form"].errors) == [cifra]
    assert not Cierre.objects.exists()


def test_el_paso_cerrar_lleva_a_confirmar_las_cifras(client, sesion):
    client.force_login(un_usuario())

    respuesta = client.post(reverse("conectate:cambiar-estado", args=[sesion.pk, "cerrada"]))

    sesion.refresh_from_db()
    assert (respuesta.url, sesion.estado) == (direccion(sesion), "realizada")


def test_confirmar_cierra_y_muestra_con_que_cifras(client, sesion):
    client.force_login(un_usuario())

    pagina = texto(confirmar(client, sesion))

    sesion.refresh_from_db()
    assert sesion.estado == "cerrada"
    assert "Con qué cifras se cerró" in pagina
    assert "Secretarías convocadas que asistieron 1 1" in pagina


def test_corregir_sin_motivo_lo_pide_y_conserva_lo_escrito(client, sesion):
    client.force_login(un_usuario())

    pagina = confirmar(client, sesion, presentes="2")

    assert list(pagina.context["form"].errors) == ["motivo"]
    assert pagina.context["form"]["presentes"].value() == "2"
    assert Cierre.objects.count() == 0


def test_corregir_con_motivo_deja_las_dos_cifras_a_la_vista(client, sesion):
    client.force_login(un_usuario())

    pagina = texto(confirmar(client, sesion, presentes="2", motivo="Estaban en la misma sala."))

    assert "Secretarías convocadas que asistieron 1 2" in pagina
    assert "Motivo: Estaban en la misma sala." in pagina


@pytest.mark.parametrize(
    ("datos", "campo"),
    [
        ({"presentes": "3", "motivo": "x"}, "presentes"),
        ({"personas": "5", "asistencias": "4", "motivo": "x"}, "personas"),
        ({"presentes": "-1", "motivo": "x"}, "presentes"),
        ({"minutos": "nan", "motivo": "x"}, "minutos"),
        ({"presentes": "muchas"}, "presentes"),
    ],
)
def test_una_cifra_imposible_se_dice_en_su_campo(client, sesion, datos, campo):
    client.force_login(un_usuario())

    pagina = confirmar(client, sesion, **datos)

    assert list(pagina.context["form"].errors) == [campo]


def test_si_las_cifras_cambiaron_se_vuelven_a_mostrar_sin_perder_el_motivo(client, sesion):
    client.force_login(un_usuario())
    viejo = huella_de(cifras_calculadas(sesion))
    una_asistencia(sesion, sesion.convocadas.get(nombre="Meta"), registro="presente")

    pagina = confirmar(client, sesion, visto=viejo, motivo="Lo contado en sala.")
    leido = texto(pagina)
    despues = confirmar(client, sesion, presentes="2")

    assert "Las cifras cambiaron mientras usted las revisaba." in leido
    assert "2 de 2 secretarías convocadas" in leido
    assert pagina.context["form"]["motivo"].value() == "Lo contado en sala."
    assert "La sesión quedó cerrada" in texto(despues)


def test_quien_llega_segundo_lee_que_ya_estaba_cerrada(client, sesion):
    visto = huella_de(cifras_calculadas(sesion))
    cerrar_sesion(sesion=sesion, por=un_usuario())
    client.force_login(un_usuario())

    pagina = texto(confirmar(client, sesion, visto=visto))

    assert "Otra persona cerró la sesión el" in pagina
    assert Cierre.objects.count() == 1


def test_lo_que_no_se_ha_realizado_no_se_cierra(client, huila):
    sesion = una_sesion(estado="borrador", convocadas=[huila])
    client.force_login(un_usuario())

    pagina = texto(client.get(direccion(sesion), follow=True))

    assert "aún no se puede cerrar" in pagina


def test_reabrirla_se_lee_en_su_pagina_de_cierre(client, sesion):
    cerrar_sesion(sesion=sesion, por=None)
    client.force_login(un_usuario())
    client.post(
        reverse("conectate:cambiar-estado", args=[sesion.pk, "realizada"]),
        {"motivo": "Llegó otra lista."},
    )
    cerrar_sesion(sesion=sesion, por=None)

    pagina = texto(client.get(direccion(sesion)))

    assert "Cierre vigente" in pagina
    assert "Motivo: Llegó otra lista." in pagina


@pytest.mark.parametrize("rol", [Rol.SECRETARIO, Rol.EQUIPO_SECRETARIA])
def test_una_secretaria_no_cierra_ni_ve_el_cierre(client, sesion, huila, rol):
    client.force_login(un_usuario(rol, entidad=huila))

    propia = [client.get(direccion(sesion)), client.post(direccion(sesion))]
    client.force_login(un_usuario(rol))
    ajena = client.get(direccion(sesion))

    assert [r.status_code for r in (*propia, ajena)] == [403, 403, 404]
