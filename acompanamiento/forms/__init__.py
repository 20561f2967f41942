"""Lo que el navegador puede enviar."""
