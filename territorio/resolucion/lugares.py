"""Qué entidad dicen los lugares y niveles de una frase, y con qué fuerza."""

from dataclasses import dataclass, replace

from territorio.resolucion.frases import Frase, Mencion
from territorio.resolucion.mapa import Lugar
from territorio.resolucion.palabras import Nivel

MUNICIPALES = {Nivel.MUNICIPAL, Nivel.ALCALDIA}


@dataclass(frozen=True, slots=True)
class Conclusion:
    """Un código si no cabe otra lectura; siempre, las lecturas posibles en orden."""

    codigo: str | None
    posibles: tuple[str, ...]
    caben: tuple[str, ...] = ()  # de las posibles, las que no contradicen lo escrito
    sin_certificar: Lugar | None = None  # el municipio que manda a su departamento


NINGUNA = Conclusion(None, ())


def concluir(frase: Frase) -> Conclusion:
    conclusion = _concluir(frase)
    if conclusion.codigo:
        return replace(conclusion, caben=(conclusion.codigo,))
    return conclusion if conclusion.caben else replace(conclusion, caben=conclusion.posibles)


def _concluir(frase):
    menciones = _sin_repetir(frase.menciones)
    for nivel in frase.niveles:
        if menciones:
            menciones[-1].niveles.add(nivel)
    if not menciones:
        return NINGUNA
    if len(menciones) == 1:
        return _de_una(menciones[0])
    if len(menciones) == 2:
        return _de_dos(*menciones)
    return _de_varias(menciones)


def _sin_repetir(menciones):
    """«SEM Pasto – Secretaría de Educación de Pasto» nombra un lugar, no dos."""
    quedan: list[Mencion] = []
    for mencion in menciones:
        igual = next((otra for otra in quedan if _mismo_lugar(otra, mencion)), None)
        if igual:
            igual.niveles |= mencion.niveles
        else:
            quedan.append(Mencion(mencion.nombre, mencion.escrito, set(mencion.niveles)))
    return quedan


def _mismo_lugar(una, otra):
    if una.nombre.lugares == otra.nombre.lugares:
        return True
    claras = [_claro(mencion) for mencion in (una, otra)]
    return claras[0] is not None and claras[0] == claras[1]


def _claro(mencion):
    """El único lugar con secretaría de ese nombre: «Cali» y «Santiago de Cali» son el mismo."""
    propios = [lugar for lugar in mencion.nombre.lugares if lugar.codigo == lugar.entidad]
    return propios[0] if len(propios) == 1 == len(mencion.nombre.lugares) else None


# ── Un lugar ──────────────────────────────────────────────────────────────────────────────────


def _de_una(mencion: Mencion) -> Conclusion:
    nombre, niveles = mencion.nombre, mencion.niveles
    departamento, certificados = nombre.departamento, nombre.certificados
    posibles = _posibles(mencion)
    municipal = bool(niveles & MUNICIPALES) or Nivel.DISTRITAL in niveles
    departamental = bool(niveles & {Nivel.DEPARTAMENTAL, Nivel.DEPARTAMENTO})

    if departamento and not municipal:
        return Conclusion(departamento.entidad, posibles)
    if departamental or len(certificados) != 1:
        return Conclusion(None, posibles, sin_certificar=_sin_certificar(nombre))
    homonimos = len(nombre.municipios) > 1
    if Nivel.ALCALDIA in niveles and homonimos:
        return Conclusion(None, posibles)
    if Nivel.SED in niveles and not certificados[0].es_distrito:
        return Conclusion(None, posibles)  # ¿la de Pasto, o la departamental que está en Pasto?
    return Conclusion(certificados[0].entidad, posibles)


