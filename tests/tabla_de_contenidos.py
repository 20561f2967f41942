"""Quién puede abrir y enviar cada dirección de la biblioteca. Se lee con `tabla_de_acceso`."""

from tests.papeles import (
    NO_RECIBE,
    NO_RECIBE_DE_NADIE,
    PUBLICA,
    SOLO_ADMINISTRACION,
    Fila,
    cada,
)

QUIEN_EDITA = cada(anonimo=302, ministerio=403, propia=403, administracion=200, equipo_men=200)

BIBLIOTECA = []

BUSQUEDA = [
    Fila("contenidos:buscar", PUBLICA, NO_RECIBE_DE_NADIE),
    # Sin decir cuál, no hay qué atender.
    Fila(
        "contenidos:busquedas-sin-resultados",
        QUIEN_EDITA,
        QUIEN_EDITA | {"administracion": 404, "equipo_men": 404},
    ),
]

EDICION = []

IMPORTACIONES = []

CANASTA_Y_RUTAS = []

PAGINAS = [
    Fila("contenidos:juntos", PUBLICA, NO_RECIBE_DE_NADIE),
    Fila("contenidos:movemos", PUBLICA, NO_RECIBE_DE_NADIE),
    Fila("contenidos:pagina", PUBLICA, NO_RECIBE_DE_NADIE, ("pagina",)),
    Fila("contenidos:politicas", PUBLICA, NO_RECIBE_DE_NADIE),
    Fila("contenidos:politica", PUBLICA, NO_RECIBE_DE_NADIE, ("politica",)),
    Fila("contenidos:ayuda", PUBLICA, NO_RECIBE_DE_NADIE),
    Fila("contenidos:pagina-de-ayuda", PUBLICA, NO_RECIBE_DE_NADIE, ("pagina_de_ayuda",)),
    # Las de una política; las de otra página, solo para quien la edita (test_paginas).
    Fila("contenidos:versiones-de-pagina", PUBLICA, NO_RECIBE_DE_NADIE, ("politica",)),
    Fila(
        "contenidos:version-de-pagina",
        PUBLICA,
        NO_RECIBE_DE_NADIE,
        ("politica", "version_de_politica"),
    ),
    Fila("contenidos:imagen", PUBLICA, NO_RECIBE_DE_NADIE, ("imagen",)),
    Fila("contenidos:paginas", SOLO_ADMINISTRACION, NO_RECIBE),
    Fila("contenidos:nueva-pagina", SOLO_ADMINISTRACION, SOLO_ADMINISTRACION),
    Fila("contenidos:editar-pagina", SOLO_ADMINISTRACION, SOLO_ADMINISTRACION, ("pagina",)),
    Fila("contenidos:imagenes", SOLO_ADMINISTRACION, NO_RECIBE),
    Fila("contenidos:nueva-imagen", SOLO_ADMINISTRACION, SOLO_ADMINISTRACION),
    Fila("contenidos:glosario", PUBLICA, NO_RECIBE_DE_NADIE),
    Fila("contenidos:termino", PUBLICA, NO_RECIBE_DE_NADIE, ("termino",)),
    Fila("contenidos:nuevo-termino", SOLO_ADMINISTRACION, SOLO_ADMINISTRACION),
    Fila("contenidos:editar-termino", SOLO_ADMINISTRACION, SOLO_ADMINISTRACION, ("termino",)),
]

TEMAS = []

CONTENIDOS = [
    *BIBLIOTECA,
    *BUSQUEDA,
    *EDICION,
    *IMPORTACIONES,
    *CANASTA_Y_RUTAS,
    *PAGINAS,
    *TEMAS,
]
