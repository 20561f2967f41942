"""La biblioteca: los temas que rotulan todo, los contenidos, y el índice de lo que se busca."""

from contenidos.models.catalogos import Audiencia, Autor, Clase, Eje, Nivel
from contenidos.models.contenidos import (
    EDITAN,
    Contenido,
    ContenidoQuerySet,
    DireccionAnterior,
    Movimiento,
    RevisionDeEnlace,
)
from contenidos.models.descargas import Descarga, Paquete
from contenidos.models.importaciones import ImportacionDeContenidos
from contenidos.models.indice import Buscable, BusquedaSinResultados, Palabra, Termino
from contenidos.models.paginas import Imagen, Pagina, VersionDePagina
from contenidos.models.rutas import Certificado, Coleccion, EnColeccion, Paso, PasoHecho, Ruta
from contenidos.models.seguimiento import Suscripcion
from contenidos.models.temas import DireccionAnteriorDeTema, Tema, TemaQuerySet
from contenidos.models.versiones import PaginaDeTexto, VersionDeContenido

__all__ = [
    "EDITAN",
    "Audiencia",
    "Autor",
    "Buscable",
    "BusquedaSinResultados",
    "Certificado",
    "Clase",
    "Coleccion",
    "Contenido",
    "ContenidoQuerySet",
    "Descarga",
    "DireccionAnterior",
    "DireccionAnteriorDeTema",
    "Eje",
    "EnColeccion",
    "Imagen",
    "ImportacionDeContenidos",
    "Movimiento",
    "Nivel",
    "Pagina",
    "PaginaDeTexto",
    "Palabra",
    "Paquete",
    "Paso",
    "PasoHecho",
    "RevisionDeEnlace",
    "Ruta",
    "Suscripcion",
    "Tema",
    "TemaQuerySet",
    "Termino",
    "VersionDeContenido",
    "VersionDePagina",
]
