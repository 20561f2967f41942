"""Quién puede qué en «Quiero informarme». Lo publicado es de todos; una pregunta, un predicado."""

from cuentas.models import Rol, Usuario

ROLES_QUE_CARGAN = frozenset({Rol.ADMINISTRACION, Rol.EQUIPO_MEN})


def puede_cargar(usuario: Usuario) -> bool:
    """Subir archivos de cifras, confirmarlos y deshacerlos."""
    return usuario.is_authenticated and usuario.rol in ROLES_QUE_CARGAN


def puede_decidir_calidad(usuario: Usuario) -> bool:
    return puede_cargar(usuario)


def puede_programar_fuentes(usuario: Usuario) -> bool:
    """Decir de dónde se traen cifras solas."""
    return usuario.is_authenticated and usuario.es_administrador
