from datetime import date
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from cuentas.models import AvisoPrivacidad

CATALOGO = Path(__file__).resolve().parents[2] / "catalogo"
PRIMERA = {
    "version": 1,
    "rige_desde": date(2026, 1, 1),
    "finalidades": [
        "dar acceso al portal según el papel de cada persona",
        "saber qué secretarías participan y darles su constancia",
        "proteger la información: saber quién hizo, consultó o exportó qué",
        "responder a los organismos de control cuando la ley lo ordena",
    ],
}


class Command(BaseCommand):
    help = "Publica la primera versión del aviso de privacidad, si aún no está."

    def handle(self, *args, **opciones):
        plantilla = (CATALOGO / "aviso_privacidad_1.txt").read_text(encoding="utf-8")
        quien = settings.INSTITUCION
        texto = plantilla.format(
            portal=quien["portal"],
            nombre=quien["nombre"],
            direccion=quien["direccion"],
            ciudad=quien["ciudad"],
            telefono=quien["telefonos"][0]["numero"],
            sitio=quien["sitio"],
            correo=quien["correos"][0]["correo"],
        )
        _, es_nueva = AvisoPrivacidad.objects.get_or_create(
            version=PRIMERA["version"],
            defaults={**PRIMERA, "texto": texto, "huella": AvisoPrivacidad.huella_de(texto)},
        )
        self.stdout.write(
            "Aviso de privacidad publicado: versión 1."
            if es_nueva
            else "El aviso de privacidad ya estaba: una versión publicada no se cambia."
        )
