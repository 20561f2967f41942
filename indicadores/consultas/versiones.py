"""Lo que se pregunta de las versiones: qué trajo cada una y qué corrigió."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from indicadores.consultas.cifras import Cifra, cifra_de
from indicadores.models import Indicador, Unidad, Valor, Version

CABEN = 20  # una versión que corrige más se resume
MAX_DECIMALES = 6
POR_TANDA = 500


@dataclass(frozen=True)
class Cambio:
    """Una cifra antes y después de una versión. Sin antes es nueva; sin después, se retiró."""

    unidad: Unidad
    version: Version
    antes: Cifra | None
    despues: Cifra | None

    @property
    def indicador(self) -> Indicador:
        return (self.antes or self.despues).indicador

    @property
    def vigencia(self) -> int:
        return (self.antes or self.despues).vigencia

    @property
    def valor_id(self) -> int:
        """El de la cifra que quedó o, si se retiró, el de la que había: para ir a su rastro."""
        return (self.despues or self.antes).valor_id

    @property
    def decia(self) -> str:
        return self._textos[0]

    @property
    def dice(self) -> str:
        return self._textos[1]

    @property
    def _textos(self) -> tuple[str, str]:
        """Con los decimales que hagan falta para que se vea en qué se diferencian."""
        antes, despues = self.antes, self.despues
        if antes is None or despues is None:
            return (antes.texto if antes else "", despues.texto if despues else "se retiró")
        decimales = antes.indicador.decimales
        while antes.texto == despues.texto and antes.valor != despues.valor:
            decimales += 1
            if decimales > MAX_DECIMALES:
                break
            antes, despues = _con_decimales(antes, decimales), _con_decimales(despues, decimales)
        return antes.texto, despues.texto


def _con_decimales(cifra, decimales):
    indicador = Indicador(
        medida=cifra.indicador.medida, decimales=decimales, codigo=cifra.indicador.codigo
    )
    return cifra._replace(indicador=indicador)


@dataclass
class Erratas:
    """Lo que corrigió una versión: las cifras si son pocas; si son muchas, de qué son."""

    version: Version
    n: int
    cambios: list[Cambio] = field(default_factory=list)
    por_indicador: list[tuple[Indicador, int]] = field(default_factory=list)


def versiones_publicadas() -> QuerySet[Version]:
    return Version.objects.select_related("conjunto", "revierte", "revertida_por")


def con_su_carga() -> QuerySet[Version]:
    pesados = [f"carga__{campo}" for campo in ("resumen", "rechazadas", "columnas")]
    return versiones_publicadas().select_related("carga").defer(*pesados)


def que_corrigen() -> QuerySet[Version]:
    """Las que reemplazaron o retiraron alguna cifra."""
    corregidos = Valor.objects.corregidos().filter(hasta=OuterRef("pk"))
    return versiones_publicadas().filter(Exists(corregidos))


def erratas(
    *,
    indicador: str | None = None,
    entidad: str | None = None,
    vigencia: str | int | None = None,
    version: int | None = None,
) -> QuerySet[Valor]:
    """Las cifras que otra reemplazó, de la corrección más reciente a la más antigua."""
    valores = Valor.objects.corregidos()
    if indicador:
        valores = valores.filter(indicador__codigo=indicador)
    if entidad:
        valores = valores.filter(unidad__entidad__codigo_dane=entidad)
    if vigencia:
        valores = valores.filter(vigencia=vigencia)
    if version:
        valores = valores.filter(hasta=version)
    return valores.select_related("indicador", "unidad", "hasta").order_by("-hasta_id", "pk")


def cambios_de(viejos: Iterable[Valor]) -> list[Cambio]:
    """Cada cifra reemplazada con la que entró en su lugar."""
    viejos = list(viejos)
    nuevos = _parejas(viejos, _LA_QUE_ENTRO)
    return [
        Cambio(
            unidad=viejo.unidad,
            version=viejo.hasta,
            antes=cifra_de(viejo),
            despues=cifra_de(nuevos.get(viejo.pk), viejo.indicador),
        )
        for viejo in viejos
    ]


def entradas(
    version: Version, *, indicador: str | None = None, vigencia: str | int | None = None
) -> QuerySet[Valor]:
    """Las cifras que entraron en una versión, como venían."""
    valores = version.entran.all()
    if indicador:
        valores = valores.filter(indicador__codigo=indicador)
    if vigencia:
        valores = valores.filter(vigencia=vigencia)
    return valores.select_related("indicador", "unidad").order_by("pk")


def cambios_al_entrar(version: Version, nuevos: Iterable[Valor]) -> list[Cambio]:
    """Cada cifra que entró con la que había antes, si la había."""
    nuevos = list(nuevos)
    viejos = _parejas(nuevos, _LA_QUE_SALIO)
    return [
        Cambio(
            unidad=nuevo.unidad,
            version=version,
            antes=cifra_de(viejos.get(nuevo.pk), nuevo.indicador),
            despues=cifra_de(nuevo),
        )
        for nuevo in nuevos
    ]


def erratas_por_version(versiones: Iterable[Version]) -> list[Erratas]:
    """Lo que corrigió cada una, en las mismas consultas sean pocas o miles de cifras."""
    versiones = list(versiones)
    cuentas = defaultdict(Counter)
    for numero, indicador_id, n in (
        Valor.objects.corregidos()
        .filter(hasta__in=versiones)
        .values_list("hasta", "indicador")
        .annotate(n=Count("pk"))
        .order_by()
    ):
        cuentas[numero][indicador_id] = n
    de_cada = {version.pk: Erratas(version, cuentas[version.pk].total()) for version in versiones}
    pocas = [numero for numero, una in de_cada.items() if una.n <= CABEN]
    for cambio in cambios_de(erratas().filter(hasta__in=pocas)):
        de_cada[cambio.version.pk].cambios.append(cambio)
    indicadores = Indicador.objects.in_bulk()
    for numero, una in de_cada.items():
        una.por_indicador = [(indicadores[pk], n) for pk, n in cuentas[numero].most_common()]
    return list(de_cada.values())


def todos_los_cambios(viejos: QuerySet[Valor]) -> Iterator[Cambio]:
    """Para un archivo: de tanda en tanda, sin cargarlos todos."""
    tanda = []
    for viejo in viejos.iterator(chunk_size=POR_TANDA):
        tanda.append(viejo)
        if len(tanda) == POR_TANDA:
            yield from cambios_de(tanda)
            tanda = []
    yield from cambios_de(tanda)


# La misma cifra, buscada por sus índices parciales: el de las vigentes y el de las que salieron.
_MISMA = {campo: OuterRef(campo) for campo in ("unidad", "indicador", "vigencia")}
_QUE_ENTRARON = Valor.objects.filter(**_MISMA, desde=OuterRef("hasta")).values("pk")
_LA_QUE_ENTRO = Coalesce(
    Subquery(_QUE_ENTRARON.filter(hasta__isnull=True)[:1]),
    Subquery(_QUE_ENTRARON.filter(hasta__isnull=False)[:1]),
)
_LA_QUE_SALIO = Subquery(
    Valor.objects.corregidos().filter(**_MISMA, hasta=OuterRef("desde")).values("pk")[:1]
)


def _parejas(valores: list[Valor], cual) -> dict[int, Valor]:
    """{pk: la otra cifra de la pareja}; las que no tienen, no están."""
    pks = [valor.pk for valor in valores]
    parejas = dict(Valor.objects.filter(pk__in=pks).annotate(otra=cual).values_list("pk", "otra"))
    otras = Valor.objects.in_bulk([otra for otra in parejas.values() if otra])
    return {pk: otras[otra] for pk, otra in parejas.items() if otra}
