"""Después de la sesión: ponerse al día y decir qué tal estuvo."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone

from conectate.models.sesiones import Sesion
from territorio.models import EntidadTerritorial

DE_UNO_A_CINCO = [MinValueValidator(1), MaxValueValidator(5)]


class PuestaAlDia(models.Model):
    """«Ya la revisamos»: una entidad que no estuvo vio lo que se perdió. No es asistencia."""

    sesion = models.ForeignKey(Sesion, models.CASCADE, related_name="puestas_al_dia")
    entidad = models.ForeignKey(EntidadTerritorial, models.PROTECT, related_name="puestas_al_dia")
    revisada_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    revisada_en = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "puesta al día"
        verbose_name_plural = "puestas al día"
        constraints = [
            models.UniqueConstraint(
                fields=["sesion", "entidad"], name="puesta_al_dia_una_por_sesion_y_entidad"
            )
        ]

    def __str__(self):
        return f"{self.entidad} revisó {self.sesion}"


class Satisfaccion(models.Model):
    """Lo que opinó alguien que asistió, sin su nombre: el testigo impide responder dos veces."""

    class Moderacion(models.TextChoices):
        PENDIENTE = "pendiente", "por leer"
        VISIBLE = "visible", "se muestra"
        OCULTA = "oculta", "no se muestra"

    sesion = models.ForeignKey(Sesion, models.CASCADE, related_name="satisfacciones")
    testigo = models.CharField(max_length=64)
    utilidad = models.PositiveSmallIntegerField("¿Qué tan útil fue?", validators=DE_UNO_A_CINCO)
    claridad = models.PositiveSmallIntegerField("¿Qué tan clara fue?", validators=DE_UNO_A_CINCO)
    pertinencia = models.PositiveSmallIntegerField(
        "¿Respondió a lo que su secretaría necesita?", validators=DE_UNO_A_CINCO
    )
    comentario = models.TextField("¿Qué mejoraría?", max_length=1000, blank=True)
    moderacion = models.CharField(
        "comentario", max_length=9, choices=Moderacion, default=Moderacion.PENDIENTE
    )
    moderada_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    moderada_en = models.DateTimeField(null=True)
    respondida_en = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "respuesta de satisfacción"
        verbose_name_plural = "respuestas de satisfacción"
        ordering = ["respondida_en", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["sesion", "testigo"], name="satisfaccion_una_por_sesion_y_asistente"
            )
        ]

    def __str__(self):
        return f"Respuesta sobre {self.sesion}"
