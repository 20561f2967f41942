"""Qué clases de documento se reciben y cómo se llama cada una."""

from dataclasses import dataclass
from pathlib import PurePath

from indicadores.models import DocumentoEstrategico

OFICINA = "application/vnd.openxmlformats-officedocument."


@dataclass(frozen=True)
class Clase:
    nombre: str
    tipo: str  # con que se entrega
    dentro: str = ""  # la carpeta que trae, si por dentro es un zip


CLASES = {
    ".pdf": Clase("PDF", "application/pdf"),
    ".xlsx": Clase("Excel", f"{OFICINA}spreadsheetml.sheet", "xl/"),
    ".docx": Clase("Word", f"{OFICINA}wordprocessingml.document", "word/"),
    ".pptx": Clase("PowerPoint", f"{OFICINA}presentationml.presentation", "ppt/"),
    ".csv": Clase("CSV", "text/csv; charset=utf-8"),
}
SE_ACEPTAN = "PDF, Excel (.xlsx), Word (.docx), PowerPoint (.pptx) o CSV"


def clase_de(documento: DocumentoEstrategico) -> Clase:
    """La de un archivo ya recibido, que solo pudo entrar con una de estas extensiones."""
    extension = PurePath(documento.nombre_del_archivo).suffix.lower()
    return CLASES.get(extension, Clase("Archivo", "application/octet-stream"))
