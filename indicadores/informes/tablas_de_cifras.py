"""Las tablas de cifras que se descargan: una fila por cifra o una columna por indicador."""

from django.conf import settings

from indicadores.consultas.tablas import Pedido
from indicadores.consultas.tendencias import notas_de
from indicadores.informes.columnas import (
    AL_FINAL,
    CLASE_DE_LA_MEDIDA,
    DE_LA_CIFRA,
    DEL_DICCIONARIO,
    DEL_LUGAR,
    NOMBRE_DEL_ESTADO,
    QUE_ES_CADA_ESTADO,
    QUE_ES_CADA_METODO,
    del_indicador,
    filas_del_diccionario,
)
from indicadores.informes.tablas import Tabla, cabe_al_instante, direccion_de
from indicadores.models import Conjunto, Indicador, NotaDeSerie, Unidad
from trabajos.hojas.escribir import EnSuClase

LARGO, ANCHO = "largo", "ancho"
UNA_FILA = {
    LARGO: "Una fila por cifra.",
    ANCHO: "Una fila por lugar y año, con una columna por indicador.",
}
PORCENTAJES = (
    "En Excel llevan formato de porcentaje; en CSV y JSON van de 0 a 100. Una cobertura puede "
    "pasar de 100."
)


def tabla_de(pedido: Pedido, forma: str = LARGO) -> Tabla:
    es_larga = forma == LARGO
    return Tabla(
        nombre=_nombre(pedido),
        que_es=f"{pedido.clase.que_es} {UNA_FILA[forma]}",
        columnas=_columnas(pedido, forma),
        filas=_filas_largas(pedido) if es_larga else _filas_anchas(pedido),
        n_filas=pedido.n_filas if es_larga else pedido.n_filas_a_lo_ancho,
        fuente="; ".join(Conjunto.objects.values_list("cita", flat=True)),
        licencia=_licencia(),
        corte=pedido.version.corte,
        version=pedido.version,
        direccion=_permanente(pedido, forma),
        notas=_notas(pedido),
    )


def cabe_en_excel(pedido: Pedido, forma: str) -> bool:
    n_filas = pedido.n_filas if forma == LARGO else pedido.n_filas_a_lo_ancho
    return cabe_al_instante(n_filas, _columnas(pedido, forma))


def _columnas(pedido, forma):
    if forma == LARGO:
        return [*DEL_LUGAR, *DE_LA_CIFRA]
    return [*DEL_LUGAR, *map(del_indicador, pedido.indicadores), *AL_FINAL]


def _nombre(pedido):
    titulo = pedido.clase.titulo
    if len(pedido.indicadores) == 1:
        titulo = titulo.replace("Indicadores", pedido.indicadores[0].nombre)
    if pedido.clase.clave == "ficha":
        titulo = "Ficha de " + next(uno.nombre for uno in pedido.lugares if uno.entidad)
    partes = [titulo]
    if len(pedido.vigencias) == 1:
        partes.append(str(pedido.vigencias[0]))
    return " ".join(partes)


def _filas_largas(pedido):
    de_los_indicadores = [
        (uno, CLASE_DE_LA_MEDIDA[uno.medida], uno.get_nivel_display(), uno.get_medida_display())
        for uno in pedido.indicadores
    ]
    for lugar, vigencia, suyas in pedido.cifras_por_fila():
        del_lugar = _del_lugar(lugar, vigencia)
        for (uno, clase, nivel, medida), (cifra, estado) in zip(
            de_los_indicadores, suyas, strict=True
        ):
            yield (
                *del_lugar,
                uno.codigo,
                uno.nombre,
                nivel,
                medida,
                EnSuClase(cifra.valor, clase),
                estado,
                cifra.metodo if cifra.valor_id else "",
                cifra.nota,
                cifra.version,
                cifra.fila,
                cifra.corte,
            )


def _filas_anchas(pedido):
    for lugar, vigencia, suyas in pedido.cifras_por_fila():
        sin_numero = (
            f"{cifra.indicador.codigo}: {NOMBRE_DEL_ESTADO[estado]}"
            for cifra, estado in suyas
            if not cifra.hay
        )
        propias = (cifra.indicador.codigo for cifra, _ in suyas if cifra.hay and cifra.es_propia)
        yield (
            *_del_lugar(lugar, vigencia),
            *(cifra.valor for cifra, _ in suyas),
            "; ".join(sin_numero),
            "; ".join(propias),
        )


def _del_lugar(lugar, vigencia):
    return (
        lugar.ambito,
        lugar.codigo,
        lugar.codigo_men,
        lugar.nombre,
        lugar.codigo_departamento,
        lugar.departamento,
        str(vigencia),
    )


def _permanente(pedido, forma):
    filtros = {}
    if len(pedido.vigencias) == 1:
        filtros["vigencia"] = pedido.vigencias[0]
    if len(pedido.indicadores) == 1:
        filtros["indicador"] = pedido.indicadores[0].codigo
    if "entidad" in pedido.clase.exige:
        filtros["entidad"] = [uno.codigo for uno in pedido.lugares if uno.ambito == "secretaria"]
    if forma == ANCHO:
        filtros["forma"] = ANCHO
    return settings.DIRECCION_DEL_PORTAL + direccion_de(
        pedido.clase.clave, "csv", version=pedido.version.numero, **filtros
    )


def _notas(pedido):
    primera, ultima = min(pedido.vigencias, default=0), max(pedido.vigencias, default=0)
    de_las_series = [
        (nota.get_clase_display().capitalize(), _con_su_fuente(nota))
        for nota in NotaDeSerie.objects.all()
        if nota.desde <= ultima
        and (nota.hasta is None or nota.hasta >= primera)
        and any(
            notas_de([nota], familia, ambito)
            for familia in {uno.familia for uno in pedido.indicadores}
            for ambito in _ambitos(pedido)
        )
    ]
    return [
        *de_las_series,
        *((f"Estado «{clave}»", texto) for clave, texto in QUE_ES_CADA_ESTADO.items()),
        *((f"Método «{clave}»", texto) for clave, texto in QUE_ES_CADA_METODO.items()),
        ("Porcentajes", PORCENTAJES),
        ("Varias secretarías", "Las tasas no se suman ni se promedian sin peso."),
    ]


def _ambitos(pedido):
    """Una secretaría tiene cifras municipales o reunidas de ellas."""
    ambitos = {uno.ambito for uno in pedido.lugares}
    return {Unidad.Ambito.MUNICIPIO if uno == "secretaria" else uno for uno in ambitos}


def _con_su_fuente(nota):
    return f"{nota.texto} Fuente: {nota.fuente}." if nota.fuente else nota.texto


def diccionario() -> Tabla:
    indicadores = list(Indicador.objects.activos())
    filas = filas_del_diccionario(indicadores)
    return Tabla(
        nombre="Diccionario de los datos",
        que_es="Qué dice cada columna, cada indicador, cada estado y cada método.",
        columnas=DEL_DICCIONARIO,
        filas=filas,
        n_filas=len(filas),
        fuente="; ".join(Conjunto.objects.values_list("cita", flat=True)),
        licencia=_licencia(),
        direccion=settings.DIRECCION_DEL_PORTAL + direccion_de("diccionario", "csv"),
    )


def _licencia():
    return "; ".join(sorted(set(Conjunto.objects.order_by().values_list("licencia", flat=True))))
