"""Quitar la demostración: lo inventado, lo que las cuentas de prueba registraron y sus archivos.

Lo de verdad que salió de algo inventado se queda, sin ese origen. Lo demás que cuelgue de algo
inventado lo protege la base: entonces no se quita nada y se dice qué es.
"""

from django.db import transaction
from django.db.models import Q

from acompanamiento.models import (
    Actividad,
    Adjunto,
    CambioDeResponsable,
    Compromiso,
    Contacto,
    Envio,
    Evidencia,
    Foto,
    Grupo,
    Integrante,
    ListadoDeGrupos,
    ListadoDeInstituciones,
    Necesidad,
    Padrinazgo,
    Pertenencia,
    Presencialidad,
    Producto,
    Programa,
    Relevo,
)
from cuentas.models import Usuario
from territorio.models import Institucion

INVENTADO = Q(es_demostracion=True) | Q(creado_por__es_demostracion=True)
# De lo que cuelga a aquello de lo que cuelga.
REGISTROS = (Compromiso, Necesidad, Contacto, Producto, Actividad, Presencialidad)


@transaction.atomic
def quitar() -> int:
    """Devuelve cuántos contactos quitó."""
    cuantos = Contacto.objects.filter(INVENTADO).count()
    _soltar_archivos()
    _soltar_envios()
    _soltar_origenes()
    for modelo in REGISTROS:
        modelo.objects.filter(INVENTADO).delete()
    Programa.objects.filter(INVENTADO).delete()
    Institucion.objects.filter(es_demostracion=True).delete()
    _deshacer_grupos()
    _soltar_a_quien_se_va()
    return cuantos


def _deshacer_grupos():
    grupos = Grupo.objects.filter(es_demostracion=True)
    Pertenencia.objects.filter(grupo__in=grupos).delete()
    Integrante.objects.filter(grupo__in=grupos).delete()
    Padrinazgo.objects.filter(INVENTADO).delete()
    relevos = Relevo.objects.filter(
        INVENTADO | Q(de__es_demostracion=True) | Q(a__es_demostracion=True)
    )
    CambioDeResponsable.objects.filter(relevo__in=relevos).update(relevo=None)
    relevos.delete()
    grupos.delete()


def _soltar_envios():
    for modelo in (*REGISTROS, Relevo):
        claves = modelo.objects.filter(INVENTADO).values("clave")
        Envio.objects.filter(clave__in=claves).delete()
    Envio.objects.filter(enviado_por__es_demostracion=True).delete()


def _soltar_origenes():
    """El compromiso o la necesidad de verdad que nació en un contacto de prueba."""
    for modelo, campo, origen in (
        (Compromiso, "contacto", Contacto),
        (Compromiso, "necesidad", Necesidad),
        (Necesidad, "contacto", Contacto),
    ):
        inventados = origen.objects.filter(INVENTADO)
        modelo.objects.filter(**{f"{campo}__in": inventados}).update(**{campo: None})


def _soltar_archivos():
    """Los de lo que se va a borrar; se borran del disco si todo sale bien."""
    de_contactos = Q(contacto__in=Contacto.objects.filter(INVENTADO)) | INVENTADO
    compromisos = Compromiso.objects.filter(INVENTADO)
    de_compromisos = Q(seguimiento__compromiso__in=compromisos) | INVENTADO
    listados = Q(creado_por__es_demostracion=True)
    for modelo, cuales, campos in (
        (Foto, de_contactos, ["archivo", "miniatura"]),
        (Adjunto, de_contactos, ["archivo"]),
        (Evidencia, de_compromisos, ["archivo"]),
        (ListadoDeGrupos, listados, ["archivo"]),
        (ListadoDeInstituciones, listados, ["archivo"]),
    ):
        filas = modelo.objects.filter(cuales)
        for fila in filas.exclude(archivo=""):
            for campo in campos:
                borrar = getattr(fila, campo).delete
                transaction.on_commit(lambda borrar=borrar: borrar(save=False))
        filas.delete()


def _soltar_a_quien_se_va():
    """Lo que las cuentas de prueba hicieron en lo que se queda ya no dice quién lo hizo."""
    de_prueba = Usuario.objects.filter(es_demostracion=True)
    for relacion in Usuario._meta.related_objects:
        campo, modelo = relacion.field, relacion.related_model
        if modelo._meta.app_label != "acompanamiento":
            continue
        suyas = modelo.objects.filter(**{f"{campo.name}__in": de_prueba})
        if campo.null:
            suyas.update(**{campo.name: None})
        else:
            suyas.delete()
