"""Cuánto se lleva la gente: por contenido y por secretaría, para el Ministerio."""

import tempfile
from pathlib import Path

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header, urlencode
from django.views.decorators.http import require_safe

from contenidos.consultas import descargas as consultas
from contenidos.forms.descargas import FiltroDeDescargasForm
from contenidos.informes.descargas import escribir_descargas
from contenidos.permisos import puede_ver_descargas

POR_PAGINA = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def descargas(request):
    if not puede_ver_descargas(request.user):
        raise PermissionDenied

    filtro = FiltroDeDescargasForm(request.GET, vigencias=consultas.vigencias())
    suyas = consultas.descargas(**filtro.condiciones)
    if request.GET.get("formato") == "xlsx":
        return _en_excel(suyas, filtro.alcance, str(request.user))

    repartidas = {
        consultas.POR_CONTENIDO: consultas.por_contenido,
        consultas.POR_ENTIDAD: consultas.por_entidad,
    }[filtro.reparto](suyas)
    return render(
        request,
        "contenidos/descargas.html",
        {
            "filtro": filtro,
            "hay_filtros": bool(filtro.condiciones),
            "que_es": consultas.QUE_ES,
            "reparto": filtro.reparto,
            "total": suyas.count(),
            "de_secretarias": suyas.exclude(entidad=None).count(),
            "pagina": Paginator(repartidas, POR_PAGINA).get_page(request.GET.get("page")),
            "pestanas": [
                (
                    texto,
                    f"?{urlencode(filtro.parametros | {'por': clave})}",
                    clave == filtro.reparto,
                )
                for clave, texto in filtro.fields["por"].choices
            ],
            "consulta": urlencode(filtro.parametros),
            "del_contenido": filtro.condiciones.get("contenido"),
        },
    )


def _en_excel(suyas, alcance, por):
    with tempfile.TemporaryDirectory(dir=settings.FILE_UPLOAD_TEMP_DIR) as carpeta:
        ruta = Path(carpeta) / "descargas.xlsx"
        escribir_descargas(ruta, suyas, alcance=alcance, por=por)
        respuesta = HttpResponse(ruta.read_bytes(), content_type=XLSX)
    nombre = f"Descargas de la biblioteca {timezone.localdate():%Y-%m-%d}.xlsx"
    respuesta["Content-Disposition"] = content_disposition_header(True, nombre)
    return respuesta
