"""Los recursos como se cuentan: lo que dice la fuente, lo que suman las entidades y si concuerda.

Manda lo reportado. La ejecución nacional es la suma de lo ejecutado entre la suma de lo asignado,
solo con las entidades que traen las dos cifras: nunca un promedio de tasas.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.utils import formats

from indicadores.consultas.cifras import en_espanol
from indicadores.models import MEDIDAS, CorteDeRecursos

UNIDAD = "millones de pesos"
SIN_DATO = "la fuente no trae el dato"
NOMBRES = {
    "asignado": "Asignado",
    "incorporado": "Incorporación",
    "ejecutado": "Ejecución",
    "pendiente": "Pendiente",
}


# ── Cómo se escriben ──────────────────────────────────────────────────────────────────────────


def millones(valor: Decimal) -> str:
    """«725.978», «12,5»; lo menor que una décima, con los decimales que hagan falta."""
    if valor == valor.to_integral_value():
        return en_espanol(valor, 0)
    return en_espanol(valor, next((d for d in (1, 3) if abs(valor) >= Decimal(10) ** -d), 6))


def pesos(valor: Decimal | None) -> str:
    return SIN_DATO if valor is None else f"${millones(valor)}"


def por_ciento(parte, total) -> str:
    return f"{en_espanol(parte * 100 / total, 1)} %" if total else ""


def en_fecha(dia: date) -> str:
    return formats.date_format(dia, r"j \d\e F \d\e Y")


# ── Un corte, entero ──────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Suma:
    """Lo que traen las entidades cargadas en un corte."""

    n_entidades: int = 0
    totales: dict = field(default_factory=dict)  # medida → suma; None si ninguna la trae
    con_dato: dict = field(default_factory=dict)  # medida → cuántas la traen
    asignado_con_ejecucion: Decimal | None = None
    ejecutado_con_asignacion: Decimal | None = None
    con_las_dos: int = 0

    @property
    def ejecucion(self) -> float | None:
        """De cada cien pesos asignados, cuántos se ejecutaron."""
        if not self.asignado_con_ejecucion:
            return None
        return float(self.ejecutado_con_asignacion * 100 / self.asignado_con_ejecucion)


@dataclass(frozen=True)
class Renglon:
    """Una medida: lo que dice la fuente junto a lo que suman las entidades."""

    medida: str
    reportado: Decimal | None
    calculado: Decimal | None
    con_dato: int

    @property
    def nombre(self) -> str:
        return NOMBRES[self.medida]

    @property
    def texto_reportado(self) -> str:
        return pesos(self.reportado)

    @property
    def texto_calculado(self) -> str:
        return "sin entidades cargadas" if self.calculado is None else pesos(self.calculado)


@dataclass(frozen=True)
class Comprobacion:
    """Una cuenta que cualquiera puede repetir."""

    cuenta: str
    cuadra: bool
    detalle: str = ""


@dataclass(frozen=True)
class Tramo:
    """Un pedazo de la barra, en porcentaje del total."""

    nombre: str
    valor: Decimal
    desde: float
    ancho: float

    @property
    def monto(self) -> str:
        return pesos(self.valor)

    @property
    def porcentaje(self) -> str:
        return f"{en_espanol(self.ancho, 1)} %"


@dataclass(frozen=True)
class Balance:
    """Un corte con todo lo que se puede decir de él."""

    corte: CorteDeRecursos
    suma: Suma = Suma()
    partes: tuple["Balance", ...] = ()
    n_entidades: int | None = None  # de cuántas, si se sabe

    @property
    def titulo(self) -> str:
        return f"{self.corte.fondo.sigla}: {_minuscula(self.corte.nombre)}"

    @cached_property
    def renglones(self) -> list[Renglon]:
        return [
            Renglon(
                medida,
                getattr(self.corte, medida),
                self.suma.totales.get(medida),
                self.suma.con_dato.get(medida, 0),
            )
            for medida in MEDIDAS
        ]

    @property
    def trae_montos(self) -> bool:
        return any(renglon.reportado is not None for renglon in self.renglones)

    @property
    def solo_dice_cuantas(self) -> bool:
        return self.corte.n_reportaron is not None and not self.trae_montos

    @property
    def reportaron(self) -> str:
        """«12 ETC reportaron (12,5 %)»."""
        n = self.corte.n_reportaron
        return f"{n} ETC reportaron ({por_ciento(n, self.corte.n_entidades)})"

    @property
    def asignado(self) -> str:
        return pesos(self.corte.asignado)

    @property
    def faltan(self) -> int:
        return self.corte.n_entidades - self.corte.n_reportaron

    @property
    def ejecucion_reportada(self) -> str:
        corte = self.corte
        if None in (corte.asignado, corte.ejecutado):
            return ""
        return por_ciento(corte.ejecutado, corte.asignado)

    @property
    def ejecucion_calculada(self) -> str:
        tasa = self.suma.ejecucion
        return "" if tasa is None else f"{en_espanol(tasa, 1)} %"

    @property
    def frase(self) -> str:
        """Lo que se diría si solo cupiera un renglón."""
        corte = self.corte
        if self.partes:
            de_quien = f" asignados a las {corte.n_entidades} ETC" if corte.n_entidades else ""
            sumandos = " + ".join(
                f"{pesos(parte.corte.asignado)} {_minuscula(_sin_apellido(parte.corte.nombre))}"
                for parte in self.partes
            )
            return f"{corte.fondo.sigla} {pesos(corte.asignado)} millones{de_quien} = {sumandos}"
        if self.solo_dice_cuantas:
            return f"{self.reportaron}, de {corte.n_entidades}"
        if not self.trae_montos:
            return "La fuente dice qué se revisa y no trae cifras."
        return f"{self._de_que}: {', '.join(self._montos_dichos)}"

    @property
    def _de_que(self):
        sigla = self.corte.fondo.sigla
        if self.corte.corte:
            return f"{sigla}, corte {en_fecha(self.corte.corte)}"
        return f"{sigla}, {_minuscula(self.corte.nombre)}"

    @property
    def _montos_dichos(self):
        corte = self.corte
        for medida in MEDIDAS:
            valor = getattr(corte, medida)
            if valor is None:
                continue
            hay_de_que = medida != "asignado" and corte.asignado
            cuanto = f" ({por_ciento(valor, corte.asignado)})" if hay_de_que else ""
            yield f"{pesos(valor)} {medida}{cuanto}"

    @cached_property
    def tramos(self) -> list[Tramo]:
        """Lo que la barra dibuja: las partes del total, o lo ejecutado y lo pendiente."""
        corte = self.corte
        if self.partes:
            pares = [(parte.corte.nombre, parte.corte.asignado) for parte in self.partes]
        else:
            pares = [("Ejecutado", corte.ejecutado), ("Pendiente", corte.pendiente)]
        if any(valor is None for _, valor in pares) or not sum(valor for _, valor in pares):
            return []
        total, desde, tramos = sum(valor for _, valor in pares), 0.0, []
        for nombre, valor in pares:
            ancho = float(valor * 100 / total)
            tramos.append(Tramo(nombre, valor, desde, ancho))
            desde += ancho
        return tramos

    @cached_property
    def comprobaciones(self) -> list[Comprobacion]:
        corte, suma = self.corte, self.suma
        hechas = []
        asignados = [parte.corte.asignado for parte in self.partes]
        if asignados and None not in (corte.asignado, *asignados):
            hechas.append(_suma_exacta(asignados, corte.asignado))
        if None not in (corte.asignado, corte.ejecutado, corte.pendiente):
            hechas.append(_suma_exacta([corte.ejecutado, corte.pendiente], corte.asignado))
        hechas += [
            _frente_a_las_entidades(renglon)
            for renglon in self.renglones
            if None not in (renglon.reportado, renglon.calculado)
        ]
        if suma.n_entidades and corte.n_reportaron is not None:
            hechas.append(
                Comprobacion(
                    f"La fuente dice que reportaron {corte.n_reportaron}; aquí hay "
                    f"{_cuantas(suma.n_entidades)}",
                    cuadra=corte.n_reportaron == suma.n_entidades,
                )
            )
        return hechas


def _suma_exacta(sumandos, total):
    suma = sum(sumandos)
    cuenta = f"{' + '.join(map(millones, sumandos))} = {millones(suma)}"
    if suma == total:
        return Comprobacion(cuenta, cuadra=True)
    return Comprobacion(cuenta, cuadra=False, detalle=f"La fuente dice {millones(total)}.")


def _frente_a_las_entidades(renglon):
    diferencia = renglon.calculado - renglon.reportado
    cuenta = (
        f"{renglon.nombre}: {_cuantas(renglon.con_dato)} "
        f"{'suma' if renglon.con_dato == 1 else 'suman'} {millones(renglon.calculado)}"
    )
    if not diferencia:
        return Comprobacion(cuenta, cuadra=True)
    mas = "más" if diferencia > 0 else "menos"
    return Comprobacion(
        cuenta, cuadra=False, detalle=f"Son {millones(abs(diferencia))} {mas} que lo reportado."
    )


def _cuantas(n):
    return "1 entidad" if n == 1 else f"{n} entidades"


def _sin_apellido(nombre):
    return nombre.removesuffix(" asignación")


def _minuscula(texto):
    return texto[:1].lower() + texto[1:]
