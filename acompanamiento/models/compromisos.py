"""Lo que una parte se comprometió a hacer: de dónde salió, quién responde y cómo terminó."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from acompanamiento.models.contactos import Contacto
from acompanamiento.models.grupos import Relevo
from acompanamiento.models.registrado import Registrado
from contenidos.models import Contenido
from cuentas.models import Direccion
from territorio.models import EntidadTerritorial


class Dependencia(models.Model):
    """Un área de una secretaría: calidad, cobertura, planeación…"""

    nombre = models.CharField("nombre", max_length=80, unique=True)
    orden = models.PositiveSmallIntegerField("orden", default=100)
    activa = models.BooleanField("se puede usar", default=True)

    class Meta:
        verbose_name = "área de las secretarías"
        verbose_name_plural = "áreas de las secretarías"
        ordering = ["orden", "nombre"]

    def __str__(self):
        return self.nombre


class Lado(models.TextChoices):
    MINISTERIO = "ministerio", "el Ministerio"
    ENTIDAD = "entidad", "la secretaría"


class CompromisoQuerySet(models.QuerySet):
    def visibles_para(self, usuario):
        """El Ministerio ve todos; una secretaría, los de las dos partes que le conciernen."""
        return self if usuario.es_del_ministerio else self.filter(entidad__usuarios=usuario)

    def abiertos(self):
        return self.filter(estado__in=Compromiso.ABIERTOS)

    def vencidos(self, hoy=None):
        return self.abiertos().filter(vence_el__lt=hoy or timezone.localdate())

    def por_vencer(self, hasta):
        return self.abiertos().filter(vence_el__gte=timezone.localdate(), vence_el__lte=hasta)


class Compromiso(Registrado):
    """Con dueño siempre: una dirección o la secretaría; y dentro de ella, un área o alguien."""

    class Estado(models.TextChoices):
        PENDIENTE = "pendiente", "pendiente"
        EN_CURSO = "en_curso", "en curso"
        CUMPLIDO = "cumplido", "cumplido"
        SIN_EFECTO = "sin_efecto", "sin efecto"

    ABIERTOS = (Estado.PENDIENTE, Estado.EN_CURSO)

    entidad = models.ForeignKey(
        EntidadTerritorial,
        models.PROTECT,
        related_name="compromisos",
        verbose_name="secretaría a la que concierne",
    )
    texto = models.TextField("a qué se compromete", max_length=1000)
    lado = models.CharField("quién se compromete", max_length=10, choices=Lado)
    direccion = models.ForeignKey(
        Direccion,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="compromisos",
        verbose_name="dirección del Ministerio",
    )
    dependencia = models.ForeignKey(
        Dependencia,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="compromisos",
        verbose_name="área de la secretaría",
    )
    persona = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="compromisos",
        verbose_name="persona responsable",
    )
    acordado_el = models.DateField("acordado el", default=timezone.localdate)
    habiles = models.PositiveSmallIntegerField(
        "plazo en días hábiles",
        null=True,
        blank=True,
        help_text="Si el plazo se dio en días hábiles, la fecha sale de ahí.",
    )
    vence_el = models.DateField("vence el")
    estado = models.CharField("estado", max_length=10, choices=Estado, default=Estado.PENDIENTE)
    cerrado_en = models.DateTimeField("cerrado en", null=True, editable=False)
    cerrado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )

    # De dónde salió: de un contacto, de una necesidad o de algo de otra app, como una sesión, que
    # se halla por su clase en `contenidos.registro`. A lo sumo uno de los tres.
    contacto = models.ForeignKey(
        Contacto, models.PROTECT, null=True, blank=True, related_name="compromisos"
    )
    necesidad = models.ForeignKey(
        "Necesidad", models.PROTECT, null=True, blank=True, related_name="compromisos"
    )
    cosa_clase = models.CharField(max_length=20, blank=True)
    cosa_id = models.PositiveBigIntegerField(null=True, blank=True)
    secuencia = models.PositiveIntegerField(default=0, editable=False)

    objects = CompromisoQuerySet.as_manager()

    class Meta:
        verbose_name = "compromiso"
        ordering = ["vence_el", "pk"]
        indexes = [
            models.Index(
                fields=["vence_el", "id"],
                condition=Q(estado__in=["pendiente", "en_curso"]),
                name="compromiso_abierto_por_fecha",
            ),
            models.Index(
                fields=["entidad", "vence_el"],
                condition=Q(estado__in=["pendiente", "en_curso"]),
                name="compromiso_abierto_de_entidad",
            ),
            models.Index(
                fields=["persona"],
                condition=Q(estado__in=["pendiente", "en_curso"]),
                name="compromiso_abierto_de_persona",
            ),
            # El tablero se cuenta sin leer ningún compromiso: todo lo que reparte está aquí.
            models.Index(
                fields=["entidad", "direccion", "persona", "vence_el"],
                condition=Q(estado__in=["pendiente", "en_curso"]),
                name="compromiso_abierto_repartido",
            ),
            models.Index(fields=["entidad", "vence_el", "id"], name="compromiso_de_la_entidad"),
            models.Index(fields=["entidad", "-acordado_el", "id"], name="compromiso_en_la_linea"),
            models.Index(fields=["direccion", "vence_el"], name="compromiso_de_la_direccion"),
            models.Index(fields=["persona", "vence_el"], name="compromiso_de_la_persona"),
            models.Index(
                fields=["es_demostracion"],
                condition=Q(es_demostracion=True),
                name="compromiso_de_demostracion",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="compromiso_con_responsable",
                condition=Q(lado="ministerio", direccion__isnull=False, dependencia__isnull=True)
                | Q(lado="entidad", direccion__isnull=True),
                violation_error_message="Diga qué dirección del Ministerio responde.",
            ),
            models.CheckConstraint(
                name="compromiso_vence_despues_de_acordado",
                condition=Q(vence_el__gte=F("acordado_el")),
                violation_error_message="La fecha en que vence es anterior a la del acuerdo.",
            ),
            models.CheckConstraint(
                name="compromiso_cerrado_con_fecha",
                condition=Q(estado__in=["cumplido", "sin_efecto"], cerrado_en__isnull=False)
                | Q(estado__in=["pendiente", "en_curso"], cerrado_en__isnull=True),
            ),
            models.CheckConstraint(
                name="compromiso_de_un_solo_origen",
                condition=Q(contacto=None, necesidad=None)
                | Q(contacto=None, cosa_clase="")
                | Q(necesidad=None, cosa_clase=""),
            ),
            models.CheckConstraint(
                name="compromiso_cosa_entera",
                condition=Q(cosa_clase="", cosa_id=None)
                | (~Q(cosa_clase="") & Q(cosa_id__isnull=False)),
            ),
        ]

    def __str__(self):
        return self.texto if len(self.texto) <= 80 else f"{self.texto[:79]}…"

    def get_absolute_url(self):
        return reverse("acompanamiento:compromiso", args=[self.clave])

    @property
    def esta_abierto(self) -> bool:
        return self.estado in self.ABIERTOS

    @property
    def esta_vencido(self) -> bool:
        return self.esta_abierto and self.vence_el < timezone.localdate()

    @property
    def responsable(self) -> str:
        """La unidad, y quién dentro de ella si se sabe."""
        unidad = self.direccion or self.dependencia or f"Secretaría de {self.entidad}"
        return f"{unidad} ({self.persona})" if self.persona_id else str(unidad)


class Seguimiento(Registrado):
    """Un paso en la vida de un compromiso: qué pasó y en qué quedó. Solo se añade."""

    compromiso = models.ForeignKey(Compromiso, models.CASCADE, related_name="seguimientos")
    texto = models.TextField("qué pasó", max_length=2000)
    estado = models.CharField("queda", max_length=10, choices=Compromiso.Estado)

    class Meta:
        verbose_name = "seguimiento"
        ordering = ["creado_en", "pk"]

    def __str__(self):
        return self.texto

    def get_absolute_url(self):
        return self.compromiso.get_absolute_url()


def ruta_de_la_evidencia(evidencia, nombre):
    return f"acompanamiento/evidencias/{uuid.uuid4()}"


class Evidencia(Registrado):
    """Con qué se demuestra: un archivo, un enlace o un contenido de la biblioteca."""

    seguimiento = models.ForeignKey(Seguimiento, models.CASCADE, related_name="evidencias")
    nombre = models.CharField("nombre", max_length=200)
    archivo = models.FileField(
        "archivo", upload_to=ruta_de_la_evidencia, max_length=300, blank=True
    )
    tipo = models.CharField("tipo", max_length=100, blank=True)
    tamano = models.PositiveBigIntegerField("tamaño en bytes", default=0)
    enlace = models.URLField("enlace", max_length=500, blank=True)
    contenido = models.ForeignKey(
        Contenido, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "evidencia"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="evidencia_una_sola_cosa",
                condition=(~Q(archivo="") & Q(enlace="", contenido=None))
                | (Q(archivo="", contenido=None) & ~Q(enlace=""))
                | Q(archivo="", enlace="", contenido__isnull=False),
            )
        ]

    def __str__(self):
        return self.nombre


class Prorroga(Registrado):
    """Otra fecha, con su razón. La de antes queda."""

    compromiso = models.ForeignKey(Compromiso, models.CASCADE, related_name="prorrogas")
    de = models.DateField("vencía el")
    a = models.DateField("vence el")
    motivo = models.CharField("motivo", max_length=500)

    class Meta:
        verbose_name = "prórroga"
        ordering = ["creado_en", "pk"]
        constraints = [
            models.CheckConstraint(
                name="prorroga_hacia_adelante",
                condition=Q(a__gt=F("de")),
                violation_error_message="La nueva fecha va después de la anterior.",
            )
        ]

    def __str__(self):
        return f"Del {self.de:%d/%m/%Y} al {self.a:%d/%m/%Y}"

    def get_absolute_url(self):
        return self.compromiso.get_absolute_url()


class CambioDeResponsable(Registrado):
    """Quién respondía hasta ese día. Quién sigue lo dice el cambio siguiente, o el compromiso."""

    compromiso = models.ForeignKey(Compromiso, models.CASCADE, related_name="cambios")
    lado = models.CharField("quién se comprometía", max_length=10, choices=Lado)
    direccion = models.ForeignKey(Direccion, models.PROTECT, null=True, related_name="+")
    dependencia = models.ForeignKey(Dependencia, models.PROTECT, null=True, related_name="+")
    persona = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    motivo = models.CharField("motivo", max_length=300)
    relevo = models.ForeignKey(Relevo, models.PROTECT, null=True, related_name="cambios")

    class Meta:
        verbose_name = "cambio de responsable"
        verbose_name_plural = "cambios de responsable"
        ordering = ["creado_en", "pk"]

    def __str__(self):
        return f"Cambio de responsable de {self.compromiso}"

    def get_absolute_url(self):
        return self.compromiso.get_absolute_url()
