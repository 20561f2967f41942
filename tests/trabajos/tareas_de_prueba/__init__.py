"""Una app que solo existe en las pruebas con procesos: un trabajo que espera a que lo suelten."""
