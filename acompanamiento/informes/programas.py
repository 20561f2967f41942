"""Un programa en un libro: a quién llegó, qué se hizo, qué dejó y qué publicó la fuente."""

from pathlib import Path

from acompanamiento.consultas.programas import (
    actividades_de,
    al_lado,
    cobertura_de,
    productos_de,
)
from acompanamiento.models import Programa
from trabajos.hojas.escribir import Columna, Hoja, Metadatos, escribir_xlsx

SIN_CONTAR, NO_REPORTADO, SIN_REGISTROS = "sin contar", "no reportado", "sin registros"


def escribir_cobertura(ruta: Path, programa: Programa, *, por: str) -> int:
    cobertura = cobertura_de(programa)
    return escribir_xlsx(
        ruta,
        [
            _hoja_de_cobertura(cobertura),
            _hoja_de_actividades(programa),
            _hoja_de_productos(programa),
            _hoja_de_cifras(programa),
        ],
        Metadatos(
            titulo=f"{programa} ({programa.vigencia})",
            que_es=f"Llegó a {cobertura.x} de {cobertura.n} secretarías, según lo registrado en "
            "el portal.",
            corte=cobertura.fecha,
            por=por,
            notas=[
                ("De cuántas", "Las entidades certificadas el día en que terminó el programa."),
                ("«sin contar»", "Participó y no se contaron las personas: no es cero."),
                (f"«{NO_REPORTADO}»", "La fuente no trae el dato: no es cero."),
                ("Cifras", "Son de medidas distintas: no las sume."),
            ],
        ),
    )


def _hoja_de_cobertura(cobertura):
    llego = [
        [*_quien(uno.entidad), "sí", uno.actividades, _contadas(uno.personas), uno.ultima]
        for uno in cobertura.llego
    ]
    faltan = [[*_quien(entidad), "no", 0, "", None] for entidad in cobertura.faltan]
    aparte = [
        [*_quien(uno.entidad), "aparte", uno.actividades, _contadas(uno.personas), uno.ultima]
        for uno in cobertura.aparte
    ]
    return Hoja(
        "Cobertura",
        [
            Columna("Código DANE"),
            Columna("Secretaría"),
            Columna("Participó"),
            Columna("Actividades", "entero"),
            Columna("Personas", "entero"),
            Columna("La última", "fecha"),
        ],
        [*llego, *faltan, *aparte],
    )


def _hoja_de_actividades(programa):
    return Hoja(
        "Actividades",
        [
            Columna("Fecha", "fecha"),
            Columna("Hasta", "fecha"),
            Columna("Tipo"),
            Columna("Nombre"),
            Columna("Para quién"),
            Columna("Estado"),
            Columna("Secretarías", "entero"),
            Columna("Personas", "entero"),
        ],
        [
            [
                actividad.desde,
                actividad.hasta,
                actividad.tipo.nombre,
                actividad.nombre,
                actividad.get_alcance_display(),
                actividad.get_estado_display(),
                actividad.n_entidades,
                _contadas(actividad.personas),
            ]
            for actividad in actividades_de(programa)
        ],
    )


def _hoja_de_productos(programa):
    return Hoja(
        "Productos",
        [
            Columna("Código DANE"),
            Columna("Secretaría"),
            Columna("Clase"),
            Columna("Nombre"),
            Columna("Actividad"),
        ],
        [
            [
                *_quien(producto.entidad),
                producto.get_clase_display(),
                producto.nombre,
                str(producto.actividad or ""),
            ]
            for producto in productos_de(programa)
        ],
    )


def _hoja_de_cifras(programa):
    return Hoja(
        "Cifras",
        [
            Columna("Qué mide"),
            Columna("Alcance"),
            Columna("Periodo"),
            Columna("Calificador"),
            Columna("Reportado", "entero"),
            Columna("En el portal", "entero"),
            Columna("Estado"),
            Columna("Nota"),
            Columna("Fuente"),
        ],
        [
            [
                una.cifra.medida,
                una.cifra.alcance,
                una.cifra.periodo,
                una.cifra.get_calificador_display(),
                NO_REPORTADO if una.cifra.valor is None else una.cifra.valor,
                _calculado(una),
                una.cifra.get_estado_display(),
                una.cifra.nota,
                una.cifra.fuente,
            ]
            for una in al_lado([programa])[programa.pk]
        ],
    )


def _calculado(una):
    if not una.cifra.calculo:
        return ""
    return SIN_REGISTROS if una.calculado is None else una.calculado


def _quien(entidad):
    return entidad.codigo_dane, entidad.nombre


def _contadas(personas):
    return SIN_CONTAR if personas is None else personas
