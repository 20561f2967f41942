"""Los ajustes del portal: un solo archivo, leído del entorno.

Sin ninguna variable sirve en un clon recién hecho. Todo lo que el portal escribe queda bajo
ESCUELA_DATOS. Las variables están explicadas en docs/operacion.md.
"""

import os
from datetime import timedelta
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF

from escuela.agenda import AGENDA
from escuela.institucion import INSTITUCION

RAIZ = Path(__file__).resolve().parent.parent


def _encendido(nombre):
    return os.environ.get(nombre, "").strip().lower() in {"1", "si", "sí", "true", "on"}


def _entero(nombre, si_falta):
    return int(os.environ.get(nombre) or si_falta)


def _lista(nombre):
    return [pieza.strip() for pieza in os.environ.get(nombre, "").split(",") if pieza.strip()]


PRODUCCION = _encendido("ESCUELA_PRODUCCION")
DEBUG = _encendido("ESCUELA_DEPURAR") and not PRODUCCION

# ── Lo que el portal escribe ──────────────────────────────────────────────────────────────────
DATOS = Path(os.environ.get("ESCUELA_DATOS") or RAIZ / "datos").resolve()
ARCHIVOS, COLA, CORREOS, TEMPORAL = (
    DATOS / nombre for nombre in ("archivos", "cola", "correos", "temporal")
)
for _carpeta in (ARCHIVOS, COLA / "control", COLA / "mensajes", CORREOS, TEMPORAL):
    _carpeta.mkdir(parents=True, exist_ok=True)


def _secreto():
    """El del entorno o, en un clon, uno propio que se genera una vez y solo lee su dueño."""
    if del_entorno := os.environ.get("ESCUELA_SECRETO"):
        return del_entorno
    archivo = DATOS / "secreto"
    if not archivo.exists():
        from django.core.management.utils import get_random_secret_key

        # Se escribe aparte y se enlaza: dos procesos que arrancan a la vez acuerdan el mismo.
        borrador = DATOS / f"secreto.{os.getpid()}"
        with open(os.open(borrador, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as salida:
            salida.write(get_random_secret_key() + get_random_secret_key())
        try:
            os.link(borrador, archivo)
        except FileExistsError:
            pass
        finally:
            borrador.unlink()
    return archivo.read_text()


SECRET_KEY = _secreto()
SECRET_KEY_FALLBACKS = _lista("ESCUELA_SECRETOS_ANTERIORES")

# ── Aplicaciones ──────────────────────────────────────────────────────────────────────────────
INSTALLED_APPS = [
    "escuela",
    "conectate",
    "acompanamiento",
    "indicadores",
    "contenidos",
    "trabajos",
    "cuentas",
    "territorio",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.microsoft",
    "auditlog",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
]

MIDDLEWARE = [
    # Las cabeceras van por encima de WhiteNoise: las lleva toda respuesta, también los estáticos.
    "escuela.registro.RegistroDePeticionesMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "cuentas.middleware.CabecerasDeSeguridadMiddleware",
    "cuentas.middleware.SoloVerbosConocidosMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "cuentas.middleware.BitacoraMiddleware",
    "cuentas.middleware.SesionConLimiteMiddleware",
    "cuentas.middleware.SegundoFactorMiddleware",
]

ROOT_URLCONF = "escuela.urls"
WSGI_APPLICATION = "escuela.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [RAIZ / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [f"escuela.templatetags.{una}" for una in ("componentes", "direcciones")],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "cuentas.contexto.pendientes",
                "escuela.contexto.institucion",
                "escuela.contexto.navegacion",
                "escuela.contexto.preferencias",
            ],
        },
    }
]
FORM_RENDERER = "escuela.formularios.DibujanteDeControles"
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"

# ── Base de datos ─────────────────────────────────────────────────────────────────────────────
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {
    "default": dj_database_url.config(
        default=f"sqlite:///{(DATOS / 'portal.sqlite3').as_posix()}",
        conn_max_age=60,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Con estas cuatro opciones, varios procesos escriben a la vez sin «database is locked».
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;",
    }

# ── Caché: compartida entre procesos, porque el límite de intentos de acceso vive en ella ─────
REDIS_URL = os.environ.get("REDIS_URL", "")
_cache = "django.core.cache.backends."
_en_redis = {"BACKEND": f"{_cache}redis.RedisCache", "LOCATION": REDIS_URL, "KEY_PREFIX": "portal"}
_en_la_base = {"BACKEND": f"{_cache}db.DatabaseCache", "LOCATION": "cache"}
CACHES = {
    "default": _en_redis if REDIS_URL else _en_la_base,
    # Lo ya pintado de cada versión de las cifras: se puede borrar cuando se quiera.
    "pintado": {
        "BACKEND": f"{_cache}filebased.FileBasedCache",
        "LOCATION": TEMPORAL / "pintado",
        "TIMEOUT": 24 * 60 * 60,
        "OPTIONS": {"MAX_ENTRIES": 2_000},
    },
}

# ── Trabajo en segundo plano: la cola despierta al trabajador; lo pendiente está en la base ───
if REDIS_URL:
    CELERY_BROKER_URL = REDIS_URL
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "visibility_timeout": 2 * 60 * 60,  # más que el trabajo más largo
        "unacked_restore_interval": 2,
        "unacked_restore_throttle": 1,
    }
