from django.apps import AppConfig


class TerritorioConfig(AppConfig):
    name = "territorio"
    verbose_name = "territorio"
    default_auto_field = "django.db.models.BigAutoField"
