"""Quién es quién dentro de un archivo: reúne las filas que son de la misma identidad.

Mismo correo, la misma persona (salvo buzón general: correo y nombre); sin correo, el mismo nombre
normalizado. Con y sin correo no se funden, ni nadie se funde por parecido: eso lo confirma alguien.
"""

import hashlib
from collections.abc import Iterator

from conectate.lectura import correos, nombres, quien_es_quien
from conectate.lectura.resultado import Identidad, Tramo
from territorio.texto import normalizar

MAX_CLAVE = 300


class Identidades:
    """Se llama con el nombre y el correo de una fila; devuelve la identidad a la que pertenece."""

    def __init__(self):
        self._por_clave: dict[str, Identidad] = {}
        self._vistas: dict[tuple[str, str], Identidad | None] = {}

    def __call__(self, nombre: str, correo: str = "") -> Identidad | None:
        vista = (nombre, correo)
        try:
            return self._vistas[vista]
        except KeyError:
            identidad = self._vistas[vista] = self._identificar(nombre, correo)
            return identidad

    def __iter__(self) -> Iterator[Identidad]:
        return iter(self._por_clave.values())

    def buscar(self, nombre: str, correo: str = "") -> Identidad | None:
        """La que ya esté, sin crear ninguna."""
        escrito, _ = nombres.separar(nombre)
        normalizado, correo = normalizar(escrito), correos.limpio(correo)
        tipo = quien_es_quien.tipo_de(escrito, normalizado, correo)
        return self._por_clave.get(clave_de(tipo, escrito, normalizado, correo))

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

    def _identificar(self, nombre: str, correo: str) -> Identidad | None:
        escrito, quitado = nombres.separar(nombre)
        normalizado = normalizar(escrito)
        correo_limpio = correos.limpio(correo) if correo else ""
        if not normalizado and not correo_limpio and not quien_es_quien.es_telefono(escrito, ""):
            return None
        tipo = quien_es_quien.tipo_de(escrito, normalizado, correo_limpio)
        clave = clave_de(tipo, escrito, normalizado, correo_limpio)
        identidad = self._por_clave.get(clave)
        if identidad is None:
            identidad = self._por_clave[clave] = Identidad(clave=clave, tipo=tipo)
        if normalizado and nombre not in identidad.nombres:
            identidad.nombres.append(nombre)
        if correo_limpio and correo_limpio not in identidad.correos:
            identidad.correos.append(correo_limpio)
        if quitado:
            identidad.anotaciones = tuple(dict.fromkeys((*identidad.anotaciones, *quitado)))
        if not correo_limpio and "#" in correo:
            identidad.dominio_sugerido = correos.dominio_de_invitado(correo)
        return identidad

    def _otra_como(self, identidad: Identidad) -> Identidad:
        raiz, numero = identidad.clave.partition("#")[0], 2
        while f"{raiz}#{numero}" in self._por_clave:
            numero += 1
        return Identidad(
            clave=f"{raiz}#{numero}", tipo=identidad.tipo, nombres=list(identidad.nombres)
        )

    def _guardar(self, identidad: Identidad) -> Identidad:
        return self._por_clave.setdefault(identidad.clave, identidad)


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
    for tramo in sorted(tramos):
        libre = next((carril for carril in carriles if carril[-1][1] <= tramo[0]), None)
        if libre is None:
            carriles.append([tramo])
        else:
            libre.append(tramo)
    return carriles
