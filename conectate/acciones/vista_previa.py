"""Lo que se ve de un archivo antes de confirmarlo: quiénes, de dónde, y qué habrá que resolver."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from statistics import median

from conectate.acciones.filas import nombre_visible
from conectate.acciones.identificacion import Veredicto
from conectate.acciones.union import Persona, segundos_de_la_union
from conectate.lectura.resultado import Identidad, Lectura
from conectate.models import Registro, Sesion
from territorio.models import EntidadTerritorial

DUDAS_A_LA_VISTA = 30
NOMBRES_POR_DUDA = 4


class _Segundos(dict):
    """Cada hora leída, en segundos desde la medianoche de la sesión. Se repiten muchísimo."""

    def __init__(self, fecha: date):
        self.dia_de_la_sesion = fecha.toordinal()

    def __missing__(self, momento: datetime) -> int:
        dias = momento.toordinal() - self.dia_de_la_sesion
        segundo = dias * 86_400 + momento.hour * 3600 + momento.minute * 60 + momento.second
        return self.setdefault(momento, segundo)


def registros_de(identidades: Iterable[Identidad], sesion: Sesion) -> list[Registro]:
    """Las identidades leídas, con las horas en segundos desde la medianoche de la sesión."""
    segundos = _Segundos(sesion.fecha)
    registros = []
    for identidad in identidades:
        if identidad.minutos_declarados is None and identidad.tramos:
            tramos = [[segundos[desde], segundos[hasta]] for desde, hasta in identidad.tramos]
            entrada = min(tramos)[0] if len(tramos) > 1 else tramos[0][0]
            minutos = round(segundos_de_la_union(tramos) / 60, 1)
        else:
            primera = identidad.primera_entrada
            tramos, entrada = [], None if primera is None else segundos[primera]
            minutos = identidad.minutos
        registros.append(_registro(identidad, tramos, entrada, minutos))
    return registros


def _registro(identidad, tramos, entrada, minutos):
    return Registro(
        identidad.clave,
        identidad.tipo,
        identidad.nombres,
        identidad.correos,
        identidad.declarados,
        identidad.cargo,
        tramos,
        entrada,
        minutos,
        identidad.conexiones,
        identidad.dominio_sugerido,
    )


def resumen_de(
    sesion: Sesion, lectura: Lectura, personas: list[Persona], veredictos: list[Veredicto]
) -> dict:
    """Todo lo que la página necesita, ya contado: abrirla no vuelve a leer el archivo."""
    asistentes = [
        (persona, veredicto)
        for persona, veredicto in zip(personas, veredictos, strict=True)
        if persona.tipo != "bot"
    ]
    minutos = [persona.minutos for persona, _ in asistentes if persona.minutos is not None]
    return {
        **_de_la_reunion(lectura),
        "filas": lectura.n_filas,
        "total": len(asistentes),
        "por_tipo": dict(Counter(persona.tipo for persona in personas)),
        "por_decision": dict(Counter(veredicto.decision for _, veredicto in asistentes)),
        "por_entidad": _por_entidad(veredicto for _, veredicto in asistentes),
        "ajenas": dict(Counter(v.ajena for _, v in asistentes if v.ajena).most_common()),
        "con_minutos": len(minutos),
        "mediana": round(median(minutos), 1) if minutos else None,
        "bajo_el_minimo": sum(m < sesion.minutos_minimos for m in minutos),
        **_dudas(asistentes),
    }


def _de_la_reunion(lectura):
    reunion = lectura.reunion
    return {
        "titulo": reunion.titulo,
        "identificador": reunion.identificador,
        "inicio": reunion.inicio and reunion.inicio.isoformat(),
        "fin": reunion.fin and reunion.fin.isoformat(),
        "dias": [dia.isoformat() for dia in lectura.dias],
        "de_la_herramienta": lectura.datos_de_la_herramienta,
        "inscritos_que_no_fueron": len(lectura.inscritos_ausentes),
        "solo_esperaron": len(lectura.solo_espera),
    }


def _por_entidad(veredictos) -> dict[str, int]:
    """Por código DANE, de la que más personas trae a la que menos."""
    codigos = dict(EntidadTerritorial.objects.values_list("pk", "codigo_dane"))
    cuenta = Counter(codigos[v.entidad_id] for v in veredictos if v.entidad_id)
    return dict(sorted(cuenta.items(), key=lambda par: (-par[1], par[0])))


def _dudas(asistentes: list[tuple[Persona, Veredicto]]) -> dict:
    """Los grupos por los que preguntará la revisión, los más numerosos primero."""
    grupos = defaultdict(list)
    for persona, veredicto in asistentes:
        if veredicto.grupo:
            grupos[veredicto.grupo].append((persona, veredicto))
    con_pista = [par for par in grupos.items() if _tiene_pista(par[1][0][1])]
    sin_pista = [persona for persona, v in asistentes if v.grupo and not _tiene_pista(v)]
    primeros = sorted(con_pista, key=lambda par: -len(par[1]))[:DUDAS_A_LA_VISTA]
    return {
        "por_resolver": sum(map(len, grupos.values())),
        "n_dudas": len(con_pista),
        "dudas": [_duda(grupo, suyas) for grupo, suyas in primeros],
        "sin_pista": len(sin_pista),
        "quienes_sin_pista": [_como_se_llama(p) for p in sin_pista[:DUDAS_A_LA_VISTA]],
    }


def _tiene_pista(veredicto):
    """Hay algo que explicar: una sugerencia, o datos que se contradicen."""
    return veredicto.decision != "cola" or bool(veredicto.ajena_sugerida)


def _como_se_llama(persona):
    return nombre_visible(persona) or persona.correos[0]


def _duda(grupo, suyas):
    persona, veredicto = suyas[0]
    sugeridas = Counter(codigo for _, v in suyas for codigo in v.sugerencias)
    return {
        "grupo": grupo,
        "muestra": muestra_de(grupo, nombre_visible(persona), persona.declarados),
        "personas": len(suyas),
        "nombres": [_como_se_llama(persona) for persona, _ in suyas[:NOMBRES_POR_DUDA]],
        "decision": veredicto.decision,
        "explicacion": veredicto.explicacion,
        "sugerencias": [codigo for codigo, _ in sugeridas.most_common(3)],
        "ajena": veredicto.ajena_sugerida,
    }


def muestra_de(grupo: str, nombre: str, declarados: list[str]) -> str:
    """El grupo como lo lee una persona: «@semneiva.gov.co», «Sec. Neiva», «Ana Ruiz»."""
    ambito, _, valor = grupo.partition(":")
    if ambito == "dominio":
        return f"@{valor}"
    if ambito == "texto" and declarados:
        return declarados[-1]
    return nombre or valor
