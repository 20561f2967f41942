"""Las cifras, y las versiones en que se publicaron.

Una versión no cambia: corregir es publicar otra. Cada cifra dice en qué versión entró y, si otra la
reemplazó, en cuál salió; así lo publicado en cualquier versión se puede volver a leer tal cual.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from indicadores.models.catalogo import Indicador, Unidad


class Conjunto(models.Model):
    """Un conjunto de datos que publica alguien: de dónde viene y con qué licencia."""

    clave = models.SlugField(max_length=40, unique=True)
    nombre = models.CharField("nombre", max_length=160)
    ambito = models.CharField("de qué son sus filas", max_length=12, choices=Unidad.Ambito)
    entidad_que_publica = models.CharField("quién lo publica", max_length=160)
    licencia = models.CharField("licencia", max_length=80)
    url = models.URLField("dirección", blank=True)
    cita = models.CharField("cómo se cita", max_length=250)

    class Meta:
        verbose_name = "conjunto de datos"
        verbose_name_plural = "conjuntos de datos"
        ordering = ["clave"]

    def __str__(self):
        return self.nombre


class VersionQuerySet(models.QuerySet):
    def ultima(self):
        return self.order_by("-numero").first()


class Version(models.Model):
    """Un estado publicado de todas las cifras. El número sube de uno en uno y no se reutiliza."""

    class Clase(models.TextChoices):
        CARGA = "carga", "carga de un archivo"
        CALIDAD = "calidad", "decisión de la bandeja de calidad"
        REVERSION = "reversion", "se deshizo una versión"

    numero = models.PositiveIntegerField("número", primary_key=True)
    clase = models.CharField("clase", max_length=10, choices=Clase)
    conjunto = models.ForeignKey(Conjunto, models.PROTECT, related_name="versiones")
    revierte = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="revertida_por"
    )
    corte = models.DateField("corte de los datos", null=True, blank=True)
    fuente = models.CharField("fuente", max_length=250)
    motivo = models.TextField("por qué", blank=True)
    nuevas = models.PositiveIntegerField("cifras nuevas", default=0)
    iguales = models.PositiveIntegerField("cifras iguales", default=0)
    cambiadas = models.PositiveIntegerField("cifras cambiadas", default=0)
    retenidas = models.PositiveIntegerField("cifras en revisión", default=0)
    calculadas = models.PositiveIntegerField("cifras calculadas", default=0)
    publicada_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    publicada_en = models.DateTimeField("publicada en", default=timezone.now, editable=False)

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = "versión"
        verbose_name_plural = "versiones"
        ordering = ["-numero"]
        constraints = [
            models.CheckConstraint(
                name="version_revierte_solo_una_reversion",
                condition=Q(clase="reversion", revierte__isnull=False)
                | (~Q(clase="reversion") & Q(revierte__isnull=True)),
            )
        ]

    def __str__(self):
        return f"versión {self.numero}"

    def get_absolute_url(self):
        return reverse("indicadores:version", args=[self.numero])


class ValorQuerySet(models.QuerySet):
    def vigentes(self):
        """Lo de la última versión."""
        return self.filter(hasta__isnull=True)

    def en_la_version(self, numero: int):
        """Lo que estaba publicado cuando esa versión era la última."""
        return self.filter(Q(hasta__isnull=True) | Q(hasta__gt=numero), desde__lte=numero)

    def corregidos(self):
        """Los que otra versión reemplazó: la fe de erratas."""
        return self.filter(hasta__isnull=False)


class Valor(models.Model):
    """Una cifra de una unidad en un año. Cero es un valor; «sin dato», no."""

    class Estado(models.TextChoices):
        VALOR = "valor", "valor"
        SIN_DATO = "sin_dato", "sin dato"  # la fila vino y la celda estaba vacía
        NO_APLICA = "no_aplica", "no aplica"
        NO_REPORTADO = "no_reportado", "no reportado"  # la fuente no trajo esa columna ese año
        ANULADO = "anulado", "anulado"
        RETENIDO = "retenido", "en revisión"  # espera en la bandeja de calidad
        NO_CALCULABLE = "no_calculable", "no calculable"

    class Metodo(models.TextChoices):
        PUBLICADO = "publicado", "publicado por la fuente"
        CALCULADO = "calculado", "cálculo propio"
        ESTIMADO = "estimado", "cálculo propio: estimación ponderada"

    # Sin clave ajena en la base: revisarla fila por fila frena una carga de medio millón, y de lo
    # que señalan nada se borra. El índice que sirve es el de abajo.
    indicador = models.ForeignKey(
        Indicador, models.PROTECT, related_name="valores", db_constraint=False, db_index=False
    )
    unidad = models.ForeignKey(
        Unidad, models.PROTECT, related_name="valores", db_constraint=False, db_index=False
    )
    vigencia = models.PositiveSmallIntegerField("año")
    estado = models.CharField("estado", max_length=13, choices=Estado)
    valor = models.FloatField("valor", null=True)
    metodo = models.CharField("método", max_length=10, choices=Metodo)
    fila = models.PositiveIntegerField("fila del archivo", null=True)
    nota = models.CharField("nota", max_length=250, blank=True)
    desde = models.ForeignKey(
        Version,
        models.PROTECT,
        related_name="entran",
        db_constraint=False,
        db_index=False,  # medio millón de claves iguales: un cuarto de lo que tarda una carga
        db_column="desde",
    )
    hasta = models.ForeignKey(
        Version,
        models.PROTECT,
        null=True,
        related_name="salen",
        db_constraint=False,
        db_index=False,
        db_column="hasta",
    )

    objects = ValorQuerySet.as_manager()

    class Meta:
        verbose_name = "valor"
        verbose_name_plural = "valores"
        constraints = [
            models.UniqueConstraint(
                fields=["unidad", "indicador", "vigencia"],
                condition=Q(hasta__isnull=True),
                name="valor_uno_vigente",
            ),
            models.CheckConstraint(
                name="valor_con_numero_segun_su_estado",
                condition=Q(estado__in=["valor", "retenido"], valor__isnull=False)
                | Q(estado="anulado")
                | Q(
                    estado__in=["sin_dato", "no_aplica", "no_reportado", "no_calculable"],
                    valor__isnull=True,
                ),
            ),
            models.CheckConstraint(
                name="valor_anulado_dice_por_que",
                condition=~Q(estado="anulado") | ~Q(nota=""),
            ),
            models.CheckConstraint(
                name="valor_entra_antes_de_salir",
                condition=Q(hasta__isnull=True) | Q(hasta__gt=F("desde")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["hasta"], condition=Q(hasta__isnull=False), name="valor_corregido"
            ),
            # Lo que espera en la bandeja, de cada versión.
            models.Index(fields=["desde"], condition=Q(estado="retenido"), name="valor_retenido"),
            # Las versiones anteriores de una misma cifra.
            models.Index(
                fields=["unidad", "indicador", "vigencia"],
                condition=Q(hasta__isnull=False),
                name="valor_historia",
            ),
        ]

    def __str__(self):
        return f"{self.indicador_id} {self.unidad_id} {self.vigencia}"
