#!/usr/bin/env python3
"""El portal con dos órdenes, sin nada instalado más que Python 3.11 o posterior.

python3 portal.py [--sin-demo] [--puerto N]    lo instala y lo abre; Ctrl-C lo cierra
python3 portal.py test [--obligatorias] […]    revisa el estilo y corre las pruebas (… va a pytest)
python3 portal.py instalar                     solo prepara el entorno (.venv)
"""

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

RAIZ = Path(__file__).resolve().parent
VENV = RAIZ / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
MANAGE = [PYTHON, "manage.py"]
PYTEST = ["pytest", "-p", "no:cacheprovider"]
REVISIONES = {
    "formato": ["-m", "ruff", "format", "--check", "."],
    "estilo": ["-m", "ruff", "check", "."],
    "plantillas": ["-m", "djlint", "templates", "--lint", "--quiet"],
    "migraciones": ["manage.py", "makemigrations", "--check", "--dry-run"],
    "producción": ["manage.py", "check", "--deploy", "--fail-level=WARNING"],
}
# Lo que cada parte elige está en tests/conftest.py; lo largo va primero.
PRUEBAS = {
    "pruebas en PostgreSQL": ["-m", "tests.servicios.postgresql", *PYTEST, "--parte=postgresql"],
    "pruebas en el navegador": ["-m", *PYTEST, "--parte=navegador"],
    "pruebas en SQLite, primera mitad": ["-m", *PYTEST, "--parte=sqlite-1"],
    "pruebas en SQLite, segunda mitad": ["-m", *PYTEST, "--parte=sqlite-2"],
    "pruebas con procesos de verdad": ["-m", *PYTEST, "--parte=procesos"],
}
A_LA_VEZ = max(2, os.cpu_count() or 2)
SIN_PRUEBAS, SIN_SERVIDOR = 5, 77  # lo que responden pytest y tests.servicios


def correr(orden, **opciones):
    return subprocess.run([str(parte) for parte in orden], cwd=RAIZ, **opciones).returncode


def correr_y_oir(orden, entorno):
    """El código con que acabó y todo lo que dijo, para mostrarlo sin que se mezcle con lo demás."""
    with tempfile.TemporaryFile() as salida:
        codigo = correr([PYTHON, *orden], env=entorno, stdout=salida, stderr=salida)
        salida.seek(0)
        return codigo, salida.read().decode(errors="replace")


def exigir(orden):
    if correr(orden):
        sys.exit(f"\nNo se pudo: {' '.join(str(parte) for parte in orden)}")


def instalar(requisitos="requirements.txt"):
    """Deja en .venv lo que dice la lista. Si la lista no ha cambiado, no hace nada."""
    huella = hashlib.sha256((RAIZ / requisitos).read_bytes() + sys.version.encode()).hexdigest()
    nota = VENV / f"{requisitos}.instalado"
    if PYTHON.exists() and nota.exists() and nota.read_text() == huella:
        return
    print(f"Instalando {requisitos} en .venv (la primera vez, cerca de un minuto)…", flush=True)
    if not PYTHON.exists() or correr([PYTHON, "-c", "import pip"], stderr=subprocess.DEVNULL):
        exigir([sys.executable, "-m", "venv", "--clear", VENV])
    pip = [PYTHON, "-m", "pip", "--quiet", "--disable-pip-version-check", "install"]
    uv = [PYTHON, "-m", "uv", "pip", "install", "--quiet", "--python", PYTHON]
    lista = ["--require-hashes", "-r", requisitos]
    if correr([*pip, "--require-hashes", "-r", "requirements-uv.txt"]) or correr([*uv, *lista]):
        exigir([*pip, *lista])  # más lento, pero solo depende de lo que trae Python
    nota.write_text(huella)


