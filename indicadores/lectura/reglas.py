"""Lo que se revisa de una lectura antes de publicarla.

Una `Rotura` por regla, indicador y año: eso es lo que alguien decide de una vez. Todo va por
columnas, porque son medio millón de celdas.
"""

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from indicadores.lectura.resultado import Lectura, Medida, Rotura

SUMAN_CIEN = ("aprobacion", "reprobacion", "desercion")
TOLERANCIA = 0.2
QUIEBRES = frozenset({2018})  # cambia la base de población: 2018 no se compara con 2017
SIN_NIVELES = ("poblacion", "entorno")  # familias que no hablan de los estudiantes
CASI_TODAS = 0.95
FILAS_PARA_COMPARAR = 5  # con menos, dos columnas coinciden por azar
CELDAS_PARA_DECIR_CERO = 5
MUESTRA = 40

Publicadas = dict[str, dict[tuple[str, str, int], float]]


def evaluar(lectura: Lectura, *, medidas: list[Medida], publicadas: Publicadas) -> list[Rotura]:
    """Las reglas rotas, de la que más explica a la que menos: una cifra solo rompe una."""
    medidas = [medida for medida in medidas if medida.codigo in lectura.columnas]
    filas = _Filas(lectura)
    roturas = []
    for regla in (_filas_en_cero, _columnas_copiadas, _suma, _rango, _saltos):
        nuevas = regla(lectura, medidas, filas, publicadas)
        for rotura in nuevas:
            for codigo, posicion in retenidas(rotura, lectura):
                filas.vistas[codigo].add(posicion)
        roturas += nuevas
    return roturas + _ausentes(lectura, filas, publicadas)


def retenidas(rotura: Rotura, lectura: Lectura) -> Iterator[tuple[str, int]]:
    """Las cifras que esa rotura deja en revisión: (código del indicador, posición)."""
    if rotura.regla == "suma":
        codigos = _los_que_suman(rotura.codigo)
    elif rotura.codigo is None:
        codigos = list(lectura.columnas)
    else:
        codigos = [rotura.codigo]
    for codigo in codigos:
        columna = lectura.columnas[codigo]
        for posicion in rotura.posiciones:
            valor = columna[posicion]
            # De una fila en cero se retienen los ceros: su población sí puede ser cierta.
            if valor is not None and (rotura.codigo is not None or valor == 0):
                yield codigo, posicion


class _Filas:
    """Dónde está cada unidad en cada año, y en qué fila estaba uno y dos años antes."""

    def __init__(self, lectura: Lectura):
        self.claves = list(zip(lectura.ambitos, lectura.codigos, lectura.vigencias, strict=True))
        donde = {clave: posicion for posicion, clave in enumerate(self.claves)}
        self.anterior = [donde.get((a, c, v - 1)) for a, c, v in self.claves]
        self.trasanterior = [donde.get((a, c, v - 2)) for a, c, v in self.claves]
        self.por_vigencia = defaultdict(list)
        for posicion, vigencia in enumerate(lectura.vigencias):
            self.por_vigencia[vigencia].append(posicion)
        self.vistas = defaultdict(set)  # código → las posiciones que otra regla ya retuvo


def _por_vigencia(regla, codigo, posiciones, lectura, detalle) -> list[Rotura]:
    por_vigencia = defaultdict(list)
    for posicion in posiciones:
        por_vigencia[lectura.vigencias[posicion]].append(posicion)
    return [
        Rotura(regla, codigo, vigencia, suyas, detalle, len(suyas))
        for vigencia, suyas in sorted(por_vigencia.items())
    ]


def _filas_en_cero(lectura, medidas, filas, publicadas) -> list[Rotura]:
    """Las que no traen ningún estudiante: ni cobertura, ni aprobados, ni desertores."""
    columnas = [lectura.columnas[m.codigo] for m in medidas if m.familia not in SIN_NIVELES]
    en_cero = [
        posicion
        for posicion, fila in enumerate(zip(*columnas, strict=True))
        if not any(fila) and len(fila) - fila.count(None) >= CELDAS_PARA_DECIR_CERO
    ]
    return _por_vigencia("fila_en_cero", None, en_cero, lectura, "Toda la fila viene en 0.")


def _los_que_suman(codigo: str) -> list[str]:
    """Los tres del mismo nivel: aprobación, reprobación y deserción."""
    familia = next(f for f in SUMAN_CIEN if codigo == f or codigo.startswith(f + "_"))
    return [otra + codigo.removeprefix(familia) for otra in SUMAN_CIEN]


