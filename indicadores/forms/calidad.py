"""Lo que el navegador puede decidir sobre la bandeja de calidad."""

from django import forms
from django.core.exceptions import ValidationError

from indicadores.acciones import calidad
from indicadores.consultas.calidad import quienes_deciden
from indicadores.models import Hallazgo, Version

Estado = Hallazgo.Estado
DECISIONES = [
    (Estado.PUBLICADO, "Publicar como vino: el dato es cierto"),
    (Estado.ANULADO, "Anular: el dato está mal y no se muestra"),
    (Estado.NO_APLICA, "No aplica: allí esa cifra no tiene sentido"),
]
ASIGNAR = "asignar"
AYUDA_DEL_MOTIVO = "En una o dos frases. Sale en la fe de erratas, junto a las cifras."


class DecidirForm(forms.Form):
    """Qué pasa con las cifras de un hallazgo: todas o solo las marcadas en la tabla."""

    ALCANCES = [("todas", "Todas las que están en revisión"), ("marcadas", "Solo las marcadas")]

    alcance = forms.ChoiceField(
        label="Sobre cuáles cifras", choices=ALCANCES, initial="todas", widget=forms.RadioSelect
    )
    decision = forms.ChoiceField(
        label="Qué se hace",
        choices=DECISIONES,
        widget=forms.RadioSelect,
        error_messages={"required": "Escoja qué se hace con esas cifras."},
    )
    motivo = forms.CharField(
        label="Por qué",
        help_text=AYUDA_DEL_MOTIVO,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Escriba por qué: sale en la fe de erratas."},
    )

    def __init__(self, *args, hallazgo: Hallazgo, marcados: list[str], **kwargs):
        super().__init__(*args, **kwargs)
        self.hallazgo = hallazgo
        self.marcados = {int(marcado) for marcado in marcados if marcado.isdecimal()}

    def clean(self):
        datos = super().clean()
        if datos.get("alcance") == "marcadas" and not self.marcados:
            self.add_error("alcance", "Marque en la tabla al menos una cifra, o escoja todas.")
        return datos

    def save(self, *, por) -> Version:
        return calidad.decidir(
            hallazgos=[self.hallazgo],
            decision=self.cleaned_data["decision"],
            motivo=self.cleaned_data["motivo"],
            por=por,
            casos=self.marcados if self.cleaned_data["alcance"] == "marcadas" else None,
        )


class DejarAsiForm(forms.Form):
    motivo = forms.CharField(
        label="Qué revisó",
        help_text="Para quien lo lea después. No sale en la fe de erratas: nada cambia.",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Escriba qué revisó."},
    )

    def __init__(self, *args, hallazgo: Hallazgo, **kwargs):
        super().__init__(*args, **kwargs)
        self.hallazgo = hallazgo

    def save(self, *, por) -> None:
        calidad.dejar_asi(hallazgo=self.hallazgo, motivo=self.cleaned_data["motivo"], por=por)


class AsignarForm(forms.Form):
    responsable = forms.ModelChoiceField(
        label="Quién responde",
        queryset=None,
        empty_label="Escoja a alguien",
        error_messages={"required": "Escoja a alguien de la lista."},
    )

    def __init__(self, *args, hallazgo: Hallazgo, **kwargs):
        super().__init__(*args, **kwargs)
        self.hallazgo = hallazgo
        self.fields["responsable"].queryset = quienes_deciden()
        self.fields["responsable"].initial = hallazgo.responsable_id

    def save(self, *, por) -> None:
        calidad.asignar(
            hallazgos=[self.hallazgo], responsable=self.cleaned_data["responsable"], por=por
        )


class VariosHallazgosForm(forms.Form):
    """Lo mismo para los marcados de la lista, de una vez: decidirlos o asignarlos."""

    que = forms.ChoiceField(
        label="Con los marcados",
        choices=[*DECISIONES, (ASIGNAR, "Asignarlos a otra persona")],
        widget=forms.RadioSelect,
        error_messages={"required": "Escoja qué se hace con los marcados."},
    )
    motivo = forms.CharField(
        label="Por qué",
        help_text=f"{AYUDA_DEL_MOTIVO} Para asignarlos no hace falta.",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    responsable = forms.ModelChoiceField(
        label="Quién responderá",
        help_text="Solo para asignarlos.",
        queryset=None,
        required=False,
        empty_label="Escoja a alguien",
    )

    def __init__(self, *args, marcados: list[str] = (), **kwargs):
        super().__init__(*args, **kwargs)
        self.marcados = {int(marcado) for marcado in marcados if marcado.isdecimal()}
        self.fields["responsable"].queryset = quienes_deciden()

    def clean(self):
        datos = super().clean()
        if not self.marcados:
            raise ValidationError("Marque en la tabla al menos un hallazgo.", code="sin_marcar")
        if datos.get("que") == ASIGNAR and not datos.get("responsable"):
            self.add_error("responsable", "Escoja a quién se asignan.")
        if datos.get("que") in dict(DECISIONES) and not datos.get("motivo", "").strip():
            self.add_error("motivo", "Escriba por qué: sale en la fe de erratas.")
        return datos

    def save(self, *, por) -> str:
        """Lo hace, y dice qué hizo."""
        hallazgos = list(
            Hallazgo.objects.abiertos()
            .filter(pk__in=self.marcados)
            .select_related("carga__conjunto", "carga__version")
        )
        if len(hallazgos) < len(self.marcados):
            raise ValidationError(
                "Alguien ya decidió sobre uno de los marcados. Revise la lista y marque de nuevo.",
                code="hallazgo_cerrado",
            )
        if self.cleaned_data["que"] == ASIGNAR:
            responsable = self.cleaned_data["responsable"]
            calidad.asignar(hallazgos=hallazgos, responsable=responsable, por=por)
            return f"Ahora responde {responsable}."
        version = calidad.decidir(
            hallazgos=hallazgos,
            decision=self.cleaned_data["que"],
            motivo=self.cleaned_data["motivo"],
            por=por,
        )
        return f"Quedó publicado en la versión {version.numero}."
