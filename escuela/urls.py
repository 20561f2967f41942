"""Las direcciones del portal: cada app trae las suyas."""

from django.contrib import admin
from django.urls import include, path

from escuela import views

urlpatterns = [
    path("", views.portada, name="portada"),
    path("secciones/<slug:slug>/", views.seccion, name="seccion"),
    path("mapa-del-sitio/", views.mapa_del_sitio, name="mapa-del-sitio"),
    path("accesibilidad/", views.accesibilidad, name="accesibilidad"),
    path("cuentas/", include("allauth.urls")),
    path("administracion/", admin.site.urls),
]
