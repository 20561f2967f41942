"""Lo que alguien decide al revisar: de quién es un dominio, un texto o una persona.

Una decisión se toma una vez, enseña lo que pueda al catálogo y vuelve a contar las sesiones que
toca. Lo confirmado no se pregunta otra vez, y todo se puede deshacer.
"""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timesince import timesince

from conectate.acciones import aprendizaje
from conectate.acciones.identificacion import dominio_de, norma_de
from conectate.acciones.recalculo import recalcular_sesiones, tomar_abierta
from conectate.acciones.senas import de_una_sesion, reconoce
from conectate.consultas.revision import SEPARADOR_DE_SESION, YA_NO_CAMBIAN, muestra_de
from conectate.models import Decision, Importacion, MismaPersona, Participacion, Sesion
from conectate.models.asistencia import DecisionDeEntidad
from cuentas.bitacora import anotar
from cuentas.models import Usuario
from territorio.models import EntidadTerritorial
from trabajos.acciones import encolar
from trabajos.models import Trabajo

Ambito, Desenlace = Decision.Ambito, Decision.Desenlace
DE_UNA_VEZ = 5_000  # participaciones que se vuelven a contar mientras la persona espera


# ── Decidir ───────────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def decidir(
    *,
    grupo: str,
    por: Usuario | None,
    entidad: EntidadTerritorial | None = None,
    ajena: str = "",
    desenlace: str = "",
) -> Decision:
    """Responde por todo el grupo a la vez: «@semneiva.gov.co es de Neiva»."""
    ambito, _, valor = grupo.partition(":")
    _exigir_que_nadie_haya_decidido(ambito, valor)
    esperan = (
        Participacion.objects.por_revisar()
        .filter(grupo=grupo)
        .exclude(sesion__estado__in=YA_NO_CAMBIAN)
    )
    primera = esperan.order_by("nombre_norm").first()
    if primera is None:
        raise ValidationError(
            "Esto ya estaba resuelto: nadie espera por esa respuesta. No se cambió nada.",
            code="grupo_sin_nadie",
        )
    return _tomar(
        ambito,
        valor,
        muestra_de(grupo, primera),
        por,
        entidad=entidad,
        ajena=ajena,
        desenlace=desenlace,
        # Lo que se ve al decidir: en qué sesiones y cuántas personas.
        vistas=list(esperan.values_list("sesion", flat=True).distinct()),
        n_personas=esperan.values("clave").distinct().count(),
        n_sesiones=esperan.values("sesion").distinct().count(),
    )


@transaction.atomic
def decidir_de_una_persona(
    *,
    participacion: Participacion,
    por: Usuario,
    entidad: EntidadTerritorial | None = None,
    ajena: str = "",
    desenlace: str = "",
    habia: int | None = None,
) -> Decision:
    """«Esta persona es de…», aunque ya tuviera entidad. `habia` es la decisión que se corrige."""
    tomar_abierta(participacion.sesion)
    anterior = decision_de(participacion)
    if anterior and anterior.pk != habia:
        raise _ya_decidido(anterior)
    valor = participacion.clave
    if _solo_de_su_sesion(participacion):
        valor = de_una_sesion(participacion.clave, participacion.sesion_id)
    if anterior:
        valor = anterior.valor
        _retirar(anterior, por)
    return _tomar(
        Ambito.PERSONA,
        valor,
        participacion.nombre,
        por,
        entidad=entidad,
        ajena=ajena,
        desenlace=desenlace,
        vistas=[participacion.sesion_id],
        n_personas=1,
        n_sesiones=Participacion.objects.filter(_de_la_persona(valor)).count(),
    )


def decision_de(participacion: Participacion) -> Decision | None:
    """La vigente sobre esa persona: la de su sesión antes que la general, si le vale."""
    de_su_sesion = de_una_sesion(participacion.clave, participacion.sesion_id)
    posibles = [de_su_sesion]
    if not _solo_de_su_sesion(participacion):
        posibles.append(participacion.clave)
    vigentes = {
        decision.valor: decision
        for decision in Decision.objects.vigentes()
        .filter(ambito=Ambito.PERSONA, valor__in=posibles)
        .select_related("entidad", "creado_por")
    }
    return next((vigentes[valor] for valor in posibles if valor in vigentes), None)


