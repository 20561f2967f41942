"""Traer un conjunto del servicio de datos abiertos, y seguir donde quedó si algo se corta.

Cada página va a un archivo y se anota en la carga; lo que no quedó anotado se vuelve a pedir. Así
un trabajador muerto a la mitad ni empieza de cero ni repite filas.
"""

import csv
import hashlib
import io
import tempfile
import uuid
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.timezone import localdate

from cuentas.bitacora import anotar
from cuentas.models import Usuario
from indicadores.acciones import cargas
from indicadores.avisos import correo_de_lo_que_espera
from indicadores.lectura.socrata import (
    POR_PAGINA,
    Censo,
    DireccionNoPermitida,
    RespuestaInservible,
    Servicio,
    ServicioNoResponde,
)
from indicadores.models import Carga, FuenteProgramada
from trabajos.acciones import encolar
from trabajos.models import Trabajo
from trabajos.registro import ReclamoPerdido, TrabajoRechazado
from trabajos.tarea import Tarea

Estado, Frecuencia = Carga.Estado, FuenteProgramada.Frecuencia
CADA = {Frecuencia.SEMANAL: timedelta(days=7), Frecuencia.MENSUAL: timedelta(days=30)}
ESPERAS = [timedelta(minutes=10), timedelta(hours=1), timedelta(hours=4)]
QUE_ESPERAN = [Estado.VISTA_PREVIA, Estado.SIN_RECONOCER]
VUELTAS = 2
FILAS_MAXIMAS = 200_000  # el municipal trae unas 15.000


class CambioMientrasTanto(Exception):
    """El publicador lo cambió entre dos páginas: lo bajado y lo que falta no casan."""


@transaction.atomic
def pedir_fuente(*, fuente: FuenteProgramada, por: Usuario | None, avisar: bool = False) -> Carga:
    """La carga en que va a quedar. Si ya se está trayendo, o se dejó a medias, es la misma.

    `avisar`: nadie lo está mirando; si trae cambios, se le escribe a quien la programó.
    """
    list(FuenteProgramada.objects.select_for_update().filter(pk=fuente.pk))
    carga = _en_camino(fuente) or _empezar(fuente, por)
    encolar(
        "indicadores.traer_fuente",
        por=por,
        parametros={"fuente_id": fuente.pk, "avisar": avisar},
        titulo=f"Traer del servicio: {fuente.conjunto}",
        clave_unica=clave_de(fuente),
    )
    anotar(por=por, verbo="pidió traer datos abiertos", objeto=fuente)
    return carga


def clave_de(fuente: FuenteProgramada) -> str:
    return f"fuente-de-indicadores:{fuente.pk}"


def pedir_las_que_tocan(ahora: datetime | None = None) -> list[Carga]:
    """Repetirlo el mismo día no pide nada dos veces: ni lo que va en camino, ni lo ya traído."""
    ahora = ahora or timezone.now()
    return [
        pedir_fuente(fuente=fuente, por=fuente.creado_por, avisar=True)
        for fuente in FuenteProgramada.objects.filter(activa=True).select_related("conjunto")
        if toca(fuente, ahora) and not _pedida_hoy(fuente, ahora)
    ]


def toca(fuente: FuenteProgramada, ahora: datetime) -> bool:
    cada = CADA.get(fuente.frecuencia)
    if not fuente.activa or cada is None:
        return False
    # Por días y no por horas: si ayer tardó, hoy no se corre otro día.
    return fuente.traida_en is None or localdate(ahora) - localdate(fuente.traida_en) >= cada


def _pedida_hoy(fuente, ahora):
    """También la que falló: insistir en el mismo día es cosa de una persona."""
    ultimo = Trabajo.objects.filter(clave_unica=clave_de(fuente)).order_by("-pedido_en").first()
    return ultimo is not None and (
        not ultimo.esta_cerrado or localdate(ultimo.pedido_en) == localdate(ahora)
    )


def traer(fuente: FuenteProgramada, tarea: Tarea, *, avisar: bool = False) -> None:
    """Baja lo que falte y lo deja leído, esperando a que alguien lo confirme."""
    carga = _en_camino(fuente)
    if carga is None:
        raise TrabajoRechazado("La carga se descartó antes de traerla. Pídala otra vez.")
    if carga.estado == Estado.DESCARGANDO:
        try:
            _bajar(carga, fuente, tarea)
        except ServicioNoResponde as error:
            return _dejar_para_luego(carga, tarea, error)
        except (RespuestaInservible, DireccionNoPermitida) as error:
            _cerrar(carga, Estado.RECHAZADA, str(error))
            raise TrabajoRechazado(str(error)) from None
    _borrar_partes(carga)
    if anterior := _que_espera_igual(carga):
        return _no_molestar(carga, anterior, tarea)
    _retirar_las_anteriores(carga)
    cargas.leer(carga, tarea)
    quien = fuente.creado_por
    if avisar and quien and quien.is_active and carga.estado in QUE_ESPERAN:
        correo_de_lo_que_espera(carga, para=quien.email).send()


