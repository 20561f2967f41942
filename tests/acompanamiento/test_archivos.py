"""Fotos y documentos de un contacto: lo bueno se guarda una vez y lo malo dice qué hacer."""

import io
import uuid
from html import unescape

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from acompanamiento.acciones import archivos as acciones
from acompanamiento.acciones.archivos import (
    nombre_que_cabe,
    quitar_adjunto,
    quitar_foto,
    subir_adjunto,
    subir_foto,
)
from acompanamiento.models import Adjunto, Contacto, Foto
from cuentas.models import Rol
from tests.archivos_de_prueba import bytes_de, un_pdf, una_imagen
from tests.fabricas import un_usuario, una_entidad
from tests.fabricas_de_acompanamiento import un_contacto, una_visita

pytestmark = pytest.mark.django_db

HEIC = b"\x00\x00\x00\x24ftypheic\x00\x00\x00\x00mif1heic" + b"\x00" * 200
EXE = b"MZ\x90\x00" + b"\x00" * 400
LUGAR = 0x8825  # GPSInfo


@pytest.fixture(autouse=True)
def carpeta(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def un_archivo(nombre="mesa.jpg", datos=None):
    return SimpleUploadedFile(nombre, una_imagen(formato="JPEG") if datos is None else datos)


def una_foto(contacto=None, archivo=None, **datos):
    return subir_foto(
        **{
            "contacto": contacto or un_contacto(),
            "clave": uuid.uuid4(),
            "archivo": archivo or un_archivo(),
            "descripcion": "Mesa de trabajo",
            "autorizaron": True,
            "por": un_usuario(),
            **datos,
        }
    )


def guardados(carpeta):
    return sorted(uno.name for uno in carpeta.rglob("*") if uno.is_file())


def con_lugar(ancho, alto):
    """Como la de un teléfono: acostada, con dónde y con qué se tomó."""
    senas = Image.Exif()
    senas[0x0112] = 6  # hay que girarla para verla derecha
    senas[0x010F] = "Teléfono de Prueba"
    senas.get_ifd(LUGAR)[1] = "N"
    salida = io.BytesIO()
    Image.new("RGB", (ancho, alto), "navy").save(salida, "JPEG", exif=senas)
    return salida.getvalue()


# ── Fotos ─────────────────────────────────────────────────────────────────────────────────────


def test_la_foto_queda_derecha_liviana_y_sin_senas():
    foto = una_foto(archivo=un_archivo(datos=con_lugar(3000, 2000)))

    with Image.open(io.BytesIO(bytes_de(foto.archivo))) as grande:
        medida, formato, senas = grande.size, grande.format, dict(grande.getexif())
    with Image.open(io.BytesIO(bytes_de(foto.miniatura))) as chica:
        medida_chica = chica.size
    assert (medida, formato, senas) == ((1067, 1600), "WEBP", {})
    assert (foto.ancho, foto.alto) == medida
    assert max(medida_chica) == 360


def test_la_misma_foto_otra_vez_es_la_misma(carpeta):
    contacto, clave, por = un_contacto(), uuid.uuid4(), un_usuario()

    una, otra = (una_foto(contacto, clave=clave, por=por) for _ in range(2))

    assert (otra, Foto.objects.count(), len(guardados(carpeta))) == (una, 1, 2)


def test_la_misma_clave_con_otra_foto_no_pisa_la_que_hay():
    foto = una_foto()

    with pytest.raises(ValidationError) as error:
        una_foto(foto.contacto, un_archivo(datos=una_imagen(70, 70)), clave=foto.clave)

    assert error.value.code == "clave_ocupada"
    assert list(Foto.objects.all()) == [foto]


def test_la_clave_de_una_foto_de_otro_contacto_no_la_trae():
    foto = una_foto()

    with pytest.raises(ValidationError) as error:
        una_foto(un_contacto(), un_archivo(), clave=foto.clave)

    assert error.value.code == "clave_ocupada"


@pytest.mark.parametrize(
    ("nombre", "datos", "codigo"),
    [
        ("IMG_1.HEIC", HEIC, "heic"),
        ("IMG_1.jpg", HEIC, "heic"),
        ("programa.jpg", EXE, "no_es_imagen"),
        ("pagina.png", b"<html><script>", "no_es_imagen"),
        ("cortada.jpg", una_imagen(formato="JPEG", ruido=True)[:300], "no_es_imagen"),
        ("vacia.jpg", b"", "archivo_vacio"),
    ],
)
def test_lo_que_no_es_una_foto_se_rechaza_y_no_deja_nada(nombre, datos, codigo, carpeta):
    with pytest.raises(ValidationError) as error:
        una_foto(archivo=un_archivo(nombre, datos))

    assert error.value.code == codigo
    assert error.value.message.startswith(f"«{nombre}»")
    assert (Foto.objects.count(), guardados(carpeta)) == (0, [])


def test_una_foto_de_cuarenta_megas_dice_hasta_cuanto_se_recibe():
    grande = un_archivo()
    grande.size = 40 * 1024 * 1024

    with pytest.raises(ValidationError) as error:
        una_foto(archivo=grande)

    assert unescape(error.value.message).replace("\xa0", " ") == (
        "«mesa.jpg» pesa 40 MB y se reciben hasta 25 MB. Redúzcalo y súbalo de nuevo."
    )


@pytest.mark.parametrize(
    ("dato", "codigo"),
    [({"autorizaron": False}, "sin_autorizacion"), ({"descripcion": " "}, "sin_descripcion")],
)
def test_una_foto_pide_autorizacion_y_que_se_ve(dato, codigo):
    with pytest.raises(ValidationError) as error:
        una_foto(**dato)

    assert error.value.code == codigo


def test_un_contacto_cancelado_no_recibe_archivos():
    cancelado = un_contacto(estado=Contacto.Estado.CANCELADO)

    with pytest.raises(ValidationError) as error:
        una_foto(cancelado)

    assert error.value.code == "contacto_cancelado"


def test_si_la_fila_no_queda_tampoco_sus_archivos(carpeta, monkeypatch):
    def falla(**_):
        raise RuntimeError

    monkeypatch.setattr(acciones, "anotar", falla)

    with pytest.raises(RuntimeError):
        una_foto()

    assert guardados(carpeta) == []


def test_quitar_una_foto_la_borra_de_verdad(carpeta, django_capture_on_commit_callbacks):
    foto = una_foto()

    with django_capture_on_commit_callbacks(execute=True):
        quitar_foto(foto=foto, por=un_usuario())

    assert (Foto.objects.count(), guardados(carpeta)) == (0, [])


# ── Documentos ────────────────────────────────────────────────────────────────────────────────


def test_un_documento_se_guarda_como_llego_y_una_sola_vez():
    contacto, clave, por = un_contacto(), uuid.uuid4(), un_usuario()

    una, otra = (
        subir_adjunto(
            contacto=contacto, clave=clave, archivo=un_archivo("Acta.pdf", un_pdf()), por=por
        )
        for _ in range(2)
    )

    assert otra == una
    assert (una.nombre, una.tipo, bytes_de(una.archivo)) == (
        "Acta.pdf",
        "application/pdf",
        un_pdf(),
    )


@pytest.mark.parametrize(
    ("nombre", "datos", "codigo"),
    [
        ("programa.exe", EXE, "extension_no_permitida"),
        ("programa.pdf", EXE, "contenido_no_corresponde"),
        ("visita.mp4", b"\x00", "extension_no_permitida"),
        ("vacio.pdf", b"", "archivo_vacio"),
    ],
)
def test_un_documento_malo_se_rechaza_con_su_nombre(nombre, datos, codigo):
    with pytest.raises(ValidationError) as error:
        subir_adjunto(
            contacto=un_contacto(),
            clave=uuid.uuid4(),
            archivo=un_archivo(nombre, datos),
            por=un_usuario(),
        )

    assert (error.value.code, error.value.message.startswith(f"«{nombre}»")) == (codigo, True)


def test_quitar_un_documento_borra_su_archivo(carpeta, django_capture_on_commit_callbacks):
    adjunto = subir_adjunto(
        contacto=un_contacto(), clave=uuid.uuid4(), archivo=un_archivo(), por=un_usuario()
    )

    with django_capture_on_commit_callbacks(execute=True):
        quitar_adjunto(adjunto=adjunto, por=un_usuario())

    assert (Adjunto.objects.count(), guardados(carpeta)) == (0, [])


def test_un_nombre_largo_conserva_su_extension():
    assert len(nombre_que_cabe("a" * 300 + ".pdf")) == 200
    assert nombre_que_cabe("a" * 300 + ".pdf").endswith("a.pdf")
    assert nombre_que_cabe("C:\\fotos\\mesa.jpg") == "mesa.jpg"


# ── La página ─────────────────────────────────────────────────────────────────────────────────


def enviar(client, contacto, que="foto", **datos):
    if que == "foto":
        datos = {"descripcion": "Mesa", "autorizaron": "on", **datos}
    return client.post(
        reverse("acompanamiento:archivos-del-contacto", args=[contacto.clave]),
        {"que": que, **{f"{que}-{campo}": valor for campo, valor in datos.items()}},
    )


def errores(pagina, que):
    return pagina.context[f"form_{que}s"].errors


def test_varias_a_la_vez_y_la_que_falla_no_se_lleva_a_las_demas(client):
    contacto = un_contacto()
    client.force_login(un_usuario())
    buena, otra = un_archivo("1.jpg"), un_archivo("3.png", una_imagen(80, 80))

    pagina = enviar(client, contacto, archivos=[buena, un_archivo("2.jpg", EXE), otra])

    assert [foto.descripcion for foto in contacto.fotos.all()] == ["Mesa (1 de 3)", "Mesa (3 de 3)"]
    assert [str(m) for m in pagina.context["messages"]] == ["Quedaron guardadas 2 fotos."]
    assert errores(pagina, "foto") == {
        "archivos": ["«2.jpg» no se puede leer como foto. Suba un JPG, un PNG o un WebP."]
    }
    assert pagina.context["form_fotos"]["descripcion"].value() == "Mesa"


def test_doble_clic_guarda_una_sola(client):
    contacto = un_contacto()
    client.force_login(un_usuario())

    for _ in range(2):
        enviar(client, contacto, archivos=[un_archivo()])

    assert contacto.fotos.count() == 1


def test_sin_confirmar_no_se_guarda_y_dice_que_falta(client):
    contacto = un_contacto()
    client.force_login(un_usuario())

    pagina = enviar(client, contacto, archivos=[un_archivo()], autorizaron="")

    assert errores(pagina, "foto") == {"autorizaron": [acciones.SIN_AUTORIZACION]}
    assert contacto.fotos.count() == 0


def test_lo_que_pasa_del_tope_se_dice_y_no_se_guarda(client, monkeypatch):
    monkeypatch.setattr("acompanamiento.views.archivos.ADJUNTO_MAXIMO", 1000)
    contacto = un_contacto()
    client.force_login(un_usuario())

    pagina = enviar(client, contacto, "adjunto", archivos=[un_archivo("a.pdf", b"%PDF" * 9000)])

    assert errores(pagina, "adjunto") == {
        "archivos": ["Lo que escogió pesa demasiado y no se recibió. Súbalo de a uno, más liviano."]
    }


def test_once_a_la_vez_se_piden_en_dos_tandas(client):
    contacto = un_contacto()
    client.force_login(un_usuario())

    pagina = enviar(client, contacto, "adjunto", archivos=[un_archivo()] * 11)

    assert "Súbalos en dos tandas." in errores(pagina, "adjunto")["archivos"][0]


def test_un_documento_se_sube_y_se_baja(client):
    visita = una_visita()
    client.force_login(un_usuario())

    enviar(client, visita.contacto, "adjunto", archivos=[un_archivo("Guía.pdf", un_pdf())])
    bajado = client.get(reverse("acompanamiento:adjunto", args=[Adjunto.objects.get().clave]))

    assert b"".join(bajado.streaming_content) == un_pdf()
    assert (bajado["Content-Type"], bajado["X-Content-Type-Options"]) == (
        "application/pdf",
        "nosniff",
    )


def test_quien_manda_por_json_pone_su_clave_y_repetir_da_lo_mismo(client):
    contacto, clave = un_contacto(), uuid.uuid4()
    client.force_login(un_usuario())
    direccion = reverse("acompanamiento:archivos-del-contacto", args=[contacto.clave])

    respuestas = [
        client.post(
            direccion,
            {"que": "adjunto", "clave": str(clave), "adjunto-archivos": un_archivo()},
            headers={"accept": "application/json"},
        )
        for _ in range(2)
    ]
    mala = client.post(direccion, {"que": "adjunto"}, headers={"accept": "application/json"})

    assert [(una.status_code, una.json()) for una in respuestas] == [
        (201, {"guardados": [{"clave": str(clave), "version": 1}], "errores": {}})
    ] * 2
    assert (mala.status_code, mala.json()["errores"]) == (
        400,
        {"archivos": ["Escoja al menos un archivo."]},
    )


# ── Quién ─────────────────────────────────────────────────────────────────────────────────────


def estado_de(client, nombre, foto):
    respuesta = client.get(reverse(f"acompanamiento:{nombre}", args=[foto.clave]))
    if respuesta.streaming:
        list(respuesta.streaming_content)
    return respuesta.status_code


@pytest.mark.parametrize(
    ("estado", "la_ve"), [("completo", 200), ("programado", 200), ("borrador", 404)]
)
def test_la_secretaria_ve_las_fotos_de_los_contactos_que_ve(estado, la_ve, client):
    entidad = una_entidad()
    foto = una_foto(un_contacto(entidad, estado=estado))
    client.force_login(un_usuario(Rol.SECRETARIO, entidad=entidad))

    assert estado_de(client, "miniatura-de-foto", foto) == la_ve


def test_lo_de_otra_secretaria_no_existe_y_lo_suyo_no_lo_quita(client):
    entidad = una_entidad()
    suya, ajena = una_foto(un_contacto(entidad)), una_foto()
    client.force_login(un_usuario(Rol.SECRETARIO, entidad=entidad))

    estados = [
        estado_de(client, nombre, foto)
        for nombre in ("foto", "quitar-foto")
        for foto in (suya, ajena)
    ]

    assert estados == [200, 404, 403, 404]
