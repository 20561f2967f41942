"""Un directorio de instituciones educativas: lo que se puede usar y por qué lo demás no.

Solo se leen las columnas de la institución. Teléfonos, direcciones y nombres de personas no se
leen, aunque el archivo los traiga.
"""

import re
from dataclasses import dataclass, field

from acompanamiento.lectura.encabezado import Rechazo, hallar_tabla
from territorio.texto import normalizar

TITULOS = (
    ("codigo_municipio", r"^cod(igo)? (dane )?(del? )?(municipio|mpio)\b|\bdivipola\b"),
    ("codigo_men", r"^cod(igo)? (de la )?(etc|men|simat|secretaria)\b"),
    ("codigo", r"\bdane\b|^cod(igo)?( (del? )?(establecimiento|institucion|colegio|ie|ee))?$"),
    ("secretaria", r"^(nombre )?(de la )?(secretaria|entidad)\b|^etc$"),
    ("municipio", r"^(nombre )?(del )?(municipio|mpio)\b"),
    (
        "nombre",
        r"^(nombre|(nombre (de la |del )?)?(institucion|establecimiento|colegio|ie|ee)\b.*)$",
    ),
    ("sector", r"^sector\b"),
    ("zona", r"^zona\b"),
    ("estado", r"^estado\b"),
)
SE_ESPERABA = (
    "Se esperaba una fila de títulos con «Código DANE», «Nombre» y la secretaría (su nombre o su "
    "código) o el código del municipio; y, si se sabe, sector, zona y estado."
)
SECTORES = {
    "oficial": "oficial",
    "publico": "oficial",
    "no oficial": "no_oficial",
    "privado": "no_oficial",
}
ZONAS = {"urbana": "urbana", "rural": "rural"}
ESTADOS = {
    "activo": "activa",
    "activa": "activa",
    "antiguo activo": "activa",
    "nuevo activo": "activa",
    "cierre temporal": "cierre_temporal",
    "cierre definitivo": "cierre_definitivo",
}
NOMBRE_MAS_LARGO = 200
SIN_CODIGO = "No trae código DANE."
MAL_CODIGO = "El código DANE son 12 cifras."
LE_FALTA = "El código tiene 11 cifras y son 12: la hoja de cálculo le quitó una. Repóngala."
ABREVIADO = "La hoja de cálculo abrevió el código. Dé formato de texto a esa columna."


@dataclass(frozen=True)
class FilaDeInstitucion:
    fila: int
    codigo: str
    nombre: str
    codigo_men: str
    secretaria: str
    codigo_municipio: str
    municipio: str
    sector: str
    zona: str
    estado: str


@dataclass
class LecturaDeInstituciones:
    filas: list[FilaDeInstitucion] = field(default_factory=list)
    rechazadas: list[Rechazo] = field(default_factory=list)
    sobran: list[str] = field(default_factory=list)  # columnas que no se leen ni se guardan


def leer_instituciones(datos: bytes) -> LecturaDeInstituciones:
    tabla = hallar_tabla(datos, TITULOS, sirve=_sirve, se_esperaba=SE_ESPERABA)
    lectura = LecturaDeInstituciones(sobran=tabla.sobran)
    vacia = dict.fromkeys((que for que, _ in TITULOS), "")
    vistos = {}
    for numero, fila in tabla.filas:
        dicho = vacia | tabla.datos(fila)
        dicho["codigo"] = dicho["codigo"].replace(" ", "").lstrip("'")
        motivo = _por_que_no(dicho)
        if not motivo and dicho["codigo"] in vistos:
            motivo = f"Repite el código de la fila {vistos[dicho['codigo']]}."
        if motivo:
            valor = " · ".join(filter(None, (dicho["codigo"], dicho["nombre"])))
            lectura.rechazadas.append(Rechazo(numero, valor[:120], motivo))
            continue
        vistos[dicho["codigo"]] = numero
        lectura.filas.append(
            FilaDeInstitucion(
                numero,
                **dicho
                | {
                    "sector": SECTORES.get(normalizar(dicho["sector"]), ""),
                    "zona": ZONAS.get(normalizar(dicho["zona"]), ""),
                    "estado": ESTADOS.get(normalizar(dicho["estado"]), ""),
                },
            )
        )
    return lectura


def _sirve(columnas):
    return {"codigo", "nombre"} <= columnas.keys() and bool(
        {"codigo_men", "secretaria", "codigo_municipio"} & columnas.keys()
    )


def _por_que_no(dicho):
    if motivo := _codigo_que_no_vale(dicho["codigo"]):
        return motivo
    if not dicho["nombre"]:
        return "No trae el nombre de la institución."
    if len(dicho["nombre"]) > NOMBRE_MAS_LARGO:
        return f"El nombre pasa de {NOMBRE_MAS_LARGO} letras. Acórtelo."
    return ""


def _codigo_que_no_vale(codigo):
    if not codigo:
        return SIN_CODIGO
    if re.fullmatch(r"[0-9]{12}", codigo):
        return ""
    if re.fullmatch(r"[0-9]{11}", codigo):
        return LE_FALTA
    if re.fullmatch(r"[0-9][.,]?[0-9]*[eE]\+?[0-9]+", codigo):
        return ABREVIADO
    return MAL_CODIGO
