"""El certificado de una ruta: cuándo sale, qué dice el papel y cómo lo comprueba cualquiera."""

import io

import pytest
from auditlog.models import LogEntry
from django.core.exceptions import ValidationError
from django.urls import reverse
from pypdf import PdfReader

from contenidos.acciones.certificados import PREFIJO, emitir_certificado, revocar_certificado
from contenidos.acciones.rutas import marcar_paso
from contenidos.consultas.rutas import recorrido_de
from contenidos.informes.certificado import componer_certificado
from contenidos.models import Certificado
from cuentas.consultas import mis_datos
from cuentas.models import Rol
from tests.conectate.paginas import texto
from tests.fabricas import un_usuario, una_entidad
from tests.fabricas_de_contenidos import un_contenido, una_ruta
from trabajos.acciones import ejecutar
from trabajos.codigos import nuevo_codigo
from trabajos.models import Trabajo

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def archivos(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def quien_la_termino(ruta, **datos):
    persona = un_usuario(Rol.SECRETARIO, entidad=una_entidad("Manizales"), **datos)
    for paso in ruta.pasos.all():
        marcar_paso(paso=paso, por=persona)
    return persona


def un_certificado(nombre="Ana Inventada", **ruta):
    ruta = una_ruta("Primera ruta", un_contenido(), un_contenido(), **ruta)
    return emitir_certificado(ruta=ruta, por=quien_la_termino(ruta, nombre=nombre))


def mio(ruta):
    return reverse("contenidos:mi-certificado", args=[ruta.slug])


# ── Cuándo sale ───────────────────────────────────────────────────────────────────────────────


def test_sale_cuando_estan_todos_los_pasos_con_el_nombre_y_el_tiempo_de_hoy():
    certificado = un_certificado("Ana Inventada")

    assert (certificado.nombre, certificado.pasos, certificado.minutos) == ("Ana Inventada", 2, 60)
    assert (str(certificado.entidad), certificado.codigo[:4]) == ("Manizales", "EVR-")


@pytest.mark.parametrize(("pasos", "falta"), [(1, "falta 1 paso"), (3, "faltan 3 pasos")])
def test_antes_dice_cuantos_faltan(pasos, falta):
    ruta = una_ruta("Ruta", *(un_contenido() for _ in range(pasos)))

    with pytest.raises(ValidationError) as error:
        emitir_certificado(ruta=ruta, por=un_usuario(Rol.SECRETARIO))

    assert (error.value.code, falta in error.value.message) == ("ruta_sin_terminar", True)


def test_pedirlo_dos_veces_da_el_mismo():
    certificado = un_certificado()

    otra_vez = emitir_certificado(ruta=certificado.ruta, por=certificado.usuario)

    assert (otra_vez, Certificado.objects.count()) == (certificado, 1)


def test_si_la_ruta_crece_el_que_ya_se_dio_sigue_valiendo_como_se_dio():
    certificado = un_certificado()
    certificado.ruta.pasos.create(titulo="Otro", contenido=un_contenido(), orden=9)

    otra_vez = emitir_certificado(ruta=certificado.ruta, por=certificado.usuario)

    assert (otra_vez.codigo, otra_vez.pasos) == (certificado.codigo, 2)


def test_una_ruta_sin_pasos_no_certifica():
    with pytest.raises(ValidationError):
        emitir_certificado(ruta=una_ruta("Vacía"), por=un_usuario())


def test_de_la_ruta_al_papel_en_el_navegador(client):
    ruta = una_ruta("Ruta", un_contenido())
    persona = quien_la_termino(ruta)
    client.force_login(persona)

    assert "Pedir mi certificado" in texto(client.get(ruta.get_absolute_url()))
    client.post(mio(ruta))
    certificado = Certificado.objects.get()
    client.post(reverse("contenidos:certificado-pdf", args=[certificado.codigo]))
    trabajo = Trabajo.objects.get()
    ejecutar(trabajo.pk)
    trabajo.refresh_from_db()

    assert persona.nombre in texto(client.get(mio(ruta)))
    assert trabajo.nombre_del_archivo == f"{persona.nombre} - {certificado.codigo}.pdf"
    with trabajo.archivo.open("rb") as archivo:
        assert archivo.read(5) == b"%PDF-"


def test_sin_terminar_lleva_a_la_ruta_y_lo_dice(client):
    ruta = una_ruta("Ruta", un_contenido())
    client.force_login(un_usuario(Rol.SECRETARIO))

    leer = client.get(mio(ruta), follow=True)
    pedir = client.post(mio(ruta), follow=True)

    assert "Pida aquí su certificado" in texto(leer)
    assert "Aún le falta 1 paso de esta ruta." in texto(pedir)


def test_la_ruta_que_se_despublico_no_se_lleva_el_certificado(client):
    certificado = un_certificado()
    certificado.ruta.publicada = False
    certificado.ruta.save()
    client.force_login(certificado.usuario)

    assert client.get(mio(certificado.ruta)).status_code == 200


def test_el_pdf_de_otra_persona_no_se_pide(client):
    certificado = un_certificado()
    client.force_login(un_usuario(Rol.SECRETARIO))

    respuesta = client.post(reverse("contenidos:certificado-pdf", args=[certificado.codigo]))

    assert (respuesta.status_code, Trabajo.objects.count()) == (404, 0)


# ── El papel ──────────────────────────────────────────────────────────────────────────────────


def test_el_papel_dice_lo_mismo_que_su_pagina(client):
    certificado = un_certificado("María Ñáñez & Güiza")

    (hoja,) = PdfReader(io.BytesIO(componer_certificado(certificado))).pages
    papel = " ".join(hoja.extract_text().split())
    pagina = texto(client.get(certificado.get_absolute_url()))

    for dato in ("María Ñáñez & Güiza", "Primera ruta", "1 hora"):
        assert (dato in papel, dato in pagina) == (True, True), dato
    assert "certifica que María Ñáñez & Güiza terminó la ruta de aprendizaje Primera ruta" in papel
    assert certificado.codigo in papel


def test_el_de_demostracion_lo_dice():
    certificado = un_certificado(es_demostracion=True)

    (hoja,) = PdfReader(io.BytesIO(componer_certificado(certificado))).pages

    assert "Demostración: la ruta es inventada." in hoja.extract_text()


# ── La página pública ─────────────────────────────────────────────────────────────────────────


def test_cualquiera_lo_comprueba_y_no_ve_mas_que_el_papel(client):
    certificado = un_certificado()

    respuesta = client.get(certificado.get_absolute_url())

    dice = texto(respuesta)
    assert "Este certificado vale" in dice
    assert [dato for dato in (certificado.usuario.email, "Manizales") if dato in dice] == []
    assert respuesta["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert "no-store" in respuesta["Cache-Control"]


def test_el_codigo_vale_escrito_de_cualquier_manera(client):
    certificado = un_certificado()

    respuesta = client.get(
        reverse("contenidos:verificar-certificados"),
        {"codigo": f" {certificado.codigo.lower().replace('-', ' ')} "},
    )

    assert (respuesta.status_code, respuesta.url) == (302, certificado.get_absolute_url())


@pytest.mark.parametrize("codigo", ["EVR-0000-0000-0000", "hola", "' OR 1=1", "ñ" * 200])
def test_un_codigo_que_no_existe_no_da_pistas(client, codigo):
    direccion = "contenidos:verificar-certificado"
    inexistente = client.get(reverse(direccion, args=[nuevo_codigo(PREFIJO)]))
    malo = client.get(reverse(direccion, args=[codigo]))
    escrito = client.get(reverse("contenidos:verificar-certificados"), {"codigo": codigo})

    assert {r.status_code for r in (inexistente, malo, escrito)} == {404}
    assert all("No hay un certificado con ese código." in texto(r) for r in (malo, escrito))


def test_quien_prueba_codigos_al_azar_tiene_que_esperar(client):
    bueno = un_certificado().get_absolute_url()
    for _ in range(20):
        client.get(reverse("contenidos:verificar-certificado", args=[nuevo_codigo(PREFIJO)]))

    respuesta = client.get(bueno)

    assert (respuesta.status_code, respuesta["Retry-After"]) == (429, "300")


# ── Revocarlo ─────────────────────────────────────────────────────────────────────────────────


def test_revocado_su_pagina_dice_cuando_y_no_a_quien_ni_por_que(client):
    certificado = un_certificado()

    revocar_certificado(certificado=certificado, motivo="Beto lo pidió.", por=un_usuario())

    dice = texto(client.get(certificado.get_absolute_url()))
    assert "Este certificado no vale" in dice
    assert "Dejó de valer el" in dice
    assert [dato for dato in ("Ana", "Beto", "Primera") if dato in dice] == []


def test_para_tener_otro_hay_que_recorrer_la_ruta_de_nuevo():
    certificado = un_certificado()
    ruta, persona = certificado.ruta, certificado.usuario

    revocar_certificado(certificado=certificado, motivo="No la hizo.", por=un_usuario())
    hechos = recorrido_de(ruta, persona).hechos
    for paso in ruta.pasos.all():
        marcar_paso(paso=paso, por=persona)
    otro = emitir_certificado(ruta=ruta, por=persona)

    assert (hechos, otro.vale, otro.codigo != certificado.codigo) == (0, True, True)


@pytest.mark.parametrize(("motivo", "codigo"), [("  ", "sin_motivo"), ("Otra vez", "ya_revocado")])
def test_ni_sin_decir_por_que_ni_dos_veces(motivo, codigo):
    certificado = un_certificado()
    if codigo == "ya_revocado":
        revocar_certificado(certificado=certificado, motivo="No la hizo.", por=un_usuario())

    with pytest.raises(ValidationError) as error:
        revocar_certificado(certificado=certificado, motivo=motivo, por=un_usuario())

    assert error.value.code == codigo


def test_lo_revoca_quien_edita_desde_su_pagina_publica(client):
    certificado = un_certificado()
    direccion = reverse("contenidos:revocar-certificado", args=[certificado.codigo])
    antes = direccion in client.get(certificado.get_absolute_url()).content.decode()
    client.force_login(un_usuario())

    enlace = direccion in client.get(certificado.get_absolute_url()).content.decode()
    sin_motivo = client.post(direccion, {"motivo": ""})
    client.post(direccion, {"motivo": "No la hizo."})

    certificado.refresh_from_db()
    assert (antes, enlace, certificado.vale) == (False, True, False)
    assert "Este campo es obligatorio" in texto(sin_motivo)


def test_la_bitacora_no_guarda_el_nombre_ni_el_motivo():
    certificado = un_certificado("Ana Inventada")
    revocar_certificado(certificado=certificado, motivo="Beto lo pidió.", por=un_usuario())

    escrito = " ".join(
        f"{entrada.object_repr} {entrada.changes} {entrada.additional_data}"
        for entrada in LogEntry.objects.filter(content_type__model="certificado")
    )

    assert [dato for dato in ("Ana", "Beto") if dato in escrito] == []
    assert "revocó un certificado" in escrito


def test_quien_descarga_sus_datos_recibe_sus_certificados():
    certificado = un_certificado()

    (dato,) = mis_datos(certificado.usuario)["certificados_de_rutas"]

    assert (dato["codigo"], dato["ruta"], dato["revocado"]) == (
        certificado.codigo,
        "Primera ruta",
        False,
    )
