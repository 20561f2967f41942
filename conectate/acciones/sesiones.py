"""Lo que le pasa a una sesión: se crea, se edita, cambia de estado, se cuenta su aforo."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from conectate.acciones.lecturas import releer_archivos
from conectate.acciones.recalculo import recalcular_sesion, tomar_abierta
from conectate.acciones.revision import aplicar
from conectate.consultas.cierre import avisos_de_la_asistencia
from conectate.models import Aforo, Convocatoria, Sesion
from conectate.permisos import puede_reabrir_sesiones
from contenidos.models import Tema
from cuentas.bitacora import anotar
from cuentas.models import Usuario
from territorio.models import EntidadTerritorial

Estado = Sesion.Estado

# De cada estado, a cuáles se puede pasar y cómo se dice.
PASOS = {
    Estado.BORRADOR: {
        Estado.CONVOCADA: "Convocar",
        Estado.REALIZADA: "Marcar como realizada",
        Estado.CANCELADA: "Cancelar",
    },
    Estado.CONVOCADA: {
        Estado.REALIZADA: "Marcar como realizada",
        Estado.CANCELADA: "Cancelar",
        Estado.BORRADOR: "Volver a borrador",
    },
    Estado.REALIZADA: {
        Estado.CERRADA: "Cerrar",
        Estado.CONVOCADA: "Volver a convocada",
        Estado.CANCELADA: "Cancelar",
    },
    Estado.CERRADA: {Estado.REALIZADA: "Reabrir"},
    Estado.CANCELADA: {Estado.BORRADOR: "Reabrir"},
}
VERBOS = {
    Estado.BORRADOR: "devolvió la sesión a borrador",
    Estado.CONVOCADA: "convocó la sesión",
    Estado.REALIZADA: "marcó la sesión como realizada",
    Estado.CERRADA: "cerró la sesión",
    Estado.CANCELADA: "canceló la sesión",
}
SE_REABREN = frozenset({Estado.CERRADA, Estado.CANCELADA})
# Lo que un calendario debe volver a leer si cambia, además del estado.
DE_CALENDARIO = (
    *("titulo", "fecha", "fecha_fin", "hora_inicio", "hora_fin"),
    *("modalidad", "enlace", "lugar"),
)


# ── Crear y editar ────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def crear_sesion(
    *,
    por: Usuario | None,
    temas: Iterable[Tema] = (),
    convocadas: Iterable[EntidadTerritorial] | None = None,
    **datos,
) -> Sesion:
    """Sin `convocadas`, se convoca a todas las entidades vigentes en la fecha.

    Lo que crea una cuenta de demostración es de demostración: se quita con ella.
    """
    sesion = Sesion(
        creado_por=por, es_demostracion=por is not None and por.es_demostracion, **datos
    )
    _exigir_fecha_cumplida(sesion, sesion.estado)
    sesion.save()
    sesion.temas.set(temas)
    _convocar(sesion, convocadas)
    _exigir_convocadas(sesion, sesion.estado)
    anotar(
        por=por,
        verbo="creó la sesión",
        objeto=sesion,
        despues={"estado": sesion.estado, "convocadas": sesion.convocatorias.count()},
    )
    return sesion


@transaction.atomic
def editar_sesion(
    *,
    sesion: Sesion,
    por: Usuario,
    temas: Iterable[Tema],
    convocadas: Iterable[EntidadTerritorial] | None = None,
    **datos,
) -> None:
    """Sin `convocadas`, vuelve a proponer todas las vigentes en la fecha que quede."""
    anterior = Sesion.objects.select_for_update().get(pk=sesion.pk)
    anterior.exigir_editable()
    for campo, valor in datos.items():
        setattr(sesion, campo, valor)
    sesion.estado = anterior.estado
    _exigir_fecha_cumplida(sesion, sesion.estado)
    _exigir_sin_presentes_en_el_futuro(sesion)
    antes = sesion.convocatorias.count()
    _numerar(sesion, anterior)
    sesion.save()
    sesion.temas.set(temas)
    _convocar(sesion, convocadas)
    _exigir_convocadas(sesion, sesion.estado)
    if anterior.fecha != sesion.fecha:
        releer_archivos(sesion)
    if (anterior.fecha, anterior.minutos_minimos) != (sesion.fecha, sesion.minutos_minimos):
        _recontar(sesion)
    anotar(
        por=por,
        verbo="editó la sesión",
        objeto=sesion,
        antes={"convocadas": antes},
        despues={"convocadas": sesion.convocatorias.count()},
    )


def _convocar(sesion, convocadas):
    """Deja exactamente esas; las que ya estaban conservan su fila."""
    if convocadas is None:
        convocadas = EntidadTerritorial.objects.vigentes(sesion.fecha)
    elegidas = {entidad.pk: entidad for entidad in convocadas}
    if ajenas := [e.nombre for e in elegidas.values() if not e.vale_en(sesion.fecha)]:
        raise ValidationError(
            f"En la fecha de la sesión no estaban certificadas: {', '.join(ajenas)}. "
            "Quítelas o corrija la fecha.",
            code="entidad_no_vigente",
        )
    sesion.convocatorias.exclude(entidad__in=elegidas).delete()
    ya_estan = set(sesion.convocatorias.values_list("entidad", flat=True))
    Convocatoria.objects.bulk_create(
        [Convocatoria(sesion=sesion, entidad_id=pk) for pk in elegidas if pk not in ya_estan]
    )


def _recontar(sesion):
    """Otra fecha u otro mínimo cambian quién cuenta y qué entidades valían."""
    if sesion.importaciones.confirmadas().exists():
        recalcular_sesion(sesion)


# ── Estados ───────────────────────────────────────────────────────────────────────────────────


def pasos_de(sesion: Sesion, usuario: Usuario) -> list[tuple[str, str]]:
    """A qué estados puede llevarla esta persona, y cómo se dice cada paso."""
    if sesion.estado in SE_REABREN and not puede_reabrir_sesiones(usuario):
        return []
    return [(str(estado), texto) for estado, texto in PASOS[sesion.estado].items()]


def pide_motivo(sesion: Sesion, a: str) -> bool:
    """Lo que deshace algo ya dicho se explica."""
    return sesion.estado in SE_REABREN or a == Estado.CANCELADA


def advertencias(sesion: Sesion, a: str) -> list[str]:
    """Lo que conviene saber antes del paso, sin impedirlo. Las de cerrar, en su página."""
    if a != Estado.REALIZADA:
        return []
    return [aviso.texto for aviso in avisos_de_la_asistencia(sesion)]


@transaction.atomic
def cambiar_estado(*, sesion: Sesion, a: str, por: Usuario | None, motivo: str = "") -> None:
    actual = Sesion.objects.select_for_update().get(pk=sesion.pk)
    if a not in PASOS[actual.estado]:
        raise ValidationError(
            f"La sesión está {actual.get_estado_display()}: desde ahí no puede pasar a "
            f"{Estado(a).label}. Recargue la página: otra persona pudo cambiarla.",
            code="paso_imposible",
        )
    if actual.estado in SE_REABREN and por is not None and not puede_reabrir_sesiones(por):
        raise ValidationError(
            "Reabrir una sesión le corresponde a la administración o al equipo del MEN.",
            code="no_puede_reabrir",
        )
    if pide_motivo(actual, a) and not motivo.strip():
        raise ValidationError("Escriba el motivo: quedará en la bitácora.", code="falta_motivo")
    _exigir_fecha_cumplida(actual, a)
    _exigir_convocadas(actual, a)
    _exigir_sin_asistencia(actual, a)
    _exigir_cierre(actual, a)
    antes = actual.estado
    _poner_estado(actual, a)
    sesion.estado, sesion.secuencia = a, actual.secuencia
    anotar(
        por=por,
        verbo="reabrió la sesión" if antes in SE_REABREN else VERBOS[Estado(a)],
        objeto=actual,
        antes={"estado": antes},
        despues={"estado": a},
        detalle={"motivo": motivo.strip()} if motivo.strip() else None,
    )
    if antes in SE_REABREN:
        _dejar_reabierto(actual, por, motivo.strip())
        aplicar([actual], por)  # lo que se decidió mientras no cambiaba


def _numerar(sesion, anterior):
    """Si cambió algo que un calendario deba saber, sube la secuencia (RFC 5545, SEQUENCE)."""
    if any(getattr(anterior, campo) != getattr(sesion, campo) for campo in DE_CALENDARIO):
        sesion.secuencia, sesion.actualizada_en = anterior.secuencia + 1, timezone.now()
    else:
        sesion.secuencia, sesion.actualizada_en = anterior.secuencia, anterior.actualizada_en


def _poner_estado(sesion, estado):
    sesion.estado = estado
    sesion.secuencia, sesion.actualizada_en = sesion.secuencia + 1, timezone.now()
    sesion.save(update_fields=["estado", "secuencia", "actualizada_en"])


def _exigir_fecha_cumplida(sesion, estado):
    if estado in (Estado.REALIZADA, Estado.CERRADA) and sesion.fecha > timezone.localdate():
        raise ValidationError(
            "La fecha de la sesión no ha llegado. Corrija la fecha o espere a que se realice.",
            code="sesion_futura",
        )


def _exigir_sin_presentes_en_el_futuro(sesion):
    if sesion.fecha > timezone.localdate() and sesion.asistencias.presentes().exists():
        raise ValidationError(
            "Hay secretarías presentes en esta sesión: no puede pasar a una fecha que no ha "
            "llegado. Si se aplazó, cancélela y cree otra.",
            code="tiene_asistencia",
        )


def _exigir_convocadas(sesion, estado):
    """La que es para el público puede no convocar a ninguna."""
    if sesion.audiencia == Sesion.Audiencia.COMUNIDAD:
        return
    if estado == Estado.CONVOCADA and not sesion.convocatorias.exists():
        raise ValidationError(
            "No hay ninguna secretaría convocada. Edite la sesión y escoja al menos una.",
            code="sin_convocadas",
        )


def _exigir_sin_asistencia(sesion, estado):
    """Lo que se aplaza en plena ventana sí se cancela, aunque alguna ya se declarara presente."""
    if estado in (Estado.REALIZADA, Estado.CERRADA):
        return
    if sesion.participaciones.exists():
        raise ValidationError(
            "La sesión tiene asistencia cargada, así que se realizó. Si los archivos eran de "
            "otra, deshaga antes sus importaciones.",
            code="tiene_asistencia",
        )
    if sesion.se_realizo and sesion.asistencias.presentes().exists():
        raise ValidationError(
            "Hay secretarías presentes, así que la sesión se realizó. Si es un error, corrija "
            "antes la rejilla.",
            code="tiene_asistencia",
        )
    if sesion.constancias.filter(revocada_en=None).exists():
        raise ValidationError(
            "La sesión tiene constancias que valen. Revóquelas antes.", code="tiene_constancias"
        )


def _exigir_cierre(sesion, estado):
    if estado == Estado.CERRADA and not sesion.cierres.filter(reabierto_en=None).exists():
        raise ValidationError(
            "Una sesión se cierra en su página de cierre, con las cifras confirmadas.",
            code="sin_cierre",
        )


def _dejar_reabierto(sesion, por, motivo):
    """El cierre no se borra: queda quién lo abrió y por qué."""
    sesion.cierres.filter(reabierto_en=None).update(
        reabierto_por=por, reabierto_en=timezone.now(), motivo_de_la_reapertura=motivo
    )


def marcar_realizada(*, sesion: Sesion, por: Usuario | None) -> bool:
    """Una sesión con asistencia confirmada ya se hizo. Devuelve si hubo que cambiarla."""
    if sesion.estado not in (Estado.BORRADOR, Estado.CONVOCADA):
        return False
    if sesion.fecha > timezone.localdate():
        return False
    cambiar_estado(sesion=sesion, a=Estado.REALIZADA, por=por)
    return True


@transaction.atomic
def devolver_a(*, sesion: Sesion, estado: str, por: Usuario | None) -> None:
    """Deshace `marcar_realizada`. Si entretanto alguien la llevó a otro estado, ahí se queda."""
    if sesion.estado != Estado.REALIZADA:
        return
    _poner_estado(sesion, estado)
    anotar(
        por=por,
        verbo=VERBOS[Estado(estado)],
        objeto=sesion,
        antes={"estado": Estado.REALIZADA},
        despues={"estado": estado},
    )


# ── Aforo ─────────────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def registrar_aforo(*, sesion: Sesion, personas: int, fuente: str, por: Usuario) -> Aforo:
    """Una cuenta sin nombres. Otra de la misma fuente la corrige; nunca se reparte ni se suma."""
    tomar_abierta(sesion)
    fuente = " ".join(fuente.split())
    anterior = sesion.aforos.filter(fuente__iexact=fuente).first()
    aforo, _ = Aforo.objects.update_or_create(
        pk=anterior.pk if anterior else None,
        defaults={
            "sesion": sesion,
            "fuente": fuente,
            "personas": personas,
            "registrado_por": por,
            "registrado_en": timezone.now(),
        },
    )
    anotar(
        por=por,
        verbo="registró un aforo",
        objeto=sesion,
        antes={"personas": anterior.personas} if anterior else {},
        despues={"personas": personas},
        detalle={"fuente": fuente},
    )
    return aforo


@transaction.atomic
def quitar_aforo(*, aforo: Aforo, por: Usuario) -> None:
    tomar_abierta(aforo.sesion)
    anotar(
        por=por,
        verbo="quitó un aforo",
        objeto=aforo.sesion,
        antes={"personas": aforo.personas},
        detalle={"fuente": aforo.fuente},
    )
    aforo.delete()
