"""Documentos estratégicos y enlaces con aliados: registros simples, sin nada que los ate aquí."""

import uuid
from pathlib import PurePath

from django.db import models
from django.urls import reverse
from django.utils import timezone

from contenidos.models import Tema


def ruta_del_documento(documento, nombre):
    return f"documentos/{uuid.uuid4()}{PurePath(nombre).suffix.lower()}"


class DocumentoEstrategicoQuerySet(models.QuerySet):
    def publicados(self):
        return self.filter(publicado=True)


class DocumentoEstrategico(models.Model):
    """Un análisis para decidir, que se lista y se descarga."""

    slug = models.SlugField("nombre en la dirección", max_length=120, unique=True)
    titulo = models.CharField("título", max_length=200)
    resumen = models.TextField("resumen")
    autor = models.CharField("dependencia u organización autora", max_length=160)
    fecha = models.DateField("fecha del documento")
    temas = models.ManyToManyField(Tema, blank=True, related_name="documentos_estrategicos")
    archivo = models.FileField("archivo", upload_to=ruta_del_documento, max_length=300)
    nombre_del_archivo = models.CharField("nombre del archivo", max_length=200, editable=False)
    tamano = models.PositiveBigIntegerField("tamaño en bytes", default=0, editable=False)
    publicado = models.BooleanField("publicado", default=False)
    actualizado_en = models.DateTimeField(default=timezone.now, editable=False)

    objects = DocumentoEstrategicoQuerySet.as_manager()

    class Meta:
        verbose_name = "documento estratégico"
        verbose_name_plural = "documentos estratégicos"
        ordering = ["-fecha", "titulo"]

    def __str__(self):
        return self.titulo

    def get_absolute_url(self):
        return reverse("indicadores:documento", args=[self.slug])


class EnlaceAliado(models.Model):
    """Otro lugar confiable donde hay datos."""

    titulo = models.CharField("título", max_length=160)
    organizacion = models.CharField("organización", max_length=160)
    url = models.URLField("dirección", max_length=500, unique=True)
    resumen = models.TextField("qué se encuentra ahí")
    orden = models.PositiveSmallIntegerField("orden", default=0)
    activo = models.BooleanField("activo", default=True)

    class Meta:
        verbose_name = "enlace con un aliado"
        verbose_name_plural = "enlaces con aliados"
        ordering = ["orden", "titulo"]

    def __str__(self):
        return self.titulo
