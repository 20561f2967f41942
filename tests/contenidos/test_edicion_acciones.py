"""La vida de un contenido: de borrador a publicado, y de ahí a retirado."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from contenidos.acciones.contenidos import (
    cambiar_contenido,
    crear_contenido,
    devolver,
    enviar_a_revision,
    publicar,
    relacionar,
    retirar,
)
from contenidos.models import Buscable, Contenido, Tema
from cuentas.models import Rol
from tests.fabricas import un_usuario
from tests.fabricas_de_contenidos import un_autor, un_borrador, un_contenido, una_clase

pytestmark = pytest.mark.django_db
Estado = Contenido.Estado


def un_nuevo(titulo="Guía de alternancia", **datos):
    datos = {
        "por": None,
        "resumen": "Qué hacer.",
        "clase": una_clase(),
        "autor": un_autor(),
        "vigencia": 2020,
        **datos,
    }
    return crear_contenido(titulo=titulo, **datos)


def codigos(error):
    """Los de un error suelto o los de cada campo."""
    error = error.value
    listas = error.error_dict.values() if hasattr(error, "error_dict") else [error.error_list]
    return [uno.code for lista in listas for uno in lista]


def test_un_contenido_nace_borrador_con_la_direccion_de_su_titulo():
    persona, tema = un_usuario(Rol.EQUIPO_MEN), Tema.objects.create(nombre="Ñ", slug="n")

    contenido = un_nuevo("Guía de «alternancia» en año 2020", por=persona, temas=[tema])

    assert (contenido.estado, contenido.slug) == ("borrador", "guia-de-alternancia-en-ano-2020")
    assert (contenido.responsable, list(contenido.temas.all())) == (persona, [tema])
    assert [(m.de, m.a, m.por) for m in contenido.movimientos.all()] == [("", "borrador", persona)]


def test_dos_con_el_mismo_titulo_tienen_direcciones_distintas():
    assert [un_nuevo("Guía").slug for _ in range(3)] == ["guia", "guia-2", "guia-3"]


def test_un_titulo_sin_letras_tambien_tiene_direccion():
    assert un_nuevo("¿?").slug == "contenido"


def test_el_camino_completo_deja_quien_y_por_que():
    quien_escribe, quien_revisa = un_usuario(Rol.EQUIPO_MEN), un_usuario(Rol.EQUIPO_MEN)
    contenido = un_borrador(enlace="https://ejemplo.test/guia")

    enviar_a_revision(contenido=contenido, por=quien_escribe, motivo="Lista.")
    devolver(contenido=contenido, por=quien_revisa, motivo="Falta el año.")
    enviar_a_revision(contenido=contenido, por=quien_escribe)
    publicar(contenido=contenido, por=quien_revisa)
    retirar(contenido=contenido, por=quien_revisa, motivo="Cambió la norma.")

    assert [(m.de, m.a, m.motivo) for m in contenido.movimientos.order_by("pk")] == [
        ("borrador", "revision", "Lista."),
        ("revision", "borrador", "Falta el año."),
        ("borrador", "revision", ""),
        ("revision", "publicado", ""),
        ("publicado", "retirado", "Cambió la norma."),
    ]


def test_programado_aun_no_lo_ve_nadie_y_se_puede_devolver():
    contenido = un_borrador(enlace="https://ejemplo.test/guia")

    publicar(contenido=contenido, por=None, desde=timezone.now() + timedelta(days=3))

    assert contenido.esta_programado
    assert not Contenido.objects.publicados().exists()
    devolver(contenido=contenido, por=None, motivo="Mejor en enero.")
    assert (contenido.estado, contenido.publicado_en) == ("borrador", None)


@pytest.mark.parametrize(
    ("datos", "codigo"),
    [
        ({}, "sin_archivo"),
        ({"enlace": "https://ejemplo.test/v", "clase": "video"}, "sin_subtitulos"),
    ],
)
@pytest.mark.parametrize("paso", [enviar_a_revision, publicar])
def test_incompleto_no_avanza(paso, datos, codigo):
    if "clase" in datos:
        datos = {**datos, "clase": una_clase("video", es_video=True)}
    contenido = un_borrador(**datos)

    with pytest.raises(ValidationError) as error:
        paso(contenido=contenido, por=None)

    assert codigos(error) == [codigo]
    assert not contenido.movimientos.exists()


@pytest.mark.parametrize(
    ("estado", "paso", "codigo"),
    [
        (Estado.REVISION, enviar_a_revision, "paso_imposible"),
        (Estado.BORRADOR, devolver, "paso_imposible"),
        (Estado.PUBLICADO, devolver, "paso_imposible"),
        (Estado.PUBLICADO, publicar, "ya_publicado"),
        (Estado.RETIRADO, retirar, "ya_retirado"),
    ],
)
def test_cada_paso_sale_solo_de_donde_debe(estado, paso, codigo):
    contenido = un_contenido(estado=estado, enlace="https://ejemplo.test/guia")

    with pytest.raises(ValidationError) as error:
        paso(contenido=contenido, por=None, motivo="Porque sí.")

    assert codigos(error) == [codigo]


@pytest.mark.parametrize(
    ("estado", "paso"),
    [(Estado.REVISION, devolver), (Estado.PUBLICADO, retirar), (Estado.RETIRADO, publicar)],
)
def test_lo_que_deshace_algo_ya_dicho_se_explica(estado, paso):
    contenido = un_contenido(estado=estado, enlace="https://ejemplo.test/guia")

    with pytest.raises(ValidationError) as error:
        paso(contenido=contenido, por=None, motivo="  ")

    assert codigos(error) == ["falta_motivo"]


def test_un_paso_mira_lo_que_hay_y_no_lo_que_se_leyo_hace_rato():
    contenido = un_borrador(enlace="https://ejemplo.test/guia")
    visto_antes = Contenido.objects.get(pk=contenido.pk)
    publicar(contenido=contenido, por=None)

    with pytest.raises(ValidationError) as error:
        enviar_a_revision(contenido=visto_antes, por=None)

    assert codigos(error) == ["paso_imposible"]


def test_al_retirarlo_se_dice_por_cual_se_reemplaza():
    viejo, nuevo = un_contenido(), un_contenido("La nueva")

    retirar(contenido=viejo, por=None, motivo="Cambió.", reemplazado_por=nuevo)

    viejo.refresh_from_db()
    assert (viejo.estado, viejo.reemplazado_por) == ("retirado", nuevo)


def test_los_reemplazos_no_dan_vueltas():
    primero, segundo = (un_contenido(enlace="https://ejemplo.test/") for _ in range(2))
    cambiar_contenido(contenido=primero, por=None, reemplazado_por=segundo)

    with pytest.raises(ValidationError) as error:
        cambiar_contenido(contenido=segundo, por=None, reemplazado_por=primero)

    assert codigos(error) == ["reemplazo_en_circulo"]


def test_un_borrador_descartado_no_deja_pagina():
    contenido = un_borrador()

    retirar(contenido=contenido, por=None, motivo="No hacía falta.")

    assert (contenido.estado, contenido.publicado_en) == ("retirado", None)


@pytest.mark.parametrize("entre_tanto", [None, "devolverlo"])
def test_lo_que_ya_se_leyo_y_se_reprogramo_conserva_su_pagina_al_retirarlo(client, entre_tanto):
    contenido = un_nuevo(enlace="https://ejemplo.test/")
    publicar(contenido=contenido, por=None)
    retirar(contenido=contenido, por=None, motivo="Cambió la norma.")
    manana = timezone.now() + timedelta(days=1)
    publicar(contenido=contenido, por=None, desde=manana, motivo="Ya está.")
    if entre_tanto:
        devolver(contenido=contenido, por=None, motivo="Le falta algo.")

    retirar(contenido=contenido, por=None, motivo="Al final no vuelve.")

    respuesta = client.get(contenido.get_absolute_url())
    assert respuesta.status_code == 410
    assert "Al final no vuelve." in respuesta.content.decode()


def test_lo_que_se_programo_y_nunca_salio_no_deja_pagina(client):
    contenido = un_nuevo(enlace="https://ejemplo.test/")
    manana = timezone.now() + timedelta(days=1)
    publicar(contenido=contenido, por=None, desde=manana)
    devolver(contenido=contenido, por=None, motivo="Le falta algo.")

    retirar(contenido=contenido, por=None, motivo="No hacía falta.")

    assert client.get(contenido.get_absolute_url()).status_code == 404


# ── Corregir la ficha ─────────────────────────────────────────────────────────────────────────


def test_el_segundo_que_guarda_se_entera_y_no_pisa():
    contenido = un_contenido("Como estaba", enlace="https://ejemplo.test/")
    visto_en = contenido.actualizado_en
    cambiar_contenido(contenido=contenido, por=None, visto_en=visto_en, titulo="Lo del primero")
    suyo = Contenido.objects.get(pk=contenido.pk)

    with pytest.raises(ValidationError) as error:
        cambiar_contenido(contenido=suyo, por=None, visto_en=visto_en, titulo="Lo del segundo")

    contenido.refresh_from_db()
    assert (codigos(error), contenido.titulo) == (["cambio_mientras_tanto"], "Lo del primero")


def test_lo_que_no_se_nombra_queda_como_estaba():
    tema = Tema.objects.create(nombre="Calidad", slug="calidad")
    contenido = un_contenido(temas=[tema], enlace="https://ejemplo.test/")

    cambiar_contenido(contenido=contenido, por=None, titulo="Otro")

    assert list(contenido.temas.all()) == [tema]


def test_cambiar_la_direccion_deja_la_anterior_funcionando():
    contenido = un_contenido(slug="vieja", enlace="https://ejemplo.test/")

    cambiar_contenido(contenido=contenido, por=None, slug="nueva")

    assert [una.slug for una in contenido.direcciones_anteriores.all()] == ["vieja"]


def test_volver_a_la_direccion_de_antes_no_deja_un_circulo():
    contenido = un_contenido(slug="vieja", enlace="https://ejemplo.test/")

    for slug in ("nueva", "vieja"):
        cambiar_contenido(contenido=contenido, por=None, slug=slug)

    assert [una.slug for una in contenido.direcciones_anteriores.all()] == ["nueva"]


def test_nadie_toma_la_direccion_que_fue_de_otro():
    contenido = un_contenido(slug="vieja", enlace="https://ejemplo.test/")
    cambiar_contenido(contenido=contenido, por=None, slug="nueva")

    with pytest.raises(ValidationError) as error:
        un_nuevo(slug="vieja")

    assert codigos(error) == ["direccion_de_otro"]
    assert un_nuevo("Vieja").slug == "vieja-2"


def test_lo_publicado_no_se_deja_a_medias():
    contenido = un_contenido(enlace="https://ejemplo.test/guia")

    with pytest.raises(ValidationError) as error:
        cambiar_contenido(contenido=contenido, por=None, enlace="")

    assert codigos(error) == ["sin_archivo"]


def test_un_contenido_no_se_relaciona_consigo_mismo():
    contenido = un_contenido()
    suyo, _ = Buscable.objects.get_or_create(
        clase="contenido", objeto_id=contenido.pk, defaults={"titulo": "x", "url": "/x/"}
    )

    with pytest.raises(ValidationError) as error:
        relacionar(contenido=contenido, con=suyo, por=None)

    assert codigos(error) == ["consigo_mismo"]
