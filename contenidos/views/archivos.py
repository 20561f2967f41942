"""Los archivos de un contenido: el de hoy, el de cada versión y lo que los acompaña."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from contenidos.acciones.descargas import contar_descarga
from contenidos.consultas.archivos import formato_de, formato_del_ligero, nombre_del_ligero
from contenidos.models import Contenido
from contenidos.permisos import puede_editar
from contenidos.views.biblioteca import no_esta, retirado
from trabajos.entrega import empieza_una_descarga, entregar


def _con_archivo(ruta):
    """La vista recibe el contenido ya hallado; si cambió de nombre o se retiró, se explica."""

    def decorar(vista):
        @require_safe
        @login_not_required
        def hallar(request, slug, **argumentos):
            visibles = Contenido.objects.con_pagina_para(request.user)
            contenido = visibles.select_related("version_actual").filter(slug=slug).first()
            if contenido is None:
                return no_esta(request, slug, ruta, *argumentos.values())
            if contenido.esta_retirado and not puede_editar(request.user):
                return retirado(request, contenido)
            return vista(request, contenido, **argumentos)

        return hallar

    return decorar


@_con_archivo("contenidos:archivo")
def archivo(request, contenido):
    """Siempre el de hoy. Lo que está en otro sitio no tiene archivo: lleva a su ficha."""
    if contenido.version_actual is None:
        return redirect(contenido)
    return _llevarse(request, contenido, contenido.version_actual)


@_con_archivo("contenidos:archivo-de-version")
def version(request, contenido, numero):
    """Los mismos bytes para siempre."""
    return _llevarse(request, contenido, _version(contenido, numero))


@_con_archivo("contenidos:ligero")
def ligero(request, contenido):
    version = contenido.version_actual
    if version is None or not version.ligero:
        return redirect(contenido)
    return _llevarse(
        request,
        contenido,
        version,
        archivo=version.ligero,
        nombre=nombre_del_ligero(version),
        tipo=formato_del_ligero(version).tipo,
        etiqueta=f"{version.huella}-ligero-{version.tamano_ligero}",
    )


@_con_archivo("contenidos:miniatura")
def miniatura(request, contenido, numero):
    version = _version(contenido, numero)
    return _entregar(
        request,
        archivo=version.miniatura,
        nombre=f"{contenido.slug}.webp",
        tipo="image/webp",
        etiqueta=f"{version.huella}-miniatura",
    )


@_con_archivo("contenidos:subtitulos")
def subtitulos(request, contenido, numero):
    version = _version(contenido, numero)
    return _entregar(
        request,
        archivo=version.subtitulos,
        nombre=f"{contenido.slug}.vtt",
        tipo="text/vtt",
        etiqueta=f"{version.huella}-subtitulos",
    )


def _version(contenido, numero):
    return get_object_or_404(contenido.versiones, numero=numero)


def _llevarse(request, contenido, version, **otro):
    """El archivo de una versión, contado si con esto empieza a bajar."""
    entrega = {
        "archivo": version.archivo,
        "nombre": version.nombre_del_archivo,
        "tipo": formato_de(version).tipo,
        "etiqueta": version.huella,
        **otro,
    }
    respuesta = _entregar(request, **entrega)
    if empieza_una_descarga(request, respuesta) and contenido.esta_publicado:
        contar_descarga(request, contenido, version)
    return respuesta


def _entregar(request, *, archivo, **como):
    try:
        return entregar(request, archivo, **como)
    except (ValueError, FileNotFoundError):  # no lo tiene, o no está en el disco
        raise Http404("Este archivo no está.") from None
