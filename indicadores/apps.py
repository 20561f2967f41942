from django.apps import AppConfig


class IndicadoresConfig(AppConfig):
    name = "indicadores"
    verbose_name = "Quiero informarme"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from cuentas.bitacora import registrar_en_bitacora
        from indicadores.models import (
            Carga,
            CargaDeRecursos,
            CorteDeRecursos,
            DocumentoEstrategico,
            EnlaceAliado,
            FuenteProgramada,
            Hallazgo,
            Indicador,
            NotaDeSerie,
        )

        for modelo in (
            Carga,
            CargaDeRecursos,
            CorteDeRecursos,
            DocumentoEstrategico,
            EnlaceAliado,
            FuenteProgramada,
            Hallazgo,
            Indicador,
            NotaDeSerie,
        ):
            registrar_en_bitacora(modelo)
