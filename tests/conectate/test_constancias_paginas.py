"""Las páginas de las constancias: la pública, las de la sesión y la secretaría, y las propias."""

from datetime import date

import pytest
from auditlog.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from conectate.acciones.constancias import emitir_constancias, revocar_constancia
from conectate.consultas.constancias import Alcance
from conectate.models import Participacion, Sesion
from cuentas.models import Rol
from tests.fabricas import un_usuario, una_entidad, una_participacion, una_sesion
from trabajos.codigos import nuevo_codigo
from trabajos.models import Trabajo

pytestmark = pytest.mark.django_db


def una_certificada(*nombres, entidad=None, **datos):
    """Una sesión cerrada y sus constancias emitidas."""
    entidad = entidad or una_entidad("Manizales")
    sesion = una_sesion("Rutas", convocadas=[entidad], **{"estado": Sesion.Estado.CERRADA, **datos})
    for nombre in nombres:
        una_participacion(sesion, entidad, nombre=nombre)
    emitir_constancias(Alcance(Sesion.objects.filter(pk=sesion.pk)), por=un_usuario())
    return sesion


def la_de(sesion, nombre):
    return sesion.constancias.get(nombre=nombre)


def pagina(respuesta):
    return " ".join(respuesta.content.decode().split())


# ── La pública ────────────────────────────────────────────────────────────────────────────────


def test_dice_a_nombre_de_quien_que_sesion_que_fecha_y_cuanto_tiempo(client):
    sesion = una_certificada("Ana <Ñáñez> & O'Brien")

    respuesta = client.get(la_de(sesion, "Ana <Ñáñez> & O'Brien").get_absolute_url())

    dice = pagina(respuesta)
    assert "Esta constancia vale" in dice
    assert '<p class="constancia-nombre">Ana &lt;Ñáñez&gt; &amp; O&#x27;Brien</p>' in dice
    assert "<dt>Sesión</dt><dd>Rutas</dd>" in dice
    assert "<dt>Fecha</dt><dd>9 de junio de 2020</dd>" in dice
    assert "<dt>Tiempo de participación</dt><dd>1 hora</dd>" in dice


def test_de_una_persona_no_dice_ni_su_correo_ni_su_secretaria(client):
    sesion = una_certificada("Ana Inventada")
    correo = Participacion.objects.get().correo

    dice = pagina(client.get(la_de(sesion, "Ana Inventada").get_absolute_url()))

    assert [dato for dato in (correo, "Manizales") if dato in dice] == []


def test_la_de_una_secretaria_dice_cual_y_cuanto_duro_la_sesion(client):
    sesion = una_certificada("Ana Inventada")

    dice = pagina(client.get(la_de(sesion, "Manizales").get_absolute_url()))

    assert 'la Secretaría de Educación de</p> <p class="constancia-nombre">Manizales</p>' in dice
    assert "<dt>Duración de la sesión</dt><dd>2 horas</dd>" in dice


def test_el_codigo_vale_escrito_de_cualquier_manera_y_el_formulario_lleva_a_su_pagina(client):
    constancia = la_de(una_certificada("Ana Inventada"), "Ana Inventada")

    respuesta = client.get(
        reverse("conectate:verificar-constancias"),
        {"codigo": f" {constancia.codigo.lower().replace('-', ' ')} "},
    )

    assert (respuesta.status_code, respuesta.url) == (302, constancia.get_absolute_url())


@pytest.mark.parametrize("codigo", ["EVS-0000-0000-0000", "hola", "'; --", "ñ" * 200])
def test_un_codigo_que_no_existe_no_da_pistas(client, codigo):
    inexistente = client.get(reverse("conectate:verificar-constancia", args=[nuevo_codigo()]))
    malo = client.get(reverse("conectate:verificar-constancia", args=[codigo]))
    escrito = client.get(reverse("conectate:verificar-constancias"), {"codigo": codigo})

    assert {r.status_code for r in (inexistente, malo, escrito)} == {404}
    assert all("No hay una constancia con ese código." in pagina(r) for r in (malo, escrito))


