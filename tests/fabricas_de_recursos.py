"""Lo que una prueba de recursos, documentos y enlaces necesita, en una llamada."""

from django.core.files.uploadedfile import SimpleUploadedFile

from indicadores.models import CorteDeRecursos, Fondo, RecursoDeEntidad
from tests.fabricas import una_entidad


def un_fondo(clave="fondo-de-prueba", **datos):
    fondo, _ = Fondo.objects.get_or_create(
        clave=clave, defaults={"sigla": clave.upper()[:40], "nombre": clave, **datos}
    )
    return fondo


def un_corte(clave="corte-de-prueba", **datos):
    """Publicado y de 2020, salvo que se diga otra cosa."""
    return CorteDeRecursos.objects.create(
        **{
            "clave": clave,
            "fondo": datos.get("fondo") or un_fondo(),
            "nombre": f"Corte {clave}",
            "vigencia": 2020,
            "fuente": "Fuente de prueba",
            "estado": CorteDeRecursos.Estado.PUBLICADO,
            **datos,
        }
    )


def un_recurso(corte=None, entidad=None, **montos):
    return RecursoDeEntidad.objects.create(
        corte=corte or un_corte(), entidad=entidad or una_entidad(), **montos
    )


def un_archivo(datos=b"Entidad;Asignado\n", nombre="recursos.csv"):
    return SimpleUploadedFile(nombre, datos)
