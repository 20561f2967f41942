"""Convocar: a quiénes, qué se les escribe, si les llegó y qué responden."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from conectate.acciones.convocatoria import exigir_que_admita_respuesta, reintentar_fallidas
from conectate.avisos import asunto_propuesto, contenido, cuerpo_propuesto
from conectate.consultas.convocatoria import (
    clases_posibles,
    con_cuentas,
    convocadas_de,
    destinatarios_de,
    entregas_de,
    fallidas_sin_duda,
    mensajes_de,
    otros_ya_convocados,
    poner_trabajos,
    sin_avisar,
)
from conectate.forms.convocatoria import MensajeForm, RespuestaForm
from conectate.models import Mensaje, Sesion
from conectate.permisos import puede_convocar
from cuentas.bitacora import ver_lista_de_personas
from trabajos.acciones import reintentar
from trabajos.horas_habiles import proxima_hora_habil

POR_PAGINA = 100
POR_ESCRIBIR = {
    Mensaje.Clase.CONVOCATORIA: "Escribir la convocatoria",
    Mensaje.Clase.RECORDATORIO: "Escribir un recordatorio",
    Mensaje.Clase.CAMBIO: "Avisar de un cambio",
    Mensaje.Clase.CANCELACION: "Avisar de la cancelación",
}


def _sesion_para_convocar(request, pk):
    visibles = Sesion.objects.visibles_para(request.user).select_related("tipo")
    sesion = get_object_or_404(visibles, pk=pk)
    if not puede_convocar(request.user):
        raise PermissionDenied
    return sesion


@require_safe
def convocatoria(request, pk):
    """Quiénes van, a quién le falta responder, y qué mensajes salieron."""
    sesion = _sesion_para_convocar(request, pk)
    convocadas = convocadas_de(sesion)
    grupos = {
        "": ("Todas", convocadas.filas),
        "asistiran": ("Asistirán", convocadas.asistiran),
        "no-podran": ("No podrán", convocadas.no_podran),
        "sin-respuesta": ("Sin respuesta", convocadas.sin_respuesta),
        "sin-correo": ("Sin a quién escribirle", convocadas.sin_destinatario),
    }
    ver = request.GET.get("ver", "")
    ver = ver if ver in grupos else ""
    mensajes = mensajes_de(sesion)
    posibles = clases_posibles(sesion)
    if n_nombres := sum(fila.respondida_por_id is not None for fila in grupos[ver][1]):
        ver_lista_de_personas(
            por=request.user,
            lista="quiénes respondieron a una convocatoria",
            n_personas=n_nombres,
            objeto=sesion,
            peticion=request,
        )

    aqui = reverse("conectate:convocatoria", args=[sesion.pk])
    return render(
        request,
        "conectate/convocatoria.html",
        {
            "sesion": sesion,
            "convocadas": convocadas,
            "filas": grupos[ver][1],
            "pestanas": [
                (f"{texto} ({len(filas)})", f"{aqui}?ver={clave}#secretarias", clave == ver)
                for clave, (texto, filas) in grupos.items()
                if filas or not clave
            ],
            "mensajes": mensajes,
            "ultimo_cambio": next((m for m in mensajes if m.clase == Mensaje.Clase.CAMBIO), None),
            "sin_avisar": sin_avisar(sesion),
            # Sin haberla convocado no hay qué recordar ni de qué cambio avisar.
            "por_escribir": [
                (clase, POR_ESCRIBIR[clase]) for clase in (posibles if mensajes else posibles[:1])
            ],
            "anota_respuestas": sesion.estado == Sesion.Estado.CONVOCADA,
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def escribir(request, pk, clase):
    """Se escribe, se mira cómo llega y se envía: tres pasos de un mismo formulario."""
    sesion = _sesion_para_convocar(request, pk)
    posibles = clases_posibles(sesion)
    if clase not in posibles:
        messages.warning(request, _por_que_no(sesion))
        return redirect("conectate:convocatoria", pk=pk)

    form = MensajeForm(
        request.POST or None,
        sesion=sesion,
        clase=clase,
        initial=_propuesta(sesion, clase),
    )
    esta_bien = form.is_valid()
    if esta_bien and "enviar" in request.POST and (mensaje := _enviado(form, request)):
        return redirect("conectate:mensaje", pk=mensaje.pk)

    contexto = {
        "sesion": sesion,
        "clase": Mensaje.Clase(clase),
        "form": form,
        "convocadas": convocadas_de(sesion),
        "sale_en": proxima_hora_habil(),
    }
    if esta_bien and not form.errors and "corregir" not in request.POST:
        otros = form.cleaned_data["otros_correos"]
        contexto |= {
            "destinatarios": destinatarios_de(sesion, otros),
            "n_otros": len(otros),
            **contenido(form.como_saldria()),
        }
        return render(request, "conectate/convocatoria_vista_previa.html", contexto)
    contexto["otras_clases"] = [
        (una.label.capitalize(), reverse("conectate:escribir", args=[pk, una]), una == clase)
        for una in map(Mensaje.Clase, posibles)
    ]
    return render(request, "conectate/convocatoria_escribir.html", contexto)


def _propuesta(sesion, clase):
    pendiente = sin_avisar(sesion)
    return {
        "asunto": asunto_propuesto(sesion, clase),
        "cuerpo": cuerpo_propuesto(sesion, clase, pendiente.cambios if pendiente else []),
        "otros_correos": "\n".join(otros_ya_convocados(sesion)),
        "envio": uuid.uuid4(),
    }


def _por_que_no(sesion):
    if sesion.estado == Sesion.Estado.BORRADOR:
        return "La sesión está en borrador: convóquela antes de escribirles a las secretarías."
    return "A los convocados de esta sesión ya no se les puede enviar ese mensaje."


def _enviado(form, request):
    try:
        mensaje = form.save(por=request.user)
    except ValidationError as error:
        form.add_error(None, error)
        return None
    messages.success(request, "El mensaje quedó guardado y saldrá solo.")
    return mensaje


@require_safe
def mensaje(request, pk):
    """Un mensaje, como se envió, y a quién le llegó."""
    mensaje = _mensaje_para_convocar(request, pk)
    poner_trabajos([mensaje])
    entregas = entregas_de(mensaje)
    pagina = Paginator(entregas, POR_PAGINA).get_page(request.GET.get("page"))
    if pagina.object_list:
        ver_lista_de_personas(
            por=request.user,
            lista="a quiénes se les escribió",
            n_personas=len(pagina.object_list),
            objeto=mensaje.sesion,
            filtros={"pagina": pagina.number},
            peticion=request,
        )
    return render(
        request,
        "conectate/convocatoria_mensaje.html",
        {
            "pagina": pagina,
            "n_reintentables": fallidas_sin_duda(mensaje).count(),
            **contenido(mensaje),
        },
    )


def _mensaje_para_convocar(request, pk):
    visibles = Sesion.objects.visibles_para(request.user)
    mensajes = con_cuentas(Mensaje.objects.filter(sesion__in=visibles))
    mensaje = get_object_or_404(mensajes.select_related("sesion__tipo", "creado_por"), pk=pk)
    if not puede_convocar(request.user):
        raise PermissionDenied
    return mensaje


@require_POST
def reintentar_mensaje(request, pk):
    """Todas las que con seguridad no salieron o, si se dice cuál, una: también la dudosa."""
    mensaje = _mensaje_para_convocar(request, pk)
    try:
        if una := request.POST.get("entrega", ""):
            entregas = mensaje.entregas.select_related("correo__trabajo")
            entrega = entregas.filter(pk=una).first() if una.isascii() and una.isdigit() else None
            if entrega is None or entrega.correo is None:
                raise Http404
            reintentar(entrega.correo.trabajo, request.user)
            n = 1
        else:
            n = reintentar_fallidas(mensaje=mensaje, por=request.user)
    except ValidationError as error:
        messages.error(request, error.message)
    else:
        messages.success(
            request, "Se intentará de nuevo." if n else "No hay ninguno que reintentar."
        )
    return redirect("conectate:mensaje", pk=pk)


# ── Responder ─────────────────────────────────────────────────────────────────────────────────


@require_http_methods(["GET", "HEAD", "POST"])
def responder(request, pk):
    """La secretaría dice si asistirá. El enlace va en cada correo."""
    sesion = get_object_or_404(
        Sesion.objects.visibles_para(request.user).select_related("tipo"), pk=pk
    )
    if not request.user.es_de_secretaria:
        return redirect("conectate:convocatoria", pk=pk)
    suya = sesion.convocatorias.filter(entidad=request.user.entidad).first()
    if suya is None:
        messages.info(
            request, "Esta sesión es abierta: su secretaría puede asistir sin responder antes."
        )
        return redirect(sesion)

    return _responder(request, sesion, suya, con_medio=False, volver=sesion.get_absolute_url())


@require_http_methods(["GET", "HEAD", "POST"])
def anotar_respuesta(request, pk, codigo_dane):
    """Lo que una secretaría respondió por otro medio, anotado por el Ministerio."""
    sesion = _sesion_para_convocar(request, pk)
    suya = get_object_or_404(sesion.convocatorias, entidad__codigo_dane=codigo_dane)
    volver = reverse("conectate:convocatoria", args=[pk])

    return _responder(request, sesion, suya, con_medio=True, volver=volver)


def _responder(request, sesion, convocatoria, *, con_medio, volver):
    try:
        exigir_que_admita_respuesta(sesion, request.user)
    except ValidationError as error:
        messages.warning(request, error.message)
        return redirect(volver)

    convocatoria.sesion = sesion
    form = RespuestaForm(request.POST or None, convocatoria=convocatoria, con_medio=con_medio)
    if form.is_valid():
        try:
            form.save(por=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "La respuesta quedó guardada.")
            return redirect(volver)

    return render(
        request,
        "conectate/convocatoria_responder.html",
        {
            "sesion": sesion,
            "convocatoria": convocatoria,
            "con_medio": con_medio,
            "form": form,
            "volver": volver,
        },
    )
