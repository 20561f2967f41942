"""Cuántas instituciones de cada entidad reciben a sus estudiantes, y desde cuándo."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from acompanamiento.models.registrado import Registrado
from territorio.models import EntidadTerritorial


class Presencialidad(Registrado):
    """Una cuenta en una fecha. Cero es que ninguna; sin fila es que no se sabe."""

    entidad = models.ForeignKey(EntidadTerritorial, models.PROTECT, related_name="presencialidad")
    fecha = models.DateField("a qué fecha")
    en_presencialidad = models.PositiveIntegerField("instituciones en presencialidad")
    total = models.PositiveIntegerField(
        "instituciones en total", null=True, blank=True, help_text="Déjelo vacío si no se sabe."
    )
    fuente = models.CharField("fuente", max_length=200)

    class Meta:
        verbose_name = "instituciones en presencialidad"
        verbose_name_plural = "instituciones en presencialidad"
        ordering = ["entidad", "-fecha"]
        constraints = [
            models.UniqueConstraint(
                fields=["entidad", "fecha"], name="presencialidad_una_por_entidad_y_fecha"
            ),
            models.CheckConstraint(
                name="presencialidad_cabe_en_el_total",
                condition=Q(total__isnull=True) | Q(total__gte=F("en_presencialidad")),
                violation_error_message="Son más las que están en presencialidad que el total.",
            ),
        ]

    def __str__(self):
        return f"{self.entidad}, {self.fecha:%d/%m/%Y}: {self.en_presencialidad}"

    def get_absolute_url(self):
        return reverse("acompanamiento:presencialidad", args=[self.entidad.codigo_dane])
