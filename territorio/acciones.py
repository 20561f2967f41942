"""Lo que se aprende de una persona: qué quiere decir un texto, de quién es un dominio.

Lo aprendido manda sobre el catálogo y se puede retirar. Lo que el catálogo ya dice no se aprende
dos veces, y lo que lo contradice se rechaza con su razón.
"""

from django.core.exceptions import ValidationError
from django.db import transaction

from territorio.models import Alias, Dominio, EntidadTerritorial, Origen
from territorio.resolucion.palabras import (
    COLETILLAS,
    EDUCACION,
    ENLACES,
    NEUTRAS,
    NIVELES,
    SECRETARIA,
    SIGLAS,
    VACIAS,
)
from territorio.texto import UN_DOMINIO, dominio_limpio, normalizar

# Con solo estas palabras no se nombra a nadie: «Secretaría de Educación Municipal».
GENERICAS = (
    SECRETARIA
    | EDUCACION
    | ENLACES
    | NEUTRAS
    | NIVELES.keys()
    | {letra for sigla in (*SIGLAS, *COLETILLAS) for letra in sigla}
)


@transaction.atomic
def aprender_alias(
    *, texto: str, entidad: EntidadTerritorial | None = None, ajena: str = "", por=None
) -> Alias | None:
    """Desde ahora, quien escriba eso es de ahí. Da None si ya se sabía: no hay qué retirar."""
    _exigir_uno(entidad, ajena)
    norm = normalizar(texto)[:200]
    if norm in VACIAS or GENERICAS.issuperset(norm.split()):
        raise ValidationError(
            f"«{texto}» no dice de qué entidad se trata: decida persona por persona.",
            code="texto_generico",
        )
    _exigir_que_no_sea_otra(norm, entidad)
    actual, es_nuevo = Alias.objects.select_for_update().get_or_create(
        texto_norm=norm,
        defaults={
            "texto": " ".join(texto.split())[:200],
            "entidad": entidad,
            "ajena": ajena,
            "origen": Origen.PERSONA,
            "creado_por": por,
        },
    )
    if es_nuevo:
        return actual
    _exigir_que_coincida(f"«{texto}»", actual, entidad, ajena)
    return None


@transaction.atomic
def aprender_dominio(
    *, dominio: str, entidad: EntidadTerritorial | None = None, ajena: str = "", por=None
) -> Dominio | None:
    """De quién es un dominio; sin entidad ni organización, es de correo personal."""
    if entidad and ajena:
        raise ValueError("un dominio es de una entidad o de otra organización, no de las dos")
    limpio = dominio_limpio(dominio)
    if not UN_DOMINIO.fullmatch(limpio):
        raise ValidationError(
            f"«{dominio}» no es un dominio de correo. Escríbalo como «semneiva.gov.co».",
            code="dominio_mal_escrito",
        )
    clase = (
        Dominio.Clase.ENTIDAD
        if entidad
        else Dominio.Clase.AJENO
        if ajena
        else Dominio.Clase.PERSONAL
    )
    actual = Dominio.objects.select_for_update().filter(dominio=limpio).first()
    if actual is None:
        return Dominio.objects.create(
            dominio=limpio,
            clase=clase,
            entidad=entidad,
            ajena=ajena,
            origen=Origen.PERSONA,
            creado_por=por,
        )
    if actual.clase == Dominio.Clase.PERSONAL != clase:
        raise ValidationError(
            f"«{limpio}» es de correo personal: no señala a ninguna entidad.",
            code="dominio_personal",
        )
    if clase == Dominio.Clase.PERSONAL != actual.clase:
        raise ValidationError(
            f"«{limpio}» es de {actual.entidad or actual.ajena}: no es de correo personal.",
            code="ya_se_sabia",
        )
    _exigir_que_coincida(f"«{limpio}»", actual, entidad, ajena)
    return None


def retirar_alias(alias: Alias) -> None:
    _retirar(alias)


def retirar_dominio(dominio: Dominio) -> None:
    _retirar(dominio)


def _retirar(senal):
    """Lo que enseñó una persona se olvida; lo del catálogo se queda."""
    if senal.origen != Origen.PERSONA:
        raise ValidationError(
            f"«{senal}» es del catálogo: no se retira, se le pone fecha final.",
            code="es_del_catalogo",
        )
    senal.delete()


def _exigir_uno(entidad, ajena):
    if bool(entidad) == bool(ajena):
        raise ValueError("se aprende una entidad o una organización, y una sola")


def _exigir_que_no_sea_otra(norm, entidad):
    """El nombre oficial de una secretaría no puede querer decir otra cosa."""
    oficial = EntidadTerritorial.objects.filter(nombre_norm=norm).first()
    if oficial and oficial != entidad:
        raise ValidationError(
            f"«{oficial}» es el nombre de una secretaría: no puede quedar como otra cosa. Decida "
            "persona por persona.",
            code="es_nombre_oficial",
        )


def _exigir_que_coincida(que, actual, entidad, ajena):
    if (actual.entidad_id, actual.ajena) == (entidad and entidad.pk, ajena):
        return
    quien = actual.entidad or actual.ajena
    if actual.origen == Origen.PERSONA:
        raise ValidationError(
            f"Ya se confirmó que {que} es {quien}. Si no es así, deshaga antes esa decisión.",
            code="ya_se_confirmo",
        )
    raise ValidationError(
        f"El catálogo dice que {que} es {quien}. Si ya no es así, pida a quien administra el "
        "portal que lo cambie.",
        code="ya_se_sabia",
    )
