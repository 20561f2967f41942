"""Cómo terminó una sesión: su acta y las cifras que alguien dio por buenas."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from conectate.models.sesiones import Sesion


class Acta(models.Model):
    """Lo que se trató y se acordó. Las cifras no se escriben: salen del cierre."""

    sesion = models.OneToOneField(Sesion, models.CASCADE, primary_key=True, related_name="acta")
    tratado = models.TextField("lo que se trató", max_length=10_000, blank=True)
    acuerdos = models.TextField("acuerdos", max_length=5000, blank=True, help_text="Uno por línea.")
    actualizada_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    actualizada_en = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = "acta"

    def __str__(self):
        return f"Acta de {self.sesion}"


class Cierre(models.Model):
    """Las cifras con que se cerró. Reabrir no lo borra: queda quién, cuándo y por qué."""

    sesion = models.ForeignKey(Sesion, models.CASCADE, related_name="cierres")
    # {"convocadas": 96, "presentes": 94, "por_origen": {"ventana": 90, …}, "asistencias": …}
    calculado = models.JSONField("lo que se calculó")
    confirmado = models.JSONField("lo que se confirmó")
    motivo = models.TextField("por qué no es lo calculado", max_length=1000, blank=True)
    cerrado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    cerrado_en = models.DateTimeField(default=timezone.now)
    reabierto_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    reabierto_en = models.DateTimeField(null=True)
    motivo_de_la_reapertura = models.TextField(max_length=1000, blank=True)

    class Meta:
        verbose_name = "cierre"
        ordering = ["-cerrado_en", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["sesion"],
                condition=Q(reabierto_en__isnull=True),
                name="cierre_uno_vigente_por_sesion",
            )
        ]

    def __str__(self):
        return f"Cierre de {self.sesion}"

    @property
    def corrige(self) -> bool:
        return self.confirmado != self.calculado
