"""Lo que le pasa a un archivo de recursos, y a un corte: llega, se confirma, se deshace, sale."""

import hashlib
from contextlib import nullcontext
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from cuentas.bitacora import anotar
from cuentas.models import Usuario
from indicadores.consultas.balances import millones
from indicadores.consultas.carga_de_recursos import Comparacion, comparar
from indicadores.consultas.recursos import fecha_de
from indicadores.lectura.recursos import LecturaDeRecursos, leer_recursos
from indicadores.lectura.resultado import ArchivoIlegible
from indicadores.models import MEDIDAS, CargaDeRecursos, CorteDeRecursos, RecursoDeEntidad
from territorio.acciones import aprender_alias
from territorio.models import EntidadTerritorial
from territorio.resolucion.filas import Reconocedor
from trabajos.archivos import sin_dejar_huerfano

MEGA = 1024 * 1024
TAMANO_MAXIMO = 10 * MEGA
Estado = CargaDeRecursos.Estado


# ── Llegar ────────────────────────────────────────────────────────────────────────────────────


def recibir(
    *, corte: CorteDeRecursos, archivo: UploadedFile, por: Usuario, unidad: str = ""
) -> CargaDeRecursos:
    """Lo lee, lo guarda y deja ver qué cambiaría. Un archivo que no se entiende no se guarda."""
    if archivo.size > TAMANO_MAXIMO:
        raise ValidationError(
            f"El archivo pesa más de {TAMANO_MAXIMO // MEGA} MB. Deje solo la tabla y vuelva a "
            "subirlo.",
            code="archivo_muy_grande",
        )
    datos = archivo.read()
    lectura = _leer(datos, unidad)
    huella = hashlib.sha256(datos).hexdigest()
    carga = corte.cargas.filter(huella=huella, estado=Estado.VISTA_PREVIA).first()
    es_nueva = carga is None
    if es_nueva:
        carga = CargaDeRecursos(
            corte=corte,
            nombre_del_archivo=Path(archivo.name).name[-250:],
            tamano=len(datos),
            huella=huella,
            creado_por=por,
        )
        carga.archivo.save(archivo.name, ContentFile(datos), save=False)
    with transaction.atomic(), sin_dejar_huerfano(carga) if es_nueva else nullcontext():
        _entender(carga, lectura)
        anotar(
            por=por,
            verbo="subió un archivo de recursos",
            objeto=carga,
            detalle={"corte": corte.clave, "huella": huella, **_cuentas(carga)},
        )
    return carga


def _leer(datos, unidad) -> LecturaDeRecursos:
    try:
        return leer_recursos(datos, unidad=unidad)
    except ArchivoIlegible as error:
        raise ValidationError(str(error), code="archivo_ilegible") from error


def _entender(carga: CargaDeRecursos, lectura: LecturaDeRecursos) -> None:
    """De quién es cada fila. Lo repetido y lo imposible se rechazan; lo dudoso, a la bandeja."""
    reconocedor = Reconocedor(fecha_de(carga.corte))
    filas, bandeja, rechazadas, vistas = [], [], [], {}
    for fila in lectura.filas:
        quien = reconocedor.de_quien(fila.codigo_dane, fila.codigo_men, nombre=fila.nombre)
        if quien.motivo:
            rechazadas.append((fila.fila, quien.motivo))
        elif quien.entidad is None:
            bandeja.append(
                {"fila": fila.fila, "texto": fila.texto, "sugerencias": [*quien.sugerencias]}
            )
        elif quien.entidad.pk in vistas:
            rechazadas.append(
                (fila.fila, f"Repite a {quien.entidad}, de la fila {vistas[quien.entidad.pk]}.")
            )
        else:
            vistas[quien.entidad.pk] = fila.fila
            filas.append(
                {"fila": fila.fila, "entidad": quien.entidad.pk, "montos": _llano(fila.montos)}
            )
    rechazadas += [(rechazo.fila, rechazo.motivo) for rechazo in lectura.rechazadas]
    carga.sin_reconocer = bandeja
    carga.resumen = {
        "medidas": lectura.medidas,
        "unidad": lectura.unidad,
        "unidad_dicha": lectura.unidad_dicha,
        "filas": filas,
        "rechazadas": sorted(rechazadas),
        "sin_montos": lectura.sin_montos,
        "totales": _llano(lectura.totales),
        "suma": _llano(
            {m: sum(fila.montos[m] or 0 for fila in lectura.filas) for m in lectura.medidas}
        ),
        "avisos": lectura.avisos,
    }
    nada_cambia = filas and not bandeja and not comparar(carga).por_guardar
    carga.estado = Estado.SIN_CAMBIOS if nada_cambia else Estado.VISTA_PREVIA
    carga.save()


