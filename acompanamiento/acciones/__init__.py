"""Lo que pasa en el acompañamiento: un módulo por asunto."""
