"""Los programas: lo que publicó la fuente, lo que está registrado y a quién llegó cada uno."""

import tempfile
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from acompanamiento.consultas import programas as consultas
from acompanamiento.forms.productos import ProductoForm
from acompanamiento.forms.programas import FiltroDeProgramasForm, ProgramaForm
from acompanamiento.informes.programas import escribir_cobertura
from acompanamiento.models import Actividad, Producto, Programa
from acompanamiento.permisos import puede_organizar_programas
from acompanamiento.views.registros import responder

POR_PAGINA, ACTIVIDADES_POR_PAGINA = 12, 20
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
leer_y_enviar = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@login_not_required
def programas(request):
    filtro = FiltroDeProgramasForm(request.GET)
    pagina = Paginator(filtro.aplicar(consultas.programas_con_todo()), POR_PAGINA).get_page(
        request.GET.get("page")
    )
    cifras = consultas.al_lado(pagina.object_list)
    return render(
        request,
        "acompanamiento/programa_list.html",
        {
            "filtro": filtro,
            "pagina": pagina,
            "programas": [
                (programa, [una for una in cifras[programa.pk] if una.cifra.es_titular])
                for programa in pagina.object_list
            ],
            "organiza": puede_organizar_programas(request.user),
        },
    )


@require_safe
@login_not_required
def programa(request, slug):
    programa = get_object_or_404(consultas.programas_con_todo(), slug=slug)
    tipos = consultas.tipos_realizados(programa)
    tipo = next((uno for uno in tipos if uno.clave == request.GET.get("tipo")), None)
    cifras = consultas.al_lado([programa])[programa.pk]
    productos = list(consultas.productos_de(programa))
    return render(
        request,
        "acompanamiento/programa_detail.html",
        {
            "programa": programa,
            "cifras": cifras,
            "fuentes": list(dict.fromkeys(una.cifra.fuente for una in cifras)),
            "cobertura": consultas.cobertura_de(programa, tipo),
            "pestanas": _pestanas(tipos, tipo),
            "tipo": tipo,
            "pagina": Paginator(
                consultas.actividades_de(programa), ACTIVIDADES_POR_PAGINA
            ).get_page(request.GET.get("page")),
            "productos": productos,
            "a_la_vista": consultas.contenidos_a_la_vista(productos, request.user),
            "organiza": puede_organizar_programas(request.user),
        },
    )


def _pestanas(tipos, tipo):
    """Solo si hay de dónde escoger: cada tipo puede haber llegado a unas secretarías distintas."""
    if len(tipos) < 2:
        return []
    return [
        ("Todas", "?#cobertura", tipo is None),
        *((uno.plural, f"?tipo={uno.clave}#cobertura", uno == tipo) for uno in tipos),
    ]


@require_safe
def cobertura_xlsx(request, slug):
    programa = get_object_or_404(consultas.programas_con_todo(), slug=slug)
    with tempfile.TemporaryDirectory(dir=settings.FILE_UPLOAD_TEMP_DIR) as carpeta:
        ruta = Path(carpeta) / "cobertura.xlsx"
        escribir_cobertura(ruta, programa, por=str(request.user))
        respuesta = HttpResponse(ruta.read_bytes(), content_type=XLSX)
    nombre = f"Cobertura {programa} {programa.vigencia}.xlsx"
    respuesta["Content-Disposition"] = content_disposition_header(True, nombre)
    return respuesta


# ── Crearlos y editarlos ──────────────────────────────────────────────────────────────────────


@leer_y_enviar
def nuevo_programa(request):
    return _formulario(request, None, "El programa quedó creado. Registre aquí sus actividades.")


@leer_y_enviar
def editar_programa(request, slug):
    programa = get_object_or_404(Programa, slug=slug)
    return _formulario(request, programa, "Los cambios quedaron guardados.")


def _formulario(request, programa, mensaje):
    if not puede_organizar_programas(request.user):
        raise PermissionDenied

    form = ProgramaForm(request.POST or None, por=request.user, objeto=programa)
    if recibo := form.guardar():
        return responder(request, recibo, mensaje)

    return render(
        request, "acompanamiento/programa_form.html", {"form": form, "programa": programa}
    )


# ── Lo que dejaron ────────────────────────────────────────────────────────────────────────────


@leer_y_enviar
def nuevo_producto(request, slug):
    programa = get_object_or_404(Programa, slug=slug)
    return _producto(request, programa, None, {"programa": programa, **_de_que_actividad(request)})


def _de_que_actividad(request):
    """La de ?actividad=, si está bien escrita."""
    try:
        clave = UUID(request.GET.get("actividad", ""))
    except ValueError:
        return {}
    return {"actividad": Actividad.objects.filter(clave=clave).first()}


@leer_y_enviar
def editar_producto(request, clave):
    producto = get_object_or_404(Producto.objects.select_related("programa"), clave=clave)
    return _producto(request, producto.programa, producto, None)


def _producto(request, programa, producto, initial):
    if not puede_organizar_programas(request.user):
        raise PermissionDenied

    form = ProductoForm(request.POST or None, por=request.user, objeto=producto, initial=initial)
    if recibo := form.guardar():
        return responder(request, recibo, "El producto quedó guardado.", programa)

    return render(
        request,
        "acompanamiento/producto_form.html",
        {"form": form, "programa": programa, "producto": producto},
    )
