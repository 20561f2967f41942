"""Escribir y corregir las páginas: quién, cómo se ve antes, y qué pasa si son dos a la vez."""

import io
from datetime import timedelta

import pytest
from auditlog.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from contenidos.acciones.paginas import guardar_version, subir_imagen
from contenidos.consultas.paginas import Renglon, comparar, version_vigente
from contenidos.lectura.ilustraciones import NoEsUnaImagen, preparar
from contenidos.models import Imagen, Pagina
from cuentas.models import Rol
from tests.fabricas import un_usuario
from tests.fabricas_de_contenidos import una_pagina

pytestmark = pytest.mark.django_db

SUBIDA = "/imagenes/0f8fad5b-d9cb-469f-a165-70867728950e/"


@pytest.fixture
def administra(client):
    usuario = un_usuario(Rol.ADMINISTRACION)
    client.force_login(usuario)
    return usuario


def corregir(client, pagina, **cambios):
    datos = {"titulo": "Qué es", "cuerpo": "Un texto nuevo.", "vista": 1, **cambios}
    return client.post(reverse("contenidos:editar-pagina", args=[pagina.slug]), datos)


def una_foto(formato="JPEG", tamano=(40, 30), **opciones):
    destino = io.BytesIO()
    Image.new("RGB", tamano, "navy").save(destino, formato, **opciones)
    return SimpleUploadedFile(f"foto.{formato.lower()}", destino.getvalue())


# ── El texto ──────────────────────────────────────────────────────────────────────────────────


def test_corregir_guarda_otra_version_y_la_anterior_queda(client, administra):
    pagina = una_pagina(cuerpo="Antes.")

    respuesta = corregir(client, pagina, cuerpo="Ahora.", nota="Se actualizó.")

    assert respuesta.url == pagina.get_absolute_url()
    assert list(pagina.versiones.values_list("numero", "cuerpo", "nota", "creado_por")) == [
        (2, "Ahora.\n", "Se actualizó.", administra.pk),
        (1, "Antes.", "", None),
    ]
    assert LogEntry.objects.filter(
        additional_data__verbo="guardó otra versión de la página", actor=administra
    ).exists()


def test_la_vista_previa_muestra_como_queda_y_que_cambia_sin_guardar(client, administra):
    pagina = una_pagina(cuerpo="Antes.")

    html = corregir(client, pagina, cuerpo="**Ahora.**", vista_previa="sí").content.decode()

    assert "<p><strong>Ahora.</strong></p>" in html
    assert '<del><span class="solo-lectores">Se quitó: </span>Antes.</del>' in html
    assert '<ins><span class="solo-lectores">Se puso: </span>**Ahora.**</ins>' in html
    assert pagina.versiones.count() == 1


def test_dos_personas_a_la_vez_no_se_pisan(client, administra):
    pagina = una_pagina()
    guardar_version(pagina=pagina, por=administra, vista=1, titulo="Qué es", cuerpo="De otra.")

    respuesta = corregir(client, pagina, cuerpo="Lo mío.", vista=1)
    html = respuesta.content.decode()

    assert pagina.versiones.count() == 2
    assert "Otra persona guardó la versión 2 mientras usted escribía." in html
    assert "Se quitó: </span>De otra." in html
    assert "Lo mío.</textarea>" in html
    assert '<input type="hidden" name="vista" value="2"' in html


def test_tras_compararlos_el_segundo_se_puede_guardar(client, administra):
    pagina = una_pagina()
    guardar_version(pagina=pagina, por=administra, vista=1, titulo="Qué es", cuerpo="De otra.")

    corregir(client, pagina, cuerpo="Lo mío.", vista=2)

    assert version_vigente(pagina).cuerpo == "Lo mío.\n"


def test_guardar_sin_cambiar_nada_no_hace_otra_version(client, administra):
    pagina = una_pagina(titulo="Qué es", cuerpo="Lo mismo.\n")

    html = corregir(client, pagina, cuerpo="Lo mismo.").content.decode()

    assert "No cambió nada" in html
    assert pagina.versiones.count() == 1


@pytest.mark.parametrize(
    ("cuerpo", "mensaje"),
    [
        ("![Un mapa](https://otro.example/x.png)", "no es del portal"),
        (f"![]({SUBIDA})", "Diga qué muestra la imagen"),
        ("", "Este campo es obligatorio."),
        ("a" * 60_001, "El texto pasa de 60.000 letras."),
    ],
)
def test_un_texto_que_no_puede_ir_dice_que_corregir(client, administra, cuerpo, mensaje):
    pagina = una_pagina()

    html = corregir(client, pagina, cuerpo=cuerpo).content.decode()

    assert mensaje in html
    assert pagina.versiones.count() == 1