def test_la_revocada_dice_cuando_y_no_a_quien_ni_por_que(client):
    sesion = una_certificada("Ana Inventada")
    constancia = la_de(sesion, "Ana Inventada")
    revocar_constancia(constancia, motivo="Beto pidió quitarla.", por=un_usuario())

    dice = pagina(client.get(constancia.get_absolute_url()))

    assert "Esta constancia no vale" in dice
    assert f"Dejó de valer el {constancia.revocada_en.day} de" in dice
    assert [dato for dato in ("Ana", "Beto", "Rutas") if dato in dice] == []


def test_no_se_indexa_ni_se_guarda(client):
    sesion = una_certificada("Ana Inventada")

    for direccion in (
        reverse("conectate:verificar-constancias"),
        la_de(sesion, "Ana Inventada").get_absolute_url(),
    ):
        respuesta = client.get(direccion)

        assert respuesta["X-Robots-Tag"] == "noindex, nofollow, noarchive"
        assert "no-store" in respuesta["Cache-Control"]
        assert '<meta name="robots" content="noindex, nofollow">' in pagina(respuesta)


def test_quien_prueba_codigos_al_azar_tiene_que_esperar_tambien_para_uno_bueno(client):
    buena = la_de(una_certificada("Ana Inventada"), "Ana Inventada").get_absolute_url()
    for _ in range(20):
        client.get(reverse("conectate:verificar-constancia", args=[nuevo_codigo()]))

    respuesta = client.get(buena)

    assert (respuesta.status_code, respuesta["Retry-After"]) == (429, "300")
    assert "Hubo demasiados intentos seguidos" in pagina(respuesta)


def test_comprobar_muchas_buenas_no_hace_esperar(client):
    buena = la_de(una_certificada("Ana Inventada"), "Ana Inventada").get_absolute_url()

    assert {client.get(buena).status_code for _ in range(40)} == {200}


def test_el_limite_es_por_direccion(client):
    buena = la_de(una_certificada("Ana Inventada"), "Ana Inventada").get_absolute_url()
    for _ in range(21):
        client.get(reverse("conectate:verificar-constancia", args=[nuevo_codigo()]))

    assert client.get(buena, REMOTE_ADDR="10.1.2.3").status_code == 200


# ── Las de una sesión ─────────────────────────────────────────────────────────────────────────


def nombres(respuesta):
    return [constancia.nombre for constancia, _ in respuesta.context["filas"]]


def test_el_ministerio_ve_todas_y_la_secretaria_las_suyas(client):
    manizales, huila = una_entidad("Manizales"), una_entidad("Huila")
    sesion = una_sesion("Rutas", convocadas=[manizales, huila], estado=Sesion.Estado.CERRADA)
    una_participacion(sesion, manizales, nombre="Ana Inventada")
    una_participacion(sesion, huila, nombre="Beto Inventado")
    emitir_constancias(Alcance(Sesion.objects.all()), por=un_usuario())

    vistas = {}
    for quien, por in [
        ("ministerio", un_usuario()),
        ("huila", un_usuario(Rol.SECRETARIO, entidad=huila)),
    ]:
        client.force_login(por)
        vistas[quien] = nombres(client.get(reverse("conectate:constancias", args=[sesion.pk])))

    assert vistas == {
        "ministerio": ["Huila", "Manizales", "Ana Inventada", "Beto Inventado"],
        "huila": ["Huila", "Beto Inventado"],
    }


def test_ver_la_lista_queda_en_la_bitacora(client):
    sesion = una_certificada("Ana Inventada")
    client.force_login(un_usuario())

    client.get(reverse("conectate:constancias", args=[sesion.pk]))

    entrada = LogEntry.objects.get(additional_data__verbo="vio una lista de personas")
    assert entrada.additional_data["detalle"] == {
        "lista": "constancias de una sesión",
        "personas": 1,
        "filtros": {"pagina": 1},
    }


