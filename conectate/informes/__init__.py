"""Lo que sale del portal en archivos: cada página, en Excel, CSV y PDF.

Cada informe dice qué hojas lleva. Los hace un trabajo, con los permisos de quien lo pidió en el
momento de hacerlo: entre el pedido y la entrega pudo perderlos.
"""

from conectate.informes.documento import Informe
from conectate.informes.matriz import informe_de_la_matriz
from conectate.informes.menciones import informe_de_menciones
from conectate.informes.participacion import (
    informe_de_participacion,
    informe_de_participacion_de_entidad,
)
from conectate.informes.sesiones import (
    informe_de_personas,
    informe_de_sesion,
    informe_de_sesiones,
)

INFORMES = {
    "sesiones": informe_de_sesiones,
    "sesion": informe_de_sesion,
    "personas": informe_de_personas,
    "participacion": informe_de_participacion,
    "participacion_de_entidad": informe_de_participacion_de_entidad,
    "matriz": informe_de_la_matriz,
    "menciones": informe_de_menciones,
}

__all__ = ["INFORMES", "Informe"]
