from django.core.management.base import BaseCommand

from indicadores.cargas.catalogo import cargar_catalogo
from indicadores.cargas.recursos_catalogo import anadir_recursos


class Command(BaseCommand):
    help = "Carga qué se mide, de dónde sale y quién tiene cifras. Se puede repetir."

    def handle(self, *args, **opciones):
        cambios = cargar_catalogo() + anadir_recursos()
        self.stdout.write(
            "Catálogo de indicadores: "
            + ", ".join(f"{n} {que}" for que, n in cambios.items() if n)
            + "."
            if any(cambios.values())
            else "Catálogo de indicadores: sin cambios."
        )
