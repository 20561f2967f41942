"""Las páginas de cuentas que no son de la biblioteca."""

from urllib.parse import urlencode

from allauth.account.decorators import reauthentication_required
from auditlog.models import LogEntry
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from cuentas.acciones import anular_invitacion, registrar_aviso_leido
from cuentas.bitacora import anotar, ver_lista_de_personas
from cuentas.consultas import entradas_de_bitacora, mis_datos, verbo_de
from cuentas.forms import AceptarInvitacionForm, FiltroBitacoraForm, InvitacionForm, NombreForm
from cuentas.models import AvisoLeido, AvisoPrivacidad, Invitacion
from cuentas.permisos import puede_anular, puede_invitar, puede_ver_bitacora

ENTRADAS_POR_PAGINA = 50
INVITACIONES_POR_PAGINA = 50
ESPERA_TRAS_DEMASIADOS = 5 * 60  # segundos: lo que dura la cuenta de fallos


# ── Lo propio ─────────────────────────────────────────────────────────────────────────────────


def perfil(request):
    form = NombreForm(request.POST or None, initial={"nombre": request.user.nombre})
    if form.is_valid():
        form.save(por=request.user)
        messages.success(request, "Su nombre quedó corregido.")
        return redirect("cuentas:perfil")

    return render(
        request,
        "cuentas/perfil.html",
        {
            "form": form,
            "lecturas": request.user.avisos_leidos.select_related("aviso").order_by("-leido_en"),
            "puede_invitar": puede_invitar(request.user),
            "puede_ver_bitacora": puede_ver_bitacora(request.user),
        },
    )


@require_safe
def descargar_mis_datos(request):
    datos = mis_datos(request.user)
    anotar(por=request.user, verbo="descargó sus datos")
    respuesta = JsonResponse(datos, json_dumps_params={"ensure_ascii": False, "indent": 2})
    respuesta["Content-Disposition"] = 'attachment; filename="mis-datos.json"'
    return respuesta


@require_POST
def seguir(request):
    """La página avisó que la sesión se iba a dormir y la persona pidió seguir."""
    if request.headers.get("Accept") == "application/json":
        return HttpResponse(status=204)
    return redirect(_siguiente(request))


# ── El aviso de privacidad ────────────────────────────────────────────────────────────────────


@require_safe
@login_not_required
def privacidad(request, version=None):
    """El aviso que rige o, con `version`, uno anterior o uno ya anunciado."""
    if version is None:
        aviso = AvisoPrivacidad.objects.vigente()
    else:
        aviso = get_object_or_404(AvisoPrivacidad, version=version)

    return render(
        request,
        "cuentas/privacidad.html",
        {"aviso": aviso, "versiones": AvisoPrivacidad.objects.order_by("-version")},
    )


@require_POST
def aviso_leido(request, version):
    aviso = get_object_or_404(AvisoPrivacidad, version=version)

    registrar_aviso_leido(usuario=request.user, aviso=aviso, canal=AvisoLeido.Canal.PORTAL)
    messages.success(request, "Quedó anotado que leyó el aviso de privacidad.")
    return redirect(_siguiente(request))


def _siguiente(request):
    siguiente = request.POST.get("siguiente", "")
    es_nuestra = url_has_allowed_host_and_scheme(
        siguiente, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return siguiente if es_nuestra else "cuentas:perfil"


# ── Invitaciones ──────────────────────────────────────────────────────────────────────────────


@require_safe
def invitaciones(request):
    if not puede_invitar(request.user):
        raise PermissionDenied

    lista = (
        Invitacion.objects.visibles_para(request.user)
        .select_related("entidad", "direccion", "creada_por")
        .order_by("-creada_en", "-pk")
    )
    pagina = Paginator(lista, INVITACIONES_POR_PAGINA).get_page(request.GET.get("page"))
    ver_lista_de_personas(por=request.user, lista="invitaciones", n_personas=len(pagina))
    return render(request, "cuentas/invitacion_list.html", {"pagina": pagina})


@reauthentication_required(allow_get=True)
def invitar(request):
    if not puede_invitar(request.user):
        raise PermissionDenied

    form = InvitacionForm(request.POST or None, por=request.user)
    if form.is_valid():
        try:
            invitacion = form.save(portal=request.build_absolute_uri("/"))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, f"La invitación para {invitacion.email} va en camino.")
            return redirect("cuentas:invitaciones")

    return render(request, "cuentas/invitacion_form.html", {"form": form})


