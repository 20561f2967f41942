"""Quién puede qué en «Quiero informarme». Lo publicado es de todos; una pregunta, un predicado."""

from cuentas.models import Rol, Usuario
from territorio.models import EntidadTerritorial

ROLES_QUE_CARGAN = frozenset({Rol.ADMINISTRACION, Rol.EQUIPO_MEN})


def puede_cargar(usuario: Usuario) -> bool:
    """Subir archivos de cifras, confirmarlos y deshacerlos."""
    return usuario.is_authenticated and usuario.rol in ROLES_QUE_CARGAN


def puede_decidir_calidad(usuario: Usuario) -> bool:
    return puede_cargar(usuario)


def puede_programar_fuentes(usuario: Usuario) -> bool:
    """Decir de dónde se traen cifras solas."""
    return usuario.is_authenticated and usuario.es_administrador


def puede_ver_informe(usuario: Usuario, entidad: EntidadTerritorial) -> bool:
    """El Ministerio, el de cualquiera; una secretaría, solo el suyo."""
    return usuario.is_authenticated and (
        usuario.es_del_ministerio or usuario.entidad_id == entidad.pk
    )


def puede_hacer_lotes(usuario: Usuario) -> bool:
    """Los informes de todas las entidades de una vez."""
    return usuario.is_authenticated and usuario.es_del_ministerio
