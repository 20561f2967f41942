"""El certificado de una ruta, en PDF. Dice lo mismo que su página: nada que no se compruebe."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from contenidos.models import Certificado
from trabajos.codigos import qr_de, tiempo_en_palabras
from trabajos.pdf import componer_pdf
from trabajos.tarea import nombre_ofrecido

LARGO_DE_NOMBRE = 90
DEMOSTRACION = "Demostración: la ruta es inventada."


def componer_certificado(certificado: Certificado) -> bytes:
    direccion = settings.DIRECCION_DEL_PORTAL + certificado.get_absolute_url()
    formulario = settings.DIRECCION_DEL_PORTAL + reverse("contenidos:verificar-certificados")
    emitido = date_format(timezone.localtime(certificado.emitido_en), r"j \d\e F \d\e Y")
    return componer_pdf(
        "constancia",
        {
            "titulo": f"Certificado {certificado.codigo}",
            "encabezado": "Certificado",
            "aviso": DEMOSTRACION if certificado.ruta.es_demostracion else "",
            "introduccion": "certifica que",
            "nombre": certificado.nombre,
            "que_hizo": "terminó la ruta de aprendizaje",
            "en_que": certificado.ruta.titulo,
            "datos": datos_de(certificado),
            "codigo": certificado.codigo,
            "qr": qr_de(direccion),
            "texto_del_qr": f"Código QR para comprobar este certificado en {direccion}",
            "como_comprobar": "Compruébelo con el código en",
            "direccion": formulario.partition("://")[2].rstrip("/"),
            "emitida": f"Emitido el {emitido}",
        },
    )


def datos_de(certificado: Certificado) -> list[tuple[str, str]]:
    """Lo que dice, además del nombre y de la ruta."""
    fecha = date_format(timezone.localtime(certificado.emitido_en), r"j \d\e F \d\e Y")
    datos = [("Terminada el", fecha), ("Pasos", str(certificado.pasos))]
    if certificado.minutos:
        datos.append(("Tiempo previsto", tiempo_en_palabras(certificado.minutos)))
    return datos


def nombre_del_pdf(certificado: Certificado) -> str:
    return nombre_ofrecido(f"{certificado.nombre[:LARGO_DE_NOMBRE]} - {certificado.codigo}.pdf")
