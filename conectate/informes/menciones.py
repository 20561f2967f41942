"""Las menciones de un año, con su regla. Como en la página, solo quienes cumplen."""

from conectate.consultas.menciones import menciones_de
from conectate.informes.documento import REGLA, Informe
from conectate.permisos import puede_ver_cifras
from trabajos.hojas.escribir import Columna, Hoja


def informe_de_menciones(por, *, vigencia, minimos=None) -> Informe:
    menciones = menciones_de(vigencia, minimos if puede_ver_cifras(por) else None)
    hoja = Hoja(
        "Menciones",
        [
            Columna("Tipo"),
            Columna("Código DANE"),
            Columna("Entidad"),
            Columna("Participó", "entero"),
            Columna("De", "entero"),
            Columna("Porcentaje", "porcentaje"),
        ],
        [
            [
                mencion.tipo.plural,
                entidad.codigo_dane,
                entidad.nombre,
                cuenta.x,
                cuenta.n,
                cuenta.porcentaje,
            ]
            for mencion in menciones.por_tipo
            for entidad, cuenta in mencion.entidades
        ],
    )
    return Informe(
        nombre=f"Menciones especiales {vigencia}",
        que_es="Las secretarías que participaron en casi todas las sesiones de cada tipo.",
        hojas=[hoja],
        notas=[
            *((mencion.tipo.plural, mencion.regla) for mencion in menciones.por_tipo),
            *([("Provisional", "El año no ha terminado.")] if menciones.es_provisional else []),
            ("Cómo se cuenta", REGLA),
        ],
        es_demostracion=menciones.es_demostracion,
    )
