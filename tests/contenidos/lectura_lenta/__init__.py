"""Una app que solo existe en las pruebas con procesos: leer se queda a la mitad hasta que lo
suelten."""
