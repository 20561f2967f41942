"""La biblioteca como la encuentra quien llega: qué hay, cuánto de cada cosa y en qué orden."""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from contenidos.consultas.busqueda import Consulta, PorPertinencia, contenidos_que
from contenidos.consultas.busqueda.hallazgos import VIGENTES_PRIMERO
from contenidos.consultas.temas import slug_vigente
from contenidos.models import Audiencia, Autor, Clase, Contenido, ContenidoQuerySet, Descarga, Tema
from cuentas.models import Usuario

UNA_VIGENCIA, UN_NUMERO = re.compile("[0-9]{4}"), re.compile("[0-9]{1,9}")


@dataclass(frozen=True)
class Reportado:
    """Lo que el Ministerio dijo haber hecho, antes de que hubiera dónde contarlo."""

    valor: str
    unidad: str
    fuente: str


REPORTADO = Reportado(
    "+151",
    "contenidos y herramientas",
    "Ministerio de Educación Nacional, presentación «Escuela de Secretarías de Educación»",
)


def publicados_para(usuario: Usuario) -> QuerySet[Contenido]:
    """Lo que está en los estantes. Lo que se prepara está en la mesa de edición."""
    return Contenido.objects.publicados().al_alcance_de(usuario)


def buscados(texto: str, usuario: Usuario) -> tuple[PorPertinencia, Consulta]:
    hallados, consulta = contenidos_que(texto, usuario)
    return hallados.solo(ContenidoQuerySet.publicados), consulta


# ── Facetas ───────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Faceta:
    """Una manera de repartir los contenidos. Lo escogido va en la dirección."""

    clave: str
    titulo: str
    conocidos: Callable  # de lo escrito en la dirección a {valor: rótulo}; lo demás no filtra
    condicion: Callable  # de los valores escogidos al filtro
    cuentas: Callable  # de los contenidos a una lista de Reparto


@dataclass(frozen=True)
class Reparto:
    valor: str
    rotulo: str
    n: int
    es_parte: bool = False  # un tema que está dentro del anterior


def _de_catalogo(modelo, campo):
    """Por una clave propia: clases y audiencias."""

    def conocidos(valores):
        return dict(modelo.objects.filter(clave__in=valores).values_list("clave", "nombre"))

    def cuentas(contenidos):
        filas = contenidos.exclude(**{campo: None}).order_by(f"{campo}__orden", f"{campo}__nombre")
        filas = filas.values_list(f"{campo}__clave", f"{campo}__nombre", f"{campo}__orden")
        return [
            Reparto(clave, nombre, n)
            for clave, nombre, _, n in filas.annotate(n=Count("pk", distinct=True))
        ]

    return conocidos, cuentas


_clases, _por_clase = _de_catalogo(Clase, "clase")
_audiencias, _por_audiencia = _de_catalogo(Audiencia, "audiencias")


def _vigencias(valores):
    return {valor: valor for valor in valores if UNA_VIGENCIA.fullmatch(valor)}


def _por_vigencia(contenidos):
    filas = contenidos.order_by("-vigencia").values_list("vigencia")
    return [Reparto(str(vigencia), str(vigencia), n) for vigencia, n in filas.annotate(Count("pk"))]


def _autores(valores):
    autores = Autor.objects.filter(pk__in=[uno for uno in valores if UN_NUMERO.fullmatch(uno)])
    return {str(pk): nombre for pk, nombre in autores.values_list("pk", "nombre")}


def _por_autor(contenidos):
    filas = contenidos.order_by("autor__nombre_norm").values_list(
        "autor", "autor__nombre", "autor__nombre_norm"
    )
    repartos = [Reparto(str(pk), nombre, n) for pk, nombre, _, n in filas.annotate(n=Count("pk"))]
    return sorted(repartos, key=lambda uno: -uno.n)


def _temas(valores):
    hoy = {valor: slug_vigente(valor) for valor in valores}
    return dict(Tema.objects.filter(slug__in=hoy.values()).values_list("slug", "nombre"))


def _con_tema(slugs):
    """Un tema mayor trae también lo de sus temas."""
    temas = Tema.objects.filter(Q(slug__in=slugs) | Q(padre__slug__in=slugs))
    return Q(pk__in=Contenido.temas.through.objects.filter(tema__in=temas).values("contenido"))


