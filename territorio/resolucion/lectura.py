"""Lo que dice una sola fuente: el correo, el texto declarado o el nombre visible."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Lectura:
    """Firme si basta para asignar (`codigo` o `ajena`); débil si solo sugiere (`posibles`)."""

    codigo: str | None = None
    posibles: tuple[str, ...] = ()  # códigos DANE plausibles, el mejor primero
    caben: tuple[str, ...] | None = None  # si no cabe todo lo posible, lo que sí
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

    @property
    def admitidos(self) -> tuple[str, ...]:
        """Las entidades que no contradicen esta fuente."""
        if self.es_firme:
            return (self.codigo,) if self.codigo else ()
        return self.posibles if self.caben is None else self.caben


NADA = Lectura()


def oracion(texto: str) -> str:
    """Con un solo punto final: «…se parece a Bogotá, D.C.»."""
    return texto if texto.endswith(".") else f"{texto}."