def _solo_de_su_sesion(participacion):
    """No se la reconoce en otra, se pregunta aparte o lo que trae aquí ya decía de quién es."""
    clave = participacion.clave
    return (
        not reconoce(clave)
        or participacion.grupo == f"persona:{de_una_sesion(clave, participacion.sesion_id)}"
        or (participacion.decision == DecisionDeEntidad.AUTOMATICA and not participacion.correo)
    )


def _tomar(
    ambito, valor, muestra, por, *, entidad, ajena, desenlace, vistas, n_personas, n_sesiones
):
    desenlace = desenlace or (Desenlace.ENTIDAD if entidad else Desenlace.AJENA)
    ajena = " ".join(ajena.split())[:120]
    _exigir_respuesta(desenlace, entidad, ajena)
    aprendizaje.exigir_que_se_pueda(ambito, valor, desenlace)
    decision = Decision(
        ambito=ambito,
        valor=valor,
        muestra=muestra[:250],
        desenlace=desenlace,
        entidad=entidad if desenlace == Desenlace.ENTIDAD else None,
        ajena=ajena if desenlace == Desenlace.AJENA else "",
        n_personas=n_personas,
        n_sesiones=n_sesiones,
        creado_por=por,
    )
    sesiones = sesiones_que_toca(decision)
    _exigir_que_existiera(decision.entidad, sesiones)
    try:
        with transaction.atomic():
            decision.save()
    except IntegrityError:
        _exigir_que_nadie_haya_decidido(ambito, valor)
        raise
    decision.importaciones.set(Importacion.objects.confirmadas().filter(sesion__in=vistas))
    aprendizaje.ensenar(decision)
    _anotar(por, "decidió en la revisión", decision)
    aplicar(sesiones, por)
    return decision


def _exigir_respuesta(desenlace, entidad, ajena):
    if desenlace == Desenlace.ENTIDAD and entidad is None:
        raise ValidationError(
            "Escoja una entidad de la lista: escriba parte de su nombre y selecciónela.",
            code="falta_entidad",
        )
    if desenlace == Desenlace.AJENA and not ajena:
        raise ValidationError(
            "Escriba de qué organización es: el Ministerio, una universidad, otra.",
            code="falta_organizacion",
        )


def _exigir_que_existiera(entidad, sesiones):
    """Una respuesta que no vale en ninguna fecha dejaría de preguntarse sin resolver a nadie."""
    if entidad is None or not sesiones or any(entidad.vale_en(s.fecha) for s in sesiones):
        return
    cuando = ", ".join(date_format(dia) for dia in sorted({s.fecha for s in sesiones})[:3])
    raise ValidationError(
        f"{entidad.nombre} no era una entidad certificada en la fecha de ninguna de las sesiones "
        f"por las que se pregunta ({cuando}). Escoja la que atendía ese territorio entonces.",
        code="entidad_de_otra_fecha",
    )


def _exigir_que_nadie_haya_decidido(ambito, valor):
    otra = Decision.objects.vigentes().filter(ambito=ambito, valor=valor).first()
    if otra:
        raise _ya_decidido(otra)


def _ya_decidido(otra):
    quien = otra.creado_por.nombre if otra.creado_por else "El portal"
    return ValidationError(
        f"{quien} ya decidió esto hace {timesince(otra.creado_en)}: {otra}. Su respuesta no "
        "cambió nada. Si no está de acuerdo, deshaga esa decisión y decida de nuevo.",
        code="ya_decidido",
    )


# ── Aplicar ───────────────────────────────────────────────────────────────────────────────────


def sesiones_que_toca(decision: Decision) -> list[Sesion]:
    """Las abiertas donde hay alguien de quien habla la decisión."""
    suyas = Participacion.objects.filter(a_quienes(decision)).values("sesion")
    return list(Sesion.objects.filter(pk__in=suyas).exclude(estado__in=YA_NO_CAMBIAN))


