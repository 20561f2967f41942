"""Los programas: lo que publicó la fuente junto a lo registrado, y a quiénes llegó cada uno."""

import uuid
from datetime import date
from io import BytesIO, StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from acompanamiento.acciones.programas import registrar_programa
from acompanamiento.consultas.programas import al_lado, cobertura_de
from acompanamiento.forms.programas import ProgramaForm
from acompanamiento.models import Actividad, CifraReportada, Envio, Programa
from cuentas.models import Rol
from tests.fabricas import un_tema, un_usuario, una_entidad
from tests.fabricas_de_acompanamiento import (
    un_producto,
    un_programa,
    un_tipo_de_actividad,
    una_actividad,
    una_cifra,
)

pytestmark = pytest.mark.django_db

Calculo = CifraReportada.Calculo


def lo_calculado(programa, calculo, **datos):
    una_cifra(programa, calculo=calculo, **datos)
    una = al_lado([programa])[programa.pk][-1]
    return una.calculado


# ── Lo reportado al lado de lo calculado ──────────────────────────────────────────────────────


def test_sin_registros_no_hay_con_que_comparar_y_no_es_cero():
    programa = un_programa()
    una_cifra(programa, valor=10)

    [una] = al_lado([programa])[programa.pk]

    assert una.calculado is None
    assert not una.difieren


def test_cada_medida_se_compara_con_lo_suyo():
    programa, huila, meta = un_programa(), una_entidad("Huila"), una_entidad("Meta")
    taller = una_actividad(programa, entidades=[huila, meta], personas=30)
    una_actividad(programa, entidades=[huila], alcance="individual", personas=5)
    un_producto(taller, huila, clase="plan")
    un_producto(taller, huila, clase="experiencia")
    un_producto(taller, huila, clase="experiencia")

    calculadas = {
        calculo: lo_calculado(programa, calculo, orden=orden)
        for orden, calculo in enumerate(Calculo, 1)
    }

    assert calculadas == {
        Calculo.ACTIVIDADES: 2,
        Calculo.GRUPALES: 1,
        Calculo.INDIVIDUALES: 1,
        Calculo.ENTIDADES: 2,
        Calculo.PERSONAS: 35,
        Calculo.PLANES: 1,
        Calculo.EXPERIENCIAS: 2,
        Calculo.ENTIDADES_CON_EXPERIENCIA: 1,
    }


def test_una_cifra_de_un_tipo_solo_cuenta_ese_tipo():
    programa, webinar = un_programa(), un_tipo_de_actividad("webinar")
    una_actividad(programa)
    una_actividad(programa, tipo=webinar)

    assert lo_calculado(programa, Calculo.ACTIVIDADES, tipo=webinar) == 1


def test_lo_programado_y_lo_cancelado_no_cuentan():
    programa, huila = un_programa(), una_entidad("Huila")
    una_actividad(programa, estado=Actividad.Estado.PROGRAMADA, entidades=[huila])
    una_actividad(programa, estado=Actividad.Estado.CANCELADA, entidades=[huila])

    assert lo_calculado(programa, Calculo.ACTIVIDADES) is None
    assert cobertura_de(programa).x == 0


def test_sin_total_las_personas_son_las_de_sus_secretarias_y_se_dice_cuantas_faltan():
    programa = un_programa()
    contada = una_actividad(programa, entidades=[una_entidad(), una_entidad()])
    contada.coberturas.update(personas=6)
    una_actividad(programa, entidades=[una_entidad()])
    una_cifra(programa, calculo=Calculo.PERSONAS)

    [una] = al_lado([programa])[programa.pk]

    assert (una.calculado, una.sin_contar) == (12, 1)


