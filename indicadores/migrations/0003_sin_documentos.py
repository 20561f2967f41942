from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("indicadores", "0002_documentos_a_la_biblioteca")]

    operations = [
        migrations.DeleteModel(name="DocumentoEstrategico"),
        migrations.DeleteModel(name="EnlaceAliado"),
    ]
