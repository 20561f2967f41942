"""Lo que le pasa a un archivo de asistencia: llega, se lee, se confirma, se deshace.

El archivo y su huella se guardan antes de leerlo: pase lo que pase después, no se pierde.
"""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import IntegrityError, transaction
from django.utils import timezone

from conectate.acciones import comparacion, prevision
from conectate.acciones.comparacion import Caso, Comparacion
from conectate.acciones.lecturas import EN_LA_MISMA_PETICION, clave_de
from conectate.acciones.parejas import olvidar_parejas_sin_apoyo
from conectate.acciones.recalculo import Cuenta, recalcular_sesion, reunion_de, tomar
from conectate.acciones.revision import olvidar_sin_apoyo
from conectate.acciones.sesiones import devolver_a, marcar_realizada
from conectate.models import Emparejamiento, Importacion, Sesion
from cuentas.bitacora import anotar
from cuentas.models import Usuario
from trabajos.acciones import encolar
from trabajos.archivos import huella_de, peso_de, sin_dejar_huerfano
from trabajos.models import Trabajo

Estado = Importacion.Estado
ESTADO_ANTERIOR = "estado_anterior"  # en el resumen: el de la sesión que este archivo marcó
SIN_CONFIRMAR = [Estado.RECIBIDA, Estado.SIN_RECONOCER, Estado.VISTA_PREVIA]
EN_USO = [Estado.VISTA_PREVIA, Estado.CONFIRMADA, Estado.REEMPLAZADA]


# ── Llegar ────────────────────────────────────────────────────────────────────────────────────


def recibir(
    *, sesion: Sesion, archivo: File, nombre: str, por: Usuario | None, peticion=None
) -> tuple[Importacion, bool]:
    """Guarda el archivo tal como llegó. Si ya estaba en la sesión, da el que estaba y False."""
    sesion.exigir_abierta()
    exigir_tamano(archivo.size)
    huella = huella_de(archivo)
    if repetida := la_misma_en(sesion, huella):
        return repetida, False
    importacion = Importacion(
        sesion=sesion,
        nombre_del_archivo=nombre[-250:],
        tamano=archivo.size,
        huella=huella,
        creado_por=por,
    )
    importacion.archivo.save(nombre, archivo, save=False)
    with transaction.atomic(), sin_dejar_huerfano(importacion):
        importacion.save()
        anotar(
            por=por,
            verbo="subió un archivo de asistencia",
            objeto=importacion,
            detalle={"sesion": sesion.pk, "huella": huella, "bytes": importacion.tamano},
            peticion=peticion,
        )
    return importacion, True


def exigir_tamano(tamano: int) -> None:
    if tamano > settings.ASISTENCIA_TAMANO_MAXIMO:
        maximo = peso_de(settings.ASISTENCIA_TAMANO_MAXIMO)
        raise ValidationError(
            f"El archivo pesa {peso_de(tamano)} y el máximo es {maximo}. Compruebe que es "
            "la lista de asistencia; si lo es, divídala en varios archivos y súbalos uno a uno.",
            code="archivo_demasiado_grande",
        )


def la_misma_en(sesion: Sesion, huella: str) -> Importacion | None:
    """Este mismo archivo, si ya está en la sesión: confirmado o por confirmar."""
    vivas = sesion.importaciones.filter(
        huella=huella, estado__in=[*SIN_CONFIRMAR, Estado.CONFIRMADA]
    )
    return vivas.order_by("-confirmada_en", "pk").first()


# ── Confirmar ─────────────────────────────────────────────────────────────────────────────────


def pedir_confirmacion(
    importacion: Importacion,
    por: Usuario | None,
    *,
    modo: str = "",
    acepta_otro_dia: bool = False,
) -> Trabajo:
    return encolar(
        "conectate.confirmar_importacion",
        por=por,
        titulo=f"Confirmar «{importacion.nombre_del_archivo}»",
        parametros={
            "importacion_id": importacion.pk,
            "modo": modo,
            "acepta_otro_dia": acepta_otro_dia,
        },
        clave_unica=clave_de("confirmar", importacion),
        ahora=importacion.tamano <= EN_LA_MISMA_PETICION,
    )


