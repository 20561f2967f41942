"""Las direcciones de el calendario y los encuentros."""

urlpatterns = []
