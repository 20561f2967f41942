from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class TrabajosConfig(AppConfig):
    name = "trabajos"
    verbose_name = "trabajos"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        # También la web conoce los trabajos que hay: encola por nombre y muestra su título.
        autodiscover_modules("tasks")
