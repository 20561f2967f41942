"""Componer el certificado de una ruta."""

from contenidos.informes.certificado import componer_certificado, nombre_del_pdf
from contenidos.models import Certificado
from trabajos.registro import TrabajoRechazado, trabajo


@trabajo("contenidos.certificado", titulo="Preparar mi certificado", intentos=3)
def preparar_certificado(tarea, *, certificado_id):
    certificado = Certificado.objects.select_related("ruta").get(pk=certificado_id)
    if not certificado.vale:
        raise TrabajoRechazado("Este certificado se revocó. Pregunte al Ministerio por qué.")
    tarea.adjuntar(nombre_del_pdf(certificado), componer_certificado(certificado))
    with tarea.cierre() as cierre:
        cierre.mensaje = f"Su certificado tiene el código {certificado.codigo}."
