"""Las constancias por dentro: las de una sesión, las de una secretaría en un año, y las propias."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from conectate.acciones.constancias import (
    pedir_constancias_de_sesion,
    pedir_constancias_de_vigencia,
    pedir_mi_constancia,
)
from conectate.consultas.constancias import (
    Alcance,
    constancias_por_sesion,
    lo_que_dirian_hoy,
    sesiones_certificables,
)
from conectate.consultas.participacion import vigencias_de
from conectate.forms.constancias import RevocarForm, VolverAEmitirForm
from conectate.models import Constancia, Sesion
from conectate.permisos import (
    puede_revocar_constancias,
    puede_ver_cifras,
    puede_ver_participacion,
    puede_ver_personas,
)
from cuentas.bitacora import ver_lista_de_personas
from territorio.models import EntidadTerritorial

POR_PAGINA = 50


# ── Las de una sesión ─────────────────────────────────────────────────────────────────────────


@require_safe
def de_sesion(request, pk):
    """Todas para el Ministerio, las suyas para una secretaría. Ver los nombres queda anotado."""
    sesion = _sesion(request, pk)
    entidad = request.user.entidad if request.user.es_de_secretaria else None
    alcance = Alcance(Sesion.objects.filter(pk=sesion.pk), entidad)

    emitidas = alcance.emitidas().select_related("entidad", "sesion")
    pagina = Paginator(emitidas, POR_PAGINA).get_page(request.GET.get("page"))
    if pagina.object_list:
        ver_lista_de_personas(
            por=request.user,
            lista="constancias de una sesión",
            n_personas=sum(una.es_de_persona for una in pagina),
            objeto=sesion,
            filtros={"pagina": pagina.number},
            peticion=request,
        )

    return render(
        request,
        "conectate/constancia_list.html",
        {
            "sesion": sesion,
            "entidad": entidad,
            "pagina": pagina,
            "filas": _filas(pagina, con_cambios=puede_ver_cifras(request.user)),
            "por_emitir": alcance.por_emitir(),
            "revoca": puede_revocar_constancias(request.user),
        },
    )


def _sesion(request, pk):
    sesion = get_object_or_404(Sesion.objects.visibles_para(request.user), pk=pk)
    if not puede_ver_personas(request.user):
        raise PermissionDenied
    return sesion


def _filas(pagina, *, con_cambios):
    """Cada una y, para el Ministerio, lo que hoy diría distinto si la sesión se reabrió."""
    constancias = list(pagina)
    if not con_cambios:
        return [(una, None) for una in constancias]
    hoy = lo_que_dirian_hoy(constancias)
    return [(una, _cambio(una, hoy[una.pk]) if una.vale else None) for una in constancias]


def _cambio(constancia, hoy):
    if hoy is None:
        return "Con la asistencia de hoy no le corresponde."
    if hoy.nombre != constancia.nombre:
        return f"Hoy diría «{hoy.nombre}»."
    return "El tiempo cambió." if hoy.difiere_de(constancia) else None


@require_POST
def descargar_de_sesion(request, pk):
    sesion = _sesion(request, pk)
    if not sesion.esta_cerrada:
        messages.warning(request, "Las constancias se emiten cuando la sesión se cierra.")
        return redirect("conectate:constancias", sesion.pk)
    return redirect(pedir_constancias_de_sesion(sesion, por=request.user))


@require_http_methods(["GET", "HEAD", "POST"])
def revocar(request, codigo):
    constancia = _constancia(request, codigo)
    if not constancia.vale:
        messages.warning(request, "Esa constancia ya está revocada.")
        return redirect("conectate:constancias", constancia.sesion_id)
    return _con_motivo(request, constancia, RevocarForm, "revocar")


@require_http_methods(["GET", "HEAD", "POST"])
def volver_a_emitir(request, codigo):
    return _con_motivo(request, _constancia(request, codigo), VolverAEmitirForm, "volver-a-emitir")


def _constancia(request, codigo):
    visibles = Constancia.objects.filter(sesion__in=Sesion.objects.visibles_para(request.user))
    if request.user.es_de_secretaria:
        visibles = visibles.filter(entidad__usuarios=request.user)
    constancia = get_object_or_404(visibles.select_related("sesion", "entidad"), codigo=codigo)
    if not puede_revocar_constancias(request.user):
        raise PermissionDenied
    return constancia


def _con_motivo(request, constancia, clase, que):
    form = clase(request.POST or None)
    if form.is_valid():
        try:
            nueva = form.save(constancia=constancia, por=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(
                request,
                f"Se emitió con el código {nueva.codigo}; la anterior ya no vale."
                if nueva
                else f"La constancia {constancia.codigo} ya no vale.",
            )
            return redirect("conectate:constancias", constancia.sesion_id)
    return render(
        request,
        "conectate/constancia_motivo.html",
        {
            "constancia": constancia,
            "sesion": constancia.sesion,
            "form": form,
            "revoca": que == "revocar",
            "hoy": lo_que_dirian_hoy([constancia])[constancia.pk],
        },
    )


# ── Las de una secretaría en un año ───────────────────────────────────────────────────────────


@require_safe
def de_entidad(request, vigencia, codigo_dane):
    """Cuántas puede bajar de cada sesión, y todas juntas. Sin nombres: van en el archivo."""
    entidad = _entidad(request, codigo_dane)
    filas = constancias_por_sesion(entidad, vigencia)
    return render(
        request,
        "conectate/constancia_entidad.html",
        {
            "entidad": entidad,
            "vigencia": vigencia,
            "filas": filas,
            "de_entidad": sum(fila.estuvo for fila in filas),
            "de_personas": sum(fila.personas for fila in filas),
            "ve_todas": puede_ver_cifras(request.user),
            "vigencias": [
                (
                    v,
                    reverse("conectate:constancias-de-entidad", args=[v, codigo_dane]),
                    v == vigencia,
                )
                for v in sorted({*vigencias_de(entidad), vigencia}, reverse=True)
            ],
        },
    )


@require_POST
def descargar_de_entidad(request, vigencia, codigo_dane):
    entidad = _entidad(request, codigo_dane)
    return redirect(pedir_constancias_de_vigencia(entidad, vigencia, por=request.user))


def _entidad(request, codigo_dane):
    entidad = get_object_or_404(EntidadTerritorial, codigo_dane=codigo_dane)
    if not puede_ver_participacion(request.user, entidad):
        raise Http404
    return entidad


# ── Las propias ───────────────────────────────────────────────────────────────────────────────


@require_safe
def mis_constancias(request):
    """De las sesiones en que aparece el correo con que entró."""
    suyas = sesiones_certificables(request.user).order_by("-fecha", "-pk")
    pagina = Paginator(suyas, POR_PAGINA).get_page(request.GET.get("page"))
    return render(request, "conectate/constancia_mias.html", {"pagina": pagina})


@require_POST
def pedir_la_mia(request, pk):
    sesion = get_object_or_404(sesiones_certificables(request.user), pk=pk)
    return redirect(pedir_mi_constancia(sesion, por=request.user))
