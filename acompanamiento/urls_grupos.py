"""Las direcciones de los grupos, de quién acompaña a quién y de los relevos."""

from django.urls import path

from acompanamiento.views import entrada, grupos, relevos

urlpatterns = [
    path("", entrada.entrada, name="entrada"),
    path("grupos/", grupos.grupos, name="grupos"),
    path("grupos/nuevo/", grupos.nuevo_grupo, name="nuevo-grupo"),
    path("grupos/<int:numero>/", grupos.grupo, name="grupo"),
    path("grupos/<int:numero>/editar/", grupos.editar_grupo, name="editar-grupo"),
    path("grupos/<int:numero>/integrantes/", grupos.agregar, name="agregar-integrante"),
    path("integrantes/<int:pk>/retirar/", grupos.retirar, name="retirar-integrante"),
    path("mi-grupo/", grupos.mi_grupo, name="mi-grupo"),
    path("secretarias/<str:codigo>/grupo/", grupos.mover, name="mover-entidad"),
    path("secretarias/<str:codigo>/padrino/", grupos.padrino, name="asignar-padrino"),
    path("relevos/", relevos.relevos, name="relevos"),
    path("relevos/nuevo/", relevos.nuevo_relevo, name="nuevo-relevo"),
    path("relevos/<uuid:clave>/", relevos.relevo, name="relevo"),
]
