"""La plantilla de asistencia: un libro que se llena a mano y el importador reconoce al volver."""

from io import BytesIO

from conectate.models import Sesion
from territorio.consultas import entidades_vigentes
from trabajos.hojas.plantilla import ColumnaPorLlenar, plantilla_para_llenar

NOMBRE = "Nombre completo"
CORREO = "Correo electrónico"
ENTIDAD = "Secretaría de Educación"
CARGO = "Cargo"
EMPAREJAMIENTO = {"nombre": NOMBRE, "correo": CORREO, "etc": ENTIDAD, "cargo": CARGO}

INSTRUCCIONES = [
    "Escriba una persona por fila. No cambie los títulos de las columnas.",
    "Escoja la secretaría en la lista. Si la persona es de otra parte, escriba de dónde viene.",
    "No escriba números de documento ni teléfonos: no hacen falta y no se guardan.",
    "Guarde el libro y súbalo en la página de la sesión.",
]


def escribir_plantilla(sesion: Sesion) -> BytesIO:
    """Con las entidades que había en la fecha de la sesión."""
    libro = BytesIO()
    plantilla_para_llenar(
        libro,
        titulo="Asistencia",
        instrucciones=INSTRUCCIONES,
        columnas=[
            ColumnaPorLlenar(
                NOMBRE,
                ayuda="Nombres y apellidos.",
                ejemplo="Persona de Ejemplo",
                obligatoria=True,
                ancho=40,
            ),
            ColumnaPorLlenar(
                CORREO,
                ayuda="El institucional. Con él se reconoce a la persona en otras sesiones.",
                ejemplo="persona@secretaria.example",
                ancho=40,
            ),
            ColumnaPorLlenar(
                ENTIDAD,
                ayuda="Escójala de la lista.",
                ejemplo="Neiva",
                opciones=list(entidades_vigentes(sesion.fecha).values_list("nombre", flat=True)),
                solo_de_la_lista=False,
                ancho=34,
            ),
            ColumnaPorLlenar(CARGO, ayuda="Opcional.", ejemplo="Líder de calidad", ancho=28),
        ],
    )
    libro.seek(0)
    return libro
