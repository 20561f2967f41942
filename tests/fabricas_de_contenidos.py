"""Lo que una prueba de la biblioteca necesita, en una llamada."""

import itertools

from django.contrib.auth.models import AnonymousUser
from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.text import slugify

from contenidos.acciones.paquetes import pedir_paquete
from contenidos.consultas.canasta import canasta_de
from contenidos.models import (
    Autor,
    Clase,
    Coleccion,
    Contenido,
    Pagina,
    PaginaDeTexto,
    Ruta,
    Termino,
    VersionDeContenido,
    VersionDePagina,
)
from territorio.texto import normalizar
from tests.archivos_de_prueba import un_pdf
from trabajos.archivos import huella_de

__all__ = ["un_pdf"]
_numero = itertools.count(1)


def una_clase(clave="guia", **datos):
    nombre = clave.replace("-", " ")
    datos = {"nombre": nombre, "plural": f"{nombre}s", **datos}
    return Clase.objects.get_or_create(clave=clave, defaults=datos)[0]


def un_autor(nombre="Ministerio de Educación Nacional"):
    return Autor.objects.get_or_create(nombre_norm=normalizar(nombre), defaults={"nombre": nombre})[
        0
    ]


def un_contenido(titulo="Guía de prueba", *, temas=(), audiencias=(), archivo=None, **datos):
    """Publicado hace un momento y para cualquiera. Con `archivo` (bytes), también su versión 1."""
    n = next(_numero)
    contenido = Contenido.objects.create(
        titulo=titulo,
        **{
            "slug": f"contenido-{n}",
            "resumen": "Para probar.",
            "clase": datos.pop("clase", None) or una_clase(),
            "autor": datos.pop("autor", None) or un_autor(),
            "vigencia": 2020,
            "estado": Contenido.Estado.PUBLICADO,
            "publicado_en": timezone.now(),
            **datos,
        },
    )
    contenido.temas.set(temas)
    contenido.audiencias.set(audiencias)
    if archivo is not None:
        una_version(contenido, archivo)
    return contenido


def un_borrador(titulo="Borrador de prueba", **datos):
    datos = {"estado": Contenido.Estado.BORRADOR, "publicado_en": None, **datos}
    return un_contenido(titulo, **datos)


def una_version(contenido, datos=b"%PDF-1.7 de prueba", *, nombre="guia.pdf", textos=(), **mas):
    """La siguiente, y queda como la actual. `textos`: uno por página, ya extraído."""
    archivo = ContentFile(datos, name=nombre)
    version = VersionDeContenido.objects.create(
        contenido=contenido,
        **{
            "numero": contenido.versiones.count() + 1,
            "archivo": archivo,
            "nombre_del_archivo": nombre,
            "tamano": len(datos),
            "huella": huella_de(archivo),
            "extraccion": VersionDeContenido.Extraccion.HECHA,
            "paginas": len(textos) or 1,
            **mas,
        },
    )
    PaginaDeTexto.objects.bulk_create(
        PaginaDeTexto(version=version, numero=n, texto=texto, texto_norm=normalizar(texto))
        for n, texto in enumerate(textos, 1)
    )
    contenido.version_actual = version
    contenido.save(update_fields=["version_actual"])
    return version


def un_material(sesion, titulo="Presentación", **datos):
    """Un contenido que ve quien puede ver la sesión donde se entregó."""
    prestado = {"visibilidad": Contenido.Visibilidad.PRESTADA, **datos}
    return sesion.materiales.create(contenido=un_contenido(titulo, **prestado))


def una_pagina(slug="que-es", titulo="Qué es", cuerpo="Un párrafo.", **datos):
    pagina = Pagina.objects.create(slug=slug, **{"grupo": Pagina.Grupo.ESCUELA, **datos})
    VersionDePagina.objects.create(pagina=pagina, numero=1, titulo=titulo, cuerpo=cuerpo)
    return pagina


def un_termino(nombre="Deserción", **datos):
    datos = {"definicion": "Lo que quiere decir.", "slug": slugify(nombre), **datos}
    return Termino.objects.create(nombre=nombre, **datos)


def una_coleccion(titulo="Colección de prueba", *contenidos, **datos):
    """Publicada."""
    datos = {"slug": slugify(titulo), "resumen": "Para probar.", "publicada": True, **datos}
    coleccion = Coleccion.objects.create(titulo=titulo, **datos)
    for orden, contenido in enumerate(contenidos, 1):
        coleccion.entradas.create(contenido=contenido, orden=orden)
    return coleccion


def una_ruta(titulo="Ruta de prueba", *contenidos, **datos):
    """Publicada y con un paso de 30 minutos por contenido."""
    datos = {"slug": slugify(titulo), "resumen": "Para probar.", "publicada": True, **datos}
    ruta = Ruta.objects.create(titulo=titulo, **datos)
    for orden, contenido in enumerate(contenidos, 1):
        ruta.pasos.create(titulo=f"Paso {orden}", contenido=contenido, orden=orden)
    return ruta


def un_paquete(*contenidos, por=None):
    """Pedido, sin armar todavía."""
    publico = AnonymousUser()
    equipaje = canasta_de([contenido.pk for contenido in contenidos], por or publico)
    return pedir_paquete(equipaje=equipaje, por=por)
