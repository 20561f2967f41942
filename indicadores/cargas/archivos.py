"""Un archivo de indicadores desde la consola: se lee y se publica de una vez."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.core.exceptions import ValidationError

from indicadores.acciones import cargas
from indicadores.lectura.leer import detectar_ambito
from indicadores.lectura.resultado import ArchivoIlegible
from indicadores.models import Carga, Conjunto, Version

Estado = Carga.Estado


@dataclass
class Cargado:
    """Cómo quedó una carga, para decirlo."""

    carga: Carga

    def como_datos(self) -> dict:
        resumen, ultima = self.carga.resumen, Version.objects.ultima()
        return {
            "filas": resumen["filas"],
            "nuevas": resumen["nuevas"],
            "iguales": resumen["iguales"],
            "cambiadas": resumen["cambiadas"],
            "rechazadas": self.carga.rechazadas,
            "reglas": self._por_regla(),
            # Si nada cambió, la que ya las tenía.
            "version": self.carga.version_id or (ultima and ultima.numero),
        }

    def _por_regla(self):
        casos = {}
        for regla in self.carga.resumen["reglas"]:
            casos[regla["regla"]] = casos.get(regla["regla"], 0) + regla["casos"]
        return [{"regla": regla, "casos": cuantos} for regla, cuantos in casos.items()]

    def en_palabras(self) -> list[str]:
        datos, resumen = self.como_datos(), self.carga.resumen
        publicada = self.carga.estado == Estado.CONFIRMADA
        cuentas = (
            "{filas} filas: {nuevas} cifras nuevas, {iguales} iguales y {cambiadas} cambiadas."
        )
        return [
            f"Versión {datos['version']}." if publicada else self.carga.mensaje,
            cuentas.format(**datos),
            f"En revisión: {resumen['retenidas']}.",
            *(f"Fila {r['fila']}, rechazada: {r['motivo']}" for r in datos["rechazadas"]),
            *(f"Corregido: {c['que']} ({c['celdas']})." for c in resumen["correcciones"]),
            *(f"Aviso: {aviso}" for aviso in resumen["avisos"]),
        ]


def cargar(
    ruta: Path,
    *,
    conjunto: Conjunto | None = None,
    corte: date | None = None,
    motivo: str = "",
    aunque_sea_anterior: bool = False,
) -> Cargado:
    datos = ruta.read_bytes()
    conjunto = conjunto or _el_que_dicen_las_columnas(datos)
    carga = cargas.recibir(
        conjunto=conjunto, archivo=datos, nombre=ruta.name, corte=corte, por=None
    )
    preparada = cargas.leer(carga)
    if carga.estado in (Estado.RECHAZADA, Estado.SIN_RECONOCER):
        raise ValidationError(carga.mensaje, code=carga.estado)
    if carga.resumen.get("es_anterior") and not aunque_sea_anterior:
        raise ValidationError(
            f"{carga.resumen['avisos'][0]} No se publicó. Si es lo que quiere, repita la orden "
            "con --aunque-sea-anterior.",
            code="corte_anterior",
        )
    motivo = motivo or f"Se cargó «{ruta.name}»."
    while carga.estado == Estado.VISTA_PREVIA:  # otra vez, si alguien publicó entre tanto
        cargas.confirmar(carga=carga, por=None, motivo=motivo, preparada=preparada)
    return Cargado(carga)


def _el_que_dicen_las_columnas(datos):
    try:
        ambito = detectar_ambito(datos)
    except ArchivoIlegible as error:
        raise ValidationError(str(error), code="archivo_ilegible") from error
    conjunto = ambito and Conjunto.objects.filter(ambito=ambito).order_by("pk").first()
    if not conjunto:
        raise ValidationError(
            "Por sus columnas no se sabe si el archivo es por municipio o por departamento. "
            "Dígalo con --conjunto municipal o --conjunto departamental.",
            code="sin_conjunto",
        )
    return conjunto
