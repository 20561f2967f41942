"""La parte de la tabla de acceso que es de «Quiero informarme». Lo publicado es de todos.

Los objetos son propiedades de `EscenaDeIndicadores`.
"""

from tests.papeles import (
    LO_RECIBE,
    NO_RECIBE,
    NO_RECIBE_DE_NADIE,
    NO_SE_LEE,
    PUBLICA,
    SOLO_ADMINISTRACION,
    Fila,
    cada,
)

ENTRADA = [
    Fila("indicadores:entrada", PUBLICA, NO_RECIBE_DE_NADIE),
    Fila("indicadores:mapa", PUBLICA, NO_RECIBE_DE_NADIE),
]

FICHA = [
    Fila("indicadores:mi-ficha", cada(anonimo=302, ministerio=302, propia=302), NO_RECIBE),
    Fila("indicadores:ficha", PUBLICA, NO_RECIBE_DE_NADIE, ("codigo_con_cifras",)),
    Fila("indicadores:comparar", PUBLICA, NO_RECIBE_DE_NADIE, ("codigo_con_cifras",)),
    Fila("indicadores:catalogo", PUBLICA, NO_RECIBE_DE_NADIE),
    Fila("indicadores:indicador", PUBLICA, NO_RECIBE_DE_NADIE, ("codigo_del_indicador",)),
    Fila("indicadores:rastro", PUBLICA, NO_RECIBE_DE_NADIE, ("valor",)),
]

DATOS = [
    Fila("indicadores:datos", PUBLICA, NO_RECIBE_DE_NADIE),
    Fila("indicadores:diccionario", PUBLICA, NO_RECIBE_DE_NADIE),
    Fila("indicadores:descargar", PUBLICA, NO_RECIBE_DE_NADIE, ("tabla", "formato_de_datos")),
    Fila(
        "indicadores:descargar-version",
        PUBLICA,
        NO_RECIBE_DE_NADIE,
        ("version", "tabla", "formato_de_datos"),
    ),
    Fila("indicadores:pedir-descarga", NO_SE_LEE, LO_RECIBE, ("tabla",)),
]

LO_ADMINISTRA = cada(anonimo=302, ministerio=403, propia=403, administracion=302)

FUENTES = [
    Fila("indicadores:fuentes", SOLO_ADMINISTRACION, NO_RECIBE),
    Fila("indicadores:nueva-fuente", SOLO_ADMINISTRACION, SOLO_ADMINISTRACION),
    Fila("indicadores:fuente", SOLO_ADMINISTRACION, SOLO_ADMINISTRACION, ("fuente",)),
    Fila("indicadores:traer-fuente", NO_SE_LEE, LO_ADMINISTRA, ("fuente",)),
    Fila("indicadores:activar-fuente", NO_SE_LEE, LO_ADMINISTRA, ("fuente",)),
]

INDICADORES = [*ENTRADA, *DATOS, *FUENTES, *FICHA]
