"""De los bytes de un archivo de indicadores a sus cifras, con sus defectos curados y contados."""

import io
from collections import Counter
from collections.abc import Mapping
from itertools import compress

from rapidfuzz import fuzz

from indicadores.lectura.abrir import OTRA_VEZ, Hoja, abrir
from indicadores.lectura.columnas import (
    CODIGO,
    PARA_EL_ENCABEZADO,
    VIGENCIA,
    Columnas,
    ambito_de,
    reconocer,
)
from indicadores.lectura.numeros import a_codigos, a_numeros, a_vigencias, signo_decimal
from indicadores.lectura.resultado import (
    ArchivoIlegible,
    Correccion,
    Lectura,
    Medida,
    Rechazo,
)
from territorio.texto import normalizar
from trabajos.hojas.leer import OLE, ZIP

NACION, CODIGO_DE_LA_NACION = "nacion", "00"
SE_LLAMA_NACIONAL = {"nacional", "total nacional", "nacion", "colombia", "total pais"}
LARGO = {"municipio": 5, "departamento": 2}
EN_FRACCION = 2  # la mayor tasa de una fila en fracciones: 1,09 es 109 %
SIN_TASA = ("poblacion", "entorno")
OTRO_NOMBRE = 60
EN_UN_AVISO = 8
PARA_LOS_TITULOS = 1 << 14

CORRECCIONES = {
    "vigencia_con_miles": "años escritos con separador de miles",
    "codigo_con_miles": "códigos escritos con separador de miles",
    "ceros_perdidos": "códigos que habían perdido sus ceros a la izquierda",
    "con_porcentaje": "cifras con el signo %",
    "coma_decimal": "decimales escritos con coma",
    "coma_de_miles": "cifras con coma de miles",
    "punto_de_miles": "cifras con punto de miles",
    "sin_dato_escrito": "celdas que decían «sin dato» de algún modo",
    "sin_punto_decimal": "tamaños de grupo que habían perdido el punto decimal",
    "en_fraccion": "cifras nacionales que venían en fracciones (0,92 es 92 %)",
    "repetida_igual": "filas repetidas idénticas, que cuentan una vez",
}


def leer(
    datos: bytes,
    nombre: str = "",
    *,
    ambito: str,
    medidas: list[Medida],
    lugares: Mapping[str, str],
    columnas_conocidas: Mapping[str, str] | None = None,
    emparejamiento: Mapping[str, str] | None = None,
) -> Lectura:
    """`lugares` son las unidades que existen, {código: nombre}. Se casa por código."""
    hoja = abrir(datos)
    columnas = reconocer(
        hoja.filas,
        ambito=ambito,
        medidas=medidas,
        conocidas=columnas_conocidas,
        emparejamiento=emparejamiento,
    )
    lectura = Lectura(
        ambito=ambito,
        codificacion=hoja.codificacion,
        separador=hoja.separador,
        avisos=list(hoja.avisos),
        sin_columna=columnas.sin_columna,
    )
    _Lector(lectura, columnas, medidas, lugares).leer(hoja)
    return lectura


def detectar_ambito(datos: bytes) -> str | None:
    """De qué son sus filas, según sus títulos."""
    if not datos.startswith((ZIP, OLE, b"[", b"{")):
        datos = b"".join(io.BytesIO(datos).readlines(PARA_LOS_TITULOS))  # un CSV: basta el comienzo
    return next(filter(None, map(ambito_de, abrir(datos).filas[:PARA_EL_ENCABEZADO])), None)


