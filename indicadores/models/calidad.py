"""La bandeja de calidad: lo que rompe una regla espera a que alguien decida, con nombre."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from indicadores.models.cargas import Carga
from indicadores.models.catalogo import Indicador
from indicadores.models.valores import Valor, Version


class HallazgoQuerySet(models.QuerySet):
    def abiertos(self):
        return self.filter(estado=Hallazgo.Estado.ABIERTO)


class Hallazgo(models.Model):
    """Una regla rota en una carga, por indicador y año. Sus cifras, si las retiene, son `casos`."""

    class Regla(models.TextChoices):
        SUMA = "suma", "aprobación, reprobación y deserción no suman 100"
        RANGO = "rango", "valor fuera de lo posible"
        SALTO = "salto", "salto frente al año anterior"
        COLUMNA_COPIADA = "columna_copiada", "columna igual a otra"
        FILA_EN_CERO = "fila_en_cero", "fila entera en cero"
        VIGENCIA_REPETIDA = "vigencia_repetida", "año repetido con otros valores"
        ENTIDADES_AUSENTES = "entidades_ausentes", "faltan unidades"

    class Estado(models.TextChoices):
        ABIERTO = "abierto", "por decidir"
        PUBLICADO = "publicado", "se publicó como vino"
        ANULADO = "anulado", "se anuló"
        NO_APLICA = "no_aplica", "se marcó «no aplica»"
        CORREGIDO = "corregido", "llegó corregido"
        VISTO = "visto", "se dejó así"  # los que no retienen nada

    carga = models.ForeignKey(Carga, models.PROTECT, related_name="hallazgos")
    regla = models.CharField("regla", max_length=20, choices=Regla)
    indicador = models.ForeignKey(Indicador, models.PROTECT, null=True, related_name="hallazgos")
    vigencia = models.PositiveSmallIntegerField("año", null=True)
    n_casos = models.PositiveIntegerField("casos")
    detalle = models.TextField("detalle", blank=True)
    muestra = models.JSONField("muestra", default=list, blank=True)  # [[fila, unidad, lo que vino]]
    estado = models.CharField("estado", max_length=10, choices=Estado, default=Estado.ABIERTO)
    responsable = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="hallazgos_a_cargo"
    )
    creado_en = models.DateTimeField(default=timezone.now, editable=False)
    decidido_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    decidido_en = models.DateTimeField(null=True)
    motivo = models.TextField("motivo de la decisión", blank=True)
    version = models.ForeignKey(
        Version, models.PROTECT, null=True, related_name="hallazgos_decididos"
    )

    objects = HallazgoQuerySet.as_manager()

    class Meta:
        verbose_name = "hallazgo de calidad"
        verbose_name_plural = "hallazgos de calidad"
        ordering = ["estado", "-creado_en", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["carga", "regla", "indicador", "vigencia"],
                name="hallazgo_uno_por_regla",
            ),
            models.CheckConstraint(
                name="hallazgo_decidido_por_alguien",
                condition=Q(estado="abierto", decidido_en__isnull=True)
                | (~Q(estado="abierto") & Q(decidido_en__isnull=False)),
            ),
        ]

    def __str__(self):
        return f"{self.get_regla_display()} ({self.n_casos})"

    def get_absolute_url(self):
        return reverse("indicadores:hallazgo", args=[self.pk])


class Caso(models.Model):
    """Una cifra retenida por un hallazgo."""

    hallazgo = models.ForeignKey(Hallazgo, models.CASCADE, related_name="casos")
    valor = models.ForeignKey(Valor, models.PROTECT, related_name="casos", db_constraint=False)

    class Meta:
        verbose_name = "caso"
        constraints = [
            models.UniqueConstraint(fields=["hallazgo", "valor"], name="caso_uno_por_valor")
        ]

    def __str__(self):
        return f"{self.hallazgo_id}: {self.valor_id}"
