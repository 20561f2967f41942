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
    # Lo que avisa al guardarse ya está; esto recoge lo que se guardó en bloque y lo programado.
    "rehacer el índice de búsqueda": {
        "task": "contenidos.reindexar",
        "schedule": crontab(hour=3, minute=40),
    },
    "borrar sesiones vencidas": {
        "task": "escuela.borrar_sesiones_vencidas",
        "schedule": crontab(hour=2, minute=40),
    },
    # Cada mañana hábil: lo de la semana sale el lunes, o el día siguiente si es festivo.
    "mandar lo nuevo de los temas": {
        "task": "contenidos.novedades",
        "schedule": crontab(day_of_week="mon-fri", hour="8-11", minute=50),
        "options": {"expires": 30 * 60},
    },
    # Varios días, por si el trabajador estaba caído: en el mes se prueban una sola vez.
    "probar los enlaces de la biblioteca": {
        "task": "contenidos.enlaces",
        "schedule": crontab(day_of_month="1-3", hour=3, minute=20),
    },
    # Una falla puede ser un mal día del otro sitio: se insiste la semana siguiente.
    "probar otra vez los enlaces que fallaron": {
        "task": "contenidos.enlaces_que_fallaron",
        "schedule": crontab(day_of_month="8-10", hour=3, minute=20),
    },
    # Cada mañana hábil, y a cada quien una vez por semana.
    "recordar lo que espera en la mesa de edición": {
        "task": "contenidos.recordar_edicion",
        "schedule": crontab(day_of_week="mon-fri", hour="8-11", minute=35),
        "options": {"expires": 30 * 60},
    },
    # Cada mañana hábil; a cada quien, un solo correo por día con todo lo suyo.
    "recordar los compromisos": {
        "task": "acompanamiento.recordar_compromisos",
        "schedule": crontab(day_of_week="mon-fri", hour="7-11", minute=15),
        "options": {"expires": 30 * 60},
    },
    "descartar los listados que nadie confirmó": {
        "task": "acompanamiento.descartar_listados",
        "schedule": crontab(hour=2, minute=25),
    },
    # Lo que llegó por un traslado o una carga; lo que se sube en una página se lee en seguida.
    "leer los archivos que faltan": {
        "task": "contenidos.leer_las_que_faltan",
        "schedule": crontab(hour=1, minute=30),
    },
}
