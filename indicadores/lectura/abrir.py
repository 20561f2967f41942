"""De los bytes a las filas: CSV, libro de Excel o el JSON del servicio de datos abiertos."""

import codecs
import csv
import io
import json
from dataclasses import dataclass, field

from indicadores.lectura.resultado import ArchivoIlegible
from trabajos.hojas.leer import OLE, ZIP, LibroIlegible, leer_libro

MAX_BYTES = 50 * 1024 * 1024
SEPARADORES = {",": "coma", ";": "punto y coma", "\t": "tabulador", "|": "barra"}
NO_SON_TABLAS = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"{\\rtf",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
)
OTRA_VEZ = "Descárguelo otra vez y súbalo completo. No se cambió nada."


@dataclass
class Hoja:
    """Las filas tal como vienen, con el encabezado donde esté; toda celda es texto."""

    filas: list[list[str]]
    codificacion: str
    separador: str = ""
    avisos: list[str] = field(default_factory=list)
    es_texto: bool = False  # en un CSV, una fila corta es una fila cortada


def abrir(datos: bytes) -> Hoja:
    if len(datos) > MAX_BYTES:
        raise ArchivoIlegible(
            "El archivo pesa más de 50 MB. Compruebe que es el de indicadores o divídalo por años."
        )
    if datos.startswith((ZIP, OLE)):
        return _de_excel(datos)
    if datos.startswith(NO_SON_TABLAS):
        raise ArchivoIlegible(
            "Este archivo no es una tabla. Suba el CSV, el XLSX o el JSON que se descarga del "
            "portal de datos abiertos."
        )
    texto, codificacion = _decodificar(datos)
    if not texto.strip(" \t\r\n,;\x00"):
        raise ArchivoIlegible("El archivo está vacío. Descárguelo otra vez y súbalo.")
    if "\x00" in texto:  # la base no guarda ese carácter, ni en un aviso
        raise ArchivoIlegible(
            "Este archivo trae bytes que no son texto: no es un CSV, o se dañó al descargarlo. "
            f"{OTRA_VEZ}"
        )
    if texto.lstrip()[:1] in "[{":
        return _de_json(texto, codificacion)
    if texto.lstrip()[:1] == "<":
        raise ArchivoIlegible(
            "Lo que llegó es una página web, no una tabla: suele pasar cuando el servicio falla o "
            "se copió otra dirección. Use la dirección de descarga del conjunto."
        )
    return _de_csv(texto, codificacion)


def _decodificar(datos: bytes) -> tuple[str, str]:
    for marca, codec, nombre in (
        (codecs.BOM_UTF8, "utf-8", "utf-8 con BOM"),
        (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16"),
    ):
        if datos.startswith(marca):
            return datos[len(marca) :].decode(codec, "replace"), nombre
    try:
        return datos.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        if error.start > len(datos) - 4:  # el archivo se cortó en mitad de una letra con tilde
            return datos.decode("utf-8", "replace"), "utf-8"
        return datos.decode("cp1252", "replace"), "cp1252"


def _de_excel(datos: bytes) -> Hoja:
    try:
        return Hoja(leer_libro(datos), "libro de Excel")
    except LibroIlegible as error:
        raise ArchivoIlegible(error.mensaje) from error


def _de_csv(texto: str, codificacion: str) -> Hoja:
    separador = _separador(texto)
    try:
        filas = list(csv.reader(io.StringIO(texto, newline=""), delimiter=separador))
    except csv.Error as error:
        raise ArchivoIlegible(f"El archivo está dañado y no se puede leer. {OTRA_VEZ}") from error
    if '"' in texto and texto.count('"') % 2:
        donde = next(
            (n for n, fila in enumerate(filas, 1) if any("\n" in celda for celda in fila)),
            len(filas),
        )
        raise ArchivoIlegible(
            f"El archivo parece incompleto: en la fila {donde} se abren unas comillas que nadie "
            f"cierra. {OTRA_VEZ}"
        )
    hoja = Hoja(filas, codificacion, SEPARADORES[separador], es_texto=True)
    if not texto.endswith(("\n", "\r")):
        hoja.avisos.append(
            f"La última fila ({len(filas)}) no termina en fin de línea: compruebe que está entera."
        )
    return hoja


def _separador(texto: str) -> str:
    """El que más aparece en las primeras líneas: los títulos no llevan ninguno por dentro."""
    muestra = "\n".join(texto[: 1 << 16].splitlines()[:2])
    return max(SEPARADORES, key=muestra.count)


def _de_json(texto: str, codificacion: str) -> Hoja:
    try:
        objetos = json.loads(texto)
    except json.JSONDecodeError as error:
        raise ArchivoIlegible(
            f"El JSON está incompleto o dañado: se corta en la línea {error.lineno}. {OTRA_VEZ}"
        ) from error
    except (ValueError, RecursionError) as error:  # un número sin fin, o listas sin fin
        raise ArchivoIlegible(f"El JSON está dañado y no se puede leer. {OTRA_VEZ}") from error
    if not isinstance(objetos, list) or not all(isinstance(uno, dict) for uno in objetos):
        raise ArchivoIlegible(
            "El JSON no es una lista de filas. Use la dirección del conjunto que termina en .json "
            "y no traiga un mensaje de error."
        )
    # El servicio omite las celdas vacías: las columnas son las de todas las filas juntas.
    titulos = list(dict.fromkeys(titulo for uno in objetos for titulo in uno))
    filas = [titulos, *([_como_texto(uno.get(t)) for t in titulos] for uno in objetos)]
    if "\\u" in texto:
        filas = [[_sin_letras_imposibles(celda) for celda in fila] for fila in filas]
    return Hoja(filas, f"JSON, {codificacion}")


def _sin_letras_imposibles(celda: str) -> str:
    """Un JSON puede escribir «\\u0000» o media letra: la base no guarda ninguna de las dos."""
    return celda.replace("\x00", "").encode("utf-8", "replace").decode()


def _como_texto(valor) -> str:
    return "" if valor is None or isinstance(valor, dict | list) else str(valor)
