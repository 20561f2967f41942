from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from territorio.cargas import ArchivoIlegible, cargar_dominios


class Command(BaseCommand):
    help = "Carga los dominios de correo de las entidades: un CSV con «dominio» y «codigo_dane»."

    def add_arguments(self, parser):
        parser.add_argument("archivo", type=Path)

    def handle(self, *args, archivo, verbosity, **opciones):
        try:
            carga = cargar_dominios(archivo)
        except ArchivoIlegible as error:
            raise CommandError(str(error), returncode=2) from error
        if verbosity:
            self.stdout.write(
                f"Dominios: {carga.nuevos} nuevos, {carga.cambiados} con cambios, "
                f"{carga.iguales} sin cambios."
            )
        if carga.errores:
            raise CommandError(
                "\n".join(["Estas filas no se cargaron; las demás sí.", *carga.errores]),
                returncode=2,
            )
