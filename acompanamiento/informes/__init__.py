"""Lo que sale en hojas y en PDF."""
