"""Un listado de grupos: a qué grupo va cada secretaría y quién responde por ella."""

import re
from dataclasses import dataclass, field

from acompanamiento.lectura.encabezado import Rechazo, hallar_tabla
from territorio.texto import normalizar

# En el orden en que se prueban: «líder del grupo» no es el grupo.
TITULOS = (
    ("lider", r"\blider(esa)?\b"),
    ("padrino", r"\bpadrino|\bmadrina"),
    ("enlace", r"\benlace\b"),
    ("grupo", r"\bgrupo\b|^g ?20$"),
    ("codigo", r"\bcodigo\b|\bcod\b|\bdane\b|\bdivipola\b"),
    ("secretaria", r"\bsecretaria|\bentidad|^etc$|\bterritorio\b|^nombre\b"),
)
SE_ESPERABA = (
    "Se esperaba una fila de títulos con «Grupo» y con «Código» o «Secretaría»; y, si se sabe, "
    "«Líder», «Padrino» y «Enlace» con sus correos. Descargue la plantilla y compare."
)
UN_GRUPO = re.compile(r"(?:grupo |g ?)?0*([1-9]\d{0,2})")


@dataclass(frozen=True)
class FilaDeGrupo:
    fila: int
    grupo: int
    codigo: str
    secretaria: str
    lider: str
    padrino: str
    enlace: str

    @property
    def texto(self) -> str:
        """Lo que se le muestra a quien debe reconocerla."""
        return self.secretaria or self.codigo


@dataclass
class LecturaDeGrupos:
    filas: list[FilaDeGrupo] = field(default_factory=list)
    rechazadas: list[Rechazo] = field(default_factory=list)


def leer_grupos(datos: bytes) -> LecturaDeGrupos:
    tabla = hallar_tabla(datos, TITULOS, sirve=_sirve, se_esperaba=SE_ESPERABA)
    lectura = LecturaDeGrupos()
    for numero, fila in tabla.filas:
        dicho = dict.fromkeys((que for que, _ in TITULOS), "") | tabla.datos(fila)
        grupo = UN_GRUPO.fullmatch(normalizar(dicho["grupo"]))
        quien = dicho["secretaria"] or dicho["codigo"]
        if not quien:
            lectura.rechazadas.append(Rechazo(numero, dicho["grupo"], "No dice qué secretaría es."))
        elif grupo is None:
            motivo = (
                f"«{dicho['grupo']}» no es un número de grupo. Escriba solo el número."
                if dicho["grupo"]
                else "No dice a qué grupo va. Escriba el número del grupo."
            )
            lectura.rechazadas.append(Rechazo(numero, quien, motivo))
        else:
            correos = {papel: dicho[papel].lower() for papel in ("lider", "padrino", "enlace")}
            lectura.filas.append(
                FilaDeGrupo(numero, int(grupo[1]), dicho["codigo"], dicho["secretaria"], **correos)
            )
    return lectura


def _sirve(columnas):
    return "grupo" in columnas and ("codigo" in columnas or "secretaria" in columnas)
