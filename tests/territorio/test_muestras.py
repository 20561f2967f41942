"""Las muestras de listas de asistencia: su verdad, persona por persona."""

import json
from datetime import date

import pytest

from territorio.cargas import cargar_catalogo, cargar_dominios
from territorio.resolucion import Catalogo

pytestmark = pytest.mark.django_db


def test_las_muestras_dan_su_verdad(compartido):
    muestras = compartido / "muestras" / "asistencia"
    verdad = json.loads((muestras / "verdad.json").read_text(encoding="utf-8"))
    cargar_catalogo()
    cargar_dominios(muestras / "dominios-etc.csv")

    fallos = []
    for archivo in verdad["archivos"]:
        fecha = date.fromisoformat(archivo["sesion"]["fecha_programada"])
        catalogo = Catalogo.vigente_en(fecha)
        for persona in archivo["participantes"]:
            if persona["tipo"] != "bot":
                fallos += [
                    (archivo["archivo"], nombre, resolucion)
                    for nombre, resolucion in resoluciones(catalogo, persona)
                    if not es_la_verdad(resolucion, persona)
                ]

    assert fallos == []


def resoluciones(catalogo, persona):
    for nombre in persona["nombres_en_archivo"]:
        yield (
            nombre,
            catalogo.resolver(
                correo=next(iter(persona["correos"]), ""),
                declarado=next(iter(persona.get("texto_etc") or []), ""),
                visible=nombre,
            ),
        )


def es_la_verdad(resolucion, persona):
    esperada = persona["etc_esperada"]
    if (resolucion.decision, resolucion.evidencia) != (
        persona["decision_esperada"],
        persona["evidencia"],
    ):
        return False
    if resolucion.decision == "automatica":
        return resolucion.codigo == esperada
    return resolucion.codigo is None and (esperada is None or esperada in resolucion.sugerencias)


def test_ninguna_persona_de_las_muestras_queda_en_la_entidad_equivocada(compartido):
    """Aunque no se conozca ningún dominio: lo que se asigna solo es la entidad verdadera."""
    ruta = compartido / "muestras" / "asistencia" / "verdad.json"
    verdad = json.loads(ruta.read_text(encoding="utf-8"))
    cargar_catalogo()

    mal = []
    for archivo in verdad["archivos"]:
        fecha = date.fromisoformat(archivo["sesion"]["fecha_programada"])
        catalogo = Catalogo.vigente_en(fecha)
        for persona in archivo["participantes"]:
            if persona["tipo"] in ("persona", "sala"):
                for nombre, resolucion in resoluciones(catalogo, persona):
                    if resolucion.codigo not in (None, persona["etc_real"]):
                        mal.append((nombre, resolucion, persona["etc_real"]))

    assert mal == []
