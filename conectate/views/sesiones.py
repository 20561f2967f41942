"""Las páginas de las sesiones: entrada, lista, una sesión, y crearla, editarla y moverla."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import F
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from conectate.acciones.sesiones import advertencias, pasos_de
from conectate.consultas.calendario import cuenta_de
from conectate.consultas.cierre import cifras_del_cierre
from conectate.consultas.convocatoria import la_suya, sin_avisar
from conectate.consultas.materiales import con_formato, con_materiales_para
from conectate.consultas.participacion import tabla_de, vigencias_de
from conectate.consultas.presencia import cifras_por_origen, mi_presencia
from conectate.consultas.satisfaccion import cierra_el
from conectate.consultas.sesiones import (
    cifras_de,
    entidades_de,
    pendientes_del_ministerio,
    personas_de,
    presencia_de,
    resumen_de,
    vigencias,
)
from conectate.forms.filtros import FiltroDePersonasForm, FiltroDeSesionesForm
from conectate.forms.sesiones import CambioDeEstadoForm, SesionForm
from conectate.models import Sesion, TipoSesion
from conectate.permisos import (
    puede_editar_sesiones,
    puede_tomar_asistencia,
    puede_ver_cifras,
    puede_ver_personas,
)
from contenidos.models import Tema
from cuentas.bitacora import ver_lista_de_personas

POR_PAGINA = 20
PERSONAS_POR_PAGINA = 100
EN_LA_ENTRADA = 4
MAS_RECIENTES = (F("fecha").desc(), F("hora_inicio").desc(nulls_last=True), F("pk").desc())
MAS_PROXIMAS = (F("fecha").asc(), F("hora_inicio").asc(nulls_last=True), F("pk").asc())


@require_safe
@login_not_required
def entrada(request):
    """Lo que viene, lo último y, para quien entró, lo suyo."""
    visibles = Sesion.objects.visibles_para(request.user).select_related("tipo")
    vienen = visibles.filter(estado=Sesion.Estado.CONVOCADA, fecha__gte=timezone.localdate())
    return render(
        request,
        "conectate/entrada.html",
        {
            "vienen": vienen.order_by(*MAS_PROXIMAS)[:EN_LA_ENTRADA],
            "ultimas": visibles.realizadas().order_by(*MAS_RECIENTES)[:EN_LA_ENTRADA],
            "tipos": TipoSesion.objects.filter(activo=True),
            "edita": puede_editar_sesiones(request.user),
            "pendientes": _pendientes(request.user),
            "lo_suyo": _lo_suyo(request.user),
        },
    )


def _pendientes(usuario):
    return pendientes_del_ministerio() if puede_ver_cifras(usuario) else None


def _lo_suyo(usuario):
    """La cuenta de su secretaría en el último año con sesiones."""
    if not (usuario.is_authenticated and usuario.es_de_secretaria):
        return None
    suyas = vigencias_de(usuario.entidad)
    return tabla_de(suyas[0], usuario.entidad) if suyas else None


@require_safe
@login_not_required
def sesiones(request):
    """La misma lista para todos: cada quien ve las suyas, y el Ministerio además sus cifras."""
    visibles = Sesion.objects.visibles_para(request.user)
    ve_cifras = puede_ver_cifras(request.user)

    filtro = FiltroDeSesionesForm(
        request.GET,
        vigencias=vigencias(visibles),
        tipos=TipoSesion.objects.all(),
        temas=Tema.objects.activos(),
        del_ministerio=ve_cifras,
    )
    encontradas = (
        filtro.aplicar(visibles)
        .select_related("tipo")
        .prefetch_related("temas")
        .order_by(*MAS_RECIENTES)
    )
    pagina = Paginator(encontradas, POR_PAGINA).get_page(request.GET.get("page"))

    return render(
        request,
        "conectate/sesion_list.html",
        {
            "filtro": filtro,
            "pagina": pagina,
            "cuenta": cuenta_de(encontradas),
            "filas": _filas(pagina.object_list, request.user),
            "consulta": _sin_pagina(request.GET),
            "hay_filtros": any(filtro.cleaned_data.values()),
            "ve_cifras": ve_cifras,
            "edita": puede_editar_sesiones(request.user),
        },
    )


def _filas(sesiones, usuario):
    """Cada sesión con lo que esta persona puede saber de ella."""
    sesiones = list(sesiones)
    cifras = cifras_de(sesiones) if puede_ver_cifras(usuario) else {}
    presencia = {}
    if usuario.is_authenticated and usuario.es_de_secretaria:
        presencia = presencia_de(usuario.entidad, sesiones)
    return [(sesion, cifras.get(sesion.pk), presencia.get(sesion.pk)) for sesion in sesiones]


def _sin_pagina(parametros):
    otros = parametros.copy()
    otros.pop("page", None)
    return otros.urlencode()


@require_safe
@login_not_required
def sesion(request, pk):
    """Todo lo de una sesión que esta persona puede ver."""
    try:
        sesion = (
            Sesion.objects.visibles_para(request.user)
            .select_related("tipo", "direccion")
            .prefetch_related("temas", con_materiales_para(request.user), "aforos")
            .get(pk=pk)
        )
    except Sesion.DoesNotExist:
        # Quien no ha entrado puede tener permiso: se le pide entrar, exista o no la sesión.
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        raise Http404 from None

    ve_cifras = puede_ver_cifras(request.user)
    contexto = {
        "sesion": sesion,
        "ponentes": [linea.strip() for linea in sesion.ponentes.splitlines() if linea.strip()],
        "materiales": con_formato(sesion.materiales.all()),
        "ve_enlace": _ve_enlace(sesion),
        "ve_cifras": ve_cifras,
        "edita": puede_editar_sesiones(request.user),
        "es_editable": sesion.es_editable,
        "admite_asistencia": sesion.es_editable and puede_tomar_asistencia(request.user, sesion),
    }
    if ve_cifras:
        contexto |= {
            "resumen": resumen_de(sesion),
            "presencia": cifras_por_origen(sesion),
            "entidades": entidades_de(sesion),
            "importaciones": sesion.importaciones.select_related("creado_por"),
            "pasos": pasos_de(sesion, request.user),
            "cierre": cifras_del_cierre(sesion),
        }
    elif request.user.is_authenticated:
        contexto |= {
            "lo_suyo": presencia_de(request.user.entidad, [sesion])[sesion.pk],
            "suya": mi_presencia(sesion, request.user.entidad),
            "por_responder": la_suya(sesion, request.user),
            "opina": timezone.localdate() <= cierra_el(sesion),
        }
    return render(request, "conectate/sesion_detail.html", contexto)


def _ve_enlace(sesion):
    """El enlace sirve mientras la sesión está por hacerse."""
    return bool(sesion.enlace) and sesion.estado in (
        Sesion.Estado.BORRADOR,
        Sesion.Estado.CONVOCADA,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def nueva_sesion(request):
    if not puede_editar_sesiones(request.user):
        raise PermissionDenied

    form = SesionForm(request.POST or None)
    if "proponer" in request.POST:
        form.solo_proponer()
    elif form.is_valid():
        sesion = form.save(por=request.user)
        messages.success(request, f"La sesión quedó creada. Convoca a {_cuantas(sesion)}.")
        return redirect(sesion)

    return render(request, "conectate/sesion_form.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def editar_sesion(request, pk):
    sesion = get_object_or_404(Sesion.objects.visibles_para(request.user), pk=pk)
    if not puede_editar_sesiones(request.user):
        raise PermissionDenied
    try:
        sesion.exigir_editable()
    except ValidationError as error:
        messages.warning(request, error.message)
        return redirect(sesion)

    form = SesionForm(request.POST or None, instance=sesion)
    if "proponer" in request.POST:
        form.solo_proponer()
    elif form.is_valid():
        try:
            form.save(por=request.user)
        except ValidationError as error:
            form.add_error("fecha", error)
        else:
            messages.success(
                request, f"Los cambios quedaron guardados. Convoca a {_cuantas(sesion)}."
            )
            # A quien ya se le escribió otra cosa hay que avisarle: se propone en seguida.
            return (
                redirect("conectate:convocatoria", pk) if sin_avisar(sesion) else redirect(sesion)
            )

    return render(request, "conectate/sesion_form.html", {"form": form, "sesion": sesion})


def _cuantas(sesion):
    n = sesion.convocatorias.count()
    return "1 secretaría" if n == 1 else f"{n} secretarías"


@require_http_methods(["GET", "HEAD", "POST"])
def cambiar_estado(request, pk, a):
    """Una página por paso: dice qué va a pasar antes de que pase."""
    sesion = get_object_or_404(Sesion.objects.visibles_para(request.user), pk=pk)
    if not puede_editar_sesiones(request.user):
        raise PermissionDenied
    pasos = dict(pasos_de(sesion, request.user))
    if a not in pasos:
        messages.warning(
            request, f"La sesión está {sesion.get_estado_display()}: ese paso ya no es posible."
        )
        return redirect(sesion)
    if a == Sesion.Estado.CERRADA:
        return redirect("conectate:cierre", sesion.pk)  # cerrar es confirmar sus cifras

    form = CambioDeEstadoForm(request.POST or None, sesion=sesion, a=a)
    # Un formulario sin campos se entrega vacío: manda el verbo.
    if request.method == "POST" and _guardado(form, request.user):
        messages.success(request, f"La sesión quedó {sesion.get_estado_display()}.")
        return redirect(sesion)

    return render(
        request,
        "conectate/sesion_estado.html",
        {
            "sesion": sesion,
            "form": form,
            "paso": pasos[a],
            "a": Sesion.Estado(a),
            "advertencias": advertencias(sesion, a),
        },
    )


def _guardado(form, usuario):
    """Lo que la acción no admite se le dice a la persona en el mismo formulario."""
    form.is_bound = True
    if not form.is_valid():
        return False
    try:
        form.save(por=usuario)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True


@require_safe
def personas(request, pk):
    """Los nombres: el Ministerio, todos; una secretaría, los suyos. Verlos queda anotado."""
    sesion = get_object_or_404(Sesion.objects.visibles_para(request.user), pk=pk)
    if not puede_ver_personas(request.user):
        raise PermissionDenied
    entidad = request.user.entidad if request.user.es_de_secretaria else None

    filtro = FiltroDePersonasForm(request.GET, entidades=entidades_de(sesion), de_una=entidad)
    lista = filtro.aplicar(personas_de(sesion, entidad))
    pagina = Paginator(lista, PERSONAS_POR_PAGINA).get_page(request.GET.get("page"))
    ver_lista_de_personas(
        por=request.user,
        lista="personas de una sesión",
        n_personas=len(pagina.object_list),
        objeto=sesion,
        filtros={"entidad": filtro.cleaned_data.get("entidad", ""), "pagina": pagina.number},
        peticion=request,
    )

    return render(
        request,
        "conectate/sesion_personas.html",
        {
            "sesion": sesion,
            "entidad": entidad,
            "filtro": filtro,
            "pagina": pagina,
            "consulta": _sin_pagina(request.GET),
            "hay_filtros": any(filtro.cleaned_data.values()),
        },
    )
