"""Las direcciones de lo que sigue a una sesión."""

from django.urls import path

from conectate.views import despues, satisfaccion

urlpatterns = [
    path("lo-que-me-perdi/", despues.lo_que_me_perdi, name="lo-que-me-perdi"),
    path(
        "lo-que-me-perdi/<vigencia:vigencia>/<slug:codigo_dane>/",
        despues.lo_que_se_perdio,
        name="lo-que-se-perdio",
    ),
    path("sesiones/<int:pk>/ya-la-revisamos/", despues.revisar, name="ya-la-revisamos"),
    path(
        "sesiones/<int:pk>/aun-no-la-revisamos/",
        despues.deshacer_revision,
        name="aun-no-la-revisamos",
    ),
    path("satisfaccion/<str:testigo>/", satisfaccion.responder, name="satisfaccion"),
    path("sesiones/<int:pk>/opinar/", satisfaccion.opinar, name="opinar"),
    path(
        "sesiones/<int:pk>/satisfaccion/",
        satisfaccion.resultados,
        name="resultados-de-satisfaccion",
    ),
    path(
        "sesiones/<int:pk>/satisfaccion/enviar/",
        satisfaccion.enviar,
        name="enviar-satisfaccion",
    ),
    path("opiniones/<int:pk>/moderar/", satisfaccion.moderar, name="moderar-satisfaccion"),
]
