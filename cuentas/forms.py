"""Lo que el navegador puede enviar sobre cuentas."""

import time

from allauth.account.forms import ResetPasswordForm
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from cuentas.acciones import (
    aceptar_invitacion,
    corregir_nombre,
    exigir_pertenencia,
    invitar,
)
from cuentas.models import ROLES_DE_SECRETARIA, Direccion, Rol, Usuario
from cuentas.permisos import roles_que_puede_dar
from territorio.controles import FechaInput
from territorio.models import EntidadTerritorial

# Lo que tarda siempre, exista o no la cuenta: más de lo que cuesta escribir un correo.
TIEMPO_PAREJO = 0.4


class OlvidoForm(ResetPasswordForm):
    """Pide el enlace para restablecer la contraseña. Responde igual, y a la vez, siempre."""

    def save(self, request, **kwargs):
        inicio = time.monotonic()
        correo = super().save(request, **kwargs)
        time.sleep(max(0, TIEMPO_PAREJO - (time.monotonic() - inicio)))
        return correo


class InvitacionForm(forms.Form):
    correo = forms.EmailField(
        label="Correo institucional",
        help_text="A este correo llega el enlace, que sirve una vez y vence en 72 horas.",
        max_length=254,
    )
    rol = forms.ChoiceField(label="Qué hará en el portal")
    entidad = forms.ModelChoiceField(
        EntidadTerritorial.objects.none(),
        label="Secretaría",
        required=False,
        empty_label="Ninguna",
        help_text="Para quien trabaja en una secretaría.",
    )
    direccion = forms.ModelChoiceField(
        Direccion.objects.none(),
        label="Dirección del Ministerio",
        required=False,
        empty_label="Ninguna",
        help_text="Para quien trabaja en el Ministerio.",
    )

    def __init__(self, *args, por, **kwargs):
        super().__init__(*args, **kwargs)
        self.por = por
        roles = roles_que_puede_dar(por)
        self.fields["rol"].choices = [(rol.value, rol.label.capitalize()) for rol in roles]
        self.fields["entidad"].queryset = EntidadTerritorial.objects.vigentes().en_orden()
        if set(roles) <= ROLES_DE_SECRETARIA:
            del self.fields["direccion"]
            self.fields["entidad"].required = True
            self.fields["entidad"].empty_label = "Escoja una"
        else:
            self.fields["direccion"].queryset = Direccion.objects.filter(activa=True)

    def clean_correo(self):
        correo = Usuario.objects.normalizar(self.cleaned_data["correo"])
        if Usuario.objects.filter(email=correo).exists():
            raise ValidationError("Ya hay una cuenta con ese correo.", code="cuenta_existente")
        return correo

    def clean(self):
        datos = super().clean()
        if "rol" in datos and "entidad" in datos:
            exigir_pertenencia(**self.pertenencia(datos))
        return datos

    def pertenencia(self, datos):
        return {
            "rol": Rol(datos["rol"]),
            "entidad": datos["entidad"],
            "direccion": datos.get("direccion"),
        }

    def save(self, *, portal):
        return invitar(
            correo=self.cleaned_data["correo"],
            **self.pertenencia(self.cleaned_data),
            por=self.por,
            portal=portal,
        )


class AceptarInvitacionForm(forms.Form):
    nombre = forms.CharField(
        label="Nombre y apellidos",
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    contrasena = forms.CharField(
        label="Contraseña",
        help_text=(
            "Al menos 15 caracteres. Sirve una frase que solo usted conozca; no hacen falta "
            "números ni símbolos."
        ),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    repetida = forms.CharField(
        label="La contraseña otra vez",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    leido = forms.BooleanField(
        label="Leí el aviso de privacidad que está arriba.",
        error_messages={"required": "Lea el aviso de privacidad y marque que lo leyó."},
    )

    def __init__(self, *args, invitacion, aviso, **kwargs):
        super().__init__(*args, **kwargs)
        self.invitacion, self.aviso = invitacion, aviso
        if aviso is None:
            del self.fields["leido"]

    def clean_nombre(self):
        return nombre_limpio(self.cleaned_data["nombre"])

    def clean(self):
        datos = super().clean()
        contrasena = datos.get("contrasena")
        if contrasena:
            try:
                validate_password(
                    contrasena,
                    Usuario(
                        email=self.invitacion.email,
                        nombre=datos.get("nombre", ""),
                        entidad=self.invitacion.entidad,
                        direccion=self.invitacion.direccion,
                    ),
                )
            except ValidationError as error:
                self.add_error("contrasena", error)
            if datos.get("repetida") and datos["repetida"] != contrasena:
                self.add_error("repetida", "No es igual a la anterior: escríbala otra vez.")
        return datos

    def save(self, *, clave):
        return aceptar_invitacion(
            clave=clave,
            nombre=self.cleaned_data["nombre"],
            contrasena=self.cleaned_data["contrasena"],
            aviso=self.aviso,
        )


class NombreForm(forms.Form):
    nombre = forms.CharField(
        label="Nombre y apellidos",
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def clean_nombre(self):
        return nombre_limpio(self.cleaned_data["nombre"])

    def save(self, *, por):
        corregir_nombre(usuario=por, nombre=self.cleaned_data["nombre"])


def nombre_limpio(nombre):
    """Sin saltos ni espacios de más: el nombre va en correos y encabezados."""
    nombre = " ".join(nombre.split())
    if not nombre:
        raise ValidationError("Escriba su nombre.", code="required")
    return nombre


class FiltroBitacoraForm(forms.Form):
    """Se envía por POST: el correo de una persona no va en la dirección de la página."""

    verbo = forms.CharField(
        label="Qué pasó", required=False, max_length=80, help_text="Por ejemplo: exportó"
    )
    correo = forms.EmailField(label="Correo de quien lo hizo", required=False)
    desde = forms.DateField(label="Desde", required=False, widget=FechaInput())
    hasta = forms.DateField(label="Hasta", required=False, widget=FechaInput())

    def clean_correo(self):
        correo = Usuario.objects.normalizar(self.cleaned_data["correo"])
        if not correo:
            return None
        usuario = Usuario.objects.filter(email=correo).first()
        if usuario is None:
            raise ValidationError("No hay una cuenta con ese correo.", code="sin_cuenta")
        return usuario

    def clean_hasta(self):
        desde, hasta = self.cleaned_data.get("desde"), self.cleaned_data["hasta"]
        if desde and hasta and hasta < desde:
            raise ValidationError("La fecha final es anterior a la inicial.", code="al_reves")
        return hasta


class UsuarioAdminForm(forms.ModelForm):
    """El papel de una persona, en la administración."""

    class Meta:
        model = Usuario
        fields = ["nombre", "rol", "entidad", "direccion"]

    def clean_nombre(self):
        return nombre_limpio(self.cleaned_data["nombre"])

    def clean(self):
        datos = super().clean()
        if "rol" in datos:
            exigir_pertenencia(
                rol=Rol(datos["rol"]),
                entidad=datos.get("entidad"),
                direccion=datos.get("direccion"),
            )
        return datos