def _en_camino(fuente):
    """Lo que se dejó a medias, si la fuente sigue siendo la misma."""
    carga = fuente.cargas.filter(estado__in=[Estado.DESCARGANDO, Estado.RECIBIDA]).first()
    if carga and (carga.url, carga.conjunto_id) != (fuente.url, fuente.conjunto_id):
        _cerrar(carga, Estado.DESCARTADA, "La fuente cambió antes de terminar de traerla.")
        return None
    return carga


def _empezar(fuente, por):
    return Carga.objects.create(
        conjunto=fuente.conjunto,
        origen=Carga.Origen.SERVICIO,
        fuente_programada=fuente,
        url=fuente.url,
        nombre_del_archivo=f"{fuente.conjunto.clave}-{localdate():%Y-%m-%d}.csv",
        estado=Estado.DESCARGANDO,
        creado_por=por,
    )


# ── Bajar ─────────────────────────────────────────────────────────────────────────────────────


def _bajar(carga, fuente, tarea):
    servicio = Servicio(fuente.url, fuente.formato, servidores=settings.DATOS_ABIERTOS_SERVIDORES)
    for _ in range(VUELTAS):
        censo = servicio.censo()
        _exigir_que_quepa(censo)
        descarga = carga.resumen.get("descarga")
        if descarga is None or _censo_de(descarga) != censo:
            descarga = _desde_cero(carga, censo)
        try:
            _bajar_lo_que_falta(carga, descarga, servicio, tarea)
            # Si cambió mientras se bajaba, dos páginas pueden traer la misma fila y otra ninguna.
            if servicio.censo() != censo:
                raise CambioMientrasTanto
        except CambioMientrasTanto:
            _desde_cero(carga, censo)
            continue
        return _reunir(carga, fuente, servicio, censo)
    raise ServicioNoResponde(
        "El servicio entrega un número de filas distinto del que anuncia: puede estar publicando "
        "en este momento."
    )


def _exigir_que_quepa(censo):
    if not censo.filas:
        raise RespuestaInservible("El conjunto está vacío. No se cambió nada.")
    if censo.filas > FILAS_MAXIMAS:
        raise RespuestaInservible(
            f"El conjunto tiene {censo.filas} filas y el portal trae a lo sumo "
            f"{FILAS_MAXIMAS}. Revise que sea el conjunto correcto."
        )


def _censo_de(descarga):
    return Censo(descarga["total"], descarga["modificado"])


def _desde_cero(carga, censo):
    _borrar_partes(carga)
    descarga = {
        "total": censo.filas,
        "modificado": censo.modificado,
        "filas": 0,
        "bytes": 0,
        "partes": [],
        "tropiezos": 0,
    }
    _guardar_descarga(carga, descarga)
    return descarga


def _bajar_lo_que_falta(carga, descarga, servicio, tarea):
    while descarga["filas"] < descarga["total"]:
        tarea.avanzar(
            descarga["filas"], descarga["total"], "Trayendo filas del servicio de datos abiertos"
        )
        pagina = servicio.pagina(descarga["filas"], POR_PAGINA)
        if not pagina.filas or descarga["filas"] + len(pagina.filas) > descarga["total"]:
            raise CambioMientrasTanto
        _anotar_pagina(carga, descarga, pagina)
    tarea.avanzar(descarga["total"], descarga["total"], "Leyendo lo que llegó")


def _anotar_pagina(carga, descarga, pagina):
    """Primero el archivo y después la nota: si muere entre los dos, el archivo sobra y se pide."""
    contenido = _en_csv(pagina)
    if descarga["bytes"] + len(contenido) > cargas.TAMANO_MAXIMO:
        raise RespuestaInservible(
            "El conjunto pesa más de lo que el portal trae. Revise que sea el correcto."
        )
    nombre = default_storage.save(
        f"{_carpeta(carga)}/{uuid.uuid4().hex}.csv", ContentFile(contenido)
    )
    desde = descarga["filas"]
    descarga["filas"] += len(pagina.filas)
    descarga["bytes"] += len(contenido)
    descarga["partes"].append(nombre)
    descarga["tropiezos"] = 0
    _guardar_descarga(carga, descarga, desde=desde)


@transaction.atomic
def _guardar_descarga(carga, descarga, desde=None):
    """Por `update`: cada página no es un hecho para la bitácora."""
    suya = Carga.objects.select_for_update().get(pk=carga.pk)
    if suya.estado != Estado.DESCARGANDO or (
        desde is not None and suya.resumen["descarga"]["filas"] != desde
    ):
        raise ReclamoPerdido  # la siguió otro trabajador, o la fuente ya es otra
    carga.resumen = {"descarga": descarga}
    Carga.objects.filter(pk=carga.pk).update(resumen=carga.resumen)


