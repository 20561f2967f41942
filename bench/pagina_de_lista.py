"""La lista de sesiones contra la misma vista y plantilla en Django pelado, alternándose.

A es el portal entero (middleware, sesión, persona, procesadores, compresión); B, lo mismo sin
nada de eso. Las dos van en este proceso, una tras otra en cada vuelta, y la razón se toma por
parejas: lo que frene a la máquina las frena a las dos.
"""

import argparse
import io
import statistics
import sys

from django.contrib.auth.models import AnonymousUser
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.urls import reverse

from bench import pelado, poblacion
from bench.escenario import cronometro, decir, preparar, resumen
from cuentas.models import Rol
from territorio.models import EntidadTerritorial

SESIONES, VUELTAS, PETICIONES, MINIMO = 200, 15, 10, 0.5


def pedir(aplicacion, direccion, galleta) -> bytes:
    """Una petición por WSGI, como la haría gunicorn, con la respuesta leída entera."""
    dicho = []
    entorno = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": direccion,
        "QUERY_STRING": "",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_COOKIE": galleta,
        "HTTP_ACCEPT_ENCODING": "gzip, br",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
    }
    respuesta = aplicacion(entorno, lambda estado, cabeceras: dicho.append(estado))
    try:
        cuerpo = b"".join(respuesta)
    finally:
        respuesta.close()
    assert dicho == ["200 OK"], dicho
    return cuerpo


def por_segundo(aplicacion, direccion, galleta="") -> float:
    with cronometro() as tiempo:
        for _ in range(PETICIONES):
            pedir(aplicacion, direccion, galleta)
    return PETICIONES / tiempo.segundos


def comparar(papel, persona, vueltas):
    portal, solo = WSGIHandler(), pelado.Pelado(persona or AnonymousUser())
    galleta = poblacion.galleta(poblacion.navegador(persona))
    lista = reverse("conectate:sesiones")

    def una_vuelta():
        con_todo = por_segundo(portal, lista, galleta)
        with pelado.pintando_sin_procesadores():
            return con_todo, por_segundo(solo, "/pelada/")

    una_vuelta()  # la primera llena lo que se recuerda
    parejas = [una_vuelta() for _ in range(vueltas)]
    razones = [con_todo / sin_nada for con_todo, sin_nada in parejas]
    decir(
        f"lista de sesiones contra Django pelado, {papel}, {connection.vendor}",
        portal_por_segundo=resumen([con_todo for con_todo, _ in parejas]),
        pelado_por_segundo=resumen([sin_nada for _, sin_nada in parejas]),
        razon=resumen(razones),
        cumple=statistics.median(razones) >= MINIMO,
    )


if __name__ == "__main__":
    opciones = argparse.ArgumentParser(description=__doc__)
    opciones.add_argument("--vueltas", type=int, default=VUELTAS)
    dado = opciones.parse_args()
    preparar()
    poblacion.una_persona(Rol.ADMINISTRACION)
    poblacion.poblar(SESIONES)
    comparar("público", None, dado.vueltas)
    comparar("MEN", poblacion.una_persona(Rol.EQUIPO_MEN), dado.vueltas)
    de_huila = EntidadTerritorial.objects.get(codigo_dane="41")
    comparar("secretaría", poblacion.una_persona(Rol.SECRETARIO, de_huila), dado.vueltas)
