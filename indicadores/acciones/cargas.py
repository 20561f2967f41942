"""Lo que le pasa a un archivo de indicadores: llega, se lee, se compara y se confirma.

El archivo y su huella se guardan antes de leerlo. Nada de lo publicado cambia hasta confirmar, y
lo que no cambia nada no publica nada.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.db import transaction
from django.template.defaultfilters import date as fecha_en_palabras
from django.utils import timezone

from cuentas.bitacora import anotar
from cuentas.models import Usuario
from indicadores.acciones import columnas, entrada, publicacion
from indicadores.acciones.calculo import recalcular
from indicadores.acciones.calidad import cerrar_los_corregidos
from indicadores.acciones.comparacion import Comparacion, comparar
from indicadores.acciones.lo_que_queda import numeros_que_quedan
from indicadores.acciones.vista_previa import LARGA, rechazadas_de, resumen_de
from indicadores.consultas.medidas import columnas_conocidas, lugares, medidas
from indicadores.lectura.leer import leer as leer_archivo
from indicadores.lectura.resultado import ArchivoIlegible, ColumnasSinReconocer, Lectura
from indicadores.models import (
    Carga,
    Conjunto,
    FuenteProgramada,
    Version,
)
from trabajos import carga_masiva
from trabajos.acciones import encolar
from trabajos.archivos import huella_de, sin_dejar_huerfano
from trabajos.models import Trabajo

Estado = Carga.Estado
TAMANO_MAXIMO = 50 * 1024 * 1024
EN_LA_MISMA_PETICION = 256 * 1024  # hasta aquí se lee y se publica mientras la persona espera
SIN_CONFIRMAR = [Estado.RECIBIDA, Estado.SIN_RECONOCER, Estado.VISTA_PREVIA]


# ── Llegar ────────────────────────────────────────────────────────────────────────────────────


def recibir(
    *,
    conjunto: Conjunto,
    archivo: File | bytes,
    nombre: str,
    por: Usuario | None,
    corte: date | None = None,
    motivo: str = "",
    origen: Carga.Origen = Carga.Origen.ARCHIVO,
    url: str = "",
    fuente_programada: FuenteProgramada | None = None,
) -> Carga:
    """Guarda el archivo tal como llegó. Si ya espera a que alguien lo confirme, da ese."""
    archivo = ContentFile(archivo) if isinstance(archivo, bytes) else archivo
    if archivo.size > TAMANO_MAXIMO:
        raise ValidationError(
            "El archivo pesa más de 50 MB. Compruebe que es el de indicadores o divídalo por "
            "años y súbalos uno a uno.",
            code="archivo_demasiado_grande",
        )
    huella = huella_de(archivo)
    esperando = conjunto.cargas.filter(huella=huella, estado__in=SIN_CONFIRMAR, corte=corte)
    if repetida := esperando.first():
        return repetida
    carga = Carga(
        conjunto=conjunto,
        origen=origen,
        url=url,
        fuente_programada=fuente_programada,
        nombre_del_archivo=nombre[-250:],
        tamano=archivo.size,
        huella=huella,
        corte=corte,
        motivo=motivo,
        creado_por=por,
    )
    carga.archivo.save(nombre, archivo, save=False)
    with transaction.atomic(), sin_dejar_huerfano(carga):
        carga.save()
        anotar(
            por=por,
            verbo="subió un archivo de indicadores",
            objeto=carga,
            detalle={"conjunto": conjunto.clave, "huella": huella, "bytes": carga.tamano},
        )
    return carga


# ── Leer ──────────────────────────────────────────────────────────────────────────────────────


@dataclass
class Preparada:
    """Una carga leída y comparada, lista para publicarse sin volver a abrir el archivo."""

    lectura: Lectura
    comparacion: Comparacion


def pedir_lectura(carga: Carga, por: Usuario | None) -> Trabajo:
    return encolar(
        "indicadores.leer_carga",
        por=por,
        titulo=f"Leer «{carga.nombre_del_archivo}»",
        parametros={"carga_id": carga.pk},
        clave_unica=f"leer-carga:{carga.pk}",
        ahora=carga.tamano <= EN_LA_MISMA_PETICION,
    )


@carga_masiva.sin_buscar_basura()
def leer(carga: Carga, tarea=None) -> Preparada | None:
    """Deja la vista previa, o dice por qué no se puede. No publica nada."""
    if carga.estado not in SIN_CONFIRMAR:
        return None
    preparada = None
    _avanzar(tarea, 0, "Leyendo el archivo")
    try:
        lectura = lectura_de(carga)
        _avanzar(tarea, 1, "Comparando con lo publicado y revisando las reglas")
        preparada = Preparada(lectura, comparar(lectura))
        _con_vista_previa(carga, preparada.comparacion)
    except ArchivoIlegible as error:
        carga.estado, carga.mensaje = Estado.RECHAZADA, str(error)
    except ColumnasSinReconocer as error:
        carga.estado = Estado.SIN_RECONOCER
        carga.columnas = columnas.por_emparejar(error)
        carga.mensaje = columnas.lo_esperado_y_lo_hallado(carga.columnas)
    if tarea is None:
        carga.save()
        return preparada
    with tarea.cierre() as cierre:
        carga.save()
        cierre.resultado = {"carga": carga.pk, "estado": str(carga.estado)}
        cierre.mensaje = carga.mensaje
    return preparada


def _avanzar(tarea, hechas, paso):
    if tarea is not None:
        tarea.avanzar(hechas, total=2, paso=paso)


def lectura_de(carga: Carga) -> Lectura:
    with carga.archivo.open("rb") as archivo:
        datos = archivo.read()
    return leer_archivo(
        datos,
        carga.nombre_del_archivo,
        ambito=carga.conjunto.ambito,
        medidas=medidas(),
        lugares=lugares(carga.conjunto),
        columnas_conocidas=columnas_conocidas(carga.conjunto),
        emparejamiento=carga.emparejamiento or None,
    )


def _con_vista_previa(carga: Carga, comparacion: Comparacion) -> None:
    carga.base = comparacion.base
    carga.columnas = {}
    carga.rechazadas = rechazadas_de(comparacion)
    carga.resumen = resumen_de(carga, comparacion)
    carga.mensaje = ""
    if not comparacion.unidades:
        carga.estado = Estado.RECHAZADA
        carga.mensaje = (
            f"Ninguna de las {len(carga.rechazadas)} filas se pudo usar. Mire los motivos, corrija "
            "el archivo y súbalo de nuevo. No se cambió nada."
        )
    elif comparacion.cambia_algo:
        carga.estado = Estado.VISTA_PREVIA
    else:
        carga.estado, carga.mensaje = Estado.SIN_CAMBIOS, _por_que_no_cambia(carga)


def _por_que_no_cambia(carga):
    gemela = (
        carga.conjunto.cargas.filter(huella=carga.huella, estado=Estado.CONFIRMADA)
        .exclude(pk=carga.pk)
        .order_by("confirmada_en")
        .last()
    )
    if gemela is None:
        return "Todas las cifras del archivo ya estaban publicadas, iguales. No se cambió nada."
    dia = fecha_en_palabras(timezone.localdate(gemela.confirmada_en), LARGA)
    return (
        f"Este mismo archivo ya se publicó en la versión {gemela.version_id}, el {dia}. No se "
        "cambió nada."
    )


# ── Emparejar columnas ────────────────────────────────────────────────────────────────────────


@transaction.atomic
def emparejar(*, carga: Carga, mapa: Mapping[str, str], por: Usuario) -> Trabajo:
    """Qué es cada columna, según alguien: se recuerda para la próxima y se vuelve a leer."""
    carga.exigir_estado(Estado.SIN_RECONOCER)
    mapa = {titulo: que for titulo, que in mapa.items() if que}
    columnas.recordar(conjunto=carga.conjunto, mapa=mapa, por=por)
    carga.emparejamiento = mapa
    carga.save(update_fields=["emparejamiento"])
    anotar(por=por, verbo="emparejó columnas", objeto=carga, detalle={"columnas": mapa})
    return pedir_lectura(carga, por)


# ── Confirmar ─────────────────────────────────────────────────────────────────────────────────


def pedir_confirmacion(carga: Carga, por: Usuario | None, motivo: str = "") -> Trabajo:
    _exigir_motivo(motivo or carga.motivo, carga.resumen.get("cambiadas", 0))
    return encolar(
        "indicadores.confirmar_carga",
        por=por,
        titulo=f"Publicar «{carga.nombre_del_archivo}»",
        parametros={"carga_id": carga.pk, "motivo": motivo},
        clave_unica=f"confirmar-carga:{carga.pk}",
        ahora=carga.tamano <= EN_LA_MISMA_PETICION,
    )


def _exigir_motivo(motivo, cambiadas):
    if cambiadas and not motivo.strip():
        raise ValidationError(
            "Escriba por qué cambian las cifras ya publicadas: sale en la fe de erratas.",
            code="sin_motivo",
        )


def preparar(carga: Carga) -> Preparada:
    """Lo lento, fuera de la transacción. Lee el archivo otra vez: es el que manda."""
    carga.exigir_estado(Estado.VISTA_PREVIA)
    lectura = lectura_de(carga)
    return Preparada(lectura, comparar(lectura))


@carga_masiva.sin_buscar_basura()
def confirmar(
    *,
    carga: Carga,
    por: Usuario | None,
    motivo: str = "",
    preparada: Preparada | None = None,
) -> Carga:
    """Publica lo que el archivo trae de nuevo. Repetirla no publica dos veces.

    Si otra versión salió desde la vista previa y el resultado ya no es el que se vio, la carga
    vuelve a la vista previa y lo dice en su mensaje.
    """
    carga.refresh_from_db()
    if carga.estado == Estado.CONFIRMADA:
        return carga
    preparada = preparada or preparar(carga)
    with transaction.atomic():
        publicacion.tomar_turno()
        carga.refresh_from_db()
        if carga.estado == Estado.CONFIRMADA:
            return carga
        carga.exigir_estado(Estado.VISTA_PREVIA)
        comparacion = _al_dia(preparada)
        if carga.base != comparacion.base and _es_otro_resultado(carga, comparacion):
            _volver_a_mostrar(carga, comparacion)
            return carga
        motivo = motivo.strip() or carga.motivo
        _exigir_motivo(motivo, comparacion.n_cambiadas)
        _publicar(carga, comparacion, por, motivo)
    return carga


def _al_dia(preparada: Preparada) -> Comparacion:
    """La comparación que se hizo, si nadie ha publicado desde entonces."""
    ultima = Version.objects.ultima()
    if preparada.comparacion.base == (ultima and ultima.numero):
        return preparada.comparacion
    return comparar(preparada.lectura)


def _es_otro_resultado(carga, comparacion):
    """Tantas cifras como antes no basta: pueden ser otras."""
    ahora = resumen_de(carga, comparacion)
    return any(ahora[que] != carga.resumen.get(que) for que in (*comparacion.cuentas(), "muestra"))


def _volver_a_mostrar(carga, comparacion):
    _con_vista_previa(carga, comparacion)
    if carga.estado == Estado.VISTA_PREVIA:
        carga.mensaje = (
            f"Mientras usted revisaba se publicó la versión {comparacion.base} y el archivo se "
            "comparó de nuevo: ya no cambia lo mismo. Revise otra vez y confirme."
        )
    carga.save()


def _publicar(carga, comparacion, por, motivo):
    version = publicacion.abrir_version(
        conjunto=carga.conjunto,
        clase=Version.Clase.CARGA,
        fuente=carga.conjunto.cita,
        por=por,
        corte=carga.corte,
        motivo=motivo,
    )
    entrada.publicar(comparacion, version)
    carga.estado, carga.version, carga.motivo = Estado.CONFIRMADA, version, motivo
    carga.confirmada_por, carga.confirmada_en = por, timezone.now()
    carga.base, carga.mensaje = comparacion.base, ""
    carga.resumen |= comparacion.cuentas()
    carga.save()
    entrada.dejar_en_la_bandeja(comparacion, carga=carga, version=version, responsable=por)
    for que, cuantas in comparacion.cuentas().items():
        setattr(version, que, cuantas)
    version.save(update_fields=list(comparacion.cuentas()))
    recalcular(
        version,
        vigencias=set(comparacion.lectura.vigencias),
        leidos=numeros_que_quedan(comparacion),
    )
    cerrar_los_corregidos(version, por=por)
    anotar(
        por=por,
        verbo="publicó un archivo de indicadores",
        objeto=carga,
        detalle={
            "version": version.numero,
            "huella": carga.huella,
            **comparacion.cuentas(),
            "rechazadas": len(carga.rechazadas),
        },
    )


def descartar(*, carga: Carga, por: Usuario) -> None:
    """No se va a usar. El archivo se conserva. Si se está publicando, espera a que termine."""
    with transaction.atomic():
        publicacion.tomar_turno()
        carga.refresh_from_db()
        carga.exigir_estado(*SIN_CONFIRMAR, Estado.RECHAZADA)
        carga.estado = Estado.DESCARTADA
        carga.save(update_fields=["estado"])
        anotar(por=por, verbo="descartó un archivo de indicadores", objeto=carga)
