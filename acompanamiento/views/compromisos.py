"""Los compromisos: la lista, el tablero de lo vencido, la cadena de uno, y registrarlo."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.utils.formats import date_format
from django.views.decorators.http import require_http_methods, require_safe

from acompanamiento.acciones.responsables import Responsable
from acompanamiento.consultas.cadena import TONOS, cadena_de, origen_de, quien, quien_responde
from acompanamiento.consultas.compromisos import (
    cuando_vence,
    tablero_de_vencidos,
)
from acompanamiento.consultas.cosas import cosa_visible, nombre_de_la_clase
from acompanamiento.consultas.grupos import entidades_a_cargo, entidades_de, grupo_de, grupos_de
from acompanamiento.forms.compromisos import CompromisoForm
from acompanamiento.forms.filtro_de_compromisos import FiltroDeCompromisosForm
from acompanamiento.models import Compromiso, Contacto, Grupo, Lado, Necesidad
from acompanamiento.permisos import puede_acompanar, puede_seguir_compromiso
from acompanamiento.views.registros import responder
from territorio.models import EntidadTerritorial

EN_LA_LISTA = 20
CON_QUIEN_RESPONDE = ("entidad", "direccion", "dependencia", "persona")
leer_y_enviar = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def compromisos(request):
    filtro = FiltroDeCompromisosForm(request.GET, usuario=request.user)
    hallados = filtro.aplicar(Compromiso.objects.visibles_para(request.user))
    pagina = Paginator(hallados.select_related(*CON_QUIEN_RESPONDE), EN_LA_LISTA).get_page(
        request.GET.get("page")
    )
    return render(
        request,
        "acompanamiento/compromiso_list.html",
        {
            "filtro": filtro,
            "consulta": filtro.consulta,
            "pagina": pagina,
            "filas": [
                (uno, quien_responde(uno, request.user), TONOS[uno.estado], cuando_vence(uno))
                for uno in pagina.object_list
            ],
            "acuerda": puede_acompanar(request.user),
        },
    )


@require_safe
def tablero(request):
    """Lo vencido, repartido. ?grupo=: solo el de las secretarías que acompaña hoy; ?por=: una
    sola parte, entera."""
    if not puede_acompanar(request.user):
        raise PermissionDenied
    numero = request.GET.get("grupo", "")
    grupo = Grupo.objects.filter(numero=numero).first() if _es_numero(numero) else None
    tablero = tablero_de_vencidos(entidades=entidades_de(grupo).order_by() if grupo else None)
    partes = [una for una in tablero.partes if not (grupo and una.clave == "grupo")]
    sola = next((una for una in partes if una.clave == request.GET.get("por")), None)
    return render(
        request,
        "acompanamiento/tablero.html",
        {
            "grupo": grupo,
            "de_grupo": f"grupo={grupo.numero}" if grupo else "",
            "mas": f"&grupo={grupo.numero}" if grupo else "",
            "mis_grupos": grupos_de(request.user),
            "tablero": tablero,
            "partes": partes,
            "sola": sola,
        },
    )


def _es_numero(texto):
    return texto.isdecimal() and len(texto) < 5


@require_safe
def compromiso(request, clave):
    compromiso = _visible(request, clave)
    usuario, acompana = request.user, puede_acompanar(request.user)
    return render(
        request,
        "acompanamiento/compromiso_detail.html",
        {
            "compromiso": compromiso,
            "tono": TONOS[compromiso.estado],
            "cuando": cuando_vence(compromiso),
            "origen": origen_de(compromiso, usuario),
            "responde": quien_responde(compromiso, usuario),
            "lo_acordo": quien(compromiso.creado_por, usuario),
            "cadena": cadena_de(compromiso, usuario),
            "grupo": grupo_de(compromiso.entidad),
            "acompana": acompana,
            "sigue": compromiso.esta_abierto and puede_seguir_compromiso(usuario, compromiso),
            "mueve": compromiso.esta_abierto and acompana,
            "reabre": acompana and not compromiso.esta_abierto,
        },
    )


# ── Registrarlo ───────────────────────────────────────────────────────────────────────────────


@leer_y_enviar
def nuevo_compromiso(request):
    """Con ?contacto=, ?necesidad= o ?sesion=, ya unido a lo que lo originó."""
    if not puede_acompanar(request.user):
        raise PermissionDenied

    initial = _de_donde_viene(request)
    if request.method != "POST" and not initial.get("entidad"):
        return _escoger_entidad(request)
    form = CompromisoForm(request.POST or None, por=request.user, initial=initial)
    if recibo := form.guardar():
        return responder(request, recibo, f"Quedó registrado: vence el {_dia(recibo.objeto)}.")

    return _formulario(request, form, None)


def _de_donde_viene(request):
    """Lo que ya se sabe no se pregunta."""
    if contacto := _dicho(request, "contacto", Contacto):
        return {
            "contacto": contacto,
            "entidad": contacto.entidad,
            "acordado_el": contacto.fecha if contacto.esta_completo else None,
        }
    if necesidad := _dicho(request, "necesidad", Necesidad):
        responsable = Responsable(Lado.MINISTERIO, direccion=necesidad.direccion)
        return {
            "necesidad": necesidad,
            "entidad": necesidad.entidad,
            "responsable": responsable if necesidad.direccion else None,
        }
    codigo = request.GET.get("entidad", "")[:5]
    initial = {"entidad": EntidadTerritorial.objects.filter(codigo_dane=codigo).first()}
    sesion = request.GET.get("sesion", "")
    if _es_numero(sesion) and cosa_visible("sesion", int(sesion), request.user):
        initial |= {"cosa_clase": "sesion", "cosa_id": int(sesion)}
    return initial


def _dicho(request, nombre, modelo):
    try:
        clave = UUID(request.GET.get(nombre, ""))
    except ValueError:
        return None
    visibles = modelo.objects.visibles_para(request.user).select_related("entidad")
    return visibles.filter(clave=clave).first()


def _escoger_entidad(request):
    a_cargo = list(entidades_a_cargo(request.user))
    suyas = {una.pk for una in a_cargo}
    vigentes = EntidadTerritorial.objects.vigentes().en_orden()
    return render(
        request,
        "acompanamiento/compromiso_entidad.html",
        {
            "a_cargo": a_cargo,
            "las_demas": [una for una in vigentes if una.pk not in suyas],
            "sesion": request.GET.get("sesion", ""),
        },
    )


@leer_y_enviar
def editar_compromiso(request, clave):
    compromiso = _visible(request, clave)
    if not (puede_acompanar(request.user) and compromiso.esta_abierto):
        raise PermissionDenied

    form = CompromisoForm(request.POST or None, por=request.user, objeto=compromiso)
    if recibo := form.guardar():
        return responder(request, recibo, "El compromiso quedó corregido.")

    return _formulario(request, form, compromiso)


def _formulario(request, form, compromiso):
    entidad = form.la_entidad
    return render(
        request,
        "acompanamiento/compromiso_form.html",
        {
            "form": form,
            "compromiso": compromiso,
            "entidad": entidad,
            "origen": None if compromiso else _origen(form, request.user),
        },
    )


def _origen(form, usuario):
    """(qué es, cómo se llama), para que quien escribe sepa que ya está unido."""
    valor = form["cosa_clase"].value(), form["cosa_id"].value()
    if valor[0] and str(valor[1]).isdecimal():
        cosa = cosa_visible(valor[0], int(valor[1]), usuario)
        return cosa and (nombre_de_la_clase(valor[0]), cosa.titulo)
    contacto, necesidad = form.initial.get("contacto"), form.initial.get("necesidad")
    if contacto:
        return contacto.get_canal_display(), contacto.asunto
    return ("necesidad", str(necesidad)) if necesidad else None


def _visible(request, clave):
    visibles = Compromiso.objects.visibles_para(request.user)
    return get_object_or_404(
        visibles.select_related(
            *CON_QUIEN_RESPONDE, "contacto", "necesidad", "creado_por__direccion"
        ),
        clave=clave,
    )


def _dia(compromiso):
    return date_format(compromiso.vence_el, r"j \d\e F \d\e Y")
