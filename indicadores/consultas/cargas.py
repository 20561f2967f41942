"""Lo que se pregunta de los archivos de indicadores que llegan."""

from dataclasses import dataclass, field

from django.db.models import QuerySet

from indicadores.models import Carga, Hallazgo, Version
from trabajos.models import Trabajo

Regla = Hallazgo.Regla


@dataclass
class ReglaRota:
    """Todo lo que rompe una misma regla en un archivo."""

    nombre: str
    casos: int = 0
    retenidas: int = 0
    renglones: list[dict] = field(default_factory=list)  # por indicador y año

    @property
    def vigencias(self) -> list[int]:
        return sorted({r["vigencia"] for r in self.renglones if r["vigencia"]})


def reglas_rotas(carga: Carga) -> list[ReglaRota]:
    """Del resumen guardado al leer, la que más retiene primero. Lo que ya se sabía, no sale."""
    por_nombre = {}
    for renglon in carga.resumen.get("reglas", ()):
        if renglon["retenidas"] or renglon["regla"] == Regla.ENTIDADES_AUSENTES:
            regla = por_nombre.setdefault(renglon["regla"], ReglaRota(renglon["nombre"]))
            regla.casos += renglon["casos"]
            regla.retenidas += renglon["retenidas"]
            regla.renglones.append(renglon)
    return sorted(por_nombre.values(), key=lambda regla: -regla.retenidas)


def cargas_recientes() -> QuerySet[Carga]:
    return Carga.objects.select_related("conjunto", "creado_por", "version").defer(
        "resumen", "rechazadas", "columnas", "emparejamiento"
    )


def trabajo_de_la_carga(carga: Carga) -> Trabajo | None:
    """El último paso pedido, si no ha terminado bien: su avance, o por qué no se pudo."""
    claves = [f"leer-carga:{carga.pk}", f"confirmar-carga:{carga.pk}"]
    if carga.estado in (Carga.Estado.DESCARGANDO, Carga.Estado.RECIBIDA):
        claves.append(f"fuente-de-indicadores:{carga.fuente_programada_id}")
    return _sin_terminar_bien(claves)


def trabajo_de_deshacer(version: Version) -> Trabajo | None:
    return _sin_terminar_bien([f"deshacer-version:{version.pk}"])


def _sin_terminar_bien(claves):
    trabajo = Trabajo.objects.filter(clave_unica__in=claves).order_by("-pedido_en", "-pk").first()
    return trabajo if trabajo and trabajo.estado != Trabajo.Estado.TERMINADO else None
