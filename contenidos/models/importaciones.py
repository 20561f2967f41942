"""Muchos contenidos de una vez: una hoja que los describe y un ZIP con sus archivos."""

import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone


def ruta_de_la_hoja(importacion, nombre):
    return f"importaciones-de-contenidos/{uuid.uuid4()}.xlsx"


def ruta_del_paquete(importacion, nombre):
    return f"importaciones-de-contenidos/{uuid.uuid4()}.zip"


class ImportacionDeContenidos(models.Model):
    class Estado(models.TextChoices):
        RECIBIDA = "recibida", "recibida"
        VISTA_PREVIA = "vista_previa", "por confirmar"
        RECHAZADA = "rechazada", "no se puede usar"
        CONFIRMADA = "confirmada", "confirmada"
        DESHECHA = "deshecha", "deshecha"

    hoja = models.FileField("hoja", upload_to=ruta_de_la_hoja, max_length=300)
    nombre_de_la_hoja = models.CharField("nombre de la hoja", max_length=200)
    paquete = models.FileField("ZIP", upload_to=ruta_del_paquete, max_length=300, blank=True)
    nombre_del_paquete = models.CharField("nombre del ZIP", max_length=200, blank=True)
    huella = models.CharField(max_length=64)
    estado = models.CharField("estado", max_length=12, choices=Estado, default=Estado.RECIBIDA)
    # Una entrada por fila: {"fila", "que": nueva|cambia|igual|rechazada, "titulo", "motivos"…}
    filas = models.JSONField("filas", default=list, blank=True)
    mensaje = models.TextField("mensaje", blank=True)
    creado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    creado_en = models.DateTimeField(default=timezone.now)
    confirmada_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    confirmada_en = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "importación de contenidos"
        verbose_name_plural = "importaciones de contenidos"
        ordering = ["-creado_en"]

    def __str__(self):
        return self.nombre_de_la_hoja

    def get_absolute_url(self):
        return reverse("contenidos:importacion", args=[self.pk])
