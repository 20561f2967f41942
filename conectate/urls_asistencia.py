"""Las direcciones de la importación y la revisión; van bajo el mismo nombre, `conectate:`.

Las páginas de sesiones enlazan a estas cuatro: `subir-asistencia` y `revision-de-sesion` (pk de la
sesión), `importacion` (su pk) y `revision`.
"""

urlpatterns = []
