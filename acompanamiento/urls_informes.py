"""La dirección de los informes del acompañamiento."""

from django.urls import path

from acompanamiento.views import informes

urlpatterns = [path("informes/", informes.informes, name="informes")]
