"""Un indicador en un año, en todas las entidades: lo que dibuja el mapa y dice su tabla."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Q

from indicadores.consultas.cifras import Cifra, cifras, en_espanol
from indicadores.consultas.tendencias import notas_de
from indicadores.graficos import mapa as dibujo
from indicadores.models import Indicador, NotaDeSerie, Unidad, Valor, Version
from territorio.consultas import entidades_vigentes
from territorio.models import EntidadTerritorial

Estado = Valor.Estado
AUN_NO = "aún no era secretaría certificada"
BOGOTA = "11001"  # es departamento y es ciudad: lleva la forma y el círculo
# Cada manera de no tener número se distingue también sin color.
TRAMAS = {Estado.RETENIDO: "puntos", Estado.NO_CALCULABLE: "cruces"}
RAYAS = "rayas"
METODOS = {Valor.Metodo.CALCULADO: "Cálculo propio", Valor.Metodo.ESTIMADO: "Estimación propia"}


@dataclass(frozen=True, slots=True)
class EnElMapa:
    """Una entidad: su cifra, su color (de 1 a 5) o su trama, y dónde se dibuja."""

    entidad: EntidadTerritorial
    cifra: Cifra
    era_entidad: bool = True
    color: int | None = None

    @property
    def texto(self) -> str:
        return self.cifra.texto if self.era_entidad else AUN_NO

    @property
    def titulo(self) -> str:
        """«Palmira: 4,7 % (2022)»."""
        return f"{self.entidad}: {self.texto} ({self.cifra.vigencia})"

    @property
    def trama(self) -> str:
        if self.color:
            return ""
        return TRAMAS.get(self.cifra.estado, RAYAS) if self.era_entidad else RAYAS

    @property
    def nota(self) -> str:
        """Lo que hay que saber antes de usar la cifra; el resto está en su rastro."""
        if not self.era_entidad:
            return "La atendía su departamento"
        if self.cifra.hay:
            return METODOS.get(self.cifra.metodo, "")
        return self.cifra.nota

    @property
    def lugar(self) -> dibujo.Lugar | None:
        return dibujo.lugares().get(self.entidad.codigo_dane)


@dataclass(frozen=True, slots=True)
class Grupo:
    """Un renglón de la leyenda: un color o una trama, qué quiere decir y qué secretarías."""

    texto: str
    filas: list[EnElMapa]
    color: int | None = None
    trama: str = ""

    @property
    def con_forma(self) -> list[EnElMapa]:
        """Los departamentos: van debajo de los círculos."""
        return [fila for fila in self.filas if fila.lugar and fila.lugar.trazo]

    @property
    def con_circulo(self) -> list[EnElMapa]:
        return [fila for fila in self.filas if fila.lugar and fila.lugar.radio]

    @property
    def forma_de_bogota(self) -> dibujo.Lugar | None:
        """También es departamento: además de su círculo, su forma lleva el color."""
        es_suyo = any(fila.entidad.codigo_dane == BOGOTA for fila in self.filas)
        return dibujo.lugares()[BOGOTA[:2]] if es_suyo else None


@dataclass(frozen=True)
class MapaDeIndicador:
    indicador: Indicador
    vigencia: int
    filas: list[EnElMapa]  # por nombre
    leyenda: list[Grupo]  # los colores, de lo mejor a lo que falta; después, lo que no tiene número
    pais: Cifra | None = None
    notas: list[NotaDeSerie] = field(default_factory=list)
    versiones: list[Version] = field(default_factory=list)  # de donde salen las cifras

    @property
    def con_numero(self) -> int:
        return sum(fila.color is not None for fila in self.filas)

    @property
    def sin_lugar(self) -> list[EnElMapa]:
        """Las que se certificaron después de hecho el dibujo: están en la tabla."""
        return [fila for fila in self.filas if fila.lugar is None]

    @property
    def del_pais(self) -> str:
        como = METODOS.get(self.pais.metodo) if self.pais else None
        return f"en el país ({como.lower()})" if como else "en el país"

    @property
    def es_neutro(self) -> bool:
        """Ni mucho ni poco es mejor: el color solo dice más o menos."""
        return self.indicador.sentido == Indicador.Sentido.NINGUNO

    @property
    def por_valor(self) -> list[EnElMapa]:
        """De mayor a menor; lo que no tiene número, al final."""
        return sorted(self.filas, key=lambda fila: (fila.color is None, -(fila.cifra.valor or 0)))


def unidades_de_hoy() -> list[Unidad]:
    """La de cada entidad, por nombre, y la del país. Una consulta."""
    return list(
        Unidad.objects.filter(Q(entidad__in=entidades_vigentes()) | Q(ambito=Unidad.Ambito.NACION))
        .select_related("entidad__departamento")
        .order_by("entidad__nombre_norm")
    )


def vigencias_con_cifras(indicador: Indicador, unidades: Iterable[Unidad]) -> dict[int, int]:
    """{año: de cuántas entidades hay número}, del más reciente al más antiguo."""
    cuentas = (
        Valor.objects.vigentes()
        .filter(
            indicador=indicador,
            unidad__in=[unidad.pk for unidad in unidades if unidad.entidad_id],
        )
        .values("vigencia")
        .annotate(n=Count("pk", filter=Q(estado=Estado.VALOR)))
        .order_by("-vigencia")
    )
    return {cuenta["vigencia"]: cuenta["n"] for cuenta in cuentas}


def mapa_de(indicador: Indicador, vigencia: int, unidades: Iterable[Unidad]) -> MapaDeIndicador:
    """Tres consultas. Las entidades son las de hoy; la que aún no lo era ese año no lleva cifra."""
    unidades = list(unidades)
    halladas = cifras(
        [unidad.pk for unidad in unidades], indicadores=[indicador], vigencias=[vigencia]
    )
    al_final = date(vigencia, 12, 31)
    filas, pais = [], None
    for unidad in unidades:
        cifra = halladas.get((indicador.codigo, unidad.pk, vigencia)) or Cifra(
            indicador, unidad.pk, vigencia
        )
        if unidad.entidad_id:
            filas.append(EnElMapa(unidad.entidad, cifra, unidad.entidad.vale_en(al_final)))
        else:
            pais = cifra
    usadas = [fila.cifra for fila in filas if fila.era_entidad and fila.cifra.hay]
    limites = dibujo.cortes([cifra.valor for cifra in usadas])
    filas = [_con_color(fila, limites) for fila in filas]
    numeros = {cifra.version for cifra in usadas}
    return MapaDeIndicador(
        indicador=indicador,
        vigencia=vigencia,
        filas=filas,
        leyenda=_leyenda(indicador, filas, limites),
        pais=pais,
        notas=[
            nota
            for nota in notas_de(
                NotaDeSerie.objects.all(), indicador.familia, NotaDeSerie.Ambito.MUNICIPIO
            )
            if nota.desde <= vigencia <= (nota.hasta or vigencia)
        ],
        versiones=list(
            Version.objects.filter(numero__in=numeros).select_related("conjunto").order_by("numero")
        ),
    )


def _con_color(fila, limites):
    if not (fila.era_entidad and fila.cifra.hay):
        return fila
    al_reves = fila.cifra.indicador.sentido == Indicador.Sentido.SUBE
    color = dibujo.intensidad(fila.cifra.valor, limites, al_reves=al_reves)
    return EnElMapa(fila.entidad, fila.cifra, True, color)


def _leyenda(indicador, filas, limites) -> list[Grupo]:
    decimales = 0 if all(limite == round(limite) for limite in limites) else 1

    def escribir(limite):
        return en_espanol(limite, decimales) + (" %" if indicador.es_porcentaje else "")

    textos = dibujo.rangos(limites, escribir)
    if indicador.sentido == Indicador.Sentido.SUBE:
        textos.reverse()
    reunidas = defaultdict(list)
    for fila in filas:
        reunidas[fila.color or (fila.trama, fila.texto)].append(fila)
    colores = [dibujo.color_de(i, len(textos)) for i in range(len(textos))]
    grupos = [
        Grupo(texto.capitalize(), reunidas.pop(color), color=color)
        for texto, color in zip(textos, colores, strict=True)
        if color in reunidas
    ]
    return grupos + [
        Grupo(texto.capitalize(), suyas, trama=trama)
        for (trama, texto), suyas in sorted(reunidas.items(), key=lambda par: -len(par[1]))
    ]
