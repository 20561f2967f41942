"""`portal.py`, la orden del README: qué corre, qué responde y qué hace si algo falta."""

import importlib.util
from pathlib import Path

import pytest

RAIZ = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def portal(tmp_path, monkeypatch):
    """El guion cargado como módulo sobre una carpeta vacía; lo que correría queda anotado."""
    especificacion = importlib.util.spec_from_file_location("portal_py", RAIZ / "portal.py")
    guion = importlib.util.module_from_spec(especificacion)
    especificacion.loader.exec_module(guion)
    guion.RAIZ, guion.VENV = tmp_path, tmp_path / ".venv"
    guion.PYTHON = tmp_path / ".venv" / "python"
    guion.ordenes, guion.fallan = [], {}
    for lista in ("requirements.txt", "requirements-pruebas.txt"):
        (tmp_path / lista).write_text("Django==5.2.19")

    def anotar(orden, **_):
        dicha = " ".join(str(parte) for parte in orden)
        guion.ordenes.append(dicha)
        if "venv --clear" in dicha:
            guion.VENV.mkdir()
            guion.PYTHON.touch()
        return next((codigo for parte, codigo in guion.fallan.items() if parte in dicha), 0)

    monkeypatch.setattr(guion, "correr", anotar)
    monkeypatch.setattr(guion, "chromium_instalado", lambda: True)
    monkeypatch.delenv("CI", raising=False)
    return guion


def test_instalar_dos_veces_instala_una(portal):
    portal.instalar()
    corridas = len(portal.ordenes)

    portal.instalar()

    assert corridas > 0
    assert len(portal.ordenes) == corridas


def test_si_cambia_la_lista_se_instala_otra_vez(portal):
    portal.instalar()
    portal.ordenes.clear()
    (portal.RAIZ / "requirements.txt").write_text("Django==5.2.20")

    portal.instalar()

    assert [orden for orden in portal.ordenes if "uv pip install" in orden] != []


def test_sin_uv_se_instala_con_pip_y_con_las_mismas_huellas(portal):
    portal.fallan["requirements-uv.txt"] = 1

    portal.instalar()

    assert "-m pip" in portal.ordenes[-1]
    assert portal.ordenes[-1].endswith("--require-hashes -r requirements.txt")


def test_si_no_se_puede_instalar_no_queda_por_instalado(portal):
    portal.fallan["requirements.txt"] = 1

    with pytest.raises(SystemExit):
        portal.instalar()

    assert list(portal.VENV.glob("*.instalado")) == []


def test_un_python_viejo_recibe_una_explicacion(portal, monkeypatch):
    monkeypatch.setattr(portal.sys, "version_info", (3, 9, 2))

    respuesta = portal.main([])

    assert respuesta.startswith("El portal necesita Python 3.11 o posterior")


def test_las_pruebas_corren_en_los_dos_motores_y_dicen_que_todo_esta_bien(portal, capsys):
    codigo = portal.main(["test"])

    corridas = [orden for orden in portal.ordenes if "no:cacheprovider" in orden]
    assert codigo == 0
    partes = [orden.partition("--parte=")[2] for orden in corridas]
    assert sorted(partes) == ["navegador", "postgresql", "procesos", "sqlite-1", "sqlite-2"]
    assert [orden for orden in corridas if "servicios.postgresql" in orden] == [
        orden for orden in corridas if orden.endswith("--parte=postgresql")
    ]
    assert capsys.readouterr().out.splitlines()[-1].startswith("TODO BIEN.")


def test_una_falla_de_estilo_no_calla_las_demas(portal, capsys):
    portal.fallan["ruff check"] = 1
    portal.fallan["makemigrations"] = 1

    codigo = portal.main(["test"])

    assert codigo == 1
    assert "FALLÓ: estilo, migraciones." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("opciones", "codigo", "linea"),
    [
        ([], 0, "TODO BIEN. No se probó con: PostgreSQL"),
        (["--obligatorias"], 1, "FALLÓ: pruebas en PostgreSQL"),
    ],
)
def test_sin_postgresql_se_dice_y_si_es_obligatorio_falla(portal, capsys, opciones, codigo, linea):
    portal.fallan["tests.servicios.postgresql"] = portal.SIN_SERVIDOR

    respuesta = portal.main(["test", *opciones])

    assert respuesta == codigo
    assert capsys.readouterr().out.splitlines()[-1].startswith(linea)
