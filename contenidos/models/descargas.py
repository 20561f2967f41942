"""Lo que la gente se lleva: cada descarga, y los paquetes que arma."""

import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone

from contenidos.models.contenidos import Contenido
from contenidos.models.versiones import VersionDeContenido
from territorio.models import EntidadTerritorial
from trabajos.models import Trabajo


class Descarga(models.Model):
    """Una persona, o una sesión de navegación si no entró, que se llevó un contenido.

    El testigo impide contarla dos veces y no dice quién es.
    """

    contenido = models.ForeignKey(Contenido, models.CASCADE, related_name="descargas")
    version = models.ForeignKey(
        VersionDeContenido, models.CASCADE, null=True, related_name="descargas"
    )
    entidad = models.ForeignKey(EntidadTerritorial, models.PROTECT, null=True, related_name="+")
    testigo = models.CharField(max_length=64)
    en = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "descarga"
        constraints = [
            models.UniqueConstraint(
                fields=["contenido", "testigo"], name="descarga_una_por_contenido_y_testigo"
            )
        ]
        indexes = [models.Index(fields=["en"], name="descarga_en")]

    def __str__(self):
        return f"Descarga de {self.contenido}"


class Paquete(models.Model):
    """Varios contenidos en un ZIP. Quien tiene su enlace, lo baja."""

    clave = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    versiones = models.ManyToManyField(VersionDeContenido, related_name="+")
    enlaces = models.ManyToManyField(Contenido, related_name="+")  # los que no traen archivo
    trabajo = models.ForeignKey(Trabajo, models.SET_NULL, null=True, related_name="+")
    pedido_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    pedido_en = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "paquete"
        ordering = ["-pedido_en"]

    def __str__(self):
        return f"Paquete {self.clave}"

    def get_absolute_url(self):
        return reverse("contenidos:paquete", args=[self.clave])
