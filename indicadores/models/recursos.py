"""Los recursos: de qué fondo, a qué corte, cuánto a cada entidad y quién lo dice.

Todo en millones de pesos. Lo que dice un documento va en «reportado»; lo que suman las entidades se
calcula. Vacío es «la fuente no trae el dato», no cero.
"""

import uuid

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from territorio.models import EntidadTerritorial

MEDIDAS = ("asignado", "incorporado", "ejecutado", "pendiente")


def dinero(nombre):
    """En millones de pesos, con seis decimales: hasta el peso."""
    return models.DecimalField(nombre, max_digits=18, decimal_places=6, null=True, blank=True)


def ruta_de_la_carga(carga, nombre):
    return f"recursos/{uuid.uuid4()}"


class Fondo(models.Model):
    """Una bolsa de recursos: FOME, FSE, SGP, recursos propios."""

    clave = models.SlugField(max_length=40, unique=True)
    sigla = models.CharField("sigla", max_length=40)
    nombre = models.CharField("nombre", max_length=160)
    reglas = models.TextField("para qué sirve y con qué reglas", blank=True)
    orden = models.PositiveSmallIntegerField("orden", default=0)

    class Meta:
        verbose_name = "fondo"
        ordering = ["orden", "clave"]

    def __str__(self):
        return self.sigla


class CorteDeRecursosQuerySet(models.QuerySet):
    def publicados(self):
        return self.filter(estado=CorteDeRecursos.Estado.PUBLICADO)


class CorteDeRecursos(models.Model):
    """Lo que un sistema dice de un fondo a una fecha."""

    class Estado(models.TextChoices):
        BORRADOR = "borrador", "borrador"
        PUBLICADO = "publicado", "publicado"

    clave = models.SlugField(max_length=80, unique=True)
    fondo = models.ForeignKey(Fondo, models.PROTECT, related_name="cortes")
    parte_de = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="partes"
    )
    nombre = models.CharField("nombre", max_length=160)  # «Primera asignación»
    vigencia = models.PositiveSmallIntegerField("vigencia")
    corte = models.DateField("corte", null=True, blank=True)
    periodo = models.CharField("periodo", max_length=80, blank=True)
    sistema = models.CharField("sistema de donde sale", max_length=120, blank=True)
    asignado = dinero("asignado, reportado")
    incorporado = dinero("incorporado, reportado")
    ejecutado = dinero("ejecutado, reportado")
    pendiente = dinero("pendiente, reportado")
    n_reportaron = models.PositiveSmallIntegerField(
        "entidades que reportaron", null=True, blank=True
    )
    n_entidades = models.PositiveSmallIntegerField("de cuántas entidades", null=True, blank=True)
    fuente = models.CharField("fuente", max_length=250)
    nota = models.TextField("nota", blank=True)
    estado = models.CharField("estado", max_length=10, choices=Estado, default=Estado.BORRADOR)

    objects = CorteDeRecursosQuerySet.as_manager()

    class Meta:
        verbose_name = "corte de recursos"
        verbose_name_plural = "cortes de recursos"
        ordering = ["fondo", "vigencia", "corte", "pk"]
        constraints = [
            models.CheckConstraint(
                name="corte_reportaron_de_cuantas",
                condition=Q(n_reportaron__isnull=True)
                | Q(n_entidades__isnull=False, n_reportaron__lte=models.F("n_entidades")),
            ),
        ]

    def __str__(self):
        return f"{self.fondo}: {self.nombre}"

    def get_absolute_url(self):
        return reverse("indicadores:corte", args=[self.clave])

    def clean(self):
        """Lo asignado es lo ejecutado más lo pendiente, cuando la fuente trae los tres."""
        partes = (self.asignado, self.ejecutado, self.pendiente)
        if None not in partes and self.ejecutado + self.pendiente != self.asignado:
            raise ValidationError(
                f"Lo ejecutado ({self.ejecutado:f}) y lo pendiente ({self.pendiente:f}) deben "
                f"sumar lo asignado ({self.asignado:f}). Revise las tres cifras.",
                code="corte_no_cuadra",
            )


class RecursoDeEntidad(models.Model):
    """Lo que una entidad tiene en un corte. Sin fila, no reportó."""

    corte = models.ForeignKey(CorteDeRecursos, models.CASCADE, related_name="recursos")
    entidad = models.ForeignKey(EntidadTerritorial, models.PROTECT, related_name="recursos")
    asignado = dinero("asignado")
    incorporado = dinero("incorporado")
    ejecutado = dinero("ejecutado")
    pendiente = dinero("pendiente")
    carga = models.ForeignKey("CargaDeRecursos", models.PROTECT, null=True, related_name="recursos")
    fila = models.PositiveIntegerField("fila del archivo", null=True)

    class Meta:
        verbose_name = "recurso de una entidad"
        verbose_name_plural = "recursos de las entidades"
        constraints = [
            models.UniqueConstraint(
                fields=["corte", "entidad"], name="recurso_uno_por_corte_y_entidad"
            )
        ]

    def __str__(self):
        return f"{self.corte}: {self.entidad}"


class CargaDeRecursos(models.Model):
    """Un archivo con lo de cada entidad en un corte: se previsualiza, se confirma, se deshace."""

    class Estado(models.TextChoices):
        VISTA_PREVIA = "vista_previa", "por confirmar"
        CONFIRMADA = "confirmada", "confirmada"
        SIN_CAMBIOS = "sin_cambios", "no cambia nada"
        DESHECHA = "deshecha", "deshecha"
        DESCARTADA = "descartada", "descartada"

    corte = models.ForeignKey(CorteDeRecursos, models.PROTECT, related_name="cargas")
    archivo = models.FileField("archivo", upload_to=ruta_de_la_carga, max_length=300)
    nombre_del_archivo = models.CharField("nombre del archivo", max_length=250)
    tamano = models.PositiveBigIntegerField("tamaño en bytes")
    huella = models.CharField("huella SHA-256", max_length=64)
    estado = models.CharField("estado", max_length=12, choices=Estado, default=Estado.VISTA_PREVIA)
    resumen = models.JSONField(default=dict, blank=True)
    sin_reconocer = models.JSONField(default=list, blank=True)  # [{"fila", "texto"}]
    anterior = models.JSONField(default=list, blank=True)  # lo que había, para deshacer
    creado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    creado_en = models.DateTimeField(default=timezone.now, editable=False)
    confirmada_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    confirmada_en = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "carga de recursos"
        verbose_name_plural = "cargas de recursos"
        ordering = ["-creado_en", "-pk"]

    def __str__(self):
        return self.nombre_del_archivo

    def get_absolute_url(self):
        return reverse("indicadores:carga-de-recursos", args=[self.pk])

    def exigir_estado(self, *estados):
        if self.estado not in estados:
            raise ValidationError(
                f"Este archivo está «{self.get_estado_display()}» y así no se puede hacer eso. No "
                "se cambió nada.",
                code="carga_en_otro_estado",
            )
