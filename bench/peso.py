"""Lo que cada página pesa en el cable, pedida a gunicorn como la pide un navegador.

Sobre el año de demostración. «Primera» es llegar a ella sin nada guardado; «siguiente», llegar
desde la portada, con lo de la portada ya guardado. Cuentan los cuerpos comprimidos (gzip lo que
se pinta, Brotli lo que no cambia) y también las cabeceras.
"""

import gzip
import http.client
import io
import re
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from urllib.parse import urljoin

import brotli
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.models import Count
from django.urls import reverse

from acompanamiento.models import Contacto
from bench import poblacion
from bench.escenario import decir
from conectate.models import Sesion
from cuentas.models import Usuario
from escuela.management.commands.portal import ordenes

DE_QUIEN_LIDERA = (
    *("entrada", "grupos", "semaforo", "tablero", "compromisos", "contactos", "nuevo-contacto"),
    *("necesidades", "calendario", "informes", "secretarias"),
)
PRIMERA, SIGUIENTE, PETICIONES = 70_000, 15_000, 10  # bytes, bytes y cuántas
TRAIDO = re.compile(
    r'<(?:link|script|img|iframe|use|source|object|embed)\b[^>]*?\b(?:href|src|data)="([^"#]+)'
)
DESDE_CSS = re.compile(r"url\(\s*['\"]?([^'\")#]+)")
ABRIR = {"gzip": gzip.decompress, "br": brotli.decompress}


# ── El servidor y quien pide ──────────────────────────────────────────────────────────────────


@contextmanager
def servidor():
    """Gunicorn con la orden del portal, en un puerto libre."""
    with socket.socket() as enchufe:
        enchufe.bind(("127.0.0.1", 0))
        puerto = enchufe.getsockname()[1]
    proceso = subprocess.Popen(ordenes("127.0.0.1", puerto)["web"], cwd=settings.RAIZ)
    try:
        for _ in range(300):
            with suppress(OSError), socket.create_connection(("127.0.0.1", puerto), timeout=1):
                break
            time.sleep(0.1)
        yield puerto
    finally:
        proceso.terminate()
        proceso.wait(20)


class Visita:
    """Un navegador recién abierto: recuerda lo que ya trajo y no lo vuelve a pedir."""

    def __init__(self, puerto, galleta):
        self.puerto, self.galleta = puerto, galleta
        self.guardado = set()

    def pedir(self, direccion) -> tuple[str, int]:
        """El texto ya abierto y los bytes que viajaron, con sus cabeceras."""
        conexion = http.client.HTTPConnection("127.0.0.1", self.puerto)
        cabeceras = {"Accept-Encoding": "gzip, deflate, br", "Cookie": self.galleta}
        conexion.request("GET", direccion, headers=cabeceras)
        respuesta = conexion.getresponse()
        cuerpo = respuesta.read()
        conexion.close()
        if respuesta.status != 200:
            sys.exit(f"{direccion} respondió {respuesta.status}")
        peso = len(cuerpo) + sum(len(f"{n}: {v}\r\n".encode()) for n, v in respuesta.getheaders())
        abierto = ABRIR.get(respuesta.getheader("Content-Encoding"), bytes)(cuerpo)
        es_texto = not respuesta.getheader("Content-Type", "").startswith("font/")
        return abierto.decode() if es_texto else "", peso

    def abrir(self, direccion) -> dict:
        """La página y todo lo que ella pide."""
        html, peso = self.pedir(direccion)
        pesos, pendientes = {direccion: peso}, TRAIDO.findall(html)
        terceros = set()
        while pendientes:
            pieza = pendientes.pop()
            if pieza.startswith("data:") or pieza in self.guardado:
                continue
            if not pieza.startswith("/") or pieza.startswith("//"):
                terceros.add(pieza)
                continue
            self.guardado.add(pieza)
            texto, pesos[pieza] = self.pedir(pieza)
            if pieza.endswith(".css"):
                pendientes += [urljoin(pieza, otra) for otra in DESDE_CSS.findall(texto)]
        return {
            "bytes": sum(pesos.values()),
            "del_html": peso,
            "html_sin_comprimir": len(html.encode()),
            "peticiones": len(pesos),
            "terceros": sorted(terceros),
        }


# ── Qué se pide ───────────────────────────────────────────────────────────────────────────────


