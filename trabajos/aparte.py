"""Lo que trae una persona se abre en otro proceso: un archivo malo no tumba al que pregunta."""

import marshal
import subprocess
import sys
from pathlib import Path


def leer_aparte(lector: Path, *que: str, espera: int, datos: bytes = b"") -> list | None:
    """Lo que responde `lector`, que se pone sus topes; nada, si murió o se pasó de ellos.

    Es un guion que lee `que` y `datos` (por su entrada) y escribe por su salida, con marshal.
    """
    try:
        hijo = subprocess.run(
            [sys.executable, "-I", str(lector), *que],
            input=datos,
            capture_output=True,
            timeout=espera,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return None
    return marshal.loads(hijo.stdout) if hijo.stdout and not hijo.returncode else None
