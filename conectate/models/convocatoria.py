"""Lo que se les dice a los convocados: a quiénes, qué mensaje y si salió."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from conectate.models.sesiones import Sesion
from territorio.models import EntidadTerritorial
from trabajos.models import Correo


class ListaDeConvocadas(models.Model):
    """Un grupo de entidades con nombre, para no escogerlas una por una cada vez."""

    nombre = models.CharField("nombre", max_length=120, unique=True)
    entidades = models.ManyToManyField(
        EntidadTerritorial, related_name="+", verbose_name="entidades"
    )
    creado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    creado_en = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = "lista de convocadas"
        verbose_name_plural = "listas de convocadas"
        ordering = ["nombre"]

    def __str__(self):
        return self.nombre


class Mensaje(models.Model):
    """Un correo a los convocados de una sesión. Se guarda como se envió."""

    class Clase(models.TextChoices):
        CONVOCATORIA = "convocatoria", "convocatoria"
        RECORDATORIO = "recordatorio", "recordatorio"
        CAMBIO = "cambio", "aviso de cambio"
        CANCELACION = "cancelacion", "aviso de cancelación"
        SATISFACCION = "satisfaccion", "encuesta de satisfacción"

    sesion = models.ForeignKey(Sesion, models.CASCADE, related_name="mensajes")
    clase = models.CharField("clase", max_length=12, choices=Clase)
    asunto = models.CharField("asunto", max_length=150)
    cuerpo = models.TextField("mensaje", max_length=5000)
    otros_correos = models.TextField(
        "otros correos",
        blank=True,
        help_text="Uno por línea. Además de las secretarías convocadas.",
    )
    # Lo que decía la sesión al enviarlo: así se sabe si hay un cambio sin avisar.
    anunciado = models.JSONField(default=dict, blank=True, editable=False)
    # Dos veces lo mismo es una: «recordatorio:12:2026-11-24».
    clave_unica = models.CharField(max_length=120, blank=True)
    sale_en = models.DateTimeField("sale desde")
    creado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    creado_en = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = "mensaje a los convocados"
        verbose_name_plural = "mensajes a los convocados"
        ordering = ["-creado_en", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["clave_unica"],
                condition=~Q(clave_unica=""),
                name="mensaje_una_vez_por_clave",
            )
        ]

    def __str__(self):
        return self.asunto


class Entrega(models.Model):
    """Un mensaje a un destinatario: nunca dos veces. Cómo va lo dice su correo."""

    mensaje = models.ForeignKey(Mensaje, models.CASCADE, related_name="entregas")
    para = models.EmailField("para", max_length=254)
    entidad = models.ForeignKey(
        EntidadTerritorial, models.PROTECT, null=True, related_name="+", verbose_name="secretaría"
    )
    correo = models.OneToOneField(Correo, models.PROTECT, null=True, related_name="entrega")
    creado_en = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = "entrega"
        constraints = [
            models.UniqueConstraint(
                fields=["mensaje", "para"], name="entrega_una_por_mensaje_y_destinatario"
            )
        ]

    def __str__(self):
        return f"{self.mensaje} → {self.entidad or 'otro correo'}"
