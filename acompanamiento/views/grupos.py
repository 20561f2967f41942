"""Las páginas de los grupos: quiénes son, a quién acompañan y los cambios de uno a otro."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from acompanamiento.consultas.compromisos import resumen_de_vencidos
from acompanamiento.consultas.grupos import entidades_de, grupo_de, grupo_propio
from acompanamiento.consultas.reparto import acompanadas_por, reparto, responsables_de
from acompanamiento.forms.grupos import (
    FechaForm,
    GrupoForm,
    IntegranteForm,
    MoverForm,
    PadrinoForm,
    RetiroForm,
)
from acompanamiento.models import Grupo, Integrante
from acompanamiento.permisos import (
    puede_acompanar,
    puede_dirigir_grupo,
    puede_organizar_grupos,
)
from territorio.models import EntidadTerritorial

leer_y_enviar = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def grupos(request):
    if not puede_acompanar(request.user):
        raise PermissionDenied
    filtro = FechaForm(request.GET)
    return render(
        request,
        "acompanamiento/grupo_list.html",
        {
            "filtro": filtro,
            "reparto": reparto(filtro.elegida),
            "organiza": puede_organizar_grupos(request.user),
        },
    )


@require_safe
def grupo(request, numero):
    if not puede_acompanar(request.user):
        raise PermissionDenied
    grupo = get_object_or_404(Grupo, numero=numero)
    integrantes = list(
        grupo.integrantes.select_related("persona__direccion").order_by("desde", "pk")
    )
    hoy = [uno for uno in integrantes if uno.hasta is None]
    resumen = resumen_de_vencidos(entidades=entidades_de(grupo).order_by())
    return render(
        request,
        "acompanamiento/grupo_detail.html",
        {
            "grupo": grupo,
            "acompanadas": acompanadas_por(grupo, vencidos_de=resumen.vencidos_de),
            "vencidos": resumen.vencidos,
            "integrantes": sorted(hoy, key=_por_papel),
            "salieron": [uno for uno in integrantes if uno.hasta is not None],
            "pertenencias": grupo.pertenencias.select_related("entidad").order_by("-desde", "pk"),
            "organiza": puede_organizar_grupos(request.user),
            "dirige": puede_dirigir_grupo(request.user, grupo),
        },
    )


def _por_papel(integrante):
    return Integrante.Papel.values.index(integrante.papel)


@require_safe
def mi_grupo(request):
    if not request.user.es_del_ministerio:
        return redirect("acompanamiento:mi-acompanamiento")
    if suyo := grupo_propio(request.user):
        return redirect(suyo)
    messages.info(request, "Hoy no integra ningún grupo. Estos son todos.")
    return redirect("acompanamiento:grupos")


@leer_y_enviar
def nuevo_grupo(request):
    if not puede_organizar_grupos(request.user):
        raise PermissionDenied

    form = GrupoForm(request.POST or None)
    if grupo := _guardado(form, request.user):
        messages.success(request, f"El {str(grupo).lower()} quedó creado.")
        return redirect(grupo)

    return render(request, "acompanamiento/grupo_form.html", {"form": form})


@leer_y_enviar
def editar_grupo(request, numero):
    if not puede_organizar_grupos(request.user):
        raise PermissionDenied
    grupo = get_object_or_404(Grupo, numero=numero)

    form = GrupoForm(request.POST or None, grupo=grupo)
    if _guardado(form, request.user):
        messages.success(request, "Los cambios quedaron guardados.")
        return redirect(grupo)

    return render(request, "acompanamiento/grupo_form.html", {"form": form, "grupo": grupo})


@leer_y_enviar
def agregar(request, numero):
    if not puede_acompanar(request.user):
        raise PermissionDenied
    grupo = get_object_or_404(Grupo, numero=numero)
    if not puede_dirigir_grupo(request.user, grupo):
        raise PermissionDenied

    form = IntegranteForm(request.POST or None, grupo=grupo)
    if integrante := _guardado(form, request.user):
        messages.success(request, f"{integrante.persona} ya hace parte del {str(grupo).lower()}.")
        return redirect(grupo)

    return render(request, "acompanamiento/integrante_form.html", {"form": form, "grupo": grupo})


@leer_y_enviar
def retirar(request, pk):
    if not puede_acompanar(request.user):
        raise PermissionDenied
    integrante = get_object_or_404(Integrante.objects.select_related("grupo", "persona"), pk=pk)
    if not puede_dirigir_grupo(request.user, integrante.grupo):
        raise PermissionDenied

    form = RetiroForm(request.POST or None, integrante=integrante)
    if _guardado(form, request.user):
        messages.success(request, f"{integrante.persona} ya no hace parte del grupo.")
        return redirect(integrante.grupo)

    return render(
        request, "acompanamiento/integrante_retirar.html", {"form": form, "integrante": integrante}
    )


@leer_y_enviar
def mover(request, codigo):
    if not puede_organizar_grupos(request.user):
        raise PermissionDenied
    entidad = get_object_or_404(EntidadTerritorial, codigo_dane=codigo)
    actual = grupo_de(entidad)

    form = MoverForm(request.POST or None, entidad=entidad, actual=actual)
    if _guardado(form, request.user):
        grupo = form.cleaned_data["grupo"]
        messages.success(
            request,
            f"A {entidad} la acompaña el {str(grupo).lower()}. Revise quién responde por ella."
            if grupo
            else f"{entidad} quedó sin grupo.",
        )
        return redirect(grupo or actual or "acompanamiento:grupos")

    return render(
        request,
        "acompanamiento/mover_entidad.html",
        {
            "form": form,
            "entidad": entidad,
            "actual": actual,
            "responsables": responsables_de(entidad),
            "tramos": entidad.pertenencias.select_related("grupo").order_by("-desde"),
        },
    )


@leer_y_enviar
def padrino(request, codigo):
    if not puede_acompanar(request.user):
        raise PermissionDenied
    entidad = get_object_or_404(EntidadTerritorial, codigo_dane=codigo)
    grupo = grupo_de(entidad)
    if not (puede_dirigir_grupo(request.user, grupo) if grupo else _organiza(request)):
        raise PermissionDenied

    form = PadrinoForm(request.POST or None, entidad=entidad)
    if padrinazgo := _guardado(form, request.user):
        messages.success(
            request,
            f"{padrinazgo.persona} responde por {entidad} como {padrinazgo.get_papel_display()}.",
        )
        return redirect(grupo or "acompanamiento:grupos")

    return render(
        request,
        "acompanamiento/padrino_form.html",
        {
            "form": form,
            "entidad": entidad,
            "grupo": grupo,
            "responsables": responsables_de(entidad),
        },
    )


def _organiza(request):
    return puede_organizar_grupos(request.user)


def _guardado(form, usuario):
    """Lo guardado, o nada si falta algo o la acción no lo admite: el formulario lo dice."""
    if not form.is_valid():
        return None
    try:
        return form.save(por=usuario) or True
    except ValidationError as error:
        form.add_error(None, error)
        return None
