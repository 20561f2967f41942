from django.apps import AppConfig


class CuentasConfig(AppConfig):
    name = "cuentas"
    verbose_name = "cuentas"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from cuentas import rastro  # noqa: F401
        from cuentas.bitacora import registrar_en_bitacora
        from cuentas.models import Direccion, Invitacion, Usuario

        registrar_en_bitacora(
            Usuario, exclude_fields=["password", "last_login"], cubrir=["email", "nombre"]
        )
        registrar_en_bitacora(Invitacion, exclude_fields=["huella"], cubrir=["email"])
        registrar_en_bitacora(Direccion)
