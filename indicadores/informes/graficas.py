"""Las gráficas de la ficha, ya dibujadas: el mismo SVG va a la página y al PDF."""

from collections.abc import Iterable, Sequence

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from indicadores.consultas.cifras import Cifra, con_unidad, en_espanol
from indicadores.consultas.ficha import FamiliaDeFicha, Ficha, IndicadorDeFicha
from indicadores.consultas.tendencias import Punto
from indicadores.graficos.barras import Dato, barras
from indicadores.graficos.distancia import enjambre
from indicadores.graficos.linea import Serie, linea
from indicadores.graficos.minigrafica import minigrafica
from indicadores.models import Indicador, NotaDeSerie
from territorio.models import EntidadTerritorial


class Dibujo(SafeString):
    """Un SVG que se basta solo, y lo mismo en palabras para quien no lo ve."""

    titulo = descripcion = ""


MILLON = 1_000_000
AMPLITUD = 10  # puntos porcentuales: menos que eso, dibujado a todo lo alto, parece un salto


def nombre_corto(entidad: EntidadTerritorial) -> str:
    """El que cabe junto a una línea: «San Andrés», sin su archipiélago ni las demás islas."""
    return entidad.nombre.partition(",")[0].removeprefix("Archipiélago de ")


def nombre_del_departamento(ficha: Ficha) -> str:
    """El de una secretaría departamental se llama igual que ella, y no es lo mismo."""
    if ficha.unidad_departamento is None:
        return ""
    if ficha.entidad.es_departamental:
        return "Todo el departamento"
    return ficha.unidad_departamento.nombre


def tendencia_en_svg(ficha: Ficha, uno: IndicadorDeFicha, *, id: str) -> Dibujo:
    """La línea de la entidad, con la de su departamento y la del país si se pueden comparar."""
    series = [("propia", nombre_corto(ficha.entidad), uno.propia)]
    if uno.indicador.medida != Indicador.Medida.PERSONAS:
        series += [
            ("departamento", nombre_del_departamento(ficha), uno.departamento),
            ("nacion", "Colombia", uno.nacion),
        ]
    return linea_en_svg(uno.indicador, series, uno.vigencias, notas=uno.notas, id=id)


def linea_en_svg(
    indicador: Indicador,
    series: Sequence[tuple[str, str, Sequence[Cifra]]],
    vigencias: Sequence[int],
    *,
    notas: Iterable[NotaDeSerie],
    id: str,
) -> Dibujo:
    notas = list(notas)
    grafica = linea(
        [
            Serie(clave, nombre, [cifra.valor for cifra in cifras])
            for clave, nombre, cifras in series
            if cifras
        ],
        vigencias,
        formato=lambda valor: con_unidad(valor, indicador),
        eje=lambda valor, arriba: _en_el_eje(valor, indicador, arriba),
        quiebres=[n.desde for n in notas if n.clase == NotaDeSerie.Clase.QUIEBRE],
        advertencias=[
            (n.desde, n.hasta or vigencias[-1])
            for n in notas
            if n.clase == NotaDeSerie.Clase.ADVERTENCIA
        ],
        amplitud=AMPLITUD if indicador.es_porcentaje else 0,
        maximo=indicador.maximo if indicador.es_porcentaje else None,
    )
    return _dibujar(
        "linea",
        grafica,
        id,
        f"{indicador.nombre}, {vigencias[0]} a {vigencias[-1]}",
        " ".join(filter(None, (_de_a(nombre, cifras) for _, nombre, cifras in series))),
    )


