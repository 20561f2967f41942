"""Lo que pasa con los temas."""

from django.db import transaction
from django.utils.text import slugify

from contenidos.models import Tema
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
    return Tema.objects.get_or_create(
        nombre_norm=normalizar(nombre),
        defaults={"nombre": nombre, "slug": slugify(nombre), "padre": padre},
    )
