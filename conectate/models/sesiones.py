"""La sesión: qué es, cuándo, para quién, en qué va."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from contenidos.models import Contenido, Tema
from cuentas.models import Direccion
from territorio.models import EntidadTerritorial
from territorio.texto import normalizar


class TextoNormalizado(models.TextField):
    """Varios campos juntos y sin tildes: lo que se busca igual en los dos motores.

    Se deriva al guardar, también en `bulk_create`; en la base es un texto como otro.
    """

    def __init__(self, *args, de=(), **opciones):
        self.de = de
        super().__init__(*args, **{"editable": False, "default": "", **opciones})

    def deconstruct(self):
        nombre, _, args, opciones = super().deconstruct()
        return nombre, "django.db.models.TextField", args, opciones

    def pre_save(self, objeto, add):
        texto = normalizar(" ".join(getattr(objeto, campo) for campo in self.de))
        setattr(objeto, self.attname, texto)
        return texto


class TipoSesion(models.Model):
    """Una clase de sesión. Quien administra añade las que falten."""

    class Conteo(models.TextChoices):
        SESION = "sesion", "cuenta en «x de N sesiones»"
        APARTE = "aparte", "se cuenta aparte"

    clave = models.SlugField("clave", max_length=40, unique=True)
    nombre = models.CharField("nombre", max_length=80, unique=True)
    plural = models.CharField("nombre en plural", max_length=80)
    descripcion = models.TextField("para qué es", blank=True)
    conteo = models.CharField(
        "regla de conteo", max_length=10, choices=Conteo, default=Conteo.SESION
    )
    orden = models.PositiveSmallIntegerField("orden", default=100)
    activo = models.BooleanField("se puede usar", default=True)

    class Meta:
        verbose_name = "tipo de sesión"
        verbose_name_plural = "tipos de sesión"
        ordering = ["orden", "nombre"]

    def __str__(self):
        return self.nombre


class SesionQuerySet(models.QuerySet):
    def visibles_para(self, usuario):
        """Todas para el Ministerio; las públicas y las que la convocan, para una secretaría."""
        if not usuario.is_authenticated:
            return self.publicas()
        if usuario.es_del_ministerio:
            return self
        return self.exclude(estado=Sesion.Estado.BORRADOR).filter(
            Q(audiencia=Sesion.Audiencia.COMUNIDAD)
            | Q(pk__in=Convocatoria.objects.filter(entidad__usuarios=usuario).values("sesion"))
        )

    def publicas(self):
        return self.filter(audiencia=Sesion.Audiencia.COMUNIDAD).exclude(
            estado=Sesion.Estado.BORRADOR
        )

    def realizadas(self):
        return self.filter(estado__in=[Sesion.Estado.REALIZADA, Sesion.Estado.CERRADA])

    def con_texto(self, texto: str):
        """Cada palabra, en la sesión o en sus temas; con o sin tildes."""
        encontradas = self
        for palabra in normalizar(texto).split():
            por_tema = Sesion.temas.through.objects.filter(tema__nombre_norm__contains=palabra)
            encontradas = encontradas.filter(
                Q(texto_norm__contains=palabra) | Q(pk__in=por_tema.values("sesion"))
            )
        return encontradas

    def con_tema(self, slug: str):
        """De ese tema o de los que agrupa. Vale también el nombre que tuvo antes."""
        escogidos = Tema.objects.con_direccion(slug).values("pk")
        temas = Tema.objects.filter(Q(pk__in=escogidos) | Q(padre__in=escogidos))
        con_alguno = Sesion.temas.through.objects.filter(tema__in=temas)
        return self.filter(pk__in=con_alguno.values("sesion"))

    def con_pendiente(self, pendiente: str):
        """Lo que espera al Ministerio: pasar a realizada, cargar la lista o identificar gente."""
        participaciones = Sesion._meta.get_field("participaciones").related_model.objects
        suyas = participaciones.filter(sesion=OuterRef("pk"))
        asistencias = Sesion._meta.get_field("asistencias").related_model.objects
        con_alguien = Exists(suyas.exclude(tipo="bot")) | Exists(
            asistencias.filter(sesion=OuterRef("pk"))
        )
        match pendiente:
            case Sesion.Pendiente.MARCAR:
                hoy = timezone.localdate()
                pasaron = self.filter(estado=Sesion.Estado.CONVOCADA, fecha__lt=hoy)
                return pasaron.exclude(fecha_fin__gte=hoy)  # un encuentro que va por la mitad
            case Sesion.Pendiente.CARGAR:
                # De lo que se sabe por una fuente no hay lista que cargar.
                sin_fuente = Q(encuentro__isnull=True) | Q(encuentro__fuente="")
                return self.realizadas().filter(sin_fuente).exclude(con_alguien)
            case Sesion.Pendiente.IDENTIFICAR:
                return self.filter(Exists(suyas.por_revisar()))
            case Sesion.Pendiente.CERRAR:
                return self.filter(estado=Sesion.Estado.REALIZADA).filter(con_alguien)
        raise ValueError(f"No hay pendientes de {pendiente!r}.")

    def filtradas(self, *, q="", vigencia="", tipo="", tema="", estado="", pendiente=""):
        """Lo que se puede pedir de una lista. Lo vacío no filtra."""
        sesiones = self.con_texto(q) if q else self
        if vigencia:
            sesiones = sesiones.de_la_vigencia(int(vigencia))
        if tipo:
            sesiones = sesiones.filter(tipo__clave=tipo)
        if tema:
            sesiones = sesiones.con_tema(tema)
        if estado:
            sesiones = sesiones.filter(estado=estado)
        if pendiente:
            sesiones = sesiones.con_pendiente(pendiente)
        return sesiones

    def de_la_vigencia(self, vigencia: int):
        return self.filter(fecha__year=vigencia)

    def que_cuentan(self):
        return self.filter(tipo__conteo=TipoSesion.Conteo.SESION)


class Sesion(models.Model):
    class Modalidad(models.TextChoices):
        VIRTUAL = "virtual", "virtual"
        PRESENCIAL = "presencial", "presencial"
        MIXTA = "mixta", "virtual y presencial"

    class Audiencia(models.TextChoices):
        COMUNIDAD = "comunidad", "comunidad educativa en general"
        EQUIPOS = "equipos", "equipos de las secretarías"
        SECRETARIOS = "secretarios", "secretarias y secretarios de educación"

    class Estado(models.TextChoices):
        BORRADOR = "borrador", "borrador"
        CONVOCADA = "convocada", "convocada"
        REALIZADA = "realizada", "realizada"
        CERRADA = "cerrada", "cerrada"
        CANCELADA = "cancelada", "cancelada"

    class Pendiente(models.TextChoices):
        MARCAR = "marcar", "ya pasaron y siguen convocadas"
        CARGAR = "cargar", "realizadas sin asistencia"
        IDENTIFICAR = "identificar", "con personas por identificar"
        CERRAR = "cerrar", "con asistencia y sin cerrar"

    titulo = models.CharField("título", max_length=250)
    tipo = models.ForeignKey(
        TipoSesion, models.PROTECT, related_name="sesiones", verbose_name="tipo"
    )
    temas = models.ManyToManyField(Tema, blank=True, related_name="sesiones", verbose_name="temas")
    fecha = models.DateField("fecha")
    fecha_fin = models.DateField(
        "último día", null=True, blank=True, help_text="Solo si dura más de un día."
    )
    hora_inicio = models.TimeField("hora de inicio", null=True, blank=True)
    hora_fin = models.TimeField("hora de finalización", null=True, blank=True)
    modalidad = models.CharField(
        "modalidad", max_length=10, choices=Modalidad, default=Modalidad.VIRTUAL
    )
    enlace = models.URLField("enlace de la reunión", max_length=500, blank=True)
    lugar = models.CharField("lugar", max_length=200, blank=True)
    direccion = models.ForeignKey(
        Direccion,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="sesiones",
        verbose_name="dirección responsable",
    )
    ponentes = models.TextField(
        "quiénes presentan", blank=True, help_text="Uno por línea, con su cargo."
    )
    audiencia = models.CharField(
        "audiencia", max_length=12, choices=Audiencia, default=Audiencia.EQUIPOS
    )
    descripcion = models.TextField("de qué se trata", blank=True)
    estado = models.CharField("estado", max_length=10, choices=Estado, default=Estado.BORRADOR)
    convocadas = models.ManyToManyField(
        EntidadTerritorial,
        through="Convocatoria",
        related_name="sesiones_convocadas",
        verbose_name="entidades convocadas",
    )
    minutos_minimos = models.PositiveSmallIntegerField(
        "minutos mínimos",
        default=0,
        help_text="Quien estuvo menos no cuenta como participante. Con 0 cuentan todas.",
    )
    tolerancia = models.PositiveSmallIntegerField(
        "tolerancia en minutos",
        default=15,
        help_text="Cuánto antes y después puede una secretaría declararse presente.",
    )
    grabacion = models.URLField("grabación", max_length=500, blank=True)
    texto_norm = TextoNormalizado(de=["titulo", "descripcion", "ponentes"])

    # Cuántas veces cambió lo que un calendario debe saber: RFC 5545, SEQUENCE.
    secuencia = models.PositiveIntegerField(default=0, editable=False)
    actualizada_en = models.DateTimeField(default=timezone.now, editable=False)

    es_demostracion = models.BooleanField("es de demostración", default=False, editable=False)
    creado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    creado_en = models.DateTimeField(default=timezone.now, editable=False)

    objects = SesionQuerySet.as_manager()

    class Meta:
        verbose_name = "sesión"
        verbose_name_plural = "sesiones"
        ordering = ["-fecha", "-hora_inicio", "-pk"]
        indexes = [
            models.Index(fields=["fecha"], name="sesion_fecha"),
            models.Index(  # cada página pregunta si hay alguna
                fields=["es_demostracion"],
                condition=Q(es_demostracion=True),
                name="sesion_de_demostracion",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="sesion_termina_despues_de_empezar",
                condition=Q(hora_fin__isnull=True)
                | Q(hora_inicio__isnull=True)
                | Q(fecha_fin__isnull=False)
                | Q(hora_fin__gt=F("hora_inicio")),
                violation_error_message="La sesión no puede terminar antes de empezar.",
            ),
            models.CheckConstraint(
                name="sesion_ultimo_dia_despues_del_primero",
                condition=Q(fecha_fin__isnull=True) | Q(fecha_fin__gt=F("fecha")),
                violation_error_message="El último día va después del primero.",
            ),
        ]

    def __str__(self):
        return self.titulo

    def get_absolute_url(self):
        return reverse("conectate:sesion", args=[self.pk])

    @property
    def vigencia(self) -> int:
        return self.fecha.year

    @property
    def se_realizo(self) -> bool:
        return self.estado in (self.Estado.REALIZADA, self.Estado.CERRADA)

    @property
    def ya_fue(self) -> bool:
        """Convocada, y su día llegó: falta decir que se realizó."""
        ultimo = self.fecha_fin or self.fecha
        return self.estado == self.Estado.CONVOCADA and ultimo <= timezone.localdate()

    @property
    def esta_cerrada(self) -> bool:
        return self.estado == self.Estado.CERRADA

    @property
    def es_publica(self) -> bool:
        return self.audiencia == self.Audiencia.COMUNIDAD and self.estado != self.Estado.BORRADOR

    @property
    def es_editable(self) -> bool:
        return self.estado not in (self.Estado.CERRADA, self.Estado.CANCELADA)

    def exigir_editable(self):
        """Lo cerrado o cancelado se reabre antes de cambiarlo: así queda quién y por qué."""
        if not self.es_editable:
            raise ValidationError(
                f"La sesión está {self.get_estado_display()}. Reábrala antes de cambiarla.",
                code="sesion_no_editable",
            )

    def exigir_abierta(self):
        """De una sesión cerrada o cancelada no se cambia la asistencia."""
        if self.estado == self.Estado.CERRADA:
            raise ValidationError(
                "La sesión está cerrada: su asistencia ya no se cambia.", code="sesion_cerrada"
            )
        if self.estado == self.Estado.CANCELADA:
            raise ValidationError(
                "La sesión se canceló y no admite asistencia. Si se realizó, cambie su estado.",
                code="sesion_cancelada",
            )


class Convocatoria(models.Model):
    """Una entidad a la que se convoca a una sesión: el N de «x de N». Y lo que respondió."""

    class Respuesta(models.TextChoices):
        SI = "si", "asistiremos"
        NO = "no", "no podremos asistir"

    class Medio(models.TextChoices):
        PORTAL = "portal", "en el portal"
        LLAMADA = "llamada", "por llamada"
        CORREO = "correo", "por correo"
        OTRO = "otro", "por otro medio"

    sesion = models.ForeignKey(Sesion, models.CASCADE, related_name="convocatorias")
    entidad = models.ForeignKey(EntidadTerritorial, models.PROTECT, related_name="convocatorias")
    respuesta = models.CharField("respuesta", max_length=2, choices=Respuesta, blank=True)
    personas_anunciadas = models.PositiveSmallIntegerField("cuántas personas", null=True)
    medio = models.CharField("cómo respondió", max_length=7, choices=Medio, blank=True)
    respondida_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    respondida_en = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "entidad convocada"
        verbose_name_plural = "entidades convocadas"
        constraints = [
            models.UniqueConstraint(
                fields=["sesion", "entidad"], name="convocatoria_una_por_sesion_y_entidad"
            )
        ]

    def __str__(self):
        return f"{self.entidad} en {self.sesion}"


class Material(models.Model):
    """Un contenido de la biblioteca que se presentó o se entregó en la sesión, o su grabación."""

    sesion = models.ForeignKey(Sesion, models.CASCADE, related_name="materiales")
    contenido = models.ForeignKey(Contenido, models.PROTECT, related_name="en_sesiones")
    es_grabacion = models.BooleanField("es la grabación", default=False)
    creado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    creado_en = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = "material"
        verbose_name_plural = "materiales"
        ordering = ["-es_grabacion", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["sesion", "contenido"], name="material_una_vez_por_sesion"
            ),
            models.UniqueConstraint(
                fields=["sesion"], condition=Q(es_grabacion=True), name="material_una_grabacion"
            ),
        ]

    def __str__(self):
        return self.contenido.titulo
