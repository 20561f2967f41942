from django.apps import AppConfig


class ConectateConfig(AppConfig):
    name = "conectate"
    verbose_name = "Conéctate con el MEN"
    default_auto_field = "django.db.models.BigAutoField"
