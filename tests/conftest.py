"""Lo que comparten todas las pruebas: navegador, servidores de verdad y carpetas que se tiran.

Sin ESCUELA_OBLIGATORIAS, lo que falte en la máquina omite sus pruebas y dice por qué; con ella
(la pone `portal.py test` si hay CI o con --obligatorias), lo que falte es un fallo.
"""

import gc
import hashlib
import os
import shutil
import uuid
from collections import Counter
from pathlib import Path
from zlib import crc32

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection

from tests.servicios.valkey import SinValkey
from tests.servicios.valkey import valkey as servidor_valkey

RAIZ = Path(__file__).resolve().parent.parent
OBLIGATORIAS = os.environ.get("ESCUELA_OBLIGATORIAS") == "1"
BANDERAS_DE_CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-sync",
    "--no-first-run",
]

# Playwright corre dentro de un bucle asíncrono y Django, por prudencia, no deja usar la base ahí.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def falta(razon):
    """Omite la prueba, o la da por fallida si todo es obligatorio."""
    if OBLIGATORIAS:
        pytest.fail(f"Falta lo que esta prueba necesita: {razon}", pytrace=False)
    pytest.skip(razon)


# En qué partes se reparte `portal.py test`: entre las cinco, cada prueba corre al menos una vez.
PARTES = {
    "sqlite-1": lambda marcas, mitad: not {"navegador", "servidor"} & marcas and mitad == 0,
    "sqlite-2": lambda marcas, mitad: not {"navegador", "servidor"} & marcas and mitad == 1,
    "postgresql": lambda marcas, _: not {"navegador", "un_motor"} & marcas,
    "navegador": lambda marcas, _: "navegador" in marcas,
    "procesos": lambda marcas, _: "servidor" in marcas and "navegador" not in marcas,
}


def pytest_addoption(parser):
    parser.addoption("--parte", choices=PARTES, help="solo esa parte de la suite")


def pytest_collection_modifyitems(config, items):
    """Las que abren Chromium y las que no tocan la base se marcan sin que haya que acordarse."""
    for item in items:
        fixturas = set(item.fixturenames)
        if {"navegador", "page", "context", "browser"} & fixturas:
            item.add_marker(pytest.mark.navegador)
        usa_la_base = {"db", "transactional_db", "base_propia"} & fixturas
        if not usa_la_base and not item.get_closest_marker("django_db"):
            item.add_marker(pytest.mark.un_motor)
    if parte := config.getoption("--parte"):
        es_suya = PARTES[parte]
        suyas = [
            item
            for item in items
            if es_suya({marca.name for marca in item.iter_markers()}, mitad_de(item))
        ]
        config.hook.pytest_deselected(items=[item for item in items if item not in set(suyas)])
        items[:] = suyas


def mitad_de(item):
    """En cuál de las dos cae su archivo, siempre la misma: así dos procesos acaban a la par."""
    return crc32(item.path.name.encode()) % 2


