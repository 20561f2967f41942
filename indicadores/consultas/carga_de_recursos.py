"""De quién es cada fila de un archivo de recursos, y qué cambiaría en su corte."""

import hashlib
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from indicadores.consultas.balances import SIN_DATO, en_fecha, millones
from indicadores.consultas.recursos import fecha_de
from indicadores.lectura.recursos import UNIDADES, FilaDeRecursos
from indicadores.models import CargaDeRecursos, CorteDeRecursos
from territorio.models import EntidadTerritorial
from territorio.resolucion import Catalogo

# ── De quién es cada fila ─────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Quien:
    """La entidad, o el motivo para rechazar la fila; sin ninguno, va a la bandeja."""

    entidad: EntidadTerritorial | None = None
    motivo: str = ""
    sugerencias: tuple[str, ...] = ()  # códigos DANE


class Reconocedor:
    """Con el catálogo de la fecha del corte: primero los códigos; después, el nombre."""

    def __init__(self, corte: CorteDeRecursos):
        self.fecha = fecha_de(corte)
        todas = list(EntidadTerritorial.objects.all())
        self.por_dane = {entidad.codigo_dane: entidad for entidad in todas}
        self.por_men = {entidad.codigo_men: entidad for entidad in todas}
        self.catalogo = Catalogo.vigente_en(self.fecha)

    def de_quien(self, fila: FilaDeRecursos) -> Quien:
        por_codigo = self._por_codigo(fila)
        por_nombre = self.catalogo.resolver(declarado=fila.nombre)
        entidad = por_codigo or self.por_dane.get(por_nombre.codigo)
        if por_codigo and por_nombre.codigo and por_nombre.codigo != por_codigo.codigo_dane:
            return Quien(
                motivo=f"El código es de {por_codigo} y el nombre dice «{fila.nombre}». Corrija "
                "uno de los dos."
            )
        if entidad and not entidad.vale_en(self.fecha):
            return Quien(
                motivo=f"{entidad} no era una secretaría certificada el {en_fecha(self.fecha)}."
            )
        if entidad:
            return Quien(entidad)
        if not fila.nombre:
            return Quien(motivo=f"Ninguna secretaría tiene el código «{fila.texto}».")
        if por_nombre.ajena:
            return Quien(motivo=f"«{fila.nombre}» no es una secretaría: es {por_nombre.ajena}.")
        return Quien(sugerencias=por_nombre.sugerencias)

    def _por_codigo(self, fila):
        """Excel quita el cero de «05» y de «05001»: se devuelve."""
        for codigo in filter(None, (fila.codigo_dane, fila.codigo_men, fila.nombre)):
            con_ceros = codigo.zfill(2 if len(codigo) < 3 else 5)
            if entidad := self.por_dane.get(con_ceros) or self.por_men.get(codigo):
                return entidad
        return None


# ── Qué cambiaría ─────────────────────────────────────────────────────────────────────────────


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
