"""La página de inicio y las que no son de ninguna app: las únicas que las miran a todas."""

import sys
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import OperationalError
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from acompanamiento.consultas.entrada import panorama_de, panorama_de_la_secretaria
from conectate.consultas.mi_portal import agenda_de, lo_suyo_de, por_hacer_de
from conectate.consultas.participacion import tabla_de
from contenidos.consultas.paginas import paginas_de
from contenidos.models import Pagina
from escuela import consultas
from escuela.contexto import NIVELES_DE_LETRA, nivel_de_letra
from escuela.registro import correlacion
from escuela.secciones import EJES, MICROSITIOS, POR_SLUG
from indicadores.consultas.calidad import hallazgos_a_cargo_de
from trabajos.consultas import resumen_de_la_cola

DOCE_MESES = 365 * 24 * 60 * 60
VIGENCIA_DEL_CONTACTO = timedelta(days=180)


@require_safe
@login_not_required
def portada(request):
    return render(
        request,
        "portada.html",
        {
            "ejes": EJES,
            "micrositios": MICROSITIOS,
            "entidades": consultas.entidades_de_hoy(),
            "sesiones": consultas.sesiones_de(request.user),
            "balance": consultas.balance_mas_reciente(),
        },
    )


@require_safe
def mi_portal(request):
    """Lo primero que ve quien entra: lo de hoy, la semana y lo que espera por ella."""
    hoy = timezone.localdate()
    citas = agenda_de(request.user, hoy)
    contexto = {
        "hoy": hoy,
        "de_hoy": [cita for cita in citas if cita.es_de(hoy)],
        "de_la_semana": [cita for cita in citas if not cita.es_de(hoy)],
    }
    if request.user.es_de_secretaria:
        suyo = lo_suyo_de(request.user.entidad, hoy)
        contexto["lo_suyo"] = suyo
        contexto["acompanamiento"] = panorama_de_la_secretaria(request.user.entidad)
        if suyo.vigencia:
            contexto["cuenta"] = tabla_de(suyo.vigencia, request.user.entidad).filas[0].total
    else:
        contexto["panorama"] = panorama_de(request.user)
        contexto["por_hacer"] = por_hacer_de(request.user)
        contexto["hallazgos"] = hallazgos_a_cargo_de(request.user)
        if request.user.es_administrador:
            contexto["cola"] = resumen_de_la_cola()
    return render(request, "mi_portal.html", contexto)


@require_safe
@login_not_required
def seccion(request, slug):
    if slug not in POR_SLUG:
        raise Http404

    elegida = POR_SLUG[slug]
    if elegida.ruta:
        return redirect(elegida)
    return render(request, elegida.plantilla, {"seccion": elegida})


@require_safe
@login_not_required
def mapa_del_sitio(request):
    return render(
        request,
        "mapa_del_sitio.html",
        {
            "ejes": EJES,
            "micrositios": MICROSITIOS,
            "paginas": {grupo: paginas_de(grupo) for grupo in Pagina.Grupo.values},
        },
    )


@require_safe
@login_not_required
def declaracion_de_accesibilidad(request):
    return render(request, "declaracion_de_accesibilidad.html")


@require_safe
@login_not_required
def a_la_administracion(request):
    """Quien conoce Django teclea /admin/; llega igual."""
    return redirect("admin:index")


@require_safe
@login_not_required
def contacto_de_seguridad(request):
    """A quién avisar de una falla, como lo buscan quienes las encuentran (RFC 9116)."""
    vence = timezone.now() + VIGENCIA_DEL_CONTACTO
    renglones = [
        *(f"Contact: {contacto}" for contacto in settings.INSTITUCION["seguridad"]),
        f"Expires: {vence:%Y-%m-%dT00:00:00Z}",
        "Preferred-Languages: es",
        f"Canonical: {request.build_absolute_uri()}",
    ]
    return HttpResponse("\n".join([*renglones, ""]), content_type="text/plain; charset=utf-8")


@require_POST
@login_not_required
def accesibilidad(request):
    """Guarda cómo quiere leer cada quien. Con JavaScript la página ya cambió y no se recarga."""
    cambio = request.POST.get("cambio")
    contraste = request.COOKIES.get("contraste") == "alto"
    letra = nivel_de_letra(request)
    if cambio == "contraste":
        contraste = not contraste
    elif cambio == "aumentar":
        letra = min(letra + 1, NIVELES_DE_LETRA - 1)
    elif cambio == "reducir":
        letra = max(letra - 1, 0)

    if request.headers.get("Accept") == "application/json":
        respuesta = JsonResponse({"contraste": contraste, "letra": letra})
    else:
        siguiente = request.POST.get("siguiente", "")
        es_nuestra = url_has_allowed_host_and_scheme(
            siguiente, allowed_hosts={request.get_host()}, require_https=request.is_secure()
        )
        respuesta = redirect(siguiente if es_nuestra else "portada")
    for nombre, valor in (("contraste", "alto" if contraste else ""), ("letra", str(letra))):
        respuesta.set_cookie(
            nombre,
            valor,
            max_age=DOCE_MESES,
            secure=request.is_secure(),
            httponly=True,
            samesite="Lax",
        )
    return respuesta


def solicitud_incorrecta(request, exception):
    return render(None, "400.html", {"correlacion": correlacion()}, status=400)


def error_del_servidor(request):
    """Sin el contexto de siempre: lo que falló puede ser la base de datos que ese contexto lee."""
    if isinstance(sys.exc_info()[1], OperationalError):
        # La base está ocupada o no responde: pasa en un momento, y se dice así.
        respuesta = render(None, "503.html", {"correlacion": correlacion()}, status=503)
        respuesta["Retry-After"] = "30"
        return respuesta
    return render(None, "500.html", {"correlacion": correlacion()}, status=500)
