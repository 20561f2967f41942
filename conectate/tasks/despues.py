"""La encuesta de satisfacción, a cada asistente con su enlace."""

from django.core.exceptions import ValidationError

from conectate.acciones import satisfaccion
from conectate.models import Mensaje
from trabajos.registro import TrabajoRechazado, trabajo


@trabajo("conectate.enviar_satisfaccion", titulo="Enviar la encuesta de satisfacción")
def enviar_satisfaccion(tarea, *, mensaje_id):
    mensaje = Mensaje.objects.select_related("sesion").get(pk=mensaje_id)
    try:
        satisfaccion.enviar(mensaje, tarea)
    except ValidationError as error:
        raise TrabajoRechazado(error.message) from error
