"""Lo que dice el informe de una entidad. De aquí salen el libro y el PDF: dicen lo mismo."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from django.utils.formats import date_format

from indicadores.consultas.cifras import Cifra
from indicadores.consultas.ficha import FamiliaDeFicha, Ficha, IndicadorDeFicha, ficha_de
from indicadores.consultas.tendencias import EMPEORA, MEJORA, Tendencia
from indicadores.consultas.titulares import titular_de
from indicadores.informes.graficas import nombre_del_departamento
from indicadores.models import Conjunto, Indicador, NotaDeSerie, Version
from territorio.models import EntidadTerritorial
from trabajos.tarea import nombre_ofrecido

# Las cuatro primeras que tenga: cuántos son, cuántos están, cuántos se van y cuántos repiten.
CLAVES = (
    "poblacion_5_16",
    "cobertura_neta",
    "desercion",
    "repitencia",
    "aprobacion",
    "cobertura_bruta",
    "tasa_matriculacion_5_16",
    "reprobacion",
)
N_CLAVES = 4
NIVELES = {
    Indicador.Nivel.TRANSICION: "Transición",
    Indicador.Nivel.PRIMARIA: "Primaria",
    Indicador.Nivel.SECUNDARIA: "Secundaria",
    Indicador.Nivel.MEDIA: "Media",
    Indicador.Nivel.TOTAL: "Total",
}


@dataclass(frozen=True)
class Fuente:
    """De qué conjunto salen cifras del informe, con qué licencia y a qué corte."""

    conjunto: Conjunto
    versiones: list[Version]

    @property
    def corte(self) -> date | None:
        return max((una.corte for una in self.versiones if una.corte), default=None)


class Nota(NamedTuple):
    """Una nota y a qué familias toca: el mismo quiebre puede estar en varias."""

    nota: NotaDeSerie
    familias: str


class Serie(NamedTuple):
    """Una serie y de quién es."""

    de_quien: str
    codigo: str
    cifras: list[Cifra]


@dataclass(frozen=True)
class Informe:
    """La ficha de una entidad hasta un año, contada para imprimirla o abrirla en una hoja."""

    ficha: Ficha
    vigencia: int  # la que se pidió: la de la ficha puede ser anterior

    @property
    def entidad(self) -> EntidadTerritorial:
        return self.ficha.entidad

    @property
    def titulo(self) -> str:
        return f"Informe {self.vigencia}: {self.entidad.nombre}"

    @property
    def hasta(self) -> int:
        """El último año de que dice algo."""
        return self.ficha.vigencia or self.vigencia

    @property
    def hay(self) -> bool:
        return self.ficha.hay

    @property
    def quien(self) -> str:
        """«municipio, Antioquia»; del que es todo su departamento basta el tipo."""
        tipo, departamento = self.entidad.get_tipo_display(), self.entidad.departamento
        solo = self.entidad.es_departamental or self.ficha.perfil.es_todo_su_departamento
        return tipo if solo else f"{tipo}, {departamento}"

    @cached_property
    def familias(self) -> list[FamiliaDeFicha]:
        """Las que tienen alguna cifra suya."""
        return [familia for familia in self.ficha.familias if familia.hay]

    @cached_property
    def principales(self) -> list[IndicadorDeFicha]:
        return [uno for familia in self.familias for uno in totales_de(familia) if uno.hay]

    @cached_property
    def claves(self) -> list[IndicadorDeFicha]:
        """Las cuatro cifras con que se abre; las que tienen número este año, primero."""
        suyas = [self.ficha.por_codigo[c] for c in CLAVES if c in self.ficha.por_codigo]
        con_numero = [uno for uno in suyas if uno.ultima.hay]
        sin_numero = [uno for uno in suyas if uno.hay and not uno.ultima.hay]
        return (con_numero + sin_numero)[:N_CLAVES]

    @cached_property
    def titular(self) -> str:
        """La misma frase con que abre la ficha en el portal."""
        if not self.hay:
            return "Todavía no hay cifras publicadas"
        frase = titular_de(self.ficha).removesuffix(".")
        return frase or f"Las cifras de {self.ficha.vigencia}"

    @cached_property
    def bajada(self) -> str:
        """Lo que hay que saber después del titular: cuánto mejoró y cuánto no."""
        if not self.hay:
            return (
                f"A este corte el portal no tiene cifras publicadas de {self.entidad.nombre} hasta "
                f"{self.vigencia}. No es un cero ni una falta de la secretaría: la fuente no las "
                "trae. Cuando se publiquen, este informe las mostrará."
            )
        juicios = [t.juicio for uno in self.principales if (t := frente_al_anterior(uno))]
        partes = []
        if any(juicios):
            partes.append(
                f"Frente a {self.ficha.vigencia - 1}, indicadores que mejoran: "
                f"{juicios.count(MEJORA)}; que empeoran: {juicios.count(EMPEORA)}."
            )
        if self.ficha.vigencia < self.vigencia:
            partes.append(
                f"De {self.vigencia} todavía {'hay pocas' if self.ficha.incompletas else 'no hay'} "
                f"cifras: las de este informe son de {self.ficha.vigencia}."
            )
        return " ".join(partes)

    @cached_property
    def notas(self) -> list[Nota]:
        """Lo que hay que saber, una vez cada cosa, con las familias a las que toca."""
        familias = {}
        for familia in self.familias:
            for nota in familia.notas:
                _, suyas = familias.setdefault(nota.texto, (nota, []))
                suyas.append(familia.nombre)
        return sorted(
            (Nota(nota, ", ".join(suyas)) for nota, suyas in familias.values()),
            key=lambda una: una.nota.desde,
        )

    @cached_property
    def fuentes(self) -> list[Fuente]:
        versiones = sorted(self.ficha.versiones.values(), key=lambda una: una.numero)
        conjuntos = {una.conjunto_id: una.conjunto for una in versiones}
        return [
            Fuente(conjunto, [una for una in versiones if una.conjunto_id == pk])
            for pk, conjunto in conjuntos.items()
        ]

    @property
    def corte(self) -> str:
        """El de sus cifras de ese año: el de la serie del país puede ser posterior."""
        suyas = [self.ficha.version_de(uno.ultima) for uno in self.principales if uno.ultima.hay]
        cortes = [una.corte for una in suyas if una and una.corte]
        cortes = cortes or [fuente.corte for fuente in self.fuentes if fuente.corte]
        return date_format(max(cortes), r"j \d\e F \d\e Y") if cortes else ""

    @property
    def version(self) -> str:
        """«Versión 3, publicada el 4 de noviembre de 2026»."""
        if (version := self.ficha.version) is None:
            return ""
        publicada = date_format(version.publicada_en, r"j \d\e F \d\e Y")
        return f"Versión {version.numero}, publicada el {publicada}"

    @cached_property
    def propias(self) -> list[Cifra]:
        """Las suyas que tienen número."""
        return [
            cifra
            for familia in self.familias
            for uno in familia.indicadores
            for cifra in uno.propia
            if cifra.hay
        ]

    @property
    def n_cifras(self) -> int:
        return len(self.propias)

    @property
    def hay_calculo_propio(self) -> bool:
        return any(cifra.es_propia for cifra in self.propias)

    def series_de(self, uno: IndicadorDeFicha) -> list[Serie]:
        """Cada serie con el nombre de quién: la suya, la de su departamento y la del país."""
        ficha = self.ficha
        series = [Serie(self.entidad.nombre, self.entidad.codigo_dane, uno.propia)]
        if uno.departamento:
            codigo = ficha.unidad_departamento.codigo
            series.append(Serie(self.nombre_del_departamento, codigo, uno.departamento))
        if uno.nacion:
            series.append(Serie("Colombia", ficha.unidad_nacion.codigo, uno.nacion))
        return series

    @property
    def nombre_del_departamento(self) -> str:
        return nombre_del_departamento(self.ficha)

    def nombre_del_archivo(self, formato: str) -> str:
        return nombre_del_informe(self.vigencia, self.entidad, formato)


def nombre_del_informe(vigencia: int, entidad: EntidadTerritorial, formato: str) -> str:
    """«Informe 2022 05001 Medellín.pdf»: se ordena solo y se entiende fuera del portal."""
    return nombre_ofrecido(f"Informe {vigencia} {entidad.codigo_dane} {entidad.nombre}.{formato}")


def informe_de(
    entidad: EntidadTerritorial,
    *,
    vigencia: int,
    version: int | None = None,
    comunes: dict | None = None,
) -> Informe:
    """Quien haga muchos de la misma versión pasa el mismo `comunes`: se lee una vez."""
    return Informe(ficha_de(entidad, vigencia=vigencia, version=version, comunes=comunes), vigencia)


def totales_de(familia: FamiliaDeFicha) -> list[IndicadorDeFicha]:
    """Los que no son de un nivel: casi siempre uno."""
    return [uno for uno in familia.indicadores if uno.indicador.nivel == Indicador.Nivel.TOTAL]


def frente_al_anterior(uno: IndicadorDeFicha) -> Tendencia | None:
    return next((t for t in uno.tendencias if t.desde == t.hasta - 1), None)


def se_dice(uno: IndicadorDeFicha) -> str:
    """La cifra de la vigencia o, si no la hay, la última que sí y de cuándo."""
    ultima, con_dato = uno.ultima, uno.ultima_con_dato
    if ultima.hay or con_dato is None:
        return ultima.texto
    return f"{ultima.texto}; {con_dato.texto} en {con_dato.vigencia}"


def cuando(nota: NotaDeSerie) -> str:
    if nota.hasta is None:
        return f"Desde {nota.desde}"
    return f"{nota.desde} a {nota.hasta}" if nota.hasta > nota.desde else str(nota.desde)
