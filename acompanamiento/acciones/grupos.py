"""Quién acompaña a quién, y desde cuándo. Cambiar es cerrar un tramo y abrir otro.

Todo va bajo candado, primero el del grupo y después el de la entidad: así dos tramos nunca se
cruzan y nadie espera a quien lo espera. Repetir lo que ya está no cambia nada, y lo que se dice
otra vez para el mismo día lo corrige.
"""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format

from acompanamiento.models import Contacto, Grupo, Integrante, Padrinazgo, Pertenencia
from cuentas.bitacora import anotar
from cuentas.models import Usuario
from territorio.models import EntidadTerritorial

UN_DIA = timedelta(days=1)


# ── El grupo ──────────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def crear_grupo(
    *, numero: int, nombre: str = "", desde: date | None = None, por: Usuario | None
) -> Grupo:
    grupo, es_nuevo = Grupo.objects.get_or_create(
        numero=numero, defaults={"nombre": nombre, "desde": desde or timezone.localdate()}
    )
    if not es_nuevo:
        raise ValidationError(
            f"Ya hay un grupo {numero}. Escoja otro número.", code="numero_repetido"
        )
    anotar(por=por, verbo="creó un grupo", objeto=grupo)
    return grupo


@transaction.atomic
def editar_grupo(
    *, grupo: Grupo, nombre: str, desde: date | None, hasta: date | None, por: Usuario
) -> None:
    """Ponerle fecha final es cerrarlo: antes hay que llevar sus secretarías a otro."""
    con_candado(grupo)
    if desde != grupo.desde:
        _exigir_que_empiece_antes(grupo, desde)
    if hasta is not None:
        quedan = sum(
            tramo.hasta is None or tramo.hasta > hasta for tramo in grupo.pertenencias.all()
        )
        if quedan:
            raise ValidationError(
                f"Después del {date_format(hasta)} este grupo aún acompaña a {quedan} "
                f"{'secretaría' if quedan == 1 else 'secretarías'}. Muévalas a otro grupo y "
                "vuelva a cerrarlo.",
                code="grupo_con_entidades",
            )
    grupo.nombre, grupo.desde, grupo.hasta = nombre, desde, hasta
    grupo.full_clean()
    grupo.save()
    anotar(por=por, verbo="editó un grupo", objeto=grupo)


def _exigir_que_empiece_antes(grupo, desde):
    primera = grupo.pertenencias.exclude(desde=None).order_by("desde").first()
    if desde is not None and primera is not None and primera.desde < desde:
        cuando = date_format(primera.desde, r"j \d\e F \d\e Y")
        raise ValidationError(
            {"desde": f"Acompaña a {primera.entidad} desde el {cuando}. Escriba ese día o antes."},
            code="empieza_despues",
        )


# ── Las entidades de un grupo ─────────────────────────────────────────────────────────────────


@transaction.atomic
def mover_entidad(
    *,
    entidad: EntidadTerritorial,
    grupo: Grupo,
    desde: date,
    motivo: str = "",
    por: Usuario | None,
) -> Pertenencia:
    """Desde ese día la acompaña ese grupo, hasta el cambio siguiente si ya se sabe de alguno.

    Lo que pasó antes sigue siendo del grupo de antes; los contactos de ese día en adelante pasan.
    """
    grupo, entidad = con_candado(grupo), con_candado(entidad)
    _exigir_que_valga(entidad, desde)
    _exigir_que_valga(grupo, desde)
    tramos = entidad.pertenencias.select_related("grupo")
    actual = tramos.vigentes(desde).first()
    if actual is not None and actual.grupo_id == grupo.pk:
        return actual
    if actual is not None and not motivo:
        raise ValidationError(
            f"A {entidad} la acompaña el {actual.grupo}. Diga por qué cambia.",
            code="falta_motivo",
        )

    siguiente = tramos.filter(desde__gt=desde).order_by("desde").first()
    dato = {
        "grupo": grupo,
        "motivo": motivo,
        "hasta": siguiente and siguiente.desde - UN_DIA,
        "creado_por": por,
    }
    if actual is not None and actual.desde == desde:
        pertenencia = _corregir(actual, **dato)
    else:
        _cerrar(actual, desde)
        pertenencia = Pertenencia.objects.create(entidad=entidad, desde=desde, **dato)
    _poner_grupo_a_los_contactos(pertenencia.entidad, grupo, desde, pertenencia.hasta)
    anotar(
        por=por,
        verbo="cambió de grupo una secretaría" if actual else "puso una secretaría en un grupo",
        objeto=entidad,
        detalle={"grupo": grupo.numero, "desde": desde},
    )
    return pertenencia


@transaction.atomic
def sacar_entidad(
    *, entidad: EntidadTerritorial, desde: date, motivo: str, por: Usuario | None
) -> None:
    """Desde ese día no la acompaña ningún grupo, hasta el cambio siguiente si lo hay."""
    con_candado(entidad)
    actual = entidad.pertenencias.vigentes(desde).select_related("grupo").first()
    if actual is None:
        return
    if actual.desde == desde:
        raise ValidationError(
            f"{entidad} entró al {actual.grupo} ese mismo día. Escoja un día después, o muévala a "
            "otro grupo.",
            code="sale_el_dia_que_entra",
        )
    _cerrar(actual, desde)
    siguiente = entidad.pertenencias.filter(desde__gt=desde).order_by("desde").first()
    _poner_grupo_a_los_contactos(entidad, None, desde, siguiente and siguiente.desde - UN_DIA)
    anotar(
        por=por,
        verbo="sacó una secretaría de su grupo",
        objeto=entidad,
        detalle={"grupo": actual.grupo.numero, "desde": desde, "motivo": motivo},
    )


