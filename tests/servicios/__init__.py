"""Los servidores de verdad que usan las pruebas, sacados de ruedas: sin paquetes del sistema."""
