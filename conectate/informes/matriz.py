"""La matriz del año. El cruce lo hace pandas: 97 entidades por cientos de sesiones, de una vez."""

from conectate.consultas.matriz import sesiones_de_la_matriz
from conectate.consultas.participacion import entidades_de_la_vigencia
from conectate.consultas.sesiones import hay_asistencia
from conectate.informes.documento import REGLA, Informe, rechazar_si
from conectate.models import Asistencia, Convocatoria, Sesion
from conectate.permisos import puede_ver_cifras
from trabajos.hojas.escribir import Columna, Hoja

SIN_DATO, NO_CONVOCADA, SIN_LISTA = "sin dato", "no convocada", "presente"


def informe_de_la_matriz(por, *, vigencia, tipo=None, trimestre=None) -> Informe:
    """En cada celda, cuántas personas; 0 es ausencia y lo que no se sabe se dice con palabras."""
    rechazar_si(not puede_ver_cifras(por))
    sesiones = list(sesiones_de_la_matriz(vigencia, tipo=tipo, trimestre=trimestre))
    entidades = list(entidades_de_la_vigencia(vigencia))
    personas, presentes, convocadas, con_dato = _cruce(sesiones, entidades)
    ausencias = _ausencias(sesiones, entidades, presentes, convocadas, con_dato)
    return Informe(
        nombre=f"Matriz de participación {vigencia}",
        que_es="Cuántas personas de cada entidad asistieron a cada sesión. 0 es ausencia.",
        hojas=[
            _hoja_de_la_matriz(sesiones, entidades, personas, presentes, convocadas, con_dato),
            _hoja_de_sesiones(sesiones, personas, presentes, convocadas, con_dato),
            Hoja(
                "Ausencias",
                [
                    Columna("Fecha", "fecha"),
                    Columna("Sesión", ancho=60),
                    Columna("Código DANE"),
                    Columna("Entidad"),
                ],
                [
                    [sesion.fecha, sesion.titulo, entidad.codigo_dane, entidad.nombre]
                    for sesion, faltaron in ausencias
                    for entidad in faltaron
                ],
            ),
        ],
        para_pdf=Hoja(
            "Ausencias",
            [
                Columna("Fecha", "fecha"),
                Columna("Sesión"),
                Columna("Faltaron", "entero"),
                Columna("Entidades ausentes"),
            ],
            [
                [s.fecha, s.titulo, len(faltaron), ", ".join(e.nombre for e in faltaron)]
                for s, faltaron in ausencias
            ],
        ),
        notas=[
            ("Regla", REGLA),
            ("«presente»", "Estuvo, sin que ninguna lista nombre a su gente."),
            ("«no convocada»", "La entidad no fue convocada a la sesión y no asistió."),
        ],
        es_demostracion=any(sesion.es_demostracion for sesion in sesiones),
    )


def _cruce(sesiones, entidades):
    """Tablas de la misma forma (entidades × sesiones): personas, presente y convocada."""
    import pandas as pd

    claves = [sesion.pk for sesion in sesiones]
    filas = [entidad.pk for entidad in entidades]
    asistencias = pd.DataFrame.from_records(
        Asistencia.objects.presentes()
        .filter(sesion__in=claves)
        .values_list("entidad", "sesion", "importadas"),
        columns=["entidad", "sesion", "n"],
    )
    convocatorias = pd.DataFrame.from_records(
        Convocatoria.objects.filter(sesion__in=claves).values_list("entidad", "sesion"),
        columns=["entidad", "sesion"],
    ).assign(n=1)
    con_dato = set(
        Sesion.objects.filter(hay_asistencia(), pk__in=claves)
        .order_by()
        .values_list("pk", flat=True)
    )

    def cruzada(tabla):
        cruce = tabla.pivot(index="entidad", columns="sesion", values="n")
        return cruce.reindex(index=filas, columns=claves).fillna(0).astype(int)

    return (
        cruzada(asistencias),
        cruzada(asistencias.assign(n=1)) > 0,
        cruzada(convocatorias) > 0,
        con_dato,
    )


def _hoja_de_la_matriz(sesiones, entidades, personas, presentes, convocadas, con_dato):
    celdas = personas.astype(object).mask(~presentes & ~convocadas, NO_CONVOCADA)
    celdas = celdas.mask(presentes & (personas == 0), SIN_LISTA)
    sin_dato = [sesion.pk for sesion in sesiones if sesion.pk not in con_dato]
    celdas[sin_dato] = SIN_DATO
    columnas = [
        Columna("Código DANE"),
        Columna("Entidad"),
        Columna("Participó en", "entero"),
        Columna("De", "entero"),
        *(Columna(f"{s.fecha:%d/%m/%Y} {s.titulo}", "entero", ancho=16) for s in sesiones),
    ]
    contadas = convocadas[[sesion.pk for sesion in sesiones if sesion.pk in con_dato]]
    estuvo = contadas & presentes[contadas.columns]
    filas = [
        [entidad.codigo_dane, entidad.nombre, x, n, *valores]
        for entidad, x, n, valores in zip(
            entidades,
            estuvo.sum(axis=1).tolist(),
            contadas.sum(axis=1).tolist(),
            celdas.values.tolist(),
            strict=True,
        )
    ]
    return Hoja("Matriz", columnas, filas)


def _hoja_de_sesiones(sesiones, personas, presentes, convocadas, con_dato):
    n_convocadas = convocadas.sum(axis=0)
    n_presentes = (convocadas & presentes).sum(axis=0)
    asistencias = personas.sum(axis=0)
    filas = []
    for sesion in sesiones:
        n, x = int(n_convocadas[sesion.pk]), int(n_presentes[sesion.pk])
        hay = sesion.pk in con_dato
        filas.append(
            [
                sesion.fecha,
                sesion.titulo,
                sesion.tipo.nombre,
                n,
                x if hay else SIN_DATO,
                n - x if hay else SIN_DATO,
                int(asistencias[sesion.pk]) if hay else SIN_DATO,
            ]
        )
    return Hoja(
        "Sesiones",
        [
            Columna("Fecha", "fecha"),
            Columna("Sesión", ancho=60),
            Columna("Tipo"),
            Columna("Convocadas", "entero"),
            Columna("Presentes", "entero"),
            Columna("Ausentes", "entero"),
            Columna("Asistencias de entidades", "entero"),
        ],
        filas,
    )


def _ausencias(sesiones, entidades, presentes, convocadas, con_dato):
    faltaron = convocadas & ~presentes
    return [
        (sesion, [e for e, falta in zip(entidades, faltaron[sesion.pk], strict=True) if falta])
        for sesion in sesiones
        if sesion.pk in con_dato
    ]
