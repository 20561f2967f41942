"""La vida de un contenido: se escribe, se revisa, se publica y un día se retira.

Quién puede dar cada paso lo dicen los permisos; aquí, qué debe cumplirse y qué rastro deja.
"""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from contenidos.avisos import correo_de_devuelto
from contenidos.direcciones import direccion_libre
from contenidos.models import (
    Audiencia,
    Autor,
    Buscable,
    Contenido,
    DireccionAnterior,
    Movimiento,
    Nivel,
    RevisionDeEnlace,
    Tema,
)
from cuentas.bitacora import anotar
from cuentas.models import Usuario
from territorio.texto import normalizar

Estado = Contenido.Estado
# Lo que ya leyó alguien más debe seguir estando completo cuando se corrige.
COMPLETOS = frozenset({Estado.REVISION, Estado.PUBLICADO})


@transaction.atomic
def crear_contenido(
    *,
    por: Usuario | None,
    temas: Iterable[Tema] = (),
    audiencias: Iterable[Audiencia] = (),
    niveles: Iterable[Nivel] = (),
    **campos,
) -> Contenido:
    """Un borrador. Sin `slug`, su dirección sale del título; responde por él quien lo crea."""
    campos.setdefault("responsable", por)
    campos.setdefault("es_demostracion", por is not None and por.es_demostracion)
    contenido = Contenido(creado_por=por, **campos)
    contenido.slug = contenido.slug or slug_libre(contenido.titulo)
    _exigir_slug_libre(contenido)
    contenido.full_clean()
    contenido.save()
    contenido.temas.set(temas)
    contenido.audiencias.set(audiencias)
    contenido.niveles.set(niveles)
    Movimiento.objects.create(contenido=contenido, a=Estado.BORRADOR, por=por)
    anotar(por=por, verbo="creó un contenido", objeto=contenido)
    return contenido


@transaction.atomic
def cambiar_contenido(
    *,
    contenido: Contenido,
    por: Usuario | None,
    visto_en: datetime | None = None,
    temas: Iterable[Tema] | None = None,
    audiencias: Iterable[Audiencia] | None = None,
    niveles: Iterable[Nivel] | None = None,
    **campos,
) -> None:
    """Corrige la ficha. Lo que no se nombra queda como está.

    `visto_en`: el `actualizado_en` de la ficha que leyó esta persona. Si después la cambió otra,
    no se guarda nada.
    """
    for campo, valor in campos.items():
        setattr(contenido, campo, valor)
    anterior = exigir_cambio_posible(contenido, visto_en=visto_en)
    contenido.full_clean()
    contenido.save()
    _recordar_direccion(contenido, anterior.slug)
    if contenido.enlace != anterior.enlace:
        RevisionDeEnlace.objects.filter(contenido=contenido).delete()  # era de la otra dirección
    for nombre, valores in (("temas", temas), ("audiencias", audiencias), ("niveles", niveles)):
        if valores is not None:
            getattr(contenido, nombre).set(valores)
    anotar(por=por, verbo="cambió un contenido", objeto=contenido)


@transaction.atomic
def exigir_cambio_posible(contenido: Contenido, visto_en: datetime | None = None) -> Contenido:
    """Que la ficha se pueda guardar como está ahora. Devuelve la que había."""
    anterior = _al_dia(contenido)
    if visto_en is not None and anterior.actualizado_en != visto_en:
        raise ValidationError(
            "Otra persona cambió este contenido mientras usted escribía. Lo suyo sigue aquí, sin "
            "guardar: compárelo con lo que quedó y vuelva a guardarlo.",
            code="cambio_mientras_tanto",
        )
    contenido.slug = contenido.slug or anterior.slug
    _exigir_slug_libre(contenido)
    _exigir_reemplazo_posible(contenido, contenido.reemplazado_por)
    if contenido.estado in COMPLETOS:
        contenido.exigir_publicable()
    return anterior


