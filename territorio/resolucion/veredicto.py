"""Lo que se concluye de un correo, un texto declarado y un nombre visible, juntos."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Resolucion:
    """Qué entidad, con qué fuerza y por qué."""

    codigo: str | None  # código DANE; solo si la decisión es automática
    decision: str  # automatica | sugerencia | revision | cola
    evidencia: str
    sugerencias: tuple[str, ...] = ()  # hasta tres códigos DANE, el mejor primero
    ajena: str = ""  # quién es, cuando se sabe sin duda que no es una secretaría
    ajena_sugerida: str = ""  # quién podría ser; decide una persona
    explicacion: str = ""


COLA = Resolucion(None, "cola", "ninguna", explicacion="No hay con qué saberlo.")
