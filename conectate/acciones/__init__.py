"""Lo que pasa en las sesiones y con su asistencia: un módulo por asunto."""
