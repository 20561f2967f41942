"""Las direcciones de «Juntos lo vamos a lograr»."""

from acompanamiento.urls_archivos import urlpatterns as de_archivos
from acompanamiento.urls_calendario import urlpatterns as de_calendario
from acompanamiento.urls_compromisos import urlpatterns as de_compromisos
from acompanamiento.urls_contactos import urlpatterns as de_contactos
from acompanamiento.urls_grupos import urlpatterns as de_grupos
from acompanamiento.urls_informes import urlpatterns as de_informes
from acompanamiento.urls_instituciones import urlpatterns as de_instituciones
from acompanamiento.urls_listados import urlpatterns as de_listados
from acompanamiento.urls_necesidades import urlpatterns as de_necesidades
from acompanamiento.urls_programas import urlpatterns as de_programas
from acompanamiento.urls_seguimiento import urlpatterns as de_seguimiento

app_name = "acompanamiento"
urlpatterns = [
    *de_grupos,
    *de_listados,
    *de_contactos,
    *de_archivos,
    *de_compromisos,
    *de_necesidades,
    *de_programas,
    *de_instituciones,
    *de_seguimiento,
    *de_calendario,
    *de_informes,
]
