"""Quién puede qué en «Juntos lo vamos a lograr». Se lee con `tabla_de_acceso.py`."""

from tests.papeles import (
    LO_RECIBE,
    NO_RECIBE,
    NO_RECIBE_DE_NADIE,
    PUBLICA,
    SOLO_MINISTERIO,
    Fila,
    cada,
)

# Quien organiza: administración y equipo del MEN. Dirige un grupo, además, quien lo lidera.
QUIEN_ORGANIZA = cada(anonimo=302, ministerio=200, propia=403, lider_grupo=403, profesional=403)
QUIEN_DIRIGE = cada(anonimo=302, ministerio=200, propia=403, profesional=403)

GRUPOS = [
    Fila("acompanamiento:entrada", PUBLICA, NO_RECIBE_DE_NADIE),
    Fila("acompanamiento:grupos", SOLO_MINISTERIO, NO_RECIBE),
    Fila("acompanamiento:nuevo-grupo", QUIEN_ORGANIZA, QUIEN_ORGANIZA),
    Fila("acompanamiento:grupo", SOLO_MINISTERIO, NO_RECIBE, ("numero_de_grupo",)),
    Fila("acompanamiento:editar-grupo", QUIEN_ORGANIZA, QUIEN_ORGANIZA, ("numero_de_grupo",)),
    Fila("acompanamiento:agregar-integrante", QUIEN_DIRIGE, QUIEN_DIRIGE, ("numero_de_grupo",)),
    Fila("acompanamiento:retirar-integrante", QUIEN_DIRIGE, QUIEN_DIRIGE, ("integrante",)),
    Fila("acompanamiento:mi-grupo", LO_RECIBE, NO_RECIBE),
    Fila("acompanamiento:mover-entidad", QUIEN_ORGANIZA, QUIEN_ORGANIZA, ("codigo_con_grupo",)),
    Fila("acompanamiento:asignar-padrino", QUIEN_DIRIGE, QUIEN_DIRIGE, ("codigo_con_grupo",)),
    Fila("acompanamiento:relevos", QUIEN_ORGANIZA, NO_RECIBE),
    Fila("acompanamiento:nuevo-relevo", QUIEN_ORGANIZA, QUIEN_ORGANIZA),
    Fila("acompanamiento:relevo", QUIEN_ORGANIZA, NO_RECIBE, ("relevo",)),
]
LISTADOS: list[Fila] = []
CONTACTOS: list[Fila] = []
ARCHIVOS: list[Fila] = []
COMPROMISOS: list[Fila] = []
NECESIDADES: list[Fila] = []
PROGRAMAS: list[Fila] = []
INSTITUCIONES: list[Fila] = []
SEGUIMIENTO: list[Fila] = []
CALENDARIO: list[Fila] = []
INFORMES: list[Fila] = []

ACOMPANAMIENTO = [
    *GRUPOS,
    *LISTADOS,
    *CONTACTOS,
    *ARCHIVOS,
    *COMPROMISOS,
    *NECESIDADES,
    *PROGRAMAS,
    *INSTITUCIONES,
    *SEGUIMIENTO,
    *CALENDARIO,
    *INFORMES,
]
