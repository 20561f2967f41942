"""Lo que dice una sola fuente: el correo, el texto declarado o el nombre visible."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Lectura:
    """Firme si basta para asignar (`codigo` o `ajena`); débil si solo sugiere (`posibles`)."""

    codigo: str | None = None
    posibles: tuple[str, ...] = ()  # códigos DANE plausibles, el mejor primero
    evidencia: str = "ninguna"
    ajena: str = ""
    ajena_sugerida: str = ""
    explicacion: str = ""

    @property
    def es_firme(self) -> bool:
        return bool(self.codigo or self.ajena)

    @property
    def dice_algo(self) -> bool:
        return bool(self.codigo or self.posibles or self.ajena)

    @property
    def codigos(self) -> tuple[str, ...]:
        """Todo lo que podría ser, con lo firme delante."""
        if self.codigo is None:
            return self.posibles
        return (self.codigo, *(otro for otro in self.posibles if otro != self.codigo))

    def admite(self, codigo: str) -> bool:
        """¿Puede ser esa entidad sin contradecir esta fuente?"""
        if self.es_firme:
            return self.codigo == codigo
        return not self.posibles or codigo in self.posibles


NADA = Lectura()