def test_la_lista_avisa_de_lo_que_hoy_diria_otra_cosa(client):
    sesion = una_certificada("Ana Inventda", "Beto Inventado", "Caro Inventada", "Dina Igual")
    Participacion.objects.filter(nombre="Ana Inventda").update(nombre="Ana Inventada")
    Participacion.objects.filter(nombre="Beto Inventado").update(cuenta=False)
    Participacion.objects.filter(nombre="Caro Inventada").update(minutos=10)
    client.force_login(un_usuario())

    respuesta = client.get(reverse("conectate:constancias", args=[sesion.pk]))

    assert {c.nombre: cambio for c, cambio in respuesta.context["filas"]} == {
        "Manizales": None,
        "Ana Inventda": "Hoy diría «Ana Inventada».",
        "Beto Inventado": "Con la asistencia de hoy no le corresponde.",
        "Caro Inventada": "El tiempo cambió.",
        "Dina Igual": None,
    }


@pytest.mark.parametrize("rol", [Rol.EQUIPO_MEN, Rol.SECRETARIO])
def test_la_lista_hace_las_mismas_consultas_con_una_persona_que_con_tres(client, rol):
    manizales = una_entidad("Manizales")
    client.force_login(un_usuario(rol, entidad=manizales if rol == Rol.SECRETARIO else None))
    client.get(reverse("conectate:mis-constancias"))  # la primera página carga más
    consultas = []
    for gente in (["Ana Una"], ["Ana Una", "Beto Dos", "Caro Tres"]):
        sesion = una_certificada(*gente, entidad=manizales)
        with CaptureQueriesContext(connection) as hechas:
            client.get(reverse("conectate:constancias", args=[sesion.pk]))
        consultas.append(len(hechas))

    assert consultas[0] == consultas[1]


def test_la_lista_larga_va_por_paginas(client):
    sesion = una_certificada(*(f"Persona {letra}" for letra in "ABCDEFGHIJ" * 6))
    client.force_login(un_usuario())

    respuesta = client.get(reverse("conectate:constancias", args=[sesion.pk]), {"page": 2})

    assert len(nombres(respuesta)) == 11


def test_de_una_abierta_no_se_piden(client):
    sesion = una_sesion(convocadas=[una_entidad()])
    client.force_login(un_usuario())

    respuesta = client.post(
        reverse("conectate:descargar-constancias", args=[sesion.pk]), follow=True
    )

    assert "Las constancias se emiten cuando la sesión se cierra." in pagina(respuesta)
    assert not Trabajo.objects.exists()


def test_revocar_desde_la_pagina_pide_el_motivo(client):
    constancia = la_de(una_certificada("Ana Inventada"), "Ana Inventada")
    client.force_login(un_usuario())
    direccion = reverse("conectate:revocar-constancia", args=[constancia.codigo])

    sin_motivo = client.post(direccion, {"motivo": " "})
    con_motivo = client.post(direccion, {"motivo": "No estuvo."})
    otra_vez = client.post(direccion, {"motivo": "No estuvo."}, follow=True)

    constancia.refresh_from_db()
    assert (sin_motivo.status_code, con_motivo.status_code, constancia.motivo) == (
        200,
        302,
        "No estuvo.",
    )
    assert "Esa constancia ya está revocada." in pagina(otra_vez)


def test_volver_a_emitir_desde_la_pagina_dice_lo_que_dira_y_da_otro_codigo(client):
    sesion = una_certificada("Ana Inventda")
    Participacion.objects.update(nombre="Ana Inventada")
    vieja = la_de(sesion, "Ana Inventda")
    client.force_login(un_usuario())
    direccion = reverse("conectate:volver-a-emitir-constancia", args=[vieja.codigo])

    antes = pagina(client.get(direccion))
    despues = client.post(direccion, {"motivo": "Faltaba una letra."}, follow=True)

    nueva = la_de(sesion, "Ana Inventada")
    assert "<dd>Ana Inventada, 1" in antes
    assert f"Se emitió con el código {nueva.codigo}; la anterior ya no vale." in pagina(despues)


def test_lo_que_la_accion_no_admite_se_dice_en_el_formulario(client):
    constancia = la_de(una_certificada("Ana Inventada"), "Ana Inventada")
    Participacion.objects.update(cuenta=False)
    client.force_login(un_usuario())

    respuesta = client.post(
        reverse("conectate:volver-a-emitir-constancia", args=[constancia.codigo]),
        {"motivo": "Cambió."},
    )

    assert "Con la asistencia de hoy no le corresponde constancia." in pagina(respuesta)


