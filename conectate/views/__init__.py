"""Las páginas de Conéctate con el MEN."""