@transaction.atomic
def confirmar(
    *,
    importacion: Importacion,
    por: Usuario | None,
    modo: str = "",
    acepta_otro_dia: bool = False,
) -> Cuenta | None:
    """Cuenta el archivo en su sesión. None si ya estaba contado: repetirla no cambia nada."""
    tomar(importacion.sesion)
    importacion.refresh_from_db()
    if importacion.estado in (Estado.CONFIRMADA, Estado.REEMPLAZADA):
        return None
    importacion.sesion.exigir_abierta()
    importacion.exigir_estado(Estado.VISTA_PREVIA)
    exigir_su_dia(importacion, acepta_otro_dia)
    contra = comparacion.comparar(importacion)
    if contra.caso == Caso.REPETIDA:
        _descartar_por_repetida(importacion, por)
        return None
    importacion.modo = _modo_posible(modo, contra)
    _situar(importacion, contra, por)
    cuenta = recalcular_sesion(importacion.sesion)
    prevision.olvidar(importacion)
    _marcar_su_sesion(importacion, por)
    anotar(
        por=por,
        verbo="confirmó un archivo de asistencia",
        objeto=importacion,
        detalle={
            "sesion": importacion.sesion_id,
            "huella": importacion.huella,
            "modo": importacion.modo,
            "otro_dia": importacion.es_de_otro_dia,
            "personas": cuenta.personas,
            "nuevas": cuenta.nuevas,
            "cambiadas": cuenta.cambiadas,
            "quitadas": cuenta.quitadas,
        },
    )
    return cuenta


def _marcar_su_sesion(importacion, por):
    """Recuerda en qué iba la sesión, por si este archivo se deshace."""
    antes = importacion.sesion.estado
    if marcar_realizada(sesion=importacion.sesion, por=por):
        importacion.resumen[ESTADO_ANTERIOR] = antes
        importacion.save(update_fields=["resumen"])


def exigir_su_dia(importacion: Importacion, acepta_otro_dia: bool) -> None:
    if importacion.es_de_otro_dia and not acepta_otro_dia:
        raise ValidationError(
            "Las fechas del archivo no son las de esta sesión: parece de otra. Si de verdad es de "
            "esta, márquelo antes de confirmar.",
            code="archivo_de_otro_dia",
        )


def _modo_posible(modo: str, contra: Comparacion) -> str:
    """Reemplazar solo tiene sentido si hay otra descarga de la misma reunión."""
    return modo if modo and contra.todas else contra.modo


def _situar(importacion, contra, por):
    """Qué pasa con este archivo y con las otras descargas de su reunión."""
    importacion.confirmada_por, importacion.confirmada_en = por, timezone.now()
    if importacion.modo == Importacion.Modo.ANTERIOR:
        importacion.estado = Estado.REEMPLAZADA
        importacion.reemplazada_por = contra.con
    else:
        importacion.estado = Estado.CONFIRMADA
    if importacion.modo == Importacion.Modo.REEMPLAZAR:
        Importacion.objects.filter(pk__in=[otra.pk for otra in contra.todas]).update(
            estado=Estado.REEMPLAZADA, reemplazada_por=importacion
        )
    elif contra.todas:
        _compartir_reunion(importacion, contra)
    importacion.save()


def _compartir_reunion(importacion, contra):
    """De una misma reunión, los minutos de cada quien no se suman."""
    importacion.reunion = importacion.reunion or reunion_de(contra.con)
    sin_nombre = [otra.pk for otra in contra.todas if not otra.reunion]
    Importacion.objects.filter(pk__in=sin_nombre).update(reunion=importacion.reunion)


def _descartar_por_repetida(importacion, por):
    importacion.estado = Estado.DESCARTADA
    importacion.motivo = (
        "Este mismo archivo ya estaba confirmado en la sesión. No se contó otra vez."
    )
    importacion.save(update_fields=["estado", "motivo"])
    prevision.olvidar(importacion)


