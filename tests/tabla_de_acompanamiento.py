"""Quién puede qué en «Juntos lo vamos a lograr». Se lee con `tabla_de_acceso.py`."""

from tests.papeles import (
    CON_CUENTA,
    DE_LA_SECRETARIA,
    LO_RECIBE,
    NO_RECIBE,
    NO_RECIBE_DE_NADIE,
    NO_SE_LEE,
    PUBLICA,
    SOLO_MINISTERIO,
    Fila,
    cada,
    todos,
)

# Quien organiza: administración y equipo del MEN. Dirige un grupo, además, quien lo lidera.
QUIEN_ORGANIZA = cada(anonimo=302, ministerio=200, propia=403, lider_grupo=403, profesional=403)
QUIEN_DIRIGE = cada(anonimo=302, ministerio=200, propia=403, profesional=403)

GRUPOS = [
    Fila("acompanamiento:entrada", PUBLICA, NO_RECIBE_DE_NADIE),
    Fila("acompanamiento:grupos", SOLO_MINISTERIO, NO_RECIBE),
    Fila("acompanamiento:nuevo-grupo", QUIEN_ORGANIZA, QUIEN_ORGANIZA),
    Fila("acompanamiento:grupo", SOLO_MINISTERIO, NO_RECIBE, ("numero_de_grupo",)),
    Fila("acompanamiento:editar-grupo", QUIEN_ORGANIZA, QUIEN_ORGANIZA, ("numero_de_grupo",)),
    Fila("acompanamiento:agregar-integrante", QUIEN_DIRIGE, QUIEN_DIRIGE, ("numero_de_grupo",)),
    Fila("acompanamiento:retirar-integrante", QUIEN_DIRIGE, QUIEN_DIRIGE, ("integrante",)),
    Fila("acompanamiento:mi-grupo", LO_RECIBE, NO_RECIBE),
    Fila("acompanamiento:mover-entidad", QUIEN_ORGANIZA, QUIEN_ORGANIZA, ("codigo_con_grupo",)),
    Fila("acompanamiento:asignar-padrino", QUIEN_DIRIGE, QUIEN_DIRIGE, ("codigo_con_grupo",)),
    Fila("acompanamiento:relevos", QUIEN_ORGANIZA, NO_RECIBE),
    Fila("acompanamiento:nuevo-relevo", QUIEN_ORGANIZA, QUIEN_ORGANIZA),
    Fila("acompanamiento:relevo", QUIEN_ORGANIZA, NO_RECIBE, ("relevo",)),
]
# Se envían y llevan a otra página: a quien organiza, 302.
LO_ENVIA_QUIEN_ORGANIZA = cada(
    anonimo=302, ministerio=302, propia=403, lider_grupo=403, profesional=403
)
LISTADOS = [
    fila
    for que in ("grupos", "instituciones")
    for fila in (
        Fila(f"acompanamiento:listados-de-{que}", QUIEN_ORGANIZA, NO_RECIBE),
        Fila(f"acompanamiento:nuevo-listado-de-{que}", QUIEN_ORGANIZA, QUIEN_ORGANIZA),
        Fila(f"acompanamiento:listado-de-{que}", QUIEN_ORGANIZA, NO_RECIBE, (f"listado_de_{que}",)),
        *(
            Fila(
                f"acompanamiento:{accion}-listado-de-{que}",
                NO_SE_LEE,
                LO_ENVIA_QUIEN_ORGANIZA,
                (f"listado_de_{que}",),
            )
            for accion in ("reconocer-en", "confirmar", "descartar")
        ),
    )
] + [
    Fila("acompanamiento:plantilla-de-grupos", QUIEN_ORGANIZA, NO_RECIBE),
    Fila(
        "acompanamiento:releer-listado-de-instituciones",
        NO_SE_LEE,
        LO_ENVIA_QUIEN_ORGANIZA,
        ("listado_de_instituciones",),
    ),
]

# De un contacto: la secretaría mira el suyo; solo el Ministerio lo cambia.
LO_CAMBIA = cada(anonimo=302, ministerio=200, propia=403, ajena=404)
LO_ESCOGE = cada(anonimo=302, ministerio=200, propia=404)
# Por JSON se responde siempre en JSON: 401 a quien no ha entrado, 400 a lo que no se entiende.
POR_JSON = {**todos(400), "anonimo": 401}
EN_JSON = cada(anonimo=401, ministerio=200, propia=404)

