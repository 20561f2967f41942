"""El boletín mensual: pedirlo en PDF y mandarlo, una vez, a quienes son de la secretaría."""

from datetime import date

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from conectate.consultas.boletin import Boletin, boletin_de, mes_terminado
from conectate.informes.boletin import BoletinEnPdf, dia_y_hora, direccion_de
from cuentas.models import Usuario
from territorio.models import EntidadTerritorial
from trabajos.acciones import encolar
from trabajos.correo import CLAVE_UNICA
from trabajos.horas_habiles import cuantos_habiles_van, es_dia_habil, proxima_hora_habil
from trabajos.models import Trabajo

# Sale el primer día hábil; los dos siguientes, solo si ese día el trabajador estuvo caído.
DIAS_HABILES_DE_ENVIO = 3
NADA_QUE_CONTAR = "No tuvo sesiones en el mes ni las tiene por venir. No se envió."


def pedir_boletin(*, entidad: EntidadTerritorial, vigencia: int, mes: int, por: Usuario) -> Trabajo:
    """El PDF se compone aparte. Pulsar dos veces no pide dos."""
    primero = date(vigencia, mes, 1)
    return encolar(
        "conectate.boletin",
        por=por,
        parametros={"vigencia": vigencia, "mes": mes, "codigo_dane": entidad.codigo_dane},
        titulo=f"Boletín de {date_format(primero, r'F')} de {vigencia}: {entidad.nombre} (PDF)",
        clave_unica=f"pdf:{por.pk}:{clave_de(entidad, primero)}",
    )


def clave_de(entidad: EntidadTerritorial, primero: date) -> str:
    return f"boletin:{entidad.codigo_dane}:{primero:%Y-%m}"


# ── Mandarlo ──────────────────────────────────────────────────────────────────────────────────


def toca_enviar(hoy: date) -> bool:
    """Si hoy es de los primeros días hábiles del mes."""
    return es_dia_habil(hoy) and cuantos_habiles_van(hoy) <= DIAS_HABILES_DE_ENVIO


def pedir_los_del_mes(hoy: date | None = None) -> int:
    """Un trabajo por secretaría vigente con cuentas. Repetirla no pide otra vez lo ya pedido."""
    hoy = hoy or timezone.localdate()
    if not toca_enviar(hoy):
        return 0
    primero = mes_terminado(hoy)
    entidades = EntidadTerritorial.objects.vigentes(hoy).filter(usuarios__is_active=True).distinct()
    for entidad in entidades:
        encolar(
            "conectate.enviar_boletin",
            por=None,
            parametros={
                "vigencia": primero.year,
                "mes": primero.month,
                "codigo_dane": entidad.codigo_dane,
            },
            titulo=f"Enviar el boletín de {date_format(primero, 'F')}: {entidad.nombre}",
            clave_unica=clave_de(entidad, primero),
            una_sola_vez=True,
            no_antes_de=proxima_hora_habil(),
        )
    return len(entidades)


def enviar(entidad: EntidadTerritorial, primero: date, tarea) -> None:
    """Un correo por persona, con su clave: revivido o repetido, nadie recibe dos."""
    sale_en = proxima_hora_habil()
    if sale_en > timezone.now():
        hora = date_format(sale_en, r"j \d\e F, g:i a")
        tarea.aplazar(hasta=sale_en, mensaje=f"Sale el {hora} (hora de Colombia).")
        return
    boletin = boletin_de(entidad, primero)
    if not boletin.hay_que_contar:
        _cerrar(tarea, [], NADA_QUE_CONTAR)
        return
    pdf = BoletinEnPdf(boletin)
    adjunto = pdf.nombre_del_archivo, pdf.componer(), "application/pdf"
    correos = [
        _correo(boletin, persona.email, adjunto)
        for persona in entidad.usuarios.filter(is_active=True).order_by("email")
    ]
    n = len(correos)
    _cerrar(tarea, correos, "Se dejó 1 correo." if n == 1 else f"Se dejaron {n} correos.")


def _cerrar(tarea, correos, mensaje):
    """Los correos quedan en el buzón a la vez que el trabajo termina, o ninguno."""
    with tarea.cierre() as cierre:
        if correos:
            get_connection().send_messages(correos)
        cierre.resultado, cierre.mensaje = {"destinatarios": len(correos)}, mensaje


def _correo(boletin: Boletin, para: str, adjunto: tuple) -> EmailMultiAlternatives:
    datos = {
        "boletin": boletin,
        "entidad": boletin.entidad,
        "institucion": settings.INSTITUCION,
        "enlace": direccion_de(boletin),
        "por_venir": [
            {
                "titulo": una.sesion.titulo,
                "cuando": dia_y_hora(una.sesion),
                "respuesta": una.respuesta,
                "enlace": settings.DIRECCION_DEL_PORTAL
                + reverse("conectate:responder", args=[una.sesion.pk])
                if una.espera_respuesta
                else "",
            }
            for una in boletin.por_venir
        ],
    }
    correo = EmailMultiAlternatives(
        f"Boletín de {boletin.mes}: {boletin.entidad}",
        render_to_string("conectate/correos/boletin.txt", datos),
        to=[para],
        headers={CLAVE_UNICA: clave_de(boletin.entidad, boletin.primero)},
    )
    correo.attach_alternative(
        render_to_string("conectate/correos/boletin.html", datos), "text/html"
    )
    correo.attach(*adjunto)
    return correo
