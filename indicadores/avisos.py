"""Los correos que salen de «Quiero informarme»."""

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from indicadores.informes.contenido import Informe, frente_al_anterior
from indicadores.models import Carga, EntregaDeInforme, LoteDeInformes
from trabajos.correo import CLAVE_UNICA


def correo_del_informe(
    entrega: EntregaDeInforme, informe: Informe, pdf: bytes, *, para: str
) -> EmailMultiAlternatives:
    """El PDF va adjunto; el libro de Excel se baja del portal, con la cuenta de la secretaría."""
    lote, entidad = entrega.lote, entrega.entidad
    datos = {
        "lote": lote,
        "entidad": entidad,
        "informe": informe,
        "institucion": settings.INSTITUCION,
        "claves": [(uno, frente_al_anterior(uno)) for uno in informe.claves],
        "sin_cambios": _es_la_misma_version(lote),
        "enlace_al_libro": _direccion("descargar-entrega", lote.pk, entidad.codigo_dane, "xlsx"),
        "enlace_a_la_ficha": _direccion("ficha", entidad.codigo_dane),
        "enlace_para_dejarlo": _direccion("programar-informe"),
    }
    correo = EmailMultiAlternatives(
        f"{lote.titulo}: {entidad.nombre}",
        render_to_string("indicadores/correos/informe.txt", datos),
        to=[para],
        headers={CLAVE_UNICA: f"informe:{lote.clave}:{entidad.codigo_dane}"},
    )
    correo.attach_alternative(
        render_to_string("indicadores/correos/informe.html", datos), "text/html"
    )
    correo.attach(informe.nombre_del_archivo("pdf"), pdf, "application/pdf")
    return correo


def correo_de_lo_que_espera(carga: Carga, *, para: str) -> EmailMessage:
    """Se trajo solo y trae cambios: sin esto, nadie sabría que espera."""
    datos = {
        "carga": carga,
        "institucion": settings.INSTITUCION,
        "enlace": _direccion("carga", carga.pk),
        "enlace_para_dejarlo": _direccion("fuentes"),
    }
    return EmailMessage(
        f"Llegaron datos por confirmar: {carga.conjunto}",
        render_to_string("indicadores/correos/carga_que_espera.txt", datos),
        to=[para],
        headers={CLAVE_UNICA: f"carga-que-espera:{carga.pk}"},
    )


def _es_la_misma_version(lote):
    """Nada se publicó desde el informe del mes anterior: quien lo recibe lo agradece."""
    anterior = (
        LoteDeInformes.objects.filter(por_correo=True, pedido_en__lt=lote.pedido_en)
        .order_by("-pedido_en")
        .first()
    )
    return anterior is not None and anterior.version_id == lote.version_id


def _direccion(nombre, *args):
    return settings.DIRECCION_DEL_PORTAL + reverse(f"indicadores:{nombre}", args=args)
