"""De pedir las constancias de una sesión de 400 asistentes a tener el ZIP, por el trabajo real.

Emite las 401 (400 personas y su secretaría), compone los PDF, arma el ZIP con su índice y lo deja
guardado. Después lee de vuelta cada nombre: un archivo rápido y equivocado no vale.
"""

import argparse
import io
import statistics
import sys
import zipfile

from django.db import connection
from pypdf import PdfReader

from bench import listas, poblacion
from bench.escenario import cronometro, decir, memoria_maxima_mb, preparar, resumen
from conectate.acciones.constancias import pedir_constancias_de_sesion
from conectate.acciones.importadas import contar_importadas
from conectate.models import Convocatoria, Participacion, Sesion, TipoSesion
from cuentas.models import Rol
from territorio.models import EntidadTerritorial
from territorio.texto import normalizar
from trabajos.acciones import ejecutar

PERSONAS, VUELTAS, LIMITE = 400, 3, 20.0


def una_sesion_cerrada(personas):
    entidad = EntidadTerritorial.objects.get(codigo_dane="41001")
    sesion = Sesion.objects.create(
        titulo="Orientaciones para el retorno gradual, progresivo y seguro",
        tipo=TipoSesion.objects.get(clave="informativa"),
        fecha=listas.FECHA,
        estado=Sesion.Estado.CERRADA,
    )
    Convocatoria.objects.create(sesion=sesion, entidad=entidad)
    nombres = [f"SEM Neiva - María Ñáñez Inventada {letras(n)}" for n in range(personas)]
    Participacion.objects.bulk_create(
        Participacion(
            sesion=sesion,
            entidad=entidad,
            clave=f"n:{normalizar(nombre)}",
            tipo="persona",
            nombre=nombre,
            nombre_norm=normalizar(nombre),
            minutos=90.0,
            decision="automatica",
            evidencia="nombre_visible",
        )
        for nombre in nombres
    )
    contar_importadas(sesion)
    return sesion, {nombre.removeprefix("SEM Neiva - ") for nombre in nombres}


def letras(numero):
    return "".join(chr(ord("A") + numero // 26**lugar % 26) for lugar in (2, 1, 0))


def una_vuelta(persona, personas) -> float:
    sesion, nombres = una_sesion_cerrada(personas)
    trabajo = pedir_constancias_de_sesion(sesion, por=persona)
    with cronometro() as reloj:
        ejecutar(trabajo.pk)
    trabajo.refresh_from_db()
    with trabajo.archivo.open("rb") as archivo:
        leidos = leer_nombres(archivo.read())
    if leidos != nombres | {"Neiva"}:
        sys.exit(f"Los nombres de los PDF no son los de la sesión: {trabajo.mensaje}")
    return reloj.segundos


def leer_nombres(contenido: bytes) -> set[str]:
    partes = zipfile.ZipFile(io.BytesIO(contenido))
    return {
        nombre_en(partes.read(nombre)) for nombre in partes.namelist() if nombre.endswith(".pdf")
    }


def nombre_en(pdf):
    texto = " ".join(PdfReader(io.BytesIO(pdf)).pages[0].extract_text().split())
    de_persona, _, nombre = texto.partition(" participó ")[0].partition("hace constar que ")
    return nombre.removeprefix("la Secretaría de Educación de ")


def medir(personas, vueltas):
    persona = poblacion.una_persona(Rol.EQUIPO_MEN)
    segundos = [una_vuelta(persona, personas) for _ in range(vueltas)]
    decir(
        f"ZIP con las constancias de {personas} personas, {connection.vendor}",
        segundos=resumen(segundos),
        ms_cada_una=round(statistics.median(segundos) / (personas + 1) * 1000, 1),
        memoria_mb=memoria_maxima_mb(),
        cumple=statistics.median(segundos) < LIMITE,
    )


if __name__ == "__main__":
    opciones = argparse.ArgumentParser(description=__doc__)
    opciones.add_argument("--personas", type=int, default=PERSONAS)
    opciones.add_argument("--vueltas", type=int, default=VUELTAS)
    dado = opciones.parse_args()
    preparar()
    medir(dado.personas, dado.vueltas)
