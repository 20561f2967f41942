"""Listas de asistencia inventadas, como las escriben las herramientas."""

import csv
import io

from django.core.files.base import ContentFile

from conectate.acciones import importaciones, lecturas
from conectate.consultas.revision import grupos, por_revisar

FECHA = "09/06/2020"  # la de `una_sesion()`
CABECERA_DE_ZOOM = [
    *("Nombre (nombre original)", "Correo electrónico", "Hora de entrada", "Hora de salida"),
    *("Duración (minutos)", "Invitado", "En sala de espera"),
]


def escribir(filas) -> bytes:
    salida = io.StringIO()
    csv.writer(salida, lineterminator="\r\n").writerows(filas)
    return salida.getvalue().encode("utf-8-sig")


def de(nombre, correo="", entrada="09:00", salida="10:00"):
    """Alguien en `de_zoom`."""
    return (nombre, correo, entrada, salida)


def de_zoom(*personas, titulo="Reunión de prueba", numero="900 1000", inicio="09:00", fecha=FECHA):
    """Cada persona: (nombre, correo, entrada, salida), con las horas «09:00»."""
    reunion = [
        ["Tema", "ID", "Anfitrión", "Duración (minutos)", "Hora de inicio",
         "Hora de finalización", "Participantes"],
        [titulo, numero, "Anfitrión de Prueba", 90, f"{fecha} {inicio}:00", f"{fecha} 11:00:00",
         len(personas)],
        [],
    ]  # fmt: skip
    filas = [
        [nombre, correo, f"{fecha} {entrada}:00", f"{fecha} {salida}:00", 60, "Sí", "No"]
        for nombre, correo, entrada, salida in personas
    ]
    return escribir([*(reunion if titulo or numero else []), CABECERA_DE_ZOOM, *filas])


def de_zoom_con_totales(*personas):
    """Usuarios únicos: (nombre, correo, minutos)."""
    cabecera = ["Name (Original Name)", "User Email", "Total Duration (Minutes)", "Guest"]
    return escribir([cabecera, *([*persona, "Yes"] for persona in personas)])


def de_formulario(*personas):
    """Cada persona: (nombre, correo, entidad que escribió)."""
    cabecera = [
        "Marca temporal",
        "Dirección de correo electrónico",
        "Nombre completo",
        "Secretaría de Educación",
    ]
    return escribir(
        [
            cabecera,
            *(
                [f"{FECHA} 9:15:32", correo, nombre, entidad]
                for nombre, correo, entidad in personas
            ),
        ]
    )


RARO = escribir(
    [
        ["Quien", "Donde trabaja", "Contacto"],
        ["Ana Ruiz", "Neiva", "ana@neiva.test"],
        ["Luis Paz", "Neiva", "luis@otra.test"],
    ]
)


def recibir(sesion, datos, nombre="participantes.csv", por=None):
    importacion, _ = importaciones.recibir(
        sesion=sesion, archivo=ContentFile(datos), nombre=nombre, por=por
    )
    return importacion


def leer(sesion, datos, nombre="participantes.csv", por=None):
    """Hasta la vista previa."""
    importacion = recibir(sesion, datos, nombre, por)
    leido = lecturas.interpretar(datos, nombre=nombre, fecha=sesion.fecha)
    lecturas.guardar_lectura(importacion, leido, lecturas.preparar(importacion, leido))
    return importacion


def importar(sesion, datos, nombre="participantes.csv", por=None, **confirmar):
    """Hasta confirmada."""
    importacion = leer(sesion, datos, nombre, por)
    importaciones.confirmar(importacion=importacion, por=por, **confirmar)
    importacion.refresh_from_db()
    return importacion


def contadas(sesion):
    """Nombre → minutos de quienes quedaron en la sesión."""
    return dict(sesion.participaciones.order_by("nombre").values_list("nombre", "minutos"))


def entidades_de(sesion):
    """Nombre → entidad de quienes quedaron en la sesión."""
    return dict(sesion.participaciones.order_by("nombre").values_list("nombre", "entidad__nombre"))


def en_cola(**filtros):
    """Por quiénes se pregunta: (grupo, personas, sesiones)."""
    return [
        (fila["grupo"], fila["personas"], fila["sesiones"])
        for fila in grupos(por_revisar(**filtros))
    ]
