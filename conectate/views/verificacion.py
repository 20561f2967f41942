"""La página pública que dice si una constancia vale. La abre quien tiene el código en la mano.

Dice lo que dice el papel y nada más: ni correo, ni la secretaría de una persona, ni el motivo de
una revocación. No se indexa, y quien falla muchas veces seguidas espera.
"""

from allauth.core.internal import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from conectate.consultas.calendario import dias_en_palabras
from conectate.forms.constancias import CodigoForm
from conectate.informes.constancias import que_tiempo
from conectate.models import Constancia
from trabajos.codigos import codigo_limpio, tiempo_en_palabras

FALLOS = {"constancia": "20/5m/ip,200/d/ip"}
ESPERA = 5 * 60


@never_cache
@require_safe
@login_not_required
def verificar(request):
    """El formulario. Lleva a la página del código, bien o mal escrito."""
    form = CodigoForm(request.GET if "codigo" in request.GET else None)
    if form.is_valid():
        escrito = form.cleaned_data["codigo"]
        # Lo que no puede ser un código no tiene página: se responde aquí mismo, y cuenta igual.
        if codigo := codigo_limpio(escrito):
            return redirect("conectate:verificar-constancia", codigo)
        return _sin_indexar(_no_existe(request, escrito))
    return _sin_indexar(_pagina(request, form=form))


@never_cache
@require_safe
@login_not_required
def constancia(request, codigo):
    """Qué certifica. Un código que no existe y uno mal copiado reciben la misma respuesta."""
    return _sin_indexar(_responder(request, codigo))


def _responder(request, codigo):
    if _agotado(request):
        return _espere(request)
    hallada = (
        Constancia.objects.filter(codigo=codigo_limpio(codigo)).select_related("sesion").first()
    )
    if hallada is None:
        return _no_existe(request, codigo)
    return _pagina(
        request,
        constancia=hallada,
        fecha=dias_en_palabras(hallada.sesion),
        que_tiempo=que_tiempo(hallada),
        tiempo=tiempo_en_palabras(hallada.minutos),
    )


def _no_existe(request, escrito):
    if not _consumir(request):
        return _espere(request)
    form = CodigoForm({"codigo": escrito[:60]})
    form.add_error(
        "codigo",
        "No hay una constancia con ese código. Cópielo otra vez, letra por letra.",
    )
    return _pagina(request, form=form, estado=404)


def _espere(request):
    respuesta = _pagina(request, form=CodigoForm(), hay_que_esperar=True, estado=429)
    respuesta["Retry-After"] = str(ESPERA)
    return respuesta


def _agotado(request):
    return not _consumir(request, dry_run=True)


def _consumir(request, **opciones):
    return ratelimit.consume(
        request,
        app="conectate",
        action="constancia",
        config=FALLOS,
        limit_get=True,
        **opciones,
    )


def _pagina(request, *, estado=200, **contexto):
    return render(request, "conectate/constancia_verificar.html", contexto, status=estado)


def _sin_indexar(respuesta):
    respuesta["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return respuesta
