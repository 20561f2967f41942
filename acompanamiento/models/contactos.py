"""La bitácora de contactos con cada secretaría, y lo que una visita tiene además."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from acompanamiento.models.grupos import Grupo, Integrante
from acompanamiento.models.registrado import Registrado
from contenidos.models import Tema
from cuentas.models import Direccion
from territorio.models import EntidadTerritorial


class PapelEnLaEntidad(models.Model):
    """Con qué papel participa alguien de la secretaría. Se cuenta cuántas personas, no quiénes."""

    nombre = models.CharField("nombre", max_length=80, unique=True)
    orden = models.PositiveSmallIntegerField("orden", default=100)
    activo = models.BooleanField("se puede usar", default=True)

    class Meta:
        verbose_name = "papel en la secretaría"
        verbose_name_plural = "papeles en la secretaría"
        ordering = ["orden", "nombre"]

    def __str__(self):
        return self.nombre


class ContactoQuerySet(models.QuerySet):
    def visibles_para(self, usuario):
        """El Ministerio ve todos; una secretaría, los suyos ya completos o por venir."""
        if usuario.es_del_ministerio:
            return self
        return self.filter(
            entidad__usuarios=usuario,
            estado__in=[Contacto.Estado.COMPLETO, Contacto.Estado.PROGRAMADO],
        )

    def completos(self):
        return self.filter(estado=Contacto.Estado.COMPLETO)

    def visitas(self):
        return self.filter(canal__in=Contacto.CANALES_DE_VISITA)


class Contacto(Registrado):
    """Una vez que el Ministerio habló con una secretaría, o va a hacerlo.

    Lo propio de una visita (para qué, el acta) está en `Visita`, uno a uno.
    """

    class Canal(models.TextChoices):
        LLAMADA = "llamada", "llamada"
        CHAT = "chat", "chat"
        CORREO = "correo", "correo"
        REUNION_VIRTUAL = "reunion_virtual", "reunión virtual"
        VISITA_VIRTUAL = "visita_virtual", "visita virtual"
        VISITA_PRESENCIAL = "visita_presencial", "visita presencial"

    class Estado(models.TextChoices):
        PROGRAMADO = "programado", "programado"
        BORRADOR = "borrador", "borrador"
        COMPLETO = "completo", "completo"
        CANCELADO = "cancelado", "cancelado"

    CANALES_DE_VISITA = (Canal.VISITA_VIRTUAL, Canal.VISITA_PRESENCIAL)

    entidad = models.ForeignKey(
        EntidadTerritorial, models.PROTECT, related_name="contactos", verbose_name="secretaría"
    )
    # El que la acompañaba ese día: las cifras de mayo no cambian porque en junio cambie de grupo.
    grupo = models.ForeignKey(
        Grupo, models.PROTECT, null=True, related_name="contactos", editable=False
    )
    canal = models.CharField("cómo fue", max_length=17, choices=Canal)
    estado = models.CharField("estado", max_length=10, choices=Estado, default=Estado.BORRADOR)
    fecha = models.DateField("fecha")
    hora_inicio = models.TimeField("hora de inicio", null=True, blank=True)
    hora_fin = models.TimeField("hora de finalización", null=True, blank=True)
    donde = models.CharField("lugar o enlace", max_length=500, blank=True)
    asunto = models.CharField("de qué se trató", max_length=200)
    temas = models.ManyToManyField(Tema, blank=True, related_name="contactos", verbose_name="temas")
    notas = models.TextField("notas del equipo", blank=True)  # solo las lee el Ministerio
    acuerdos = models.TextField("acuerdos", blank=True)
    motivo_de_otro_grupo = models.CharField(
        "por qué, si la acompaña otro grupo", max_length=300, blank=True
    )
    motivo_de_cancelacion = models.CharField("por qué se canceló", max_length=300, blank=True)
    anterior = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="siguientes",
        verbose_name="se programó desde",
    )
    # Cuántas veces cambió lo que un calendario debe saber: RFC 5545, SEQUENCE.
    secuencia = models.PositiveIntegerField(default=0, editable=False)

    objects = ContactoQuerySet.as_manager()

    class Meta:
        verbose_name = "contacto"
        ordering = ["-fecha", "-hora_inicio", "-pk"]
        indexes = [
            models.Index(
                fields=["entidad", "estado", "-fecha", "id"], name="contacto_de_la_entidad"
            ),
            models.Index(fields=["grupo", "-fecha"], name="contacto_del_grupo"),
            models.Index(fields=["-fecha", "-id"], name="contacto_por_fecha"),
            models.Index(fields=["estado", "-fecha", "-id"], name="contacto_por_estado"),
            models.Index(
                fields=["es_demostracion"],
                condition=Q(es_demostracion=True),
                name="contacto_de_demostracion",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="contacto_termina_despues_de_empezar",
                condition=Q(hora_fin__isnull=True)
                | Q(hora_inicio__isnull=False, hora_fin__gt=F("hora_inicio")),
                violation_error_message="No puede terminar antes de empezar.",
            )
        ]

    def __str__(self):
        return self.asunto

    def get_absolute_url(self):
        return reverse("acompanamiento:contacto", args=[self.clave])

    @property
    def es_visita(self) -> bool:
        return self.canal in self.CANALES_DE_VISITA

    @property
    def esta_completo(self) -> bool:
        return self.estado == self.Estado.COMPLETO


class Visita(models.Model):
    """Lo que una visita tiene y una llamada no."""

    contacto = models.OneToOneField(
        Contacto, models.CASCADE, primary_key=True, related_name="visita"
    )
    proposito = models.TextField("propósito", max_length=1000, blank=True)
    acta = models.TextField("acta", blank=True)

    class Meta:
        verbose_name = "visita"

    def __str__(self):
        return str(self.contacto)


class ParticipanteDelMinisterio(models.Model):
    """Quién fue por el Ministerio, con el equipo que tenía ese día."""

    contacto = models.ForeignKey(Contacto, models.CASCADE, related_name="del_ministerio")
    persona = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    papel = models.CharField("papel", max_length=10, choices=Integrante.Papel, blank=True)
    direccion = models.ForeignKey(Direccion, models.PROTECT, null=True, related_name="+")
    grupo = models.ForeignKey(Grupo, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "participante del Ministerio"
        verbose_name_plural = "participantes del Ministerio"
        constraints = [
            models.UniqueConstraint(
                fields=["contacto", "persona"], name="participante_una_vez_por_contacto"
            )
        ]

    def __str__(self):
        return str(self.persona)


class ParticipanteDeLaEntidad(models.Model):
    """Cuántas personas de la secretaría participaron con un papel."""

    contacto = models.ForeignKey(Contacto, models.CASCADE, related_name="de_la_entidad")
    papel = models.ForeignKey(PapelEnLaEntidad, models.PROTECT, related_name="+")
    personas = models.PositiveSmallIntegerField("número de personas", default=1)

    class Meta:
        verbose_name = "participantes de la secretaría"
        verbose_name_plural = "participantes de las secretarías"
        constraints = [
            models.UniqueConstraint(
                fields=["contacto", "papel"], name="participantes_un_numero_por_papel"
            ),
            models.CheckConstraint(name="participantes_alguno", condition=Q(personas__gt=0)),
        ]

    def __str__(self):
        return f"{self.papel}: {self.personas}"


def ruta_del_adjunto(adjunto, nombre):
    return f"acompanamiento/adjuntos/{uuid.uuid4()}"


def ruta_de_la_foto(foto, nombre):
    return f"acompanamiento/fotos/{uuid.uuid4()}.webp"


class Adjunto(Registrado):
    """Un archivo que acompaña al contacto. Llega después que él y puede reintentarse solo."""

    contacto = models.ForeignKey(Contacto, models.CASCADE, related_name="adjuntos")
    nombre = models.CharField("nombre", max_length=200)
    archivo = models.FileField("archivo", upload_to=ruta_del_adjunto, max_length=300)
    tipo = models.CharField("tipo", max_length=100)
    tamano = models.PositiveBigIntegerField("tamaño en bytes")
    huella = models.CharField("huella SHA-256", max_length=64)

    class Meta:
        verbose_name = "adjunto"
        ordering = ["pk"]

    def __str__(self):
        return self.nombre


class Foto(Registrado):
    """Una foto ya redibujada: liviana y sin dónde ni con qué se tomó."""

    contacto = models.ForeignKey(Contacto, models.CASCADE, related_name="fotos")
    descripcion = models.CharField("qué se ve", max_length=200)
    archivo = models.FileField("foto", upload_to=ruta_de_la_foto, max_length=300)
    miniatura = models.FileField("miniatura", upload_to=ruta_de_la_foto, max_length=300)
    ancho = models.PositiveIntegerField("ancho")
    alto = models.PositiveIntegerField("alto")
    tamano = models.PositiveBigIntegerField("tamaño en bytes")
    huella = models.CharField("huella del original", max_length=64)

    class Meta:
        verbose_name = "foto"
        ordering = ["pk"]

    def __str__(self):
        return self.descripcion


class VisitaReportada(models.Model):
    """Una visita que una fuente cuenta sin decir el día. No se suma a las registradas."""

    class Modalidad(models.TextChoices):
        PRESENCIAL = "presencial", "presencial"
        VIRTUAL = "virtual", "virtual"

    entidad = models.ForeignKey(
        EntidadTerritorial, models.PROTECT, related_name="visitas_reportadas"
    )
    vigencia = models.PositiveSmallIntegerField("año")
    modalidad = models.CharField("modalidad", max_length=10, choices=Modalidad)
    proposito = models.CharField("propósito", max_length=300, blank=True)
    fuente = models.CharField("fuente", max_length=200)
    nota = models.TextField("nota", blank=True)
    creado_en = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = "visita reportada"
        verbose_name_plural = "visitas reportadas"
        ordering = ["vigencia", "entidad__nombre_norm"]
        constraints = [
            models.UniqueConstraint(
                fields=["entidad", "vigencia", "modalidad"], name="visita_reportada_una"
            )
        ]

    def __str__(self):
        return f"Visita {self.modalidad} a {self.entidad}, {self.vigencia}"
