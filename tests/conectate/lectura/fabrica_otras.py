"""Los archivos de Zoom, Meet y los formularios."""

from tests.conectate.lectura.fabrica_archivos import DIA, GENTE, dma_24_horas, mda_de_zoom
from tests.conectate.lectura.fabrica_teams import larga

ZOOM = {
    "en_2020": (
        "Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants,",
        (
            "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest,"
            "Recording Consent"
        ),
    ),
    "en_2023": (
        "Topic,ID,Host,Duration (minutes),Start time,End time,Participants",
        (
            "Name (original name),Email,Join time,Leave time,Duration (minutes),Guest,"
            "Recording disclaimer response,In waiting room"
        ),
    ),
    "es_2021": (
        "Tema,Id. de la reunión,Hora de inicio,Hora de finalización,Participantes",
        (
            "Nombre (nombre original),E-mail del usuario,Hora para unirse,Hora para salir,"
            "Duración (minutos),Invitado,Consentimiento de grabación,En sala de espera"
        ),
    ),
    "es_otra": (
        "Tema,ID",
        "Nombre de usuario,E-mail de usuario,Hora de entrada,Hora de salida,Duración (minutos)",
    ),
    "es_2024": (
        "Tema,ID,Anfitrión,Duración (minutos),Hora de inicio,Hora de finalización,Participantes",
        (
            "Nombre (nombre original),Correo electrónico,Hora de entrada,Hora de salida,"
            "Duración (minutos),Invitado,"
            "Respuesta al descargo de responsabilidad relativa a la grabación,En sala de espera"
        ),
    ),
    "pt": (
        "Tópico,ID,Anfitrião",
        (
            "Nome (nome original),E-mail do usuário,Hora de entrada,Hora de saída,"
            "Duração (minutos),Convidado,Na sala de espera"
        ),
    ),
}


def participantes(
    epoca="es_2024", fecha=mda_de_zoom, gente=GENTE, dia=DIA, *, con_datos=True, espera=()
):
    datos, titulos = (linea.split(",") for linea in ZOOM[epoca])
    filas = [datos, _datos_de_zoom(datos, fecha, dia), []] if con_datos else []
    filas.append(titulos)
    for alguien in gente:
        for desde, hasta in alguien.horas(dia):
            filas.append(_fila_de_zoom(titulos, alguien, fecha(desde), fecha(hasta), "No"))
    for alguien in espera:
        desde, hasta = alguien.horas(dia)[0]
        filas.append(_fila_de_zoom(titulos, alguien, fecha(desde), fecha(hasta), "Sí"))
    return filas


def _datos_de_zoom(rotulos, fecha, dia):
    inicio, fin = GENTE[0].horas(dia)[0]
    valores = {
        "Meeting ID": "900 0000 0001",
        "ID": "900 0000 0001",
        "Id. de la reunión": "900 0000 0001",
        "Host": "Olga Inventada (olga.ejemplo@mineducacion.gov.co)",
        "Anfitrión": "Olga Inventada (olga.ejemplo@mineducacion.gov.co)",
        "User Email": "olga.ejemplo@mineducacion.gov.co",
        **dict.fromkeys(("Topic", "Tema", "Tópico"), "Reunión inventada"),
        **dict.fromkeys(("Start Time", "Start time", "Hora de inicio"), fecha(inicio)),
        **dict.fromkeys(("End Time", "End time", "Hora de finalización"), fecha(fin)),
    }
    return [valores.get(rotulo, "60" if rotulo else "") for rotulo in rotulos]


def _fila_de_zoom(titulos, alguien, entra, sale, espera):
    fila = [alguien.nombre, alguien.correo, entra, sale, "99"]
    extras = {"En sala de espera": espera, "In waiting room": espera, "Na sala de espera": espera}
    return fila + [extras.get(titulo, "Sí") for titulo in titulos[5:]]


UNICOS = {
    "en": "Name (Original Name),User Email,Total Duration (Minutes),Guest",
    "en_2023": "Name (original name),Email,Total duration (minutes),Guest",
    "en_sin_invitado": "Name (Original Name),User Email,Total Duration (Minutes)",
    "es": "Nombre (nombre original),E-mail del usuario,Duración total (minutos),Invitado",
}


