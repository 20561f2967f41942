"""Los documentos estratégicos y los enlaces con aliados, para cualquiera."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import FileResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from indicadores.consultas.documentos import clase_de
from indicadores.forms.documentos import FiltroDeDocumentosForm
from indicadores.models import DocumentoEstrategico, EnlaceAliado
from indicadores.permisos import puede_publicar_documentos

POR_PAGINA = 20


@require_safe
@login_not_required
def documentos(request):
    filtro = FiltroDeDocumentosForm(request.GET)
    pagina = Paginator(filtro.documentos(), POR_PAGINA).get_page(request.GET.get("page"))

    return render(
        request,
        "indicadores/documento_list.html",
        {
            "filtro": filtro,
            "hay_filtros": bool(filtro.puestos),
            "consulta": filtro.consulta,
            "pagina": pagina,
            "documentos": [(documento, clase_de(documento)) for documento in pagina],
            "publica": puede_publicar_documentos(request.user),
        },
    )


@require_safe
@login_not_required
def documento(request, slug):
    documento = get_object_or_404(_visibles(request), slug=slug)

    return render(
        request,
        "indicadores/documento_detail.html",
        {
            "documento": documento,
            "clase": clase_de(documento),
            "temas": documento.temas.all(),
        },
    )


@require_safe
@login_not_required
def archivo_del_documento(request, slug):
    """Siempre como descarga: nada que subió alguien se muestra dentro del portal."""
    documento = get_object_or_404(_visibles(request), slug=slug)

    # Cada archivo que se sube estrena nombre en el disco: si cambia, cambia la etiqueta.
    etiqueta = quote_etag(documento.archivo.name)
    if es_el_mismo := get_conditional_response(request, etag=etiqueta):
        return es_el_mismo

    return FileResponse(
        documento.archivo.open("rb"),
        as_attachment=True,
        filename=documento.nombre_del_archivo,
        content_type=clase_de(documento).tipo,
        headers={"ETag": etiqueta},
    )


@require_safe
@login_not_required
def enlaces(request):
    return render(
        request,
        "indicadores/enlace_list.html",
        {"enlaces": EnlaceAliado.objects.filter(activo=True)},
    )


def _visibles(request):
    """Lo que no se ha publicado es solo de quien lo publica."""
    todos = DocumentoEstrategico.objects.all()
    return todos if puede_publicar_documentos(request.user) else todos.publicados()
