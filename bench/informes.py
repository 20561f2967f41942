"""El informe de cada entidad, en Excel y en PDF: todas en veinte segundos, y cuánto va de otra
manera de hacerlos.

Primero, un lote de verdad con 15 años de todos los municipios del país: lo hacen dos procesos, como
dos trabajadores, y se cuenta desde que se pide hasta que el último está guardado. Después, en un
solo proceso y alternando, los mismos libros con openpyxl y, si está instalado, los mismos PDF con
WeasyPrint.
"""

import argparse
import importlib.util
import json
import statistics
import subprocess
import sys
import time

from django.db import connection

from bench import cifras, poblacion
from bench import informes_de_otra_manera as otra
from bench.escenario import cronometro, decir, memoria_maxima_mb, preparar, resumen
from indicadores.acciones.informes import pedir_lote
from indicadores.informes.contenido import informe_de
from indicadores.informes.impreso import componer_impreso
from indicadores.informes.libro import escribir_libro
from indicadores.models import EntregaDeInforme
from territorio.models import EntidadTerritorial
from trabajos.acciones import ejecutar_pendientes

PROCESOS, LIMITE, MUESTRA = 2, 20.0, 8


def medir_el_lote():
    persona = poblacion.una_persona("equipo_men")
    connection.close()
    procesos = [_un_trabajador() for _ in range(PROCESOS)]
    for proceso in procesos:
        proceso.stdout.readline()  # «listo»: arrancar el intérprete no es hacer informes
    with cronometro() as reloj:
        lote = pedir_lote(vigencia=cifras.VIGENCIAS[-1], por=persona)
        for proceso in procesos:
            proceso.stdin.write("ya\n")
            proceso.stdin.close()
        gastos = [json.loads(proceso.stdout.readline()) for proceso in procesos]
        for proceso in procesos:
            proceso.wait()
    entregas = list(lote.entregas.all())
    listas = [una for una in entregas if una.estado == EntregaDeInforme.Estado.LISTA]
    if len(listas) != len(entregas):
        sys.exit(f"Quedaron {len(entregas) - len(listas)} informes sin hacer.")
    decir(
        f"{len(listas)} XLSX y {len(listas)} PDF con {PROCESOS} procesos, {connection.vendor}",
        segundos=round(reloj.segundos, 1),
        cpu_por_proceso_s=[procesador for _, procesador in gastos],
        ms_por_entidad=round(reloj.segundos / len(listas) * 1000),
        kb_del_pdf_mayor=round(max(una.bytes_pdf for una in listas) / 1000),
        kb_del_xlsx_mayor=round(max(una.bytes_xlsx for una in listas) / 1000),
        memoria_mb=max(memoria for memoria, _ in gastos),
        cumple=reloj.segundos <= LIMITE,
    )


def _un_trabajador():
    return subprocess.Popen(
        [sys.executable, "-m", "bench.informes", "--trabajador"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def trabajar():
    print("listo", flush=True)
    sys.stdin.readline()
    antes = time.process_time()
    ejecutar_pendientes("indicadores.informe_de_lote")
    print(json.dumps([memoria_maxima_mb(), round(time.process_time() - antes, 1)]), flush=True)


def comparar(muestra):
    """Por informe, segundos de procesador de cada manera: nadie más en la máquina los cambia."""
    entidades = EntidadTerritorial.objects.select_related("departamento").order_by("codigo_dane")
    comunes = {}
    informes = [
        informe_de(una, vigencia=cifras.VIGENCIAS[-1], comunes=comunes)
        for una in list(entidades)[:: max(1, len(entidades) // muestra)][:muestra]
    ]
    libros = parejas(
        list(zip(informes, map(otra.copiar_libro, map(escribir_libro, informes)), strict=True)),
        escribir_libro,
        otra.libro_con_openpyxl,
    )
    decir_parejas("XLSX, contra openpyxl", libros)
    if importlib.util.find_spec("weasyprint") is None:
        decir("PDF, contra WeasyPrint", razon=None, nota="WeasyPrint no está instalado")
        return
    impresos = parejas(
        [(informe, informe) for informe in informes], componer_impreso, otra.pdf_con_weasyprint
    )
    decir_parejas("PDF, contra WeasyPrint", impresos)
    juntos = [
        (libro[0] + impreso[0], libro[1] + impreso[1])
        for libro, impreso in zip(libros, impresos, strict=True)
    ]
    decir_parejas("los dos, contra openpyxl y WeasyPrint", juntos)


def parejas(pares, nuestro, suyo) -> list[tuple[float, float]]:
    nuestro(pares[0][0])  # la primera carga código y letras
    suyo(pares[0][1])
    return [(_procesador(nuestro, uno), _procesador(suyo, otro)) for uno, otro in pares]


def _procesador(hacer, dato):
    antes = time.process_time()
    hacer(dato)
    return time.process_time() - antes


def decir_parejas(medida, segundos):
    decir(
        medida,
        nuestro_s=resumen([uno for uno, _ in segundos]),
        otro_s=resumen([otro for _, otro in segundos]),
        razon=round(statistics.median(otro / uno for uno, otro in segundos), 1),
    )


if __name__ == "__main__":
    opciones = argparse.ArgumentParser(description=__doc__)
    opciones.add_argument("--muestra", type=int, default=MUESTRA, help="cuántas se comparan")
    opciones.add_argument("--trabajador", action="store_true", help=argparse.SUPPRESS)
    dado = opciones.parse_args()
    if dado.trabajador:
        trabajar()
        sys.exit()
    preparar()
    cifras.publicar(cifras.VIGENCIAS)
    medir_el_lote()
    comparar(dado.muestra)
