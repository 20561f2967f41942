"""A quiénes se convoca, qué respondieron, y cómo va lo que se les escribió."""

from copy import copy
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property

from django.db.models import Case, Count, F, Q, QuerySet, When
from django.utils import timezone

from conectate.models import Convocatoria, Entrega, Mensaje, Sesion
from cuentas.models import Usuario
from territorio.models import EntidadTerritorial
from trabajos.correo import EN_DUDA
from trabajos.horas_habiles import dia_habil_siguiente
from trabajos.models import Trabajo

Clase = Mensaje.Clase
Estado = Sesion.Estado
Respuesta = Convocatoria.Respuesta

# Los que le dicen a la gente cuándo y dónde es.
ANUNCIAN = (Clase.CONVOCATORIA, Clase.RECORDATORIO, Clase.CAMBIO)
LO_QUE_SE_ANUNCIA = {
    "titulo": "el título",
    "fecha": "la fecha",
    "fecha_fin": "el último día",
    "hora_inicio": "la hora de inicio",
    "hora_fin": "la hora de finalización",
    "modalidad": "la modalidad",
    "enlace": "el enlace",
    "lugar": "el lugar",
}


# ── Cuándo empieza y qué se anunció ───────────────────────────────────────────────────────────


def ya_empezo(sesion: Sesion) -> bool:
    """Sin hora de inicio, empieza cuando acaba el día: hasta entonces no se sabe."""
    empieza = datetime.combine(sesion.fecha, sesion.hora_inicio or time.max)
    return timezone.make_aware(empieza) <= timezone.now()


def lo_que_anuncia(sesion: Sesion) -> dict[str, str]:
    """Lo que un mensaje dice de la sesión, como texto: con ello se sabe si después cambió."""
    valores = {campo: getattr(sesion, campo) for campo in LO_QUE_SE_ANUNCIA}
    return {campo: "" if valor is None else str(valor) for campo, valor in valores.items()}


def cambios_desde(mensaje: Mensaje, sesion: Sesion) -> list[str]:
    """Qué dice hoy la sesión distinto de lo que decía ese mensaje: «la fecha», «el lugar»."""
    hoy = lo_que_anuncia(sesion)
    return [
        nombre
        for campo, nombre in LO_QUE_SE_ANUNCIA.items()
        if mensaje.anunciado.get(campo, "") != hoy[campo]
    ]


def como_se_anuncio(mensaje: Mensaje) -> Sesion:
    """La sesión con lo que ese mensaje decía de ella: se vuelve a leer como salió."""
    sesion = copy(mensaje.sesion)
    for campo, texto in mensaje.anunciado.items():
        setattr(sesion, campo, Sesion._meta.get_field(campo).to_python(texto) if texto else None)
    return sesion


@dataclass(frozen=True)
class SinAvisar:
    """Lo que a las convocadas se les dijo y ya no es así."""

    clase: str
    cambios: list[str]


def sin_avisar(sesion: Sesion) -> SinAvisar | None:
    """Un cambio o una cancelación de los que nadie ha avisado a quienes ya se les escribió."""
    if sesion.estado not in (Estado.CONVOCADA, Estado.CANCELADA):
        return None
    ultimo = sesion.mensajes.filter(clase__in=[*ANUNCIAN, Clase.CANCELACION]).first()
    if ultimo is None:
        return None
    if sesion.estado == Estado.CANCELADA:
        return None if ultimo.clase == Clase.CANCELACION else SinAvisar(Clase.CANCELACION, [])
    if ultimo.clase == Clase.CANCELACION:
        return SinAvisar(Clase.CAMBIO, ["el estado: ya no está cancelada"])
    cambios = cambios_desde(ultimo, sesion)
    return SinAvisar(Clase.CAMBIO, cambios) if cambios else None


def clases_posibles(sesion: Sesion) -> list[Clase]:
    """Lo que hoy tiene sentido escribirles a sus convocados."""
    if sesion.estado == Estado.CANCELADA:
        return [Clase.CANCELACION]
    if sesion.estado == Estado.CONVOCADA and not ya_empezo(sesion):
        return [Clase.CONVOCATORIA, Clase.RECORDATORIO, Clase.CAMBIO]
    return []


# ── A quiénes ─────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Destinatario:
    para: str
    entidad: EntidadTerritorial | None = None


def destinatarios_de(sesion: Sesion, otros: list[str] = ()) -> list[Destinatario]:
    """Las personas con cuenta activa de las convocadas, hoy, y los otros correos. Sin repetir."""
    personas = (
        Usuario.objects.filter(is_active=True, entidad__in=sesion.convocatorias.values("entidad"))
        .select_related("entidad")
        .order_by("entidad__nombre_norm", "email")
    )
    todos = [Destinatario(persona.email, persona.entidad) for persona in personas]
    ya_estan = {uno.para.lower() for uno in todos}
    for correo in otros:
        if correo.lower() not in ya_estan:
            ya_estan.add(correo.lower())
            todos.append(Destinatario(correo))
    return todos


def otros_ya_convocados(sesion: Sesion) -> list[str]:
    """A quienes se les escribió sin ser de una secretaría: también se les recuerda y avisa."""
    escritos = sesion.mensajes.filter(clase__in=ANUNCIAN).values_list("otros_correos", flat=True)
    return list(dict.fromkeys(correo for texto in escritos for correo in texto.splitlines()))


