"""Lo que se pregunta de un archivo de asistencia."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from conectate.lectura import nombres
from conectate.models import Importacion, MismaPersona, Participacion, Registro
from conectate.models.asistencia import DecisionDeEntidad
from territorio.models import EntidadTerritorial
from territorio.texto import normalizar
from trabajos.models import Trabajo

FORMATOS = {
    "teams_lista": "Lista de Teams, con entradas y salidas",
    "teams_informe": "Informe de asistencia de Teams",
    "teams_informe_2021": "Informe de asistencia de Teams (2021)",
    "teams_seminario": "Seminario web de Teams, con inscripción",
    "teams_evento_en_vivo": "Evento en vivo de Teams",
    "zoom_participantes": "Participantes de una reunión de Zoom",
    "zoom_usuarios_unicos": "Usuarios únicos de Zoom",
    "zoom_seminario": "Seminario web de Zoom",
    "meet": "Informe de Google Meet",
    "formulario_google": "Formulario de Google",
    "formulario_microsoft": "Formulario de Microsoft",
    "columnas_a_mano": "Tabla con las columnas emparejadas a mano",
}
PASOS = ("leer", "confirmar", "deshacer")
DE_UNA_PAGINA = 500  # claves que caben en una consulta


def trabajo_en_curso(importacion: Importacion) -> Trabajo | None:
    """El último paso pedido, si no ha terminado bien: su avance, o por qué no se pudo."""
    claves = [f"{paso}-importacion:{importacion.pk}" for paso in PASOS]
    trabajo = Trabajo.objects.filter(clave_unica__in=claves).order_by("-pedido_en", "-pk").first()
    return trabajo if trabajo and trabajo.estado != Trabajo.Estado.TERMINADO else None


def el_mismo_en_otras_sesiones(importacion: Importacion) -> QuerySet[Importacion]:
    return (
        Importacion.objects.confirmadas()
        .filter(huella=importacion.huella)
        .exclude(sesion=importacion.sesion_id)
        .select_related("sesion")
    )


@dataclass(frozen=True)
class VistaPrevia:
    """El resumen guardado al leer, con los nombres de hoy."""

    formato: str
    resumen: dict
    entidades: list[tuple[str, int]]
    sin_entidad: int
    dudas: list[dict]

    @property
    def n_entidades(self) -> int:
        return len(self.entidades)

    @property
    def empezo(self) -> datetime | None:
        inicio = self.resumen["inicio"]
        return datetime.fromisoformat(inicio) if inicio else None

    @property
    def termino(self) -> datetime | None:
        fin = self.resumen["fin"]
        return datetime.fromisoformat(fin) if fin else None

    @property
    def dias(self) -> list[date]:
        return [date.fromisoformat(dia) for dia in self.resumen["dias"]]

    @property
    def otras_dudas(self) -> int:
        return self.resumen["n_dudas"] - len(self.dudas)


def vista_previa(importacion: Importacion) -> VistaPrevia:
    resumen = importacion.resumen
    entidades = EntidadTerritorial.objects.values_list("codigo_dane", "nombre")
    como_se_llama = dict(entidades)
    return VistaPrevia(
        formato=FORMATOS.get(importacion.formato, importacion.formato),
        resumen=resumen,
        entidades=[(como_se_llama[codigo], n) for codigo, n in resumen["por_entidad"].items()],
        sin_entidad=resumen["total"]
        - sum(resumen["por_entidad"].values())
        - sum(resumen["ajenas"].values()),
        dudas=[
            duda | {"entidades": [como_se_llama[codigo] for codigo in duda["sugerencias"]]}
            for duda in resumen["dudas"]
        ],
    )


def personas_del_archivo(importacion: Importacion) -> list[Registro]:
    """Las filas de la importación: a quién trajo este archivo, tal como lo dice."""
    return sorted(
        importacion.registros.todos(),
        key=lambda registro: (
            registro.tipo != "persona",
            normalizar(registro.nombres[0]) if registro.nombres else "",
        ),
    )


@dataclass(frozen=True)
class FilaDeArchivo:
    """Una identidad del archivo junto a lo que de ella se concluyó en la sesión."""

    nombre: str
    registro: Registro
    participacion: Participacion | None


def con_su_entidad(importacion: Importacion, registros: list[Registro]) -> list[FilaDeArchivo]:
    claves = {registro.clave for registro in registros}
    # Quien se unió a otra identidad, aquí o en otra sesión, ya no tiene fila propia.
    principales = defaultdict(list)
    for clave, principal in (
        MismaPersona.objects.aceptadas()
        .filter(clave__in=_sin_correo(claves))
        .values_list("clave", "principal")
    ):
        principales[clave].append(principal)
    de_la_sesion = Participacion.objects.filter(sesion=importacion.sesion_id)
    if len(claves) <= DE_UNA_PAGINA:
        de_la_sesion = de_la_sesion.filter(
            clave__in=claves.union(*principales.values()) if principales else claves
        )
    participaciones = {una.clave: una for una in de_la_sesion.select_related("entidad")}
    return [
        FilaDeArchivo(
            nombre=nombres.separar(registro.nombres[0])[0] if registro.nombres else "",
            registro=registro,
            participacion=next(
                (
                    participaciones[clave]
                    for clave in (registro.clave, *principales[registro.clave])
                    if clave in participaciones
                ),
                None,
            ),
        )
        for registro in registros
    ]


def _sin_correo(claves):
    """Solo estas se unen a otra; y son pocas, así que la consulta también es pequeña."""
    return [clave for clave in claves if clave.startswith("n:")][:DE_UNA_PAGINA]


# ── Para otro programa ────────────────────────────────────────────────────────────────────────

EXCLUIDO, NO_ES_PERSONA = "excluir", "no_persona"


def como_datos(importacion: Importacion, *, sin_cambios: bool) -> dict:
    """Lo que la importación dice de cada identidad y lo que de ella se concluyó."""
    filas = con_su_entidad(importacion, importacion.registros.todos())
    cuentan = {
        fila.participacion.clave: fila.participacion
        for fila in filas
        if fila.participacion and fila.participacion.tipo != "bot"
    }
    por_etc = Counter(una.entidad.codigo_dane for una in cuentan.values() if una.entidad)
    return {
        "sesion": importacion.sesion_id,
        "importacion": importacion.pk,
        "formato": importacion.formato,
        "codificacion": importacion.codificacion,
        "sin_cambios": sin_cambios,
        "avisos": [aviso["mensaje"] for aviso in importacion.avisos] + _de_su_lugar(importacion),
        "identidades": [_identidad(fila.registro, fila.participacion) for fila in filas],
        "por_etc": dict(sorted(por_etc.items())),
        "total": len(cuentan),
    }


def _de_su_lugar(importacion):
    if importacion.estado == Importacion.Estado.REEMPLAZADA:
        return ["Hay una descarga más completa de esta reunión: es la que cuenta."]
    if importacion.modo == Importacion.Modo.REEMPLAZAR:
        return ["Reemplazó a una descarga anterior de la misma reunión."]
    return []


def _identidad(registro, participacion):
    datos = {
        "nombres": registro.nombres,
        "correos": registro.correos,
        "tipo": registro.tipo,
        "minutos": registro.minutos,
        "conexiones": registro.conexiones,
        "decision": "cola",
        "etc": None,
        "evidencia": "ninguna",
        "sugerencias": [],
    }
    if registro.tipo == "bot":
        return datos | {"decision": EXCLUIDO, "evidencia": NO_ES_PERSONA}
    if participacion is None:
        return datos
    decision = participacion.decision
    return datos | {
        "decision": "automatica" if decision == DecisionDeEntidad.CONFIRMADA else decision,
        "etc": participacion.entidad and participacion.entidad.codigo_dane,
        "evidencia": participacion.evidencia,
        "sugerencias": participacion.sugerencias,
    }
