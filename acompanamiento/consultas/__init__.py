"""Lo que se pregunta del acompañamiento."""
