from django.apps import AppConfig


class ConectateConfig(AppConfig):
    name = "conectate"
    verbose_name = "Conéctate con el MEN"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from django.db.models.signals import post_save

        from conectate.acciones.materiales import al_guardar_contenido
        from conectate.consultas.busqueda import SESIONES
        from conectate.consultas.convocatoria import mensajes_a
        from conectate.consultas.materiales import prestados_por_sus_sesiones
        from conectate.consultas.personas import asistencia_de, constancias_de
        from conectate.models import (
            Acta,
            Aforo,
            Cierre,
            Constancia,
            Encuentro,
            ListaDeConvocadas,
            Material,
            Reclamo,
            Sesion,
            TipoSesion,
        )
        from contenidos.models import Contenido
        from contenidos.registro import prestar, registrar_buscable
        from cuentas.bitacora import registrar_en_bitacora
        from cuentas.consultas import aportar_a_mis_datos

        aportar_a_mis_datos("asistencia", asistencia_de)
        aportar_a_mis_datos("constancias", constancias_de)
        aportar_a_mis_datos("mensajes_recibidos", mensajes_a)
        prestar(prestados_por_sus_sesiones)
        registrar_buscable(SESIONES)
        post_save.connect(al_guardar_contenido, Contenido, dispatch_uid="conectate.grabacion")

        registrar_en_bitacora(
            Sesion, exclude_fields=["texto_norm"], m2m_fields=["temas"], cubrir=["ponentes"]
        )
        # Lo que escriben o firman personas va cubierto: la bitácora dice que cambió, no qué decía.
        registrar_en_bitacora(Acta, cubrir=["tratado", "acuerdos"])
        registrar_en_bitacora(Reclamo, cubrir=["explicacion", "respuesta"])
        registrar_en_bitacora(Constancia, cubrir=["nombre", "clave"])
        registrar_en_bitacora(ListaDeConvocadas, m2m_fields=["entidades"])
        for modelo in (TipoSesion, Material, Aforo, Encuentro, Cierre):
            registrar_en_bitacora(modelo)
