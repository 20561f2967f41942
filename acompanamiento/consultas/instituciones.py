"""Las instituciones educativas que alguien puede ver."""

from django.db.models import QuerySet

from cuentas.models import Usuario
from territorio.models import Institucion


def instituciones_visibles(usuario: Usuario) -> QuerySet[Institucion]:
    """El Ministerio ve todas; una secretaría, las suyas."""
    todas = Institucion.objects.select_related("entidad", "municipio")
    return todas if usuario.es_del_ministerio else todas.filter(entidad__usuarios=usuario)
