"""Lee un libro de Excel en un proceso aparte, con topes, para que un archivo hostil no tumbe nada.

Se ejecuta con `python -I`: recibe los bytes por la entrada y devuelve por la salida, con marshal,
`["ok", [[nombre, filas]…]]` o `["error", código]`. No importa nada del portal.
"""

import datetime
import io
import marshal
import sys

MEMORIA = 1 << 30
SEGUNDOS_DE_PROCESADOR = 20
MAX_FILAS = 250_000
MAX_CELDAS = 6_000_000
MAX_FILAS_DESPACIO = 110_000
MAX_COLUMNAS_DESPACIO = 64

MEDIO_SEGUNDO = datetime.timedelta(milliseconds=500)


def poner_topes():
    try:
        import resource
    except ImportError:  # Windows no los tiene: allí manda el tope de tiempo de quien nos llama
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORIA, MEMORIA))
    resource.setrlimit(resource.RLIMIT_CPU, (SEGUNDOS_DE_PROCESADOR, SEGUNDOS_DE_PROCESADOR + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def como_texto(valor):
    """Todo a texto: enteros sin `.0`, fechas en orden año-mes-día, vacíos como «»."""
    if valor is None:
        return ""
    if isinstance(valor, str):
        return valor
    if isinstance(valor, bool):
        return "true" if valor else "false"
    if isinstance(valor, float):
        return str(int(valor)) if valor.is_integer() and abs(valor) < 1e15 else repr(valor)
    if isinstance(valor, datetime.datetime):
        # Excel guarda fracciones de día: 9:52:20 puede llegar como 9:52:19,9999.
        valor = (valor + MEDIO_SEGUNDO).replace(microsecond=0)
        return f"{valor:%H:%M:%S}" if valor.year < 1905 else valor.isoformat(" ")
    if isinstance(valor, datetime.date):
        return valor.isoformat()
    if isinstance(valor, datetime.timedelta):
        segundos = round(valor.total_seconds())
        return f"{segundos // 3600}:{segundos // 60 % 60:02}:{segundos % 60:02}"
    if isinstance(valor, datetime.time):
        return f"{valor:%H:%M:%S}"
    return str(valor)


def con_calamine(datos):
    from python_calamine import CalamineWorkbook

    libro = CalamineWorkbook.from_filelike(io.BytesIO(datos))
    for nombre in libro.sheet_names:
        yield nombre, libro.get_sheet_by_name(nombre).to_python()


def con_openpyxl(datos):
    """Diez veces más lento, pero aguanta el libro con una celda en el último rincón de la hoja.

    Lo que quede más allá de los topes es justamente esa celda perdida.
    """
    import warnings

    from openpyxl import load_workbook

    warnings.simplefilter("ignore")
    libro = load_workbook(io.BytesIO(datos), read_only=True, data_only=True)
    for hoja in libro.worksheets:
        yield (
            hoja.title,
            hoja.iter_rows(
                max_row=MAX_FILAS_DESPACIO, max_col=MAX_COLUMNAS_DESPACIO, values_only=True
            ),
        )


def acotar(filas):
    """Las filas hasta la última con algo. Más de la cuenta es un error, no un recorte callado."""
    leidas, celdas, ultima = [], 0, 0
    for fila in filas:
        # Casi toda celda es ya un texto: preguntarlo aquí ahorra medio millón de llamadas.
        textos = [valor if type(valor) is str else como_texto(valor) for valor in fila]
        while textos and not textos[-1]:
            textos.pop()
        leidas.append(textos)
        celdas += len(textos)
        if textos:
            ultima = len(leidas)
        if ultima > MAX_FILAS or celdas > MAX_CELDAS:
            raise OverflowError
    return leidas[:ultima]


def leer(datos, con):
    return [[nombre, acotar(filas)] for nombre, filas in con(datos)]


def principal():
    poner_topes()
    con = con_openpyxl if "openpyxl" in sys.argv else con_calamine
    try:
        respuesta = ["ok", leer(sys.stdin.buffer.read(), con)]
    except OverflowError:
        respuesta = ["error", "demasiado_grande"]
    except MemoryError:
        respuesta = ["error", "bomba"]
    except Exception as error:
        con_clave = "password" in str(error).lower() or "encrypted" in str(error).lower()
        respuesta = ["error", "con_contrasena" if con_clave else "danado"]
    sys.stdout.buffer.write(marshal.dumps(respuesta))


if __name__ == "__main__":
    principal()
