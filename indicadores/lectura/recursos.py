"""Un archivo con lo de cada entidad en un corte de recursos: de los bytes a las filas.

No hay un formato oficial: se reconocen las columnas por su título, y la unidad por lo que el
archivo diga de ella o, si no dice nada, por el tamaño de las cifras.
"""

import re
from dataclasses import dataclass, field
from decimal import Decimal
from statistics import median

from indicadores.lectura.montos import (
    MontosAmbiguos,
    Puntuacion,
    es_negativo,
    monto,
    puntuacion_de,
)
from indicadores.lectura.resultado import ArchivoIlegible, Rechazo
from territorio.texto import normalizar
from trabajos.hojas.leer import LibroIlegible
from trabajos.hojas.tabla import leer_tablas

FILAS_DE_CABECERA = 30
EN_ORDEN = ("asignado", "incorporado", "ejecutado", "pendiente")
# En el orden en que se prueban: «pendiente por ejecutar» no es lo ejecutado.
MEDIDAS = {
    "asignado": r"\basign|\bapropia",
    "incorporado": r"\bincorpora",
    "pendiente": r"\bpendiente|\bpor ejecutar|\bsaldo",
    "ejecutado": r"\bejecu",
}
QUIEN = (
    ("codigo_dane", r"\bdane\b|\bdivipola\b"),
    ("codigo_men", r"^(codigo|cod) (del )?(men|etc|simat)\b"),
    ("codigo_dane", r"^(codigo|cod)\b"),
    ("nombre", r"\bentidad|\bsecretaria|^etc$|\bnombre\b|\bterritorio\b|\bmunicipio\b"),
)
NO_SON_MONTOS = r"%|porcentaje|\bavance\b|\btasa\b"
# De cada unidad, por cuánto se multiplica para dejarla en millones de pesos.
UNIDADES = {
    "miles_de_millones": (r"\bmiles de millones\b", Decimal(1000), "miles de millones de pesos"),
    "millones": (r"\bmillones\b|\bmillon\b", Decimal(1), "millones de pesos"),
    "miles": (r"\bmiles\b", Decimal("0.001"), "miles de pesos"),
    "pesos": (r"\bpesos\b|\bcop\b", Decimal("0.000001"), "pesos"),
}
ENTIDAD_EN_PESOS = 1_000_000  # una entidad no recibe un billón: son pesos
TOPE = Decimal(10**9)  # en millones
SEIS = Decimal("0.000001")
AL_PIE = re.compile(r"(fuente|nota|cifras|corte|elabor|fecha)\b")
SE_ESPERABA = (
    "Se esperaba una columna con la entidad (código DANE, código del MEN o nombre) y, al menos, "
    "una de estas: asignado, incorporado, ejecutado, pendiente."
)


@dataclass
class FilaDeRecursos:
    fila: int  # como la cuenta una hoja de cálculo
    codigo_dane: str
    codigo_men: str
    nombre: str
    montos: dict[str, Decimal | None]

    @property
    def texto(self) -> str:
        """Lo que se le muestra a quien debe reconocerla."""
        return self.nombre or self.codigo_dane or self.codigo_men


@dataclass
class LecturaDeRecursos:
    medidas: list[str]
    unidad: str  # clave de UNIDADES
    unidad_dicha: bool  # lo dice el archivo, o se dedujo
    filas: list[FilaDeRecursos] = field(default_factory=list)
    rechazadas: list[Rechazo] = field(default_factory=list)
    totales: dict[str, Decimal | None] = field(default_factory=dict)  # la fila TOTAL, si la trae
    sin_montos: int = 0
    avisos: list[str] = field(default_factory=list)


def leer_recursos(datos: bytes, *, unidad: str = "") -> LecturaDeRecursos:
    """Con `unidad`, manda quien sube el archivo y no lo que el archivo parece decir."""
    hojas = _hojas(datos)
    for filas in hojas:
        for n, fila in enumerate(filas[:FILAS_DE_CABECERA]):
            columnas = _columnas(fila)
            if columnas is not None:
                return _leer_tabla(filas, n, *columnas, unidad)
    primera = next((fila for filas in hojas for fila in filas if any(fila)), [])
    halladas = ", ".join(f"«{celda}»" for celda in primera if celda.strip()) or "nada"
    raise ArchivoIlegible(f"No se reconocen las columnas. {SE_ESPERABA} Se encontró: {halladas}.")


# ── De los bytes a las celdas ─────────────────────────────────────────────────────────────────


def _hojas(datos):
    try:
        return leer_tablas(datos)
    except LibroIlegible as error:
        raise ArchivoIlegible(error.mensaje) from error


# ── La cabecera ───────────────────────────────────────────────────────────────────────────────


def _columnas(fila):
    """(quién, medidas): en qué posición está cada cosa. None si la fila no es una cabecera."""
    quien, medidas = {}, {}
    for posicion, celda in enumerate(fila):
        titulo = normalizar(celda)
        if not titulo or len(titulo) > 80:
            continue
        medida = next((m for m, patron in MEDIDAS.items() if re.search(patron, titulo)), None)
        if medida:
            if not re.search(NO_SON_MONTOS, celda.lower()):
                medidas.setdefault(medida, posicion)
            continue
        que = next((q for q, patron in QUIEN if re.search(patron, titulo)), None)
        if que:
            quien.setdefault(que, posicion)
    return (quien, medidas) if quien and medidas else None


