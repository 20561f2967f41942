"""La encuesta de una sesión: quién puede responderla, hasta cuándo y qué dijeron.

Cada asistente responde con un testigo firmado que no lleva su nombre ni su correo: solo la sesión
y una huella. De la huella no se vuelve a la persona sin el secreto del portal.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from django.db.models import Count, QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac

from conectate.models import Asistencia, Mensaje, Participacion, Satisfaccion, Sesion
from cuentas.models import Usuario

SAL = "conectate.satisfaccion"
PREGUNTAS = ("utilidad", "claridad", "pertinencia")
ESCALA = range(5, 0, -1)
MINIMO_PARA_PROMEDIAR = 3  # con menos, el promedio dice qué respondió cada quien

CERRADA = (
    "La encuesta de esta sesión ya se cerró. Si quiere decir algo, escríbale a quien lo convocó."
)
NO_SIRVE = (
    "El enlace no está completo o fue cambiado. Ábralo desde el correo que recibió, sin copiarlo "
    "a mano."
)
YA_RESPONDIO = "Ya se respondió con este enlace. Cada asistente responde una vez; gracias."


# ── El testigo ────────────────────────────────────────────────────────────────────────────────


def huella_de(sesion: Sesion, quien: str) -> str:
    """Lo único que se guarda de quien responde."""
    return salted_hmac(SAL, f"{sesion.pk}:{quien}", algorithm="sha256").hexdigest()


def firmar_testigo(sesion: Sesion, quien: str) -> str:
    """El trozo final del enlace de un asistente. `quien` es la clave de su participación."""
    return _firma().sign(f"{sesion.pk}-{huella_de(sesion, quien)}")


def leer_testigo(testigo: str) -> tuple[Sesion, str]:
    """La sesión y la huella, si nadie lo tocó."""
    try:
        clave, _, huella = _firma().unsign(testigo).partition("-")
        return Sesion.objects.select_related("tipo").get(pk=clave), huella
    except (BadSignature, Sesion.DoesNotExist):
        raise ValidationError(NO_SIRVE, code="testigo_alterado") from None


def _firma():
    return Signer(salt=SAL, sep=".")


# ── Hasta cuándo ──────────────────────────────────────────────────────────────────────────────


def cierra_el(sesion: Sesion) -> date:
    """El último día en que se puede responder."""
    termina = sesion.fecha_fin or sesion.fecha
    return termina + timedelta(days=settings.SATISFACCION_DIAS)


def exigir_encuesta_abierta(sesion: Sesion) -> None:
    """Desde el día de la sesión: el código se muestra en la pantalla antes de despedirse."""
    if sesion.estado == Sesion.Estado.CANCELADA:
        raise ValidationError(
            "Esta sesión se canceló: no hay nada que responder.", code="sesion_cancelada"
        )
    hoy = timezone.localdate()
    if sesion.estado == Sesion.Estado.BORRADOR or hoy < sesion.fecha:
        raise ValidationError(
            "La encuesta se abre el día de la sesión. Vuelva entonces con este mismo enlace.",
            code="encuesta_sin_abrir",
        )
    if hoy > cierra_el(sesion):
        raise ValidationError(CERRADA, code="encuesta_cerrada")


# ── Quién puede ───────────────────────────────────────────────────────────────────────────────


def con_correo(sesion: Sesion) -> QuerySet[Participacion]:
    """Los asistentes a quienes se les puede escribir."""
    return sesion.participaciones.que_cuentan().exclude(correo="").order_by("pk")


def quien_es_en(sesion: Sesion, usuario: Usuario) -> str | None:
    """Con qué clave responde una cuenta: la de su participación o, si su secretaría estuvo y no
    hay lista que lo diga, la de la cuenta. Nada, si no asistió."""
    suya = con_correo(sesion).filter(correo__iexact=usuario.email).first()
    if suya is not None:
        return suya.clave
    if not usuario.es_de_secretaria:
        return None
    estuvo = sesion.asistencias.presentes().filter(entidad=usuario.entidad).exists()
    return f"cuenta:{usuario.pk}" if estuvo else None


def asistentes_de(sesion: Sesion) -> int:
    """El m de «n de m»: las personas de las listas y, por cada secretaría sin lista, una."""
    sin_lista = Asistencia.objects.presentes().filter(sesion=sesion, importadas=0)
    return sesion.participaciones.que_cuentan().count() + sin_lista.count()


# ── Qué dijeron ───────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Pregunta:
    """Una de las tres, con cuántas personas puso cada valor."""

    nombre: str
    texto: str
    cuentas: dict[int, int]

    @property
    def n(self) -> int:
        return sum(self.cuentas.values())

    @property
    def promedio(self) -> Decimal | None:
        if self.n < MINIMO_PARA_PROMEDIAR:
            return None
        suma = sum(valor * cuantas for valor, cuantas in self.cuentas.items())
        return (Decimal(suma) / self.n).quantize(Decimal("0.1"), ROUND_HALF_UP)


@dataclass(frozen=True)
class Resultados:
    n: int
    m: int
    preguntas: list[Pregunta]

    @property
    def alcanzan(self) -> bool:
        return self.n >= MINIMO_PARA_PROMEDIAR


def resultados_de(sesion: Sesion) -> Resultados:
    respuestas = (
        sesion.satisfacciones.order_by().values_list(*PREGUNTAS).annotate(cuantas=Count("pk"))
    )
    cuentas = {nombre: dict.fromkeys(ESCALA, 0) for nombre in PREGUNTAS}
    n = 0
    for *valores, cuantas in respuestas:
        n += cuantas
        for nombre, valor in zip(PREGUNTAS, valores, strict=True):
            cuentas[nombre][valor] += cuantas
    return Resultados(
        n=n,
        m=asistentes_de(sesion),
        preguntas=[
            Pregunta(nombre, Satisfaccion._meta.get_field(nombre).verbose_name, cuentas[nombre])
            for nombre in PREGUNTAS
        ],
    )


def comentarios_de(sesion: Sesion) -> QuerySet[Satisfaccion]:
    """Sin el orden en que llegaron: no dice nada de lo escrito y podría decir quién fue."""
    return sesion.satisfacciones.exclude(comentario="").order_by("comentario", "pk")


@dataclass(frozen=True)
class Envio:
    """Cómo va el correo con los enlaces."""

    mensaje: Mensaje
    correos: int
    entregados: int


def envio_de(sesion: Sesion) -> Envio | None:
    mensaje = (
        sesion.mensajes.filter(clase=Mensaje.Clase.SATISFACCION)
        .annotate(correos=Count("entregas"), entregados=Count("entregas__correo__entregado_en"))
        .first()
    )
    return Envio(mensaje, mensaje.correos, mensaje.entregados) if mensaje else None
