"""Reconocer la fila de títulos por lo que dice, en español, inglés o portugués (y polaco).

No cuenta líneas ni mira el orden: los bloques iniciales crecen y menguan y las columnas se mueven.
"""

from functools import lru_cache

from territorio.texto import normalizar

CONCEPTOS = {
    "nombre": """
        full name | fullname | name original name | user name original name | user name
        nameoriginalname | display name | participant name
        nombre completo | nombres completos | nombre nombre original | nombre de usuario
        nombre de usuario nombre original | nombre para mostrar | nombre del participante
        nombres y apellidos | nombre y apellidos | nombre y apellido | nombres y apellido
        apellidos y nombres | participante
        nome completo | nome nome original | nome de usuario | nome do usuario
        nome de usuario nome original | nome do usuario nome original
        imie i nazwisko
    """,
    "nombre_suelto": """
        name | nombre | nombres | nome | first name | given name | primer nombre | imie
    """,
    "segundo_nombre": "segundo nombre | middle name",
    "apellido": """
        last name | surname | family name | apellido | apellidos | primer apellido | sobrenome
        nazwisko
    """,
    "segundo_apellido": "segundo apellido",
    "correo": """
        email | e mail | user email | email address | e mail address | correo | correo electronico
        e mail del usuario | e mail de usuario | correo electronico del usuario
        direccion de correo electronico | direccion de correo | correo institucional
        correo electronico institucional | nombre de usuario de correo
        e mail do usuario | email do usuario | endereco de e mail | endereco de email
        adres e mail | poczta e mail
    """,
    "correo_de_inscripcion": """
        registration email | registration e mail | correo electronico de registro
        correo electronico de inscripcion | correo de registro | correo de inscripcion
        email de registro | e mail de registro | email de inscricao | e mail de inscricao
        email de registo
    """,
    "upn": """
        participant id upn | participant id | upn | id de participante upn
        id del participante upn | identificador de participante upn | id do participante upn
        identyfikator uczestnika upn
    """,
    "entrada": """
        join time | time joined | joined at | entrada | hora entrada | hora de entrada
        hora de union | hora de unirse
        hora para unirse | hora a la que se unio | hora de ingreso | horario de entrada
        horario de ingresso | hora de ingresso | hora de inscricao na reuniao | godzina dolaczenia
        czas dolaczenia
    """,
    "salida": """
        leave time | time exited | time left | left at | salida | hora salida | hora de salida
        hora para salir
        hora de abandono | hora a la que salio | hora a la que abandono la reunion
        hora a la que abandono | horario de saida | hora de saida | godzina opuszczenia
        czas opuszczenia | godzina wyjscia
    """,
    "primera_entrada": """
        first join | first join time | primera entrada | primera union | primer ingreso
        hora de primera entrada | primeira entrada | primeiro ingresso | pierwsze dolaczenie
    """,
    "ultima_salida": """
        last leave | last leave time | ultima salida | ultimo abandono | ultima desconexion
        hora de ultima salida | ultima saida | ostatnie opuszczenie | ostatnie wyjscie
    """,
    "duracion": """
        duration | in meeting duration | meeting duration | duracion | duracion de la reunion
        duracion en la reunion | duracao | duracao da reuniao | duracao na reuniao
        czas trwania | czas trwania spotkania | czas trwania w trakcie spotkania
    """,
    "duracion_en_minutos": "duration minutes | duracion minutos | duracao minutos",
    "duracion_total": """
        total duration minutes | total duration | duracion total minutos | duracion total
        duracao total minutos | duracao total
    """,
    "minutos_en_sesion": """
        time in session minutes | time in session | tiempo en la sesion minutos
        tiempo en sesion minutos | tiempo en la sesion | tempo na sessao minutos
        tempo em sessao minutos
    """,
    "accion": """
        user action | action | accion del usuario | accion de usuario | accion | atividade
        acao do usuario | acao
    """,
    "marca": """
        timestamp | marca de tiempo | data e hora | utceventtimestamp | utc event timestamp
        marca temporal | marca de hora | carimbo de data hora | fecha y hora de respuesta
    """,
    "asistio": "attended | asistio | participou | compareceu | asistencia confirmada",
    "espera": "in waiting room | en sala de espera | na sala de espera | en la sala de espera",
    "invitado": """
        guest | is guest | invitado | es invitado | es un invitado | convidado | e convidado
    """,
    "consentimiento": """
        recording consent | recording disclaimer response | consentimiento de grabacion
        respuesta al descargo de responsabilidad relativa a la grabacion
        resposta ao aviso de gravacao | consentimento de gravacao
    """,
    "rol": "role | rol | funcao | papel | rola",
    "pais": "country region name | country region | nombre de pais region | nome do pais regiao",
    "registro": """
        registration time | registered at | hora de registro | hora de inscripcion
        fecha de registro | fecha de inscripcion | hora do registro | horario de registro
        horario de inscricao
    """,
    "aprobacion": "approval status | estado de aprobacion | status de aprovacao",
    "tema": "topic | tema | topico | titulo | meeting title | titulo de la reunion",
    "identificador": """
        meeting id | webinar id | id | id de la reunion | id de reunion | id del seminario web
        id do webinar | id da reuniao | identificador de la reunion
    """,
    "anfitrion": "host | anfitrion | host name | anfitriao | organizador",
    "inicio": """
        start time | actual start time | meeting start time | hora de inicio
        hora de inicio real | hora de inicio de la reunion | hora de inicio da reuniao
        hora real de inicio | horario de inicio | godzina rozpoczecia
    """,
    "fin": """
        end time | meeting end time | completion time | hora de finalizacion | hora de fin
        hora de termino | hora de conclusao | hora de conclusion | horario de termino
        hora de finalizacion de la reunion | hora de fin de la reunion | godzina zakonczenia
    """,
    "modificacion": "last modified time | hora de la ultima modificacion",
    "participantes": """
        participants | participantes | attended participants | participantes asistentes
    """,
    "conexion": "sessionid | session id",
    "cuenta": "participantid",
    "agente": "useragent | user agent",
    "interaccion": """
        engagement type | tipo de interaccion | tipo de participacion | tipo de compromisso
        tipo de envolvimento
    """,
    "etc": """
        secretaria de educacion | etc | entidad | entidad territorial | entidad certificada
        entidad territorial certificada | secretaria de educacion a la que pertenece
        a la que pertenece | secretaria
    """,
    "cargo": "cargo | rol en la entidad | job title",
}

