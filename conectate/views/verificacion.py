"""La página pública que dice si una constancia vale.

Ni correo, ni la secretaría de una persona, ni el motivo de una revocación.
"""

from django.contrib.auth.decorators import login_not_required
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from conectate.consultas.calendario import dias_en_palabras
from conectate.informes.constancias import que_tiempo
from conectate.models import Constancia
from trabajos.codigos import PREFIJO, tiempo_en_palabras
from trabajos.comprobacion import Comprobacion

CONSTANCIAS = Comprobacion(
    papel="una constancia",
    prefijo=PREFIJO,
    plantilla="conectate/constancia_verificar.html",
    pagina="conectate:verificar-constancia",
)


@never_cache
@require_safe
@login_not_required
def verificar(request):
    return CONSTANCIAS.preguntar(request)


@never_cache
@require_safe
@login_not_required
def constancia(request, codigo):
    return CONSTANCIAS.responder(request, codigo, _lo_que_dice)


def _lo_que_dice(codigo):
    constancia = Constancia.objects.filter(codigo=codigo).select_related("sesion").first()
    return constancia and {
        "constancia": constancia,
        "fecha": dias_en_palabras(constancia.sesion),
        "que_tiempo": que_tiempo(constancia),
        "tiempo": tiempo_en_palabras(constancia.minutos),
    }
