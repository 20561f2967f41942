"""Los temas: el vocabulario con que se rotula todo lo demás del portal."""

from django.db import models


class Tema(models.Model):
    nombre = models.CharField("nombre", max_length=120)
    nombre_norm = models.CharField(max_length=120, unique=True, editable=False)
    slug = models.SlugField(max_length=140, unique=True)
    padre = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="hijos",
        verbose_name="tema mayor",
    )
    activo = models.BooleanField("activo", default=True)

    class Meta:
        verbose_name = "tema"
        ordering = ["nombre_norm"]

    def __str__(self):
        return self.nombre
