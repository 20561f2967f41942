from django.apps import AppConfig


class TrabajosConfig(AppConfig):
    name = "trabajos"
    verbose_name = "trabajos"
    default_auto_field = "django.db.models.BigAutoField"
