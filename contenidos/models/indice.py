"""El índice de todo lo que se busca en el portal. Lo llenan las apps; nadie lo edita."""

from django.db import models
from django.urls import reverse
from django.utils import timezone

from contenidos.models.temas import Tema


class Buscable(models.Model):
    """Una sesión, un contenido, un indicador, una página. Su fila no cambia de número.

    Las raíces de sus palabras están en la tabla `contenidos_busqueda`, que cada base hace a su
    modo; quién puede verlo lo dice su clase (`contenidos.registro`).
    """

    clase = models.CharField(max_length=30)
    objeto_id = models.BigIntegerField()
    titulo = models.CharField("título", max_length=300)
    titulo_raices = models.CharField(max_length=300)
    resumen = models.TextField("resumen", blank=True)
    url = models.CharField("dirección", max_length=500)
    fecha = models.DateField("fecha", null=True)
    vigente = models.BooleanField("vale hoy", default=True)  # lo reemplazado va después
    temas = models.ManyToManyField(Tema, related_name="buscables")
    indexado_en = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "entrada del índice"
        verbose_name_plural = "índice de búsqueda"
        ordering = ["-fecha", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["clase", "objeto_id"], name="buscable_uno_por_objeto")
        ]

    def __str__(self):
        return self.titulo


class Palabra(models.Model):
    """Una palabra que está en algún texto: contra estas se corrige un error al teclear."""

    forma = models.CharField(max_length=40, primary_key=True)
    raiz = models.CharField(max_length=40, db_index=True)

    class Meta:
        verbose_name = "palabra conocida"
        verbose_name_plural = "palabras conocidas"

    def __str__(self):
        return self.forma


class BusquedaSinResultados(models.Model):
    """Lo que se buscó y no había, sin quién: dice qué falta publicar."""

    texto = models.CharField("lo que se buscó", max_length=120, unique=True)
    veces = models.PositiveIntegerField("veces", default=1)
    primera_en = models.DateTimeField("primera vez", default=timezone.now)
    ultima_en = models.DateTimeField("última vez", default=timezone.now)
    atendida_en = models.DateTimeField("atendida en", null=True, blank=True)

    class Meta:
        verbose_name = "búsqueda sin resultados"
        verbose_name_plural = "búsquedas sin resultados"
        ordering = ["-veces", "-ultima_en"]

    def __str__(self):
        return self.texto


class Termino(models.Model):
    """Una palabra del oficio: su definición, y las otras maneras de decirla o abreviarla."""

    nombre = models.CharField("término", max_length=120, unique=True)
    slug = models.SlugField("nombre en la dirección", max_length=140, unique=True)
    siglas = models.CharField("siglas", max_length=40, blank=True)
    definicion = models.TextField("definición", max_length=800)
    sinonimos = models.TextField(
        "también se dice", blank=True, help_text="Uno por línea. Se buscan como si fueran lo mismo."
    )
    fuente = models.CharField("fuente", max_length=200, blank=True)

    class Meta:
        verbose_name = "término del glosario"
        verbose_name_plural = "glosario"
        ordering = ["nombre"]

    def __str__(self):
        return self.nombre

    def get_absolute_url(self):
        return reverse("contenidos:termino", args=[self.slug])

    @property
    def formas(self) -> list[str]:
        """Todas las maneras de decirlo."""
        otras = [forma.strip() for forma in self.sinonimos.splitlines()]
        return [forma for forma in (self.nombre, self.siglas, *otras) if forma]