def distancia_en_svg(
    indicador: Indicador,
    todas: Sequence[Punto],
    *,
    id: str,
    vigencia: int,
    propia: tuple[str, float] | None = None,
    mediana: float | None = None,
    pais: float | None = None,
) -> Dibujo:
    grafica = enjambre(
        [punto.valor for punto in todas],
        formato=lambda valor: con_unidad(valor, indicador),
        propia=propia,
        mediana=mediana,
        pais=pais,
    )
    if grafica is None:
        return Dibujo("")
    partes = [f"{len(todas)} entidades, de {grafica.marcas[0][2]} a {grafica.marcas[1][2]}"]
    partes += [senal.texto for senal in (grafica.propia, *grafica.senales) if senal]
    titulo = f"{indicador.nombre} en {vigencia}: cada punto es una entidad"
    return _dibujar("enjambre", grafica, id, titulo, "; ".join(partes) + ".")


def distancia_de_la_ficha(ficha: Ficha, uno: IndicadorDeFicha, *, id: str) -> Dibujo:
    if uno.distancia is None:
        return Dibujo("")
    pais = uno.ultima_de_la_nacion
    return distancia_en_svg(
        uno.indicador,
        uno.todas,
        id=id,
        vigencia=uno.ultima.vigencia,
        propia=(nombre_corto(ficha.entidad), uno.ultima.valor),
        mediana=uno.distancia.mediana,
        pais=pais and pais.valor,
    )


def niveles_en_svg(ficha: Ficha, familia: FamiliaDeFicha, *, id: str) -> Dibujo:
    """De transición a media, con el departamento y el país marcados sobre cada barra."""
    datos = []
    for uno in familia.por_nivel:
        otras = (("departamento", uno.ultima_del_departamento), ("nacion", uno.ultima_de_la_nacion))
        datos.append(
            Dato(
                uno.indicador.get_nivel_display().capitalize(),
                uno.ultima.valor,
                uno.ultima.texto,
                "propia",
                [(clave, cifra.valor) for clave, cifra in otras if cifra and cifra.hay],
            )
        )
    titulo = f"{familia.nombre} por nivel en {ficha.entidad.nombre}, {ficha.vigencia}"
    return barras_en_svg(datos, titulo=titulo, id=id)


def barras_en_svg(datos: Sequence[Dato], *, titulo: str, id: str) -> Dibujo:
    descripcion = "; ".join(f"{dato.nombre}: {dato.texto}" for dato in datos)
    return _dibujar("barras", barras(datos), id, titulo, f"{descripcion}.")


def minigrafica_en_svg(uno: IndicadorDeFicha) -> Dibujo:
    quiebres = {n.desde for n in uno.notas if n.clase == NotaDeSerie.Clase.QUIEBRE}
    cortes = [i for i, vigencia in enumerate(uno.vigencias) if vigencia in quiebres]
    return _dibujar("minigrafica", minigrafica([cifra.valor for cifra in uno.propia], cortes))


def _dibujar(cual, grafica, id="", titulo="", descripcion="") -> Dibujo:
    """Vacío si no hay nada que dibujar."""
    if grafica is None:
        return Dibujo("")
    datos = {"g": grafica, "id": id, "titulo": titulo, "descripcion": descripcion}
    dibujo = Dibujo(render_to_string(f"indicadores/graficos/{cual}.html", datos))
    dibujo.titulo, dibujo.descripcion = titulo, descripcion
    return dibujo


def _en_el_eje(valor, indicador, arriba) -> str:
    """La unidad va solo en la marca de arriba."""
    if abs(valor) >= MILLON:
        texto = f"{en_espanol(valor / MILLON, 0 if valor % MILLON == 0 else 1)} M"
    else:
        texto = en_espanol(valor, 0 if valor == int(valor) else 1)
    return f"{texto} %" if arriba and indicador.es_porcentaje else texto


def _de_a(nombre, cifras) -> str:
    con_dato = [cifra for cifra in cifras if cifra.hay]
    if not con_dato:
        return ""
    una, otra = con_dato[0], con_dato[-1]
    if una is otra:
        return f"{nombre}: {una.texto} en {una.vigencia}."
    return f"{nombre}: de {una.texto} en {una.vigencia} a {otra.texto} en {otra.vigencia}."
