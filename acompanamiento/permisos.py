"""Quién puede qué. Una pregunta, un predicado; el alcance lo pone `visibles_para`."""

from acompanamiento.models import Compromiso, Grupo, Integrante, Lado, Necesidad
from cuentas.models import Rol, Usuario
from territorio.models import EntidadTerritorial

ROLES_QUE_ORGANIZAN = frozenset({Rol.ADMINISTRACION, Rol.EQUIPO_MEN})


def _es_del_ministerio(usuario) -> bool:
    return usuario.is_authenticated and usuario.es_del_ministerio


def _es_de(usuario, entidad) -> bool:
    return (
        usuario.is_authenticated and usuario.es_de_secretaria and usuario.entidad_id == entidad.pk
    )


def puede_acompanar(usuario: Usuario) -> bool:
    """Registrar contactos y visitas, acordar compromisos y ver todas las secretarías."""
    return _es_del_ministerio(usuario)


def puede_ver_acompanamiento(usuario: Usuario, entidad: EntidadTerritorial) -> bool:
    return _es_del_ministerio(usuario) or _es_de(usuario, entidad)


def puede_organizar_grupos(usuario: Usuario) -> bool:
    """Crear grupos, mover secretarías y cargar listados."""
    return _es_del_ministerio(usuario) and usuario.rol in ROLES_QUE_ORGANIZAN


def puede_dirigir_grupo(usuario: Usuario, grupo: Grupo) -> bool:
    """Integrantes y padrinazgos: quien organiza, y quien lidera ese grupo hoy."""
    return puede_organizar_grupos(usuario) or (
        _es_del_ministerio(usuario)
        and Integrante.objects.vigentes()
        .filter(grupo=grupo, persona=usuario, papel=Integrante.Papel.LIDER)
        .exists()
    )


def puede_seguir_compromiso(usuario: Usuario, compromiso: Compromiso) -> bool:
    """Contar cómo va y cerrarlo con evidencia. La secretaría, solo lo que ella se comprometió."""
    return _es_del_ministerio(usuario) or (
        compromiso.lado == Lado.ENTIDAD and _es_de(usuario, compromiso.entidad)
    )


def puede_pedir_asistencia(usuario: Usuario) -> bool:
    return usuario.is_authenticated


def puede_mover_necesidad(usuario: Usuario, necesidad: Necesidad) -> bool:
    """Dirigirla, trasladarla y darla por atendida es del Ministerio."""
    return _es_del_ministerio(usuario)


def puede_responder_necesidad(usuario: Usuario, necesidad: Necesidad) -> bool:
    """Contestar lo que se le preguntó a la secretaría."""
    return _es_de(usuario, necesidad.entidad)


def puede_reabrir_necesidad(usuario: Usuario, necesidad: Necesidad) -> bool:
    """Si no quedó resuelta, lo dice el Ministerio o la secretaría que la tiene."""
    return _es_del_ministerio(usuario) or _es_de(usuario, necesidad.entidad)


def puede_organizar_programas(usuario: Usuario) -> bool:
    return _es_del_ministerio(usuario)


def puede_contar_presencialidad(usuario: Usuario, entidad: EntidadTerritorial) -> bool:
    """La secretaría dice la suya; el equipo que acompaña también puede."""
    return puede_ver_acompanamiento(usuario, entidad)
