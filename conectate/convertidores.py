"""Los trozos de una dirección que solo admiten lo que existe: lo demás es un 404."""

from django.urls import register_converter


class _EnteroConverter:
    def to_python(self, texto):
        return int(texto)

    def to_url(self, numero):
        return str(numero)


class VigenciaConverter(_EnteroConverter):
    """Un año de los que pueden tener sesiones: «99999» no es una dirección del portal."""

    regex = "(?:19|20)[0-9]{2}"


class MesConverter(_EnteroConverter):
    """Del 1 al 12, sin ceros a la izquierda: cada mes tiene una sola dirección."""

    regex = "(?:1[0-2]|[1-9])"


register_converter(VigenciaConverter, "vigencia")
register_converter(MesConverter, "mes")
