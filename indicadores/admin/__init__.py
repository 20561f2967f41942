"""La administración de «Quiero informarme».

Las cifras se miran: cambian al publicar una versión, en su página, que deja rastro.
"""

from indicadores.admin import catalogo, cifras, informes, recursos

__all__ = ["catalogo", "cifras", "informes", "recursos"]
