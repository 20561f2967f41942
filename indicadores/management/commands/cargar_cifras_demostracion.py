from django.core.management.base import BaseCommand

from indicadores.cargas.compacta import cargar_cifras


class Command(BaseCommand):
    help = (
        "Publica las cifras que trae el portal, con su fuente. Si ya hay alguna versión publicada, "
        "no hace nada. Son cifras de verdad: `quitar_demostracion` no las retira."
    )

    def handle(self, *args, **opciones):
        versiones = cargar_cifras()
        if opciones["verbosity"]:
            self.stdout.write(
                f"Cifras publicadas: {' y '.join(str(version) for version in versiones)}."
                if versiones
                else "Cifras: ya había publicadas; no se cambió nada."
            )
