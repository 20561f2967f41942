from django.apps import AppConfig


class ConectateConfig(AppConfig):
    name = "conectate"
    verbose_name = "Conéctate con el MEN"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from conectate.consultas.personas import asistencia_de
        from conectate.models import Aforo, Material, Sesion, TipoSesion
        from cuentas.bitacora import registrar_en_bitacora
        from cuentas.consultas import aportar_a_mis_datos

        aportar_a_mis_datos("asistencia", asistencia_de)

        registrar_en_bitacora(
            Sesion, exclude_fields=["texto_norm"], m2m_fields=["temas"], cubrir=["ponentes"]
        )
        for modelo in (TipoSesion, Material, Aforo):
            registrar_en_bitacora(modelo)
