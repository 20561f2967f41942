"""Lo que una persona tiene a su cargo y pasaría a otra, y lo que ya pasó en un relevo."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from acompanamiento.models import Compromiso, Contacto, Grupo, Integrante, Padrinazgo, Relevo
from cuentas.models import Usuario
from territorio.models import EntidadTerritorial


@dataclass(frozen=True)
class LoQuePasa:
    integraciones: QuerySet[Integrante]
    padrinazgos: QuerySet[Padrinazgo]
    compromisos: QuerySet[Compromiso]
    contactos: QuerySet[Contacto]

    def __bool__(self):
        return any(suyos.exists() for suyos in vars(self).values())

    @property
    def claves(self) -> dict[str, list[int]]:
        return {nombre: [uno.pk for uno in suyos] for nombre, suyos in vars(self).items()}


def lo_que_tiene(persona: Usuario, fecha: date) -> LoQuePasa:
    """Lo abierto desde ese día: en lo que ya cerró sigue estando quien estuvo."""
    return _en_orden(
        integraciones=Integrante.objects.filter(
            persona=persona, hasta=None, grupo__in=Grupo.objects.vigentes(fecha)
        ),
        padrinazgos=Padrinazgo.objects.filter(
            persona=persona, hasta=None, entidad__in=EntidadTerritorial.objects.vigentes(fecha)
        ),
        compromisos=Compromiso.objects.abiertos().filter(persona=persona),
        contactos=Contacto.objects.filter(
            estado=Contacto.Estado.PROGRAMADO, fecha__gte=fecha, del_ministerio__persona=persona
        ),
    )


def lo_que_paso(relevo: Relevo) -> LoQuePasa:
    de = relevo.detalle.get
    return _en_orden(
        integraciones=Integrante.objects.filter(pk__in=de("integraciones", [])),
        padrinazgos=Padrinazgo.objects.filter(pk__in=de("padrinazgos", [])),
        compromisos=Compromiso.objects.filter(pk__in=de("compromisos", [])),
        contactos=Contacto.objects.filter(pk__in=de("contactos", [])),
    )


def _en_orden(*, integraciones, padrinazgos, compromisos, contactos):
    return LoQuePasa(
        integraciones=integraciones.select_related("grupo").order_by("grupo__numero", "papel"),
        padrinazgos=padrinazgos.select_related("entidad").order_by("entidad__nombre_norm"),
        compromisos=compromisos.select_related("entidad").order_by("vence_el", "pk"),
        contactos=contactos.select_related("entidad").order_by("fecha", "pk"),
    )
