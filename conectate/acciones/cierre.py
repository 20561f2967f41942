"""Cómo termina una sesión: se escribe su acta, se confirman sus cifras y se cierra."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from conectate.acciones.presencia import en_colombia
from conectate.acciones.recalculo import tomar
from conectate.acciones.sesiones import cambiar_estado, marcar_realizada
from conectate.consultas.cierre import (
    CORREGIBLES,
    cierre_vigente_de,
    cifras_calculadas,
    huella_de,
)
from conectate.models import Acta, Cierre, Sesion
from cuentas.bitacora import anotar
from cuentas.models import Usuario
from trabajos.acciones import encolar
from trabajos.models import Trabajo


@transaction.atomic
def guardar_acta(
    *, sesion: Sesion, tratado: str, acuerdos: str, por: Usuario, leida: str = ""
) -> Acta:
    """`leida` es la versión que tenía delante quien escribe: si ya es otra, no se pisa."""
    tomar(sesion)
    sesion.refresh_from_db()
    sesion.exigir_editable()
    acta = Acta.objects.filter(sesion=sesion).first() or Acta(sesion=sesion)
    if version_de(acta) != leida:
        raise ValidationError(
            f"Mientras usted escribía, {acta.actualizada_por or 'otra persona'} cambió el acta. "
            "Abajo está lo que guardó. Pase a su texto lo que haga falta y guarde otra vez.",
            code="acta_cambiada",
        )
    acta.tratado, acta.acuerdos = tratado, acuerdos
    acta.actualizada_por, acta.actualizada_en = por, timezone.now()
    acta.save()
    anotar(por=por, verbo="escribió el acta" if not leida else "cambió el acta", objeto=sesion)
    return acta


def version_de(acta: Acta | None) -> str:
    """Vacía si aún no se ha guardado."""
    return "" if acta is None or acta._state.adding else acta.actualizada_en.isoformat()


@transaction.atomic
def cerrar_sesion(
    *,
    sesion: Sesion,
    por: Usuario | None,
    corregido: dict | None = None,
    motivo: str = "",
    visto: str = "",
) -> Cierre:
    """Guarda lo calculado y lo confirmado, y cierra. Es el único camino para cerrar.

    `visto` es la huella de las cifras que la persona tenía delante: si ya no son esas, no se
    cierra con unas que nadie miró.
    """
    tomar(sesion)
    sesion.refresh_from_db()
    _exigir_sin_cerrar(sesion)
    if sesion.ya_fue:  # nadie la marcó, pero su día pasó y hay quien la cierra
        marcar_realizada(sesion=sesion, por=por)
    calculado = cifras_calculadas(sesion)
    if visto and visto != huella_de(calculado):
        raise ValidationError(
            "Las cifras cambiaron mientras usted las revisaba. Mírelas otra vez y confirme.",
            code="cifras_cambiadas",
        )
    confirmado = calculado | {
        cifra: valor for cifra, valor in (corregido or {}).items() if cifra in CORREGIBLES
    }
    motivo = motivo.strip()
    if confirmado != calculado and not motivo:
        raise ValidationError(
            "Cambió alguna cifra: escriba por qué. Se lee junto a ella.", code="falta_motivo"
        )
    cierre = Cierre.objects.create(
        sesion=sesion,
        calculado=calculado,
        confirmado=confirmado,
        motivo=motivo,
        cerrado_por=por,
    )
    cambiar_estado(sesion=sesion, a=Sesion.Estado.CERRADA, por=por, motivo=motivo)
    return cierre


def _exigir_sin_cerrar(sesion):
    if sesion.estado != Sesion.Estado.CERRADA:
        return
    cierre = cierre_vigente_de(sesion)
    cuando = f" el {en_colombia(cierre.cerrado_en)}" if cierre else ""
    raise ValidationError(
        f"Otra persona cerró la sesión{cuando}. No se cambió nada.", code="ya_cerrada"
    )


def pedir_acta(*, sesion: Sesion, por: Usuario) -> Trabajo:
    """El PDF se compone aparte. Pulsar dos veces no pide dos."""
    return encolar(
        "conectate.acta",
        por=por,
        parametros={"sesion_id": sesion.pk},
        titulo=f"Acta: {sesion.titulo} (PDF)",
        clave_unica=f"acta:{por.pk}:{sesion.pk}",
    )