def pytest_collection_finish():
    """Lo que ya se importó no es basura, y buscarla tan seguido era una parte de cada prueba."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def pytest_terminal_summary(terminalreporter):
    """Lo que no se corrió se dice con su número: una omisión callada parece un acierto."""
    omitidas = Counter(
        informe.longrepr[2].removeprefix("Skipped: ")
        for informe in terminalreporter.stats.get("skipped", [])
    )
    for razon, cuantas in omitidas.items():
        pruebas = "1 prueba" if cuantas == 1 else f"{cuantas} pruebas"
        terminalreporter.write_line(f"No se corrieron {pruebas}: {razon}", yellow=True)


@pytest.fixture(autouse=True)
def cache_limpia():
    """Los intentos de acceso de una prueba no cuentan para la siguiente."""
    cache.clear()


@pytest.fixture(autouse=True)
def nada_se_recuerda(monkeypatch):
    """Cada prueba pregunta de nuevo lo que el portal recuerda un minuto."""
    monkeypatch.setattr("territorio.recordado.SEGUNDOS", 0)


@pytest.fixture(scope="session", autouse=True)
def vaciado_con_candado():
    """Vaciar la base al final de una prueba con transacciones es lo único que abre el candado."""
    from django.db.backends.base.operations import BaseDatabaseOperations

    from cuentas import candado

    vaciar = BaseDatabaseOperations.execute_sql_flush

    def vaciar_abriendo(self, sql_list):
        candado.quitar(self.connection)
        vaciar(self, sql_list)
        candado.poner(self.connection)

    with pytest.MonkeyPatch.context() as parche:
        parche.setattr(BaseDatabaseOperations, "execute_sql_flush", vaciar_abriendo)
        yield


@pytest.fixture(scope="session")
def compartido():
    """La carpeta con las muestras de asistencia, que no es parte del producto."""
    carpeta = Path(os.environ.get("ESCUELA_COMPARTIDO") or RAIZ.parent / "shared")
    if not carpeta.is_dir():
        # No se exige nunca: el portal se prueba entero sin ella.
        pytest.skip("no está la carpeta de muestras (póngala en ESCUELA_COMPARTIDO)")
    return carpeta


@pytest.fixture(scope="session")
def valkey():
    """La dirección de un Valkey de verdad, el mismo para toda la sesión."""
    try:
        servidor = servidor_valkey()
        direccion = servidor.__enter__()
    except SinValkey as error:
        falta(str(error))
    yield direccion
    servidor.__exit__(None, None, None)


# Con las migraciones, lo que ellas llaman y lo que trae las de los demás.
LO_QUE_LA_HACE = [RAIZ / "cuentas/candado.py", RAIZ / "requirements-pruebas.txt"]


@pytest.fixture(scope="session")
def migrada():
    """Dónde queda la base de SQLite recién migrada, que vale mientras no cambie lo que la hizo."""
    huella = hashlib.sha256()
    for archivo in sorted([*RAIZ.glob("*/migrations/*.py"), *LO_QUE_LA_HACE]):
        huella.update(archivo.read_bytes())
    return RAIZ / ".pytest_cache" / f"migrada-{huella.hexdigest()[:16]}.sqlite3"


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_keepdb, migrada):
    """Migrar cuesta medio minuto: si alguien ya lo hizo con estas migraciones, se parte de ahí."""
    if connection.vendor != "sqlite" or not migrada.exists():
        return django_db_keepdb
    shutil.copy(migrada, connection.settings_dict["TEST"]["NAME"])
    return True


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker, migrada):
    """Recién migrada se guarda una copia: los procesos aparte parten de ella y no migran otra vez.

    Da la ruta de la copia en SQLite y su nombre en PostgreSQL.
    """
    with django_db_blocker.unblock():
        call_command("createcachetable", "cache", verbosity=0)
        if connection.vendor == "sqlite":
            if not migrada.exists():
                guardar(migrada)
            connection.close()
            yield migrada
            return
        copia = f"migrada_{uuid.uuid4().hex[:12]}"
        de_pruebas = connection.settings_dict["NAME"]
        connection.close()
    en_el_servidor(f'CREATE DATABASE "{copia}" TEMPLATE "{de_pruebas}"')
    yield copia
    en_el_servidor(f'DROP DATABASE "{copia}" WITH (FORCE)')


def guardar(migrada):
    """De una vez y en lugar de las de antes: otra parte puede estar guardando la suya."""
    borrador = migrada.with_suffix(f".{os.getpid()}")
    migrada.parent.mkdir(exist_ok=True)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(borrador)])
    borrador.replace(migrada)
    for anterior in set(migrada.parent.glob("migrada-*.sqlite3")) - {migrada}:
        anterior.unlink(missing_ok=True)


def en_el_servidor(orden):
    """Lo que PostgreSQL no admite dentro de una transacción: crear y quitar bases."""
    import psycopg2

    administrador = psycopg2.connect(os.environ["DATABASE_URL"])
    administrador.autocommit = True
    try:
        with administrador.cursor() as cursor:
            cursor.execute(orden)
    finally:
        administrador.close()


@pytest.fixture(scope="module")
def base_en_blanco(django_db_setup, django_db_blocker, tmp_path_factory):
    """Mientras dura un archivo de pruebas, la base es otra, sin migrar: para probar migraciones."""
    de_pruebas, nombre = connection.settings_dict["NAME"], f"blanca_{uuid.uuid4().hex[:12]}"
    if connection.vendor == "sqlite":
        en_blanco = str(tmp_path_factory.mktemp("base") / nombre)
    else:
        en_blanco = nombre
        en_el_servidor(f'CREATE DATABASE "{nombre}"')
    with django_db_blocker.unblock():
        connection.close()
        connection.settings_dict["NAME"] = en_blanco
        yield
        connection.close()
        connection.settings_dict["NAME"] = de_pruebas
    if connection.vendor != "sqlite":
        en_el_servidor(f'DROP DATABASE "{nombre}" WITH (FORCE)')


@pytest.fixture
def base_propia(tmp_path, django_db_setup):
    """La DATABASE_URL de una base migrada y sin datos, del mismo motor, para un proceso aparte."""
    if connection.vendor == "sqlite":
        propia = shutil.copy(django_db_setup, tmp_path / "portal.sqlite3")
        yield f"sqlite:///{propia.as_posix()}"
        return
    nombre = f"propia_{uuid.uuid4().hex[:12]}"
    en_el_servidor(f'CREATE DATABASE "{nombre}" TEMPLATE "{django_db_setup}"')
    yield os.environ["DATABASE_URL"].replace("/postgres?", f"/{nombre}?")
    en_el_servidor(f'DROP DATABASE "{nombre}" WITH (FORCE)')


@pytest.fixture
def entorno(tmp_path, base_propia):
    """El entorno de un portal aparte (carpeta y base propias) para `subprocess`."""
    return {
        **{nombre: valor for nombre, valor in os.environ.items() if nombre != "REDIS_URL"},
        "DJANGO_SETTINGS_MODULE": "escuela.settings",
        "ESCUELA_DATOS": str(tmp_path / "datos"),
        "DATABASE_URL": base_propia,
        "PYTHONPATH": str(RAIZ),
    }


@pytest.fixture(scope="session")
def base_url():
    """La que trae pytest-playwright es un método, y pytest 9 ya lo advierte."""


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if not chromium:
        falta("no está Chromium (en Debian: apt-get install chromium)")
    return {
        **browser_type_launch_args,
        "executable_path": chromium,
        "headless": True,
        "args": BANDERAS_DE_CHROMIUM,
    }


@pytest.fixture(scope="session")
def con_paciencia():
    """En una máquina ocupada una página tarda: se espera más antes de dar algo por ausente."""
    from playwright.sync_api import expect

    expect.set_options(timeout=20_000)


@pytest.fixture
def navegador(live_server, new_context, settings, client, con_paciencia):
    """Abre páginas del portal en Chromium: `navegador(usuario=…, ancho=360)` da una página.

    La dirección base es la del portal: `pagina.goto("/")`. Con `usuario`, ya entró. Lo demás va a
    Playwright (`java_script_enabled=False`…).
    """

    def abrir(*, usuario=None, ancho=1280, alto=800, **opciones):
        contexto = new_context(
            base_url=live_server.url,
            viewport={"width": ancho, "height": alto},
            locale="es-CO",
            timezone_id="America/Bogota",
            **opciones,
        )
        if usuario:
            client.force_login(usuario)
            nombre = settings.SESSION_COOKIE_NAME
            contexto.add_cookies(
                [{"name": nombre, "value": client.cookies[nombre].value, "url": live_server.url}]
            )
        return contexto.new_page()

    return abrir
