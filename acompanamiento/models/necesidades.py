"""La asistencia técnica que una secretaría necesita: de quién la espera y con qué se atendió."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from acompanamiento.models.contactos import Contacto
from acompanamiento.models.programas import Actividad
from acompanamiento.models.registrado import Registrado
from contenidos.models import Contenido, Tema
from cuentas.models import Direccion
from territorio.models import EntidadTerritorial


class NecesidadQuerySet(models.QuerySet):
    def visibles_para(self, usuario):
        return self if usuario.es_del_ministerio else self.filter(entidad__usuarios=usuario)

    def abiertas(self):
        return self.filter(estado=Necesidad.Estado.ABIERTA)


class Necesidad(Registrado):
    class Origen(models.TextChoices):
        PEDIDA = "pedida", "la pidió la secretaría"
        OBSERVADA = "observada", "la notó el equipo que acompaña"

    class Prioridad(models.IntegerChoices):
        ALTA = 1, "alta"
        MEDIA = 2, "media"
        BAJA = 3, "baja"

    class Estado(models.TextChoices):
        ABIERTA = "abierta", "abierta"
        ATENDIDA = "atendida", "atendida"
        NO_PROCEDE = "no_procede", "no procede"

    class Turno(models.TextChoices):
        """De quién es el siguiente paso."""

        GRUPO = "grupo", "el grupo que acompaña"
        DIRECCION = "direccion", "la dirección del Ministerio"
        ENTIDAD = "entidad", "la secretaría"
        NADIE = "nadie", "nadie"

    entidad = models.ForeignKey(
        EntidadTerritorial, models.PROTECT, related_name="necesidades", verbose_name="secretaría"
    )
    texto = models.TextField("qué necesita", max_length=2000)
    temas = models.ManyToManyField(
        Tema, blank=True, related_name="necesidades", verbose_name="temas"
    )
    prioridad = models.PositiveSmallIntegerField(
        "prioridad", choices=Prioridad, default=Prioridad.MEDIA
    )
    origen = models.CharField("cómo se supo", max_length=9, choices=Origen)
    contacto = models.ForeignKey(
        Contacto, models.PROTECT, null=True, blank=True, related_name="necesidades"
    )
    direccion = models.ForeignKey(
        Direccion,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="necesidades",
        verbose_name="dirección que la atiende",
    )
    estado = models.CharField("estado", max_length=10, choices=Estado, default=Estado.ABIERTA)
    turno = models.CharField("espera a", max_length=9, choices=Turno, default=Turno.GRUPO)
    turno_desde = models.DateTimeField("espera desde", default=timezone.now)

    objects = NecesidadQuerySet.as_manager()

    class Meta:
        verbose_name = "necesidad de asistencia técnica"
        verbose_name_plural = "necesidades de asistencia técnica"
        ordering = ["prioridad", "creado_en", "pk"]
        indexes = [
            models.Index(fields=["entidad", "estado"], name="necesidad_de_la_entidad"),
            models.Index(fields=["direccion", "estado"], name="necesidad_de_la_direccion"),
        ]
        constraints = [
            models.CheckConstraint(
                name="necesidad_cerrada_no_espera",
                condition=Q(estado="abierta") & ~Q(turno="nadie")
                | ~Q(estado="abierta") & Q(turno="nadie"),
            ),
            models.CheckConstraint(
                name="necesidad_en_una_direccion",
                condition=~Q(turno="direccion") | Q(direccion__isnull=False),
            ),
        ]

    def __str__(self):
        return self.texto if len(self.texto) <= 80 else f"{self.texto[:79]}…"

    def get_absolute_url(self):
        return reverse("acompanamiento:necesidad", args=[self.clave])

    @property
    def esta_abierta(self) -> bool:
        return self.estado == self.Estado.ABIERTA

    @property
    def espera_a(self) -> str:
        """«la Dirección de Calidad», «la secretaría», «el grupo que acompaña»; vacío si a nadie."""
        if self.turno == self.Turno.NADIE:
            return ""
        if self.turno != self.Turno.DIRECCION:
            return self.get_turno_display()
        articulo = "la" if self.direccion.nombre.split()[0].endswith(("ción", "a")) else "el"
        return f"{articulo} {self.direccion}"


class PasoDeNecesidad(Registrado):
    """Cada vuelta que dio una necesidad, en orden. Solo se añade."""

    class Clase(models.TextChoices):
        REGISTRADA = "registrada", "se registró"
        DIRIGIDA = "dirigida", "se dirigió"
        TRASLADADA = "trasladada", "se trasladó"
        PREGUNTA = "pregunta", "se le preguntó a la secretaría"
        RESPUESTA = "respuesta", "la secretaría respondió"
        ATENDIDA = "atendida", "se atendió"
        NO_PROCEDE = "no_procede", "se cerró: no procede"
        REABIERTA = "reabierta", "se reabrió"

    necesidad = models.ForeignKey(Necesidad, models.CASCADE, related_name="pasos")
    clase = models.CharField("qué pasó", max_length=10, choices=Clase)
    texto = models.TextField("nota", max_length=2000, blank=True)
    de = models.ForeignKey(Direccion, models.PROTECT, null=True, related_name="+")
    a = models.ForeignKey(Direccion, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "paso de una necesidad"
        verbose_name_plural = "pasos de las necesidades"
        ordering = ["creado_en", "pk"]

    def __str__(self):
        return f"{self.necesidad}: {self.get_clase_display()}"


class RespuestaANecesidad(models.Model):
    """Con qué se atendió: un contacto, un taller, un contenido o algo de otra app (una sesión)."""

    necesidad = models.ForeignKey(Necesidad, models.CASCADE, related_name="respuestas")
    paso = models.ForeignKey(PasoDeNecesidad, models.CASCADE, related_name="respuestas")
    contacto = models.ForeignKey(Contacto, models.PROTECT, null=True, related_name="+")
    actividad = models.ForeignKey(Actividad, models.PROTECT, null=True, related_name="+")
    contenido = models.ForeignKey(Contenido, models.PROTECT, null=True, related_name="+")
    cosa_clase = models.CharField(max_length=20, blank=True)
    cosa_id = models.PositiveBigIntegerField(null=True)
    creado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    creado_en = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "respuesta a una necesidad"
        verbose_name_plural = "respuestas a las necesidades"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="respuesta_una_sola_cosa",
                condition=Q(contacto__isnull=False, actividad=None, contenido=None, cosa_id=None)
                | Q(contacto=None, actividad__isnull=False, contenido=None, cosa_id=None)
                | Q(contacto=None, actividad=None, contenido__isnull=False, cosa_id=None)
                | Q(contacto=None, actividad=None, contenido=None, cosa_id__isnull=False),
            )
        ]

    def __str__(self):
        return f"Respuesta a {self.necesidad}"
