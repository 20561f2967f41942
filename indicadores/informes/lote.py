"""Los informes de un lote en un solo archivo, con su índice."""

from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from indicadores.informes.contenido import nombre_del_informe
from indicadores.models import EntregaDeInforme, LoteDeInformes
from trabajos.hojas.escribir import Columna, Hoja, escribir_csv

INDICE = [
    Columna("Código DANE"),
    Columna("Entidad"),
    Columna("Estado"),
    Columna("Cifras con valor", "entero"),
    Columna("PDF"),
    Columna("Excel"),
]


def escribir_zip(ruta: Path, lote: LoteDeInformes, avanzar: Callable[[int, int], None]) -> int:
    """Los que estén listos; el índice dice también los que faltan. Devuelve cuántos lleva."""
    entregas = list(lote.entregas.select_related("entidad").order_by("entidad__codigo_dane"))
    filas, listas = [], 0
    with ZipFile(ruta, "w", ZIP_STORED) as zip_:  # un PDF y un XLSX ya van comprimidos
        for hechas, entrega in enumerate(entregas, 1):
            nombres = ["", ""]
            if entrega.estado == EntregaDeInforme.Estado.LISTA:
                listas += 1
                nombres = [_meter(zip_, lote, entrega, formato) for formato in ("pdf", "xlsx")]
            filas.append(
                [
                    entrega.entidad.codigo_dane,
                    entrega.entidad.nombre,
                    entrega.get_estado_display(),
                    entrega.n_cifras,
                    *nombres,
                ]
            )
            avanzar(hechas, len(entregas))
        indice = ruta.with_name("indice.csv")
        escribir_csv(indice, Hoja("Índice", INDICE, filas), "excel")
        zip_.write(indice, "Índice.csv", ZIP_DEFLATED)
    return listas


def _meter(zip_, lote, entrega, formato):
    nombre = nombre_del_informe(lote.vigencia, entrega.entidad, formato)
    with getattr(entrega, formato).open("rb") as archivo:
        zip_.writestr(nombre, archivo.read())
    return nombre
