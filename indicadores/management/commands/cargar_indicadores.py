import json
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from indicadores.cargas.archivos import cargar
from indicadores.models import Conjunto
from trabajos.ordenes import una_fecha


class Command(BaseCommand):
    help = "Publica un archivo de indicadores. El mismo archivo dos veces no cambia nada."

    def add_arguments(self, parser):
        parser.add_argument("archivo", type=Path)
        parser.add_argument(
            "--conjunto", help="municipal o departamental; si no, lo dicen sus columnas"
        )
        parser.add_argument("--corte", type=una_fecha, help="AAAA-MM-DD: a qué fecha son los datos")
        parser.add_argument("--motivo", default="", help="sale en la fe de erratas")
        parser.add_argument(
            "--aunque-sea-anterior",
            action="store_true",
            help="lo publica aunque su corte sea anterior al de lo publicado",
        )
        parser.add_argument("--json", action="store_true", help="solo JSON, para otro programa")

    def handle(self, *args, archivo, conjunto, corte, motivo, aunque_sea_anterior, **opciones):
        try:
            carga = cargar(
                archivo,
                conjunto=_conjunto(conjunto),
                corte=corte,
                motivo=motivo,
                aunque_sea_anterior=aunque_sea_anterior,
            )
        except OSError as error:
            raise CommandError(
                f"No se pudo abrir «{archivo}». Compruebe que existe y que puede leerlo.",
                returncode=2,
            ) from error
        except ValidationError as error:
            raise CommandError(" ".join(error.messages), returncode=2) from error

        datos = carga.como_datos()
        if opciones["json"]:
            self.stdout.write(json.dumps(datos, ensure_ascii=False))
            return
        self.stdout.write("\n".join(carga.en_palabras()))


def _conjunto(clave):
    if not clave:
        return None
    conjunto = Conjunto.objects.filter(clave=clave).first()
    if conjunto is None:
        hay = ", ".join(Conjunto.objects.values_list("clave", flat=True))
        raise CommandError(f"No hay un conjunto «{clave}». Use uno de estos: {hay}.", returncode=2)
    return conjunto
