"""Qué responde una dirección a cada papel: las palabras con que se escribe la tabla de acceso."""

from dataclasses import dataclass

ROLES = (
    "anonimo",
    "administracion",
    "equipo_men",
    "lider_grupo",
    "profesional",
    "equipo_secretaria",
    "secretario",
    "secretaria_ajena",
)


def cada(*, anonimo, ministerio, propia, ajena=None, **aparte):
    """Qué responde a cada papel; `aparte`, los que no responden como los de su grupo."""
    respuestas = {
        "anonimo": anonimo,
        **dict.fromkeys(("administracion", "equipo_men", "lider_grupo", "profesional"), ministerio),
        **dict.fromkeys(("equipo_secretaria", "secretario"), propia),
        "secretaria_ajena": propia if ajena is None else ajena,
    }
    assert set(aparte) <= set(respuestas), aparte
    return respuestas | aparte


def todos(respuesta):
    return dict.fromkeys(ROLES, respuesta)


# ── Lo usual, al leer ─────────────────────────────────────────────────────────────────────────
PUBLICA = todos(200)
CON_CUENTA = cada(anonimo=302, ministerio=200, propia=200)
SOLO_MINISTERIO = cada(anonimo=302, ministerio=200, propia=403)
SOLO_ADMINISTRACION = cada(anonimo=302, ministerio=403, propia=403, administracion=200)
DE_LA_SECRETARIA = cada(anonimo=302, ministerio=200, propia=200, ajena=404)
SIN_CUENTA = cada(anonimo=200, ministerio=302, propia=302)  # entrar: quien ya entró sigue de largo
NO_SE_LEE = cada(anonimo=302, ministerio=405, propia=405)

# ── Lo usual, al enviar ───────────────────────────────────────────────────────────────────────
NO_RECIBE = cada(anonimo=302, ministerio=405, propia=405)
NO_RECIBE_DE_NADIE = todos(405)
LO_RECIBE = cada(anonimo=302, ministerio=302, propia=302)


@dataclass(frozen=True)
class Fila:
    nombre: str
    lee: dict
    envia: dict
    objetos: tuple = ()  # propiedades de Escena con que se arma la dirección
    datos: tuple = ()  # lo que se envía, si un formulario vacío no llega a decir nada

    def __str__(self):
        return self.nombre