def _por_tema(contenidos):
    """Los mayores, de más a menos, y cada uno seguido de los suyos."""
    rotulados = contenidos.exclude(temas=None).order_by()
    propios = dict(rotulados.values_list("temas").annotate(Count("pk", distinct=True)))
    reunidos = dict(
        rotulados.annotate(mayor=Coalesce("temas__padre", "temas"))
        .values_list("mayor")
        .annotate(Count("pk", distinct=True))
    )
    temas = Tema.objects.in_bulk({*propios, *reunidos})
    partes = {}
    for tema in sorted(temas.values(), key=lambda uno: uno.nombre_norm):
        if tema.padre_id:
            suya = Reparto(tema.slug, tema.nombre, propios[tema.pk], es_parte=True)
            partes.setdefault(tema.padre_id, []).append(suya)
    repartos = []
    for pk in sorted(reunidos, key=lambda pk: (-reunidos[pk], temas[pk].nombre_norm)):
        repartos.append(Reparto(temas[pk].slug, temas[pk].nombre, reunidos[pk]))
        repartos += partes.get(pk, [])
    return repartos


def _con_audiencia(claves):
    suyos = Contenido.audiencias.through.objects.filter(audiencia__clave__in=claves)
    return Q(pk__in=suyos.values("contenido"))


FACETAS = (
    Faceta("clase", "Qué es", _clases, lambda claves: Q(clase__clave__in=claves), _por_clase),
    Faceta("tema", "Tema", _temas, _con_tema, _por_tema),
    Faceta("vigencia", "Año", _vigencias, lambda unas: Q(vigencia__in=unas), _por_vigencia),
    Faceta("audiencia", "Para quién", _audiencias, _con_audiencia, _por_audiencia),
    Faceta("autor", "Quién lo hizo", _autores, lambda pks: Q(autor__in=pks), _por_autor),
)

Escogidos = Mapping[str, list[str]]  # por faceta, los valores


def filtrados(
    contenidos: QuerySet[Contenido], escogidos: Escogidos, *, sin: str = ""
) -> QuerySet[Contenido]:
    """Dentro de una faceta basta con uno; entre facetas, todas. `sin`: la que no se mira."""
    for faceta in FACETAS:
        if faceta.clave != sin and (valores := escogidos.get(faceta.clave)):
            contenidos = contenidos.filter(faceta.condicion(valores))
    return contenidos


def repartos(
    contenidos: QuerySet[Contenido], escogidos: Escogidos
) -> list[tuple[Faceta, list[Reparto]]]:
    """Cuántos quedarían con cada valor, dado lo escogido en las demás facetas."""
    return [
        (faceta, faceta.cuentas(filtrados(contenidos, escogidos, sin=faceta.clave)))
        for faceta in FACETAS
    ]


# ── El orden ──────────────────────────────────────────────────────────────────────────────────

PERTINENCIA, RECIENTES, DESCARGAS = "pertinencia", "recientes", "descargas"
ORDENES = {
    PERTINENCIA: "lo que más lo dice",
    RECIENTES: "lo más reciente",
    DESCARGAS: "lo que más se llevan",
    "vigencia": "por año",
    "titulo": "por título",
}
HASTA_DONDE_SE_MIRA = 200


def en_orden(contenidos: QuerySet[Contenido], orden: str) -> QuerySet[Contenido]:
    """Lo que ya se reemplazó va después, salvo si se pide por título o por año."""
    if orden == DESCARGAS:
        suyas = Descarga.objects.filter(contenido=OuterRef("pk")).order_by().values("contenido")
        contenidos = contenidos.annotate(
            n_descargas=Coalesce(Subquery(suyas.annotate(n=Count("pk")).values("n")), 0)
        )
        return contenidos.order_by("-n_descargas", VIGENTES_PRIMERO, "-publicado_en", "-pk")
    campos = {
        # El nombre en la dirección sale del título, sin tildes: ordena igual en las dos bases.
        "titulo": ["slug"],
        "vigencia": ["-vigencia", "slug"],
    }
    return contenidos.order_by(*campos.get(orden, [VIGENTES_PRIMERO, "-publicado_en", "-pk"]))


def novedades(contenidos: QuerySet[Contenido], cuantas: int) -> QuerySet[Contenido]:
    """Lo más reciente, sin que una sola clase llene el estante: dos de cada una, si alcanza."""
    de_cada_una, primeros, demas = Counter(), [], []
    recientes = en_orden(contenidos, RECIENTES)
    for pk, clase in recientes.values_list("pk", "clase")[:HASTA_DONDE_SE_MIRA]:
        de_cada_una[clase] += 1
        (primeros if de_cada_una[clase] <= 2 else demas).append(pk)
    return con_lo_de_la_lista(recientes.filter(pk__in=(primeros + demas)[:cuantas]))


def con_lo_de_la_lista(contenidos: QuerySet[Contenido]) -> QuerySet[Contenido]:
    return contenidos.select_related(
        "clase", "autor", "version_actual", "reemplazado_por"
    ).prefetch_related("temas")
