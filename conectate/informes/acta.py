"""El acta en PDF: la misma página, para firmar, archivar o mandar."""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.text import capfirst

from conectate.consultas.acta import ActaDeSesion, acta_de
from conectate.consultas.cierre import en_cifras
from conectate.informes.documento import rechazar_si
from conectate.models import Sesion
from conectate.permisos import puede_ver_acta, puede_ver_cifras
from conectate.templatetags.participacion import porcentaje
from trabajos.pdf import componer_pdf


@dataclass(frozen=True)
class ActaEnPdf:
    acta: ActaDeSesion

    @property
    def nombre_del_archivo(self) -> str:
        return f"Acta {self.acta.codigo} {self.acta.sesion.titulo}.pdf"

    def componer(self) -> bytes:
        return componer_pdf("acta", datos_de(self.acta))


def acta_en_pdf(por, *, sesion_id) -> ActaEnPdf:
    """La copia que le toca a quien la pide: las ausentes, solo para el Ministerio."""
    sesion = (
        Sesion.objects.visibles_para(por)
        .select_related("tipo", "direccion")
        .prefetch_related("temas")
        .filter(pk=sesion_id)
        .first()
    )
    rechazar_si(sesion is None or not puede_ver_acta(por, sesion))
    return ActaEnPdf(acta_de(sesion, nombra_ausentes=puede_ver_cifras(por)))


def datos_de(acta: ActaDeSesion) -> dict:
    """Lo que la plantilla pone, ya en palabras."""
    sesion, encuentro = acta.sesion, acta.encuentro
    return {
        "titulo": f"Acta: {sesion.titulo}",
        "pie": f"Acta {acta.codigo}",
        "lema": encuentro.lema if encuentro else "",
        "borrador": acta.es_borrador,
        "demostracion": sesion.es_demostracion,
        "ficha": [(nombre, valor) for nombre, valor in _ficha(acta) if valor],
        "objetivos": acta.objetivos,
        "asuntos": acta.asuntos,
        "tratado": acta.tratado,
        "acuerdos": acta.acuerdos,
        "asistencia": _asistencia(acta),
        "cifras": _cifras(acta),
        "origenes": [(capfirst(nombre), en_cifras(n)) for nombre, n in acta.por_origen],
        "notas": _notas(acta),
        "presentes": acta.presentes,
        "sin_convocatoria": acta.sin_convocatoria,
        "ausentes": acta.ausentes,
        "copia": "del Ministerio" if acta.ausentes is not None else "de las secretarías",
    }


def _ficha(acta):
    sesion, encuentro = acta.sesion, acta.encuentro
    clase = f"{encuentro.ordinal} {sesion.tipo}" if encuentro else str(sesion.tipo)
    return [
        ("Código", acta.codigo),
        ("Clase", clase),
        ("Fecha", f"{acta.dias}{_horas(sesion)}"),
        ("Modalidad", capfirst(sesion.get_modalidad_display())),
        ("Lugar", sesion.lugar),
        ("Responde", str(sesion.direccion or "")),
        ("Participaron", encuentro.participaron if encuentro else ""),
    ]


def _horas(sesion):
    if not sesion.hora_inicio:
        return ""
    desde = date_format(sesion.hora_inicio, "g:i a")
    if not sesion.hora_fin:
        return f", {desde} (hora de Colombia)"
    return f", de {desde} a {date_format(sesion.hora_fin, 'g:i a')} (hora de Colombia)"


def _asistencia(acta):
    if acta.cuenta is None:
        return "Asistencia: sin dato. Nadie la ha registrado; no quiere decir que nadie asistiera."
    return (
        f"Asistieron {acta.cuenta.x} de {acta.cuenta.n} secretarías convocadas "
        f"({porcentaje(acta.cuenta)})."
    )


def _cifras(acta):
    nombres = {
        "convocadas": "Secretarías convocadas",
        "presentes": "Secretarías convocadas que asistieron",
        "asistencias": "Asistencias en la lista",
        "personas": "Personas distintas",
        "minutos": "Minutos de conexión",
    }
    return [(nombre, en_cifras(acta.cifras[cifra])) for cifra, nombre in nombres.items()]


def _notas(acta):
    """Lo confirmado que no es lo calculado se dice, con su motivo."""
    if acta.cierre is None:
        return []
    notas = [
        f"{nombre}: el portal calculó {antes} y se confirmó {ahora}."
        for nombre, antes, ahora in acta.cierre.diferencias
    ]
    if acta.cierre.cierre.motivo:
        notas.append(f"Motivo: {acta.cierre.cierre.motivo}")
    return notas
