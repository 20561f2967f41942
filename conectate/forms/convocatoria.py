"""Lo que se escribe al convocar: el mensaje, la respuesta y las listas."""

import re
from itertools import groupby

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone

from conectate.acciones.convocatoria import enviar_mensaje, guardar_lista, responder
from conectate.models import Convocatoria, ListaDeConvocadas, Mensaje
from territorio.controles import RadiosInput, VariosField
from territorio.models import EntidadTerritorial

MAXIMO_DE_OTROS = 2000


def piezas(escrito: str) -> list[str]:
    """Cada dirección por su lado; de «Ana Ruiz <ana@…>», lo que va entre ángulos."""
    sueltas = []
    for trozo in re.split(r"[\n,;]+", escrito):
        entre_angulos = re.findall(r"<([^<>]*)>", trozo)
        sueltas += entre_angulos or trozo.split()
    return [pieza.strip() for pieza in sueltas if pieza.strip()]


class CorreosField(forms.CharField):
    """Direcciones pegadas de donde sea. Se dicen las que están mal; lo escrito no se pierde."""

    widget = forms.Textarea(attrs={"rows": 4, "spellcheck": "false"})

    def clean(self, value):
        escrito = super().clean(value)
        correos, malos = {}, []
        for pieza in piezas(escrito):
            try:
                validate_email(pieza)
            except ValidationError:
                malos.append(pieza)
            else:
                correos.setdefault(pieza.lower(), pieza)
        if malos:
            cuales = ", ".join(f"«{malo}»" for malo in malos[:10])
            de_mas = f" y {len(malos) - 10} más" if len(malos) > 10 else ""
            raise ValidationError(
                f"No son direcciones de correo: {cuales}{de_mas}. Corríjalas o quítelas. Las "
                "demás están bien.",
                code="correos_malos",
            )
        if len(correos) > MAXIMO_DE_OTROS:
            raise ValidationError(
                f"Son {len(correos)} direcciones y caben {MAXIMO_DE_OTROS}. Envíe otro mensaje "
                "con las que falten.",
                code="demasiados_correos",
            )
        return list(correos.values())


class MensajeForm(forms.ModelForm):
    otros_correos = CorreosField(
        label="Otros correos",
        required=False,
        help_text="Además de las secretarías convocadas. Puede pegarlos separados por renglones, "
        "comas o puntos y comas.",
    )
    # Nace al abrir la página: pulsar «Enviar» dos veces envía una.
    envio = forms.UUIDField(widget=forms.HiddenInput)

    class Meta:
        model = Mensaje
        fields = ["asunto", "cuerpo"]
        widgets = {"cuerpo": forms.Textarea(attrs={"rows": 12})}
        help_texts = {
            "cuerpo": "Debajo van solos la fecha con la hora de Colombia, el lugar o el enlace y "
            "cómo responder.",
        }

    def __init__(self, *args, sesion, clase, **kwargs):
        super().__init__(*args, **kwargs)
        self.sesion, self.clase = sesion, clase

    def clean_asunto(self):
        return " ".join(self.cleaned_data["asunto"].split())

    def como_saldria(self) -> Mensaje:
        """Sin guardar: para la vista previa."""
        return Mensaje(
            sesion=self.sesion,
            clase=self.clase,
            asunto=self.cleaned_data["asunto"],
            cuerpo=self.cleaned_data["cuerpo"],
        )

    def save(self, *, por):
        return enviar_mensaje(
            sesion=self.sesion,
            clase=self.clase,
            asunto=self.cleaned_data["asunto"],
            cuerpo=self.cleaned_data["cuerpo"],
            otros_correos=self.cleaned_data["otros_correos"],
            por=por,
            clave_unica=f"envio:{self.cleaned_data['envio']}",
        )


class RespuestaForm(forms.Form):
    """Lo que responde una secretaría; el Ministerio dice además cómo lo supo."""

    use_required_attribute = False  # cuántas personas, solo si asistirán

    respuesta = forms.ChoiceField(
        label="¿Asistirán?",
        choices=[
            (Convocatoria.Respuesta.SI, "Asistiremos"),
            (Convocatoria.Respuesta.NO, "No podremos asistir"),
        ],
        widget=RadiosInput,
    )
    personas = forms.IntegerField(
        label="¿Cuántas personas?",
        min_value=1,
        max_value=2000,
        widget=forms.NumberInput(attrs={"class": "ancho-corto", "inputmode": "numeric"}),
        help_text="Si asistirán. Un número aproximado basta.",
        error_messages={"required": "Diga cuántas personas asistirán."},
    )
    medio = forms.ChoiceField(
        label="¿Cómo lo dijo?",
        choices=[
            (medio.value, medio.label.capitalize())
            for medio in Convocatoria.Medio
            if medio != Convocatoria.Medio.PORTAL
        ],
        widget=RadiosInput,
    )

    def __init__(self, *args, convocatoria, con_medio, **kwargs):
        kwargs.setdefault(
            "initial",
            {
                "respuesta": convocatoria.respuesta,
                "personas": convocatoria.personas_anunciadas,
                "medio": convocatoria.medio,
            },
        )
        super().__init__(*args, **kwargs)
        self.convocatoria = convocatoria
        if self.data.get("respuesta") == Convocatoria.Respuesta.NO:
            self.fields["personas"].required = False
        if con_medio:
            self.fields["respuesta"].label = "¿Qué respondió?"
            self.fields["respuesta"].choices = [
                (Convocatoria.Respuesta.SI, "Asistirán"),
                (Convocatoria.Respuesta.NO, "No podrán asistir"),
            ]
        else:
            del self.fields["medio"]

    def save(self, *, por):
        return responder(
            sesion=self.convocatoria.sesion,
            entidad=self.convocatoria.entidad,
            respuesta=self.cleaned_data["respuesta"],
            personas=self.cleaned_data.get("personas"),
            medio=self.cleaned_data.get("medio") or Convocatoria.Medio.PORTAL,
            por=por,
        )


class ListaForm(forms.ModelForm):
    entidades = VariosField(
        label="Secretarías",
        queryset=EntidadTerritorial.objects.all(),
        error_messages={"required": "Marque al menos una secretaría."},
    )

    class Meta:
        model = ListaDeConvocadas
        fields = ["nombre", "entidades"]
        error_messages = {"nombre": {"unique": "Ya hay una lista con ese nombre. Póngale otro."}}

    @property
    def marcadas(self) -> set[str]:
        return {str(getattr(valor, "pk", valor)) for valor in self["entidades"].value() or []}

    @property
    def por_departamento(self):
        """Departamento → [(entidad, marcada)]: las certificadas hoy y las que ya estén marcadas."""
        marcadas = self.marcadas
        hoy = timezone.localdate()
        entidades = [
            entidad
            for entidad in EntidadTerritorial.objects.select_related("departamento").order_by(
                "departamento__nombre_norm", "-tipo", "nombre_norm"
            )
            if entidad.vale_en(hoy) or str(entidad.pk) in marcadas
        ]
        return [
            (departamento.nombre, [(entidad, str(entidad.pk) in marcadas) for entidad in suyas])
            for departamento, suyas in groupby(entidades, key=lambda e: e.departamento)
        ]

    def save(self, *, por):
        return guardar_lista(lista=self.instance, entidades=self.cleaned_data["entidades"], por=por)
