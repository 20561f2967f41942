"""Las listas ya confirmadas, en la asistencia de cada entidad."""

from django.db import migrations
from django.db.models import Count


def contar(apps, schema_editor):
    Participacion = apps.get_model("conectate", "Participacion")
    Asistencia = apps.get_model("conectate", "Asistencia")
    cuentas = (
        Participacion.objects.filter(cuenta=True, entidad__isnull=False)
        .order_by()
        .values_list("sesion", "entidad")
        .annotate(n=Count("pk"))
    )
    Asistencia.objects.bulk_create(
        [
            Asistencia(sesion_id=sesion, entidad_id=entidad, importadas=n)
            for sesion, entidad, n in cuentas
        ],
        batch_size=1000,
    )


class Migration(migrations.Migration):
    dependencies = [("conectate", "0003_vida_de_una_sesion")]

    operations = [migrations.RunPython(contar, migrations.RunPython.noop)]
