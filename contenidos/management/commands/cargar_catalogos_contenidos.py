from django.core.management.base import BaseCommand

from contenidos.acciones.catalogos import cargar_catalogos


class Command(BaseCommand):
    help = "Carga clases, audiencias, niveles y ejes. Se puede repetir: solo añade lo que falte."

    def handle(self, *args, **opciones):
        self.stdout.write(f"Catálogos de contenidos: {cargar_catalogos()} entradas nuevas.")
