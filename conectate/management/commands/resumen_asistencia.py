import json
from dataclasses import asdict

from django.core.management.base import BaseCommand, CommandError

from conectate.consultas.participacion import XdeN, tabla_de, totales_de

PRIMERA_VIGENCIA, ULTIMA_VIGENCIA = 1990, 2099


class Command(BaseCommand):
    help = (
        "Dice en cuántas sesiones participó cada entidad en un año, de cuántas a las que se la "
        "convocó. Con --json, escribe solo JSON. Sale con 0 o, si no se puede, con 2."
    )

    def add_arguments(self, parser):
        parser.add_argument("--vigencia", type=int, required=True, help="el año, por ejemplo 2020")
        parser.add_argument("--json", action="store_true", help="solo JSON en la salida")

    def handle(self, *args, vigencia, **opciones):
        if not PRIMERA_VIGENCIA <= vigencia <= ULTIMA_VIGENCIA:
            raise CommandError(
                f"«{vigencia}» no es un año del portal: escriba uno entre {PRIMERA_VIGENCIA} y "
                f"{ULTIMA_VIGENCIA}.",
                returncode=2,
            )
        resumen = resumen_de(vigencia)
        self.stdout.write(
            en_json(resumen) if opciones["json"] else "\n".join(en_renglones(resumen))
        )


def resumen_de(vigencia: int) -> dict:
    tabla = tabla_de(vigencia)
    return {
        "vigencia": vigencia,
        "es_demostracion": tabla.es_demostracion,
        "tipos": [
            {
                "clave": tipo.tipo.clave,
                "nombre": tipo.tipo.nombre,
                "sesiones": tipo.sesiones,
                "sin_dato": tipo.sin_dato,
                "n_entidades": sum(fila.por_tipo[tipo.tipo.pk].n > 0 for fila in tabla.filas),
                "entidades": [_fila(f, f.por_tipo[tipo.tipo.pk]) for f in tabla.filas],
            }
            for tipo in tabla.tipos
        ],
        "entidades": [
            {**_fila(fila, fila.total), "asistencias": fila.asistencias} for fila in tabla.filas
        ],
        "totales": {"entidades": len(tabla.filas), **asdict(totales_de(vigencia))},
    }


def _fila(fila, cuenta: XdeN) -> dict:
    return {
        "codigo": fila.entidad.codigo_dane,
        "nombre": fila.entidad.nombre,
        "x": cuenta.x,
        "n": cuenta.n,
    }


def en_json(resumen: dict) -> str:
    return json.dumps(resumen, ensure_ascii=False, indent=1)


def en_renglones(resumen: dict):
    """Lo mismo, para leerlo en una consola."""
    totales = resumen["totales"]
    yield f"Participación en {resumen['vigencia']}" + (
        " (datos de demostración)" if resumen["es_demostracion"] else ""
    )
    yield (
        f"Sesiones: {totales['sesiones']}. Asistencias: {totales['asistencias']}. Personas "
        f"distintas: {totales['personas']}. Asistencias sin entidad: {totales['sin_identificar']}."
    )
    if totales["sin_dato"]:
        yield f"Sin dato (no entran en las cuentas): {totales['sin_dato']}"
    for tipo in resumen["tipos"]:
        yield ""
        yield f"{tipo['nombre']}. Sesiones: {tipo['sesiones']}. Entidades: {tipo['n_entidades']}."
        for entidad in sorted(tipo["entidades"], key=lambda e: -e["x"]):
            cuenta = f"{entidad['x']} de {entidad['n']}"
            yield f"  {entidad['codigo']:>5}  {entidad['nombre']:<54} {cuenta:>12}"
