import pytest

from trabajos import registro


@pytest.fixture
def declarar(monkeypatch):
    """Declara un trabajo solo para esta prueba: `declarar(funcion)`."""
    monkeypatch.setattr(registro, "TIPOS", dict(registro.TIPOS))

    def declarar(funcion, **opciones):
        registro.trabajo("prueba.hacer", titulo="Trabajo de prueba", **opciones)(funcion)

    return declarar
