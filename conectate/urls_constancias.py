"""Las direcciones de certificar."""

urlpatterns = []
