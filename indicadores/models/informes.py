"""El informe de cada entidad: lotes, entregas y quién lo recibe cada mes."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from indicadores.models.valores import Version
from territorio.models import EntidadTerritorial
from trabajos.models import Trabajo


def ruta_del_informe(entrega, nombre):
    # Una carpeta por entrega: así se barre lo que dejó un trabajador muerto.
    return f"informes/{entrega.lote_id}/{entrega.pk}/{uuid.uuid4()}"


class LoteDeInformes(models.Model):
    """Los informes de todas las entidades de una vez, con lo publicado en una versión."""

    clave = models.CharField("clave", max_length=80, unique=True)  # «mensual:2026-11»
    titulo = models.CharField("título", max_length=160)
    vigencia = models.PositiveSmallIntegerField("vigencia")
    version = models.ForeignKey(Version, models.PROTECT, related_name="lotes")
    por_correo = models.BooleanField("se manda por correo", default=False)
    pedido_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    pedido_en = models.DateTimeField("pedido en", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "lote de informes"
        verbose_name_plural = "lotes de informes"
        ordering = ["-pedido_en", "-pk"]

    def __str__(self):
        return self.titulo

    def get_absolute_url(self):
        return reverse("indicadores:lote", args=[self.pk])


class EntregaDeInforme(models.Model):
    """El informe de una entidad en un lote. Una por entidad: repetirla no hace otra."""

    class Estado(models.TextChoices):
        PENDIENTE = "pendiente", "en espera"
        LISTA = "lista", "lista"

    lote = models.ForeignKey(LoteDeInformes, models.CASCADE, related_name="entregas")
    entidad = models.ForeignKey(EntidadTerritorial, models.PROTECT, related_name="informes")
    estado = models.CharField("estado", max_length=10, choices=Estado, default=Estado.PENDIENTE)
    xlsx = models.FileField(
        "libro de Excel", upload_to=ruta_del_informe, max_length=300, blank=True
    )
    pdf = models.FileField("PDF", upload_to=ruta_del_informe, max_length=300, blank=True)
    bytes_xlsx = models.PositiveBigIntegerField(default=0)
    bytes_pdf = models.PositiveBigIntegerField(default=0)
    n_cifras = models.PositiveIntegerField("cifras con valor", default=0)
    n_correos = models.PositiveSmallIntegerField("correos puestos en el buzón", default=0)
    lista_en = models.DateTimeField("lista en", null=True, blank=True)
    # Cómo va, y por qué no se pudo, lo dice su trabajo.
    trabajo = models.ForeignKey(Trabajo, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "entrega de informe"
        verbose_name_plural = "entregas de informes"
        constraints = [
            models.UniqueConstraint(fields=["lote", "entidad"], name="entrega_una_por_entidad"),
            models.CheckConstraint(
                name="entrega_lista_con_archivos",
                condition=~Q(estado="lista")
                | (~Q(xlsx="") & ~Q(pdf="") & Q(lista_en__isnull=False)),
            ),
        ]

    def __str__(self):
        return f"{self.lote}: {self.entidad}"


class SuscripcionAlInforme(models.Model):
    """Quién recibe el informe de cada mes. Si nadie lo pidió, lo recibe quien dirige."""

    usuario = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="suscripcion_al_informe"
    )
    activa = models.BooleanField("lo recibe", default=True)
    cambiada_en = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "suscripción al informe"
        verbose_name_plural = "suscripciones al informe"

    def __str__(self):
        return f"{self.usuario_id}: {'sí' if self.activa else 'no'}"
