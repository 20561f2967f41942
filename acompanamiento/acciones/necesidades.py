"""La vida de una necesidad: se registra, va de mano en mano y se cierra. Cada vuelta es un paso.

Quien da un paso dice cuál fue el último que vio (`visto`): si alguien dio otro mientras tanto, se
le cuenta antes de seguir, y lo que escribió no se pierde.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from acompanamiento.acciones.recepcion import Recibo, cuerpo_de, recibir
from acompanamiento.consultas.cosas import cosa_visible
from acompanamiento.models import (
    Actividad,
    Contacto,
    Necesidad,
    PasoDeNecesidad,
    RespuestaANecesidad,
)
from acompanamiento.permisos import puede_responder_necesidad
from contenidos.models import Contenido
from cuentas.bitacora import anotar
from cuentas.models import Direccion, Usuario

FALTA_POR_QUE = "Diga por qué se traslada: quien la recibe necesita saberlo."
FALTA_LA_PREGUNTA = "Escriba qué necesita saber."
FALTA_LA_RESPUESTA = "Escriba la respuesta."
FALTA_EL_MOTIVO = "Diga por qué no procede: la secretaría lo va a leer."
FALTA_LO_QUE_FALTO = "Diga qué quedó faltando."

Clase, Estado, Turno = PasoDeNecesidad.Clase, Necesidad.Estado, Necesidad.Turno


@dataclass(frozen=True)
class Cosa:
    """Algo de otra app, por su clase y su número: una sesión."""

    clase: str
    pk: int


Respuesta = Contacto | Actividad | Contenido | Cosa


# ── Registrarla ───────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def registrar_necesidad(
    *, clave: UUID, base: int, datos: dict, por: Usuario, cuerpo: dict | None = None
) -> Recibo:
    """La que pide una secretaría, o la que nota quien la acompaña. Con base, la corrige."""
    cuerpo = cuerpo_de(datos) if cuerpo is None else cuerpo
    datos = dict(datos)
    temas = datos.pop("temas", [])

    def guardar(necesidad):
        if necesidad is None:
            return _nueva(clave, datos, temas, por)
        _exigir_abierta(necesidad)
        for campo in ("texto", "prioridad"):
            setattr(necesidad, campo, datos[campo])
        necesidad.full_clean(exclude=["entidad", "contacto", "direccion"])
        necesidad.save()
        necesidad.temas.set(temas)
        anotar(por=por, verbo="corrigió una necesidad", objeto=necesidad)
        return necesidad

    return recibir(
        clase="necesidad",
        visibles=Necesidad.objects.visibles_para(por),
        clave=clave,
        base=base,
        cuerpo=cuerpo,
        por=por,
        guardar=guardar,
    )


def _nueva(clave, datos, temas, por):
    entidad, contacto = datos["entidad"], datos.get("contacto")
    if por.es_de_secretaria:
        if entidad.pk != por.entidad_id:
            raise ValidationError(
                {"entidad": "Usted pide por su secretaría."}, code="entidad_ajena"
            )
        datos = {**datos, "origen": Necesidad.Origen.PEDIDA}
    if not entidad.vale_en(timezone.localdate()):
        raise ValidationError(
            {
                "entidad": f"La secretaría de {entidad} cerró el {date_format(entidad.hasta)}: no "
                "se le registra nada nuevo. Escoja la que hoy atiende ese territorio."
            },
            code="entidad_cerrada",
        )
    if contacto is not None and contacto.entidad_id != entidad.pk:
        raise ValidationError(
            {"contacto": f"Ese contacto no fue con {entidad}. Escoja otro o déjelo vacío."},
            code="contacto_ajeno",
        )
    direccion = datos.get("direccion")
    necesidad = Necesidad(
        **datos,
        clave=clave,
        es_demostracion=por.es_demostracion,
        turno=Turno.DIRECCION if direccion else Turno.GRUPO,
        creado_por=por,
    )
    necesidad.full_clean()
    necesidad.save()
    necesidad.temas.set(temas)
    necesidad.pasos.create(clase=Clase.REGISTRADA, a=direccion, creado_por=por)
    anotar(por=por, verbo="registró una necesidad", objeto=necesidad)
    return necesidad


# ── Los pasos ─────────────────────────────────────────────────────────────────────────────────


def dirigir(*, necesidad: Necesidad, direccion: Direccion, por: Usuario, **paso) -> Recibo:
    """A la dirección del Ministerio que la va a atender. Si se espera a la secretaría, sigue."""

    def mover(necesidad):
        if necesidad.direccion_id is not None:
            raise ValidationError(
                f"Ya está en {necesidad.direccion}. Si le toca a otra dirección, trasládela.",
                code="ya_dirigida",
            )
        return {"direccion": direccion, "turno": _sin_interrumpir(necesidad, Turno.DIRECCION)}

    return _dar(Clase.DIRIGIDA, necesidad, mover, por, a=direccion, **paso)


def trasladar(
    *, necesidad: Necesidad, direccion: Direccion, texto: str, por: Usuario, **paso
) -> Recibo:
    """De una dirección a otra, con el porqué."""

    def mover(necesidad):
        if necesidad.direccion_id is None:
            raise ValidationError(
                "Todavía no está en ninguna dirección: diríjala.", code="sin_dirigir"
            )
        if necesidad.direccion_id == direccion.pk:
            raise ValidationError(
                {"direccion": f"Ya está en {direccion}. Escoja otra."}, code="misma_direccion"
            )
        return {"direccion": direccion, "turno": _sin_interrumpir(necesidad, Turno.DIRECCION)}

    _exigir_texto(texto, FALTA_POR_QUE)
    return _dar(Clase.TRASLADADA, necesidad, mover, por, texto=texto, a=direccion, **paso)


def preguntar(*, necesidad: Necesidad, texto: str, por: Usuario, **paso) -> Recibo:
    """Falta que la secretaría aclare algo: desde ahora se la espera a ella."""

    def mover(necesidad):
        if necesidad.turno == Turno.ENTIDAD:
            raise ValidationError(
                "Ya se le preguntó a la secretaría y no ha respondido.", code="ya_preguntada"
            )
        return {"turno": Turno.ENTIDAD}

    _exigir_texto(texto, FALTA_LA_PREGUNTA)
    return _dar(Clase.PREGUNTA, necesidad, mover, por, texto=texto, **paso)


def responder(*, necesidad: Necesidad, texto: str, por: Usuario, **paso) -> Recibo:
    """La secretaría contesta y la espera vuelve a quien la atiende."""

    def mover(necesidad):
        if not puede_responder_necesidad(por, necesidad):
            raise ValidationError("Responde la secretaría.", code="no_le_toca")
        if necesidad.turno != Turno.ENTIDAD:
            raise ValidationError(
                "No hay ninguna pregunta por responder: ya se contestó.", code="sin_pregunta"
            )
        return {"turno": _de_quien_la_atiende(necesidad)}

    _exigir_texto(texto, FALTA_LA_RESPUESTA)
    return _dar(Clase.RESPUESTA, necesidad, mover, por, texto=texto, **paso)


def atender(
    *,
    necesidad: Necesidad,
    respuestas: Iterable[Respuesta],
    texto: str = "",
    por: Usuario,
    **paso,
) -> Recibo:
    """Se cierra diciendo con qué: un contacto, un taller, un contenido o una sesión."""
    respuestas = list(respuestas)

    def mover(necesidad):
        if not respuestas:
            raise ValidationError(
                "Escoja con qué se atendió: un contacto, un taller, un contenido o una sesión. Si "
                "no se va a atender, ciérrela como «no procede».",
                code="sin_respuesta",
            )
        for respuesta in respuestas:
            _exigir_que_sirva(respuesta, necesidad, por)
        return {"estado": Estado.ATENDIDA, "turno": Turno.NADIE}

    def despues(paso):
        RespuestaANecesidad.objects.bulk_create(
            [
                RespuestaANecesidad(
                    necesidad=paso.necesidad, paso=paso, creado_por=por, **_campos(respuesta)
                )
                for respuesta in respuestas
            ]
        )

    return _dar(Clase.ATENDIDA, necesidad, mover, por, texto=texto, despues=despues, **paso)


def no_procede(*, necesidad: Necesidad, texto: str, por: Usuario, **paso) -> Recibo:
    _exigir_texto(texto, FALTA_EL_MOTIVO)
    cierre = {"estado": Estado.NO_PROCEDE, "turno": Turno.NADIE}
    return _dar(Clase.NO_PROCEDE, necesidad, lambda _: cierre, por, texto=texto, **paso)


def reabrir(*, necesidad: Necesidad, texto: str, por: Usuario, **paso) -> Recibo:
    """No quedó resuelta: vuelve a quien la estaba atendiendo."""

    def mover(necesidad):
        if necesidad.esta_abierta:
            raise ValidationError("Esta necesidad ya está abierta.", code="ya_abierta")
        return {"estado": Estado.ABIERTA, "turno": _de_quien_la_atiende(necesidad)}

    _exigir_texto(texto, FALTA_LO_QUE_FALTO)
    return _dar(Clase.REABIERTA, necesidad, mover, por, texto=texto, **paso)


# ── Lo común a los pasos ──────────────────────────────────────────────────────────────────────


@transaction.atomic
def _dar(
    clase: str,
    necesidad: Necesidad,
    mover: Callable[[Necesidad], dict],
    por: Usuario,
    *,
    clave: UUID | None = None,
    cuerpo: dict | None = None,
    visto: int | None = None,
    texto: str = "",
    a: Direccion | None = None,
    despues: Callable[[PasoDeNecesidad], None] = lambda paso: None,
) -> Recibo:
    """Un paso, una vez. `mover` revisa sus reglas y dice qué cambia en la necesidad."""
    necesidad = Necesidad.objects.select_for_update().get(pk=necesidad.pk)
    clave = clave or uuid4()

    def guardar(_):
        _exigir_lo_visto(necesidad, visto)
        if clase != Clase.REABIERTA:
            _exigir_abierta(necesidad)
        cambios = mover(necesidad)
        de = necesidad.direccion if "direccion" in cambios else None
        if cambios.get("turno", necesidad.turno) != necesidad.turno or "direccion" in cambios:
            cambios["turno_desde"] = timezone.now()
        for campo, valor in cambios.items():
            setattr(necesidad, campo, valor)
        necesidad.save(update_fields=list(cambios))
        paso = necesidad.pasos.create(
            clave=clave, clase=clase, texto=texto, de=de, a=a, creado_por=por
        )
        despues(paso)
        anotar(por=por, verbo=VERBOS[clase], objeto=necesidad)
        return paso

    recibo = recibir(
        clase="paso",
        visibles=PasoDeNecesidad.objects.filter(necesidad=necesidad),
        clave=clave,
        base=0,
        cuerpo=cuerpo_de({"paso": clase, "texto": texto, "a": a}) if cuerpo is None else cuerpo,
        por=por,
        guardar=guardar,
    )
    if recibo.hay_conflicto:  # un paso no se corrige: se da otro
        raise ValidationError(
            "Este paso ya se guardó con lo que usted escribió la primera vez. Mire cómo quedó y, "
            "si falta algo, dé otro paso desde la página de la necesidad.",
            code="paso_ya_dado",
        )
    return recibo


VERBOS = {
    Clase.DIRIGIDA: "dirigió una necesidad",
    Clase.TRASLADADA: "trasladó una necesidad",
    Clase.PREGUNTA: "preguntó por una necesidad",
    Clase.RESPUESTA: "respondió por una necesidad",
    Clase.ATENDIDA: "dio por atendida una necesidad",
    Clase.NO_PROCEDE: "cerró una necesidad: no procede",
    Clase.REABIERTA: "reabrió una necesidad",
}


def _exigir_lo_visto(necesidad, visto):
    if visto is None:
        return
    ultimo = necesidad.pasos.order_by("-pk").first()
    if ultimo is not None and ultimo.pk != visto:
        raise ValidationError(
            f"Mientras usted escribía, esta necesidad cambió: {ultimo.get_clase_display()}. Lo "
            "suyo sigue aquí; si aún vale, guárdelo otra vez.",
            code="necesidad_cambio",
        )


def _exigir_abierta(necesidad):
    if not necesidad.esta_abierta:
        raise ValidationError(
            f"Esta necesidad está cerrada ({necesidad.get_estado_display()}). Si no quedó "
            "resuelta, reábrala primero.",
            code="necesidad_cerrada",
        )


def _exigir_texto(texto, mensaje):
    if not texto.strip():
        raise ValidationError({"texto": mensaje}, code="sin_texto")


def _de_quien_la_atiende(necesidad):
    return Turno.DIRECCION if necesidad.direccion_id else Turno.GRUPO


def _sin_interrumpir(necesidad, turno):
    """Si se le preguntó algo a la secretaría, aún se la espera a ella."""
    return Turno.ENTIDAD if necesidad.turno == Turno.ENTIDAD else turno


def _exigir_que_sirva(respuesta, necesidad, por):
    entidad = necesidad.entidad
    match respuesta:
        case Contacto():
            if respuesta.entidad_id != entidad.pk or not respuesta.esta_completo:
                raise ValidationError(
                    {"contacto": f"Escoja un contacto con {entidad} que ya esté completo."},
                    code="contacto_no_sirve",
                )
        case Actividad():
            llego = respuesta.coberturas.filter(entidad=entidad).exists()
            if not llego or respuesta.estado != Actividad.Estado.REALIZADA:
                raise ValidationError(
                    {"actividad": f"Escoja un taller ya realizado que haya llegado a {entidad}."},
                    code="actividad_no_sirve",
                )
        case Contenido():
            if not Contenido.objects.publicados().filter(pk=respuesta.pk).exists():
                raise ValidationError(
                    {"contenido": f"«{respuesta}» no está publicado. Escoja otro."},
                    code="contenido_no_sirve",
                )
        case Cosa():
            if cosa_visible(respuesta.clase, respuesta.pk, por) is None:
                raise ValidationError(
                    {"sesion": "Esa sesión ya no está o usted no puede verla. Escoja otra."},
                    code="cosa_no_sirve",
                )


def _campos(respuesta):
    if isinstance(respuesta, Cosa):
        return {"cosa_clase": respuesta.clase, "cosa_id": respuesta.pk}
    return {type(respuesta).__name__.lower(): respuesta}
