"""Quién es quién dentro de un archivo: reúne las filas que son de la misma identidad.

Mismo correo, la misma persona (salvo buzón general: correo y nombre); sin correo, el mismo nombre
normalizado. Con y sin correo no se funden, ni nadie se funde por parecido: eso lo confirma alguien.
"""

import hashlib
import heapq
from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from conectate.lectura import correos, nombres, quien_es_quien
from conectate.lectura.memoria import Memoria
from conectate.lectura.resultado import Identidad, Tramo
from territorio.texto import normalizar

MAX_CLAVE = 300
MAX_NOMBRES = 50  # de una misma persona; más no dicen nada nuevo


class Identidades:
    """Se llama con el nombre y el correo de una fila; devuelve la identidad a la que pertenece."""

    def __init__(self):
        self._por_clave: dict[str, Identidad] = {}
        self.de = Memoria(self._identificar)  # (nombre, correo) → identidad
        self._iguales: Counter[str] = Counter()

    def __call__(self, nombre: str, correo: str = "") -> Identidad | None:
        return self.de[nombre, correo]

    def __iter__(self) -> Iterator[Identidad]:
        return iter(self._por_clave.values())

    def buscar(self, nombre: str, correo: str = "") -> Identidad | None:
        """La que ya esté, sin crear ninguna."""
        return self._por_clave.get(clave_de(*_senas(nombre, correo)[:4]))

    def en_una_fila(self, nombre: str, correo: str = "") -> Identidad | None:
        """Si cada fila es alguien, dos filas con la misma máscara son dos teléfonos."""
        identidad = self(nombre, correo)
        if identidad and identidad.conexiones and es_mascara(identidad):
            return self._guardar(self._otra_como(identidad))
        return identidad

    def sin_nombre(self, referencia: str) -> Identidad:
        """Alguien a quien la herramienta solo le da un número interno."""
        return self._guardar(Identidad(clave=_clave("s:", referencia)))

    def separar_mascaras(self) -> None:
        """Dos tramos a la vez con el mismo número oculto no pueden ser el mismo teléfono."""
        for identidad in [i for i in self if es_mascara(i) and len(i.tramos) > 1]:
            carriles = _carriles(identidad.tramos)
            identidad.tramos = carriles[0]
            identidad.conexiones = len(carriles[0])
            for carril in carriles[1:]:
                otra = self._guardar(self._otra_como(identidad))
                otra.tramos, otra.conexiones = carril, len(carril)

    def _identificar(self, vista: tuple[str, str]) -> Identidad | None:
        nombre, correo = vista
        tipo, escrito, normalizado, direccion, quitado = _senas(nombre, correo)
        if not normalizado and not direccion:
            return None
        clave = clave_de(tipo, escrito, normalizado, direccion)
        identidad = self._por_clave.get(clave)
        if identidad is None:
            identidad = self._por_clave[clave] = Identidad(clave, tipo)
        if normalizado and len(identidad.nombres) < MAX_NOMBRES:
            if nombre not in identidad.nombres:
                identidad.nombres.append(nombre)
            if quitado:
                identidad.anotaciones = tuple(dict.fromkeys((*identidad.anotaciones, *quitado)))
        if direccion and direccion not in identidad.correos:
            identidad.correos.append(direccion)
        if not direccion and "#" in correo:
            identidad.dominio_sugerido = correos.dominio_de_invitado(correo)
        return identidad

    def _otra_como(self, identidad: Identidad) -> Identidad:
        raiz = identidad.clave.partition("#")[0]
        self._iguales[raiz] += 1
        clave = f"{raiz}#{self._iguales[raiz] + 1}"
        return Identidad(clave=clave, tipo=identidad.tipo, nombres=list(identidad.nombres))

    def _guardar(self, identidad: Identidad) -> Identidad:
        return self._por_clave.setdefault(identidad.clave, identidad)


def _senas(nombre: str, correo: str) -> tuple[str, str, str, str, tuple[str, ...]]:
    """Tipo, nombre escrito, nombre normalizado, correo limpio y lo que se quitó del nombre."""
    escrito, quitado = nombres.separar(nombre)
    # Quien se puso «…» o un dibujo por nombre también asistió.
    normalizado = normalizar(escrito) or escrito.lower()
    direccion = correos.limpio(correo) if correo else ""
    tipo = quien_es_quien.tipo_de(escrito, normalizado, direccion)
    return tipo, escrito, normalizado, direccion, quitado


def clave_de(tipo: str, escrito: str, normalizado: str, correo: str) -> str:
    if tipo == "telefono":
        return _clave("tel:", quien_es_quien.numero_de(escrito))
    if tipo == "bot":
        return _clave("bot:", normalizado or correo)
    if not correo:
        return _clave("n:", normalizado)
    if normalizado and correos.es_buzon_general(correo):
        return _clave(f"c:{correo}|n:", normalizado)
    return _clave("c:", correo)


def es_mascara(identidad: Identidad) -> bool:
    return identidad.tipo == "telefono" and quien_es_quien.esta_enmascarado(identidad.nombres[0])


def _clave(prefijo: str, resto: str) -> str:
    """Un nombre de mil letras no cabe en la base: se acorta sin que dos distintos coincidan."""
    clave = prefijo + resto
    if len(clave) <= MAX_CLAVE:
        return clave
    return f"{clave[:MAX_CLAVE]}…{hashlib.sha256(clave.encode()).hexdigest()[:16]}"


def _carriles(tramos: list[Tramo]) -> list[list[Tramo]]:
    """Reparte los tramos en el menor número de teléfonos que pudo haberlos hecho."""
    carriles: list[list[Tramo]] = []
    libres: list[tuple[datetime, int]] = []  # cuándo queda libre cada carril, el primero delante
    for tramo in sorted(tramos):
        if libres and libres[0][0] <= tramo[0]:
            _, carril = heapq.heappop(libres)
        else:
            carril = len(carriles)
            carriles.append([])
        carriles[carril].append(tramo)
        heapq.heappush(libres, (tramo[1], carril))
    return carriles
