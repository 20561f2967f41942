from django.apps import AppConfig


class CuentasConfig(AppConfig):
    name = "cuentas"
    verbose_name = "cuentas"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from cuentas import rastro  # noqa: F401
        from cuentas.bitacora import registrar_en_bitacora
        from cuentas.models import Direccion, Invitacion, Usuario
        from territorio.models import (
            Alias,
            Atencion,
            Departamento,
            Dominio,
            EntidadTerritorial,
            Municipio,
        )

        registrar_en_bitacora(
            Usuario, exclude_fields=["password", "last_login"], cubrir=["email", "nombre"]
        )
        registrar_en_bitacora(Invitacion, exclude_fields=["huella"], cubrir=["email"])
        registrar_en_bitacora(Direccion)
        # El territorio está un piso más abajo y no conoce la bitácora: se registra desde aquí.
        for modelo in (Departamento, Municipio, EntidadTerritorial, Atencion, Alias, Dominio):
            registrar_en_bitacora(modelo, exclude_fields=["nombre_norm", "texto_norm"])
