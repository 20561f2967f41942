"""Cómo se llaman y qué dicen las columnas de las tablas que se descargan: su diccionario."""

from dataclasses import dataclass

from indicadores.consultas.cifras import SIN_NUMERO
from indicadores.consultas.mapa import AUN_NO
from indicadores.consultas.tablas import NO_CERTIFICADA
from indicadores.models import Indicador, Valor
from trabajos.hojas.escribir import Clase

Estado, Metodo = Valor.Estado, Valor.Metodo


@dataclass(frozen=True)
class ColumnaDeTabla:
    """`clave` es su nombre para un programa; `titulo`, para una persona."""

    clave: str
    titulo: str
    que_es: str = ""
    clase: Clase = "texto"


DEL_LUGAR = [
    ColumnaDeTabla(
        "ambito",
        "De quién es la cifra",
        "secretaria, municipio, departamento o nacion.",
    ),
    ColumnaDeTabla(
        "codigo_dane", "Código DANE", "Texto con sus ceros: «05001». El del país es «00»."
    ),
    ColumnaDeTabla(
        "codigo_men", "Código del MEN", "El de la secretaría en los sistemas del Ministerio."
    ),
    ColumnaDeTabla("nombre", "Nombre", "El nombre oficial de hoy, aunque entonces fuera otro."),
    ColumnaDeTabla("codigo_departamento", "Código del departamento", "El del DANE, en texto."),
    ColumnaDeTabla("departamento", "Departamento"),
    ColumnaDeTabla("vigencia", "Año", "El año al que se refiere la cifra."),
]
DE_LA_CIFRA = [
    ColumnaDeTabla("indicador", "Código del indicador", "No cambia entre versiones."),
    ColumnaDeTabla("nombre_del_indicador", "Indicador"),
    ColumnaDeTabla("nivel", "Nivel", "Transición, primaria, secundaria, media o total."),
    ColumnaDeTabla("medida", "Unidad de medida", "porcentaje, personas o estudiantes por grupo."),
    ColumnaDeTabla(
        "valor",
        "Valor",
        "El número, sin redondear. Los porcentajes van de 0 a 100 en CSV y JSON; en Excel llevan "
        "formato de porcentaje. Vacío si el estado no es «valor»: nunca es cero.",
        "decimal",
    ),
    ColumnaDeTabla("estado", "Estado", "Por qué hay número o por qué no."),
    ColumnaDeTabla("metodo", "Método", "Quién obtuvo la cifra: la fuente o el portal."),
    ColumnaDeTabla("nota", "Nota", "Lo que hay que saber de esa cifra."),
    ColumnaDeTabla(
        "version", "Versión en que entró", "La versión que publicó esta cifra.", "entero"
    ),
    ColumnaDeTabla(
        "fila", "Fila del archivo", "Dónde estaba en el archivo de esa versión.", "entero"
    ),
    ColumnaDeTabla("corte", "Corte", "La fecha de corte del archivo de esa versión.", "fecha"),
]
# A lo ancho no hay una columna de estado por indicador: lo que no es un número se nombra aquí.
AL_FINAL = [
    ColumnaDeTabla(
        "sin_numero", "Celdas vacías y por qué", "«indicador: estado», separados por punto y coma."
    ),
    ColumnaDeTabla(
        "calculo_propio", "Cálculo propio", "Los indicadores de la fila que calculó el portal."
    ),
]

QUE_ES_CADA_ESTADO = {
    Estado.VALOR: "Hay un número. Cero es un número.",
    Estado.SIN_DATO: "La fuente trajo la fila con la celda vacía.",
    Estado.NO_APLICA: "El indicador no tiene sentido en ese lugar.",
    Estado.NO_REPORTADO: "La fuente no trajo esa columna, ese año o ese lugar.",
    Estado.ANULADO: "La cifra se retiró; la nota dice por qué.",
    Estado.RETENIDO: "La cifra espera una revisión y por eso no se publica.",
    Estado.NO_CALCULABLE: "La fuente no trae con qué calcularla para esa secretaría.",
    NO_CERTIFICADA: f"{AUN_NO.capitalize()}: su cifra está en la de su departamento.",
}
NOMBRE_DEL_ESTADO = {Estado.VALOR: "valor", **SIN_NUMERO, NO_CERTIFICADA: AUN_NO}
QUE_ES_CADA_METODO = {
    Metodo.PUBLICADO: "La cifra es la que publicó la fuente.",
    Metodo.CALCULADO: (
        "Cálculo propio: sus municipios reunidos con el denominador que trae la fuente."
    ),
    Metodo.ESTIMADO: (
        "Cálculo propio: estimación con un peso aproximado, porque la fuente no trae el "
        "denominador."
    ),
}
CLASE_DE_LA_MEDIDA: dict[str, Clase] = {
    Indicador.Medida.PORCENTAJE: "porcentaje",
    Indicador.Medida.PERSONAS: "entero",
    Indicador.Medida.ESTUDIANTES: "decimal",
}

DEL_DICCIONARIO = [
    ColumnaDeTabla("grupo", "Grupo"),
    ColumnaDeTabla("clave", "Nombre en los archivos"),
    ColumnaDeTabla("titulo", "Nombre para leer"),
    ColumnaDeTabla("que_es", "Qué es"),
    ColumnaDeTabla("formula", "Fórmula"),
    ColumnaDeTabla("medida", "Unidad de medida"),
    ColumnaDeTabla("nivel", "Nivel"),
    ColumnaDeTabla("sentido", "Hacia dónde mejora"),
    ColumnaDeTabla("agregacion", "Cómo se reúnen los municipios"),
    ColumnaDeTabla("fuente", "Fuente"),
    ColumnaDeTabla("desde", "Desde"),
    ColumnaDeTabla("hasta", "Hasta"),
]


def del_indicador(indicador: Indicador) -> ColumnaDeTabla:
    clase = CLASE_DE_LA_MEDIDA[indicador.medida]
    return ColumnaDeTabla(indicador.codigo, indicador.nombre, indicador.definicion, clase)


def filas_del_diccionario(indicadores: list[Indicador]) -> list[list]:
    columnas = [*DEL_LUGAR, *DE_LA_CIFRA, *AL_FINAL]
    vacias = [""] * (len(DEL_DICCIONARIO) - 4)
    return [
        *(["columna", uno.clave, uno.titulo, uno.que_es, *vacias] for uno in columnas),
        *(
            [
                "indicador",
                uno.codigo,
                uno.nombre,
                uno.definicion,
                uno.formula,
                uno.get_medida_display(),
                uno.get_nivel_display(),
                uno.get_sentido_display(),
                uno.get_agregacion_display(),
                uno.fuente,
                str(uno.desde),
                str(uno.hasta or ""),
            ]
            for uno in indicadores
        ),
        *(
            ["estado", clave, NOMBRE_DEL_ESTADO[clave], texto, *vacias]
            for clave, texto in QUE_ES_CADA_ESTADO.items()
        ),
        *(
            ["método", clave, Metodo(clave).label, texto, *vacias]
            for clave, texto in QUE_ES_CADA_METODO.items()
        ),
    ]


def por_grupo() -> list[tuple[str, list[tuple[str, str, str]]]]:
    """Lo que no son indicadores, para leerlo: (grupo, [(clave, nombre, qué es)])."""
    grupos = {"columna": "Columnas", "estado": "Estados", "método": "Métodos"}
    filas = filas_del_diccionario([])
    return [
        (
            titulo,
            [(clave, nombre, que_es) for suyo, clave, nombre, que_es, *_ in filas if suyo == grupo],
        )
        for grupo, titulo in grupos.items()
    ]
