"""Lo que se registra por JSON, y la respuesta común de una página que registra."""

import json
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, JsonResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.decorators import decorator_from_middleware
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from acompanamiento.acciones.recepcion import Recibo
from acompanamiento.forms.conflictos import diferencias_de
from acompanamiento.forms.registros import REGISTRABLES

NO_SE_ENTIENDE = 'Mande un objeto JSON con «clave», «base» y «datos»: {"clave": "…", "base": 0, …}.'
MAXIMO = 512 * 1024
DEMASIADO = (
    "Lo que mandó es demasiado largo para un registro. Acorte los textos y vuelva a mandarlo."
)
PAGINA_VENCIDA = "La página venció. Recárguela y vuelva a mandarlo: lo suyo no se ha enviado."


def responder(request, recibo: Recibo, mensaje: str, destino=None):
    """Después de guardar desde una página: lo guardado o, si otro llegó antes, a escoger."""
    if recibo.hay_conflicto:
        messages.warning(
            request,
            "Alguien guardó cambios mientras usted escribía. Lo suyo está a salvo: escoja, campo "
            "por campo, con qué se queda.",
        )
        return redirect("acompanamiento:conflicto", recibo.envio.pk)
    messages.success(request, f"{mensaje} Recibo {recibo.envio.recibo}.")
    return redirect(destino or recibo.objeto)


class ProteccionEnJson(CsrfViewMiddleware):
    """La misma de todas las páginas; si falta la ficha, lo dice en JSON."""

    def _reject(self, request, reason):
        return _errores(403, {"": [PAGINA_VENCIDA]})


@csrf_exempt  # la de abajo la revisa: así a quien no ha entrado se le dice eso primero
@login_not_required
@require_POST
def registros(request, clase):
    """Lo mismo que guarda el formulario, con la misma acción y las mismas reglas."""
    return _sin_permiso(request, clase) or _registros(request, clase)


@decorator_from_middleware(ProteccionEnJson)
def _registros(request, clase):
    Formulario = REGISTRABLES[clase]
    try:
        clave, base, datos = _lo_enviado(request)
    except RequestDataTooBig:
        return _errores(400, {"": [DEMASIADO]})
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return _errores(400, {"": [NO_SE_ENTIENDE]})

    objeto = Formulario.visibles(request.user).filter(clave=clave).first()
    puede = (
        Formulario.editables(request.user).filter(pk=objeto.pk).exists()
        if objeto and base
        else Formulario.puede_crear(request.user)
    )
    if not puede:
        return _errores(403, {"": ["Su cuenta no puede registrar esto."]})

    form = Formulario.con_datos(datos, clave=clave, base=base, por=request.user, objeto=objeto)
    if ajenos := sorted(set(datos) - set(form.campos)):
        return _errores(400, {campo: ["Este dato no se conoce aquí."] for campo in ajenos})
    recibo = form.guardar()
    if recibo is None:
        return _errores(400, {c if c != "__all__" else "": e for c, e in form.errors.items()})
    return _respuesta(recibo)


def _lo_enviado(request):
    if len(request.body) > MAXIMO:
        raise RequestDataTooBig
    cuerpo = json.loads(request.body)
    json.dumps(cuerpo, ensure_ascii=False).encode()  # medio carácter no se puede guardar
    base, datos = cuerpo["base"], cuerpo["datos"]
    if type(base) is not int or not 0 <= base < 2**31 or not isinstance(datos, dict):
        raise ValueError
    if not all(_es_llano(valor) for valor in datos.values()):
        raise ValueError
    return UUID(cuerpo["clave"]), base, datos


def _es_llano(valor):
    """Un texto, un número, sí o no, nada; o varios."""
    if isinstance(valor, list):
        return all(isinstance(uno, str | int | float) for uno in valor)
    return valor is None or isinstance(valor, str | int | float)


def _sin_permiso(request, clase):
    if not request.user.is_authenticated:
        return _errores(401, {"": ["Entre otra vez. Lo suyo no se ha enviado y no se pierde."]})
    if clase not in REGISTRABLES:
        raise Http404
    return None


def _errores(estado, errores):
    return JsonResponse({"errores": errores}, status=estado)


def _respuesta(recibo):
    datos = {
        "clave": str(recibo.objeto.clave),
        "recibo": recibo.envio.recibo,
        "version": recibo.envio.version or recibo.objeto.version,
        "direccion": recibo.objeto.get_absolute_url(),
    }
    if not recibo.hay_conflicto:
        return JsonResponse(datos, status=201 if recibo.es_nuevo else 200)
    datos |= {
        "version": recibo.objeto.version,
        "conflicto": reverse("acompanamiento:conflicto", args=[recibo.envio.pk]),
        "diferencias": [
            {"campo": d.campo, "nombre": d.nombre, "guardado": d.guardado, "suyo": d.suyo}
            for d in diferencias_de(recibo.envio, recibo.objeto)
        ],
    }
    return JsonResponse(datos, status=409)


@login_not_required
@require_safe
def registro(request, clase, clave):
    """Lo guardado y su versión: sobre esa se escribe."""
    if rechazo := _sin_permiso(request, clase):
        return rechazo
    Formulario = REGISTRABLES[clase]
    objeto = get_object_or_404(Formulario.editables(request.user), clave=clave)
    form = Formulario(por=request.user, objeto=objeto)
    return JsonResponse(
        {
            "clave": str(objeto.clave),
            "base": objeto.version,
            "datos": form.guardado(),
            "direccion": objeto.get_absolute_url(),
        }
    )
