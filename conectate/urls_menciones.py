"""Las direcciones de menciones e historia."""

urlpatterns = []
