"""Lo que le pasa a un término del glosario."""

import csv

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.text import slugify

from contenidos.acciones.catalogos import CATALOGO
from contenidos.direcciones import direccion_libre
from contenidos.models import Termino
from cuentas.bitacora import anotar
from cuentas.models import Usuario
from territorio.texto import normalizar

CAMPOS = ("nombre", "siglas", "definicion", "sinonimos", "fuente")


def visto_de(termino: Termino | None) -> str:
    """Lo que tenía el término cuando alguien empezó a corregirlo."""
    return "\n".join(getattr(termino, campo) for campo in CAMPOS) if termino else ""


@transaction.atomic
def guardar_termino(
    *, termino: Termino | None = None, visto: str = "", por: Usuario, **campos
) -> Termino:
    """Lo crea o lo corrige. Su dirección no cambia: otros textos ya llevan a ella."""
    if termino is None:
        termino = Termino(
            slug=direccion_libre(
                campos["nombre"],
                Termino.objects.all(),
                a_falta="termino",
                reservadas=["nuevo"],
            )
        )
        verbo = "añadió al glosario"
    else:
        termino = Termino.objects.select_for_update().get(pk=termino.pk)
        verbo = "corrigió en el glosario"
        if _llano(visto) != _llano(visto_de(termino)):
            raise ValidationError(
                "Otra persona corrigió este término mientras usted escribía. Compare los dos "
                "textos y guarde de nuevo: quedará el suyo.",
                code="lo_cambio_otra_persona",
            )
    for campo, valor in campos.items():
        setattr(termino, campo, valor)
    _exigir_formas_propias(termino)
    try:
        with transaction.atomic():
            termino.save()
    except IntegrityError:
        raise ValidationError(
            "Otra persona acaba de añadir ese término. Búsquelo y corríjalo.", code="repetido"
        ) from None
    anotar(por=por, verbo=verbo, objeto=termino)
    return termino


@transaction.atomic
def cargar_glosario() -> int:
    """Añade los términos de partida que falten. Devuelve cuántos."""
    with open(CATALOGO / "glosario.csv", encoding="utf-8", newline="") as archivo:
        filas = list(csv.DictReader(archivo))
    creados = 0
    for fila in filas:
        sinonimos = "\n".join(filter(None, fila.pop("sinonimos").split("|")))
        _, es_nuevo = Termino.objects.get_or_create(
            slug=slugify(fila["nombre"]), defaults={**fila, "sinonimos": sinonimos}
        )
        creados += es_nuevo
    return creados


def _exigir_formas_propias(termino):
    """Una palabra que valiera por dos cosas no encontraría ninguna."""
    suyas = {normalizar(forma): forma for forma in termino.formas}
    for otro in Termino.objects.exclude(pk=termino.pk):
        for forma in otro.formas:
            if propia := suyas.get(normalizar(forma)):
                raise ValidationError(
                    f"«{propia}» ya está en «{otro.nombre}». Quítela de uno de los dos.",
                    code="forma_repetida",
                )


def _llano(texto):
    """Un formulario cambia los finales de renglón; eso no es corregir."""
    return "\n".join(texto.split())