def _trios(lectura, medidas) -> list[list[str]]:
    trios = [_los_que_suman(m.codigo) for m in medidas if m.familia == "aprobacion"]
    return [trio for trio in trios if all(codigo in lectura.columnas for codigo in trio)]


def _suma_cien(valores) -> bool:
    return abs(sum(valores) - 100) <= TOLERANCIA + 1e-9


def _suma(lectura, medidas, filas, publicadas) -> list[Rotura]:
    roturas = []
    for trio in _trios(lectura, medidas):
        # Si una de las tres es copia de otra, la suma no dice nada de las que sí están bien.
        vistas = set().union(*(filas.vistas[codigo] for codigo in trio))
        columnas = [lectura.columnas[codigo] for codigo in trio]
        rotas = [
            posicion
            for posicion, valores in enumerate(zip(*columnas, strict=True))
            if None not in valores and not _suma_cien(valores) and posicion not in vistas
        ]
        detalle = "Los tres del nivel deberían sumar 100: quedan en revisión los tres."
        roturas += _por_vigencia("suma", trio[0], rotas, lectura, detalle)
    return roturas


def _rango(lectura, medidas, filas, publicadas) -> list[Rotura]:
    roturas = []
    for medida in medidas:
        minimo = float("-inf") if medida.minimo is None else medida.minimo
        maximo = float("inf") if medida.maximo is None else medida.maximo
        vistas = filas.vistas[medida.codigo]
        fuera = [
            posicion
            for posicion, valor in enumerate(lectura.columnas[medida.codigo])
            if valor is not None and not minimo <= valor <= maximo and posicion not in vistas
        ]
        detalle = f"Se espera {_entre(medida)}."
        roturas += _por_vigencia("rango", medida.codigo, fuera, lectura, detalle)
    return roturas


def _entre(medida) -> str:
    if medida.maximo is None:
        return f"{medida.minimo:g} o más"
    if medida.minimo is None:
        return f"{medida.maximo:g} o menos"
    return f"entre {medida.minimo:g} y {medida.maximo:g}"


def _saltos(lectura, medidas, filas, publicadas) -> list[Rotura]:
    roturas = []
    for medida in medidas:
        if medida.salto is None:
            continue
        columna = lectura.columnas[medida.codigo]
        suyas = publicadas.get(medida.codigo, {})
        vistas = filas.vistas[medida.codigo]
        antes = _valores_antes(1, filas.anterior, columna, filas, suyas)
        rotas = [
            posicion
            for posicion, (valor, anterior) in enumerate(zip(columna, antes, strict=True))
            if valor is not None
            and anterior is not None
            and abs(valor - anterior) > medida.salto
            and lectura.vigencias[posicion] not in QUIEBRES
            and posicion not in vistas
            and filas.anterior[posicion] not in vistas
        ]
        if rotas:
            tras = _valores_antes(2, filas.trasanterior, columna, filas, suyas)
            rotas = [
                p
                for p in rotas
                if lectura.vigencias[p] - 1 in QUIEBRES
                or not _vuelve(columna[p], antes[p], tras[p], medida.salto)
            ]
        detalle = f"Cambia más de {medida.salto:g} frente al año anterior."
        roturas += _por_vigencia("salto", medida.codigo, rotas, lectura, detalle)
    return roturas


def _vuelve(valor, anterior, trasanterior, salto) -> bool:
    """El raro era el año anterior: este vuelve a lo de siempre."""
    return (
        trasanterior is not None
        and abs(anterior - trasanterior) > salto
        and abs(valor - trasanterior) <= salto
    )


def _valores_antes(cuantos, posiciones, columna, filas, publicados) -> list[float | None]:
    """La cifra de la misma unidad uno o dos años antes: la del archivo o, si no, la publicada."""
    valores = [None if p is None else columna[p] for p in posiciones]
    if publicados:
        for posicion, (ambito, codigo, vigencia) in enumerate(filas.claves):
            if posiciones[posicion] is None:
                valores[posicion] = publicados.get((ambito, codigo, vigencia - cuantos))
    return valores


def _columnas_copiadas(lectura, medidas, filas, publicadas) -> list[Rotura]:
    """Las que quien publicó escribió encima de otra: dicen lo mismo en casi todo el año."""
    comparables = [m for m in medidas if m.familia != "poblacion"]
    copias = {}
    for vigencia, posiciones in sorted(filas.por_vigencia.items()):
        for una, otra in combinations(comparables, 2):
            iguales, comparadas = _iguales(lectura, una, otra, posiciones)
            if comparadas < FILAS_PARA_COMPARAR or iguales < CASI_TODAS * comparadas:
                continue
            for copia, original in _cual_es_la_copia(lectura, medidas, una, otra, posiciones):
                detalle = f"Repite «{original.codigo}» en {iguales} de {comparadas} filas."
                copias.setdefault((copia.codigo, vigencia), detalle)
    roturas = []
    for (codigo, vigencia), detalle in copias.items():
        columna = lectura.columnas[codigo]
        suyas = [p for p in filas.por_vigencia[vigencia] if columna[p] is not None]
        roturas += _por_vigencia("columna_copiada", codigo, suyas, lectura, detalle)
    return roturas


