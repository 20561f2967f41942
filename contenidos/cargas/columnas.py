"""Qué columnas tiene la hoja de contenidos, y la plantilla en blanco para llenarla."""

from pathlib import Path

from django.utils.text import capfirst

from contenidos.models import Audiencia, Autor, Clase, Contenido, Eje, Nivel, Tema
from territorio.texto import normalizar
from trabajos.hojas.plantilla import ColumnaPorLlenar, plantilla_para_llenar

VARIOS = "Si son varios, sepárelos con punto y coma."
INSTRUCCIONES = (
    "Un renglón por contenido. No cambie los títulos de las columnas; el orden no importa.",
    "Los archivos van juntos en un ZIP. En «Archivo» escriba el nombre de cada uno, completo.",
    "Lo que está en otro sitio no lleva archivo: escriba su dirección en «Enlace».",
    "Al subir la hoja verá, fila por fila, qué entra y qué no. Nada se crea sin que lo confirme.",
    "Puede corregir la hoja y subirla otra vez: lo que ya esté en la biblioteca no se repite.",
)

# Clave → título. Lo que no esté en OBLIGATORIAS puede faltar en la hoja o ir vacío.
TITULOS = {
    "titulo": "Título",
    "resumen": "Resumen",
    "clase": "Clase",
    "vigencia": "Año",
    "autor": "Quién lo hizo",
    "archivo": "Archivo",
    "enlace": "Enlace",
    "temas": "Temas",
    "eje": "Eje o línea",
    "audiencias": "Para quién",
    "niveles": "Niveles",
    "licencia": "Licencia",
    "idioma": "Idioma",
    "visibilidad": "Quién lo ve",
    "tiene_subtitulos": "Tiene subtítulos",
    "subtitulos": "Archivo de subtítulos",
    "revisar_el": "Revisar el",
}
OBLIGATORIAS = ("titulo", "resumen", "clase", "vigencia", "autor")
POR_TITULO = {normalizar(titulo): clave for clave, titulo in TITULOS.items()}


def escribir_plantilla(ruta: Path) -> None:
    plantilla_para_llenar(
        ruta,
        titulo="Contenidos",
        columnas=[_columna(clave) for clave in TITULOS],
        instrucciones=INSTRUCCIONES,
    )


def _columna(clave):
    return ColumnaPorLlenar(TITULOS[clave], obligatoria=clave in OBLIGATORIAS, **_DETALLES[clave]())


def _nombres(consulta):
    return [str(uno) for uno in consulta]


def _rotulos(opciones):
    return [capfirst(rotulo) for _, rotulo in opciones.choices]


_DETALLES = {
    "titulo": lambda: {"ancho": 44, "ejemplo": "Guía de flexibilización curricular"},
    "resumen": lambda: {
        "ancho": 60,
        "ayuda": "Dos o tres frases: qué trae y para qué sirve. Hasta 1.500 letras.",
    },
    "clase": lambda: {
        "ayuda": "Qué es.",
        "opciones": _nombres(Clase.objects.filter(activa=True)),
        "ejemplo": "guía",
        "ancho": 22,
    },
    "vigencia": lambda: {"clase": "entero", "ayuda": "El del contenido.", "ejemplo": "2020"},
    "autor": lambda: {
        "ayuda": "La dependencia u organización, nunca una persona. Si no está en la lista, "
        "escríbala completa.",
        "opciones": _nombres(Autor.objects.all()),
        "solo_de_la_lista": False,
        "ancho": 36,
    },
    "archivo": lambda: {
        "ayuda": "Su nombre dentro del ZIP, con la extensión.",
        "ejemplo": "guia-flexibilizacion.pdf",
        "ancho": 36,
    },
    "enlace": lambda: {
        "ayuda": "Solo si está en otro sitio: completa, con https://",
        "ejemplo": "https://www.colombiaaprende.edu.co/",
        "ancho": 36,
    },
    "temas": lambda: {
        "ayuda": VARIOS,
        "opciones": _nombres(Tema.objects.activos()),
        "solo_de_la_lista": False,
        "ejemplo": "Flexibilización curricular; Permanencia",
        "ancho": 40,
    },
    "eje": lambda: {"opciones": _nombres(Eje.objects.vigentes()), "ancho": 36},
    "audiencias": lambda: {
        "ayuda": VARIOS,
        "opciones": _nombres(Audiencia.objects.all()),
        "solo_de_la_lista": False,
        "ancho": 30,
    },
    "niveles": lambda: {
        "ayuda": VARIOS,
        "opciones": _nombres(Nivel.objects.all()),
        "solo_de_la_lista": False,
        "ancho": 24,
    },
    "licencia": lambda: {
        "ayuda": "Vacía: puede usarlo si cita la fuente.",
        "opciones": _rotulos(Contenido.Licencia),
        "ancho": 36,
    },
    "idioma": lambda: {"ayuda": "Vacío: español.", "opciones": _rotulos(Contenido.Idioma)},
    "visibilidad": lambda: {
        "ayuda": "Vacía: cualquier persona.",
        "opciones": [
            capfirst(valor.label)
            for valor in Contenido.Visibilidad
            if valor != Contenido.Visibilidad.PRESTADA
        ],
        "ancho": 28,
    },
    "tiene_subtitulos": lambda: {
        "ayuda": "Solo para videos: sin subtítulos no se pueden publicar.",
        "opciones": ("Sí", "No"),
    },
    "subtitulos": lambda: {"ayuda": "El .vtt del video, dentro del ZIP.", "ancho": 28},
    "revisar_el": lambda: {
        "clase": "fecha",
        "ayuda": "Cuándo comprobar que sigue valiendo.",
        "ejemplo": "30/06/2027",
    },
}
