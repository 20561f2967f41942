"""Lo que le pasa a una página: se escribe, se corrige y se pone en su sitio."""

from datetime import date

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.db import IntegrityError, transaction
from django.utils import timezone

from contenidos.acciones.catalogos import CATALOGO
from contenidos.lectura.ilustraciones import NoEsUnaImagen, preparar
from contenidos.models import Imagen, Pagina, VersionDePagina
from contenidos.texto_rico import imagenes_que_faltan
from cuentas.bitacora import anotar
from cuentas.models import Usuario
from trabajos.archivos import sin_dejar_huerfano

ESCRITO = ("titulo", "resumen", "cuerpo")
IMAGEN_MAXIMA = 8 * 1024 * 1024


@transaction.atomic
def crear_pagina(
    *, por: Usuario | None, slug: str, grupo: str, orden: int = 100, **escrito
) -> Pagina:
    try:
        with transaction.atomic():
            pagina = Pagina.objects.create(slug=slug, grupo=grupo, orden=orden)
    except IntegrityError:
        raise _error_de(
            "slug", "Ya hay una página con esa dirección. Escriba otra.", code="repetida"
        ) from None
    guardar_version(pagina=pagina, por=por, vista=0, **escrito)
    return pagina


@transaction.atomic
def guardar_version(
    *,
    pagina: Pagina,
    por: Usuario | None,
    vista: int,
    titulo: str,
    cuerpo: str,
    resumen: str = "",
    nota: str = "",
    rige_desde: date | None = None,
) -> VersionDePagina:
    """Corregir es guardar otra. `vista`: la última que tenía delante quien escribió."""
    pagina = Pagina.objects.select_for_update().get(pk=pagina.pk)
    ultima = pagina.versiones.first()
    numero = ultima.numero if ultima else 0
    if vista != numero:
        raise ValidationError(
            f"Otra persona guardó la versión {numero} mientras usted escribía. Compare los dos "
            "textos y guarde de nuevo: quedará el suyo.",
            code="lo_cambio_otra_persona",
        )
    version = VersionDePagina(
        pagina=pagina,
        numero=numero + 1,
        titulo=titulo,
        resumen=resumen,
        cuerpo=cuerpo.replace("\r\n", "\n").strip() + "\n",
        nota=nota,
        rige_desde=rige_desde or timezone.localdate(),
        creado_por=por,
    )
    if (
        ultima
        and all(getattr(ultima, campo) == getattr(version, campo) for campo in ESCRITO)
        and rige_desde in (None, ultima.rige_desde)
    ):
        raise ValidationError("No cambió nada: no hay otra versión que guardar.", code="igual")
    _exigir_imagenes_propias(version.cuerpo)
    version.save()
    verbo = "guardó otra versión de la página" if ultima else "creó la página"
    anotar(por=por, verbo=verbo, objeto=pagina, despues={"versión": version.numero})
    return version


@transaction.atomic
def ubicar_pagina(*, pagina: Pagina, por: Usuario, orden: int, publicada: bool) -> None:
    """Dónde sale en su lista, y si sale."""
    pagina.orden, pagina.publicada = orden, publicada
    pagina.save(update_fields=["orden", "publicada"])
    anotar(
        por=por,
        verbo="cambió dónde está la página",
        objeto=pagina,
        despues={"orden": orden, "publicada": publicada},
    )


@transaction.atomic
def subir_imagen(*, archivo: File, alternativo: str, por: Usuario) -> Imagen:
    if archivo.size > IMAGEN_MAXIMA:
        raise ValidationError(
            "La imagen pesa más de 8 MB. Redúzcala y súbala de nuevo.", code="muy_grande"
        )
    try:
        lista = preparar(archivo)
    except NoEsUnaImagen:
        raise ValidationError(
            "El archivo no es una imagen que el portal pueda mostrar. Suba un PNG, un JPEG o un "
            "WebP.",
            code="no_es_imagen",
        ) from None
    imagen = Imagen(
        alternativo=alternativo,
        ancho=lista.ancho,
        alto=lista.alto,
        tamano=len(lista.datos),
        creado_por=por,
    )
    imagen.archivo.save("imagen.webp", ContentFile(lista.datos), save=False)
    with sin_dejar_huerfano(imagen):
        imagen.save()
        anotar(por=por, verbo="subió una imagen", objeto=imagen)
    return imagen


# ── Las de partida ────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def cargar_paginas() -> int:
    """Crea las que falten y pone al día las que nadie ha corregido. Devuelve cuántas cambió."""
    return sum(_cargar(archivo) for archivo in sorted((CATALOGO / "paginas").glob("*.md")))


def _cargar(archivo):
    datos = leer_de_partida(archivo.read_text(encoding="utf-8"))
    escrito = {campo: datos[campo] for campo in ESCRITO}
    pagina, _ = Pagina.objects.get_or_create(
        slug=archivo.stem, defaults={"grupo": datos["grupo"], "orden": datos["orden"]}
    )
    ultima = pagina.versiones.first()
    if pagina.versiones.filter(creado_por__isnull=False).exists():
        return False
    if ultima and all(getattr(ultima, campo) == escrito[campo] for campo in ESCRITO):
        return False
    guardar_version(pagina=pagina, por=None, vista=ultima.numero if ultima else 0, **escrito)
    return True


def leer_de_partida(texto: str) -> dict:
    """Arriba, «clave: valor» por renglón; después de uno en blanco, el cuerpo."""
    cabeza, _, cuerpo = texto.partition("\n\n")
    datos = dict(renglon.split(": ", 1) for renglon in cabeza.splitlines())
    return {**datos, "orden": int(datos["orden"]), "cuerpo": cuerpo.strip() + "\n"}


def _exigir_imagenes_propias(cuerpo):
    ajenas, mudas = imagenes_que_faltan(cuerpo)
    if ajenas:
        raise _error_de(
            "cuerpo",
            f"La imagen «{ajenas[0][:80]}» no es del portal. Súbala en «Imágenes».",
            code="imagen_ajena",
        )
    if mudas:
        raise _error_de(
            "cuerpo",
            f"Diga qué muestra la imagen «{mudas[0][:80]}»: escríbalo entre los corchetes.",
            code="imagen_muda",
        )


def _error_de(campo, mensaje, code):
    return ValidationError({campo: ValidationError(mensaje, code=code)})
