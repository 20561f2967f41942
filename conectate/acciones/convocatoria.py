"""Convocar: escribirles a los convocados, anotar lo que responden y guardar listas."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.core.mail import get_connection
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from conectate.acciones.sesiones import cambiar_estado
from conectate.avisos import (
    asunto_propuesto,
    clave_del_correo,
    correo,
    cuerpo_propuesto,
)
from conectate.consultas.convocatoria import (
    ANUNCIAN,
    cambios_desde,
    clases_posibles,
    clave_del_trabajo,
    destinatarios_de,
    fallidas_sin_duda,
    lo_que_anuncia,
    otros_ya_convocados,
    por_recordar,
    ya_empezo,
)
from conectate.models import Convocatoria, Entrega, ListaDeConvocadas, Mensaje, Sesion
from cuentas.bitacora import anotar
from cuentas.models import Usuario
from territorio.models import EntidadTerritorial
from trabajos.acciones import encolar, reintentar
from trabajos.horas_habiles import es_dia_habil, proxima_hora_habil
from trabajos.models import Correo

Clase = Mensaje.Clase
Estado = Sesion.Estado
POR_LOTE = 100
SE_CANCELO = "La sesión se canceló antes de que saliera este mensaje. No se envió."
SE_REABRIO = (
    "La sesión se reabrió antes de que saliera este aviso: ya no está cancelada. No se envió."
)
CAMBIO_ANTES = (
    "La sesión cambió antes de que saliera este mensaje ({}). No se envió: escríbalo otra vez."
)
YA_EMPEZO = "La sesión empezó antes de que saliera este mensaje. No se envió."


# ── Enviar ────────────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def enviar_mensaje(
    *,
    sesion: Sesion,
    clase: str,
    asunto: str,
    cuerpo: str,
    por: Usuario | None,
    otros_correos: Iterable[str] = (),
    clave_unica: str = "",
) -> Mensaje:
    """Lo deja pedido: sale en la próxima hora hábil. Con la misma `clave_unica`, es el mismo."""
    actual = Sesion.objects.select_for_update().get(pk=sesion.pk)  # dos a la vez, uno tras otro
    if clave_unica and (anterior := Mensaje.objects.filter(clave_unica=clave_unica).first()):
        return anterior
    exigir_que_se_pueda_escribir(actual, clase)
    mensaje = Mensaje.objects.create(
        sesion=actual,
        clase=clase,
        asunto=" ".join(asunto.split()),
        cuerpo=cuerpo.strip(),
        otros_correos="\n".join(otros_correos),
        clave_unica=clave_unica,
        anunciado=lo_que_anuncia(actual),
        sale_en=proxima_hora_habil(),
        creado_por=por,
    )
    encolar(
        "conectate.enviar_mensaje",
        por=por,
        parametros={"mensaje_id": mensaje.pk},
        titulo=f"Enviar «{mensaje.asunto}»",
        clave_unica=clave_del_trabajo(mensaje),
        una_sola_vez=True,
        no_antes_de=mensaje.sale_en,
    )
    anotar(
        por=por,
        verbo="escribió a los convocados",
        objeto=actual,
        detalle={"clase": clase, "mensaje": mensaje.pk},
    )
    return mensaje


@transaction.atomic
def cancelar_y_avisar(*, sesion: Sesion, por: Usuario, motivo: str) -> Mensaje:
    """En un solo paso, y con el texto propuesto: que nadie llegue a una sesión que no habrá."""
    cambiar_estado(sesion=sesion, a=Estado.CANCELADA, por=por, motivo=motivo)
    return enviar_propuesta(sesion=sesion, clase=Clase.CANCELACION, por=por)


def enviar_propuesta(
    *, sesion: Sesion, clase: str, por: Usuario | None, clave_unica: str = ""
) -> Mensaje:
    """El mensaje tal como se propone, también a los otros correos a los que ya se escribió."""
    return enviar_mensaje(
        sesion=sesion,
        clase=clase,
        asunto=asunto_propuesto(sesion, clase),
        cuerpo=cuerpo_propuesto(sesion, clase),
        otros_correos=otros_ya_convocados(sesion),
        por=por,
        clave_unica=clave_unica,
    )


def exigir_que_se_pueda_escribir(sesion: Sesion, clase: str) -> None:
    if clase == Clase.SATISFACCION and sesion.se_realizo:
        return
    if clase in clases_posibles(sesion):
        return
    if sesion.estado == Estado.BORRADOR:
        texto = "La sesión está en borrador. Convóquela y después escríbales."
    elif sesion.estado == Estado.CANCELADA:
        texto = "La sesión se canceló: solo se puede avisar de la cancelación."
    elif clase == Clase.CANCELACION:
        texto = "La sesión no está cancelada. Cancélela y después avise."
    else:
        texto = "La sesión ya empezó o ya pasó: no tiene sentido convocarla."
    raise ValidationError(texto, code="no_se_puede_escribir")


def repartir(mensaje: Mensaje, tarea) -> None:
    """Un correo en el buzón por destinatario. Repetirlo sigue donde quedó; nada va dos veces."""
    sale_en = proxima_hora_habil()
    if sale_en > timezone.now():
        # El trabajador estuvo caído y ya es tarde: no se le escribe a nadie de noche.
        cuando = date_format(sale_en, r"j \d\e F, g:i a")
        tarea.aplazar(hasta=sale_en, mensaje=f"Sale el {cuando} (hora de Colombia).")
        return
    if motivo := por_que_ya_no_sale(mensaje):
        with tarea.cierre() as cierre:
            cierre.resultado, cierre.mensaje = {"no_salio": motivo}, motivo
        return

    todos = destinatarios_de(mensaje.sesion, mensaje.otros_correos.splitlines())
    ya_tienen = set(mensaje.entregas.values_list("para", flat=True))
    faltan = [uno for uno in todos if uno.para not in ya_tienen]
    for desde in range(0, len(faltan), POR_LOTE):
        _dejar_en_el_buzon(mensaje, faltan[desde : desde + POR_LOTE])
        tarea.avanzar(min(desde + POR_LOTE, len(faltan)), total=len(faltan))
    with tarea.cierre() as cierre:
        n = mensaje.entregas.count()
        cierre.resultado = {"destinatarios": n}
        cierre.mensaje = "Se dejó 1 correo." if n == 1 else f"Se dejaron {n} correos."


def por_que_ya_no_sale(mensaje: Mensaje) -> str:
    """Entre escribirlo de noche y enviarlo de mañana, lo que dice pudo dejar de ser cierto."""
    sesion = mensaje.sesion
    if mensaje.clase == Clase.CANCELACION and sesion.estado != Estado.CANCELADA:
        return SE_REABRIO
    if mensaje.clase not in ANUNCIAN:
        return ""
    if sesion.estado == Estado.CANCELADA:
        return SE_CANCELO
    if cambios := cambios_desde(mensaje, sesion):
        return CAMBIO_ANTES.format(", ".join(cambios))
    return YA_EMPEZO if not clases_posibles(sesion) else ""


@transaction.atomic
def _dejar_en_el_buzon(mensaje, destinatarios):
    conexion = get_connection()
    conexion.send_messages([correo(mensaje, uno.para, uno.entidad) for uno in destinatarios])
    claves = {f"{clave_del_correo(mensaje)}:{uno.para}": uno for uno in destinatarios}
    dejados = {
        guardado.clave_unica: guardado
        for guardado in Correo.objects.filter(clave_unica__in=claves).defer("mensaje")
    }
    Entrega.objects.bulk_create(
        [
            Entrega(mensaje=mensaje, para=uno.para, entidad=uno.entidad, correo=dejados.get(clave))
            for clave, uno in claves.items()
        ],
        ignore_conflicts=True,  # otro trabajador llegó antes con el mismo lote
    )


@transaction.atomic
def reintentar_fallidas(*, mensaje: Mensaje, por: Usuario) -> int:
    """Las que con seguridad no salieron. De las dudosas decide una persona, una por una."""
    entregas = fallidas_sin_duda(mensaje).select_related("correo__trabajo")
    for entrega in entregas:
        reintentar(entrega.correo.trabajo, por)
    return len(entregas)


# ── La víspera ────────────────────────────────────────────────────────────────────────────────


def recordar_las_de_manana(hoy: date | None = None) -> int:
    """En un día hábil, un recordatorio por cada sesión que viene. Repetirla no repite nada."""
    hoy = hoy or timezone.localdate()
    if not es_dia_habil(hoy):
        return 0
    sesiones = list(por_recordar(hoy).select_related("tipo"))
    for sesion in sesiones:
        enviar_propuesta(
            sesion=sesion,
            clase=Clase.RECORDATORIO,
            por=None,
            clave_unica=f"recordatorio:{sesion.pk}:{sesion.fecha}",
        )
    return len(sesiones)


# ── Responder ─────────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def responder(
    *,
    sesion: Sesion,
    entidad: EntidadTerritorial,
    respuesta: str,
    por: Usuario,
    personas: int | None = None,
    medio: str = Convocatoria.Medio.PORTAL,
) -> Convocatoria:
    """«Asistiremos, n personas» o «no podremos». La última vale; las anteriores, en la bitácora."""
    actual = Sesion.objects.select_for_update().get(pk=sesion.pk)
    exigir_que_admita_respuesta(actual, por)
    convocatoria = actual.convocatorias.filter(entidad=entidad).first()
    if convocatoria is None:
        raise ValidationError("Esa secretaría no está convocada a la sesión.", code="no_convocada")
    va = respuesta == Convocatoria.Respuesta.SI
    if va and not personas:
        raise ValidationError(
            {"personas": ValidationError("Diga cuántas personas asistirán.", code="sin_personas")}
        )
    antes = {"respuesta": convocatoria.respuesta, "personas": convocatoria.personas_anunciadas}
    convocatoria.respuesta = respuesta
    convocatoria.personas_anunciadas = personas if va else None
    convocatoria.medio = medio
    convocatoria.respondida_por, convocatoria.respondida_en = por, timezone.now()
    convocatoria.save()
    anotar(
        por=por,
        verbo="respondió a la convocatoria",
        objeto=actual,
        antes=antes,
        despues={"respuesta": respuesta, "personas": convocatoria.personas_anunciadas},
        detalle={"secretaria": entidad.codigo_dane, "medio": medio},
    )
    return convocatoria


def exigir_que_admita_respuesta(sesion: Sesion, usuario: Usuario) -> None:
    """La secretaría, hasta que empiece; el Ministerio, mientras siga convocada."""
    if sesion.estado == Estado.CANCELADA:
        texto = "La sesión se canceló: ya no hace falta responder."
    elif sesion.estado == Estado.BORRADOR:
        texto = "La sesión aún no se ha convocado."
    elif sesion.estado != Estado.CONVOCADA:
        texto = "La sesión ya se realizó: la respuesta ya no se cambia."
    elif not usuario.es_del_ministerio and ya_empezo(sesion):
        texto = "La sesión ya empezó: la respuesta ya no se cambia."
    else:
        return
    raise ValidationError(texto, code="no_admite_respuesta")


# ── Listas ────────────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def guardar_lista(
    *, lista: ListaDeConvocadas, entidades: Iterable[EntidadTerritorial], por: Usuario
) -> ListaDeConvocadas:
    """Cambiarla no cambia a quiénes convocan las sesiones que ya la usaron."""
    es_nueva = lista.pk is None
    if es_nueva:
        lista.creado_por = por
    lista.save()
    lista.entidades.set(entidades)
    anotar(
        por=por,
        verbo="creó una lista de convocadas" if es_nueva else "cambió una lista de convocadas",
        objeto=lista,
        despues={"entidades": lista.entidades.count()},
    )
    return lista


@transaction.atomic
def borrar_lista(*, lista: ListaDeConvocadas, por: Usuario) -> None:
    anotar(
        por=por,
        verbo="borró una lista de convocadas",
        objeto=lista,
        antes={"entidades": lista.entidades.count()},
    )
    lista.delete()
