import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("conectate", "0005_lo_anunciado_y_cuando_cambio"),
        ("contenidos", "0003_busqueda"),
    ]

    operations = [
        migrations.AddField(
            model_name="material",
            name="contenido",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="en_sesiones",
                to="contenidos.contenido",
            ),
        ),
        migrations.AddField(
            model_name="material",
            name="es_grabacion",
            field=models.BooleanField(default=False, verbose_name="es la grabación"),
        ),
        migrations.RemoveConstraint(model_name="material", name="material_archivo_o_enlace"),
    ]
