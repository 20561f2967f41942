"""Llevarse varios contenidos de una vez: la canasta, y el paquete que sale de ella.

Sin cuenta también: la canasta vive en la sesión de navegación y el paquete, en su dirección.
"""

from pathlib import PurePath

from allauth.core.internal import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contenidos.acciones import canasta as acciones
from contenidos.acciones.descargas import contar_descarga
from contenidos.acciones.paquetes import (
    PESO_MAXIMO,
    esta_en_camino,
    esta_listo,
    pedir_paquete,
    rearmar_paquete,
    va_ligero,
)
from contenidos.consultas.canasta import (
    canasta_de,
    contenido_del_paquete,
    contenidos_en_paquete,
    paquetes_recientes,
)
from contenidos.models import Contenido, Paquete
from contenidos.permisos import puede_ver_paquete
from trabajos.entrega import empieza_una_descarga, entregar

RECIENTES = "paquetes"  # en la sesión: los últimos que pidió quien navega sin cuenta
CUANTOS_RECIENTES = 5
PEDIDOS = {"paquete": "30/h/ip"}


# ── La canasta ────────────────────────────────────────────────────────────────────────────────


@never_cache
@require_safe
@login_not_required
def canasta(request):
    return _canasta(request)


def _canasta(request, *, estado=200, **contexto):
    equipaje = canasta_de(acciones.en_la_canasta(request.session), request.user)
    return render(
        request,
        "contenidos/canasta.html",
        {
            "equipaje": equipaje,
            "peso_maximo": PESO_MAXIMO,
            "maximo": acciones.MAXIMO,
            "recientes": paquetes_recientes(request.session.get(RECIENTES, ())),
            **contexto,
        },
        status=estado,
    )


@require_POST
@login_not_required
def agregar(request, slug):
    contenido = get_object_or_404(Contenido.objects.visibles_para(request.user), slug=slug)
    try:
        if not acciones.agregar(request.session, [contenido]):
            messages.info(request, "Ese contenido ya está en su canasta, o no se puede llevar.")
    except ValidationError as error:
        messages.error(request, error.message)
    return _volver(request)


@require_POST
@login_not_required
def quitar(request, slug):
    contenido = get_object_or_404(Contenido.objects.con_pagina_para(request.user), slug=slug)
    acciones.quitar(request.session, contenido.pk)
    return _volver(request)


@require_POST
@login_not_required
def vaciar(request):
    acciones.vaciar(request.session)
    return redirect("contenidos:canasta")


def _volver(request):
    """A la página de donde salió, si es nuestra."""
    destino = request.POST.get("volver", "")
    es_nuestra = url_has_allowed_host_and_scheme(
        destino, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return redirect(destino if es_nuestra else "contenidos:canasta")


# ── El paquete ────────────────────────────────────────────────────────────────────────────────


@require_POST
@login_not_required
def pedir(request):
    if not ratelimit.consume(request, app="contenidos", action="paquete", config=PEDIDOS):
        return _canasta(request, estado=429, hay_que_esperar=True)
    anteriores = request.session.get(RECIENTES, [])
    try:
        paquete = pedir_paquete(
            equipaje=canasta_de(acciones.en_la_canasta(request.session), request.user),
            por=_quien(request),
            ligero=bool(request.POST.get("ligero")),
            anteriores=anteriores,
        )
    except ValidationError as error:
        messages.error(request, error.message)
        return redirect("contenidos:canasta")
    clave = str(paquete.clave)
    otros = [otra for otra in anteriores if otra != clave]
    request.session[RECIENTES] = [clave, *otros][:CUANTOS_RECIENTES]
    return redirect(paquete)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
def paquete(request, clave):
    """Cómo va y qué trae. Al enviar: armarlo otra vez, o pasar lo suyo a la canasta propia."""
    paquete = _paquete(clave)
    if not puede_ver_paquete(request.user, paquete):
        return _no_es_para(request)
    if request.method == "POST":
        hacer = _a_la_canasta if "canasta" in request.POST else _otra_vez
        return hacer(request, paquete)
    return render(
        request,
        "contenidos/paquete.html",
        {
            "paquete": paquete,
            "trabajo": paquete.trabajo,
            "equipaje": contenido_del_paquete(paquete, request.user),
            "esta_listo": esta_listo(paquete),
            "esta_en_camino": esta_en_camino(paquete),
            "es_ligero": va_ligero(paquete),
            "direccion": settings.DIRECCION_DEL_PORTAL + paquete.get_absolute_url(),
        },
    )


def _paquete(clave):
    return get_object_or_404(Paquete.objects.select_related("trabajo"), clave=clave)


def _no_es_para(request):
    """Trae algo que no puede ver: quien no ha entrado quizá pueda si entra."""
    if request.user.is_authenticated:
        raise Http404("Este paquete trae contenidos que no son para todo el mundo.")
    return redirect_to_login(request.get_full_path())


def _otra_vez(request, paquete):
    if not ratelimit.consume(request, app="contenidos", action="paquete", config=PEDIDOS):
        messages.warning(request, "Ha pedido muchos paquetes seguidos. Espere una hora.")
    else:
        rearmar_paquete(paquete=paquete, por=_quien(request))
    return redirect(paquete)


def _a_la_canasta(request, paquete):
    visibles = Contenido.objects.visibles_para(request.user)
    try:
        acciones.agregar(
            request.session, visibles.filter(pk__in=contenidos_en_paquete(paquete).values("pk"))
        )
    except ValidationError as error:
        messages.error(request, error.message)
    return redirect("contenidos:canasta")


@require_safe
@login_not_required
def archivo_del_paquete(request, clave):
    """El ZIP, entero o desde donde se cortó."""
    paquete = _paquete(clave)
    if not puede_ver_paquete(request.user, paquete):
        return _no_es_para(request)
    if not esta_listo(paquete):
        return redirect(paquete)
    trabajo = paquete.trabajo
    respuesta = entregar(
        request,
        trabajo.archivo,
        nombre=trabajo.nombre_del_archivo,
        tipo="application/zip",
        etiqueta=PurePath(trabajo.archivo.name).stem,  # cada vez que se arma es otro
    )
    if empieza_una_descarga(request, respuesta):
        for renglon in contenido_del_paquete(paquete, request.user).van:
            contar_descarga(request, renglon.contenido, renglon.version)
    return respuesta


def _quien(request):
    return request.user if request.user.is_authenticated else None
