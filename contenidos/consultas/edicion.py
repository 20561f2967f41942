"""Lo que espera por quien edita: las bandejas de la mesa, y los pasos que puede dar."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.formats import date_format

from contenidos.models import (
    EDITAN,
    Contenido,
    DireccionAnterior,
    Movimiento,
    VersionDeContenido,
)
from contenidos.permisos import puede_publicar
from cuentas.models import Usuario
from territorio.texto import normalizar

Estado, Extraccion = Contenido.Estado, VersionDeContenido.Extraccion
FALLAS = 2  # una sola puede ser un mal día del otro sitio
SIN_TEXTO = Q(version_actual__extraccion__in=[Extraccion.SIN_TEXTO, Extraccion.FALLIDA]) | Q(
    version_actual__es_imagen=True
)


@dataclass(frozen=True)
class Bandeja:
    clave: str
    nombre: str
    explicacion: str
    vacia: str
    cuales: Callable  # de la persona a la condición


def _publicados():
    return Q(estado=Estado.PUBLICADO, publicado_en__lte=timezone.now())


def por_revisar() -> Q:
    return _publicados() & Q(revisar_el__lte=timezone.localdate())


def con_enlace_roto() -> Q:
    return _publicados() & Q(revision_del_enlace__fallas_seguidas__gte=FALLAS) & ~Q(enlace="")


def _sin_texto():
    return ~Q(estado=Estado.RETIRADO) & SIN_TEXTO


def lo_de(persona: Usuario) -> Q:
    """Lo que alguien espera de esta persona, y de nadie más que ella."""
    suyo = Q(responsable=persona) | Q(responsable=None, creado_por=persona)
    por_leer = Q(estado=Estado.REVISION)
    if not persona.es_administrador:
        por_leer &= ~Q(creado_por=persona)
    return (
        por_leer
        | suyo & Q(estado=Estado.BORRADOR)
        | suyo & (por_revisar() | con_enlace_roto() | _sin_texto())
    )


BANDEJAS = {
    bandeja.clave: bandeja
    for bandeja in (
        Bandeja(
            "suyo",
            "Le toca a usted",
            "Sus borradores, lo que puede publicar y lo que tiene a cargo y pide atención.",
            "Nada espera por usted.",
            lo_de,
        ),
        Bandeja(
            "revision",
            "En revisión",
            "Esperan a que otra persona del equipo los lea y los publique, o los devuelva.",
            "Nada está en revisión.",
            lambda persona: Q(estado=Estado.REVISION),
        ),
        Bandeja(
            "programados",
            "Programados",
            "Saldrán solos el día que dicen.",
            "Nada está programado para otro día.",
            lambda persona: Q(estado=Estado.PUBLICADO, publicado_en__gt=timezone.now()),
        ),
        Bandeja(
            "por-revisar",
            "Por revisar",
            "Llegó el día de comprobar que siguen valiendo. Si valen, póngales otra fecha.",
            "Ningún contenido tiene vencida su fecha de revisión.",
            lambda persona: por_revisar(),
        ),
        Bandeja(
            "enlaces",
            "Enlaces rotos",
            "La dirección no respondió las dos últimas veces que se probó.",
            "Todos los enlaces respondieron.",
            lambda persona: con_enlace_roto(),
        ),
        Bandeja(
            "sin-texto",
            "Sin texto",
            "Son imágenes o no se pudieron leer: ni se encuentran por dentro ni los lee un lector "
            "de pantalla. Suba una versión con texto.",
            "Todos los archivos se pueden leer.",
            lambda persona: _sin_texto(),
        ),
        Bandeja(
            "borradores",
            "Borradores",
            "Aún se están preparando.",
            "No hay borradores.",
            lambda persona: Q(estado=Estado.BORRADOR),
        ),
        Bandeja("todos", "Todos", "", "Aún no hay contenidos.", lambda persona: Q()),
    )
}


def cuentas_de(persona: Usuario) -> dict[str, int]:
    """Cuántos hay en cada bandeja, en una sola consulta."""
    return Contenido.objects.aggregate(
        **{
            clave: Count("pk", filter=bandeja.cuales(persona) or Q(pk__isnull=False))
            for clave, bandeja in BANDEJAS.items()
        }
    )


def los_de_la_bandeja(clave: str, persona: Usuario, busca: str = "") -> QuerySet[Contenido]:
    """Lo de la bandeja, primero lo que lleva más tiempo esperando; «todos», lo último tocado."""
    ultimo = Movimiento.objects.filter(contenido=OuterRef("pk")).order_by("-en", "-pk")
    contenidos = (
        Contenido.objects.filter(BANDEJAS[clave].cuales(persona))
        .select_related("clase", "responsable", "version_actual", "revision_del_enlace")
        .annotate(
            venia_de=Subquery(ultimo.values("de")[:1]),
            ultimo_motivo=Subquery(ultimo.values("motivo")[:1]),
            movido_en=Subquery(ultimo.values("en")[:1]),
        )
    )
    for palabra in busca.split():
        contenidos = contenidos.filter(
            Q(titulo__icontains=palabra) | Q(slug__contains=normalizar(palabra).replace(" ", "-"))
        )
    if clave == "todos":
        return contenidos.order_by("-actualizado_en", "-pk")
    if clave == "programados":
        return contenidos.order_by("publicado_en", "pk")
    if clave == "por-revisar":
        return contenidos.order_by("revisar_el", "pk")
    return contenidos.order_by("actualizado_en", "pk")


def por_que_espera(contenido: Contenido) -> list[str]:
    """Lo que pide atención, en frases cortas. Pide las anotaciones de `los_de_la_bandeja`."""
    razones = []
    if contenido.estado == Estado.BORRADOR and contenido.venia_de in (
        Estado.REVISION,
        Estado.PUBLICADO,
    ):
        razones.append(f"Devuelto: {contenido.ultimo_motivo}")
    if not contenido.esta_publicado:
        return razones
    if contenido.revisar_el and contenido.revisar_el <= timezone.localdate():
        desde = date_format(contenido.revisar_el)
        razones.append(f"Desde el {desde} hay que comprobar que sigue valiendo.")
    revision = getattr(contenido, "revision_del_enlace", None)
    if contenido.enlace and revision and revision.fallas_seguidas >= FALLAS:
        razones.append(f"El enlace no responde: {revision.detalle}")
    return razones


def lo_que_se_le_recuerda(persona: Usuario) -> list[tuple[str, list[Contenido]]]:
    """Qué pasa con ellos → cuáles. Los borradores no: cada quien sabe lo que está escribiendo."""
    por_leer = Contenido.objects.filter(estado=Estado.REVISION)
    if not persona.es_administrador:
        por_leer = por_leer.exclude(creado_por=persona)
    suyos = Contenido.objects.filter(responsable=persona)
    grupos = (
        ("Esperan que alguien los lea y los publique", por_leer.order_by("actualizado_en", "pk")),
        (
            "Hay que comprobar que siguen valiendo. Si valen, póngales otra fecha",
            suyos.filter(por_revisar()).order_by("revisar_el", "pk"),
        ),
        ("Su enlace no responde", suyos.filter(con_enlace_roto()).order_by("titulo", "pk")),
    )
    return [(que_es, list(cuales)) for que_es, cuales in grupos if cuales]


def quienes_editan() -> QuerySet[Usuario]:
    return Usuario.objects.filter(rol__in=EDITAN, is_active=True).order_by("nombre", "email")


def con_direccion(slug: str) -> QuerySet[Contenido]:
    """El que hoy se llama así en la dirección, o el que se llamó así antes."""
    anteriores = DireccionAnterior.objects.filter(slug=slug)
    return Contenido.objects.filter(Q(slug=slug) | Q(pk__in=anteriores.values("contenido")))


# ── Los pasos ─────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Paso:
    clave: str
    rotulo: str
    que_pasa: str
    pide_motivo: bool = False
    es_el_principal: bool = False


ENVIAR = Paso(
    "revision",
    "Enviar a revisión",
    "Otra persona del equipo lo lee y lo publica, o lo devuelve con lo que haya que corregir.",
    es_el_principal=True,
)
PUBLICAR = Paso(
    "publicar",
    "Publicar",
    "Lo verá quien dice su ficha, desde ahora o desde la fecha que usted ponga.",
    es_el_principal=True,
)
REPROGRAMAR = Paso(
    "publicar",
    "Publicar ya o cambiar la fecha",
    "Si deja la fecha vacía, sale ahora.",
    es_el_principal=True,
)
REPONER = Paso(
    "publicar", "Volver a publicar", "Vuelve a las listas y a las búsquedas.", pide_motivo=True
)
DEVOLVER = Paso(
    "devolver",
    "Devolver",
    "Vuelve a borrador. Quien lo tiene a cargo recibe por correo lo que usted escriba.",
    pide_motivo=True,
)
REABRIR = Paso("devolver", "Volver a prepararlo", "Vuelve a borrador.", pide_motivo=True)
RETIRAR = Paso(
    "retirar",
    "Retirar",
    "Sale de las listas y de las búsquedas. Quien llegue por un enlace viejo leerá por qué, y cuál "
    "lo reemplaza. Se puede volver a publicar.",
    pide_motivo=True,
)
DESCARTAR = Paso(
    "retirar", "Descartar", "No se publicó nunca: nadie más lo verá.", pide_motivo=True
)


def pasos_de(contenido: Contenido, persona: Usuario) -> list[Paso]:
    """Lo que esta persona puede hacer con él ahora."""
    publica = puede_publicar(persona, contenido)
    if contenido.estado == Estado.BORRADOR:
        return [ENVIAR, DESCARTAR]
    if contenido.estado == Estado.REVISION:
        return [PUBLICAR] * publica + [DEVOLVER]
    if contenido.esta_programado:
        return [REPROGRAMAR] * publica + [DEVOLVER]
    if contenido.esta_publicado:
        return [RETIRAR]
    if contenido.publicado_en is None:
        return [REABRIR]
    return [REPONER] * publica
