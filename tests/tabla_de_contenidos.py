"""Quién puede abrir y enviar cada dirección de la biblioteca. Se lee con `tabla_de_acceso`."""

from tests.papeles import (
    CON_CUENTA,
    LO_RECIBE,
    NO_RECIBE,
    NO_RECIBE_DE_NADIE,
    NO_SE_LEE,
    PUBLICA,
    SOLO_ADMINISTRACION,
    SOLO_MINISTERIO,
    Fila,
    cada,
    todos,
)

QUIEN_EDITA = cada(anonimo=302, ministerio=403, propia=403, administracion=200, equipo_men=200)

BIBLIOTECA = [
    Fila("contenidos:entrada", PUBLICA, NO_RECIBE_DE_NADIE),
    Fila("contenidos:biblioteca", PUBLICA, NO_RECIBE_DE_NADIE),
    Fila("contenidos:contenido", PUBLICA, NO_RECIBE_DE_NADIE, ("contenido",)),
    Fila("contenidos:archivo", PUBLICA, NO_RECIBE_DE_NADIE, ("contenido",)),
    Fila("contenidos:ligero", PUBLICA, NO_RECIBE_DE_NADIE, ("contenido",)),
    *(
        Fila(
            f"contenidos:{nombre}", PUBLICA, NO_RECIBE_DE_NADIE, ("contenido", "numero_de_version")
        )
        for nombre in ("archivo-de-version", "miniatura", "subtitulos")
    ),
    Fila("contenidos:descargas", SOLO_MINISTERIO, NO_RECIBE),
]

BUSQUEDA = [
    Fila("contenidos:buscar", PUBLICA, NO_RECIBE_DE_NADIE),
    # Sin decir cuál, no hay qué atender.
    Fila(
        "contenidos:busquedas-sin-resultados",
        QUIEN_EDITA,
        QUIEN_EDITA | {"administracion": 404, "equipo_men": 404},
    ),
]

LO_EDITA = QUIEN_EDITA | {"administracion": 302, "equipo_men": 302}

EDICION = [
    Fila("contenidos:mesa-de-edicion", QUIEN_EDITA, NO_RECIBE),
    Fila("contenidos:nuevo-contenido", QUIEN_EDITA, QUIEN_EDITA),
    Fila("contenidos:enlaces-rotos", QUIEN_EDITA, LO_EDITA),
    Fila("contenidos:editar-contenido", QUIEN_EDITA, QUIEN_EDITA, ("contenido",)),
    Fila("contenidos:nueva-version", QUIEN_EDITA, QUIEN_EDITA, ("contenido",)),
    Fila("contenidos:relacionados", QUIEN_EDITA, LO_EDITA, ("contenido",)),
    Fila("contenidos:mover-contenido", QUIEN_EDITA, QUIEN_EDITA, ("contenido", "paso_editorial")),
]

IMPORTACIONES = [
    Fila("contenidos:importaciones", QUIEN_EDITA, NO_RECIBE),
    Fila("contenidos:nueva-importacion", QUIEN_EDITA, QUIEN_EDITA),
    Fila("contenidos:plantilla-de-contenidos", QUIEN_EDITA, NO_RECIBE),
    Fila("contenidos:importacion", QUIEN_EDITA, NO_RECIBE, ("importacion_de_contenidos",)),
    Fila(
        "contenidos:confirmar-importacion",
        LO_EDITA,
        QUIEN_EDITA,
        ("importacion_de_contenidos",),
    ),
    Fila(
        "contenidos:deshacer-importacion-de-contenidos",
        NO_SE_LEE,
        LO_EDITA,
        ("importacion_de_contenidos",),
    ),
]

PARA_TODOS = todos(302)  # lo recibe de cualquiera, con cuenta o sin ella, y lleva a otra página
SOLO_AL_ENVIAR = todos(405)

