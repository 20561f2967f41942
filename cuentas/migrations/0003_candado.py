"""La bitácora, sus sellos y el aviso de privacidad solo se añaden."""

from django.db import migrations

from cuentas import candado


def poner(apps, schema_editor):
    candado.poner(schema_editor.connection)


def quitar(apps, schema_editor):
    candado.quitar(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [
        ("cuentas", "0002_pertenencia"),
        ("auditlog", "0017_add_actor_email"),
    ]
    operations = [migrations.RunPython(poner, quitar)]
