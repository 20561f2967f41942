"""De una persona y su veredicto a la fila de su participación."""

import json

from conectate.acciones.identificacion import Veredicto, declarado_que_vale, dominio_de, norma_de
from conectate.acciones.union import Persona
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
    minimo, sesion_id = sesion.minutos_minimos, sesion.pk
    filas = []
    for persona, veredicto in zip(personas, veredictos, strict=True):
        correo = persona.correos[0] if persona.correos else ""
        nombre = (nombre_visible(persona) or correo)[:250]
        normal = normalizar(nombre)[:250]
        declarado = declarado_que_vale(persona.declarados)[:250]
        filas.append(
            (
                sesion_id,
                persona.clave,
                persona.tipo,
                nombre,
                normal,
                " ".join(sorted(normal.split())) if persona.tipo == "persona" else "",
                correo[:254],
                dominio_de(correo)[:200],
                declarado,
                norma_de(declarado),
                persona.cargo[:200],
                persona.minutos,
                persona.conexiones,
                persona.tipo != "bot" and (persona.minutos is None or persona.minutos >= minimo),
                veredicto.entidad_id,
                veredicto.ajena,
                veredicto.decision,
                veredicto.evidencia,
                veredicto.explicacion[:300],
                json.dumps(veredicto.sugerencias) if veredicto.sugerencias else "[]",
                veredicto.ajena_sugerida,
                veredicto.grupo,
            )
        )
    return filas


def nombre_visible(persona: Persona) -> str:
    """El más completo de los que usó, sin lo que le añadió la herramienta."""
    limpios = [nombres.separar(nombre)[0] for nombre in persona.nombres]
    return max(limpios, key=len, default="")