@transaction.atomic
def relacionar(*, contenido: Contenido, con: Buscable, por: Usuario) -> None:
    """Con otro contenido, una sesión, un indicador: lo que esté en el índice."""
    if (con.clase, con.objeto_id) == ("contenido", contenido.pk):
        raise ValidationError(
            "Un contenido no se relaciona consigo mismo. Escoja otro.", code="consigo_mismo"
        )
    contenido.relacionados.add(con)
    anotar(por=por, verbo="relacionó un contenido", objeto=contenido, detalle={"con": con.titulo})


@transaction.atomic
def dejar_de_relacionar(*, contenido: Contenido, con: Buscable, por: Usuario) -> None:
    contenido.relacionados.remove(con)
    anotar(
        por=por,
        verbo="quitó algo relacionado de un contenido",
        objeto=contenido,
        detalle={"con": con.titulo},
    )


def autor_llamado(nombre: str) -> Autor:
    """El que ya está, aunque se escriba sin tildes; si no está, uno nuevo."""
    clave = normalizar(nombre)
    return Autor.objects.get_or_create(nombre_norm=clave, defaults={"nombre": nombre.strip()})[0]


# ── Su dirección ──────────────────────────────────────────────────────────────────────────────


def slug_libre(titulo: str) -> str:
    """El título hecho dirección; con un número si ya hay, o hubo, otra cosa ahí."""
    return direccion_libre(
        titulo, Contenido.objects.all(), DireccionAnterior.objects.all(), a_falta="contenido"
    )


def _exigir_slug_libre(contenido):
    ajenas = DireccionAnterior.objects.filter(slug=contenido.slug).exclude(contenido=contenido.pk)
    if ajenas.exists():
        aviso = "Esa dirección fue de otro contenido y sus enlaces llegan allá. Escriba otra."
        raise ValidationError({"slug": ValidationError(aviso, code="direccion_de_otro")})


def _recordar_direccion(contenido, anterior):
    if contenido.slug == anterior:
        return
    contenido.direcciones_anteriores.filter(slug=contenido.slug).delete()  # vuelve a ser la suya
    contenido.direcciones_anteriores.get_or_create(slug=anterior)


# ── De borrador a publicado, y de ahí a retirado ──────────────────────────────────────────────


@transaction.atomic
def enviar_a_revision(*, contenido: Contenido, por: Usuario | None, motivo: str = "") -> None:
    """Otra persona lo lee antes de que salga: llega completo o no llega."""
    _exigir_estado(_al_dia(contenido), {Estado.BORRADOR}, "enviarse a revisión")
    contenido.exigir_publicable()
    _mover(contenido, Estado.REVISION, por, motivo, verbo="envió un contenido a revisión")


@transaction.atomic
def devolver(*, contenido: Contenido, por: Usuario | None, motivo: str) -> None:
    """A borrador, con lo que hay que corregir. También lo que nunca ha salido: lo programado y lo
    que se descartó."""
    actual = _al_dia(contenido)
    if not (actual.esta_programado or actual.esta_retirado and actual.publicado_en is None):
        _exigir_estado(actual, {Estado.REVISION}, "devolverse")
    _exigir_motivo(motivo, "Escriba qué hay que corregir: quien lo preparó lo va a leer.")
    _mover(
        contenido,
        Estado.BORRADOR,
        por,
        motivo,
        verbo="devolvió un contenido a borrador",
        publicado_en=None,
    )
    responde = contenido.responsable
    if responde and responde != por and responde.is_active and not responde.es_demostracion:
        correo_de_devuelto(contenido, motivo.strip(), para=responde.email).send()


