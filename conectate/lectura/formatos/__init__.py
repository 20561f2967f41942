"""Un módulo por herramienta. Aquí, cómo se le dice a la gente cada formato."""

NOMBRES = {
    "teams_lista": "Lista de asistencia de Teams (entradas y salidas)",
    "teams_informe_2021": "Informe de asistencia de Teams (2021)",
    "teams_informe": "Informe de asistencia de Teams",
    "teams_seminario": "Informe de Teams con inscripción",
    "teams_evento_en_vivo": "Informe de un evento en vivo de Teams",
    "zoom_participantes": "Participantes de una reunión de Zoom",
    "zoom_usuarios_unicos": "Usuarios únicos de Zoom",
    "zoom_seminario": "Informe de asistentes de un seminario web de Zoom",
    "zoom_inscripciones": "Inscripciones de Zoom (no es asistencia)",
    "meet": "Informe de asistencia de Google Meet",
    "formulario_google": "Respuestas de un formulario de Google",
    "formulario_microsoft": "Respuestas de un formulario de Microsoft",
    "columnas_a_mano": "Columnas emparejadas a mano",
}
