"""Un archivo desconocido cuyas columnas emparejó una persona."""

import hashlib

from conectate.lectura import conexiones, por_contenido, preguntas, totales
from conectate.lectura.cabeceras import conceptos_de, titulo_normal
from conectate.lectura.contexto import Contexto
from conectate.lectura.errores import FormatoNoReconocido, SoloEncabezado
from conectate.lectura.tablas import Tabla

# Lo que una persona puede decir de una columna → el concepto con que se lee.
CAMPOS = {
    "nombre": "nombre",
    "apellido": "apellido",
    "correo": "correo",
    "entrada": "entrada",
    "salida": "salida",
    "duracion": "duracion_en_minutos",
    "etc": "etc",
    "cargo": "cargo",
}
FILAS_DE_MUESTRA = 5
MAX_COLUMNAS = 200
MAX_LETRAS = 200  # de cada celda que se muestra
FILAS_HASTA_LA_CABECERA = 200


def tabla_probable(filas: list[list[str]]) -> Tabla:
    """La cabecera más verosímil: la primera fila llena de textos distintos, con datos debajo."""
    candidatas = [
        (indice, sum(1 for celda in fila if celda.strip()))
        for indice, fila in enumerate(filas[:FILAS_HASTA_LA_CABECERA])
    ]
    ancho = max((llenas for _, llenas in candidatas), default=0)
    inicio = next((i for i, llenas in candidatas if llenas and llenas >= 0.7 * ancho), 0)
    if not filas:
        return Tabla("columnas_a_mano", [])
    return Tabla(
        "columnas_a_mano",
        nombres_de_columnas(filas[inicio]),
        filas=[fila for fila in filas[inicio + 1 :] if any(celda.strip() for celda in fila)],
    )


def nombres_de_columnas(fila: list[str]) -> list[str]:
    """Toda columna tiene un nombre con que señalarla, aunque en el archivo no lo tenga."""
    vistos: set[str] = set()
    nombres = []
    for numero, celda in enumerate(fila[:MAX_COLUMNAS], start=1):
        nombre = " ".join(celda[:MAX_LETRAS].split()) or f"Columna {numero}"
        if titulo_normal(nombre) in vistos:
            nombre = f"{nombre} ({numero})"
        vistos.add(titulo_normal(nombre))
        nombres.append(nombre)
    return nombres


def no_reconocido(filas: list[list[str]]) -> FormatoNoReconocido | SoloEncabezado:
    tabla = tabla_probable(filas)
    sugerencia = _sugerir(tabla)
    if sugerencia and not tabla.filas:  # emparejar sus columnas no serviría: no trae a nadie
        return SoloEncabezado(tabla.formato)
    return FormatoNoReconocido(
        columnas=tabla.cabecera,
        muestra=[
            [celda[:MAX_LETRAS] for celda in fila[:MAX_COLUMNAS]]
            for fila in tabla.filas[:FILAS_DE_MUESTRA]
        ],
        huella=huella_de(tabla.cabecera),
        sugerencia=sugerencia,
    )


def huella_de(cabecera: list[str]) -> str:
    """La misma para el mismo archivo de otro día: solo mira los títulos."""
    titulos = "\n".join(titulo_normal(titulo) for titulo in cabecera)
    return hashlib.sha256(titulos.encode()).hexdigest()


def tabla_emparejada(filas: list[list[str]], emparejamiento: dict[str, str]) -> Tabla | None:
    """La tabla cuya cabecera tiene las columnas señaladas, o None si este archivo no las tiene."""
    pedidas = {
        CAMPOS[campo]: titulo_normal(" ".join(columna.split()))
        for campo, columna in emparejamiento.items()
        if campo in CAMPOS and columna
    }
    if not pedidas:
        return None
    for indice, fila in enumerate(filas[:FILAS_HASTA_LA_CABECERA]):
        titulos = [titulo_normal(nombre) for nombre in nombres_de_columnas(fila)]
        if all(titulo in titulos for titulo in pedidas.values()):
            debajo = [f for f in filas[indice + 1 :] if any(celda.strip() for celda in f)]
            tabla = Tabla("columnas_a_mano", fila, filas=debajo)
            tabla.columnas = {
                concepto: titulos.index(titulo) for concepto, titulo in pedidas.items()
            }
            return tabla
    return None


def leer_a_mano(tablas: list[Tabla], ctx: Contexto) -> None:
    for tabla in tablas:
        if "apellido" in tabla.columnas and "nombre" in tabla.columnas:
            tabla.columnas["nombre_suelto"] = tabla.columnas.pop("nombre")
        if tabla.columna("entrada", "salida") is None:
            totales.leer(tabla, ctx, ctx.reloj(utc=tabla.utc))
        else:
            conexiones.leer(tabla, ctx)


def _sugerir(tabla: Tabla) -> dict[str, str]:
    """Lo que se alcanza a adivinar por los títulos y, si no, por el contenido."""
    por_titulo = {c: i for i, c in reversed(conceptos_de(tabla.cabecera).items())}
    por_titulo |= preguntas.clasificar(tabla.cabecera, ya_usadas=set(por_titulo.values()))
    deducida = Tabla("columnas_a_mano", tabla.cabecera, filas=tabla.filas)
    por_contenido.deducir(deducida)
    hallado = deducida.columnas | por_titulo
    equivalentes = {
        "nombre": ("nombre", "nombre_suelto"),
        "apellido": ("apellido",),
        "correo": ("correo", "correo_de_inscripcion"),
        "entrada": ("entrada", "primera_entrada"),
        "salida": ("salida", "ultima_salida"),
        "duracion": ("duracion_en_minutos", "duracion_total", "minutos_en_sesion", "duracion"),
        "etc": ("etc",),
        "cargo": ("cargo",),
    }
    return {
        campo: tabla.cabecera[hallado[concepto]]
        for campo, conceptos in equivalentes.items()
        for concepto in conceptos[::-1]
        if concepto in hallado
    }
