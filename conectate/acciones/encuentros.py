"""Un encuentro es una sesión con algo más: se crean y se editan juntos, o ninguno de los dos."""

import csv
from datetime import date
from pathlib import Path

from django.db import transaction

from conectate.acciones.sesiones import crear_sesion, editar_sesion
from conectate.models import Encuentro, Sesion, TipoSesion
from contenidos.models import Tema
from cuentas.models import Usuario

TIPO = "encuentro"
CATALOGO = Path(__file__).resolve().parents[1] / "catalogo" / "encuentros.csv"


@transaction.atomic
def crear_encuentro(*, por: Usuario | None, propio: dict, **de_la_sesion) -> Encuentro:
    """`propio` es lo del encuentro; lo demás, lo que pide `crear_sesion`."""
    sesion = crear_sesion(por=por, tipo=TipoSesion.objects.get(clave=TIPO), **de_la_sesion)
    return Encuentro.objects.create(sesion=sesion, **propio)


@transaction.atomic
def editar_encuentro(*, encuentro: Encuentro, por: Usuario, propio: dict, **de_la_sesion) -> None:
    editar_sesion(sesion=encuentro.sesion, por=por, **de_la_sesion)
    for campo, valor in propio.items():
        setattr(encuentro, campo, valor)
    encuentro.save()


# ── Los que traen los documentos ──────────────────────────────────────────────────────────────


@transaction.atomic
def cargar_encuentros() -> int:
    """Crea los del catálogo que falten, sin tocar los que ya están. Devuelve cuántos creó."""
    with CATALOGO.open(encoding="utf-8", newline="") as archivo:
        faltan = [fila for fila in csv.DictReader(archivo) if not _ya_esta(fila)]
    for fila in faltan:
        _cargar(fila)
    return len(faltan)


def _ya_esta(fila):
    """Por su ordinal y su año: la fecha, el título y lo demás los puede haber corregido alguien."""
    return Encuentro.objects.filter(
        ordinal=fila["ordinal"],
        sesion__fecha__year=date.fromisoformat(fila["fecha"]).year,
        sesion__es_demostracion=False,
    ).exists()


def _cargar(fila):
    reportada = fila["asistencia_reportada"]
    crear_encuentro(
        por=None,
        titulo=fila["titulo"],
        fecha=date.fromisoformat(fila["fecha"]),
        fecha_fin=date.fromisoformat(fila["fecha_fin"]) if fila["fecha_fin"] else None,
        modalidad=fila["modalidad"],
        audiencia=Sesion.Audiencia.COMUNIDAD,  # lo que fue un encuentro lo puede leer cualquiera
        estado=Sesion.Estado.REALIZADA,
        temas=Tema.objects.filter(nombre__in=fila["temas"].split("|")),
        propio={
            "ordinal": fila["ordinal"],
            "lema": fila["lema"],
            "objetivos": _renglones(fila["objetivos"]),
            "asuntos": _renglones(fila["asuntos"]),
            "participaron": fila["participaron"],
            "asistencia_reportada": int(reportada) if reportada else None,
            "fuente": fila["fuente"],
            "nota_de_la_fuente": fila["nota_de_la_fuente"],
        },
    )


def _renglones(texto):
    return "\n".join(texto.split("|"))
