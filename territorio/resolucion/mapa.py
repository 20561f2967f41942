"""Los lugares y sus nombres en una fecha, listos para buscarlos sin preguntar a la base."""

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import islice

from rapidfuzz import process
from rapidfuzz.distance import OSA

from territorio.resolucion.palabras import ARTICULOS
from territorio.texto import normalizar

PUNTUACION = frozenset(",-–/()")


@dataclass(frozen=True, slots=True)
class Lugar:
    """Un departamento o un municipio, y la entidad que lo atiende en esa fecha."""

    codigo: str
    nombre: str
    departamento: str  # dos dígitos
    entidad: str  # código DANE de la entidad
    es_departamento: bool
    es_certificado: bool  # tiene secretaría propia; todo departamento la tiene
    es_distrito: bool = False


@dataclass(frozen=True, slots=True)
class Nombre:
    lugares: tuple[Lugar, ...]
    cruza: bool  # se escribe con coma o guion: «San Andrés, Providencia y Santa Catalina»

    @property
    def departamento(self) -> Lugar | None:
        return next((lugar for lugar in self.lugares if lugar.es_departamento), None)

    @property
    def municipios(self) -> list[Lugar]:
        return [lugar for lugar in self.lugares if not lugar.es_departamento]

    @property
    def certificados(self) -> list[Lugar]:
        return [lugar for lugar in self.municipios if lugar.es_certificado]


@dataclass
class Mapa:
    """Nombre → lugares, exacto, sin artículos o pegado; y, si no hay otra, por parecido."""

    exactos: dict[tuple[str, ...], Nombre] = field(default_factory=dict)
    sin_articulos: dict[tuple[str, ...], Nombre] = field(default_factory=dict)
    pegados: dict[str, Nombre] = field(default_factory=dict)
    largo: int = 0
    _parecidos: dict[str, list[Lugar]] = field(default_factory=dict)
    _en_orden: list[str] = field(default_factory=list)

    @classmethod
    def de(cls, nombres: list[tuple[str, Lugar]]) -> "Mapa":
        juntos, cruzan = defaultdict(dict), defaultdict(bool)
        for texto, lugar in nombres:
            clave = tuple(normalizar(texto).split())
            juntos[clave][lugar.codigo] = lugar
            cruzan[clave] |= bool(PUNTUACION & set(texto))

        mapa = cls()
        for clave, lugares in juntos.items():
            nombre = Nombre(tuple(lugares[codigo] for codigo in sorted(lugares)), cruzan[clave])
            mapa.exactos[clave] = nombre
            mapa.largo = max(mapa.largo, len(clave))
        mapa.sin_articulos = _fundir(mapa.exactos, _sin_articulos)
        mapa.pegados = _fundir(mapa.exactos, "".join)
        for clave, nombre in _fundir(mapa.exactos, _sin_articulos_y_pegado).items():
            mapa.pegados.setdefault(clave, nombre)
        mapa._parecidos = _para_parecidos(nombres)
        mapa._en_orden = sorted(mapa._parecidos)
        return mapa

    def mas_largo(self, fichas, i, saltos, *, articulos=True):
        """El nombre más largo que empieza en la ficha i, y cuántas ocupa."""
        claves = self.exactos if articulos else self.sin_articulos
        for n in range(min(self.largo, len(fichas) - i), 0, -1):
            nombre = claves.get(tuple(fichas[i : i + n]))
            if nombre and (nombre.cruza or not any(i < salto < i + n for salto in saltos)):
                return nombre, n
        return None, 0

    def parecidos(self, texto: str) -> list[tuple[int, Lugar]]:
        """(erratas, lugar) de los nombres que se escriben casi así, el mejor primero."""
        tope = erratas_admisibles(texto)
        hallados = process.extract(
            texto,
            self._en_orden,
            scorer=OSA.distance,
            processor=None,
            score_cutoff=tope,
            limit=12,
        )
        lugares = {}
        for nombre, erratas, _ in hallados:
            for lugar in self._parecidos[nombre]:
                # De un municipio sin secretaría hay mil nombres: se le pide más parecido.
                if lugar.es_certificado or erratas <= max(1, tope - 1):
                    hallado = (erratas, not lugar.es_certificado, lugar)
                    lugares.setdefault(lugar.codigo, hallado)
        en_orden = sorted(lugares.values(), key=lambda hallado: hallado[:2])
        return [(erratas, lugar) for erratas, _, lugar in en_orden]

    def pegados_parecidos(self, texto: str) -> tuple[str, ...]:
        """Las entidades cuyo nombre, sin espacios, se escribe casi así (el de un dominio)."""
        hallados = process.extract(
            texto,
            self.pegados.keys(),
            scorer=OSA.distance,
            processor=None,
            score_cutoff=1 if len(texto) < 9 else 2,
            limit=4,
        )
        codigos = {
            lugar.entidad: None
            for nombre, _, _ in hallados
            for lugar in self.pegados[nombre].lugares
            if lugar.es_certificado
        }
        return tuple(codigos)

    def que_empiezan_por(self, texto: str) -> list[Lugar]:
        """«Cartag» puede ser Cartagena o Cartago."""
        if len(texto) < 4:
            return []
        lugares = {}
        for nombre in islice(self._en_orden, bisect_left(self._en_orden, texto), None):
            if not nombre.startswith(texto):
                break
            for lugar in self._parecidos[nombre]:
                if lugar.es_certificado:
                    lugares[lugar.codigo] = lugar
        return list(lugares.values())


def erratas_admisibles(texto: str) -> int:
    largo = len(texto)
    return 1 if largo <= 5 else 2 if largo <= 9 else 3


def _fundir(exactos, clave_de):
    """La misma tabla con otra clave; si dos nombres coinciden en ella, valen los dos."""
    juntos = defaultdict(dict)
    for clave, nombre in exactos.items():
        nueva = clave_de(clave)
        if nueva:
            juntos[nueva].update({lugar.codigo: lugar for lugar in nombre.lugares})
    return {clave: Nombre(tuple(lugares.values()), False) for clave, lugares in juntos.items()}


def _sin_articulos(clave):
    return tuple(ficha for ficha in clave if ficha not in ARTICULOS)


def _sin_articulos_y_pegado(clave):
    return "".join(_sin_articulos(clave))


def _para_parecidos(nombres):
    """Cada nombre solo y, si es de un municipio, también con su departamento detrás."""
    departamentos = {}
    for texto, lugar in nombres:
        if lugar.es_departamento:
            departamentos.setdefault(lugar.codigo, texto)  # el primero es el oficial
    textos = defaultdict(list)
    for texto, lugar in nombres:
        textos[normalizar(texto)].append(lugar)
        articulo, _, resto = normalizar(texto).partition(" ")
        if articulo in ARTICULOS and resto:
            textos[resto].append(lugar)
        if not lugar.es_departamento and lugar.departamento in departamentos:
            textos[normalizar(f"{texto} {departamentos[lugar.departamento]}")].append(lugar)
    return dict(textos)