def _llano(montos):
    return {medida: None if valor is None else str(valor) for medida, valor in montos.items()}


def _cuentas(carga, comparacion: Comparacion | None = None):
    return {
        **(comparacion or comparar(carga)).cuenta,
        "rechazadas": len(carga.resumen["rechazadas"]),
        "sin_reconocer": len(carga.sin_reconocer),
    }


@transaction.atomic
def volver_a_leer(*, carga: CargaDeRecursos, unidad: str, por: Usuario) -> None:
    """El mismo archivo, en otra unidad."""
    carga.exigir_estado(Estado.VISTA_PREVIA)
    _releer(carga, unidad)
    anotar(
        por=por, verbo="dijo en qué unidad está un archivo", objeto=carga, detalle={"es": unidad}
    )


@transaction.atomic
def reconocer(
    *, carga: CargaDeRecursos, texto: str, entidad: EntidadTerritorial, por: Usuario
) -> None:
    """Desde ahora ese texto quiere decir esa entidad, en este archivo y en los que vengan."""
    carga.exigir_estado(Estado.VISTA_PREVIA)
    if texto not in {fila["texto"] for fila in carga.sin_reconocer}:
        raise ValidationError("Esa fila ya no está por reconocer.", code="ya_no_esta")
    aprender_alias(texto=texto, entidad=entidad, por=por)
    _releer(carga)
    anotar(
        por=por,
        verbo="dijo de quién es una fila de recursos",
        objeto=carga,
        detalle={"texto": texto, "entidad": entidad.codigo_dane},
    )


def _releer(carga, unidad=""):
    dicha = carga.resumen["unidad"] if carga.resumen["unidad_dicha"] else ""
    with carga.archivo.open("rb") as archivo:
        _entender(carga, _leer(archivo.read(), unidad or dicha))


# ── Confirmar y deshacer ──────────────────────────────────────────────────────────────────────


@transaction.atomic
def confirmar(*, carga: CargaDeRecursos, por: Usuario, vista: str = "") -> Comparacion:
    """Guarda lo nuevo y lo cambiado. `vista` es la huella de lo que la persona tenía delante."""
    _tomar(carga)
    carga.exigir_estado(Estado.VISTA_PREVIA)
    comparacion = comparar(carga)
    if vista and vista != comparacion.huella:
        raise ValidationError(
            "Mientras usted revisaba, cambió lo que hay en este corte. Mire otra vez y confirme.",
            code="cambio_mientras_tanto",
        )
    if not comparacion.por_guardar:
        raise ValidationError(
            "El archivo no trae nada que cambie el corte. No se guardó nada.", code="nada_cambia"
        )
    carga.anterior = _guardar(carga, comparacion)
    carga.estado, carga.confirmada_por = Estado.CONFIRMADA, por
    carga.confirmada_en = timezone.now()
    cuentas = _cuentas(carga, comparacion)
    carga.resumen["cuenta"] = cuentas
    carga.save()
    anotar(
        por=por,
        verbo="confirmó un archivo de recursos",
        objeto=carga,
        detalle={"corte": carga.corte.clave, "huella": carga.huella, **cuentas},
    )
    return comparacion


def _guardar(carga, comparacion):
    """Da lo que había, para poder volver."""
    hay = {recurso.entidad_id: recurso for recurso in carga.corte.recursos.all()}
    anterior, nuevos, cambiados = [], [], []
    for cambio in comparacion.por_guardar:
        recurso = hay.get(cambio.entidad.pk)
        anterior.append({"entidad": cambio.entidad.pk, "antes": recurso and _foto(recurso)})
        if recurso is None:
            recurso = RecursoDeEntidad(corte=carga.corte, entidad=cambio.entidad)
            nuevos.append(recurso)
        else:
            cambiados.append(recurso)
        for medida, valor in cambio.despues.items():
            setattr(recurso, medida, valor)
        recurso.carga, recurso.fila = carga, cambio.fila
    RecursoDeEntidad.objects.bulk_create(nuevos)
    RecursoDeEntidad.objects.bulk_update(cambiados, [*MEDIDAS, "carga", "fila"])
    return anterior


