"""Quién entra, con qué papel, por quién responde, y qué se le informó."""

import hashlib
import secrets
from datetime import timedelta

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone

from territorio.models import EntidadTerritorial


class Direccion(models.Model):
    """Una dependencia del Ministerio que responde por sesiones y a la que pertenece su equipo."""

    nombre = models.CharField("nombre", max_length=160, unique=True)
    sigla = models.CharField("sigla", max_length=20, blank=True)
    activa = models.BooleanField("activa", default=True)

    class Meta:
        verbose_name = "dirección del Ministerio"
        verbose_name_plural = "direcciones del Ministerio"
        ordering = ["nombre"]

    def __str__(self):
        return self.nombre


class Rol(models.TextChoices):
    ADMINISTRACION = "administracion", "administración"
    EQUIPO_MEN = "equipo_men", "equipo del MEN"
    LIDER_GRUPO = "lider_grupo", "líder de grupo"
    PROFESIONAL = "profesional", "profesional de acompañamiento"
    EQUIPO_SECRETARIA = "equipo_secretaria", "equipo de secretaría"
    SECRETARIO = "secretario", "secretario(a)"


ROLES_DE_SECRETARIA = frozenset({Rol.EQUIPO_SECRETARIA, Rol.SECRETARIO})
ROLES_DEL_MINISTERIO = frozenset(set(Rol) - ROLES_DE_SECRETARIA)

PERTENENCIA = (
    Q(rol__in=sorted(r.value for r in ROLES_DE_SECRETARIA), entidad__isnull=False, direccion=None)
    | Q(rol=Rol.ADMINISTRACION, entidad=None)
    | Q(
        rol__in=sorted(r.value for r in ROLES_DEL_MINISTERIO - {Rol.ADMINISTRACION}),
        entidad=None,
        direccion__isnull=False,
    )
)


class UsuarioManager(BaseUserManager):
    def get_by_natural_key(self, correo):
        return self.get(email=self.normalizar(correo))

    @staticmethod
    def normalizar(correo: str) -> str:
        return (correo or "").strip().lower()

    def create_user(self, email, password=None, **datos):
        usuario = self.model(email=self.normalizar(email), **datos)
        usuario.set_password(password)
        usuario.save(using=self._db)
        return usuario

    def create_superuser(self, email, password=None, **datos):
        datos.setdefault("nombre", "Administración")
        return self.create_user(email, password, **{**datos, "rol": Rol.ADMINISTRACION})