def _iguales(lectura, una, otra, posiciones) -> tuple[int, int]:
    """En cuántas filas dicen lo mismo, de cuántas. Dos ceros o dos cienes no dicen nada."""
    primera, segunda = lectura.columnas[una.codigo], lectura.columnas[otra.codigo]
    tanda = posiciones[:: max(1, len(posiciones) // MUESTRA)]
    if len(tanda) < len(posiciones):
        iguales, comparadas = _contar(primera, segunda, tanda)
        if iguales * 2 <= comparadas:  # con una muestra se descartan casi todas las parejas
            return 0, comparadas
    return _contar(primera, segunda, posiciones)


def _contar(primera, segunda, posiciones) -> tuple[int, int]:
    iguales = distintas = 0
    for p in posiciones:
        valor = primera[p]
        if valor is None or segunda[p] is None:
            continue
        if valor != segunda[p]:
            distintas += 1
        elif valor not in (0, 100):
            iguales += 1
    return iguales, iguales + distintas


def _cual_es_la_copia(lectura, medidas, una, otra, posiciones) -> list[tuple[Medida, Medida]]:
    """(copia, original). Si no hay cómo saberlo, las dos quedan en revisión."""
    for sospecha in (_no_suma_cien, _lejos_de_su_familia):
        de_una = sospecha(lectura, medidas, una, posiciones)
        de_otra = sospecha(lectura, medidas, otra, posiciones)
        if None not in (de_una, de_otra) and de_una != de_otra:
            return [(una, otra)] if de_una > de_otra else [(otra, una)]
    return [(una, otra), (otra, una)]


def _no_suma_cien(lectura, medidas, medida, posiciones) -> bool | None:
    """Si en la mayoría de las filas su nivel no suma 100."""
    if medida.familia not in SUMAN_CIEN:
        return None
    trio = _los_que_suman(medida.codigo)
    if not all(codigo in lectura.columnas for codigo in trio):
        return None
    filas = [[lectura.columnas[codigo][p] for codigo in trio] for p in posiciones]
    completas = [fila for fila in filas if None not in fila]
    return sum(map(_suma_cien, completas)) < len(completas) / 2 if completas else None


def _lejos_de_su_familia(lectura, medidas, medida, posiciones) -> float | None:
    """Cuánto se aparta su promedio del de los otros niveles de lo mismo, ese año."""
    hermanas = [m for m in medidas if m.familia == medida.familia and m != medida]
    if not hermanas or medida.familia in SIN_NIVELES:
        return None
    suyo = _promedio(lectura, [medida], posiciones)
    de_ellas = _promedio(lectura, hermanas, posiciones)
    return None if None in (suyo, de_ellas) else abs(suyo - de_ellas)


def _promedio(lectura, medidas, posiciones) -> float | None:
    valores = [lectura.columnas[m.codigo][p] for m in medidas for p in posiciones]
    valores = [valor for valor in valores if valor is not None]
    return sum(valores) / len(valores) if valores else None


def _ausentes(lectura, filas, publicadas) -> list[Rotura]:
    """Las unidades que estaban el año anterior, o ya publicadas ese mismo año, y no vinieron."""
    estan = defaultdict(set)
    for ambito, codigo, vigencia in filas.claves:
        if ambito == lectura.ambito:
            estan[vigencia].add(codigo)
    antes = defaultdict(set)
    # Basta el indicador con más cifras: todos son de las mismas unidades.
    for ambito, codigo, vigencia in max(publicadas.values(), key=len, default={}):
        if ambito == lectura.ambito:
            antes[vigencia].add(codigo)
    roturas = []
    for vigencia, presentes in sorted(estan.items()):
        esperadas = antes[vigencia] | (estan.get(vigencia - 1) or antes[vigencia - 1])
        faltan = sorted(esperadas - presentes)
        if faltan:
            detalle = f"No vinieron: {', '.join(faltan[:20])}{'…' if len(faltan) > 20 else ''}."
            roturas.append(
                Rotura("entidades_ausentes", None, vigencia, [], detalle, n_casos=len(faltan))
            )
    return roturas
