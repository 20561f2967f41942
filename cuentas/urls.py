"""Las direcciones propias de cuentas; las de entrar y salir están en `urls_acceso`."""

from django.urls import path
from django.views.generic import RedirectView

from cuentas import views

app_name = "cuentas"
urlpatterns = [
    path("cuentas/", RedirectView.as_view(pattern_name="cuentas:perfil"), name="inicio"),
    path("cuentas/mi-cuenta/", views.perfil, name="perfil"),
    path("cuentas/mi-cuenta/mis-datos.json", views.descargar_mis_datos, name="mis-datos"),
    path("cuentas/seguir/", views.seguir, name="seguir"),
    path("cuentas/invitaciones/", views.invitaciones, name="invitaciones"),
    path("cuentas/invitaciones/nueva/", views.invitar, name="invitar"),
    path("cuentas/invitaciones/<int:pk>/anular/", views.anular, name="anular"),
    path("cuentas/invitacion/<str:clave>/", views.aceptar, name="aceptar"),
    path("cuentas/bitacora/", views.bitacora, name="bitacora"),
    path("cuentas/bitacora/<int:pk>/", views.entrada_de_bitacora, name="entrada-de-bitacora"),
    path("privacidad/", views.privacidad, name="privacidad"),
    path("privacidad/<int:version>/", views.privacidad, name="version-privacidad"),
    path("privacidad/<int:version>/leido/", views.aviso_leido, name="aviso-leido"),
]
