"""Lo que una decisión enseña al catálogo, y cómo se desanda.

Un dominio o un texto confirmados valen desde entonces para todos. El dominio de un correo
personal no se enseña nunca: dos personas con él no tienen nada en común.
"""

from django.core.exceptions import ValidationError

from conectate.models import Decision
from territorio import acciones as territorio
from territorio.models import Dominio

Desenlace = Decision.Desenlace
QUE_ENSENAN = {Desenlace.ENTIDAD, Desenlace.AJENA}


def exigir_que_se_pueda(ambito: str, valor: str, desenlace: str) -> None:
    """Antes de decidir: lo que no tiene sentido enseñar se dice aquí, no a medio camino."""
    if desenlace == Desenlace.PERSONAL and ambito != Decision.Ambito.DOMINIO:
        raise ValidationError(
            "Solo un dominio puede ser de correo personal.", code="personal_sin_dominio"
        )
    personales = Dominio.objects.filter(clase=Dominio.Clase.PERSONAL)
    if ambito == Decision.Ambito.DOMINIO and personales.filter(dominio=valor).exists():
        raise ValidationError(
            f"@{valor} es de correo personal: no dice de dónde es nadie. Decida persona por "
            "persona.",
            code="dominio_personal",
        )


def ensenar(decision: Decision) -> None:
    """Deja en la decisión qué quedó enseñado, para poder retirarlo."""
    if decision.ambito == Decision.Ambito.DOMINIO:
        if decision.desenlace in QUE_ENSENAN or decision.desenlace == Desenlace.PERSONAL:
            decision.dominio = territorio.aprender_dominio(
                dominio=decision.valor,
                entidad=decision.entidad,
                ajena=decision.ajena,
                por=decision.creado_por,
            )
    elif decision.ambito == Decision.Ambito.TEXTO and decision.desenlace in QUE_ENSENAN:
        decision.alias = territorio.aprender_alias(
            texto=decision.muestra,
            entidad=decision.entidad,
            ajena=decision.ajena,
            por=decision.creado_por,
        )
    decision.save(update_fields=["dominio", "alias"])


def retirar(decision: Decision) -> None:
    """Solo lo que enseñó esta decisión: lo que ya estaba en el catálogo se queda."""
    if decision.dominio:
        territorio.retirar_dominio(decision.dominio)
    if decision.alias:
        territorio.retirar_alias(decision.alias)
    decision.dominio = decision.alias = None
