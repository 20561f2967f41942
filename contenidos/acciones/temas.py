"""Lo que pasa con los temas: se crean, se renombran, se agrupan y se funden."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify

from contenidos.consultas.temas import (
    lo_que_se_mueve,
    relaciones_con_los_temas,
    tema_con_direccion,
)
from contenidos.direcciones import direccion_libre
from contenidos.models import DireccionAnteriorDeTema, Tema
from cuentas.bitacora import anotar
from cuentas.models import Usuario
from territorio.texto import normalizar

# El vocabulario de partida: lo nombran los informes de 2020 y posteriores. Quien administra lo
# cambia; volver a cargarlo solo añade lo que falte.
TEMAS = {
    "Calidad": (
        "Proyecto Educativo Institucional (PEI)",
        "Plan de Mejoramiento Institucional (PMI)",
        "Plan de Apoyo al Mejoramiento (PAM)",
        "Flexibilización curricular",
        "Evaluación formativa",
        "Innovación educativa",
        "Capacidades socioemocionales",
    ),
    "Educación media": ("Doble titulación",),
    "Primera infancia": ("Educación inicial",),
    "Ruralidad": ("Educación rural",),
    "Trayectorias educativas": ("Permanencia", "Deserción escolar", "Migrantes"),
    "Fortalecimiento institucional": (
        "Sistema Maestro",
        "Inspección y vigilancia",
        "Colegios privados",
    ),
    "Condiciones para aprender": ("Alimentación escolar", "Conectividad"),
    "Planes de alternancia": (
        "Aprendizaje en casa",
        "Protocolos de ingreso y salida",
        "Desplazamiento seguro",
    ),
    "Bioseguridad escolar": (
        "Higiene y condiciones sanitarias",
        "Manejo de agua",
        "Distanciamiento",
    ),
}


@transaction.atomic
def cargar_temas() -> int:
    """Deja el vocabulario de partida. Devuelve cuántos temas hubo que crear."""
    creados = 0
    for nombre, hijos in TEMAS.items():
        padre, es_nuevo = _tema(nombre, None)
        creados += es_nuevo
        creados += sum(_tema(hijo, padre)[1] for hijo in hijos)
    return creados


def _tema(nombre, padre):
    """El que hay con ese nombre, o el que lo reemplazó: lo renombrado o fundido no vuelve."""
    nombre_norm, slug = normalizar(nombre), slugify(nombre)
    existente = Tema.objects.filter(nombre_norm=nombre_norm).first() or tema_con_direccion(slug)
    if existente:
        return existente, False
    mayor = padre and (padre.padre or padre)
    tema = Tema.objects.create(nombre=nombre, nombre_norm=nombre_norm, slug=slug, padre=mayor)
    return tema, True


# ── Crearlos y cambiarlos ─────────────────────────────────────────────────────────────────────


@transaction.atomic
def crear_tema(
    *, nombre: str, por: Usuario, padre: Tema | None = None, descripcion: str = ""
) -> Tema:
    tema = Tema(nombre=nombre.strip(), padre=padre, descripcion=descripcion)
    tema.slug = _slug_libre(tema)
    tema.full_clean(exclude=["nombre_norm"])
    tema.save()
    anotar(por=por, verbo="creó un tema", objeto=tema)
    return tema


@transaction.atomic
def cambiar_tema(
    *,
    tema: Tema,
    por: Usuario,
    nombre: str,
    padre: Tema | None,
    descripcion: str,
    activo: bool,
) -> None:
    """Si cambia de nombre cambia de dirección, y la de antes sigue llegando."""
    anterior = Tema.objects.select_for_update().get(pk=tema.pk)
    tema.nombre, tema.padre = nombre.strip(), padre
    tema.descripcion, tema.activo = descripcion, activo
    tema.slug = anterior.slug
    if slugify(tema.nombre) != slugify(anterior.nombre):
        tema.slug = _slug_libre(tema)
    tema.full_clean(exclude=["nombre_norm"])
    tema.save()
    if tema.slug != anterior.slug:
        tema.direcciones_anteriores.filter(slug=tema.slug).delete()  # vuelve a ser la suya
        tema.direcciones_anteriores.create(slug=anterior.slug)
    cambios = {
        campo: (str(getattr(anterior, campo)), str(getattr(tema, campo)))
        for campo in ("nombre", "slug", "padre", "activo")
        if getattr(anterior, campo) != getattr(tema, campo)
    }
    anotar(
        por=por,
        verbo="renombró un tema" if "nombre" in cambios else "cambió un tema",
        objeto=tema,
        antes={campo: antes for campo, (antes, _) in cambios.items()},
        despues={campo: despues for campo, (_, despues) in cambios.items()},
    )


def renombrar_tema(*, tema: Tema, nombre: str, por: Usuario) -> None:
    cambiar_tema(
        tema=tema,
        por=por,
        nombre=nombre,
        padre=tema.padre,
        descripcion=tema.descripcion,
        activo=tema.activo,
    )


def _slug_libre(tema):
    """Su nombre hecho dirección; con un número si es, o fue, la de otro tema."""
    return direccion_libre(
        tema.nombre,
        Tema.objects.exclude(pk=tema.pk),
        DireccionAnteriorDeTema.objects.exclude(tema=tema.pk),
        a_falta="tema",
    )


# ── Fundirlos ─────────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def fundir(*, origen: Tema, destino: Tema, por: Usuario) -> dict[str, int]:
    """Lo que rotulaba el uno lo rotula el otro, sea de la app que sea. Devuelve cuánto se movió.

    La dirección del que desaparece lleva al que queda.
    """
    origen, destino = _los_dos(origen, destino)
    exigir_fundibles(origen, destino)
    cuentas = {nombre: n for nombre, n, _ in lo_que_se_mueve(origen, destino)}
    if destino.padre_id == origen.pk:
        destino.padre = None  # ocupa el lugar del que lo agrupaba
        destino.save()
    for relacion in relaciones_con_los_temas():
        relacion.repetidas(origen, destino).delete()
        relacion.filas_de(origen).update(**{relacion.columna: destino})
    slug, nombre = origen.slug, origen.nombre
    origen.delete()
    destino.save()  # lo movido en bloque no avisa: así se entera el índice
    DireccionAnteriorDeTema.objects.update_or_create(slug=slug, defaults={"tema": destino})
    anotar(
        por=por,
        verbo="fundió dos temas",
        objeto=destino,
        detalle={"desaparece": nombre, "se_movieron": cuentas},
    )
    return cuentas


def exigir_fundibles(origen: Tema, destino: Tema) -> None:
    if origen.pk == destino.pk:
        raise ValidationError(
            "Un tema no se funde consigo mismo. Escoja otro.", code="consigo_mismo"
        )
    otros_hijos = origen.hijos.exclude(pk=destino.pk)
    if destino.padre_id not in (None, origen.pk) and otros_hijos.exists():
        raise ValidationError(
            f"«{origen}» agrupa a otros temas y «{destino}» ya está dentro de uno mayor: quedarían "
            "tres pisos. Mueva primero los temas que agrupa, o escoja un tema mayor.",
            code="tema_con_tres_pisos",
        )


def _los_dos(*temas):
    """Tomados siempre en el mismo orden, para que dos personas a la vez no se traben."""
    tomados = Tema.objects.select_for_update().order_by("pk")
    por_pk = {tema.pk: tema for tema in tomados.filter(pk__in=[tema.pk for tema in temas])}
    try:
        return [por_pk[tema.pk] for tema in temas]
    except KeyError:
        raise ValidationError(
            "Uno de los dos temas ya no está: otra persona lo fundió. Recargue la página.",
            code="tema_perdido",
        ) from None
