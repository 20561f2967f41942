"""Un corte de recursos en un archivo: lo de cada entidad, lo reportado y de dónde sale."""

from indicadores.consultas.balances import SIN_DATO, UNIDAD, Balance
from indicadores.consultas.recursos import FilaDeEntidad
from indicadores.models import MEDIDAS
from trabajos.hojas.escribir import Columna, Hoja, Metadatos

EN = f"({UNIDAD})"


def hoja_de_entidades(filas: list[FilaDeEntidad]) -> Hoja:
    return Hoja(
        "Datos",
        [
            Columna("Código DANE"),
            Columna("Entidad"),
            Columna("Reportó"),
            *(Columna(f"{medida.capitalize()} {EN}", "decimal") for medida in MEDIDAS),
        ],
        [
            [
                fila.entidad.codigo_dane,
                fila.entidad.nombre,
                "sí" if fila.recurso else "no",
                *(_exacto(fila.recurso and getattr(fila.recurso, m)) for m in MEDIDAS),
            ]
            for fila in filas
        ],
    )


def hoja_del_balance(balance: Balance) -> Hoja:
    """Lo que dice la fuente junto a lo que suman las entidades, como en la página."""
    return Hoja(
        "Balance",
        [
            Columna("Corte"),
            Columna("Medida"),
            Columna(f"Lo que dice la fuente {EN}", "decimal"),
            Columna(f"Suma de las entidades {EN}", "decimal"),
            Columna("Entidades con el dato", "entero"),
        ],
        [
            [
                uno.titulo,
                renglon.nombre,
                SIN_DATO if renglon.reportado is None else _exacto(renglon.reportado),
                _exacto(renglon.calculado),
                renglon.con_dato,
            ]
            for uno in (balance, *balance.partes)
            for renglon in uno.renglones
        ],
    )


def metadatos_de(balance: Balance) -> Metadatos:
    corte = balance.corte
    return Metadatos(
        titulo=balance.titulo,
        que_es=balance.frase,
        fuente=corte.fuente,
        corte=corte.corte or corte.periodo or str(corte.vigencia),
        mas=[
            ("Unidad", UNIDAD),
            ("Fondo", corte.fondo.nombre),
            *([("Sistema", corte.sistema)] if corte.sistema else []),
            *([("Periodo", corte.periodo)] if corte.periodo else []),
        ],
        notas=_notas(balance),
    )


def _exacto(valor):
    """Sin los ceros con que la base lo completa: 12,5 y no 12,500000."""
    return valor and valor.normalize()


def _notas(balance):
    notas = [("Nota de la fuente", balance.corte.nota)] if balance.corte.nota else []
    notas += [
        ("Comprobación", f"{hecha.cuenta}. {'Cuadra.' if hecha.cuadra else hecha.detalle}".strip())
        for hecha in balance.comprobaciones
    ]
    return [*notas, ("Celda vacía", "La fuente no trae el dato. No es cero.")]
