"""Lo que se dice en la demostración. Nada de aquí pasó."""

ASUNTOS = (
    "Seguimiento semanal",
    "Cómo va el plan de permanencia",
    "Matrícula y estudiantes que no han vuelto",
    "Preparación de la semana de desarrollo institucional",
    "Avance en el plan de apoyo al mejoramiento",
    "Transporte escolar en la zona rural",
    "Dudas sobre los recursos del sector",
    "Uso de los resultados de evaluación formativa",
    "Formación de directivos docentes",
    "Alimentación escolar: visitas a las sedes",
    "Ruta de primera infancia",
    "Conectividad de las sedes rurales",
)
PROPOSITOS = (
    "Revisar con el equipo directivo el avance del plan de permanencia.",
    "Acompañar la lectura de los indicadores y escoger dónde empezar.",
    "Conocer en las sedes cómo va la atención a los estudiantes que volvieron.",
    "Preparar con cada área lo que falta para cerrar el año.",
)
ACTAS = (
    (
        "Se revisaron las metas del plan de permanencia, área por área. Cobertura mostró los "
        "estudiantes por los que se hizo búsqueda y los que ya volvieron. Planeación pidió "
        "apoyo para cruzar sus registros con los de matrícula.\n\n"
        "Se acordó quién responde por cada punto y cuándo se vuelve a mirar."
    ),
    (
        "El equipo presentó sus indicadores de los últimos cuatro años. La deserción bajó en "
        "primaria y subió en media, y se escogieron tres instituciones para entender por qué.\n\n"
        "Calidad educativa contó la estrategia de tutoría entre pares, que puede servirle a "
        "otras secretarías."
    ),
    (
        "Se visitaron dos sedes. En las dos hay agua, alimentación y un plan de acogida; en una "
        "falta transporte para la vereda más lejana. La secretaría explicó el trámite que "
        "tiene en curso.\n\n"
        "Los directivos docentes pidieron formación en evaluación formativa."
    ),
)
ACUERDOS = (
    "",
    "La secretaría manda el cruce de matrícula antes de la próxima semana.",
    "",
    "El Ministerio comparte la guía de búsqueda y acogida.",
    "Se hablará otra vez con el área de cobertura presente.",
    "",
)
NOTAS = ("", "", "Conviene hablar primero con planeación.", "", "El equipo cambió este mes.")
DE_LA_ENTIDAD = (
    (
        "Cruzar la matrícula con el registro de alimentación escolar y entregar la lista de "
        "quienes faltan"
    ),
    "Entregar el plan de permanencia con metas por institución",
    "Revisar el trámite de transporte escolar de la zona rural",
    "Escoger tres instituciones para la tutoría entre pares",
    "Publicar el calendario de formación de directivos docentes",
    "Enviar el inventario de sedes sin conexión",
)
DEL_MINISTERIO = (
    "Enviar la guía de búsqueda y acogida y explicarla en una reunión",
    "Responder la consulta sobre el uso de los recursos de gratuidad",
    "Presentar a la secretaría con otra que ya resolvió el mismo asunto",
    "Revisar el borrador del plan y devolverlo con comentarios",
    "Programar el taller de evaluación formativa",
)
SEGUIMIENTOS = (
    "Se hizo la primera reunión con las áreas y quedó un borrador.",
    "Va a la mitad: faltan dos instituciones por responder.",
    "Se envió a revisión.",
)
CIERRES = (
    "Quedó entregado y revisado por las dos partes.",
    "Se hizo. La evidencia muestra lo acordado.",
)
MOTIVOS_DE_PRORROGA = (
    "El área que responde cambió de responsable y pidió una semana más.",
    "Las instituciones estuvieron en receso esos días.",
)
NECESIDADES = (
    ("Apoyo para leer los resultados de evaluación formativa", "Evaluación formativa"),
    ("Orientación sobre transporte escolar en zona rural dispersa", "Educación rural"),
    ("Cómo organizar la búsqueda de estudiantes que no volvieron", "Permanencia"),
    ("Formación del equipo nuevo en el plan de apoyo al mejoramiento", "Calidad"),
    ("Acompañamiento para la ruta de primera infancia", "Primera infancia"),
    ("Qué hacer con las sedes sin conexión", "Conectividad"),
    ("Un modelo de protocolo para el acceso al agua en las sedes", "Manejo de agua"),
    ("Conocer experiencias de otras secretarías en educación media", "Educación media"),
)
