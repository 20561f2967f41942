"""Lo que el acompañamiento guarda de una persona, para quien descarga sus propios datos."""

from acompanamiento.models import (
    Compromiso,
    Envio,
    Integrante,
    Padrinazgo,
    ParticipanteDelMinisterio,
)
from cuentas.models import Usuario


def acompanamiento_de(usuario: Usuario) -> dict:
    """Sus grupos, sus padrinazgos, dónde estuvo, a qué responde y lo que mandó guardar."""
    return {
        "grupos": [
            _tramo(uno, grupo=uno.grupo.numero) for uno in _de(Integrante, usuario, "grupo")
        ],
        "secretarias_que_apadrina": [
            _tramo(uno, secretaria=uno.entidad.nombre)
            for uno in _de(Padrinazgo, usuario, "entidad")
        ],
        "contactos": [
            {
                "fecha": uno.contacto.fecha.isoformat(),
                "secretaria": uno.contacto.entidad.nombre,
                "asunto": uno.contacto.asunto,
                "papel": uno.get_papel_display(),
            }
            for uno in ParticipanteDelMinisterio.objects.filter(persona=usuario)
            .select_related("contacto__entidad")
            .order_by("contacto__fecha", "pk")
        ],
        "compromisos": [
            {
                "secretaria": uno.entidad.nombre,
                "texto": uno.texto,
                "vence_el": uno.vence_el.isoformat(),
                "estado": uno.get_estado_display(),
            }
            for uno in Compromiso.objects.filter(persona=usuario).select_related("entidad")
        ],
        "lo_que_mando_guardar": [
            {"en": uno.enviado_en, "que": uno.clase, "recibo": uno.recibo, "cuerpo": uno.cuerpo}
            for uno in Envio.objects.filter(enviado_por=usuario).order_by("enviado_en", "pk")
        ],
    }


def _de(modelo, usuario, con):
    return modelo.objects.filter(persona=usuario).select_related(con).order_by("desde", "pk")


def _tramo(uno, **que):
    return {
        **que,
        "papel": uno.get_papel_display(),
        "desde": uno.desde and uno.desde.isoformat(),
        "hasta": uno.hasta and uno.hasta.isoformat(),
    }
