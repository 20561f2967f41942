"""Pedir un trabajo, hacerlo y revivir lo que un trabajador muerto dejó a medias.

La fila nace en la misma transacción que el pedido; la cola (archivos o Redis) solo despierta. Si
el mensaje se pierde, el barredor manda otro; si llega dos veces, el segundo no encuentra qué
reclamar.
"""

import logging
import traceback
import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone

from cuentas.bitacora import anotar
from trabajos.models import Trabajo
from trabajos.registro import ReclamoPerdido, TrabajoRechazado, intentos_de, tipo_de
from trabajos.tarea import Tarea

registro = logging.getLogger("portal.trabajos")

Estado = Trabajo.Estado
ESPERAS = [timedelta(seconds=s) for s in (10, 60, 300, 600)]  # tras el 1.º, 2.º… intento
REENCOLAR_TRAS = timedelta(seconds=60)
POR_BARRIDO = 500
TROPIEZO = "Hubo un tropiezo de nuestro lado. Se intentará otra vez en unos minutos."


def encolar(
    tipo: str,
    *,
    por,
    parametros: dict | None = None,
    titulo: str = "",
    clave_unica: str = "",
    una_sola_vez: bool = False,
    ahora: bool = False,
    no_antes_de: datetime | None = None,
) -> Trabajo:
    """Deja pedido un trabajo. Llámela dentro de la transacción de lo que lo origina.

    - `clave_unica`: si hay uno igual sin terminar, devuelve ese. Con `una_sola_vez`, también si ya
      terminó; y si falló, lo reintenta.
    - `ahora`: al confirmarse la transacción lo hace este mismo proceso, por el mismo camino. Solo
      para lo que tarda menos de un segundo.
    - `no_antes_de`: hasta entonces espera en la fila; lo despierta el barredor.
    """
    espera = no_antes_de is not None and no_antes_de > timezone.now()
    if espera and ahora:
        raise ValueError("Un trabajo no puede hacerse ahora y también más tarde.")
    datos = {
        "tipo": tipo,
        "titulo": (titulo or tipo_de(tipo).titulo)[:200],
        "parametros": parametros or {},
        "pedido_por": por,
        "clave_unica": clave_unica,
        "una_sola_vez": una_sola_vez,
        "no_antes_de": no_antes_de if espera else timezone.now(),
        "encolado_en": None if espera else timezone.now(),
    }
    with transaction.atomic():
        trabajo, es_nuevo = _crear_o_hallar(datos)
        if es_nuevo and not espera:
            transaction.on_commit(lambda: ejecutar(trabajo.pk) if ahora else _despertar(trabajo.pk))
        elif trabajo.estado == Estado.FALLIDO:
            _poner_de_nuevo(trabajo)
    return trabajo


def _crear_o_hallar(datos):
    clave = datos["clave_unica"]
    if not clave:
        return Trabajo.objects.create(**datos), True
    for _ in range(3):
        if anterior := _con_la_misma_clave(clave):
            return anterior, False
        try:
            with transaction.atomic():
                return Trabajo.objects.create(**datos), True
        except IntegrityError:
            continue  # otra persona lo pidió en este mismo instante: se usa el suyo
    raise IntegrityError(f"No se pudo encolar con la clave {clave!r}.")


def _con_la_misma_clave(clave):
    return (
        Trabajo.objects.filter(clave_unica=clave)
        .filter(Q(una_sola_vez=True) | Q(estado__in=[Estado.PENDIENTE, Estado.EN_CURSO]))
        .first()
    )


def _despertar(trabajo_id):
    """Avisa a un trabajador. Si la cola no responde no pasa nada: el barredor insiste."""
    from trabajos.tasks import hacer

    try:
        hacer.apply_async([trabajo_id], retry=False, expires=REENCOLAR_TRAS.total_seconds())
    except Exception:
        registro.exception("trabajo %s: la cola no respondió", trabajo_id)


def ejecutar(trabajo_id: int) -> bool:
    """Lo reclama y lo hace. Devuelve False si no era suyo: ya lo tiene otro o ya se hizo."""
    tarea = _reclamar(trabajo_id)
    if tarea is None:
        return False
    with tarea.latiendo():
        try:
            _hacer(tarea)
        except ReclamoPerdido:
            registro.warning("trabajo %s: lo siguió otro trabajador", trabajo_id)
        except DatabaseError:
            # No se pudo ni anotar cómo quedó: sin latido, el barredor lo retoma.
            registro.exception("trabajo %s: la base no respondió", trabajo_id)
    return True


def _reclamar(trabajo_id):
    ahora, reclamo = timezone.now(), uuid.uuid4()
    try:
        reclamados = (
            Trabajo.objects.por_hacer()
            .filter(pk=trabajo_id)
            .update(
                estado=Estado.EN_CURSO,
                reclamo=reclamo,
                latido=ahora,
                empezado_en=ahora,
                intentos=F("intentos") + 1,
                hechas=0,
                total=None,
                paso="",
                mensaje="",
            )
        )
    except DatabaseError:
        registro.exception("trabajo %s: no se pudo reclamar", trabajo_id)
        return None
    if reclamados != 1:
        return None
    trabajo = Trabajo.objects.select_related("pedido_por").get(pk=trabajo_id)
    return Tarea(trabajo)


def _hacer(tarea):
    trabajo = tarea.trabajo
    try:
        devuelto = tipo_de(trabajo.tipo).funcion(tarea, **trabajo.parametros)
        if not tarea.esta_cerrada:
            with tarea.cierre() as cierre:
                cierre.resultado = devuelto if isinstance(devuelto, dict) else {}
    except ReclamoPerdido:
        raise
    except Exception as error:
        _anotar_el_error(tarea, error)
    except BaseException:
        tarea.devolver_sin_contar()
        raise


