"""Las páginas de «Juntos lo vamos a lograr» con diez años de acompañamiento.

96 entidades × 52 semanas × 10 años de contactos y 200.000 compromisos. Primero, cuántas consultas
hace cada página con un año y con todo: tienen que ser las mismas. Después, gunicorn como lo abre el
portal, ya caliente, y ocho visitas a la vez, cada una con su sesión abierta: en cada vuelta piden
la misma página de otra secretaría u otro grupo. El percentil 95 se toma de todas las respuestas.
"""

import argparse
import http.client
import statistics
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle, islice

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from acompanamiento.models import (
    Compromiso,
    Contacto,
    Dependencia,
    Grupo,
    Integrante,
    Lado,
    Padrinazgo,
    Pertenencia,
    Seguimiento,
    Visita,
)
from bench import poblacion
from bench.escenario import cronometro, decir, preparar
from bench.peso import servidor
from cuentas.models import Direccion, Rol, Usuario
from territorio.models import EntidadTerritorial

ENTIDADES, SEMANAS, VIGENCIAS, COMPROMISOS = 96, 52, 10, 200_000
GRUPOS, POR_TANDA = 20, 2000
LIMITE_MS, A_LA_VEZ, PETICIONES = 200, 8, 25  # peticiones por visita y por página
CANALES = [*Contacto.Canal.values, *([Contacto.Canal.LLAMADA] * 4)]
Estado = Compromiso.Estado


# ── Qué hay ───────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Gente:
    entidades: list[EntidadTerritorial]
    grupos: list[Grupo]
    lideres: list[Usuario]


def organizar() -> Gente:
    """Veinte grupos con su líder, y cada entidad en uno y con su padrino, desde hace diez años."""
    desde = timezone.localdate() - timedelta(weeks=SEMANAS * VIGENCIAS)
    entidades = list(EntidadTerritorial.objects.order_by("codigo_dane")[:ENTIDADES])
    grupos = Grupo.objects.bulk_create(Grupo(numero=n + 1, desde=desde) for n in range(GRUPOS))
    lideres = [poblacion.una_persona(Rol.LIDER_GRUPO) for _ in grupos]
    Integrante.objects.bulk_create(
        Integrante(grupo=grupo, persona=lider, papel=Integrante.Papel.LIDER, desde=desde)
        for grupo, lider in zip(grupos, lideres, strict=True)
    )
    Pertenencia.objects.bulk_create(
        Pertenencia(grupo=grupos[n % GRUPOS], entidad=entidad, desde=desde)
        for n, entidad in enumerate(entidades)
    )
    Padrinazgo.objects.bulk_create(
        Padrinazgo(entidad=entidad, persona=lideres[n % GRUPOS], desde=desde)
        for n, entidad in enumerate(entidades)
    )
    return Gente(entidades, grupos, lideres)


def poblar(gente: Gente, semanas: range, compromisos: int) -> None:
    """Un contacto por entidad y semana, contando hacia atrás desde hoy, y lo que dejaron."""
    hoy = timezone.localdate()
    for semana in semanas:
        contactos = Contacto.objects.bulk_create(
            _contacto(gente, n, hoy - timedelta(weeks=semana, days=n % 7))
            for n in range(len(gente.entidades))
        )
        Visita.objects.bulk_create(
            Visita(contacto=uno, acta="Se revisó el plan.") for uno in contactos if uno.es_visita
        )
    _compromisos(gente, hoy, semanas, compromisos)
    with connection.cursor() as cursor:
        # Lo que en diez años de uso ya habría hecho la base por su cuenta.
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def _contacto(gente, n, fecha):
    return Contacto(
        entidad=gente.entidades[n],
        grupo=gente.grupos[n % GRUPOS],
        canal=CANALES[(fecha.toordinal() + n) % len(CANALES)],
        estado=Contacto.Estado.COMPLETO,
        fecha=fecha,
        asunto=f"Seguimiento semanal número {fecha.toordinal() // 7}",
        acuerdos="Se hablará otra vez la semana que viene.",
        creado_por=gente.lideres[n % GRUPOS],
    )


