"""La asistencia: el archivo que llegó, lo que dice, y la cuenta que de él se saca."""

import json
import uuid
import zlib
from typing import NamedTuple

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from conectate.models.sesiones import Sesion
from territorio.models import EntidadTerritorial


def ruta_de_la_importacion(importacion, nombre):
    # El nombre que trae el archivo se guarda aparte: en disco manda uno nuestro.
    return f"importaciones/{uuid.uuid4()}"


class ImportacionQuerySet(models.QuerySet):
    def confirmadas(self):
        return self.filter(estado=Importacion.Estado.CONFIRMADA)


class Importacion(models.Model):
    """Un archivo de asistencia subido a una sesión: se lee, se revisa, se confirma, se deshace."""

    class Estado(models.TextChoices):
        RECIBIDA = "recibida", "recibida"
        SIN_RECONOCER = "sin_reconocer", "por emparejar"
        VISTA_PREVIA = "vista_previa", "por confirmar"
        CONFIRMADA = "confirmada", "confirmada"
        REEMPLAZADA = "reemplazada", "reemplazada por otra descarga"
        DESHECHA = "deshecha", "deshecha"
        RECHAZADA = "rechazada", "no se pudo leer"
        DESCARTADA = "descartada", "descartada"

    class Modo(models.TextChoices):
        UNIR = "unir", "se suma a lo que ya había"
        REEMPLAZAR = "reemplazar", "reemplaza una descarga anterior"
        ANTERIOR = "anterior", "es anterior a la que ya estaba"

    sesion = models.ForeignKey(Sesion, models.CASCADE, related_name="importaciones")
    archivo = models.FileField("archivo", upload_to=ruta_de_la_importacion, max_length=300)
    nombre_del_archivo = models.CharField("nombre del archivo", max_length=250)
    tamano = models.PositiveBigIntegerField("tamaño en bytes")
    huella = models.CharField("huella SHA-256", max_length=64)
    estado = models.CharField("estado", max_length=14, choices=Estado, default=Estado.RECIBIDA)

    formato = models.CharField("formato", max_length=30, blank=True)
    codificacion = models.CharField("codificación", max_length=30, blank=True)
    reunion = models.CharField("identificador de la reunión", max_length=300, blank=True)
    emparejamiento = models.JSONField(default=dict, blank=True)
    columnas = models.JSONField(default=dict, blank=True)  # lo que se vio si no se reconoció
    huella_cabecera = models.CharField(max_length=64, blank=True)
    resumen = models.JSONField(default=dict, blank=True)
    avisos = models.JSONField(default=list, blank=True)
    motivo = models.TextField("por qué no se pudo leer", blank=True)

    modo = models.CharField(
        "cómo se une a lo que ya había", max_length=10, choices=Modo, default=Modo.UNIR
    )
    reemplazada_por = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="reemplazadas"
    )
    creado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="importaciones"
    )
    creado_en = models.DateTimeField(default=timezone.now, editable=False)
    confirmada_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    confirmada_en = models.DateTimeField(null=True)
    deshecha_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    deshecha_en = models.DateTimeField(null=True)

    objects = ImportacionQuerySet.as_manager()

    class Meta:
        verbose_name = "importación"
        verbose_name_plural = "importaciones"
        ordering = ["-creado_en"]
        constraints = [
            models.UniqueConstraint(
                fields=["sesion", "huella"],
                condition=Q(estado="confirmada"),
                name="importacion_un_archivo_una_vez_por_sesion",
            ),
        ]

    def __str__(self):
        return self.nombre_del_archivo

    def get_absolute_url(self):
        return reverse("conectate:importacion", args=[self.pk])

    @property
    def es_de_otro_dia(self) -> bool:
        """Trae fechas y ninguna es de los días de su sesión, como está hoy."""
        dias = self.resumen.get("dias")
        primero, ultimo = self.sesion.fecha, self.sesion.fecha_fin or self.sesion.fecha
        return bool(dias) and not any(
            primero.isoformat() <= dia <= ultimo.isoformat() for dia in dias
        )

    def exigir_estado(self, *estados):
        if self.estado not in estados:
            raise ValidationError(
                f"Este archivo está «{self.get_estado_display()}» y así no se puede hacer eso. No "
                "se cambió nada.",
                code="importacion_en_otro_estado",
            )