def _foto(recurso):
    montos = {medida: getattr(recurso, medida) for medida in MEDIDAS}
    return {**_llano(montos), "carga_id": recurso.carga_id, "fila": recurso.fila}


@transaction.atomic
def deshacer(*, carga: CargaDeRecursos, por: Usuario) -> None:
    """El corte queda como estaba. No, si después otro archivo cambió las mismas entidades."""
    _tomar(carga)
    carga.exigir_estado(Estado.CONFIRMADA)
    ahora = {recurso.entidad_id: recurso for recurso in carga.corte.recursos.all()}
    suyas = [ahora.get(uno["entidad"]) for uno in carga.anterior]
    if any(recurso is None or recurso.carga_id != carga.pk for recurso in suyas):
        raise ValidationError(
            "Después de este archivo, otro cambió las mismas entidades. Deshaga primero ese.",
            code="hay_otro_despues",
        )
    vuelven = []
    for recurso, uno in zip(suyas, carga.anterior, strict=True):
        if uno["antes"] is None:
            recurso.delete()
            continue
        for campo, valor in uno["antes"].items():
            setattr(recurso, campo, valor)
        vuelven.append(recurso)
    RecursoDeEntidad.objects.bulk_update(vuelven, [*MEDIDAS, "carga", "fila"])
    carga.estado = Estado.DESHECHA
    carga.save(update_fields=["estado"])
    anotar(
        por=por,
        verbo="deshizo un archivo de recursos",
        objeto=carga,
        detalle={"corte": carga.corte.clave, "entidades": len(suyas)},
    )


@transaction.atomic
def descartar(*, carga: CargaDeRecursos, por: Usuario) -> None:
    carga.exigir_estado(Estado.VISTA_PREVIA)
    carga.estado = Estado.DESCARTADA
    carga.save(update_fields=["estado"])
    anotar(por=por, verbo="descartó un archivo de recursos", objeto=carga)


def _tomar(carga):
    """De a uno por corte: el que espera ve lo que dejó el anterior."""
    CorteDeRecursos.objects.select_for_update().get(pk=carga.corte_id)
    carga.refresh_from_db()


# ── Los cortes ────────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def publicar_corte(*, corte: CorteDeRecursos, por: Usuario) -> None:
    corte.estado = CorteDeRecursos.Estado.PUBLICADO
    corte.clean()
    exigir_que_las_partes_sumen(corte)
    corte.save(update_fields=["estado"])
    anotar(por=por, verbo="publicó un corte de recursos", objeto=corte)


@transaction.atomic
def retirar_corte(*, corte: CorteDeRecursos, por: Usuario) -> None:
    """Vuelve a borrador: deja de verse y se puede corregir sin que su total deba cuadrar."""
    corte.estado = CorteDeRecursos.Estado.BORRADOR
    corte.save(update_fields=["estado"])
    anotar(por=por, verbo="retiró un corte de recursos", objeto=corte)


def exigir_que_las_partes_sumen(corte: CorteDeRecursos) -> None:
    """Un total publicado es la suma de sus partes. Con alguna en borrador, aún no se exige."""
    total = corte.parte_de or corte
    partes = list(total.partes.exclude(pk=corte.pk)) if total.pk else []
    if corte is not total:
        partes.append(corte)
    publicado = CorteDeRecursos.Estado.PUBLICADO
    if not partes or any(uno.estado != publicado for uno in (total, *partes)):
        return
    asignados = [parte.asignado for parte in partes]
    if None in (total.asignado, *asignados) or sum(asignados) == total.asignado:
        return
    raise ValidationError(
        f"Las partes publicadas suman {millones(sum(asignados))} y «{total}» dice "
        f"{millones(total.asignado)}. Corrija una cifra, o vuelva una parte a borrador mientras "
        "las arregla.",
        code="partes_no_suman",
    )
