"""Los archivos de un contenido. Una versión no cambia nunca; la siguiente la reemplaza."""

import uuid
from pathlib import PurePath

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from contenidos.models.contenidos import Contenido


def ruta_de_la_version(version, nombre):
    # El nombre con que llegó se guarda aparte y se ofrece al bajarlo: en disco manda uno nuestro.
    return f"contenidos/{uuid.uuid4()}{PurePath(nombre).suffix.lower()}"


class VersionDeContenido(models.Model):
    class Extraccion(models.TextChoices):
        PENDIENTE = "pendiente", "leyéndose"
        HECHA = "hecha", "leída"
        SIN_TEXTO = "sin_texto", "sin texto"
        FALLIDA = "fallida", "no se pudo leer"

    contenido = models.ForeignKey(Contenido, models.CASCADE, related_name="versiones")
    numero = models.PositiveSmallIntegerField("versión")
    archivo = models.FileField("archivo", upload_to=ruta_de_la_version, max_length=300)
    nombre_del_archivo = models.CharField("nombre del archivo", max_length=200)
    tamano = models.PositiveBigIntegerField("tamaño en bytes")
    huella = models.CharField("SHA-256", max_length=64)
    nota = models.CharField("qué cambió", max_length=300, blank=True)
    subtitulos = models.FileField(
        "subtítulos", upload_to=ruta_de_la_version, max_length=300, blank=True
    )
    # Lo que se averigua leyéndolo, después de recibido.
    extraccion = models.CharField(
        "lectura", max_length=9, choices=Extraccion, default=Extraccion.PENDIENTE
    )
    paginas = models.PositiveIntegerField("páginas", null=True)
    es_imagen = models.BooleanField(
        "es una imagen sin texto", default=False, help_text="Un lector de pantalla no lo lee."
    )
    esta_etiquetado = models.BooleanField("PDF etiquetado", null=True)
    miniatura = models.FileField(
        "primera página", upload_to=ruta_de_la_version, max_length=300, blank=True
    )
    ligero = models.FileField(
        "versión ligera", upload_to=ruta_de_la_version, max_length=300, blank=True
    )
    tamano_ligero = models.PositiveBigIntegerField("tamaño de la ligera", null=True)

    creado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    creado_en = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "versión"
        verbose_name_plural = "versiones"
        ordering = ["contenido", "-numero"]
        constraints = [
            models.UniqueConstraint(fields=["contenido", "numero"], name="version_una_por_numero"),
            models.CheckConstraint(
                name="version_ligera_con_tamano",
                condition=Q(ligero="") | Q(tamano_ligero__isnull=False),
            ),
        ]

    def __str__(self):
        return f"v{self.numero} de {self.contenido}"

    def get_absolute_url(self):
        return reverse("contenidos:archivo-de-version", args=[self.contenido.slug, self.numero])


class PaginaDeTexto(models.Model):
    """El texto de una página, para buscar dentro y mostrar dónde está."""

    version = models.ForeignKey(VersionDeContenido, models.CASCADE, related_name="textos")
    numero = models.PositiveIntegerField("página")
    texto = models.TextField("texto")
    texto_norm = models.TextField(editable=False)

    class Meta:
        verbose_name = "página de texto"
        verbose_name_plural = "páginas de texto"
        ordering = ["version", "numero"]
        constraints = [
            models.UniqueConstraint(fields=["version", "numero"], name="pagina_una_por_numero")
        ]

    def __str__(self):
        return f"{self.version}, página {self.numero}"
