"""De los municipios a las entidades departamentales, y de los departamentos al país, al publicar.

Solo se escribe lo que cambia. Lo que entró con el catálogo del portal (trae su fila) se queda hasta
que los municipios cargados alcancen para calcularlo.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.db.models import Q

from indicadores.acciones import publicacion
from indicadores.calculo_ponderado import Reunion, matricula_estimada, promedio, suma
from indicadores.consultas.cifras import en_espanol
from indicadores.consultas.partes import (
    Numeros,
    Reparto,
    numeros,
    poblaciones_conocidas,
    repartos,
)
from indicadores.models import Indicador, Unidad, Valor, Version

Ambito, Agregacion = Unidad.Ambito, Indicador.Agregacion
Estado, Metodo = Valor.Estado, Valor.Metodo
METODO = {
    Agregacion.SUMA: Metodo.CALCULADO,
    Agregacion.POBLACION: Metodo.CALCULADO,
    Agregacion.POBLACION_ESTIMADA: Metodo.ESTIMADO,
    Agregacion.MATRICULA_ESTIMADA: Metodo.ESTIMADO,
}
POBLACION, COBERTURA = "poblacion_5_16", "cobertura_bruta"
DECIMALES = 2  # los de la fuente
NOTA_DE_LA_PUBLICADA = "Atiende a todo el departamento: es su cifra publicada."
Clave = tuple[int, int, int]  # unidad, indicador, año


class Calculada(NamedTuple):
    estado: str
    valor: float | None
    metodo: str
    nota: str


class Guardada(NamedTuple):
    pk: int
    cifra: Calculada
    fila: int | None
    desde: int


def recalcular(
    version: Version,
    *,
    vigencias: Iterable[int] | None = None,
    leidos: dict[str, Numeros] | None = None,
) -> int:
    """Pone al día lo calculado, en esa versión. Dice cuántas cifras entraron.

    Va dentro de la transacción de quien publica; `vigencias` son los años que tocó. Quien ya tenga
    las cifras de un ámbito tal como quedan las pasa en `leidos`, y no se leen otra vez.
    """
    vigencias = None if vigencias is None else sorted(set(vigencias))
    guardadas = _guardadas(vigencias)
    entran, sobran = [], []
    for clave, nueva in _calcular(vigencias, leidos or {}):
        vieja = guardadas.pop(clave, None)
        if vieja is None or _debe_cambiar(vieja, nueva):
            entran.append((clave, nueva))
            sobran += [vieja] if vieja else []
    sobran += [vieja for vieja in guardadas.values() if vieja.fila is None]

    de_esta = [vieja.pk for vieja in sobran if vieja.desde == version.pk]  # nadie las ha visto
    Valor.objects.filter(pk__in=de_esta).delete()
    publicacion.sacar((v.pk for v in sobran if v.desde != version.pk), version=version)
    publicacion.entrar(
        (indicador, unidad, vigencia, *nueva[:3], None, nueva.nota, version.pk, None)
        for (unidad, indicador, vigencia), nueva in entran
    )
    version.calculadas += len(entran) - len(de_esta)
    version.save(update_fields=["calculadas"])
    return len(entran)


def _guardadas(vigencias) -> dict[Clave, Guardada]:
    """Lo que hoy vale y puso este cálculo, o el catálogo en su lugar."""
    propias = Q(unidad__ambito=Ambito.ENTIDAD) | (
        Q(unidad__ambito=Ambito.NACION) & ~Q(metodo=Metodo.PUBLICADO)
    )
    valores = _de_los_anos(Valor.objects.vigentes().filter(propias), vigencias)
    return {
        (unidad, indicador, vigencia): Guardada(pk, Calculada(*cifra), fila, desde)
        for unidad, indicador, vigencia, pk, fila, desde, *cifra in valores.values_list(
            *("unidad_id", "indicador_id", "vigencia", "pk", "fila", "desde_id"),
            *Calculada._fields,
        )
    }


def _debe_cambiar(vieja: Guardada, nueva: Calculada) -> bool:
    if vieja.fila is not None and nueva.estado != Estado.VALOR:
        return False
    return vieja.cifra != nueva


def _calcular(vigencias, leidos) -> Iterator[tuple[Clave, Calculada]]:
    indicadores = list(Indicador.objects.all())
    municipales, departamentales = (
        leidos[ambito] if ambito in leidos else numeros(ambito, vigencias)
        for ambito in (Ambito.MUNICIPIO, Ambito.DEPARTAMENTO)
    )
    anos = sorted({*municipales, *departamentales})
    reparto = repartos(anos)

    de_municipios = Balanza(indicadores, municipales, Ambito.MUNICIPIO)
    enteros = {r.departamento for suyos in reparto.values() for r in suyos if r.departamento}
    publicadas = _publicadas(enteros, vigencias)
    for vigencia in anos:
        for suyo in reparto[vigencia]:
            yield from _de_una_entidad(suyo, vigencia, de_municipios, publicadas)

    de_departamentos = Balanza(indicadores, departamentales, Ambito.DEPARTAMENTO)
    yield from _de_la_nacion(de_departamentos, vigencias)


def _de_una_entidad(reparto: Reparto, vigencia, balanza, publicadas):
    grupo = balanza.grupo(reparto.municipios, vigencia)
    for indicador in balanza.indicadores:
        publicada = publicadas.get((reparto.departamento, indicador.pk, vigencia))
        if publicada and publicada.estado == Estado.VALOR:
            cifra = publicada._replace(nota=NOTA_DE_LA_PUBLICADA)
        else:
            propia = grupo.cifra(indicador, "municipios")
            se_pudo = propia and propia.estado == Estado.VALOR
            cifra = propia if se_pudo else publicada or propia
        if cifra:
            yield (reparto.unidad, indicador.pk, vigencia), cifra


def _de_la_nacion(balanza, vigencias):
    nacion = Unidad.objects.filter(ambito=Ambito.NACION).first()
    if nacion is None:
        return
    partes = Unidad.objects.filter(ambito=Ambito.DEPARTAMENTO).values_list("pk", flat=True)
    publicadas = _publicadas([nacion.pk], vigencias)
    for vigencia in sorted(balanza.numeros):
        grupo = balanza.grupo(tuple(partes), vigencia)
        for indicador in balanza.indicadores:
            clave = (nacion.pk, indicador.pk, vigencia)
            if clave not in publicadas and (cifra := grupo.cifra(indicador, "departamentos")):
                yield clave, cifra


def _publicadas(unidades, vigencias) -> dict[Clave, Calculada]:
    valores = Valor.objects.vigentes().filter(unidad__in=unidades, metodo=Metodo.PUBLICADO)
    return {
        (unidad, indicador, vigencia): Calculada(*cifra)
        for unidad, indicador, vigencia, *cifra in _de_los_anos(valores, vigencias).values_list(
            "unidad_id", "indicador_id", "vigencia", *Calculada._fields
        )
    }


def _de_los_anos(valores, vigencias):
    return valores if vigencias is None else valores.filter(vigencia__in=vigencias)


class Balanza:
    """Las cifras de las partes y con qué pesa cada una."""

    def __init__(self, indicadores, numeros, ambito):
        self.indicadores, self.numeros = indicadores, numeros
        self.por_codigo = {indicador.codigo: indicador.pk for indicador in indicadores}
        self.poblaciones = poblaciones_conocidas(ambito, self.por_codigo.get(POBLACION))

    def grupo(self, unidades: tuple[int, ...], vigencia: int) -> "Grupo":
        return Grupo(self, unidades, vigencia)

    def poblacion_cercana(self, unidad: int, vigencia: int) -> float | None:
        """La de ese año o, si falta, la del más cercano: para saber cuánta gente falta."""
        suyas = self.poblaciones.get(unidad)
        if suyas and vigencia in suyas:
            return suyas[vigencia]
        return suyas and suyas[min(suyas, key=lambda otra: (abs(otra - vigencia), otra))]


class Grupo:
    """Unas partes en un año."""

    def __init__(self, balanza: Balanza, unidades, vigencia):
        self.balanza, self.unidades = balanza, unidades
        self.columnas = balanza.numeros.get(vigencia, {})
        self.poblaciones = [balanza.poblacion_cercana(unidad, vigencia) for unidad in unidades]
        self.matriculas: dict[str, list] = {}

    def cifra(self, indicador: Indicador, que: str) -> Calculada | None:
        """Nada, si la fuente no trajo ese dato de ninguna de las partes."""
        columna = self.columnas.get(indicador.pk)
        if indicador.agregacion == Agregacion.NINGUNA or not columna:
            return None
        if columna.keys().isdisjoint(self.unidades):
            return None
        valores = [columna.get(unidad) for unidad in self.unidades]
        if indicador.agregacion == Agregacion.SUMA:
            reunion = suma(valores, poblaciones=self.poblaciones)
        else:
            pesos = self._pesos(indicador)
            reunion = promedio(valores, pesos=pesos, poblaciones=self.poblaciones)
        se_pudo = reunion.valor is not None
        return Calculada(
            estado=Estado.VALOR if se_pudo else Estado.NO_CALCULABLE,
            valor=round(reunion.valor, DECIMALES) if se_pudo else None,
            metodo=METODO[indicador.agregacion],
            nota=_nota(reunion, que),
        )

    def _pesos(self, indicador):
        if indicador.agregacion != Agregacion.MATRICULA_ESTIMADA:
            return self._de(POBLACION)
        if indicador.nivel not in self.matriculas:
            es_total = indicador.nivel == Indicador.Nivel.TOTAL
            cobertura = self._de(COBERTURA if es_total else f"{COBERTURA}_{indicador.nivel}")
            self.matriculas[indicador.nivel] = list(
                map(matricula_estimada, self._de(POBLACION), cobertura)
            )
        return self.matriculas[indicador.nivel]

    def _de(self, codigo):
        columna = self.columnas.get(self.balanza.por_codigo.get(codigo), {})
        return [columna.get(unidad) for unidad in self.unidades]


def _nota(reunion: Reunion, que: str) -> str:
    """«117 de 117 municipios; 586.134 personas de 5 a 16 años»."""
    cuantas = f"{reunion.usadas} de {reunion.partes} {que}"
    if reunion.valor is not None:
        return f"{cuantas}; {en_espanol(reunion.poblacion, 0)} personas de 5 a 16 años"
    con_que = "" if reunion.usadas == reunion.con_dato else " y con qué pesarlo"
    return f"{cuantas} traen el dato{con_que}"
