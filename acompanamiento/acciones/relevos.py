"""Alguien se va y otra persona recibe lo suyo, todo en un paso y con rastro."""

from datetime import date, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils import timezone

from acompanamiento.acciones.grupos import (
    agregar_integrante,
    apartar_los_grupos,
    asignar_padrino,
    exigir_que_pueda_acompanar,
    retirar_integrante,
)
from acompanamiento.acciones.recepcion import Recibo, recibir
from acompanamiento.consultas.relevos import lo_que_tiene
from acompanamiento.models import (
    CambioDeResponsable,
    Compromiso,
    Contacto,
    Integrante,
    ParticipanteDelMinisterio,
    Relevo,
)
from cuentas.bitacora import anotar
from cuentas.models import Usuario


def relevar(
    *,
    clave: UUID,
    base: int = 0,
    cuerpo: dict | None = None,
    de: Usuario,
    a: Usuario,
    fecha: date,
    motivo: str,
    por: Usuario,
) -> Recibo:
    """Pasan sus grupos, sus padrinazgos, sus compromisos abiertos y sus contactos programados."""

    def guardar(relevo):
        if relevo is not None:
            raise ValidationError(
                "Un relevo no se cambia. Si algo quedó mal, haga otro.", code="relevo_hecho"
            )
        return _relevar(clave, de, a, fecha, motivo, por)

    return recibir(
        clase="relevo",
        visibles=Relevo.objects.all(),
        clave=clave,
        base=base,
        cuerpo=cuerpo or {"de": de.pk, "a": a.pk, "fecha": fecha, "motivo": motivo},
        por=por,
        guardar=guardar,
    )


def exigir_relevo(*, de: Usuario, a: Usuario, fecha: date) -> None:
    """Lo que se puede saber antes de hacerlo: la vista previa pregunta lo mismo."""
    if de == a:
        raise ValidationError(
            "Quien entrega y quien recibe son la misma persona. Escoja otra.",
            code="la_misma_persona",
        )
    exigir_que_pueda_acompanar(a)
    if fecha > timezone.localdate():
        raise ValidationError(
            "El relevo se hace el día en que ocurre. Escoja hoy o un día anterior.",
            code="relevo_en_el_futuro",
        )
    if not lo_que_tiene(de, fecha):
        raise ValidationError(
            f"{de} no tiene nada que entregar: ni grupos, ni secretarías, ni compromisos, ni "
            "contactos programados.",
            code="nada_que_entregar",
        )


def _relevar(clave, de, a, fecha, motivo, por):
    # De a uno: un segundo relevo de la misma persona ya no encuentra nada que entregar.
    Usuario.objects.select_for_update(no_key=True).get(pk=de.pk)
    apartar_los_grupos()
    exigir_relevo(de=de, a=a, fecha=fecha)
    suyo = lo_que_tiene(de, fecha)
    relevo = Relevo.objects.create(
        clave=clave, de=de, a=a, fecha=fecha, motivo=motivo, detalle=suyo.claves, creado_por=por
    )
    # Las listas van antes de cambiar nada: después ya no serían suyas.
    integraciones, padrinazgos = list(suyo.integraciones), list(suyo.padrinazgos)
    contactos = list(suyo.contactos)
    _pasar_compromisos(relevo, list(suyo.compromisos.select_for_update(of=("self",))))
    for integrante in integraciones:
        _pasar_integracion(integrante, relevo)
    for padrinazgo in padrinazgos:
        asignar_padrino(
            entidad=padrinazgo.entidad,
            persona=a,
            papel=padrinazgo.papel,
            desde=_desde(padrinazgo, fecha),
            por=por,
        )
    _pasar_contactos(relevo, contactos)
    anotar(
        por=por,
        verbo="hizo un relevo",
        objeto=relevo,
        detalle={nombre: len(cosas) for nombre, cosas in relevo.detalle.items()},
    )
    return relevo


def _desde(tramo, fecha):
    """Nadie releva desde antes de que el otro hubiera empezado."""
    return max(fecha, tramo.desde or fecha)


def _pasar_integracion(integrante, relevo):
    desde = _desde(integrante, relevo.fecha)
    if integrante.papel != Integrante.Papel.LIDER:  # al líder lo cierra quien lo releva
        ultimo = max(desde - timedelta(days=1), integrante.desde or desde)
        retirar_integrante(integrante=integrante, hasta=ultimo, por=relevo.creado_por)
    agregar_integrante(
        grupo=integrante.grupo,
        persona=relevo.a,
        papel=integrante.papel,
        desde=desde,
        por=relevo.creado_por,
    )


def _pasar_compromisos(relevo, compromisos):
    """Con la persona va su dirección; quién respondía hasta hoy queda en el cambio."""
    CambioDeResponsable.objects.bulk_create(
        [
            CambioDeResponsable(
                compromiso=compromiso,
                lado=compromiso.lado,
                direccion_id=compromiso.direccion_id,
                dependencia_id=compromiso.dependencia_id,
                persona=relevo.de,
                motivo=relevo.motivo,
                relevo=relevo,
                creado_por=relevo.creado_por,
            )
            for compromiso in compromisos
        ]
    )
    nuevo = {"persona": relevo.a}
    if relevo.a.direccion_id:
        nuevo["direccion"] = relevo.a.direccion_id
    _cambiar(Compromiso, compromisos, **nuevo)


def _pasar_contactos(relevo, contactos):
    # Antes que sus participantes, como hace quien edita un contacto: así ninguno espera al otro.
    list(Contacto.objects.select_for_update().filter(pk__in=[c.pk for c in contactos]))
    suyas = ParticipanteDelMinisterio.objects.filter(contacto__in=contactos, persona=relevo.de)
    ya_va = ParticipanteDelMinisterio.objects.filter(contacto__in=contactos, persona=relevo.a)
    suyas.filter(contacto__in=list(ya_va.values_list("contacto", flat=True))).delete()
    suyas.update(persona=relevo.a, direccion=relevo.a.direccion_id)
    _cambiar(Contacto, contactos)


def _cambiar(modelo, objetos, **datos):
    """Otra versión: quien tenía abierta la anterior se entera al guardar."""
    modelo.objects.filter(pk__in=[uno.pk for uno in objetos]).update(
        version=F("version") + 1, actualizado_en=timezone.now(), **datos
    )
