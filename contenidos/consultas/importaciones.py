"""Lo que se pregunta de una importación de contenidos."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from contenidos.models import ImportacionDeContenidos
from trabajos.models import Trabajo

# Qué pasa con una fila: cómo se dice de una y de varias, y su tono. En este orden se presentan.
QUE_PASA = {
    "nueva": ("nueva", "nuevas", "activo"),
    "creada": ("creada", "creadas", "hecho"),
    "cambia": ("ya está, con otro dato", "ya están, con otro dato", "pendiente"),
    "igual": ("ya está, igual", "ya están, iguales", "neutro"),
    "rechazada": ("no entra", "no entran", "error"),
}


@dataclass(frozen=True)
class FilaMirada:
    numero: int
    que: str
    rotulo: str
    tono: str
    titulo: str
    clase: str
    archivo: str
    motivos: list[str]
    contenido: str


def filas_miradas(importacion: ImportacionDeContenidos, que: str = "") -> list[FilaMirada]:
    """En el orden de la hoja, como quien la lee al lado."""
    return [
        FilaMirada(
            numero=fila["fila"],
            que=fila["que"],
            rotulo=QUE_PASA[fila["que"]][0],
            tono=QUE_PASA[fila["que"]][2],
            titulo=fila["titulo"] or "(sin título)",
            clase=fila["clase"],
            archivo=fila["archivo"],
            motivos=fila["motivos"],
            contenido=fila["contenido"],
        )
        for fila in importacion.filas
        if not que or fila["que"] == que
    ]


def cuentas(importacion: ImportacionDeContenidos) -> list[tuple[str, str, int]]:
    """(qué, cómo se dice, cuántas filas). La de nuevas se dice siempre, aunque sea cero."""
    por_que = Counter(fila["que"] for fila in importacion.filas)
    if "creada" not in por_que:
        por_que.setdefault("nueva", 0)
    return [
        (que, una if por_que[que] == 1 else varias, por_que[que])
        for que, (una, varias, _) in QUE_PASA.items()
        if que in por_que
    ]


def importaciones_recientes() -> QuerySet[ImportacionDeContenidos]:
    return ImportacionDeContenidos.objects.select_related("creado_por").defer("filas")


def trabajo_de(importacion: ImportacionDeContenidos) -> Trabajo | None:
    """El que está en marcha, o el que no se pudo hacer."""
    suyos = Q(clave_unica=f"leer-importacion-de-contenidos:{importacion.pk}") | Q(
        clave_unica=f"confirmar-importacion-de-contenidos:{importacion.pk}"
    )
    sin_terminar = Trabajo.objects.filter(suyos).exclude(estado=Trabajo.Estado.TERMINADO)
    return sin_terminar.order_by("-pedido_en", "-pk").first()
