"""El trabajo largo como fila y el correo que sale: ni se pierden ni se hacen dos veces."""

import uuid
from datetime import timedelta
from pathlib import PurePath

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

ESPERA_NORMAL = timedelta(minutes=10)
TIPOS_DE_ARCHIVO = {".xlsx": "Excel", ".csv": "CSV", ".pdf": "PDF", ".zip": "ZIP"}


def ruta_del_resultado(trabajo, nombre):
    return f"trabajos/{trabajo.clave_publica}/{nombre}"


def esta_atascado() -> Q:
    """Lo que ya debería haberse movido: sin latido, o esperando turno hace mucho."""
    ahora = timezone.now()
    callado = ahora - 2 * timedelta(seconds=settings.TRABAJOS_SEGUNDOS_SIN_SENAL)
    return Q(estado=Trabajo.Estado.EN_CURSO, latido__lt=callado) | Q(
        estado=Trabajo.Estado.PENDIENTE, no_antes_de__lt=ahora - ESPERA_NORMAL
    )


class TrabajoQuerySet(models.QuerySet):
    def visibles_para(self, usuario):
        """Los propios; quien administra los ve todos."""
        return self if usuario.es_administrador else self.filter(pedido_por=usuario)

    def por_hacer(self):
        return self.filter(estado=Trabajo.Estado.PENDIENTE, no_antes_de__lte=timezone.now())

    def sin_senal_desde(self, momento):
        """En curso pero sin latido: el trabajador que los tenía murió o se quedó colgado."""
        return self.filter(estado=Trabajo.Estado.EN_CURSO, latido__lt=momento)

    def sin_terminar(self):
        return self.filter(estado__in=[Trabajo.Estado.PENDIENTE, Trabajo.Estado.EN_CURSO])

    def atascados(self):
        return self.filter(esta_atascado())

    def con_archivo_vencido(self):
        return self.exclude(archivo="").filter(vence_en__lt=timezone.now())


class Trabajo(models.Model):
    """Algo que tarda: nace con el pedido, lo reclama un solo trabajador y deja un resultado."""

    class Estado(models.TextChoices):
        PENDIENTE = "pendiente", "en espera"
        EN_CURSO = "en_curso", "en curso"
        TERMINADO = "terminado", "terminado"
        FALLIDO = "fallido", "no se pudo"

    clave_publica = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    tipo = models.CharField("tipo", max_length=80)
    titulo = models.CharField("título", max_length=200)
    parametros = models.JSONField("parámetros", default=dict, blank=True)
    clave_unica = models.CharField(
        "clave única",
        max_length=200,
        blank=True,
        help_text="Mientras uno así no termine, no se pide otro igual.",
    )
    una_sola_vez = models.BooleanField(
        "una sola vez", default=False, help_text="Terminado, la clave sigue ocupada."
    )
    pedido_por = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="trabajos",
        verbose_name="pedido por",
    )
    pedido_en = models.DateTimeField("pedido en", default=timezone.now)
    no_antes_de = models.DateTimeField("no antes de", default=timezone.now)
    encolado_en = models.DateTimeField("encolado en", null=True, blank=True)

    estado = models.CharField("estado", max_length=10, choices=Estado, default=Estado.PENDIENTE)
    reclamo = models.UUIDField(null=True, blank=True, editable=False)
    latido = models.DateTimeField("último latido", null=True, blank=True)
    empezado_en = models.DateTimeField("empezado en", null=True, blank=True)
    terminado_en = models.DateTimeField("terminado en", null=True, blank=True)
    intentos = models.PositiveSmallIntegerField("intentos", default=0)

    hechas = models.PositiveIntegerField("hechas", default=0)
    total = models.PositiveIntegerField("total", null=True, blank=True)
    paso = models.CharField("paso", max_length=200, blank=True)

    resultado = models.JSONField("resultado", default=dict, blank=True, encoder=DjangoJSONEncoder)
    archivo = models.FileField("archivo", upload_to=ruta_del_resultado, blank=True, max_length=300)
    nombre_del_archivo = models.CharField("nombre del archivo", max_length=200, blank=True)
    bytes_del_archivo = models.PositiveBigIntegerField("tamaño", null=True, blank=True)
    vence_en = models.DateTimeField("el archivo se guarda hasta", null=True, blank=True)
    mensaje = models.TextField("mensaje para quien lo pidió", blank=True)
    detalle_del_error = models.TextField("detalle del error", blank=True)

    objects = TrabajoQuerySet.as_manager()

    class Meta:
        verbose_name = "trabajo"
        ordering = ["-pedido_en", "-pk"]
        indexes = [
            models.Index(fields=["estado", "no_antes_de"], name="trabajo_por_hacer"),
            models.Index(fields=["pedido_por", "-pedido_en"], name="trabajo_de_quien"),
        ]
        constraints = [
            models.UniqueConstraint(
                name="trabajo_clave_unica",
                fields=["clave_unica"],
                condition=~Q(clave_unica="")
                & (Q(una_sola_vez=True) | Q(estado__in=["pendiente", "en_curso"])),
            ),
            models.CheckConstraint(
                name="trabajo_en_curso_con_reclamo",
                condition=~Q(estado="en_curso") | Q(reclamo__isnull=False, latido__isnull=False),
            ),
            models.CheckConstraint(
                name="trabajo_cerrado_con_fecha",
                condition=~Q(estado__in=["terminado", "fallido"]) | Q(terminado_en__isnull=False),
            ),
        ]

    def __str__(self):
        return self.titulo

    def get_absolute_url(self):
        return reverse("trabajos:trabajo", args=[self.clave_publica])

    @property
    def esta_cerrado(self) -> bool:
        return self.estado in (self.Estado.TERMINADO, self.Estado.FALLIDO)

    @property
    def esta_vencido(self) -> bool:
        """Tuvo archivo y ya se borró."""
        return bool(self.nombre_del_archivo) and not self.archivo

    @property
    def tipo_del_archivo(self) -> str:
        extension = PurePath(self.nombre_del_archivo).suffix.lower()
        return TIPOS_DE_ARCHIVO.get(extension, extension.lstrip(".").upper())

    @property
    def porcentaje(self) -> int | None:
        if self.estado == self.Estado.TERMINADO:
            return 100
        return min(99, self.hechas * 100 // self.total) if self.total else None

    @property
    def codigo(self) -> str:
        """El código de seguimiento que la persona dicta por teléfono."""
        return self.clave_publica.hex[:8].upper()


class Correo(models.Model):
    """Un mensaje por salir: una fila por destinatario y mensaje. La entrega queda en su trabajo.

    El texto se borra al entregarlo: una invitación lleva dentro la llave para entrar.
    """

    clave_unica = models.CharField("clave única", max_length=400, blank=True)
    para = models.EmailField("para", max_length=254)
    remitente = models.CharField("remitente", max_length=320)
    asunto = models.CharField("asunto", max_length=250)
    mensaje = models.BinaryField(editable=False)  # el MIME completo, tal como sale
    creado_en = models.DateTimeField("creado en", default=timezone.now, editable=False)
    en_entrega_desde = models.DateTimeField("en entrega desde", null=True, blank=True)
    entregado_en = models.DateTimeField("entregado en", null=True, blank=True)
    trabajo = models.ForeignKey(Trabajo, models.PROTECT, null=True, related_name="correos")

    class Meta:
        verbose_name = "correo"
        ordering = ["-creado_en", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="correo_clave_unica", fields=["clave_unica"], condition=~Q(clave_unica="")
            ),
        ]

    def __str__(self):
        return self.asunto
