"""Las direcciones de «Quiero informarme»."""

from indicadores.urls_calidad import urlpatterns as de_calidad
from indicadores.urls_cargas import urlpatterns as de_cargas
from indicadores.urls_datos import urlpatterns as de_datos
from indicadores.urls_documentos import urlpatterns as de_documentos
from indicadores.urls_ficha import urlpatterns as de_ficha
from indicadores.urls_fuentes import urlpatterns as de_fuentes
from indicadores.urls_informes import urlpatterns as de_informes
from indicadores.urls_mapa import urlpatterns as de_mapa
from indicadores.urls_recursos import urlpatterns as de_recursos
from indicadores.urls_versiones import urlpatterns as de_versiones

app_name = "indicadores"
urlpatterns = [
    *de_mapa,
    *de_ficha,
    *de_datos,
    *de_versiones,
    *de_cargas,
    *de_fuentes,
    *de_calidad,
    *de_recursos,
    *de_documentos,
    *de_informes,
]
