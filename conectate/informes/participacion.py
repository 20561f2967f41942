"""El «x de N» de todas las entidades y el de una, sesión a sesión."""

from conectate.consultas.participacion import XdeN, participacion_de, tabla_de, totales_de
from conectate.informes.documento import (
    DE_LA_PRESENCIA,
    REGLA,
    Informe,
    de_la_presencia,
    rechazar_si,
    si_no,
)
from conectate.permisos import puede_ver_cifras, puede_ver_participacion
from territorio.models import EntidadTerritorial
from trabajos.hojas.escribir import Columna, Hoja


def informe_de_participacion(por, *, vigencia) -> Informe:
    rechazar_si(not puede_ver_cifras(por))
    tabla, totales = tabla_de(vigencia), totales_de(vigencia)
    columnas = [Columna("Código DANE"), Columna("Entidad"), Columna("Departamento")]
    for nombre in [*(tipo.tipo.plural for tipo in tabla.tipos), "Total"]:
        columnas += [
            Columna(f"{nombre}: participó", "entero"),
            Columna(f"{nombre}: de", "entero"),
            Columna(f"{nombre}: porcentaje", "porcentaje"),
        ]
    columnas.append(Columna("Asistencias", "entero"))
    filas = []
    for fila in tabla.filas:
        cuentas = [fila.por_tipo[tipo.tipo.pk] for tipo in tabla.tipos]
        filas.append(
            [
                fila.entidad.codigo_dane,
                fila.entidad.nombre,
                fila.entidad.departamento.nombre,
                *(celda for cuenta in [*cuentas, fila.total] for celda in _celdas(cuenta)),
                fila.asistencias,
            ]
        )
    return Informe(
        nombre=f"Participación {vigencia} por secretaría",
        que_es="En cuántas sesiones participó cada entidad, de cuántas a las que se la convocó.",
        hojas=[
            Hoja("Participación", columnas, filas),
            _hoja_de_tipos(tabla),
            Hoja(
                "Totales",
                [Columna("Cifra", ancho=46), Columna("Valor", "decimal")],
                [
                    ["Sesiones realizadas que cuentan", totales.sesiones],
                    ["Sesiones sin asistencia cargada", totales.sin_dato],
                    ["Asistencias", totales.asistencias],
                    ["Personas distintas", totales.personas],
                    ["Minutos", totales.minutos],
                    ["Sin identificar", totales.sin_identificar],
                    ["De otras organizaciones", totales.de_otra_organizacion],
                    ["Aforo (aparte: no son personas distintas)", totales.aforo],
                ],
            ),
        ],
        para_pdf=_para_imprimir(tabla),
        notas=[("Regla", REGLA)],
        es_demostracion=tabla.es_demostracion,
    )


def _celdas(cuenta: XdeN):
    """Sin sesiones no hay cero: la celda queda vacía."""
    return [cuenta.x, cuenta.n, cuenta.porcentaje] if cuenta.n else [None, None, None]


def _hoja_de_tipos(tabla):
    return Hoja(
        "Tipos",
        [
            Columna("Tipo"),
            Columna("Sesiones realizadas", "entero"),
            Columna("Con asistencia cargada", "entero"),
            Columna("Sin dato", "entero"),
        ],
        [[t.tipo.nombre, t.sesiones, t.con_dato, t.sin_dato] for t in tabla.tipos],
    )


def _para_imprimir(tabla):
    return Hoja(
        "Participación",
        [
            Columna("Código DANE"),
            Columna("Entidad"),
            *(Columna(tipo.tipo.plural) for tipo in tabla.tipos),
            Columna("Total"),
            Columna("Porcentaje", "porcentaje"),
        ],
        [
            [
                fila.entidad.codigo_dane,
                fila.entidad.nombre,
                *(_dicho(fila.por_tipo[tipo.tipo.pk]) for tipo in tabla.tipos),
                _dicho(fila.total),
                fila.total.porcentaje,
            ]
            for fila in tabla.filas
        ],
    )


def _dicho(cuenta: XdeN):
    return str(cuenta) if cuenta.n else "sin dato"


def informe_de_participacion_de_entidad(por, *, vigencia, codigo_dane) -> Informe:
    entidad = EntidadTerritorial.objects.filter(codigo_dane=codigo_dane).first()
    rechazar_si(entidad is None or not puede_ver_participacion(por, entidad))
    participacion = participacion_de(entidad, vigencia)
    todas = [*participacion.sesiones, *participacion.sin_convocatoria, *participacion.aparte]
    sesiones = Hoja(
        "Sesión a sesión",
        [
            Columna("Fecha", "fecha"),
            Columna("Sesión", ancho=60),
            Columna("Tipo"),
            Columna("Entra en la cuenta"),
            Columna("Convocada"),
            Columna("Situación"),
            Columna("Personas", "entero"),
            Columna("Minutos", "decimal"),
            Columna("Sin identificar en la sesión", "entero"),
            *DE_LA_PRESENCIA,
        ],
        [
            [
                fila.sesion.fecha,
                fila.sesion.titulo,
                fila.sesion.tipo.nombre,
                si_no(fila in participacion.sesiones and fila.hay_asistencia),
                si_no(fila.fue_convocada),
                fila.situacion,
                fila.en_la_lista if fila.hay_asistencia else None,
                fila.minutos if fila.personas else None,
                fila.por_identificar if fila.hay_asistencia else None,
                *de_la_presencia(fila),
            ]
            for fila in sorted(todas, key=lambda fila: (fila.sesion.fecha, fila.sesion.pk))
        ],
    )
    cuenta = Hoja(
        "Cuenta",
        [
            Columna("Tipo"),
            Columna("Participó", "entero"),
            Columna("De", "entero"),
            Columna("Porcentaje", "porcentaje"),
            Columna("Sin dato", "entero"),
        ],
        [
            [tipo.tipo.nombre, *_celdas(cuenta), sin_dato]
            for tipo, cuenta, sin_dato in participacion.por_tipo
        ],
    )
    return Informe(
        nombre=f"Participación {vigencia} de {entidad.nombre}",
        que_es=f"En qué sesiones de {vigencia} participó {entidad.nombre}.",
        hojas=[sesiones, cuenta],
        notas=[
            ("Código DANE", entidad.codigo_dane),
            *((t.tipo.plural, str(cuenta)) for t, cuenta, _ in participacion.por_tipo),
            ("Regla", REGLA),
        ],
        es_demostracion=participacion.tabla.es_demostracion,
    )
