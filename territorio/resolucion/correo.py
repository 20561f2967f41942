"""Lo que dice el dominio de un correo: el que se conoce y el que solo se parece."""

import re

from territorio.resolucion.frases import Frase, Mencion
from territorio.resolucion.lectura import NADA, Lectura, oracion
from territorio.resolucion.lugares import concluir
from territorio.resolucion.mapa import Mapa
from territorio.resolucion.palabras import Nivel
from territorio.texto import normalizar

# Un invitado de otra organización: «ana.ruiz_semneiva.gov.co#EXT#@reunion.onmicrosoft.com».
EXTERNO = re.compile(r".+_([^_@]+\.[^_@]+)#ext#", re.IGNORECASE)
PUBLICOS = {"gov", "gob", "edu"}
SUFIJOS = {"co", "com", "net", "org"} | PUBLICOS
PREFIJOS = (
    ("secretariadeeducacion", None),
    ("secretariaeducacion", None),
    ("seceducacion", None),
    ("educacion", None),
    ("seduca", None),
    ("educa", None),
    ("alcaldia", Nivel.ALCALDIA),
    ("municipio", Nivel.ALCALDIA),
    ("gobernacion", Nivel.DEPARTAMENTAL),
    ("distrito", Nivel.DISTRITAL),
    ("semed", Nivel.MUNICIPAL),
    ("sem", Nivel.MUNICIPAL),
    ("sed", Nivel.SED),
    ("see", None),
    ("se", None),
)


class LectorDeCorreos:
    def __init__(self, mapa: Mapa, *, nombres, dominios):
        self.mapa = mapa
        self.nombres = nombres
        self.dominios = dominios  # dominio → Lectura firme, o NADA si es de correo personal

    def leer(self, correo: str) -> Lectura:
        correo = correo.strip().lower()
        if externo := EXTERNO.match(correo):
            return self._solo_sugiere(self.del_dominio(externo[1]))
        usuario, arroba, dominio = correo.rpartition("@")
        if not arroba or not usuario:
            return NADA
        lectura = self.del_dominio(dominio.strip(" .<>;,"))
        return self._solo_sugiere(lectura) if "@" in usuario else lectura  # dos correos juntos

    def del_dominio(self, dominio: str) -> Lectura:
        etiquetas = [etiqueta for etiqueta in dominio.split(".") if etiqueta]
        for i in range(len(etiquetas) - 1):
            conocido = self.dominios.get(".".join(etiquetas[i:]))
            if conocido is not None:
                return self._con_subdominio(conocido, etiquetas[:i], dominio)
        return self._desconocido(etiquetas, dominio)

    def _con_subdominio(self, conocido, delante, dominio):
        """«educacion.pasto.gov.co» es de Pasto; «chia.cundinamarca.gov.co» pide mirarlo."""
        if not delante or not conocido.codigo:
            return conocido
        otra = self._de_etiquetas(delante)
        if not otra.posibles or conocido.codigo in otra.caben:
            return conocido
        posibles = tuple(dict.fromkeys([*otra.posibles, conocido.codigo]))
        return self._parecido(posibles, (*otra.caben, conocido.codigo), dominio)

    def _solo_sugiere(self, lectura):
        if not lectura.codigo:
            return lectura if not lectura.ajena else NADA
        return Lectura(
            posibles=lectura.codigos,
            evidencia=lectura.evidencia,
            explicacion=f"Su cuenta parece de {self.nombres[lectura.codigo]}; no es seguro.",
        )

    def _desconocido(self, etiquetas, dominio):
        if not PUBLICOS.intersection(etiquetas[1:]):
            return NADA
        propias = list(etiquetas)
        while propias and propias[-1] in SUFIJOS:
            propias.pop()
        conclusion = self._de_etiquetas(propias)
        if conclusion.posibles:
            return self._parecido(conclusion.posibles, conclusion.caben, dominio)
        posibles = self._por_parecido(propias)
        return self._parecido(posibles, posibles, dominio) if posibles else NADA

    def _de_etiquetas(self, etiquetas):
        """«girardot-cundinamarca» son municipio y departamento; «sedsucre», sigla y nombre."""
        frase = Frase()
        for etiqueta in etiquetas:
            partes = normalizar(etiqueta).split()
            if entera := self._mencion("".join(partes)):
                frase.menciones.append(entera)
            else:
                frase.menciones += filter(None, map(self._mencion, partes))
        return concluir(frase)

    def _mencion(self, pieza):
        if nombre := self.mapa.pegados.get(pieza):
            return Mencion(nombre, pieza)
        for prefijo, nivel in PREFIJOS:
            if pieza.startswith(prefijo):
                resto = pieza.removeprefix(prefijo)
                for articulo in ("", "del", "de"):
                    nombre = self.mapa.pegados.get(resto.removeprefix(articulo))
                    if nombre:
                        return Mencion(nombre, pieza, _nivel(nivel, nombre))
        return None

    def _por_parecido(self, etiquetas):
        """«tumacoeduca», «nortedesantader»: lo contiene, o le falta una letra."""
        for etiqueta in reversed(etiquetas):
            pegada = normalizar(etiqueta).replace(" ", "")
            if pegada.startswith("uni"):
                continue  # «unicauca»: una universidad
            contenidos = [
                nombre
                for nombre in self.mapa.pegados
                if len(nombre) >= 5 and (pegada.startswith(nombre) or pegada.endswith(nombre))
            ]
            if contenidos:
                mejor = self.mapa.pegados[max(contenidos, key=len)]
                return concluir(Frase(menciones=[Mencion(mejor, pegada)])).posibles
            for prefijo, _ in (("", None), *PREFIJOS):
                resto = pegada.removeprefix(prefijo)
                if pegada.startswith(prefijo) and len(resto) >= 5:
                    parecidos = self.mapa.pegados_parecidos(resto)
                    if parecidos:
                        return parecidos
        return ()

    def _parecido(self, posibles, caben, dominio):
        return Lectura(
            posibles=posibles,
            caben=caben,
            evidencia="dominio_no_mapeado",
            explicacion=oracion(f"El dominio {dominio} se parece a {self.nombres[posibles[0]]}"),
        )


def _nivel(nivel, nombre):
    """«sedpereira» es la de Pereira: en un dominio, «sed» no hace departamental a un municipio."""
    if nivel is None or (nivel == Nivel.SED and nombre.departamento is None):
        return set()
    return {nivel}
