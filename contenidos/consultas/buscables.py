"""Lo que la biblioteca misma pone en el índice: sus contenidos, sus páginas y su glosario."""

from django.utils import timezone

from contenidos.models import Contenido, Pagina, Termino
from contenidos.permisos import puede_editar_paginas
from contenidos.registro import ClaseBuscable, Ficha

COMIENZO = 300


def ficha_de_contenido(contenido: Contenido) -> Ficha:
    temas = list(contenido.temas.all())
    audiencias = [audiencia.nombre for audiencia in contenido.audiencias.all()]
    niveles = [nivel.nombre for nivel in contenido.niveles.all()]
    otras = [contenido.clase, contenido.autor, contenido.eje or "", contenido.vigencia]
    otras += [*temas, *(tema.padre for tema in temas if tema.padre_id), *audiencias, *niveles]
    publicado_en = contenido.publicado_en
    return Ficha(
        titulo=contenido.titulo,
        url=contenido.get_absolute_url(),
        resumen=contenido.resumen,
        fecha=publicado_en and timezone.localdate(publicado_en),
        otras_palabras=" ".join(map(str, otras)),
        temas=tuple(tema.pk for tema in temas),
        paginas=_paginas_de(contenido.version_actual),
        vigente=contenido.reemplazado_por_id is None,
    )


def _paginas_de(version):
    """Una por una, y solo cuando alguien las pida: un libro no cabe dos veces en la memoria."""
    if version is not None:
        yield from version.textos.order_by().values_list("texto_norm", flat=True).iterator()


def ficha_de_pagina(pagina: Pagina) -> Ficha | None:
    version = pagina.versiones.order_by("-numero").first()
    if version is None:
        return None
    return Ficha(
        titulo=version.titulo,
        url=pagina.get_absolute_url(),
        resumen=version.resumen or version.cuerpo[:COMIENZO],
        fecha=version.rige_desde,
        otras_palabras=pagina.get_grupo_display(),
        paginas=[version.cuerpo],
    )


def paginas_visibles_para(usuario):
    if puede_editar_paginas(usuario):
        return Pagina.objects.all()
    return Pagina.objects.publicadas()


def ficha_de_termino(termino: Termino) -> Ficha:
    titulo = f"{termino.nombre} ({termino.siglas})" if termino.siglas else termino.nombre
    return Ficha(
        titulo=titulo,
        url=termino.get_absolute_url(),
        resumen=termino.definicion,
        otras_palabras=" ".join(termino.formas),
    )


CLASES = (
    ClaseBuscable(
        clave="contenido",
        nombre="contenido",
        plural="contenidos",
        modelo=Contenido,
        ficha=ficha_de_contenido,
        visibles=Contenido.objects.visibles_para,
        orden=10,
        preparar=lambda consulta: consulta.select_related(
            "clase", "autor", "eje", "version_actual"
        ).prefetch_related("temas__padre", "audiencias", "niveles"),
    ),
    ClaseBuscable(
        clave="pagina",
        nombre="página",
        plural="páginas",
        modelo=Pagina,
        ficha=ficha_de_pagina,
        visibles=paginas_visibles_para,
        orden=80,
    ),
    ClaseBuscable(
        clave="termino",
        nombre="término del glosario",
        plural="términos del glosario",
        modelo=Termino,
        ficha=ficha_de_termino,
        visibles=lambda usuario: Termino.objects.all(),
        orden=90,
    ),
)
