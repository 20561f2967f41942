from django.apps import AppConfig

# Lo que cambia una persona. El índice y las descargas, no: los lleva el portal.
EN_LA_BITACORA = (
    "Audiencia",
    "Autor",
    "Certificado",
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
        from contenidos.models import Contenido, Tema
        from cuentas.bitacora import registrar_en_bitacora

        registrar_en_bitacora(Tema, exclude_fields=["nombre_norm"])
        registrar_en_bitacora(Contenido, m2m_fields=["temas", "audiencias", "niveles"])
        for modelo in EN_LA_BITACORA:
            registrar_en_bitacora(self.get_model(modelo))
