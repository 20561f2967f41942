"""Con qué cifras termina una sesión, y qué conviene saber antes de darlas por buenas."""

import hashlib
import json
from dataclasses import dataclass

from django.utils.formats import number_format

from conectate.consultas.presencia import cifras_por_origen
from conectate.consultas.sesiones import resumen_de
from conectate.models import Acta, Cierre, Reclamo, Sesion

# Las que una persona puede corregir, con su nombre. A cuántas se convocó y el reparto por origen
# son hechos del portal: se corrigen en la convocatoria y en la rejilla.
CORREGIBLES = {
    "presentes": "Secretarías convocadas que asistieron",
    "asistencias": "Asistencias en la lista",
    "personas": "Personas distintas",
    "minutos": "Minutos de conexión",
}
SIN_DATO = "sin dato"


@dataclass(frozen=True)
class Advertencia:
    """Algo por hacer antes de cerrar. `ruta` es la página de la sesión donde se hace."""

    texto: str
    ruta: str = ""
    enlace: str = ""


def cifras_calculadas(sesion: Sesion) -> dict:
    """Lo que el portal sabe de la sesión. Lo que nadie registró es None, que no es cero."""
    resumen, presencia = resumen_de(sesion), cifras_por_origen(sesion)
    hay, lista = resumen.tiene_asistencia, resumen.tiene_lista
    return {
        "convocadas": presencia.convocadas,
        "presentes": presencia.presentes if hay else None,
        "por_origen": presencia.por_origen if hay else None,
        "asistencias": resumen.asistencias if lista else None,
        "personas": resumen.personas if lista else None,
        "minutos": round(resumen.minutos, 1) if lista and resumen.con_minutos else None,
    }


def huella_de(cifras: dict) -> str:
    """Para saber si lo que alguien confirma es todavía lo que vio."""
    return hashlib.sha256(json.dumps(cifras, sort_keys=True).encode()).hexdigest()[:16]


def cierre_vigente_de(sesion: Sesion) -> Cierre | None:
    return sesion.cierres.filter(reabierto_en=None).select_related("cerrado_por").first()


@dataclass(frozen=True)
class CifrasDelCierre:
    """Lo confirmado al cerrar, junto a lo que el portal calculaba."""

    cierre: Cierre

    @property
    def renglones(self) -> list[tuple[str, str, str]]:
        """(qué, lo calculado, lo confirmado), como se leen."""
        antes, ahora = self.cierre.calculado, self.cierre.confirmado
        return [
            (nombre, en_cifras(antes[cifra]), en_cifras(ahora[cifra]))
            for cifra, nombre in CORREGIBLES.items()
        ]

    @property
    def diferencias(self) -> list[tuple[str, str, str]]:
        return [renglon for renglon in self.renglones if renglon[1] != renglon[2]]


def en_cifras(valor) -> str:
    if valor is None:
        return SIN_DATO
    return number_format(valor, 0 if valor == int(valor) else 1, force_grouping=True)


def cifras_del_cierre(sesion: Sesion) -> CifrasDelCierre | None:
    """Las del cierre vigente; None si está abierta."""
    cierre = cierre_vigente_de(sesion)
    return CifrasDelCierre(cierre) if cierre else None


# ── Antes de cerrar ───────────────────────────────────────────────────────────────────────────


def avisos_de_la_asistencia(sesion: Sesion) -> list[Advertencia]:
    """Lo que le falta a la asistencia, también al marcar la sesión como realizada."""
    avisos = []
    if not (sesion.asistencias.exists() or sesion.participaciones.exists()):
        avisos.append(
            Advertencia(
                "Aún no tiene asistencia cargada. Mientras no la tenga, aparecerá como «sin dato» "
                "y no entrará en las cuentas de participación."
            )
        )
    if por_revisar := sesion.participaciones.por_revisar().count():
        avisos.append(
            Advertencia(
                f"{_quedan(por_revisar, 'una persona', 'personas')} por identificar. Al "
                "resolverlas, la cifra de alguna secretaría puede cambiar.",
                "conectate:revision-de-sesion",
                "Resolver las dudas",
            )
        )
    return avisos


def advertencias_del_cierre(sesion: Sesion) -> list[Advertencia]:
    avisos = avisos_de_la_asistencia(sesion)
    if reclamos := sesion.reclamos.filter(estado=Reclamo.Estado.PENDIENTE).count():
        avisos.append(
            Advertencia(
                f"{_quedan(reclamos, 'un reclamo', 'reclamos')} por responder. Cerrada la sesión, "
                "ya no se pueden aceptar ni rechazar.",
                "conectate:reclamos",
                "Responder los reclamos",
            )
        )
    if discrepancias := sum(una.discrepa for una in sesion.asistencias.all()):
        avisos.append(
            Advertencia(
                "Los orígenes se contradicen en "
                f"{'una secretaría' if discrepancias == 1 else f'{discrepancias} secretarías'}: el "
                "equipo registró que no estuvo y otro dice que sí. Se cuenta como presente.",
                "conectate:rejilla",
                "Revisar la rejilla",
            )
        )
    if not tiene_acta(sesion):
        avisos.append(
            Advertencia(
                "No tiene acta. Cerrada la sesión, ya no se puede escribir sin reabrirla.",
                "conectate:editar-acta",
                "Escribir el acta",
            )
        )
    return avisos


def tiene_acta(sesion: Sesion) -> bool:
    return Acta.objects.filter(sesion=sesion).exclude(tratado="", acuerdos="").exists()


def _quedan(cuantos, uno, varios):
    return f"Queda {uno}" if cuantos == 1 else f"Quedan {cuantos} {varios}"
