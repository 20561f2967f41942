"""Las constancias: qué certifican, a quién, y si siguen valiendo."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from conectate.models.sesiones import Sesion
from territorio.models import EntidadTerritorial


class Constancia(models.Model):
    """De una entidad o de una persona. El nombre queda como se certificó."""

    codigo = models.CharField("código", max_length=20, unique=True)
    sesion = models.ForeignKey(Sesion, models.CASCADE, related_name="constancias")
    entidad = models.ForeignKey(
        EntidadTerritorial, models.PROTECT, null=True, related_name="constancias"
    )
    clave = models.CharField(  # la de su participación; vacía si es de la entidad
        max_length=400, blank=True
    )
    nombre = models.CharField("a nombre de", max_length=250)
    minutos = models.FloatField("minutos", null=True)
    emitida_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    emitida_en = models.DateTimeField(default=timezone.now)
    revocada_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    revocada_en = models.DateTimeField(null=True)
    motivo = models.TextField("por qué se revocó", max_length=500, blank=True)

    class Meta:
        verbose_name = "constancia"
        ordering = ["nombre", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["sesion", "entidad"],
                condition=Q(clave="", revocada_en__isnull=True),
                name="constancia_una_por_sesion_y_entidad",
            ),
            models.UniqueConstraint(
                fields=["sesion", "clave"],
                condition=~Q(clave="") & Q(revocada_en__isnull=True),
                name="constancia_una_por_sesion_y_persona",
            ),
            models.CheckConstraint(
                name="constancia_de_alguien",
                condition=~Q(clave="") | Q(entidad__isnull=False),
            ),
        ]

    def __str__(self):
        return f"Constancia {self.codigo}"

    def get_absolute_url(self):
        return reverse("conectate:verificar-constancia", args=[self.codigo])

    @property
    def es_de_persona(self) -> bool:
        return bool(self.clave)

    @property
    def vale(self) -> bool:
        return self.revocada_en is None
