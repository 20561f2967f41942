from django.urls import path

from trabajos import views

app_name = "trabajos"

urlpatterns = [
    path("trabajos/", views.trabajos, name="trabajos"),
    path("trabajos/<uuid:clave>/", views.trabajo, name="trabajo"),
    path("trabajos/<uuid:clave>/estado/", views.estado, name="estado"),
    path("trabajos/<uuid:clave>/archivo/", views.archivo, name="archivo"),
    path("trabajos/<uuid:clave>/reintentar/", views.reintentar, name="reintentar"),
    path("salud/", views.salud, name="salud"),
]
