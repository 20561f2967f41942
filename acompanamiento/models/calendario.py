"""El calendario del acompañamiento de cada quien, para leerlo desde otro programa."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class SuscripcionAlAcompanamiento(models.Model):
    """El enlace privado de una persona. Cambiarle la versión deja sin valor el anterior."""

    usuario = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        primary_key=True,
        related_name="suscripcion_al_acompanamiento",
    )
    version = models.PositiveIntegerField(default=1)
    creada_en = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "suscripción al calendario del acompañamiento"
        verbose_name_plural = "suscripciones al calendario del acompañamiento"

    def __str__(self):
        return f"Calendario de {self.usuario}"
