"""La canasta en cualquier página: cuánto lleva, y poner o quitar un contenido."""

from django import template

from contenidos.acciones.canasta import en_la_canasta, se_puede_llevar

register = template.Library()


@register.inclusion_tag("contenidos/_canasta_aviso.html", takes_context=True)
def aviso_de_canasta(context):
    return {"cuantos": len(en_la_canasta(context["request"].session))}


@register.inclusion_tag("contenidos/_canasta_boton.html", takes_context=True)
def boton_de_canasta(context, contenido):
    """Vuelve a la misma página. Lo que no se puede llevar no muestra nada."""
    peticion = context["request"]
    return {
        "contenido": contenido,
        "se_puede": se_puede_llevar(contenido),
        "esta": contenido.pk in en_la_canasta(peticion.session),
        "volver": peticion.get_full_path(),
        "csrf_token": context.get("csrf_token"),
    }
