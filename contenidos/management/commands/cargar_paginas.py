from django.core.management.base import BaseCommand

from contenidos.acciones.glosario import cargar_glosario
from contenidos.acciones.paginas import cargar_paginas


class Command(BaseCommand):
    help = "Carga las páginas y el glosario de partida. No toca lo que alguien haya corregido."

    def handle(self, *args, **opciones):
        self.stdout.write(f"Páginas nuevas o al día: {cargar_paginas()}.")
        self.stdout.write(f"Términos nuevos: {cargar_glosario()}.")
