"""Lo que dice el nombre con que alguien entró: «SEM Pasto - Ana», «Ana (SED Nariño)».

Los nombres de las personas están llenos de lugares: Armenia, Bolívar, Girón, Soledad, César…
Por eso aquí solo cuenta lo que lleva una marca («SEM», «Secretaría de Educación de»,
«Gobernación de») y está separado del nombre. Sin separación, o un lugar solo entre paréntesis,
no pasa de sugerencia.
"""

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from territorio.resolucion.declarado import LectorDeTextos, corto
from territorio.resolucion.frases import Frase, Mencion, fichas_de, partir
from territorio.resolucion.lectura import NADA, Lectura, oracion
from territorio.resolucion.lugares import concluir
from territorio.resolucion.mapa import Mapa, Nombre
from territorio.resolucion.palabras import (
    EDUCACION,
    ESTADOS,
    SECRETARIA,
    SIGLAS,
    TAMBIEN_SON_PERSONAS,
)
from territorio.texto import normalizar

SEPARADOR = re.compile(r"\s*([-–—_|/:;,•·()\[\]{}])\s*")
CIERRES = {"(": ")", "[": "]", "{": "}"}
# Si no hay ninguna de estas palabras ni un paréntesis, el nombre es de una persona y no se lee.
INDICIOS = (
    {"sem", "sed", "se", "see", "s", "etc", "gobernacion", "gob", "alcaldia"}
    | EDUCACION
    | SECRETARIA
)
PEGADAS = re.compile(r"\bse[md][a-zñáéíóúü]{3,}", re.IGNORECASE)
INICIALES = re.compile(r"\s*s\.?\s+e\b|\s*s\.\s*e\b(?!\.\s*[dm]\b)", re.IGNORECASE)
SE_SUELTO = re.compile(r"\b(SE|S\.\s?E\.)(?=\s|$|\W)")


@dataclass
class Trozo:
    """Un pedazo del nombre entre dos separadores."""

    texto: str
    entre_parentesis: bool
    pegado: bool  # el separador de delante va sin espacios: «SED-ANTIOQUIA»
    frase: Frase

    @property
    def es_completo(self) -> bool:
        """Todo lo que dice se entiende: sigla, nivel y lugar, y nada más."""
        return not (self.frase.desconocidas or self.frase.numeros or self.frase.hay_errata)

    @property
    def es_lugar(self) -> bool:
        return self.es_completo and len(self.frase.menciones) == 1 and not self.frase.hay_sigla

    @property
    def es_marca(self) -> bool:
        return self.es_completo and self.frase.hay_sigla and not self.frase.menciones

    @property
    def es_marca_y_lugar(self) -> bool:
        return self.es_completo and self.frase.hay_sigla and bool(self.frase.menciones)

    @property
    def es_de_persona(self) -> bool:
        if not ESTADOS.isdisjoint(self.frase.desconocidas):
            return False  # «(iPhone)», «(Usuario externo)»
        return bool(self.frase.desconocidas) or len(self.frase.menciones) > 1


