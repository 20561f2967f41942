"""La parte de la tabla de acceso que es de «Quiero informarme». Lo publicado es de todos.

Los objetos son propiedades de `EscenaDeIndicadores`.
"""

from tests.papeles import (
    DE_LA_SECRETARIA,
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

VERSIONES = [
    Fila("indicadores:versiones", PUBLICA, NO_RECIBE_DE_NADIE),
    Fila("indicadores:version", PUBLICA, NO_RECIBE_DE_NADIE, ("version",)),
    Fila("indicadores:fe-de-erratas", PUBLICA, NO_RECIBE_DE_NADIE),
    Fila("indicadores:descargar-fe-de-erratas", PUBLICA, NO_RECIBE_DE_NADIE),
]

# Administración y equipo del MEN publican; el resto del Ministerio, no.
QUIEN_PUBLICA = cada(anonimo=302, ministerio=403, propia=403, administracion=200, equipo_men=200)
LO_HACE_QUIEN_PUBLICA = cada(
    anonimo=302, ministerio=403, propia=403, administracion=302, equipo_men=302
)

CARGAS = [
    Fila("indicadores:cargas", QUIEN_PUBLICA, NO_RECIBE),
    Fila("indicadores:nueva-carga", QUIEN_PUBLICA, QUIEN_PUBLICA),
    Fila("indicadores:carga", QUIEN_PUBLICA, NO_RECIBE, ("carga",)),
    # Ya publicada, no hay qué emparejar ni qué confirmar: lleva a su página.
    Fila("indicadores:emparejar-carga", LO_HACE_QUIEN_PUBLICA, LO_HACE_QUIEN_PUBLICA, ("carga",)),
    Fila("indicadores:confirmar-carga", LO_HACE_QUIEN_PUBLICA, LO_HACE_QUIEN_PUBLICA, ("carga",)),
    Fila("indicadores:descartar-carga", NO_SE_LEE, LO_HACE_QUIEN_PUBLICA, ("carga",)),
    Fila("indicadores:releer-carga", NO_SE_LEE, LO_HACE_QUIEN_PUBLICA, ("carga",)),
    Fila("indicadores:rechazadas-de-carga", QUIEN_PUBLICA, NO_RECIBE, ("carga",)),
    # De lo publicado, para que una cifra se siga hasta su archivo.
    Fila("indicadores:archivo-de-carga", PUBLICA, NO_RECIBE_DE_NADIE, ("carga",)),
    Fila("indicadores:deshacer-version", QUIEN_PUBLICA, QUIEN_PUBLICA, ("version",)),
]

CALIDAD = [
    Fila("indicadores:calidad", QUIEN_PUBLICA, QUIEN_PUBLICA),
    Fila("indicadores:hallazgo", QUIEN_PUBLICA, QUIEN_PUBLICA, ("hallazgo",)),
    Fila("indicadores:asignar-hallazgo", NO_SE_LEE, QUIEN_PUBLICA, ("hallazgo",)),
]

RECURSOS = [
    Fila("indicadores:recursos", PUBLICA, NO_RECIBE_DE_NADIE),
    Fila("indicadores:corte", PUBLICA, NO_RECIBE_DE_NADIE, ("corte",)),
    Fila("indicadores:descargar-corte", PUBLICA, NO_RECIBE_DE_NADIE, ("corte", "formato_de_datos")),
    Fila("indicadores:importar-recursos", QUIEN_PUBLICA, QUIEN_PUBLICA),
    Fila("indicadores:publicar-corte", NO_SE_LEE, LO_HACE_QUIEN_PUBLICA, ("corte",)),
    Fila("indicadores:retirar-corte", NO_SE_LEE, LO_HACE_QUIEN_PUBLICA, ("corte",)),
    Fila("indicadores:carga-de-recursos", QUIEN_PUBLICA, NO_RECIBE, ("carga_de_recursos",)),
    Fila("indicadores:archivo-de-recursos", QUIEN_PUBLICA, NO_RECIBE, ("carga_de_recursos",)),
    *(
        Fila(f"indicadores:{nombre}", NO_SE_LEE, LO_HACE_QUIEN_PUBLICA, ("carga_de_recursos",))
        for nombre in (
            "unidad-de-recursos",
            "reconocer-en-recursos",
            "confirmar-recursos",
            "descartar-recursos",
            "deshacer-recursos",
        )
    ),
]

DOCUMENTOS = [
    Fila("indicadores:documentos", todos(301), NO_RECIBE_DE_NADIE),
    Fila("indicadores:documento", todos(301), NO_RECIBE_DE_NADIE, ("documento",)),
    Fila("indicadores:archivo-del-documento", todos(301), NO_RECIBE_DE_NADIE, ("documento",)),
    Fila("indicadores:enlaces", todos(301), NO_RECIBE_DE_NADIE),
]

LO_PIDE_EL_MINISTERIO = cada(anonimo=302, ministerio=302, propia=403)

INFORMES = [
    Fila(
        "indicadores:pedir-informe",
        DE_LA_SECRETARIA,
        DE_LA_SECRETARIA,
        ("codigo_con_cifras",),
    ),
    # El del Ministerio es el de todas: se le lleva allá.
    Fila(
        "indicadores:programar-informe",
        cada(anonimo=302, ministerio=302, propia=200),
        LO_RECIBE,
    ),
    Fila("indicadores:informes", SOLO_MINISTERIO, SOLO_MINISTERIO),
    Fila("indicadores:lote", SOLO_MINISTERIO, NO_RECIBE, ("lote",)),
    Fila("indicadores:reintentar-lote", NO_SE_LEE, LO_PIDE_EL_MINISTERIO, ("lote",)),
    Fila("indicadores:descargar-lote", NO_SE_LEE, LO_PIDE_EL_MINISTERIO, ("lote",)),
    Fila(
        "indicadores:descargar-entrega",
        DE_LA_SECRETARIA,
        NO_RECIBE,
        ("lote", "codigo_con_cifras", "formato_de_informe"),
    ),
]

INDICADORES = [
    *ENTRADA,
    *DATOS,
    *VERSIONES,
    *CARGAS,
    *CALIDAD,
    *FUENTES,
    *FICHA,
    *RECURSOS,
    *DOCUMENTOS,
    *INFORMES,
]
