"""De soltar un archivo de 300 personas a ver su vista previa pintada, por la página real.

Cada vuelta sube el archivo a una sesión nueva y sigue hasta la página que se lee. Al lado va lo
que tarda, en la misma vuelta, la página de esa sesión: así la cifra se entiende en otra máquina.
"""

import argparse
import statistics
import sys

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from bench import listas, poblacion
from bench.escenario import cronometro, decir, preparar, resumen
from conectate.acciones.sesiones import crear_sesion
from conectate.models import Sesion, TipoSesion
from cuentas.models import Rol

PERSONAS, FILAS, VUELTAS, LIMITE = 300, 700, 15, 1.0
ESCRIBIR = {"csv": listas.en_csv, "xlsx": listas.en_xlsx}


def una_vuelta(navegador, persona, formato, datos) -> tuple[float, float]:
    """Segundos hasta la vista previa, y los de la página de la sesión."""
    sesion = crear_sesion(
        por=persona,
        titulo="Medida",
        tipo=TipoSesion.objects.get(clave="informativa"),
        fecha=listas.FECHA,
        estado=Sesion.Estado.REALIZADA,
    )
    archivo = SimpleUploadedFile(f"lista.{formato}", datos)
    with cronometro() as subida:
        pagina = navegador.post(
            reverse("conectate:subir-asistencia", args=[sesion.pk]),
            {"archivo": archivo},
            follow=True,
        )
    if f"Confirmar {PERSONAS} asistentes" not in pagina.content.decode():
        sys.exit(f"No se llegó a la vista previa de {PERSONAS} personas: {pagina.request}")
    with cronometro() as lectura:
        navegador.get(sesion.get_absolute_url())
    return subida.segundos, lectura.segundos


def medir(formato, vueltas, dominios):
    persona = poblacion.una_persona(Rol.EQUIPO_MEN)
    navegador = poblacion.navegador(persona)
    datos = ESCRIBIR[formato](FILAS, PERSONAS, dominios)
    todas = [una_vuelta(navegador, persona, formato, datos) for _ in range(vueltas + 1)]
    primera, parejas = todas[0], todas[1:]
    segundos = [subida for subida, _ in parejas]
    decir(
        f"vista previa de {PERSONAS} personas en {formato.upper()}, {connection.vendor}",
        primera_s=round(primera[0], 3),
        vista_previa_s=resumen(segundos),
        veces_la_pagina_de_la_sesion=resumen([subida / lee for subida, lee in parejas]),
        del_limite=resumen([uno / LIMITE for uno in segundos]),
        cumple=statistics.median(segundos) < LIMITE,
    )


if __name__ == "__main__":
    opciones = argparse.ArgumentParser(description=__doc__)
    opciones.add_argument("formatos", nargs="*", default=["csv", "xlsx"])
    opciones.add_argument("--vueltas", type=int, default=VUELTAS)
    dado = opciones.parse_args()
    preparar()
    dominios = poblacion.ensenar_dominios()
    for formato in dado.formatos:
        medir(formato, dado.vueltas, dominios)
