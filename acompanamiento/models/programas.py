"""Talleres y encuentros: qué programa, a quiénes llegó, qué produjo y qué informó la fuente."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from acompanamiento.models.registrado import Registrado
from contenidos.models import Contenido, Tema
from territorio.models import EntidadTerritorial


class TipoDeActividad(models.Model):
    """Taller, webinar, encuentro regional… Quien administra añade los que falten."""

    clave = models.SlugField("clave", max_length=40, unique=True)
    nombre = models.CharField("nombre", max_length=80, unique=True)
    plural = models.CharField("nombre en plural", max_length=80)
    orden = models.PositiveSmallIntegerField("orden", default=100)
    activo = models.BooleanField("se puede usar", default=True)

    class Meta:
        verbose_name = "tipo de actividad"
        verbose_name_plural = "tipos de actividad"
        ordering = ["orden", "nombre"]

    def __str__(self):
        return self.nombre


class Programa(Registrado):
    """Una línea de talleres o encuentros de un año. Sus fechas son las que dice la fuente."""

    slug = models.SlugField("nombre en la dirección", max_length=120, unique=True)
    nombre = models.CharField("nombre", max_length=160)
    vigencia = models.PositiveSmallIntegerField("año")
    descripcion = models.TextField("de qué se trata", blank=True)
    aliado = models.CharField("aliado", max_length=120, blank=True)
    temas = models.ManyToManyField(Tema, blank=True, related_name="programas", verbose_name="temas")
    desde = models.DateField("desde", null=True, blank=True)
    hasta = models.DateField("hasta", null=True, blank=True)
    nota = models.TextField("nota sobre la fuente", blank=True)
    orden = models.PositiveSmallIntegerField("orden", default=100)

    class Meta:
        verbose_name = "programa"
        ordering = ["-vigencia", "orden", "nombre"]
        constraints = [
            models.CheckConstraint(
                name="programa_en_orden",
                condition=Q(hasta__isnull=True) | Q(desde__isnull=True) | Q(hasta__gte=F("desde")),
                violation_error_message="La fecha final es anterior a la inicial.",
            )
        ]

    def __str__(self):
        return self.nombre

    def get_absolute_url(self):
        return reverse("acompanamiento:programa", args=[self.slug])


class Actividad(Registrado):
    """Un taller o un encuentro: para varias secretarías a la vez, o para una sola."""

    class Alcance(models.TextChoices):
        GRUPAL = "grupal", "para varias secretarías"
        INDIVIDUAL = "individual", "para una secretaría"

    class Estado(models.TextChoices):
        PROGRAMADA = "programada", "programada"
        REALIZADA = "realizada", "realizada"
        CANCELADA = "cancelada", "cancelada"

    programa = models.ForeignKey(Programa, models.PROTECT, related_name="actividades")
    tipo = models.ForeignKey(TipoDeActividad, models.PROTECT, related_name="actividades")
    alcance = models.CharField("alcance", max_length=10, choices=Alcance)
    estado = models.CharField("estado", max_length=10, choices=Estado, default=Estado.REALIZADA)
    nombre = models.CharField("nombre", max_length=200)
    desde = models.DateField("desde")
    hasta = models.DateField("hasta", null=True, blank=True)
    donde = models.CharField("lugar o enlace", max_length=500, blank=True)
    aliado = models.CharField("aliado", max_length=120, blank=True)
    temas = models.ManyToManyField(
        Tema, blank=True, related_name="actividades", verbose_name="temas"
    )
    personas = models.PositiveIntegerField(
        "personas", null=True, blank=True, help_text="Déjelo vacío si no se contaron."
    )
    motivo_de_cancelacion = models.CharField("por qué se canceló", max_length=300, blank=True)
    secuencia = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = "actividad"
        verbose_name_plural = "actividades"
        ordering = ["desde", "pk"]
        indexes = [models.Index(fields=["desde"], name="actividad_por_fecha")]
        constraints = [
            models.CheckConstraint(
                name="actividad_en_orden",
                condition=Q(hasta__isnull=True) | Q(hasta__gte=F("desde")),
                violation_error_message="La fecha final es anterior a la inicial.",
            )
        ]

    def __str__(self):
        return self.nombre

    def get_absolute_url(self):
        return reverse("acompanamiento:actividad", args=[self.clave])


class Cobertura(models.Model):
    """Una entidad a la que llegó una actividad. `personas` vacío: no se contaron."""

    actividad = models.ForeignKey(Actividad, models.CASCADE, related_name="coberturas")
    entidad = models.ForeignKey(EntidadTerritorial, models.PROTECT, related_name="coberturas")
    personas = models.PositiveIntegerField("personas", null=True, blank=True)

    class Meta:
        verbose_name = "entidad de una actividad"
        verbose_name_plural = "entidades de las actividades"
        constraints = [
            models.UniqueConstraint(
                fields=["actividad", "entidad"], name="cobertura_una_por_actividad_y_entidad"
            )
        ]

    def __str__(self):
        return f"{self.entidad} en {self.actividad}"


class Producto(Registrado):
    """Lo que quedó hecho en una entidad: un plan, una experiencia."""

    class Clase(models.TextChoices):
        PLAN = "plan", "plan"
        EXPERIENCIA = "experiencia", "experiencia"
        OTRO = "otro", "otro producto"

    programa = models.ForeignKey(Programa, models.PROTECT, related_name="productos")
    actividad = models.ForeignKey(
        Actividad, models.PROTECT, null=True, blank=True, related_name="productos"
    )
    entidad = models.ForeignKey(EntidadTerritorial, models.PROTECT, related_name="productos")
    clase = models.CharField("clase", max_length=11, choices=Clase)
    nombre = models.CharField("nombre", max_length=200)
    contenido = models.ForeignKey(
        Contenido,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="contenido de la biblioteca",
    )

    class Meta:
        verbose_name = "producto"
        ordering = ["entidad__nombre_norm", "nombre"]

    def __str__(self):
        return self.nombre

    def get_absolute_url(self):
        return f"{self.programa.get_absolute_url()}#productos"


class CifraReportada(models.Model):
    """Una cifra publicada, con lo que mide y de dónde sale. Se muestra; no se suma con otras."""

    class Calificador(models.TextChoices):
        EXACTO = "exacto", "exacto"
        MAS_DE = "mas_de", "más de"
        APROXIMADO = "aproximado", "aproximado"

    class Estado(models.TextChoices):
        REPORTADA = "reportada", "reportada"
        NO_REPORTADA = "no_reportada", "no reportado"
        EN_REVISION = "en_revision", "en revisión"

    class Calculo(models.TextChoices):
        """Con qué se la compara, de lo que el portal tiene registrado."""

        ACTIVIDADES = "actividades", "actividades"
        GRUPALES = "grupales", "actividades grupales"
        INDIVIDUALES = "individuales", "actividades de una secretaría"
        ENTIDADES = "entidades", "secretarías distintas"
        PERSONAS = "personas", "personas"
        PLANES = "planes", "planes"
        EXPERIENCIAS = "experiencias", "experiencias"
        ENTIDADES_CON_EXPERIENCIA = "entidades_con_experiencia", "secretarías con experiencias"

    programa = models.ForeignKey(Programa, models.CASCADE, related_name="cifras")
    clave = models.SlugField("clave", max_length=80, unique=True)
    medida = models.CharField("qué mide", max_length=120)
    valor = models.DecimalField("valor", max_digits=14, decimal_places=2, null=True, blank=True)
    calificador = models.CharField(
        "calificador", max_length=10, choices=Calificador, default=Calificador.EXACTO
    )
    unidad = models.CharField("unidad", max_length=60, blank=True)
    alcance = models.CharField("alcance", max_length=200, blank=True)
    periodo = models.CharField("periodo", max_length=80, blank=True)
    corte = models.DateField("corte", null=True, blank=True)
    fuente = models.CharField("fuente", max_length=200)
    estado = models.CharField("estado", max_length=12, choices=Estado, default=Estado.REPORTADA)
    nota = models.TextField("nota", blank=True)
    calculo = models.CharField("se compara con", max_length=30, choices=Calculo, blank=True)
    tipo = models.ForeignKey(
        TipoDeActividad,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="solo de este tipo",
    )
    es_titular = models.BooleanField("va de primera", default=False)
    orden = models.PositiveSmallIntegerField("orden", default=100)

    class Meta:
        verbose_name = "cifra reportada"
        verbose_name_plural = "cifras reportadas"
        ordering = ["programa", "orden", "clave"]
        constraints = [
            models.CheckConstraint(
                name="cifra_sin_valor_no_reportada",
                condition=Q(estado="no_reportada", valor__isnull=True)
                | (~Q(estado="no_reportada") & Q(valor__isnull=False)),
            )
        ]

    def __str__(self):
        return f"{self.programa}: {self.medida}"
