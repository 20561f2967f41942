"""Quién estuvo en una sesión y quién lo dice. Cada origen va aparte y cada entidad, una vez."""

from collections import Counter
from dataclasses import dataclass

from conectate.models import Asistencia, Sesion

Origen = Asistencia.Origen


@dataclass(frozen=True)
class Dicho:
    """Cuántas personas asistieron según alguien, sin lista que las nombre. No se suma a nada."""

    personas: int
    segun: str


def lo_dicho(asistencia: Asistencia) -> Dicho | None:
    """Lo que dijo el primer origen que dio un número; lo de la lista no es un dicho."""
    por_origen = {
        Origen.VENTANA: (asistencia.ventana_personas, "la secretaría"),
        Origen.EQUIPO: (asistencia.registro_personas, "el equipo"),
        Origen.RECLAMADA: (asistencia.reclamada_personas, "su reclamo"),
    }
    for origen in asistencia.origenes:
        personas, segun = por_origen.get(origen, (None, ""))
        if personas is not None:
            return Dicho(personas, segun)
    return None


@dataclass(frozen=True, kw_only=True)
class LoDeUnaEntidad:
    """Su presencia, la diga quien la diga, y cuántas personas suyas cuentan en la lista."""

    asistencia: Asistencia | None = None
    personas: int = 0

    @property
    def estuvo(self) -> bool:
        return self.asistencia is not None and self.asistencia.presente

    @property
    def en_la_lista(self) -> int | None:
        """Presente sin que ninguna lista la nombre es «sin dato», no cero personas."""
        return None if self.estuvo and not self.personas else self.personas

    @property
    def dicho(self) -> Dicho | None:
        return lo_dicho(self.asistencia) if self.estuvo and not self.personas else None

    @property
    def origenes(self) -> str:
        """«en la ventana, importada»."""
        return ", ".join(o.label for o in self.asistencia.origenes) if self.asistencia else ""

    @property
    def discrepa(self) -> bool:
        return self.asistencia is not None and self.asistencia.discrepa


@dataclass(frozen=True)
class CifrasPorOrigen:
    """`presentes` son las convocadas que estuvieron: la suma de `por_origen`."""

    convocadas: int
    presentes: int
    por_origen: dict[str, int]
    con_varios: int
    discrepancias: int
    no_convocadas: int

    @property
    def renglones(self) -> list[tuple[str, int]]:
        return [(Origen(origen).label, n) for origen, n in self.por_origen.items()]


def cifras_por_origen(sesion: Sesion) -> CifrasPorOrigen:
    """Dos consultas. Cada convocada se cuenta una vez, por el primer origen que lo dice."""
    convocadas = set(sesion.convocatorias.values_list("entidad", flat=True))
    asistencias = list(sesion.asistencias.all())
    presentes = [una for una in asistencias if una.presente]
    contadas = [una for una in presentes if una.entidad_id in convocadas]
    cuenta = Counter(una.origen for una in contadas)
    return CifrasPorOrigen(
        convocadas=len(convocadas),
        presentes=len(contadas),
        por_origen={origen.value: cuenta[origen] for origen in Origen},
        con_varios=sum(len(una.origenes) > 1 for una in contadas),
        discrepancias=sum(una.discrepa for una in asistencias),
        no_convocadas=len(presentes) - len(contadas),
    )
