"""Lo que Conéctate guarda de una persona."""

from conectate.models import Constancia, Participacion
from cuentas.models import Usuario


def asistencia_de(usuario: Usuario) -> list[dict]:
    """Las sesiones en que aparece su correo, para quien descarga sus propios datos."""
    suyas = Participacion.objects.filter(correo=usuario.email).select_related("sesion", "entidad")
    return [
        {
            "sesion": una.sesion.titulo,
            "fecha": una.sesion.fecha.isoformat(),
            "nombre": una.nombre,
            "correo": una.correo,
            "cargo": una.cargo,
            "entidad_escrita": una.declarado,
            "entidad": una.entidad.nombre if una.entidad else una.ajena or None,
            "minutos": una.minutos,
        }
        for una in suyas.order_by("sesion__fecha", "pk")
    ]


def constancias_de(usuario: Usuario) -> list[dict]:
    """Las que certifican a quien asistió con su correo, también las revocadas."""
    suyas = Constancia.objects.filter(clave=f"c:{usuario.email}").select_related("sesion")
    return [
        {
            "codigo": una.codigo,
            "sesion": una.sesion.titulo,
            "fecha": una.sesion.fecha.isoformat(),
            "nombre": una.nombre,
            "minutos": una.minutos,
            "revocada": not una.vale,
        }
        for una in suyas.order_by("sesion__fecha", "pk")
    ]
