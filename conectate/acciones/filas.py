"""De una persona y su veredicto a la fila de su participación."""

import json

from conectate.acciones.identificacion import Veredicto, declarado_que_vale, dominio_de, norma_de
from conectate.acciones.union import Persona, palabras_de
from conectate.lectura import nombres
from conectate.models import Sesion
from territorio.texto import normalizar

COLUMNAS = [
    *("sesion_id", "clave", "tipo", "nombre", "nombre_norm", "palabras", "correo", "dominio"),
    *("declarado", "declarado_norm", "cargo", "minutos", "conexiones", "cuenta"),
    *("entidad_id", "ajena", "decision", "evidencia", "explicacion", "sugerencias"),
    *("ajena_sugerida", "grupo"),
]


def filas_de(sesion: Sesion, personas: list[Persona], veredictos: list[Veredicto]) -> list[tuple]:
    """Una tupla por participación, en el orden de COLUMNAS."""
    # Por columnas: de treinta mil personas, ir una por una cuesta el doble.
    columnas = _de_la_persona(personas, sesion) | _de_su_veredicto(veredictos)
    columnas["sesion_id"] = [sesion.pk] * len(personas)
    return list(zip(*(columnas[columna] for columna in COLUMNAS), strict=True))


def _de_la_persona(personas, sesion):
    correos = [persona.correos[0] if persona.correos else "" for persona in personas]
    visibles = [
        (nombre_visible(persona) or correo)[:250]
        for persona, correo in zip(personas, correos, strict=True)
    ]
    declarados = [
        declarado_que_vale(persona.declarados)[:250] if persona.declarados else ""
        for persona in personas
    ]
    return {
        "clave": [persona.clave for persona in personas],
        "tipo": [persona.tipo for persona in personas],
        "nombre": visibles,
        "nombre_norm": [normalizar(nombre)[:250] for nombre in visibles],
        "palabras": [
            palabras_de(nombre)[:250] if persona.tipo == "persona" else ""
            for persona, nombre in zip(personas, visibles, strict=True)
        ],
        "correo": [correo[:254] for correo in correos],
        "dominio": [dominio_de(correo)[:200] for correo in correos],
        "declarado": declarados,
        "declarado_norm": [norma_de(declarado) if declarado else "" for declarado in declarados],
        "cargo": [persona.cargo[:200] for persona in personas],
        "minutos": [persona.minutos for persona in personas],
        "conexiones": [persona.conexiones for persona in personas],
        "cuenta": [_cuenta(persona, sesion.minutos_minimos) for persona in personas],
    }


def _cuenta(persona, minimo):
    return persona.tipo != "bot" and (persona.minutos is None or persona.minutos >= minimo)


def _de_su_veredicto(veredictos):
    campos = zip(*veredictos, strict=True) if veredictos else [()] * len(Veredicto._fields)
    columnas = dict(zip(Veredicto._fields, campos, strict=True))
    columnas["explicacion"] = [explicacion[:300] for explicacion in columnas["explicacion"]]
    columnas["sugerencias"] = [
        json.dumps(codigos) if codigos else "[]" for codigos in columnas["sugerencias"]
    ]
    return columnas


def nombre_visible(persona: Persona) -> str:
    """El más completo de los que usó, sin lo que le añadió la herramienta."""
    if len(persona.nombres) == 1:
        return nombres.separar(persona.nombres[0])[0]
    limpios = [nombres.separar(nombre)[0] for nombre in persona.nombres]
    return max(limpios, key=len, default="")
