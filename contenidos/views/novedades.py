"""Lo nuevo de un tema para un lector de noticias, en Atom y en RSS: solo lo que ve cualquiera."""

import re
from datetime import datetime, time

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.contrib.syndication.views import Feed
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.views.decorators.http import conditional_page, require_safe

from contenidos.consultas.temas import novedades, tema_con_direccion
from contenidos.registro import BUSCABLES

ENTRADAS = 30
# Lo que se pega de un PDF los trae, y XML no los admite: con uno solo no se podría leer el canal.
NO_VA_EN_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _para_xml(texto):
    return NO_VA_EN_XML.sub(" ", texto)


class NovedadesDeTema(Feed):
    def get_object(self, request, *, tema):
        return tema

    def title(self, tema):
        return _para_xml(f"{tema} · {settings.INSTITUCION['portal']}")

    def link(self, tema):
        return reverse("contenidos:tema", args=[tema.slug])

    def subtitle(self, tema):
        return _para_xml(tema.descripcion or f"Lo nuevo en el portal sobre {tema}.")

    description = subtitle

    def feed_url(self, tema):
        return reverse(self.direccion, args=[tema.slug])

    def author_name(self, tema):
        return settings.INSTITUCION["nombre"]

    def items(self, tema):
        return novedades(tema, AnonymousUser())[:ENTRADAS]

    def item_title(self, cosa):
        return _para_xml(cosa.titulo)

    def item_description(self, cosa):
        return _para_xml(cosa.resumen)

    def item_link(self, cosa):
        return cosa.url

    def item_pubdate(self, cosa):
        return timezone.make_aware(datetime.combine(cosa.fecha, time.min))

    item_updateddate = item_pubdate

    def item_categories(self, cosa):
        return [BUSCABLES[cosa.clase].nombre]


class AtomDeTema(NovedadesDeTema):
    feed_type = Atom1Feed
    direccion = "contenidos:atom-de-tema"


class RssDeTema(NovedadesDeTema):
    feed_type = Rss201rev2Feed
    direccion = "contenidos:rss-de-tema"


@require_safe
@login_not_required
@conditional_page
def novedades_de_tema(request, slug, canal):
    """La dirección que alguien puso en su lector sigue sirviendo aunque el tema se renombre."""
    tema = tema_con_direccion(slug)
    if tema is None:
        raise Http404("Ese tema no está.")
    if tema.slug != slug:
        return redirect(canal.direccion, tema.slug, permanent=True)
    return canal()(request, tema=tema)
