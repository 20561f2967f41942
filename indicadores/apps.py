from django.apps import AppConfig


class IndicadoresConfig(AppConfig):
    name = "indicadores"
    verbose_name = "Quiero informarme"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from cuentas.bitacora import registrar_en_bitacora
        from cuentas.consultas import aportar_a_mis_datos
        from indicadores.consultas.mis_datos import informe_mensual_de
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

        aportar_a_mis_datos("informe_mensual", informe_mensual_de)

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
