"""Las direcciones de las colecciones, las rutas de aprendizaje y sus certificados."""

from django.urls import path

from contenidos.views import certificados, colecciones, rutas

urlpatterns = [
    path("colecciones/", colecciones.colecciones, name="colecciones"),
    path("colecciones/nueva/", colecciones.nueva, name="nueva-coleccion"),
    path("colecciones/<slug:slug>/", colecciones.coleccion, name="coleccion"),
    path("colecciones/<slug:slug>/llevar/", colecciones.llevar, name="llevar-coleccion"),
    path("colecciones/<slug:slug>/editar/", colecciones.editar, name="editar-coleccion"),
    path("rutas/", rutas.rutas, name="rutas"),
    path("rutas/nueva/", rutas.nueva, name="nueva-ruta"),
    path("rutas/<slug:slug>/", rutas.ruta, name="ruta"),
    path("rutas/<slug:slug>/pasos/<int:pk>/", rutas.hacer_paso, name="hacer-paso"),
    path("rutas/<slug:slug>/editar/", rutas.editar, name="editar-ruta"),
    path("rutas/<slug:slug>/certificado/", certificados.mi_certificado, name="mi-certificado"),
    path("certificados/", certificados.comprobar, name="verificar-certificados"),
    path("certificados/<str:codigo>/", certificados.verificar, name="verificar-certificado"),
    path("certificados/<str:codigo>/pdf/", certificados.pdf, name="certificado-pdf"),
    path("certificados/<str:codigo>/revocar/", certificados.revocar, name="revocar-certificado"),
]
