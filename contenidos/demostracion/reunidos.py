"""Las colecciones y las rutas de la demostración, por el nombre de sus contenidos."""

COLECCIONES = (
    {
        "slug": "caja-de-herramientas",
        "titulo": "Caja de herramientas",
        "resumen": "Formatos, instrumentos y herramientas listos para usar en el acompañamiento "
        "a los establecimientos. Es una colección de demostración.",
        "contenidos": (
            ("formato-de-acta-del-acompanamiento", "Para cerrar cada encuentro con acuerdos."),
            ("cronograma-de-acompanamientos", "Para que las fechas del año queden a la vista."),
            ("instrumento-de-aprendizajes-priorizados", "Para trabajar con el consejo académico."),
            ("lista-de-chequeo-sanitaria", ""),
            ("herramienta-para-leer-la-desercion", "Se llena con los indicadores del portal."),
            ("plantilla-del-pam", ""),
            ("mensajeros-pedagogicos", "Para las veredas sin conexión."),
            ("radio-que-ensena", ""),
        ),
    },
    {
        "slug": "continuidad-pedagogica",
        "titulo": "Estrategia de Continuidad Pedagógica",
        "resumen": "Lo que un equipo necesita para que nadie pierda su camino al cambiar de grado, "
        "de sede o de modalidad. Es una colección de demostración.",
        "contenidos": (
            ("estrategia-de-continuidad-pedagogica", "Empiece por aquí."),
            ("guia-del-equipo-gestor", "Quiénes lo integran y qué hacen primero."),
            ("prueba-de-entrada-trayectorias", ""),
            ("transito-armonico", "El primer tránsito."),
            ("plan-de-permanencia-paso-a-paso", ""),
        ),
    },
)

RUTAS = (
    {
        "slug": "proteger-trayectorias",
        "titulo": "Proteger las trayectorias educativas",
        "resumen": "En cuatro pasos, el equipo reconoce qué es una trayectoria, quién la cuida y "
        "por dónde empezar. Es una ruta de demostración.",
        "para_quien": "Equipos de las secretarías que empiezan el acompañamiento",
        "pasos": (
            ("prueba-de-entrada-trayectorias", "Qué sabemos", "Respóndanla en equipo.", 30),
            ("estrategia-de-continuidad-pedagogica", "Qué es la continuidad", "Léanla antes.", 45),
            ("herramienta-para-leer-la-desercion", "Nuestro contexto", "Llenen la hoja.", 60),
            ("guia-del-equipo-gestor", "El equipo gestor", "Escriban quiénes lo integran.", 45),
        ),
    },
    {
        "slug": "flexibilizar-el-curriculo",
        "titulo": "Flexibilizar el currículo",
        "resumen": "Tres pasos para acompañar a un establecimiento que ajusta su plan de estudios. "
        "Es una ruta de demostración.",
        "para_quien": "Áreas de calidad y directivos docentes",
        "pasos": (
            ("guia-de-flexibilizacion-curricular", "Qué se prioriza", "Subrayen lo suyo.", 40),
            ("orientaciones-para-la-evaluacion-formativa", "Cómo se evalúa", "", 30),
            ("formato-de-seguimiento-a-la-flexibilizacion", "Cómo se sigue", "", 20),
        ),
    },
)
