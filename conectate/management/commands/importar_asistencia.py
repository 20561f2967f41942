import json
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from conectate.cargas import importar
from conectate.consultas.importaciones import como_datos
from conectate.models import Sesion
from trabajos.ordenes import una_fecha


class Command(BaseCommand):
    help = "Importa una lista de asistencia y la confirma. El mismo archivo no se cuenta dos veces."

    def add_arguments(self, parser):
        parser.add_argument("archivo", type=Path)
        parser.add_argument("--fecha", required=True, type=una_fecha, help="AAAA-MM-DD")
        parser.add_argument("--titulo", default="", help="si no, el que traiga el archivo")
        parser.add_argument("--tipo", default="informativa", help="la clave del tipo de sesión")
        parser.add_argument("--sesion", type=int, help="el número de una sesión que ya existe")
        parser.add_argument(
            "--aunque-sea-de-otro-dia",
            action="store_true",
            help="lo confirma aunque sus fechas no sean las de la sesión",
        )
        parser.add_argument("--json", action="store_true", help="solo JSON, para otro programa")

    def handle(self, *args, archivo, fecha, titulo, tipo, aunque_sea_de_otro_dia, **opciones):
        try:
            importada = importar(
                archivo,
                fecha=fecha,
                titulo=titulo,
                tipo=tipo,
                sesion=_sesion(opciones["sesion"], fecha),
                acepta_otro_dia=aunque_sea_de_otro_dia,
            )
        except OSError as error:
            raise CommandError(
                f"No se pudo abrir «{archivo}». Compruebe que existe y que puede leerlo.",
                returncode=2,
            ) from error
        except ValidationError as error:
            raise CommandError(_por_que(error), returncode=2) from error

        datos = como_datos(importada.importacion, sin_cambios=importada.sin_cambios)
        if opciones["json"]:
            self.stdout.write(json.dumps(datos, ensure_ascii=False))
            return
        self.stdout.write(_en_palabras(datos))


def _por_que(error):
    mensaje = " ".join(error.messages)
    if getattr(error, "code", "") == "archivo_de_otro_dia":
        return f"{mensaje} En esta orden, con --aunque-sea-de-otro-dia."
    return mensaje


def _sesion(pk, fecha):
    if pk is None:
        return None
    sesion = Sesion.objects.filter(pk=pk).first()
    if sesion is None:
        raise CommandError(f"No hay una sesión con el número {pk}.", returncode=2)
    if sesion.fecha != fecha:
        raise CommandError(
            f"La sesión {pk} es del {sesion.fecha:%Y-%m-%d}, no del {fecha:%Y-%m-%d}. Corrija "
            "--fecha o --sesion.",
            returncode=2,
        )
    return sesion


def _en_palabras(datos):
    if datos["sin_cambios"]:
        primera = f"Ese archivo ya estaba en la sesión {datos['sesion']}: no se cambió nada."
    else:
        primera = f"Sesión {datos['sesion']}, importación {datos['importacion']}."
    return "\n".join(
        [
            primera,
            f"Formato: {datos['formato']} ({datos['codificacion']}).",
            f"Asistentes: {datos['total']}, de {len(datos['por_etc'])} entidades.",
            *(f"Aviso: {aviso}" for aviso in datos["avisos"]),
        ]
    )
