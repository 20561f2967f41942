"""La demostración: personas, sesiones, contenidos y un año de acompañamiento, inventados."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from acompanamiento import demostracion as acompanamiento
from conectate import demostracion as sesiones
from conectate.demostracion import agenda
from contenidos import demostracion as biblioteca
from cuentas import demostracion as cuentas
from cuentas.models import Rol


class Command(BaseCommand):
    help = "Carga la demostración. Repetirla no duplica nada; `quitar_demostracion` la retira."

    def handle(self, *args, **opciones):
        if settings.PRODUCCION:
            raise CommandError(
                "Este portal está en producción: aquí no se cargan datos inventados.",
                returncode=2,
            )
        usuarios = cuentas.cargar()
        creadas = sesiones.cargar(por=usuarios[Rol.EQUIPO_MEN])
        agenda.cargar(por=usuarios[Rol.EQUIPO_MEN])
        contenidos = biblioteca.cargar(por=usuarios[Rol.EQUIPO_MEN])
        contactos = acompanamiento.cargar(usuarios)
        if opciones["verbosity"]:
            self.stdout.write(
                f"Demostración lista: {len(usuarios)} cuentas, {creadas} sesiones nuevas de "
                f"{sesiones.VIGENCIA}, {contenidos} contenidos nuevos y {contactos} contactos "
                "nuevos con las secretarías."
            )