class Usuario(AbstractBaseUser):
    """Una persona con acceso. Pertenece a una secretaría o a una dirección; nunca a las dos."""

    email = models.EmailField("correo electrónico", unique=True)
    nombre = models.CharField("nombre", max_length=150)
    rol = models.CharField("rol", max_length=20, choices=Rol)
    entidad = models.ForeignKey(
        EntidadTerritorial,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="usuarios",
        verbose_name="secretaría",
    )
    direccion = models.ForeignKey(
        Direccion, models.PROTECT, null=True, blank=True, related_name="usuarios"
    )
    is_active = models.BooleanField("puede entrar", default=True)
    es_demostracion = models.BooleanField("es de demostración", default=False)
    creado_en = models.DateTimeField("creado en", default=timezone.now, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["nombre"]

    objects = UsuarioManager()

    class Meta:
        verbose_name = "usuario"
        ordering = ["email"]  # los dos motores lo ordenan igual; un nombre con tildes, no
        constraints = [
            models.UniqueConstraint(Lower("email"), name="usuario_correo_unico"),
            models.CheckConstraint(name="usuario_pertenencia_segun_rol", condition=PERTENENCIA),
        ]

    def __str__(self):
        return self.nombre

    def get_full_name(self):
        return self.nombre

    def get_short_name(self):
        return self.nombre.split(" ")[0]

    # Django pregunta así por el acceso al sitio de administración.
    def has_perm(self, perm, obj=None):
        return self.is_active and self.es_administrador

    def has_module_perms(self, app_label):
        return self.is_active and self.es_administrador

    @property
    def is_staff(self):
        return self.es_administrador

    @property
    def is_superuser(self):
        return self.es_administrador

    @property
    def es_administrador(self) -> bool:
        return self.rol == Rol.ADMINISTRACION

    @property
    def es_del_ministerio(self) -> bool:
        return self.rol in ROLES_DEL_MINISTERIO

    @property
    def es_de_secretaria(self) -> bool:
        return self.rol in ROLES_DE_SECRETARIA


class InvitacionQuerySet(models.QuerySet):
    def abiertas(self):
        """Ni usadas ni anuladas; pueden haber vencido."""
        return self.filter(usada_en=None, anulada_en=None)

    def visibles_para(self, usuario):
        """Todas para quien administra; para los demás, las que hicieron."""
        return self if usuario.es_administrador else self.filter(creada_por=usuario)


class Invitacion(models.Model):
    """La única puerta de entrada: un enlace de un solo uso que vence pronto."""

    DURACION = timedelta(hours=72)
    NO_SIRVE = (
        "Esta invitación ya no sirve: se usó, se anuló o venció. Pida una nueva a quien administra "
        "el portal."
    )

    email = models.EmailField("correo electrónico")
    rol = models.CharField("rol", max_length=20, choices=Rol)
    entidad = models.ForeignKey(EntidadTerritorial, models.PROTECT, null=True, blank=True)
    direccion = models.ForeignKey(Direccion, models.PROTECT, null=True, blank=True)
    huella = models.CharField(max_length=64, unique=True, editable=False)
    creada_por = models.ForeignKey(Usuario, models.PROTECT, related_name="invitaciones_hechas")
    creada_en = models.DateTimeField(default=timezone.now, editable=False)
    vence_en = models.DateTimeField(editable=False)
    usada_por = models.OneToOneField(
        Usuario, models.PROTECT, null=True, blank=True, related_name="invitacion"
    )
    usada_en = models.DateTimeField(null=True, blank=True)
    anulada_en = models.DateTimeField(null=True, blank=True)

    objects = InvitacionQuerySet.as_manager()

    class Meta:
        verbose_name = "invitación"
        verbose_name_plural = "invitaciones"
        ordering = ["-creada_en", "-pk"]
        constraints = [
            models.CheckConstraint(name="invitacion_pertenencia_segun_rol", condition=PERTENENCIA),
            models.CheckConstraint(
                name="invitacion_usada_por_alguien",
                condition=Q(usada_por=None, usada_en=None)
                | Q(usada_por__isnull=False, usada_en__isnull=False, anulada_en=None),
            ),
            models.UniqueConstraint(
                fields=["email"],
                condition=Q(usada_en=None, anulada_en=None),
                name="invitacion_una_abierta_por_correo",
            ),
        ]

    def __str__(self):
        return f"{self.email} ({self.get_rol_display()})"

    @staticmethod
    def nueva_clave() -> str:
        return secrets.token_urlsafe(32)

    @staticmethod
    def huella_de(clave: str) -> str:
        """Se guarda la huella, no la clave: leer la base no basta para entrar."""
        return hashlib.sha256(clave.encode()).hexdigest()

    @property
    def estado(self) -> str:
        if self.usada_en:
            return "aceptada"
        if self.anulada_en:
            return "anulada"
        return "vencida" if self.vence_en <= timezone.now() else "pendiente"

    def exigir_utilizable(self):
        if self.estado != "pendiente":
            raise ValidationError(self.NO_SIRVE, code="invitacion_no_utilizable")


class AvisoPrivacidadQuerySet(models.QuerySet):
    def vigente(self):
        """La última versión que ya rige; una publicada con anticipación todavía no cuenta."""
        return self.filter(rige_desde__lte=timezone.localdate()).order_by("-version").first()


class AvisoPrivacidad(models.Model):
    """Un texto del aviso de privacidad. Publicado no cambia: se publica otra versión."""

    version = models.PositiveIntegerField("versión", unique=True)
    texto = models.TextField("texto")
    finalidades = models.JSONField("finalidades", default=list)
    huella = models.CharField(max_length=64, editable=False)
    rige_desde = models.DateField("rige desde")
    publicado_en = models.DateTimeField(default=timezone.now, editable=False)

    objects = AvisoPrivacidadQuerySet.as_manager()

    class Meta:
        verbose_name = "aviso de privacidad"
        verbose_name_plural = "avisos de privacidad"
        ordering = ["-version"]

    def __str__(self):
        return f"Aviso de privacidad, versión {self.version}"

    @staticmethod
    def huella_de(texto: str) -> str:
        return hashlib.sha256(texto.encode()).hexdigest()

    def bloques(self) -> list[tuple[str, list[str]]]:
        """El texto por partes: «titulo» (## …), «lista» (- …) o «parrafo»."""
        partes = []
        for bloque in self.texto.strip().split("\n\n"):
            renglones = bloque.splitlines()
            if bloque.startswith("## "):
                partes.append(("titulo", [bloque[3:]]))
            elif bloque.startswith("- "):
                partes.append(("lista", [renglon.removeprefix("- ") for renglon in renglones]))
            else:
                partes.append(("parrafo", [" ".join(renglones)]))
        return partes


class AvisoLeido(models.Model):
    """Prueba de que a una persona se le informó una versión del aviso. Solo se añade."""

    class Canal(models.TextChoices):
        INVITACION = "invitacion", "al aceptar la invitación"
        PORTAL = "portal", "en el portal"

    usuario = models.ForeignKey(Usuario, models.PROTECT, related_name="avisos_leidos")
    aviso = models.ForeignKey(AvisoPrivacidad, models.PROTECT, related_name="lecturas")
    huella = models.CharField(max_length=64)
    finalidades = models.JSONField(default=list)
    canal = models.CharField(max_length=12, choices=Canal)
    leido_en = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = "aviso leído"
        verbose_name_plural = "avisos leídos"
        constraints = [
            models.UniqueConstraint(
                fields=["usuario", "aviso"], name="aviso_leido_una_vez_por_usuario"
            )
        ]

    def __str__(self):
        return f"{self.usuario}: {self.aviso}"


class SelloBitacora(models.Model):
    """Un eslabón de la cadena: la huella de un tramo de la bitácora y la del eslabón anterior."""

    desde = models.BigIntegerField("primera entrada")
    hasta = models.BigIntegerField("última entrada")
    n_entradas = models.PositiveIntegerField("entradas")
    n_identificadas = models.PositiveIntegerField("entradas con persona")
    huella = models.CharField(max_length=64, unique=True)
    huella_identidades = models.CharField(max_length=64)
    anterior = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="siguiente"
    )
    sellado_en = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "sello de la bitácora"
        verbose_name_plural = "sellos de la bitácora"
        ordering = ["hasta"]
        constraints = [
            models.UniqueConstraint(fields=["hasta"], name="sello_uno_por_tramo"),
            models.CheckConstraint(name="sello_tramo_en_orden", condition=Q(hasta__gte=F("desde"))),
        ]

    def __str__(self):
        return f"Entradas {self.desde} a {self.hasta}"