class LectorDeNombres:
    def __init__(self, mapa: Mapa, textos: LectorDeTextos):
        self.mapa = mapa
        self.textos = textos

    def leer(self, visible: str) -> Lectura:
        if not puede_decir_algo(visible):
            return NADA
        trozos = self._trozos(visible)
        return (
            self._con_marca(trozos)
            or self._marca_sin_separar(trozos, visible)
            or self._entre_parentesis(trozos)
            or NADA
        )

    def _trozos(self, visible):
        partes = SEPARADOR.split(visible)
        separadores = ["", *SEPARADOR.findall(visible)]
        blancos = ["", *(hallado[0] for hallado in SEPARADOR.finditer(visible))]
        trozos, abiertos = [], []
        for texto, separador, blanco in zip(partes[::2], separadores, blancos, strict=True):
            if separador in CIERRES:
                abiertos.append(CIERRES[separador])
            elif abiertos and separador == abiertos[-1]:
                abiertos.pop()
            if texto.strip():
                trozos.append(
                    Trozo(texto, bool(abiertos), blanco in "-_/:", partir(texto, self.mapa))
                )
        return trozos

    # ── Una marca y su lugar, aparte del nombre ───────────────────────────────────────────────

    def _con_marca(self, trozos):
        for i, trozo in enumerate(trozos):
            if trozo.es_marca_y_lugar:
                return self._de_marca_y_lugar(trozos, i)
        for i, trozo in enumerate(trozos):
            if trozo.es_marca and (lectura := self._de_marca_suelta(trozos, i)):
                return lectura
        for i, trozo in enumerate(trozos):
            if not _empieza_por_marca(trozo) or trozo.frase.menciones:
                continue
            if lectura := self._con_errata(trozos, i):
                return lectura
        return None

    def _de_marca_y_lugar(self, trozos, i):
        trozo = trozos[i]
        menciones = [*trozo.frase.menciones, *self._otros_lugares(trozos, {i}, trozo)]
        conclusion = concluir(
            Frase(menciones=menciones, niveles=set(trozo.frase.niveles), hay_sigla=True)
        )
        if conclusion.codigo is None and self._es_una_persona(trozo):
            return None
        hay_alguien = any(j != i and t.es_de_persona for j, t in enumerate(trozos))
        lugar = trozo.frase.menciones[0].escrito
        es_de_nadie = lugar not in TAMBIEN_SON_PERSONAS and not INICIALES.match(trozo.texto)
        if conclusion.codigo and (hay_alguien or es_de_nadie):
            return self._firme(conclusion, trozo.texto)
        return self._debil(conclusion.posibles, conclusion.caben, trozo.texto)

    def _otros_lugares(self, trozos, leidos, trozo):
        """Lo que nombran los demás trozos: ninguno gana por ir primero."""
        lugares = []
        for j, otro in enumerate(trozos):
            if j in leidos:
                continue
            if otro.es_lugar or otro.frase.hay_sigla:  # «SEM Caldas - Antioquia»
                lugares += otro.frase.menciones or self._lugar_con_errata(otro)
            elif nombre := self._nombre_partido(trozo, otro):
                lugares.append(nombre)
        return lugares

    def _lugar_con_errata(self, trozo):
        """«SEM Neiva - SEM Pastoo»."""
        nucleo = trozo.frase.nucleo
        if not nucleo or not _empieza_por_marca(trozo):
            return []
        parecidos = self.mapa.parecidos(nucleo)[:1]
        return [Mencion(Nombre((lugar,), cruza=False), nucleo) for _, lugar in parecidos]

    def _nombre_partido(self, trozo, otro):
        """«SED Santander - Norte»: el lugar pudo quedar a los dos lados del separador."""
        escrito = trozo.frase.menciones[-1].escrito
        for texto in (f"{otro.texto} {escrito}", f"{escrito} {otro.texto}"):
            frase = partir(normalizar(texto), self.mapa)
            if not frase.desconocidas and len(frase.menciones) == 1:
                mencion = frase.menciones[0]
                if mencion.escrito != escrito:
                    return mencion
        return None

    def _es_una_persona(self, trozo):
        """«Secretaria de Educación Soledad Bello»: dos lugares sin relación son un nombre."""
        menciones = trozo.frase.menciones
        return len(menciones) > 1 and all(
            mencion.escrito in TAMBIEN_SON_PERSONAS for mencion in menciones
        )

    def _de_marca_suelta(self, trozos, i):
        """«SED-ANTIOQUIA - Ana Ruiz»: la marca quedó en un trozo y el lugar en el vecino."""
        for j in (i + 1, i - 1):
            if not 0 <= j < len(trozos) or not trozos[j].es_lugar:
                continue
            marca, lugar = trozos[i], trozos[j]
            niveles = marca.frase.niveles | lugar.frase.niveles | lugar.frase.menciones[0].niveles
            mencion = replace(lugar.frase.menciones[0], niveles=niveles)
            menciones = [mencion, *self._otros_lugares(trozos, {i, j}, lugar)]
            conclusion = concluir(Frase(menciones=menciones))
            escrito = f"{marca.texto.strip()} {lugar.texto.strip()}"
            hay_persona = any(
                k not in (i, j) and trozo.es_de_persona for k, trozo in enumerate(trozos)
            )
            if conclusion.codigo and j > i and lugar.pegado and hay_persona:
                return self._firme(conclusion, escrito)
            return self._debil(conclusion.posibles, conclusion.caben, escrito)
        return None

    def _con_errata(self, trozos, i):
        """«SEM Sogamsoo - Ana Ruiz»: solo si la persona está en otro trozo."""
        if not any(j != i and trozo.es_de_persona for j, trozo in enumerate(trozos)):
            return None
        nucleo = trozos[i].frase.nucleo
        if len(nucleo.split()) > 6:
            return None
        posibles = dict.fromkeys(lugar.entidad for _, lugar in self.mapa.parecidos(nucleo))
        posibles = tuple(posibles)
        return self._debil(posibles, posibles, trozos[i].texto)

    # ── Una marca dentro del nombre ───────────────────────────────────────────────────────────

    def _marca_sin_separar(self, trozos, visible):
        """«Sala de juntas SEM Chía», «Ana Ruiz SEM Pasto»: no se sabe dónde acaba el nombre."""
        for texto in self._con_marca_dentro(trozos):
            fichas, _ = fichas_de(texto)
            for i in range(len(fichas)):
                for largo in (3, 2, 1):
                    if tuple(fichas[i : i + largo]) in _marcas_para_buscar(visible):
                        lectura = self._lugar_tras_la_marca(fichas, i, texto)
                        if lectura:
                            return lectura
                        break
        return None

    def _con_marca_dentro(self, trozos):
        for trozo in trozos:
            if trozo.frase.hay_sigla and not trozo.es_completo:
                yield trozo.texto
        for marca, siguiente in pairwise(trozos):
            if marca.es_marca and siguiente.pegado and not siguiente.es_completo:
                yield f"{marca.texto.strip()} {siguiente.texto.strip()}"  # «SED-ANTIOQUIA Ana»

    def _lugar_tras_la_marca(self, fichas, i, texto):
        desde = partir(" ".join(fichas[i:]), self.mapa)
        if not desde.menciones:
            return None
        mencion = desde.menciones[0]
        resto = " ".join(fichas[i:])
        antes, _, despues = resto.partition(mencion.escrito)
        if partir(antes, self.mapa).desconocidas:
            return None  # entre la marca y el lugar hay un nombre
        es_nombre_propio = mencion.escrito in TAMBIEN_SON_PERSONAS or not (
            mencion.nombre.certificados or mencion.nombre.departamento
        )
        if despues.strip() and es_nombre_propio and not antes.endswith(" de "):
            return None  # «SEM Soledad Pérez» puede ser una persona
        conclusion = concluir(Frase(menciones=[mencion], niveles=desde.niveles))
        return self._debil(conclusion.posibles, conclusion.caben, texto)

    # ── Un lugar solo, entre paréntesis ───────────────────────────────────────────────────────

    def _entre_parentesis(self, trozos):
        for i, trozo in enumerate(trozos):
            if not trozo.entre_parentesis or not trozo.es_completo or trozo.frase.hay_sigla:
                continue
            if not trozo.frase.menciones:
                continue
            otras = {
                ficha
                for j, otro in enumerate(trozos)
                if j != i
                for ficha in normalizar(otro.texto).split()
            }
            if not otras or otras & set(normalizar(trozo.texto).split()):
                continue  # «Armenia Bolívar (Armenia)» repite el nombre
            conclusion = concluir(trozo.frase)
            if len(trozo.frase.menciones) > 1 and not conclusion.codigo:
                continue
            return self._debil(conclusion.posibles, conclusion.caben, trozo.texto)
        return None

    # ── Decirlo ───────────────────────────────────────────────────────────────────────────────

    def _firme(self, conclusion, escrito):
        return Lectura(
            codigo=conclusion.codigo,
            posibles=conclusion.posibles,
            evidencia="nombre_visible",
            explicacion=f"En su nombre se lee «{corto(escrito)}».",
        )

    def _debil(self, posibles, caben, escrito):
        if not posibles:
            return None
        return Lectura(
            posibles=posibles,
            caben=caben,
            evidencia="nombre_visible",
            explicacion=oracion(
                f"En su nombre se lee «{corto(escrito)}»; "
                f"puede ser {self.textos.nombres[posibles[0]]}"
            ),
        )


def puede_decir_algo(visible: str) -> bool:
    if "(" in visible or "[" in visible or "{" in visible:
        return True
    normal = normalizar(visible)
    if not INDICIOS.isdisjoint(normal.split()):
        return True
    # Preguntarlo primero al texto normal ahorra la expresión regular en casi todos los nombres.
    return ("sem" in normal or "sed" in normal) and PEGADAS.search(visible) is not None


def _empieza_por_marca(trozo):
    fichas, _ = fichas_de(trozo.texto)
    return trozo.frase.hay_sigla and (
        any(tuple(fichas[:n]) in SIGLAS for n in (1, 2, 3)) or fichas[0] in SECRETARIA
    )


def _marcas_para_buscar(visible):
    """Las siglas, y «SE» solo si está en mayúsculas: «se» es una palabra cualquiera."""
    con_se = SE_SUELTO.search(visible) and visible != visible.upper()
    return {
        clave: nivel
        for clave, nivel in [*SIGLAS.items(), *((("secretaria",), None), (("sec",), None))]
        if con_se or clave not in {("se",), ("s", "e")}
    }
