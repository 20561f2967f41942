"""Las direcciones de «Quiero aprender», y las que la biblioteca presta a todo el portal."""

from contenidos.urls_biblioteca import urlpatterns as de_biblioteca
from contenidos.urls_busqueda import urlpatterns as de_busqueda
from contenidos.urls_canasta import urlpatterns as de_canasta
from contenidos.urls_editorial import urlpatterns as de_editorial
from contenidos.urls_importaciones import urlpatterns as de_importaciones
from contenidos.urls_paginas import urlpatterns as de_paginas
from contenidos.urls_rutas import urlpatterns as de_rutas
from contenidos.urls_temas import urlpatterns as de_temas

app_name = "contenidos"
# La biblioteca va de última: el nombre de un contenido es una palabra cualquiera.
urlpatterns = [
    *de_busqueda,
    *de_canasta,
    *de_editorial,
    *de_importaciones,
    *de_paginas,
    *de_rutas,
    *de_temas,
    *de_biblioteca,
]
