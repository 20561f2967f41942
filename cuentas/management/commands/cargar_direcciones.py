from django.core.management.base import BaseCommand

from cuentas.models import Direccion

# Las del Viceministerio de Preescolar, Básica y Media.
DIRECCIONES = (
    ("Dirección de Calidad", "DCPBM"),
    ("Dirección de Cobertura y Equidad", "DCE"),
    ("Dirección de Fortalecimiento a la Gestión Territorial", "DFGT"),
    ("Dirección de Primera Infancia", "DPI"),
    ("Subdirección de Fortalecimiento Institucional", "SFI"),
)


class Command(BaseCommand):
    help = "Carga las direcciones del Ministerio. Las que ya están no se tocan."

    def handle(self, *args, **opciones):
        nuevas = sum(
            Direccion.objects.get_or_create(nombre=nombre, defaults={"sigla": sigla})[1]
            for nombre, sigla in DIRECCIONES
        )
        self.stdout.write(f"Direcciones nuevas: {nuevas}. En total: {Direccion.objects.count()}.")
