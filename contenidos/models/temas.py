"""Los temas: el vocabulario con que se rotula todo lo demás del portal."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import slugify

from territorio.texto import normalizar


class TemaQuerySet(models.QuerySet):
    def activos(self):
        return self.filter(activo=True)

    def con_direccion(self, slug: str):
        """El que hoy se llama así, o el que se llamó así antes de renombrarse o fundirse."""
        anteriores = DireccionAnteriorDeTema.objects.filter(slug=slug)
        return self.filter(models.Q(slug=slug) | models.Q(pk__in=anteriores.values("tema")))


class Tema(models.Model):
    """Un rótulo. Se desactiva cuando ya no se usa; lo que lo llevaba lo conserva."""

    nombre = models.CharField("nombre", max_length=120)
    nombre_norm = models.CharField(max_length=120, unique=True, editable=False)
    slug = models.SlugField("nombre en la dirección", max_length=140, unique=True)
    padre = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="hijos",
        verbose_name="tema mayor",
    )
    descripcion = models.TextField("de qué trata", max_length=500, blank=True)
    activo = models.BooleanField("activo", default=True)

    objects = TemaQuerySet.as_manager()

    class Meta:
        verbose_name = "tema"
        ordering = ["nombre_norm"]

    def __str__(self):
        return self.nombre

    def clean(self):
        self.nombre_norm = normalizar(self.nombre)
        self.slug = self.slug or slugify(self.nombre)
        if Tema.objects.exclude(pk=self.pk).filter(nombre_norm=self.nombre_norm).exists():
            raise ValidationError(
                {"nombre": "Ya hay un tema con ese nombre. Use el que existe."},
                code="tema_repetido",
            )
        if self.padre_id:
            self._exigir_dos_niveles()

    def _exigir_dos_niveles(self):
        if self.padre_id == self.pk or self.padre.padre_id:
            raise ValidationError(
                {"padre": "El tema mayor no puede depender de otro: hay solo dos pisos."},
                code="tema_con_tres_pisos",
            )
        if self.pk and self.hijos.exists():
            raise ValidationError(
                {"padre": "Este tema ya agrupa a otros. Muévalos antes de ponerle un tema mayor."},
                code="tema_con_tres_pisos",
            )


class DireccionAnteriorDeTema(models.Model):
    """Un nombre que tuvo en la dirección, o el de un tema que se fundió en este."""

    slug = models.SlugField(max_length=140, unique=True)
    tema = models.ForeignKey(Tema, models.CASCADE, related_name="direcciones_anteriores")

    class Meta:
        verbose_name = "dirección anterior de un tema"
        verbose_name_plural = "direcciones anteriores de temas"

    def __str__(self):
        return self.slug
