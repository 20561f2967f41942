"""Lo que comparten los lectores de un mismo archivo mientras lo recorren."""

from dataclasses import dataclass, field
from datetime import date, datetime

from conectate.lectura.fechas import Calendario
from conectate.lectura.identidades import Identidades
from conectate.lectura.resultado import Aviso, Identidad, Inscrito, Reunion


@dataclass
class Contexto:
    fecha: date | None  # la programada de la sesión
    nombre: str  # el del archivo
    calendario: Calendario
    identidades: Identidades = field(default_factory=Identidades)
    en_espera: Identidades = field(default_factory=Identidades)
    reunion: Reunion = field(default_factory=Reunion)
    avisos: list[Aviso] = field(default_factory=list)
    ausentes: dict[str, Inscrito] = field(default_factory=dict)
    padron: list[Inscrito] = field(default_factory=list)
    datos: dict[str, str] = field(default_factory=dict)
    dias: set[date] = field(default_factory=set)
    n_filas: int = 0

    def avisar(self, codigo: str, mensaje: str) -> None:
        self.avisos.append(Aviso(codigo, mensaje))

    def reloj(self, *, utc: bool):
        """Con qué se leen las horas de una tabla."""
        return self.calendario.en_utc if utc else self.calendario.momentos.__getitem__


def cerrar_abiertos(abiertos: list[tuple[Identidad, datetime]], fin: datetime | None) -> None:
    """Quien no tiene salida seguía conectado: hasta la última hora del archivo, y se marca."""
    for identidad, entrada in abiertos:
        identidad.tramos.append((entrada, max(entrada, fin or entrada)))
        identidad.tramo_abierto = True
