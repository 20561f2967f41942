from django.core.management.base import BaseCommand

from contenidos.acciones.indice import indexar_lo_que_falta, reindexar_todo
from contenidos.registro import BUSCABLES


class Command(BaseCommand):
    help = "Rehace el índice de búsqueda de todo el portal. Se puede repetir, y con gente adentro."

    def add_arguments(self, parser):
        parser.add_argument(
            "--lo-que-falta", action="store_true", help="solo lo que aún no está en el índice"
        )

    def handle(self, *args, **opciones):
        rehacer = indexar_lo_que_falta if opciones["lo_que_falta"] else reindexar_todo
        for clave, cuantas in rehacer().items():
            self.stdout.write(f"{BUSCABLES[clave].plural.capitalize()}: {cuantas}.")
