"""El acta de una sesión: lo escrito y las cifras. Las ausentes, solo en la del Ministerio."""

import re
from dataclasses import dataclass

from conectate.consultas.calendario import dias_en_palabras
from conectate.consultas.cierre import CifrasDelCierre, cifras_calculadas, cifras_del_cierre
from conectate.consultas.participacion import XdeN
from conectate.consultas.sesiones import codigo_de
from conectate.models import Acta, Asistencia, Convocatoria, Encuentro, Sesion

EXCUSADA = Asistencia.Registro.EXCUSADA


@dataclass(frozen=True)
class ActaDeSesion:
    """`ausentes` es None en la copia que no las nombra: no es que no faltara ninguna."""

    sesion: Sesion
    encuentro: Encuentro | None
    tratado: list[str]
    acuerdos: list[str]
    cifras: dict
    cierre: CifrasDelCierre | None
    presentes: list[str]
    sin_convocatoria: list[str]
    ausentes: list[str] | None

    @property
    def es_borrador(self) -> bool:
        return self.cierre is None

    @property
    def cuenta(self) -> XdeN | None:
        """«94 de 96», lo confirmado; None si nadie registró la asistencia."""
        if self.cifras["presentes"] is None:
            return None
        return XdeN(self.cifras["presentes"], self.cifras["convocadas"])

    @property
    def por_origen(self) -> list[tuple[str, int]]:
        return [
            (Asistencia.Origen(origen).label, n)
            for origen, n in (self.cifras["por_origen"] or {}).items()
        ]

    @property
    def codigo(self) -> str:
        return codigo_de(self.sesion)

    @property
    def dias(self) -> str:
        return dias_en_palabras(self.sesion)

    @property
    def asuntos(self) -> list[str]:
        """Los temas con que se anunció: los del encuentro o los de la sesión."""
        if self.encuentro and self.encuentro.asuntos:
            return renglones(self.encuentro.asuntos)
        return [tema.nombre for tema in self.sesion.temas.all()]

    @property
    def objetivos(self) -> list[str]:
        return renglones(self.encuentro.objetivos) if self.encuentro else []


def acta_de(sesion: Sesion, *, nombra_ausentes: bool) -> ActaDeSesion:
    acta = Acta.objects.filter(sesion=sesion).first() or Acta(sesion=sesion)
    cierre = cifras_del_cierre(sesion)
    cifras = cierre.cierre.confirmado if cierre else cifras_calculadas(sesion)
    convocadas = dict(
        Convocatoria.objects.filter(sesion=sesion)
        .order_by("entidad__nombre_norm", "entidad")
        .values_list("entidad", "entidad__nombre")
    )
    asistencias = list(
        Asistencia.objects.filter(sesion=sesion)
        .order_by("entidad__nombre_norm", "entidad")
        .values_list("entidad", "entidad__nombre", "presente", "registro")
    )
    estuvieron = {pk: nombre for pk, nombre, presente, _ in asistencias if presente}
    excusadas = {pk for pk, _, _, registro in asistencias if registro == EXCUSADA}
    hay_asistencia = cifras["por_origen"] is not None
    ausentes = [
        f"{nombre} (se excusó)" if pk in excusadas else nombre
        for pk, nombre in convocadas.items()
        if pk not in estuvieron
    ]
    return ActaDeSesion(
        sesion=sesion,
        encuentro=Encuentro.objects.filter(sesion=sesion).first(),
        tratado=parrafos(acta.tratado),
        acuerdos=renglones(acta.acuerdos),
        cifras=cifras,
        cierre=cierre,
        presentes=[nombre for pk, nombre in estuvieron.items() if pk in convocadas],
        sin_convocatoria=[nombre for pk, nombre in estuvieron.items() if pk not in convocadas],
        ausentes=(ausentes if hay_asistencia else []) if nombra_ausentes else None,
    )


def renglones(texto: str) -> list[str]:
    """Uno por línea; quien escribió la viñeta no la ve dos veces."""
    limpios = (re.sub(r"^\s*(?:[-*•–]|\d{1,2}[.)])\s+", "", linea) for linea in texto.splitlines())
    return [limpio.strip() for limpio in limpios if limpio.strip()]


def parrafos(texto: str) -> list[str]:
    """Los separa un renglón en blanco; dentro de cada uno se respetan los saltos de línea."""
    bloques = re.split(r"\n\s*\n", texto.replace("\r\n", "\n"))
    return [
        "\n".join(linea.strip() for linea in bloque.strip().splitlines())
        for bloque in bloques
        if bloque.strip()
    ]
