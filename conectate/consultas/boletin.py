"""El boletín de un mes: cómo va una secretaría, a qué asistió, qué se perdió y qué viene.

Todo sale de las consultas que ya cuentan la participación: aquí solo se recorta a un mes. No
nombra a ninguna persona.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.text import capfirst, get_text_list

from conectate.consultas.calendario import Cuenta, ultimo_dia
from conectate.consultas.convocatoria import ya_empezo
from conectate.consultas.despues import LoPerdido, lo_perdido_por
from conectate.consultas.participacion import (
    NADA,
    ParticipacionDeEntidad,
    SesionDeEntidad,
    XdeN,
    participacion_de,
)
from conectate.consultas.presencia import LoDeUnaEntidad
from conectate.models import Convocatoria, Sesion, TipoSesion
from territorio.models import EntidadTerritorial
from trabajos.almanaque import fin_de_mes

Estado = Sesion.Estado
EN_PIE = [Estado.CONVOCADA, Estado.REALIZADA, Estado.CERRADA]


@dataclass(frozen=True)
class CuentaDelTipo:
    """«x de N» en lo que va del año, y cuántas de esas sesiones están sin dato."""

    tipo: TipoSesion
    cuenta: XdeN
    sin_dato: int


@dataclass(frozen=True)
class Perdida:
    """Una sesión a la que no se asistió y lo que dejó. Revisarla no es haber asistido."""

    sesion: Sesion
    n_materiales: int = 0

    @property
    def revisada_en(self) -> date | None:
        return self.sesion.puesta and timezone.localtime(self.sesion.puesta.revisada_en).date()

    @property
    def por_confirmar(self) -> bool:
        """En esa lista queda gente sin identificar: alguna puede ser suya."""
        return self.sesion.por_identificar > 0

    @property
    def deja(self) -> str:
        """«Acta, grabación y 2 materiales»; vacío si todavía no dejó nada."""
        partes = ["acta"] if self.sesion.esta_cerrada else []
        if self.sesion.grabacion:
            partes.append("grabación")
        if n := self.n_materiales:
            partes.append("1 material" if n == 1 else f"{n} materiales")
        return capfirst(get_text_list(partes, "y"))


@dataclass(frozen=True)
class PorVenir:
    """Una sesión a la que se la convocó, con lo que respondió."""

    convocatoria: Convocatoria

    @property
    def sesion(self) -> Sesion:
        return self.convocatoria.sesion

    @property
    def respuesta(self) -> str:
        """«Asistiremos, 12 personas»."""
        if not self.convocatoria.respuesta:
            return "Sin responder" if self.sesion.estado == Estado.CONVOCADA else "No respondió"
        dicho = capfirst(self.convocatoria.get_respuesta_display())
        personas = self.convocatoria.personas_anunciadas
        return f"{dicho}, {en_personas(personas)}" if personas else dicho

    @property
    def espera_respuesta(self) -> bool:
        return (
            not self.convocatoria.respuesta
            and self.sesion.estado == Estado.CONVOCADA
            and not ya_empezo(self.sesion)
        )


@dataclass
class Boletin:
    entidad: EntidadTerritorial
    primero: date  # el mes del que habla, por su primer día
    hoy: date
    participacion: ParticipacionDeEntidad
    perdido: LoPerdido
    convocatorias: list[Convocatoria]  # de este mes y del que sigue

    # ── El mes ────────────────────────────────────────────────────────────────────────────────

    @property
    def ultimo(self) -> date:
        return fin_de_mes(self.primero)

    @property
    def siguiente(self) -> date:
        """El primer día del mes que sigue."""
        return self.ultimo + timedelta(days=1)

    @property
    def mes(self) -> str:
        return date_format(self.primero, r"F \d\e Y")

    @property
    def corte(self) -> date:
        """Hasta qué día cuenta: el último del mes o, si no ha terminado, hoy."""
        return min(self.ultimo, self.hoy)

    @property
    def esta_en_curso(self) -> bool:
        return self.hoy <= self.ultimo

    @property
    def es_de_archivo(self) -> bool:
        """Lo que para este boletín venía también pasó."""
        return self.hoy > fin_de_mes(self.siguiente)

    def _es_del_mes(self, sesion):
        return self.primero <= sesion.fecha <= self.ultimo

    # ── Lo que dice ───────────────────────────────────────────────────────────────────────────

    @cached_property
    def por_tipo(self) -> list[CuentaDelTipo]:
        """El año hasta el corte, por tipo, en el orden del catálogo."""
        cuentas = {}
        for fila in self.participacion.sesiones:
            if fila.sesion.fecha > self.corte:
                continue
            cuenta, sin_dato = cuentas.get(fila.sesion.tipo, (NADA, 0))
            if fila.situacion == fila.SIN_DATO:
                cuentas[fila.sesion.tipo] = cuenta, sin_dato + 1
            else:
                cuentas[fila.sesion.tipo] = cuenta + XdeN(fila.estuvo, 1), sin_dato
        return [
            CuentaDelTipo(tipo, *cuentas[tipo])
            for tipo in sorted(cuentas, key=lambda tipo: (tipo.orden, tipo.nombre))
        ]

    @cached_property
    def asistio(self) -> list[SesionDeEntidad]:
        """Las del mes en que estuvo, también las que se cuentan aparte o sin convocatoria."""
        return sorted(
            (fila for fila in self._filas if fila.estuvo and self._es_del_mes(fila.sesion)),
            key=lambda fila: (fila.sesion.fecha, fila.sesion.pk),
        )

    @cached_property
    def perdidas(self) -> list[Perdida]:
        materiales = {fila.sesion.pk: fila.n_materiales for fila in self._filas}
        return [
            Perdida(sesion, materiales.get(sesion.pk, 0))
            for sesion in self.perdido.sesiones
            if self._es_del_mes(sesion)
        ]

    @cached_property
    def sin_dato(self) -> list[Sesion]:
        """Las del mes que ya pasaron y de las que aún nadie dijo quién estuvo."""
        con_dato = {fila.sesion.pk for fila in self.asistio} | {
            una.sesion.pk for una in self.perdidas
        }
        return [
            una.sesion
            for una in self.convocatorias
            if self._es_del_mes(una.sesion)
            and ultimo_dia(una.sesion) < self.hoy
            and una.sesion.pk not in con_dato
        ]

    @cached_property
    def por_venir(self) -> list[PorVenir]:
        """Las del mes que sigue; si este no ha terminado, también lo que le falta."""
        return [
            PorVenir(una)
            for una in self.convocatorias
            if una.sesion.fecha >= self.siguiente
            or (una.sesion.estado == Estado.CONVOCADA and ultimo_dia(una.sesion) >= self.hoy)
        ]

    @property
    def hay_que_contar(self) -> bool:
        """Sin sesiones en el mes ni por venir, no hay boletín que mandar."""
        return bool(self.asistio or self.perdidas or self.sin_dato or self.por_venir)

    @property
    def resumen(self) -> str:
        """«Asistió a 3 sesiones. Se perdió 1 sesión. Por venir: 2 sesiones.»"""
        partes = [
            ("Asistió a", [fila.sesion for fila in self.asistio]),
            ("Se perdió", [una.sesion for una in self.perdidas]),
            ("Sin dato todavía:", self.sin_dato),
            (
                "Por venir:" if not self.es_de_archivo else "Seguían:",
                [una.sesion for una in self.por_venir],
            ),
        ]
        return " ".join(f"{que} {Cuenta.de(cuales)}." for que, cuales in partes if cuales)

    @property
    def es_demostracion(self) -> bool:
        contadas = [f.sesion for f in self._filas if f.sesion.fecha <= self.corte]
        return any(
            sesion.es_demostracion
            for sesion in [*contadas, *(una.sesion for una in self.convocatorias)]
        )

    @property
    def _filas(self):
        lo_suyo = self.participacion
        return [*lo_suyo.sesiones, *lo_suyo.aparte, *lo_suyo.sin_convocatoria]


def boletin_de(entidad: EntidadTerritorial, primero: date, hoy: date | None = None) -> Boletin:
    """El del mes que empieza ese día. Cuesta lo mismo con una sesión que con veinte."""
    hasta = fin_de_mes(fin_de_mes(primero) + timedelta(days=1))
    return Boletin(
        entidad=entidad,
        primero=primero,
        hoy=hoy or timezone.localdate(),
        participacion=participacion_de(entidad, primero.year),
        perdido=lo_perdido_por(entidad, primero.year),
        convocatorias=list(
            entidad.convocatorias.filter(
                sesion__estado__in=EN_PIE, sesion__fecha__range=(primero, hasta)
            )
            .select_related("sesion__tipo")
            .order_by("sesion__fecha", "sesion__hora_inicio", "sesion_id")
        ),
    )


def mes_terminado(hoy: date | None = None) -> date:
    """El primer día del último mes que ya terminó: el del boletín que se manda."""
    hoy = hoy or timezone.localdate()
    return (hoy.replace(day=1) - timedelta(days=1)).replace(day=1)


def mes_reciente(
    entidad: EntidadTerritorial, vigencia: int | None = None, hoy: date | None = None
) -> date:
    """El último terminado en que hubo algo suyo que contar, en ese año o en cualquiera."""
    hoy = hoy or timezone.localdate()
    suyas = Sesion.objects.filter(
        estado__in=EN_PIE, convocatorias__entidad=entidad, fecha__lte=fin_de_mes(hoy)
    )
    tope = mes_terminado(hoy)
    if vigencia:
        suyas = suyas.de_la_vigencia(vigencia)
        tope = min(tope, date(vigencia, 12, 1))
    ultima = suyas.order_by("-fecha").values_list("fecha", flat=True).first()
    return min(tope, ultima.replace(day=1)) if ultima else tope


# ── Cómo se dice ──────────────────────────────────────────────────────────────────────────────


def en_personas(n: int) -> str:
    return "1 persona" if n == 1 else f"{number_format(n, force_grouping=True)} personas"


def con_cuantas(fila: LoDeUnaEntidad) -> str:
    """Las de la lista; sin lista, las que alguien dijo y quién; y si no, «sin dato»."""
    if fila.personas:
        return en_personas(fila.personas)
    return (
        f"{en_personas(fila.dicho.personas)}, según {fila.dicho.segun}"
        if fila.dicho
        else "sin dato"
    )
