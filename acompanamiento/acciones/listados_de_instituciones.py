"""Un directorio de instituciones: llega, se lee aparte, se revisa y alguien lo confirma."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from acompanamiento.acciones.listados import (
    MEGA,
    SIN_CERRAR,
    Estado,
    aprender,
    con_su_archivo,
    guardar_el_archivo,
    soltar_el_archivo,
    tomar,
)
from acompanamiento.consultas.listados_de_instituciones import (
    ComparacionDeInstituciones,
    comparar,
)
from acompanamiento.lectura.encabezado import ListadoIlegible
from acompanamiento.lectura.instituciones import leer_instituciones
from acompanamiento.models import ListadoDeInstituciones
from cuentas.bitacora import anotar
from cuentas.models import Usuario
from territorio.models import EntidadTerritorial, Institucion
from trabajos.acciones import encolar
from trabajos.archivos import sin_dejar_huerfano
from trabajos.models import Trabajo

TAMANO_MAXIMO = 30 * MEGA
EN_LA_MISMA_PETICION = 256 * 1024  # hasta aquí se lee mientras la persona espera
RECHAZADAS_QUE_QUEDAN = 2_000
DE_MUESTRA = 50
POR_TANDA = 2_000
SE_ESCRIBEN = [
    "nombre",
    "nombre_norm",
    "entidad",
    "municipio",
    "sector",
    "zona",
    "estado",
    "fuente",
]


def recibir_listado_de_instituciones(
    *, archivo, fuente: str, corte: date | None, por: Usuario
) -> ListadoDeInstituciones:
    """Lo guarda y pide leerlo. Si el mismo ya espera a que alguien lo confirme, da ese."""
    listado = con_su_archivo(
        ListadoDeInstituciones(fuente=fuente, corte=corte, creado_por=por),
        archivo,
        maximo=TAMANO_MAXIMO,
    )
    esperando = ListadoDeInstituciones.objects.filter(
        huella=listado.huella,
        fuente=fuente,
        corte=corte,
        estado__in=SIN_CERRAR,
    ).first()
    if esperando is not None:
        return esperando
    guardar_el_archivo(listado, archivo)
    with transaction.atomic(), sin_dejar_huerfano(listado):
        listado.save()
        anotar(
            por=por,
            verbo="subió un directorio de instituciones",
            objeto=listado,
            detalle={"huella": listado.huella, "bytes": listado.tamano},
        )
        pedir_lectura(listado, por)
    return listado


def pedir_lectura(listado: ListadoDeInstituciones, por: Usuario) -> Trabajo:
    return _encolar("leer", "Leer", listado, por)


def pedir_confirmacion(listado: ListadoDeInstituciones, por: Usuario) -> Trabajo:
    listado.exigir_por_confirmar()
    return _encolar("confirmar", "Guardar", listado, por)


def _encolar(que, en_palabras, listado, por):
    return encolar(
        f"acompanamiento.{que}_instituciones",
        por=por,
        titulo=f"{en_palabras} «{listado.nombre_del_archivo}»",
        parametros={"listado_id": listado.pk},
        clave_unica=f"{que}-instituciones:{listado.pk}",
        ahora=listado.tamano <= EN_LA_MISMA_PETICION,
    )


# ── Leer ──────────────────────────────────────────────────────────────────────────────────────


def comparacion_de(listado, tarea=None) -> ComparacionDeInstituciones:
    """Del archivo guardado, que es el que manda, frente a lo que hay ahora."""
    with listado.archivo.open("rb") as archivo:
        lectura = leer_instituciones(archivo.read())
    listado.resumen["sobran"] = lectura.sobran
    if tarea is None:
        return comparar(lectura, listado)
    return comparar(
        lectura, listado, lambda n, total: tarea.avanzar(n, total, "Comparando con lo que hay")
    )


def leer(listado: ListadoDeInstituciones, tarea) -> None:
    """Deja la vista previa, o dice por qué no se puede. No guarda ninguna institución."""
    if listado.estado not in SIN_CERRAR:
        return
    tarea.avanzar(0, paso="Leyendo el archivo")
    try:
        comparacion = comparacion_de(listado, tarea)
    except ListadoIlegible as error:
        listado.estado, listado.mensaje = Estado.RECHAZADO, str(error)
    else:
        _con_vista_previa(listado, comparacion)
    with tarea.cierre() as cierre:
        ahora = ListadoDeInstituciones.objects.select_for_update().get(pk=listado.pk)
        if ahora.estado not in SIN_CERRAR:
            cierre.mensaje = "Alguien lo descartó mientras se leía."
            return
        if listado.estado != Estado.VISTA_PREVIA:
            soltar_el_archivo(listado)
        listado.save()
        cierre.mensaje = listado.mensaje


def _con_vista_previa(listado, comparacion):
    listado.resumen |= {"cuenta": comparacion.cuenta}
    listado.filas = [
        *({"que": "bandeja", "texto": t, **una} for t, una in comparacion.bandeja.items()),
        *({"que": "rechazada", **una} for una in comparacion.rechazadas[:RECHAZADAS_QUE_QUEDAN]),
        *(
            {
                "que": "cambia",
                "fila": uno.fila,
                "texto": uno.institucion.nombre,
                "campos": list(uno.campos),
            }
            for uno in comparacion.cambiadas[:DE_MUESTRA]
        ),
    ]
    listado.estado, listado.mensaje = Estado.VISTA_PREVIA, ""
    if comparacion.cambia_algo or comparacion.bandeja:
        return
    if comparacion.iguales:
        listado.estado = Estado.SIN_CAMBIOS
        listado.mensaje = "Todas las instituciones del archivo ya estaban, iguales."
    else:
        listado.estado = Estado.RECHAZADO
        listado.mensaje = (
            "Ninguna fila se pudo usar. Mire los motivos, corrija el archivo y súbalo otra vez."
        )


@transaction.atomic
def reconocer_en_listado_de_instituciones(
    *, listado: ListadoDeInstituciones, texto: str, entidad: EntidadTerritorial, por: Usuario
) -> None:
    """Aprende el nombre y pide leer otra vez."""
    tomar(listado)
    aprender(listado=listado, texto=texto, entidad=entidad, por=por)
    listado.save()
    pedir_lectura(listado, por)


# ── Confirmar ─────────────────────────────────────────────────────────────────────────────────


def confirmar(
    listado: ListadoDeInstituciones, comparacion: ComparacionDeInstituciones, por: Usuario
) -> None:
    """Lo nuevo y lo cambiado, de una vez. Va dentro del cierre de la tarea."""
    tomar(listado)
    listado.exigir_por_confirmar()
    Institucion.objects.bulk_create(
        [*comparacion.nuevas, *(uno.institucion for uno in comparacion.cambiadas)],
        batch_size=POR_TANDA,
        update_conflicts=True,
        unique_fields=["codigo_dane"],
        update_fields=SE_ESCRIBEN,
    )
    listado.resumen |= {"cuenta": comparacion.cuenta}
    listado.estado, listado.mensaje = Estado.CONFIRMADO, ""
    listado.confirmado_por, listado.confirmado_en = por, timezone.now()
    soltar_el_archivo(listado)
    listado.save()
    anotar(
        por=por,
        verbo="confirmó un directorio de instituciones",
        objeto=listado,
        detalle={"huella": listado.huella, **comparacion.cuenta},
    )


def exigir_que_cambie(comparacion: ComparacionDeInstituciones) -> None:
    if not comparacion.cambia_algo:
        raise ValidationError(
            "El directorio no trae nada que cambie las instituciones. No se guardó nada.",
            code="nada_cambia",
        )
