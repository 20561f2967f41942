"""Lo que se pregunta sobre las personas y sobre lo que se les informó."""

from datetime import date, datetime, time, timedelta

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from auditlog.models import LogEntry
from django.db.models import QuerySet
from django.utils import timezone

from cuentas.models import AvisoPrivacidad, Invitacion, Usuario

# Nombre del apartado → función que da los datos de una persona. Lo llenan las apps de más arriba.
APARTADOS = {}


def aportar_a_mis_datos(apartado: str, datos_de):
    """Añade lo que otra app sabe de una persona a lo que ella descarga. Va en su `apps.py`."""
    APARTADOS[apartado] = datos_de


def aviso_por_leer(usuario: Usuario) -> AvisoPrivacidad | None:
    """La versión vigente, si esa persona aún no la ha leído."""
    aviso = AvisoPrivacidad.objects.vigente()
    if aviso is None or aviso.lecturas.filter(usuario=usuario).exists():
        return None
    return aviso


def mis_datos(usuario: Usuario) -> dict:
    """Todo lo que el portal guarda de una persona, para que se lo lleve."""
    invitacion = Invitacion.objects.filter(usada_por=usuario).first()
    return {
        "cuenta": {
            "correo": usuario.email,
            "nombre": usuario.nombre,
            "rol": usuario.get_rol_display(),
            "secretaria": str(usuario.entidad) if usuario.entidad else None,
            "direccion": str(usuario.direccion) if usuario.direccion else None,
            "creada_en": usuario.creado_en,
            "ultimo_ingreso": usuario.last_login,
            "segundo_factor": [
                {"tipo": uno.type, "desde": uno.created_at, "usado_en": uno.last_used_at}
                for uno in Authenticator.objects.filter(user=usuario).order_by("pk")
            ],
            "invitada_en": invitacion.creada_en if invitacion else None,
        },
        "avisos_leidos": [
            {
                "version": lectura.aviso.version,
                "huella": lectura.huella,
                "finalidades": lectura.finalidades,
                "canal": lectura.get_canal_display(),
                "leido_en": lectura.leido_en,
            }
            for lectura in usuario.avisos_leidos.select_related("aviso").order_by("leido_en")
        ],
        "sesiones_abiertas": list(
            UserSession.objects.filter(user=usuario)
            .order_by("created_at")
            .values("created_at", "ip", "user_agent")
        ),
        "lo_que_hizo": [
            {
                "en": entrada.timestamp,
                "que": verbo_de(entrada),
                "sobre": entrada.content_type.name,
                "direccion": entrada.remote_addr,
            }
            for entrada in LogEntry.objects.filter(actor=usuario)
            .select_related("content_type")
            .order_by("timestamp", "pk")
        ],
        **{apartado: datos_de(usuario) for apartado, datos_de in sorted(APARTADOS.items())},
    }


def verbo_de(entrada: LogEntry) -> str:
    """Lo que pasó en palabras; de lo que anota la biblioteca, solo la clase de cambio."""
    if verbo := (entrada.additional_data or {}).get("verbo"):
        return verbo
    return {
        LogEntry.Action.CREATE: "creó",
        LogEntry.Action.UPDATE: "cambió",
        LogEntry.Action.DELETE: "borró",
        LogEntry.Action.ACCESS: "consultó",
    }[entrada.action]


def entradas_de_bitacora(
    *,
    verbo: str = "",
    persona: int | None = None,
    desde: date | None = None,
    hasta: date | None = None,
    antes_de: int | None = None,
) -> QuerySet[LogEntry]:
    """De la más reciente a la más antigua. `antes_de` sigue donde quedó la página anterior."""
    entradas = LogEntry.objects.select_related("actor", "content_type").order_by("-pk")
    if verbo:
        entradas = entradas.filter(additional_data__verbo__icontains=verbo)
    if persona:
        entradas = entradas.filter(actor_id=persona)
    if desde:
        entradas = entradas.filter(timestamp__gte=_inicio(desde))
    if hasta:
        entradas = entradas.filter(timestamp__lt=_inicio(hasta + timedelta(days=1)))
    if antes_de:
        entradas = entradas.filter(pk__lt=antes_de)
    return entradas


def _inicio(dia):
    return timezone.make_aware(datetime.combine(dia, time.min))
