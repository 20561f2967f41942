"""Unas instituciones inventadas y cuántas estuvieron en presencialidad en el año."""

from datetime import timedelta

from acompanamiento.demostracion.grupos import Elenco
from acompanamiento.models import Presencialidad
from territorio.models import Institucion
from territorio.texto import normalizar

POR_ENTIDAD = 3
CORTES = 6
FUENTE = "Demostración"
Sector, Zona = Institucion.Sector, Institucion.Zona


def cargar(elenco: Elenco) -> int:
    instituciones = [
        _institucion(numero * POR_ENTIDAD + otra, entidad, otra)
        for numero, (_, entidad) in enumerate(elenco.en_orden())
        for otra in range(POR_ENTIDAD)
    ]
    Institucion.objects.bulk_create(instituciones, ignore_conflicts=True)
    Presencialidad.objects.bulk_create(
        [
            cuenta
            for numero, (_, entidad) in enumerate(elenco.en_orden())
            if numero % 3 != 2  # de una de cada tres no se sabe
            for cuenta in _cuentas(elenco, numero, entidad)
        ],
        ignore_conflicts=True,
    )
    return len(instituciones)


def _institucion(numero, entidad, otra):
    nombre = f"Institución Educativa de Prueba {otra + 1} de {entidad}"
    return Institucion(
        # Ningún código DANE de una institución empieza por nueve.
        codigo_dane=f"9{numero:011}",
        nombre=nombre,
        nombre_norm=normalizar(nombre),
        entidad=entidad,
        sector=Sector.NO_OFICIAL if otra == 2 else Sector.OFICIAL,
        zona=Zona.RURAL if otra == 1 else Zona.URBANA,
        estado=Institucion.Estado.ACTIVA,
        fuente=FUENTE,
        es_demostracion=True,
    )


def _cuentas(elenco, numero, entidad):
    total = 20 + numero % 60
    for corte in range(CORTES):
        yield Presencialidad(
            entidad=entidad,
            fecha=elenco.hoy - timedelta(days=60 * (CORTES - 1 - corte) + 5),
            en_presencialidad=total * (corte + numero % 3) // (CORTES + 2),
            total=total,
            fuente=FUENTE,
            es_demostracion=True,
            creado_por=elenco.equipo,
        )
