"""Los grupos de trabajo: a quién acompañan, quiénes son y quién apadrina a cada entidad."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from acompanamiento.models.registrado import Registrado
from territorio.models import ConVigencia, EntidadTerritorial


def vigencia_en_orden(nombre):
    return models.CheckConstraint(
        name=nombre,
        condition=Q(hasta__isnull=True) | Q(desde__isnull=True) | Q(hasta__gte=F("desde")),
        violation_error_message="La fecha final es anterior a la inicial.",
    )


class Grupo(ConVigencia):
    """Uno de los grupos de acompañamiento permanente. Se cierra; no se borra."""

    numero = models.PositiveSmallIntegerField("número", unique=True)
    nombre = models.CharField("nombre", max_length=120, blank=True)
    es_demostracion = models.BooleanField("es de demostración", default=False, editable=False)

    class Meta:
        verbose_name = "grupo"
        ordering = ["numero"]
        constraints = [vigencia_en_orden("grupo_vigencia_en_orden")]

    def __str__(self):
        return f"Grupo {self.numero}"

    def get_absolute_url(self):
        return reverse("acompanamiento:grupo", args=[self.numero])


class Pertenencia(ConVigencia):
    """Qué grupo acompaña a una entidad, y entre qué fechas. Uno solo en cada fecha.

    Que dos tramos no se crucen lo cuida `acciones/grupos.py`, con la entidad bajo candado.
    """

    grupo = models.ForeignKey(Grupo, models.PROTECT, related_name="pertenencias")
    entidad = models.ForeignKey(EntidadTerritorial, models.PROTECT, related_name="pertenencias")
    motivo = models.CharField("motivo", max_length=300, blank=True)
    creado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    creado_en = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = "entidad de un grupo"
        verbose_name_plural = "entidades de los grupos"
        ordering = ["entidad__nombre_norm", "desde"]
        constraints = [
            vigencia_en_orden("pertenencia_vigencia_en_orden"),
            models.UniqueConstraint(
                fields=["entidad"],
                condition=Q(hasta__isnull=True),
                name="pertenencia_una_vigente_por_entidad",
            ),
            models.UniqueConstraint(
                fields=["entidad", "desde"], name="pertenencia_una_por_entidad_y_fecha"
            ),
        ]

    def __str__(self):
        return f"{self.entidad} en {self.grupo}"


class Integrante(ConVigencia):
    """Quién hace parte de un grupo, con qué papel y entre qué fechas."""

    class Papel(models.TextChoices):
        LIDER = "lider", "líder"
        DIRECTIVO = "directivo", "directivo o directiva"
        TECNICO = "tecnico", "técnico o técnica"
        ALIANZA = "alianza", "profesional de la alianza"
        INNOVACION = "innovacion", "innovación educativa"
        PADRINO = "padrino", "padrino o madrina"

    grupo = models.ForeignKey(Grupo, models.PROTECT, related_name="integrantes")
    persona = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="grupos_que_integra"
    )
    papel = models.CharField("papel", max_length=10, choices=Papel)
    creado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    creado_en = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = "integrante de un grupo"
        verbose_name_plural = "integrantes de los grupos"
        constraints = [
            vigencia_en_orden("integrante_vigencia_en_orden"),
            models.UniqueConstraint(
                fields=["grupo", "persona", "papel"],
                condition=Q(hasta__isnull=True),
                name="integrante_una_vez_por_papel",
            ),
            models.UniqueConstraint(
                fields=["grupo"],
                condition=Q(hasta__isnull=True, papel="lider"),
                name="integrante_un_lider_por_grupo",
            ),
        ]

    def __str__(self):
        return f"{self.persona}, {self.get_papel_display()} del {self.grupo}"


class Padrinazgo(ConVigencia):
    """Quién responde por una entidad dentro de su grupo: su padrino o madrina, y su enlace."""

    class Papel(models.TextChoices):
        PADRINO = "padrino", "padrino o madrina"
        ENLACE = "enlace", "enlace"

    entidad = models.ForeignKey(EntidadTerritorial, models.PROTECT, related_name="padrinazgos")
    persona = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="padrinazgos"
    )
    papel = models.CharField("papel", max_length=8, choices=Papel, default=Papel.PADRINO)
    es_demostracion = models.BooleanField("es de demostración", default=False, editable=False)
    creado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    creado_en = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = "padrinazgo"
        constraints = [
            vigencia_en_orden("padrinazgo_vigencia_en_orden"),
            models.UniqueConstraint(
                fields=["entidad", "papel"],
                condition=Q(hasta__isnull=True),
                name="padrinazgo_uno_vigente_por_papel",
            ),
        ]

    def __str__(self):
        return f"{self.persona}, {self.get_papel_display()} de {self.entidad}"


class Relevo(Registrado):
    """Una persona deja lo suyo y otra lo recibe, en un solo paso. `detalle` dice qué pasó."""

    de = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="quién entrega"
    )
    a = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="quién recibe"
    )
    fecha = models.DateField("desde cuándo")
    motivo = models.CharField("motivo", max_length=300)
    # {"padrinazgos": [pk…], "integrantes": […], "compromisos": […], "necesidades": […], …}
    detalle = models.JSONField("lo que pasó de manos", default=dict)

    class Meta:
        verbose_name = "relevo"
        ordering = ["-fecha", "-pk"]
        constraints = [
            models.CheckConstraint(name="relevo_entre_dos_personas", condition=~Q(de=F("a")))
        ]

    def __str__(self):
        return f"Relevo del {self.fecha:%d/%m/%Y}"

    def get_absolute_url(self):
        return reverse("acompanamiento:relevo", args=[self.clave])

    @property
    def n_pasaron(self) -> int:
        return sum(len(cosas) for cosas in self.detalle.values())


class ReglaDeContacto(models.Model):
    """Cada cuánto se habla con cada secretaría. Cambiarla es añadir otra, con su fecha."""

    desde = models.DateField("rige desde", unique=True)
    dias = models.PositiveSmallIntegerField(
        "al día hasta", default=7, help_text="Días desde el último contacto."
    )
    dias_de_alerta = models.PositiveSmallIntegerField(
        "en alerta hasta", default=14, help_text="De ahí en adelante está en rojo."
    )

    class Meta:
        verbose_name = "regla de contacto"
        verbose_name_plural = "reglas de contacto"
        ordering = ["-desde"]
        constraints = [
            models.CheckConstraint(
                name="regla_alerta_despues_de_al_dia",
                condition=Q(dias_de_alerta__gte=F("dias")),
                violation_error_message="La alerta empieza después de los días en que está al día.",
            )
        ]

    def __str__(self):
        return f"{self.dias} y {self.dias_de_alerta} días desde el {self.desde:%d/%m/%Y}"
