"""Dos programas inventados del año: uno para varias secretarías a la vez y otro, una por una."""

from datetime import timedelta

from acompanamiento.demostracion.grupos import Elenco
from acompanamiento.models import Actividad, Cobertura, Producto, Programa, TipoDeActividad

Alcance = Actividad.Alcance
GRUPALES = 6  # talleres; cada uno con una parte de las secretarías


def cargar(elenco: Elenco) -> int:
    tipo = TipoDeActividad.objects.first()
    if tipo is None:
        return 0
    varias, una = (
        _programa(
            elenco,
            1,
            "permanencia-entre-todos-demostracion",
            "Permanencia entre todos (demostración)",
            "Talleres por región para aprender de lo que ya funciona. Es un programa inventado.",
        ),
        _programa(
            elenco,
            2,
            "evaluacion-formativa-en-casa-demostracion",
            "Evaluación formativa, secretaría por secretaría (demostración)",
            "Un taller con el equipo de cada secretaría. Es un programa inventado.",
        ),
    )
    entidades = [entidad for _, entidad in elenco.en_orden()]
    _grupales(elenco, varias, tipo, entidades[:-5])
    _individuales(elenco, una, tipo, entidades[::2])
    return 2


def _programa(elenco, orden, slug, nombre, descripcion):
    return Programa.objects.create(
        slug=slug,
        nombre=nombre,
        descripcion=descripcion,
        vigencia=elenco.hoy.year,
        desde=elenco.desde + timedelta(days=60),
        orden=900 + orden,
        es_demostracion=True,
        creado_por=elenco.equipo,
    )


def _grupales(elenco, programa, tipo, entidades):
    talleres = Actividad.objects.bulk_create(
        _actividad(
            elenco,
            programa,
            tipo,
            alcance=Alcance.GRUPAL,
            nombre=f"Taller regional {n + 1}",
            desde=elenco.hoy - timedelta(days=30 * (GRUPALES - n) - 15),
        )
        for n in range(GRUPALES)
    )
    _cubrir((taller, entidades[n::GRUPALES]) for n, taller in enumerate(talleres))
    Producto.objects.bulk_create(
        Producto(
            programa=programa,
            actividad=talleres[n % GRUPALES],
            entidad=entidad,
            clase=Producto.Clase.PLAN if n % 3 else Producto.Clase.EXPERIENCIA,
            nombre=f"Plan de permanencia de {entidad}"
            if n % 3
            else f"Tutoría entre pares en {entidad}",
            es_demostracion=True,
            creado_por=elenco.equipo,
        )
        for n, entidad in enumerate(entidades[::4])
    )


def _individuales(elenco, programa, tipo, entidades):
    talleres = Actividad.objects.bulk_create(
        _actividad(
            elenco,
            programa,
            tipo,
            alcance=Alcance.INDIVIDUAL,
            nombre=f"Taller con {entidad}",
            desde=elenco.hoy + timedelta(days=n - 40),
        )
        for n, entidad in enumerate(entidades)
    )
    _cubrir((taller, [entidades[n]]) for n, taller in enumerate(talleres))


def _actividad(elenco, programa, tipo, **datos):
    por_venir = datos["desde"] > elenco.hoy
    return Actividad(
        programa=programa,
        tipo=tipo,
        estado=Actividad.Estado.PROGRAMADA if por_venir else Actividad.Estado.REALIZADA,
        es_demostracion=True,
        creado_por=elenco.equipo,
        **datos,
    )


def _cubrir(talleres):
    """En uno de cada cuatro no se contaron las personas: no es que no fuera nadie."""
    Cobertura.objects.bulk_create(
        Cobertura(
            actividad=taller,
            entidad=entidad,
            personas=None if numero % 4 == 3 else 6 + numero % 9,
        )
        for taller, entidades in talleres
        for numero, entidad in enumerate(entidades)
    )
