"""Las páginas que explican la Escuela, y dónde las corrige quien administra."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.views.decorators.http import require_http_methods, require_safe

from contenidos.acciones.paginas import IMAGEN_MAXIMA
from contenidos.consultas.paginas import (
    ayuda_para,
    comparar,
    paginas_de,
    version_anunciada,
    version_vigente,
)
from contenidos.forms.paginas import ImagenForm, NuevaPaginaForm, PaginaForm, SitioForm
from contenidos.models import Imagen, Pagina, VersionDePagina
from contenidos.permisos import puede_editar_paginas

IMAGENES_POR_PAGINA = 24
Grupo = Pagina.Grupo


# ── Leer ──────────────────────────────────────────────────────────────────────────────────────


@require_safe
@login_not_required
def pagina(request, slug):
    """Cada página tiene una sola dirección: las demás llevan a ella."""
    pagina = _visible(request, slug)
    if request.path != pagina.get_absolute_url():
        return redirect(pagina)
    version = version_vigente(pagina)
    if version is None and not puede_editar_paginas(request.user):
        raise Http404
    return render(request, "contenidos/pagina_detail.html", _lo_de(request, pagina, version))


@require_safe
@login_not_required
def juntos(request):
    return _entrada(request, Grupo.JUNTOS)


@require_safe
@login_not_required
def movemos(request):
    return _entrada(request, Grupo.MOVEMOS)


@require_safe
@login_not_required
def politicas(request):
    contexto = {
        "paginas": paginas_de(Grupo.POLITICAS, request.user),
        "edita": puede_editar_paginas(request.user),
    }
    return render(request, "contenidos/politica_list.html", contexto)


@require_safe
@login_not_required
def ayuda(request):
    paginas = paginas_de(Grupo.AYUDA, request.user)
    contexto = {
        "paginas": paginas,
        "suya": ayuda_para(request.user, paginas),
        "edita": puede_editar_paginas(request.user),
    }
    return render(request, "contenidos/ayuda.html", contexto)


@require_safe
@login_not_required
def versiones_de_pagina(request, slug):
    """Las de una política son públicas; las demás, de quien edita."""
    pagina = _con_historia(request, slug)
    contexto = {
        "pagina": pagina,
        "vigente": version_vigente(pagina),
        "anunciada": version_anunciada(pagina),
        "versiones": pagina.versiones.defer("cuerpo").select_related("creado_por"),
        "edita": puede_editar_paginas(request.user),
    }
    return render(request, "contenidos/pagina_versiones.html", contexto)


@require_safe
@login_not_required
def version_de_pagina(request, slug, numero):
    pagina = _con_historia(request, slug)
    version = get_object_or_404(VersionDePagina, pagina=pagina, numero=numero)
    anterior = pagina.versiones.filter(numero__lt=numero).first()
    contexto = {
        "pagina": pagina,
        "version": version,
        "vigente": version_vigente(pagina),
        "anterior": anterior,
        "cambios": comparar(anterior.cuerpo, version.cuerpo) if anterior else [],
    }
    return render(request, "contenidos/pagina_version.html", contexto)


@require_safe
@login_not_required
def imagen(request, clave):
    """No cambia nunca: quien la tiene no vuelve a pedirla."""
    imagen = get_object_or_404(Imagen, clave=clave)
    try:
        archivo = imagen.archivo.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    return FileResponse(
        archivo,
        content_type="image/webp",
        headers={
            "Cache-Control": "public, max-age=31536000, immutable",
            "X-Content-Type-Options": "nosniff",
        },
    )


def _entrada(request, grupo):
    """La entrada de un micrositio, aunque todavía nadie haya escrito su texto."""
    pagina = Pagina.objects.filter(slug=grupo, grupo=grupo, publicada=True).first()
    version = version_vigente(pagina) if pagina else None
    return render(request, f"contenidos/{grupo}.html", _lo_de(request, pagina, version, grupo))


def _lo_de(request, pagina, version, grupo=None):
    grupo = grupo or pagina.grupo
    return {
        "pagina": pagina,
        "grupo": Grupo(grupo).label,
        "version": version,
        "anunciada": version_anunciada(pagina) if pagina else None,
        "hermanas": paginas_de(grupo, request.user),
        "edita": puede_editar_paginas(request.user),
    }


def _visible(request, slug):
    if puede_editar_paginas(request.user):
        return get_object_or_404(Pagina, slug=slug)
    return get_object_or_404(Pagina.objects.publicadas(), slug=slug)


def _con_historia(request, slug):
    pagina = _visible(request, slug)
    if pagina.grupo != Grupo.POLITICAS and not puede_editar_paginas(request.user):
        raise Http404
    return pagina


# ── Escribir ──────────────────────────────────────────────────────────────────────────────────


@require_safe
def paginas(request):
    """Todas, con lo que falta por regir y lo que no se publica."""
    _exigir_que_edita(request)
    grupos = [(Grupo(grupo).label, paginas_de(grupo, request.user)) for grupo in Grupo.values]
    return render(request, "contenidos/pagina_list.html", {"grupos": grupos})


@require_http_methods(["GET", "HEAD", "POST"])
def nueva_pagina(request):
    _exigir_que_edita(request)
    return _escribir(request, NuevaPaginaForm(request.POST or None))


@require_http_methods(["GET", "HEAD", "POST"])
def editar_pagina(request, slug):
    pagina = get_object_or_404(Pagina, slug=slug)
    _exigir_que_edita(request)
    if "ubicar" in request.POST:
        sitio = SitioForm(request.POST, instance=pagina)
        if sitio.is_valid():
            sitio.save(por=request.user)
            messages.success(request, "Quedó guardado dónde va la página.")
            return redirect("contenidos:editar-pagina", slug)
        return _escribir(request, PaginaForm(pagina=pagina), sitio)

    form = PaginaForm(request.POST or None, pagina=pagina)
    return _escribir(request, form, SitioForm(instance=pagina))


def _escribir(request, form, sitio=None):
    previa = lo_de_otra = None
    if form.is_valid():
        if "vista_previa" in request.POST:
            previa = form.cleaned_data
        else:
            try:
                version = form.save(por=request.user)
            except ValidationError as error:
                if getattr(error, "code", "") == "lo_cambio_otra_persona":
                    lo_de_otra = form.pagina.versiones.first()
                    form = form.con_lo_de_ahora(lo_de_otra)
                form.add_error(None, error)
            else:
                messages.success(request, _que_quedo(version))
                return redirect(version.pagina)

    con_que = lo_de_otra or form.ultima
    escrito = form["cuerpo"].value() or ""
    return render(
        request,
        "contenidos/pagina_form.html",
        {
            "form": form,
            "sitio": sitio,
            "pagina": form.pagina,
            "ultima": con_que,
            "previa": previa,
            "lo_de_otra": lo_de_otra,
            "cambios": comparar(con_que.cuerpo, escrito)
            if con_que and (previa or lo_de_otra)
            else [],
        },
    )


def _que_quedo(version):
    if version_vigente(version.pagina) == version:
        return f"La página quedó guardada: es la versión {version.numero}."
    desde = date_format(version.rige_desde, r"j \d\e F \d\e Y")
    return f"La versión {version.numero} quedó anunciada: rige desde el {desde}."


@require_safe
def imagenes(request):
    _exigir_que_edita(request)
    pagina = Paginator(Imagen.objects.all(), IMAGENES_POR_PAGINA).get_page(request.GET.get("page"))
    return render(request, "contenidos/pagina_imagenes.html", {"page_obj": pagina})


@require_http_methods(["GET", "HEAD", "POST"])
def nueva_imagen(request):
    _exigir_que_edita(request)
    form = ImagenForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            form.save(por=request.user)
        except ValidationError as error:
            form.add_error("archivo", error)
        else:
            messages.success(request, "La imagen quedó guardada. Copie el texto que la pone.")
            return redirect("contenidos:imagenes")

    return render(
        request, "contenidos/pagina_imagen_form.html", {"form": form, "maximo": IMAGEN_MAXIMA}
    )


def _exigir_que_edita(request):
    if not puede_editar_paginas(request.user):
        raise PermissionDenied
