"""Las páginas de las necesidades de asistencia técnica: quién espera a quién, y cada paso."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from acompanamiento.consultas.grupos import grupo_de
from acompanamiento.consultas.necesidades import (
    EnEspera,
    cadena_de,
    cuantas_esperan,
    en_espera,
    en_orden,
)
from acompanamiento.forms.necesidades import FiltroDeNecesidadesForm, NecesidadForm
from acompanamiento.forms.pasos_de_necesidad import PASOS
from acompanamiento.models import Contacto, Necesidad, PasoDeNecesidad
from acompanamiento.permisos import (
    puede_mover_necesidad,
    puede_pedir_asistencia,
    puede_reabrir_necesidad,
    puede_responder_necesidad,
)
from acompanamiento.views.registros import responder
from territorio.models import EntidadTerritorial

EN_LA_LISTA = 30
leer_y_enviar = require_http_methods(["GET", "HEAD", "POST"])

Clase = PasoDeNecesidad.Clase
PUEDE = {
    Clase.RESPUESTA: puede_responder_necesidad,
    Clase.REABIERTA: puede_reabrir_necesidad,
}
DICHO = {
    Clase.DIRIGIDA: "La necesidad quedó en esa dirección.",
    Clase.TRASLADADA: "La necesidad pasó a esa dirección.",
    Clase.PREGUNTA: "La pregunta quedó registrada: ahora se espera a la secretaría.",
    Clase.RESPUESTA: "Su respuesta quedó registrada.",
    Clase.ATENDIDA: "La necesidad quedó atendida.",
    Clase.NO_PROCEDE: "La necesidad quedó cerrada.",
    Clase.REABIERTA: "La necesidad quedó abierta otra vez.",
}


@require_safe
def necesidades(request):
    visibles = Necesidad.objects.visibles_para(request.user)
    filtro = FiltroDeNecesidadesForm(request.GET, usuario=request.user)
    pagina = Paginator(en_orden(filtro.aplicar(visibles)), EN_LA_LISTA).get_page(
        request.GET.get("page")
    )
    return render(
        request,
        "acompanamiento/necesidad_list.html",
        {
            "filtro": filtro,
            "consulta": filtro.consulta,
            "pagina": pagina,
            "en_espera": en_espera(pagina.object_list),
            "turnos": filtro.turnos(cuantas_esperan(filtro.acotar(visibles))),
        },
    )


@leer_y_enviar
def nueva_necesidad(request):
    if not puede_pedir_asistencia(request.user):
        raise PermissionDenied

    form = NecesidadForm(request.POST or None, por=request.user, initial=_de_donde_viene(request))
    if recibo := form.guardar():
        return responder(request, recibo, "La necesidad quedó registrada.")

    return render(request, "acompanamiento/necesidad_form.html", {"form": form})


def _de_donde_viene(request):
    """Desde una visita o desde la página de una secretaría: lo que ya se sabe no se pregunta."""
    if request.user.es_de_secretaria:
        return {}
    if contacto := _contacto_dicho(request):
        return {"contacto": contacto, "entidad": contacto.entidad, "temas": contacto.temas.all()}
    codigo = request.GET.get("entidad", "")[:5]
    return {"entidad": EntidadTerritorial.objects.filter(codigo_dane=codigo).first()}


def _contacto_dicho(request):
    try:
        clave = UUID(request.GET.get("contacto", ""))
    except ValueError:
        return None
    return Contacto.objects.visibles_para(request.user).filter(clave=clave).first()


@require_safe
def necesidad(request, clave):
    necesidad = _visible(request, clave)
    abierta, usuario = necesidad.esta_abierta, request.user
    return render(
        request,
        "acompanamiento/necesidad_detail.html",
        {
            "necesidad": necesidad,
            "espera": EnEspera(necesidad, grupo_de(necesidad.entidad)),
            "cadena": cadena_de(necesidad, request.user),
            "contacto": Contacto.objects.visibles_para(usuario)
            .filter(pk=necesidad.contacto_id)
            .first(),
            "compromisos": necesidad.compromisos.select_related("entidad", "direccion"),
            "mueve": abierta and puede_mover_necesidad(usuario, necesidad),
            "responde": necesidad.turno == Necesidad.Turno.ENTIDAD
            and puede_responder_necesidad(usuario, necesidad),
            "reabre": not abierta and puede_reabrir_necesidad(usuario, necesidad),
        },
    )


@leer_y_enviar
def editar_necesidad(request, clave):
    necesidad = _visible(request, clave)

    form = NecesidadForm(request.POST or None, por=request.user, objeto=necesidad)
    if recibo := form.guardar():
        return responder(request, recibo, "La necesidad quedó corregida.")

    return render(
        request, "acompanamiento/necesidad_form.html", {"form": form, "necesidad": necesidad}
    )


@leer_y_enviar
def paso(request, clave, paso):
    """Un paso: el formulario de cada uno sabe qué pregunta y qué hace."""
    necesidad = _visible(request, clave)
    if not PUEDE.get(paso, puede_mover_necesidad)(request.user, necesidad):
        raise PermissionDenied

    form = PASOS[paso](request.POST or None, por=request.user, necesidad=necesidad)
    if "buscar" in request.POST:
        form.solo_buscar()
    elif recibo := form.guardar():
        return responder(request, recibo, DICHO[paso], destino=necesidad)

    plantilla = "atender" if paso == Clase.ATENDIDA else "paso"
    return render(
        request,
        f"acompanamiento/necesidad_{plantilla}.html",
        {
            "necesidad": necesidad,
            "form": form,
            "pregunta": necesidad.pasos.filter(clase=Clase.PREGUNTA).order_by("-pk").first()
            if paso == Clase.RESPUESTA
            else None,
        },
    )


def _visible(request, clave):
    return get_object_or_404(
        Necesidad.objects.visibles_para(request.user)
        .select_related("entidad", "direccion", "contacto", "creado_por")
        .prefetch_related("temas"),
        clave=clave,
    )
