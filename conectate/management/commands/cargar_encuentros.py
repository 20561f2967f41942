from django.core.management.base import BaseCommand

from conectate.acciones.encuentros import cargar_encuentros


class Command(BaseCommand):
    help = (
        "Carga los Encuentros de Secretarios de 2020. Se puede repetir: solo añade los que falten."
    )

    def handle(self, *args, **opciones):
        creados = cargar_encuentros()
        self.stdout.write(f"Encuentros: {creados} nuevos.")