def _poner_grupo_a_los_contactos(entidad, grupo, desde, hasta):
    contactos = Contacto.objects.filter(entidad=entidad, fecha__gte=desde)
    if hasta is not None:
        contactos = contactos.filter(fecha__lte=hasta)
    contactos.update(grupo=grupo)


# ── Las personas ──────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def agregar_integrante(
    *, grupo: Grupo, persona: Usuario, papel: str, desde: date, por: Usuario | None
) -> Integrante:
    """Un grupo tiene un solo líder: quien llega a serlo releva a quien lo era."""
    grupo = con_candado(grupo)
    exigir_que_pueda_acompanar(persona)
    _exigir_que_valga(grupo, desde)
    abiertos = grupo.integrantes.filter(papel=papel, hasta=None)
    if papel != Integrante.Papel.LIDER:
        abiertos = abiertos.filter(persona=persona)
    integrante, es_otro = _suceder(
        abiertos, persona, desde, nuevo={"grupo": grupo, "papel": papel, "creado_por": por}
    )
    if es_otro:
        anotar(
            por=por,
            verbo="sumó a alguien a un grupo",
            objeto=grupo,
            detalle={"integrante": integrante.pk, "papel": papel, "desde": desde},
        )
    return integrante


@transaction.atomic
def retirar_integrante(*, integrante: Integrante, hasta: date, por: Usuario | None) -> None:
    """Hasta ese día hizo parte del grupo. Lo que hizo queda."""
    con_candado(integrante.grupo)
    integrante.refresh_from_db()
    if integrante.hasta is not None:
        raise ValidationError(
            f"Esa persona ya se había retirado el {date_format(integrante.hasta)}.",
            code="ya_se_retiro",
        )
    if integrante.desde and hasta < integrante.desde:
        raise ValidationError(
            f"Entró al grupo el {date_format(integrante.desde)}: escoja ese día o uno después.",
            code="sale_antes_de_entrar",
        )
    integrante.hasta = hasta
    integrante.save(update_fields=["hasta"])
    anotar(
        por=por,
        verbo="retiró a alguien de un grupo",
        objeto=integrante.grupo,
        detalle={"integrante": integrante.pk, "hasta": hasta},
    )


@transaction.atomic
def asignar_padrino(
    *, entidad: EntidadTerritorial, persona: Usuario, papel: str, desde: date, por: Usuario | None
) -> Padrinazgo:
    """Desde ese día responde por la entidad; quien lo hacía, hasta el día anterior."""
    entidad = con_candado(entidad)
    exigir_que_pueda_acompanar(persona)
    _exigir_que_valga(entidad, desde)
    padrinazgo, es_otro = _suceder(
        entidad.padrinazgos.filter(papel=papel, hasta=None),
        persona,
        desde,
        nuevo={"entidad": entidad, "papel": papel, "creado_por": por},
    )
    if es_otro:
        anotar(
            por=por,
            verbo="asignó quién responde por una secretaría",
            objeto=entidad,
            detalle={"padrinazgo": padrinazgo.pk, "papel": papel, "desde": desde},
        )
    return padrinazgo


def exigir_que_pueda_acompanar(persona: Usuario) -> None:
    if not persona.es_del_ministerio:
        raise ValidationError(
            "Los grupos los integran personas del Ministerio. Escoja otra cuenta.",
            code="no_es_del_ministerio",
        )
    if not persona.is_active:
        raise ValidationError(
            "Esa cuenta está desactivada. Escoja otra, o pida que la activen.",
            code="cuenta_desactivada",
        )


def _suceder(abiertos: QuerySet, persona, desde, *, nuevo):
    """Cierra el tramo abierto y abre el de esa persona; si ya es ella, no cambia nada.

    Devuelve el tramo y si cambió.
    """
    actual = abiertos.first()
    if actual is not None and actual.persona_id == persona.pk:
        return actual, False
    if actual is not None and actual.desde is not None and actual.desde > desde:
        raise ValidationError(
            f"Ya hay otra persona desde el {date_format(actual.desde)}. Escoja ese día o uno "
            "después.",
            code="antes_del_tramo_abierto",
        )
    if actual is not None and actual.desde == desde:
        return _corregir(actual, persona=persona, creado_por=nuevo["creado_por"]), True
    _cerrar(actual, desde)
    return abiertos.model.objects.create(persona=persona, desde=desde, **nuevo), True


# ── Lo que comparten ──────────────────────────────────────────────────────────────────────────


def con_candado(objeto):
    """El mismo, como está ahora. Hasta que esto acabe, otro que lo pida espera.

    Sin `no_key` esperaría también quien solo lo nombra: un contacto, un compromiso.
    """
    return type(objeto).objects.select_for_update(no_key=True).get(pk=objeto.pk)


def apartar_los_grupos() -> None:
    """Quien va a cambiar varios los toma todos antes: dos así van uno detrás del otro."""
    list(Grupo.objects.select_for_update(no_key=True).order_by("pk"))


def _exigir_que_valga(cosa, fecha):
    if not cosa.vale_en(fecha):
        raise ValidationError(
            f"{cosa} no está vigente el {date_format(fecha)}. Escoja otra fecha.",
            code=f"{cosa._meta.model_name}_no_vale",
        )


def _cerrar(tramo, desde):
    """El día anterior al que empieza lo siguiente."""
    if tramo is not None:
        tramo.hasta = desde - UN_DIA
        tramo.save(update_fields=["hasta"])


def _corregir(tramo, **datos):
    for campo, valor in datos.items():
        setattr(tramo, campo, valor)
    tramo.save()
    return tramo