def _anotar_el_error(tarea, error):
    """Una regla rota se dice y no se repite; un tropiezo nuestro se intenta otra vez."""
    trabajo = tarea.trabajo
    if tarea.esta_cerrada:
        registro.exception("trabajo %s (%s): falló después del cierre", trabajo.pk, trabajo.tipo)
    elif isinstance(error, ValidationError):
        tarea.fallar(" ".join(error.messages))
    elif isinstance(error, TrabajoRechazado):
        tarea.fallar(str(error))
    else:
        registro.exception("trabajo %s (%s) falló", trabajo.pk, trabajo.tipo)
        detalle = "".join(traceback.format_exception(error))[-8000:]
        if trabajo.intentos >= intentos_de(trabajo.tipo):
            tarea.fallar(_disculpa(trabajo), detalle)
        else:
            tarea.devolver(espera=_espera(trabajo.intentos), mensaje=TROPIEZO, detalle=detalle)


def _espera(intentos):
    return ESPERAS[min(intentos, len(ESPERAS)) - 1]


def _disculpa(trabajo):
    return (
        "Algo falló de nuestro lado y no se pudo terminar. Inténtelo otra vez; si se repite, "
        f"escríbale a quien administra el portal con el código de seguimiento {trabajo.codigo}."
    )


def ejecutar_pendientes(tipo: str | None = None) -> int:
    """Hace aquí mismo todo lo que espera, incluido lo que eso pida. Para pruebas y órdenes."""
    hechos = 0
    while True:
        pendientes = Trabajo.objects.por_hacer().order_by("pedido_en", "pk")
        if tipo:
            pendientes = pendientes.filter(tipo=tipo)
        de_esta_vuelta = sum(ejecutar(pk) for pk in list(pendientes.values_list("pk", flat=True)))
        if not de_esta_vuelta:
            return hechos
        hechos += de_esta_vuelta


def barrer() -> dict[str, int]:
    """Revive lo que quedó sin latido y vuelve a despertar lo que nadie ha tomado."""
    ahora = timezone.now()
    limite = ahora - timedelta(seconds=settings.TRABAJOS_SEGUNDOS_SIN_SENAL)
    revividos = sum(
        _revivir(trabajo, limite) for trabajo in Trabajo.objects.sin_senal_desde(limite)
    )
    pendientes = Trabajo.objects.por_hacer().filter(
        Q(encolado_en__isnull=True) | Q(encolado_en__lt=ahora - REENCOLAR_TRAS)
    )
    despertados = list(
        pendientes.order_by("pedido_en", "pk").values_list("pk", flat=True)[:POR_BARRIDO]
    )
    Trabajo.objects.filter(pk__in=despertados).update(encolado_en=ahora)
    for pk in despertados:
        _despertar(pk)
    return {"revividos": revividos, "despertados": len(despertados)}


@transaction.atomic
def _revivir(trabajo, limite):
    """Lo devuelve a la fila, salvo que en el entretanto haya latido o se haya cerrado."""
    suyo = Trabajo.objects.sin_senal_desde(limite).filter(pk=trabajo.pk, reclamo=trabajo.reclamo)
    # Si está cerrándose ahora mismo, su fila está tomada: no se espera por ella.
    if not suyo.select_for_update(skip_locked=True).values_list("pk").first():
        return 0
    if trabajo.intentos >= intentos_de(trabajo.tipo):
        return suyo.update(
            estado=Estado.FALLIDO,
            terminado_en=timezone.now(),
            mensaje=_disculpa(trabajo),
            detalle_del_error=f"Se interrumpió {trabajo.intentos} veces sin terminar.",
        )
    registro.warning("trabajo %s (%s): se revive", trabajo.pk, trabajo.tipo)
    # La primera vez, en seguida: casi siempre fue un reinicio y alguien espera.
    espera = timedelta(0) if trabajo.intentos == 1 else _espera(trabajo.intentos)
    return suyo.update(
        estado=Estado.PENDIENTE,
        reclamo=None,
        no_antes_de=timezone.now() + espera,
        encolado_en=None,
        mensaje="Se interrumpió. Vuelve a empezar solo, en un momento.",
    )


@transaction.atomic
def reintentar(trabajo: Trabajo, por) -> None:
    """Vuelve a la fila, desde cero, un trabajo que no se pudo."""
    try:
        repuesto = _poner_de_nuevo(trabajo)
    except IntegrityError:
        raise ValidationError(
            "Ya hay otro igual en marcha. Espere a que termine.", code="trabajo_repetido"
        ) from None
    if not repuesto:
        raise ValidationError(
            "Solo se reintenta lo que no se pudo hacer. Actualice la página para ver cómo va.",
            code="trabajo_no_fallido",
        )
    anotar(por=por, verbo="reintentó un trabajo", objeto=trabajo)


@transaction.atomic  # aparte, para poder seguir si otro igual ya está en marcha
def _poner_de_nuevo(trabajo):
    ahora = timezone.now()
    repuestos = Trabajo.objects.filter(pk=trabajo.pk, estado=Estado.FALLIDO).update(
        estado=Estado.PENDIENTE,
        reclamo=None,
        intentos=0,
        no_antes_de=ahora,
        encolado_en=ahora,
        terminado_en=None,
        hechas=0,
        total=None,
        paso="",
        mensaje="",
    )
    if repuestos:
        transaction.on_commit(lambda: _despertar(trabajo.pk))
        trabajo.refresh_from_db()
    return bool(repuestos)
