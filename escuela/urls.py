"""Las direcciones del portal: cada app trae las suyas."""

from django.contrib import admin
from django.urls import include, path

from escuela import views

urlpatterns = [
    path("", views.portada, name="portada"),
    path("mi-portal/", views.mi_portal, name="mi-portal"),
    path("secciones/<slug:slug>/", views.seccion, name="seccion"),
    path("mapa-del-sitio/", views.mapa_del_sitio, name="mapa-del-sitio"),
    path("accesibilidad/", views.accesibilidad, name="accesibilidad"),
    path(
        "declaracion-de-accesibilidad/",
        views.declaracion_de_accesibilidad,
        name="declaracion-de-accesibilidad",
    ),
    path("", include("territorio.urls")),
    path("conectate/", include("conectate.urls")),
    path("acompanamiento/", include("acompanamiento.urls")),
    path("indicadores/", include("indicadores.urls")),
    path("", include("contenidos.urls")),
    path("", include("trabajos.urls")),
    path("cuentas/", include("cuentas.urls_acceso")),
    path("", include("cuentas.urls")),
    path("administracion/", admin.site.urls),
    path("admin/", views.a_la_administracion, name="admin-de-siempre"),
    path(".well-known/security.txt", views.contacto_de_seguridad, name="contacto-de-seguridad"),
]

handler400 = views.solicitud_incorrecta
handler500 = views.error_del_servidor

handler429 = "cuentas.views.demasiados_intentos"  # lo busca django-allauth