class TipoIdentidad(models.TextChoices):
    PERSONA = "persona", "persona"
    SALA = "sala", "sala"
    TELEFONO = "telefono", "teléfono"
    BOT = "bot", "programa"


class Registro(NamedTuple):
    """Lo que un archivo dice de alguien, sin interpretar."""

    clave: str
    tipo: str
    nombres: list[str]
    correos: list[str]
    declarados: list[str]
    cargo: str
    tramos: list[list[int]]  # [entrada, salida] en segundos desde la medianoche de la sesión
    entrada: int | None  # la primera, también cuando solo se sabe el total
    minutos: float | None  # unión de tramos, o el total que trae el archivo
    conexiones: int
    dominio_sugerido: str = ""


class Registros(models.Model):
    """Lo que un archivo dice de todos, en un solo paquete: no cambia, se relee o se deshace.

    Siempre se lee entero, para recalcular la sesión; fila por fila costaría tanto como las
    participaciones y nadie las buscaría una a una.
    """

    importacion = models.OneToOneField(
        Importacion, models.CASCADE, primary_key=True, related_name="registros"
    )
    paquete = models.BinaryField()

    class Meta:
        verbose_name = "registros de un archivo"
        verbose_name_plural = "registros de los archivos"

    def __str__(self):
        return f"Registros de {self.importacion}"

    @staticmethod
    def empacar(registros: list[Registro]) -> bytes:
        # Por columnas: once listas largas se escriben y se leen antes que miles de cortas.
        columnas = list(zip(*registros, strict=True))
        texto = json.dumps(
            columnas, ensure_ascii=False, separators=(",", ":"), check_circular=False
        )
        return zlib.compress(texto.encode(), 1)

    def todos(self) -> list[Registro]:
        columnas = json.loads(zlib.decompress(self.paquete))
        return list(map(Registro._make, zip(*columnas, strict=True)))


class CuentaPrevista(models.Model):
    """Las participaciones que saldrían de confirmar ya: si nada cambia, confirmar es copiarlas.

    Está de más en cuanto se confirma; perderla solo cuesta volver a contar.
    """

    importacion = models.OneToOneField(
        Importacion, models.CASCADE, primary_key=True, related_name="cuenta_prevista"
    )
    huella = models.CharField("huella de lo que se sabía", max_length=64)
    personas = models.PositiveIntegerField()
    parejas = models.JSONField(default=list)  # las que parecen una misma persona
    paquete = models.BinaryField()

    class Meta:
        verbose_name = "cuenta prevista de un archivo"
        verbose_name_plural = "cuentas previstas de los archivos"

    def __str__(self):
        return f"Cuenta prevista de {self.importacion}"

    @staticmethod
    def empacar(escrito: str) -> bytes:
        return zlib.compress(escrito.encode(), 1)

    @property
    def escrito(self) -> str:
        return zlib.decompress(self.paquete).decode()


class DecisionDeEntidad(models.TextChoices):
    CONFIRMADA = "confirmada", "confirmada por una persona"
    AUTOMATICA = "automatica", "asignada por la evidencia"
    SUGERENCIA = "sugerencia", "con sugerencia"
    REVISION = "revision", "con datos que se contradicen"
    COLA = "cola", "sin identificar"


class ParticipacionQuerySet(models.QuerySet):
    def que_cuentan(self):
        """Sin programas ni quienes estuvieron menos del mínimo."""
        return self.filter(cuenta=True)

    def por_revisar(self):
        """Lo que espera que alguien diga de qué entidad es."""
        return self.exclude(grupo="")


