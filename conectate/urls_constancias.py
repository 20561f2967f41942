"""Las direcciones de certificar."""

from django.urls import path

from conectate import convertidores  # noqa: F401
from conectate.views import constancias, verificacion

urlpatterns = [
    path("constancias/", verificacion.verificar, name="verificar-constancias"),
    path("constancias/<str:codigo>/", verificacion.constancia, name="verificar-constancia"),
    path("constancias/<str:codigo>/revocar/", constancias.revocar, name="revocar-constancia"),
    path(
        "constancias/<str:codigo>/volver-a-emitir/",
        constancias.volver_a_emitir,
        name="volver-a-emitir-constancia",
    ),
    path("mis-constancias/", constancias.mis_constancias, name="mis-constancias"),
    path("mis-constancias/<int:pk>/", constancias.pedir_la_mia, name="pedir-mi-constancia"),
    path("sesiones/<int:pk>/constancias/", constancias.de_sesion, name="constancias"),
    path(
        "sesiones/<int:pk>/constancias/descargar/",
        constancias.descargar_de_sesion,
        name="descargar-constancias",
    ),
    path(
        "participacion/<vigencia:vigencia>/<slug:codigo_dane>/constancias/",
        constancias.de_entidad,
        name="constancias-de-entidad",
    ),
    path(
        "participacion/<vigencia:vigencia>/<slug:codigo_dane>/constancias/descargar/",
        constancias.descargar_de_entidad,
        name="descargar-constancias-de-entidad",
    ),
]
