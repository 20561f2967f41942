"""Las páginas de los compromisos: quién ve qué, y qué lee cuando algo falta."""

import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from acompanamiento.models import Compromiso, Envio, Evidencia, Lado
from cuentas.models import Rol
from tests.fabricas import un_usuario, una_direccion, una_entidad, una_sesion
from tests.fabricas_de_acompanamiento import (
    un_compromiso,
    un_contacto,
    una_dependencia,
    una_necesidad,
)
from tests.fabricas_de_contenidos import un_contenido

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def direccion(nombre, *args):
    return reverse(f"acompanamiento:{nombre}", args=args)


def hace(dias):
    return timezone.localdate() - timedelta(days=dias)


def enviar(client, url, **datos):
    return client.post(url, {"clave": uuid.uuid4(), "base": 0, **datos})


# ── La lista ──────────────────────────────────────────────────────────────────────────────────


def test_lo_mas_atrasado_va_primero(client, lider, huila):
    viene = un_compromiso(huila, vence_el=hace(-3))
    atrasado = un_compromiso(huila, vence_el=hace(9))
    un_compromiso(huila, estado="cumplido")

    filas = client.get(direccion("compromisos")).context["filas"]

    assert [(uno, cuando) for uno, _, _, cuando in filas] == [
        (atrasado, "venció hace 9 días"),
        (viene, "vence en 3 días"),
    ]


@pytest.mark.parametrize(
    "consulta",
    [
        "estado=vencidos",
        "grupo=7",
        "entidad=41",
        "lado=ministerio",
        "direccion={direccion.pk}",
        "persona={persona.pk}",
        "persona=mi",
        "q=CIRCULAR",
    ],
)
def test_cada_filtro_deja_solo_lo_suyo(client, lider, huila, consulta):
    suyo = un_compromiso(
        huila,
        lado=Lado.MINISTERIO,
        direccion=lider.direccion,
        persona=lider,
        vence_el=hace(2),
        texto="Enviar la circular",
    )
    un_compromiso(dependencia=una_dependencia())
    consulta = consulta.format(direccion=suyo.direccion, persona=lider)

    filas = client.get(f"{direccion('compromisos')}?{consulta}").context["filas"]

    assert [fila[0] for fila in filas] == [suyo]


def test_una_direccion_que_no_se_entiende_no_filtra(client, lider, huila):
    un_compromiso(huila)

    respuesta = client.get(f"{direccion('compromisos')}?grupo=99999&persona=x&estado=nada")

    assert len(respuesta.context["filas"]) == 1


def test_una_secretaria_ve_los_de_las_dos_partes_y_solo_los_suyos(client, huila):
    suyos = {un_compromiso(huila), un_compromiso(huila, lado=Lado.MINISTERIO)}
    ajeno = un_compromiso()
    client.force_login(un_usuario(Rol.SECRETARIO, entidad=huila))

    filas = client.get(direccion("compromisos")).context["filas"]

    assert {fila[0] for fila in filas} == suyos
    assert client.get(ajeno.get_absolute_url()).status_code == 404
    assert client.get(direccion("tablero")).status_code == 403


def test_la_lista_pregunta_lo_mismo_con_una_que_con_muchas(
    client, lider, huila, django_assert_max_num_queries
):
    def cuantas():
        with django_assert_max_num_queries(40) as preguntas:
            client.get(direccion("compromisos"))
        return len(preguntas)

    un_compromiso(huila, lado=Lado.MINISTERIO, persona=lider)
    cuantas()  # lo que se guarda en memoria la primera vez
    con_una = cuantas()
    for _ in range(5):
        un_compromiso(lado=Lado.MINISTERIO, persona=un_usuario(), direccion=una_direccion("Otra"))

    assert cuantas() == con_una


# ── Registrarlo ───────────────────────────────────────────────────────────────────────────────


