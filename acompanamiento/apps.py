from django.apps import AppConfig


class AcompanamientoConfig(AppConfig):
    name = "acompanamiento"
    verbose_name = "Juntos lo vamos a lograr"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from acompanamiento.consultas.busqueda import PROGRAMAS
        from acompanamiento.consultas.personas import acompanamiento_de
        from acompanamiento.models import (
            Actividad,
            Adjunto,
            CambioDeResponsable,
            CifraReportada,
            Cobertura,
            Compromiso,
            Contacto,
            Dependencia,
            Evidencia,
            Foto,
            Grupo,
            Integrante,
            Necesidad,
            Padrinazgo,
            PapelEnLaEntidad,
            PasoDeNecesidad,
            Pertenencia,
            Presencialidad,
            Producto,
            Programa,
            Prorroga,
            ReglaDeContacto,
            Relevo,
            RespuestaANecesidad,
            Seguimiento,
            TipoDeActividad,
            Visita,
            VisitaReportada,
        )
        from contenidos.registro import registrar_buscable
        from cuentas.bitacora import registrar_en_bitacora
        from cuentas.consultas import aportar_a_mis_datos

        aportar_a_mis_datos("acompanamiento", acompanamiento_de)
        registrar_buscable(PROGRAMAS)

        # Lo que escriben personas va cubierto: la bitácora dice que cambió, no qué decía.
        registrar_en_bitacora(Contacto, cubrir=["notas", "acuerdos"], m2m_fields=["temas"])
        registrar_en_bitacora(Visita, cubrir=["proposito", "acta"])
        registrar_en_bitacora(Necesidad, cubrir=["texto"], m2m_fields=["temas"])
        registrar_en_bitacora(PasoDeNecesidad, cubrir=["texto"])
        registrar_en_bitacora(Compromiso, cubrir=["texto"])
        registrar_en_bitacora(Seguimiento, cubrir=["texto"])
        for modelo in (Actividad, Programa):
            registrar_en_bitacora(modelo, m2m_fields=["temas"])
        for modelo in (
            *(Adjunto, CambioDeResponsable, CifraReportada, Cobertura, Dependencia, Evidencia),
            *(Foto, Grupo, Integrante, Padrinazgo, PapelEnLaEntidad, Pertenencia, Presencialidad),
            *(Producto, Prorroga, ReglaDeContacto, Relevo, RespuestaANecesidad, TipoDeActividad),
            VisitaReportada,
        ):
            registrar_en_bitacora(modelo)
