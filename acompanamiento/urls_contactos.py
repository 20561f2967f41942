"""Las direcciones de los contactos, de lo que se registra y de sus conflictos."""

from django.urls import path

from acompanamiento.views import conflictos, contactos, registros

urlpatterns = [
    path("contactos/", contactos.contactos, name="contactos"),
    path("contactos/nuevo/", contactos.nuevo_contacto, name="nuevo-contacto"),
    path("contactos/<uuid:clave>/", contactos.contacto, name="contacto"),
    path("contactos/<uuid:clave>/editar/", contactos.editar_contacto, name="editar-contacto"),
    path(
        "contactos/<uuid:clave>/siguiente/",
        contactos.programar_siguiente,
        name="programar-siguiente",
    ),
    path("contactos/<uuid:clave>/cancelar/", contactos.cancelar_contacto, name="cancelar-contacto"),
    path("registros/<slug:clase>/", registros.registros, name="registros"),
    path("registros/<slug:clase>/<uuid:clave>/", registros.registro, name="registro"),
    path("conflictos/", conflictos.conflictos, name="conflictos"),
    path("conflictos/<int:pk>/", conflictos.conflicto, name="conflicto"),
]