CONTACTOS = [
    Fila("acompanamiento:contactos", CON_CUENTA, NO_RECIBE),
    Fila("acompanamiento:nuevo-contacto", SOLO_MINISTERIO, SOLO_MINISTERIO),
    Fila("acompanamiento:contacto", DE_LA_SECRETARIA, NO_RECIBE, ("contacto",)),
    Fila("acompanamiento:editar-contacto", LO_CAMBIA, LO_CAMBIA, ("contacto",)),
    Fila("acompanamiento:programar-siguiente", LO_CAMBIA, LO_CAMBIA, ("contacto",)),
    Fila("acompanamiento:cancelar-contacto", LO_CAMBIA, LO_CAMBIA, ("contacto",)),
    Fila("acompanamiento:registros", todos(405), POR_JSON, ("clase_de_registro",)),
    Fila("acompanamiento:registro", EN_JSON, todos(405), ("clase_de_registro", "contacto")),
    Fila("acompanamiento:conflictos", CON_CUENTA, NO_RECIBE),
    Fila("acompanamiento:conflicto", LO_ESCOGE, LO_ESCOGE, ("conflicto",)),
]
LO_SUBE = cada(anonimo=302, ministerio=200, propia=403, ajena=404)
LO_QUITA = cada(anonimo=302, ministerio=302, propia=403, ajena=404)

ARCHIVOS = [
    Fila("acompanamiento:archivos-del-contacto", LO_SUBE, LO_SUBE, ("contacto",)),
    Fila("acompanamiento:foto", DE_LA_SECRETARIA, NO_RECIBE, ("foto",)),
    Fila("acompanamiento:miniatura-de-foto", DE_LA_SECRETARIA, NO_RECIBE, ("foto",)),
    Fila("acompanamiento:quitar-foto", LO_SUBE, LO_QUITA, ("foto",)),
    Fila("acompanamiento:adjunto", DE_LA_SECRETARIA, NO_RECIBE, ("adjunto",)),
    Fila("acompanamiento:quitar-adjunto", LO_SUBE, LO_QUITA, ("adjunto",)),
    Fila("acompanamiento:acta-de-contacto", DE_LA_SECRETARIA, NO_RECIBE, ("contacto",)),
    Fila(
        "acompanamiento:acta-de-contacto-pdf",
        NO_SE_LEE,
        cada(anonimo=302, ministerio=302, propia=302, ajena=404),
        ("contacto",),
    ),
]
DA_EL_PASO = cada(anonimo=302, ministerio=200, propia=403, ajena=404)

COMPROMISOS = [
    Fila("acompanamiento:compromisos", CON_CUENTA, NO_RECIBE),
    Fila("acompanamiento:tablero", SOLO_MINISTERIO, NO_RECIBE),
    Fila("acompanamiento:nuevo-compromiso", SOLO_MINISTERIO, SOLO_MINISTERIO),
    Fila("acompanamiento:compromiso", DE_LA_SECRETARIA, NO_RECIBE, ("compromiso",)),
    Fila("acompanamiento:editar-compromiso", DA_EL_PASO, DA_EL_PASO, ("compromiso",)),
    Fila("acompanamiento:seguir-compromiso", DE_LA_SECRETARIA, DE_LA_SECRETARIA, ("compromiso",)),
    Fila("acompanamiento:prorrogar", DA_EL_PASO, DA_EL_PASO, ("compromiso",)),
    Fila("acompanamiento:cambiar-responsable", DA_EL_PASO, DA_EL_PASO, ("compromiso",)),
    Fila("acompanamiento:dejar-sin-efecto", DA_EL_PASO, DA_EL_PASO, ("compromiso",)),
    Fila("acompanamiento:reabrir-compromiso", DA_EL_PASO, DA_EL_PASO, ("compromiso",)),
    Fila("acompanamiento:evidencia", DE_LA_SECRETARIA, NO_RECIBE, ("evidencia",)),
]
RESPONDE_LA_SECRETARIA = cada(anonimo=302, ministerio=403, propia=200, ajena=404)

