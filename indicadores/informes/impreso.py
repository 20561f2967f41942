"""El informe en PDF: dos páginas, o tres, para poner en una mesa."""

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst

from indicadores.consultas.cifras import Cifra, con_unidad, en_espanol
from indicadores.consultas.ficha import IndicadorDeFicha
from indicadores.consultas.tendencias import cantidad
from indicadores.informes.contenido import NIVELES, Fuente, Informe, frente_al_anterior, se_dice
from indicadores.informes.graficas import minigrafica_en_svg, tendencia_en_svg
from indicadores.models import Indicador
from trabajos.pdf import componer_pdf

# En este orden, las cuatro primeras que tenga.
GRAFICAS = (
    "cobertura_neta",
    "desercion",
    "aprobacion",
    "repitencia",
    "reprobacion",
    "cobertura_bruta",
    "tasa_matriculacion_5_16",
    "poblacion_5_16",
)
N_GRAFICAS = 4


def componer_impreso(informe: Informe) -> bytes:
    return componer_pdf("informe", datos_de(informe))


def datos_de(informe: Informe) -> dict:
    """Lo que la plantilla pone, ya en palabras."""
    return {
        "titulo": informe.titulo,
        "pie": _pie(informe),
        "entidad": informe.entidad.nombre,
        "sobretitulo": f"Informe de indicadores, hasta {informe.hasta}",
        "quien": f"Secretaría de Educación ({informe.quien})",
        "titular": informe.titular,
        "bajada": informe.bajada,
        "vigencia": informe.ficha.vigencia,
        "claves": [_clave(uno) for uno in informe.claves],
        "graficas": [_grafica(informe, uno) for uno in _las_que_se_dibujan(informe)],
        "niveles": list(NIVELES.values()),
        "por_nivel": _por_nivel(informe),
        "comparacion": _comparacion(informe),
        "notas": [(una.familias, una.nota.texto) for una in informe.notas],
        "fuentes": [_fuente(fuente) for fuente in informe.fuentes],
        "version": informe.version,
        "hay_calculo_propio": informe.hay_calculo_propio,
        "direccion": settings.DIRECCION_DEL_PORTAL
        + reverse("indicadores:ficha", args=[informe.entidad.codigo_dane]),
    }


def _pie(informe):
    if not informe.hay:
        return informe.titulo
    quienes = {f.conjunto.entidad_que_publica: f.conjunto.licencia for f in informe.fuentes}
    fuente = "; ".join(f"{quien}, {licencia}" for quien, licencia in quienes.items())
    return f"Fuente: {fuente}. Corte: {informe.corte or 'sin fecha'}"


def _fuente(fuente: Fuente) -> str:
    corte = date_format(fuente.corte, r"j \d\e F \d\e Y") if fuente.corte else "sin fecha"
    return f"{fuente.conjunto.cita}. Corte: {corte}. Licencia {fuente.conjunto.licencia}."


# ── Las cifras y las gráficas ─────────────────────────────────────────────────────────────────


def _clave(uno: IndicadorDeFicha) -> dict:
    tendencia = frente_al_anterior(uno)
    return {
        "valor": uno.ultima.texto,
        "hay": uno.ultima.hay,
        "nombre": uno.indicador.nombre_corto,
        "vigencia": uno.ultima.vigencia,
        "juicio": tendencia.juicio if tendencia else "",
        "detalle": _detalle(uno, tendencia) if uno.ultima.hay else [capfirst(se_dice(uno))],
    }


def _detalle(uno, tendencia):
    detalle = [capfirst(tendencia.texto)] if tendencia else []
    if uno.distancia:
        diferencia, de_que = uno.distancia.al_pais, "del país"
        if diferencia is None:
            diferencia, de_que = uno.distancia.a_la_mediana, "de la mediana"
        detalle.append(capfirst(f"{_separa(diferencia, uno.indicador)} {de_que}"))
    if uno.ultima.es_propia:
        detalle.append("Cálculo propio")
    return detalle


def _separa(diferencia, indicador):
    if not diferencia:
        return "a la altura"
    lado = "por encima" if diferencia > 0 else "por debajo"
    return f"{cantidad(diferencia, indicador)} {lado}"


def _las_que_se_dibujan(informe):
    suyas = [informe.ficha.por_codigo[c] for c in GRAFICAS if c in informe.ficha.por_codigo]
    # Con un solo año no hay línea.
    return [uno for uno in suyas if sum(cifra.hay for cifra in uno.propia) > 1][:N_GRAFICAS]


def _grafica(informe: Informe, uno: IndicadorDeFicha) -> dict:
    dibujo = tendencia_en_svg(informe.ficha, uno, id=uno.indicador.codigo)
    tendencia = frente_al_anterior(uno)
    dicho = f"En {uno.ultima.vigencia}: {se_dice(uno)}"
    return {
        "titulo": uno.indicador.nombre,
        "svg": dibujo,
        # Lo que la gráfica dice de sí misma en la página es lo que dice en el papel.
        "alternativa": f"{dibujo.titulo}. {dibujo.descripcion}",
        "dicho": f"{dicho}; {tendencia.texto}." if tendencia else f"{dicho}.",
    }


# ── Las tablas ────────────────────────────────────────────────────────────────────────────────


def _por_nivel(informe: Informe) -> list[list[str]]:
    """Por familia, lo de cada nivel en el año del informe."""
    filas = []
    for familia in informe.familias:
        de_nivel = {uno.indicador.nivel: uno.ultima for uno in familia.indicadores}
        if len(de_nivel) > 1:
            filas.append([familia.nombre, *(_texto(de_nivel.get(nivel)) for nivel in NIVELES)])
    return filas


def _comparacion(informe: Informe) -> dict:
    """Las tasas de ese año, con su distancia al país; si del país no hay, a la mediana."""
    suyas = [
        uno
        for uno in informe.principales
        if uno.distancia
        and uno.indicador.medida == Indicador.Medida.PORCENTAJE
        and uno.ultima.vigencia == informe.ficha.vigencia
    ]
    al_pais = any(uno.distancia.al_pais is not None for uno in suyas)
    con_departamento = any(uno.departamento for uno in suyas)
    departamento = [informe.nombre_del_departamento] if con_departamento else []
    return {
        "columnas": [informe.entidad.nombre, *departamento, "Colombia", "Mediana"],
        "de_que": "del país" if al_pais else "de la mediana",
        "filas": [_comparada(uno, al_pais, con_departamento) for uno in suyas],
    }


def _comparada(uno, al_pais, con_departamento):
    indicador, distancia = uno.indicador, uno.distancia
    departamento = [_texto(uno.ultima_del_departamento)] if con_departamento else []
    diferencia = distancia.al_pais if al_pais else distancia.a_la_mediana
    return {
        "nombre": indicador.nombre_corto,
        "linea": minigrafica_en_svg(uno),
        "celdas": [
            uno.ultima.texto,
            *departamento,
            _texto(uno.ultima_de_la_nacion),
            con_unidad(distancia.mediana, indicador),
        ],
        "diferencia": diferencia or 0,
        "dicha": _con_signo(diferencia, indicador.decimales),
    }


def _con_signo(diferencia, decimales):
    if diferencia is None:
        return "sin dato"
    signo = "+" if diferencia > 0 else "−" if diferencia < 0 else ""
    return f"{signo}{en_espanol(abs(diferencia), decimales)}"


def _texto(cifra: Cifra | None) -> str:
    return cifra.texto if cifra else "no reportado"