@pytest.mark.parametrize(
    ("calificador", "valor", "difieren"),
    [("exacto", 2, False), ("exacto", 3, True), ("mas_de", 1, False), ("mas_de", 2, True)],
)
def test_se_dice_si_lo_registrado_no_coincide_con_lo_publicado(calificador, valor, difieren):
    programa = un_programa()
    una_actividad(programa)
    una_actividad(programa)
    una_cifra(programa, valor=valor, calificador=calificador)

    [una] = al_lado([programa])[programa.pk]

    assert una.difieren is difieren


# ── x de N, entidad por entidad ───────────────────────────────────────────────────────────────


def test_la_cobertura_dice_cuales_faltan_de_las_que_habia_al_terminar():
    huila, meta = una_entidad("Huila"), una_entidad("Meta")
    una_entidad("La de después", desde=date(2023, 1, 1))
    programa = un_programa(hasta=date(2020, 10, 14))
    una_actividad(programa, entidades=[huila])
    una_actividad(programa, entidades=[huila])

    cobertura = cobertura_de(programa)

    assert (cobertura.x, cobertura.n) == (1, 2)
    assert [(uno.entidad, uno.actividades, uno.personas) for uno in cobertura.llego] == [
        (huila, 2, None)
    ]
    assert cobertura.faltan == [meta]


def test_la_que_ya_no_era_entidad_al_terminar_va_aparte():
    cerrada = una_entidad("Cerrada", hasta=date(2020, 7, 1))
    programa = un_programa(hasta=date(2020, 10, 14))
    una_actividad(programa, entidades=[cerrada], desde=date(2020, 6, 9))

    cobertura = cobertura_de(programa)

    assert (cobertura.x, cobertura.n) == (0, 0)
    assert [uno.entidad for uno in cobertura.aparte] == [cerrada]


def test_en_2020_son_de_96(client):
    for orden in ("cargar_territorio", "cargar_temas", "cargar_acompanamiento"):
        call_command(orden, verbosity=0)
    programa = Programa.objects.get(slug="talleres-financieros-2020")
    todas = cobertura_de(programa).faltan
    una_actividad(programa, entidades=todas[:-1], desde=date(2020, 8, 3))

    cobertura = cobertura_de(programa)
    respuesta = client.get(programa.get_absolute_url())

    assert (cobertura.x, cobertura.n) == (95, 96)
    assert cobertura.faltan == [todas[-1]]
    assert "95 <small>de 96</small>" in respuesta.text
    assert "Falta una" in respuesta.text


# ── Las páginas ───────────────────────────────────────────────────────────────────────────────


def test_la_pagina_muestra_lo_reportado_con_su_fuente_y_lo_calculado(client):
    programa = un_programa()
    una_cifra(programa, medida="Personas", valor=11624, calculo=Calculo.PERSONAS)
    una_cifra(programa, medida="Después", valor=6000, calificador="mas_de", calculo="")
    una_cifra(programa, medida="Planes", valor=None, estado="no_reportada", calculo=Calculo.PLANES)
    una_actividad(programa, personas=1500)

    texto = client.get(programa.get_absolute_url()).text

    assert "11.624" in texto
    assert "1.500" in texto
    assert "Difieren" in texto
    assert "más de 6.000" in texto
    assert "no reportado" in texto
    assert "sin registros" in texto
    assert texto.count("Documento de prueba, línea 1.") == 1


def test_sin_actividades_no_se_inventa_la_cobertura(client):
    una_entidad()
    programa = un_programa()

    texto = client.get(programa.get_absolute_url()).text

    assert "aún no tiene actividades realizadas" in texto
    assert "<small>de" not in texto


def test_la_cobertura_se_puede_mirar_por_tipo(client):
    programa, huila, meta = un_programa(), una_entidad("Huila"), una_entidad("Meta")
    una_actividad(programa, entidades=[huila, meta])
    una_actividad(programa, entidades=[huila], tipo=un_tipo_de_actividad("webinar"))

    respuesta = client.get(programa.get_absolute_url(), {"tipo": "webinar"})

    assert respuesta.context["cobertura"].x == 1
    assert respuesta.context["cobertura"].faltan == [meta]


