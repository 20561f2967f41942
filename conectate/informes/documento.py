"""La forma de un informe antes de ser archivo."""

from dataclasses import dataclass, field
from pathlib import Path

from django.utils import timezone

from conectate.consultas.presencia import LoDeUnaEntidad
from trabajos.hojas.escribir import Columna, Hoja, Metadatos, escribir_csv, escribir_xlsx
from trabajos.pdf import escribir_pdf
from trabajos.registro import TrabajoRechazado

FUENTE = "Conéctate con el MEN, asistencia registrada en el portal"
REGLA = (
    "«x de N»: N son las sesiones realizadas a las que se convocó a la entidad y que tienen "
    "asistencia; x, aquellas en que estuvo, lo diga la lista, ella misma en la ventana, el equipo "
    "o un reclamo aceptado. Las sesiones sin asistencia son «sin dato»: no son ausencias ni entran "
    "en N."
)
DE_LA_PRESENCIA = [
    Columna("Quién lo dice"),
    Columna("Personas, sin lista", "entero"),
    Columna("Según quién"),
]
FORMATOS = {"xlsx": ".xlsx", "csv": ".csv", "csv_excel": ".csv", "pdf": ".pdf"}


@dataclass
class Informe:
    """La primera hoja es la principal: la que va al CSV y, salvo que se diga otra, al PDF."""

    nombre: str
    que_es: str
    hojas: list[Hoja]
    para_pdf: Hoja | None = None
    notas: list[tuple[str, str]] = field(default_factory=list)
    es_demostracion: bool = False
    # Si lleva nombres de personas, entregarlo queda en la bitácora.
    n_personas: int = 0
    sobre: object = None

    def escribir(self, ruta: Path, formato: str, por) -> int:
        metadatos = self._metadatos(por)
        if formato == "xlsx":
            return escribir_xlsx(ruta, self.hojas, metadatos)
        if formato == "pdf":
            return escribir_pdf(ruta, self.para_pdf or self.hojas[0], metadatos)
        return escribir_csv(ruta, self.hojas[0], "excel" if formato == "csv_excel" else "estandar")

    def nombre_del_archivo(self, formato: str) -> str:
        variante = " (para Excel)" if formato == "csv_excel" else ""
        return f"{self.nombre}{variante}{FORMATOS[formato]}"

    def _metadatos(self, por):
        notas = list(self.notas)
        if self.es_demostracion:
            notas.insert(0, ("Demostración", "Estas sesiones y personas son inventadas."))
        return Metadatos(
            titulo=self.nombre,
            que_es=self.que_es,
            fuente=FUENTE,
            corte=timezone.now(),
            por=por.nombre if por else "",
            mas=notas,
        )


def rechazar_si(condicion, mensaje="Ya no tiene permiso para ver este informe."):
    if condicion:
        raise TrabajoRechazado(mensaje)


def si_no(valor: bool) -> str:
    return "Sí" if valor else "No"


def de_la_presencia(una: LoDeUnaEntidad) -> list:
    """Los orígenes y, si ninguna lista nombra a nadie, cuántas personas dicen que fueron."""
    dicho = una.dicho
    return [una.origenes, dicho and dicho.personas, dicho.segun if dicho else ""]
