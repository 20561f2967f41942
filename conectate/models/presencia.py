"""Si una entidad estuvo en una sesión, quién lo dijo y cómo. Cada origen va aparte."""

from django.conf import settings
from django.db import models
from django.db.models import Case, Q, Value, When
from django.utils import timezone

from conectate.models.sesiones import Sesion
from territorio.models import EntidadTerritorial


class AsistenciaQuerySet(models.QuerySet):
    def presentes(self):
        return self.filter(presente=True)


class Asistencia(models.Model):
    """Lo que se sabe de una entidad en una sesión: una fila, con cada origen en sus columnas.

    Estuvo si algún origen lo dice. Si otro lo niega, `discrepa` y la página lo cuenta.
    """

    class Registro(models.TextChoices):
        PRESENTE = "presente", "presente"
        AUSENTE = "ausente", "ausente"
        EXCUSADA = "excusada", "excusada"

    class Forma(models.TextChoices):
        SITIO = "sitio", "en el sitio"
        REMOTA = "remota", "a distancia"

    class Origen(models.TextChoices):
        """En orden: el primero que lo diga es con el que se cuenta."""

        VENTANA = "ventana", "en la ventana"
        IMPORTADA = "importada", "importada"
        EQUIPO = "equipo", "registrada por el equipo"
        RECLAMADA = "reclamada", "reclamada"

    sesion = models.ForeignKey(Sesion, models.CASCADE, db_index=False, related_name="asistencias")
    entidad = models.ForeignKey(EntidadTerritorial, models.PROTECT, related_name="asistencias")

    # Importada: cuántas personas suyas cuentan en las listas confirmadas.
    importadas = models.PositiveIntegerField("personas en la lista", default=0)
    # En la ventana: alguien de la entidad pulsó «Estamos presentes».
    ventana_en = models.DateTimeField("se declaró presente", null=True)
    ventana_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    ventana_personas = models.PositiveSmallIntegerField("personas, según ella", null=True)
    # Registrada por el equipo del Ministerio.
    registro = models.CharField(
        "lo que registró el equipo", max_length=8, choices=Registro, blank=True
    )
    registro_personas = models.PositiveSmallIntegerField("personas, según el equipo", null=True)
    registro_forma = models.CharField("cómo asistió", max_length=6, choices=Forma, blank=True)
    registro_medio = models.CharField(
        "cómo lo supo el equipo", max_length=60, blank=True, help_text="Llamada, correo, en sala…"
    )
    registrada_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    registrada_en = models.DateTimeField(null=True)
    # Reclamada después y aceptada.
    reclamada_en = models.DateTimeField("se aceptó su reclamo", null=True)
    reclamada_personas = models.PositiveSmallIntegerField("personas, según su reclamo", null=True)

    presente = models.GeneratedField(
        expression=Case(
            When(
                Q(importadas__gt=0)
                | Q(ventana_en__isnull=False)
                | Q(registro="presente")
                | Q(reclamada_en__isnull=False),
                then=Value(True),
            ),
            default=Value(False),
        ),
        output_field=models.BooleanField(),
        db_persist=True,
    )

    objects = AsistenciaQuerySet.as_manager()

    class Meta:
        verbose_name = "asistencia"
        constraints = [
            models.UniqueConstraint(
                fields=["sesion", "entidad"], name="asistencia_una_por_sesion_y_entidad"
            ),
            models.CheckConstraint(
                name="asistencia_registrada_con_fecha",
                condition=Q(registro="") | Q(registrada_en__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.entidad} en {self.sesion}"

    @property
    def origenes(self) -> list["Asistencia.Origen"]:
        """Los que dicen que estuvo."""
        dicen = {
            self.Origen.VENTANA: self.ventana_en is not None,
            self.Origen.IMPORTADA: self.importadas > 0,
            self.Origen.EQUIPO: self.registro == self.Registro.PRESENTE,
            self.Origen.RECLAMADA: self.reclamada_en is not None,
        }
        return [origen for origen, lo_dice in dicen.items() if lo_dice]

    @property
    def origen(self) -> "Asistencia.Origen | None":
        return next(iter(self.origenes), None)

    @property
    def discrepa(self) -> bool:
        """El equipo dijo que no estuvo y otro origen dice que sí."""
        niega = self.registro in (self.Registro.AUSENTE, self.Registro.EXCUSADA)
        return niega and bool(self.origenes)


class Pase(models.Model):
    """El enlace de corta vida con que una entidad se declara presente. Sirve una vez."""

    sesion = models.ForeignKey(Sesion, models.CASCADE, related_name="pases")
    entidad = models.ForeignKey(EntidadTerritorial, models.PROTECT, related_name="+")
    huella = models.CharField("huella del código", max_length=64, unique=True)
    vence_en = models.DateTimeField("vence")
    usado_en = models.DateTimeField(null=True)
    creado_en = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = "pase"
        constraints = [
            models.UniqueConstraint(
                fields=["sesion", "entidad"], name="pase_uno_por_sesion_y_entidad"
            )
        ]

    def __str__(self):
        return f"Pase de {self.entidad} para {self.sesion}"


class Reclamo(models.Model):
    """«Sí asistimos»: lo dice la entidad después de la sesión y el equipo le responde."""

    class Estado(models.TextChoices):
        PENDIENTE = "pendiente", "por responder"
        ACEPTADO = "aceptado", "aceptado"
        RECHAZADO = "rechazado", "no aceptado"

    sesion = models.ForeignKey(Sesion, models.CASCADE, related_name="reclamos")
    entidad = models.ForeignKey(EntidadTerritorial, models.PROTECT, related_name="reclamos")
    personas = models.PositiveSmallIntegerField("cuántas personas asistieron")
    explicacion = models.TextField("qué pasó", max_length=1000)
    creado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False
    )
    creado_en = models.DateTimeField(default=timezone.now, editable=False)
    estado = models.CharField("estado", max_length=9, choices=Estado, default=Estado.PENDIENTE)
    respuesta = models.TextField("respuesta", max_length=1000, blank=True)
    resuelto_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    resuelto_en = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "reclamo"
        ordering = ["creado_en", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["sesion", "entidad"],
                condition=~Q(estado="rechazado"),
                name="reclamo_uno_vivo_por_sesion_y_entidad",
            ),
            models.CheckConstraint(
                name="reclamo_resuelto_con_fecha",
                condition=Q(estado="pendiente") | Q(resuelto_en__isnull=False),
            ),
        ]

    def __str__(self):
        return f"Reclamo de {self.entidad} por {self.sesion}"