def test_la_lista_filtra_por_ano_tema_y_texto(client):
    rural = un_tema("Ruralidad")
    viejo, nuevo = un_programa("Talleres financieros"), un_programa("Encuentros", vigencia=2021)
    nuevo.temas.add(rural)

    def quedan(**filtros):
        respuesta = client.get(reverse("acompanamiento:programas"), filtros)
        return [programa for programa, _ in respuesta.context["programas"]]

    assert quedan() == [nuevo, viejo]
    assert quedan(vigencia=2020) == [viejo]
    assert quedan(tema="ruralidad") == [nuevo]
    assert quedan(q="FINANCIÉROS") == [viejo]
    assert quedan(vigencia="x") == [nuevo, viejo]


def consultas_al_abrir(client, direccion):
    with CaptureQueriesContext(connection) as consultas:
        client.get(direccion)
    return len(consultas)


def test_la_lista_hace_las_mismas_consultas_con_uno_y_con_diez(client):
    def un_programa_con_todo():
        programa = un_programa()
        programa.temas.add(un_tema())
        una_cifra(programa, es_titular=True)
        una_actividad(programa, entidades=[una_entidad()])

    un_programa_con_todo()
    con_uno = consultas_al_abrir(client, reverse("acompanamiento:programas"))
    for _ in range(9):
        un_programa_con_todo()

    assert consultas_al_abrir(client, reverse("acompanamiento:programas")) == con_uno


def test_un_programa_hace_las_mismas_consultas_con_una_y_con_quince(client):
    programa = un_programa()

    def una_actividad_con_todo():
        entidad = una_entidad()
        un_producto(una_actividad(programa, entidades=[entidad]), entidad)
        una_cifra(programa)

    una_actividad_con_todo()
    con_una = consultas_al_abrir(client, programa.get_absolute_url())
    for _ in range(14):
        una_actividad_con_todo()

    assert consultas_al_abrir(client, programa.get_absolute_url()) == con_una


def test_quien_no_ha_entrado_no_ve_el_enlace_de_la_reunion(client):
    actividad = una_actividad(donde="https://reunion.example/abc")

    assert "reunion.example" not in client.get(actividad.get_absolute_url()).text
    client.force_login(un_usuario(Rol.SECRETARIO))
    assert "reunion.example" in client.get(actividad.get_absolute_url()).text


# ── Crear y editar ────────────────────────────────────────────────────────────────────────────


def test_crear_un_programa_le_pone_direccion_y_editarlo_no_se_la_cambia(client):
    client.force_login(un_usuario())
    datos = {"nombre": "Talleres de lectura", "vigencia": 2026}

    client.post(reverse("acompanamiento:nuevo-programa"), datos)
    programa = Programa.objects.get(slug="talleres-de-lectura-2026")
    client.post(
        reverse("acompanamiento:editar-programa", args=[programa.slug]),
        {**datos, "base": 1, "nombre": "Talleres de escritura", "aliado": "Una universidad"},
    )

    programa.refresh_from_db()
    assert (programa.slug, programa.nombre) == ("talleres-de-lectura-2026", "Talleres de escritura")


def test_dos_programas_con_el_mismo_nombre_y_ano_tienen_cada_uno_su_direccion():
    por, datos = un_usuario(), {"nombre": "Lectura", "vigencia": 2026}

    recibos = [
        registrar_programa(clave=uuid.uuid4(), base=0, datos=datos, por=por) for _ in range(2)
    ]

    assert [uno.objeto.slug for uno in recibos] == ["lectura-2026", "lectura-2026-2"]


def test_un_programa_guardado_con_doble_clic_es_uno(client):
    client.force_login(un_usuario())
    datos = {"clave": str(uuid.uuid4()), "base": 0, "nombre": "Lectura", "vigencia": 2026}

    direcciones = [
        client.post(reverse("acompanamiento:nuevo-programa"), datos).url for _ in range(2)
    ]

    programa = Programa.objects.get()
    assert direcciones == [programa.get_absolute_url()] * 2
    assert (programa.version, str(programa.clave)) == (1, datos["clave"])