CANASTA_Y_RUTAS = [
    Fila("contenidos:canasta", PUBLICA, NO_RECIBE_DE_NADIE),
    Fila("contenidos:agregar-a-la-canasta", SOLO_AL_ENVIAR, PARA_TODOS, ("contenido",)),
    Fila("contenidos:quitar-de-la-canasta", SOLO_AL_ENVIAR, PARA_TODOS, ("contenido",)),
    Fila("contenidos:vaciar-la-canasta", SOLO_AL_ENVIAR, PARA_TODOS),
    Fila("contenidos:pedir-paquete", SOLO_AL_ENVIAR, PARA_TODOS),
    # Lo baja quien pueda ver todo lo que trae: este, para secretarías (test_paquetes_paginas).
    Fila("contenidos:paquete", CON_CUENTA, PARA_TODOS, ("paquete",)),
    Fila("contenidos:archivo-del-paquete", CON_CUENTA, NO_RECIBE_DE_NADIE, ("paquete",)),
    Fila("contenidos:colecciones", PUBLICA, NO_RECIBE_DE_NADIE),
    Fila("contenidos:coleccion", PUBLICA, NO_RECIBE_DE_NADIE, ("coleccion",)),
    Fila("contenidos:llevar-coleccion", SOLO_AL_ENVIAR, PARA_TODOS, ("coleccion",)),
    Fila("contenidos:nueva-coleccion", QUIEN_EDITA, QUIEN_EDITA),
    Fila("contenidos:editar-coleccion", QUIEN_EDITA, QUIEN_EDITA, ("coleccion",)),
    Fila("contenidos:rutas", PUBLICA, NO_RECIBE_DE_NADIE),
    Fila("contenidos:ruta", PUBLICA, NO_RECIBE_DE_NADIE, ("ruta",)),
    Fila("contenidos:hacer-paso", NO_SE_LEE, LO_RECIBE, ("ruta", "paso")),
    Fila("contenidos:nueva-ruta", QUIEN_EDITA, QUIEN_EDITA),
    Fila("contenidos:editar-ruta", QUIEN_EDITA, QUIEN_EDITA, ("ruta",)),
    # El certificado es de la persona de la secretaría; los demás van a la ruta a hacer sus pasos.
    Fila("contenidos:mi-certificado", LO_RECIBE | {"secretario": 200}, LO_RECIBE, ("ruta",)),
    Fila(
        "contenidos:certificado-pdf",
        NO_SE_LEE,
        cada(anonimo=302, ministerio=404, propia=404, secretario=302),
        ("certificado",),
    ),
    Fila("contenidos:verificar-certificados", PUBLICA, NO_RECIBE_DE_NADIE),
    Fila("contenidos:verificar-certificado", PUBLICA, NO_RECIBE_DE_NADIE, ("certificado",)),
    Fila("contenidos:revocar-certificado", QUIEN_EDITA, QUIEN_EDITA, ("certificado",)),
]

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

TEMAS = [
    Fila("contenidos:temas", PUBLICA, NO_RECIBE_DE_NADIE),
    *(
        Fila(f"contenidos:{nombre}", PUBLICA, NO_RECIBE_DE_NADIE, ("tema",))
        for nombre in ("tema", "atom-de-tema", "rss-de-tema")
    ),
    *(
        Fila(f"contenidos:{nombre}", NO_SE_LEE, LO_RECIBE, ("tema",))
        for nombre in ("seguir-tema", "dejar-de-seguir-tema")
    ),
    Fila("contenidos:mis-temas", CON_CUENTA, NO_RECIBE),
    # La llave es el testigo: viene en el correo y sirve sin entrar.
    Fila("contenidos:baja-de-tema", PUBLICA, PUBLICA, ("testigo_de_tema",)),
    Fila("contenidos:ordenar-temas", SOLO_ADMINISTRACION, SOLO_ADMINISTRACION),
    Fila("contenidos:renombrar-tema", SOLO_ADMINISTRACION, SOLO_ADMINISTRACION, ("tema",)),
    Fila("contenidos:fundir-temas", SOLO_ADMINISTRACION, SOLO_ADMINISTRACION, ("tema",)),
]

CONTENIDOS = [
    *BIBLIOTECA,
    *BUSQUEDA,
    *EDICION,
    *IMPORTACIONES,
    *CANASTA_Y_RUTAS,
    *PAGINAS,
    *TEMAS,
]
