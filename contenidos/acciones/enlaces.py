"""Comprobar cada mes que los enlaces de la biblioteca siguen llevando a algo.

Se prueban pocos a la vez, y lo que responde cada uno se anota en seguida: si el trabajador muere,
el que sigue prueba solo los que faltan. Una falla no basta: se prueba otro día antes de creerla.
"""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.timezone import localdate

from contenidos.consultas.enlaces import enlaces_por_probar
from contenidos.lectura.enlaces import Respuesta, probar
from contenidos.models import Contenido, RevisionDeEnlace
from cuentas.bitacora import anotar
from cuentas.models import Usuario
from trabajos.acciones import encolar
from trabajos.models import Trabajo
from trabajos.registro import TrabajoRechazado
from trabajos.tarea import Tarea

A_LA_VEZ = 4
POR_LOTE = 20
TRABAJO = "contenidos.revisar_enlaces"


def pedir_revision_del_mes(*, solo_los_que_fallaron: bool = False) -> Trabajo:
    """Una vez al mes por más que se pida. Unos días después, otra a los que fallaron."""
    cual = "fallidos" if solo_los_que_fallaron else "todos"
    return encolar(
        TRABAJO,
        por=None,
        parametros={"cuales": cual},
        clave_unica=f"enlaces-de-la-biblioteca:{localdate():%Y-%m}:{cual}",
        una_sola_vez=True,
    )


@transaction.atomic
def pedir_revision(*, por: Usuario, contenido: Contenido | None = None) -> Trabajo:
    """Ahora, porque alguien lo pide: la de un contenido, o la de los que fallaron."""
    parametros = {"contenido_id": contenido.pk} if contenido else {"cuales": "fallidos"}
    trabajo = encolar(
        TRABAJO,
        por=por,
        parametros=parametros,
        titulo=f"Probar el enlace de «{contenido}»" if contenido else "Probar los enlaces rotos",
        clave_unica=f"enlaces-de-la-biblioteca:{contenido.pk if contenido else 'rotos'}",
    )
    anotar(por=por, verbo="pidió probar los enlaces", objeto=contenido)
    return trabajo


def revisar_enlaces(tarea: Tarea, *, cuales: str = "todos", contenido_id: int | None = None):
    """Los que falten desde que se pidió: repetirlo sigue donde quedó."""
    pendientes = enlaces_por_probar(
        antes_de=tarea.trabajo.pedido_en, cuales=cuales, contenido_id=contenido_id
    )
    probados, alguno_contesto = _probar_todos(pendientes, tarea)
    if probados > 1 and not alguno_contesto:
        raise TrabajoRechazado(
            "Ningún sitio contestó: parece que el portal no tiene salida a internet. No se anotó "
            "nada; pídale a quien opera el portal que lo revise."
        )
    with tarea.cierre() as cierre:
        cierre.resultado = {"probados": probados}
        cierre.mensaje = f"Enlaces probados: {probados}."


def _probar_todos(pendientes: QuerySet[Contenido], tarea):
    por_probar = list(pendientes.values_list("pk", "enlace"))
    sin_anotar, alguno_contesto = [], False
    with ThreadPoolExecutor(A_LA_VEZ) as hilos:
        for desde in range(0, len(por_probar), POR_LOTE):
            tarea.avanzar(desde, total=len(por_probar), paso="Llamando a cada sitio")
            lote = por_probar[desde : desde + POR_LOTE]
            respuestas = list(hilos.map(probar, [enlace for _, enlace in lote]))
            sin_anotar += [
                (*uno, respuesta) for uno, respuesta in zip(lote, respuestas, strict=True)
            ]
            alguno_contesto |= any(respuesta.codigo is not None for respuesta in respuestas)
            # Mientras nadie conteste puede ser culpa de esta casa: no se le anota a nadie.
            if alguno_contesto or len(por_probar) == 1:
                anotar_respuestas(sin_anotar)
                sin_anotar = []
    return len(por_probar), alguno_contesto


@transaction.atomic
def anotar_respuestas(respuestas: list[tuple[int, str, Respuesta]]) -> None:
    ahora = timezone.now()
    for pk, enlace, respuesta in respuestas:
        # Si en el entretanto le cambiaron el enlace, lo que se probó ya no es suyo.
        if Contenido.objects.select_for_update().filter(pk=pk, enlace=enlace).exists():
            _anotar_respuesta(pk, respuesta, ahora)


def _anotar_respuesta(pk, respuesta, ahora):
    anterior = RevisionDeEnlace.objects.filter(contenido=pk).first()
    RevisionDeEnlace.objects.update_or_create(
        contenido_id=pk,
        defaults={
            "revisado_en": ahora,
            "funciona": respuesta.funciona,
            "codigo": respuesta.codigo,
            "detalle": respuesta.detalle[:200],
            "fallas_seguidas": 0 if respuesta.funciona else _fallas(anterior, ahora),
        },
    )


def _fallas(anterior, ahora: datetime) -> int:
    """Por días: insistir el mismo día no prueba más."""
    if anterior is None or anterior.funciona:
        return 1
    return anterior.fallas_seguidas + (localdate(anterior.revisado_en) < localdate(ahora))
