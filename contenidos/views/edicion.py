"""Las páginas de quien edita: la mesa, la ficha y los pasos de cada contenido."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from contenidos.acciones import contenidos as acciones
from contenidos.consultas.edicion import (
    BANDEJAS,
    con_direccion,
    cuentas_de,
    los_de_la_bandeja,
    pasos_de,
    por_que_espera,
)
from contenidos.consultas.relacionados import los_que_dicen, los_relacionados, que_es
from contenidos.forms.edicion import ContenidoForm
from contenidos.forms.pasos import PasoForm
from contenidos.models import Buscable, Contenido
from contenidos.permisos import (
    puede_editar,
    puede_editar_paginas,
    puede_ordenar_temas,
    puede_publicar,
)

POR_PAGINA = 25


@require_safe
def mesa_de_edicion(request):
    """Lo que espera, repartido en bandejas: la primera es la de quien mira."""
    if not puede_editar(request.user):
        raise PermissionDenied

    clave = request.GET.get("bandeja", "")
    clave = clave if clave in BANDEJAS else "suyo"
    busca = " ".join(request.GET.get("q", "").split())[:100]
    if busca and "bandeja" not in request.GET:
        clave = "todos"
    cuentas = cuentas_de(request.user)
    encontrados = los_de_la_bandeja(clave, request.user, busca)
    pagina = Paginator(encontrados, POR_PAGINA).get_page(request.GET.get("page"))

    return render(
        request,
        "contenidos/edicion/mesa.html",
        {
            "bandeja": BANDEJAS[clave],
            "bandejas": [
                (una, cuentas[una.clave], una.clave == clave) for una in BANDEJAS.values()
            ],
            "busca": busca,
            "pagina": pagina,
            "filas": [(contenido, por_que_espera(contenido)) for contenido in pagina],
            "consulta": f"bandeja={clave}",
            "ordena": puede_ordenar_temas(request.user),
            "edita_paginas": puede_editar_paginas(request.user),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def nuevo_contenido(request):
    if not puede_editar(request.user):
        raise PermissionDenied

    form = ContenidoForm(request.POST or None, por=request.user)
    if form.is_valid() and (contenido := _guardado(form, request.user)):
        if contenido.enlace:
            messages.success(request, "Quedó en borrador. Cuando esté listo, envíelo a revisión.")
            return redirect("contenidos:editar-contenido", contenido.slug)
        messages.success(request, "La ficha quedó en borrador. Ahora, su archivo.")
        return redirect("contenidos:nueva-version", contenido.slug)

    return render(request, "contenidos/edicion/contenido_form.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def editar_contenido(request, slug):
    contenido = contenido_que_edita(request, slug)

    form = ContenidoForm(
        request.POST or None,
        instance=Contenido.objects.select_related("autor", "reemplazado_por").get(pk=contenido.pk),
        por=request.user,
    )
    if form.is_valid() and (guardado := _guardado(form, request.user)):
        messages.success(request, "Los cambios quedaron guardados.")
        return redirect("contenidos:editar-contenido", guardado.slug)

    return render(
        request,
        "contenidos/edicion/contenido_form.html",
        {
            "form": form,
            "contenido": contenido,
            "version": contenido.version_actual,
            "pasos": pasos_de(contenido, request.user),
            "publica": puede_publicar(request.user, contenido),
            "movimientos": contenido.movimientos.select_related("por"),
            "pestanas": pestanas_de(contenido, "ficha"),
        },
    )


def _guardado(form, usuario):
    """Lo que la acción no admite se le dice a la persona en el mismo formulario."""
    try:
        return form.save(por=usuario)
    except ValidationError as error:
        form.add_error(None, error)
        if getattr(error, "code", "") == "cambio_mientras_tanto":
            form.ponerse_al_dia()
        return None


@require_http_methods(["GET", "HEAD", "POST"])
def mover_contenido(request, slug, paso):
    """Una página por paso: dice qué va a pasar antes de que pase."""
    contenido = contenido_que_edita(request, slug)
    posibles = {uno.clave: uno for uno in pasos_de(contenido, request.user)}
    if paso not in posibles:
        messages.warning(
            request,
            f"El contenido está {en_que_va(contenido)}: ese paso ya no es posible, o no le "
            "corresponde a usted.",
        )
        return redirect("contenidos:editar-contenido", contenido.slug)

    # Un formulario sin nada obligatorio puede llegar vacío: manda el verbo.
    enviado = request.POST if request.method == "POST" else None
    form = PasoForm(enviado, contenido=contenido, paso=posibles[paso])
    if form.is_valid():
        try:
            form.save(por=request.user)
        except ValidationError as error:
            form.add_error(None, error)
            contenido.refresh_from_db()
        else:
            messages.success(request, f"El contenido quedó {en_que_va(contenido)}.")
            return redirect("contenidos:editar-contenido", contenido.slug)

    return render(
        request,
        "contenidos/edicion/paso.html",
        {
            "form": form,
            "contenido": contenido,
            "paso": posibles[paso],
            "en_que_va": en_que_va(contenido),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def relacionados(request, slug):
    """Lo que conviene ver después: se busca y se añade, o se quita."""
    contenido = contenido_que_edita(request, slug)
    busca = " ".join(request.GET.get("q", "").split())[:100]

    if request.method == "POST":
        _relacionar(request, contenido)
        return redirect(request.get_full_path())

    return render(
        request,
        "contenidos/edicion/relacionados.html",
        {
            "contenido": contenido,
            "busca": busca,
            "encontrados": los_que_dicen(busca, contenido, request.user) if busca else [],
            "relacionados": [
                (entrada, que_es(entrada)) for entrada in los_relacionados(contenido, request.user)
            ],
            "pestanas": pestanas_de(contenido, "relacionados"),
        },
    )


def _relacionar(request, contenido):
    quita = "quitar" in request.POST
    pk = request.POST.get("quitar" if quita else "poner", "")
    con = Buscable.objects.filter(pk=pk).first() if pk.isdecimal() and len(pk) < 19 else None
    if con is None:
        messages.warning(request, "Escoja de la lista qué relacionar.")
        return
    accion = acciones.dejar_de_relacionar if quita else acciones.relacionar
    try:
        accion(contenido=contenido, con=con, por=request.user)
    except ValidationError as error:
        messages.warning(request, error.message)
    else:
        messages.success(
            request, f"Ya no está relacionado: {con}." if quita else f"Quedó relacionado: {con}."
        )


# ── Lo que comparten estas páginas ────────────────────────────────────────────────────────────


def contenido_que_edita(request, slug) -> Contenido:
    """Por su dirección de hoy o por una anterior; 404 si no lo ve, 403 si lo ve y no lo edita."""
    encontrado = con_direccion(slug).values("pk")
    contenido = get_object_or_404(
        Contenido.objects.visibles_para(request.user)
        .select_related("clase", "autor", "version_actual", "responsable")
        .filter(pk__in=encontrado)
    )
    if not puede_editar(request.user):
        raise PermissionDenied
    return contenido


def en_que_va(contenido: Contenido) -> str:
    return "programado" if contenido.esta_programado else contenido.get_estado_display()


def pestanas_de(contenido: Contenido, actual: str) -> list[tuple[str, str, bool]]:
    return [
        (texto, reverse(f"contenidos:{nombre}", args=[contenido.slug]), clave == actual)
        for clave, texto, nombre in (
            ("ficha", "Ficha", "editar-contenido"),
            ("archivo", "Archivo", "nueva-version"),
            ("relacionados", "Relacionados", "relacionados"),
        )
    ]
