"""La cola de revisión: por quién se pregunta, qué se responde, y cómo se desanda."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from conectate.acciones import revision as acciones
from conectate.acciones.parejas import decidir_misma_persona, deshacer_misma_persona
from conectate.consultas import revision as consultas
from conectate.forms.revision import AJENAS, DecidirForm, EntidadDePersonaForm
from conectate.models import Decision, MismaPersona, Participacion, Sesion
from conectate.permisos import puede_revisar, puede_tomar_asistencia
from cuentas.bitacora import ver_lista_de_personas
from territorio.consultas import entidades_vigentes

GRUPOS_POR_PAGINA = 12
PAREJAS_POR_PAGINA = 20
DECISIONES_POR_PAGINA = 30


def _exigir_revisor(request):
    if not puede_revisar(request.user):
        raise PermissionDenied


def _sesion(request, pk):
    if pk is None:
        return None
    return get_object_or_404(Sesion.objects.visibles_para(request.user), pk=pk)


# ── La cola ───────────────────────────────────────────────────────────────────────────────────


@require_safe
def revision(request, pk=None):
    """Lo que más asistencias resuelve, primero."""
    sesion = _sesion(request, pk)
    _exigir_revisor(request)

    busqueda = {
        "ambito": request.GET.get("de", ""),
        "texto": request.GET.get("q", "").strip()[:100],
    }
    esperan = consultas.por_revisar(sesion=sesion, **busqueda)
    pagina = Paginator(consultas.grupos(esperan), GRUPOS_POR_PAGINA).get_page(
        request.GET.get("page")
    )
    grupos = consultas.vestir(list(pagina.object_list))
    _constancia(request, "cola de revisión", sum(len(grupo.quienes) for grupo in grupos), sesion)

    pendiente = consultas.pendiente(sesion)
    return render(
        request,
        "conectate/revision_list.html",
        {
            "sesion": sesion,
            "pagina": pagina,
            "grupos": grupos,
            "pendiente": pendiente,
            "pestanas": _pestanas(sesion, pendiente, "entidades"),
            "filtros": _filtros(sesion, busqueda),
            "busqueda": busqueda,
            "consulta": _sin_pagina(request),
            "aqui": request.get_full_path(),
            **_listas(),
        },
    )


def _listas():
    """Lo que se ofrece al escribir."""
    return {
        "entidades": entidades_vigentes().select_related("departamento"),
        "ajenas": AJENAS,
    }


def _pestanas(sesion, pendiente, actual):
    args = [sesion.pk] if sesion else []
    de_sesion = "-de-sesion" if sesion else ""
    pestanas = [
        (
            f"¿De qué entidad es? ({pendiente.grupos})",
            reverse(f"conectate:revision{de_sesion}", args=args),
            actual == "entidades",
        ),
        (
            f"¿Es la misma persona? ({pendiente.parejas})",
            reverse(f"conectate:mismas-personas{de_sesion}", args=args),
            actual == "parejas",
        ),
    ]
    pestanas.append(
        ("Lo que ya se decidió", reverse("conectate:decisiones"), actual == "decisiones")
    )
    return pestanas


def _filtros(sesion, busqueda):
    aqui = (
        reverse("conectate:revision-de-sesion", args=[sesion.pk])
        if sesion
        else reverse("conectate:revision")
    )
    rotulos = {"": "Todo", "dominio": "Dominios", "texto": "Textos", "persona": "Personas"}
    return {
        "url": aqui,
        "ambitos": [
            (rotulo, f"{aqui}?de={clave}" if clave else aqui, clave == busqueda["ambito"])
            for clave, rotulo in rotulos.items()
        ],
    }


def _sin_pagina(request):
    parametros = request.GET.copy()
    parametros.pop("page", None)
    return parametros.urlencode()


def _constancia(request, lista, n_personas, sesion=None):
    ver_lista_de_personas(
        por=request.user, lista=lista, n_personas=n_personas, objeto=sesion, peticion=request
    )


# ── Responder ─────────────────────────────────────────────────────────────────────────────────


@require_POST
def decidir(request):
    """Con JavaScript responde en su sitio; sin él, vuelve a la cola."""
    _exigir_revisor(request)
    form = DecidirForm(request.POST)
    if not form.is_valid():
        return _respuesta(request, error=_primer_error(form))
    try:
        decision = form.save(por=request.user)
    except ValidationError as error:
        return _respuesta(request, error=error.message)
    return _respuesta(request, decision=decision)


def _primer_error(form):
    return next(iter(form.errors.values()))[0]


def _respuesta(request, *, decision=None, error=""):
    if request.headers.get("Accept") == "application/json":
        return _en_json(decision, error)
    if error:
        messages.error(request, error)
    else:
        messages.success(request, f"{_en_palabras(decision)} Puede deshacerlo en «Lo decidido».")
    return redirect(_volver(request))


def _en_json(decision, error):
    if error:
        return JsonResponse({"error": error}, status=409)
    pendiente = consultas.pendiente()
    return JsonResponse(
        {
            "mensaje": _en_palabras(decision),
            "deshacer": reverse("conectate:deshacer-decision", args=[decision.pk]),
            "grupos": pendiente.grupos,
            "participaciones": pendiente.participaciones,
        }
    )


def _en_palabras(decision):
    personas = "1 persona" if decision.n_personas == 1 else f"{decision.n_personas} personas"
    sesiones = "1 sesión" if decision.n_sesiones == 1 else f"{decision.n_sesiones} sesiones"
    return f"{decision.muestra}: {decision.destino} ({personas} en {sesiones})."


def _volver(request):
    """A donde estaba, si es de aquí."""
    a = request.POST.get("volver", "")
    if url_has_allowed_host_and_scheme(a, allowed_hosts={request.get_host()}):
        return a
    return reverse("conectate:revision")


@require_http_methods(["GET", "HEAD", "POST"])
def entidad_de_persona(request, pk):
    """«Esta persona es de…»: también corrige lo que ya se asignó."""
    visibles = Sesion.objects.visibles_para(request.user)
    participacion = get_object_or_404(
        Participacion.objects.filter(sesion__in=visibles).select_related("sesion", "entidad"),
        pk=pk,
    )
    if not puede_tomar_asistencia(request.user, participacion.sesion):
        raise PermissionDenied
    try:
        participacion.sesion.exigir_abierta()
    except ValidationError as error:
        messages.warning(request, error.message)
        return redirect(participacion.sesion)

    anterior = acciones.decision_de(participacion)
    form = EntidadDePersonaForm(
        request.POST or None,
        participacion=participacion,
        initial={"habia": anterior and anterior.pk},
    )
    if form.is_valid():
        try:
            decision = form.save(por=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _en_palabras(decision))
            return redirect(_volver(request) if "volver" in request.POST else participacion.sesion)

    _constancia(request, "una persona", 1, participacion.sesion)
    return render(
        request,
        "conectate/revision_persona.html",
        {
            "participacion": participacion,
            "sesion": participacion.sesion,
            "grupo": consultas.de_una_persona(participacion),
            "anterior": anterior,
            "form": form,
            "volver": request.GET.get("volver", ""),
            **_listas(),
        },
    )


# ── ¿Es la misma persona? ─────────────────────────────────────────────────────────────────────


@require_safe
def mismas_personas(request, pk=None):
    sesion = _sesion(request, pk)
    _exigir_revisor(request)

    pagina = Paginator(consultas.parejas_propuestas(sesion), PAREJAS_POR_PAGINA).get_page(
        request.GET.get("page")
    )
    parejas = consultas.con_sus_datos(list(pagina.object_list))
    _constancia(request, "posibles personas repetidas", 2 * len(parejas), sesion)
    return render(
        request,
        "conectate/revision_parejas.html",
        {
            "sesion": sesion,
            "pagina": pagina,
            "parejas": parejas,
            "pestanas": _pestanas(sesion, consultas.pendiente(sesion), "parejas"),
            "aqui": request.get_full_path(),
        },
    )


@require_POST
def responder_pareja(request, pk):
    _exigir_revisor(request)
    propuesta = get_object_or_404(MismaPersona, pk=pk)
    es_la_misma = request.POST.get("es") == "la-misma"
    try:
        decidir_misma_persona(propuesta=propuesta, es_la_misma=es_la_misma, por=request.user)
    except ValidationError as error:
        messages.error(request, error.message)
    else:
        messages.success(
            request,
            "Se unieron: ahora es una sola persona, con los minutos de las dos."
            if es_la_misma
            else "Quedan como dos personas. No se preguntará otra vez.",
        )
    return redirect(_volver(request))


@require_POST
def separar_pareja(request, pk):
    _exigir_revisor(request)
    respuesta = get_object_or_404(MismaPersona, pk=pk)
    try:
        deshacer_misma_persona(respuesta=respuesta, por=request.user)
    except ValidationError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, "Se deshizo: vuelve a preguntarse si son la misma persona.")
    return redirect("conectate:decisiones")


# ── Lo que ya se decidió ──────────────────────────────────────────────────────────────────────


@require_safe
def decisiones(request):
    _exigir_revisor(request)
    pagina = Paginator(consultas.decisiones_recientes(), DECISIONES_POR_PAGINA).get_page(
        request.GET.get("page")
    )
    return render(
        request,
        "conectate/revision_decisiones.html",
        {
            "pagina": pagina,
            "parejas": consultas.parejas_respondidas()[:DECISIONES_POR_PAGINA],
            "pestanas": _pestanas(None, consultas.pendiente(), "decisiones"),
        },
    )


@require_POST
def deshacer_decision(request, pk):
    _exigir_revisor(request)
    decision = get_object_or_404(Decision, pk=pk)
    try:
        acciones.deshacer_decision(decision=decision, por=request.user)
    except ValidationError as error:
        if request.headers.get("Accept") == "application/json":
            return JsonResponse({"error": error.message}, status=409)
        messages.error(request, error.message)
    else:
        if request.headers.get("Accept") == "application/json":
            return JsonResponse({"mensaje": "Se deshizo: vuelve a preguntarse."})
        messages.success(request, f"Se deshizo «{decision}»: vuelve a preguntarse.")
    return redirect("conectate:decisiones")
