"""De los bytes de un archivo a lo que se ve antes de confirmarlo."""

from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from conectate.acciones import prevision
from conectate.acciones.comparacion import reunion_del_archivo
from conectate.acciones.recalculo import Saber
from conectate.acciones.union import Archivo, unir
from conectate.acciones.vista_previa import registros_de, resumen_de
from conectate.lectura import ArchivoNoLegible, FormatoNoReconocido, Lectura, leer
from conectate.lectura.memoria import recolector_en_pausa
from conectate.models import CuentaPrevista, Emparejamiento, Importacion, Registros, Sesion
from conectate.plantilla import EMPAREJAMIENTO
from cuentas.bitacora import anotar
from cuentas.models import Usuario
from trabajos.acciones import encolar
from trabajos.models import Trabajo

Estado = Importacion.Estado
CON_REGISTROS = [Estado.VISTA_PREVIA, Estado.CONFIRMADA, Estado.REEMPLAZADA]
EN_LA_MISMA_PETICION = 512 * 1024  # hasta aquí se lee mientras la persona espera
SON_INSCRIPCIONES = (
    "Este archivo es la lista de inscripciones, no la de asistencia: dice quién se inscribió, no "
    "quién estuvo. Descargue el informe de asistentes y súbalo. No se contó a nadie."
)


@dataclass
class Leido:
    """Lo que dio leer los bytes: una lectura, unas columnas por emparejar o un motivo."""

    estado: str
    lectura: Lectura | None = None
    motivo: str = ""
    columnas: dict = field(default_factory=dict)
    huella_cabecera: str = ""
    emparejamiento: dict = field(default_factory=dict)


def interpretar(
    datos: bytes, *, nombre: str, fecha: date, emparejamiento: dict | None = None
) -> Leido:
    """Lee sin guardar nada. Lo que alguien ya emparejó una vez no se vuelve a preguntar."""
    try:
        lectura = leer(datos, nombre=nombre, fecha=fecha, emparejamiento=emparejamiento)
    except FormatoNoReconocido as error:
        return _con_lo_que_se_sabe(error, datos, nombre, fecha, emparejamiento)
    except ArchivoNoLegible as error:
        return Leido(Estado.RECHAZADA, motivo=error.mensaje)
    if lectura.padron and not lectura.identidades:
        return Leido(Estado.RECHAZADA, motivo=SON_INSCRIPCIONES)
    return Leido(Estado.VISTA_PREVIA, lectura, emparejamiento=emparejamiento or {})


def _con_lo_que_se_sabe(error, datos, nombre, fecha, emparejamiento):
    """La plantilla del portal, o unas columnas que alguien ya emparejó; si no, se pregunta."""
    columnas = {
        "nombres": error.columnas,
        "muestra": error.muestra,
        "sugerencia": error.sugerencia,
    }
    if not emparejamiento:
        conocido = Emparejamiento.objects.filter(huella_cabecera=error.huella).first()
        for posible in (EMPAREJAMIENTO, conocido and conocido.emparejamiento):
            leido = posible and interpretar(
                datos, nombre=nombre, fecha=fecha, emparejamiento=posible
            )
            if leido and leido.estado != Estado.SIN_RECONOCER:
                es_la_plantilla = posible is EMPAREJAMIENTO
                leido.columnas = {} if es_la_plantilla else columnas
                leido.huella_cabecera = "" if es_la_plantilla else error.huella
                return leido
    return Leido(
        Estado.SIN_RECONOCER,
        motivo=error.mensaje,
        columnas=columnas,
        huella_cabecera=error.huella,
    )


def pedir_lectura(importacion: Importacion, por: Usuario | None) -> Trabajo:
    return encolar(
        "conectate.leer_importacion",
        por=por,
        titulo=f"Leer «{importacion.nombre_del_archivo}»",
        parametros={"importacion_id": importacion.pk},
        clave_unica=clave_de("leer", importacion),
        ahora=importacion.tamano <= EN_LA_MISMA_PETICION,
    )


def clave_de(paso: str, importacion: Importacion) -> str:
    """Con la que se reconoce el trabajo de cada paso: pulsar dos veces no lo hace dos veces."""
    return f"{paso}-importacion:{importacion.pk}"


def leer_importacion(importacion: Importacion, tarea) -> None:
    """Lo lento va fuera de la transacción; lo que se concluye se guarda con el cierre."""
    if importacion.estado not in (Estado.RECIBIDA, Estado.SIN_RECONOCER):
        return
    tarea.avanzar(0, total=3, paso="Leyendo el archivo")
    leido = _interpretar_el_guardado(importacion)
    tarea.avanzar(1, paso="Buscando la entidad de cada persona")
    preparado = preparar(importacion, leido)
    with tarea.cierre() as cierre:
        guardar_lectura(importacion, leido, preparado)
        cierre.resultado = {"importacion": importacion.pk, "estado": importacion.estado}