def test_una_politica_puede_regir_despues_y_mientras_vale_la_anterior(client, administra):
    pagina = una_pagina("terminos", cuerpo="La de hoy.", grupo="politicas")
    fecha = timezone.localdate() + timedelta(days=10)

    respuesta = corregir(client, pagina, cuerpo="La que viene.", rige_desde=fecha.isoformat())
    html = client.get(respuesta.url).content.decode()

    assert version_vigente(pagina).cuerpo == "La de hoy."
    assert version_vigente(pagina, fecha).cuerpo == "La que viene.\n"
    assert "La versión 2 quedó anunciada" in html


def test_una_politica_no_cambia_hacia_atras(client, administra):
    pagina = una_pagina("terminos", grupo="politicas")
    ayer = timezone.localdate() - timedelta(days=1)

    html = corregir(client, pagina, rige_desde=ayer.isoformat()).content.decode()

    assert "Escriba la fecha de hoy o una que venga." in html
    assert pagina.versiones.count() == 1


def test_las_demas_paginas_rigen_desde_que_se_guardan(client, administra):
    pagina = una_pagina()
    fecha = timezone.localdate() + timedelta(days=10)

    corregir(client, pagina, rige_desde=fecha.isoformat())

    assert version_vigente(pagina).numero == 2


def test_escribir_una_pagina_nueva(client, administra):
    datos = {
        "grupo": "escuela",
        "slug": "Historia",
        "titulo": "Historia",
        "cuerpo": "Empezó así.",
        "vista": 0,
    }

    respuesta = client.post(reverse("contenidos:nueva-pagina"), datos)

    assert respuesta.url == "/paginas/historia/"
    assert version_vigente(Pagina.objects.get(slug="historia")).titulo == "Historia"


@pytest.mark.parametrize(
    ("slug", "mensaje"),
    [
        ("que-es", "Ya hay una página con esa dirección"),
        ("juntos", "El portal ya usa esa dirección"),
        ("con espacios", "slug"),
    ],
)
def test_una_direccion_que_no_sirve_se_dice(client, administra, slug, mensaje):
    una_pagina("que-es")
    datos = {"grupo": "escuela", "slug": slug, "titulo": "T", "cuerpo": "C", "vista": 0}

    html = client.post(reverse("contenidos:nueva-pagina"), datos).content.decode()

    assert mensaje in html
    assert Pagina.objects.count() == 1


def test_dejar_de_publicar_una_pagina_y_cambiarla_de_lugar(client, administra):
    pagina = una_pagina()
    direccion = reverse("contenidos:editar-pagina", args=[pagina.slug])

    client.post(direccion, {"ubicar": "sí", "orden": 7})

    pagina.refresh_from_db()
    assert (pagina.orden, pagina.publicada, pagina.versiones.count()) == (7, False, 1)


def test_la_lista_de_paginas_dice_cual_no_se_publica_y_cual_aun_no_rige(client, administra):
    una_pagina("publicada", "La publicada")
    una_pagina("oculta", "La oculta", publicada=False)
    futura = una_pagina("futura", "La futura", grupo="politicas")
    futura.versiones.update(rige_desde=timezone.localdate() + timedelta(days=3))

    html = client.get(reverse("contenidos:paginas")).content.decode()

    assert [n in html for n in ("La publicada", "La oculta", "La futura")] == [True] * 3
    assert (html.count("Sin publicar"), html.count("Aún no rige")) == (1, 1)


@pytest.mark.parametrize("rol", [rol for rol in Rol if rol != Rol.ADMINISTRACION])
def test_solo_quien_administra_escribe_paginas(client, rol):
    pagina = una_pagina()
    client.force_login(un_usuario(rol))

    respuesta = corregir(client, pagina)

    assert (respuesta.status_code, pagina.versiones.count()) == (403, 1)


# ── En qué cambió ─────────────────────────────────────────────────────────────────────────────


def test_la_comparacion_muestra_lo_que_cambia_y_un_poco_alrededor():
    antes = "\n".join(f"renglón {n}" for n in range(1, 10))

    cambios = comparar(antes, antes.replace("renglón 5", "otro"))

    assert cambios == [
        Renglon("salto"),
        Renglon("igual", "renglón 3"),
        Renglon("igual", "renglón 4"),
        Renglon("quitado", "renglón 5"),
        Renglon("puesto", "otro"),
        Renglon("igual", "renglón 6"),
        Renglon("igual", "renglón 7"),
    ]


