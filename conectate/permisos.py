"""Quién puede qué. Una pregunta, un predicado; el alcance lo pone `visibles_para`."""

from conectate.models import Importacion, Sesion
from cuentas.models import Rol, Usuario
from territorio.models import EntidadTerritorial

# Reabrir cambia cifras ya dadas por buenas: no lo hace cualquiera del Ministerio.
ROLES_QUE_REABREN = frozenset({Rol.ADMINISTRACION, Rol.EQUIPO_MEN})


def _es_del_ministerio(usuario) -> bool:
    return usuario.is_authenticated and usuario.es_del_ministerio


def puede_editar_sesiones(usuario: Usuario) -> bool:
    """Crear y editar es trabajo de todo el Ministerio, también de quien acompaña en territorio."""
    return _es_del_ministerio(usuario)


def puede_convocar(usuario: Usuario) -> bool:
    """Escribirles a los convocados, anotar lo que respondieron y guardar listas."""
    return _es_del_ministerio(usuario)


def puede_reabrir_sesiones(usuario: Usuario) -> bool:
    return _es_del_ministerio(usuario) and usuario.rol in ROLES_QUE_REABREN


def puede_revocar_constancias(usuario: Usuario) -> bool:
    """Quitarle valor a lo ya certificado: los mismos que reabren."""
    return puede_reabrir_sesiones(usuario)


def puede_tomar_asistencia(usuario: Usuario, sesion: Sesion) -> bool:
    """Subir, confirmar y deshacer archivos, y resolver sus dudas. Si la sesión la admite, es otra
    pregunta: `sesion.exigir_abierta()`."""
    return _es_del_ministerio(usuario)


def puede_declararse_presente(usuario: Usuario) -> bool:
    """Declararse presente y reclamar, cada quien por su secretaría. Si se la convocó y si la
    ventana está abierta lo pregunta la acción."""
    return usuario.is_authenticated and usuario.es_de_secretaria


def puede_responder_reclamos(usuario: Usuario) -> bool:
    return _es_del_ministerio(usuario)


def puede_descargar_archivo(usuario: Usuario, importacion: Importacion) -> bool:
    """El original trae más datos de los que se guardan: quien lo subió y quien administra."""
    return _es_del_ministerio(usuario) and (
        usuario.es_administrador or importacion.creado_por_id == usuario.pk
    )


def puede_revisar(usuario: Usuario) -> bool:
    """Decidir de qué entidad es alguien."""
    return _es_del_ministerio(usuario)


def puede_ver_cifras(usuario: Usuario) -> bool:
    """Las cifras de todas las secretarías juntas."""
    return _es_del_ministerio(usuario)


def puede_ver_personas(usuario: Usuario) -> bool:
    """Alguna lista de personas: el Ministerio, todas; una secretaría, solo las suyas."""
    return usuario.is_authenticated and (usuario.es_del_ministerio or usuario.es_de_secretaria)


def puede_ver_participacion(usuario: Usuario, entidad: EntidadTerritorial) -> bool:
    return _es_del_ministerio(usuario) or (
        usuario.is_authenticated and usuario.es_de_secretaria and usuario.entidad_id == entidad.pk
    )


def puede_ponerse_al_dia(usuario: Usuario) -> bool:
    """«Ya la revisamos» lo dice la secretaría; el Ministerio lo mira."""
    return usuario.is_authenticated and usuario.es_de_secretaria


def puede_moderar_opiniones(usuario: Usuario) -> bool:
    """Pedir la encuesta, leer lo escrito y decidir si se muestra."""
    return _es_del_ministerio(usuario)


def puede_ver_satisfaccion(usuario: Usuario, sesion: Sesion) -> bool:
    """Los resultados: el Ministerio y las secretarías convocadas, aunque la sesión sea pública."""
    return _es_del_ministerio(usuario) or (
        usuario.is_authenticated
        and usuario.es_de_secretaria
        and sesion.convocatorias.filter(entidad=usuario.entidad_id).exists()
    )


def puede_ver_acta(usuario: Usuario, sesion: Sesion) -> bool:
    """Mientras no se cierre es un borrador del Ministerio; después, de quien ve la sesión."""
    return sesion.esta_cerrada or _es_del_ministerio(usuario)
