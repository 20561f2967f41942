"""Los archivos de indicadores que llegan, y de dónde se traen solos."""

import uuid

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from indicadores.models.valores import Conjunto, Version


def ruta_de_la_carga(carga, nombre):
    # El nombre que trae el archivo se guarda aparte: en disco manda uno nuestro.
    return f"indicadores/{uuid.uuid4()}"


class Carga(models.Model):
    """Un archivo de indicadores: se lee, se compara, se confirma y queda en una versión."""

    class Estado(models.TextChoices):
        RECIBIDA = "recibida", "recibida"
        DESCARGANDO = "descargando", "trayéndose del servicio"
        SIN_RECONOCER = "sin_reconocer", "por emparejar"
        VISTA_PREVIA = "vista_previa", "por confirmar"
        CONFIRMADA = "confirmada", "publicada"
        SIN_CAMBIOS = "sin_cambios", "no cambia nada"
        DESHECHA = "deshecha", "deshecha"
        RECHAZADA = "rechazada", "no se pudo leer"
        DESCARTADA = "descartada", "descartada"

    class Origen(models.TextChoices):
        ARCHIVO = "archivo", "archivo subido"
        SERVICIO = "servicio", "servicio de datos abiertos"
        CATALOGO = "catalogo", "catálogo del portal"

    conjunto = models.ForeignKey(Conjunto, models.PROTECT, related_name="cargas")
    origen = models.CharField("origen", max_length=10, choices=Origen, default=Origen.ARCHIVO)
    fuente_programada = models.ForeignKey(
        "FuenteProgramada", models.SET_NULL, null=True, blank=True, related_name="cargas"
    )
    url = models.URLField("dirección de donde se trajo", max_length=500, blank=True)
    archivo = models.FileField("archivo", upload_to=ruta_de_la_carga, max_length=300, blank=True)
    nombre_del_archivo = models.CharField("nombre del archivo", max_length=250)
    tamano = models.PositiveBigIntegerField("tamaño en bytes", default=0)
    huella = models.CharField("huella SHA-256", max_length=64, blank=True)
    corte = models.DateField("corte de los datos", null=True, blank=True)
    motivo = models.TextField(
        "motivo", blank=True, help_text="Por qué cambian las cifras: sale en la fe de erratas."
    )
    estado = models.CharField("estado", max_length=14, choices=Estado, default=Estado.RECIBIDA)

    emparejamiento = models.JSONField(default=dict, blank=True)  # columna del archivo → código
    columnas = models.JSONField(default=dict, blank=True)  # lo esperado y lo hallado
    base = models.PositiveIntegerField("versión con que se comparó", null=True)
    resumen = models.JSONField(default=dict, blank=True)
    rechazadas = models.JSONField(default=list, blank=True)  # [{"fila", "motivo"}]
    mensaje = models.TextField("qué pasó", blank=True)
    version = models.OneToOneField(
        Version, models.PROTECT, null=True, blank=True, related_name="carga"
    )

    creado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="cargas_de_indicadores"
    )
    creado_en = models.DateTimeField(default=timezone.now, editable=False)
    confirmada_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    confirmada_en = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "carga de indicadores"
        verbose_name_plural = "cargas de indicadores"
        ordering = ["-creado_en", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="carga_publicada_con_version",
                condition=~Q(estado__in=["confirmada", "deshecha"]) | Q(version__isnull=False),
            )
        ]

    def __str__(self):
        return self.nombre_del_archivo

    def get_absolute_url(self):
        return reverse("indicadores:carga", args=[self.pk])

    def exigir_estado(self, *estados):
        if self.estado not in estados:
            raise ValidationError(
                f"Esta carga está «{self.get_estado_display()}» y así no se puede hacer eso. No se "
                "cambió nada.",
                code="carga_en_otro_estado",
            )


class FuenteProgramada(models.Model):
    """Un conjunto que se trae solo del servicio de datos abiertos. Lo traído espera a alguien."""

    class Formato(models.TextChoices):
        CSV = "csv", "CSV"
        JSON = "json", "JSON"

    class Frecuencia(models.TextChoices):
        MENSUAL = "mensual", "cada mes"
        SEMANAL = "semanal", "cada semana"
        NUNCA = "nunca", "solo cuando se pida"

    conjunto = models.ForeignKey(Conjunto, models.PROTECT, related_name="fuentes")
    url = models.URLField("dirección del servicio", max_length=500)
    formato = models.CharField("formato", max_length=4, choices=Formato, default=Formato.CSV)
    frecuencia = models.CharField(
        "cada cuánto", max_length=8, choices=Frecuencia, default=Frecuencia.NUNCA
    )
    activa = models.BooleanField("activa", default=True)
    traida_en = models.DateTimeField("traída por última vez", null=True, blank=True)
    creado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = "fuente programada"
        verbose_name_plural = "fuentes programadas"
        ordering = ["conjunto", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["conjunto", "url"], name="fuente_programada_una"),
        ]

    def __str__(self):
        return f"{self.conjunto} ({self.get_frecuencia_display()})"


class ColumnaConocida(models.Model):
    """Lo que una persona dijo que es una columna con otro nombre; la próxima vez no se pregunta."""

    conjunto = models.ForeignKey(Conjunto, models.CASCADE, related_name="columnas_conocidas")
    titulo_norm = models.CharField("título de la columna, sin tildes", max_length=120)
    que_es = models.CharField("qué es", max_length=60)
    creado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = "columna conocida"
        verbose_name_plural = "columnas conocidas"
        constraints = [
            models.UniqueConstraint(fields=["conjunto", "titulo_norm"], name="columna_conocida_una")
        ]

    def __str__(self):
        return f"{self.titulo_norm} → {self.que_es}"
