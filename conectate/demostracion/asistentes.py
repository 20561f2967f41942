"""Quién estuvo en cada sesión de la demostración, y el archivo que la herramienta habría dejado.

Las cinco primeras y los dos nombres del diálogo son los de la mención especial del informe de
2020; lo demás sale de un azar con semilla, siempre igual, y nadie existe.
"""

import csv
import io
import random
from datetime import datetime, timedelta

from conectate.demostracion.calendario import DIALOGO, INFORMATIVA, SESIONES, SesionDePrueba
from territorio.models import EntidadTerritorial
from territorio.texto import normalizar

PRESENCIAS_INFORMADAS = {"05": 44, "94": 43, "17001": 43, "68081": 42, "41": 42}
EN_TODO_EL_DIALOGO = {"05", "66001"}
SALAS = ("Sala Norte", "Sala Magdalena", "Sala de sistemas", "Sala del segundo piso")
SIGLA = {"departamento": "SED", "distrito": "SED", "municipio": "SEM"}


def reparto(entidades) -> list[set[str]]:
    """Por cada sesión de la vigencia, los códigos DANE de las entidades que estuvieron."""
    azar = random.Random("presencias-2020")
    de_tipo = {
        tipo: [i for i, sesion in enumerate(SESIONES) if sesion.tipo == tipo]
        for tipo in (INFORMATIVA, DIALOGO)
    }
    presentes = [set() for _ in SESIONES]
    for codigo in sorted(entidad.codigo_dane for entidad in entidades):
        informativas = PRESENCIAS_INFORMADAS.get(codigo) or azar.randint(14, 41)
        dialogos = 5 if codigo in EN_TODO_EL_DIALOGO else azar.randint(1, 4)
        for tipo, cuantas in ((INFORMATIVA, informativas), (DIALOGO, dialogos)):
            for i in azar.sample(de_tipo[tipo], cuantas):
                presentes[i].add(codigo)
    return presentes


def dominio_de(entidad: EntidadTerritorial) -> str:
    """Un dominio que no existe ni puede existir: «.example» está reservado."""
    return f"{normalizar(entidad.nombre).replace(' ', '-')}.gov.example"


class Elenco:
    """Las personas inventadas de cada entidad: de una a cuatro, siempre las mismas."""

    def __init__(self, entidades):
        azar = random.Random("elenco-2020")
        self.de = {}
        numero = 0
        for entidad in sorted(entidades, key=lambda e: e.codigo_dane):
            personas = []
            for lugar in range(azar.randint(1, 4)):
                numero += 1
                nombre = f"Persona Inventada {numero:03}"
                if lugar == 0:  # quien encabeza escribe su secretaría, como se pide al entrar
                    nombre = f"{SIGLA[entidad.tipo]} {entidad.nombre} - {nombre}"
                personas.append((nombre, f"prueba{numero:03}@{dominio_de(entidad)}"))
            self.de[entidad.codigo_dane] = personas


def archivo(sesion: SesionDePrueba, presentes: set[str], elenco: Elenco, numero: int):
    """El nombre y los bytes de la lista: de Zoom las pares, de Teams las impares."""
    azar = random.Random(f"archivo-{numero}")
    empieza = datetime.combine(sesion.fecha, sesion.hora)
    filas = []
    for codigo in sorted(presentes):
        personas = elenco.de[codigo]
        for nombre, correo in [personas[0], *azar.sample(personas[1:], len(personas) // 2)]:
            entra = empieza + timedelta(seconds=azar.randint(-480, 1200))
            sale = empieza + timedelta(seconds=azar.randint(4200, 6900))
            filas.append((nombre, correo, entra, sale))
    for nombre, correo, minutos in _los_demas(numero):
        filas.append((nombre, correo, empieza, empieza + timedelta(minutes=minutos)))
    if numero % 2:
        return f"participants_{900_000_000 + numero}.csv", _de_zoom(sesion, filas, numero)
    return f"Informe de asistencia {sesion.fecha:%d-%m-%y}.csv", _de_teams(sesion, filas)


def _los_demas(numero):
    """Lo que nunca falta en una reunión y no dice de dónde es."""
    yield "read.ai meeting notes", "", 95
    yield f"Visitante Inventado {numero:02}", f"visitante{numero:02}@gmail.com", 50
    if numero % 6 == 0:
        yield SALAS[numero // 6 % len(SALAS)], "", 90
    if numero % 8 == 0:
        yield f"120255501{numero:02}", "", 40  # de los que se reservan para la ficción


def _texto(filas, separador):
    salida = io.StringIO()
    csv.writer(salida, delimiter=separador, lineterminator="\r\n").writerows(filas)
    return salida.getvalue()


def _de_zoom(sesion, filas, numero) -> bytes:
    hora = "%d/%m/%Y %I:%M:%S %p"
    inicio, fin = min(f[2] for f in filas), max(f[3] for f in filas)
    cabecera = [
        ["Tema", "ID", "Anfitrión", "Duración (minutos)", "Hora de inicio",
         "Hora de finalización", "Participantes"],
        [sesion.titulo, 900_000_000 + numero, "Anfitrión de Prueba",
         (fin - inicio).seconds // 60, inicio.strftime(hora), fin.strftime(hora), len(filas)],
        [],
        ["Nombre (nombre original)", "Correo electrónico", "Hora de entrada", "Hora de salida",
         "Duración (minutos)", "Invitado", "En sala de espera"],
    ]  # fmt: skip
    cuerpo = [
        [nombre, correo, entra.strftime(hora), sale.strftime(hora),
         -(-(sale - entra).seconds // 60), "Sí", "No"]
        for nombre, correo, entra, sale in filas
    ]  # fmt: skip
    return _texto(cabecera + cuerpo, ",").encode("utf-8-sig")


def _de_teams(sesion, filas) -> bytes:
    resumen = [
        ["1. Resumen"],
        ["Título de la reunión", sesion.titulo],
        ["Participantes asistentes", len(filas)],
        ["Hora de inicio", _hora_de_teams(min(f[2] for f in filas))],
        ["Hora de finalización", _hora_de_teams(max(f[3] for f in filas))],
        [],
        ["2. Participantes"],
        ["Nombre", "Primera entrada", "Última salida", "Duración de la reunión",
         "Correo electrónico", "Id. de participante (UPN)", "Rol"],
    ]  # fmt: skip
    cuerpo = [
        [nombre, _hora_de_teams(entra), _hora_de_teams(sale), _duracion(sale - entra), correo,
         correo, "Asistente"]
        for nombre, correo, entra, sale in filas
    ]  # fmt: skip
    return _texto(resumen + cuerpo, "\t").encode("utf-16")


def _hora_de_teams(momento) -> str:
    """«2/19/26, 8:48:00 AM»: sin ceros delante, igual en todos los sistemas."""
    doce = momento.hour % 12 or 12
    return (
        f"{momento.month}/{momento.day}/{momento:%y}, {doce}:{momento:%M:%S} "
        f"{'AM' if momento.hour < 12 else 'PM'}"
    )


def _duracion(lapso) -> str:
    horas, resto = divmod(int(lapso.total_seconds()), 3600)
    return f"{horas} h {resto // 60} min {resto % 60} s"
