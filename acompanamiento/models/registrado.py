"""Lo que alguien registra, quizá lejos y sin señal, y lo que llegó de cada quien."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class Registrado(models.Model):
    """Nace con la clave que le puso quien lo hizo, así llega una vez aunque se mande tres.

    La versión sube con cada cambio: quien guarda dice sobre cuál escribió.
    """

    clave = models.UUIDField("clave", default=uuid.uuid4, unique=True, editable=False)
    version = models.PositiveIntegerField("versión", default=1, editable=False)
    es_demostracion = models.BooleanField("es de demostración", default=False, editable=False)
    creado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    creado_en = models.DateTimeField("creado en", default=timezone.now, editable=False)
    actualizado_en = models.DateTimeField("actualizado en", default=timezone.now, editable=False)

    class Meta:
        abstract = True


class EnvioQuerySet(models.QuerySet):
    def en_conflicto(self):
        return self.filter(estado=Envio.Estado.EN_CONFLICTO)


class Envio(models.Model):
    """Lo que alguien mandó guardar, tal como lo mandó. Solo se añade.

    Repetido (misma clave, misma base, mismo cuerpo) es el mismo envío. Uno que no se pudo guardar
    porque otro llegó antes espera aquí, entero, a que alguien escoja campo por campo.
    """

    class Estado(models.TextChoices):
        ACEPTADO = "aceptado", "guardado"
        EN_CONFLICTO = "en_conflicto", "en conflicto"
        RESUELTO = "resuelto", "resuelto"

    clase = models.CharField("qué es", max_length=20)  # «contacto», «compromiso»…
    clave = models.UUIDField("clave")
    base = models.PositiveIntegerField("versión sobre la que se escribió")  # 0: es nuevo
    huella = models.CharField(max_length=64)
    cuerpo = models.JSONField("lo que se mandó")
    estado = models.CharField("estado", max_length=12, choices=Estado, default=Estado.ACEPTADO)
    version = models.PositiveIntegerField("versión que dejó", null=True)
    enviado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    enviado_en = models.DateTimeField(default=timezone.now)
    resuelto_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    resuelto_en = models.DateTimeField(null=True)

    objects = EnvioQuerySet.as_manager()

    class Meta:
        verbose_name = "envío"
        ordering = ["-enviado_en", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["clase", "clave", "base", "huella"], name="envio_uno_por_cuerpo"
            ),
            models.CheckConstraint(
                name="envio_aceptado_deja_version",
                condition=~Q(estado="aceptado") | Q(version__isnull=False),
            ),
            models.CheckConstraint(
                name="envio_resuelto_con_fecha",
                condition=Q(estado="resuelto", resuelto_en__isnull=False)
                | (~Q(estado="resuelto") & Q(resuelto_en__isnull=True)),
            ),
        ]
        indexes = [
            models.Index(
                fields=["clase", "clave"],
                condition=Q(estado="en_conflicto"),
                name="envio_en_conflicto",
            )
        ]

    def __str__(self):
        return f"{self.clase} {self.clave}"

    @property
    def recibo(self) -> str:
        """El código con que la persona comprueba que lo suyo llegó: sale de su propia clave."""
        return self.clave.hex[:8].upper()
