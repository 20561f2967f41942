"""Lo que se entiende de un archivo de asistencia. Nada de esto se ha guardado todavía."""

from dataclasses import dataclass, field
from datetime import date, datetime

Tramo = tuple[datetime, datetime]


@dataclass(frozen=True)
class Aviso:
    """Algo que la persona debe saber antes de confirmar; no impide leer."""

    codigo: str
    mensaje: str


@dataclass
class Reunion:
    """Lo que el propio archivo dice de la reunión; sirve para saber si es la misma de antes."""

    titulo: str = ""
    identificador: str = ""
    inicio: datetime | None = None
    fin: datetime | None = None


@dataclass
class Inscrito:
    """Alguien que se inscribió: puede servir de padrón, nunca de asistencia."""

    nombre: str
    correo: str
    declarado: str = ""
    cargo: str = ""


@dataclass(slots=True)
class Identidad:
    """Alguien que aparece en el archivo: una persona, una sala, un teléfono o un programa.

    Las horas van sin zona y en hora de Bogotá. `tramos` son conexiones exactas; `ventanas`, la
    primera entrada y la última salida cuando la herramienta solo da un total.
    """

    clave: str
    tipo: str = "persona"
    nombres: list[str] = field(default_factory=list)
    correos: list[str] = field(default_factory=list)
    tramos: list[Tramo] = field(default_factory=list)
    conexiones: int = 0
    minutos_declarados: float | None = None
    ventanas: list[Tramo] = field(default_factory=list)
    declarados: list[str] = field(default_factory=list)
    cargo: str = ""
    rol: str = ""
    tramo_abierto: bool = False
    anotaciones: tuple[str, ...] = ()
    dominio_sugerido: str = ""

    @property
    def declarado(self) -> str:
        """La entidad que escribió; si respondió varias veces, la última."""
        return self.declarados[-1] if self.declarados else ""

    @property
    def minutos(self) -> float | None:
        """Con un decimal. None es «no se sabe», nunca cero."""
        if self.minutos_declarados is not None:
            return round(self.minutos_declarados, 1)
        return minutos_de(self.tramos) if self.tramos else None

    @property
    def primera_entrada(self) -> datetime | None:
        return min((entrada for entrada, _ in self.tramos or self.ventanas), default=None)

    @property
    def ultima_salida(self) -> datetime | None:
        return max((salida for _, salida in self.tramos or self.ventanas), default=None)

    def minutos_entre(self, inicio: datetime, fin: datetime) -> float | None:
        """Los minutos dentro de la franja oficial. Un total sin tramos no se puede recortar."""
        if self.minutos_declarados is not None or not self.tramos:
            return self.minutos
        recortados = ((max(desde, inicio), min(hasta, fin)) for desde, hasta in self.tramos)
        return minutos_de([(desde, hasta) for desde, hasta in recortados if desde < hasta])


@dataclass
class Lectura:
    formato: str
    codificacion: str = ""
    separador: str = ""
    orden_de_fechas: str | None = None
    reunion: Reunion = field(default_factory=Reunion)
    identidades: list[Identidad] = field(default_factory=list)
    avisos: list[Aviso] = field(default_factory=list)
    inscritos_ausentes: list[Inscrito] = field(default_factory=list)
    padron: list[Inscrito] = field(default_factory=list)
    solo_espera: list[Identidad] = field(default_factory=list)
    datos_de_la_herramienta: dict[str, str] = field(default_factory=dict)
    n_filas: int = 0
    dias: list[date] = field(default_factory=list)

    @property
    def asistentes(self) -> list[Identidad]:
        """Todos menos los programas."""
        return [identidad for identidad in self.identidades if identidad.tipo != "bot"]


def segundos_de(tramos: list[Tramo]) -> float:
    """La unión de los tramos: quien se conecta con dos equipos a la vez cuenta una sola vez."""
    if len(tramos) == 1:
        entrada, salida = tramos[0]
        return (salida - entrada).total_seconds()
    total, hasta = 0.0, None
    for entrada, salida in sorted(tramos):
        if hasta is None or entrada > hasta:
            total += (salida - entrada).total_seconds()
            hasta = salida
        elif salida > hasta:
            total += (salida - hasta).total_seconds()
            hasta = salida
    return total


def minutos_de(tramos: list[Tramo]) -> float:
    return round(segundos_de(tramos) / 60, 1)
