"""El informe en Excel: portada, una hoja por familia con sus gráficas, y los datos enteros.

Las gráficas son de Excel y leen la hoja «Datos»: allí la celda sin número está vacía y la línea se
corta. En las tablas esa misma celda dice su estado en palabras, y Excel la dibujaría como un cero.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO

from indicadores.consultas.cifras import Cifra
from indicadores.consultas.ficha import FamiliaDeFicha, IndicadorDeFicha
from indicadores.informes.contenido import (
    NIVELES,
    Informe,
    cuando,
    se_dice,
    totales_de,
)
from indicadores.informes.paginas_del_libro import (
    PORTADA,
    escribir_metadatos,
    escribir_notas,
    escribir_portada,
)
from indicadores.models import Indicador, Valor
from trabajos.hojas.escribir import (
    AZUL,
    OPCIONES,
    Estilos,
    nombre_de_hoja,
    poner_texto,
    preparar_impresion,
)

DATOS = "Datos"
COLUMNAS_DE_DATOS = (
    ("Código del indicador", 26),
    ("Indicador", 34),
    ("Nivel", 12),
    ("De quién", 26),
    ("Código DANE", 13),
    ("Año", 8),
    ("Valor", 12),
    ("Unidad", 22),
    ("Estado", 14),
    ("Método", 36),
    ("Corte", 12),
    ("Versión", 9),
    ("Nota", 40),
)
EL_ANO, EL_VALOR = 5, 6
ESTADOS, METODOS = dict(Valor.Estado.choices), dict(Valor.Metodo.choices)
DIA_CERO = date(1899, 12, 30)
ANCHO, ALTO, FILAS_DE_LA_GRAFICA = 640, 320, 17  # la gráfica, y lo que ocupa en filas
COLORES = (AZUL, "#B45309", "#5B6472", "#0F766E")
RAYAS = ("solid", "dash", "round_dot", "long_dash")


def escribir_libro(informe: Informe) -> bytes:
    import xlsxwriter

    destino = BytesIO()
    with xlsxwriter.Workbook(destino, {**OPCIONES, "in_memory": True}) as libro:
        version = informe.ficha.version
        libro.set_properties(
            {
                "title": informe.titulo,
                "subject": informe.entidad.nombre,
                # La fecha de la versión: el mismo informe, hecho dos veces, son los mismos bytes.
                "created": version and version.publicada_en.replace(tzinfo=None, microsecond=0),
            }
        )
        Libro(informe, libro, Estilos(libro)).escribir()
    return destino.getvalue()


@dataclass
class Libro:
    informe: Informe
    libro: object
    estilos: Estilos
    lugares: dict = field(default_factory=dict)  # dónde quedó cada serie en «Datos»
    _numeros: dict = field(default_factory=dict)

    def escribir(self):
        usados = {PORTADA.casefold(), DATOS.casefold(), "metadatos", "notas"}
        portada = self.libro.add_worksheet(PORTADA)
        familias = [
            (familia, nombre_de_hoja(familia.nombre, usados)) for familia in self.informe.familias
        ]
        hojas = [self.libro.add_worksheet(nombre) for _, nombre in familias]
        n_datos = self._escribir_datos()
        for (familia, _), hoja in zip(familias, hojas, strict=True):
            self._escribir_familia(hoja, familia)
        escribir_portada(self, portada, [nombre for _, nombre in familias], n_datos)
        escribir_metadatos(self, n_datos)
        escribir_notas(self)

    def numero(self, indicador):
        """El formato de sus números, uno por libro."""
        clave = (indicador.es_porcentaje, indicador.decimales)
        if clave not in self._numeros:
            decimales = "." + "0" * indicador.decimales if indicador.decimales else ""
            formato = f"0{decimales}%" if indicador.es_porcentaje else f"#,##0{decimales}"
            self._numeros[clave] = self.libro.add_format({"num_format": formato})
            self._en_palabras = self.libro.add_format(
                {"num_format": "@", "align": "right", "italic": True, "font_color": "#4C4C4C"}
            )
        return self._numeros[clave]

    def poner_cifra(self, hoja, fila, columna, cifra: Cifra):
        """Un número con su formato o, si no lo hay, el estado en palabras."""
        formato = self.numero(cifra.indicador)
        if cifra.hay:
            hoja.write_number(fila, columna, en_excel(cifra), formato)
        else:
            poner_texto(hoja, fila, columna, cifra.texto, self._en_palabras)

    def encabezar(self, hoja, fila, titulos: Sequence[str]):
        for columna, titulo in enumerate(titulos):
            poner_texto(hoja, fila, columna, titulo, self.estilos.encabezado)

    # ── Datos: una fila por cifra ─────────────────────────────────────────────────────────────

    def _escribir_datos(self) -> int:
        hoja = self.libro.add_worksheet(DATOS)
        self.encabezar(hoja, 0, [titulo for titulo, _ in COLUMNAS_DE_DATOS])
        for columna, (_, ancho) in enumerate(COLUMNAS_DE_DATOS):
            hoja.set_column(columna, columna, ancho)
        fila = 0
        for familia in self.informe.familias:
            for uno in familia.indicadores:
                for de_quien, codigo, serie in self.informe.series_de(uno):
                    self.lugares[uno.indicador.codigo, de_quien] = fila + 1, fila + len(serie)
                    self._escribir_serie(hoja, fila + 1, de_quien, codigo, serie)
                    fila += len(serie)
        ultima = len(COLUMNAS_DE_DATOS) - 1
        hoja.freeze_panes(1, 0)
        hoja.autofilter(0, 0, max(fila, 1), ultima)
        hoja.ignore_errors({"number_stored_as_text": f"E2:E{fila + 2}"})
        self.libro.define_name(f"'{DATOS}'!ColumnTitle", f"='{DATOS}'!$A$1")
        preparar_impresion(hoja)
        hoja.repeat_rows(0)
        return fila

    def _escribir_serie(self, hoja, fila, de_quien, codigo, serie):
        indicador = serie[0].indicador
        texto, numero = self.estilos.de["texto"], self.numero(indicador)
        unidad, nivel = indicador.get_medida_display(), NIVELES[indicador.nivel]
        for n, cifra in enumerate(serie, fila):
            hoja.write_string(n, 0, indicador.codigo)
            hoja.write_string(n, 1, indicador.nombre)
            hoja.write_string(n, 2, nivel)
            hoja.write_string(n, 3, de_quien)
            hoja.write_string(n, 4, codigo, texto)
            hoja.write_number(n, EL_ANO, cifra.vigencia)
            hoja.write_string(n, 7, unidad)
            hoja.write_string(n, 8, ESTADOS[cifra.estado])
            if cifra.hay:
                hoja.write_number(n, EL_VALOR, en_excel(cifra), numero)
                hoja.write_string(n, 9, METODOS[cifra.metodo])
            if cifra.corte:
                # Como la guarda Excel, en días: convertir cada una cuesta más que escribirla.
                hoja.write_number(n, 10, (cifra.corte - DIA_CERO).days, self.estilos.de["fecha"])
            if cifra.version:
                hoja.write_number(n, 11, cifra.version)
            if cifra.nota:
                poner_texto(hoja, n, 12, cifra.nota, self.estilos.cuidado)

    # ── Una familia: sus tablas y sus gráficas ────────────────────────────────────────────────

    def _escribir_familia(self, hoja, familia: FamiliaDeFicha):
        hoja.set_column(0, 0, 9)
        hoja.set_column(1, 4, 19)
        poner_texto(hoja, 0, 0, familia.nombre, self.estilos.titulo)
        fila = 2
        for uno in totales_de(familia):
            series = [(una.de_quien, una.cifras) for una in self.informe.series_de(uno)]
            fila = self._bloque(hoja, fila, uno.indicador.nombre, uno.vigencias, series)
            fila = self._como_va(hoja, fila, uno)
        if niveles := [uno for uno in familia.por_nivel if uno.hay]:
            vigencias = sorted({v for uno in niveles for v in uno.vigencias})
            series = [(NIVELES[uno.indicador.nivel], _en(uno.propia, vigencias)) for uno in niveles]
            titulo = f"{familia.nombre} por nivel, {self.informe.entidad.nombre}"
            fila = self._bloque(hoja, fila, titulo, vigencias, series, por_nivel=True)
        for nota in familia.notas:
            poner_texto(hoja, fila, 0, f"{cuando(nota)}: {nota.texto}", self.estilos.cuidado)
            fila += 1
        preparar_impresion(hoja)

    def _bloque(self, hoja, fila, titulo, vigencias, series, *, por_nivel=False):
        """Una tabla y, a su lado, la gráfica. Devuelve la fila que sigue."""
        poner_texto(hoja, fila, 0, titulo, self.estilos.rotulo)
        self.encabezar(hoja, fila + 1, ["Año", *(nombre for nombre, _ in series)])
        for n, vigencia in enumerate(vigencias, fila + 2):
            hoja.write_number(n, 0, vigencia, self.estilos.rotulo)
            for columna, (_, serie) in enumerate(series, 1):
                self.poner_cifra(hoja, n, columna, serie[n - fila - 2])
        if series[0][1][0].indicador.medida == Indicador.Medida.PERSONAS:
            series = series[:1]  # junto al país, una población se ve como una raya en el piso
        grafica = self._grafica(titulo, vigencias, series, por_nivel)
        hoja.insert_chart(
            fila,
            6,
            grafica,
            {"description": self._alternativa(titulo, series), "object_position": 2},
        )
        return fila + max(len(vigencias) + 3, FILAS_DE_LA_GRAFICA + 1)

    def _como_va(self, hoja, fila, uno: IndicadorDeFicha):
        """Debajo de la tabla, lo mismo en palabras."""
        dichos = [f"En {uno.ultima.vigencia}: {se_dice(uno)}."]
        dichos += [f"{t.texto[0].upper()}{t.texto[1:]}." for t in uno.tendencias]
        if uno.distancia:
            dichos.append(f"{uno.distancia.texto[0].upper()}{uno.distancia.texto[1:]}.")
        if uno.ultima.hay and uno.ultima.es_propia:
            dichos.append(f"La cifra es {Valor.Metodo(uno.ultima.metodo).label}.")
        dichos.append(uno.indicador.definicion)
        for dicho in dichos:
            poner_texto(hoja, fila, 0, dicho, self.estilos.cuidado)
            fila += 1
        return fila + 1

    def _grafica(self, titulo, vigencias, series, por_nivel):
        grafica = self.libro.add_chart({"type": "scatter", "subtype": "straight_with_markers"})
        muestra = series[0][1][0].indicador
        for n, (nombre, serie) in enumerate(series):
            de_quien = self.informe.entidad.nombre if por_nivel else nombre
            primera, ultima = self.lugares[serie[0].indicador.codigo, de_quien]
            grafica.add_series(
                {
                    "name": nombre,
                    "categories": [DATOS, primera, EL_ANO, ultima, EL_ANO],
                    "values": [DATOS, primera, EL_VALOR, ultima, EL_VALOR],
                    "line": {
                        "color": COLORES[n],
                        "width": 2.5 if n == 0 or por_nivel else 1.75,
                        "dash_type": RAYAS[n],
                    },
                    "marker": {
                        "type": ("circle", "diamond", "square", "triangle")[n],
                        "size": 6,
                        "fill": {"color": COLORES[n]},
                        "border": {"color": COLORES[n]},
                    },
                }
            )
        letra = {"name": "Nunito Sans", "size": 10, "color": "#4C4C4C"}
        grafica.set_title({"name": titulo, "name_font": {**letra, "size": 12, "bold": True}})
        grafica.set_legend({"position": "bottom", "font": letra})
        primero, ultimo = vigencias[0], vigencias[-1]
        grafica.set_x_axis(
            {
                "num_format": "0",
                "num_font": letra,
                "min": primero,
                "max": max(ultimo, primero + 1),
                "major_unit": 1 if ultimo - primero <= 12 else 2,
                "line": {"color": "#B8C0CC"},
                "major_gridlines": {"visible": False},
            }
        )
        grafica.set_y_axis(
            {
                "num_format": "0%" if muestra.es_porcentaje else "#,##0",
                "num_font": letra,
                "line": {"none": True},
                "major_gridlines": {"visible": True, "line": {"color": "#E3E7EE"}},
            }
        )
        grafica.show_blanks_as("gap")
        grafica.set_size({"width": ANCHO, "height": ALTO})
        return grafica

    def _alternativa(self, titulo, series):
        """La gráfica contada: de dónde salió y a dónde llegó cada línea."""
        partes = []
        for nombre, serie in series:
            con_dato = [cifra for cifra in serie if cifra.hay]
            if con_dato:
                primera, ultima = con_dato[0], con_dato[-1]
                partes.append(
                    f"{nombre}: {primera.texto} en {primera.vigencia}, {ultima.texto} en "
                    f"{ultima.vigencia}"
                )
        return f"{titulo}. {'. '.join(partes)}. La tabla está a la izquierda."


def en_excel(cifra: Cifra) -> float:
    """Excel multiplica por cien al mostrar; el portal trae el porcentaje de 0 a 100.

    Redondeado donde ya no hay dato: 5,6 ÷ 100 no deja colas de la aritmética binaria.
    """
    return round(cifra.valor / 100, 12) if cifra.indicador.es_porcentaje else cifra.valor


def _en(serie, vigencias):
    por_vigencia = {cifra.vigencia: cifra for cifra in serie}
    muestra = serie[0]
    return [
        por_vigencia.get(vigencia) or Cifra(muestra.indicador, muestra.unidad_id, vigencia)
        for vigencia in vigencias
    ]
