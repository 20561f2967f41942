"""Qué cambiaría en un corte con lo que trae un archivo de recursos."""

import hashlib
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from indicadores.consultas.balances import SIN_DATO, millones
from indicadores.consultas.recursos import fecha_de
from indicadores.lectura.recursos import UNIDADES
from indicadores.models import CargaDeRecursos
from territorio.models import EntidadTerritorial


@dataclass(frozen=True)
class Cambio:
    """Lo de una entidad: lo que hay y lo que trae el archivo, en las medidas que trae."""

    fila: int
    entidad: EntidadTerritorial
    antes: dict[str, Decimal | None] | None  # None: no tenía nada en el corte
    despues: dict[str, Decimal | None]

    @property
    def es_nueva(self) -> bool:
        return self.antes is None

    @property
    def es_igual(self) -> bool:
        return self.antes == self.despues

    @property
    def celdas(self) -> list[tuple[str, str]]:
        """[(lo que trae, lo que había si es otra cosa)], por medida."""
        antes = self.antes or {}
        return [
            (
                _texto(valor),
                _texto(antes.get(medida))
                if not self.es_nueva and antes.get(medida) != valor
                else "",
            )
            for medida, valor in self.despues.items()
        ]


@dataclass(frozen=True)
class Comparacion:
    medidas: list[str]
    cambios: list[Cambio]
    n_por_reconocer: int
    n_entidades: int  # las que había a la fecha del corte

    @cached_property
    def nuevas(self) -> list[Cambio]:
        return [cambio for cambio in self.cambios if cambio.es_nueva]

    @cached_property
    def iguales(self) -> list[Cambio]:
        return [cambio for cambio in self.cambios if cambio.es_igual]

    @cached_property
    def cambiadas(self) -> list[Cambio]:
        return [c for c in self.cambios if not c.es_nueva and not c.es_igual]

    @property
    def por_guardar(self) -> list[Cambio]:
        return [cambio for cambio in self.cambios if not cambio.es_igual]

    @property
    def reportaron(self) -> int:
        """También las que están por reconocer: reportaron, aunque no se sepa aún quién es."""
        return len(self.cambios) + self.n_por_reconocer

    @property
    def no_reportaron(self) -> int:
        return max(self.n_entidades - self.reportaron, 0)

    @property
    def totales(self) -> list[str]:
        """Al pie de la tabla: la suma de lo que traen, o que ninguna lo trae."""
        por_medida = [[c.despues[medida] for c in self.cambios] for medida in self.medidas]
        traidos = [[valor for valor in valores if valor is not None] for valores in por_medida]
        return [_texto(sum(valores, Decimal(0)) if valores else None) for valores in traidos]

    @property
    def cuenta(self) -> dict[str, int]:
        return {
            "nuevas": len(self.nuevas),
            "iguales": len(self.iguales),
            "cambiadas": len(self.cambiadas),
        }

    @property
    def huella(self) -> str:
        """Cambia si cambia lo que hay en el corte o lo que trae el archivo."""
        dicho = [(c.entidad.pk, _dicho(c.antes), _dicho(c.despues)) for c in self.cambios]
        return hashlib.sha256(repr(dicho).encode()).hexdigest()[:16]


def comparar(carga: CargaDeRecursos) -> Comparacion:
    """El archivo, como se entendió, frente a lo que hay ahora en su corte."""
    corte, medidas = carga.corte, carga.resumen["medidas"]
    hay = {recurso.entidad_id: recurso for recurso in corte.recursos.all()}
    entidades = EntidadTerritorial.objects.in_bulk(
        [fila["entidad"] for fila in carga.resumen["filas"]]
    )
    cambios = []
    for fila in carga.resumen["filas"]:
        recurso = hay.get(fila["entidad"])
        cambios.append(
            Cambio(
                fila["fila"],
                entidades[fila["entidad"]],
                recurso and {medida: getattr(recurso, medida) for medida in medidas},
                {medida: _decimal(fila["montos"][medida]) for medida in medidas},
            )
        )
    return Comparacion(
        medidas=medidas,
        cambios=cambios,
        n_por_reconocer=len(carga.sin_reconocer),
        n_entidades=EntidadTerritorial.objects.vigentes(fecha_de(corte)).count(),
    )


def lo_que_se_entendio(carga: CargaDeRecursos) -> list[str]:
    """La unidad, la puntuación y el total, para que quien sube el archivo lo confirme."""
    resumen = carga.resumen
    unidad = UNIDADES[resumen["unidad"]][2]
    dicho = [
        f"Los montos están en {unidad}: lo dice el archivo o quien lo subió."
        if resumen["unidad_dicha"]
        else f"El archivo no dice su unidad; por el tamaño de los montos, están en {unidad}."
    ]
    dicho += resumen["avisos"]
    if resumen["sin_montos"]:
        dicho.append(
            f"{resumen['sin_montos']} filas no traen ningún monto: no cuentan como reporte."
            if resumen["sin_montos"] > 1
            else "Una fila no trae ningún monto: no cuenta como reporte."
        )
    return dicho


def el_total_no_da(carga: CargaDeRecursos) -> list[str]:
    """La fila TOTAL del archivo frente a la suma de las que se leyeron, entren o no."""
    quejas = []
    for medida, total in carga.resumen["totales"].items():
        suma = Decimal(carga.resumen["suma"][medida])
        if total is not None and abs(Decimal(total) - suma) >= 1:
            quejas.append(
                f"En «{medida}», la fila del total dice {millones(Decimal(total))} y las que se "
                f"leyeron suman {millones(suma)}."
            )
    return quejas


def _decimal(texto):
    return None if texto is None else Decimal(texto)


def _texto(valor):
    return SIN_DATO if valor is None else millones(valor)


def _dicho(montos):
    return montos and {medida: str(valor) for medida, valor in montos.items()}