POR_TITULO = {
    " ".join(titulo.split()): concepto
    for concepto, lineas in CONCEPTOS.items()
    for linea in lineas.strip().splitlines()
    for titulo in linea.split("|")
}

NOMBRES = {"nombre", "nombre_suelto", "apellido"}
HORAS = {"entrada", "salida", "primera_entrada", "ultima_salida"}
DE_ZOOM = {"duracion_en_minutos", "espera", "invitado", "consentimiento"}
COLUMNAS_DE_LA_LISTA = 4  # son tres; un formulario que pregunte «Acción» trae más

# Meet y Teams traducen igual «hora de entrada»; estas solo las escribe Meet.
SOLO_DE_MEET = {
    "time joined",
    "time exited",
    "hora a la que se unio",
    "hora a la que salio",
    "hora a la que abandono la reunion",
    "hora a la que abandono",
}


@lru_cache(maxsize=4096)
def titulo_normal(celda: str) -> str:
    """El título sin tildes ni puntuación, y sin el «(UTC)» que algunos llevan al final."""
    return normalizar(celda[:200]).removesuffix(" utc")


def concepto_de(celda: str) -> str | None:
    titulo = titulo_normal(celda)
    return POR_TITULO.get(titulo) or _correo_con_que_se_inscribio(titulo)


def _correo_con_que_se_inscribio(titulo: str) -> str | None:
    """Teams no tiene una traducción conocida para este; basta con que diga las dos cosas."""
    escritas = titulo.split()
    if not {"correo", "email", "mail"} & set(escritas) or len(escritas) > 8:
        return None
    inscribe = any(palabra.startswith(("registr", "inscri")) for palabra in escritas)
    return "correo_de_inscripcion" if inscribe else None


def conceptos_de(fila: list[str]) -> dict[int, str]:
    """Qué es cada columna de una posible cabecera; las desconocidas no están."""
    return {
        indice: concepto
        for indice, celda in enumerate(fila)
        if celda and len(celda) < 200 and (concepto := concepto_de(celda))
    }


def formato_de(fila: list[str]) -> str | None:
    """El formato al que pertenece esta fila de títulos, o None si no es una cabecera de gente."""
    conceptos = set(conceptos_de(fila).values())
    hay = conceptos.__contains__
    if len(conceptos) < 2 and "marca" not in conceptos:
        return None
    if {"accion", "cuenta", "marca"} <= conceptos:
        return "teams_evento_en_vivo"
    con_nombre = bool(conceptos & NOMBRES)
    con_titulo = sum(1 for celda in fila if celda.strip())
    if hay("accion") and con_nombre and hay("marca") and con_titulo <= COLUMNAS_DE_LA_LISTA:
        return "teams_lista"
    if hay("marca"):
        return "formulario_google" if con_titulo > 1 else None
    if _es_de_microsoft_forms(conceptos):
        return "formulario_microsoft"
    if hay("interaccion"):
        return "teams_interacciones"
    if not con_nombre:
        return None
    if conceptos & {"primera_entrada", "ultima_salida"}:
        return "teams_participantes"
    if hay("asistio"):
        return "zoom_seminario"
    if conceptos & HORAS:
        return _formato_con_horas(fila, conceptos)
    if hay("duracion_total"):
        return "zoom_usuarios_unicos"
    if hay("registro") and (hay("aprobacion") or hay("apellido")):
        return "zoom_inscripciones"
    if hay("duracion") and hay("apellido"):
        return "meet"
    if conceptos & DE_ZOOM and not hay("participantes"):
        # Le faltan las dos horas: tal vez estén, con el título mal traducido.
        return "zoom_participantes"
    return None


def _es_de_microsoft_forms(conceptos: set[str]) -> bool:
    """Sus columnas fijas se parecen a las filas de datos de una reunión de Zoom."""
    if not {"inicio", "fin"} <= conceptos or conceptos & HORAS:
        return False
    if "modificacion" in conceptos:
        return True
    de_una_reunion = {"participantes", "duracion_en_minutos", "tema", "anfitrion"}
    return bool(conceptos & {"correo", "nombre_suelto"}) and not conceptos & de_una_reunion


def _formato_con_horas(fila: list[str], conceptos: set[str]) -> str:
    if "minutos_en_sesion" in conceptos:
        return "zoom_seminario"
    if conceptos & DE_ZOOM:
        return "zoom_participantes"
    if any(titulo_normal(celda) in SOLO_DE_MEET for celda in fila):
        return "meet"
    if "upn" in conceptos:
        return "teams_informe_2021"
    if "apellido" in conceptos and "duracion" in conceptos:
        return "meet"
    if "rol" in conceptos or "duracion" in conceptos:
        return "teams_actividades"
    return "zoom_participantes"
