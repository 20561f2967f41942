"""Lo que una persona lee en una página, sin etiquetas."""

import html
import re


def texto(respuesta):
    cuerpo = respuesta.content.decode().partition("<main")[2]
    sin_etiquetas = re.sub(r"<(/?)(b|strong|small|abbr|span)\b[^>]*>", "", cuerpo)
    sin_etiquetas = re.sub(r"<[^>]*>", " ", sin_etiquetas)
    return " ".join(html.unescape(sin_etiquetas).split())