def _interpretar_el_guardado(importacion):
    with importacion.archivo.open("rb") as archivo:
        datos = archivo.read()
    return interpretar(
        datos,
        nombre=importacion.nombre_del_archivo,
        fecha=importacion.sesion.fecha,
        emparejamiento=importacion.emparejamiento or None,
    )


@dataclass
class Preparado:
    """Lo calculado de una lectura, listo para guardarse."""

    paquete: bytes
    resumen: dict
    reunion: str
    prevista: CuentaPrevista | None


@recolector_en_pausa()
def preparar(importacion: Importacion, leido: Leido) -> Preparado | None:
    if leido.lectura is None:
        return None
    sesion, lectura = importacion.sesion, leido.lectura
    huella = prevision.huella_de_lo_sabido(sesion)  # antes de mirar: lo de después se nota
    archivo = Archivo("", registros_de(lectura.identidades, sesion))
    personas = unir([archivo], {})
    identificador = Saber().identificador(sesion)
    veredictos = identificador.veredictos(personas)
    prevista = None
    if not identificador.mira_otras_sesiones:
        prevista = prevision.prever(sesion, huella, archivo, personas, veredictos)
    reunion = lectura.reunion
    return Preparado(
        Registros.empacar(archivo.registros),
        resumen_de(sesion, lectura, personas, veredictos),
        reunion_del_archivo(reunion.identificador, reunion.titulo, reunion.inicio),
        prevista,
    )


@transaction.atomic
def guardar_lectura(importacion: Importacion, leido: Leido, preparado: Preparado | None) -> None:
    importacion.estado = leido.estado
    importacion.motivo = leido.motivo
    importacion.columnas = leido.columnas or importacion.columnas
    importacion.huella_cabecera = leido.huella_cabecera or importacion.huella_cabecera
    if preparado:
        importacion.emparejamiento = leido.emparejamiento
        importacion.formato = leido.lectura.formato
        importacion.codificacion = leido.lectura.codificacion
        importacion.reunion = preparado.reunion
        importacion.resumen = preparado.resumen
        importacion.avisos = _avisos_de(leido.lectura)
        Registros.objects.update_or_create(
            importacion=importacion, defaults={"paquete": preparado.paquete}
        )
        prevision.guardar(importacion, preparado.prevista)
        _recordar_emparejamiento(importacion)
    importacion.save()


def _recordar_emparejamiento(importacion):
    if importacion.emparejamiento and importacion.huella_cabecera:
        Emparejamiento.objects.update_or_create(
            huella_cabecera=importacion.huella_cabecera,
            defaults={
                "columnas": importacion.columnas["nombres"],
                "emparejamiento": importacion.emparejamiento,
                "creado_por": importacion.creado_por,
            },
        )


# ── Otra vez ──────────────────────────────────────────────────────────────────────────────────


def releer_archivos(sesion: Sesion) -> None:
    """Sus horas se guardan contadas desde el día de la sesión: si cambia, se leen de nuevo.

    Cambia también lo que decía ese día: si 05/03 es marzo o mayo, y de cuándo es una hora suelta.
    """
    for importacion in sesion.importaciones.filter(estado__in=CON_REGISTROS):
        _releer(importacion)


def _releer(importacion):
    try:
        leido = _interpretar_el_guardado(importacion)
    except FileNotFoundError:
        leido = None
    if leido is None or leido.lectura is None:
        raise ValidationError(
            f"No se pudo leer otra vez «{importacion.nombre_del_archivo}», y sin eso sus horas "
            "quedarían en otro día. Deshaga su importación y después cambie la fecha.",
            code="archivo_que_no_se_relee",
        )
    preparado = preparar(importacion, leido)
    Registros.objects.filter(importacion=importacion).update(paquete=preparado.paquete)
    prevision.guardar(importacion, preparado.prevista)
    importacion.resumen |= preparado.resumen
    importacion.avisos = _avisos_de(leido.lectura)
    importacion.save(update_fields=["resumen", "avisos"])
    if preparado.reunion:  # también la llevan los archivos que se le unieron
        mismas = importacion.sesion.importaciones.filter(reunion=importacion.reunion)
        mismas.update(reunion=preparado.reunion)


def _avisos_de(lectura):
    return [{"codigo": aviso.codigo, "mensaje": aviso.mensaje} for aviso in lectura.avisos]


def emparejar(*, importacion: Importacion, emparejamiento: dict, por: Usuario) -> Trabajo:
    """Alguien dijo qué trae cada columna: se lee otra vez con eso, y se recuerda."""
    importacion.exigir_estado(Estado.SIN_RECONOCER, Estado.VISTA_PREVIA)
    with transaction.atomic():
        importacion.emparejamiento = emparejamiento
        importacion.estado = Estado.SIN_RECONOCER
        importacion.save(update_fields=["emparejamiento", "estado"])
        anotar(
            por=por,
            verbo="emparejó las columnas de un archivo",
            objeto=importacion,
            detalle={"columnas": emparejamiento},
        )
        return pedir_lectura(importacion, por)
