"""¿Son la misma persona? Dos identidades de una sesión solo se unen si alguien lo dice.

Lo respondido vale en todas las sesiones donde aparecen las dos, y se puede separar.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from conectate.acciones.recalculo import archivos_confirmados, tomar_abierta
from conectate.acciones.revision import aplicar
from conectate.consultas.revision import YA_NO_CAMBIAN
from conectate.models import Importacion, MismaPersona, Participacion, Sesion
from cuentas.bitacora import anotar
from cuentas.models import Usuario


@transaction.atomic
def decidir_misma_persona(*, propuesta: MismaPersona, es_la_misma: bool, por: Usuario) -> None:
    """Si lo es, sus minutos y su entidad se unen; si no, no se pregunta más."""
    propuesta = (
        MismaPersona.objects.select_for_update(of=("self",))
        .select_related("sesion")
        .get(pk=propuesta.pk)
    )
    tomar_abierta(propuesta.sesion)
    if propuesta.estado != MismaPersona.Estado.PROPUESTA:
        raise ValidationError(
            f"Otra persona ya respondió: {propuesta.get_estado_display()}. No se cambió nada.",
            code="ya_decidido",
        )
    estado = MismaPersona.Estado.ACEPTADA if es_la_misma else MismaPersona.Estado.RECHAZADA
    _responder(propuesta, estado, por)
    if es_la_misma:
        # Una identidad se une a una sola: las otras parejas suyas dejan de proponerse.
        propuesta.sesion.mismas_personas.propuestas().filter(clave=propuesta.clave).delete()
    aplicar(_sesiones_de_la_pareja(propuesta), por)


@transaction.atomic
def deshacer_misma_persona(*, respuesta: MismaPersona, por: Usuario) -> None:
    respuesta = MismaPersona.objects.select_related("sesion").get(pk=respuesta.pk)
    tomar_abierta(respuesta.sesion)
    sesiones = list(_sesiones_de_la_pareja(respuesta))
    iguales = MismaPersona.objects.filter(
        clave=respuesta.clave, principal=respuesta.principal, estado=respuesta.estado
    )
    for una in iguales.exclude(sesion__estado__in=YA_NO_CAMBIAN):
        _responder(una, MismaPersona.Estado.PROPUESTA, por)
    aplicar(sesiones, por)


def olvidar_parejas_sin_apoyo(importacion: Importacion) -> None:
    """Al deshacer un archivo: las respondidas que ya no están juntas en ninguna sesión."""
    suyas = {registro.clave for registro in importacion.registros.todos()}
    respondidas = [
        pareja
        for pareja in MismaPersona.objects.exclude(decidida_en=None)
        if not suyas.isdisjoint({pareja.clave, pareja.principal})
    ]
    presentes = {}
    for pareja in respondidas:
        donde = Participacion.objects.filter(clave__in=[pareja.clave, pareja.principal])
        for sesion in Sesion.objects.filter(pk__in=donde.values("sesion")).exclude(
            pk__in=presentes
        ):
            presentes[sesion.pk] = {
                registro.clave
                for archivo in archivos_confirmados(sesion)
                for registro in archivo.registros
            }
        if not any({pareja.clave, pareja.principal} <= claves for claves in presentes.values()):
            pareja.delete()


def _sesiones_de_la_pareja(pareja):
    """También las otras donde aparecen las dos: lo respondido una vez vale en ellas."""
    suyas = Participacion.objects.filter(clave__in=[pareja.clave, pareja.principal])
    return Sesion.objects.filter(pk__in=suyas.values("sesion")).exclude(estado__in=YA_NO_CAMBIAN)


def _responder(pareja, estado, por):
    pareja.estado = estado
    pareja.decidida_por, pareja.decidida_en = por, timezone.now()
    pareja.save(update_fields=["estado", "decidida_por", "decidida_en"])
    anotar(
        por=por,
        verbo=f"respondió si dos personas son la misma: {pareja.get_estado_display()}",
        objeto=pareja,
        detalle={"sesion": pareja.sesion_id},
    )
