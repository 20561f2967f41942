"""Lo que le puede pasar a una sesión, y lo que no."""

from datetime import date, timedelta

import pytest
from auditlog.models import LogEntry
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils import timezone

from conectate.acciones.cierre import cerrar_sesion
from conectate.acciones.sesiones import (
    PASOS,
    advertencias,
    cambiar_estado,
    crear_sesion,
    editar_sesion,
    marcar_realizada,
    pasos_de,
    quitar_aforo,
    registrar_aforo,
)
from conectate.acciones.tipos import TIPOS, cargar_tipos_sesion
from conectate.models import Constancia, Sesion, TipoSesion
from tests.conectate.archivos import de_zoom, importar
from tests.fabricas import (
    un_tema,
    un_tipo,
    un_usuario,
    una_asistencia,
    una_entidad,
    una_participacion,
    una_sesion,
)

pytestmark = pytest.mark.django_db

BORRADOR, CONVOCADA, REALIZADA, CERRADA, CANCELADA = (
    Sesion.Estado.BORRADOR,
    Sesion.Estado.CONVOCADA,
    Sesion.Estado.REALIZADA,
    Sesion.Estado.CERRADA,
    Sesion.Estado.CANCELADA,
)


def convocadas(sesion):
    return sorted(sesion.convocadas.values_list("nombre", flat=True))


def verbos(sesion):
    entradas = LogEntry.objects.filter(object_pk=str(sesion.pk), additional_data__isnull=False)
    return [entrada.additional_data["verbo"] for entrada in entradas.order_by("pk")]


def lo_que_impide(funcion, **datos):
    with pytest.raises(ValidationError) as error:
        funcion(**datos)
    return error.value.code


# ── Tipos ─────────────────────────────────────────────────────────────────────────────────────


def test_los_tipos_se_cargan_una_vez_y_cada_uno_trae_su_regla(capsys):
    call_command("cargar_tipos_sesion")
    call_command("cargar_tipos_sesion")

    assert capsys.readouterr().out.splitlines() == [
        "Tipos de sesión: 6 nuevos.",
        "Tipos de sesión: 0 nuevos.",
    ]
    cuentan = TipoSesion.objects.filter(conteo="sesion").values_list("clave", flat=True)
    assert list(cuentan) == ["informativa", "dialogo", "orientacion"]


def test_cargar_los_tipos_respeta_lo_que_cambio_quien_administra():
    cargar_tipos_sesion()
    TipoSesion.objects.filter(clave="taller").update(conteo="sesion", nombre="Taller nacional")

    cargar_tipos_sesion()

    assert TipoSesion.objects.get(clave="taller").nombre == "Taller nacional"
    assert TipoSesion.objects.count() == len(TIPOS)


# ── Crear y editar ────────────────────────────────────────────────────────────────────────────


def test_una_sesion_convoca_a_todas_las_vigentes_en_su_fecha():
    una_entidad("Huila")
    una_entidad("La Estrella", desde=date(2023, 1, 1))

    sesion = crear_sesion(
        por=un_usuario(), titulo="Inicio", tipo=un_tipo(), fecha=date(2020, 2, 4), estado=REALIZADA
    )

    assert convocadas(sesion) == ["Huila"]
    assert verbos(sesion) == ["creó la sesión"]


def test_crear_una_sesion_guarda_sus_temas_y_a_quien_la_creo():
    por, tema = un_usuario(), un_tema("Ruralidad")

    sesion = crear_sesion(
        por=por, titulo="Rutas", tipo=un_tipo(), fecha=date(2020, 3, 3), temas=[tema]
    )

    assert (sesion.creado_por, list(sesion.temas.all()), sesion.estado) == (por, [tema], BORRADOR)


def test_no_se_convoca_a_quien_no_estaba_certificada_en_la_fecha():
    nueva = una_entidad("La Estrella", desde=date(2023, 1, 1))

    codigo = lo_que_impide(
        crear_sesion,
        por=un_usuario(),
        titulo="Inicio",
        tipo=un_tipo(),
        fecha=date(2020, 2, 4),
        convocadas=[nueva],
    )

    assert (codigo, Sesion.objects.count()) == ("entidad_no_vigente", 0)


def test_una_sesion_por_venir_no_se_crea_realizada():
    mañana = timezone.localdate() + timedelta(days=1)

    codigo = lo_que_impide(
        crear_sesion, por=un_usuario(), titulo="X", tipo=un_tipo(), fecha=mañana, estado=REALIZADA
    )

    assert codigo == "sesion_futura"


