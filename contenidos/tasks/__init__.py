"""Lo que la biblioteca hace después: los trabajos que el portal conoce al arrancar."""

from contenidos.tasks import (
    certificados,
    edicion,
    importaciones,
    indice,
    paquetes,
    temas,
    versiones,
)

__all__ = ["certificados", "edicion", "importaciones", "indice", "paquetes", "temas", "versiones"]
