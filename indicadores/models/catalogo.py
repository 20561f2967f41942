"""Qué se mide, de quién, y con qué advertencias se lee."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from territorio.models import Departamento, EntidadTerritorial, Municipio


class IndicadorQuerySet(models.QuerySet):
    def activos(self):
        return self.filter(activo=True)


class Indicador(models.Model):
    """Una medida: qué dice, cómo se calcula y hacia dónde mejora."""

    class Familia(models.TextChoices):
        POBLACION = "poblacion", "Población"
        MATRICULACION = "matriculacion", "Matriculación"
        COBERTURA_NETA = "cobertura_neta", "Cobertura neta"
        COBERTURA_BRUTA = "cobertura_bruta", "Cobertura bruta"
        DESERCION = "desercion", "Deserción"
        APROBACION = "aprobacion", "Aprobación"
        REPROBACION = "reprobacion", "Reprobación"
        REPITENCIA = "repitencia", "Repitencia"
        ENTORNO = "entorno", "Aulas y sedes"

    class Nivel(models.TextChoices):
        TRANSICION = "transicion", "transición"
        PRIMARIA = "primaria", "primaria"
        SECUNDARIA = "secundaria", "secundaria"
        MEDIA = "media", "media"
        TOTAL = "total", "total"

    class Medida(models.TextChoices):
        PORCENTAJE = "porcentaje", "porcentaje"
        PERSONAS = "personas", "personas"
        ESTUDIANTES = "estudiantes", "estudiantes por grupo"

    class Sentido(models.TextChoices):
        SUBE = "sube", "subir es bueno"
        BAJA = "baja", "bajar es bueno"
        NINGUNO = "ninguno", "ni subir ni bajar es bueno en sí"

    class Agregacion(models.TextChoices):
        """Con qué se reúnen varios municipios. Una tasa nunca se suma ni se promedia sin peso."""

        SUMA = "suma", "suma"
        POBLACION = "poblacion", "su denominador es la población de 5 a 16 años"
        POBLACION_ESTIMADA = "poblacion_estimada", "estimación ponderada por población"
        MATRICULA_ESTIMADA = "matricula_estimada", "estimación ponderada por matrícula estimada"
        NINGUNA = "ninguna", "no calculable: la fuente no trae con qué"

    codigo = models.SlugField("código", max_length=60, unique=True)
    nombre = models.CharField("nombre", max_length=120)
    nombre_corto = models.CharField("nombre corto", max_length=60)
    familia = models.CharField("familia", max_length=20, choices=Familia)
    nivel = models.CharField("nivel", max_length=12, choices=Nivel)
    definicion = models.TextField("qué dice")
    formula = models.TextField("fórmula")
    medida = models.CharField("unidad de medida", max_length=14, choices=Medida)
    decimales = models.PositiveSmallIntegerField("decimales", default=1)
    sentido = models.CharField("sentido", max_length=8, choices=Sentido)
    agregacion = models.CharField("cómo se reúne", max_length=20, choices=Agregacion)
    periodicidad = models.CharField("periodicidad", max_length=20, default="anual")
    fuente = models.CharField("fuente", max_length=200)
    desde = models.PositiveSmallIntegerField("primer año")
    hasta = models.PositiveSmallIntegerField("último año", null=True, blank=True)
    minimo = models.FloatField("mínimo admisible", default=0)
    maximo = models.FloatField("máximo admisible", null=True, blank=True)
    salto = models.FloatField(
        "salto que llama la atención",
        null=True,
        blank=True,
        help_text="Diferencia con el año anterior, en su unidad, que se revisa antes de publicar.",
    )
    orden = models.PositiveSmallIntegerField("orden")
    activo = models.BooleanField("activo", default=True)

    objects = IndicadorQuerySet.as_manager()

    class Meta:
        verbose_name = "indicador"
        verbose_name_plural = "indicadores"
        ordering = ["orden"]

    def __str__(self):
        return self.nombre

    def get_absolute_url(self):
        return reverse("indicadores:indicador", args=[self.codigo])

    @property
    def es_porcentaje(self) -> bool:
        return self.medida == self.Medida.PORCENTAJE


class NotaDeSerie(models.Model):
    """Un quiebre de una serie o algo que hay que saber antes de leerla."""

    class Clase(models.TextChoices):
        QUIEBRE = "quiebre", "quiebre de la serie"
        ADVERTENCIA = "advertencia", "advertencia"

    class Ambito(models.TextChoices):
        TODOS = "todos", "todos los ámbitos"
        MUNICIPIO = "municipio", "cifras municipales"
        DEPARTAMENTO = "departamento", "cifras departamentales"

    clave = models.SlugField(max_length=60, unique=True)
    clase = models.CharField("clase", max_length=12, choices=Clase)
    familia = models.CharField(
        "familia", max_length=20, choices=Indicador.Familia, blank=True, help_text="Vacía: todas."
    )
    ambito = models.CharField("de qué cifras", max_length=12, choices=Ambito, default=Ambito.TODOS)
    desde = models.PositiveSmallIntegerField("desde el año")
    hasta = models.PositiveSmallIntegerField("hasta el año", null=True, blank=True)
    texto = models.TextField("qué pasa")
    fuente = models.CharField("fuente", max_length=200, blank=True)

    class Meta:
        verbose_name = "nota de una serie"
        verbose_name_plural = "notas de las series"
        ordering = ["desde", "clave"]
        constraints = [
            models.CheckConstraint(
                name="nota_de_serie_en_orden",
                condition=Q(hasta__isnull=True) | Q(hasta__gte=F("desde")),
            )
        ]

    def __str__(self):
        return self.texto


class Unidad(models.Model):
    """Alguien de quien hay cifras. Una entidad municipal se lee en la unidad de su municipio."""

    class Ambito(models.TextChoices):
        MUNICIPIO = "municipio", "municipio"
        ENTIDAD = "entidad", "entidad departamental"
        DEPARTAMENTO = "departamento", "departamento"
        NACION = "nacion", "nación"

    ambito = models.CharField("ámbito", max_length=12, choices=Ambito)
    codigo = models.CharField("código DANE", max_length=5)
    nombre = models.CharField("nombre", max_length=120)
    departamento = models.ForeignKey(
        Departamento, models.PROTECT, null=True, blank=True, related_name="+"
    )
    municipio = models.OneToOneField(
        Municipio, models.PROTECT, null=True, blank=True, related_name="unidad"
    )
    entidad = models.OneToOneField(
        EntidadTerritorial,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="unidad",
        help_text="La secretaría cuya cifra es esta.",
    )
    superficie_km2 = models.FloatField("superficie en km²", null=True, blank=True)

    class Meta:
        verbose_name = "unidad territorial"
        verbose_name_plural = "unidades territoriales"
        ordering = ["ambito", "codigo"]
        constraints = [
            models.UniqueConstraint(fields=["ambito", "codigo"], name="unidad_una_por_codigo"),
        ]

    def __str__(self):
        return self.nombre

    def delete(self, *args, **kwargs):
        raise ValidationError("Una unidad territorial no se borra.", code="unidad_no_se_borra")
