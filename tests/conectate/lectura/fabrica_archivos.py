"""Archivos de asistencia inventados, en cada formato y en cada forma de guardarlos.

Un escritor por formato da filas de texto; `como_csv` y `como_xlsx` las vuelven bytes. La gente es
siempre la misma: así una prueba dice solo qué cambia.
"""

import csv
import io
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import xlsxwriter

DIA = date(2026, 3, 5)  # 05/03: ni el día ni el mes pasan de 12


@dataclass(frozen=True)
class Alguien:
    nombre: str
    correo: str
    tramos: tuple[tuple[time, time], ...]
    rol: str = "asistente"
    etc: str = ""
    cargo: str = ""

    def horas(self, dia=DIA):
        return [
            (datetime.combine(dia, desde), datetime.combine(dia, hasta))
            for desde, hasta in self.tramos
        ]


def _tramo(desde, hasta):
    return time.fromisoformat(desde), time.fromisoformat(hasta)


ORGANIZA = Alguien(
    "Olga Organizadora Inventada",
    "olga.ejemplo@mineducacion.gov.co",
    (_tramo("08:50:00", "10:35:00"),),
    rol="organizador",
)
ANA = Alguien(
    "SEM Pasto - Ana Ficticia",
    "ana.ejemplo@sempasto.example",
    (_tramo("09:00:10", "09:30:10"), _tramo("09:20:10", "10:00:40")),  # dos equipos a la vez
    etc="Secretaría de Educación de Pasto",
    cargo="Líder de cobertura",
)
JOSE = Alguien(
    "JOSÉ PEÑA INVENTADO (Externo)",
    "jose.ejemplo@correo.example",
    (_tramo("09:05:00", "09:50:30"), _tramo("10:00:00", "10:30:00")),
    etc="SED Nariño",
    cargo="Secretario(a) de Educación",
)
SIN_CORREO = Alguien(
    "Inventada Sin Correo Niño (No comprobado)",
    "",
    (_tramo("09:10:00", "09:20:00"), _tramo("09:40:00", "10:10:00")),
    etc="Neiva",
)
SALA = Alguien(
    "Sala de juntas SEM Chía",
    "educacion@chia.example",
    (_tramo("09:01:00", "10:31:00"),),
)
TELEFONO = Alguien("12025550199", "", (_tramo("09:15:00", "09:45:00"),))
BOT = Alguien("read.ai meeting notes", "", (_tramo("08:55:00", "10:33:00"),))

GENTE = (ORGANIZA, ANA, JOSE, SIN_CORREO, SALA, TELEFONO, BOT)

CON_CORREO = {
    "c:olga.ejemplo@mineducacion.gov.co": ("persona", 105.0, 1),
    "c:ana.ejemplo@sempasto.example": ("persona", 60.5, 2),
    "c:jose.ejemplo@correo.example": ("persona", 75.5, 2),
    "n:inventada sin correo nino": ("persona", 40.0, 2),
    "c:educacion@chia.example|n:sala de juntas sem chia": ("sala", 90.0, 1),
    "tel:12025550199": ("telefono", 30.0, 1),
    "bot:read ai meeting notes": ("bot", 98.0, 1),
}
SIN_CORREOS = {
    "n:olga organizadora inventada": ("persona", 105.0, 1),
    "n:sem pasto ana ficticia": ("persona", 60.5, 2),
    "n:jose pena inventado": ("persona", 75.5, 2),
    "n:inventada sin correo nino": ("persona", 40.0, 2),
    "n:sala de juntas sem chia": ("sala", 90.0, 1),
    "tel:12025550199": ("telefono", 30.0, 1),
    "bot:read ai meeting notes": ("bot", 98.0, 1),
}


def resumen(lectura):
    """Lo que toda prueba compara: quién, de qué tipo, cuántos minutos y cuántas conexiones."""
    return {i.clave: (i.tipo, i.minutos, i.conexiones) for i in lectura.identidades}


# ── Fechas ──────────────────────────────────────────────────────────────────────────────────────


def _doce(momento, *, antes="AM", despues="PM", ceros=True):
    hora = momento.hour % 12 or 12
    mitad = antes if momento.hour < 12 else despues
    return f"{hora:02}:{momento:%M:%S} {mitad}" if ceros else f"{hora}:{momento:%M:%S} {mitad}"


def mda_corta(m):  # Teams de hoy, aunque los títulos vengan en español
    return f"{m.month}/{m.day}/{m:%y}, {_doce(m, ceros=False)}"


