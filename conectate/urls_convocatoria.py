"""Las direcciones de convocar: mensajes, respuestas y listas."""

urlpatterns = []
