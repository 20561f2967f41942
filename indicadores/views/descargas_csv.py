"""Un CSV que se compone y se entrega en la misma petición."""

import tempfile
from pathlib import Path

from django.http import FileResponse


def csv_al_momento(escribir, nombre: str) -> FileResponse:
    """`escribir(ruta)` compone el archivo; al cerrarse la respuesta, se borra."""
    archivo = tempfile.NamedTemporaryFile(suffix=".csv")  # noqa: SIM115
    escribir(Path(archivo.name))
    return FileResponse(
        archivo, as_attachment=True, filename=nombre, content_type="text/csv; charset=utf-8"
    )
