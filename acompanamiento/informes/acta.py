"""El acta de un contacto en PDF: la misma página, con los lugares de firma."""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.text import capfirst

from acompanamiento.consultas.acta import ActaDeContacto, acta_de, contactos_con_acta
from trabajos.pdf import componer_pdf
from trabajos.registro import TrabajoRechazado


@dataclass(frozen=True)
class ActaEnPdf:
    acta: ActaDeContacto

    @property
    def nombre_del_archivo(self) -> str:
        borrador = "Borrador de acta" if self.acta.es_borrador else "Acta"
        return f"{borrador} {self.acta.codigo} {self.acta.contacto.entidad}.pdf"

    def componer(self) -> bytes:
        return componer_pdf("acta_de_contacto", datos_de(self.acta))


def acta_en_pdf(por, *, contacto_id) -> ActaEnPdf:
    contacto = (
        contactos_con_acta(por)
        .select_related("entidad", "grupo")
        .prefetch_related("temas")
        .filter(pk=contacto_id)
        .first()
    )
    if contacto is None:
        raise TrabajoRechazado("Ya no tiene permiso para ver esta acta.")
    return ActaEnPdf(acta_de(contacto))


def datos_de(acta: ActaDeContacto) -> dict:
    """Lo que la plantilla pone, ya en palabras."""
    contacto = acta.contacto
    return {
        "titulo": f"Acta: {contacto.asunto}",
        "pie": f"Acta {acta.codigo}",
        "borrador": acta.es_borrador,
        "demostracion": contacto.es_demostracion,
        "ficha": [
            (nombre, valor)
            for nombre, valor in (
                ("Código", acta.codigo),
                ("Secretaría", str(contacto.entidad)),
                ("Acompaña", str(contacto.grupo or "")),
                ("Cómo fue", capfirst(contacto.get_canal_display())),
                ("Fecha", acta.cuando),
                ("Lugar o enlace", contacto.donde),
                ("Temas", ", ".join(acta.temas)),
            )
            if valor
        ],
        "proposito": acta.proposito,
        "tratado": acta.tratado,
        "acuerdos": acta.acuerdos,
        "del_ministerio": acta.del_ministerio,
        "de_la_entidad": [[papel, str(n)] for papel, n in acta.de_la_entidad],
        "compromisos": [
            [str(n), uno.texto, quien, date_format(uno.vence_el, r"j \d\e F \d\e Y")]
            for n, (uno, quien) in enumerate(acta.compromisos, 1)
        ],
        "firmas": acta.firmas,
    }