def test_desde_una_visita_ya_se_sabe_la_secretaria(client, lider, huila):
    contacto = un_contacto(huila, asunto="Visita de octubre")
    url = f"{direccion('nuevo-compromiso')}?contacto={contacto.clave}"
    area = una_dependencia("Cobertura")
    pagina = client.get(url)

    enviar(
        client,
        url,
        entidad="41",
        contacto=contacto.clave,
        texto="Enviar el plan.",
        responsable=f"entidad/dependencia:{area.pk}",
        habiles=5,
        acordado_el="2026-11-20",
    )

    compromiso = Compromiso.objects.get()
    assert "Visita de octubre" in pagina.text
    assert (compromiso.entidad, compromiso.contacto, compromiso.dependencia) == (
        huila,
        contacto,
        area,
    )
    assert f"{compromiso.vence_el}" == "2026-11-27"


def test_sin_responsable_se_dice_y_lo_escrito_sigue_ahi(client, lider, huila):
    respuesta = enviar(
        client, direccion("nuevo-compromiso"), entidad="41", texto="Enviar el plan.", habiles=5
    )

    assert "Falta el responsable." in respuesta.context["form"].errors["responsable"][0]
    assert "Enviar el plan." in respuesta.text
    assert not Compromiso.objects.exists()


@pytest.mark.parametrize(
    ("plazo", "vence"),
    [
        ({"habiles": 5}, "2026-11-27"),
        ({"habiles": 7}, "2026-12-01"),
        ({"habiles": 5, "vence_el": "2026-12-18"}, "2026-12-18"),  # el 5 ya venía escogido
        ({"habiles": "", "vence_el": "2026-12-18"}, "2026-12-18"),
    ],
)
def test_vale_el_plazo_o_la_fecha_que_se_escribio(client, lider, huila, plazo, vence):
    enviar(
        client,
        direccion("nuevo-compromiso"),
        entidad="41",
        texto="Enviar el plan.",
        responsable="entidad",
        acordado_el="2026-11-20",
        **plazo,
    )

    assert f"{Compromiso.objects.get().vence_el}" == vence


def test_un_plazo_y_otra_fecha_a_la_vez_se_preguntan(client, lider, huila):
    respuesta = enviar(
        client,
        direccion("nuevo-compromiso"),
        entidad="41",
        texto="Enviar el plan.",
        responsable="entidad",
        habiles=10,
        vence_el="2100-01-04",
    )

    assert list(respuesta.context["form"].errors) == ["vence_el"]


def test_al_abrir_un_paso_no_hay_errores(client, lider, huila):
    compromiso = un_compromiso(huila)

    for nombre in ("seguir-compromiso", "prorrogar", "cambiar-responsable", "dejar-sin-efecto"):
        form = client.get(direccion(nombre, compromiso.clave)).context["form"]
        assert not form.errors


def test_sin_fecha_se_dice(client, lider, huila):
    respuesta = enviar(
        client,
        direccion("nuevo-compromiso"),
        entidad="41",
        texto="Enviar el plan.",
        responsable="entidad",
    )

    assert list(respuesta.context["form"].errors) == ["vence_el"]


def test_un_doble_clic_deja_uno(client, lider, huila):
    datos = {
        "clave": uuid.uuid4(),
        "base": 0,
        "entidad": "41",
        "texto": "Enviar el plan.",
        "responsable": "entidad",
        "habiles": 5,
    }

    for _ in range(2):
        client.post(direccion("nuevo-compromiso"), datos)

    assert Compromiso.objects.count() == Envio.objects.count() == 1


def test_sin_saber_la_secretaria_primero_se_escoge(client, lider, huila):
    pagina = client.get(direccion("nuevo-compromiso"))

    assert pagina.context["a_cargo"] == [huila]
    assert "form" not in pagina.context


