"""Quién espera a quién, desde cuándo, y por qué manos ha pasado cada necesidad."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst

from acompanamiento.consultas.cosas import cosa_visible, nombre_de_la_clase
from acompanamiento.models import (
    Actividad,
    Contacto,
    Grupo,
    Necesidad,
    PasoDeNecesidad,
    Pertenencia,
    RespuestaANecesidad,
)
from contenidos.consultas.busqueda import encontrar, fichas_de, interpretar
from contenidos.consultas.temas import buscables_visibles, de_lo_ultimo
from contenidos.models import Buscable, Contenido
from cuentas.models import Usuario

Turno = Necesidad.Turno
CON_QUE_SE_ATIENDE = ("sesion", "contenido")  # lo que se busca; un contacto y un taller se escogen
CANDIDATOS = 30
HALLADOS = 8


# ── La lista ──────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class EnEspera:
    necesidad: Necesidad
    grupo: Grupo | None

    @property
    def quien(self) -> str:
        """«el Grupo 7», «la Dirección de Calidad», «la secretaría»; vacío si está cerrada."""
        if self.necesidad.turno == Turno.GRUPO and self.grupo:
            return f"el {self.grupo}"
        return self.necesidad.espera_a

    @property
    def a_quien(self) -> str:
        """«al Grupo 7», «a la Dirección de Calidad»."""
        return f"a {self.quien}".replace("a el ", "al ", 1)

    @property
    def desde_cuando(self) -> str:
        dias = (timezone.localdate() - timezone.localdate(self.necesidad.turno_desde)).days
        return ("desde hoy", "desde ayer")[dias] if dias < 2 else f"hace {dias} días"


def en_orden(necesidades: QuerySet[Necesidad]) -> QuerySet[Necesidad]:
    """La más urgente primero y, entre iguales, la que más ha esperado."""
    return necesidades.select_related("entidad", "direccion").order_by(
        "prioridad", "turno_desde", "pk"
    )


def en_espera(necesidades: Iterable[Necesidad]) -> list[EnEspera]:
    """Con el grupo que hoy acompaña a cada una."""
    necesidades = list(necesidades)
    vigentes = Pertenencia.objects.vigentes().filter(
        entidad__in={necesidad.entidad_id for necesidad in necesidades}
    )
    grupos = {uno.entidad_id: uno.grupo for uno in vigentes.select_related("grupo")}
    return [EnEspera(una, grupos.get(una.entidad_id)) for una in necesidades]


def cuantas_esperan(necesidades: QuerySet[Necesidad]) -> dict[str, int]:
    """Las abiertas, por a quién esperan."""
    abiertas = necesidades.abiertas().order_by().values_list("turno")
    return {turno: 0 for turno in Turno if turno != Turno.NADIE} | dict(
        abiertas.annotate(n=Count("pk", distinct=True))
    )


# ── La cadena de una ──────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Eslabon:
    """Un paso, contado a quien lo lee: una secretaría no ve nombres del equipo."""

    paso: PasoDeNecesidad
    quien: str
    respuestas: list[tuple[str, str, str]]  # qué es, cómo se llama y su dirección, si puede verla


def cadena_de(necesidad: Necesidad, usuario: Usuario) -> list[Eslabon]:
    pasos = necesidad.pasos.select_related("creado_por__direccion", "de", "a").order_by("pk")
    respuestas = list(
        necesidad.respuestas.select_related("contacto", "actividad", "contenido").order_by("pk")
    )
    legibles = _legibles(respuestas, usuario)
    return [
        Eslabon(
            paso,
            _quien(paso, usuario),
            [legibles[una.pk] for una in respuestas if una.paso_id == paso.pk],
        )
        for paso in pasos
    ]


def _quien(paso, usuario):
    quien = paso.creado_por
    if quien is None:
        return ""
    if usuario.es_del_ministerio:
        de_donde = "de la secretaría" if quien.es_de_secretaria else quien.direccion
        return f"{quien}, {de_donde}" if de_donde else str(quien)
    if quien.es_de_secretaria:
        return "Su secretaría"
    return f"El Ministerio{f', {quien.direccion}' if quien.direccion else ''}"


def _legibles(respuestas: list[RespuestaANecesidad], usuario) -> dict:
    suyos = {
        modelo: set(visibles.filter(pk__in=pks).values_list("pk", flat=True)) if pks else set()
        for modelo, visibles, pks in (
            (
                "contacto",
                Contacto.objects.visibles_para(usuario),
                [una.contacto_id for una in respuestas if una.contacto_id],
            ),
            (
                "contenido",
                Contenido.objects.con_pagina_para(usuario),
                [una.contenido_id for una in respuestas if una.contenido_id],
            ),
        )
    }
    return {una.pk: _legible(una, suyos, usuario) for una in respuestas}


def _legible(una, suyos, usuario):
    if contacto := una.contacto:
        titulo = f"{contacto.asunto} ({date_format(contacto.fecha)})"
        url = contacto.get_absolute_url() if contacto.pk in suyos["contacto"] else ""
        return capfirst(contacto.get_canal_display()), titulo, url
    if una.actividad:
        return "Taller o encuentro", str(una.actividad), una.actividad.get_absolute_url()
    if contenido := una.contenido:
        url = contenido.get_absolute_url() if contenido.pk in suyos["contenido"] else ""
        return "Contenido de la biblioteca", str(contenido), url
    ficha = cosa_visible(una.cosa_clase, una.cosa_id, usuario)
    que_es = capfirst(nombre_de_la_clase(una.cosa_clase))
    return (que_es, ficha.titulo, ficha.url) if ficha else (que_es, "reservada", "")


# ── Con qué se puede atender ──────────────────────────────────────────────────────────────────


def contactos_que_sirven(necesidad: Necesidad) -> QuerySet[Contacto]:
    return Contacto.objects.completos().filter(entidad=necesidad.entidad).order_by("-fecha", "-pk")


def actividades_que_sirven(necesidad: Necesidad) -> QuerySet[Actividad]:
    return Actividad.objects.filter(
        coberturas__entidad=necesidad.entidad, estado=Actividad.Estado.REALIZADA
    ).order_by("-desde", "-pk")


def cosas_que_dicen(texto: str, usuario: Usuario) -> list[Buscable]:
    """Sesiones y contenidos que dicen eso; sin texto, las últimas sesiones que ya pasaron."""
    consulta = interpretar(texto)
    if consulta.esta_vacia:
        sesiones = buscables_visibles(usuario).filter(
            clase=CON_QUE_SE_ATIENDE[0], fecha__lte=timezone.localdate()
        )
        return list(de_lo_ultimo(sesiones)[:HALLADOS])
    return [
        ficha
        for clase in CON_QUE_SE_ATIENDE
        for resultado in encontrar(consulta, usuario, clase)
        for ficha in fichas_de(resultado.hallados[:HALLADOS])
    ]


def cosas_marcadas(marcadas: Iterable[tuple[str, int]], usuario: Usuario) -> list[Buscable]:
    """Las que alguien ya había marcado y puede ver, aunque la búsqueda de ahora no las traiga."""
    visibles = buscables_visibles(usuario).filter(clase__in=CON_QUE_SE_ATIENDE)
    return [
        cosa
        for clase, pk in marcadas
        if (cosa := visibles.filter(clase=clase, objeto_id=pk).first())
    ]
