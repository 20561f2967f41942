"""Reconocer preguntas libres de un formulario por sus palabras.

Solo interesan el nombre, el correo, la secretaría y el cargo. Lo demás (documento, teléfono,
autorizaciones, opiniones) no se lee: lo que no se guarda no se puede perder.
"""

from territorio.texto import normalizar

# Una pregunta que contenga algo de esto nunca es una de las cuatro.
AJENAS = {
    *("documento", "cedula", "identificacion", "nit", "telefono", "celular", "whatsapp"),
    *("autorizo", "autoriza", "autorizacion", "acepto", "tratamiento", "datos", "politica"),
    *("tema", "temas", "pregunta", "preguntas", "comentario", "comentarios", "observacion"),
    *("observaciones", "sugerencia", "sugerencias", "opinion", "califique", "calificacion"),
    *("satisfaccion", "expectativa", "expectativas", "inquietud", "inquietudes"),
    *("edad", "genero", "sexo", "etnia", "discapacidad", "firma", "foto"),
}
AJENAS_AL_CORREO = {
    *("autorizo", "autoriza", "acepto", "tratamiento", "recibir"),
    *("jefe", "rector", "rectora", "supervisor", "superior", "inmediato", "coordinador"),
}
EMPIEZAN_POR_NOMBRE = (
    *("nombre completo", "nombres completos", "nombres y apellidos", "nombre y apellido"),
    *("apellidos y nombres", "apellido y nombre", "su nombre", "full name", "your name"),
    *("escriba su nombre", "indique su nombre", "nombre del participante", "nombre y apellidos"),
    *("cual es su nombre", "nome completo", "nombre del asistente", "nombre de la persona"),
    *("nombre del funcionario", "nombre de quien", "nombre del servidor", "nombre de usuario"),
)
PALABRAS_DE_CORREO = {"correo", "email", "mail"}
PALABRAS_DE_CARGO = {"cargo", "puesto", "rol", "job"}
FRASES_DE_ETC = (
    *("secretaria de educacion", "secretarias de educacion", "entidad territorial"),
    *("entidad certificada", "a la que pertenece", "al que pertenece", "ente territorial"),
    *("nombre de la entidad", "nombre de la secretaria", "entidad que representa"),
    *("secretaria que representa", "entidad a la que", "secretaria a la que"),
)
PALABRAS_DE_ETC = {"etc", "entidad", "secretaria", "sed", "sem"}
PALABRAS_DE_ORGANIZACION = {"organizacion", "organization"}


def concepto_de(pregunta: str) -> tuple[str, int] | None:
    """Qué pregunta y con cuánta seguridad (más es mejor)."""
    texto = normalizar(pregunta)
    escritas = set(texto.split())
    largo = len(texto.split())
    if not texto:
        return None
    if escritas & PALABRAS_DE_CORREO:
        return None if escritas & AJENAS_AL_CORREO else ("correo", 50 - largo)
    if texto.startswith(EMPIEZAN_POR_NOMBRE):
        return "nombre", 90 - largo
    if escritas & AJENAS:
        return None
    if escritas & PALABRAS_DE_CARGO:
        return "cargo", (80 if texto.startswith("cargo") else 60) - largo
    if any(frase in texto for frase in FRASES_DE_ETC):
        return "etc", 90 - largo
    if escritas & PALABRAS_DE_ETC:
        return "etc", 60 - largo
    if texto in ("nombres", "nombre", "primer nombre", "name", "first name", "nome"):
        return "nombre_suelto", 70
    if texto in ("apellidos", "apellido", "primer apellido", "last name", "sobrenome"):
        return "apellido", 70
    if texto in ("segundo nombre", "segundo apellido"):
        return texto.replace(" ", "_"), 70
    if escritas & PALABRAS_DE_ORGANIZACION:
        return "etc", 30 - largo
    return None


def clasificar(cabecera: list[str], *, ya_usadas: set[int]) -> dict[str, int]:
    """La mejor columna para cada cosa, entre las que nadie ha pedido."""
    mejores: dict[str, tuple[int, int]] = {}
    for indice, pregunta in enumerate(cabecera):
        if indice in ya_usadas or not (hallado := concepto_de(pregunta)):
            continue
        concepto, seguridad = hallado
        if concepto not in mejores or seguridad > mejores[concepto][0]:
            mejores[concepto] = (seguridad, indice)
    return {concepto: indice for concepto, (_, indice) in mejores.items()}
