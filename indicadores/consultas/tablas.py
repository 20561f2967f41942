"""Qué filas lleva cada tabla que se descarga: las que cuenta la página son las que van."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.core.cache import cache
from django.db.models import Q, QuerySet

from indicadores.consultas.cifras import Cifra, cifras
from indicadores.consultas.mapa import AUN_NO
from indicadores.models import Indicador, Unidad, Valor, Version
from territorio.consultas import entidades_vigentes

Ambito = Unidad.Ambito
NO_CERTIFICADA = "no_certificada"
POR_TANDA = 100  # unidades por consulta: cada una trae todos sus años
UN_DIA = 24 * 60 * 60


class NoHayTabla(LookupError):
    """Lo que se pidió no existe. El mensaje lo lee la persona."""


@dataclass(frozen=True)
class Clase:
    """Una tabla: de quién son sus filas y qué hay que decirle."""

    clave: str
    titulo: str
    que_es: str
    de_quien: str  # cómo se cuentan sus filas
    exige: tuple[str, ...] = ()
    # Una secretaría no figura con cifra antes de existir: la llevaba la de su departamento.
    solo_certificadas: bool = False


CLASES = {
    clase.clave: clase
    for clase in [
        Clase(
            "entidades",
            "Indicadores por secretaría",
            "Todas las secretarías certificadas, con cada indicador y cada año.",
            "secretarías",
            solo_certificadas=True,
        ),
        Clase(
            "departamentos",
            "Indicadores por departamento",
            "Los departamentos y Bogotá, como los publica la fuente.",
            "departamentos",
        ),
        Clase("nacion", "Indicadores del país", "Las cifras de Colombia.", "país"),
        Clase(
            "municipios",
            "Indicadores por municipio",
            "Todos los municipios y áreas no municipalizadas, como los publica la fuente.",
            "municipios",
        ),
        Clase(
            "indicador",
            "Indicadores por secretaría",
            "Lo que muestra el mapa: un indicador en las secretarías de hoy.",
            "secretarías",
            exige=("indicador",),
            solo_certificadas=True,
        ),
        Clase(
            "ficha",
            "Ficha de una secretaría",
            "Los indicadores de una secretaría, con los de su departamento y los del país.",
            "lugares",
            exige=("entidad",),
        ),
        Clase(
            "comparacion",
            "Comparación de secretarías",
            "Los indicadores de varias secretarías, con los del departamento de la primera y los "
            "del país.",
            "lugares",
            exige=("entidad",),
        ),
    ]
}
CON_PAGINA = ("entidades", "departamentos", "nacion", "municipios")


@dataclass(frozen=True, slots=True)
class Lugar:
    """De quién es una fila."""

    unidad_id: int
    ambito: str
    codigo: str
    codigo_men: str
    nombre: str
    codigo_departamento: str
    departamento: str
    entidad: object = None

    def era_secretaria(self, vigencia: int) -> bool:
        return self.entidad is None or self.entidad.vale_en(date(vigencia, 12, 31))


@dataclass(frozen=True)
class Pedido:
    """Una tabla con sus filtros, ya comprobados contra lo que hay en una versión."""

    clase: Clase
    version: Version
    lugares: list[Lugar]
    indicadores: list[Indicador]
    vigencias: list[int]

    @property
    def n_filas(self) -> int:
        """Una por lugar, indicador y año: lo que falta va como «no reportado», no se calla."""
        return self.n_filas_a_lo_ancho * len(self.indicadores)

    @property
    def n_filas_a_lo_ancho(self) -> int:
        return len(self.lugares) * len(self.vigencias)

    def cifras_por_fila(self) -> Iterator[tuple[Lugar, int, list[tuple[Cifra, str]]]]:
        """Por lugar y año, la cifra de cada indicador y su estado. Una consulta por tanda."""
        for i in range(0, len(self.lugares), POR_TANDA):
            tanda = self.lugares[i : i + POR_TANDA]
            halladas = cifras(
                [lugar.unidad_id for lugar in tanda],
                indicadores=self.indicadores,
                vigencias=self.vigencias,
                version=self.version.numero,
            )
            for lugar in tanda:
                for vigencia in self.vigencias:
                    yield lugar, vigencia, self._de_una_fila(lugar, vigencia, halladas)

    def _de_una_fila(self, lugar, vigencia, halladas):
        if self.clase.solo_certificadas and not lugar.era_secretaria(vigencia):
            return [
                (Cifra(uno, lugar.unidad_id, vigencia, nota=AUN_NO.capitalize()), NO_CERTIFICADA)
                for uno in self.indicadores
            ]
        suyas = (
            halladas.get((uno.codigo, lugar.unidad_id, vigencia))
            or Cifra(uno, lugar.unidad_id, vigencia)
            for uno in self.indicadores
        )
        return [(cifra, cifra.estado) for cifra in suyas]


def pedido(
    clave: str,
    version: Version,
    *,
    vigencia: int | None = None,
    indicador: str = "",
    entidad: list[str] | None = None,
) -> Pedido:
    """Lo comprueba todo antes de escribir la primera fila. Lo que no existe es NoHayTabla."""
    clase = CLASES.get(clave)
    if clase is None:
        raise NoHayTabla(f"No hay ninguna tabla «{clave}».")
    elegidos = {"indicador": indicador, "entidad": entidad}
    for filtro in clase.exige:
        if not elegidos[filtro]:
            raise NoHayTabla(f"A la dirección le falta decir de qué {filtro}: «?{filtro}=…».")
    lugares = _lugares(clase, entidad or [])
    vigencias = _vigencias(clase, version, lugares)
    if vigencia is not None:
        if vigencia not in vigencias:
            raise NoHayTabla(f"En la versión {version.numero} no hay cifras de {vigencia}.")
        vigencias = [vigencia]
    return Pedido(clase, version, lugares, _indicadores(indicador), vigencias)


def version_pedida(numero: int | None = None) -> Version:
    """La última, o la de ese número."""
    if numero is None:
        version = Version.objects.select_related("conjunto").order_by("-numero").first()
        if version is None:
            raise NoHayTabla("Aún no hay cifras publicadas.")
        return version
    version = Version.objects.select_related("conjunto").filter(numero=numero).first()
    if version is None:
        raise NoHayTabla(f"La versión {numero} no existe.")
    return version


def _indicadores(codigo):
    todos = Indicador.objects.activos()
    elegidos = list(todos.filter(codigo=codigo) if codigo else todos)
    if codigo and not elegidos:
        raise NoHayTabla(f"No hay ningún indicador «{codigo}».")
    return elegidos


def _lugares(clase, codigos) -> list[Lugar]:
    unidades = _unidades(clase, codigos).select_related("departamento", "entidad")
    return [
        Lugar(
            unidad_id=unidad.pk,
            ambito="secretaria"
            if unidad.entidad_id and clase.clave != "municipios"
            # Bogotá y las demás ciudades, en la tabla de municipios, son municipios.
            else unidad.ambito,
            codigo=unidad.codigo,
            codigo_men=unidad.entidad.codigo_men if unidad.entidad else "",
            nombre=unidad.nombre,
            codigo_departamento=unidad.departamento.codigo if unidad.departamento else "",
            departamento=unidad.departamento.nombre if unidad.departamento else "",
            entidad=unidad.entidad,
        )
        for unidad in unidades
    ]


def _unidades(clase, codigos) -> QuerySet[Unidad]:
    todas = Unidad.objects.order_by("codigo", "ambito")
    match clase.clave:
        case "entidades":
            return todas.filter(entidad__isnull=False)
        case "indicador":
            return todas.filter(entidad__in=entidades_vigentes())
        case "departamentos":
            return todas.filter(ambito=Ambito.DEPARTAMENTO)
        case "nacion":
            return todas.filter(ambito=Ambito.NACION)
        case "municipios":
            return todas.filter(ambito=Ambito.MUNICIPIO)
    suyas = list(todas.filter(entidad__codigo_dane__in=codigos))
    if faltan := sorted(set(codigos) - {unidad.codigo for unidad in suyas}):
        raise NoHayTabla(f"No hay ninguna secretaría con el código {', '.join(faltan)}.")
    primera = next(unidad for unidad in suyas if unidad.codigo == codigos[0])
    return todas.filter(
        Q(pk__in=[unidad.pk for unidad in suyas])
        | Q(ambito=Ambito.NACION)
        | Q(ambito=Ambito.DEPARTAMENTO, departamento=primera.departamento_id)
    )


def _vigencias(clase, version, lugares):
    """Los años con alguna cifra. Una versión no cambia: lo de una tabla entera se recuerda."""

    def leidas():
        valores = Valor.objects.en_la_version(version.numero)
        suyas = valores.filter(unidad__in=[lugar.unidad_id for lugar in lugares])
        return sorted(suyas.values_list("vigencia", flat=True).order_by().distinct())

    if clase.exige:
        return leidas()
    return cache.get_or_set(f"tabla:{clase.clave}:{version.numero}", leidas, UN_DIA)
