"""Revisar varias reglas y decir de una vez todo lo que falte."""

from collections.abc import Callable

from django.core.exceptions import ValidationError


def exigir_todo(reglas: dict[str, Callable], *con) -> None:
    """Cada regla, con su campo: el error de una no tapa los de las demás."""
    errores = {}
    for campo, revisar in reglas.items():
        try:
            revisar(*con)
        except ValidationError as error:
            errores[campo] = error
    if errores:
        raise ValidationError(errores)
