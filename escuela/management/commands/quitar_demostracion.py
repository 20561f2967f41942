"""Retira todo lo inventado."""

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.db.models import ProtectedError

from acompanamiento import demostracion as acompanamiento
from conectate import demostracion as sesiones
from contenidos import demostracion as biblioteca
from cuentas import demostracion as cuentas
from trabajos import demostracion as trabajos


class Command(BaseCommand):
    help = "Borra lo inventado: sesiones, contenidos, acompañamiento, trabajos y cuentas."

    def handle(self, *args, **opciones):
        try:
            with transaction.atomic():
                n_contactos = acompanamiento.quitar()
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
            f"Se quitaron {n_sesiones} sesiones, {n_contenidos} contenidos, {n_contactos} "
            f"contactos y {n_cuentas} cuentas."
        )
