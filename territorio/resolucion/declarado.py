"""Lo que una persona escribió donde se le preguntó por su secretaría."""

from dataclasses import replace

from territorio.resolucion.frases import (
    SALTO,
    Frase,
    Mencion,
    partir,
    partir_sin_articulos,
)
from territorio.resolucion.lectura import NADA, Lectura, oracion
from territorio.resolucion.lugares import Conclusion, concluir
from territorio.resolucion.mapa import Mapa
from territorio.resolucion.palabras import COLEGIOS, OTRAS, VACIAS
from territorio.texto import normalizar

MINISTERIO = "Ministerio de Educación Nacional"


class LectorDeTextos:
    def __init__(self, mapa: Mapa, *, nombres, codigos_men, ajenas, confirmados):
        self.mapa = mapa
        self.nombres = nombres  # código DANE → nombre de la entidad
        self.codigos_men = codigos_men  # código del MEN → código DANE
        self.ajenas = ajenas  # texto normalizado → organización
        self.confirmados = confirmados  # texto normalizado → (código, organización)
        self._ajenas_por_largo = sorted(ajenas.items(), key=lambda par: -len(par[0]))

    def leer(self, texto: str) -> Lectura:
        norm = normalizar(texto)
        if norm in VACIAS:
            return NADA
        if norm in self.confirmados:
            return self._confirmado(texto, *self.confirmados[norm])
        if norm in self.ajenas:
            return _ajena(texto, self.ajenas[norm])
        frase = partir(texto, self.mapa)
        if lectura := self._de_otra_organizacion(texto, norm, frase):
            return lectura
        return self._de_entidad(texto, frase)

    # ── Quien no es una secretaría ────────────────────────────────────────────────────────────

    def _confirmado(self, texto, codigo, ajena):
        return Lectura(
            codigo=codigo,
            ajena=ajena,
            evidencia="confirmacion",
            explicacion=oracion(
                f"Ya se confirmó que «{corto(texto)}» es "
                f"{self.nombres[codigo] if codigo else ajena}"
            ),
        )

    def _de_otra_organizacion(self, texto, norm, frase):
        """«MEN – Dirección de Calidad», «Universidad de Caldas»."""
        for escrito, ajena in self._ajenas_por_largo:
            if not (norm.startswith(f"{escrito} ") or norm.endswith(f" {escrito}")):
                continue
            resto = partir(norm.removeprefix(escrito).removesuffix(escrito), self.mapa)
            if not resto.menciones and not resto.desconocidas:
                return _ajena(texto, ajena)
            return _quiza_ajena(ajena)
        if OTRAS.intersection(frase.desconocidas):
            return _quiza_ajena(corto(texto, 120))
        return None

    # ── Una secretaría ────────────────────────────────────────────────────────────────────────

    def _de_entidad(self, texto, frase):
        frase, conclusion = self._mejor_particion(texto, frase)
        if conclusion.codigo and self._se_entiende_todo(frase, conclusion):
            return self._firme(texto, conclusion)

        if COLEGIOS.intersection(frase.desconocidas):
            return self._de_colegio(texto)
        completas = self.mapa.parecidos(frase.nucleo) if frase.nucleo else []
        parecidas, caben = self._parecidas(frase, conclusion, completas)
        posibles = parecidas or self._por_numero(frase)
        if not posibles:
            return NADA
        lectura = self._debil(texto, frase, conclusion, posibles, hay_parecidas=bool(completas))
        return replace(lectura, caben=caben or posibles)

    def _de_colegio(self, texto):
        """«IE Antonio Nariño – Girón»: del nombre del colegio no se saca un lugar."""
        trozos = [trozo for trozo in SALTO.split(texto) if trozo.strip()]
        lugares = Frase()
        for trozo in trozos:
            frase = partir(trozo, self.mapa)
            if not frase.desconocidas:
                lugares.menciones += frase.menciones
        posibles = concluir(lugares).posibles
        return self._debil(texto, lugares, concluir(lugares), posibles) if posibles else NADA

    def _mejor_particion(self, texto, frase):
        """Con sus artículos, sin ellos («Valle de el Cauca») o pegado («SantaMarta»)."""
        conclusion = concluir(frase)
        if conclusion.codigo and not frase.desconocidas:
            return frase, conclusion
        otra = partir_sin_articulos(texto, self.mapa)
        de_otra = concluir(otra)
        if de_otra.codigo and not otra.desconocidas:
            return otra, de_otra
        pegado = self.mapa.pegados.get(frase.nucleo.replace(" ", ""))
        if pegado and frase.desconocidas:
            niveles = frase.niveles.union(*(mencion.niveles for mencion in frase.menciones))
            pegada = Frase(
                menciones=[Mencion(pegado, frase.nucleo, niveles)],
                hay_sigla=frase.hay_sigla,
                hay_oficio=frase.hay_oficio,
                hay_errata=frase.hay_errata,
                numeros=frase.numeros,
                nucleo=frase.nucleo,
            )
            return pegada, concluir(pegada)
        if de_otra.posibles and not otra.desconocidas and not conclusion.posibles:
            return otra, de_otra
        return frase, conclusion

    def _se_entiende_todo(self, frase, conclusion):
        return not (
            frase.desconocidas
            or frase.hay_errata
            or (frase.hay_oficio and not frase.hay_sigla)
            or any(self._codigo_de(numero) != conclusion.codigo for numero in frase.numeros)
        )

    def _codigo_de(self, numero):
        return numero if numero in self.nombres else self.codigos_men.get(numero)

    def _por_numero(self, frase):
        codigos = [self._codigo_de(numero) for numero in frase.numeros]
        return tuple(dict.fromkeys(codigo for codigo in codigos if codigo))

    def _parecidas(self, frase, conclusion, completas):
        """Qué entidades se escriben casi así, y entre cuáles cabe dudar de verdad."""
        if not frase.desconocidas:
            # Una errata puede dar otro nombre que existe: «Socha» por Soacha.
            casi = [
                lugar.entidad
                for erratas, lugar in completas
                if erratas <= 1 and lugar.es_certificado
            ]
            return (
                _sin_repetir(conclusion.posibles, casi),
                _sin_repetir(conclusion.caben, casi),
            )

        codigos = [lugar.entidad for _, lugar in completas]
        sueltas = [] if codigos else self._parecidas_por_trozos(frase)
        empiezan = [lugar.entidad for lugar in self.mapa.que_empiezan_por(frase.nucleo)]
        # Lo que sí se entendió no se pierde: va entre las tres primeras.
        leidas = conclusion.posibles
        departamentos = [
            mencion.nombre.departamento.entidad
            for mencion in frase.menciones
            if mencion.nombre.departamento
        ][-1:]
        caben = None
        if completas:
            # «valle lel cauca» es el Valle mal escrito: que diga «cauca» no lo hace Cauca. Con
            # más erratas ya no es tan claro.
            erratas = completas[0][0]
            cerca = [lugar.entidad for otras, lugar in completas if otras <= erratas + 1]
            caben = _sin_repetir(cerca, departamentos if erratas > 1 else [], empiezan)
        primeras = _sin_repetir(codigos[:1], departamentos, codigos[:2], leidas[:1])
        return _sin_repetir(primeras, codigos, leidas, sueltas, empiezan), caben

    def _parecidas_por_trozos(self, frase):
        fichas = frase.nucleo.split()
        if len(fichas) > 8:
            return []
        hallados = []
        for i in range(len(fichas)):
            for j in range(i + 1, min(i + 5, len(fichas) + 1)):
                trozo = " ".join(fichas[i:j])
                if len(trozo) < 5 or not set(fichas[i:j]) & set(frase.desconocidas):
                    continue
                tope = 1 if len(trozo) <= 8 else 2
                hallados += [
                    (erratas - len(trozo) / 100, lugar.entidad)
                    for erratas, lugar in self.mapa.parecidos(trozo)
                    if erratas <= tope and lugar.es_certificado
                ]
        return [codigo for _, codigo in sorted(hallados)]

    def _firme(self, texto, conclusion):
        es_exacto = self._es_exacto(" ".join(texto.split()), conclusion.codigo)
        return Lectura(
            codigo=conclusion.codigo,
            posibles=conclusion.posibles,
            evidencia="texto_exacto" if es_exacto else "texto_variante",
            explicacion=f"Escribió «{corto(texto)}».",
        )

    def _es_exacto(self, escrito, codigo):
        """El nombre oficial, con sus tildes, y que no empiece como el de otra entidad."""
        nombre = self.nombres[codigo]
        if escrito not in (nombre, f"Secretaría de Educación de {nombre}"):
            return False
        fichas = normalizar(nombre).split()
        comienzos = (self.mapa.exactos.get(tuple(fichas[:n])) for n in range(1, len(fichas)))
        return not any(
            lugar.codigo == lugar.entidad != codigo
            for comienzo in comienzos
            if comienzo
            for lugar in comienzo.lugares
        )

    def _debil(self, texto, frase, conclusion: Conclusion, posibles, *, hay_parecidas=False):
        nombre = self.nombres[posibles[0]]
        if conclusion.sin_certificar and not frase.desconocidas:
            return Lectura(
                posibles=posibles,
                evidencia="municipio_no_certificado",
                explicacion=oracion(
                    f"{conclusion.sin_certificar.nombre} no tiene secretaría propia: "
                    f"lo atiende {self.nombres[conclusion.sin_certificar.entidad]}"
                ),
            )
        parecida = frase.desconocidas and hay_parecidas
        solo_numero = not frase.desconocidas and not conclusion.posibles
        se_lee = posibles[0] in conclusion.posibles and not parecida
        if (se_lee or solo_numero) and not frase.hay_errata:
            return Lectura(
                posibles=posibles,
                evidencia="texto_variante",
                explicacion=f"«{corto(texto)}» puede ser {nombre}; no es seguro.",
            )
        return Lectura(
            posibles=posibles,
            evidencia="texto_con_error",
            explicacion=oracion(f"«{corto(texto)}» se parece a {nombre}"),
        )


def _sin_repetir(*listas):
    return tuple(dict.fromkeys(codigo for lista in listas for codigo in lista))


def _ajena(texto, ajena):
    return Lectura(
        ajena=ajena,
        evidencia="MEN" if ajena == MINISTERIO else "ajena",
        explicacion=f"Escribió «{corto(texto)}».",
    )


def _quiza_ajena(ajena):
    return Lectura(
        ajena_sugerida=ajena,
        evidencia="ajena",
        explicacion=f"Parece de otra organización: «{ajena}».",
    )


def corto(texto: str, largo: int = 60) -> str:
    texto = " ".join(texto.split())
    return texto if len(texto) <= largo else texto[: largo - 1].rstrip() + "…"