@require_POST
def anular(request, pk):
    invitacion = get_object_or_404(Invitacion.objects.visibles_para(request.user), pk=pk)
    if not puede_anular(request.user, invitacion):
        raise PermissionDenied

    try:
        anular_invitacion(invitacion=invitacion, por=request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, "La invitación quedó anulada: el enlace ya no sirve.")
    return redirect("cuentas:invitaciones")


@never_cache
@sensitive_post_parameters("contrasena", "repetida")
@login_not_required
def aceptar(request, clave):
    invitacion = (
        Invitacion.objects.select_related("entidad", "direccion")
        .filter(huella=Invitacion.huella_de(clave))
        .first()
    )
    if invitacion is None or invitacion.estado != "pendiente":
        return render(request, "cuentas/invitacion_no_sirve.html", status=404)
    if request.user.is_authenticated:
        return render(request, "cuentas/invitacion_de_otra_persona.html")

    aviso = AvisoPrivacidad.objects.vigente()
    form = AceptarInvitacionForm(request.POST or None, invitacion=invitacion, aviso=aviso)
    if form.is_valid():
        try:
            form.save(clave=clave)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, "Su cuenta quedó lista. Entre con su correo y su contraseña.")
            return redirect("account_login")

    return render(
        request,
        "cuentas/aceptar_invitacion.html",
        {"form": form, "invitacion": invitacion, "aviso": aviso},
    )


# ── La bitácora ───────────────────────────────────────────────────────────────────────────────


def bitacora(request):
    if not puede_ver_bitacora(request.user):
        raise PermissionDenied

    if request.method == "POST":
        form = FiltroBitacoraForm(request.POST)
        if form.is_valid():
            return redirect(f"{request.path}?{_consulta(form.cleaned_data)}")
        filtros, entradas = {}, []
    else:
        filtros = _filtros(request.GET)
        form = FiltroBitacoraForm(initial=filtros)
        entradas = list(entradas_de_bitacora(**filtros)[: ENTRADAS_POR_PAGINA + 1])
        anotar(por=request.user, verbo="consultó la bitácora", accion=LogEntry.Action.ACCESS)

    hay_mas = len(entradas) > ENTRADAS_POR_PAGINA
    entradas = [con_su_verbo(entrada) for entrada in entradas[:ENTRADAS_POR_PAGINA]]
    sigue = {**filtros, "antes_de": entradas[-1].pk} if hay_mas else None
    return render(
        request,
        "cuentas/bitacora.html",
        {"form": form, "entradas": entradas, "sigue": sigue and _consulta(sigue)},
    )


@require_safe
def entrada_de_bitacora(request, pk):
    if not puede_ver_bitacora(request.user):
        raise PermissionDenied

    entrada = con_su_verbo(get_object_or_404(entradas_de_bitacora(), pk=pk))
    return render(
        request,
        "cuentas/entrada_de_bitacora.html",
        {"entrada": entrada, "pagina": _pagina_de(entrada)},
    )


def con_su_verbo(entrada):
    entrada.verbo = verbo_de(entrada)
    return entrada


def _pagina_de(entrada):
    """La de aquello sobre lo que fue, si aún existe: por ahí se llega a las filas de una carga."""
    modelo = entrada.content_type.model_class()
    if modelo is None or not hasattr(modelo, "get_absolute_url"):
        return None
    objeto = modelo._default_manager.filter(pk=entrada.object_pk).first()
    return objeto and objeto.get_absolute_url()


def _filtros(datos):
    """Los de la dirección de la página; lo que no se entiende no filtra."""
    form = FiltroBitacoraForm({**datos.dict(), "correo": ""})
    form.is_valid()
    filtros = {
        nombre: form.cleaned_data[nombre]
        for nombre in ("verbo", "desde", "hasta")
        if form.cleaned_data.get(nombre)
    }
    for nombre in ("persona", "antes_de"):
        if (numero := datos.get(nombre, "")).isascii() and numero.isdecimal():
            filtros[nombre] = int(numero)
    return filtros


def _consulta(datos):
    limpios = {nombre: valor for nombre, valor in datos.items() if valor and nombre != "correo"}
    if persona := datos.get("correo"):
        limpios["persona"] = persona.pk
    return urlencode(limpios)


# ── Cuando no se puede ────────────────────────────────────────────────────────────────────────


@login_not_required
def demasiados_intentos(request, exception=None):
    respuesta = render(request, "429.html", status=429)
    respuesta["Retry-After"] = ESPERA_TRAS_DEMASIADOS
    return respuesta


@login_not_required
def no_existe(request, *args, **kwargs):
    """Para los nombres que la biblioteca busca y el portal no ofrece."""
    raise Http404
