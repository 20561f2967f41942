from django.apps import AppConfig


class ContenidosConfig(AppConfig):
    name = "contenidos"
    verbose_name = "contenidos"
    default_auto_field = "django.db.models.BigAutoField"
