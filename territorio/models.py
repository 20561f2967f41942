"""Quiénes son las entidades territoriales, desde cuándo, y con qué nombres se las escribe."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class Origen(models.TextChoices):
    """De dónde salió. Lo que dijo una persona no lo cambia una carga del catálogo."""

    CATALOGO = "catalogo", "catálogo"
    PERSONA = "persona", "confirmado por una persona"


class VigenciaQuerySet(models.QuerySet):
    """Lo que vale entre dos fechas. Sin «desde», desde antes de los datos; sin «hasta», hoy."""

    def vigentes(self, fecha=None):
        fecha = fecha or timezone.localdate()
        return self.filter(
            Q(desde__isnull=True) | Q(desde__lte=fecha), Q(hasta__isnull=True) | Q(hasta__gte=fecha)
        )


class ConVigencia(models.Model):
    desde = models.DateField("vale desde", null=True, blank=True)
    hasta = models.DateField("vale hasta", null=True, blank=True)

    objects = VigenciaQuerySet.as_manager()

    class Meta:
        abstract = True

    def clean(self):
        super().clean()
        if self.desde and self.hasta and self.hasta < self.desde:
            raise ValidationError({"hasta": "La fecha final es anterior a la inicial."})

    def vale_en(self, fecha) -> bool:
        return (self.desde is None or self.desde <= fecha) and (
            self.hasta is None or fecha <= self.hasta
        )


class Departamento(models.Model):
    codigo = models.CharField("código DANE", max_length=2, unique=True)
    nombre = models.CharField("nombre", max_length=80)
    nombre_norm = models.CharField(max_length=80, editable=False, db_index=True)

    class Meta:
        verbose_name = "departamento"
        ordering = ["nombre_norm"]

    def __str__(self):
        return self.nombre


class EntidadTerritorialQuerySet(VigenciaQuerySet):
    def en_orden(self):
        return self.order_by("nombre_norm")

    def que_dicen(self, norm):
        """Por el nombre, el del departamento o un código; `norm` va sin tildes."""
        return self.filter(
            Q(nombre_norm__contains=norm)
            | Q(departamento__nombre_norm__contains=norm)
            | Q(codigo_dane=norm)
            | Q(codigo_men=norm)
        )

    def delete(self):
        raise ValidationError(
            "Una entidad territorial no se borra: póngale fecha final a su vigencia.",
            code="entidad_no_se_borra",
        )


class EntidadTerritorial(ConVigencia):
    """Una secretaría de educación certificada. Se cierra cuando deja de serlo; nunca se borra."""

    class Tipo(models.TextChoices):
        DEPARTAMENTO = "departamento", "departamento"
        DISTRITO = "distrito", "distrito"
        MUNICIPIO = "municipio", "municipio"

    codigo_dane = models.CharField("código DANE", max_length=5, unique=True)
    codigo_men = models.CharField("código del MEN", max_length=6, unique=True)
    nombre = models.CharField("nombre", max_length=120)
    nombre_norm = models.CharField(max_length=120, editable=False, db_index=True)
    tipo = models.CharField("tipo", max_length=12, choices=Tipo)
    departamento = models.ForeignKey(Departamento, models.PROTECT, related_name="entidades")
    nota = models.TextField("nota", blank=True)
    origen = models.CharField(
        "origen", max_length=10, choices=Origen, default=Origen.CATALOGO, editable=False
    )

    objects = EntidadTerritorialQuerySet.as_manager()

    class Meta:
        verbose_name = "entidad territorial certificada"
        verbose_name_plural = "entidades territoriales certificadas"
        ordering = ["nombre_norm"]
        constraints = [
            models.CheckConstraint(
                name="entidad_vigencia_en_orden",
                condition=Q(hasta__isnull=True) | Q(desde__isnull=True) | Q(hasta__gte=F("desde")),
            ),
        ]

    def __str__(self):
        return self.nombre

    def delete(self, *args, **kwargs):
        raise ValidationError(
            "Una entidad territorial no se borra: póngale fecha final a su vigencia.",
            code="entidad_no_se_borra",
        )

    @property
    def es_departamental(self) -> bool:
        return self.tipo == self.Tipo.DEPARTAMENTO


class Municipio(models.Model):
    codigo = models.CharField("código DANE", max_length=5, unique=True)
    nombre = models.CharField("nombre", max_length=80)
    nombre_norm = models.CharField(max_length=80, editable=False, db_index=True)
    otros_nombres = models.CharField(
        "otros nombres", max_length=200, blank=True, help_text="Separados por punto y coma."
    )
    departamento = models.ForeignKey(Departamento, models.PROTECT, related_name="municipios")

    class Meta:
        verbose_name = "municipio"
        ordering = ["nombre_norm"]

    def __str__(self):
        return self.nombre


class Atencion(ConVigencia):
    """Qué entidad atiende un municipio, y entre qué fechas."""

    municipio = models.ForeignKey(Municipio, models.PROTECT, related_name="atenciones")
    entidad = models.ForeignKey(EntidadTerritorial, models.PROTECT, related_name="atenciones")
    origen = models.CharField(
        "origen", max_length=10, choices=Origen, default=Origen.CATALOGO, editable=False
    )

    class Meta:
        verbose_name = "atención de un municipio"
        verbose_name_plural = "atenciones de municipios"
        constraints = [
            models.UniqueConstraint(
                fields=["municipio", "desde"], name="atencion_una_por_municipio_y_fecha"
            ),
            models.UniqueConstraint(
                fields=["municipio"],
                condition=Q(desde__isnull=True),
                name="atencion_una_primera_por_municipio",
            ),
            models.UniqueConstraint(
                fields=["municipio"],
                condition=Q(hasta__isnull=True),
                name="atencion_una_vigente_por_municipio",
            ),
        ]

    def __str__(self):
        return f"{self.municipio} → {self.entidad}"


class Institucion(models.Model):
    """Una institución educativa: el segundo nivel de una entidad. Solo datos de la institución."""

    class Sector(models.TextChoices):
        OFICIAL = "oficial", "oficial"
        NO_OFICIAL = "no_oficial", "no oficial"

    class Zona(models.TextChoices):
        URBANA = "urbana", "urbana"
        RURAL = "rural", "rural"

    class Estado(models.TextChoices):
        ACTIVA = "activa", "activa"
        CIERRE_TEMPORAL = "cierre_temporal", "en cierre temporal"
        CIERRE_DEFINITIVO = "cierre_definitivo", "en cierre definitivo"

    codigo_dane = models.CharField("código DANE", max_length=12, unique=True)
    nombre = models.CharField("nombre", max_length=200)
    nombre_norm = models.CharField(max_length=200, editable=False, db_index=True)
    entidad = models.ForeignKey(EntidadTerritorial, models.PROTECT, related_name="instituciones")
    municipio = models.ForeignKey(
        Municipio, models.PROTECT, null=True, blank=True, related_name="instituciones"
    )
    # Vacío es «la fuente no lo dice».
    sector = models.CharField("sector", max_length=10, choices=Sector, blank=True)
    zona = models.CharField("zona", max_length=6, choices=Zona, blank=True)
    estado = models.CharField("estado", max_length=17, choices=Estado, blank=True)
    fuente = models.CharField("fuente", max_length=200)
    es_demostracion = models.BooleanField("es de demostración", default=False, editable=False)

    class Meta:
        verbose_name = "institución educativa"
        verbose_name_plural = "instituciones educativas"
        ordering = ["nombre_norm", "codigo_dane"]
        indexes = [
            models.Index(fields=["entidad", "nombre_norm"], name="institucion_de_la_entidad")
        ]

    def __str__(self):
        return self.nombre


class Senal(ConVigencia):
    """Algo que señala a una entidad, o a quien no lo es (Ministerio, universidad…)."""

    entidad = models.ForeignKey(
        EntidadTerritorial, models.PROTECT, null=True, blank=True, related_name="%(class)s_set"
    )
    ajena = models.CharField("otra organización", max_length=120, blank=True)
    origen = models.CharField("origen", max_length=10, choices=Origen, default=Origen.CATALOGO)
    creado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    creado_en = models.DateTimeField("creado en", default=timezone.now, editable=False)

    class Meta:
        abstract = True


class Alias(Senal):
    """Otra manera de escribir el nombre de una entidad."""

    texto = models.CharField("texto", max_length=200)
    texto_norm = models.CharField(max_length=200, unique=True, editable=False)

    class Meta:
        verbose_name = "alias"
        verbose_name_plural = "alias"
        ordering = ["texto_norm"]
        constraints = [
            models.CheckConstraint(
                name="alias_entidad_o_ajena",
                condition=Q(entidad__isnull=False, ajena="")
                | (Q(entidad__isnull=True) & ~Q(ajena="")),
            )
        ]

    def __str__(self):
        return f"{self.texto} → {self.entidad or self.ajena}"


class Dominio(Senal):
    """Un dominio de correo: de una entidad, de otra organización o de correo personal."""

    class Clase(models.TextChoices):
        ENTIDAD = "entidad", "de una entidad"
        AJENO = "ajeno", "de otra organización"
        PERSONAL = "personal", "de correo personal"

    dominio = models.CharField("dominio", max_length=200, unique=True)
    clase = models.CharField("clase", max_length=10, choices=Clase, default=Clase.ENTIDAD)

    class Meta:
        verbose_name = "dominio de correo"
        verbose_name_plural = "dominios de correo"
        ordering = ["dominio"]
        constraints = [
            models.CheckConstraint(
                name="dominio_segun_su_clase",
                condition=Q(clase="entidad", entidad__isnull=False, ajena="")
                | (Q(clase="ajeno", entidad__isnull=True) & ~Q(ajena=""))
                | Q(clase="personal", entidad__isnull=True, ajena=""),
            )
        ]

    def __str__(self):
        return self.dominio
