"""Lo que una persona resolvió al revisar: se aprende, y se puede deshacer."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from conectate.models.asistencia import Importacion
from conectate.models.sesiones import Sesion
from territorio.models import Alias, Dominio, EntidadTerritorial


class DecisionQuerySet(models.QuerySet):
    def vigentes(self):
        return self.filter(deshecha_en=None)


class Decision(models.Model):
    """«Todo @… es de Neiva», «quien escribió … es de Pasto», «… es de la universidad»."""

    class Ambito(models.TextChoices):
        DOMINIO = "dominio", "dominio del correo"
        TEXTO = "texto", "entidad escrita"
        PERSONA = "persona", "persona"

    class Desenlace(models.TextChoices):
        ENTIDAD = "entidad", "es de una entidad"
        AJENA = "ajena", "no es una entidad certificada"
        SIN_IDENTIFICAR = "ninguno", "se deja sin identificar"
        PERSONAL = "personal", "es un correo personal"

    ambito = models.CharField("ámbito", max_length=8, choices=Ambito)
    valor = models.CharField("valor", max_length=400)
    muestra = models.CharField("como se lee", max_length=250, blank=True)
    desenlace = models.CharField(
        "desenlace", max_length=8, choices=Desenlace, default=Desenlace.ENTIDAD
    )
    entidad = models.ForeignKey(
        EntidadTerritorial, models.PROTECT, null=True, blank=True, related_name="decisiones"
    )
    ajena = models.CharField("otra organización", max_length=120, blank=True)
    importaciones = models.ManyToManyField(Importacion, related_name="decisiones", blank=True)
    # Lo que enseñó al catálogo, si lo enseñó esta decisión: deshacerla lo retira.
    dominio = models.ForeignKey(
        Dominio, models.SET_NULL, null=True, blank=True, related_name="decisiones"
    )
    alias = models.ForeignKey(
        Alias, models.SET_NULL, null=True, blank=True, related_name="decisiones"
    )
    n_personas = models.PositiveIntegerField("personas", default=0)
    n_sesiones = models.PositiveIntegerField("sesiones", default=0)
    creado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    creado_en = models.DateTimeField(default=timezone.now, editable=False)
    deshecha_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    deshecha_en = models.DateTimeField(null=True, blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = "decisión"
        verbose_name_plural = "decisiones"
        ordering = ["-creado_en"]
        constraints = [
            models.UniqueConstraint(
                fields=["ambito", "valor"],
                condition=Q(deshecha_en=None),
                name="decision_una_vigente_por_valor",
            ),
            models.CheckConstraint(
                name="decision_segun_su_desenlace",
                condition=Q(desenlace="entidad", entidad__isnull=False, ajena="")
                | (Q(desenlace="ajena", entidad__isnull=True) & ~Q(ajena=""))
                | Q(desenlace="ninguno", entidad__isnull=True, ajena="")
                | Q(desenlace="personal", ambito="dominio", entidad__isnull=True, ajena=""),
            ),
        ]

    def __str__(self):
        # Va a la bitácora, que no se borra: sin el nombre ni el correo de nadie.
        sobre = "Una persona" if self.ambito == self.Ambito.PERSONA else self.muestra
        return f"{sobre} → {self.destino}"

    @property
    def destino(self) -> str:
        """A dónde fue, en palabras."""
        if self.entidad_id:
            return self.entidad.nombre
        return self.ajena or self.get_desenlace_display()


class MismaPersonaQuerySet(models.QuerySet):
    def aceptadas(self):
        return self.filter(estado=MismaPersona.Estado.ACEPTADA)

    def propuestas(self):
        return self.filter(estado=MismaPersona.Estado.PROPUESTA)


class MismaPersona(models.Model):
    """Dos identidades de una sesión que parecen una persona. Solo se unen si alguien lo dice."""

    class Estado(models.TextChoices):
        PROPUESTA = "propuesta", "por decidir"
        ACEPTADA = "aceptada", "son la misma"
        RECHAZADA = "rechazada", "son dos"

    sesion = models.ForeignKey(Sesion, models.CASCADE, related_name="mismas_personas")
    clave = models.CharField("identidad que se une", max_length=400)
    principal = models.CharField("identidad que queda", max_length=400)
    estado = models.CharField("estado", max_length=9, choices=Estado, default=Estado.PROPUESTA)
    decidida_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decidida_en = models.DateTimeField(null=True, blank=True)

    objects = MismaPersonaQuerySet.as_manager()

    class Meta:
        verbose_name = "misma persona"
        verbose_name_plural = "mismas personas"
        constraints = [
            models.UniqueConstraint(
                fields=["sesion", "clave", "principal"], name="misma_persona_una_por_par"
            ),
            models.UniqueConstraint(
                fields=["sesion", "clave"],
                condition=Q(estado="aceptada"),
                name="misma_persona_una_aceptada_por_identidad",
            ),
        ]

    def __str__(self):
        return f"Pareja {self.pk} de la sesión {self.sesion_id}"

    @property
    def legible(self) -> str:
        """Las dos identidades como las lee una persona: «ana ruiz y ana@…»."""
        una, otra = (clave.split(":", 1)[-1] for clave in (self.clave, self.principal))
        return f"{una} y {otra}"
