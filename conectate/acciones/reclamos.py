"""«Sí asistimos»: la secretaría lo pide después de la sesión y el equipo le responde."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from conectate.acciones.recalculo import tomar
from conectate.consultas.presencia import mi_presencia
from conectate.models import Asistencia, Reclamo, Sesion
from cuentas.bitacora import anotar
from cuentas.models import Usuario


@transaction.atomic
def reclamar(*, sesion: Sesion, personas: int, explicacion: str, por: Usuario) -> Reclamo:
    """Uno vivo por secretaría. Cerrada la sesión, ya no."""
    tomar(sesion)
    sesion.refresh_from_db()
    exigir_reclamable(sesion, por)
    reclamo = Reclamo.objects.create(
        sesion=sesion,
        entidad=por.entidad,
        personas=personas,
        explicacion=explicacion.strip(),
        creado_por=por,
    )
    anotar(
        por=por,
        verbo="reclamó que su secretaría asistió",
        objeto=sesion,
        despues={"entidad": por.entidad.codigo_dane, "personas": personas},
    )
    return reclamo


def exigir_reclamable(sesion: Sesion, por: Usuario) -> None:
    """La misma pregunta la hacen la página, el formulario y la acción."""
    if sesion.esta_cerrada:
        raise ValidationError(
            "La sesión está cerrada: ya no se reciben reclamos de asistencia. Si hay un error, "
            "escríbale al Ministerio para que la reabra.",
            code="sesion_cerrada",
        )
    sesion.exigir_abierta()
    suya = mi_presencia(sesion, por.entidad) if por.es_de_secretaria else None
    if suya is None:
        raise ValidationError(
            "Solo una secretaría convocada a la sesión puede reclamar su asistencia.",
            code="no_convocada",
        )
    if suya.estuvo:
        raise ValidationError(
            "Su secretaría ya figura presente: no hay nada que reclamar.", code="ya_presente"
        )
    if suya.reclamo_pendiente:
        raise ValidationError(
            "Su secretaría ya tiene un reclamo por responder en esta sesión.", code="ya_reclamo"
        )
    if not suya.admite or not suya.termino:
        raise ValidationError(
            "La sesión aún no termina. Si está en ella, declárese presente en la ventana.",
            code="aun_no_termina",
        )
    if not suya.alguien_registro:
        raise ValidationError(
            "El Ministerio aún no ha registrado la asistencia de esta sesión, así que su "
            "secretaría no figura ausente. Si al registrarla no aparece, vuelva aquí.",
            code="sin_asistencia",
        )


@transaction.atomic
def responder_reclamo(*, reclamo: Reclamo, acepta: bool, respuesta: str, por: Usuario) -> None:
    """Aceptarlo la deja presente, con ese origen. Rechazarlo se explica."""
    sesion = reclamo.sesion
    tomar(sesion)
    sesion.refresh_from_db()
    reclamo.refresh_from_db()
    exigir_respondible(reclamo)
    respuesta = respuesta.strip()
    if not acepta and not respuesta:
        raise ValidationError(
            "Explíquele a la secretaría por qué no se acepta su reclamo.", code="falta_respuesta"
        )
    ahora = timezone.now()
    if acepta:
        Asistencia.objects.update_or_create(
            sesion=sesion,
            entidad=reclamo.entidad,
            defaults={"reclamada_en": ahora, "reclamada_personas": reclamo.personas},
        )
    reclamo.estado = Reclamo.Estado.ACEPTADO if acepta else Reclamo.Estado.RECHAZADO
    reclamo.respuesta = respuesta
    reclamo.resuelto_por, reclamo.resuelto_en = por, ahora
    reclamo.save(update_fields=["estado", "respuesta", "resuelto_por", "resuelto_en"])
    anotar(
        por=por,
        verbo="aceptó un reclamo de asistencia" if acepta else "rechazó un reclamo de asistencia",
        objeto=sesion,
        antes={"estado": Reclamo.Estado.PENDIENTE},
        despues={"estado": reclamo.estado},
        detalle={"entidad": reclamo.entidad.codigo_dane, "personas": reclamo.personas},
    )


def exigir_respondible(reclamo: Reclamo) -> None:
    reclamo.sesion.exigir_abierta()
    if reclamo.estado != Reclamo.Estado.PENDIENTE:
        raise ValidationError(
            f"Este reclamo ya se respondió: {reclamo.get_estado_display()}.", code="ya_respondido"
        )
