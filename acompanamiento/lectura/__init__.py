"""De los bytes de un listado a sus filas. Aquí nadie sabe de la base ni de Django."""