def paginas():
    """Nombre, papel y dirección. La sesión es, de las abiertas, la que más personas tuvo."""
    abiertas = Sesion.objects.filter(estado=Sesion.Estado.REALIZADA)
    mayor = abiertas.annotate(n=Count("participaciones")).order_by("-n").first()
    vigencia, codigo = mayor.vigencia, "41"
    visita = (
        Contacto.objects.completos().visitas().filter(entidad__codigo_dane=codigo).latest("fecha")
    )
    de = {
        "MEN": Usuario.objects.get(email="equipo.men@demostracion.example"),
        "secretaría": Usuario.objects.get(email="huila@demostracion.example"),
        "líder": Usuario.objects.get(email="lider@demostracion.example"),
        "administración": Usuario.objects.get(email="administracion@demostracion.example"),
        "público": None,
    }
    rutas = [
        ("portada", "público", "portada", []),
        ("entrada", "público", "conectate:entrada", []),
        ("sesiones", "público", "conectate:sesiones", []),
        ("sesión", "público", "conectate:sesion", [mayor.pk]),
        ("secretarías", "público", "territorio:entidades", []),
        ("entrar", "público", "account_login", []),
        ("portada", "MEN", "portada", []),
        ("sesiones", "MEN", "conectate:sesiones", []),
        ("sesión", "MEN", "conectate:sesion", [mayor.pk]),
        ("personas de la sesión", "MEN", "conectate:personas", [mayor.pk]),
        ("crear sesión", "MEN", "conectate:nueva-sesion", []),
        ("subir asistencia", "MEN", "conectate:subir-asistencia", [mayor.pk]),
        ("archivo confirmado", "MEN", "conectate:importacion", [mayor.importaciones.get().pk]),
        ("participación", "MEN", "conectate:participacion", [vigencia]),
        ("matriz", "MEN", "conectate:matriz", [vigencia]),
        ("participación de una entidad", "MEN", "conectate:participacion-entidad", None),
        ("revisión", "MEN", "conectate:revision", []),
        ("mismas personas", "MEN", "conectate:mismas-personas", []),
        ("decisiones", "MEN", "conectate:decisiones", []),
        ("sesiones", "secretaría", "conectate:sesiones", []),
        ("mi secretaría", "secretaría", "conectate:participacion-entidad", None),
        ("mi portal", "secretaría", "mi-portal", []),
        ("mi portal", "MEN", "mi-portal", []),
        ("calendario", "público", "conectate:calendario-mes", [vigencia, 6]),
        ("menciones", "público", "conectate:menciones", [vigencia]),
        ("convocatoria", "MEN", "conectate:convocatoria", [mayor.pk]),
        ("rejilla", "MEN", "conectate:rejilla", [mayor.pk]),
        ("cierre", "MEN", "conectate:cierre", [mayor.pk]),
        ("constancias", "MEN", "conectate:constancias-de-entidad", None),
        ("lo que se perdió", "secretaría", "conectate:lo-que-se-perdio", None),
        ("historia", "secretaría", "conectate:historia-entidad", [codigo]),
        ("boletín", "secretaría", "conectate:boletin", [vigencia, 6, codigo]),
        ("indicadores", "público", "indicadores:entrada", []),
        ("mapa de indicadores", "público", "indicadores:mapa", []),
        ("ficha", "público", "indicadores:ficha", [codigo]),
        ("comparación", "público", "indicadores:comparar", [codigo]),
        ("indicador", "público", "indicadores:indicador", ["desercion"]),
        ("recursos", "público", "indicadores:recursos", []),
        ("quiero aprender", "público", "contenidos:entrada", []),
        ("biblioteca", "público", "contenidos:biblioteca", []),
        ("contenido", "público", "contenidos:contenido", ["guia-de-flexibilizacion-curricular"]),
        ("buscar", "público", "contenidos:buscar", []),
        ("canasta", "público", "contenidos:canasta", []),
        ("colección", "público", "contenidos:coleccion", ["caja-de-herramientas"]),
        ("ruta", "secretaría", "contenidos:ruta", ["proteger-trayectorias"]),
        ("temas", "público", "contenidos:temas", []),
        ("glosario", "público", "contenidos:glosario", []),
        ("juntos", "público", "contenidos:juntos", []),
        ("ayuda", "público", "contenidos:ayuda", []),
        ("juntos: entrada", "público", "acompanamiento:entrada", []),
        ("juntos: programas", "público", "acompanamiento:programas", []),
        *((f"juntos: {una}", "líder", f"acompanamiento:{una}", []) for una in DE_QUIEN_LIDERA),
        ("juntos: grupo", "líder", "acompanamiento:grupo", [1]),
        ("juntos: secretaría", "líder", "acompanamiento:secretaria", [codigo]),
        ("juntos: contacto", "líder", "acompanamiento:contacto", [visita.clave]),
        ("juntos: mi acompañamiento", "secretaría", "acompanamiento:secretaria", [codigo]),
        ("juntos: compromisos", "secretaría", "acompanamiento:compromisos", []),
        ("mesa de edición", "MEN", "contenidos:mesa-de-edicion", []),
        ("bandeja de calidad", "MEN", "indicadores:calidad", []),
        ("cargas de indicadores", "MEN", "indicadores:cargas", []),
        ("trabajos", "administración", "trabajos:trabajos", []),
        ("bitácora", "administración", "cuentas:bitacora", []),
    ]
    for nombre, papel, ruta, args in rutas:
        direccion = reverse(ruta, args=[vigencia, codigo] if args is None else args)
        yield nombre, papel, poblacion.galleta(poblacion.navegador(de[papel])), direccion


def medir(puerto):
    filas = []
    for nombre, papel, galleta, direccion in paginas():
        primera = Visita(puerto, galleta).abrir(direccion)
        despues = Visita(puerto, galleta)
        despues.abrir(reverse("portada"))
        siguiente = despues.abrir(direccion)
        filas.append(
            {
                "página": f"{nombre} ({papel})",
                "primera": primera["bytes"],
                "peticiones": primera["peticiones"],
                "siguiente": siguiente["bytes"],
                "html": primera["del_html"],
                "html_sin_comprimir": primera["html_sin_comprimir"],
                "terceros": primera["terceros"],
            }
        )
    se_pasan = [
        fila["página"]
        for fila in filas
        if fila["primera"] > PRIMERA
        or fila["siguiente"] > SIGUIENTE
        or fila["peticiones"] > PETICIONES
        or fila["terceros"]
    ]
    decir(
        f"peso en el cable, con cabeceras, {connection.vendor}",
        filas=filas,
        del_limite={
            "primera": round(max(fila["primera"] for fila in filas) / PRIMERA, 2),
            "siguiente": round(max(fila["siguiente"] for fila in filas) / SIGUIENTE, 2),
            "peticiones": max(fila["peticiones"] for fila in filas) / PETICIONES,
        },
        se_pasan=se_pasan,
        cumple=not se_pasan,
    )


if __name__ == "__main__":
    call_command("preparar", stdout=io.StringIO())
    with servidor() as puerto:
        medir(puerto)
