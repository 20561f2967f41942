"""Lo que una sesión deja: materiales y grabación. Cada uno es un contenido de la biblioteca."""

from datetime import datetime, time

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from conectate.models import Material, Sesion
from contenidos.acciones.borrado import borrar_contenidos
from contenidos.acciones.catalogos import la_clase
from contenidos.acciones.contenidos import (
    autor_llamado,
    cambiar_contenido,
    crear_contenido,
    publicar,
)
from contenidos.acciones.versiones import exigir_archivo_permitido, subir_version
from contenidos.models import Contenido
from cuentas.bitacora import anotar
from cuentas.models import Usuario

EL_MINISTERIO = "Ministerio de Educación Nacional"


@transaction.atomic
def agregar_material(
    *,
    sesion: Sesion,
    titulo: str,
    por: Usuario,
    archivo: UploadedFile | None = None,
    enlace: str = "",
) -> Material:
    """Un archivo o un enlace. También en una sesión cerrada: el cierre es de la asistencia."""
    if bool(archivo) == bool(enlace):
        raise ValidationError("Suba un archivo o escriba un enlace: uno de los dos.", code="uno")
    if archivo:
        exigir_archivo_permitido(archivo, con_video=False)
    contenido = _a_la_biblioteca(
        sesion,
        por,
        clase="presentacion" if archivo else "enlace",
        titulo=titulo,
        enlace=enlace,
        archivo=archivo,
    )
    anotar(por=por, verbo="agregó un material", objeto=sesion, detalle={"titulo": titulo})
    return sesion.materiales.create(contenido=contenido, creado_por=por)


@transaction.atomic
def presentar_contenido(*, sesion: Sesion, contenido: Contenido, por: Usuario) -> Material:
    """Uno que ya está en la biblioteca: se enlaza, no se copia. Repetirlo no lo duplica."""
    material, es_nuevo = sesion.materiales.get_or_create(
        contenido=contenido, defaults={"creado_por": por}
    )
    if es_nuevo:
        anotar(
            por=por,
            verbo="agregó un material",
            objeto=sesion,
            detalle={"titulo": contenido.titulo},
        )
    return material


@transaction.atomic
def quitar_material(*, material: Material, por: Usuario) -> None:
    titulo = material.contenido.titulo
    anotar(por=por, verbo="quitó un material", objeto=material.sesion, detalle={"titulo": titulo})
    _soltar(material)


def se_borra_al_quitarlo(material: Material) -> bool:
    """El contenido que nació en la sesión y que nadie más usa no se queda suelto."""
    contenido = material.contenido
    lo_usan = (
        contenido.en_sesiones.exclude(pk=material.pk),
        contenido.colecciones.all(),
        contenido.pasos.all(),
        contenido.reemplaza_a.all(),
    )
    es_prestado = contenido.visibilidad == Contenido.Visibilidad.PRESTADA
    return es_prestado and not any(usos.exists() for usos in lo_usan)


@transaction.atomic
def poner_grabacion(
    *, sesion: Sesion, enlace: str, por: Usuario, tiene_subtitulos: bool = False
) -> None:
    """La norma no deja publicar un video sin subtítulos: quien la pone responde por eso."""
    exigir_subtitulos(enlace, tiene_subtitulos)
    antes, sesion.grabacion = sesion.grabacion, enlace
    sesion.save(update_fields=["grabacion"])
    _guardar_el_video(sesion, enlace, por)
    anotar(
        por=por,
        verbo="puso la grabación" if enlace else "quitó la grabación",
        objeto=sesion,
        antes={"grabacion": antes},
        despues={"grabacion": enlace},
        detalle={"dice_que_tiene_subtitulos": True} if enlace else None,
    )


def exigir_subtitulos(enlace: str, tiene_subtitulos: bool) -> None:
    if enlace and not tiene_subtitulos:
        raise ValidationError(
            "Un video sin subtítulos no se puede publicar. Póngaselos y confírmelo aquí.",
            code="sin_subtitulos",
        )


def _guardar_el_video(sesion, enlace, por):
    grabacion = sesion.materiales.filter(es_grabacion=True).select_related("contenido").first()
    if not enlace:
        if grabacion:
            _soltar(grabacion)
        return
    if grabacion and not grabacion.contenido.esta_publicado:
        grabacion.delete()  # el que se retiró conserva su explicación; este es otro
        grabacion = None
    if grabacion:
        cambiar_contenido(
            contenido=grabacion.contenido, por=por, enlace=enlace, tiene_subtitulos=True
        )
    else:
        contenido = _a_la_biblioteca(
            sesion,
            por,
            clase="video",
            titulo=f"Grabación: {sesion.titulo}"[:250],
            enlace=enlace,
            tiene_subtitulos=True,
        )
        sesion.materiales.create(contenido=contenido, es_grabacion=True, creado_por=por)


def al_guardar_contenido(sender, instance, raw=False, **_):
    """La grabación también se corrige o se retira en la mesa de edición: la sesión lo sigue."""
    if raw:
        return
    enlace = instance.enlace if instance.estado == Contenido.Estado.PUBLICADO else ""
    suyas = Material.objects.filter(contenido=instance, es_grabacion=True).values("sesion")
    Sesion.objects.filter(pk__in=suyas).exclude(grabacion=enlace).update(grabacion=enlace)


def _soltar(material):
    sobra = se_borra_al_quitarlo(material)
    material.delete()
    if sobra:
        borrar_contenidos(Contenido.objects.filter(pk=material.contenido_id))


def _a_la_biblioteca(sesion, por, *, clase, archivo=None, **datos):
    """Publicado, y a la vista de quien puede ver la sesión."""
    contenido = crear_contenido(
        por=por,
        temas=sesion.temas.all(),
        clase=la_clase(clase),
        autor=autor_llamado(sesion.direccion.nombre if sesion.direccion else EL_MINISTERIO),
        resumen=f"De la sesión «{sesion.titulo}».",
        vigencia=sesion.fecha.year,
        visibilidad=Contenido.Visibilidad.PRESTADA,
        es_demostracion=sesion.es_demostracion,
        **datos,
    )
    if archivo:
        subir_version(contenido=contenido, archivo=archivo, por=por)
    publicar(contenido=contenido, por=por, desde=_cuando_sale(sesion))
    return contenido


def _cuando_sale(sesion):
    """Ahora mismo. Lo inventado, el día de su sesión: si no, taparía lo de verdad por reciente."""
    ahora = timezone.now()
    if not sesion.es_demostracion:
        return ahora
    dia = datetime.combine(sesion.fecha, sesion.hora_inicio or time(9))
    return min(timezone.make_aware(dia), ahora)