def test_cambiar_la_fecha_vuelve_a_proponer_las_convocadas():
    una_entidad("Huila")
    una_entidad("La Estrella", desde=date(2023, 1, 1))
    por = un_usuario()
    sesion = crear_sesion(por=por, titulo="Inicio", tipo=un_tipo(), fecha=date(2020, 2, 4))

    editar_sesion(sesion=sesion, por=por, temas=[], fecha=date(2024, 2, 4))

    assert convocadas(sesion) == ["Huila", "La Estrella"]


def test_editar_conserva_la_fila_de_quien_sigue_convocada():
    huila, meta, cauca = una_entidad("Huila"), una_entidad("Meta"), una_entidad("Cauca")
    sesion = una_sesion(convocadas=[huila, meta])
    fila = sesion.convocatorias.get(entidad=huila)

    editar_sesion(sesion=sesion, por=un_usuario(), temas=[], convocadas=[huila, cauca])

    assert convocadas(sesion) == ["Cauca", "Huila"]
    assert sesion.convocatorias.get(entidad=huila) == fila


@pytest.mark.parametrize("estado", [CERRADA, CANCELADA])
def test_una_sesion_cerrada_o_cancelada_no_se_edita_sin_reabrirla(estado):
    sesion = una_sesion(estado=estado)

    codigo = lo_que_impide(editar_sesion, sesion=sesion, por=un_usuario(), temas=[], titulo="Otro")

    assert codigo == "sesion_no_editable"


def test_editar_no_cambia_el_estado_que_otra_persona_puso_mientras_tanto():
    huila = una_entidad("Huila")
    sesion = una_sesion(estado=CONVOCADA, convocadas=[huila])
    Sesion.objects.filter(pk=sesion.pk).update(estado=REALIZADA)

    editar_sesion(
        sesion=sesion, por=un_usuario(), temas=[], convocadas=[huila], titulo="Otro título"
    )

    sesion.refresh_from_db()
    assert (sesion.estado, sesion.titulo) == (REALIZADA, "Otro título")


# ── Estados ───────────────────────────────────────────────────────────────────────────────────


def test_el_camino_entero_de_una_sesion_queda_en_la_bitacora():
    por = un_usuario()
    sesion = una_sesion(estado=BORRADOR, convocadas=[una_entidad()])

    for estado in (CONVOCADA, REALIZADA):
        cambiar_estado(sesion=sesion, a=estado, por=por)
    cerrar_sesion(sesion=sesion, por=por)

    sesion.refresh_from_db()
    assert sesion.estado == CERRADA
    assert verbos(sesion) == [
        "convocó la sesión",
        "marcó la sesión como realizada",
        "cerró la sesión",
    ]


@pytest.mark.parametrize(
    ("desde", "a"),
    [(desde, a) for desde in Sesion.Estado for a in Sesion.Estado if a not in PASOS[desde]],
)
def test_los_saltos_que_no_estan_en_el_camino_no_se_dan(desde, a):
    sesion = una_sesion(estado=desde, convocadas=[una_entidad()])

    codigo = lo_que_impide(
        cambiar_estado, sesion=sesion, a=a, por=un_usuario("administracion"), motivo="prueba"
    )

    assert codigo == "paso_imposible"


def test_no_se_convoca_una_sesion_sin_convocadas():
    sesion = una_sesion(estado=BORRADOR)

    assert lo_que_impide(cambiar_estado, sesion=sesion, a=CONVOCADA, por=un_usuario()) == (
        "sin_convocadas"
    )


def test_lo_que_no_ha_ocurrido_no_se_da_por_realizado():
    sesion = una_sesion(estado=CONVOCADA, fecha=timezone.localdate() + timedelta(days=1))

    assert lo_que_impide(cambiar_estado, sesion=sesion, a=REALIZADA, por=un_usuario()) == (
        "sesion_futura"
    )


def test_cancelar_y_reabrir_piden_un_motivo_que_queda_escrito():
    por = un_usuario()
    sesion = una_sesion(estado=CONVOCADA, convocadas=[una_entidad()])

    sin_motivo = lo_que_impide(cambiar_estado, sesion=sesion, a=CANCELADA, por=por, motivo="  ")
    cambiar_estado(sesion=sesion, a=CANCELADA, por=por, motivo="Se aplazó por el paro.")

    entrada = LogEntry.objects.filter(additional_data__verbo="canceló la sesión").get()
    assert sin_motivo == "falta_motivo"
    assert entrada.additional_data["detalle"] == {"motivo": "Se aplazó por el paro."}
    assert entrada.changes == {"estado": ["convocada", "cancelada"]}


@pytest.mark.parametrize(("rol", "puede"), [("equipo_men", True), ("profesional", False)])
def test_reabrir_es_del_equipo_del_men(rol, puede):
    sesion, por = una_sesion(estado=CERRADA), un_usuario(rol)

    assert bool(pasos_de(sesion, por)) is puede
    if puede:
        cambiar_estado(sesion=sesion, a=REALIZADA, por=por, motivo="Faltaba un archivo.")
        assert verbos(sesion) == ["reabrió la sesión"]
    else:
        codigo = lo_que_impide(
            cambiar_estado, sesion=sesion, a=REALIZADA, por=por, motivo="Faltaba un archivo."
        )
        assert codigo == "no_puede_reabrir"


