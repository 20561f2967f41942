"""Retira todo lo inventado."""

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.db.models import ProtectedError

from conectate import demostracion as sesiones
from contenidos import demostracion as biblioteca
from cuentas import demostracion as cuentas
from trabajos import demostracion as trabajos


class Command(BaseCommand):
    help = "Borra las sesiones, los contenidos, los trabajos y las cuentas de la demostración."

    def handle(self, *args, **opciones):
        try:
            with transaction.atomic():
                n_sesiones, n_contenidos = sesiones.quitar(), biblioteca.quitar()
                trabajos.quitar()
                n_cuentas = cuentas.quitar()
        except ProtectedError as error:
            raise CommandError(
                "No se quitó nada: con una cuenta de demostración se hicieron registros que no lo "
                f"son ({len(error.protected_objects)}). Bórrelos o déjelos a nombre de otra "
                "persona, y repita la orden.",
                returncode=2,
            ) from error
        self.stdout.write(
            f"Se quitaron {n_sesiones} sesiones, {n_contenidos} contenidos y {n_cuentas} cuentas."
        )
