"""Publicar: abrir una versión, meter lo que entra y sacar lo que reemplaza.

Todo dentro de la transacción de quien llama. Publica uno a la vez: el segundo espera.
"""

from collections.abc import Iterable
from datetime import date

from cuentas.models import Usuario
from indicadores.models import Conjunto, Valor, Version
from trabajos import carga_masiva

COLUMNAS = [
    "indicador_id",
    "unidad_id",
    "vigencia",
    "estado",
    "valor",
    "metodo",
    "fila",
    "nota",
    "desde",  # el número de la versión, como se llama su columna
    "hasta",
]


def abrir_version(
    *,
    conjunto: Conjunto,
    clase: Version.Clase,
    fuente: str,
    por: Usuario | None,
    corte: date | None = None,
    motivo: str = "",
    revierte: Version | None = None,
) -> Version:
    """La siguiente versión. Mientras la transacción no termine, nadie más publica."""
    tomar_turno()
    ultima = Version.objects.ultima()
    return Version.objects.create(
        numero=ultima.numero + 1 if ultima else 1,
        conjunto=conjunto,
        clase=clase,
        fuente=fuente,
        publicada_por=por,
        corte=corte,
        motivo=motivo,
        revierte=revierte,
    )


def tomar_turno() -> None:
    """Hasta que la transacción termine, nadie más publica: lo que se mire ya no cambia."""
    list(Conjunto.objects.select_for_update().order_by("pk").values_list("pk"))


def entrar(filas: Iterable[tuple]) -> None:
    """Añade valores. Cada tupla va en el orden de COLUMNAS."""
    carga_masiva.insertar(Valor, COLUMNAS, filas)


def sacar(valores: Iterable[int], *, version: Version, por_tanda: int = 500) -> None:
    """Desde esa versión, esos valores dejan de valer. Se siguen pudiendo leer en las anteriores."""
    pks = list(valores)
    for i in range(0, len(pks), por_tanda):
        Valor.objects.filter(pk__in=pks[i : i + por_tanda]).update(hasta=version)
