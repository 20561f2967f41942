"""La administración de «Juntos lo vamos a lograr»: los catálogos se cambian; lo demás se mira y,
si algo se le hace, es con las mismas acciones de sus páginas."""

from acompanamiento.admin import catalogos, contactos, grupos, pendientes, programas

__all__ = ["catalogos", "contactos", "grupos", "pendientes", "programas"]
