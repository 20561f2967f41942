"""Los contactos con las secretarías: la lista, uno, registrarlo, programar el que sigue."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import F, Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from acompanamiento.consultas.cadena import quien_responde
from acompanamiento.consultas.contactos import siguiente_dia
from acompanamiento.consultas.grupos import grupo_propio
from acompanamiento.forms.conflictos import conflictos_de, cuantos_en_conflicto
from acompanamiento.forms.contactos import ContactoForm
from acompanamiento.forms.filtro_de_contactos import CancelarContactoForm, FiltroDeContactosForm
from acompanamiento.models import Compromiso, Contacto
from acompanamiento.permisos import puede_acompanar
from acompanamiento.views.registros import responder

POR_PAGINA = 20
YA_OCURRIDOS = {"estado": Contacto.Estado.COMPLETO}
POR_VENIR = {"estado": Contacto.Estado.PROGRAMADO}
MAS_PROXIMOS = (F("fecha").asc(), F("hora_inicio").asc(nulls_last=True), F("pk").asc())
MAS_RECIENTES = (F("fecha").desc(), F("pk").desc())
# El siguiente de una visita es, casi siempre, la reunión de la semana.
CANAL_DEL_SIGUIENTE = dict.fromkeys(Contacto.CANALES_DE_VISITA, Contacto.Canal.REUNION_VIRTUAL)


def _visible(request, clave):
    return get_object_or_404(
        Contacto.objects.visibles_para(request.user).select_related("entidad", "grupo"), clave=clave
    )


def _exigir_permiso(request):
    if not puede_acompanar(request.user):
        raise PermissionDenied


@require_safe
def contactos(request):
    """La bitácora entera para el Ministerio, que empieza por lo último que ocurrió; para una
    secretaría, la suya."""
    acompana = puede_acompanar(request.user)
    pedido = request.GET or (YA_OCURRIDOS if acompana else {})
    filtro = FiltroDeContactosForm(pedido, del_ministerio=acompana)
    encontrados = (
        filtro.aplicar(Contacto.objects.visibles_para(request.user))
        .select_related("entidad", "grupo")
        .defer("notas", "acuerdos")
        .order_by(*(MAS_PROXIMOS if filtro.puestos == POR_VENIR else MAS_RECIENTES))
    )
    pestanas = _pestanas(request.user, filtro) if acompana else []
    pagina = Paginator(encontrados, POR_PAGINA).get_page(request.GET.get("page"))
    return render(
        request,
        "acompanamiento/contacto_list.html",
        {
            "filtro": filtro,
            "hay_filtros": bool(filtro.puestos),
            "pagina": pagina,
            "consulta": filtro.consulta,
            "acompana": acompana,
            "pestanas": pestanas,
            "en_pestana": any(es_actual for _, _, es_actual in pestanas),
            "en_conflicto": cuantos_en_conflicto(request.user),
        },
    )


def _pestanas(usuario, filtro):
    """Lo que se pregunta siempre, a un toque."""
    suyo = grupo_propio(usuario)
    listas = [
        ("Ya ocurridos", YA_OCURRIDOS),
        *([("De mi grupo", {"grupo": str(suyo.numero)})] if suyo else []),
        ("Por venir", POR_VENIR),
        ("Borradores", {"estado": Contacto.Estado.BORRADOR}),
        ("Todos", {}),
    ]
    return [
        (texto, f"?{urlencode(puestos or {'estado': ''})}", filtro.puestos == puestos)
        for texto, puestos in listas
    ]


@require_safe
def contacto(request, clave):
    """Todo lo que salió de una vez que se habló, hasta los compromisos que dejó."""
    contacto = get_object_or_404(
        Contacto.objects.visibles_para(request.user)
        .select_related("entidad", "grupo", "visita", "creado_por")
        .prefetch_related(
            "temas",
            "adjuntos",
            "fotos",
            "de_la_entidad__papel",
            "del_ministerio__persona",
            "del_ministerio__direccion",
            "del_ministerio__grupo",
            Prefetch(
                "compromisos",
                Compromiso.objects.visibles_para(request.user).select_related(
                    "direccion", "dependencia", "persona", "entidad"
                ),
            ),
            "necesidades",
        ),
        clave=clave,
    )
    acompana = puede_acompanar(request.user)
    por_hacer = contacto.estado in (Contacto.Estado.PROGRAMADO, Contacto.Estado.BORRADOR)
    return render(
        request,
        "acompanamiento/contacto_detail.html",
        {
            "contacto": contacto,
            "visita": getattr(contacto, "visita", None),
            "acompana": acompana,
            "edita": acompana and contacto.estado != Contacto.Estado.CANCELADO,
            "por_completar": por_hacer and contacto.fecha <= timezone.localdate(),
            "compromisos": [
                (uno, quien_responde(uno, request.user)) for uno in contacto.compromisos.all()
            ],
            "anterior": Contacto.objects.visibles_para(request.user)
            .filter(pk=contacto.anterior_id)
            .first(),
            "siguiente": _siguiente(contacto, request.user),
            "conflictos": _conflictos(contacto, request.user) if acompana else [],
        },
    )


def _siguiente(contacto, usuario):
    """El que se programó desde este, si sigue en pie y esa persona lo ve."""
    return (
        Contacto.objects.visibles_para(usuario)
        .filter(anterior=contacto)
        .exclude(estado=Contacto.Estado.CANCELADO)
        .order_by("fecha", "pk")
        .first()
    )


def _conflictos(contacto, usuario):
    return conflictos_de(usuario).en_conflicto().filter(clave=contacto.clave)


@require_http_methods(["GET", "HEAD", "POST"])
def nuevo_contacto(request):
    _exigir_permiso(request)
    iniciales = {
        campo: request.GET[campo]
        for campo in ("entidad", "canal", "fecha")
        if request.GET.get(campo)
    }

    form = ContactoForm(request.POST or None, por=request.user, initial=iniciales)
    if recibo := form.guardar():
        return responder(request, recibo, _que_quedo(recibo.objeto))

    return render(request, "acompanamiento/contacto_form.html", {"form": form})


def _que_quedo(contacto):
    que = "La visita" if contacto.es_visita else "El contacto"
    if contacto.estado == Contacto.Estado.BORRADOR:
        return f"{que} quedó en borrador: la secretaría no lo ve hasta que lo complete."
    if contacto.estado == Contacto.Estado.PROGRAMADO:
        return f"{que} quedó en el calendario."
    return f"{que} quedó guardada." if contacto.es_visita else f"{que} quedó guardado."


@require_http_methods(["GET", "HEAD", "POST"])
def editar_contacto(request, clave):
    contacto = _visible(request, clave)
    _exigir_permiso(request)
    if contacto.estado == Contacto.Estado.CANCELADO and request.method != "POST":
        messages.warning(request, "Este contacto se canceló y ya no se cambia. Registre uno nuevo.")
        return redirect(contacto)

    iniciales = {"estado": "completo"} if request.GET.get("estado") == "completo" else {}
    form = ContactoForm(request.POST or None, por=request.user, objeto=contacto, initial=iniciales)
    if recibo := form.guardar():
        return responder(request, recibo, _que_quedo(recibo.objeto))

    return render(
        request, "acompanamiento/contacto_form.html", {"form": form, "contacto": contacto}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def programar_siguiente(request, clave):
    """La reunión de la semana que sigue: la misma gente, el mismo día y a la misma hora."""
    contacto = _visible(request, clave)
    _exigir_permiso(request)
    form = ContactoForm(
        request.POST or None,
        por=request.user,
        anterior=contacto,
        initial={
            "entidad": contacto.entidad.codigo_dane,
            "canal": CANAL_DEL_SIGUIENTE.get(contacto.canal, contacto.canal),
            "estado": Contacto.Estado.PROGRAMADO,
            "fecha": siguiente_dia(contacto, timezone.localdate()),
            "hora_inicio": contacto.hora_inicio,
            "hora_fin": contacto.hora_fin,
            "donde": contacto.donde,
            "asunto": contacto.asunto,
            "temas": list(contacto.temas.all()),
            "motivo_de_otro_grupo": contacto.motivo_de_otro_grupo,
            "del_ministerio": [
                uno.persona
                for uno in contacto.del_ministerio.select_related("persona")
                if uno.persona.is_active
            ],
            **{f"papel_{uno.papel_id}": uno.personas for uno in contacto.de_la_entidad.all()},
        },
    )
    if recibo := form.guardar():
        return responder(request, recibo, _que_quedo(recibo.objeto))

    return render(
        request,
        "acompanamiento/contacto_siguiente.html",
        {"form": form, "contacto": contacto, "siguiente": _siguiente(contacto, request.user)},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def cancelar_contacto(request, clave):
    contacto = _visible(request, clave)
    _exigir_permiso(request)
    form = CancelarContactoForm(request.POST or None)
    if form.is_valid():
        try:
            form.save(contacto=contacto, por=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "El contacto quedó cancelado, con su motivo. Nada se borró.")
            return redirect(contacto)
    return render(
        request, "acompanamiento/contacto_cancelar.html", {"form": form, "contacto": contacto}
    )