def _compromisos(gente, hoy, semanas, cuantos):
    direcciones, areas = list(Direccion.objects.all()), list(Dependencia.objects.all())
    for desde in range(0, cuantos, POR_TANDA):
        tanda = Compromiso.objects.bulk_create(
            _compromiso(
                gente, n, hoy - timedelta(weeks=semanas[n % len(semanas)]), direcciones, areas
            )
            for n in range(desde, min(desde + POR_TANDA, cuantos))
        )
        Seguimiento.objects.bulk_create(
            Seguimiento(compromiso=uno, texto="Va a la mitad.", estado=Estado.EN_CURSO)
            for uno in tanda[::4]
        )


def _compromiso(gente, n, acordado_el: date, direcciones, areas):
    """Nueve de cada diez ya se cumplieron; los demás están vencidos o por vencer."""
    lugar = n % len(gente.entidades)
    del_ministerio = n // ENTIDADES % 2 == 0
    cumplido = n % 10 != 7
    return Compromiso(
        entidad=gente.entidades[lugar],
        texto=f"Compromiso de medida número {n}: entregar el plan con metas por institución",
        lado=Lado.MINISTERIO if del_ministerio else Lado.ENTIDAD,
        direccion=direcciones[n % len(direcciones)] if del_ministerio else None,
        dependencia=None if del_ministerio else areas[n % len(areas)],
        persona=gente.lideres[lugar % GRUPOS] if n % 3 == 0 else None,
        acordado_el=acordado_el,
        vence_el=acordado_el + timedelta(days=15),
        estado=Estado.CUMPLIDO if cumplido else Estado.PENDIENTE,
        cerrado_en=timezone.now() if cumplido else None,
    )


# ── Qué se mira ───────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Pagina:
    nombre: str
    direcciones: tuple[str, ...]  # la misma página, de varias entidades o grupos
    con_tope: bool = True


def paginas(gente: Gente) -> list[Pagina]:
    codigos = [entidad.codigo_dane for entidad in gente.entidades]
    numeros = [grupo.numero for grupo in gente.grupos]
    lista, contactos = _de("compromisos"), _de("contactos")
    return [
        Pagina("entrada", (_de("entrada"),), con_tope=False),
        Pagina("semáforo", (_de("semaforo"),)),
        Pagina("semáforo de un grupo", tuple(f"{_de('semaforo')}?grupo={n}" for n in numeros)),
        Pagina("tablero", (_de("tablero"),)),
        Pagina("compromisos", (lista,)),
        Pagina("compromisos de un grupo", tuple(f"{lista}?grupo={n}" for n in numeros)),
        Pagina("contactos", (contactos,)),
        Pagina("contactos de una secretaría", tuple(f"{contactos}?entidad={c}" for c in codigos)),
        Pagina("grupos", (_de("grupos"),)),
        Pagina("grupo", tuple(_de("grupo", n) for n in numeros)),
        Pagina("secretaría", tuple(_de("secretaria", codigo) for codigo in codigos)),
        Pagina("necesidades", (_de("necesidades"),), con_tope=False),
        Pagina("calendario", (_de("calendario"),), con_tope=False),
    ]


def _de(nombre, *objetos):
    return reverse(f"acompanamiento:{nombre}", args=objetos)


def consultas(cliente: Client, gente: Gente) -> dict[str, tuple[int, float]]:
    """De cada página, las consultas de su peor dirección de las primeras, y lo que tarda sola."""
    contadas = {}
    for pagina in paginas(gente):
        cuantas, segundos = [], []
        for direccion in (pagina.direcciones[0], *pagina.direcciones[:5]):
            with CaptureQueriesContext(connection) as hechas, cronometro() as tiempo:
                respuesta = cliente.get(direccion)
            assert respuesta.status_code == 200, f"{direccion}: {respuesta.status_code}"
            cuantas.append(len(hechas))
            segundos.append(tiempo.segundos)
        # La primera no vale: es la que llena lo que se recuerda.
        contadas[pagina.nombre] = max(cuantas[1:]), statistics.median(segundos[1:]) * 1000
    return contadas


