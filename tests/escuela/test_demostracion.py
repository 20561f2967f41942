"""La demostración como prueba: cierra con las cifras del informe de 2020, y se quita entera."""

import json
import re
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings as ajustes
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client, override_settings
from django.urls import reverse

from conectate.consultas.menciones import menciones_de
from conectate.consultas.participacion import XdeN, tabla_de
from conectate.models import Decision, Importacion, Participacion, Sesion, TipoSesion
from cuentas.models import AvisoPrivacidad, Invitacion, Usuario
from escuela.management.commands.preparar import CATALOGOS
from territorio.models import EntidadTerritorial
from tests.conectate.archivos import de_formulario
from tests.fabricas import un_usuario
from trabajos.acciones import ejecutar_pendientes
from trabajos.models import Trabajo

pytestmark = pytest.mark.django_db

# La mención especial del informe: en cuántas de las 45 informativas estuvo cada una.
INFORMADAS = {
    "Antioquia": ("44 de 45", "97.8"),
    "Guainía": ("43 de 45", "95.6"),
    "Manizales": ("43 de 45", "95.6"),
    "Barrancabermeja": ("42 de 45", "93.3"),
    "Huila": ("42 de 45", "93.3"),
}
CLAVE_NUEVA = "una frase larga para esta prueba"


@pytest.fixture(scope="module", autouse=True)
def cargada(django_db_setup, django_db_blocker, tmp_path_factory):
    """Cargarla tarda: se hace una vez, y cada prueba deshace lo que le cambie."""
    with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("archivos")):
        with django_db_blocker.unblock():
            for catalogo in CATALOGOS:
                call_command(catalogo, verbosity=0)
            call_command("reindexar", stdout=StringIO())
            antes = filas()
            call_command("cargar_demostracion", verbosity=0)
        yield antes
        with django_db_blocker.unblock():
            call_command("flush", interactive=False, verbosity=0)


# Lo que pasó no se borra aunque lo que pasó sea de mentira.
QUEDA_ANOTADO = {"auditlog.LogEntry", "cuentas.SelloBitacora", "sessions.Session"}


def filas() -> dict[str, int]:
    """Cuántas hay de cada cosa, menos de lo que solo se añade."""
    return {
        modelo._meta.label: modelo._base_manager.count()
        for modelo in apps.get_models(include_auto_created=True)
        if modelo._meta.label not in QUEDA_ANOTADO
    }


def archivos() -> list[str]:
    return sorted(str(ruta) for ruta in Path(ajustes.MEDIA_ROOT).rglob("*") if ruta.is_file())


def cuentas(capsys) -> dict[str, dict]:
    call_command("cuentas_demostracion", json=True)
    return {cuenta["rol"]: cuenta for cuenta in json.loads(capsys.readouterr().out)}


@pytest.fixture
def enviar(django_capture_on_commit_callbacks):
    """Envía un formulario, con lo que el portal hace después de confirmar la transacción."""

    def enviar(cliente, nombre, /, *args, **datos):
        with django_capture_on_commit_callbacks(execute=True):
            respuesta = cliente.post(reverse(nombre, args=args), datos)
        assert respuesta.status_code == 302, respuesta.content.decode()
        return respuesta.url

    return enviar


@pytest.fixture(autouse=True)
def buzon(settings):
    """El correo pasa por el buzón, como en el portal."""
    settings.EMAIL_BACKEND = "trabajos.correo.Buzon"


@pytest.fixture
def entrar(enviar):
    def entrar(cuenta):
        cliente = Client()
        enviar(cliente, "account_login", login=cuenta["correo"], password=cuenta["contrasena"])
        return cliente

    return entrar


# ── Lo que trae ───────────────────────────────────────────────────────────────────────────────


def test_son_cincuenta_sesiones_cuarenta_y_cinco_informativas_y_cinco_de_dialogo():
    tipos = {tipo.tipo.clave: tipo.con_dato for tipo in tabla_de(2020).tipos}

    assert tipos == {"informativa": 45, "dialogo": 5}
    assert Sesion.objects.filter(es_demostracion=False).que_cuentan().count() == 0


