"""Los temas, que son de todo el portal."""

from django.urls import path

from contenidos.views import novedades, temas

urlpatterns = [
    path("temas/", temas.temas, name="temas"),
    path("temas/<slug:slug>/", temas.tema, name="tema"),
    path(
        "temas/<slug:slug>/atom/",
        novedades.novedades_de_tema,
        {"canal": novedades.AtomDeTema},
        name="atom-de-tema",
    ),
    path(
        "temas/<slug:slug>/rss/",
        novedades.novedades_de_tema,
        {"canal": novedades.RssDeTema},
        name="rss-de-tema",
    ),
    path("temas/<slug:slug>/seguir/", temas.seguir_tema, name="seguir-tema"),
    path(
        "temas/<slug:slug>/dejar-de-seguir/",
        temas.dejar_de_seguir_tema,
        name="dejar-de-seguir-tema",
    ),
    path("mis-temas/", temas.mis_temas, name="mis-temas"),
    path("mis-temas/baja/<uuid:testigo>/", temas.baja_de_tema, name="baja-de-tema"),
    path("edicion/temas/", temas.ordenar_temas, name="ordenar-temas"),
    path("edicion/temas/<slug:slug>/", temas.renombrar_tema, name="renombrar-tema"),
    path("edicion/temas/<slug:slug>/fundir/", temas.fundir_temas, name="fundir-temas"),
]
