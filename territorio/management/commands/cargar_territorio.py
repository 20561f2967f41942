from django.core.management.base import BaseCommand

from territorio.cargas import cargar_catalogo

NOMBRES = {
    "departamento": "departamentos",
    "entidadterritorial": "entidades",
    "municipio": "municipios",
    "atencion": "atenciones de municipios",
    "alias": "alias",
    "dominio": "dominios",
}


class Command(BaseCommand):
    help = "Carga entidades, departamentos y municipios. Se puede repetir: no borra ni duplica."

    def handle(self, *args, verbosity, **opciones):
        cambios = cargar_catalogo()
        if not verbosity:
            return
        if not cambios.total():
            self.stdout.write("Territorio: 0 cambios; ya estaba al día.")
            return
        self.stdout.write("Territorio:")
        for clave, nombre in NOMBRES.items():
            self.stdout.write(
                f"  {nombre}: {cambios[f'{clave} nuevas']} nuevas, "
                f"{cambios[f'{clave} cambiadas']} con cambios"
            )
