"""La vida de un compromiso de punta a punta: de dónde salió, qué pasó y en qué va."""

from dataclasses import dataclass, field
from datetime import datetime

from django.utils.formats import date_format
from django.utils.text import capfirst

from acompanamiento.consultas.cosas import cosa_visible, nombre_de_la_clase
from acompanamiento.models import Compromiso, Contacto, Evidencia, Necesidad
from contenidos.models import Contenido
from cuentas.models import Usuario


@dataclass(frozen=True)
class Origen:
    que_es: str
    titulo: str
    url: str = ""


@dataclass(frozen=True)
class Eslabon:
    """Un paso. `tono`: el del estado en que quedó."""

    que: str
    cuando: datetime
    quien: str
    texto: str = ""
    tono: str = ""
    evidencias: list = field(default_factory=list)


TONOS = {
    Compromiso.Estado.PENDIENTE: "pendiente",
    Compromiso.Estado.EN_CURSO: "activo",
    Compromiso.Estado.CUMPLIDO: "hecho",
    Compromiso.Estado.SIN_EFECTO: "neutro",
}
PASO = {
    Compromiso.Estado.PENDIENTE: "Sigue sin empezar",
    Compromiso.Estado.EN_CURSO: "En curso",
    Compromiso.Estado.CUMPLIDO: "Se dio por cumplido",
    Compromiso.Estado.SIN_EFECTO: "Se dejó sin efecto",
}


def origen_de(compromiso: Compromiso, usuario: Usuario) -> Origen | None:
    """De dónde salió; con enlace solo si esa persona lo puede ver."""
    if compromiso.contacto_id:
        contacto = compromiso.contacto
        visible = Contacto.objects.visibles_para(usuario).filter(pk=contacto.pk).exists()
        que_es = capfirst(contacto.get_canal_display())
        if not visible:  # un borrador, que una secretaría no ve
            return Origen(que_es, "no está a la vista")
        return Origen(que_es, contacto.asunto, contacto.get_absolute_url())
    if compromiso.necesidad_id:
        necesidad = compromiso.necesidad
        visible = Necesidad.objects.visibles_para(usuario).filter(pk=necesidad.pk).exists()
        url = necesidad.get_absolute_url() if visible else ""
        return Origen("Necesidad", str(necesidad), url)
    if compromiso.cosa_clase:
        que_es = capfirst(nombre_de_la_clase(compromiso.cosa_clase))
        cosa = cosa_visible(compromiso.cosa_clase, compromiso.cosa_id, usuario)
        return (
            Origen(que_es, cosa.titulo, cosa.url)
            if cosa
            else Origen(que_es, "ya no está a la vista")
        )
    return None


def cadena_de(compromiso: Compromiso, usuario: Usuario) -> list[Eslabon]:
    """Los pasos en el orden en que ocurrieron, sin el acuerdo, que va primero."""
    eslabones = [
        *_seguimientos(compromiso, usuario),
        *(
            Eslabon(
                f"Se prorrogó del {_dia(una.de)} al {_dia(una.a)}",
                una.creado_en,
                quien(una.creado_por, usuario),
                una.motivo,
            )
            for una in compromiso.prorrogas.select_related("creado_por__direccion")
        ),
        *(
            Eslabon(
                f"Cambió el responsable: respondía {quien_respondia(uno, usuario)}",
                uno.creado_en,
                quien(uno.creado_por, usuario),
                uno.motivo,
            )
            for uno in compromiso.cambios.select_related(
                "creado_por__direccion",
                "direccion",
                "dependencia",
                "persona",
                "compromiso__entidad",
            )
        ),
    ]
    return sorted(eslabones, key=lambda uno: uno.cuando)


def _seguimientos(compromiso, usuario):
    seguimientos = compromiso.seguimientos.select_related("creado_por__direccion")
    seguimientos = list(seguimientos.prefetch_related("evidencias__contenido"))
    de_la_biblioteca = {
        evidencia.contenido_id
        for uno in seguimientos
        for evidencia in uno.evidencias.all()
        if evidencia.contenido_id
    }
    visibles = (
        set(
            Contenido.objects.con_pagina_para(usuario)
            .filter(pk__in=de_la_biblioteca)
            .values_list("pk", flat=True)
        )
        if de_la_biblioteca
        else set()
    )
    antes = Compromiso.Estado.PENDIENTE
    for uno in seguimientos:
        reabrio = antes not in Compromiso.ABIERTOS
        yield Eslabon(
            "Se reabrió" if reabrio else PASO[uno.estado],
            uno.creado_en,
            quien(uno.creado_por, usuario),
            uno.texto,
            TONOS[uno.estado],
            [(e, _a_donde_lleva(e, visibles)) for e in uno.evidencias.all()],
        )
        antes = uno.estado


def _a_donde_lleva(evidencia: Evidencia, visibles) -> str:
    """Vacío: es de la biblioteca y a esta persona no se le muestra."""
    if evidencia.contenido_id and evidencia.contenido_id not in visibles:
        return ""
    return evidencia.contenido.get_absolute_url() if evidencia.contenido_id else evidencia.enlace


def quien(persona: Usuario | None, usuario: Usuario) -> str:
    """El Ministerio ve nombres; una secretaría, de qué parte fue."""
    if persona is None:
        return ""
    if usuario.es_del_ministerio:
        de_donde = "de la secretaría" if persona.es_de_secretaria else persona.direccion
        return f"{persona}, {de_donde}" if de_donde else str(persona)
    if persona.es_de_secretaria:
        return str(persona) if persona.entidad_id == usuario.entidad_id else "La secretaría"
    return f"El Ministerio, {persona.direccion}" if persona.direccion else "El Ministerio"


def quien_respondia(cambio, usuario: Usuario) -> str:
    return _responsable(cambio, cambio.compromiso.entidad, usuario)


def quien_responde(compromiso: Compromiso, usuario: Usuario) -> str:
    """La unidad, y la persona si es de los suyos o quien mira es del Ministerio."""
    return _responsable(compromiso, compromiso.entidad, usuario)


def _responsable(cosa, entidad, usuario):
    unidad = str(cosa.direccion or cosa.dependencia or f"Secretaría de {entidad}")
    se_nombra = cosa.persona_id and (usuario.es_del_ministerio or not cosa.direccion_id)
    return f"{unidad} ({cosa.persona})" if se_nombra else unidad


def _dia(fecha):
    return date_format(fecha, r"j \d\e F \d\e Y")
