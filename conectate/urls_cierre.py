"""Las direcciones de cerrar: el acta y las cifras."""

urlpatterns = []
