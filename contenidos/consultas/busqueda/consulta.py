"""Lo que alguien quiso buscar, ya entendido."""

from dataclasses import dataclass

# Una manera de decirlo: las raíces que deben estar todas.
Alternativa = tuple[str, ...]


@dataclass(frozen=True)
class Grupo:
    """Algo que debe estar, y las maneras de decirlo: con cualquiera basta."""

    escrito: str
    alternativas: tuple[Alternativa, ...]


@dataclass(frozen=True)
class Correccion:
    escrita: str
    buscadas: tuple[str, ...]
    por_comienzo: bool = False

    def __str__(self):
        if self.por_comienzo:
            return f"Se buscó lo que empieza por «{self.escrita}»."
        otras = " o ".join(f"«{palabra}»" for palabra in self.buscadas)
        return f"Se buscó también {otras}, porque «{self.escrita}» no está en ningún texto."


@dataclass(frozen=True)
class Consulta:
    texto: str = ""
    grupos: tuple[Grupo, ...] = ()
    frase: str = ""  # las raíces, en el orden en que se escribieron
    avisos: tuple[str, ...] = ()
    correcciones: tuple[Correccion, ...] = ()
    sugerencia: str = ""  # «¿Quiso decir…?»

    @property
    def esta_vacia(self) -> bool:
        """Nada que buscar: no se escribió nada, o nada que diga algo."""
        return not self.grupos

    @property
    def formas(self) -> frozenset[Alternativa]:
        """Las que se marcan en los resultados."""
        return frozenset(una for grupo in self.grupos for una in grupo.alternativas)
