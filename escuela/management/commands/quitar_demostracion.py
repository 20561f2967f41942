"""Retira todo lo inventado."""

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.db.models import ProtectedError

from acompanamiento import demostracion as acompanamiento
from conectate import demostracion as sesiones
from contenidos import demostracion as biblioteca
from cuentas import demostracion as cuentas
from trabajos import demostracion as trabajos

LOS_PRIMEROS = 10


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
            cuelgan = sorted(error.protected_objects, key=lambda uno: (uno._meta.label, uno.pk))
            raise CommandError(
                f"No se quitó nada: de lo inventado cuelga algo de verdad.\n"
                f"{_lista(cuelgan)}\n"
                "Déjelo en otro grupo, en otro programa, en otra actividad o a nombre de otra "
                "persona; o bórrelo desde la administración si también era de prueba. Después "
                "repita la orden.",
                returncode=2,
            ) from error
        self.stdout.write(
            f"Se quitaron {n_sesiones} sesiones, {n_contenidos} contenidos, {n_contactos} "
            f"contactos y {n_cuentas} cuentas."
        )


def _lista(cuelgan):
    """Qué es cada uno, cómo se llama y con qué número se lo encuentra."""
    lineas = [f"  - {uno._meta.verbose_name} {uno.pk}: «{uno}»" for uno in cuelgan[:LOS_PRIMEROS]]
    demas = len(cuelgan) - LOS_PRIMEROS
    return "\n".join([*lineas, f"  - y {demas} más"] if demas > 0 else lineas)
