"""Lo que toda plantilla puede nombrar."""

from django.conf import settings
from django.urls import NoReverseMatch

from conectate.models import Sesion
from contenidos.permisos import puede_editar
from escuela.direcciones import direccion_fija
from escuela.secciones import SECCIONES
from territorio.recordado import Recordado

NIVELES_DE_LETRA = 5  # de 16 a 28 puntos: por debajo de 16 la norma no deja

# Lo que cada persona tiene a mano, además de las secciones: texto, ruta y quién lo ve.
ENLACES_PERSONALES = (
    ("Mi portal", "mi-portal", lambda persona: True),
    ("Mi secretaría", "conectate:mi-secretaria", lambda persona: persona.es_de_secretaria),
    ("Mis indicadores", "indicadores:mi-ficha", lambda persona: persona.es_de_secretaria),
    ("Mesa de edición", "contenidos:mesa-de-edicion", puede_editar),
    ("Mis trabajos", "trabajos:trabajos", lambda persona: True),
    ("Administración", "admin:index", lambda persona: persona.es_administrador),
)

hay_demostracion = Recordado(Sesion, Sesion.objects.filter(es_demostracion=True).exists)


def institucion(request):
    return {"institucion": settings.INSTITUCION}


def navegacion(request):
    """El menú con las secciones del portal y lo que la persona tiene a mano."""
    encontrada = request.resolver_match
    aqui = _seccion_de(encontrada) if encontrada else None
    persona = getattr(request, "user", None)
    return {
        "menu": [(seccion, seccion == aqui) for seccion in SECCIONES],
        "seccion_actual": aqui,
        "enlaces_personales": _enlaces_de(persona) if persona and persona.is_authenticated else [],
    }


def preferencias(request):
    """Cómo quiere leer cada quien, y si lo que lee es inventado."""
    contraste = request.COOKIES.get("contraste") == "alto"
    letra = nivel_de_letra(request)
    clases = ["contraste-alto"] * contraste + [f"letra-{letra}"] * bool(letra)
    return {
        "contraste_alto": contraste,
        "clases_de_lectura": " ".join(clases),
        "hay_demostracion": hay_demostracion,
    }


def nivel_de_letra(request) -> int:
    guardado = request.COOKIES.get("letra", "")
    return int(guardado) if guardado in {str(n) for n in range(NIVELES_DE_LETRA)} else 0


def _seccion_de(encontrada):
    return next((seccion for seccion in SECCIONES if seccion.contiene(encontrada)), None)


def _enlaces_de(persona):
    enlaces = []
    for texto, ruta, lo_ve in ENLACES_PERSONALES:
        try:
            if lo_ve(persona):
                enlaces.append((texto, direccion_fija(ruta)))
        except NoReverseMatch:  # la app aún no tiene páginas
            continue
    return enlaces
