from django.apps import AppConfig

# Lo que cambia una persona. Las cifras no: cada cambio suyo es una versión.
EN_LA_BITACORA = (
    "Carga",
    "CargaDeRecursos",
    "CorteDeRecursos",
    "FuenteProgramada",
    "Hallazgo",
    "Indicador",
    "NotaDeSerie",
)


class IndicadoresConfig(AppConfig):
    name = "indicadores"
    verbose_name = "Quiero informarme"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from contenidos.registro import registrar_buscable
        from cuentas.bitacora import registrar_en_bitacora
        from cuentas.consultas import aportar_a_mis_datos
        from indicadores.consultas.busqueda import INDICADORES, SECRETARIAS
        from indicadores.consultas.mis_datos import informe_mensual_de

        aportar_a_mis_datos("informe_mensual", informe_mensual_de)
        registrar_buscable(INDICADORES)
        registrar_buscable(SECRETARIAS)
        for modelo in EN_LA_BITACORA:
            registrar_en_bitacora(self.get_model(modelo))