@dataclass(frozen=True)
class Convocadas:
    """Las convocadas de una sesión con lo que respondieron: una consulta."""

    filas: list[Convocatoria]

    def con(self, respuesta: str) -> list[Convocatoria]:
        return [fila for fila in self.filas if fila.respuesta == respuesta]

    @cached_property
    def asistiran(self):
        return self.con(Respuesta.SI)

    @cached_property
    def no_podran(self):
        return self.con(Respuesta.NO)

    @cached_property
    def sin_respuesta(self):
        return self.con("")

    @cached_property
    def sin_destinatario(self):
        """Nadie de su equipo tiene cuenta: sin a quién escribirle."""
        return [fila for fila in self.filas if not fila.cuentas]

    @property
    def personas(self) -> int:
        return sum(fila.personas_anunciadas or 0 for fila in self.asistiran)

    @property
    def cuentas(self) -> int:
        return sum(fila.cuentas for fila in self.filas)


def convocadas_de(sesion: Sesion) -> Convocadas:
    return Convocadas(
        list(
            sesion.convocatorias.select_related("entidad", "respondida_por")
            .annotate(
                cuentas=Count("entidad__usuarios", filter=Q(entidad__usuarios__is_active=True))
            )
            .order_by("entidad__nombre_norm")
        )
    )


def la_suya(sesion: Sesion, usuario: Usuario) -> Convocatoria | None:
    """La de su secretaría, si la sesión aún admite que responda o cambie lo que respondió."""
    if not (usuario.is_authenticated and usuario.es_de_secretaria):
        return None
    if sesion.estado != Estado.CONVOCADA or ya_empezo(sesion):
        return None
    return sesion.convocatorias.filter(entidad=usuario.entidad_id).first()


# ── Mensajes y entregas ───────────────────────────────────────────────────────────────────────

ENTREGADA = Q(entregas__correo__entregado_en__isnull=False)
FALLIDA = Q(
    entregas__correo__entregado_en=None, entregas__correo__trabajo__estado=Trabajo.Estado.FALLIDO
)
FALLIDA_SUYA = Q(correo__entregado_en=None, correo__trabajo__estado=Trabajo.Estado.FALLIDO)


def mensajes_de(sesion: Sesion) -> list[Mensaje]:
    """Del último al primero, con sus cuentas y el trabajo que los saca: dos consultas."""
    mensajes = list(con_cuentas(sesion.mensajes.all()))
    poner_trabajos(mensajes)
    return mensajes


def con_cuentas(mensajes: QuerySet[Mensaje]) -> QuerySet[Mensaje]:
    return (
        mensajes.select_related("creado_por")
        .annotate(
            n_entregas=Count("entregas"),
            n_entregadas=Count("entregas", filter=ENTREGADA),
            n_fallidas=Count("entregas", filter=FALLIDA),
        )
        .order_by("-creado_en", "-pk")
    )


def clave_del_trabajo(mensaje: Mensaje) -> str:
    return f"mensaje:{mensaje.pk}"


def poner_trabajos(mensajes: list[Mensaje]) -> None:
    claves = {clave_del_trabajo(mensaje): mensaje for mensaje in mensajes}
    for mensaje in mensajes:
        mensaje.trabajo = None
    for trabajo in Trabajo.objects.filter(clave_unica__in=claves):
        claves[trabajo.clave_unica].trabajo = trabajo


def entregas_de(mensaje: Mensaje) -> QuerySet[Entrega]:
    """Primero las que piden atención."""
    return (
        mensaje.entregas.select_related("entidad", "correo__trabajo")
        .annotate(se_ve=Case(When(FALLIDA_SUYA, then=0), default=1))
        .order_by("se_ve", F("entidad__nombre_norm").asc(nulls_last=True), "para")
    )


def fallidas_sin_duda(mensaje: Mensaje) -> QuerySet[Entrega]:
    """Las que con seguridad no salieron: reintentarlas no repite nada."""
    return mensaje.entregas.filter(FALLIDA_SUYA).exclude(correo__trabajo__mensaje=EN_DUDA)


def mensajes_a(usuario: Usuario) -> list[dict]:
    """Lo que el portal le escribió a esa persona, para que se lo lleve."""
    suyas = Entrega.objects.filter(para__iexact=usuario.email).order_by("creado_en", "pk")
    return [
        {
            "asunto": entrega.mensaje.asunto,
            "clase": entrega.mensaje.get_clase_display(),
            "sesion": entrega.mensaje.sesion.titulo,
            "entregado_en": entrega.correo.entregado_en if entrega.correo else None,
        }
        for entrega in suyas.select_related("mensaje__sesion", "correo")
    ]


# ── La víspera ────────────────────────────────────────────────────────────────────────────────


def por_recordar(hoy: date) -> QuerySet[Sesion]:
    """Las convocadas de las que hoy es la víspera hábil: mañana, o hasta el próximo día hábil.

    Si hoy ya se les escribió, recordárselo sería repetirlo.
    """
    de_hoy = Mensaje.objects.filter(clase__in=ANUNCIAN, sale_en__date=hoy)
    return Sesion.objects.filter(
        estado=Estado.CONVOCADA, fecha__gt=hoy, fecha__lte=dia_habil_siguiente(hoy)
    ).exclude(pk__in=de_hoy.values("sesion"))
