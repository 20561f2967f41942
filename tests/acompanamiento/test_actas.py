"""El acta de un contacto: lo mismo en la página y en el PDF, sin nombrar a quienes fueron."""

from datetime import date, time
from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from acompanamiento.acciones.actas import pedir_acta
from acompanamiento.consultas.acta import acta_de
from acompanamiento.models import (
    Compromiso,
    Integrante,
    Lado,
    ParticipanteDeLaEntidad,
    ParticipanteDelMinisterio,
)
from cuentas.models import Rol
from tests.conectate.paginas import texto
from tests.fabricas import un_tema, un_usuario, una_direccion, una_entidad
from tests.fabricas_de_acompanamiento import (
    un_compromiso,
    un_contacto,
    un_grupo,
    un_papel,
    una_dependencia,
    una_visita,
)
from trabajos.acciones import ejecutar_pendientes
from trabajos.models import Trabajo

pytestmark = pytest.mark.django_db


def una_visita_entera(**datos):
    """Con quien lidera, dos personas de planeación y un compromiso de cada lado."""
    caqueta = una_entidad("Caquetá")
    calidad = una_direccion("Dirección de Calidad")
    lider = un_usuario(Rol.LIDER_GRUPO, nombre="Persona Que Lidera", direccion=calidad)
    grupo = un_grupo(caqueta, lider=lider, numero=7)
    contacto = una_visita(
        caqueta,
        proposito="Revisar el plan.",
        acta="Se leyó el plan.\n\nSe ajustó.",
        acuerdos="Ajustarlo en mayo.",
        asunto="Visita de seguimiento",
        donde="Florencia",
        temas=[un_tema("Alternancia")],
        notas="Solo para el equipo.",
        grupo=grupo,
        **{"fecha": date(2026, 3, 5), "hora_inicio": time(9), "hora_fin": time(11), **datos},
    ).contacto
    ParticipanteDelMinisterio.objects.create(
        contacto=contacto,
        persona=lider,
        papel=Integrante.Papel.LIDER,
        direccion=calidad,
        grupo=grupo,
    )
    ParticipanteDeLaEntidad.objects.create(contacto=contacto, papel=un_papel(), personas=2)
    vence = {"contacto": contacto, "acordado_el": date(2026, 3, 5), "vence_el": date(2026, 4, 9)}
    un_compromiso(caqueta, texto="Mandar la guía", lado=Lado.MINISTERIO, direccion=calidad, **vence)
    un_compromiso(caqueta, texto="Ajustar el plan", dependencia=una_dependencia("Calidad"), **vence)
    un_compromiso(caqueta, texto="Ya no va", estado=Compromiso.Estado.SIN_EFECTO, **vence)
    return contacto


def pdf_para(usuario, contacto):
    pedir_acta(contacto=contacto, por=usuario)
    ejecutar_pendientes()
    trabajo = Trabajo.objects.latest("pk")
    assert trabajo.estado == "terminado", trabajo.mensaje
    with trabajo.archivo.open("rb") as archivo:
        lector = PdfReader(BytesIO(archivo.read()))
    return lector, " ".join(" ".join(p.extract_text() for p in lector.pages).split()), trabajo


def test_el_acta_dice_cargos_y_no_nombres(client):
    contacto = una_visita_entera()
    client.force_login(un_usuario())

    pagina = texto(client.get(reverse("acompanamiento:acta-de-contacto", args=[contacto.clave])))

    for dicho in (
        "Caquetá · Visita presencial · 5 de marzo de 2026, de 9:00 a.m. a 11:00 a.m.",
        "Líder del Grupo 7, Dirección de Calidad",
        "Líder de planeación: 2",
        "Se leyó el plan.",
        "Dirección de Calidad · vence el 9 de abril de 2026",
        "Secretaría de Caquetá, Calidad · vence el 9 de abril de 2026",
    ):
        assert dicho in pagina.replace("\xa0", " ")
    for callado in ("Persona Que Lidera", "Solo para el equipo.", "Ya no va", "Es un borrador"):
        assert callado not in pagina


def test_el_pdf_es_accesible_y_trae_donde_firmar_por_cargo():
    lector, escrito, trabajo = pdf_para(un_usuario(), una_visita_entera())

    assert lector.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert lector.trailer["/Root"]["/Lang"] == "es-CO"
    assert "pdfuaid" in lector.trailer["/Root"]["/Metadata"].get_data().decode()
    assert trabajo.nombre_del_archivo.endswith(" Caquetá.pdf")
    for dicho in (
        "Mandar la guía Dirección de Calidad 9 de abril de 2026",
        "Ajustar el plan Secretaría de Caquetá, Calidad 9 de abril de 2026",
        "Líder del Grupo 7, Dirección de Calidad Por el Ministerio de Educación Nacional. Nombre",
        "Líder de planeación Por la Secretaría de Educación de Caquetá. Nombre y firma.",
    ):
        assert dicho in escrito
    for callado in ("Persona Que Lidera", "Solo para el equipo.", "Ya no va", "Borrador"):
        assert callado not in escrito


def test_el_borrador_va_marcado_y_solo_lo_lee_el_ministerio(client):
    contacto = una_visita_entera(estado="borrador")
    direccion = reverse("acompanamiento:acta-de-contacto", args=[contacto.clave])

    client.force_login(un_usuario())
    _, escrito, trabajo = pdf_para(un_usuario(), contacto)
    pagina = texto(client.get(direccion))
    client.force_login(un_usuario(Rol.SECRETARIO, entidad=contacto.entidad))

    assert "Borrador: el contacto no se ha dado por completo" in escrito
    assert trabajo.nombre_del_archivo.startswith("Borrador de acta C-")
    assert "Es un borrador: no la firme todavía." in pagina
    assert client.get(direccion).status_code == 404


def test_sin_participantes_queda_donde_firmar_por_cada_parte():
    contacto = un_contacto(una_entidad("Meta"), asunto="Llamada corta")

    _, escrito, _ = pdf_para(un_usuario(), contacto)

    assert acta_de(contacto).firmas == [
        ("Por el Ministerio de Educación Nacional", "Equipo que acompaña"),
        ("Por la Secretaría de Educación de Meta", "Secretario(a) de Educación"),
    ]
    assert "No se dejaron compromisos." in escrito


def test_la_secretaria_baja_la_suya_y_la_ajena_no_existe(client):
    contacto = una_visita_entera()
    direccion = reverse("acompanamiento:acta-de-contacto-pdf", args=[contacto.clave])

    client.force_login(un_usuario(Rol.SECRETARIO, entidad=contacto.entidad))
    propia = client.post(direccion)
    client.force_login(un_usuario(Rol.SECRETARIO))
    ajena = client.post(direccion)

    assert (propia.status_code, propia.url) == (302, Trabajo.objects.get().get_absolute_url())
    assert ajena.status_code == 404


def test_quien_perdio_el_acceso_no_recibe_el_acta():
    contacto = una_visita_entera()
    secretario = un_usuario(Rol.SECRETARIO, entidad=contacto.entidad)
    pedir_acta(contacto=contacto, por=secretario)
    contacto.estado = "borrador"
    contacto.save()

    ejecutar_pendientes()

    assert Trabajo.objects.get().mensaje == "Ya no tiene permiso para ver esta acta."


def test_con_uno_o_con_muchos_compromisos_son_las_mismas_consultas(django_assert_num_queries):
    contacto = una_visita_entera()
    for _ in range(10):
        un_compromiso(contacto.entidad, contacto=contacto)

    with django_assert_num_queries(5):
        assert len(acta_de(contacto).compromisos) == 12
