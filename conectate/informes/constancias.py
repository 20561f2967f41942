"""Las constancias como salen: un PDF cada una y, si son varias, un ZIP con su índice.

Un documento por constancia: de una sola compilación de 400 páginas no se saca cada una con sus
etiquetas de accesibilidad. `bench/constancias.py` mide lo que cuesta.
"""

from collections.abc import Callable, Sequence
from pathlib import Path, PurePosixPath
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from conectate.consultas.calendario import dias_en_palabras
from conectate.models import Constancia, Sesion
from territorio.texto import normalizar
from trabajos.codigos import qr_de, tiempo_en_palabras
from trabajos.hojas.escribir import Columna, Hoja, escribir_csv
from trabajos.pdf import componer_pdf
from trabajos.tarea import nombre_ofrecido

LARGO_DE_NOMBRE = 90  # de archivo: con las carpetas, Windows no abre rutas de más de 260
DEMOSTRACION = "Demostración: la sesión y quienes aparecen son inventados."
INDICE = [
    Columna("Código"),
    Columna("A nombre de"),
    Columna("Clase"),
    Columna("Código DANE"),
    Columna("Entidad"),
    Columna("Sesión"),
    Columna("Fecha", "fecha"),
    Columna("Tiempo"),
    Columna("Archivo"),
]


def que_tiempo(constancia: Constancia) -> str:
    """De qué es el tiempo que dice."""
    return "Tiempo de participación" if constancia.es_de_persona else "Duración de la sesión"


def componer_constancia(constancia: Constancia) -> bytes:
    """El PDF. Dice lo mismo que su página de verificación: nada que no se pueda comprobar."""
    sesion = constancia.sesion
    datos = [("Tipo", sesion.tipo.nombre), ("Fecha", dias_en_palabras(sesion))]
    if tiempo := tiempo_en_palabras(constancia.minutos):
        datos.append((que_tiempo(constancia), tiempo))
    direccion = settings.DIRECCION_DEL_PORTAL + constancia.get_absolute_url()
    formulario = settings.DIRECCION_DEL_PORTAL + reverse("conectate:verificar-constancias")
    emitida = date_format(timezone.localtime(constancia.emitida_en), r"j \d\e F \d\e Y")
    return componer_pdf(
        "constancia",
        {
            "titulo": f"Constancia {constancia.codigo}",
            "encabezado": "Constancia",
            "aviso": DEMOSTRACION if sesion.es_demostracion else "",
            "introduccion": "hace constar que"
            if constancia.es_de_persona
            else "hace constar que la Secretaría de Educación de",
            "nombre": constancia.nombre,
            "que_hizo": "participó en la sesión",
            "en_que": sesion.titulo,
            "datos": datos,
            "codigo": constancia.codigo,
            "qr": qr_de(direccion),
            "texto_del_qr": f"Código QR para comprobar esta constancia en {direccion}",
            "como_comprobar": "Compruébela con el código en",
            "direccion": formulario.partition("://")[2].rstrip("/"),
            "emitida": f"Emitida el {emitida}",
        },
    )


def nombre_del_pdf(constancia: Constancia) -> str:
    return nombre_ofrecido(f"{constancia.nombre[:LARGO_DE_NOMBRE]} - {constancia.codigo}.pdf")


def escribir_zip(
    ruta: Path, constancias: Sequence[Constancia], avanzar: Callable[[int], None]
) -> None:
    """Cada PDF en su carpeta, a medida que se compone, y al final el índice."""
    varias_sesiones = len({constancia.sesion_id for constancia in constancias}) > 1
    filas = []
    with ZipFile(ruta, "w", ZIP_STORED) as zip_:  # un PDF ya va comprimido
        for hechas, constancia in enumerate(_en_orden(constancias), 1):
            interno = PurePosixPath(
                *([nombre_de_sesion(constancia.sesion)] if varias_sesiones else []),
                "Personas" if constancia.es_de_persona else "Secretarías",
                nombre_del_pdf(constancia),
            )
            zip_.writestr(str(interno), componer_constancia(constancia))
            filas.append(_en_el_indice(constancia, str(interno)))
            avanzar(hechas)
        indice = ruta.with_name("indice.csv")
        escribir_csv(indice, Hoja("Índice", INDICE, filas), "excel")
        zip_.write(indice, "Índice.csv", ZIP_DEFLATED)


def nombre_de_sesion(sesion: Sesion) -> str:
    return nombre_ofrecido(f"{sesion.fecha:%Y-%m-%d} {sesion.titulo[:60]}")


def _en_orden(constancias):
    return sorted(
        constancias,
        key=lambda una: (
            una.sesion.fecha,
            una.sesion_id,
            una.es_de_persona,
            normalizar(una.nombre),
        ),
    )


def _en_el_indice(constancia, interno):
    entidad = constancia.entidad
    return [
        constancia.codigo,
        constancia.nombre,
        "Persona" if constancia.es_de_persona else "Secretaría",
        entidad.codigo_dane if entidad else "",
        entidad.nombre if entidad else "",
        constancia.sesion.titulo,
        constancia.sesion.fecha,
        tiempo_en_palabras(constancia.minutos),
        interno,
    ]
