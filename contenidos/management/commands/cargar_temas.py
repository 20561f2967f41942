from django.core.management.base import BaseCommand

from contenidos.acciones.temas import cargar_temas


class Command(BaseCommand):
    help = "Carga el vocabulario de temas. Se puede repetir: solo añade los que falten."

    def handle(self, *args, **opciones):
        creados = cargar_temas()
        self.stdout.write(f"Temas: {creados} nuevos.")
