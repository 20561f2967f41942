"""La página pública que dice si un papel vale. La abre quien tiene el código en la mano.

No se indexa; un código que no existe y uno mal copiado reciben la misma respuesta, y quien falla
muchas veces seguidas espera.
"""

from collections.abc import Callable
from dataclasses import dataclass

from allauth.core.internal import ratelimit
from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from trabajos.codigos import codigo_limpio

FALLOS = "20/5m/ip,200/d/ip"
ESPERA = 5 * 60
LARGO_ESCRITO = 60


@dataclass(frozen=True)
class Comprobacion:
    """Una por clase de papel."""

    papel: str  # «una constancia»
    prefijo: str  # el de sus códigos
    plantilla: str
    pagina: str  # el nombre de la dirección de uno, que recibe su código

    def preguntar(self, request: HttpRequest) -> HttpResponse:
        """El formulario. Lleva a la página del código, bien o mal escrito."""
        form = self._formulario(request.GET if "codigo" in request.GET else None)
        if not form.is_valid():
            return self._pagina(request, form=form)
        escrito = form.cleaned_data["codigo"]
        # Lo que no puede ser un código no tiene página: se responde aquí mismo, y cuenta igual.
        if codigo := codigo_limpio(escrito, self.prefijo):
            return redirect(self.pagina, codigo)
        return self._no_existe(request, escrito)

    def responder(
        self, request: HttpRequest, codigo: str, lo_que_dice: Callable[[str], dict | None]
    ) -> HttpResponse:
        """Lo que dice el papel y nada más. `lo_que_dice` recibe el código como se guarda."""
        if not self._consumir(request, dry_run=True):
            return self._espere(request)
        dicho = lo_que_dice(codigo_limpio(codigo, self.prefijo))
        return self._pagina(request, **dicho) if dicho else self._no_existe(request, codigo)

    def _no_existe(self, request, escrito):
        if not self._consumir(request):
            return self._espere(request)
        form = self._formulario({"codigo": escrito[:LARGO_ESCRITO]})
        form.add_error(
            "codigo", f"No hay {self.papel} con ese código. Cópielo otra vez, letra por letra."
        )
        return self._pagina(request, estado=404, form=form)

    def _espere(self, request):
        respuesta = self._pagina(request, estado=429, form=self._formulario(), hay_que_esperar=True)
        respuesta["Retry-After"] = str(ESPERA)
        return respuesta

    def _consumir(self, request, **opciones):
        return ratelimit.consume(
            request,
            app="trabajos",
            action=self.prefijo,
            config={self.prefijo: FALLOS},
            limit_get=True,
            **opciones,
        )

    def _formulario(self, datos=None):
        return CodigoForm(datos, prefijo=self.prefijo)

    def _pagina(self, request, *, estado=200, **contexto):
        respuesta = render(request, self.plantilla, contexto, status=estado)
        respuesta["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        return respuesta


class CodigoForm(forms.Form):
    codigo = forms.CharField(
        label="Código",
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "maxlength": LARGO_ESCRITO,
            }
        ),
    )

    def __init__(self, *args, prefijo: str, **kwargs):
        super().__init__(*args, **kwargs)
        campo = self.fields["codigo"]
        campo.help_text = (
            f"Está junto al código QR y empieza por {prefijo}. Puede escribirlo sin guiones."
        )
