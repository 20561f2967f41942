"""De dónde sale una cifra: su archivo y su fila, o las cifras con que se calculó."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from indicadores.calculo_ponderado import matricula_estimada
from indicadores.consultas.cifras import Cifra, cifra_de, cifras, exacto
from indicadores.models import Carga, Indicador, Unidad, Valor
from territorio.models import Atencion, EntidadTerritorial

Agregacion = Indicador.Agregacion
POBLACION, COBERTURA = "poblacion_5_16", "cobertura_bruta"


@dataclass(frozen=True, slots=True)
class Parte:
    """Un municipio o un departamento, con lo que pesa en la cifra que reúne a varios."""

    unidad: Unidad
    cifra: Cifra
    poblacion: Cifra | None
    cobertura: Cifra | None

    @property
    def peso(self) -> float | None:
        poblacion = self.poblacion and self.poblacion.valor
        if self.cobertura is None:
            return poblacion
        return matricula_estimada(poblacion, self.cobertura.valor)


@dataclass
class Rastro:
    """Todo lo que permite fiarse de una cifra, o discutirla."""

    valor: Valor
    cifra: Cifra
    carga: Carga | None  # el archivo de su fila
    historia: list[tuple[Valor, Cifra]]  # la misma cifra en todas las versiones, de hoy hacia atrás
    entidad: EntidadTerritorial | None
    partes: list[Parte] = field(default_factory=list)

    @property
    def vale_hoy(self) -> bool:
        return self.valor.hasta_id is None

    @property
    def tiene_peso(self) -> bool:
        return any(parte.poblacion for parte in self.partes)

    @property
    def exacto(self) -> str:
        """Con todos sus decimales, como está guardado."""
        return exacto(self.cifra.valor) if self.cifra.hay else ""


def rastro_de(valor: Valor) -> Rastro:
    """`valor` con su indicador, su unidad y su versión ya traídos. Cinco consultas más."""
    historia = list(
        Valor.objects.filter(
            indicador=valor.indicador_id, unidad=valor.unidad_id, vigencia=valor.vigencia
        )
        .select_related("desde__carga", "desde__conjunto", "hasta")
        .order_by("-desde")
    )
    rastro = Rastro(
        valor=valor,
        cifra=cifra_de(valor),
        carga=_carga_de(valor, historia),
        historia=[(uno, cifra_de(uno, valor.indicador)) for uno in historia],
        entidad=valor.unidad.entidad,
    )
    if valor.metodo != Valor.Metodo.PUBLICADO and valor.fila is None:
        rastro.partes = _partes(valor)
    return rastro


def _carga_de(valor, historia) -> Carga | None:
    """El archivo de su fila. Lo que decidió la bandeja, o volvió al deshacer, llegó antes."""
    uno = next(otro for otro in historia if otro.pk == valor.pk)
    while uno is not None:
        if carga := getattr(uno.desde, "carga", None):
            return carga
        salio_en = uno.desde.revierte_id or uno.desde_id
        uno = next((otro for otro in historia if otro.hasta_id == salio_en), None)
    return None


def _partes(valor) -> list[Parte]:
    """Con qué se reunió, en la misma versión y con los mismos pesos que la reunieron."""
    unidades = {unidad.pk: unidad for unidad in _unidades_de(valor)}
    codigos = _codigos_que_pesan(valor.indicador)
    indicadores = list(Indicador.objects.filter(Q(pk=valor.indicador_id) | Q(codigo__in=codigos)))
    halladas = cifras(
        unidades,
        indicadores=indicadores,
        vigencias=[valor.vigencia],
        version=valor.desde_id,
    )

    def de(codigo, pk):
        return halladas.get((codigo, pk, valor.vigencia))

    poblacion, cobertura = [*codigos, None, None][:2]
    return [
        Parte(
            unidad,
            de(valor.indicador.codigo, pk) or Cifra(valor.indicador, pk, valor.vigencia),
            poblacion and de(poblacion, pk),
            cobertura and (de(cobertura, pk) or Cifra(valor.indicador, pk, valor.vigencia)),
        )
        for pk, unidad in unidades.items()
    ]


def _unidades_de(valor):
    if valor.unidad.ambito == Unidad.Ambito.NACION:
        return Unidad.objects.filter(ambito=Unidad.Ambito.DEPARTAMENTO).order_by("nombre")
    atendidos = Atencion.objects.vigentes(date(valor.vigencia, 12, 31)).filter(
        entidad=valor.unidad.entidad_id
    )
    return Unidad.objects.filter(municipio__in=atendidos.values("municipio")).order_by("nombre")


def _codigos_que_pesan(indicador) -> list[str]:
    """La población y, si el peso es la matrícula, la cobertura bruta de su nivel."""
    if indicador.agregacion in (Agregacion.SUMA, Agregacion.NINGUNA):
        return []
    if indicador.agregacion != Agregacion.MATRICULA_ESTIMADA:
        return [POBLACION]
    es_total = indicador.nivel == Indicador.Nivel.TOTAL
    return [POBLACION, COBERTURA if es_total else f"{COBERTURA}_{indicador.nivel}"]
