from django.urls import path

from indicadores.views import documentos

urlpatterns = [
    path("documentos/", documentos.documentos, name="documentos"),
    path("documentos/<slug:slug>/", documentos.documento, name="documento"),
    path(
        "documentos/<slug:slug>/archivo/",
        documentos.archivo_del_documento,
        name="archivo-del-documento",
    ),
    path("enlaces/", documentos.enlaces, name="enlaces"),
]
