"""Dos cambios en los grupos en el mismo instante: queda uno entero, o los dos en su orden."""

import uuid
from datetime import date
from threading import Event

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from acompanamiento.acciones import contactos
from acompanamiento.acciones.compromisos import acordar_compromiso
from acompanamiento.acciones.contactos import registrar_contacto
from acompanamiento.acciones.grupos import crear_grupo, editar_grupo, mover_entidad
from acompanamiento.acciones.listados_de_grupos import (
    confirmar_listado_de_grupos,
    recibir_listado_de_grupos,
)
from acompanamiento.acciones.programas import registrar_programa
from acompanamiento.acciones.relevos import relevar
from acompanamiento.models import Compromiso, Contacto, Grupo, Pertenencia, Programa
from territorio.acciones import aprender_alias
from tests.a_la_vez import a_la_vez
from tests.fabricas import un_usuario, una_entidad
from tests.fabricas_de_acompanamiento import (
    un_contacto,
    un_grupo,
    un_integrante,
    un_padrinazgo,
)

pytestmark = pytest.mark.django_db(transaction=True)

EN_JUNIO = date(2021, 6, 1)


@pytest.fixture(autouse=True)
def carpeta(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def tramos_de(entidad):
    return list(entidad.pertenencias.order_by("desde").values_list("grupo__numero", "hasta"))


def test_mover_una_secretaria_a_dos_grupos_a_la_vez_no_cruza_los_tramos():
    tolima = una_entidad("Tolima")
    un_grupo(tolima, numero=1)
    destinos = [un_grupo(numero=2), un_grupo(numero=3)]

    a_la_vez(
        *(
            lambda grupo=grupo: mover_entidad(
                entidad=tolima, grupo=grupo, desde=EN_JUNIO, motivo="Se reparte", por=None
            )
            for grupo in destinos
        )
    )

    (viejo, hasta), (nuevo, sin_fin) = tramos_de(tolima)
    assert (viejo, hasta, sin_fin) == (1, date(2021, 5, 31), None)
    assert nuevo in (2, 3)


def test_poner_por_primera_vez_la_misma_secretaria_a_la_vez_deja_un_tramo():
    tolima, grupo = una_entidad("Tolima"), un_grupo(numero=2)

    a_la_vez(lambda: mover_entidad(entidad=tolima, grupo=grupo, desde=EN_JUNIO, por=None))

    assert tramos_de(tolima) == [(2, None)]


def test_una_secretaria_no_entra_a_un_grupo_que_se_esta_cerrando():
    tolima, grupo, por = una_entidad("Tolima"), un_grupo(numero=2), un_usuario()

    hechos = a_la_vez(
        lambda: mover_entidad(entidad=tolima, grupo=grupo, desde=EN_JUNIO, por=None),
        lambda: editar_grupo(
            grupo=Grupo.objects.get(numero=2),
            nombre="",
            desde=grupo.desde,
            hasta=date(2021, 5, 31),
            por=por,
        ),
    )

    grupo.refresh_from_db()
    assert hechos.count(None) + Pertenencia.objects.count() == 1
    assert (grupo.hasta is None) == Pertenencia.objects.exists()


def test_confirmar_a_la_vez_el_mismo_listado_lo_aplica_una_vez():
    tolima, por = una_entidad("Tolima"), un_usuario()
    listado = recibir_listado_de_grupos(
        archivo=SimpleUploadedFile("Grupos.csv", f"Grupo,Código\n7,{tolima.codigo_dane}".encode()),
        desde=EN_JUNIO,
        por=por,
    )

    def confirmar():
        suyo = type(listado).objects.get(pk=listado.pk)
        return confirmar_listado_de_grupos(listado=suyo, por=por).cuenta["nuevas"]

    hechos = a_la_vez(confirmar)

    assert {*hechos} == {1, "listado_en_otro_estado"}
    assert tramos_de(tolima) == [(7, None)]


def test_crear_a_la_vez_el_mismo_grupo_deja_uno_y_dice_que_ya_esta():
    hechos = a_la_vez(lambda: crear_grupo(numero=9, desde=EN_JUNIO, por=None).numero)

    assert {*hechos} == {9, "numero_repetido"}


def test_acordar_a_la_vez_el_mismo_compromiso_deja_uno():
    clave, tolima, por = uuid.uuid4(), una_entidad("Tolima"), un_usuario()

    recibos = a_la_vez(
        lambda: acordar_compromiso(
            clave=clave,
            base=0,
            datos={"entidad": tolima, "texto": "Enviar el plan", "lado": "entidad", "habiles": 5},
            por=por,
        )
    )

    assert sorted(uno.es_repetido for uno in recibos) == [False, True]
    assert Compromiso.objects.count() == 1


def test_crear_a_la_vez_dos_programas_que_se_llaman_igual_no_falla():
    por = un_usuario()

    recibos = a_la_vez(
        lambda: registrar_programa(
            clave=uuid.uuid4(), base=0, datos={"nombre": "Lectura", "vigencia": 2026}, por=por
        )
    )

    assert {uno.objeto.slug for uno in recibos} == {"lectura-2026", "lectura-2026-2"}
    assert Programa.objects.count() == 2


def test_dos_relevos_cruzados_a_la_vez_se_hacen_en_orden():
    una, otra, por = un_usuario(), un_usuario(), un_usuario()
    for n in range(1, 6):
        entidad = una_entidad()
        grupo = un_grupo(entidad, numero=n)
        un_integrante(grupo, una)
        un_integrante(grupo, otra, papel="directivo")
        un_padrinazgo(entidad, una)
        un_padrinazgo(entidad, otra, papel="enlace")

    hechos = a_la_vez(
        *(
            lambda de=de, a=a: relevar(
                clave=uuid.uuid4(), de=de, a=a, fecha=EN_JUNIO, motivo="Se cambian", por=por
            )
            for de, a in ((una, otra), (otra, una))
        )
    )

    assert [uno.objeto.n_pasaron for uno in hechos if uno.objeto] in ([10, 20], [20, 10])


def test_dos_listados_ensenan_a_la_vez_el_mismo_nombre_y_se_aprende_una():
    tolima = una_entidad("Tolima")

    aprendidos = a_la_vez(lambda: aprender_alias(texto="La tierra del bunde", entidad=tolima))

    assert sorted(uno is None for uno in aprendidos) == [False, True]


# ── Un contacto mientras su secretaría cambia de grupo ────────────────────────────────────────


@pytest.fixture
def a_media_guardada(monkeypatch):
    """Avisa cuando un contacto ya tiene grupo y aún no está firme; espera un poco al otro."""
    va_por_la_mitad, el_otro_acabo = Event(), Event()
    guardar_visita = contactos._guardar_visita

    def con_pausa(*args):
        va_por_la_mitad.set()
        el_otro_acabo.wait(0.5)
        return guardar_visita(*args)

    monkeypatch.setattr(contactos, "_guardar_visita", con_pausa)
    return va_por_la_mitad, el_otro_acabo


@pytest.mark.parametrize("es_nuevo", [True, False])
def test_un_contacto_que_se_guarda_mientras_la_secretaria_cambia_queda_en_el_grupo_nuevo(
    es_nuevo, a_media_guardada
):
    va_por_la_mitad, el_otro_acabo = a_media_guardada
    tolima, por = una_entidad("Tolima"), un_usuario()
    viejo, nuevo = un_grupo(tolima, numero=1), un_grupo(numero=2)
    de_junio = date(2021, 6, 10)
    actual = None if es_nuevo else un_contacto(tolima, fecha=de_junio, grupo=viejo)

    def registrar():
        return registrar_contacto(
            clave=actual.clave if actual else uuid.uuid4(),
            base=actual.version if actual else 0,
            datos={
                "entidad": tolima,
                "canal": "llamada",
                "fecha": de_junio,
                "asunto": "Plan",
                "motivo_de_otro_grupo": "La líder está de viaje",
            },
            por=por,
        )

    def mover():
        va_por_la_mitad.wait(5)
        mover_entidad(entidad=tolima, grupo=nuevo, desde=EN_JUNIO, motivo="Se reparte", por=None)
        el_otro_acabo.set()

    a_la_vez(registrar, mover)

    assert Contacto.objects.get().grupo == nuevo