def mda_larga(m):
    return f"{m.month}/{m.day}/{m.year}, {_doce(m, ceros=False)}"


def mda_de_zoom(m):
    return f"{m:%m/%d/%Y} {_doce(m)}"


def dma_de_zoom(m):
    return f"{m:%d/%m/%Y} {_doce(m)}"


def dma_24_horas(m):
    return f"{m.day}/{m.month}/{m.year} {m.hour}:{m:%M:%S}"


def dma_con_coma(m):
    return f"{m:%d/%m/%y}, {m:%H:%M:%S}"


def dma_colombiana(m):
    """Así escribe es-CO: espacios que no son el de la barra dentro de «a. m.»."""
    hora = _doce(m, antes="a.\u00a0m.", despues="p.\u00a0m.", ceros=False)
    return f"{m.day}/{m.month}/{m.year}, " + hora.replace(" ", "\u202f")


def dma_con_guiones(m):
    return f"{m:%d-%m-%Y %H:%M:%S}"


def dma_con_puntos(m):
    return f"{m:%d.%m.%y} {m:%H:%M:%S}"


def amd(m):
    return f"{m:%Y-%m-%d %H:%M:%S}"


def mes_con_nombre(m):
    return f"{m:%b} {m.day}, {m:%Y %H:%M:%S}"


FECHAS = {
    mda_corta: "mda",
    mda_larga: "mda",
    mda_de_zoom: "mda",
    dma_de_zoom: "dma",
    dma_24_horas: "dma",
    dma_con_coma: "dma",
    dma_colombiana: "dma",
    dma_con_guiones: "dma",
    dma_con_puntos: "dma",
    amd: "amd",
    mes_con_nombre: None,
}


# ── Formas de guardar ───────────────────────────────────────────────────────────────────────────


def como_csv(
    filas,
    *,
    separador=",",
    codificacion="utf-8-sig",
    fin="\r\n",
    relleno=0,
    fila_entre_comillas=False,
    comillas_en_todo=False,
):
    """Los bytes, con lo que cada programa deja al guardar."""
    if relleno:
        filas = [[*fila, *[""] * (relleno - len(fila))] for fila in filas]
    texto = _texto(filas, separador, fin, csv.QUOTE_ALL if comillas_en_todo else csv.QUOTE_MINIMAL)
    if fila_entre_comillas:
        texto = _texto([[linea] for linea in texto.split(fin)[:-1]], separador, fin, csv.QUOTE_ALL)
    return texto.encode(codificacion)


def _texto(filas, separador, fin, comillas):
    salida = io.StringIO(newline="")
    escritor = csv.writer(salida, delimiter=separador, lineterminator=fin, quoting=comillas)
    escritor.writerows(filas)
    return salida.getvalue()


def como_teams(filas, *, fin="\r\n", marca=b"\xff\xfe", codificacion="utf-16-le"):
    """Como lo deja Teams: UTF-16 y tabuladores."""
    return marca + como_csv(filas, separador="\t", fin=fin, codificacion=codificacion)


def como_xlsx(filas, *, leer_fecha=None, en_una_columna=False):
    """Guardado como libro; lo que `leer_fecha` entienda queda como fecha de Excel."""
    salida = io.BytesIO()
    libro = xlsxwriter.Workbook(salida, {"strings_to_formulas": False, "strings_to_urls": False})
    hoja = libro.add_worksheet()
    formato = libro.add_format({"num_format": "dd/mm/yyyy hh:mm:ss"})
    for numero, fila in enumerate(filas):
        if en_una_columna:
            fila = [",".join(fila)]
        for columna, celda in enumerate(fila):
            if isinstance(celda, datetime) or (
                leer_fecha and isinstance(leer_fecha(celda), datetime)
            ):
                momento = celda if isinstance(celda, datetime) else leer_fecha(celda)
                hoja.write_datetime(numero, columna, momento, formato)
            elif celda.isdigit() and len(celda) < 12:
                hoja.write_number(numero, columna, int(celda))
            elif celda:
                hoja.write_string(numero, columna, celda)
    libro.close()
    return salida.getvalue()


def fecha_amd(texto):
    """Para `como_xlsx`: reconoce las que escribe `amd`."""
    try:
        return datetime.strptime(texto, "%Y-%m-%d %H:%M:%S")
    except ValueError:
        return None


def en_utc(fecha):
    """La misma función de fecha, con la hora de Bogotá pasada a UTC."""
    return lambda momento: fecha(momento + timedelta(hours=5))
