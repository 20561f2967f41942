"""Lo que se concluye de un correo, un texto declarado y un nombre visible, juntos.

De más a menos fuerte: dominio del correo, texto declarado, marca en el nombre visible y, por
último, lo que solo sugiere. Dos fuentes que se contradicen nunca asignan.
"""

from dataclasses import dataclass

from territorio.resolucion.lectura import Lectura


@dataclass(frozen=True, slots=True)
class Resolucion:
    """Qué entidad, con qué fuerza y por qué."""

    codigo: str | None  # código DANE; solo si la decisión es automática
    decision: str  # automatica | sugerencia | revision | cola
    evidencia: str
    sugerencias: tuple[str, ...] = ()  # hasta tres códigos DANE, el mejor primero
    ajena: str = ""  # quién es, cuando se sabe sin duda que no es una secretaría
    ajena_sugerida: str = ""  # quién podría ser; decide una persona
    explicacion: str = ""


COLA = Resolucion(None, "cola", "ninguna", explicacion="No hay con qué saberlo.")
CUANTAS = 3


def decidir(correo: Lectura, declarado: Lectura, visible: Lectura) -> Resolucion:
    fuentes = [lectura for lectura in (correo, declarado, visible) if lectura.dice_algo]
    firmes = [lectura for lectura in (correo, declarado, visible) if lectura.es_firme]
    if not firmes:
        return _sin_firmes(fuentes, declarado)
    mejor = firmes[0]
    otra_organizacion = declarado.ajena_sugerida and declarado is not mejor
    if otra_organizacion or not all(_concuerdan(mejor, otra) for otra in fuentes):
        return _revision(fuentes, declarado)
    return Resolucion(
        mejor.codigo,
        "automatica",
        mejor.evidencia,
        ajena=mejor.ajena,
        explicacion=mejor.explicacion,
    )


def _concuerdan(mejor, otra):
    if otra is mejor:
        return True
    if mejor.ajena:
        return otra.ajena == mejor.ajena
    return mejor.codigo in otra.admitidos


def _sin_firmes(fuentes, declarado):
    """Solo indicios: se ofrecen juntos, y primero aquello en que coinciden."""
    if not fuentes:
        if declarado.ajena_sugerida:
            return Resolucion(
                None,
                "cola",
                declarado.evidencia,
                ajena_sugerida=declarado.ajena_sugerida,
                explicacion=declarado.explicacion,
            )
        return COLA
    comunes = set.intersection(*(set(lectura.admitidos) for lectura in fuentes))
    if not comunes:
        return _revision(fuentes, declarado)
    por_fuerza = [lectura for lectura in fuentes if lectura is declarado] + [
        lectura for lectura in fuentes if lectura is not declarado
    ]
    mejor = por_fuerza[0]
    en_orden = mejor.posibles
    if len(fuentes) > 1:
        en_orden = sorted(en_orden, key=lambda codigo: codigo not in comunes)
    return Resolucion(
        None,
        "sugerencia",
        mejor.evidencia,
        sugerencias=tuple(en_orden[:CUANTAS]),
        ajena_sugerida=declarado.ajena_sugerida,
        explicacion=mejor.explicacion,
    )


def _revision(fuentes, declarado):
    """La mejor lectura de cada fuente, la del dominio primero; después, las demás."""
    codigos = [lectura.codigos[0] for lectura in fuentes if lectura.codigos]
    codigos += [codigo for lectura in fuentes for codigo in lectura.codigos[1:]]
    return Resolucion(
        None,
        "revision",
        "conflicto",
        sugerencias=tuple(dict.fromkeys(codigos))[:CUANTAS],
        ajena_sugerida=declarado.ajena_sugerida
        or next((lectura.ajena for lectura in fuentes if lectura.ajena), ""),
        explicacion=" ".join(
            ["Hay datos que se contradicen.", *(lectura.explicacion for lectura in fuentes)]
        ),
    )
