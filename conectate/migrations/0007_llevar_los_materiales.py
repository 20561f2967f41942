from django.db import migrations

from contenidos.migrations._traslado import trasladar

EL_MINISTERIO = "Ministerio de Educación Nacional"


def llevar(apps, schema_editor):
    """Cada material y cada grabación, a un contenido que ve quien puede ver su sesión."""
    Material = apps.get_model("conectate", "Material")
    materiales = Material.objects.select_related("sesion__direccion")
    for material in materiales.prefetch_related("sesion__temas").iterator(200):
        material.contenido = _llevar(
            apps,
            material.sesion,
            clase="enlace" if material.enlace else "presentacion",
            titulo=material.titulo,
            enlace=material.enlace,
            archivo=material.archivo,
            nombre_del_archivo=material.nombre_del_archivo,
            creado_por=material.creado_por,
        )
        material.save(update_fields=["contenido"])
    for sesion in apps.get_model("conectate", "Sesion").objects.exclude(grabacion=""):
        contenido = _llevar(
            apps,
            sesion,
            clase="video",
            titulo=f"Grabación: {sesion.titulo}"[:250],
            enlace=sesion.grabacion,
            tiene_subtitulos=True,
        )
        Material.objects.create(sesion=sesion, contenido=contenido, es_grabacion=True)


def _llevar(apps, sesion, **datos):
    return trasladar(
        apps,
        autor=sesion.direccion.nombre if sesion.direccion_id else EL_MINISTERIO,
        fecha=sesion.fecha,
        temas=sesion.temas.all(),
        resumen=f"De la sesión «{sesion.titulo}».",
        visibilidad="prestada",
        estado="publicado",
        es_demostracion=sesion.es_demostracion,
        **datos,
    )


class Migration(migrations.Migration):
    dependencies = [("conectate", "0006_materiales_en_la_biblioteca")]

    operations = [migrations.RunPython(llevar, migrations.RunPython.noop)]
