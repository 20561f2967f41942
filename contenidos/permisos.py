"""Quién puede qué en la biblioteca: una pregunta por función."""

from contenidos.models import EDITAN, Contenido
from cuentas.models import Usuario


def puede_editar(usuario: Usuario) -> bool:
    """Proponer contenidos, corregirlos, y ver los que están en preparación."""
    return usuario.is_authenticated and usuario.rol in EDITAN


def puede_publicar(usuario: Usuario, contenido: Contenido) -> bool:
    """Lo publica otra persona del equipo, que lo lee con ojos nuevos; o quien administra."""
    if not puede_editar(usuario):
        return False
    return usuario.es_administrador or contenido.creado_por_id != usuario.pk


def puede_editar_paginas(usuario: Usuario) -> bool:
    return usuario.is_authenticated and usuario.es_administrador


def puede_ordenar_temas(usuario: Usuario) -> bool:
    return usuario.is_authenticated and usuario.es_administrador


def puede_ver_descargas(usuario: Usuario) -> bool:
    return usuario.is_authenticated and usuario.es_del_ministerio
