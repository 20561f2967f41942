"""Un contacto cada semana con cada secretaría; unas pocas se quedaron atrás y otras, sin ninguno.

Cada fecha sale del calendario: cargar otra vez, días después, añade solo los días que faltan.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.db.models import Max
from django.utils import timezone

from acompanamiento.demostracion.grupos import Elenco
from acompanamiento.demostracion.textos import ACTAS, ACUERDOS, ASUNTOS, NOTAS, PROPOSITOS
from acompanamiento.models import (
    Contacto,
    PapelEnLaEntidad,
    ParticipanteDeLaEntidad,
    ParticipanteDelMinisterio,
    Visita,
)
from contenidos.models import Tema

Canal, Estado = Contacto.Canal, Contacto.Estado
NUNCA = 31  # una de cada tantas no ha tenido contacto
ATRASO = 11  # y una de cada tantas lleva un tiempo sin él
# Con qué se habla, semana a semana: casi siempre por teléfono; dos visitas presenciales al año.
TURNOS = (
    *(Canal.LLAMADA, Canal.CHAT, Canal.REUNION_VIRTUAL, Canal.LLAMADA, Canal.CORREO),
    *(Canal.LLAMADA, Canal.VISITA_VIRTUAL, Canal.CHAT, Canal.LLAMADA, Canal.REUNION_VIRTUAL),
    *(Canal.CORREO, Canal.LLAMADA, Canal.VISITA_PRESENCIAL),
)


def cargar(elenco: Elenco) -> list[Contacto]:
    ultimo = Contacto.objects.filter(es_demostracion=True, estado=Estado.COMPLETO).aggregate(
        fecha=Max("fecha")
    )["fecha"]
    desde = ultimo + timedelta(days=1) if ultimo else elenco.desde
    nuevos = [
        contacto
        for lugar, (n, entidad) in enumerate(elenco.en_orden())
        for contacto in _de_una(elenco, lugar, n, entidad, desde)
    ]
    Contacto.objects.bulk_create(nuevos, batch_size=500)
    if not _hay_por_venir(elenco.hoy):
        nuevos += _por_venir(elenco)
    _acompanar(elenco, nuevos)
    return nuevos


def fechas(lugar: int, desde: date, hoy: date) -> Iterator[date]:
    """Su día de cada semana, de lunes a viernes, sin los días en que se quedó atrás."""
    if lugar % NUNCA == NUNCA - 1:
        return
    hasta = hoy - timedelta(days=_dias_de_atraso(lugar))
    dia = desde + timedelta(days=(lugar % 5 - desde.weekday()) % 7)
    while dia <= hasta:
        yield dia
        dia += timedelta(days=7)


def _dias_de_atraso(lugar):
    """Entre ocho y dieciocho: unas en alerta y otras en rojo."""
    return 8 + lugar // ATRASO % 3 * 5 if lugar % ATRASO == ATRASO - 1 else 0


def _de_una(elenco, lugar, n, entidad, desde):
    for dia in fechas(lugar, desde, elenco.hoy):
        semana = dia.toordinal() // 7
        turno = semana + lugar
        hora = time(8 + turno % 8, turno % 2 * 30)
        en_ese = elenco.grupo_de(n, entidad, dia)
        es_reciente = (elenco.hoy - dia).days < 4
        estado = Estado.BORRADOR if es_reciente and lugar % 29 == 7 else Estado.COMPLETO
        yield Contacto(
            entidad=entidad,
            grupo=elenco.grupos[en_ese],
            canal=TURNOS[turno % len(TURNOS)],
            estado=Estado.CANCELADO if (se_cancela := turno % 61 == 0) else estado,
            motivo_de_cancelacion="La secretaría pidió otro día." if se_cancela else "",
            fecha=dia,
            hora_inicio=hora,
            hora_fin=hora.replace(hour=hora.hour + 1),
            asunto=ASUNTOS[turno % len(ASUNTOS)],
            notas=NOTAS[turno % len(NOTAS)],
            acuerdos=ACUERDOS[turno % len(ACUERDOS)],
            **_de_demostracion(dia, hora, elenco.quien_atiende(en_ese, turno)),
        )


def _hay_por_venir(hoy):
    return Contacto.objects.filter(
        es_demostracion=True, estado=Estado.PROGRAMADO, fecha__gte=hoy
    ).exists()


def _por_venir(elenco):
    """Lo programado para los días que vienen, y una visita en cada grupo."""
    return Contacto.objects.bulk_create(
        Contacto(
            entidad=entidad,
            grupo=elenco.grupos[n],
            canal=Canal.VISITA_PRESENCIAL if lugar % 5 == 0 else Canal.REUNION_VIRTUAL,
            estado=Estado.PROGRAMADO,
            fecha=elenco.hoy + timedelta(days=1 + lugar % 20),
            hora_inicio=time(9),
            hora_fin=time(11),
            donde="https://reunion.example/demostracion" if lugar % 5 else "Sede de la secretaría",
            asunto="Seguimiento semanal",
            **_de_demostracion(elenco.hoy, time(7), elenco.lideres[n]),
        )
        for lugar, (n, entidad) in enumerate(elenco.en_orden())
        if lugar % 2 == 0
    )


def _de_demostracion(dia, hora, por):
    momento = min(timezone.make_aware(datetime.combine(dia, hora)), timezone.now())
    return {
        "es_demostracion": True,
        "creado_por": por,
        "creado_en": momento,
        "actualizado_en": momento,
    }


def _acompanar(elenco, nuevos):
    """Quiénes estuvieron, de qué se habló y, en una visita, para qué se fue y qué quedó."""
    temas, papeles = list(Tema.objects.order_by("pk")), list(PapelEnLaEntidad.objects.all())
    lugar_del_grupo = {grupo.pk: n for n, grupo in enumerate(elenco.grupos)}
    visitas, del_ministerio, de_la_entidad, con_temas = [], [], [], []
    for numero, contacto in enumerate(nuevos):
        n = lugar_del_grupo[contacto.grupo_id]
        quienes = {contacto.creado_por}
        if contacto.es_visita:
            quienes |= {elenco.lideres[n], elenco.profesionales[n]}
            completa = contacto.estado == Estado.COMPLETO
            visitas.append(
                Visita(
                    contacto=contacto,
                    proposito=PROPOSITOS[numero % len(PROPOSITOS)],
                    acta=ACTAS[numero % len(ACTAS)] if completa else "",
                )
            )
        del_ministerio += [
            ParticipanteDelMinisterio(
                contacto=contacto,
                persona=persona,
                papel="lider" if persona == elenco.lideres[n] else "tecnico",
                direccion=persona.direccion,
                grupo=contacto.grupo,
            )
            for persona in quienes
        ]
        de_la_entidad += [
            ParticipanteDeLaEntidad(
                contacto=contacto,
                papel=papeles[(numero + otro) % len(papeles)],
                personas=1 + (numero + otro) % 3,
            )
            for otro in range(min(3 if contacto.es_visita else 1, len(papeles)))
        ]
        if temas:
            con_temas.append(
                Contacto.temas.through(
                    contacto_id=contacto.pk, tema_id=temas[numero % len(temas)].pk
                )
            )
    Visita.objects.bulk_create(visitas, batch_size=500)
    ParticipanteDelMinisterio.objects.bulk_create(del_ministerio, batch_size=1000)
    ParticipanteDeLaEntidad.objects.bulk_create(de_la_entidad, batch_size=1000)
    Contacto.temas.through.objects.bulk_create(con_temas, batch_size=1000)
