"""Lo que comparten estas páginas."""

from django.contrib import admin

from territorio.cuidados import NoSeToca


class Renglones(NoSeToca, admin.TabularInline):
    """Lo que cuelga de la ficha, para mirarlo junto a ella."""

    extra = 0
    show_change_link = True
