"""Los enlaces con aliados de partida: sitios de verdad. Volver a cargarlos no pisa nada."""

import csv

from django.db import transaction
from django.utils import timezone

from contenidos.acciones.catalogos import CATALOGO, la_clase
from contenidos.acciones.contenidos import autor_llamado, crear_contenido, publicar
from contenidos.models import Contenido, Eje


@transaction.atomic
def cargar_enlaces() -> int:
    """Añade los que falten. El que alguien retiró o corrigió se queda como lo dejó."""
    ya_estan = set(Contenido.objects.exclude(enlace="").values_list("enlace", flat=True))
    with open(CATALOGO / "enlaces.csv", encoding="utf-8", newline="") as archivo:
        faltan = [fila for fila in csv.DictReader(archivo) if fila["url"] not in ya_estan]
    for fila in faltan:
        contenido = crear_contenido(
            por=None,
            titulo=fila["titulo"],
            resumen=fila["resumen"],
            clase=la_clase("enlace"),
            eje=Eje.objects.filter(clave="informacion").first(),
            vigencia=timezone.localdate().year,
            autor=autor_llamado(fila["organizacion"]),
            enlace=fila["url"],
        )
        publicar(contenido=contenido, por=None)
    return len(faltan)
