"""Buscar en una biblioteca llena: lo que tarda una búsqueda, de lo escrito a lo que se muestra.

Se inventan contenidos de diez páginas con un vocabulario que se reparte como el de un idioma (pocas
palabras muy repetidas y muchas raras). Las consultas mezclan palabras comunes y raras, de una a
tres, siglas del glosario, comienzos de palabra y errores al teclear.
"""

import argparse
import random
import statistics
import sys
from datetime import timedelta
from itertools import accumulate

from django.contrib.auth.models import AnonymousUser
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test.client import RequestFactory
from django.urls import reverse
from django.utils import timezone

from bench.escenario import cronometro, decir, memoria_maxima_mb, preparar
from contenidos.acciones.indice import reindexar_todo
from contenidos.consultas.busqueda import contenidos_que, fragmentos
from contenidos.models import Autor, Clase, Contenido, PaginaDeTexto, Termino, VersionDeContenido
from trabajos import carga_masiva

PAGINAS, PALABRAS_POR_PAGINA, EN_PANTALLA = 10, 180, 24
VOCABULARIO, BUSQUEDAS = 30_000, 200
# Cuántos contenidos y cuántos milisegundos, según la base.
METAS = {"postgresql": (20_000, 150), "sqlite": (2_000, 300)}
SILABAS = [f"{c}{v}" for c in "bcdfglmnprstv" for v in "aeiou"] + [
    "es",
    "al",
    "in",
    "ción",
    "mente",
]
_CORRIENTES = """
    educación escolar guía plan estudiante docente colegio secretaría matrícula evaluación
    currículo familia permanencia alimentación formación acompañamiento lectura inclusión
"""
CORRIENTES = _CORRIENTES.split()


def vocabulario(azar):
    """Las palabras del oficio primero: son las que más se repiten."""
    inventadas = {"".join(azar.choices(SILABAS, k=azar.randint(2, 5))) for _ in range(VOCABULARIO)}
    return CORRIENTES + sorted(inventadas, key=lambda _: azar.random())


def poblar(cuantos, azar, palabras):
    pesos = list(accumulate(1 / (puesto + 5) for puesto in range(len(palabras))))

    def unas(n):
        return " ".join(azar.choices(palabras, cum_weights=pesos, k=n))

    autor = Autor.objects.get_or_create(nombre_norm="bench", defaults={"nombre": "Bench"})[0]
    clases, ahora = list(Clase.objects.all()), timezone.now()
    contenidos = Contenido.objects.bulk_create(
        [
            Contenido(
                slug=f"bench-{n}",
                titulo=unas(azar.randint(3, 8)).capitalize(),
                resumen=unas(30),
                clase=azar.choice(clases),
                autor=autor,
                vigencia=azar.randint(2010, 2020),
                estado=Contenido.Estado.PUBLICADO,
                publicado_en=ahora - timedelta(hours=azar.randint(1, 50_000)),
            )
            for n in range(cuantos)
        ],
        batch_size=1_000,
    )
    versiones = VersionDeContenido.objects.bulk_create(
        [
            VersionDeContenido(
                contenido=contenido,
                numero=1,
                archivo="no-existe.pdf",
                nombre_del_archivo="bench.pdf",
                tamano=1,
                huella="0" * 64,
                paginas=PAGINAS,
                extraccion=VersionDeContenido.Extraccion.HECHA,
            )
            for contenido in contenidos
        ],
        batch_size=1_000,
    )
    for version in versiones:
        version.contenido.version_actual = version
    Contenido.objects.bulk_update(contenidos, ["version_actual"], batch_size=500)

    def paginas():
        for version in versiones:
            for numero in range(1, PAGINAS + 1):
                texto = unas(PALABRAS_POR_PAGINA)
                yield (version.pk, numero, texto, _sin_tildes(texto))

    columnas = ["version_id", "numero", "texto", "texto_norm"]
    carga_masiva.insertar(PaginaDeTexto, columnas, paginas())
    carga_masiva.contar_de_nuevo(PaginaDeTexto)


def _sin_tildes(texto):
    return texto.translate(str.maketrans("áéíóúñ", "aeioun"))


def consultas(azar, palabras):
    """Doscientas, de siete maneras."""
    siglas = [t.siglas for t in Termino.objects.exclude(siglas="")] or ["PMI"]
    comunes, medias, raras = palabras[:60], palabras[60:2_000], palabras[2_000:]

    def con_error(palabra):
        i = azar.randrange(1, len(palabra) - 1)
        return palabra[:i] + palabra[i + 1 :]

    maneras = [
        lambda: azar.choice(comunes),
        lambda: " ".join(azar.sample(comunes, 2)),
        lambda: f"{azar.choice(comunes)} {azar.choice(medias)}",
        lambda: " ".join([azar.choice(comunes), azar.choice(medias), azar.choice(medias)]),
        lambda: azar.choice(raras),
        lambda: con_error(azar.choice([p for p in medias if len(p) > 6])),
        lambda: f"{azar.choice(siglas)} {azar.choice(comunes)}",
    ]
    return [maneras[n % len(maneras)]() for n in range(BUSQUEDAS)]


def una_busqueda(texto):
    """Lo que hace la biblioteca: entender, encontrar, contar, la primera página y sus trozos."""
    hallados, consulta = contenidos_que(texto, AnonymousUser())
    len(hallados)
    fragmentos(hallados[:EN_PANTALLA], consulta)


def una_pagina(aplicacion, texto):
    """La de todo el portal, entera."""
    pedido = RequestFactory().get(reverse("contenidos:buscar"), {"q": texto}, HTTP_HOST="localhost")
    dicho = []
    respuesta = aplicacion(pedido.environ, lambda estado, cabeceras: dicho.append(estado))
    b"".join(respuesta)
    respuesta.close()
    assert dicho == ["200 OK"], dicho


def medir(que, lista, limite, hacer):
    milisegundos = []
    for texto in lista:
        with cronometro() as tiempo:
            hacer(texto)
        milisegundos.append(tiempo.segundos * 1000)
    percentil = statistics.quantiles(milisegundos, n=20)[18]
    peores = sorted(zip(milisegundos, lista, strict=True), reverse=True)[:3]
    decir(
        f"{que}, {connection.vendor}",
        contenidos=Contenido.objects.count(),
        paginas=PaginaDeTexto.objects.count(),
        mediana_ms=round(statistics.median(milisegundos), 1),
        percentil_95_ms=round(percentil, 1),
        peores=[f"{texto}: {ms:.0f} ms" for ms, texto in peores],
        limite_ms=limite,
        cumple=percentil < limite,
    )
    return percentil < limite


if __name__ == "__main__":
    cuantos, limite = METAS[connection.vendor]
    opciones = argparse.ArgumentParser(description=__doc__)
    opciones.add_argument("--contenidos", type=int, default=cuantos)
    dado = opciones.parse_args()
    preparar()
    azar = random.Random(2020)
    palabras = vocabulario(azar)
    poblar(dado.contenidos, azar, palabras)
    with cronometro() as tiempo:
        reindexar_todo()
    decir("reindexar todo", segundos=round(tiempo.segundos), memoria_mb=memoria_maxima_mb())
    lista, aplicacion = consultas(azar, palabras), WSGIHandler()
    for texto in lista[:7]:  # lo primero llena lo que se recuerda
        una_busqueda(texto)
        una_pagina(aplicacion, texto)
    cumplen = [
        medir("buscar contenidos", lista, limite, una_busqueda),
        medir("la página de buscar", lista, limite, lambda texto: una_pagina(aplicacion, texto)),
    ]
    sys.exit(0 if all(cumplen) else 1)
