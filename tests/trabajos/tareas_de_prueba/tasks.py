import time
from pathlib import Path

from cuentas.bitacora import anotar
from trabajos.registro import trabajo


@trabajo("prueba.esperar", titulo="Esperar")
def esperar(tarea, *, carpeta, n, donde):
    """Mientras exista el cerrojo se queda ahí: antes del cierre, o dentro y ya con algo escrito."""
    carpeta = Path(carpeta)
    if donde == "antes":
        quedarse(carpeta, n)
    with tarea.cierre():
        anotar(por=None, verbo=f"prueba {n}")
        if donde == "dentro":
            quedarse(carpeta, n)


def quedarse(carpeta, n):
    (carpeta / f"llego-{n}").touch()
    while (carpeta / "cerrojo").exists():
        time.sleep(0.05)