def usuarios_unicos(idioma="es", gente=GENTE, minutos=30):
    titulos = UNICOS[idioma].split(",")
    return [titulos] + [
        [alguien.nombre, alguien.correo, str(minutos), "Sí"][: len(titulos)] for alguien in gente
    ]


SEMINARIO = {
    "en": {
        "titulo": "Attendee Report",
        "generado": "Report Generated:",
        "datos": "Topic,Webinar ID,Actual Start Time,Actual Duration (minutes),# Registered,"
        "# Cancelled,Unique Viewers,Total Users,Max Concurrent Views",
        "secciones": ["Host Details", "Panelist Details", "Attendee Details", "Other Attended"],
        "panel": "Attended,User Name (Original Name),Email,Join Time,Leave Time,"
        "Time in Session (minutes),Is Guest,Country/Region Name",
        "asistentes": "Attended,User Name (Original Name),First Name,Last Name,Email,"
        "Registration Time,Approval Status,Join Time,Leave Time,Time in Session (minutes),"
        "Is Guest,Secretaría de Educación,Cargo,Country/Region Name",
        "otros": "User Name,Join Time,Leave Time,Time in Session (minutes),Country/Region Name",
        "si": "Yes",
    },
    "es": {
        "titulo": "Informe de asistentes",
        "generado": "Informe generado:",
        "datos": "Tema,ID del seminario web,Hora de inicio real,Duración real (minutos),"
        "N.º inscritos,N.º cancelados,Espectadores exclusivos,Usuarios totales,"
        "Visualizaciones simultáneas máximas",
        "secciones": [
            "Detalles del anfitrión",
            "Detalles del panelista",
            "Detalles de asistente",
            "Otros asistentes",
        ],
        "panel": "Asistió,Nombre de usuario (nombre original),Correo electrónico,Hora de entrada,"
        "Hora de salida,Tiempo en la sesión (minutos),Es invitado,Nombre de país/región",
        "asistentes": "Asistió,Nombre de usuario (nombre original),Nombre,Apellido,"
        "Correo electrónico,Hora de registro,Estado de aprobación,Hora de entrada,Hora de salida,"
        "Tiempo en la sesión (minutos),Es invitado,Secretaría de Educación a la que pertenece,"
        "Cargo,Nombre de país/región",
        "otros": "Nombre de usuario,Hora de entrada,Hora de salida,Tiempo en la sesión (minutos),"
        "Nombre de país/región",
        "si": "Sí",
    },
}


def seminario(idioma="es", fecha=mda_de_zoom, gente=GENTE, dia=DIA, *, ausentes=(), imposibles=()):
    """Cuatro secciones. La inscripción solo va en la primera fila de cada quien."""
    textos = SEMINARIO[idioma]
    anfitrion, panelista, asistentes, otros = textos["secciones"]
    inicio = gente[0].horas(dia)[0][0]
    filas = [[textos["titulo"]], [textos["generado"], fecha(inicio)], textos["datos"].split(",")]
    filas.append(["Seminario inventado", "900 0000 0002", fecha(inicio), "105", *["40"] * 5])
    filas += [[anfitrion], textos["panel"].split(",")]
    filas += _filas_del_panel(textos, gente[:1], fecha, dia)
    filas += [[panelista], textos["panel"].split(",")]
    filas += [[asistentes], textos["asistentes"].split(",")]
    for alguien in gente[1:]:
        if alguien.correo:
            filas += _filas_de_asistente(textos, alguien, fecha, dia)
    for alguien in imposibles:
        ((desde, hasta), *_) = alguien.horas(dia)
        fila = _filas_de_asistente(textos, alguien, fecha, dia)[0]
        fila[7:10] = [fecha(hasta), fecha(desde), "-9"]
        filas.append(fila)
    for nombre, correo in ausentes:
        datos = ["No", nombre, nombre, "", correo, fecha(inicio), "approved", *["--"] * 4]
        filas.append([*datos, "SEM Pasto", "Contratista", "--"])
    filas += [[otros], textos["otros"].split(",")]
    for alguien in gente[1:]:
        if not alguien.correo:
            filas += [
                [alguien.nombre, fecha(desde), fecha(hasta), "60", "Colombia"]
                for desde, hasta in alguien.horas(dia)
            ]
    return filas