def a_quienes(decision: Decision) -> Q:
    if decision.ambito == Ambito.DOMINIO:  # lo de un dominio vale en sus subdominios
        return Q(dominio=decision.valor) | Q(dominio__endswith=f".{decision.valor}")
    if decision.ambito == Ambito.TEXTO:
        # Lo que parece de más es la condición del índice: sin ella, SQLite no lo usa.
        return Q(declarado_norm=decision.valor) & ~Q(declarado_norm="")
    return _de_la_persona(decision.valor)


def _de_la_persona(valor):
    clave, _, sesion = valor.partition(SEPARADOR_DE_SESION)
    # Quien se unió a otra identidad ya no tiene su clave: se alcanza por sus parejas.
    parejas = MismaPersona.objects.aceptadas().filter(clave=clave)
    suya = Q(clave=clave) | Q(
        clave__in=parejas.values("principal"), sesion__in=parejas.values("sesion")
    )
    return suya & Q(sesion=int(sesion)) if sesion else suya


def aplicar(sesiones: Iterable[Sesion], por: Usuario | None) -> Trabajo | None:
    """Vuelve a contarlas; si son muchas, después, como trabajo."""
    sesiones = list(sesiones)
    claves = [sesion.pk for sesion in sesiones]
    if Participacion.objects.filter(sesion__in=claves).count() <= DE_UNA_VEZ:
        recalcular_sesiones(sesiones)
        return None
    return encolar(
        "conectate.recalcular_sesiones",
        por=por,
        titulo=f"Volver a contar {len(claves)} sesiones",
        parametros={"sesiones": claves},
    )


# ── Deshacer ──────────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def deshacer_decision(*, decision: Decision, por: Usuario | None) -> None:
    """Lo que resolvía vuelve a preguntarse; lo que enseñó se olvida."""
    decision = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    if decision.deshecha_en:
        raise ValidationError(
            "Esa decisión ya estaba deshecha. No se cambió nada.", code="decision_deshecha"
        )
    sesiones = sesiones_que_toca(decision)
    _retirar(decision, por)
    _anotar(por, "deshizo una decisión de la revisión", decision)
    aplicar(sesiones, por)


def olvidar_sin_apoyo(importacion: Importacion, por: Usuario | None) -> list[Decision]:
    """Al deshacer un archivo: las decisiones de las que ya no queda nadie en ninguna sesión."""
    olvidadas = []
    for decision in _que_hablan_de(importacion):
        if not Participacion.objects.filter(a_quienes(decision)).exists():
            _retirar(decision, por)
            olvidadas.append(decision)
    return olvidadas


def _que_hablan_de(importacion):
    """Las vigentes que tocaban a alguien de este archivo."""
    valores = set()
    for registro in importacion.registros.todos():
        valores.add((Ambito.PERSONA, registro.clave))
        valores.add((Ambito.PERSONA, de_una_sesion(registro.clave, importacion.sesion_id)))
        for correo in registro.correos:
            valores.update((Ambito.DOMINIO, uno) for uno in _con_sus_padres(dominio_de(correo)))
        valores.update((Ambito.TEXTO, norma_de(texto)) for texto in registro.declarados)
    return [
        decision
        for decision in Decision.objects.vigentes().select_related("dominio", "alias", "entidad")
        if (decision.ambito, decision.valor) in valores
    ]


def _con_sus_padres(dominio):
    """«correo.otra.test», «otra.test», «test»."""
    etiquetas = dominio.split(".")
    return [".".join(etiquetas[i:]) for i in range(len(etiquetas))]


def _retirar(decision, por):
    aprendizaje.retirar(decision)
    decision.deshecha_por, decision.deshecha_en = por, timezone.now()
    decision.save(update_fields=["deshecha_por", "deshecha_en", "dominio", "alias"])


def _anotar(por, verbo, decision):
    # El valor de una persona es su correo o su nombre: en la bitácora no entra.
    sobre = decision.muestra if decision.ambito != Ambito.PERSONA else "una persona"
    anotar(
        por=por,
        verbo=verbo,
        objeto=decision,
        detalle={
            "ambito": decision.ambito,
            "sobre": sobre,
            "desenlace": decision.desenlace,
            "entidad": decision.entidad and decision.entidad.codigo_dane,
            "ajena": decision.ajena,
            "personas": decision.n_personas,
            "sesiones": decision.n_sesiones,
        },
    )
