"""Recordarle a cada quien lo que está por vencer y lo que ya venció."""

from collections import defaultdict
from datetime import date

from django.db.models import Q
from django.utils import timezone

from acompanamiento.avisos import correo_de_compromisos
from acompanamiento.models import Compromiso, Integrante, Lado, Padrinazgo, Pertenencia
from cuentas.models import Usuario
from trabajos.horas_habiles import (
    UN_DIA,
    dia_habil_anterior,
    dia_habil_siguiente,
    proxima_hora_habil,
    sumar_habiles,
)

DIAS_ANTES = 3


def recordar_compromisos(hoy: date | None = None) -> int:
    """Un correo por persona y día, en horas hábiles. Repetirla no repite correos.

    Se recuerda lo que vence en tres días hábiles, lo que vence hoy y, el primer día hábil de la
    semana, todo lo vencido.
    """
    if hoy is None and proxima_hora_habil() > timezone.now():
        return 0
    hoy = hoy or timezone.localdate()
    suyos = defaultdict(list)
    for compromiso, personas in _con_sus_responsables(_por_recordar(hoy)):
        for persona in personas:
            suyos[persona].append(compromiso)
    for persona, compromisos in suyos.items():
        correo_de_compromisos(persona, compromisos, hoy).send()
    return len(suyos)


def _por_recordar(hoy):
    """Lo que vence un día no hábil se recuerda con el hábil anterior."""
    cuales = Q(vence_el__gte=hoy, vence_el__lt=dia_habil_siguiente(hoy))
    cuales |= Q(
        vence_el__gte=sumar_habiles(hoy, DIAS_ANTES),
        vence_el__lt=sumar_habiles(hoy, DIAS_ANTES + 1),
    )
    if empieza_la_semana(hoy):
        cuales |= Q(vence_el__lt=hoy)
    return (
        Compromiso.objects.abiertos()
        .filter(cuales, es_demostracion=False)
        .select_related("persona", "entidad")
        .order_by("vence_el", "pk")
    )


def empieza_la_semana(hoy: date) -> bool:
    """El primer día hábil de la semana: el martes, si el lunes es festivo."""
    return dia_habil_anterior(hoy) < hoy - hoy.weekday() * UN_DIA


def _con_sus_responsables(compromisos):
    """Sin persona, lo de la secretaría es de sus cuentas; lo otro, de quien la acompaña."""
    de_la_secretaria, acompanan = defaultdict(list), _quienes_acompanan()
    for usuario in Usuario.objects.filter(is_active=True, entidad__isnull=False).order_by("pk"):
        de_la_secretaria[usuario.entidad_id].append(usuario)
    for compromiso in compromisos:
        if compromiso.persona is not None and compromiso.persona.is_active:
            yield compromiso, [compromiso.persona]
        elif compromiso.lado == Lado.ENTIDAD:
            yield compromiso, de_la_secretaria[compromiso.entidad_id]
        else:
            yield compromiso, acompanan[compromiso.entidad_id]


def _quienes_acompanan():
    """De cada entidad, hoy: su padrino y su enlace; si no los tiene, el líder de su grupo.

    Quien es las dos cosas va una vez.
    """
    acompanan, lider_de = defaultdict(list), {}
    for uno in (
        Padrinazgo.objects.vigentes().filter(persona__is_active=True).select_related("persona")
    ):
        if uno.persona not in acompanan[uno.entidad_id]:
            acompanan[uno.entidad_id].append(uno.persona)
    lideres = Integrante.objects.vigentes().filter(
        papel=Integrante.Papel.LIDER, persona__is_active=True
    )
    for uno in lideres.select_related("persona"):
        lider_de[uno.grupo_id] = uno.persona
    for entidad, grupo in Pertenencia.objects.vigentes().values_list("entidad", "grupo"):
        if entidad not in acompanan and grupo in lider_de:
            acompanan[entidad] = [lider_de[grupo]]
    return acompanan
