"""Las direcciones del portal: cada app trae las suyas."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("cuentas/", include("allauth.urls")),
    path("administracion/", admin.site.urls),
]
