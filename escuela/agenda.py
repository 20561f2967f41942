"""Lo que el portal hace solo, y cada cuánto."""

from celery.schedules import crontab

# Un aviso que llega tarde caduca: si el trabajador estuvo ocupado, no se le acumulan.
AGENDA = {
    "revivir trabajos caídos": {
        "task": "trabajos.barrer",
        "schedule": 15,
        "options": {"expires": 15},
    },
    "borrar resultados vencidos": {
        "task": "trabajos.limpiar",
        "schedule": 6 * 60 * 60,
        "options": {"expires": 60 * 60},
    },
    "sellar la bitácora": {
        "task": "escuela.sellar_bitacora",
        "schedule": crontab(hour=2, minute=10),
    },
    "verificar la bitácora": {
        "task": "escuela.verificar_bitacora",
        "schedule": crontab(day_of_week="sunday", hour=3, minute=10),
    },
    # Varias veces cada mañana, por si el trabajador estaba caído: repetirlo no repite nada.
    "recordar las sesiones de mañana": {
        "task": "conectate.recordar",
        "schedule": crontab(hour="7-11", minute=5),
        "options": {"expires": 30 * 60},
    },
    # A diario: solo hace algo los primeros días hábiles del mes, y lo ya pedido no se repite.
    "mandar el boletín del mes": {
        "task": "conectate.boletines",
        "schedule": crontab(hour="7-11", minute=20),
        "options": {"expires": 30 * 60},
    },
    # A diario: cada fuente dice si le toca por semana o por mes. Lo traído espera a una persona.
    "traer los datos abiertos": {
        "task": "indicadores.fuentes",
        "schedule": crontab(hour=4, minute=15),
    },
    # Lo ya pintado no se pinta otra vez: casi siempre es mirar y no hacer nada.
    "pintar las cifras publicadas": {
        "task": "indicadores.pintar",
        "schedule": 60,
        "options": {"expires": 60},
    },
    "mandar los informes del mes": {
        "task": "indicadores.informes_del_mes",
        "schedule": crontab(hour="7-11", minute=40),
        "options": {"expires": 30 * 60},
    },
    "borrar sesiones vencidas": {
        "task": "escuela.borrar_sesiones_vencidas",
        "schedule": crontab(hour=2, minute=40),
    },
}
