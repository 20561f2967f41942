"""Correos: escribirlos siempre igual y saber cuáles comparte mucha gente."""

import re

CORREO = re.compile(r"[^\s@<>,;:\"']+@[^\s@<>,;:\"']+\.[^\s@<>,;:\"']{2,}")

# Nadie se llama así: si la parte local empieza de este modo, el buzón es de una oficina.
COMIENZOS_DE_OFICINA = (
    *(
        "educacion",
        "secretaria",
        "subsecretaria",
        "secedu",
        "sec.edu",
        "sec_edu",
        "despacho",
        "calidad",
        "cobertura",
    ),
    *("planeacion", "inspeccion", "talentohumano", "talento.humano", "ventanilla", "atencion"),
    *("contacto", "contactenos", "notificacion", "correspondencia", "alcaldia", "gobernacion"),
    *("gobierno", "juridica", "financiera", "administrativa", "administracion", "comunicacion"),
    *("sistemas", "informacion", "coordinacion", "direccion", "oficina", "recepcion"),
    *("soporte", "mesadeayuda", "servicioalciudadano", "convivencia", "inclusion"),
    *("primerainfancia", "alimentacionescolar", "bienestar", "proyectos", "institucional"),
    *("rectoria", "gestion", "supervision", "nucleoeducativo", "webmaster", "noreply"),
)
OFICINAS = {
    *("info", "sem", "sed", "sac", "pqr", "pqrs", "pqrsd", "pae", "tic", "tics", "simat"),
    *("correo", "admin", "prensa", "nomina", "quejas", "general", "archivo"),
    *("hojasdevida", "humano", "evaluacion", "mejoramiento", "permanencia"),
}
# El comienzo de una parte local; o su primera palabra entera, con número o sin él.
DE_OFICINA = re.compile(
    rf"(?:{'|'.join(map(re.escape, COMIENZOS_DE_OFICINA))})"
    rf"|(?:{'|'.join(sorted(OFICINAS))})[0-9]*(?:[._\-+@]|$)"
)


def limpio(texto: str) -> str:
    """En minúsculas y sin espacios; «» si no lo es (`anonymous`, «N/A», un UPN de invitado)."""
    if "@" not in texto:
        return ""
    junto = "".join(texto.split()).lower()
    if "#ext#" in junto:
        return ""
    partes = CORREO.fullmatch(junto) or CORREO.search(junto.removeprefix("mailto:"))
    return partes[0].rstrip(".") if partes else ""


def es_buzon_general(correo: str) -> bool:
    """educacion@, despacho@, calidad@…: lo usan varias personas y no identifica a ninguna."""
    return DE_OFICINA.match(correo) is not None


def dominio_de_invitado(upn: str) -> str:
    """«ana_sem.example#EXT#@inquilino…» → «sem.example». Solo sugiere: un UPN no es un correo."""
    local, hay, _ = upn.lower().partition("#ext#")
    if not hay:
        return ""
    dominio = local.rpartition("_")[2]
    return dominio if "." in dominio else ""
