from django.apps import AppConfig

# Lo que cambia una persona. El índice y las descargas, no: los lleva el portal.
EN_LA_BITACORA = (
    "Audiencia",
    "Autor",
    "Clase",
    "Coleccion",
    "Eje",
    "Imagen",
    "ImportacionDeContenidos",
    "Nivel",
    "Pagina",
    "Paso",
    "Ruta",
    "Termino",
    "VersionDeContenido",
)


class ContenidosConfig(AppConfig):
    name = "contenidos"
    verbose_name = "Quiero aprender"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from contenidos.consultas.rutas import certificados_de, pasos_de
        from contenidos.consultas.temas import suscripciones_de
        from contenidos.models import Certificado, Contenido, Tema
        from cuentas.bitacora import registrar_en_bitacora
        from cuentas.consultas import aportar_a_mis_datos

        aportar_a_mis_datos("certificados_de_rutas", certificados_de)
        aportar_a_mis_datos("pasos_de_rutas", pasos_de)
        aportar_a_mis_datos("temas_que_sigue", suscripciones_de)
        registrar_en_bitacora(Tema, exclude_fields=["nombre_norm"])
        registrar_en_bitacora(Contenido, m2m_fields=["temas", "audiencias", "niveles"])
        registrar_en_bitacora(Certificado, cubrir=["nombre", "motivo"])
        for modelo in EN_LA_BITACORA:
            registrar_en_bitacora(self.get_model(modelo))
        self._llevar_el_indice()

    def _llevar_el_indice(self):
        """El índice de búsqueda sigue a lo que cualquier app registre en `contenidos.registro`."""
        from django.db.models.signals import m2m_changed, post_delete, post_save

        from contenidos.acciones import indice
        from contenidos.consultas.buscables import CLASES
        from contenidos.registro import registrar_buscable

        for clase in CLASES:
            registrar_buscable(clase)
        for senal, hacer in (
            (post_save, indice.al_guardar),
            (post_delete, indice.al_borrar),
            (m2m_changed, indice.al_cambiar_relacion),
        ):
            senal.connect(hacer, dispatch_uid=f"contenidos.{hacer.__name__}")
