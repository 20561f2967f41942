"""Cifras inventadas de todas las unidades, tantos años como se pida, publicadas en una versión."""

import itertools
import random
from collections.abc import Iterable

from django.db import transaction

from indicadores.acciones import publicacion
from indicadores.acciones.calculo import recalcular
from indicadores.models import Conjunto, Indicador, Unidad, Valor, Version

VIGENCIAS = range(2011, 2026)
Ambito = Unidad.Ambito


@transaction.atomic
def publicar(vigencias: Iterable[int], unidades: Iterable[Unidad] | None = None) -> Version:
    """Las de esas unidades (todas, si no se dice), y las que se calculan de ellas."""
    if unidades is None:
        unidades = Unidad.objects.exclude(ambito=Ambito.ENTIDAD)
    version = publicacion.abrir_version(
        conjunto=Conjunto.objects.get(clave="municipal"),
        clase=Version.Clase.CARGA,
        fuente="Cifras inventadas para medir",
        por=None,
    )
    publicacion.entrar(_filas(list(vigencias), list(unidades), version))
    recalcular(version)
    return version


def _filas(vigencias, unidades, version):
    """Como las de verdad: cada serie cambia poco de un año a otro, y algunas celdas faltan."""
    azar = random.Random(2026)
    fila = itertools.count(2)
    indicadores = list(Indicador.objects.all())
    for unidad in unidades:
        nivel = {indicador.pk: _de_partida(indicador, azar) for indicador in indicadores}
        for vigencia in vigencias:
            numero = next(fila)
            for indicador in indicadores:
                falta = azar.random() < 0.01 or (indicador.hasta or vigencia) < vigencia
                nivel[indicador.pk] *= azar.uniform(0.94, 1.06)
                yield (
                    indicador.pk,
                    unidad.pk,
                    vigencia,
                    Valor.Estado.SIN_DATO if falta else Valor.Estado.VALOR,
                    None if falta else round(nivel[indicador.pk], 2),
                    Valor.Metodo.PUBLICADO,
                    numero,
                    "",
                    version.pk,
                    None,
                )


def _de_partida(indicador, azar):
    if indicador.familia == Indicador.Familia.POBLACION:
        return azar.uniform(2_000, 90_000)
    return azar.uniform(2, 40 if indicador.sentido == Indicador.Sentido.BAJA else 95)
