"""El contenido: qué es, para quién, en qué va, y por cuál se reemplazó."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from contenidos.models.catalogos import Audiencia, Autor, Clase, Eje, Nivel
from contenidos.models.temas import Tema
from contenidos.registro import prestados_a
from cuentas.models import Rol

EDITAN = frozenset({Rol.ADMINISTRACION, Rol.EQUIPO_MEN})


class ContenidoQuerySet(models.QuerySet):
    def publicados(self):
        """Los que ya salieron: lo programado para otro día aún no está."""
        return self.filter(estado=Contenido.Estado.PUBLICADO, publicado_en__lte=timezone.now())

    def visibles_para(self, usuario):
        """Lo publicado que le toca; quien edita ve también lo que está en preparación."""
        if usuario.is_authenticated and usuario.rol in EDITAN:
            return self
        return self.publicados().al_alcance_de(usuario)

    def con_pagina_para(self, usuario):
        """Lo visible y lo retirado: quien llega por un enlace viejo merece una explicación."""
        if usuario.is_authenticated and usuario.rol in EDITAN:
            return self
        retirados = Q(estado=Contenido.Estado.RETIRADO, publicado_en__isnull=False)
        salidos = Q(estado=Contenido.Estado.PUBLICADO, publicado_en__lte=timezone.now())
        return self.filter(retirados | salidos).al_alcance_de(usuario)

    def al_alcance_de(self, usuario):
        """Según para quién es, sin mirar en qué va."""
        de = Contenido.Visibilidad
        if usuario.is_authenticated and usuario.es_del_ministerio:
            return self
        suyos = Q(visibilidad=de.PUBLICA)
        if usuario.is_authenticated:
            suyos |= Q(visibilidad=de.SECRETARIAS)
        for prestados in prestados_a(usuario):
            suyos |= Q(visibilidad=de.PRESTADA, pk__in=prestados)
        return self.filter(suyos)


class Contenido(models.Model):
    """Una guía, un formato, un video, un enlace. El archivo va aparte, por versiones."""

    class Estado(models.TextChoices):
        BORRADOR = "borrador", "borrador"
        REVISION = "revision", "en revisión"
        PUBLICADO = "publicado", "publicado"
        RETIRADO = "retirado", "retirado"

    class Visibilidad(models.TextChoices):
        PUBLICA = "publica", "cualquier persona"
        SECRETARIAS = "secretarias", "secretarías y Ministerio"
        MINISTERIO = "ministerio", "solo el Ministerio"
        PRESTADA = "prestada", "quien puede ver dónde se entregó"

    class Licencia(models.TextChoices):
        CC_BY = "cc-by-4.0", "CC BY 4.0: puede usarlo y cambiarlo si cita la fuente"
        CC_BY_SA = "cc-by-sa-4.0", "CC BY-SA 4.0: si lo cambia, compártalo igual"
        CC_BY_NC_SA = "cc-by-nc-sa-4.0", "CC BY-NC-SA 4.0: sin fines comerciales"
        CC_BY_NC_ND = "cc-by-nc-nd-4.0", "CC BY-NC-ND 4.0: sin cambiarlo ni venderlo"
        DOMINIO_PUBLICO = "dominio-publico", "dominio público"
        CITA = "cita", "puede usarlo si cita la fuente"
        RESERVADOS = "reservados", "derechos reservados"

    class Idioma(models.TextChoices):
        ESPANOL = "es", "español"
        INGLES = "en", "inglés"
        PORTUGUES = "pt", "portugués"
        FRANCES = "fr", "francés"
        WAYUUNAIKI = "guc", "wayuunaiki"
        NASA_YUWE = "pbb", "nasa yuwe"
        EMBERA = "cto", "emberá"
        CREOLE = "icr", "creole de San Andrés y Providencia"
        SENAS = "csn", "lengua de señas colombiana"

    slug = models.SlugField("nombre en la dirección", max_length=140, unique=True)
    titulo = models.CharField("título", max_length=250)
    resumen = models.TextField("resumen", max_length=1500)
    clase = models.ForeignKey(
        Clase, models.PROTECT, related_name="contenidos", verbose_name="clase"
    )
    temas = models.ManyToManyField(
        Tema, blank=True, related_name="contenidos", verbose_name="temas"
    )
    eje = models.ForeignKey(
        Eje,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="contenidos",
        verbose_name="eje o línea",
    )
    audiencias = models.ManyToManyField(
        Audiencia, blank=True, related_name="contenidos", verbose_name="para quién"
    )
    niveles = models.ManyToManyField(
        Nivel, blank=True, related_name="contenidos", verbose_name="niveles"
    )
    vigencia = models.PositiveSmallIntegerField("año")
    autor = models.ForeignKey(
        Autor, models.PROTECT, related_name="contenidos", verbose_name="quién lo hizo"
    )
    licencia = models.CharField("licencia", max_length=20, choices=Licencia, default=Licencia.CITA)
    idioma = models.CharField("idioma", max_length=3, choices=Idioma, default=Idioma.ESPANOL)
    enlace = models.URLField("dirección en otro sitio", max_length=500, blank=True)
    tiene_subtitulos = models.BooleanField(
        "tiene subtítulos", default=False, help_text="Solo para videos."
    )
    visibilidad = models.CharField(
        "quién lo ve", max_length=11, choices=Visibilidad, default=Visibilidad.PUBLICA
    )

    estado = models.CharField("estado", max_length=9, choices=Estado, default=Estado.BORRADOR)
    publicado_en = models.DateTimeField("publicado desde", null=True, blank=True)
    responsable = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="contenidos_a_cargo",
        verbose_name="responsable",
    )
    revisar_el = models.DateField(
        "revisar el", null=True, blank=True, help_text="Cuándo comprobar que sigue valiendo."
    )
    reemplazado_por = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="reemplaza_a",
        verbose_name="reemplazado por",
    )
    relacionados = models.ManyToManyField(
        "Buscable", blank=True, related_name="+", verbose_name="relacionados"
    )
    version_actual = models.ForeignKey(
        "VersionDeContenido",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
    )
    importacion = models.ForeignKey(
        "ImportacionDeContenidos",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="contenidos",
        editable=False,
    )
    es_demostracion = models.BooleanField("es de demostración", default=False, editable=False)
    creado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    creado_en = models.DateTimeField(default=timezone.now, editable=False)
    actualizado_en = models.DateTimeField(auto_now=True)

    objects = ContenidoQuerySet.as_manager()

    class Meta:
        verbose_name = "contenido"
        ordering = ["-publicado_en", "-pk"]
        indexes = [
            models.Index(fields=["estado", "-publicado_en"], name="contenido_recientes"),
            models.Index(
                fields=["es_demostracion"],
                condition=Q(es_demostracion=True),
                name="contenido_de_demostracion",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="contenido_publicado_con_fecha",
                condition=~Q(estado="publicado") | Q(publicado_en__isnull=False),
            ),
            models.CheckConstraint(
                name="contenido_no_se_reemplaza_a_si_mismo",
                condition=Q(reemplazado_por__isnull=True) | ~Q(reemplazado_por=models.F("pk")),
                violation_error_message="Un contenido no puede reemplazarse a sí mismo.",
            ),
        ]

    def __str__(self):
        return self.titulo

    def get_absolute_url(self):
        return reverse("contenidos:contenido", args=[self.slug])

    @property
    def esta_publicado(self) -> bool:
        return self.estado == self.Estado.PUBLICADO and self.publicado_en <= timezone.now()

    @property
    def esta_programado(self) -> bool:
        return self.estado == self.Estado.PUBLICADO and self.publicado_en > timezone.now()

    @property
    def esta_retirado(self) -> bool:
        return self.estado == self.Estado.RETIRADO

    @property
    def esta_vigente(self) -> bool:
        return self.esta_publicado and self.reemplazado_por_id is None

    def exigir_publicable(self):
        """Lo que debe tener antes de que alguien lo lea."""
        if not self.enlace and not self.version_actual_id:
            raise ValidationError(
                "Suba el archivo o escriba el enlace antes de publicarlo.", code="sin_archivo"
            )
        if self.clase.es_video and not self.tiene_subtitulos:
            raise ValidationError(
                "Un video sin subtítulos no se puede publicar. Póngaselos y confírmelo aquí.",
                code="sin_subtitulos",
            )


class Movimiento(models.Model):
    """Un paso de la vida editorial: de qué a qué, quién y por qué."""

    contenido = models.ForeignKey(Contenido, models.CASCADE, related_name="movimientos")
    de = models.CharField("de", max_length=9, choices=Contenido.Estado, blank=True)
    a = models.CharField("a", max_length=9, choices=Contenido.Estado)
    motivo = models.TextField("por qué", max_length=1000, blank=True)
    por = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    en = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "movimiento editorial"
        verbose_name_plural = "movimientos editoriales"
        ordering = ["-en", "-pk"]

    def __str__(self):
        return f"{self.contenido}: {self.get_a_display()}"


class DireccionAnterior(models.Model):
    """Un nombre que tuvo en la dirección: el enlace de un correo viejo sigue llegando."""

    slug = models.SlugField(max_length=140, unique=True)
    contenido = models.ForeignKey(Contenido, models.CASCADE, related_name="direcciones_anteriores")

    class Meta:
        verbose_name = "dirección anterior"
        verbose_name_plural = "direcciones anteriores"

    def __str__(self):
        return self.slug


class RevisionDeEnlace(models.Model):
    """Si la dirección de otro sitio respondió la última vez que se probó."""

    contenido = models.OneToOneField(
        Contenido, models.CASCADE, primary_key=True, related_name="revision_del_enlace"
    )
    revisado_en = models.DateTimeField("revisado en")
    funciona = models.BooleanField("funciona")
    codigo = models.PositiveSmallIntegerField("respuesta", null=True)
    fallas_seguidas = models.PositiveSmallIntegerField("fallas seguidas", default=0)
    detalle = models.CharField("detalle", max_length=200, blank=True)

    class Meta:
        verbose_name = "revisión de un enlace"
        verbose_name_plural = "revisiones de enlaces"

    def __str__(self):
        return f"{self.contenido}: {'funciona' if self.funciona else 'no responde'}"