else:
    CELERY_BROKER_URL = "filesystem://localhost/"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(COLA / "mensajes"),
        "data_folder_out": str(COLA / "mensajes"),
        "control_folder": str(COLA / "control"),
        "store_processed": False,
        "polling_interval": 0.1,
    }
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True  # el estado y el avance están en la tabla de trabajos
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 10
CELERY_TIMEZONE = "America/Bogota"
# Sin señal de vida en este tiempo, el trabajo se da por caído y otro trabajador lo retoma.
TRABAJOS_SEGUNDOS_SIN_SENAL = _entero("ESCUELA_SEGUNDOS_SIN_SENAL", 60)
TRABAJOS_DIAS_DE_RESULTADOS = _entero("ESCUELA_DIAS_DE_RESULTADOS", 30)
CELERY_BEAT_SCHEDULE = AGENDA
CELERY_BEAT_SCHEDULE_FILENAME = str(DATOS / "agenda")
# Con este testigo, quien vigila el servidor puede consultar /salud/ sin cuenta.
SALUD_TESTIGO = os.environ.get("ESCUELA_TESTIGO_SALUD", "")

# ── Español de Colombia ───────────────────────────────────────────────────────────────────────
LANGUAGE_CODE = "es-co"
TIME_ZONE = "America/Bogota"
USE_TZ = True
# Los miles se separan solo donde se pide (|intcomma): si fuera en todo, 2020 saldría «2.020».
USE_THOUSAND_SEPARATOR = False

# ── Archivos ──────────────────────────────────────────────────────────────────────────────────
STATIC_URL = "/static/"
STATIC_ROOT = DATOS / "estaticos"
STATIC_ROOT.mkdir(exist_ok=True)
STATICFILES_DIRS = [RAIZ / "static"]
MEDIA_ROOT = ARCHIVOS  # privados: los entrega una vista que pregunta por el permiso
FILE_UPLOAD_TEMP_DIR = TEMPORAL
FILE_UPLOAD_PERMISSIONS = 0o600
# Con lo que se identifica cada sesión en los calendarios: no cambia aunque cambie el servidor.
CALENDARIO_DOMINIO = os.environ.get("ESCUELA_CALENDARIO_DOMINIO") or "escuela-de-secretarias"
DATOS_ABIERTOS_SERVIDORES = _lista("ESCUELA_DATOS_ABIERTOS") or ["www.datos.gov.co"]
ASISTENCIA_TAMANO_MAXIMO = _entero("ESCUELA_ASISTENCIA_MB", 25) * 1024 * 1024
CONTENIDOS_TAMANO_MAXIMO = _entero("ESCUELA_CONTENIDO_MB", 200) * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # la cola de revisión manda muchas decisiones juntas
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# ── Después de una sesión ─────────────────────────────────────────────────────────────────────
SATISFACCION_DIAS = _entero("ESCUELA_DIAS_DE_SATISFACCION", 15)
MENCION_PORCENTAJE = _entero("ESCUELA_PORCENTAJE_DE_MENCION", 93)  # 42 de 45

# ── Correo: se deja en un buzón en la base y el trabajador lo entrega una sola vez ────────────
EMAIL_BACKEND = "trabajos.correo.Buzon"
EMAIL_HOST = os.environ.get("EMAIL_HOST", "")
EMAIL_PORT = _entero("EMAIL_PORT", 587)
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = EMAIL_PORT == 587
EMAIL_USE_SSL = EMAIL_PORT == 465
EMAIL_TIMEOUT = 15
EMAIL_FILE_PATH = CORREOS
EMAIL_BACKEND_ENTREGA = (
    "django.core.mail.backends.smtp.EmailBackend"
    if EMAIL_HOST
    else "django.core.mail.backends.filebased.EmailBackend"
)
DEFAULT_FROM_EMAIL = SERVER_EMAIL = (
    os.environ.get("ESCUELA_REMITENTE") or f"{INSTITUCION['portal']} <no-responder@localhost>"
)
# A las secretarías se les escribe en días hábiles, desde y hasta estas horas de Bogotá.
HORAS_DE_CORREO = (_entero("ESCUELA_CORREO_DESDE", 7), _entero("ESCUELA_CORREO_HASTA", 18))

