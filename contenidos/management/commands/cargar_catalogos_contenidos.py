from django.core.management.base import BaseCommand

from contenidos.acciones.aliados import cargar_enlaces
from contenidos.acciones.catalogos import cargar_catalogos


class Command(BaseCommand):
    help = "Carga los catálogos y los enlaces con aliados. Se puede repetir: añade lo que falte."

    def handle(self, *args, **opciones):
        self.stdout.write(f"Catálogos de contenidos: {cargar_catalogos()} entradas nuevas.")
        self.stdout.write(f"Enlaces con aliados: {cargar_enlaces()} nuevos.")
