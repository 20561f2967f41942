"""Buscar entre los contactos, y lo que la página de uno muestra."""

import re
from datetime import date

from django.db.models import QuerySet

from acompanamiento.models import Contacto
from territorio.texto import normalizar

# Lo que se busca sin tildes halla lo escrito con ellas, en los dos motores.
_CON_TILDE = {"a": "[aáàâä]", "e": "[eéèêë]", "i": "[iíìîï]", "o": "[oóòôö]", "u": "[uúùûü]"}
_CON_TILDE["n"] = "[nñ]"


def que_dicen(contactos: QuerySet[Contacto], texto: str) -> QuerySet[Contacto]:
    for palabra in normalizar(texto).split():
        patron = "".join(_CON_TILDE.get(letra, re.escape(letra)) for letra in palabra)
        contactos = contactos.filter(asunto__iregex=patron)
    return contactos


def siguiente_dia(contacto: Contacto, hoy: date) -> date:
    """El mismo día de la semana, la primera vez después de ese contacto que aún no pasa."""
    semanas = max(1, -(-(hoy - contacto.fecha).days // 7))
    return date.fromordinal(contacto.fecha.toordinal() + 7 * semanas)
