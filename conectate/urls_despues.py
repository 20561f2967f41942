"""Las direcciones de lo que sigue a una sesión."""

urlpatterns = []
