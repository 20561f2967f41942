from pathlib import Path

import pytest


@pytest.fixture
def con_muestras(settings):
    """El portal con las páginas de muestra, que traen todas las piezas juntas."""
    settings.ROOT_URLCONF = "tests.escuela.muestra"
    plantillas = settings.TEMPLATES[0]
    settings.TEMPLATES = [
        {**plantillas, "DIRS": [*plantillas["DIRS"], Path(__file__).parent / "plantillas"]}
    ]