def _filas_del_panel(textos, gente, fecha, dia):
    return [
        [textos["si"], a.nombre, a.correo, fecha(desde), fecha(hasta), "60", "No", "Colombia"]
        for a in gente
        for desde, hasta in a.horas(dia)
    ]


def _filas_de_asistente(textos, alguien, fecha, dia):
    filas = []
    for desde, hasta in alguien.horas(dia):
        inscripcion = ["", ""] if filas else [fecha(desde), "approved"]
        declarado = ["", ""] if filas else [alguien.etc, alguien.cargo]
        pila, _, apellido = alguien.nombre.partition(" ")
        filas.append(
            [textos["si"], alguien.nombre, pila, apellido, alguien.correo, *inscripcion]
            + [fecha(desde), fecha(hasta), "60", "Sí", *declarado, "Colombia"]
        )
    return filas


def inscripciones(gente=GENTE, fecha=mda_de_zoom, dia=DIA):
    filas = [["Registration Report"], ["Report Generated:", fecha(gente[0].horas(dia)[0][0])]]
    titulos = "First Name,Last Name,Email,Registration Time,Approval Status,Secretaría de Educación"
    filas.append(titulos.split(","))
    for alguien in gente:
        pila, _, apellido = alguien.nombre.partition(" ")
        hora = fecha(alguien.horas(dia)[0][0])
        filas.append([pila, apellido, alguien.correo, hora, "approved", alguien.etc])
    return filas


MEET = {
    "en": "First name,Last name,Email,Duration,Time joined,Time exited",
    "es": "Nombre,Apellido,Correo electrónico,Duración,Hora a la que se unió,Hora a la que salió",
    "es_otra": "Nombre,Apellido,Correo electrónico,Duración,Hora a la que se unió,"
    "Hora a la que abandonó la reunión",
    "pt": "Nome,Sobrenome,E-mail,Duração,Horário de entrada,Horário de saída",
}


def meet(idioma="es", gente=GENTE, *, titulo=False, reloj="%H:%M"):
    """Una fila por persona, ya sumada, con horas sin fecha."""
    filas = [["Informe de la reunión"], []] if titulo else []
    filas.append(MEET[idioma].split(","))
    for alguien in gente:
        horas = alguien.horas()
        pila, _, apellido = alguien.nombre.partition(" ")
        dura = max(hasta for _, hasta in horas) - horas[0][0]
        entra = horas[0][0].strftime(reloj)
        sale = max(hasta for _, hasta in horas).strftime(reloj)
        filas.append([pila, apellido, alguien.correo, larga(dura), entra, sale])
    return filas


def formulario_google(gente=GENTE, fecha=dma_24_horas, dia=DIA):
    titulos = [
        "Marca temporal",
        "Dirección de correo electrónico",
        "Nombre completo",
        "Número de documento",
        "Secretaría de Educación",
        "Cargo",
        "¿Qué tema le gustaría tratar?\n(opcional)",
        "Autorizo el tratamiento de mis datos personales",
    ]
    return [titulos] + [
        [
            fecha(alguien.horas(dia)[0][0]),
            f" {alguien.correo.upper()} ",
            alguien.nombre,
            "9990000001",
            alguien.etc,
            alguien.cargo,
            'El "nuevo" calendario,\nPAE',
            "Sí, autorizo",
        ]
        for alguien in gente
    ]


def formulario_microsoft(gente=GENTE, fecha=dma_24_horas, dia=DIA, *, anonimo=True):
    titulos = ["Id", "Hora de inicio", "Hora de finalización", "Correo electrónico", "Nombre"]
    titulos += ["Hora de la última modificación", "Nombres y apellidos", "Correo institucional"]
    titulos += ["¿A qué Secretaría de Educación pertenece?", "Cargo que desempeña", "Celular"]
    filas = [titulos]
    for numero, alguien in enumerate(gente, start=1):
        desde, hasta = (fecha(hora) for hora in alguien.horas(dia)[0])
        cuenta = ["anonymous", ""] if anonimo else [alguien.correo, alguien.nombre]
        preguntado = ["", ""] if not anonimo else [alguien.nombre, alguien.correo]
        filas.append(
            [str(numero), desde, hasta, *cuenta, "", *preguntado]
            + [alguien.etc, alguien.cargo, "3000000000"]
        )
    return filas
