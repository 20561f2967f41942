"""Lo que se entrega en una sesión: entra a la biblioteca y lo ve quien puede ver la sesión."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from conectate.acciones.materiales import (
    agregar_material,
    poner_grabacion,
    presentar_contenido,
    quitar_material,
)
from conectate.consultas.materiales import a_la_vista_de_las_secretarias
from contenidos.acciones.contenidos import cambiar_contenido, retirar
from contenidos.acciones.indice import poner_al_dia
from contenidos.models import Contenido, VersionDeContenido
from tests.fabricas import un_tema, un_usuario, una_entidad, una_sesion
from tests.fabricas_de_contenidos import un_borrador, un_contenido

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


def un_material(sesion, **datos):
    return agregar_material(
        sesion=sesion,
        titulo="Presentación",
        por=un_usuario(),
        **(datos or {"archivo": SimpleUploadedFile("Rutas año.pdf", PDF)}),
    )


def test_un_material_es_un_contenido_publicado_con_los_temas_de_su_sesion():
    sesion = una_sesion("Rutas", temas=[un_tema("Permanencia")])

    contenido = un_material(sesion).contenido

    assert (contenido.estado, contenido.visibilidad, contenido.resumen, contenido.vigencia) == (
        "publicado",
        "prestada",
        "De la sesión «Rutas».",
        2020,
    )
    assert [tema.nombre for tema in contenido.temas.all()] == ["Permanencia"]


@pytest.mark.parametrize(("es_demostracion", "es_de_la_sesion"), [(True, True), (False, False)])
def test_solo_lo_inventado_sale_con_la_fecha_de_su_sesion(es_demostracion, es_de_la_sesion):
    sesion = una_sesion(fecha=date(2020, 3, 19), es_demostracion=es_demostracion)

    publicado_en = un_material(sesion).contenido.publicado_en

    assert (publicado_en.date() == sesion.fecha) is es_de_la_sesion


def test_un_material_es_un_archivo_o_un_enlace_no_los_dos():
    with pytest.raises(ValidationError, match="uno de los dos"):
        un_material(
            una_sesion(),
            archivo=SimpleUploadedFile("a.pdf", PDF),
            enlace="https://ejemplo.test/",
        )


@pytest.mark.parametrize(
    ("nombre", "datos", "codigo"),
    [
        ("video.mp4", b"\x00", "extension_no_permitida"),
        ("presentacion.pdf", b"<html>", "contenido_no_corresponde"),
    ],
)
def test_no_entra_lo_que_la_biblioteca_no_recibe_ni_un_video(nombre, datos, codigo):
    with pytest.raises(ValidationError) as error:
        un_material(una_sesion(), archivo=SimpleUploadedFile(nombre, datos))

    assert (error.value.code, Contenido.objects.count()) == (codigo, 0)


# ── Quién lo ve en la biblioteca ──────────────────────────────────────────────────────────────


def test_lo_ve_la_secretaria_convocada_y_nadie_mas():
    huila, meta = una_entidad("Huila"), una_entidad("Meta")
    contenido = un_material(una_sesion(convocadas=[huila])).contenido

    ven = {
        entidad.nombre: contenido
        in Contenido.objects.visibles_para(un_usuario("secretario", entidad=entidad))
        for entidad in (huila, meta)
    }

    assert ven == {"Huila": True, "Meta": False}


def test_deja_de_verlo_quien_ya_no_esta_convocada():
    huila = una_entidad("Huila")
    sesion = una_sesion(convocadas=[huila])
    contenido, secretario = un_material(sesion).contenido, un_usuario("secretario", entidad=huila)

    sesion.convocadas.clear()

    assert contenido not in Contenido.objects.visibles_para(secretario)


def test_lo_que_solo_es_del_ministerio_no_se_ve_por_estar_en_una_sesion(client):
    huila = una_entidad("Huila")
    sesion = una_sesion(convocadas=[huila])
    reservado = un_contenido("Reservado", visibilidad="ministerio", archivo=PDF)
    material = presentar_contenido(sesion=sesion, contenido=reservado, por=un_usuario())
    client.force_login(un_usuario("secretario", entidad=huila))

    pagina = client.get(sesion.get_absolute_url()).content.decode()

    assert "Reservado" not in pagina
    assert client.get(f"/conectate/materiales/{material.pk}/").status_code == 404


# ── Lo que ya está en la biblioteca ───────────────────────────────────────────────────────────


def test_presentar_un_contenido_dos_veces_no_lo_duplica():
    sesion, guia = una_sesion(), un_contenido("Guía")

    for _ in range(2):
        presentar_contenido(sesion=sesion, contenido=guia, por=un_usuario())

    assert [material.contenido for material in sesion.materiales.all()] == [guia]


def test_quitar_uno_que_ya_estaba_en_la_biblioteca_no_lo_borra():
    guia = un_contenido("Guía", archivo=PDF)
    material = presentar_contenido(sesion=una_sesion(), contenido=guia, por=un_usuario())

    quitar_material(material=material, por=un_usuario())

    assert Contenido.objects.get() == guia


def test_quitarlo_de_una_sesion_no_lo_quita_de_la_otra():
    una, otra = una_sesion(), una_sesion()
    material = un_material(una)
    presentar_contenido(sesion=otra, contenido=material.contenido, por=un_usuario())

    quitar_material(material=material, por=un_usuario())

    assert (una.materiales.count(), otra.materiales.count()) == (0, 1)


# ── La grabación ──────────────────────────────────────────────────────────────────────────────


def grabar(sesion, enlace):
    poner_grabacion(sesion=sesion, enlace=enlace, por=un_usuario(), tiene_subtitulos=True)


def test_la_grabacion_es_un_video_de_la_biblioteca_y_cambiarla_no_deja_dos():
    sesion = una_sesion("Rutas")

    for enlace in ("https://ejemplo.test/uno", "https://ejemplo.test/dos"):
        grabar(sesion, enlace)

    video = sesion.materiales.get(es_grabacion=True).contenido
    assert (video.titulo, video.clase.clave, video.enlace, video.tiene_subtitulos) == (
        "Grabación: Rutas",
        "video",
        "https://ejemplo.test/dos",
        True,
    )


def test_quitar_la_grabacion_quita_su_video():
    sesion = una_sesion()
    grabar(sesion, "https://ejemplo.test/uno")

    poner_grabacion(sesion=sesion, enlace="", por=un_usuario())

    assert (Contenido.objects.count(), sesion.grabacion) == (0, "")


def test_si_el_video_cambia_o_se_retira_en_la_mesa_la_sesion_lo_sigue():
    sesion = una_sesion()
    grabar(sesion, "https://ejemplo.test/uno")
    video = sesion.materiales.get(es_grabacion=True).contenido

    vistas = []
    for hacer in (
        lambda: cambiar_contenido(contenido=video, por=None, enlace="https://ejemplo.test/dos"),
        lambda: retirar(contenido=video, por=None, motivo="Se cortaba."),
        lambda: grabar(sesion, "https://ejemplo.test/tres"),
    ):
        hacer()
        sesion.refresh_from_db()
        vistas.append(sesion.grabacion)

    otro = sesion.materiales.get(es_grabacion=True).contenido
    assert vistas == ["https://ejemplo.test/dos", "", "https://ejemplo.test/tres"]
    assert (otro.enlace, otro.esta_publicado) == ("https://ejemplo.test/tres", True)


def test_se_cuentan_solo_los_materiales_que_abre_una_secretaria():
    sesion, de, estado = una_sesion(), Contenido.Visibilidad, Contenido.Estado
    for contenido in (
        un_contenido("Prestada", visibilidad=de.PRESTADA),
        un_contenido("Del Ministerio", visibilidad=de.MINISTERIO),
        un_contenido("Retirada", estado=estado.RETIRADO),
    ):
        sesion.materiales.create(contenido=contenido)

    assert [m.contenido.titulo for m in a_la_vista_de_las_secretarias()] == ["Prestada"]


# ── Páginas ───────────────────────────────────────────────────────────────────────────────────


def bajar(client, material):
    return client.get(f"/conectate/materiales/{material.pk}/", follow=True)


def test_la_direccion_de_siempre_entrega_los_mismos_bytes_como_descarga(client):
    respuesta = bajar(client, un_material(una_sesion(audiencia="comunidad")))

    assert b"".join(respuesta.streaming_content) == PDF
    assert respuesta["Content-Type"] == "application/pdf"
    assert respuesta["Content-Disposition"].startswith("attachment;")
    assert respuesta["X-Content-Type-Options"] == "nosniff"


def test_la_direccion_de_un_material_retirado_lleva_a_su_explicacion(client):
    material = un_material(una_sesion(audiencia="comunidad"))
    Contenido.objects.update(estado="retirado")

    respuesta = bajar(client, material)

    assert "retir" in respuesta.content.decode()


def test_el_material_de_una_sesion_ajena_no_existe(client):
    material = un_material(una_sesion(convocadas=[una_entidad("Huila")]))
    client.force_login(un_usuario("equipo_secretaria", entidad=una_entidad("Meta")))

    assert client.get(f"/conectate/materiales/{material.pk}/").status_code == 404


def test_a_quien_no_ha_entrado_se_le_pide_entrar_antes_de_bajar_un_material(client):
    material = un_material(una_sesion())

    respuesta = client.get(f"/conectate/materiales/{material.pk}/")

    assert respuesta["Location"].startswith("/cuentas/")


def test_una_secretaria_convocada_baja_el_material(client):
    huila = una_entidad("Huila")
    material = un_material(una_sesion(convocadas=[huila]))
    client.force_login(un_usuario("secretario", entidad=huila))

    respuesta = bajar(client, material)

    assert b"".join(respuesta.streaming_content) == PDF


def test_el_ministerio_agrega_un_material_desde_la_pagina(client):
    sesion = una_sesion()
    client.force_login(un_usuario())

    respuesta = client.post(
        f"/conectate/sesiones/{sesion.pk}/materiales/nuevo/",
        {"titulo": "Presentación", "archivo": SimpleUploadedFile("a.pdf", PDF)},
    )

    assert respuesta["Location"] == sesion.get_absolute_url()
    assert sesion.materiales.get().contenido.titulo == "Presentación"


@pytest.mark.parametrize(
    ("datos", "mensaje"),
    [
        ({"titulo": "X"}, "Suba un archivo o escriba un enlace: uno de los dos."),
        (
            {"titulo": "X", "archivo": SimpleUploadedFile("a.exe", b"MZ")},
            "No se reciben archivos .exe.",
        ),
    ],
)
def test_el_formulario_de_material_dice_que_falta(client, datos, mensaje):
    client.force_login(un_usuario())

    pagina = client.post(f"/conectate/sesiones/{una_sesion().pk}/materiales/nuevo/", datos)

    assert mensaje in pagina.content.decode()


def test_una_secretaria_no_agrega_materiales(client):
    huila = una_entidad("Huila")
    sesion = una_sesion(convocadas=[huila])
    client.force_login(un_usuario("secretario", entidad=huila))

    respuesta = client.get(f"/conectate/sesiones/{sesion.pk}/materiales/nuevo/")

    assert respuesta.status_code == 403


def test_quitar_un_material_borra_tambien_su_archivo(client, django_capture_on_commit_callbacks):
    material = un_material(una_sesion())
    archivo = VersionDeContenido.objects.get().archivo
    client.force_login(un_usuario())

    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/conectate/materiales/{material.pk}/quitar/")

    assert not archivo.storage.exists(archivo.name)


def test_un_get_no_quita_nada(client):
    material = un_material(una_sesion())
    client.force_login(un_usuario())

    pagina = client.get(f"/conectate/materiales/{material.pk}/quitar/")

    material.refresh_from_db()
    assert "Quitar «Presentación»" in pagina.content.decode()


def test_una_grabacion_sin_subtitulos_no_se_publica(client):
    sesion = una_sesion()
    client.force_login(un_usuario())
    direccion = f"/conectate/sesiones/{sesion.pk}/grabacion/"

    pagina = client.post(direccion, {"enlace": "https://ejemplo.test/video"})
    client.post(direccion, {"enlace": "https://ejemplo.test/video", "tiene_subtitulos": "on"})

    sesion.refresh_from_db()
    assert "Un video sin subtítulos no se puede publicar." in pagina.content.decode()
    assert sesion.grabacion == "https://ejemplo.test/video"


def test_se_escoge_uno_de_la_biblioteca_desde_la_pagina(client):
    sesion, guia = una_sesion(), un_contenido("Guía de permanencia")
    un_contenido("Otra cosa")
    poner_al_dia(*Contenido.objects.all())
    client.force_login(un_usuario())
    direccion = f"/conectate/sesiones/{sesion.pk}/materiales/de-la-biblioteca/"

    pagina = client.get(direccion, {"q": "permanencia"}).content.decode()
    respuesta = client.post(direccion, {"contenido": guia.slug})

    assert ("Guía de permanencia" in pagina, "Otra cosa" in pagina) == (True, False)
    assert respuesta["Location"] == sesion.get_absolute_url()
    assert [material.contenido for material in sesion.materiales.all()] == [guia]


def test_no_se_ofrece_lo_que_ya_esta_en_la_sesion_ni_lo_que_no_ha_salido(client):
    sesion = una_sesion()
    presentar_contenido(sesion=sesion, contenido=un_contenido("Ya está"), por=un_usuario())
    borrador = un_borrador("Sin publicar")
    client.force_login(un_usuario())
    direccion = f"/conectate/sesiones/{sesion.pk}/materiales/de-la-biblioteca/"

    pagina = client.get(direccion).content.decode()
    respuesta = client.post(direccion, {"contenido": borrador.slug})

    assert ("Ya está" in pagina, "Sin publicar" in pagina) == (False, False)
    assert (respuesta["Location"], sesion.materiales.count()) == (direccion, 1)


def test_un_enlace_que_no_es_web_no_entra(client):
    sesion = una_sesion()
    client.force_login(un_usuario())

    client.post(
        f"/conectate/sesiones/{sesion.pk}/materiales/nuevo/",
        {"titulo": "X", "enlace": "javascript:alert(1)"},
    )

    assert sesion.materiales.count() == 0
