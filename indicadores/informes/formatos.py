"""En qué se entrega un informe."""

from collections.abc import Callable

from indicadores.informes.contenido import Informe
from indicadores.informes.impreso import componer_impreso
from indicadores.informes.libro import escribir_libro

FORMATOS = {"xlsx": "Excel", "pdf": "PDF"}
COMPONER: dict[str, Callable[[Informe], bytes]] = {
    "xlsx": escribir_libro,
    "pdf": componer_impreso,
}
