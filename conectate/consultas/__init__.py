"""Lo que se pregunta de las sesiones y de la participación."""