def test_una_sesion_con_asistencia_no_se_cancela():
    sesion = una_sesion()
    una_participacion(sesion)

    codigo = lo_que_impide(
        cambiar_estado, sesion=sesion, a=CANCELADA, por=un_usuario(), motivo="Error"
    )

    assert codigo == "tiene_asistencia"


@pytest.mark.parametrize("a", [CONVOCADA, CANCELADA])
def test_realizada_con_presentes_sin_lista_no_se_cancela_ni_vuelve_atras(a):
    huila = una_entidad()
    sesion = una_sesion(convocadas=[huila])
    una_asistencia(sesion, huila, registro="presente")

    codigo = lo_que_impide(cambiar_estado, sesion=sesion, a=a, por=un_usuario(), motivo="Error")

    assert codigo == "tiene_asistencia"


def test_lo_que_se_aplaza_en_plena_ventana_se_cancela_aunque_alguien_se_declarara():
    huila = una_entidad()
    sesion = una_sesion(estado=CONVOCADA, convocadas=[huila])
    una_asistencia(sesion, huila, ventana_en=timezone.now())

    cambiar_estado(sesion=sesion, a=CANCELADA, por=un_usuario(), motivo="Se cayó la plataforma.")

    assert Sesion.objects.get().estado == CANCELADA


def test_con_constancias_que_valen_no_se_cancela():
    huila = una_entidad()
    sesion = una_sesion(convocadas=[huila])
    Constancia.objects.create(codigo="EVS-1", sesion=sesion, entidad=huila, nombre="Huila")

    codigo = lo_que_impide(
        cambiar_estado, sesion=sesion, a=CANCELADA, por=un_usuario(), motivo="Error"
    )

    assert codigo == "tiene_constancias"


def test_con_secretarias_presentes_la_fecha_no_se_mueve_al_futuro():
    huila = una_entidad()
    sesion = una_sesion(estado=CONVOCADA, convocadas=[huila])
    una_asistencia(sesion, huila, ventana_en=timezone.now())
    sesion.fecha = timezone.localdate() + timedelta(days=7)

    codigo = lo_que_impide(editar_sesion, sesion=sesion, por=un_usuario(), temas=[])

    assert codigo == "tiene_asistencia"


def test_volver_a_convocada_no_advierte_nada():
    assert advertencias(una_sesion(), CONVOCADA) == []


@pytest.mark.parametrize(
    ("estado", "queda", "cambio"),
    [
        (BORRADOR, REALIZADA, True),
        (CONVOCADA, REALIZADA, True),
        (REALIZADA, REALIZADA, False),
        (CERRADA, CERRADA, False),
    ],
)
def test_con_asistencia_confirmada_la_sesion_queda_realizada(estado, queda, cambio):
    sesion = una_sesion(estado=estado)

    assert (marcar_realizada(sesion=sesion, por=un_usuario()), sesion.estado) == (cambio, queda)


def test_confirmar_un_archivo_deja_realizada_la_sesion_que_estaba_convocada():
    sesion = una_sesion(estado=CONVOCADA, convocadas=[una_entidad()])

    importar(sesion, de_zoom(("Ana Inventada", "", "09:00", "10:00")))

    sesion.refresh_from_db()
    assert sesion.estado == REALIZADA


# ── Aforo ─────────────────────────────────────────────────────────────────────────────────────


def test_otro_aforo_de_la_misma_fuente_corrige_y_no_se_suma():
    sesion, por = una_sesion(), un_usuario()

    for personas, fuente in ((400, "YouTube"), (489, " youtube "), (30, "Facebook")):
        registrar_aforo(sesion=sesion, personas=personas, fuente=fuente, por=por)

    assert list(sesion.aforos.values_list("fuente", "personas")) == [
        ("youtube", 489),
        ("Facebook", 30),
    ]


def test_el_aforo_de_una_sesion_cerrada_no_se_toca():
    sesion, por = una_sesion(), un_usuario()
    aforo = registrar_aforo(sesion=sesion, personas=489, fuente="YouTube", por=por)
    cerrar_sesion(sesion=sesion, por=por)
    aforo.refresh_from_db()

    codigos = [
        lo_que_impide(registrar_aforo, sesion=sesion, personas=1, fuente="YouTube", por=por),
        lo_que_impide(quitar_aforo, aforo=aforo, por=por),
    ]

    assert codigos == ["sesion_cerrada", "sesion_cerrada"]
