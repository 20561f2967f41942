"""Lo que quedó de cada visita: uno de la secretaría y otro del Ministerio, en todos los estados."""

from datetime import timedelta

from django.utils import timezone

from acompanamiento.demostracion.grupos import Elenco
from acompanamiento.demostracion.textos import (
    CIERRES,
    DE_LA_ENTIDAD,
    DEL_MINISTERIO,
    MOTIVOS_DE_PRORROGA,
    SEGUIMIENTOS,
)
from acompanamiento.models import (
    CambioDeResponsable,
    Compromiso,
    Contacto,
    Dependencia,
    Evidencia,
    Lado,
    Prorroga,
    Seguimiento,
)
from trabajos.horas_habiles import sumar_habiles

Estado = Compromiso.Estado
HABILES = (10, 15, 20, 30)
UN_DIA = timedelta(days=1)


def cargar(elenco: Elenco, contactos: list[Contacto]) -> int:
    visitas = [c for c in contactos if c.es_visita and c.estado == Contacto.Estado.COMPLETO]
    areas = list(Dependencia.objects.all())
    todos = [
        compromiso
        for numero, visita in enumerate(visitas)
        for compromiso in _de_una_visita(elenco, areas, 2 * numero, visita)
    ]
    Compromiso.objects.bulk_create(todos, batch_size=500)
    _contar_que_paso(todos)
    return len(todos)


def _de_una_visita(elenco, areas, numero, visita):
    datos = {
        "entidad": visita.entidad,
        "contacto": visita,
        "acordado_el": visita.fecha,
        "creado_por": visita.creado_por,
        "creado_en": visita.creado_en,
        "actualizado_en": visita.actualizado_en,
        "es_demostracion": True,
    }
    yield _compromiso(
        elenco,
        numero,
        datos,
        texto=DE_LA_ENTIDAD[numero // 2 % len(DE_LA_ENTIDAD)],
        lado=Lado.ENTIDAD,
        dependencia=areas[numero // 2 % len(areas)] if areas else None,
    )
    yield _compromiso(
        elenco,
        numero + 1,
        datos,
        texto=DEL_MINISTERIO[numero // 2 % len(DEL_MINISTERIO)],
        lado=Lado.MINISTERIO,
        direccion=elenco.direcciones[numero // 2 % len(elenco.direcciones)],
        persona=visita.creado_por if numero % 4 == 0 else None,
    )


def _compromiso(elenco, numero, datos, **propio):
    habiles = HABILES[numero // 2 % len(HABILES)]
    vence_el = sumar_habiles(datos["acordado_el"], habiles)
    compromiso = Compromiso(**datos, **propio, habiles=habiles, vence_el=vence_el)
    if (elenco.hoy - vence_el).days > -7:
        _terminar(compromiso, numero, datos)
    elif numero % 2:
        compromiso.estado = Estado.EN_CURSO
    return compromiso


def _terminar(compromiso, numero, datos):
    """Lo que ya venció casi todo se cumplió; algo quedó sin efecto y algo sigue esperando."""
    if numero % 17 == 3:
        compromiso.estado = Estado.SIN_EFECTO
    elif numero % 9 == 4:
        compromiso.estado = Estado.EN_CURSO if numero % 2 else Estado.PENDIENTE
        return
    else:
        compromiso.estado = Estado.CUMPLIDO
    compromiso.cerrado_por = datos["creado_por"]
    compromiso.cerrado_en = min(datos["creado_en"] + 9 * UN_DIA, timezone.now())


def _contar_que_paso(todos):
    seguimientos, prorrogas, cambios = [], [], []
    for numero, uno in enumerate(todos):
        if uno.estado != Estado.PENDIENTE:
            seguimientos.append(_seguimiento(uno, numero, Estado.EN_CURSO, 4))
        if uno.cerrado_en:
            seguimientos.append(_seguimiento(uno, numero, uno.estado, 9))
        if numero % 13 == 5 and uno.habiles > 10:
            prorrogas.append(
                Prorroga(
                    compromiso=uno,
                    de=uno.vence_el - 5 * UN_DIA,
                    a=uno.vence_el,
                    motivo=MOTIVOS_DE_PRORROGA[numero % len(MOTIVOS_DE_PRORROGA)],
                    **_hecho(uno, 3),
                )
            )
        if numero % 23 == 6 and uno.lado == Lado.ENTIDAD:
            cambios.append(
                CambioDeResponsable(
                    compromiso=uno,
                    lado=uno.lado,
                    motivo="La secretaría dijo qué área responde.",
                    **_hecho(uno, 2),
                )
            )
    Seguimiento.objects.bulk_create(seguimientos, batch_size=500)
    Prorroga.objects.bulk_create(prorrogas, batch_size=500)
    CambioDeResponsable.objects.bulk_create(cambios, batch_size=500)
    Evidencia.objects.bulk_create(
        [
            Evidencia(
                seguimiento=uno,
                nombre="Documento entregado",
                enlace=f"https://evidencia.example/demostracion/{uno.pk}",
                **_hecho(uno.compromiso, 9),
            )
            for uno in seguimientos
            if uno.estado == Estado.CUMPLIDO
        ],
        batch_size=500,
    )


def _seguimiento(compromiso, numero, estado, dias):
    textos = CIERRES if estado == Estado.CUMPLIDO else SEGUIMIENTOS
    texto = textos[numero % len(textos)]
    if estado == Estado.SIN_EFECTO:
        texto = "Se acordó otra manera de resolverlo: ya no hace falta."
    return Seguimiento(
        compromiso=compromiso, texto=texto, estado=estado, **_hecho(compromiso, dias)
    )


def _hecho(compromiso, dias):
    momento = min(compromiso.creado_en + dias * UN_DIA, timezone.now())
    return {
        "es_demostracion": True,
        "creado_por": compromiso.creado_por,
        "creado_en": momento,
        "actualizado_en": momento,
    }
