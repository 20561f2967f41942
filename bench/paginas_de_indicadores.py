"""Las páginas de «Quiero informarme» con 15 años de todos los municipios del país.

Primero, cuántas consultas hace cada una con tres años de las secretarías y con todo: tienen que
ser las mismas y, en la ficha y el mapa, no pasar de 12. Después, gunicorn como lo abre el portal y
ocho visitas a la vez: en cada vuelta cada una pide la página de otra entidad. El percentil 95 se
toma de todas las respuestas. Antes se pinta lo publicado, como hace la agenda del portal; en
`pintar_s`, lo que eso tarda, y en `sola_ms`, cada página sin haberse pintado.
"""

import argparse
import http.client
import statistics
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import cycle, islice

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench import cifras, poblacion
from bench.escenario import cronometro, decir, preparar
from bench.peso import servidor
from indicadores.models import Indicador, Unidad, Valor
from indicadores.pintado import olvidar
from indicadores.tasks.pintado import pintar_lo_publicado
from territorio.models import EntidadTerritorial

MAXIMO_DE_CONSULTAS, LIMITE_MS = 12, 200
CON_TOPE = ("mapa", "ficha")  # las demás se miden para saberlo
A_LA_VEZ, PETICIONES = 8, 25  # por visita y por página


@dataclass(frozen=True)
class Pagina:
    nombre: str
    direcciones: tuple[str, ...]  # la misma página, de varias entidades o indicadores


def paginas() -> list[Pagina]:
    entidades = list(EntidadTerritorial.objects.order_by("codigo_dane"))
    codigos = [entidad.codigo_dane for entidad in entidades]
    indicadores = list(Indicador.objects.values_list("codigo", flat=True))
    mapa = reverse("indicadores:mapa")
    return [
        Pagina("entrada", (reverse("indicadores:entrada"),)),
        Pagina("mapa", tuple(f"{mapa}?indicador={codigo}" for codigo in indicadores)),
        Pagina("ficha", _de_cada("ficha", codigos)),
        Pagina(
            "ficha, una familia",
            tuple(f"{ficha}?familia=desercion" for ficha in _de_cada("ficha", codigos)),
        ),
        Pagina("comparación", _de_cada("comparar", codigos)),
        Pagina(
            "comparación con cuatro",
            tuple(
                f"{una}?{'&'.join(f'con={otra}' for otra in codigos[n : n + 4])}"
                for n, una in enumerate(_de_cada("comparar", codigos))
            ),
        ),
        Pagina("indicador", _de_cada("indicador", indicadores)),
        Pagina("catálogo", (reverse("indicadores:catalogo"),)),
    ]


def _de_cada(nombre, codigos):
    return tuple(reverse(f"indicadores:{nombre}", args=[codigo]) for codigo in codigos)


# ── Consultas ─────────────────────────────────────────────────────────────────────────────────


def consultas() -> dict[str, tuple[int, float]]:
    """De cada página, las consultas de su peor dirección de las primeras, y lo que tarda sola."""
    navegador = poblacion.navegador()
    contadas = {}
    for pagina in paginas():
        cuantas, segundos = [], []
        for direccion in (pagina.direcciones[0], *pagina.direcciones[:6]):
            olvidar()
            with CaptureQueriesContext(connection) as hechas, cronometro() as tiempo:
                respuesta = navegador.get(direccion)
            assert respuesta.status_code == 200, f"{direccion}: {respuesta.status_code}"
            cuantas.append(len(hechas))
            segundos.append(tiempo.segundos)
        # La primera no vale: es la que llena lo que se recuerda.
        contadas[pagina.nombre] = max(cuantas[1:]), statistics.median(segundos[1:]) * 1000
    return contadas


# ── Ocho a la vez ─────────────────────────────────────────────────────────────────────────────


def una_visita(puerto: int, direcciones: Iterator[str]) -> list[float]:
    """Milisegundos de cada respuesta, leída entera."""
    tiempos = []
    for direccion in direcciones:
        inicio = time.perf_counter()
        conexion = http.client.HTTPConnection("127.0.0.1", puerto)
        conexion.request("GET", direccion, headers={"Accept-Encoding": "gzip"})
        respuesta = conexion.getresponse()
        respuesta.read()
        conexion.close()
        tiempos.append((time.perf_counter() - inicio) * 1000)
        assert respuesta.status == 200, f"{direccion}: {respuesta.status}"
    return tiempos


def a_la_vez(puerto: int, pagina: Pagina, peticiones: int) -> dict:
    turnos = [
        islice(cycle(pagina.direcciones), inicio, inicio + peticiones)
        for inicio in range(0, A_LA_VEZ * peticiones, peticiones)
    ]
    with ThreadPoolExecutor(A_LA_VEZ) as visitas, cronometro() as todo:
        tiempos = [t for unos in visitas.map(lambda t: una_visita(puerto, t), turnos) for t in unos]
    return {
        "mediana_ms": round(statistics.median(tiempos)),
        "p95_ms": round(statistics.quantiles(tiempos, n=20)[-1]),
        "por_segundo": round(len(tiempos) / todo.segundos, 1),
    }


def medir(peticiones):
    pocas = Unidad.objects.exclude(ambito=Unidad.Ambito.ENTIDAD).exclude(
        ambito=Unidad.Ambito.MUNICIPIO, entidad=None
    )
    cifras.publicar(cifras.VIGENCIAS[-3:], pocas)
    antes = consultas()
    Valor.objects.all().delete()
    with cronometro() as publicar:
        cifras.publicar(cifras.VIGENCIAS)
    despues = consultas()
    with cronometro() as pintar:
        pintar_lo_publicado()
    with servidor() as puerto:
        a_la_vez(puerto, paginas()[0], 2)  # la primera carga el código y las plantillas
        juntas = {pagina.nombre: a_la_vez(puerto, pagina, peticiones) for pagina in paginas()}
    filas = [
        {
            "página": nombre,
            "consultas": [antes[nombre][0], despues[nombre][0]],
            "sola_ms": round(despues[nombre][1]),
            **juntas[nombre],
        }
        for nombre in antes
    ]
    decir(
        f"páginas de indicadores con {A_LA_VEZ} a la vez, {connection.vendor}",
        cifras=Valor.objects.count(),
        publicarlas_s=round(publicar.segundos, 1),
        pintar_s=round(pintar.segundos, 1),
        filas=filas,
        cumple=all(
            fila["consultas"][0] == fila["consultas"][1]
            and (
                fila["página"] not in CON_TOPE
                or fila["consultas"][1] <= MAXIMO_DE_CONSULTAS
                and fila["p95_ms"] < LIMITE_MS
            )
            for fila in filas
        ),
    )


if __name__ == "__main__":
    opciones = argparse.ArgumentParser(description=__doc__)
    opciones.add_argument("--peticiones", type=int, default=PETICIONES)
    dado = opciones.parse_args()
    preparar()
    medir(dado.peticiones)
