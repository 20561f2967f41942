"""Lo que viene, en la demostración: unas sesiones alrededor de hoy, para ver el portal en marcha.

No son de la vigencia que se muestra ni se realizan: cuando pasan, la carga siguiente las cambia por
otras. Las que alguien movió de estado se quedan.
"""

from datetime import time, timedelta

from django.utils import timezone

from conectate.acciones.sesiones import crear_sesion
from conectate.models import Convocatoria, Sesion, TipoSesion
from cuentas.models import Usuario

CONVOCADA = Sesion.Estado.CONVOCADA
CADA_CUANTAS_RESPONDE = 3  # una de cada tres ya dijo que sí
# Dentro de cuántos días, de qué hora a qué hora, de qué tipo y con qué título.
SESIONES = (
    (0, time(7), time(18), "informativa", "Puertas abiertas: preguntas sobre el cierre del año"),
    (2, time(9), time(11), "dialogo", "Lo que cada secretaría aprendió sobre permanencia"),
    (6, time(14), time(16), "informativa", "Preparar el calendario escolar que viene"),
)


def cargar(por: Usuario) -> int:
    """Crea las que falten si no queda ninguna por hacer. Devuelve cuántas creó."""
    hoy = timezone.localdate()
    agendadas = Sesion.objects.filter(
        es_demostracion=True, estado=CONVOCADA, titulo__in=[titulo for *_, titulo in SESIONES]
    )
    if agendadas.filter(fecha__gte=hoy).exists():
        return 0
    agendadas.delete()
    tipos = {tipo.clave: tipo for tipo in TipoSesion.objects.all()}
    for dias, inicio, fin, tipo, titulo in SESIONES:
        sesion = crear_sesion(
            por=por,
            titulo=titulo,
            tipo=tipos[tipo],
            fecha=hoy + timedelta(days=dias),
            hora_inicio=inicio,
            hora_fin=fin,
            direccion=por.direccion,
            descripcion="Sesión de demostración.",
            enlace="https://reunion.example/demostracion",
            estado=CONVOCADA,
        )
        _responder(sesion)
    return len(SESIONES)


def _responder(sesion):
    suyas = list(sesion.convocatorias.order_by("entidad__codigo_dane"))
    for convocatoria in suyas[::CADA_CUANTAS_RESPONDE]:
        convocatoria.respuesta = Convocatoria.Respuesta.SI
        convocatoria.personas_anunciadas = 2
        convocatoria.medio = Convocatoria.Medio.PORTAL
        convocatoria.respondida_en = timezone.now()
    Convocatoria.objects.bulk_update(
        suyas, ["respuesta", "personas_anunciadas", "medio", "respondida_en"]
    )
