"""Las páginas que explican la Escuela: quien administra las edita, y cada cambio es una versión."""

import uuid
from pathlib import PurePath

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone


def ruta_de_la_imagen(imagen, nombre):
    return f"paginas/{imagen.clave}{PurePath(nombre).suffix.lower()}"


class PaginaQuerySet(models.QuerySet):
    def publicadas(self):
        return self.filter(publicada=True)


class Pagina(models.Model):
    class Grupo(models.TextChoices):
        ESCUELA = "escuela", "La Escuela"
        JUNTOS = "juntos", "Juntos lo vamos a lograr"
        MOVEMOS = "movemos", "Movemos más allá"
        AYUDA = "ayuda", "Ayuda"
        POLITICAS = "politicas", "Políticas"

    slug = models.SlugField("nombre en la dirección", max_length=120, unique=True)
    grupo = models.CharField("dónde está", max_length=10, choices=Grupo)
    orden = models.PositiveSmallIntegerField("orden", default=100)
    publicada = models.BooleanField("publicada", default=True)

    objects = PaginaQuerySet.as_manager()

    class Meta:
        verbose_name = "página"
        ordering = ["grupo", "orden", "slug"]

    def __str__(self):
        return self.slug

    def get_absolute_url(self):
        if self.slug == self.grupo:  # la entrada de su micrositio
            return reverse(f"contenidos:{self.grupo}")
        nombres = {self.Grupo.AYUDA: "pagina-de-ayuda", self.Grupo.POLITICAS: "politica"}
        return reverse(f"contenidos:{nombres.get(self.grupo, 'pagina')}", args=[self.slug])


class VersionDePagina(models.Model):
    """El texto, como se escribió (Markdown). No cambia: corregir es guardar otra."""

    pagina = models.ForeignKey(Pagina, models.CASCADE, related_name="versiones")
    numero = models.PositiveSmallIntegerField("versión")
    titulo = models.CharField("título", max_length=160)
    resumen = models.CharField("resumen", max_length=300, blank=True)
    cuerpo = models.TextField("texto")
    nota = models.CharField("qué cambió", max_length=300, blank=True)
    rige_desde = models.DateField("rige desde", default=timezone.localdate)
    creado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    creado_en = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "versión de una página"
        verbose_name_plural = "versiones de páginas"
        ordering = ["pagina", "-numero"]
        constraints = [
            models.UniqueConstraint(
                fields=["pagina", "numero"], name="version_de_pagina_una_por_numero"
            )
        ]

    def __str__(self):
        return f"{self.titulo} (versión {self.numero})"


class Imagen(models.Model):
    """Una imagen de las páginas. Sin texto alternativo no entra."""

    clave = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    archivo = models.FileField("imagen", upload_to=ruta_de_la_imagen, max_length=300)
    alternativo = models.CharField("qué muestra", max_length=300)
    ancho = models.PositiveIntegerField("ancho en píxeles")
    alto = models.PositiveIntegerField("alto en píxeles")
    tamano = models.PositiveBigIntegerField("tamaño en bytes")
    creado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    creado_en = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "imagen"
        verbose_name_plural = "imágenes"
        ordering = ["-creado_en"]

    def __str__(self):
        return self.alternativo

    def get_absolute_url(self):
        return reverse("contenidos:imagen", args=[self.clave])