def test_la_mencion_especial_cierra_con_las_cifras_del_informe():
    tabla = tabla_de(2020)
    informativas = next(t.tipo.pk for t in tabla.tipos if t.tipo.clave == "informativa")

    mayores = sorted(tabla.filas, key=lambda fila: -fila.por_tipo[informativas].x)[:5]

    assert len(tabla.filas) == 96
    assert {
        fila.entidad.nombre: (
            str(fila.por_tipo[informativas]),
            str(fila.por_tipo[informativas].porcentaje),
        )
        for fila in mayores
    } == INFORMADAS


def test_la_pagina_de_menciones_nombra_a_las_que_el_informe_y_a_nadie_mas():
    menciones = {
        mencion.tipo.clave: [f"{entidad.nombre} {cuenta}" for entidad, cuenta in mencion.entidades]
        for mencion in menciones_de(2020).por_tipo
    }

    assert menciones == {
        "informativa": [
            "Antioquia 44 de 45",
            "Guainía 43 de 45",
            "Manizales 43 de 45",
            "Barrancabermeja 42 de 45",
            "Huila 42 de 45",
        ],
        "dialogo": ["Antioquia 5 de 5", "Pereira 5 de 5"],
    }


def test_antioquia_y_pereira_estuvieron_en_todas_las_de_dialogo():
    tabla = tabla_de(2020)
    dialogo = TipoSesion.objects.get(clave="dialogo").pk

    en_todas = {f.entidad.nombre for f in tabla.filas if f.por_tipo[dialogo] == XdeN(5, 5)}

    assert en_todas == {"Antioquia", "Pereira"}
    assert all(fila.por_tipo[dialogo].x for fila in tabla.filas)


def test_la_orden_de_resumen_dice_lo_mismo(capsys):
    call_command("resumen_asistencia", vigencia=2020, json=True)
    resumen = json.loads(capsys.readouterr().out)

    informativas = next(tipo for tipo in resumen["tipos"] if tipo["clave"] == "informativa")
    de_manizales = next(e for e in informativas["entidades"] if e["codigo"] == "17001")
    assert resumen["es_demostracion"] is True
    assert (de_manizales["x"], de_manizales["n"]) == (43, 45)


def test_nadie_parece_de_verdad():
    correos = set(Participacion.objects.exclude(correo="").values_list("correo", flat=True))

    reales = {c for c in correos if not c.endswith(".example") and not c.startswith("visitante")}

    assert reales == set()


# ── Las cuentas ───────────────────────────────────────────────────────────────────────────────


def test_se_entra_con_cada_cuenta_sin_segundo_factor(capsys, entrar):
    entraron = {}
    for rol, cuenta in cuentas(capsys).items():
        cliente = entrar(cuenta)
        entraron[rol] = cliente.get(reverse("conectate:entrada")).status_code

    assert entraron == dict.fromkeys(
        [
            *("administracion", "equipo_men", "lider_grupo", "profesional"),
            *("equipo_secretaria", "secretario"),
        ],
        200,
    )


def test_las_de_secretaria_dicen_cual(capsys):
    entidades = {rol: cuenta["entidad"] for rol, cuenta in cuentas(capsys).items()}

    assert (entidades["equipo_secretaria"], entidades["secretario"]) == ("17001", "41")
    assert {v for rol, v in entidades.items() if "secretari" not in rol} == {None}


def test_manizales_lee_su_cuenta_y_la_de_huila_no_existe_para_ella(capsys, entrar):
    cliente = entrar(cuentas(capsys)["equipo_secretaria"])

    suya = cliente.get(reverse("conectate:participacion-entidad", args=[2020, "17001"]))
    ajena = cliente.get(reverse("conectate:participacion-entidad", args=[2020, "41"]))

    assert "43 de 45" in texto(suya)
    assert "95,6 %" in texto(suya)
    assert ajena.status_code == 404


