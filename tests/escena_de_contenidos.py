"""Los objetos de la biblioteca que la tabla de acceso necesita: uno de cada clase."""

from functools import cached_property

from tests.fabricas_de_contenidos import un_contenido


class EscenaDeContenidos:
    """Se mezcla en `Escena`, que trae `propia`, `ajena` y `personas`."""

    @cached_property
    def _contenido(self):
        """Publicado, para cualquiera, con su versión 1."""
        return un_contenido(
            slug="guia-de-prueba", archivo=b"%PDF-1.7", creado_por=self.personas["equipo_men"]
        )

    @property
    def contenido(self):
        return self._contenido.slug

    @property
    def numero_de_version(self):
        return self._contenido.version_actual.numero
