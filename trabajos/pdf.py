"""La única manera de hacer un PDF: accesible (PDF/UA-1), en carta y alineado a la izquierda.

Se llama solo desde un trabajo: quien ya compiló algo no debe hacer `fork` (el hijo se cuelga), y
por eso typst se importa aquí dentro y nunca al arrancar.
"""

import json
import re
import unicodedata
from functools import cache
from pathlib import Path

from django.conf import settings

from trabajos.hojas.celdas import como_texto, es_numero
from trabajos.hojas.escribir import Hoja, Metadatos
from trabajos.registro import TrabajoRechazado

PLANTILLAS = Path(__file__).with_name("plantillas_pdf")
MAXIMO_DE_FILAS = 2_000  # unos 220 MB al componer; más largo nadie lo imprime
MAXIMO_DE_COLUMNAS = 14


def componer_pdf(plantilla: str, datos: dict) -> bytes:
    """Compone `plantillas_pdf/<plantilla>.typ`. Los datos le llegan como JSON, nunca como código.

    Levanta ValueError si la plantilla no cumple PDF/UA-1: por ejemplo, una imagen sin texto.
    """
    import typst

    if not re.fullmatch(r"[a-z_]+", plantilla):
        raise ValueError(f"No es el nombre de una plantilla: {plantilla!r}.")
    institucion = {clave: settings.INSTITUCION[clave] for clave in ("nombre", "portal")}
    datos = {"pie": "", "institucion": institucion, **datos}
    try:
        return typst.compile(
            PLANTILLAS / f"{plantilla}.typ",
            root=PLANTILLAS,  # una plantilla no puede leer nada fuera de su carpeta
            font_paths=_fuentes(),
            sys_inputs={"datos": json.dumps(_componible(datos), ensure_ascii=False)},
            pdf_standards=["ua-1"],
        )
    except typst.TypstError as error:
        raise ValueError(f"La plantilla {plantilla!r} no se pudo componer: {error}") from error


@cache
def _fuentes():
    """Las propias y las que trae typst: con las del sistema cambiaría según la máquina."""
    import typst

    return typst.Fonts(include_system_fonts=False, font_paths=[PLANTILLAS / "fuentes"])


@cache
def _letras():
    return frozenset((PLANTILLAS / "fuentes" / "letras.txt").read_text(encoding="utf-8")) | {"\n"}


def _componible(valor):
    """Lo mismo, solo con letras que las fuentes tienen: sin la letra, PDF/UA-1 no compone nada."""
    if isinstance(valor, dict):
        return {clave: _componible(uno) for clave, uno in valor.items()}
    if isinstance(valor, list | tuple):
        return [_componible(uno) for uno in valor]
    if valor is None or isinstance(valor, bool | int | float):
        return valor
    texto = unicodedata.normalize("NFC", como_texto(valor))
    if _letras().issuperset(texto):
        return texto
    return "".join(letra if letra in _letras() else _parecida(letra) for letra in texto)


def _parecida(letra):
    """«ﬁ» es «fi»; lo que no se ve no ocupa; un ideograma o un emoji queda en «?»."""
    if letra.isspace():
        return " "
    if unicodedata.category(letra) in ("Cf", "Mn", "Me", "Cs"):
        return ""
    piezas = unicodedata.normalize("NFKD", letra)
    return "".join(pieza for pieza in piezas if pieza in _letras()) or "?"


def escribir_pdf(ruta: Path, hoja: Hoja, metadatos: Metadatos) -> int:
    """La misma hoja que va a XLSX y CSV, para leer o imprimir. Devuelve cuántas filas lleva."""
    if len(hoja.columnas) > MAXIMO_DE_COLUMNAS:
        raise TrabajoRechazado(
            "Son demasiadas columnas para una página. Pida el mismo informe en Excel."
        )
    clases = [columna.clase for columna in hoja.columnas]
    filas = []
    for fila in hoja.filas:
        if len(filas) >= MAXIMO_DE_FILAS:
            raise TrabajoRechazado(
                f"Son más de {_con_miles(MAXIMO_DE_FILAS)} filas, demasiadas para un PDF. "
                "Pida el mismo informe en Excel."
            )
        filas.append([_en_pdf(valor, clase) for valor, clase in zip(fila, clases, strict=True)])
    columnas = [
        {
            "titulo": como_texto(columna.titulo),
            "es_texto": columna.clase == "texto",
            "peso": _peso(columna, [fila[posicion] for fila in filas]),
        }
        for posicion, columna in enumerate(hoja.columnas)
    ]
    renglones = [
        (nombre, como_texto(valor)) for nombre, valor in metadatos.renglones() if nombre != "Título"
    ]
    contenido = componer_pdf(
        "tabla",
        {
            "titulo": como_texto(metadatos.titulo),
            "pie": f"Generado el {como_texto(metadatos.generado)}",
            "renglones": [*renglones, ("Filas", _con_miles(len(filas)))],
            "columnas": columnas,
            "filas": filas,
        },
    )
    Path(ruta).write_bytes(contenido)
    return len(filas)


def _peso(columna, textos):
    """Cuánto del ancho pide una columna de texto; 0 si le basta con lo que ocupa."""
    largo = max(map(len, textos), default=0)
    return 0 if columna.clase != "texto" or largo <= 12 else min(largo, 45)


def _en_pdf(valor, clase):
    if clase == "texto" or not es_numero(valor):
        return como_texto(valor)
    if clase == "porcentaje":
        return f"{_con_miles(valor, 1)} %"
    return _con_miles(valor, 0 if clase == "entero" else 2)


def _con_miles(numero, decimales=0):
    """1.234,5: como se escribe en Colombia."""
    return f"{numero:,.{decimales}f}".translate(str.maketrans(",.", ".,"))
