"""Quién puede qué: una pregunta por función."""

from cuentas.models import ROLES_DE_SECRETARIA, Invitacion, Rol, Usuario


def exige_segundo_factor(usuario: Usuario) -> bool:
    """A las cuentas de demostración se les ofrece, no se les exige: no son de nadie."""
    return usuario.es_del_ministerio and not usuario.es_demostracion


def roles_que_puede_dar(usuario: Usuario) -> list[Rol]:
    """Quien administra, cualquiera. El equipo del MEN invita a las secretarías, no a sus jefes."""
    if usuario.es_administrador:
        return list(Rol)
    if usuario.rol == Rol.EQUIPO_MEN:
        return [rol for rol in Rol if rol in ROLES_DE_SECRETARIA]
    return []


def puede_invitar(usuario: Usuario) -> bool:
    return bool(roles_que_puede_dar(usuario))


def puede_anular(usuario: Usuario, invitacion: Invitacion) -> bool:
    return usuario.es_administrador or invitacion.creada_por_id == usuario.pk


def puede_administrar_cuentas(usuario: Usuario) -> bool:
    return usuario.es_administrador


def puede_ver_bitacora(usuario: Usuario) -> bool:
    return usuario.es_administrador
