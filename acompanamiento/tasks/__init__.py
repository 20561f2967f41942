"""Lo que el acompañamiento hace después: los trabajos que el portal conoce al arrancar."""
