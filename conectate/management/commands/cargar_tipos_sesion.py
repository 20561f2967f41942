from django.core.management.base import BaseCommand

from conectate.acciones.tipos import cargar_tipos_sesion


class Command(BaseCommand):
    help = "Carga los tipos de sesión. Se puede repetir: solo añade los que falten."

    def handle(self, *args, **opciones):
        creados = cargar_tipos_sesion()
        self.stdout.write(f"Tipos de sesión: {creados} nuevos.")
