"""Quién estuvo: lo que declara cada secretaría en la ventana y lo que registra el equipo."""

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from conectate.acciones.importadas import quitar_las_vacias
from conectate.acciones.recalculo import tomar
from conectate.acciones.sesiones import marcar_realizada
from conectate.consultas.presencia import convocadas_en_orden, ventana_de, ya_termino
from conectate.models import Asistencia, Pase, Sesion
from cuentas.bitacora import anotar
from cuentas.models import Usuario
from territorio.models import EntidadTerritorial

DIA_Y_HORA = r"j \d\e F \d\e Y, g:i a"


def en_colombia(momento) -> str:
    return f"{date_format(timezone.localtime(momento), DIA_Y_HORA)} (hora de Colombia)"


# ── En la ventana ─────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def declarar_presente(*, sesion: Sesion, por: Usuario, personas: int | None = None) -> bool:
    """«Estamos presentes», dicho por la secretaría de quien lo pulsa. Repetirlo no cambia nada.

    Devuelve si hubo que anotarlo.
    """
    if not por.es_de_secretaria:
        raise ValidationError(
            "Solo el equipo de una secretaría puede declararla presente. Para registrarla usted, "
            "use la rejilla de asistencia.",
            code="no_es_de_secretaria",
        )
    tomar(sesion)
    sesion.refresh_from_db()
    sesion.exigir_abierta()
    if not sesion.convocatorias.filter(entidad=por.entidad).exists():
        raise ValidationError(
            "Su secretaría no está convocada a esta sesión. Si debía estarlo, escríbale al "
            "Ministerio.",
            code="no_convocada",
        )
    asistencia = sesion.asistencias.filter(entidad=por.entidad).first()
    if asistencia and asistencia.ventana_en:
        return False
    ahora = timezone.now()
    _exigir_ventana(sesion, ahora)
    Asistencia.objects.update_or_create(
        sesion=sesion,
        entidad=por.entidad,
        defaults={"ventana_en": ahora, "ventana_por": por, "ventana_personas": personas},
    )
    anotar(
        por=por,
        verbo="declaró presente a su secretaría",
        objeto=sesion,
        despues={"entidad": por.entidad.codigo_dane, "personas": personas},
    )
    return True


def _exigir_ventana(sesion, ahora):
    ventana = ventana_de(sesion)
    if sesion.estado == Sesion.Estado.BORRADOR:
        raise ValidationError("La sesión aún no se ha convocado.", code="sin_convocar")
    if ventana is None:
        raise ValidationError(
            "La sesión no tiene hora de inicio y de finalización, así que no hay ventana para "
            "declararse presente. El equipo del Ministerio registrará la asistencia.",
            code="sin_ventana",
        )
    if ventana.esta_abierta(ahora):
        return
    if abre := ventana.proxima(ahora):
        raise ValidationError(f"La ventana abre el {en_colombia(abre)}.", code="antes_de_abrir")
    raise ValidationError(
        f"La ventana cerró el {en_colombia(ventana.cierra)}. Si su secretaría asistió, puede "
        "reclamarlo en la página de la sesión.",
        code="ya_cerro",
    )


# ── Pases ─────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class PaseNuevo:
    """El código se ve esta vez: el portal solo guarda su huella."""

    entidad: EntidadTerritorial
    codigo: str


@transaction.atomic
def generar_pases(*, sesion: Sesion, por: Usuario) -> list[PaseNuevo]:
    """Uno por convocada que no se haya declarado. El anterior de cada una deja de servir."""
    tomar(sesion)
    sesion.refresh_from_db()
    sesion.exigir_abierta()
    ahora = timezone.now()
    ventana = ventana_de(sesion)
    if ventana is None or ventana.ya_paso(ahora) or sesion.estado == Sesion.Estado.BORRADOR:
        raise ValidationError(
            "Los enlaces sirven solo en la ventana de una sesión convocada, y esta no la tiene o "
            "ya se cerró. Registre la asistencia en la rejilla.",
            code="sin_ventana",
        )
    desde = ahora if ventana.esta_abierta(ahora) else ventana.proxima(ahora)
    ya_estan = sesion.asistencias.exclude(ventana_en=None).values("entidad")
    nuevos = [
        PaseNuevo(entidad, secrets.token_urlsafe(16))
        for entidad in convocadas_en_orden(sesion).exclude(pk__in=ya_estan)
    ]
    sesion.pases.filter(usado_en=None).delete()
    Pase.objects.bulk_create(
        Pase(
            sesion=sesion,
            entidad=nuevo.entidad,
            huella=huella_de(nuevo.codigo),
            vence_en=desde + settings.VIDA_DE_UN_PASE,
        )
        for nuevo in nuevos
    )
    anotar(
        por=por,
        verbo="generó los enlaces para declararse presente",
        objeto=sesion,
        detalle={"enlaces": len(nuevos)},
    )
    return nuevos


def huella_de(codigo: str) -> str:
    return hashlib.sha256(codigo.encode()).hexdigest()


