"""Por qué un archivo no se pudo leer, dicho para quien lo subió: qué pasa y qué hacer."""

MENSAJES = {
    "vacio": "El archivo está vacío. Vuelva a descargar la lista de asistencia y súbala de nuevo.",
    "demasiado_grande": "El archivo es demasiado grande para ser una lista de asistencia. "
    "Compruebe que es el correcto o divídalo en partes.",
    "no_es_una_tabla": "Este archivo no es una lista de asistencia: {que}. Suba el archivo .csv o "
    ".xlsx que se descarga de Teams, Zoom, Meet o del formulario.",
    "caracteres_ilegibles": "El archivo no contiene texto que se pueda leer. Vuelva a descargar la "
    "lista de asistencia desde la herramienta y súbala sin abrirla antes.",
}


class ArchivoNoLegible(Exception):
    """Base de todo lo que impide leer: `codigo` para decidir, `mensaje` para la persona."""

    def __init__(self, codigo: str, mensaje: str = ""):
        self.codigo = codigo
        self.mensaje = mensaje or MENSAJES[codigo]
        super().__init__(self.mensaje)


class SoloEncabezado(ArchivoNoLegible):
    """Se reconoce el formato, pero no trae a nadie: no hay nada que crear."""

    def __init__(self, formato: str):
        self.formato = formato
        super().__init__(
            "solo_encabezado",
            "El archivo tiene los títulos de las columnas pero ninguna persona. Suele pasar cuando "
            "se descarga antes de que la herramienta prepare el informe: espere unos minutos, "
            "descárguelo otra vez y súbalo. No se creó nada.",
        )


class FormatoNoReconocido(ArchivoNoLegible):
    """Hay una tabla, pero no se sabe qué es cada columna: que lo diga una persona.

    `columnas` y `muestra` son para mostrarlas; `huella` identifica la cabecera, para recordar el
    emparejamiento; `sugerencia` es el emparejamiento que el lector propondría.
    """

    def __init__(
        self,
        columnas: list[str],
        muestra: list[list[str]],
        huella: str,
        sugerencia: dict[str, str],
    ):
        self.columnas = columnas
        self.muestra = muestra
        self.huella = huella
        self.sugerencia = sugerencia
        super().__init__(
            "formato_no_reconocido",
            "No se reconoce de qué herramienta viene este archivo. Indique qué columna trae el "
            "nombre, el correo, la entrada y la salida; la próxima vez se leerá solo.",
        )
