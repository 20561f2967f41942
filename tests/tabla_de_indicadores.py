"""La parte de la tabla de acceso que es de «Quiero informarme». Lo publicado es de todos.

Los objetos son propiedades de `EscenaDeIndicadores`.
"""

from tests.papeles import NO_RECIBE, NO_RECIBE_DE_NADIE, PUBLICA, Fila, cada

FICHA = [
    Fila("indicadores:mi-ficha", cada(anonimo=302, ministerio=302, propia=302), NO_RECIBE),
    Fila("indicadores:ficha", PUBLICA, NO_RECIBE_DE_NADIE, ("codigo_con_cifras",)),
    Fila("indicadores:comparar", PUBLICA, NO_RECIBE_DE_NADIE, ("codigo_con_cifras",)),
    Fila("indicadores:catalogo", PUBLICA, NO_RECIBE_DE_NADIE),
    Fila("indicadores:indicador", PUBLICA, NO_RECIBE_DE_NADIE, ("codigo_del_indicador",)),
    Fila("indicadores:rastro", PUBLICA, NO_RECIBE_DE_NADIE, ("valor",)),
]

INDICADORES = [*FICHA]