def test_dos_personas_en_el_mismo_programa_escogen_campo_por_campo(client):
    una, otra = un_usuario(), un_usuario()
    programa = un_programa("Lectura", nota="Como estaba.")
    abierto = ProgramaForm(por=una, objeto=programa).guardado()
    direccion = reverse("acompanamiento:editar-programa", args=[programa.slug])

    client.force_login(una)
    client.post(direccion, {**abierto, "base": 1, "aliado": "Una universidad"})
    client.force_login(otra)
    respuesta = client.post(direccion, {**abierto, "base": 1, "nota": "Otra nota."})

    espera, programa = Envio.objects.en_conflicto().get(), Programa.objects.get()
    assert respuesta.url == reverse("acompanamiento:conflicto", args=[espera.pk])
    assert (programa.aliado, programa.nota) == ("Una universidad", "Como estaba.")
    client.post(respuesta.url, {"version": 2, "aliado": "guardado", "nota": "suyo"})
    programa.refresh_from_db()
    assert (programa.aliado, programa.nota) == ("Una universidad", "Otra nota.")


def test_un_programa_ya_existente_no_se_edita_sin_decir_sobre_que_version(client):
    programa = un_programa("Lectura")
    client.force_login(un_usuario())

    respuesta = client.post(
        reverse("acompanamiento:editar-programa", args=[programa.slug]),
        {"nombre": "Escritura", "vigencia": 2020},
    )

    programa.refresh_from_db()
    assert respuesta.context["form"].has_error("__all__", "sin_base")
    assert programa.nombre == "Lectura"


def test_se_ofrecen_los_temas_activos_y_los_que_ya_tenga():
    por, programa = un_usuario(), un_programa()
    activo, retirado = un_tema("Ruralidad"), un_tema("Tecnología", activo=False)
    un_tema("Clima", activo=False)
    programa.temas.add(retirado)

    nuevo, editado = ProgramaForm(por=por), ProgramaForm(por=por, objeto=programa)

    assert set(nuevo.fields["temas"].queryset) == {activo}
    assert set(editado.fields["temas"].queryset) == {activo, retirado}


def test_un_programa_no_termina_antes_de_empezar(client):
    client.force_login(un_usuario())

    respuesta = client.post(
        reverse("acompanamiento:nuevo-programa"),
        {"nombre": "Lectura", "vigencia": 2026, "desde": "2026-05-02", "hasta": "2026-05-01"},
    )

    assert respuesta.context["form"].errors == {
        "hasta": ["La fecha final es anterior a la inicial."]
    }
    assert not Programa.objects.exists()


def test_el_excel_trae_las_que_faltan(client):
    huila = una_entidad("Huila")
    una_entidad("Meta")
    programa = un_programa()
    una_actividad(programa, entidades=[huila])
    una_cifra(programa, valor=None, estado="no_reportada")
    client.force_login(un_usuario(Rol.SECRETARIO, entidad=huila))

    respuesta = client.get(reverse("acompanamiento:cobertura-xlsx", args=[programa.slug]))

    libro = load_workbook(BytesIO(respuesta.content))
    assert [fila[1:5] for fila in libro["Cobertura"].iter_rows(min_row=2, values_only=True)] == [
        ("Huila", "sí", 1, "sin contar"),
        ("Meta", "no", 0, None),
    ]
    assert libro["Cifras"]["E2"].value == "no reportado"


def test_cualquiera_encuentra_un_programa_en_el_buscador(client):
    programa = un_programa("Talleres de astronomía")
    call_command("reindexar", verbosity=0, stdout=StringIO())

    respuesta = client.get(reverse("contenidos:buscar"), {"q": "astronomia"})

    assert reverse("acompanamiento:programa", args=[programa.slug]) in respuesta.text
