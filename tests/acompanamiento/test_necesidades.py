"""La vida de una necesidad: quién la pide, de mano en mano, y con qué se atiende."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from acompanamiento.acciones import necesidades as acciones
from acompanamiento.acciones.necesidades import Cosa, registrar_necesidad
from acompanamiento.models import Envio, Necesidad, PasoDeNecesidad
from cuentas.models import Rol
from tests.fabricas import un_usuario, una_direccion, una_entidad, una_sesion
from tests.fabricas_de_acompanamiento import (
    un_contacto,
    una_actividad,
    una_necesidad,
)
from tests.fabricas_de_contenidos import un_contenido

pytestmark = pytest.mark.django_db


def registrar(entidad, *, por, clave=None, base=0, **datos):
    return registrar_necesidad(
        clave=clave or uuid.uuid4(),
        base=base,
        datos={"entidad": entidad, "texto": "Revisar el SIMAT", "prioridad": 1, **datos},
        por=por,
    )


def como_esta(necesidad):
    necesidad.refresh_from_db()
    return necesidad.estado, necesidad.turno, necesidad.direccion


def codigo_de(accion, **datos):
    with pytest.raises(ValidationError) as error:
        accion(**datos)
    return getattr(error.value, "code", None) or next(iter(error.value.error_dict))


# ── Registrarla ───────────────────────────────────────────────────────────────────────────────


def test_la_que_pide_una_secretaria_espera_a_su_grupo():
    huila = una_entidad("Huila")
    secretaria = un_usuario(Rol.SECRETARIO, entidad=huila)

    necesidad = registrar(huila, por=secretaria).objeto

    assert (necesidad.origen, necesidad.turno) == ("pedida", "grupo")
    assert [paso.clase for paso in necesidad.pasos.all()] == ["registrada"]


def test_la_que_se_nota_en_una_visita_puede_ir_de_una_vez_a_una_direccion():
    calidad, contacto = una_direccion("Calidad"), un_contacto()

    necesidad = registrar(
        contacto.entidad,
        por=un_usuario(),
        origen="observada",
        contacto=contacto,
        direccion=calidad,
    ).objeto

    assert como_esta(necesidad) == ("abierta", "direccion", calidad)
    assert list(contacto.necesidades.all()) == [necesidad]


def test_un_doble_clic_registra_una():
    huila, clave = una_entidad("Huila"), uuid.uuid4()
    persona = un_usuario(Rol.SECRETARIO, entidad=huila)

    recibos = [registrar(huila, por=persona, clave=clave) for _ in range(2)]

    assert [recibo.es_repetido for recibo in recibos] == [False, True]
    assert (Necesidad.objects.count(), PasoDeNecesidad.objects.count()) == (1, 1)


def test_una_secretaria_no_pide_por_otra():
    persona = un_usuario(Rol.SECRETARIO)

    assert codigo_de(registrar, entidad=una_entidad(), por=persona) == "entidad"


def test_una_entidad_que_cerro_no_recibe_necesidades_nuevas_y_conserva_las_de_antes():
    ayer = timezone.localdate() - timedelta(days=1)
    cerrada = una_entidad(hasta=ayer)
    anterior = una_necesidad(cerrada)

    assert codigo_de(registrar, entidad=cerrada, por=un_usuario(), origen="pedida") == "entidad"
    assert list(Necesidad.objects.visibles_para(un_usuario())) == [anterior]


def test_un_contacto_con_otra_secretaria_no_es_su_origen():
    datos = {"contacto": un_contacto(), "origen": "observada", "por": un_usuario()}

    assert codigo_de(registrar, entidad=una_entidad(), **datos) == "contacto"


def test_corregirla_sube_la_version_y_una_base_vieja_queda_en_espera():
    necesidad, persona = una_necesidad(), un_usuario()
    entidad = necesidad.entidad

    bien, tarde = (
        registrar(entidad, por=persona, clave=necesidad.clave, base=1, texto=texto)
        for texto in ("Matrícula", "Cobertura")
    )

    assert (bien.hay_conflicto, tarde.hay_conflicto) == (False, True)
    assert (Necesidad.objects.get().texto, Necesidad.objects.get().version) == ("Matrícula", 2)
    assert Envio.objects.en_conflicto().get().cuerpo["texto"] == "Cobertura"


def test_una_cerrada_no_se_corrige():
    cerrada = una_necesidad(estado="atendida", turno="nadie")

    assert (
        codigo_de(registrar, entidad=cerrada.entidad, por=un_usuario(), clave=cerrada.clave, base=1)
        == "necesidad_cerrada"
    )


# ── De mano en mano ───────────────────────────────────────────────────────────────────────────


def test_va_de_mano_en_mano_y_cada_vuelta_queda(time_machine):
    persona = un_usuario()
    necesidad = una_necesidad()
    secretaria = un_usuario(Rol.SECRETARIO, entidad=necesidad.entidad)
    calidad, cobertura = una_direccion("Calidad"), una_direccion("Cobertura")
    pasos = [
        (acciones.dirigir, {"direccion": calidad, "por": persona}),
        (acciones.trasladar, {"direccion": cobertura, "texto": "Es suyo", "por": persona}),
        (acciones.preguntar, {"texto": "¿Cuántas sedes?", "por": persona}),
        (acciones.responder, {"texto": "Doce", "por": secretaria}),
        (acciones.no_procede, {"texto": "Ya estaba", "por": persona}),
        (acciones.reabrir, {"texto": "Falta una", "por": secretaria}),
    ]

    estados = []
    for accion, datos in pasos:
        accion(necesidad=necesidad, **datos)
        estados.append(como_esta(necesidad))

    assert estados == [
        ("abierta", "direccion", calidad),
        ("abierta", "direccion", cobertura),
        ("abierta", "entidad", cobertura),
        ("abierta", "direccion", cobertura),
        ("no_procede", "nadie", cobertura),
        ("abierta", "direccion", cobertura),
    ]
    assert [(p.clase, p.de, p.a) for p in necesidad.pasos.all()][:2] == [
        ("dirigida", None, calidad),
        ("trasladada", calidad, cobertura),
    ]


def test_la_espera_se_cuenta_desde_que_cambio_de_manos(time_machine):
    time_machine.move_to("2026-03-02T10:00:00-05:00", tick=False)
    necesidad = una_necesidad()
    time_machine.move_to("2026-03-09T10:00:00-05:00", tick=False)

    acciones.dirigir(necesidad=necesidad, direccion=una_direccion(), por=un_usuario())

    necesidad.refresh_from_db()
    assert necesidad.turno_desde == timezone.now()


def test_trasladarla_mientras_responde_la_secretaria_no_le_quita_la_pregunta():
    necesidad, persona = una_necesidad(), un_usuario()
    acciones.preguntar(necesidad=necesidad, texto="¿Cuál?", por=persona)

    acciones.dirigir(necesidad=necesidad, direccion=una_direccion(), por=persona)

    assert como_esta(necesidad)[1] == "entidad"


def test_un_doble_clic_da_un_solo_paso():
    necesidad, clave, persona = una_necesidad(), uuid.uuid4(), un_usuario()

    for _ in range(2):
        acciones.preguntar(necesidad=necesidad, texto="¿Cuál?", clave=clave, por=persona)

    assert necesidad.pasos.count() == 1


def test_la_misma_clave_con_otro_texto_lo_dice_y_queda_lo_primero():
    necesidad, clave, persona = una_necesidad(), uuid.uuid4(), un_usuario()
    acciones.preguntar(necesidad=necesidad, texto="¿Cuál?", clave=clave, por=persona)

    codigo = codigo_de(
        acciones.preguntar, necesidad=necesidad, texto="¿Cuántas?", clave=clave, por=persona
    )

    assert (codigo, necesidad.pasos.get().texto) == ("paso_ya_dado", "¿Cuál?")


def test_si_otro_dio_un_paso_mientras_tanto_se_avisa_antes_de_seguir():
    necesidad, persona = una_necesidad(), un_usuario()
    visto = necesidad.pasos.create(clase="registrada").pk
    acciones.dirigir(necesidad=necesidad, direccion=una_direccion("Calidad"), por=persona)

    datos = {"necesidad": necesidad, "texto": "¿Cuál?", "por": persona}

    assert codigo_de(acciones.preguntar, visto=visto, **datos) == "necesidad_cambio"
    acciones.preguntar(**datos, visto=necesidad.pasos.last().pk)
    assert como_esta(necesidad)[1] == "entidad"


@pytest.mark.parametrize(
    ("accion", "datos", "codigo"),
    [
        (acciones.trasladar, {"texto": "x"}, "sin_dirigir"),
        (acciones.responder, {"texto": "x"}, "no_le_toca"),
        (acciones.reabrir, {"texto": "x"}, "ya_abierta"),
        (acciones.preguntar, {"texto": " "}, "texto"),
        (acciones.no_procede, {"texto": ""}, "texto"),
        (acciones.atender, {"respuestas": []}, "sin_respuesta"),
    ],
    ids=lambda algo: getattr(algo, "__name__", None),
)
def test_un_paso_que_no_toca_dice_por_que(accion, datos, codigo):
    if accion is acciones.trasladar:
        datos = {**datos, "direccion": una_direccion()}

    dicho = codigo_de(accion, necesidad=una_necesidad(), por=un_usuario(), **datos)

    assert dicho == codigo


def test_no_se_responde_lo_que_nadie_pregunto():
    necesidad = una_necesidad()
    secretaria = un_usuario(Rol.SECRETARIO, entidad=necesidad.entidad)

    codigo = codigo_de(acciones.responder, necesidad=necesidad, texto="Doce", por=secretaria)

    assert codigo == "sin_pregunta"


def test_trasladarla_a_donde_ya_esta_no_es_un_traslado():
    calidad = una_direccion("Calidad")
    necesidad = una_necesidad(direccion=calidad, turno="direccion")
    datos = {"necesidad": necesidad, "direccion": calidad, "por": un_usuario()}

    assert codigo_de(acciones.trasladar, texto="x", **datos) == "direccion"
    assert codigo_de(acciones.dirigir, **datos) == "ya_dirigida"


# ── Atenderla ─────────────────────────────────────────────────────────────────────────────────


def test_se_atiende_con_un_contacto_un_taller_un_contenido_o_una_sesion():
    necesidad = una_necesidad()
    contacto = un_contacto(necesidad.entidad)
    taller = una_actividad(entidades=[necesidad.entidad])
    contenido, sesion = un_contenido(), una_sesion()

    acciones.atender(
        necesidad=necesidad,
        respuestas=[contacto, taller, contenido, Cosa("sesion", sesion.pk)],
        por=un_usuario(),
    )

    assert como_esta(necesidad)[:2] == ("atendida", "nadie")
    assert [
        (r.contacto, r.actividad, r.contenido, r.cosa_clase, r.cosa_id)
        for r in necesidad.respuestas.all()
    ] == [
        (contacto, None, None, "", None),
        (None, taller, None, "", None),
        (None, None, contenido, "", None),
        (None, None, None, "sesion", sesion.pk),
    ]


def test_no_sirve_lo_que_no_fue_con_ella_ni_lo_que_no_ha_ocurrido():
    necesidad, entidad = (n := una_necesidad()), n.entidad
    no_sirven = {
        "contacto": [un_contacto(), un_contacto(entidad, estado="programado")],
        "actividad": [una_actividad(), una_actividad(entidades=[entidad], estado="programada")],
        "contenido": [un_contenido(estado="borrador")],
        "sesion": [Cosa("sesion", 9_999), Cosa("no_hay", 1)],
    }

    dichos = {
        campo: {
            codigo_de(acciones.atender, necesidad=necesidad, respuestas=[una], por=un_usuario())
            for una in malas
        }
        for campo, malas in no_sirven.items()
    }

    assert dichos == {campo: {campo} for campo in no_sirven}
    assert necesidad.respuestas.count() == 0
