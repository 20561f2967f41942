"""Lo que hace una mano en el navegador y pide esperar."""


def pulsar(boton):
    """Y espera la página que responde: lo que sigue mira la base, lee la página o se va a otra."""
    with boton.page.expect_navigation():
        boton.click()
