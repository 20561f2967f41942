"""Listas de asistencia inventadas, del tamaño que haga falta."""

import csv
import io
import random
from datetime import date, datetime, timedelta

FECHA = date(2026, 3, 5)
CABECERA = [
    *("Nombre (nombre original)", "Correo electrónico", "Hora de entrada", "Hora de salida"),
    *("Duración (minutos)", "Invitado", "En sala de espera"),
]
PERSONALES = ("gmail.com", "hotmail.com", "outlook.com")


def filas(cuantas: int, personas: int, dominios: list[str]):
    """Conexiones de una reunión: cada persona entra varias veces, con correo casi siempre."""
    azar = random.Random(2026)
    inicio = datetime.combine(FECHA, datetime.min.time()) + timedelta(hours=9)
    gente = []
    for numero in range(personas):
        suerte = azar.random()
        dominio = azar.choice(dominios if suerte < 0.6 else PERSONALES)
        correo = f"prueba{numero}@{dominio}" if suerte < 0.85 else ""
        gente.append((f"Persona Inventada {numero:05}", correo))
    for numero in range(cuantas):
        nombre, correo = gente[numero] if numero < personas else azar.choice(gente)
        entra = inicio + timedelta(seconds=azar.randint(0, 5400))
        yield nombre, correo, entra, entra + timedelta(seconds=azar.randint(30, 3600))


def en_csv(cuantas: int, personas: int, dominios: list[str]) -> bytes:
    salida = io.StringIO()
    hoja = csv.writer(salida)
    hoja.writerow(CABECERA)
    for nombre, correo, entra, sale in filas(cuantas, personas, dominios):
        minutos = -(-(sale - entra).seconds // 60)
        hoja.writerow(
            [nombre, correo, f"{entra:%d/%m/%Y %I:%M:%S %p}", f"{sale:%d/%m/%Y %I:%M:%S %p}"]
            + [minutos, "Sí", "No"]
        )
    return salida.getvalue().encode("utf-8-sig")


def en_xlsx(cuantas: int, personas: int, dominios: list[str]) -> bytes:
    import xlsxwriter

    salida = io.BytesIO()
    libro = xlsxwriter.Workbook(salida, {"constant_memory": True})
    hoja = libro.add_worksheet()
    hora = libro.add_format({"num_format": "dd/mm/yyyy hh:mm:ss"})
    hoja.write_row(0, 0, CABECERA)
    for n, (nombre, correo, entra, sale) in enumerate(filas(cuantas, personas, dominios), 1):
        hoja.write_row(n, 0, [nombre, correo])
        hoja.write_datetime(n, 2, entra, hora)
        hoja.write_datetime(n, 3, sale, hora)
        hoja.write_row(n, 4, [-(-(sale - entra).seconds // 60), "Sí", "No"])
    libro.close()
    return salida.getvalue()
