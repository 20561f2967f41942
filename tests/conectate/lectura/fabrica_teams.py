"""Los archivos de Teams: lista de eventos, informes, seminario con inscripción y en vivo."""

from datetime import timedelta

from tests.conectate.lectura.fabrica_archivos import DIA, GENTE, dma_24_horas, mda_corta, mda_larga

LISTA = {
    "es": (["Nombre completo", "Acción del usuario", "Marca de tiempo"], "Unido", "Abandonó"),
    "es_otra": (["Nombre completo", "Acción del usuario", "Marca de tiempo"], "Se unió", "Salió"),
    "en": (["Full Name", "User Action", "Timestamp"], "Joined", "Left"),
    "pt": (["Nome Completo", "Atividade", "Data e hora"], "Entrou", "Saiu"),
}


def lista(idioma="es", fecha=dma_24_horas, gente=GENTE, dia=DIA):
    titulos, entra, sale = LISTA[idioma]
    filas = [titulos]
    for alguien in gente:
        for desde, hasta in alguien.horas(dia):
            filas.append([alguien.nombre, entra, fecha(desde)])
            filas.append([alguien.nombre, sale, fecha(hasta)])
    return filas


INFORME_2021 = {
    "en": (
        ["Meeting Title", "Meeting Start Time", "Meeting End Time", "Meeting Id"],
        ["Full Name", "Join Time", "Leave Time", "Duration", "Email", "Role"],
        "Participant ID (UPN)",
    ),
    "es": (
        [
            "Título de la reunión",
            "Hora de inicio de la reunión",
            "Hora de finalización de la reunión",
            "Id. de la reunión",
        ],
        [
            "Nombre completo",
            "Hora de Unión",
            "Hora de salida",
            "Duración",
            "Correo electrónico",
            "Rol",
        ],
        "Identificador de participante (UPN)",
    ),
}


def informe_2021(idioma="en", fecha=mda_larga, gente=GENTE, dia=DIA):
    datos, titulos, upn = INFORME_2021[idioma]
    valores = ["Reunión inventada", fecha(gente[0].horas(dia)[0][0]), "", "id-inventado"]
    filas = [["Meeting Summary"], ["Total Number of Participants", str(len(gente))]]
    filas += [[rotulo, valor] for rotulo, valor in zip(datos, valores, strict=True)]
    filas += [[], [*titulos, upn]]
    for alguien in gente:
        for desde, hasta in alguien.horas(dia):
            filas.append(
                [
                    alguien.nombre,
                    fecha(desde),
                    fecha(hasta),
                    _dos_unidades(hasta - desde),
                    alguien.correo,
                    alguien.rol,
                    upn_de(alguien),
                ]
            )
    return filas


def upn_de(alguien):
    if "Externo" not in alguien.nombre:
        return alguien.correo
    return f"{alguien.correo.replace('@', '_')}#EXT#@inquilino.example"


INFORME = {
    "es": {
        "resumen": [
            "1. Resumen",
            "Título de la reunión",
            "Participantes asistentes",
            "Hora de inicio",
            "Hora de finalización",
            "Duración de la reunión",
            "Tiempo medio de asistencia",
        ],
        "2": "2. Participantes",
        "columnas_2": [
            "Nombre",
            "Primera entrada",
            "Última salida",
            "Duración de la reunión",
            "Correo electrónico",
            "Id. de participante (UPN)",
            "Rol",
        ],
        "3": "3. Actividades en la reunión",
        "columnas_3": [
            "Nombre",
            "Hora de unión",
            "Hora de salida",
            "Duración",
            "Correo electrónico",
            "Rol",
        ],
        "4": "4. Participación en la reunión",
        "columnas_4": ["Nombre", "Tipo de interacción", "Hora"],
    },
    "en": {
        "resumen": [
            "1. Summary",
            "Meeting title",
            "Attended participants",
            "Start time",
            "End time",
            "Meeting duration",
            "Average attendance time",
        ],
        "2": "2. Participants",
        "columnas_2": [
            "Name",
            "First Join",
            "Last Leave",
            "In-Meeting Duration",
            "Email",
            "Participant ID (UPN)",
            "Role",
        ],
        "3": "3. In-Meeting Activities",
        "columnas_3": ["Name", "Join Time", "Leave Time", "Duration", "Email", "Role"],
        "4": "4. Meeting Engagement",
        "columnas_4": ["Name", "Engagement Type", "Time"],
    },
    "pt": {
        "resumen": [
            "1. Resumo",
            "Título da reunião",
            "Participantes Atendidos",
            "Hora de início",
            "Hora de término",
            "Duração da reunião",
            "Tempo médio de participação",
        ],
        "2": "2. Participantes",
        "columnas_2": [
            "Nome",
            "Primeira Entrada",
            "Última Saída",
            "Duração da Reunião",
            "Email",
            "ID do participante (UPN)",
            "Função",
        ],
        "3": "3. Atividades em Reunião",
        "columnas_3": [
            "Nome",
            "Horário de Entrada",
            "Horário de Saída",
            "Duração",
            "Email",
            "Função",
        ],
        "4": "4. Compromisso da Reunião",
        "columnas_4": ["Nome", "Tipo de Compromisso", "Tempo"],
    },
    # Títulos que ningún diccionario nuestro conoce: solo queda el contenido.
    "desconocido": {
        "resumen": ["1. Xxx", "Xxx a", "Xxx b", "Xxx c", "Xxx d", "Xxx e", "Xxx f"],
        "2": "2. Yyy",
        "columnas_2": ["Aaa", "Bbb", "Ccc", "Ddd", "Eee", "Fff", "Ggg"],
        "3": "3. Zzz",
        "columnas_3": ["Aaa", "Hhh", "Iii", "Jjj", "Eee", "Ggg"],
        "4": "4. Www",
        "columnas_4": ["Aaa", "Kkk", "Lll"],
    },
}


