"""Lo que una persona resolvió al revisar: se aprende, y se puede deshacer."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from conectate.models.asistencia import Importacion
from conectate.models.sesiones import Sesion
from territorio.models import EntidadTerritorial


class DecisionQuerySet(models.QuerySet):
    def vigentes(self):
        return self.filter(deshecha_en=None)


class Decision(models.Model):
    """«Todo @… es de Neiva», «quien escribió … es de Pasto», «… es de la universidad»."""

    class Ambito(models.TextChoices):
        DOMINIO = "dominio", "dominio del correo"
        TEXTO = "texto", "entidad escrita"
        PERSONA = "persona", "persona"

    ambito = models.CharField("ámbito", max_length=8, choices=Ambito)
    valor = models.CharField("valor", max_length=400)
    entidad = models.ForeignKey(
        EntidadTerritorial, models.PROTECT, null=True, blank=True, related_name="decisiones"
    )
    ajena = models.CharField("otra organización", max_length=120, blank=True)
    importaciones = models.ManyToManyField(Importacion, related_name="decisiones", blank=True)
    creado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    creado_en = models.DateTimeField(default=timezone.now, editable=False)
    deshecha_en = models.DateTimeField(null=True, blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = "decisión"
        verbose_name_plural = "decisiones"
        ordering = ["-creado_en"]
        constraints = [
            models.UniqueConstraint(
                fields=["ambito", "valor"],
                condition=Q(deshecha_en=None),
                name="decision_una_vigente_por_valor",
            ),
            models.CheckConstraint(
                name="decision_entidad_o_ajena",
                condition=Q(entidad__isnull=False, ajena="")
                | (Q(entidad__isnull=True) & ~Q(ajena="")),
            ),
        ]

    def __str__(self):
        return f"{self.valor} → {self.entidad or self.ajena}"


class MismaPersona(models.Model):
    """Alguien confirmó que dos identidades de una sesión son la misma persona."""

    sesion = models.ForeignKey(Sesion, models.CASCADE, related_name="mismas_personas")
    clave = models.CharField("identidad que se une", max_length=400)
    principal = models.CharField("identidad que queda", max_length=400)
    creado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    creado_en = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = "misma persona"
        verbose_name_plural = "mismas personas"
        constraints = [
            models.UniqueConstraint(
                fields=["sesion", "clave"], name="misma_persona_una_por_sesion_y_clave"
            )
        ]

    def __str__(self):
        return f"{self.clave} es {self.principal}"
