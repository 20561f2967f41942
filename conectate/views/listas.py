"""Las listas guardadas: a quiénes se convoca de una vez."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from conectate.acciones.convocatoria import borrar_lista
from conectate.forms.convocatoria import ListaForm
from conectate.models import ListaDeConvocadas
from conectate.permisos import puede_convocar


def _exigir_permiso(request):
    if not puede_convocar(request.user):
        raise PermissionDenied


@require_safe
def listas(request):
    _exigir_permiso(request)
    listas = ListaDeConvocadas.objects.annotate(n_entidades=Count("entidades")).order_by("nombre")
    return render(request, "conectate/lista_list.html", {"listas": listas})


@require_http_methods(["GET", "HEAD", "POST"])
def nueva_lista(request):
    _exigir_permiso(request)
    return _guardar(request, ListaForm(request.POST or None))


@require_http_methods(["GET", "HEAD", "POST"])
def editar_lista(request, pk):
    _exigir_permiso(request)
    lista = get_object_or_404(ListaDeConvocadas, pk=pk)
    return _guardar(request, ListaForm(request.POST or None, instance=lista), lista)


def _guardar(request, form, lista=None):
    nombre = lista.nombre if lista else ""
    if form.is_valid():
        form.save(por=request.user)
        messages.success(request, "La lista quedó guardada.")
        return redirect("conectate:listas")
    return render(
        request, "conectate/lista_form.html", {"form": form, "lista": lista, "nombre": nombre}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def quitar_lista(request, pk):
    _exigir_permiso(request)
    lista = get_object_or_404(ListaDeConvocadas, pk=pk)
    if request.method == "POST":
        borrar_lista(lista=lista, por=request.user)
        messages.success(request, "La lista se borró. Las sesiones quedan como estaban.")
        return redirect("conectate:listas")
    return render(request, "conectate/lista_confirm_delete.html", {"lista": lista})
