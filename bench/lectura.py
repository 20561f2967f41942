"""Leer un PDF de 300 páginas: de pedirlo a que se encuentra por lo que dice, y con qué memoria.

Contra abrirlo y sacarle el texto, sin más, en un proceso recién arrancado.
"""

import argparse
import random
import statistics
import subprocess
import sys

from bench.escenario import cronometro, decir, memoria_maxima_mb, preparar, resumen

PAGINAS, RENGLONES, PALABRAS, VUELTAS = 300, 42, 10, 5
LIMITE, MEMORIA_MB = 10, 200
# Un proceso pequeño arranca al que lee: el pico de un hijo nunca es menos que el de su padre.
MEMORIA = (
    "import resource, sys; from pathlib import Path; from contenidos.lectura import aparte\n"
    "aparte.leer(Path(sys.argv[1]), '.pdf')\n"
    "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)"
)
SUELO = (
    "import sys, pypdfium2\n"
    "for pagina in pypdfium2.PdfDocument(sys.argv[1]):\n"
    "    pagina.get_textpage().get_text_range()"
)


def un_libro(paginas: int) -> bytes:
    from tests.archivos_de_prueba import un_pdf

    azar = random.Random(5)
    letras = "aaabcdeeeilmnoorstu"
    vocabulario = ["".join(azar.choices(letras, k=azar.randint(3, 9))) for _ in range(6_000)]
    return un_pdf(
        *(
            "\n".join(" ".join(azar.choices(vocabulario, k=PALABRAS)) for _ in range(RENGLONES))
            for _ in range(paginas)
        )
    )


def una_vuelta(libro: bytes) -> tuple[float, float, float]:
    """Segundos de leerlo e indexarlo, y de solo sacarle el texto; y los MB de quien lo abre."""
    from django.core.files.base import ContentFile

    from contenidos.acciones.versiones import subir_version
    from tests.fabricas_de_contenidos import un_contenido
    from trabajos.acciones import ejecutar_pendientes

    archivo = ContentFile(libro, "libro.pdf")
    version = subir_version(contenido=un_contenido(), archivo=archivo, por=None)
    with cronometro() as leer:
        ejecutar_pendientes("contenidos.leer_version")
    if version.textos.count() != PAGINAS:
        sys.exit("No se leyeron todas las páginas.")
    with cronometro() as suelo:
        subprocess.run([sys.executable, "-c", SUELO, version.archivo.path], check=True)
    memoria = subprocess.check_output([sys.executable, "-c", MEMORIA, version.archivo.path])
    return leer.segundos, suelo.segundos, float(memoria)


def medir(vueltas):
    from django.db import connection

    libro = un_libro(PAGINAS)
    leer, suelo, memoria = zip(*(una_vuelta(libro) for _ in range(vueltas)), strict=True)
    decir(
        f"leer un PDF de {PAGINAS} páginas y dejarlo en el índice, {connection.vendor}",
        segundos=resumen(leer),
        solo_el_texto=resumen(suelo),
        razon=round(statistics.median(leer) / statistics.median(suelo), 2),
        memoria_mb=memoria_maxima_mb(),
        memoria_del_proceso_aparte_mb=round(max(memoria), 1),
        cumple=statistics.median(leer) < LIMITE and max(memoria) < MEMORIA_MB,
    )


if __name__ == "__main__":
    opciones = argparse.ArgumentParser(description=__doc__)
    opciones.add_argument("--vueltas", type=int, default=VUELTAS)
    dado = opciones.parse_args()
    preparar()
    medir(dado.vueltas)