class _Lector:
    def __init__(self, lectura: Lectura, columnas: Columnas, medidas, lugares):
        self.lectura, self.columnas, self.lugares = lectura, columnas, lugares
        self.medidas = [m for m in medidas if m.codigo in columnas.indicadores]
        self.cuenta = Counter()
        self.rechazos: dict[int, str] = {}

    def leer(self, hoja: Hoja) -> None:
        filas = self._filas(hoja)
        celdas = list(zip(*filas, strict=True))
        self._llaves(celdas)
        self._valores(celdas)
        self._nacionales(celdas)
        self._exigir_conocidas(celdas)
        self._repetidas()
        self._quitar_rechazadas()
        self._nombres_distintos(celdas)
        self._decir()

    def _filas(self, hoja):
        """Las de datos, parejas; las que no, fuera con su motivo."""
        ancho, primera = self.columnas.ancho, self.columnas.encabezado + 1
        crudas = hoja.filas[primera:]
        numeros = range(primera + 1, primera + 1 + len(crudas))
        if set(map(len, crudas)) == {ancho} and all(map(any, crudas)):
            filas, self.lectura.numeros = crudas, list(numeros)
        else:
            filas = self._emparejar_anchos(hoja, crudas, numeros)
        self.lectura.filas_del_archivo = len(filas) + len(self.lectura.rechazadas)
        if not filas:
            raise ArchivoIlegible(
                "El archivo tiene los títulos y ninguna fila que se pueda leer. Descárguelo otra "
                "vez y súbalo."
            )
        return filas

    def _emparejar_anchos(self, hoja, crudas, numeros):
        ancho, filas = self.columnas.ancho, []
        while crudas and not any(map(str.strip, crudas[-1])):
            crudas = crudas[:-1]
        for numero, fila in zip(numeros, crudas, strict=False):
            if not any(map(str.strip, fila)):
                continue
            if len(fila) < ancho and hoja.es_texto:
                if fila is crudas[-1] and fila[0].strip()[:1].isdigit():
                    raise ArchivoIlegible(
                        f"El archivo parece incompleto: la fila {numero} está cortada (trae "
                        f"{len(fila)} de {ancho} columnas). {OTRA_VEZ}"
                    )
                motivo = f"trae {len(fila)} celdas y se esperaban {ancho}"
            elif any(map(str.strip, fila[ancho:])):
                motivo = f"trae {len(fila)} celdas y se esperaban {ancho}: le sobra un separador"
            else:
                self.lectura.numeros.append(numero)
                filas.append(fila[:ancho] + [""] * (ancho - len(fila)))
                continue
            self.lectura.rechazadas.append(Rechazo(numero, motivo.capitalize() + "."))
        return filas

    def _llaves(self, celdas):
        lectura, llaves = self.lectura, self.columnas.llaves
        lectura.vigencias = a_vigencias(celdas[llaves[VIGENCIA]], self.cuenta)
        lectura.codigos = a_codigos(celdas[llaves[CODIGO]], LARGO[lectura.ambito], self.cuenta)
        lectura.ambitos = [lectura.ambito] * len(lectura.codigos)
        if None in lectura.vigencias:
            for posicion, vigencia in enumerate(lectura.vigencias):
                if vigencia is None:
                    dicho = celdas[llaves[VIGENCIA]][posicion]
                    self.rechazos[posicion] = f"El año «{dicho}» no se entiende."

    def _valores(self, celdas):
        lugares = self.columnas.indicadores
        decimal = signo_decimal(
            [celdas[lugares[m.codigo]] for m in self.medidas if m.familia != "poblacion"]
        )
        for medida in self.medidas:
            columna = celdas[lugares[medida.codigo]]
            numeros, malas = a_numeros(columna, medida, decimal, self.cuenta)
            self.lectura.columnas[medida.codigo] = numeros
            for posicion, celda in malas.items():
                motivo = f"«{celda[:40]}» en {medida.codigo} no es un número."
                self.rechazos.setdefault(posicion, motivo)

    def _nacionales(self, celdas):
        """La fila del país, que viene entre los municipios y a veces en fracciones.

        Solo si su código no es de nadie: en el Huila hay un municipio llamado Colombia.
        """
        lectura = self.lectura
        for lugar in self.columnas.nombres:
            dicen = {n for n in set(celdas[lugar]) if normalizar(n) in SE_LLAMA_NACIONAL}
            if not dicen:
                continue
            for posicion, nombre in enumerate(celdas[lugar]):
                if nombre in dicen and lectura.codigos[posicion] not in self.lugares:
                    lectura.ambitos[posicion] = NACION
                    lectura.codigos[posicion] = CODIGO_DE_LA_NACION
                    self._quitar_fraccion(posicion)

    def _quitar_fraccion(self, posicion):
        tasas = [self.lectura.columnas[m.codigo] for m in self.medidas if m.familia not in SIN_TASA]
        valores = [columna[posicion] for columna in tasas if columna[posicion] is not None]
        if not valores or not 0 < max(valores) <= EN_FRACCION:
            return
        for columna in tasas:
            if columna[posicion] is not None:
                columna[posicion] = round(columna[posicion] * 100, 6)
                self.cuenta["en_fraccion"] += 1

    def _exigir_conocidas(self, celdas):
        lectura = self.lectura
        desconocidos = set(lectura.codigos) - self.lugares.keys()
        if not desconocidos:
            return
        for posicion, codigo in enumerate(lectura.codigos):
            if codigo in desconocidos and lectura.ambitos[posicion] != NACION:
                dicho = celdas[self.columnas.llaves[CODIGO]][posicion]
                self.rechazos.setdefault(
                    posicion, f"No hay {lectura.ambito} con el código «{codigo or dicho}»."
                )

    def _repetidas(self):
        """La misma unidad y año dos veces: igual cuenta una vez; distinta, queda por revisar."""
        lectura = self.lectura
        claves = list(zip(lectura.ambitos, lectura.codigos, lectura.vigencias, strict=True))
        if len(set(claves)) == len(claves):
            return
        primeras, distintos = {}, {}
        for posicion, clave in enumerate(claves):
            if posicion in self.rechazos:
                continue
            primera = primeras.setdefault(clave, posicion)
            if primera == posicion:
                continue
            difieren = [
                c
                for c, valores in lectura.columnas.items()
                if valores[primera] != valores[posicion]
            ]
            if not difieren:
                self.cuenta["repetida_igual"] += 1
                self.rechazos[posicion] = ""
                continue
            distintos.setdefault(primera, {}).update(dict.fromkeys(difieren))
            self.rechazos[posicion] = (
                f"Repite {claves[posicion][1]} en {clave[2]}, que ya está en la fila "
                f"{lectura.numeros[primera]}, con otros valores en {', '.join(difieren[:5])}"
                f"{'…' if len(difieren) > 5 else ''}."
            )
        lectura.repetidas = [(primera, list(codigos)) for primera, codigos in distintos.items()]

    def _quitar_rechazadas(self):
        """Las que no entran salen de todas las columnas; las de motivo vacío, sin decirlo."""
        lectura = self.lectura
        self.quedan = [posicion not in self.rechazos for posicion in range(len(lectura.codigos))]
        if not self.rechazos:
            return
        lectura.rechazadas += [
            Rechazo(lectura.numeros[posicion], motivo)
            for posicion, motivo in self.rechazos.items()
            if motivo
        ]
        lectura.rechazadas.sort(key=lambda rechazo: rechazo.fila)
        nuevas = {
            vieja: n for n, vieja in enumerate(compress(range(len(self.quedan)), self.quedan))
        }
        lectura.repetidas = [(nuevas[posicion], codigos) for posicion, codigos in lectura.repetidas]
        for campo in ("numeros", "ambitos", "codigos", "vigencias"):
            setattr(lectura, campo, list(compress(getattr(lectura, campo), self.quedan)))
        for codigo, valores in lectura.columnas.items():
            lectura.columnas[codigo] = list(compress(valores, self.quedan))

    def _nombres_distintos(self, celdas):
        """Un lugar renombrado sigue siendo el de su código; si no se parece en nada, se avisa."""
        if self.columnas.nombre is None:
            return
        nombres = compress(celdas[self.columnas.nombre], self.quedan)
        parejas = set(zip(self.lectura.codigos, nombres, strict=True))
        raros = sorted(
            (codigo, nombre)
            for codigo, nombre in parejas
            if codigo in self.lugares and not _se_parecen(nombre, self.lugares[codigo])
        )
        if raros:
            dichos = [f"{c} «{n}» (aquí, {self.lugares[c]})" for c, n in raros[:EN_UN_AVISO]]
            resto = f" y {len(raros) - EN_UN_AVISO} más" if len(raros) > EN_UN_AVISO else ""
            self.lectura.avisos.append(
                f"Vienen con otro nombre y se toman por su código: {', '.join(dichos)}{resto}."
            )

    def _decir(self):
        lectura = self.lectura
        lectura.correcciones = [
            Correccion(CORRECCIONES[que], veces) for que, veces in self.cuenta.items() if veces
        ]
        if self.columnas.ignoradas:
            lectura.avisos.append(
                f"No se usan estas columnas del archivo: {', '.join(self.columnas.ignoradas)}."
            )


def _se_parecen(uno, otro):
    uno, otro = normalizar(uno), normalizar(otro)
    return not uno or uno == otro or fuzz.WRatio(uno, otro) >= OTRO_NOMBRE
