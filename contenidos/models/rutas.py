"""Colecciones, que reúnen contenidos, y rutas, que los ponen en orden para aprender."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from contenidos.models.contenidos import Contenido
from territorio.models import EntidadTerritorial


class PublicableQuerySet(models.QuerySet):
    def publicadas(self):
        return self.filter(publicada=True)


class Coleccion(models.Model):
    slug = models.SlugField("nombre en la dirección", max_length=140, unique=True)
    titulo = models.CharField("título", max_length=200)
    resumen = models.TextField("resumen", max_length=1500)
    contenidos = models.ManyToManyField(
        Contenido, through="EnColeccion", related_name="colecciones"
    )
    publicada = models.BooleanField("publicada", default=False)
    orden = models.PositiveSmallIntegerField("orden", default=100)
    es_demostracion = models.BooleanField("es de demostración", default=False, editable=False)

    objects = PublicableQuerySet.as_manager()

    class Meta:
        verbose_name = "colección"
        verbose_name_plural = "colecciones"
        ordering = ["orden", "titulo"]

    def __str__(self):
        return self.titulo

    def get_absolute_url(self):
        return reverse("contenidos:coleccion", args=[self.slug])


class EnColeccion(models.Model):
    coleccion = models.ForeignKey(Coleccion, models.CASCADE, related_name="entradas")
    contenido = models.ForeignKey(Contenido, models.CASCADE, related_name="+")
    orden = models.PositiveSmallIntegerField("orden", default=100)
    nota = models.CharField("para qué sirve aquí", max_length=300, blank=True)

    class Meta:
        verbose_name = "contenido de la colección"
        verbose_name_plural = "contenidos de la colección"
        ordering = ["orden", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["coleccion", "contenido"], name="en_coleccion_una_vez")
        ]

    def __str__(self):
        return f"{self.contenido} en {self.coleccion}"


class Ruta(models.Model):
    """Una secuencia de contenidos. Quien la termina recibe un certificado."""

    slug = models.SlugField("nombre en la dirección", max_length=140, unique=True)
    titulo = models.CharField("título", max_length=200)
    resumen = models.TextField("qué se aprende", max_length=1500)
    para_quien = models.CharField("para quién", max_length=200, blank=True)
    publicada = models.BooleanField("publicada", default=False)
    orden = models.PositiveSmallIntegerField("orden", default=100)
    es_demostracion = models.BooleanField("es de demostración", default=False, editable=False)

    objects = PublicableQuerySet.as_manager()

    class Meta:
        verbose_name = "ruta de aprendizaje"
        verbose_name_plural = "rutas de aprendizaje"
        ordering = ["orden", "titulo"]

    def __str__(self):
        return self.titulo

    def get_absolute_url(self):
        return reverse("contenidos:ruta", args=[self.slug])


class Paso(models.Model):
    ruta = models.ForeignKey(Ruta, models.CASCADE, related_name="pasos")
    orden = models.PositiveSmallIntegerField("orden")
    titulo = models.CharField("título", max_length=200)
    indicacion = models.TextField("qué hacer", max_length=1000, blank=True)
    contenido = models.ForeignKey(
        Contenido, models.PROTECT, related_name="pasos", verbose_name="contenido"
    )
    minutos = models.PositiveSmallIntegerField("minutos que toma", default=30)

    class Meta:
        verbose_name = "paso"
        ordering = ["ruta", "orden", "pk"]

    def __str__(self):
        return self.titulo


class PasoHecho(models.Model):
    """Lo que una persona ya recorrió. Solo lo ve ella."""

    paso = models.ForeignKey(Paso, models.CASCADE, related_name="hechos")
    usuario = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="pasos_hechos"
    )
    hecho_en = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "paso hecho"
        verbose_name_plural = "pasos hechos"
        constraints = [
            models.UniqueConstraint(fields=["paso", "usuario"], name="paso_hecho_una_vez")
        ]

    def __str__(self):
        return f"{self.paso}, hecho"


class Certificado(models.Model):
    """De haber terminado una ruta. El nombre y los minutos quedan como se certificaron."""

    codigo = models.CharField("código", max_length=20, unique=True)
    ruta = models.ForeignKey(Ruta, models.PROTECT, related_name="certificados")
    usuario = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="certificados_de_ruta"
    )
    nombre = models.CharField("a nombre de", max_length=150)
    entidad = models.ForeignKey(EntidadTerritorial, models.PROTECT, null=True, related_name="+")
    pasos = models.PositiveSmallIntegerField("pasos")
    minutos = models.PositiveIntegerField("minutos")
    emitido_en = models.DateTimeField(default=timezone.now)
    revocado_en = models.DateTimeField(null=True, blank=True)
    motivo = models.TextField("por qué se revocó", max_length=500, blank=True)

    class Meta:
        verbose_name = "certificado de ruta"
        verbose_name_plural = "certificados de ruta"
        ordering = ["-emitido_en"]
        constraints = [
            models.UniqueConstraint(
                fields=["ruta", "usuario"],
                condition=Q(revocado_en__isnull=True),
                name="certificado_uno_por_ruta_y_persona",
            )
        ]

    def __str__(self):
        return f"Certificado {self.codigo}"

    def get_absolute_url(self):
        return reverse("contenidos:verificar-certificado", args=[self.codigo])

    @property
    def vale(self) -> bool:
        return self.revocado_en is None
