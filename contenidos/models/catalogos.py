"""Los catálogos con que se clasifica un contenido. Quien administra los amplía."""

from django.db import models
from django.db.models import F, Q

from cuentas.models import Direccion
from territorio.texto import normalizar


class Clase(models.Model):
    """Qué es: una guía, un formato, un video, un enlace."""

    clave = models.SlugField("clave", max_length=40, unique=True)
    nombre = models.CharField("nombre", max_length=80, unique=True)
    plural = models.CharField("nombre en plural", max_length=80)
    es_video = models.BooleanField(
        "es un video", default=False, help_text="No se publica sin subtítulos."
    )
    es_enlace = models.BooleanField(
        "es un enlace", default=False, help_text="Lleva a otro sitio; no trae archivo."
    )
    orden = models.PositiveSmallIntegerField("orden", default=100)
    activa = models.BooleanField("se puede usar", default=True)

    class Meta:
        verbose_name = "clase de contenido"
        verbose_name_plural = "clases de contenido"
        ordering = ["orden", "nombre"]

    def __str__(self):
        return self.nombre


class EjeQuerySet(models.QuerySet):
    def vigentes(self):
        return self.filter(hasta__isnull=True)


class Eje(models.Model):
    """Un eje estratégico o una línea dinamizadora, en el periodo en que rigió con ese nombre."""

    class Tipo(models.TextChoices):
        EJE = "eje", "eje estratégico"
        LINEA = "linea", "línea dinamizadora"

    clave = models.SlugField("clave", max_length=60, unique=True)
    nombre = models.CharField("nombre", max_length=120)
    tipo = models.CharField("tipo", max_length=5, choices=Tipo)
    seccion = models.CharField("su sección en el portal", max_length=80, blank=True)
    ruta = models.CharField("dirección de su sección", max_length=120, blank=True)
    desde = models.PositiveSmallIntegerField("rige desde", null=True, blank=True)
    hasta = models.PositiveSmallIntegerField("rigió hasta", null=True, blank=True)
    corresponde_a = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="anteriores",
        verbose_name="hoy corresponde a",
    )
    orden = models.PositiveSmallIntegerField("orden", default=100)

    objects = EjeQuerySet.as_manager()

    class Meta:
        verbose_name = "eje o línea"
        verbose_name_plural = "ejes y líneas"
        ordering = ["tipo", "orden", "nombre"]
        constraints = [
            models.CheckConstraint(
                name="eje_termina_despues_de_empezar",
                condition=Q(hasta__isnull=True) | Q(desde__isnull=True) | Q(hasta__gte=F("desde")),
                violation_error_message="El último año no puede ser anterior al primero.",
            )
        ]

    def __str__(self):
        return self.nombre


class Audiencia(models.Model):
    clave = models.SlugField("clave", max_length=40, unique=True)
    nombre = models.CharField("para quién", max_length=80, unique=True)
    orden = models.PositiveSmallIntegerField("orden", default=100)

    class Meta:
        verbose_name = "audiencia"
        ordering = ["orden", "nombre"]

    def __str__(self):
        return self.nombre


class Nivel(models.Model):
    clave = models.SlugField("clave", max_length=40, unique=True)
    nombre = models.CharField("nivel educativo", max_length=80, unique=True)
    orden = models.PositiveSmallIntegerField("orden", default=100)

    class Meta:
        verbose_name = "nivel educativo"
        verbose_name_plural = "niveles educativos"
        ordering = ["orden", "nombre"]

    def __str__(self):
        return self.nombre


class Autor(models.Model):
    """La dependencia o la organización que lo hizo. Nunca una persona."""

    nombre = models.CharField("dependencia u organización", max_length=160)
    nombre_norm = models.CharField(max_length=160, unique=True, editable=False)
    direccion = models.ForeignKey(
        Direccion,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="dirección del Ministerio",
    )

    class Meta:
        verbose_name = "autor"
        verbose_name_plural = "autores"
        ordering = ["nombre_norm"]

    def __str__(self):
        return self.nombre

    def clean(self):
        self.nombre_norm = normalizar(self.nombre)
