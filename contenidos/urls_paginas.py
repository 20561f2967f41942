from django.urls import path

from contenidos.views import glosario, paginas

urlpatterns = [
    path("juntos-lo-vamos-a-lograr/", paginas.juntos, name="juntos"),
    path("movemos-mas-alla/", paginas.movemos, name="movemos"),
    path("paginas/<slug:slug>/", paginas.pagina, name="pagina"),
    path("paginas/<slug:slug>/versiones/", paginas.versiones_de_pagina, name="versiones-de-pagina"),
    path(
        "paginas/<slug:slug>/versiones/<int:numero>/",
        paginas.version_de_pagina,
        name="version-de-pagina",
    ),
    path("politicas/", paginas.politicas, name="politicas"),
    path("politicas/<slug:slug>/", paginas.pagina, name="politica"),
    path("ayuda/", paginas.ayuda, name="ayuda"),
    path("ayuda/<slug:slug>/", paginas.pagina, name="pagina-de-ayuda"),
    path("imagenes/<uuid:clave>/", paginas.imagen, name="imagen"),
    path("edicion/paginas/", paginas.paginas, name="paginas"),
    path("edicion/paginas/nueva/", paginas.nueva_pagina, name="nueva-pagina"),
    path("edicion/paginas/<slug:slug>/", paginas.editar_pagina, name="editar-pagina"),
    path("edicion/imagenes/", paginas.imagenes, name="imagenes"),
    path("edicion/imagenes/nueva/", paginas.nueva_imagen, name="nueva-imagen"),
    path("glosario/", glosario.glosario, name="glosario"),
    path("glosario/<slug:slug>/", glosario.termino, name="termino"),
    path("edicion/glosario/nuevo/", glosario.nuevo_termino, name="nuevo-termino"),
    path("edicion/glosario/<slug:slug>/", glosario.editar_termino, name="editar-termino"),
]