# ── Cuentas ───────────────────────────────────────────────────────────────────────────────────
AUTH_USER_MODEL = "cuentas.Usuario"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/mi-portal/"
PASSWORD_HASHERS = [
    "cuentas.contrasenas.Argon2",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "nombre"]},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 15},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "cuentas.contrasenas.ContrasenasPrevisibles"},
]
PASSWORD_RESET_TIMEOUT = 4 * 60 * 60
ACCOUNT_ADAPTER = "cuentas.adaptadores.AdaptadorDeCuentas"
ACCOUNT_FORMS = {"reset_password": "cuentas.forms.OlvidoForm"}
# El de Django: el de la biblioteca copia los correos en una tabla suya.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # la invitación ya probó el correo
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False  # las demás sesiones sí se cierran
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
# La clave de un acceso fallido es la pareja (cuenta, dirección). El límite por dirección es ancho:
# detrás de una sola pueden estar todas las personas de un encuentro.
ACCOUNT_RATE_LIMITS = {
    "login_failed": "5/5m/key,100/5m/ip",
    "login": "300/m/ip",
    "reset_password": "5/h/key,60/h/ip",
}
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_ADAPTER = "cuentas.adaptadores.AdaptadorDeSegundoFactor"
MFA_ALLOW_UNVERIFIED_EMAIL = True  # la invitación ya probó el correo
MFA_TOTP_ISSUER = INSTITUCION["portal"]
MFA_TOTP_TOLERANCE = 1  # un reloj atrasado medio minuto
USERSESSIONS_TRACK_ACTIVITY = False
SESION_INACTIVA_MINISTERIO = timedelta(minutes=_entero("ESCUELA_MINUTOS_INACTIVA_MINISTERIO", 30))
SESION_INACTIVA_SECRETARIA = timedelta(minutes=_entero("ESCUELA_MINUTOS_INACTIVA_SECRETARIA", 60))
SESION_MAXIMA = timedelta(hours=_entero("ESCUELA_HORAS_MAXIMAS_DE_SESION", 12))
# Lo que vale el enlace con que una secretaría se declara presente, desde que abre la ventana.
VIDA_DE_UN_PASE = timedelta(minutes=_entero("ESCUELA_MINUTOS_DE_UN_PASE", 15))
# Entrar con la cuenta del Ministerio (Microsoft Entra), solo si está configurado.
SOCIALACCOUNT_ADAPTER = "cuentas.adaptadores.AdaptadorDeEntra"
SOCIALACCOUNT_LOGIN_ON_GET = True  # un formulario no puede salir a otro sitio: form-action 'self'
SOCIALACCOUNT_PROVIDERS = {}
if os.environ.get("ENTRA_CLIENTE"):
    SOCIALACCOUNT_PROVIDERS["microsoft"] = {
        "TENANT": os.environ["ENTRA_INQUILINO"],
        "APPS": [
            {
                "client_id": os.environ["ENTRA_CLIENTE"],
                "secret": os.environ["ENTRA_SECRETO"],
                "settings": {"tenant": os.environ["ENTRA_INQUILINO"]},
            }
        ],
    }

# ── Seguridad ─────────────────────────────────────────────────────────────────────────────────
SERVIDORES = _lista("ESCUELA_SERVIDORES")
# Con la que empiezan los enlaces de lo que se compone sin una petición: correos y documentos.
DIRECCION_DEL_PORTAL = os.environ.get("ESCUELA_DIRECCION", "").rstrip("/") or (
    f"https://{SERVIDORES[0]}" if SERVIDORES else "http://127.0.0.1:8000"
)
ALLOWED_HOSTS = [*SERVIDORES, "localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [f"https://{servidor}" for servidor in SERVIDORES]
# El prefijo __Host- exige HTTPS: en http://127.0.0.1 las cookies llevan el nombre sin él.
_prefijo = "__Host-" if PRODUCCION else ""
SESSION_COOKIE_NAME = f"{_prefijo}sesion"
CSRF_COOKIE_NAME = f"{_prefijo}csrf"
LANGUAGE_COOKIE_NAME = f"{_prefijo}idioma"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCCION
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = int(SESION_MAXIMA.total_seconds())
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = PRODUCCION
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if PRODUCCION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCCION
# La lista de precarga es del dominio raíz y la decide el Ministerio, no este portal.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
if _encendido("ESCUELA_DETRAS_DE_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
AUDITLOG_CID_GETTER = "escuela.registro.correlacion"

# ── Registro técnico: JSON en UTC, sin datos personales ───────────────────────────────────────
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "escuela.registro.FormatoJson"}},
    "handlers": {"consola": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["consola"], "level": "INFO" if PRODUCCION else "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "INFO" if PRODUCCION else "WARNING"},
        # Los 4xx ya los anota escuela.registro, con quién y desde qué ruta.
        "django.request": {"level": "ERROR"},
        # Se queja de las respuestas a HEAD que llevan cuerpo: él mismo lo quita.
        "gunicorn.http.wsgi": {"level": "ERROR"},
    },
}