@transaction.atomic
def publicar(
    *,
    contenido: Contenido,
    por: Usuario | None,
    desde: datetime | None = None,
    motivo: str = "",
) -> None:
    """Ahora, o `desde` una fecha. Lo retirado vuelve a salir si se dice por qué."""
    if _al_dia(contenido).esta_publicado:
        raise ValidationError("Este contenido ya está publicado.", code="ya_publicado")
    if contenido.esta_retirado:
        _exigir_motivo(motivo, "Escriba por qué vuelve a publicarse.")
    contenido.exigir_publicable()
    ahora = timezone.now()
    desde = desde or ahora
    _mover(
        contenido,
        Estado.PUBLICADO,
        por,
        motivo,
        verbo="programó un contenido" if desde > ahora else "publicó un contenido",
        publicado_en=desde,
    )


@transaction.atomic
def retirar(
    *,
    contenido: Contenido,
    por: Usuario | None,
    motivo: str,
    reemplazado_por: Contenido | None = None,
) -> None:
    """Sale de las listas. Quien llegue por un enlace viejo lee por qué, y a dónde ir ahora."""
    if _al_dia(contenido).esta_retirado:
        raise ValidationError("Este contenido ya está retirado.", code="ya_retirado")
    _exigir_motivo(motivo, "Escriba por qué se retira: lo leerá quien llegue por un enlace viejo.")
    _exigir_reemplazo_posible(contenido, reemplazado_por)
    _mover(
        contenido,
        Estado.RETIRADO,
        por,
        motivo,
        verbo="retiró un contenido",
        publicado_en=(
            contenido.publicado_en if contenido.esta_publicado else _cuando_salio(contenido)
        ),
        reemplazado_por=reemplazado_por or contenido.reemplazado_por,
    )


def _cuando_salio(contenido):
    """La primera vez que se publicó, si ya se había retirado de los estantes; nada si nunca salió.

    Reprogramarlo o devolverlo borra la fecha, pero no los enlaces que la gente ya guardó.
    """
    movimientos = contenido.movimientos.order_by("en", "pk")
    if not movimientos.filter(de=Estado.PUBLICADO, a=Estado.RETIRADO).exists():
        return None
    return movimientos.filter(a=Estado.PUBLICADO).values_list("en", flat=True).first()


def _al_dia(contenido):
    """Tal como está en la base, y hasta el final de la transacción nadie más lo mueve.

    Al objeto que trajo quien llama solo se le pone al día en qué va: lo demás es lo que escribió.
    """
    actual = Contenido.objects.select_for_update().get(pk=contenido.pk)
    for campo in ("estado", "publicado_en", "version_actual_id"):
        setattr(contenido, campo, getattr(actual, campo))
    return actual


def _mover(contenido, a, por, motivo, *, verbo, **cambios):
    de = contenido.estado
    for campo, valor in {"estado": a, **cambios}.items():
        setattr(contenido, campo, valor)
    contenido.save(update_fields=["estado", "actualizado_en", *cambios])
    Movimiento.objects.create(contenido=contenido, de=de, a=a, motivo=motivo.strip(), por=por)
    anotar(por=por, verbo=verbo, objeto=contenido, antes={"estado": de}, despues={"estado": a})


def _exigir_estado(contenido, desde, verbo):
    if contenido.estado not in desde:
        raise ValidationError(
            f"El contenido está {contenido.get_estado_display()} y desde ahí no puede {verbo}. "
            "Recargue la página: otra persona pudo moverlo.",
            code="paso_imposible",
        )


def _exigir_motivo(motivo, mensaje):
    if not motivo.strip():
        raise ValidationError(mensaje, code="falta_motivo")


def _exigir_reemplazo_posible(contenido, reemplazo):
    """Siguiendo los reemplazos se llega a algo: nunca se vuelve al mismo."""
    vistos = {contenido.pk}
    while reemplazo is not None:
        if reemplazo.pk in vistos:
            aviso = "Ese contenido ya está reemplazado por este. Escoja otro."
            raise ValidationError(
                {"reemplazado_por": ValidationError(aviso, code="reemplazo_en_circulo")}
            )
        vistos.add(reemplazo.pk)
        reemplazo = reemplazo.reemplazado_por