def _posibles(mencion: Mencion) -> tuple[str, ...]:
    """Todas las entidades que ese nombre puede decir; primero la que mejor va con su nivel."""
    nombre, niveles = mencion.nombre, mencion.niveles
    departamento = [nombre.departamento] if nombre.departamento else []
    certificados = nombre.certificados
    sin_certificar = [lugar for lugar in nombre.municipios if not lugar.es_certificado]
    if niveles & MUNICIPALES or Nivel.DISTRITAL in niveles:
        orden = [*certificados, *sin_certificar, *departamento]
    else:
        orden = [*departamento, *certificados, *sin_certificar]
    codigos = [lugar.entidad for lugar in orden]
    if not departamento:
        codigos += [
            lugar.departamento
            for lugar in certificados
            if niveles & {Nivel.DEPARTAMENTAL, Nivel.DEPARTAMENTO}
            or (Nivel.SED in niveles and not lugar.es_distrito)
        ]
    return tuple(dict.fromkeys(codigos))


def _sin_certificar(nombre):
    if nombre.departamento or nombre.certificados:
        return None
    return nombre.municipios[0]


# ── Varios lugares ────────────────────────────────────────────────────────────────────────────


def _de_dos(una: Mencion, otra: Mencion) -> Conclusion:
    """Municipio y departamento, en cualquier orden: vale el municipio."""
    for municipio, departamento in ((una, otra), (otra, una)):
        lugar = _municipio_de(municipio, departamento)
        if lugar:
            return _de_pareja(lugar, municipio, departamento, primero=municipio is una)
    en_orden = sorted(
        (una, otra), key=lambda mencion: not mencion.niveles & {Nivel.DEPARTAMENTAL, Nivel.SED}
    )
    codigos = [_posibles(mencion)[0] for mencion in en_orden]
    resto = [codigo for mencion in en_orden for codigo in _posibles(mencion)[1:]]
    return Conclusion(None, tuple(dict.fromkeys([*codigos, *resto])))


def _municipio_de(municipio: Mencion, departamento: Mencion) -> Lugar | None:
    if departamento.nombre.departamento is None:
        return None
    codigo = departamento.nombre.departamento.codigo
    suyos = [lugar for lugar in municipio.nombre.municipios if lugar.departamento == codigo]
    return suyos[0] if suyos else None


def _de_pareja(lugar: Lugar, municipio: Mencion, departamento: Mencion, *, primero) -> Conclusion:
    departamental = departamento.nombre.departamento.entidad
    los_demas = [*_posibles(municipio), *_posibles(departamento)]
    # «Secretaría de Educación de Nariño - Pasto»: la marca va con el departamento.
    # «Departamento de Nariño - Pasto» también puede ser la departamental, que está en Pasto.
    del_departamento = departamento.niveles & {Nivel.DEPARTAMENTAL, Nivel.SED} or (
        not municipio.niveles
        and (
            Nivel.SECRETARIA in departamento.niveles
            or (Nivel.DEPARTAMENTO in departamento.niveles and not primero)
        )
    )

    if not lugar.es_certificado:
        posibles = tuple(dict.fromkeys([lugar.entidad, *los_demas]))
        if del_departamento and not municipio.niveles:
            return Conclusion(lugar.entidad, posibles)  # «Gobernación del Tolima - Honda»
        return Conclusion(None, posibles, (lugar.entidad,), lugar)

    dudoso = (
        del_departamento
        or departamento.niveles & MUNICIPALES
        or municipio.niveles & {Nivel.DEPARTAMENTAL, Nivel.DEPARTAMENTO}
        or (Nivel.SED in municipio.niveles and not lugar.es_distrito)
    )
    if dudoso and del_departamento:
        posibles = (departamental, lugar.entidad)
    else:
        posibles = (lugar.entidad, departamental)
    if dudoso:
        return Conclusion(None, tuple(dict.fromkeys([*posibles, *los_demas])), posibles)
    return Conclusion(lugar.entidad, (lugar.entidad,))


def _de_varias(menciones) -> Conclusion:
    parejas = [
        lugar.entidad
        for i, una in enumerate(menciones)
        for otra in [*menciones[:i], *menciones[i + 1 :]]
        if (lugar := _municipio_de(una, otra))
    ]
    departamentos = [
        mencion.nombre.departamento.entidad
        for mencion in reversed(menciones)
        if mencion.nombre.departamento
    ]
    sueltas = [codigo for mencion in menciones for codigo in _posibles(mencion)]
    return Conclusion(None, tuple(dict.fromkeys([*parejas, *departamentos, *sueltas])))