NECESIDADES = [
    Fila("acompanamiento:necesidades", CON_CUENTA, NO_RECIBE),
    Fila("acompanamiento:nueva-necesidad", CON_CUENTA, CON_CUENTA),
    Fila("acompanamiento:necesidad", DE_LA_SECRETARIA, NO_RECIBE, ("necesidad",)),
    Fila("acompanamiento:editar-necesidad", DE_LA_SECRETARIA, DE_LA_SECRETARIA, ("necesidad",)),
    Fila("acompanamiento:dirigir-necesidad", DA_EL_PASO, DA_EL_PASO, ("necesidad",)),
    Fila("acompanamiento:trasladar-necesidad", DA_EL_PASO, DA_EL_PASO, ("necesidad",)),
    Fila("acompanamiento:preguntar-por-necesidad", DA_EL_PASO, DA_EL_PASO, ("necesidad",)),
    Fila(
        "acompanamiento:responder-necesidad",
        RESPONDE_LA_SECRETARIA,
        RESPONDE_LA_SECRETARIA,
        ("necesidad",),
    ),
    Fila("acompanamiento:atender-necesidad", DA_EL_PASO, DA_EL_PASO, ("necesidad",)),
    Fila("acompanamiento:no-procede-necesidad", DA_EL_PASO, DA_EL_PASO, ("necesidad",)),
    Fila("acompanamiento:reabrir-necesidad", DE_LA_SECRETARIA, DE_LA_SECRETARIA, ("necesidad",)),
]
PROGRAMAS = [
    Fila("acompanamiento:programas", PUBLICA, NO_RECIBE_DE_NADIE),
    Fila("acompanamiento:programa", PUBLICA, NO_RECIBE_DE_NADIE, ("programa",)),
    Fila("acompanamiento:actividad", PUBLICA, NO_RECIBE_DE_NADIE, ("actividad",)),
    Fila("acompanamiento:cobertura-xlsx", CON_CUENTA, NO_RECIBE, ("programa",)),
    Fila("acompanamiento:nuevo-programa", SOLO_MINISTERIO, SOLO_MINISTERIO),
    Fila("acompanamiento:editar-programa", SOLO_MINISTERIO, SOLO_MINISTERIO, ("programa",)),
    Fila("acompanamiento:nueva-actividad", SOLO_MINISTERIO, SOLO_MINISTERIO),
    Fila("acompanamiento:editar-actividad", SOLO_MINISTERIO, SOLO_MINISTERIO, ("actividad",)),
    Fila("acompanamiento:cobertura", SOLO_MINISTERIO, SOLO_MINISTERIO, ("actividad",)),
    Fila("acompanamiento:nuevo-producto", SOLO_MINISTERIO, SOLO_MINISTERIO, ("programa",)),
    Fila("acompanamiento:editar-producto", SOLO_MINISTERIO, SOLO_MINISTERIO, ("producto",)),
]
INSTITUCIONES = [
    Fila("acompanamiento:instituciones", CON_CUENTA, NO_RECIBE),
    Fila("acompanamiento:institucion", DE_LA_SECRETARIA, NO_RECIBE, ("institucion",)),
    Fila(
        "acompanamiento:presencialidad",
        DE_LA_SECRETARIA,
        DE_LA_SECRETARIA,
        ("codigo_con_presencialidad",),
    ),
    Fila(
        "acompanamiento:corregir-presencialidad",
        DE_LA_SECRETARIA,
        DE_LA_SECRETARIA,
        ("presencialidad",),
    ),
]
SEGUIMIENTO = [
    Fila("acompanamiento:semaforo", SOLO_MINISTERIO, NO_RECIBE),
    Fila("acompanamiento:secretarias", cada(anonimo=302, ministerio=200, propia=302), NO_RECIBE),
    Fila("acompanamiento:secretaria", DE_LA_SECRETARIA, NO_RECIBE, ("codigo_de_entidad",)),
    Fila("acompanamiento:mi-acompanamiento", LO_RECIBE, NO_RECIBE),
]
CALENDARIO = [
    Fila("acompanamiento:calendario", CON_CUENTA, NO_RECIBE),
    Fila("acompanamiento:suscripcion-al-calendario", CON_CUENTA, LO_RECIBE),
    # Lo lee un programa de calendario, que no inicia sesión: el testigo dice de quién es.
    Fila(
        "acompanamiento:calendario-ics",
        PUBLICA,
        NO_RECIBE_DE_NADIE,
        ("testigo_del_acompanamiento",),
    ),
]
INFORMES = [Fila("acompanamiento:informes", CON_CUENTA, CON_CUENTA)]

ACOMPANAMIENTO = [
    *GRUPOS,
    *LISTADOS,
    *CONTACTOS,
    *ARCHIVOS,
    *COMPROMISOS,
    *NECESIDADES,
    *PROGRAMAS,
    *INSTITUCIONES,
    *SEGUIMIENTO,
    *CALENDARIO,
    *INFORMES,
]
