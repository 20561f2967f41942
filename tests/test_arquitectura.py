"""La casa se sostiene: quién puede conocer a quién, qué pesa al arrancar y qué no se escribe."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

RAIZ = Path(__file__).resolve().parent.parent

PISOS = [
    {"territorio"},
    {"cuentas"},
    {"trabajos"},
    {"contenidos"},
    {"conectate", "acompanamiento", "indicadores", "cooperacion"},
    {"balance"},
    {"escuela"},
]
APPS = {app for piso in PISOS for app in piso}
PERMITIDAS = {app: set().union(*PISOS[:i], {app}) for i, piso in enumerate(PISOS) for app in piso}
ABIERTAS = sorted(app for app in PERMITIDAS if (RAIZ / app).is_dir())

# Los cuartos de un app, de abajo arriba: cada uno conoce solo los anteriores. Las tareas
# van arriba: una acción las encola por su nombre, sin importarlas.
CUARTOS = [
    {"lectura", "graficos", "calculo_ponderado", "lengua"},
    {"models"},
    {"consultas", "permisos", "avisos", "informes"},
    {"acciones"},
    {"forms", "cargas"},
    {"views", "admin", "tasks", "management"},
]
ALTURA = {cuarto: altura for altura, piso in enumerate(CUARTOS) for cuarto in piso}
VEDADOS_ENTRE_APPS = {"views", "forms", "urls", "admin"}

PESADOS = {
    "pandas",
    "numpy",
    "openpyxl",
    "xlsxwriter",
    "typst",
    "python_calamine",
    "pypdfium2",
    "PIL",
}
SOLO_EN_HOJAS = {"pandas", "openpyxl"}
MAXIMO_DE_LINEAS = 400
MAXIMO_EN_PRUEBAS = 500  # una lista de frases sueltas se deja leer más larga


def modulos(app):
    return [archivo for archivo in (RAIZ / app).rglob("*.py") if "migrations" not in archivo.parts]


def importados(archivo, *, solo_al_cargar=False):
    """Los nombres completos que importa; `solo_al_cargar` deja fuera los de dentro de funciones."""
    pendientes, nombres = [ast.parse(archivo.read_text(encoding="utf-8"))], set()
    while pendientes:
        nodo = pendientes.pop()
        if solo_al_cargar and isinstance(nodo, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if isinstance(nodo, ast.Import):
            nombres.update(alias.name for alias in nodo.names)
        elif isinstance(nodo, ast.ImportFrom):
            nombres.update(f"{nodo.module}.{alias.name}" for alias in nodo.names)
        pendientes.extend(ast.iter_child_nodes(nodo))
    return nombres


def cuarto(nombre, app):
    """`conectate.models.sesiones.Sesion` → `models`; None si no es de un cuarto con altura."""
    partes = nombre.split(".")
    return partes[1] if partes[0] == app and len(partes) > 1 and partes[1] in ALTURA else None


def archivos_del_repositorio():
    salida = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=RAIZ,
        capture_output=True,
        check=False,
    )
    if salida.returncode:
        pytest.skip("esto no es un clon de git")
    return [
        archivo
        for nombre in salida.stdout.decode().split("\0")
        if nombre and (archivo := RAIZ / nombre).is_file()
    ]


@pytest.mark.parametrize("app", ABIERTAS)
def test_cada_app_importa_solo_hacia_abajo(app):
    for archivo in modulos(app):
        conocidas = {nombre.split(".")[0] for nombre in importados(archivo)}

        de_mas = conocidas & APPS - PERMITIDAS[app]

        assert not de_mas, f"{archivo.relative_to(RAIZ)} no debería conocer {sorted(de_mas)}"


@pytest.mark.parametrize("app", ABIERTAS)
def test_nadie_importa_las_vistas_ni_los_formularios_de_otra_app(app):
    for archivo in modulos(app):
        ajenos = {
            nombre
            for nombre in importados(archivo)
            if nombre.split(".")[0] in APPS - {app, "escuela"}
            and set(nombre.split(".")[1:]) & VEDADOS_ENTRE_APPS
        }

        assert not ajenos, f"{archivo.relative_to(RAIZ)} se mete en {sorted(ajenos)}"


@pytest.mark.parametrize("app", ABIERTAS)
def test_cada_cuarto_conoce_solo_los_de_abajo(app):
    for archivo in modulos(app):
        propio = archivo.relative_to(RAIZ / app).parts[0].removesuffix(".py")
        if propio not in ALTURA:
            continue
        usados = {cuarto(nombre, app) for nombre in importados(archivo, solo_al_cargar=True)}

        de_arriba = {otro for otro in usados - {None, propio} if ALTURA[otro] > ALTURA[propio]}

        assert not de_arriba, f"{archivo.relative_to(RAIZ)} usa {sorted(de_arriba)}"


@pytest.mark.parametrize("cuarto_puro", sorted(CUARTOS[0]))
def test_leer_dibujar_y_calcular_no_conocen_django(cuarto_puro):
    for app in ABIERTAS:
        for archivo in modulos(app):
            if archivo.relative_to(RAIZ / app).parts[0].removesuffix(".py") == cuarto_puro:
                raices = {nombre.split(".")[0] for nombre in importados(archivo)}

                assert "django" not in raices, archivo.relative_to(RAIZ)


def test_pandas_y_openpyxl_viven_solo_donde_se_leen_y_escriben_hojas():
    permitidos = {"informes", "cargas", "hojas", "lectura"}
    for app in ABIERTAS:
        for archivo in modulos(app):
            usados = {nombre.split(".")[0] for nombre in importados(archivo)} & SOLO_EN_HOJAS
            donde = set(archivo.relative_to(RAIZ).with_suffix("").parts)

            assert not usados or donde & permitidos, f"{archivo.relative_to(RAIZ)}: {usados}"


def test_la_web_arranca_sin_cargar_lo_pesado():
    guion = (
        "import sys, django; django.setup();"
        "from django.urls import get_resolver; get_resolver().url_patterns;"
        f"print(sorted({PESADOS!r} & set(sys.modules)))"
    )

    salida = subprocess.run(
        [sys.executable, "-c", guion],
        cwd=RAIZ,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "escuela.settings"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert salida.stdout == "[]\n"


def test_ningun_archivo_de_codigo_es_tan_largo_que_no_quepa_en_la_cabeza():
    largos = {
        str(archivo.relative_to(RAIZ)): lineas
        for archivo in archivos_del_repositorio()
        if archivo.suffix in {".py", ".js", ".html"}
        and "vendor" not in archivo.parts
        and "migrations" not in archivo.parts
        and (lineas := archivo.read_text(encoding="utf-8").count("\n"))
        > (MAXIMO_EN_PRUEBAS if archivo.is_relative_to(RAIZ / "tests") else MAXIMO_DE_LINEAS)
    }

    assert largos == {}


def test_no_hay_cajones_de_sastre():
    nombres = {archivo.stem for archivo in archivos_del_repositorio()}

    assert nombres & {"utils", "helpers", "comun", "misc", "varios"} == set()


def test_ningun_archivo_nombra_rutas_de_una_maquina():
    ruta = re.compile(r"(?<![\w.:/~-])/(?:work|home|root|Users|mnt)/|[A-Z]:\\\\?Users")
    texto = {".py", ".md", ".txt", ".in", ".toml", ".yml", ".html", ".css", ".js", ".json", ".sh"}

    con_rutas = [
        f"{archivo.relative_to(RAIZ)}:{numero}"
        for archivo in archivos_del_repositorio()
        if archivo.suffix in texto or not archivo.suffix
        for numero, linea in enumerate(archivo.read_text(encoding="utf-8").splitlines(), 1)
        if ruta.search(linea) and archivo != Path(__file__)
    ]

    assert con_rutas == []


def test_las_plantillas_no_llevan_estilo_ni_guion_en_linea():
    en_linea = re.compile(r"<style|\sstyle=|<script(?![^>]*\bsrc=)|\son[a-z]+=|javascript:", re.I)

    culpables = [
        f"{archivo.relative_to(RAIZ)}:{numero}"
        for archivo in archivos_del_repositorio()
        # Un correo no tiene hoja de estilo aparte.
        if archivo.suffix == ".html" and "correos" not in archivo.parts
        for numero, linea in enumerate(archivo.read_text(encoding="utf-8").splitlines(), 1)
        if en_linea.search(linea) and 'type="application/json"' not in linea
    ]

    assert culpables == []


def test_ninguna_vista_tapa_lo_que_toda_plantilla_puede_nombrar():
    """Una vista que llame `institucion` a otra cosa deja el pie de página sin el Ministerio."""
    comunes = {"institucion", "menu", "seccion_actual", "enlaces_personales", "hay_demostracion"}
    comunes |= {"contraste_alto", "clases_de_lectura", "user", "request", "messages", "perms"}

    tapadas = {
        (str(archivo.relative_to(RAIZ)), llave.value)
        for app in ABIERTAS
        for archivo in modulos(app)
        if "views" in archivo.parts or archivo.stem == "views"
        for nodo in ast.walk(ast.parse(archivo.read_text()))
        if isinstance(nodo, ast.Dict)
        for llave in nodo.keys
        if isinstance(llave, ast.Constant) and llave.value in comunes
    }

    assert tapadas == set()
