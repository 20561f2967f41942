from django.core.management.base import BaseCommand, CommandError

from cuentas.bitacora import verificar_bitacora


class Command(BaseCommand):
    help = "Comprueba que nadie ha cambiado ni borrado nada de la bitácora."

    def handle(self, *args, **opciones):
        if problemas := verificar_bitacora():
            raise CommandError("\n".join(problemas), returncode=2)
        self.stdout.write("La bitácora está completa y sin cambios.")