def abrir(argumentos):
    instalar()
    sin_demo = [opcion for opcion in argumentos if opcion == "--sin-demo"]
    exigir([*MANAGE, "preparar", *sin_demo])
    orden = [*MANAGE, "portal", *(opcion for opcion in argumentos if opcion not in sin_demo)]
    if os.name == "nt":
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # el Ctrl-C lo atiende el portal
        return correr(orden)
    os.chdir(RAIZ)
    sys.stdout.flush()
    os.execv(PYTHON, [str(parte) for parte in orden])


def chromium_instalado():
    """Las pruebas de navegador usan el Chromium de Debian; con permiso, se instala solo."""
    apt = ["apt-get", "-qq", "-y", "-o", "DPkg::Lock::Timeout=120"]
    es_root = hasattr(os, "geteuid") and os.geteuid() == 0
    if not shutil.which("chromium") and es_root and shutil.which("apt-get"):
        print("Instalando Chromium con apt-get…", flush=True)
        entorno = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        correr([*apt, "update"], env=entorno)
        correr(
            [*apt, "install", "--no-install-recommends", "chromium"],
            env=entorno,
            stdout=subprocess.DEVNULL,
        )
    return bool(shutil.which("chromium") or shutil.which("chromium-browser"))


def probar(argumentos):
    """Estilo, migraciones y toda la suite, en SQLite y otra vez en PostgreSQL."""
    inicio = time.monotonic()
    instalar("requirements-pruebas.txt")
    en_ci = os.environ.get("CI", "").lower() not in ("", "0", "false")
    obligatorias = en_ci or "--obligatorias" in argumentos
    de_pytest = [opcion for opcion in argumentos if opcion != "--obligatorias"]
    fallas, faltas = [], [] if chromium_instalado() else ["Chromium"]
    entorno = {**os.environ, "ESCUELA_OBLIGATORIAS": str(int(obligatorias))}

    def anotar(nombre, codigo):
        if codigo == SIN_SERVIDOR and not obligatorias:
            faltas.append("PostgreSQL")
        elif codigo and not (codigo == SIN_PRUEBAS and de_pytest):
            fallas.append(f"{nombre} (cortada por la señal {-codigo})" if codigo < 0 else nombre)

    with tempfile.TemporaryDirectory() as datos, ThreadPoolExecutor(A_LA_VEZ) as hilos:
        produccion = {**entorno, "ESCUELA_PRODUCCION": "1", "ESCUELA_DATOS": datos}
        finales = {
            **{n: hilos.submit(correr_y_oir, orden, produccion) for n, orden in REVISIONES.items()},
            **{
                n: hilos.submit(correr_y_oir, [*orden, *de_pytest], entorno)
                for n, orden in PRUEBAS.items()
            },
        }
        print(f"Las pruebas corren de {A_LA_VEZ} en {A_LA_VEZ}; se muestran al acabar.", flush=True)
        for nombre, final in finales.items():
            codigo, dicho = final.result()
            anotar(nombre, codigo)
            print(f"\n── {nombre}\n{dicho}", end="", flush=True)
    if obligatorias:
        fallas += faltas
    minutos, segundos = divmod(round(time.monotonic() - inicio), 60)
    print(f"\n{'FALLÓ: ' + ', '.join(fallas) if fallas else 'TODO BIEN'}", end="")
    print(f". No se probó con: {', '.join(faltas)} (arriba dice cuánto)" if faltas else "", end="")
    print(f". {minutos} min {segundos} s.")
    return bool(fallas)


def main(argumentos):
    if sys.version_info < (3, 11):  # noqa: UP036  (es justo para quien tiene otro)
        return f"El portal necesita Python 3.11 o posterior; este es {sys.version.split()[0]}."
    # Sin guardar lo compilado, cada proceso que se abre tarda dos segundos más.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    if {"-h", "--help"} & set(argumentos[:1]):
        return print(__doc__)
    if argumentos[:1] == ["instalar"]:
        return instalar()
    return probar(argumentos[1:]) if argumentos[:1] == ["test"] else abrir(argumentos)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
