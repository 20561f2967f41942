"""Las cuentas de la demostración, con su contraseña."""

import json

from django.core.management.base import BaseCommand, CommandError

from cuentas import demostracion


class Command(BaseCommand):
    help = "Escribe las cuentas de la demostración: rol, correo, contraseña y entidad."

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="solo JSON, para otro programa")

    def handle(self, *args, **opciones):
        cuentas = demostracion.para_mostrar()
        if opciones["json"]:
            self.stdout.write(json.dumps(cuentas, ensure_ascii=False))
            return
        if not cuentas:
            raise CommandError(
                "No hay cuentas de demostración. Cárguelas con: manage.py cargar_demostracion",
                returncode=2,
            )
        for cuenta in cuentas:
            entidad = f"  (secretaría {cuenta['entidad']})" if cuenta["entidad"] else ""
            self.stdout.write(
                f"  {cuenta['rol']:<18} {cuenta['correo']:<38} {cuenta['contrasena']}{entidad}"
            )