def informe(
    idioma="es",
    fecha=mda_corta,
    gente=GENTE,
    dia=DIA,
    *,
    con_actividades=True,
    con_interacciones=False,
    sin_comprobar=3,
):
    """El de secciones. Los no comprobados no se agrupan: una fila por reconexión."""
    textos = INFORME[idioma]
    inicio, fin = gente[0].horas(dia)[0]
    seccion, titulo, total, empieza, acaba, dura, media = textos["resumen"]
    filas = [[seccion], [titulo, "Conéctate:\nreunión inventada"], [total, "99"]]
    filas += [[f"{total} {n}", "1"] for n in range(sin_comprobar // 3)]
    filas += [[empieza, fecha(inicio)], [acaba, fecha(fin)], [dura, "1 h 45 min"], [media, "3s"]]
    filas += [[], [textos["2"]], textos["columnas_2"]]
    for alguien in gente:
        filas += [
            [
                alguien.nombre,
                fecha(desde),
                fecha(hasta),
                dura,
                alguien.correo,
                upn_de(alguien),
                _rol(alguien),
            ]
            for desde, hasta, dura in _agrupadas(alguien, dia)
        ]
    if con_actividades:
        filas += [[], [textos["3"]], textos["columnas_3"]]
        for alguien in gente:
            filas += [
                [
                    alguien.nombre,
                    fecha(desde),
                    fecha(hasta),
                    larga(hasta - desde),
                    alguien.correo,
                    _rol(alguien),
                ]
                for desde, hasta in alguien.horas(dia)
            ]
    if con_interacciones:
        filas += [[], [textos["4"]], textos["columnas_4"]]
        filas += [[gente[1].nombre, "Reacción", fecha(inicio)]] * 2
    return filas


def seminario(fecha=mda_corta, gente=GENTE, dia=DIA, ausentes=()):
    """Con inscripción: `Email` puede venir vacío y los ausentes están en la sección 2."""
    filas = informe("en", fecha, gente, dia)
    dos = filas.index(INFORME["en"]["columnas_2"])
    tres = filas.index(["3. In-Meeting Activities"])
    filas[dos] = [*filas[dos], "Registration Email"]
    for fila in filas[dos + 1 : tres - 1]:
        fila.append(fila[4])
        fila[4] = ""
    filas[tres - 1 : tres - 1] = [
        [nombre, "", "", "", "", "", "", correo] for nombre, correo in ausentes
    ]
    filas.insert(2, ["Registered participants", "120"])
    for fila in filas[tres + 2 :]:
        if len(fila) == 6 and fila[0] != "Name":
            fila[4] = ""
    return filas


def evento_en_vivo(fecha=mda_larga, gente=GENTE, dia=DIA):
    """Un evento por fila, en UTC."""
    titulos = "SessionId,ParticipantId,FullName,UserAgent,UtcEventTimestamp,Action,Role"
    filas = [titulos.split(",")]
    for numero, alguien in enumerate(gente):
        for desde, hasta in alguien.horas(dia):
            for hora, accion in ((desde, "Joined"), (hasta, "Left")):
                momento = fecha(hora + timedelta(hours=5)).replace(",", "")
                quien = alguien.correo or f"anonimo-{numero}"
                filas.append(
                    [f"s{numero}", quien, alguien.nombre, "Navegador", momento, accion, "Attendee"]
                )
    return filas


def larga(lapso):
    """«1 h 2 min 3 s», sin los ceros."""
    total = int(lapso.total_seconds())
    partes = ((total // 3600, "h"), (total // 60 % 60, "min"), (total % 60, "s"))
    return " ".join(f"{n} {unidad}" for n, unidad in partes if n) or "0 s"


def _dos_unidades(lapso):
    return "".join(larga(lapso).replace(" min", "m").replace(" h", "h").split(" s")[:1])


def _rol(alguien):
    return "Organizador" if alguien.rol == "organizador" else "Moderador"


def _agrupadas(alguien, dia):
    horas = alguien.horas(dia)
    if "No comprobado" in alguien.nombre:
        return [(desde, hasta, larga(hasta - desde)) for desde, hasta in horas]
    unidos = timedelta()
    alcanzado = horas[0][0]
    for desde, hasta in horas:
        unidos += max(timedelta(), hasta - max(desde, alcanzado))
        alcanzado = max(alcanzado, hasta)
    return [(horas[0][0], max(hasta for _, hasta in horas), larga(unidos))]
