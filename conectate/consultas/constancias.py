"""Quién merece una constancia, quién la tiene y si aún dice lo mismo."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, When

from conectate.consultas.certificado import NombresDeCertificado
from conectate.models import Asistencia, Constancia, Participacion, Sesion
from conectate.models.asistencia import TipoIdentidad
from cuentas.models import Usuario
from territorio.models import EntidadTerritorial


@dataclass(frozen=True)
class Alcance:
    """Qué constancias: de qué sesiones cerradas y, si se dice, de qué entidad o qué correo."""

    sesiones: QuerySet[Sesion]
    entidad: EntidadTerritorial | None = None
    correo: str = ""

    @property
    def cerradas(self) -> QuerySet[Sesion]:
        return self.sesiones.filter(estado=Sesion.Estado.CERRADA)

    def presentes(self) -> QuerySet[Asistencia]:
        """Las entidades que estuvieron. Por correo se pide la de una persona: ninguna."""
        if self.correo:
            return Asistencia.objects.none()
        presentes = Asistencia.objects.presentes().filter(sesion__in=self.cerradas.values("pk"))
        return presentes.filter(entidad=self.entidad) if self.entidad else presentes

    def personas(self) -> QuerySet[Participacion]:
        """Quienes estuvieron el tiempo mínimo y se sabe de qué entidad son."""
        personas = Participacion.objects.que_cuentan().filter(
            sesion__in=self.cerradas.values("pk"),
            tipo=TipoIdentidad.PERSONA,
            entidad__isnull=False,
        )
        if self.entidad:
            personas = personas.filter(entidad=self.entidad)
        return personas.filter(correo=self.correo) if self.correo else personas

    def presentes_sin_constancia(self) -> QuerySet[Asistencia]:
        """Tampoco la tuvieron: lo revocado no revive por pedir otra descarga."""
        tuvo = Constancia.objects.filter(
            sesion=OuterRef("sesion"), clave="", entidad=OuterRef("entidad")
        )
        return self.presentes().filter(~Exists(tuvo))

    def personas_sin_constancia(self) -> QuerySet[Participacion]:
        """La que vale es una; revocada, vuelve a merecerla quien resultó ser de otra entidad."""
        tuvo = Constancia.objects.filter(sesion=OuterRef("sesion"), clave=OuterRef("clave")).filter(
            Q(revocada_en__isnull=True) | Q(entidad=OuterRef("entidad"))
        )
        return self.personas().filter(~Exists(tuvo))

    def emitidas(self) -> QuerySet[Constancia]:
        """Las que hay, valgan o no: primero las de entidades. También si la sesión se reabrió."""
        emitidas = Constancia.objects.filter(sesion__in=self.sesiones.values("pk")).order_by(
            Case(When(clave="", then=0), default=1), "nombre", "pk"
        )
        if self.entidad:
            emitidas = emitidas.filter(entidad=self.entidad)
        if self.correo:
            suya = Participacion.objects.filter(
                sesion=OuterRef("sesion"), clave=OuterRef("clave"), correo=self.correo
            )
            emitidas = emitidas.exclude(clave="").filter(Exists(suya))
        return emitidas

    def vigentes(self) -> QuerySet[Constancia]:
        """Las que se entregan."""
        return (
            self.emitidas()
            .filter(revocada_en__isnull=True, sesion__estado=Sesion.Estado.CERRADA)
            .select_related("sesion__tipo", "entidad")
        )

    def por_emitir(self) -> int:
        return self.presentes_sin_constancia().count() + self.personas_sin_constancia().count()


def duracion_en_minutos(sesion: Sesion) -> float | None:
    """Lo previsto; de varios días o sin horas, no se sabe."""
    if not (sesion.hora_inicio and sesion.hora_fin) or sesion.fecha_fin:
        return None
    inicio, fin = (
        datetime.combine(sesion.fecha, hora) for hora in (sesion.hora_inicio, sesion.hora_fin)
    )
    return (fin - inicio).total_seconds() / 60


@dataclass(frozen=True)
class Certificable:
    """Lo que una constancia diría si se emitiera hoy."""

    nombre: str
    minutos: float | None

    def difiere_de(self, constancia: Constancia) -> bool:
        antes, ahora = constancia.minutos, self.minutos
        mismo_tiempo = antes == ahora or (None not in (antes, ahora) and abs(antes - ahora) < 1)
        return constancia.nombre != self.nombre or not mismo_tiempo


def lo_que_dirian_hoy(constancias: Iterable[Constancia]) -> dict[int, Certificable | None]:
    """De cada una, lo que hoy diría; None si ya no correspondería emitirla."""
    constancias = list(constancias)
    de_personas = {
        (una.sesion_id, una.clave, una.entidad_id): una
        for una in Participacion.objects.que_cuentan()
        .filter(
            sesion__in={c.sesion_id for c in constancias},
            clave__in={c.clave for c in constancias if c.clave},
            tipo=TipoIdentidad.PERSONA,
        )
        .select_related("entidad", "sesion")
    }
    presentes = {
        (una.sesion_id, "", una.entidad_id): una
        for una in Asistencia.objects.presentes()
        .filter(
            sesion__in={c.sesion_id for c in constancias},
            entidad__in={c.entidad_id for c in constancias if not c.clave},
        )
        .select_related("entidad", "sesion")
    }
    nombres = NombresDeCertificado()
    hoy = {
        **{clave: certificable_de_entidad(una) for clave, una in presentes.items()},
        **{clave: certificable_de_persona(una, nombres) for clave, una in de_personas.items()},
    }
    return {c.pk: hoy.get((c.sesion_id, c.clave, c.entidad_id)) for c in constancias}


def certificable_de_entidad(asistencia: Asistencia) -> Certificable:
    return Certificable(asistencia.entidad.nombre, duracion_en_minutos(asistencia.sesion))


def certificable_de_persona(
    persona: Participacion, nombres: NombresDeCertificado | None = None
) -> Certificable:
    nombres = nombres or NombresDeCertificado()
    nombre = nombres.de(persona.nombre, persona.entidad.codigo_dane, persona.sesion.fecha)
    return Certificable(nombre, persona.minutos)


@dataclass(frozen=True)
class ConstanciasDeSesion:
    """Lo que una secretaría puede bajar de una sesión."""

    sesion: Sesion
    estuvo: bool
    personas: int


def constancias_por_sesion(entidad: EntidadTerritorial, vigencia: int) -> list[ConstanciasDeSesion]:
    """Las sesiones cerradas de ese año en que la entidad o alguien suyo merece constancia."""
    alcance = Alcance(Sesion.objects.de_la_vigencia(vigencia), entidad)
    estuvo = set(alcance.presentes().values_list("sesion", flat=True))
    personas = dict(alcance.personas().order_by().values_list("sesion").annotate(n=Count("pk")))
    sesiones = (
        Sesion.objects.filter(pk__in={*estuvo, *personas})
        .select_related("tipo")
        .order_by("fecha", "hora_inicio", "pk")
    )
    return [
        ConstanciasDeSesion(sesion, sesion.pk in estuvo, personas.get(sesion.pk, 0))
        for sesion in sesiones
    ]


def sesiones_certificables(usuario: Usuario) -> QuerySet[Sesion]:
    """Las sesiones cerradas en que aparece su correo y cuenta."""
    suyas = Alcance(Sesion.objects.all(), correo=usuario.email).personas()
    return Sesion.objects.filter(pk__in=suyas.values("sesion")).select_related("tipo")