def texto(respuesta):
    """Lo que se lee, en un solo renglón."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", respuesta.content.decode()))


# ── Repetirla, y quitarla ─────────────────────────────────────────────────────────────────────


def test_repetirla_no_duplica_nada():
    antes = filas()

    call_command("cargar_demostracion", verbosity=0)

    assert filas() == antes


def test_en_produccion_se_niega(settings):
    settings.PRODUCCION = True

    with pytest.raises(CommandError, match="producción") as error:
        call_command("cargar_demostracion", verbosity=0)

    assert error.value.returncode == 2


def test_quitarla_lo_retira_todo_aunque_se_haya_usado(
    cargada, capsys, entrar, enviar, mailoutbox, django_capture_on_commit_callbacks
):
    usar_el_portal(cuentas(capsys), entrar, enviar, mailoutbox)
    assert archivos() != []

    with django_capture_on_commit_callbacks(execute=True):
        call_command("quitar_demostracion")
    salida = capsys.readouterr().out
    call_command("reindexar", stdout=StringIO())  # las palabras que ya nadie dice

    # Seis cuentas, quien aceptó la invitación y la gente de los otros diecinueve grupos.
    assert re.sub(r"\d{4} contactos", "N contactos", salida) == (
        "Se quitaron 54 sesiones, 92 contenidos, N contactos y 45 cuentas.\n"
    )
    assert {k: (n, cargada[k]) for k, n in filas().items() if n != cargada[k]} == {}
    assert archivos() == []
    assert cuentas(capsys) == {}


def usar_el_portal(de_rol, entrar, enviar, mailoutbox):
    """Lo que haría quien lo prueba en serio: de todo un poco, con cada cuenta."""
    equipo = entrar(de_rol["equipo_men"])
    enviar(equipo, "cuentas:aviso-leido", AvisoPrivacidad.objects.get().version)
    enviar(
        equipo,
        "conectate:nueva-sesion",
        **{"titulo": "Probando", "tipo": TipoSesion.objects.get(clave="informativa").pk},
        **{"fecha": "2020-06-09", "modalidad": "virtual", "audiencia": "equipos"},
        **{"convocar": "todas", "estado": "realizada", "minutos_minimos": 0},
    )
    sesion = Sesion.objects.get(titulo="Probando")
    datos = de_formulario(("Ana de Prueba", "ana@neivaduca.example", "Secretaria de Neivva"))
    enviar(
        equipo,
        "conectate:subir-asistencia",
        sesion.pk,
        archivo=SimpleUploadedFile("lista.csv", datos),
    )
    importacion = sesion.importaciones.get()
    enviar(equipo, "conectate:confirmar-importacion", importacion.pk)
    importacion.refresh_from_db()
    assert importacion.estado == Importacion.Estado.CONFIRMADA
    grupo = sesion.participaciones.get().grupo
    enviar(equipo, "conectate:decidir", grupo=grupo, codigo="41001")
    assert Decision.objects.get().entidad.nombre == "Neiva"
    enviar(
        equipo,
        "conectate:nuevo-material",
        sesion.pk,
        titulo="Presentación",
        archivo=SimpleUploadedFile("presentacion.pdf", b"%PDF-1.4\n%%EOF"),
    )
    enviar(equipo, "conectate:descargar-participacion", 2020, formato="csv")
    ejecutar_pendientes("conectate.informe")
    assert Trabajo.objects.get(tipo="conectate.informe").archivo

    administra = entrar(de_rol["administracion"])
    clave = de_rol["administracion"]["contrasena"]
    enviar(administra, "account_reauthenticate", password=clave)
    huila = EntidadTerritorial.objects.get(codigo_dane="41").pk
    for correo in ("acepta@ejemplo.test", "no.responde@ejemplo.test"):
        enviar(administra, "cuentas:invitar", correo=correo, rol="secretario", entidad=huila)
    ejecutar_pendientes("trabajos.entregar_correo")
    invitada = next(m for m in mailoutbox if m.to == ["acepta@ejemplo.test"])
    clave = re.search(r"/cuentas/invitacion/([^/\s]+)", invitada.body)[1]
    enviar(
        Client(),
        "cuentas:aceptar",
        clave,
        nombre="Quien Aceptó de Prueba",
        contrasena=CLAVE_NUEVA,
        repetida=CLAVE_NUEVA,
        leido="on",
    )
    assert Usuario.objects.get(email="acepta@ejemplo.test").es_demostracion
    assert Invitacion.objects.count() == 2


def test_si_con_una_cuenta_se_toco_algo_de_verdad_no_se_quita_nada_y_se_dice():
    sesion = Sesion.objects.first()
    Sesion.objects.filter(pk=sesion.pk).update(es_demostracion=False, creado_por=un_usuario())
    antes = filas()

    with pytest.raises(CommandError, match="No se quitó nada") as error:
        call_command("quitar_demostracion")

    assert error.value.returncode == 2
    assert filas() == antes
