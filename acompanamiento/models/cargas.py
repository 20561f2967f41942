"""Los listados que llegan en un archivo: se leen, se muestran y alguien los confirma."""

import uuid

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils import timezone


def ruta_del_listado(carga, nombre):
    return f"acompanamiento/listados/{uuid.uuid4()}"


class Listado(models.Model):
    class Estado(models.TextChoices):
        RECIBIDO = "recibido", "recibido"
        VISTA_PREVIA = "vista_previa", "por confirmar"
        SIN_CAMBIOS = "sin_cambios", "no cambia nada"
        CONFIRMADO = "confirmado", "confirmado"
        RECHAZADO = "rechazado", "no se pudo leer"
        DESCARTADO = "descartado", "descartado"

    archivo = models.FileField("archivo", upload_to=ruta_del_listado, max_length=300, blank=True)
    nombre_del_archivo = models.CharField("nombre del archivo", max_length=250)
    tamano = models.PositiveBigIntegerField("tamaño en bytes", default=0)
    huella = models.CharField("huella SHA-256", max_length=64)
    estado = models.CharField("estado", max_length=12, choices=Estado, default=Estado.RECIBIDO)
    # Una entrada por fila que dice algo: {"fila", "que": nueva|cambia|igual|bandeja, …}
    filas = models.JSONField("filas", default=list, blank=True)
    decisiones = models.JSONField("lo que alguien decidió", default=dict, blank=True)
    resumen = models.JSONField("resumen", default=dict, blank=True)
    mensaje = models.TextField("qué pasó", blank=True)
    creado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    creado_en = models.DateTimeField(default=timezone.now, editable=False)
    confirmado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    confirmado_en = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    def __str__(self):
        return self.nombre_del_archivo

    def exigir_por_confirmar(self):
        if self.estado != self.Estado.VISTA_PREVIA:
            raise ValidationError(
                f"Este listado está «{self.get_estado_display()}» y así no se puede hacer eso. No "
                "se cambió nada.",
                code="listado_en_otro_estado",
            )


class ListadoDeGrupos(Listado):
    """Qué grupo acompaña a cada entidad desde una fecha, y quién responde por ella."""

    desde = models.DateField("desde cuándo vale", default=timezone.localdate)

    class Meta:
        verbose_name = "listado de grupos"
        verbose_name_plural = "listados de grupos"
        ordering = ["-creado_en", "-pk"]

    def get_absolute_url(self):
        return reverse("acompanamiento:listado-de-grupos", args=[self.pk])


class ListadoDeInstituciones(Listado):
    """Un directorio de instituciones educativas."""

    fuente = models.CharField("fuente", max_length=200)
    corte = models.DateField("a qué fecha", null=True, blank=True)

    class Meta:
        verbose_name = "listado de instituciones"
        verbose_name_plural = "listados de instituciones"
        ordering = ["-creado_en", "-pk"]

    def get_absolute_url(self):
        return reverse("acompanamiento:listado-de-instituciones", args=[self.pk])
