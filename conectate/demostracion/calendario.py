"""Las cincuenta sesiones de la demostración.

Las fechas de febrero, y las señaladas de marzo y junio de 2020, son las de la presentación
«Acompañamiento territorial 2020» (diapositivas de cada mes). Las demás fechas y títulos son
inventados para que cada mes sume lo que el informe dice: 7, 15, 10, 7, 3, 7 y 1.
"""

from datetime import date, time
from typing import NamedTuple

VIGENCIA = 2020
INFORMATIVA, DIALOGO = "informativa", "dialogo"


class SesionDePrueba(NamedTuple):
    fecha: date
    titulo: str
    tema: str
    tipo: str = INFORMATIVA
    hora: time = time(9)


def _del_mes(mes, *sesiones):
    return [SesionDePrueba(date(VIGENCIA, mes, dia), *resto) for dia, *resto in sesiones]


TARDE = time(15)

SESIONES = (
    _del_mes(
        2,
        (4, "Sesión de inicio", "Fortalecimiento institucional"),
        (11, "Capacitación en Sistema Maestro", "Sistema Maestro"),
        (13, "Orientaciones Doble Titulación", "Doble titulación"),
        (18, "Planes Operativos de Inspección y Vigilancia", "Inspección y vigilancia"),
        (20, "Atención a migrantes en el sector educativo", "Migrantes"),
        (25, "Proyecto Educativo Institucional", "Proyecto Educativo Institucional (PEI)"),
        (27, "Plan de Mejoramiento Institucional y Plan de Apoyo al Mejoramiento",
         "Plan de Mejoramiento Institucional (PMI)"),
    )
    + _del_mes(
        3,
        (3, "Educación media: oferta y articulación", "Educación media"),
        (3, "Rutas de la educación rural", "Ruralidad", INFORMATIVA, TARDE),
        (5, "Educación inicial en el territorio", "Educación inicial"),
        (5, "Colegios privados: orientaciones", "Colegios privados", INFORMATIVA, TARDE),
        (12, "Calidad educativa: hoja de ruta", "Calidad"),
        (12, "Conectividad en las sedes educativas", "Conectividad", INFORMATIVA, TARDE),
        (16, "Directivas para atender la emergencia en el sector", "Fortalecimiento institucional"),
        (16, "Aprendizaje en casa: primeros pasos", "Aprendizaje en casa", INFORMATIVA, TARDE),
        (18, "Alimentación escolar durante la emergencia", "Alimentación escolar"),
        (18, "Bioseguridad escolar: orientaciones iniciales", "Bioseguridad escolar",
         INFORMATIVA, TARDE),
        (19, "Permanencia escolar en la emergencia", "Permanencia"),
        (23, "Preguntas frecuentes sobre las directivas", "Fortalecimiento institucional"),
        (25, "Educación rural y aprendizaje en casa", "Educación rural"),
        (30, "Balance del primer mes de aprendizaje en casa", "Aprendizaje en casa"),
        (30, "Trámites de los colegios privados", "Colegios privados", INFORMATIVA, TARDE),
    )
    + _del_mes(
        5,
        (5, "Flexibilización curricular", "Flexibilización curricular"),
        (7, "Evaluación formativa en casa", "Evaluación formativa"),
        (7, "Escuchar a las secretarías: lo que más preocupa", "Fortalecimiento institucional",
         DIALOGO, TARDE),
        (12, "Orientación a familias", "Capacidades socioemocionales"),
        (14, "Primera infancia en casa", "Primera infancia"),
        (19, "Recursos para la educación media", "Educación media"),
        (20, "Conectividad: alternativas sin internet", "Conectividad"),
        (21, "Innovación educativa en las secretarías", "Innovación educativa"),
        (26, "Alimentación escolar: segunda fase", "Alimentación escolar"),
        (28, "Trayectorias educativas completas", "Trayectorias educativas"),
    )
    + _del_mes(
        6,
        (4, "Prácticas de bioseguridad en la escuela", "Bioseguridad escolar"),
        (9, "Conéctate: diálogo y construcción", "Planes de alternancia", DIALOGO),
        (11, "Transición progresiva: opciones de alternancia", "Planes de alternancia"),
        (16, "Protocolos de ingreso y salida", "Protocolos de ingreso y salida"),
        (18, "Reflexiones y apuestas: en casa y en presencia", "Planes de alternancia",
         DIALOGO),
        (23, "Conéctate con el MEN: alternancia", "Planes de alternancia"),
        (25, "Manejo de agua y condiciones sanitarias", "Higiene y condiciones sanitarias"),
    )
    + _del_mes(
        8,
        (6, "Planes de alternancia: cómo se remiten", "Planes de alternancia"),
        (13, "Deserción escolar: alertas tempranas", "Deserción escolar"),
        (20, "Calidad matrícula: ejecución de recursos", "Calidad"),
    )
    + _del_mes(
        9,
        (1, "Distanciamiento y organización de aulas", "Distanciamiento"),
        (3, "Capacidades socioemocionales de los equipos", "Capacidades socioemocionales"),
        (8, "Retroalimentación de los planes de alternancia", "Planes de alternancia"),
        (10, "Análisis de recursos disponibles", "Planes de alternancia", DIALOGO),
        (15, "Educación inicial: regreso gradual", "Educación inicial"),
        (17, "Desplazamiento seguro a la escuela", "Protocolos de ingreso y salida"),
        (24, "Inspección y vigilancia durante la alternancia", "Inspección y vigilancia"),
    )
    + _del_mes(
        12,
        (3, "Cierre del año con las secretarías", "Fortalecimiento institucional", DIALOGO),
    )
)  # fmt: skip
