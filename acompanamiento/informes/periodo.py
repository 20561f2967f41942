"""Contactos y compromisos de un periodo en un libro, y el mes de un grupo en una página.

Los hace un trabajo, con los permisos de quien los pidió en el momento de hacerlos.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst

from acompanamiento.consultas.periodo import (
    Alcance,
    MesDelGrupo,
    compromisos_en,
    contactos_en,
    mes_del_grupo,
    por_entidad,
    por_grupo,
)
from acompanamiento.models import Grupo
from acompanamiento.permisos import puede_acompanar, puede_ver_acompanamiento
from cuentas.models import Usuario
from territorio.models import EntidadTerritorial
from trabajos.almanaque import dias_en_palabras, fin_de_mes
from trabajos.hojas.escribir import Columna, Hoja, Metadatos, escribir_xlsx
from trabajos.pdf import componer_pdf
from trabajos.registro import TrabajoRechazado

SIN_PERMISO = "Ya no tiene permiso para ver este informe."
CABEN = 10  # secretarías en la tabla de una página
FILAS_DEL_MES = 15  # entre la tabla y las dos listas


def alcance_de(por: Usuario, *, desde: str, hasta: str, grupo=None, entidad="") -> Alcance:
    """Lo que se pidió, si quien lo pidió todavía puede verlo."""
    suya = EntidadTerritorial.objects.filter(codigo_dane=entidad).first() if entidad else None
    if por.es_de_secretaria and suya is None:
        suya = por.entidad
    puede = puede_acompanar(por) if suya is None else puede_ver_acompanamiento(por, suya)
    el_grupo = Grupo.objects.filter(numero=grupo).first() if grupo else None
    if not puede or (el_grupo is not None and not puede_acompanar(por)):
        raise TrabajoRechazado(SIN_PERMISO)
    return Alcance(date.fromisoformat(desde), date.fromisoformat(hasta), el_grupo, suya)


@dataclass(frozen=True)
class Libro:
    alcance: Alcance
    por: Usuario

    @property
    def de_que(self) -> str:
        return str(self.alcance.entidad or self.alcance.grupo or "todas las secretarías")

    @property
    def nombre_del_archivo(self) -> str:
        alcance = self.alcance
        return (
            f"Acompañamiento de {self.de_que} {alcance.desde:%Y-%m-%d} a {alcance.hasta:%Y-%m-%d}"
            ".xlsx"
        )

    def escribir(self, ruta: Path) -> int:
        filas = por_entidad(self.alcance, self.por)
        hojas = [_hoja_por_secretaria(filas), self._contactos(), self._compromisos()]
        if puede_acompanar(self.por):
            hojas.insert(0, _hoja_por_grupo(por_grupo(self.alcance, filas, self.por)))
        return escribir_xlsx(ruta, hojas, self._metadatos())

    def _contactos(self):
        contactos = (
            contactos_en(self.alcance, self.por)
            .select_related("entidad", "grupo")
            .prefetch_related("temas")
        )
        return Hoja(
            "Contactos",
            [
                Columna("Fecha", "fecha"),
                Columna("Código DANE"),
                Columna("Secretaría"),
                Columna("Grupo ese día"),
                Columna("Cómo fue"),
                Columna("Estado"),
                Columna("De qué se trató", ancho=50),
                Columna("Temas", ancho=40),
                Columna("Acuerdos", ancho=50),
            ],
            (
                [
                    uno.fecha,
                    uno.entidad.codigo_dane,
                    uno.entidad.nombre,
                    str(uno.grupo or "sin grupo"),
                    uno.get_canal_display(),
                    uno.get_estado_display(),
                    uno.asunto,
                    ", ".join(tema.nombre for tema in uno.temas.all()),
                    uno.acuerdos,
                ]
                for uno in contactos.iterator(chunk_size=500)
            ),
        )

    def _compromisos(self):
        compromisos = compromisos_en(self.alcance, self.por).select_related(
            "entidad", "direccion", "dependencia"
        )
        return Hoja(
            "Compromisos",
            [
                Columna("Vence el", "fecha"),
                Columna("Código DANE"),
                Columna("Secretaría"),
                Columna("Compromiso", ancho=60),
                Columna("Quién se compromete"),
                Columna("Dirección o área"),
                Columna("Acordado el", "fecha"),
                Columna("Estado"),
                Columna("Vencido"),
                Columna("Cerrado en", "fecha_hora"),
            ],
            (
                [
                    uno.vence_el,
                    uno.entidad.codigo_dane,
                    uno.entidad.nombre,
                    uno.texto,
                    uno.get_lado_display(),
                    str(uno.direccion or uno.dependencia or "sin área"),
                    uno.acordado_el,
                    uno.get_estado_display(),
                    "Sí" if uno.esta_vencido else "No",
                    uno.cerrado_en,
                ]
                for uno in compromisos.iterator(chunk_size=1000)
            ),
        )

    def _metadatos(self):
        return Metadatos(
            titulo=f"Acompañamiento de {self.de_que}",
            que_es="Los contactos y los compromisos del periodo, con sus cuentas.",
            fuente="Juntos lo Vamos a Lograr, lo registrado en el portal",
            corte=self.alcance.corte,
            por=self.por.nombre,
            mas=[("Periodo", dias_en_palabras(self.alcance.desde, self.alcance.hasta))],
            notas=[
                ("Contactos", "Cada uno es del grupo que acompañaba a la secretaría ese día."),
                (
                    "Compromisos",
                    (
                        "Los que estuvieron abiertos en algún momento del periodo. Se cuentan con "
                        "el grupo que acompañaba a la secretaría al terminar."
                    ),
                ),
                ("Vencidos", "Abiertos cuya fecha ya había pasado en el corte."),
                ("Necesidades", "Las que esperan respuesta hoy."),
            ],
        )


def _hoja_por_grupo(grupos):
    return Hoja(
        "Por grupo",
        [
            Columna("Grupo"),
            Columna("Secretarías", "entero"),
            Columna("Secretarías con contacto", "entero"),
            Columna("Contactos", "entero"),
            Columna("Visitas", "entero"),
            *DE_LOS_COMPROMISOS,
        ],
        [
            [
                str(uno.grupo),
                len(uno.suyas),
                uno.con_contacto,
                uno.contactos,
                uno.visitas,
                *(uno.suma(campo) for campo in CAMPOS),
            ]
            for uno in grupos
        ],
    )


def _hoja_por_secretaria(filas):
    return Hoja(
        "Por secretaría",
        [
            Columna("Código DANE"),
            Columna("Secretaría"),
            Columna("Grupo"),
            Columna("Contactos", "entero"),
            Columna("Visitas", "entero"),
            Columna("Último contacto", "fecha"),
            *DE_LOS_COMPROMISOS,
        ],
        [
            [
                una.entidad.codigo_dane,
                una.entidad.nombre,
                str(una.grupo or "sin grupo"),
                una.contactos,
                una.visitas,
                una.ultimo,
                *(getattr(una, campo) for campo in CAMPOS),
            ]
            for una in filas
        ],
    )


CAMPOS = ("acordados", "cumplidos", "abiertos", "vencidos", "necesidades")
DE_LOS_COMPROMISOS = [
    Columna("Compromisos acordados", "entero"),
    Columna("Cumplidos", "entero"),
    Columna("Abiertos", "entero"),
    Columna("Vencidos", "entero"),
    Columna("Necesidades por responder", "entero"),
]


# ── El mes de un grupo ────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class MesEnPdf:
    mes: MesDelGrupo

    @property
    def nombre_del_archivo(self) -> str:
        return f"{self.mes.grupo} {self.mes.alcance.desde:%Y-%m}.pdf"

    def componer(self) -> bytes:
        return componer_pdf("mes_del_grupo", datos_del_mes(self.mes))


def mes_en_pdf(por: Usuario, *, grupo: int, mes: str) -> MesEnPdf:
    el_grupo = Grupo.objects.filter(numero=grupo).first()
    if el_grupo is None or not puede_acompanar(por):
        raise TrabajoRechazado(SIN_PERMISO)
    primero = date.fromisoformat(f"{mes}-01")
    alcance = Alcance(primero, fin_de_mes(primero), grupo=el_grupo)
    n = min(alcance.entidades(por).count(), CABEN)
    return MesEnPdf(mes_del_grupo(el_grupo, alcance, por, cuantos=(FILAS_DEL_MES - n) // 2))


def datos_del_mes(mes: MesDelGrupo) -> dict:
    """Lo que la plantilla pone, ya en palabras y en cantidad que cabe en una página."""
    total, alcance = mes.total, mes.alcance
    cuando = date_format(alcance.desde, r"F \d\e Y")
    vencidos = total.suma("vencidos")
    return {
        "titulo": f"{mes.grupo}: {cuando}",
        "pie": f"Corte: {_dia(alcance.corte)}",
        "grupo": str(mes.grupo),
        "mes": " · ".join(filter(None, (capfirst(cuando), mes.grupo.nombre))),
        "avisos": [
            texto
            for texto, va in (
                ("Datos de demostración: son inventados.", mes.grupo.es_demostracion),
                (
                    f"El mes no ha terminado: cuenta hasta el {_dia(alcance.corte)}.",
                    alcance.corte < alcance.hasta,
                ),
            )
            if va
        ],
        "cifras": [
            (f"{total.con_contacto} de {len(total.suyas)}", "secretarías con algún contacto"),
            (str(total.contactos), f"contactos, {total.visitas} de ellos visitas"),
            (str(total.suma("acordados")), "compromisos acordados en el mes"),
            (str(total.suma("cumplidos")), "compromisos cumplidos en el mes"),
            (str(vencidos), "compromisos vencidos y abiertos"),
            (str(total.suma("necesidades")), "necesidades por responder hoy"),
        ],
        "secretarias": [_de_una(una) for una in total.suyas[:CABEN]],
        "secretarias_de_mas": max(0, len(total.suyas) - CABEN),
        "vencidos": [
            [
                _corto(uno.texto, 70),
                _corto(uno.entidad, 24),
                _corto(uno.direccion or uno.dependencia or "la secretaría", 50),
                _dia(uno.vence_el),
            ]
            for uno in mes.vencidos
        ],
        "vencidos_de_mas": max(0, vencidos - len(mes.vencidos)),
        "por_venir": [
            [_dia(uno.fecha), _corto(uno.entidad, 40), capfirst(uno.get_canal_display())]
            for uno in mes.por_venir
        ],
        "por_venir_de_mas": max(0, mes.n_por_venir - len(mes.por_venir)),
        "direccion": settings.DIRECCION_DEL_PORTAL
        + reverse("acompanamiento:grupo", args=[mes.grupo.numero]),
    }


def _de_una(una):
    ultimo = _dia(una.ultimo) if una.ultimo else "ninguno en el mes"
    cuentas = (una.contactos, una.visitas, una.acordados, una.cumplidos, una.vencidos)
    return [_corto(una.entidad, 28), ultimo, *map(str, cuentas)]


def _corto(texto, letras):
    """Lo que cabe: lo entero está en el portal."""
    texto = str(texto)
    return texto if len(texto) <= letras else f"{texto[: letras - 1].rstrip()}…"


def _dia(fecha):
    return date_format(fecha, r"j \d\e F \d\e Y")
