"""Ponerse al día con lo que se perdió. No es asistir, y ninguna cuenta de asistencia lo mira."""

from django.core.exceptions import ValidationError
from django.db import transaction

from conectate.consultas.despues import perdidas_por
from conectate.models import PuestaAlDia, Sesion
from cuentas.bitacora import anotar
from cuentas.models import Usuario
from territorio.models import EntidadTerritorial


@transaction.atomic
def ponerse_al_dia(*, sesion: Sesion, entidad: EntidadTerritorial, por: Usuario) -> PuestaAlDia:
    """«Ya la revisamos». Repetirlo conserva a quien lo dijo primero."""
    if not perdidas_por(entidad).filter(pk=sesion.pk).exists():
        raise ValidationError(
            "Esta sesión no está entre las que su secretaría se perdió. Recargue la página: su "
            "asistencia pudo cambiar.",
            code="no_se_la_perdio",
        )
    puesta, es_nueva = PuestaAlDia.objects.get_or_create(
        sesion=sesion, entidad=entidad, defaults={"revisada_por": por}
    )
    if es_nueva:
        anotar(
            por=por,
            verbo="se puso al día con la sesión",
            objeto=sesion,
            detalle={"entidad": entidad.codigo_dane},
        )
    return puesta


@transaction.atomic
def deshacer_puesta_al_dia(*, sesion: Sesion, entidad: EntidadTerritorial, por: Usuario) -> None:
    """Siempre se puede: de ella no depende ninguna cifra. Queda en la bitácora."""
    borradas, _ = PuestaAlDia.objects.filter(sesion=sesion, entidad=entidad).delete()
    if borradas:
        anotar(
            por=por,
            verbo="dijo que aún no revisaba la sesión",
            objeto=sesion,
            detalle={"entidad": entidad.codigo_dane},
        )