def test_una_secretaria_no_alcanza_las_de_otra_ni_en_una_sesion_publica(client):
    manizales, huila = una_entidad("Manizales"), una_entidad("Huila")
    sesion = una_certificada("Ana Inventada", entidad=manizales, audiencia="comunidad")
    client.force_login(un_usuario(Rol.SECRETARIO, entidad=huila))

    lista = client.get(reverse("conectate:constancias", args=[sesion.pk]))
    de_entidad = client.get(
        reverse("conectate:constancias-de-entidad", args=[2020, manizales.codigo_dane])
    )
    revocar = client.get(
        reverse("conectate:revocar-constancia", args=[la_de(sesion, "Ana Inventada").codigo])
    )

    assert (nombres(lista), de_entidad.status_code, revocar.status_code) == ([], 404, 404)


# ── Las de una secretaría y las propias ───────────────────────────────────────────────────────


def test_la_secretaria_ve_cuantas_puede_bajar_de_cada_sesion(client):
    manizales = una_entidad("Manizales")
    una_certificada("Ana Inventada", "Beto Inventado", entidad=manizales)
    una_sesion("Faltó", convocadas=[manizales], estado=Sesion.Estado.CERRADA)
    abierta = una_sesion("Abierta", convocadas=[manizales])
    una_participacion(abierta, manizales)
    client.force_login(un_usuario(Rol.SECRETARIO, entidad=manizales))

    respuesta = client.get(
        reverse("conectate:constancias-de-entidad", args=[2020, manizales.codigo_dane])
    )

    assert [(f.sesion.titulo, f.estuvo, f.personas) for f in respuesta.context["filas"]] == [
        ("Rutas", True, 2)
    ]
    assert "la de la secretaría y 2 de personas" in pagina(respuesta)


def test_la_pagina_de_la_secretaria_hace_las_mismas_consultas_con_una_sesion_que_con_tres(client):
    manizales = una_entidad("Manizales")
    client.force_login(un_usuario(Rol.SECRETARIO, entidad=manizales))
    client.get(reverse("conectate:mis-constancias"))  # la primera página carga más
    consultas = []
    for mes in (2, 3, 4):
        una_certificada("Ana Inventada", entidad=manizales, fecha=date(2020, mes, 4))
        with CaptureQueriesContext(connection) as hechas:
            client.get(
                reverse("conectate:constancias-de-entidad", args=[2020, manizales.codigo_dane])
            )
        consultas.append(len(hechas))

    assert consultas[0] == consultas[2]


def test_en_mis_constancias_salen_solo_las_de_su_correo(client):
    manizales = una_entidad("Manizales")
    ana = un_usuario(Rol.EQUIPO_SECRETARIA, entidad=manizales, email="ana@ejemplo.test")
    suya = una_certificada("Beto Inventado", entidad=manizales)
    una_participacion(suya, manizales, correo="ana@ejemplo.test")
    ajena = una_certificada("Beto Inventado", entidad=manizales, fecha=date(2020, 7, 1))
    client.force_login(ana)

    lista = client.get(reverse("conectate:mis-constancias"))
    propia = client.post(reverse("conectate:pedir-mi-constancia", args=[suya.pk]))
    de_otro = client.post(reverse("conectate:pedir-mi-constancia", args=[ajena.pk]))

    assert list(lista.context["pagina"]) == [suya]
    assert (propia.status_code, de_otro.status_code) == (302, 404)


def test_el_archivo_es_solo_de_quien_lo_pidio(client):
    manizales = una_entidad("Manizales")
    sesion = una_certificada("Ana Inventada", entidad=manizales)
    una, otra = (un_usuario(Rol.EQUIPO_SECRETARIA, entidad=manizales) for _ in range(2))
    client.force_login(una)
    pedido = client.post(reverse("conectate:descargar-constancias", args=[sesion.pk])).url

    client.force_login(otra)

    assert client.get(pedido).status_code == 404
