"""Páginas con todas las piezas, para mirarlas y revisarlas. No son parte del portal."""

import itertools

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import path

from escuela.urls import handler400, handler429, handler500
from escuela.urls import urlpatterns as las_del_portal
from territorio.filtros import FiltroForm

__all__ = ["handler400", "handler429", "handler500", "urlpatterns"]


class SesionDeMuestraForm(forms.Form):
    titulo = forms.CharField(label="Título", help_text="Como lo verá quien reciba la convocatoria.")
    fecha = forms.DateField(label="Fecha", help_text="Por ejemplo, 20/02/2020.")
    tipo = forms.ChoiceField(label="Tipo", choices=[("1", "Informativa"), ("2", "Diálogo")])
    modalidad = forms.ChoiceField(
        label="Modalidad", choices=[("v", "Virtual"), ("p", "Presencial")], widget=forms.RadioSelect
    )
    temas = forms.MultipleChoiceField(
        label="Temas",
        required=False,
        choices=[("a", "Alimentación escolar"), ("b", "Ruralidad")],
        widget=forms.CheckboxSelectMultiple,
    )
    descripcion = forms.CharField(label="De qué se trata", widget=forms.Textarea, required=False)
    publica = forms.BooleanField(label="Abierta a la comunidad educativa", required=False)

    def clean(self):
        raise forms.ValidationError("La sesión no puede terminar antes de empezar.")


class ArchivoDeMuestraForm(forms.Form):
    archivo = forms.FileField(
        label="Archivo de asistencia", help_text="Tal como salió de Teams, Zoom o Meet."
    )


class FiltrosDeMuestraForm(FiltroForm):
    vigencia = forms.ChoiceField(label="Año", choices=[("2020", "2020")], required=False)
    tipo = forms.ChoiceField(label="Tipo", choices=[("", "Todos")], required=False)
    buscar = forms.CharField(label="Palabra", required=False)


@login_not_required
def muestra(request):
    con_errores = request.method == "POST" or "errores" in request.GET
    return render(
        request,
        "muestra.html",
        {
            "form": SesionDeMuestraForm({} if con_errores else None),
            "archivo": ArchivoDeMuestraForm({} if con_errores else None),
            "filtros": FiltrosDeMuestraForm(),
            "pagina": Paginator(range(100), 25).page(2),
            "pestanas": [("Resumen", "/", True), ("Asistencia", "/", False)],
            "barras": [("Departamentos", 96.9, "31 de 32"), ("Municipios", 74.1, "40 de 54")],
            "columnas": ["Secretaría", "Enero", "Febrero", "Marzo", "Participó en"],
            "numericas": [1, 2, 3, 4],
            "filas": [
                [nombre, 2, 3, 15, "20 de 45"]
                for nombre in ("Antioquia", "Guainía", "Manizales", "Archipiélago de San Andrés")
            ],
            "ficha": [("Modalidad", "Virtual"), ("Dirección", ""), ("Hora", "10:00 a. m.")],
        },
    )


VECES = itertools.count(1)


@login_not_required
def avance(request):
    """Cada vez que se pide, va más adelante; a la tercera, terminó."""
    veces = next(VECES)
    return render(
        request,
        "avance.html",
        {"porcentaje": min(veces * 30, 100), "paso": f"vuelta {veces}", "terminado": veces > 3},
    )


@login_not_required
def se_rompe(request):
    raise RuntimeError("se rompió a propósito")


urlpatterns = [
    *las_del_portal,
    path("muestra/", muestra, name="muestra"),
    path("muestra/avance/", avance, name="avance"),
    path("muestra/se-rompe/", se_rompe, name="se-rompe"),
]
