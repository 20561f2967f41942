"""Quién puede qué en la biblioteca: una pregunta por función."""

from contenidos.models import EDITAN, Contenido, Paquete
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


def puede_ver_paquete(usuario: Usuario, paquete: Paquete) -> bool:
    """Quien tiene su enlace y puede ver todo lo que trae, aunque algo se haya retirado después."""
    visibles = Contenido.objects.con_pagina_para(usuario).values("pk")
    lo_que_no = (
        paquete.versiones.exclude(contenido__in=visibles),
        paquete.enlaces.exclude(pk__in=visibles),
    )
    return not any(ajenos.exists() for ajenos in lo_que_no)


def puede_revocar_certificados(usuario: Usuario) -> bool:
    """Quitarle valor a lo ya certificado."""
    return puede_editar(usuario)
