from django.apps import AppConfig


class ContenidosConfig(AppConfig):
    name = "contenidos"
    verbose_name = "contenidos"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from contenidos.models import Tema
        from cuentas.bitacora import registrar_en_bitacora

        registrar_en_bitacora(Tema, exclude_fields=["nombre_norm"])
