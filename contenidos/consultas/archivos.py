"""Lo que se dice de un archivo antes del clic: qué es, cuánto trae y qué le falta."""

from contenidos.lectura.formatos import Formato, formato_del_nombre
from contenidos.models import VersionDeContenido
from trabajos.archivos import peso_de

Extraccion = VersionDeContenido.Extraccion

NO_SE_LEYO = (
    "El portal no pudo leer este archivo: se baja, pero no se encuentra por lo que dice adentro."
)
ES_UNA_IMAGEN = (
    "Es una imagen del texto: un lector de pantalla no lo puede leer y el buscador no mira adentro."
)
SIN_ETIQUETAS = "El PDF no está etiquetado: un lector de pantalla puede leerlo en desorden."


def formato_de(version: VersionDeContenido) -> Formato:
    """Cómo se llama («PDF») y con qué tipo se entrega."""
    return formato_del_nombre(version.nombre_del_archivo)


def formato_del_ligero(version: VersionDeContenido) -> Formato:
    return formato_del_nombre(version.ligero.name)


def nombre_del_ligero(version: VersionDeContenido) -> str:
    """Con el que se baja: el del archivo, y que es la ligera."""
    raiz = version.nombre_del_archivo.rpartition(".")[0]
    return f"{raiz[:180]} (ligera).{version.ligero.name.rpartition('.')[2]}"


def extension_en_paginas(version: VersionDeContenido) -> str:
    """«12 páginas», «3 hojas»; «» si aún no se sabe o no tiene."""
    if not version.paginas or formato_de(version).es_imagen:
        return ""
    una, varias = formato_de(version).unidad
    return f"1 {una}" if version.paginas == 1 else f"{version.paginas} {varias}"


def senas_de(version: VersionDeContenido) -> str:
    """«PDF, 12 páginas, 1,2 MB»."""
    partes = [
        formato_de(version).nombre,
        extension_en_paginas(version),
        peso_de(version.tamano),
    ]
    return ", ".join(parte for parte in partes if parte)


def avisos_de(version: VersionDeContenido) -> list[str]:
    """Lo que debe saber quien lo va a abrir o puede arreglarlo. Vacío: no hay nada que advertir."""
    formato = formato_de(version)
    if version.extraccion == Extraccion.FALLIDA:
        return [NO_SE_LEYO]
    if version.extraccion == Extraccion.PENDIENTE or formato.es_imagen or formato.es_video:
        return []
    if version.es_imagen:
        return [ES_UNA_IMAGEN]
    return [SIN_ETIQUETAS] if version.esta_etiquetado is False else []
