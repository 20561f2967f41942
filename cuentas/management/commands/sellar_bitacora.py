from datetime import timedelta

from django.core.management.base import BaseCommand

from cuentas.bitacora import MARGEN_DEL_SELLO, sellar_bitacora


class Command(BaseCommand):
    help = "Sella las entradas nuevas de la bitácora: cada sello lleva la huella del anterior."

    def add_arguments(self, parser):
        parser.add_argument(
            "--margen-horas",
            type=float,
            default=MARGEN_DEL_SELLO / timedelta(hours=1),
            help="no sella lo más reciente, que otra transacción puede estar escribiendo",
        )

    def handle(self, *args, margen_horas, **opciones):
        sello = sellar_bitacora(margen=timedelta(hours=margen_horas))
        if sello is None:
            self.stdout.write("No hay entradas nuevas que sellar.")
        else:
            self.stdout.write(f"{sello}: {sello.n_entradas}. Huella {sello.huella}")
