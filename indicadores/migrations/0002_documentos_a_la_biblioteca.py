from django.db import migrations
from django.utils import timezone

from contenidos.migrations._traslado import trasladar


def llevar(apps, schema_editor):
    """Los documentos y los enlaces pasan a ser contenidos, con su mismo nombre en la dirección."""
    documentos = apps.get_model("indicadores", "DocumentoEstrategico").objects
    for documento in documentos.prefetch_related("temas"):
        trasladar(
            apps,
            clase="documento-estrategico",
            slug=documento.slug,
            titulo=documento.titulo,
            resumen=documento.resumen,
            autor=documento.autor,
            fecha=documento.fecha,
            temas=documento.temas.all(),
            archivo=documento.archivo,
            nombre_del_archivo=documento.nombre_del_archivo,
            estado="publicado" if documento.publicado else "borrador",
        )
    hoy = timezone.localdate()
    for enlace in apps.get_model("indicadores", "EnlaceAliado").objects.all():
        trasladar(
            apps,
            clase="enlace",
            titulo=enlace.titulo,
            resumen=enlace.resumen,
            autor=enlace.organizacion,
            fecha=hoy,
            enlace=enlace.url,
            estado="publicado" if enlace.activo else "borrador",
        )


class Migration(migrations.Migration):
    dependencies = [
        ("indicadores", "0001_inicial"),
        ("contenidos", "0003_busqueda"),
    ]

    operations = [migrations.RunPython(llevar, migrations.RunPython.noop)]