def test_lo_que_se_compara_se_muestra_como_texto(client, administra):
    pagina = una_pagina(cuerpo="Antes.")

    html = corregir(client, pagina, cuerpo="<script>x</script>", vista_previa="sí")

    assert "<script>x</script>" not in html.content.decode()


# ── Las imágenes ──────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def archivos(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def test_una_imagen_se_sube_se_copia_su_texto_y_se_ve(client, administra, archivos):
    datos = {"archivo": una_foto(), "alternativo": "Un cuadro azul"}

    respuesta = client.post(reverse("contenidos:nueva-imagen"), datos)

    imagen = Imagen.objects.get()
    vista = client.get(imagen.get_absolute_url())
    assert respuesta.url == reverse("contenidos:imagenes")
    assert (
        f'value="![Un cuadro azul]({imagen.get_absolute_url()}#40x30)"'
        in client.get(respuesta.url).content.decode()
    )
    assert vista.headers["Content-Type"] == "image/webp"
    assert b"".join(vista.streaming_content)[8:12] == b"WEBP"


def test_de_la_foto_no_queda_ni_el_lugar_ni_la_fecha(archivos):
    exif = Image.Exif()
    exif[0x9003] = "2020:01:02 03:04:05"
    exif.get_ifd(0x8825)[1] = "N"
    foto = una_foto(exif=exif)

    imagen = subir_imagen(archivo=foto, alternativo="x", por=un_usuario(Rol.ADMINISTRACION))

    with imagen.archivo.open() as archivo:
        guardado = archivo.read()
    with Image.open(io.BytesIO(guardado)) as abierta:
        assert dict(abierta.getexif()) == {}
    assert b"2020:01:02" in foto.open().read()
    assert b"2020:01:02" not in guardado


def test_una_foto_acostada_se_endereza():
    exif = Image.Exif()
    exif[0x0112] = 6

    lista = preparar(una_foto(tamano=(40, 30), exif=exif))

    assert (lista.ancho, lista.alto) == (30, 40)


def test_una_imagen_enorme_se_reduce():
    lista = preparar(una_foto(tamano=(3200, 1000)))

    assert (lista.ancho, lista.alto) == (1600, 500)


@pytest.mark.parametrize(
    "datos",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>",
        b"%PDF-1.7",
        b"",
        b"\x89PNG\r\n\x1a\n" + b"\x00" * 40,
    ],
)
def test_lo_que_no_es_una_imagen_no_entra(datos):
    with pytest.raises(NoEsUnaImagen):
        preparar(io.BytesIO(datos))


def test_una_imagen_desmedida_no_se_abre():
    with pytest.raises(NoEsUnaImagen):
        preparar(una_foto("PNG", tamano=(8000, 6000)))


@pytest.mark.parametrize(
    ("datos", "mensaje"),
    [
        ({"alternativo": "Algo"}, "Este campo es obligatorio."),
        ({"archivo": b"no soy imagen", "alternativo": "Algo"}, "Suba un PNG, un JPEG o un WebP."),
        ({"archivo": b"x" * (8 * 1024 * 1024 + 1), "alternativo": "Algo"}, "más de 8 MB"),
    ],
)
def test_una_imagen_que_no_sirve_dice_que_hacer(client, administra, archivos, datos, mensaje):
    if "archivo" in datos:
        datos["archivo"] = SimpleUploadedFile("foto.png", datos["archivo"])

    html = client.post(reverse("contenidos:nueva-imagen"), datos).content.decode()

    assert mensaje in html
    assert (Imagen.objects.count(), list(archivos.rglob("*.*"))) == (0, [])


def test_una_imagen_sin_decir_que_muestra_no_entra(client, administra, archivos):
    client.post(reverse("contenidos:nueva-imagen"), {"archivo": una_foto()})

    assert Imagen.objects.count() == 0


def test_una_imagen_que_se_perdio_no_esta(client, archivos):
    imagen = subir_imagen(archivo=una_foto(), alternativo="x", por=un_usuario(Rol.ADMINISTRACION))
    imagen.archivo.delete(save=False)

    respuesta = client.get(reverse("contenidos:imagen", args=[imagen.clave]))

    assert respuesta.status_code == 404
