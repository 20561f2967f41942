"""Lo que conviene ver junto a un contenido: otro, una sesión, un indicador, una página."""

from dataclasses import dataclass

from contenidos.consultas.busqueda import encontrar, fichas_de, interpretar
from contenidos.models import Buscable, Contenido
from contenidos.registro import BUSCABLES, ClaseBuscable, clases_buscables
from cuentas.models import Usuario

POR_CLASE = 8


@dataclass(frozen=True)
class DeUnaClase:
    clase: ClaseBuscable
    entradas: list[Buscable]


def los_relacionados(contenido: Contenido, persona: Usuario) -> list[Buscable]:
    """Los que esta persona puede ver, en el orden de las clases del portal."""
    por_clase = {}
    for entrada in contenido.relacionados.order_by("titulo", "pk"):
        por_clase.setdefault(entrada.clase, []).append(entrada)
    visibles = []
    for clase in clases_buscables():
        if suyas := por_clase.get(clase.clave):
            pks = [entrada.objeto_id for entrada in suyas]
            ve = set(clase.visibles(persona).filter(pk__in=pks).values_list("pk", flat=True))
            visibles += [entrada for entrada in suyas if entrada.objeto_id in ve]
    return visibles


def que_es(entrada: Buscable) -> str:
    clase = BUSCABLES.get(entrada.clase)
    return clase.nombre if clase else ""


def los_que_dicen(texto: str, contenido: Contenido, persona: Usuario) -> list[DeUnaClase]:
    """Lo que se puede relacionar con él: lo primero de cada clase, sin lo que ya lo está."""
    ya_estan = set(contenido.relacionados.values_list("pk", flat=True))
    grupos = []
    for grupo in encontrar(interpretar(texto), persona):
        entradas = [
            entrada
            for entrada in fichas_de(grupo.hallados[: POR_CLASE + len(ya_estan) + 1])
            if entrada.pk not in ya_estan
            and (entrada.clase, entrada.objeto_id) != ("contenido", contenido.pk)
        ][:POR_CLASE]
        if entradas:
            grupos.append(DeUnaClase(grupo.clase, entradas))
    return grupos
