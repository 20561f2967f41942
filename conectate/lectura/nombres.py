"""Los nombres visibles: qué se compara y qué se anota. El nombre como vino se guarda siempre."""

import re
from functools import lru_cache

from territorio.texto import normalizar

# Lo que las herramientas añaden al final; no es parte del nombre.
ETIQUETAS = {
    *("invitado", "invitada", "guest", "convidado", "convidada"),
    *("no comprobado", "no comprobada", "no verificado", "no verificada", "unverified"),
    *("nao verificado", "nao verificada", "niezweryfikowany"),
    *("externo", "externa", "external", "usuario externo", "external user"),
}
JUNTAS = re.compile("[,;/|]")  # «(Externo, Invitado)»
MAX_NOMBRE = 500  # más largo no es un nombre
AL_FINAL = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]\s*$")
AL_PRINCIPIO = re.compile(r"\s*\[([^\[\]]+)\]\s*")


@lru_cache(maxsize=1 << 16)  # se pregunta al leer, al emparejar y al guardar
def separar(nombre: str) -> tuple[str, tuple[str, ...]]:
    """El nombre sin lo que le añadió la herramienta, y lo que se quitó.

    «[SEM Pasto] Ana Ruiz (Externo) (Invitado)» → «Ana Ruiz», con las tres anotaciones. Un
    paréntesis que no sea de la herramienta se queda: puede ser la secretaría.
    """
    if len(nombre) > MAX_NOMBRE:
        return nombre.strip(), ()
    quitado = []
    while nombre.endswith((")", "]", " ")) and (partes := AL_FINAL.search(nombre)):
        if not all(normalizar(etiqueta) in ETIQUETAS for etiqueta in JUNTAS.split(partes[1])):
            break
        quitado.append(partes[1].strip())
        nombre = nombre[: partes.start()]
    if "[" in nombre and (partes := AL_PRINCIPIO.match(nombre)):
        resto = nombre[partes.end() :]
        if normalizar(resto):
            quitado.append(partes[1].strip())
            nombre = resto
    return nombre.strip(), tuple(quitado)


def palabras(nombre: str) -> tuple[str, ...]:
    """Para sugerir que «ROJAS PÉREZ ANA» y «Ana Rojas Pérez» pueden ser la misma persona."""
    return tuple(sorted(normalizar(separar(nombre)[0]).split()))
