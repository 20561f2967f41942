"""Qué es cada columna de un archivo que trae otras: se pregunta una vez y se recuerda."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError

from cuentas.models import Usuario
from indicadores.consultas.medidas import medidas
from indicadores.lectura.columnas import IGNORAR, LLAVES, NOMBRE
from indicadores.lectura.resultado import ColumnasSinReconocer
from indicadores.models import ColumnaConocida, Conjunto, Indicador
from territorio.texto import normalizar

EN_EL_MENSAJE = 6


def por_emparejar(error: ColumnasSinReconocer) -> dict:
    """Lo que una persona necesita para decirlo: qué se esperaba, qué se halló y qué se parece."""
    nombres = dict(Indicador.objects.values_list("codigo", "nombre")) | LLAVES
    return {
        "halladas": error.halladas,
        "faltan": [[que, nombres.get(que, que)] for que in error.faltan],
        "sugeridas": error.sugeridas,
    }


def lo_esperado_y_lo_hallado(columnas: dict) -> str:
    esperadas = _unas([nombre for _, nombre in columnas["faltan"]])
    halladas = _unas(columnas["halladas"]) or "ninguna otra"
    return (
        f"El archivo trae otras columnas. Se esperaban y no están: {esperadas}. Se hallaron y no "
        f"se reconocen: {halladas}. Diga cuál es cada una o suba el archivo del conjunto."
    )


def _unas(nombres):
    y_mas = f" y {len(nombres) - EN_EL_MENSAJE} más" if len(nombres) > EN_EL_MENSAJE else ""
    return f"{', '.join(nombres[:EN_EL_MENSAJE])}{y_mas}"


def recordar(*, conjunto: Conjunto, mapa: Mapping[str, str], por: Usuario) -> None:
    _exigir_posibles(mapa)
    for titulo, que in mapa.items():
        ColumnaConocida.objects.update_or_create(
            conjunto=conjunto,
            titulo_norm=normalizar(titulo)[:120],
            defaults={"que_es": que, "creado_por": por},
        )


def _exigir_posibles(mapa):
    posibles = {medida.codigo for medida in medidas()} | {*LLAVES, NOMBRE}
    elegidas = [que for que in mapa.values() if que != IGNORAR]
    if desconocidas := set(elegidas) - posibles:
        raise ValueError(f"Ninguna columna es {sorted(desconocidas)}.")
    if repetidas := {que for que in elegidas if elegidas.count(que) > 1}:
        raise ValidationError(
            f"Escogió dos columnas para lo mismo ({', '.join(sorted(repetidas))}). Deje una y "
            "marque la otra para ignorarla.",
            code="columna_repetida",
        )
