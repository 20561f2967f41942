"""Lo que el buscador del portal sabe de un indicador, y de una secretaría por su ficha."""

from django.urls import reverse

from contenidos.registro import ClaseBuscable, Ficha
from indicadores.models import Indicador
from territorio.models import EntidadTerritorial


def ficha_del_indicador(indicador: Indicador) -> Ficha:
    return Ficha(
        titulo=indicador.nombre,
        url=reverse("indicadores:indicador", args=[indicador.codigo]),
        resumen=indicador.definicion,
        otras_palabras=" ".join(
            [indicador.nombre_corto, indicador.get_familia_display(), indicador.fuente]
        ),
    )


def ficha_de_la_secretaria(entidad: EntidadTerritorial) -> Ficha:
    """También por sus códigos, que es como viene en las hojas."""
    departamento = entidad.departamento.nombre
    donde = "" if departamento == entidad.nombre else f" {departamento}."
    return Ficha(
        titulo=entidad.nombre,
        url=reverse("indicadores:ficha", args=[entidad.codigo_dane]),
        resumen=f"Secretaría de educación certificada: {entidad.get_tipo_display()}.{donde}",
        otras_palabras=f"{entidad.codigo_dane} {entidad.codigo_men} {departamento}",
    )


INDICADORES = ClaseBuscable(
    clave="indicador",
    nombre="indicador",
    plural="indicadores",
    modelo=Indicador,
    ficha=ficha_del_indicador,
    visibles=lambda usuario: Indicador.objects.activos(),
    orden=30,
)
SECRETARIAS = ClaseBuscable(
    clave="entidad",
    nombre="secretaría",
    plural="secretarías",
    modelo=EntidadTerritorial,
    ficha=ficha_de_la_secretaria,
    visibles=lambda usuario: EntidadTerritorial.objects.vigentes(),
    orden=40,
)
