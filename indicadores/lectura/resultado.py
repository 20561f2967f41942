"""Lo que el portal entiende de un archivo de indicadores, antes de guardar nada.

La tabla va por columnas: medio millón de celdas como objetos sueltos tardarían más que leerlas.
"""

from dataclasses import dataclass, field


@dataclass
class Rechazo:
    """Una fila que no entra, y por qué."""

    fila: int  # como la cuenta una hoja de cálculo: el encabezado es la 1
    motivo: str


@dataclass
class Correccion:
    """Un defecto conocido que se arregló al leer: qué, dónde y cuántas celdas."""

    que: str
    celdas: int


@dataclass
class Lectura:
    """`columnas[código]` va en el orden de `filas`; None es celda vacía."""

    ambito: str  # municipio o departamento; la fila NACIONAL lleva el suyo
    numeros: list[int] = field(default_factory=list)  # el número de cada fila en el archivo
    ambitos: list[str] = field(default_factory=list)
    codigos: list[str] = field(default_factory=list)  # DANE, con sus ceros
    vigencias: list[int] = field(default_factory=list)
    columnas: dict[str, list[float | None]] = field(default_factory=dict)
    rechazadas: list[Rechazo] = field(default_factory=list)
    correcciones: list[Correccion] = field(default_factory=list)
    avisos: list[str] = field(default_factory=list)
    codificacion: str = ""
    separador: str = ""
    filas_del_archivo: int = 0
    # (posición, códigos): la unidad y el año volvieron más abajo con otros valores en esos.
    repetidas: list[tuple[int, list[str]]] = field(default_factory=list)
    sin_columna: list[str] = field(default_factory=list)  # indicadores que el archivo no trae


class ArchivoIlegible(Exception):
    """No se puede leer; el mensaje lo lee la persona y dice qué hacer."""


class ColumnasSinReconocer(Exception):
    """El archivo trae otras columnas: qué se esperaba, qué se halló y qué se parece a qué."""

    def __init__(self, *, halladas: list[str], faltan: list[str], sugeridas: dict[str, str]):
        self.halladas, self.faltan, self.sugeridas = halladas, faltan, sugeridas
        super().__init__("El archivo no trae las columnas que se esperaban.")


@dataclass(frozen=True)
class Medida:
    """Lo que una regla necesita saber de un indicador."""

    codigo: str
    familia: str
    nivel: str
    minimo: float | None = None
    maximo: float | None = None
    salto: float | None = None


@dataclass
class Rotura:
    """Una regla rota: en qué indicador y año, y en qué filas de la `Lectura`."""

    regla: str  # las de `models.Hallazgo.Regla`
    codigo: str | None  # del indicador; None si es de la fila entera
    vigencia: int | None
    posiciones: list[int] = field(default_factory=list)  # sus cifras quedan en revisión
    detalle: str = ""
    n_casos: int = 0  # los que rompen la regla, retengan o no
