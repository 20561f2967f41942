"""Cómo va cada secretaría: el semáforo, la lista y la línea de tiempo de una."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from acompanamiento.consultas.linea_de_tiempo import CLASES, linea_de_tiempo
from acompanamiento.consultas.secretarias import (
    en_lista,
    panorama_de_secretaria,
    secretarias,
    ya_no_certificadas,
)
from acompanamiento.consultas.semaforo import (
    TONOS,
    con_acompanantes,
    cuenta_por_luz,
    regla_del_dia,
    sin_acompanantes,
)
from acompanamiento.forms.seguimiento import FiltroDelSemaforoForm, FiltroDeSecretariasForm
from acompanamiento.permisos import puede_acompanar, puede_ver_acompanamiento
from territorio.models import EntidadTerritorial

POR_PAGINA = 24


@require_safe
def ver_semaforo(request):
    if not puede_acompanar(request.user):
        raise PermissionDenied

    filtro = FiltroDelSemaforoForm(request.GET)
    regla = regla_del_dia(timezone.localdate())
    todas = sin_acompanantes(**filtro.de_quien, regla=regla)
    luz = filtro.puestos.get("luz")
    filas = [fila for fila in todas if luz in (None, fila.luz)]
    pagina = Paginator(filas, POR_PAGINA).get_page(request.GET.get("page"))
    return render(
        request,
        "acompanamiento/semaforo.html",
        {
            "filtro": filtro,
            "pagina": pagina,
            "filas": con_acompanantes(pagina.object_list),
            "luces": [
                (una, TONOS[una], cuantas, filtro.con_luz(una), una == luz)
                for una, cuantas in cuenta_por_luz(todas).items()
            ],
            "regla": regla,
        },
    )


@require_safe
def ver_secretarias(request):
    """La lista es del Ministerio; cada secretaría llega a la suya."""
    if not puede_acompanar(request.user):
        return redirect("acompanamiento:mi-acompanamiento")

    filtro = FiltroDeSecretariasForm(request.GET)
    todas = secretarias(grupo=filtro.el_grupo, texto=filtro.puestos.get("q", ""))
    pagina = Paginator(todas, POR_PAGINA).get_page(request.GET.get("page"))
    return render(
        request,
        "acompanamiento/secretaria_list.html",
        {
            "filtro": filtro,
            "pagina": pagina,
            "secretarias": en_lista(pagina.object_list),
            "cerradas": [] if filtro.puestos or pagina.has_next() else ya_no_certificadas(),
        },
    )


@require_safe
def secretaria(request, codigo):
    """Todo lo que ha pasado con una. La de otra no existe para una secretaría."""
    entidad = get_object_or_404(
        EntidadTerritorial.objects.select_related("departamento"), codigo_dane=codigo
    )
    if not puede_ver_acompanamiento(request.user, entidad):
        raise Http404

    clase = request.GET.get("que", "")
    clase = clase if clase in CLASES else ""
    aqui = reverse("acompanamiento:secretaria", args=[codigo])
    return render(
        request,
        "acompanamiento/secretaria_detail.html",
        {
            "entidad": entidad,
            "esta_vigente": entidad.vale_en(timezone.localdate()),
            "panorama": panorama_de_secretaria(entidad, usuario=request.user),
            "pagina": linea_de_tiempo(
                entidad, usuario=request.user, clase=clase, pagina=request.GET.get("page")
            ),
            "consulta": f"que={clase}" if clase else "",
            "pestanas": [
                ("Todo", aqui, not clase),
                *((una.plural, f"{aqui}?que={que}", que == clase) for que, una in CLASES.items()),
            ],
            "acompana": puede_acompanar(request.user),
        },
    )


@require_safe
def mi_acompanamiento(request):
    """Una secretaría, a lo suyo; el Ministerio, a la entrada."""
    if request.user.es_de_secretaria:
        return redirect("acompanamiento:secretaria", request.user.entidad.codigo_dane)
    return redirect("acompanamiento:entrada")