class Participacion(models.Model):
    """Alguien que estuvo en una sesión, con todos sus archivos unidos y su entidad resuelta."""

    # Cada índice de más se paga en cada carga: los de aquí están nombrados en Meta. Y comprobar
    # fila por fila que existen la sesión y la entidad cuesta tanto como insertarlas: se cargan
    # con la sesión tomada, y lo demás que las señala impide borrarlas por fuera (decisión 0002).
    sesion = models.ForeignKey(
        Sesion,
        models.CASCADE,
        db_index=False,
        db_constraint=False,
        related_name="participaciones",
    )
    clave = models.CharField(max_length=400)
    tipo = models.CharField(max_length=8, choices=TipoIdentidad)
    nombre = models.CharField("nombre", max_length=250)
    nombre_norm = models.CharField(max_length=250)
    palabras = models.CharField(max_length=250, blank=True)  # las del nombre, en orden alfabético
    correo = models.CharField("correo", max_length=254, blank=True)
    dominio = models.CharField(max_length=200, blank=True)
    declarado = models.CharField("entidad que escribió", max_length=250, blank=True)
    declarado_norm = models.CharField(max_length=250, blank=True)
    cargo = models.CharField("cargo", max_length=200, blank=True)
    minutos = models.FloatField("minutos", null=True)
    conexiones = models.PositiveIntegerField("conexiones", default=1)
    cuenta = models.BooleanField("cumple el mínimo", default=True)

    entidad = models.ForeignKey(
        EntidadTerritorial,
        models.PROTECT,
        null=True,
        db_index=False,  # se busca dentro de sus sesiones, con el índice de las dos
        db_constraint=False,
        related_name="participaciones",
    )
    ajena = models.CharField("otra organización", max_length=120, blank=True)
    decision = models.CharField(max_length=10, choices=DecisionDeEntidad)
    evidencia = models.CharField(max_length=30)
    explicacion = models.CharField(max_length=300, blank=True)
    sugerencias = models.JSONField(default=list)  # códigos DANE, de la más a la menos probable
    ajena_sugerida = models.CharField(max_length=120, blank=True)
    # Con quiénes se pregunta: «dominio:…», «texto:…» o «persona:…». Vacío: no se pregunta.
    grupo = models.CharField(max_length=410, blank=True)

    objects = ParticipacionQuerySet.as_manager()

    class Meta:
        verbose_name = "participación"
        verbose_name_plural = "participaciones"
        indexes = [
            models.Index(fields=["sesion", "entidad"], name="participacion_por_sesion"),
            models.Index(
                fields=["declarado_norm"],
                condition=~Q(declarado_norm=""),
                name="participacion_por_texto",
            ),
            models.Index(
                fields=["palabras"], condition=~Q(palabras=""), name="participacion_por_nombre"
            ),
            models.Index(
                fields=["grupo"], condition=~Q(grupo=""), name="participacion_por_revisar"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["clave", "sesion"], name="participacion_una_por_sesion_y_persona"
            ),
            models.CheckConstraint(
                name="participacion_entidad_o_ajena",
                condition=Q(entidad__isnull=True) | Q(ajena=""),
            ),
        ]

    def __str__(self):
        return f"{self.nombre} en {self.sesion}"


class Emparejamiento(models.Model):
    """Cómo leyó una persona las columnas de un archivo desconocido: no se vuelve a preguntar."""

    huella_cabecera = models.CharField(max_length=64, unique=True)
    columnas = models.JSONField(default=list)
    emparejamiento = models.JSONField()
    creado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    creado_en = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = "emparejamiento de columnas"
        verbose_name_plural = "emparejamientos de columnas"

    def __str__(self):
        return ", ".join(self.columnas)


class Aforo(models.Model):
    """Una cuenta de asistentes sin nombres (YouTube…). Va aparte: no se reparte entre entidades."""

    sesion = models.ForeignKey(Sesion, models.CASCADE, related_name="aforos")
    personas = models.PositiveIntegerField("personas")
    fuente = models.CharField("fuente", max_length=120)
    registrado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    registrado_en = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = "aforo"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["sesion", "fuente"], name="aforo_uno_por_sesion_y_fuente"
            )
        ]

    def __str__(self):
        return f"{self.personas} ({self.fuente})"