# ── Ocho a la vez ─────────────────────────────────────────────────────────────────────────────


def una_visita(puerto: int, galleta: str, direcciones: Iterator[str]) -> list[float]:
    """Milisegundos de cada respuesta, leída entera."""
    tiempos = []
    for direccion in direcciones:
        inicio = time.perf_counter()
        conexion = http.client.HTTPConnection("127.0.0.1", puerto)
        cabeceras = {"Accept-Encoding": "gzip", "Cookie": galleta}
        conexion.request("GET", direccion, headers=cabeceras)
        respuesta = conexion.getresponse()
        respuesta.read()
        conexion.close()
        tiempos.append((time.perf_counter() - inicio) * 1000)
        assert respuesta.status == 200, f"{direccion}: {respuesta.status}"
    return tiempos


def a_la_vez(puerto: int, galletas: list[str], pagina: Pagina, peticiones: int) -> dict:
    turnos = [
        islice(cycle(pagina.direcciones), inicio, inicio + peticiones)
        for inicio in range(0, A_LA_VEZ * peticiones, peticiones)
    ]
    with ThreadPoolExecutor(A_LA_VEZ) as visitas, cronometro() as todo:
        suyos = visitas.map(lambda g, t: una_visita(puerto, g, t), galletas, turnos)
        tiempos = [tiempo for unos in suyos for tiempo in unos]
    return {
        "mediana_ms": round(statistics.median(tiempos)),
        "p95_ms": round(statistics.quantiles(tiempos, n=20)[-1]),
        "por_segundo": round(len(tiempos) / todo.segundos, 1),
    }


def medir(peticiones, vigencias, compromisos):
    gente = organizar()
    cliente = poblacion.navegador(gente.lideres[0])
    poblar(gente, range(SEMANAS), compromisos // 10)
    antes = consultas(cliente, gente)
    with cronometro() as llenar:
        poblar(gente, range(SEMANAS, SEMANAS * vigencias), compromisos - compromisos // 10)
    despues = consultas(cliente, gente)
    galletas = [poblacion.galleta(poblacion.navegador(lider)) for lider in gente.lideres[:A_LA_VEZ]]
    with servidor() as puerto:
        for pagina in paginas(gente):  # la primera vez carga el código y las plantillas
            a_la_vez(puerto, galletas, pagina, 3)
        juntas = {p.nombre: a_la_vez(puerto, galletas, p, peticiones) for p in paginas(gente)}
    filas = [
        {
            "página": pagina.nombre,
            "consultas": [antes[pagina.nombre][0], despues[pagina.nombre][0]],
            "sola_ms": round(despues[pagina.nombre][1]),
            **juntas[pagina.nombre],
        }
        for pagina in paginas(gente)
    ]
    con_tope = {pagina.nombre for pagina in paginas(gente) if pagina.con_tope}
    decir(
        f"acompañamiento con {A_LA_VEZ} a la vez, {connection.vendor}",
        contactos=Contacto.objects.count(),
        compromisos=Compromiso.objects.count(),
        llenar_s=round(llenar.segundos, 1),
        filas=filas,
        cumple=all(
            fila["consultas"][0] == fila["consultas"][1]
            and (fila["página"] not in con_tope or fila["p95_ms"] < LIMITE_MS)
            for fila in filas
        ),
    )


if __name__ == "__main__":
    opciones = argparse.ArgumentParser(description=__doc__)
    opciones.add_argument("--peticiones", type=int, default=PETICIONES)
    opciones.add_argument("--vigencias", type=int, default=VIGENCIAS)
    opciones.add_argument("--compromisos", type=int, default=COMPROMISOS)
    dado = opciones.parse_args()
    preparar()
    medir(dado.peticiones, dado.vigencias, dado.compromisos)