def pase_de(codigo: str, por: Usuario) -> Pase:
    """El del enlace, si sirve a quien lo abre. Reenviado a otra secretaría no dice de qué es."""
    pases = Pase.objects.exclude(sesion__estado=Sesion.Estado.BORRADOR)  # de ellas nada se dice
    pase = pases.select_related("sesion", "entidad").filter(huella=huella_de(codigo)).first()
    if pase is None:
        raise ValidationError(
            "Este enlace no existe o se reemplazó por uno más reciente. Pídale al Ministerio el "
            "último, o entre a la sesión desde Conéctate.",
            code="pase_desconocido",
        )
    if not por.es_de_secretaria or pase.entidad_id != por.entidad_id:
        raise ValidationError(
            "Este enlace es de otra secretaría y no sirve con su cuenta. No se registró nada. "
            "Use el que le enviaron a la suya.",
            code="pase_ajeno",
        )
    if pase.usado_en:
        raise ValidationError(
            f"Este enlace ya se usó el {en_colombia(pase.usado_en)}: su secretaría figura "
            "presente y no hay que hacer nada más.",
            code="pase_usado",
        )
    if pase.vence_en < timezone.now():
        raise ValidationError(
            f"Este enlace venció el {en_colombia(pase.vence_en)}. Si la sesión sigue, entre a su "
            "página y pulse «Estamos presentes».",
            code="pase_vencido",
        )
    return pase


@transaction.atomic
def usar_pase(*, codigo: str, por: Usuario, personas: int | None = None) -> Sesion:
    """Con el enlace o sin él, la regla es la misma: la ventana y estar convocada."""
    sesion = pase_de(codigo, por).sesion
    tomar(sesion)
    pase = pase_de(codigo, por)  # mientras se esperaba, alguien pudo usarlo
    declarar_presente(sesion=sesion, por=por, personas=personas)
    pase.usado_en = timezone.now()
    pase.save(update_fields=["usado_en"])
    return sesion


# ── La rejilla ────────────────────────────────────────────────────────────────────────────────


class Registrado(NamedTuple):
    """Lo que el equipo dice de una secretaría. Vacío es no haber dicho nada."""

    registro: str = ""
    personas: int | None = None
    forma: str = ""
    medio: str = ""

    def __str__(self):
        """«presente, 3, remota, llamada»: así queda en la bitácora."""
        return ", ".join(str(dato) for dato in self if dato)

    @classmethod
    def de(cls, asistencia: Asistencia | None) -> "Registrado":
        if asistencia is None or not asistencia.registro:
            return NADA
        return cls(
            asistencia.registro,
            asistencia.registro_personas,
            asistencia.registro_forma,
            asistencia.registro_medio,
        )


NADA = Registrado()


@dataclass(frozen=True)
class FilaEscrita:
    """`antes` es lo que veía quien escribió: con eso se sabe si alguien más la cambió."""

    entidad: EntidadTerritorial
    antes: Registrado
    ahora: Registrado


@dataclass(frozen=True)
class Choque:
    """Una fila que otra persona guardó entretanto: no se pisa."""

    entidad: EntidadTerritorial
    guardado: Registrado
    por: Usuario | None


@dataclass(frozen=True)
class Guardado:
    cambiadas: int
    choques: list[Choque]


@transaction.atomic
def registrar_rejilla(*, sesion: Sesion, filas: Iterable[FilaEscrita], por: Usuario) -> Guardado:
    """Guarda lo que esta persona cambió. Lo que no tocó queda como lo dejaron las demás."""
    tomar(sesion)
    sesion.refresh_from_db()
    exigir_rejilla(sesion)
    actuales = {una.entidad_id: una for una in sesion.asistencias.select_related("registrada_por")}
    momento = timezone.now()
    cambiadas, choques, antes, despues = [], [], {}, {}
    for fila in filas:
        asistencia = actuales.get(fila.entidad.pk)
        guardado = Registrado.de(asistencia)
        if fila.ahora in (fila.antes, guardado):
            continue
        if guardado != fila.antes:
            choques.append(Choque(fila.entidad, guardado, asistencia and asistencia.registrada_por))
            continue
        asistencia = asistencia or Asistencia(sesion=sesion, entidad=fila.entidad)
        _poner(asistencia, fila.ahora, por, momento)
        cambiadas.append(asistencia)
        antes[fila.entidad.codigo_dane] = str(guardado)
        despues[fila.entidad.codigo_dane] = str(fila.ahora)
    Asistencia.objects.bulk_update([una for una in cambiadas if una.pk], CAMPOS_DEL_REGISTRO)
    Asistencia.objects.bulk_create([una for una in cambiadas if not una.pk])
    quitar_las_vacias(sesion)
    if cambiadas:
        anotar(
            por=por,
            verbo="registró la asistencia en la rejilla",
            objeto=sesion,
            antes=antes,
            despues=despues,
        )
        if ya_termino(sesion, momento) and sesion.asistencias.presentes().exists():
            marcar_realizada(sesion=sesion, por=por)
    return Guardado(len(cambiadas), choques)


CAMPOS_DEL_REGISTRO = [
    "registro",
    "registro_personas",
    "registro_forma",
    "registro_medio",
    "registrada_por",
    "registrada_en",
]


def _poner(asistencia, dicho, por, momento):
    asistencia.registro = dicho.registro
    asistencia.registro_personas = dicho.personas
    asistencia.registro_forma = dicho.forma
    asistencia.registro_medio = dicho.medio
    asistencia.registrada_por = por
    asistencia.registrada_en = momento


def exigir_rejilla(sesion: Sesion) -> None:
    """Se registra desde el día de la sesión y hasta que se cierre."""
    sesion.exigir_abierta()
    if sesion.fecha > timezone.localdate():
        raise ValidationError(
            "La fecha de la sesión no ha llegado: aún no hay asistencia que registrar.",
            code="sesion_futura",
        )
