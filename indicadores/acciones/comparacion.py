"""Lo que trae un archivo frente a lo publicado: nuevo, igual, cambiado y retenido.

Por columnas y sin objetos por celda: un archivo entero es medio millón de cifras.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import NamedTuple

from indicadores.consultas.medidas import medidas
from indicadores.lectura.reglas import evaluar, retenidas
from indicadores.lectura.resultado import Lectura, Rotura
from indicadores.models import Indicador, Unidad, Valor, Version
from trabajos import carga_masiva

Estado = Valor.Estado
CON_NUMERO = (Estado.VALOR, Estado.RETENIDO)
DECIDIDAS = (Estado.ANULADO, Estado.NO_APLICA)
VACIAS = (Estado.SIN_DATO, Estado.NO_REPORTADO)
POR_VIGENCIA = 10_000  # una unidad y un año, en un solo número


class Publicada(NamedTuple):
    """Lo que hoy vale en una celda."""

    pk: int
    estado: str
    valor: float | None
    metodo: str


@dataclass
class Comparacion:
    """De cada indicador, en qué posiciones de la lectura hay algo que publicar."""

    lectura: Lectura
    base: int | None  # la versión contra la que se comparó
    indicadores: dict[str, Indicador] = field(default_factory=dict)
    unidades: list[int] = field(default_factory=list)  # por posición
    nombres: dict[int, str] = field(default_factory=dict)  # de cada unidad
    publicadas: dict[str, dict[int, tuple]] = field(default_factory=dict)  # por unidad y año
    nuevas: dict[str, list[int]] = field(default_factory=dict)
    cambiadas: dict[str, dict[int, Publicada]] = field(default_factory=dict)
    siguen: dict[tuple[str, int], Publicada] = field(default_factory=dict)  # iguales, en revisión
    reemplazadas: list[int] = field(default_factory=list)  # calculadas que ahora se publican
    iguales: int = 0
    sin_columna: set[tuple[str, int]] = field(default_factory=set)  # vacía todo el año
    roturas: list[Rotura] = field(default_factory=list)
    # De cada rotura, las cifras nuevas o cambiadas que quedan en revisión.
    en_revision: list[list[tuple[str, int]]] = field(default_factory=list)
    tope_publicado: int | None = None  # el último año que ya tiene cifras

    @property
    def n_nuevas(self) -> int:
        return sum(map(len, self.nuevas.values()))

    @property
    def n_cambiadas(self) -> int:
        return sum(map(len, self.cambiadas.values()))

    @property
    def n_retenidas(self) -> int:
        return len(self.retenidas())

    @property
    def cambia_algo(self) -> bool:
        return bool(self.n_nuevas or self.n_cambiadas)

    def retenidas(self) -> set[tuple[str, int]]:
        return {celda for celdas in self.en_revision for celda in celdas}

    def cuentas(self) -> dict[str, int]:
        return {
            "nuevas": self.n_nuevas,
            "iguales": self.iguales,
            "cambiadas": self.n_cambiadas,
            "retenidas": self.n_retenidas,
        }

    def estado_de(self, codigo: str, posicion: int) -> str:
        """Con qué estado entraría esa celda, si nada la retiene."""
        if self.lectura.columnas[codigo][posicion] is not None:
            return Estado.VALOR
        sin_columna = (codigo, self.lectura.vigencias[posicion]) in self.sin_columna
        return Estado.NO_REPORTADO if sin_columna else Estado.SIN_DATO


def comparar(lectura: Lectura) -> Comparacion:
    """Contra lo publicado ahora mismo."""
    ultima = Version.objects.ultima()
    comparacion = Comparacion(lectura, ultima and ultima.numero)
    codigos = list(lectura.columnas)
    comparacion.indicadores = {i.codigo: i for i in Indicador.objects.filter(codigo__in=codigos)}
    _situar_unidades(comparacion)
    comparacion.publicadas = _publicadas(comparacion)
    _repartir(comparacion)
    _revisar(comparacion)
    return comparacion


def _situar_unidades(comparacion):
    lectura = comparacion.lectura
    unidades = Unidad.objects.filter(ambito__in=set(lectura.ambitos))
    por_codigo = {}
    for pk, ambito, codigo, nombre in unidades.values_list("pk", "ambito", "codigo", "nombre"):
        por_codigo[(ambito, codigo)] = pk
        comparacion.nombres[pk] = nombre
    comparacion.unidades = [
        por_codigo[clave] for clave in zip(lectura.ambitos, lectura.codigos, strict=True)
    ]


def _publicadas(comparacion) -> dict[str, dict[int, tuple]]:
    """Lo vigente de esos indicadores en los años del archivo y en los dos de antes."""
    lectura = comparacion.lectura
    de_codigo = {indicador.pk: codigo for codigo, indicador in comparacion.indicadores.items()}
    anos = set(lectura.vigencias)
    halladas = {codigo: {} for codigo in de_codigo.values()}
    vigentes = Valor.objects.vigentes().filter(
        indicador__in=list(de_codigo),
        vigencia__in={vigencia - atras for vigencia in anos for atras in range(3)},
    )
    indicadores, unidades, vigencias, *celdas = carga_masiva.leer(
        vigentes.values_list("indicador_id", "unidad_id", "vigencia", *Publicada._fields),
        [int, int, int, int, str, float, str],
    )
    claves = [u * POR_VIGENCIA + v for u, v in zip(unidades, vigencias, strict=True)]
    # Las de otros ámbitos se apartan aquí: pedirlo en la consulta es unir medio millón de filas.
    suyas = comparacion.nombres
    for indicador, unidad, clave, celda in zip(
        indicadores, unidades, claves, zip(*celdas, strict=True), strict=True
    ):
        if unidad in suyas:
            halladas[de_codigo[indicador]][clave] = celda
    comparacion.tope_publicado = max(
        (vigencia for u, vigencia in zip(unidades, vigencias, strict=True) if u in suyas),
        default=None,
    )
    return halladas


def _repartir(comparacion):
    lectura = comparacion.lectura
    claves = _claves(comparacion)
    vinieron = _lo_que_vino_antes_de_decidir(comparacion)
    for codigo, columna in lectura.columnas.items():
        suyas = comparacion.publicadas[codigo]
        _anotar_anos_sin_columna(comparacion, codigo, columna)
        if not suyas:
            comparacion.nuevas[codigo] = list(range(len(columna)))
            continue
        nuevas, cambiadas = [], {}
        for posicion, (clave, valor) in enumerate(zip(claves, columna, strict=True)):
            celda = suyas.get(clave)
            if celda is None:
                nuevas.append(posicion)
                continue
            if celda[1:] == (Estado.VALOR, valor, Valor.Metodo.PUBLICADO):  # casi siempre
                continue
            vieja = Publicada._make(celda)
            if vieja.metodo != Valor.Metodo.PUBLICADO:
                nuevas.append(posicion)
                comparacion.reemplazadas.append(vieja.pk)
            elif not _dicen_lo_mismo(vieja, valor, vinieron.get((codigo, clave), ())):
                cambiadas[posicion] = vieja
            elif vieja.estado == Estado.RETENIDO:
                comparacion.siguen[(codigo, posicion)] = vieja
        comparacion.nuevas[codigo], comparacion.cambiadas[codigo] = nuevas, cambiadas
        comparacion.iguales += len(columna) - len(nuevas) - len(cambiadas)


def _claves(comparacion):
    return [
        unidad * POR_VIGENCIA + vigencia
        for unidad, vigencia in zip(
            comparacion.unidades, comparacion.lectura.vigencias, strict=True
        )
    ]


def _dicen_lo_mismo(vieja: Publicada, valor: float | None, vinieron) -> bool:
    """Lo que alguien decidió en la bandeja se respeta mientras la fuente diga lo mismo que dijo."""
    if valor is None:
        return vieja.estado in (*VACIAS, *DECIDIDAS)
    if vieja.estado in DECIDIDAS:
        return valor == vieja.valor or valor in vinieron
    return vieja.estado in CON_NUMERO and valor == vieja.valor


def _lo_que_vino_antes_de_decidir(comparacion):
    """De una cifra que se marcó «no aplica», el número que la fuente había dado."""
    de_pk = {indicador.pk: codigo for codigo, indicador in comparacion.indicadores.items()}
    sin_numero = {
        (codigo, clave)
        for codigo, suyas in comparacion.publicadas.items()
        for clave, celda in suyas.items()
        if celda[1] == Estado.NO_APLICA
    }
    vinieron = defaultdict(set)
    if not sin_numero:
        return vinieron
    retenidas = Valor.objects.corregidos().filter(estado=Estado.RETENIDO, indicador__in=list(de_pk))
    for indicador, unidad, vigencia, valor in retenidas.values_list(
        "indicador_id", "unidad_id", "vigencia", "valor"
    ):
        clave = (de_pk[indicador], unidad * POR_VIGENCIA + vigencia)
        if clave in sin_numero:
            vinieron[clave].add(valor)
    return vinieron


def _anotar_anos_sin_columna(comparacion, codigo, columna):
    """La fuente dejó de traer esa columna ese año: no es lo mismo que una celda vacía."""
    if None not in columna:
        return
    anos = comparacion.lectura.vigencias
    con_dato = {ano for ano, valor in zip(anos, columna, strict=True) if valor is not None}
    comparacion.sin_columna.update((codigo, ano) for ano in set(anos) - con_dato)


def _revisar(comparacion):
    lectura = comparacion.lectura
    comparacion.roturas = [
        *_repetidas(lectura),
        *evaluar(
            lectura,
            medidas=medidas(),
            publicadas=_lo_que_el_archivo_no_trae(comparacion),
        ),
    ]
    por_rotura = [list(retenidas(rotura, lectura)) for rotura in comparacion.roturas]
    _soltar_las_corregidas(comparacion, {celda for celdas in por_rotura for celda in celdas})
    por_publicar = {codigo: set(suyas) for codigo, suyas in comparacion.nuevas.items()}
    for codigo, cambiadas in comparacion.cambiadas.items():
        por_publicar[codigo].update(cambiadas)
    comparacion.en_revision = [
        [(codigo, posicion) for codigo, posicion in celdas if posicion in por_publicar[codigo]]
        for celdas in por_rotura
    ]


def _soltar_las_corregidas(comparacion, rotas):
    """Si llegó corregida la que descuadraba su fila, las que la acompañaban ya pueden salir."""
    corregidas = {
        posicion
        for cambiadas in comparacion.cambiadas.values()
        for posicion, vieja in cambiadas.items()
        if vieja.estado == Estado.RETENIDO
    }
    for (codigo, posicion), vieja in comparacion.siguen.items():
        if posicion in corregidas and (codigo, posicion) not in rotas:
            comparacion.cambiadas[codigo][posicion] = vieja
            comparacion.iguales -= 1


def _repetidas(lectura) -> list[Rotura]:
    """De una unidad que vino dos veces en un año, lo que difiere no se sabe cuál es."""
    por_columna = defaultdict(list)
    for posicion, codigos in lectura.repetidas:
        for codigo in codigos:
            por_columna[(codigo, lectura.vigencias[posicion])].append(posicion)
    return [
        Rotura(
            "vigencia_repetida",
            codigo,
            vigencia,
            posiciones,
            "La misma unidad vino otra vez ese año con otro valor: se guardó el primero.",
            len(posiciones),
        )
        for (codigo, vigencia), posiciones in sorted(por_columna.items())
    ]


def _lo_que_el_archivo_no_trae(comparacion):
    """Con qué comparar lo que el archivo dice: las cifras publicadas que él no repite."""
    del_archivo = set(_claves(comparacion))
    unidades = dict(
        zip(
            comparacion.unidades,
            zip(comparacion.lectura.ambitos, comparacion.lectura.codigos, strict=True),
            strict=True,
        )
    )
    ausentes = {
        clave // POR_VIGENCIA for suyas in comparacion.publicadas.values() for clave in suyas
    } - unidades.keys()
    for pk, ambito, codigo in Unidad.objects.filter(pk__in=ausentes).values_list(
        "pk", "ambito", "codigo"
    ):
        unidades[pk] = (ambito, codigo)
    return {
        codigo: {
            (*unidades[clave // POR_VIGENCIA], clave % POR_VIGENCIA): valor
            for clave, (_, estado, valor, _) in suyas.items()
            if clave not in del_archivo and estado == Estado.VALOR
        }
        for codigo, suyas in comparacion.publicadas.items()
    }
