"""Las direcciones de asistir: en la ventana, por el equipo o por reclamo."""

urlpatterns = []
