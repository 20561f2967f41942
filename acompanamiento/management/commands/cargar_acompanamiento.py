from django.core.management.base import BaseCommand

from acompanamiento.acciones.catalogo import cargar_acompanamiento


class Command(BaseCommand):
    help = (
        "Carga los catálogos del acompañamiento y los programas y visitas de 2020. Se puede "
        "repetir: solo añade lo que falte."
    )

    def handle(self, *args, **opciones):
        self.stdout.write(f"Acompañamiento: {cargar_acompanamiento()} entradas nuevas.")
