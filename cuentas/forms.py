"""Lo que el navegador puede enviar sobre cuentas."""

import time

from allauth.account.forms import ResetPasswordForm

# Lo que tarda siempre, exista o no la cuenta: más de lo que cuesta escribir un correo.
TIEMPO_PAREJO = 0.4


class OlvidoForm(ResetPasswordForm):
    """Pide el enlace para restablecer la contraseña. Responde igual, y a la vez, siempre."""

    def save(self, request, **kwargs):
        inicio = time.monotonic()
        correo = super().save(request, **kwargs)
        time.sleep(max(0, TIEMPO_PAREJO - (time.monotonic() - inicio)))
        return correo
