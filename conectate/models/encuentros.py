"""Los Encuentros de Secretarios: sesiones de varios días con objetivos y nombre propio."""

from django.db import models
from django.urls import reverse

from conectate.models.sesiones import Sesion


class Encuentro(models.Model):
    """Lo que un encuentro tiene además de ser sesión: se convoca, se asiste y se cierra igual."""

    sesion = models.OneToOneField(
        Sesion, models.CASCADE, primary_key=True, related_name="encuentro"
    )
    ordinal = models.CharField("ordinal", max_length=40, help_text="Primer, 2.º…")
    lema = models.CharField("lema", max_length=200, blank=True)
    objetivos = models.TextField("objetivos", blank=True, help_text="Uno por línea.")
    asuntos = models.TextField("temas del encuentro", blank=True, help_text="Uno por línea.")
    participaron = models.TextField("quiénes participaron", blank=True)
    # Lo que dice la fuente, al lado de lo que se cuente aquí.
    asistencia_reportada = models.PositiveIntegerField(
        "secretarías, según la fuente", null=True, blank=True
    )
    fuente = models.CharField("fuente", max_length=250, blank=True)
    nota_de_la_fuente = models.CharField("nota sobre la fuente", max_length=300, blank=True)

    class Meta:
        verbose_name = "encuentro"
        ordering = ["-sesion__fecha"]

    def __str__(self):
        return str(self.sesion)

    def get_absolute_url(self):
        return reverse("conectate:encuentro", args=[self.pk])
