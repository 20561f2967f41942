"""Lo que se pregunta de un tema: qué rotula, qué hay de nuevo y qué arrastraría al fundirse."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import (
    Count,
    Exists,
    F,
    ForeignObjectRel,
    Model,
    OuterRef,
    Q,
    QuerySet,
    UniqueConstraint,
)
from django.db.models.functions import Coalesce
from django.utils import timezone

from contenidos.models import Buscable, Suscripcion, Tema
from contenidos.registro import clases_buscables
from cuentas.models import Usuario


def tema_con_direccion(slug: str) -> Tema | None:
    """El que hoy se llama así; si no, el que antes."""
    posibles = Tema.objects.con_direccion(slug).select_related("padre")
    return min(posibles, key=lambda tema: tema.slug != slug, default=None)


def slug_vigente(slug: str) -> str:
    """Cómo se llama hoy en la dirección un tema que se renombró o se fundió."""
    tema = tema_con_direccion(slug)
    return tema.slug if tema else slug


# ── Lo que rotula ─────────────────────────────────────────────────────────────────────────────


def buscables_visibles(usuario) -> QuerySet[Buscable]:
    """De todo el portal, lo que esa persona puede ver: lo dice la clase de cada cosa."""
    suyos = Q(pk__in=[])
    for clase in clases_buscables():
        suyos |= Q(clase=clase.clave, objeto_id__in=clase.visibles(usuario).values("pk"))
    return Buscable.objects.filter(suyos)


def lo_rotulado(tema: Tema, usuario) -> QuerySet[Buscable]:
    """Con ese tema o con uno de los que agrupa."""
    temas = Tema.objects.filter(Q(pk=tema.pk) | Q(padre=tema))
    con_alguno = Buscable.temas.through.objects.filter(tema__in=temas)
    return buscables_visibles(usuario).filter(pk__in=con_alguno.values("buscable"))


def de_lo_ultimo(cosas: QuerySet[Buscable]) -> QuerySet[Buscable]:
    """A lo primero; lo que no tiene fecha, al final en las dos bases."""
    return cosas.order_by(F("fecha").desc(nulls_last=True), "-pk")


@dataclass(frozen=True)
class Cuenta:
    clave: str
    nombre: str  # en plural
    n: int


def cuentas_por_clase(rotulado: QuerySet[Buscable]) -> list[Cuenta]:
    """Cuántos de cada clase, en el orden en que el portal las presenta. Sin las vacías."""
    por_clase = dict(rotulado.order_by().values_list("clase").annotate(n=Count("pk")))
    return [
        Cuenta(clase.clave, clase.plural, por_clase[clase.clave])
        for clase in clases_buscables()
        if por_clase.get(clase.clave)
    ]


@dataclass(frozen=True)
class Rama:
    """Un tema mayor con los que agrupa, y cuánto hay en cada uno."""

    tema: Tema
    n: int
    hijos: list[tuple[Tema, int]]


def arbol(usuario, *, con_inactivos: bool = False) -> list[Rama]:
    temas = Tema.objects.all() if con_inactivos else Tema.objects.activos()
    temas = list(temas.order_by("nombre_norm"))
    rotulos = Buscable.temas.through.objects.filter(buscable__in=buscables_visibles(usuario))
    de_cada_uno = dict(rotulos.values_list("tema").annotate(n=Count("buscable")))
    # Lo de uno menor es también de su mayor, y lo que tiene los dos se cuenta una vez.
    de_los_mayores = dict(
        rotulos.values_list(Coalesce("tema__padre", "tema")).annotate(
            n=Count("buscable", distinct=True)
        )
    )
    return [
        Rama(
            mayor,
            de_los_mayores.get(mayor.pk, 0),
            [(hijo, de_cada_uno.get(hijo.pk, 0)) for hijo in temas if hijo.padre_id == mayor.pk],
        )
        for mayor in temas
        if mayor.padre_id not in {tema.pk for tema in temas}
    ]


# ── Lo nuevo ──────────────────────────────────────────────────────────────────────────────────


def novedades(
    tema: Tema, usuario, *, desde: date | None = None, antes_de: date | None = None
) -> QuerySet[Buscable]:
    """Lo que tiene fecha y ya pasó, de lo último a lo primero. Lo que viene aún no es noticia."""
    hechas = lo_rotulado(tema, usuario).filter(fecha__lte=timezone.localdate())
    if desde:
        hechas = hechas.filter(fecha__gte=desde)
    if antes_de:
        hechas = hechas.filter(fecha__lt=antes_de)
    return hechas.order_by("-fecha", "-pk")


def suscripcion_de(usuario, tema: Tema) -> Suscripcion | None:
    if not usuario.is_authenticated:
        return None
    return tema.suscripciones.filter(usuario=usuario).first()


def suscripciones_de(usuario: Usuario) -> list[dict]:
    """Para quien descarga sus datos: qué temas sigue y hasta cuándo se le escribió."""
    return list(
        usuario.suscripciones_a_temas.order_by("tema__nombre_norm").values(
            "tema__nombre", "creada_en", "enviado_hasta"
        )
    )


# ── Lo que arrastra ───────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Relacion:
    """Una tabla, de la app que sea, con una columna que apunta a un tema."""

    modelo: type[Model]
    columna: str

    @property
    def nombre(self) -> str:
        """Cómo le dice la gente: de una tabla intermedia, el de lo que une."""
        if self.modelo is Tema:
            return "temas que agrupa"
        return str((self.modelo._meta.auto_created or self.modelo)._meta.verbose_name_plural)

    def filas_de(self, tema: Tema) -> QuerySet:
        return self.modelo._base_manager.filter(**{self.columna: tema})

    def repetidas(self, origen: Tema, destino: Tema) -> QuerySet:
        """Las del uno que ya están en el otro: moverlas rompería lo que no se puede repetir."""
        iguales = Q(pk__in=[])
        for otras, condicion in self._unicas():
            gemela = self.filas_de(destino).filter(condicion, **{c: OuterRef(c) for c in otras})
            iguales |= Q(condicion, Exists(gemela))
        return self.filas_de(origen).filter(iguales)

    def _unicas(self) -> Iterator[tuple[list[str], Q]]:
        meta = self.modelo._meta
        if meta.get_field(self.columna).unique:
            yield [], Q()
        for columnas in meta.unique_together:
            if self.columna in columnas:
                yield [c for c in columnas if c != self.columna], Q()
        for regla in meta.constraints:
            if isinstance(regla, UniqueConstraint) and self.columna in regla.fields:
                yield [c for c in regla.fields if c != self.columna], regla.condition or Q()


def relaciones_con_los_temas() -> list[Relacion]:
    """Todas, sin conocerlas: claves foráneas y tablas intermedias, presentes y futuras."""
    return [
        Relacion(campo.related_model, campo.field.name)
        for campo in Tema._meta.get_fields(include_hidden=True)
        if isinstance(campo, ForeignObjectRel) and (campo.one_to_many or campo.one_to_one)
    ]


def lo_que_se_mueve(origen: Tema, destino: Tema) -> list[tuple[str, int, int]]:
    """(qué, cuántas se mueven, cuántas ya lo tenían). El índice no se cuenta: se rehace solo."""
    cuentas = []
    for relacion in relaciones_con_los_temas():
        total = relacion.filas_de(origen).count()
        if total and relacion.modelo._meta.auto_created is not Buscable:
            repetidas = relacion.repetidas(origen, destino).count()
            cuentas.append((relacion.nombre, total - repetidas, repetidas))
    return sorted(cuentas)
