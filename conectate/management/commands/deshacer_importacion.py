import json

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from conectate.acciones.importaciones import deshacer
from conectate.models import Importacion


class Command(BaseCommand):
    help = "Deshace una importación: su sesión queda como si no se hubiera confirmado."

    def add_arguments(self, parser):
        parser.add_argument("importacion", type=int)
        parser.add_argument("--json", action="store_true", help="solo JSON, para otro programa")

    def handle(self, *args, importacion, **opciones):
        hallada = Importacion.objects.select_related("sesion").filter(pk=importacion).first()
        if hallada is None:
            raise CommandError(f"No hay una importación con el número {importacion}.", returncode=2)
        try:
            cuenta = deshacer(importacion=hallada, por=None)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages), returncode=2) from error

        datos = {
            "sesion": hallada.sesion_id,
            "importacion": hallada.pk,
            "quitadas": cuenta.quitadas,
            "quedan": cuenta.personas,
        }
        if opciones["json"]:
            self.stdout.write(json.dumps(datos))
            return
        self.stdout.write(
            f"Se deshizo la importación {hallada.pk}: {cuenta.quitadas} participaciones menos; "
            f"quedan {cuenta.personas} en la sesión {hallada.sesion_id}."
        )
