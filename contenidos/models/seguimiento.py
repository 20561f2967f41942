"""Seguir un tema: cada tanto, un correo con lo nuevo."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from contenidos.models.temas import Tema


class Suscripcion(models.Model):
    """Con su testigo se cancela con un clic, sin entrar."""

    usuario = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="suscripciones_a_temas"
    )
    tema = models.ForeignKey(Tema, models.CASCADE, related_name="suscripciones")
    testigo = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    creada_en = models.DateTimeField(default=timezone.now)
    enviado_hasta = models.DateTimeField("lo enviado llega hasta", default=timezone.now)

    class Meta:
        verbose_name = "suscripción a un tema"
        verbose_name_plural = "suscripciones a temas"
        ordering = ["tema__nombre_norm"]
        constraints = [
            models.UniqueConstraint(
                fields=["usuario", "tema"], name="suscripcion_una_por_persona_y_tema"
            )
        ]

    def __str__(self):
        return f"Suscripción a {self.tema}"