# ── Deshacer ──────────────────────────────────────────────────────────────────────────────────


def pedir_deshacer(importacion: Importacion, por: Usuario) -> Trabajo:
    return encolar(
        "conectate.deshacer_importacion",
        por=por,
        titulo=f"Deshacer «{importacion.nombre_del_archivo}»",
        parametros={"importacion_id": importacion.pk},
        clave_unica=clave_de("deshacer", importacion),
        ahora=importacion.tamano <= EN_LA_MISMA_PETICION,
    )


@transaction.atomic
def deshacer(*, importacion: Importacion, por: Usuario | None) -> Cuenta:
    """La sesión queda como si ese archivo no se hubiera confirmado. El archivo se conserva."""
    tomar(importacion.sesion)
    importacion.refresh_from_db()
    importacion.sesion.exigir_abierta()
    importacion.exigir_estado(Estado.CONFIRMADA)
    importacion.estado = Estado.DESHECHA
    importacion.deshecha_por, importacion.deshecha_en = por, timezone.now()
    importacion.save(update_fields=["estado", "deshecha_por", "deshecha_en"])
    restauradas = _restaurar_las_reemplazadas(importacion)
    cuenta = recalcular_sesion(importacion.sesion)
    olvidar_parejas_sin_apoyo(importacion)
    olvidadas = olvidar_sin_apoyo(importacion, por)
    _olvidar_emparejamiento(importacion)
    _desmarcar_su_sesion(importacion.sesion, por)
    anotar(
        por=por,
        verbo="deshizo una importación de asistencia",
        objeto=importacion,
        detalle={
            "sesion": importacion.sesion_id,
            "restauradas": [otra.pk for otra in restauradas],
            "quitadas": cuenta.quitadas,
            "decisiones_olvidadas": [decision.pk for decision in olvidadas],
        },
    )
    return cuenta


def _olvidar_emparejamiento(importacion):
    """Las columnas que alguien emparejó para este archivo, si ningún otro se leyó con ellas."""
    iguales = Importacion.objects.filter(huella_cabecera=importacion.huella_cabecera)
    if importacion.huella_cabecera and not iguales.filter(estado__in=EN_USO).exists():
        Emparejamiento.objects.filter(huella_cabecera=importacion.huella_cabecera).delete()


def _desmarcar_su_sesion(sesion, por):
    """Sin nada que diga que se hizo, vuelve a como la halló el archivo que la marcó."""
    if sesion.importaciones.confirmadas().exists() or sesion.asistencias.presentes().exists():
        return
    marcadas = sesion.importaciones.filter(resumen__has_key=ESTADO_ANTERIOR)
    if la_que_marco := marcadas.order_by("confirmada_en").last():
        devolver_a(sesion=sesion, estado=la_que_marco.resumen.pop(ESTADO_ANTERIOR), por=por)
        la_que_marco.save(update_fields=["resumen"])


def _restaurar_las_reemplazadas(importacion):
    """Vuelve a contar lo que este archivo había reemplazado."""
    restauradas = []
    for otra in importacion.reemplazadas.filter(estado=Estado.REEMPLAZADA):
        otra.estado, otra.reemplazada_por = Estado.CONFIRMADA, None
        try:
            with transaction.atomic():
                otra.save(update_fields=["estado", "reemplazada_por"])
                restauradas.append(otra)
        except IntegrityError:
            continue  # alguien volvió a subir ese mismo archivo: ya cuenta
    return restauradas


def descartar(*, importacion: Importacion, por: Usuario) -> None:
    """No se va a usar. El archivo se conserva."""
    importacion.exigir_estado(*SIN_CONFIRMAR, Estado.RECHAZADA)
    with transaction.atomic():
        importacion.estado = Estado.DESCARTADA
        importacion.save(update_fields=["estado"])
        prevision.olvidar(importacion)
        _olvidar_emparejamiento(importacion)
        anotar(por=por, verbo="descartó un archivo de asistencia", objeto=importacion)
