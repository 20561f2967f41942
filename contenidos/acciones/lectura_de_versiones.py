"""Lo que se averigua de un archivo después de recibido: su texto, su primera página, sus avisos.

Leer dos veces deja lo mismo que leer una: si el trabajador muere a mitad, otro empieza de nuevo.
"""

from pathlib import Path

from django.core.files.base import ContentFile
from django.db import transaction

from contenidos.acciones.indice import poner_al_dia
from contenidos.acciones.versiones import en_disco, pedir_lectura
from contenidos.lectura import aparte
from contenidos.lectura.aparte import Leido
from contenidos.lectura.formatos import extension_de
from contenidos.models import PaginaDeTexto, VersionDeContenido
from territorio.texto import normalizar

Extraccion = VersionDeContenido.Extraccion
POR_LOTE = 500


def leer(version: VersionDeContenido) -> Leido | None:
    """Abre el archivo en un proceso aparte. None si no se pudo: el archivo se entrega igual."""
    with version.archivo.open("rb") as archivo:
        try:
            ruta = Path(version.archivo.path)
        except NotImplementedError:  # un almacén que no está en este disco
            with en_disco(archivo) as copia:
                return _leer(copia, version)
    return _leer(ruta, version)


def _leer(ruta, version):
    try:
        return aparte.leer(ruta, extension_de(version.nombre_del_archivo))
    except aparte.ArchivoIlegible:
        return None


def guardar(version: VersionDeContenido, leido: Leido | None) -> None:
    """Deja lo leído en lugar de lo que hubiera, y que el buscador lo sepa."""
    with transaction.atomic():
        # Con la fila en la mano: dos trabajadores no guardan a la vez la misma página.
        version = VersionDeContenido.objects.select_for_update().get(pk=version.pk)
        version.textos.all().delete()
        if leido is not None:
            _guardar_textos(version, leido.textos)
        # Por `update`: lo que averigua el portal no es un cambio de una persona.
        VersionDeContenido.objects.filter(pk=version.pk).update(**_lo_que_se_sabe(version, leido))
    poner_al_dia(version.contenido)


def _guardar_textos(version, textos):
    PaginaDeTexto.objects.bulk_create(
        [
            PaginaDeTexto(version=version, numero=n, texto=texto, texto_norm=normalizar(texto))
            for n, texto in enumerate(textos, 1)
            if texto
        ],
        batch_size=POR_LOTE,
    )


def _lo_que_se_sabe(version, leido):
    if leido is None:
        return {"extraccion": Extraccion.FALLIDA}
    sabido = {
        "extraccion": Extraccion.HECHA if any(leido.textos) else Extraccion.SIN_TEXTO,
        "paginas": leido.paginas,
        "es_imagen": leido.es_imagen,
        "esta_etiquetado": leido.esta_etiquetado,
    }
    if leido.miniatura:
        sabido["miniatura"] = _en_su_sitio(version, "miniatura", leido.miniatura)
    if leido.ligero and not version.ligero:
        sabido["ligero"] = _en_su_sitio(version, "ligero", leido.ligero)
        sabido["tamano_ligero"] = len(leido.ligero)
    return sabido


def _en_su_sitio(version, cual, datos):
    """Siempre con el mismo nombre: si un intento anterior lo dejó suelto, este lo reemplaza."""
    almacen = getattr(version, cual).storage
    nombre = f"contenidos/{cual}/{version.pk}-{version.huella[:16]}.webp"
    almacen.delete(nombre)
    return almacen.save(nombre, ContentFile(datos))


def pedir_las_que_faltan() -> int:
    """Las que llegaron sin pasar por una página: un traslado, una carga."""
    pendientes = VersionDeContenido.objects.filter(extraccion=Extraccion.PENDIENTE)
    faltan = list(pendientes.order_by("pk"))
    for version in faltan:
        pedir_lectura(version, por=None)
    return len(faltan)
