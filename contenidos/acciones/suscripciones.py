"""Seguir un tema y recibir, cada semana que haya algo, un correo con lo nuevo."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from contenidos.avisos import correo_de_novedades
from contenidos.consultas.temas import novedades
from contenidos.models import Buscable, Suscripcion, Tema
from cuentas.bitacora import anotar
from cuentas.models import Usuario
from trabajos.horas_habiles import proxima_hora_habil

EN_EL_CORREO = 10


@transaction.atomic
def seguir(*, tema: Tema, por: Usuario) -> Suscripcion:
    """Repetirla no suscribe dos veces. Lo de hoy ya entra en el próximo correo."""
    suscripcion, es_nueva = Suscripcion.objects.get_or_create(usuario=por, tema=tema)
    if es_nueva:
        anotar(por=por, verbo="empezó a seguir un tema", objeto=tema)
    return suscripcion


@transaction.atomic
def dejar_de_seguir(*, tema: Tema, por: Usuario) -> None:
    borradas, _ = Suscripcion.objects.filter(usuario=por, tema=tema).delete()
    if borradas:
        anotar(por=por, verbo="dejó de seguir un tema", objeto=tema)


@transaction.atomic
def dar_de_baja(testigo: UUID) -> Tema | None:
    """Desde el correo, sin entrar. Pulsar otra vez no es un error: ya no hay nada que quitar."""
    suscripcion = (
        Suscripcion.objects.select_related("tema", "usuario").filter(testigo=testigo).first()
    )
    if suscripcion is None:
        return None
    dejar_de_seguir(tema=suscripcion.tema, por=suscripcion.usuario)
    return suscripcion.tema


# ── El correo de la semana ────────────────────────────────────────────────────────────────────


def enviar_novedades(ahora: datetime | None = None) -> int:
    """El lunes, o el primer día hábil si es festivo. Devuelve cuántos correos dejó.

    Cada correo cuenta días enteros hasta el domingo: nada se repite ni se queda sin contar.
    """
    ahora = timezone.localtime(ahora)
    if proxima_hora_habil(ahora) != ahora:
        return 0
    lunes = ahora.date() - timedelta(days=ahora.weekday())
    pendientes = Suscripcion.objects.filter(
        enviado_hasta__lt=_comienzo(lunes), usuario__is_active=True
    )
    return sum(_enviar(pk, lunes) for pk in list(pendientes.values_list("pk", flat=True)))


@transaction.atomic
def _enviar(pk, lunes):
    """El correo queda en el buzón a la vez que se anota hasta dónde contó, o ninguno de los dos."""
    suscripcion = (
        Suscripcion.objects.select_for_update(of=("self",))
        .select_related("tema", "usuario")
        .filter(pk=pk, enviado_hasta__lt=_comienzo(lunes))
        .first()
    )
    if suscripcion is None:
        return 0
    nuevas = lo_nuevo_para(suscripcion, lunes)
    if nuevas:
        correo_de_novedades(suscripcion, nuevas, maximo=EN_EL_CORREO, semana=lunes).send()
    suscripcion.enviado_hasta = _comienzo(lunes)
    suscripcion.save(update_fields=["enviado_hasta"])
    return 1 if nuevas else 0


def lo_nuevo_para(suscripcion: Suscripcion, antes_de: date) -> list[Buscable]:
    """Lo que esa persona puede ver desde el correo anterior."""
    desde = timezone.localdate(suscripcion.enviado_hasta)
    return list(novedades(suscripcion.tema, suscripcion.usuario, desde=desde, antes_de=antes_de))


def _comienzo(dia):
    return timezone.make_aware(datetime.combine(dia, time.min))
