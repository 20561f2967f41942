"""El enlace con que otro programa lee algo de una persona, sin que ella entre.

El testigo solo dice de quién es y qué versión: vale mientras esa sea la suya.
"""

from dataclasses import dataclass

from django.contrib import messages
from django.core.signing import BadSignature, Signer
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from cuentas.bitacora import anotar
from cuentas.models import Usuario


@dataclass(frozen=True)
class EnlacePrivado:
    """Uno por cosa que se lee. El modelo lleva `usuario` (su llave) y `version`."""

    modelo: type[models.Model]
    que: str  # cómo lo llama la bitácora
    sal: str  # cambiarla deja sin valor todos los que se han dado
    se_lee_en: str  # el nombre de su dirección, que recibe el testigo

    @property
    def _firma(self) -> Signer:
        return Signer(salt=self.sal, sep=".")

    def firmar(self, suscripcion: models.Model) -> str:
        return self._firma.sign(f"{suscripcion.pk}-{suscripcion.version}")

    def suscripcion_del(self, testigo: str) -> models.Model | None:
        """La suscripción viva de una cuenta activa, o nada."""
        try:
            usuario, version = self._firma.unsign(testigo).split("-")
        except (BadSignature, ValueError):
            return None
        return (
            self.modelo.objects.select_related("usuario")
            .filter(usuario=usuario, version=version, usuario__is_active=True)
            .first()
        )

    @transaction.atomic
    def cambiar(self, *, por: Usuario) -> models.Model:
        """Le da un enlace; si ya tenía uno, ese deja de servir."""
        suscripcion, es_nueva = self.modelo.objects.select_for_update().get_or_create(usuario=por)
        if not es_nueva:
            suscripcion.version += 1
            suscripcion.save(update_fields=["version"])
        anotar(por=por, verbo=f"{'creó' if es_nueva else 'cambió'} su enlace de {self.que}")
        return suscripcion


def pagina_del_enlace(request: HttpRequest, privado: EnlacePrivado, plantilla: str) -> HttpResponse:
    """Donde la persona lo ve, lo copia y lo cambia cuando quiera."""
    if request.method == "POST":
        es_nueva = privado.cambiar(por=request.user).version == 1
        messages.success(
            request,
            "Su enlace está listo."
            if es_nueva
            else "Tiene un enlace nuevo. El anterior ya no sirve.",
        )
        return redirect(request.path)

    suya = privado.modelo.objects.filter(usuario=request.user).first()
    enlace = suya and request.build_absolute_uri(
        reverse(privado.se_lee_en, args=[privado.firmar(suya)])
    )
    return render(request, plantilla, {"enlace": enlace})