# ── La tabla ──────────────────────────────────────────────────────────────────────────────────


def _leer_tabla(filas, cabecera, quien, medidas, unidad):
    cuerpo = [(n + 1, fila) for n, fila in enumerate(filas) if n > cabecera and any(fila)]
    textos = [_celda(fila, posicion) for _, fila in cuerpo for posicion in medidas.values()]
    try:
        puntuacion = puntuacion_de(textos)
    except MontosAmbiguos as error:
        raise ArchivoIlegible(
            "Unos montos usan el punto o la coma para los miles y otros para los decimales: no se "
            "sabe cuánto valen. Déjelos todos como números en Excel y vuelva a subir el archivo."
        ) from error
    fuera = [celda for n, fila in enumerate(filas) if n <= cabecera for celda in fila]
    fuera += [_celda(fila, 0) for _, fila in cuerpo if AL_PIE.match(normalizar(_celda(fila, 0)))]
    dicha = unidad or _unidad_dicha(fuera)
    lectura = LecturaDeRecursos(
        medidas=[medida for medida in EN_ORDEN if medida in medidas],
        unidad=dicha or _unidad_por_tamano(textos, puntuacion),
        unidad_dicha=bool(dicha),
        avisos=_como_se_leyeron(textos, puntuacion),
    )
    for n, fila in cuerpo:
        _leer_fila(lectura, n, fila, quien, medidas, puntuacion)
    return lectura


def _leer_fila(lectura, n, fila, quien, medidas, puntuacion):
    datos = {que: _celda(fila, quien[que]) if que in quien else "" for que, _ in QUIEN}
    nombre = normalizar(datos["nombre"])
    if AL_PIE.match(normalizar(_celda(fila, 0))):
        return
    try:
        montos = _montos(fila, medidas, puntuacion, UNIDADES[lectura.unidad][1])
    except ValueError as error:
        lectura.rechazadas.append(Rechazo(n, str(error)))
        return
    es_total = re.match(r"(gran )?total\b|suma\b|nacional?$|colombia$", nombre)
    if es_total or (not any(datos.values()) and any(m is not None for m in montos.values())):
        lectura.totales = montos
    elif all(m is None for m in montos.values()):
        lectura.sin_montos += 1
    elif motivo := _no_cuadra(montos):
        lectura.rechazadas.append(Rechazo(n, motivo))
    else:
        lectura.filas.append(FilaDeRecursos(n, **datos, montos=montos))


def _montos(fila, medidas, puntuacion, factor):
    montos = {}
    for medida, posicion in medidas.items():
        texto = _celda(fila, posicion)
        if es_negativo(texto):
            raise ValueError(f"Lo {medida} es negativo («{texto}»). Revíselo en el archivo.")
        try:
            leido = monto(texto, puntuacion)
        except ValueError as error:
            raise ValueError(f"Lo {medida} no es un número: «{texto[:40]}».") from error
        if leido is not None and leido * factor > TOPE:
            raise ValueError(f"Lo {medida} es demasiado grande («{texto[:40]}»). Revise la unidad.")
        montos[medida] = None if leido is None else (leido * factor).quantize(SEIS)
    return montos


def _no_cuadra(montos):
    """Con las tres cifras, lo ejecutado y lo pendiente suman lo asignado, salvo redondeo."""
    tres = [montos.get(medida) for medida in ("asignado", "ejecutado", "pendiente")]
    if None in tres:
        return ""
    asignado, ejecutado, pendiente = cifras = [cifra.normalize() for cifra in tres]
    redondeo = Decimal(10) ** min(0, *(cifra.as_tuple().exponent for cifra in cifras))
    if abs(ejecutado + pendiente - asignado) <= redondeo:
        return ""
    return (
        "Lo ejecutado y lo pendiente no suman lo asignado: "
        f"{ejecutado:f} + {pendiente:f} ≠ {asignado:f}, en millones de pesos."
    )


# ── La unidad ─────────────────────────────────────────────────────────────────────────────────


def _unidad_dicha(textos):
    for texto in map(normalizar, textos):
        for unidad, (patron, _, _) in UNIDADES.items():
            if re.search(patron, texto):
                return unidad
    return ""


def _unidad_por_tamano(textos, puntuacion):
    leidos = []
    for texto in textos:
        try:
            leidos.append(monto(texto, puntuacion) or 0)
        except ValueError:
            continue
    mayores = [leido for leido in leidos if leido]
    return "pesos" if mayores and median(mayores) >= ENTIDAD_EN_PESOS else "millones"


def _como_se_leyeron(textos, puntuacion: Puntuacion) -> list[str]:
    if any(puntuacion.miles in texto for texto in textos):
        que = {".": "El punto", ",": "La coma"}[puntuacion.miles]
        return [f"{que} se leyó como separador de miles."]
    if any(puntuacion.decimal in texto for texto in textos):
        que = {".": "El punto", ",": "La coma"}[puntuacion.decimal]
        return [f"{que} se leyó como separador de decimales."]
    return []


def _celda(fila, posicion) -> str:
    return fila[posicion].strip() if posicion < len(fila) else ""
