"""Lo que piden las secretarías, en cada turno: del grupo, de una dirección, suyo y de nadie."""

from datetime import timedelta

from django.utils import timezone

from acompanamiento.demostracion.grupos import Elenco
from acompanamiento.demostracion.textos import NECESIDADES
from acompanamiento.models import Contacto, Necesidad, PasoDeNecesidad, RespuestaANecesidad
from contenidos.models import Contenido, Tema

Clase, Estado, Turno = PasoDeNecesidad.Clase, Necesidad.Estado, Necesidad.Turno
# Qué se ha hecho con cada una, en orden. El primer paso siempre es que se registró.
CAMINOS = (
    [],
    [Clase.DIRIGIDA],
    [Clase.DIRIGIDA, Clase.PREGUNTA],
    [Clase.DIRIGIDA, Clase.TRASLADADA],
    [Clase.DIRIGIDA, Clase.PREGUNTA, Clase.RESPUESTA, Clase.ATENDIDA],
    [Clase.DIRIGIDA, Clase.ATENDIDA],
    [Clase.NO_PROCEDE],
)
DICE = {
    Clase.DIRIGIDA: "",
    Clase.TRASLADADA: "Es asunto de esta otra dirección.",
    Clase.PREGUNTA: "¿En cuántas instituciones pasa, y desde cuándo?",
    Clase.RESPUESTA: "En seis, desde el comienzo del año.",
    Clase.ATENDIDA: "Se trabajó con el equipo y quedó con qué seguir.",
    Clase.NO_PROCEDE: "La secretaría ya tiene quien la acompañe en esto.",
}


def cargar(elenco: Elenco) -> int:
    temas = {tema.nombre: tema for tema in Tema.objects.all()}
    necesidades = [
        _una(elenco, numero, entidad)
        for numero, (_, entidad) in enumerate(elenco.en_orden())
        if numero % 4 != 3
    ]
    Necesidad.objects.bulk_create(necesidades)
    Necesidad.temas.through.objects.bulk_create(
        [
            Necesidad.temas.through(necesidad_id=una.pk, tema_id=temas[tema].pk)
            for numero, una in enumerate(necesidades)
            if (tema := NECESIDADES[numero % len(NECESIDADES)][1]) in temas
        ]
    )
    pasos = [
        paso
        for numero, una in enumerate(necesidades)
        for paso in _pasos(elenco, CAMINOS[numero % len(CAMINOS)], una)
    ]
    PasoDeNecesidad.objects.bulk_create(pasos)
    _responder([paso for paso in pasos if paso.clase == Clase.ATENDIDA])
    # En qué quedó cada una lo dice su último paso.
    Necesidad.objects.bulk_update(necesidades, ["estado", "turno", "turno_desde", "direccion"])
    return len(necesidades)


def _una(elenco, numero, entidad):
    texto, _ = NECESIDADES[numero % len(NECESIDADES)]
    momento = timezone.now() - timedelta(days=60 - numero % 50)
    return Necesidad(
        entidad=entidad,
        texto=f"{texto}.",
        prioridad=1 + numero % 3,
        origen=Necesidad.Origen.PEDIDA if numero % 3 else Necesidad.Origen.OBSERVADA,
        turno_desde=momento,
        **_hecho(elenco, momento),
    )


def _pasos(elenco, camino, necesidad):
    momento = necesidad.creado_en
    yield PasoDeNecesidad(necesidad=necesidad, clase=Clase.REGISTRADA, **_hecho(elenco, momento))
    for clase in camino:
        momento += timedelta(days=2)
        de, a = _por_donde_va(elenco, clase, necesidad)
        yield PasoDeNecesidad(
            necesidad=necesidad,
            clase=clase,
            texto=DICE[clase],
            de=de,
            a=a,
            **_hecho(elenco, momento),
        )
        necesidad.turno_desde = momento


def _por_donde_va(elenco, clase, necesidad):
    """De qué dirección a cuál. Deja a la necesidad donde ese paso la pone."""
    de, a = None, None
    if clase in (Clase.DIRIGIDA, Clase.TRASLADADA):
        cuantas, de = len(elenco.direcciones), necesidad.direccion
        a = elenco.direcciones[(necesidad.entidad_id + bool(de)) % cuantas]
        necesidad.direccion = a
    if clase in (Clase.ATENDIDA, Clase.NO_PROCEDE):
        necesidad.estado = Estado.ATENDIDA if clase == Clase.ATENDIDA else Estado.NO_PROCEDE
        necesidad.turno = Turno.NADIE
    else:
        necesidad.turno = Turno.ENTIDAD if clase == Clase.PREGUNTA else Turno.DIRECCION
    return de, a


def _responder(atendidas):
    """Unas con un contacto de esa secretaría y otras con algo de la biblioteca."""
    contenido = Contenido.objects.filter(es_demostracion=True).first()
    ultimo = dict(
        Contacto.objects.completos()
        .filter(entidad__in=[paso.necesidad.entidad_id for paso in atendidas])
        .order_by("fecha")
        .values_list("entidad", "pk")
    )
    RespuestaANecesidad.objects.bulk_create(
        RespuestaANecesidad(
            necesidad=paso.necesidad, paso=paso, creado_por=paso.creado_por, **con_que
        )
        for numero, paso in enumerate(atendidas)
        if (con_que := _con_que(numero, paso, ultimo, contenido))
    )


def _con_que(numero, paso, ultimo, contenido):
    contacto = ultimo.get(paso.necesidad.entidad_id)
    if contacto and (numero % 2 or contenido is None):
        return {"contacto_id": contacto}
    return {"contenido": contenido} if contenido else None


def _hecho(elenco, momento):
    return {
        "es_demostracion": True,
        "creado_por": elenco.equipo,
        "creado_en": momento,
        "actualizado_en": momento,
    }