def test_desde_una_necesidad_se_ofrece_la_direccion_que_la_tiene(client, lider, huila):
    calidad = una_direccion("Dirección de Calidad")
    necesidad = una_necesidad(huila, direccion=calidad)

    form = client.get(f"{direccion('nuevo-compromiso')}?necesidad={necesidad.clave}").context[
        "form"
    ]

    assert form["necesidad"].value() == necesidad.clave
    assert f'value="ministerio/direccion:{calidad.pk}" selected' in str(form["responsable"])


def test_desde_una_sesion_queda_unido_a_ella(client, lider, huila):
    sesion = una_sesion("Alternancia", convocadas=[huila])
    url = f"{direccion('nuevo-compromiso')}?sesion={sesion.pk}"
    assert url in client.get(sesion.get_absolute_url()).text
    assert "41" in client.get(url).text  # primero, a qué secretaría

    pagina = client.get(f"{url}&entidad=41")
    ocultos = {campo.name: campo.value() or "" for campo in pagina.context["form"].hidden_fields()}
    client.post(
        url, {**ocultos, "entidad": "41", "texto": "Va.", "responsable": "entidad", "habiles": 5}
    )

    compromiso = Compromiso.objects.get()
    assert (compromiso.cosa_clase, compromiso.cosa_id) == ("sesion", sesion.pk)
    assert "Alternancia" in client.get(compromiso.get_absolute_url()).text


def test_corregir_sobre_una_version_vieja_lleva_a_escoger(client, lider, huila):
    compromiso = un_compromiso(huila, dependencia=una_dependencia())
    url = direccion("editar-compromiso", compromiso.clave)
    datos = {campo.name: campo.value() or "" for campo in client.get(url).context["form"]}
    datos["entidad"] = "41"
    client.post(url, {**datos, "texto": "Uno."})

    respuesta = client.post(url, {**datos, "texto": "Otro."})

    compromiso.refresh_from_db()
    assert compromiso.texto == "Uno."
    assert respuesta.url == direccion("conflicto", Envio.objects.en_conflicto().get().pk)


def test_una_secretaria_no_registra_ni_mueve(client, huila):
    compromiso = un_compromiso(huila)
    client.force_login(un_usuario(Rol.SECRETARIO, entidad=huila))

    for nombre in ("prorrogar", "cambiar-responsable", "dejar-sin-efecto", "reabrir-compromiso"):
        assert client.get(direccion(nombre, compromiso.clave)).status_code == 403
    assert client.get(direccion("nuevo-compromiso")).status_code == 403
    assert client.get(direccion("editar-compromiso", compromiso.clave)).status_code == 403


# ── Seguirlo ──────────────────────────────────────────────────────────────────────────────────


def test_la_secretaria_cierra_lo_suyo_con_un_archivo_que_se_puede_bajar(client, huila):
    compromiso = un_compromiso(huila)
    client.force_login(un_usuario(Rol.SECRETARIO, entidad=huila))

    respuesta = enviar(
        client,
        direccion("seguir-compromiso", compromiso.clave),
        compromiso=compromiso.clave,
        texto="Enviado.",
        estado="cumplido",
        archivo=SimpleUploadedFile("plan.pdf", PDF),
    )

    compromiso.refresh_from_db()
    bajada = client.get(direccion("evidencia", Evidencia.objects.get().clave))
    assert respuesta.url == compromiso.get_absolute_url()
    assert compromiso.estado == "cumplido"
    assert (b"".join(bajada.streaming_content), bajada["X-Content-Type-Options"]) == (
        PDF,
        "nosniff",
    )


def test_sin_evidencia_no_se_cierra_y_lo_escrito_sigue_ahi(client, huila):
    compromiso = un_compromiso(huila)
    client.force_login(un_usuario(Rol.SECRETARIO, entidad=huila))

    respuesta = enviar(
        client,
        direccion("seguir-compromiso", compromiso.clave),
        compromiso=compromiso.clave,
        texto="Ya lo enviamos.",
        estado="cumplido",
    )

    assert list(respuesta.context["form"].errors) == ["archivo"]
    assert "Ya lo enviamos." in respuesta.text


