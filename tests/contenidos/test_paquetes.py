"""El paquete por dentro: qué lleva el ZIP, cómo se llama cada archivo y qué dice su índice."""

import io
import re
import unicodedata
import zipfile
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.utils import timezone

from contenidos.acciones.contenidos import retirar
from contenidos.acciones.paquetes import pedir_paquete, rearmar_paquete
from contenidos.consultas.canasta import canasta_de
from contenidos.informes import paquete as informes
from contenidos.models import Contenido, Paquete
from tests.fabricas import un_usuario
from tests.fabricas_de_contenidos import un_contenido, un_paquete, una_version
from trabajos.acciones import barrer, ejecutar
from trabajos.models import Trabajo

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def archivos(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def con_archivo(titulo, datos=b"%PDF-1.7", nombre="a.pdf", **mas):
    contenido = un_contenido(titulo, **mas)
    una_version(contenido, datos, nombre=nombre)
    return contenido


def armado(paquete):
    ejecutar(paquete.trabajo_id)
    paquete.trabajo.refresh_from_db()
    return paquete


def bytes_de(paquete):
    with paquete.trabajo.archivo.open("rb") as archivo:
        return archivo.read()


def partes_de(paquete):
    zip_ = zipfile.ZipFile(io.BytesIO(bytes_de(paquete)))
    assert zip_.testzip() is None
    return {nombre: zip_.read(nombre) for nombre in zip_.namelist()}


def indice_de(paquete):
    return " ".join(partes_de(paquete)["Índice.html"].decode().split())


# ── Lo que lleva ──────────────────────────────────────────────────────────────────────────────


def test_trae_los_mismos_bytes_de_cada_archivo_y_un_indice():
    paquete = armado(
        un_paquete(
            con_archivo("Guía de permanencia", b"uno"),
            con_archivo("Formato de acta", b"dos", "acta.docx"),
        )
    )

    partes = partes_de(paquete)

    del partes["Índice.html"]
    assert partes == {
        "Archivos/Formato de acta.docx": b"dos",
        "Archivos/Guía de permanencia.pdf": b"uno",
    }


@pytest.mark.parametrize(
    ("titulos", "nombres"),
    [
        (["Niñez: ¿qué/cómo?", "«Así» <es>"], ["Niñez ¿qué cómo.pdf", "«Así» es.pdf"]),
        (["Guía", "guía", "GUÍA"], ["Guía.pdf", "guía (2).pdf", "GUÍA (3).pdf"]),
        (["CON", "Aux"], ["Aux, contenido.pdf", "CON, contenido.pdf"]),
        (["../../etc/passwd", "..."], ["Contenido.pdf", "etc passwd.pdf"]),
        (["Gui\u0301a"], ["Guía.pdf"]),
    ],
)
def test_cada_archivo_tiene_un_nombre_claro_que_ningun_sistema_rechaza(titulos, nombres):
    equipaje = canasta_de([con_archivo(titulo).pk for titulo in titulos], AnonymousUser())

    piezas = informes.piezas_de(equipaje.van, ligero=False)

    assert sorted(pieza.nombre for pieza in piezas) == sorted(nombres)


def test_un_titulo_larguisimo_conserva_su_extension():
    equipaje = canasta_de([con_archivo("Guía " * 50).pk], AnonymousUser())

    (pieza,) = informes.piezas_de(equipaje.van, ligero=False)

    assert len(pieza.nombre) <= informes.LARGO_DE_NOMBRE + len(".pdf")
    assert pieza.nombre.endswith(".pdf")


def test_los_nombres_con_tildes_van_marcados_como_unicode():
    paquete = armado(un_paquete(con_archivo("Guía del ñu")))

    (una,) = [
        info
        for info in zipfile.ZipFile(io.BytesIO(bytes_de(paquete))).infolist()
        if info.filename.startswith("Archivos/")
    ]

    assert (una.flag_bits & 0x800, unicodedata.is_normalized("NFC", una.filename)) == (0x800, True)


def test_con_la_version_ligera_lleva_la_ligera_de_lo_que_la_tiene():
    video = un_contenido("Video")
    version = una_version(video, b"v" * 90, nombre="v.pdf", tamano_ligero=3)
    version.ligero.save("v.webp", io.BytesIO(b"lig"))
    guia = con_archivo("Guía", b"completa")
    equipaje = canasta_de([video.pk, guia.pk], AnonymousUser())

    partes = partes_de(armado(pedir_paquete(equipaje=equipaje, por=None, ligero=True)))

    assert (partes["Archivos/Video.webp"], partes["Archivos/Guía.pdf"]) == (b"lig", b"completa")


# ── El índice ─────────────────────────────────────────────────────────────────────────────────


def test_el_indice_dice_titulo_fuente_licencia_fecha_tipo_y_peso_de_cada_archivo():
    guia = con_archivo("Guía <de> permanencia", b"x" * 2048, resumen="Para qué sirve.")
    guia.publicado_en = timezone.make_aware(timezone.datetime(2020, 11, 13, 12))
    guia.save()

    dice = indice_de(armado(un_paquete(guia)))

    for dato in (
        '<html lang="es-CO">',
        "Guía &lt;de&gt; permanencia</a></h3> <p>Para qué sirve.</p>",
        "<dt>Tipo y peso</dt><dd>Guia en PDF, 2,0\xa0KB".replace("\xa0", " "),
        "<dt>Fuente</dt><dd>Ministerio de Educación Nacional, 2020</dd>",
        "<dt>Licencia</dt><dd>Puede usarlo si cita la fuente</dd>",
        "Publicado el 13 de noviembre de 2020",
    ):
        assert dato in dice.replace("\xa0", " "), dato


def test_el_indice_se_abre_solo_sin_pedirle_nada_a_nadie():
    dice = indice_de(armado(un_paquete(con_archivo("Guía"))))

    pedidos = re.findall(r'<(?:link|script|img|iframe)[^>]*(?:href|src)="([^"]*)"', dice)
    assert [pedido.partition(",")[0] for pedido in pedidos] == ["data:text/css;base64"]


def test_cada_enlace_del_indice_lleva_a_un_archivo_que_esta():
    from urllib.parse import unquote

    paquete = armado(un_paquete(con_archivo("Guía 100 % nuestra #1"), con_archivo("Otra")))

    enlaces = re.findall(r'<h3><a href="(Archivos[^"]*)"', indice_de(paquete))

    assert {unquote(enlace) for enlace in enlaces} == partes_de(paquete).keys() - {"Índice.html"}


def test_lo_que_esta_en_otro_sitio_va_como_enlace():
    enlace = un_contenido("Un aliado", enlace="https://aliado.test/guia")

    paquete = armado(un_paquete(enlace))

    assert 'href="https://aliado.test/guia">Un aliado</a>' in indice_de(paquete)
    assert list(partes_de(paquete)) == ["Índice.html"]


def test_lo_que_se_retiro_antes_de_armarlo_no_va_y_el_indice_lo_explica():
    vieja, nueva = con_archivo("Vieja", b"vieja"), con_archivo("Nueva")
    paquete = un_paquete(vieja, con_archivo("Otra"))
    retirar(contenido=vieja, por=un_usuario(), motivo="Cambió.", reemplazado_por=nueva)

    armado(paquete)

    assert "Archivos/Vieja.pdf" not in partes_de(paquete)
    assert "<strong>Vieja</strong>: se retiró de la biblioteca" in indice_de(paquete)
    assert f'{nueva.get_absolute_url()}">Nueva</a>' in indice_de(paquete)


def test_si_entre_tanto_hay_otra_version_va_la_pedida_y_el_indice_avisa():
    guia = con_archivo("Guía", b"primera")
    paquete = un_paquete(guia)
    una_version(guia, b"segunda")

    armado(paquete)

    assert partes_de(paquete)["Archivos/Guía.pdf"] == b"primera"
    assert "ya había una versión más nueva en el portal" in indice_de(paquete)


def test_un_archivo_que_no_aparece_no_tumba_el_paquete():
    perdida = con_archivo("Perdida")
    perdida.version_actual.archivo.storage.delete(perdida.version_actual.archivo.name)

    paquete = armado(un_paquete(perdida, con_archivo("Otra")))

    assert "<strong>Perdida</strong>: su archivo no se encontró." in indice_de(paquete)
    assert paquete.trabajo.mensaje == "El índice dice qué no va en el paquete, y por qué."


def test_si_todo_se_retiro_lo_dice():
    guia = con_archivo("Guía")
    paquete = un_paquete(guia)
    retirar(contenido=guia, por=un_usuario(), motivo="Cambió.")

    armado(paquete)

    assert (paquete.trabajo.estado, paquete.trabajo.mensaje[:35]) == (
        Trabajo.Estado.FALLIDO,
        "Todo lo que traía este paquete se r",
    )


# ── Pedirlo y volver a armarlo ────────────────────────────────────────────────────────────────


def test_armarlo_otra_vez_da_los_mismos_bytes():
    paquete = armado(un_paquete(con_archivo("Guía"), con_archivo("Otra", b"dos")))
    antes = bytes_de(paquete)
    Trabajo.objects.update(archivo="")

    rearmar_paquete(paquete=paquete, por=None)
    paquete.refresh_from_db()

    assert bytes_de(armado(paquete)) == antes


def test_lo_que_dejo_a_medias_un_trabajador_muerto_se_hace_de_nuevo_entero(settings, monkeypatch):
    paquete = un_paquete(con_archivo("Guía", b"uno"), con_archivo("Otra", b"dos"))
    copiar, copiados = informes.shutil.copyfileobj, []

    def morir_en_el_segundo(origen, destino, pedazo):
        copiados.append(origen)
        if len(copiados) == 2:
            raise SystemExit  # como si lo mataran: ni cierra el trabajo ni deja su archivo
        copiar(origen, destino, pedazo)

    monkeypatch.setattr(informes.shutil, "copyfileobj", morir_en_el_segundo)
    with pytest.raises(SystemExit):
        ejecutar(paquete.trabajo_id)
    callado = timezone.now() - timedelta(hours=1)
    Trabajo.objects.update(latido=callado, estado="en_curso", reclamo=paquete.clave, intentos=1)
    barrer()

    armado(paquete)

    assert {nombre: datos for nombre, datos in partes_de(paquete).items() if "A" in nombre} == {
        "Archivos/Guía.pdf": b"uno",
        "Archivos/Otra.pdf": b"dos",
    }
    assert len(list((settings.MEDIA_ROOT / "trabajos").rglob("*.zip"))) == 1


def test_pedir_lo_mismo_dos_veces_da_el_mismo_paquete():
    equipaje = canasta_de([con_archivo("Guía").pk], AnonymousUser())
    primero = pedir_paquete(equipaje=equipaje, por=None)

    segundo = pedir_paquete(equipaje=equipaje, por=None, anteriores=[str(primero.clave)])

    assert (segundo, Trabajo.objects.count()) == (primero, 1)


def test_la_version_ligera_es_otro_paquete():
    equipaje = canasta_de([con_archivo("Guía").pk], AnonymousUser())
    primero = pedir_paquete(equipaje=equipaje, por=None)

    otro = pedir_paquete(equipaje=equipaje, por=None, ligero=True, anteriores=[str(primero.clave)])

    assert otro != primero


def test_rearmar_lo_que_esta_o_viene_en_camino_no_hace_nada():
    paquete = un_paquete(con_archivo("Guía"))

    rearmar_paquete(paquete=paquete, por=None)
    armado(paquete)
    rearmar_paquete(paquete=paquete, por=None)

    assert Trabajo.objects.count() == 1


@pytest.mark.parametrize(("peso", "codigo"), [(0, "vacia"), (1_000_000_000, "muy_pesado")])
def test_ni_vacio_ni_tan_pesado_que_no_llegue(peso, codigo):
    claves = []
    if peso:
        guia = con_archivo("Guía")
        guia.versiones.update(tamano=peso)
        claves = [guia.pk]

    with pytest.raises(ValidationError) as error:
        pedir_paquete(equipaje=canasta_de(claves, AnonymousUser()), por=None)

    assert (error.value.code, Paquete.objects.count()) == (codigo, 0)


def test_lo_reservado_que_no_ve_quien_pide_no_entra_en_su_paquete():
    reservado = con_archivo("Reservada", visibilidad=Contenido.Visibilidad.MINISTERIO)

    equipaje = canasta_de([reservado.pk, con_archivo("Guía").pk], AnonymousUser())

    assert [renglon.contenido.titulo for renglon in equipaje.van] == ["Guía"]