def _en_csv(pagina):
    salida = io.StringIO(newline="")
    csv.writer(salida).writerows([pagina.encabezado, *pagina.filas])
    return salida.getvalue().encode()


# ── Reunir ────────────────────────────────────────────────────────────────────────────────────


def _reunir(carga, fuente, servicio, censo):
    with tempfile.TemporaryDirectory(dir=settings.FILE_UPLOAD_TEMP_DIR) as carpeta:
        ruta = Path(carpeta) / "reunido.csv"
        _escribir_reunido(ruta, carga.resumen["descarga"]["partes"])
        carga.huella = hashlib.sha256(ruta.read_bytes()).hexdigest()
        carga.tamano = ruta.stat().st_size
        carga.nombre_del_archivo = f"{servicio.identificador}-{localdate():%Y-%m-%d}.csv"
        carga.corte = censo.dia
        carga.estado = Estado.RECIBIDA
        with open(ruta, "rb") as archivo, transaction.atomic():
            carga.archivo.save(carga.nombre_del_archivo, File(archivo), save=False)
            carga.resumen = {}
            carga.save()
            FuenteProgramada.objects.filter(pk=fuente.pk).update(traida_en=timezone.now())


def _escribir_reunido(ruta, partes):
    """Una página en JSON puede no traer una columna que en todas sus filas está vacía."""
    columnas = dict.fromkeys(campo for parte in partes for campo in next(_filas_de(parte)))
    with open(ruta, "w", encoding="utf-8", newline="") as salida:
        tabla = csv.DictWriter(salida, list(columnas), restval="")
        tabla.writeheader()
        for parte in partes:
            encabezado, *filas = _filas_de(parte)
            tabla.writerows(dict(zip(encabezado, fila, strict=True)) for fila in filas)


def _filas_de(parte):
    with default_storage.open(parte) as archivo:
        yield from csv.reader(io.TextIOWrapper(archivo, encoding="utf-8", newline=""))


def _carpeta(carga):
    return f"indicadores/parciales/{carga.pk}"


def _borrar_partes(carga):
    if default_storage.exists(_carpeta(carga)):
        for nombre in default_storage.listdir(_carpeta(carga))[1]:
            default_storage.delete(f"{_carpeta(carga)}/{nombre}")
        default_storage.delete(_carpeta(carga))


# ── Cuando no sale bien, o no hace falta ──────────────────────────────────────────────────────


def _dejar_para_luego(carga, tarea, error):
    """Vuelve solo, cada vez más tarde; a la cuarta lo deja en manos de una persona."""
    descarga = carga.resumen.get("descarga") or _desde_cero(carga, Censo(0))
    guardadas = f"Las {descarga['filas']} filas que ya llegaron quedaron guardadas"
    tropiezos = descarga["tropiezos"]
    if tropiezos >= len(ESPERAS):
        descarga["tropiezos"] = 0
        _guardar_descarga(carga, descarga)
        raise TrabajoRechazado(f"{error} {guardadas}: pulse «Traer ahora» cuando vuelva.")
    descarga["tropiezos"] += 1
    _guardar_descarga(carga, descarga)
    hasta = timezone.now() + max(ESPERAS[tropiezos], timedelta(seconds=error.espera))
    tarea.aplazar(
        hasta=hasta,
        mensaje=f"{error} {guardadas}. Se seguirá a las {timezone.localtime(hasta):%H:%M}.",
    )


def _cerrar(carga, estado, mensaje):
    _borrar_partes(carga)
    carga.estado, carga.mensaje, carga.resumen = estado, mensaje, {}
    carga.save(update_fields=["estado", "mensaje", "resumen"])


def _las_que_esperan(carga):
    return Carga.objects.filter(
        fuente_programada=carga.fuente_programada_id,
        estado__in=QUE_ESPERAN,
    )


def _que_espera_igual(carga):
    return _las_que_esperan(carga).filter(huella=carga.huella).first()


def _no_molestar(carga, anterior, tarea):
    mensaje = f"Es lo mismo que se trajo el {localdate(anterior.creado_en):%d/%m/%Y} y aún espera."
    with tarea.cierre() as cierre:
        carga.estado, carga.mensaje = Estado.DESCARTADA, mensaje
        carga.save(update_fields=["estado", "mensaje"])
        cierre.mensaje = mensaje
        cierre.resultado = {"carga": anterior.pk}


def _retirar_las_anteriores(carga):
    """Lo que esperaba ya no es lo último: dejar las dos confundiría a quien confirma."""
    for anterior in _las_que_esperan(carga):
        anterior.estado = Estado.DESCARTADA
        anterior.mensaje = "Llegó una descarga más nueva antes de que alguien confirmara esta."
        anterior.save(update_fields=["estado", "mensaje"])