def test_el_enlace_a_la_biblioteca_queda_unido_al_contenido(client, lider, huila, settings):
    compromiso, guia = un_compromiso(huila), un_contenido("Guía")

    enviar(
        client,
        direccion("seguir-compromiso", compromiso.clave),
        compromiso=compromiso.clave,
        texto="Se publicó.",
        estado="cumplido",
        enlace=f"{settings.DIRECCION_DEL_PORTAL}{guia.get_absolute_url()}",
    )

    assert Evidencia.objects.get().contenido == guia


def test_la_evidencia_de_otra_secretaria_no_esta(client, lider, huila):
    compromiso = un_compromiso(huila)
    enviar(
        client,
        direccion("seguir-compromiso", compromiso.clave),
        compromiso=compromiso.clave,
        texto="Va.",
        estado="en_curso",
        archivo=SimpleUploadedFile("plan.pdf", PDF),
    )
    client.force_login(un_usuario(Rol.SECRETARIO, entidad=una_entidad()))

    assert client.get(direccion("evidencia", Evidencia.objects.get().clave)).status_code == 404


def test_la_cadena_va_del_origen_al_cierre(client, lider, huila):
    compromiso = un_compromiso(huila, contacto=un_contacto(huila, asunto="Visita de octubre"))
    paso = {"compromiso": compromiso.clave}
    ir = lambda nombre, **datos: enviar(  # noqa: E731
        client, direccion(nombre, compromiso.clave), **paso, **datos
    )

    ir("seguir-compromiso", texto="Ya casi.", estado="en_curso")
    ir("prorrogar", habiles=30, motivo="Faltó la firma.")
    ir(
        "cambiar-responsable",
        responsable=f"entidad/dependencia:{una_dependencia().pk}",
        motivo="Es de calidad.",
    )
    ir("dejar-sin-efecto", motivo="Cambió la norma.")
    ir("reabrir-compromiso", motivo="La norma se cayó.")

    pagina = client.get(compromiso.get_absolute_url())
    assert [eslabon.texto for eslabon in pagina.context["cadena"]] == [
        "Ya casi.",
        "Faltó la firma.",
        "Es de calidad.",
        "Cambió la norma.",
        "La norma se cayó.",
    ]
    assert pagina.context["origen"].titulo == "Visita de octubre"
    assert pagina.context["compromiso"].estado == "en_curso"


def test_la_secretaria_no_lee_nombres_del_ministerio(client, lider, huila):
    compromiso = un_compromiso(
        huila, lado=Lado.MINISTERIO, direccion=lider.direccion, persona=lider, creado_por=lider
    )
    enviar(
        client,
        direccion("seguir-compromiso", compromiso.clave),
        compromiso=compromiso.clave,
        texto="Va.",
        estado="en_curso",
    )
    client.force_login(un_usuario(Rol.SECRETARIO, entidad=huila))

    pagina = client.get(compromiso.get_absolute_url()).text

    assert "Va." in pagina
    assert lider.nombre not in pagina


# ── Por JSON ──────────────────────────────────────────────────────────────────────────────────


def test_un_compromiso_y_su_seguimiento_llegan_por_json_una_vez(client, lider, huila):
    clave = uuid.uuid4()
    datos = {"entidad": "41", "texto": "Enviar.", "responsable": "entidad", "habiles": 5}
    sigue = {"compromiso": str(clave), "texto": "Va.", "estado": "en_curso"}

    estados = [
        client.post(
            direccion("registros", clase),
            {"clave": str(suya), "base": 0, "datos": enviado},
            content_type="application/json",
        ).status_code
        for clase, suya, enviado in (
            ("compromiso", clave, datos),
            ("compromiso", clave, datos),
            ("compromiso", clave, {**datos, "texto": "Otro."}),
            ("seguimiento", uuid.uuid4(), sigue),
        )
    ]

    assert estados == [201, 200, 409, 201]
    assert Compromiso.objects.get().seguimientos.get().texto == "Va."
