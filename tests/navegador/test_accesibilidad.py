"""Todas las páginas del portal, vacías, llenas y con errores: axe, teclado y un teléfono.

Las direcciones salen de la tabla de acceso: una página nueva queda aquí sin que nadie la apunte.
"""

from collections import defaultdict

import pytest
from allauth.account.utils import user_pk_to_url_str
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core.exceptions import BadRequest, PermissionDenied
from django.core.management import call_command
from django.db import OperationalError
from django.http import Http404
from django.urls import reverse
from playwright.sync_api import Error, expect

from cuentas.models import Rol
from escuela import views as vistas_de_escuela
from tests.fabricas import un_usuario
from tests.navegador.axe import faltas, violaciones
from tests.navegador.escena_llena import EscenaLlena
from tests.tabla_de_acceso import TABLA

pytestmark = [
    pytest.mark.django_db(transaction=True),
    # Abrir Chromium deja tomas por cerrar cuando el proceso termina; no son del portal.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]

PAPELES = ["anonimo", "administracion", "secretario"]
CLAVE = "x"  # la de las personas de la escena
LO_QUE_SE_VE = """() => ({
    titulo: document.title,
    texto: document.querySelector("main").innerText,
    h1: document.querySelectorAll("h1").length,
    lengua: document.documentElement.lang,
    formulario: Boolean(document.querySelector(
        "main form[method=post] :is(input:not([type=hidden]), select, textarea)")),
})"""
# Con el foco, el enlace de saltar se pone encima del encabezado y lo tapa.
SUELTA_EL_FOCO = """() => {
    const activo = document.activeElement;
    activo.blur();
    return activo.innerText;
}"""


@pytest.fixture(autouse=True)
def archivos(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    call_command("cargar_aviso", verbosity=0)


@pytest.fixture
def escena():
    return EscenaLlena()


@pytest.fixture
def entrar(navegador, client, escena):
    """La página de alguien que entró y acaba de confirmar que es quien dice."""

    def entrar(papel, **opciones):
        if papel == "anonimo":
            return navegador(**opciones)
        pagina = navegador(usuario=escena.personas[papel], **opciones)
        client.post(reverse("account_reauthenticate"), {"password": CLAVE})
        return pagina

    return entrar


def direcciones_de(papel, escena, filas=TABLA):
    """Las que le responden algo, con el nombre de su fila.

    Las públicas se miran sin entrar; las de Conéctate, además, con cada papel: muestran otra cosa.
    """
    for fila in filas:
        es_publica = fila.lee["anonimo"] == 200 and not fila.nombre.startswith("conectate:")
        if fila.lee[papel] == 200 and (papel == "anonimo" or not es_publica):
            yield fila.nombre, reverse(fila.nombre, args=[getattr(escena, o) for o in fila.objetos])


def llega_una_pagina(pagina, direccion):
    """No, si lo que hay es un archivo, o si a esa persona no se le muestra o se la lleva a otra."""
    try:
        respuesta = pagina.goto(direccion)
    except Error as error:
        if "Download is starting" in error.message:
            return False
        raise
    es_html = respuesta.headers["content-type"].startswith("text/html")
    return respuesta.status == 200 and es_html and not respuesta.request.redirected_from


def revisar(pagina, direcciones):
    """Lo que falla en cada página, y las que tienen un formulario para llenar."""
    halladas, titulos, con_formulario = [], defaultdict(dict), set()
    for nombre, direccion in direcciones:
        pagina.set_viewport_size({"width": 1280, "height": 800})
        if not llega_una_pagina(pagina, direccion):
            continue
        vista = pagina.evaluate(LO_QUE_SE_VE)
        pagina.keyboard.press("Tab")
        primera = pagina.evaluate(SUELTA_EL_FOCO)
        if (vista["h1"], vista["lengua"], primera) != (1, "es-CO", "Ir al contenido principal"):
            halladas.append((direccion, vista, primera))
        # Dos direcciones pueden llevar a lo mismo; dos páginas distintas no se llaman igual.
        titulos[vista["titulo"]].setdefault(vista.pop("texto"), direccion.partition("?")[0])
        if vista["formulario"]:
            con_formulario.add(nombre)
        halladas += [(direccion, *falta) for falta in faltas(pagina)]
    for titulo, suyas in titulos.items():
        if len(set(suyas.values())) > 1:
            halladas.append((titulo, set(suyas.values())))
    return halladas, con_formulario


def en_renglones(halladas):
    """Un hallazgo por renglón: si la prueba falla, se leen todos."""
    return "\n".join(str(una) for una in halladas)


@pytest.mark.parametrize("papel", PAPELES)
def test_cada_pagina_llena_es_accesible(entrar, escena, papel):
    escena.llenar()
    pagina = entrar(papel)
    ademas = [(direccion, direccion) for direccion in escena.ademas()]

    halladas, con_formulario = revisar(pagina, [*direcciones_de(papel, escena), *ademas])

    assert en_renglones(halladas) == ""
    sin_probar = con_formulario - set(CON_ERRORES) - SIN_ERRORES - {url for url, _ in ademas}
    assert sorted(sin_probar) == [], "Añádalas a CON_ERRORES."


def test_cada_lista_vacia_es_accesible(entrar, escena):
    pagina = entrar("administracion")
    listas = [fila for fila in TABLA if {*fila.objetos} <= {"vigencia", "codigo_propio"}]

    halladas, _ = revisar(pagina, direcciones_de("administracion", escena, listas))

    assert en_renglones(halladas) == ""


# ── Formularios con errores ───────────────────────────────────────────────────────────────────

# Enviados vacíos dicen qué falta: el nombre de la dirección y quién la abre.
CON_ERRORES = {
    "account_login": "anonimo",
    "account_reset_password": "anonimo",
    "cuentas:aceptar": "anonimo",
    "account_reauthenticate": "secretario",
    "account_change_password": "secretario",
    "mfa_activate_totp": "secretario",
    "mfa_reauthenticate": "administracion",
    "cuentas:perfil": "secretario",
    "cuentas:invitar": "administracion",
    "acompanamiento:informes": "administracion",
    "acompanamiento:nuevo-listado-de-grupos": "administracion",
    "acompanamiento:nuevo-listado-de-instituciones": "administracion",
    "acompanamiento:presencialidad": "secretario",
    "acompanamiento:corregir-presencialidad": "secretario",
    "conectate:nueva-sesion": "administracion",
    "indicadores:nueva-fuente": "administracion",
    "indicadores:fuente": "administracion",
    "conectate:editar-sesion": "administracion",
    "conectate:nuevo-encuentro": "administracion",
    "conectate:editar-encuentro": "administracion",
    "conectate:nuevo-material": "administracion",
    "conectate:nuevo-aforo": "administracion",
    "conectate:subir-asistencia": "administracion",
    "conectate:entidad-de-persona": "administracion",
    "conectate:escribir": "administracion",
    "conectate:anotar-respuesta": "administracion",
    "conectate:nueva-lista": "administracion",
    "conectate:editar-lista": "administracion",
    "conectate:cierre": "administracion",
    "conectate:editar-acta": "administracion",
    "conectate:revocar-constancia": "administracion",
    "conectate:volver-a-emitir-constancia": "administracion",
    "conectate:responder-reclamo": "administracion",
    "conectate:satisfaccion": "anonimo",
    "conectate:responder": "secretario",
    "conectate:opinar": "secretario",
    "acompanamiento:nuevo-contacto": "administracion",
    "acompanamiento:editar-contacto": "administracion",
    "acompanamiento:programar-siguiente": "administracion",
    "acompanamiento:cancelar-contacto": "administracion",
    "acompanamiento:conflicto": "administracion",
    "acompanamiento:nuevo-grupo": "administracion",
    "acompanamiento:agregar-integrante": "administracion",
    "acompanamiento:retirar-integrante": "administracion",
    "acompanamiento:editar-grupo": "administracion",
    "acompanamiento:mover-entidad": "administracion",
    "acompanamiento:asignar-padrino": "administracion",
    "acompanamiento:nuevo-relevo": "administracion",
    "indicadores:importar-recursos": "administracion",
    "indicadores:nueva-carga": "administracion",
    "indicadores:deshacer-version": "administracion",
    "indicadores:calidad": "administracion",
    "indicadores:hallazgo": "administracion",
    "contenidos:nueva-pagina": "administracion",
    "contenidos:editar-pagina": "administracion",
    "contenidos:nueva-imagen": "administracion",
    "contenidos:nuevo-termino": "administracion",
    "contenidos:editar-termino": "administracion",
    "contenidos:nuevo-contenido": "administracion",
    "contenidos:editar-contenido": "administracion",
    "contenidos:nueva-version": "administracion",
    "contenidos:mover-contenido": "administracion",
    "contenidos:nueva-importacion": "administracion",
    "contenidos:nueva-coleccion": "administracion",
    "contenidos:editar-coleccion": "administracion",
    "contenidos:nueva-ruta": "administracion",
    "contenidos:editar-ruta": "administracion",
    "contenidos:revocar-certificado": "administracion",
    "contenidos:ordenar-temas": "administracion",
    "contenidos:renombrar-tema": "administracion",
    "acompanamiento:archivos-del-contacto": "administracion",
    "acompanamiento:editar-compromiso": "administracion",
    "acompanamiento:seguir-compromiso": "secretario",
    "acompanamiento:prorrogar": "administracion",
    "acompanamiento:cambiar-responsable": "administracion",
    "acompanamiento:dejar-sin-efecto": "administracion",
    "acompanamiento:nueva-necesidad": "administracion",
    "acompanamiento:editar-necesidad": "secretario",
    "acompanamiento:dirigir-necesidad": "administracion",
    "acompanamiento:trasladar-necesidad": "administracion",
    "acompanamiento:preguntar-por-necesidad": "administracion",
    "acompanamiento:responder-necesidad": "secretario",
    "acompanamiento:atender-necesidad": "administracion",
    "acompanamiento:no-procede-necesidad": "administracion",
    "acompanamiento:reabrir-necesidad": "secretario",
    "acompanamiento:nuevo-programa": "administracion",
    "acompanamiento:editar-programa": "administracion",
    "acompanamiento:nueva-actividad": "administracion",
    "acompanamiento:editar-actividad": "administracion",
    "acompanamiento:nuevo-producto": "administracion",
    "acompanamiento:editar-producto": "administracion",
}
# Se pueden enviar vacíos, o lo que falta lo dice un mensaje y no un resumen.
SIN_ERRORES = {
    "cuentas:bitacora",
    "contenidos:busquedas-sin-resultados",
    "conectate:rejilla",
    "conectate:grabacion",
    "conectate:material-de-la-biblioteca",
    "conectate:resultados-de-satisfaccion",
    "conectate:revision",
    "conectate:revision-de-sesion",
    "indicadores:carga-de-recursos",
    "indicadores:pedir-informe",
    "indicadores:informes",
    "contenidos:importacion",
    "acompanamiento:cobertura",
    "acompanamiento:nuevo-compromiso",  # primero se escoge la secretaría
    "acompanamiento:reabrir-compromiso",  # el de la escena está abierto
    "acompanamiento:listado-de-grupos",
    "acompanamiento:listado-de-instituciones",
}


def enviar_vacio(pagina):
    """Sin que el navegador lo detenga: así llega a quien tiene la validación apagada."""
    pagina.locator("main details").evaluate_all("todos => todos.forEach(uno => uno.open = true)")
    campo = pagina.locator("input:visible, select:visible, textarea:visible")
    formulario = pagina.locator("main form[method=post]", has=campo).first
    formulario.evaluate(
        """formulario => {
            formulario.noValidate = true;
            for (const campo of formulario.elements)
                if (!/hidden|checkbox|radio|file|submit/.test(campo.type)) campo.value = "";
        }"""
    )
    formulario.locator("button[type=submit]:not([formnovalidate])").first.click()


def lo_que_pasa_al_enviar_vacio(pagina):
    enviar_vacio(pagina)
    expect(pagina.locator(".errores-de-formulario")).to_be_focused()
    return faltas(pagina)


@pytest.mark.parametrize("papel", PAPELES)
def test_un_formulario_vacio_lleva_al_resumen_de_errores(entrar, escena, papel):
    escena.llenar()
    pagina = entrar(papel)
    suyos = [fila for fila in TABLA if CON_ERRORES.get(fila.nombre) == papel]

    halladas = []
    for fila in suyos:
        direccion = reverse(fila.nombre, args=[getattr(escena, o) for o in fila.objetos])
        pagina.set_viewport_size({"width": 1280, "height": 800})
        pagina.goto(direccion)
        halladas += [(direccion, *falta) for falta in lo_que_pasa_al_enviar_vacio(pagina)]

    assert en_renglones(halladas) == ""


def test_las_columnas_sin_emparejar_llevan_al_resumen_de_errores(entrar, escena):
    escena.archivos()
    pagina = entrar("administracion")
    pagina.goto(reverse("conectate:emparejar-columnas", args=[escena.por_emparejar]))

    assert lo_que_pasa_al_enviar_vacio(pagina) == []


def test_el_segundo_paso_es_accesible_vacio_y_con_errores(navegador, escena):
    pagina = navegador()
    pagina.goto(reverse("account_login"))
    pagina.get_by_label("Correo electrónico").fill(escena.personas["administracion"].email)
    pagina.get_by_label("Contraseña", exact=True).fill(CLAVE)
    pagina.get_by_role("main").get_by_role("button", name="Entrar").click()

    expect(pagina.get_by_role("heading", level=1)).to_have_text("Segundo paso")
    assert violaciones(pagina) == []
    assert lo_que_pasa_al_enviar_vacio(pagina) == []


def test_la_contrasena_nueva_es_accesible_vacia_y_con_errores(navegador):
    quien = un_usuario(Rol.SECRETARIO, password=CLAVE)
    llave = PasswordResetTokenGenerator().make_token(quien)
    pagina = navegador()
    pagina.goto(reverse("account_reset_password_from_key", args=[user_pk_to_url_str(quien), llave]))

    assert violaciones(pagina) == []
    assert lo_que_pasa_al_enviar_vacio(pagina) == []


# ── Páginas de error ──────────────────────────────────────────────────────────────────────────


def al_levantar(error):
    def falla(*_):
        raise error

    return falla


ERRORES = {
    400: BadRequest("mal pedido"),
    403: PermissionDenied(),
    404: Http404(),
    500: RuntimeError("se rompió a propósito"),
    503: OperationalError("la base está ocupada"),
}


@pytest.mark.parametrize("papel", ["anonimo", "secretario"])
@pytest.mark.parametrize("estado", ERRORES)
def test_las_paginas_de_error_son_accesibles(entrar, monkeypatch, estado, papel):
    pagina = entrar(papel)
    monkeypatch.setattr(
        vistas_de_escuela.consultas, "entidades_de_hoy", al_levantar(ERRORES[estado])
    )

    respuesta = pagina.goto("/")

    assert respuesta.status == estado
    expect(pagina.get_by_role("heading", level=1)).to_be_visible()
    assert pagina.get_by_role("main").get_by_role("link").count() > 0
    assert faltas(pagina) == []


def test_demasiados_intentos_es_accesible(navegador, escena):
    pagina = navegador()
    correo = escena.personas["secretario"].email
    for _ in range(6):
        pagina.goto(reverse("account_login"))
        pagina.get_by_label("Correo electrónico").fill(correo)
        pagina.get_by_label("Contraseña", exact=True).fill("no es esta")
        with pagina.expect_navigation() as llegada:
            pagina.get_by_role("main").get_by_role("button", name="Entrar").click()

    assert llegada.value.status == 429
    assert faltas(pagina) == []


def test_un_envio_sin_ficha_es_accesible(navegador):
    pagina = navegador()
    pagina.goto(reverse("account_login"))
    pagina.context.clear_cookies()

    with pagina.expect_navigation() as llegada:
        pagina.locator("main form").evaluate("formulario => formulario.submit()")

    assert llegada.value.status == 403
    assert faltas(pagina) == []
