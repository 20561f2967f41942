"""El acta y las cifras con que se cierra una sesión."""

from django import forms

from conectate.acciones.cierre import cerrar_sesion, guardar_acta, version_de
from conectate.consultas.cierre import CORREGIBLES, cifras_calculadas, en_cifras, huella_de
from conectate.models import Acta, Cierre, Sesion

MAXIMO = 10_000_000  # más es un error al escribir


class ActaForm(forms.Form):
    tratado = forms.CharField(
        label="Lo que se trató",
        required=False,
        max_length=Acta._meta.get_field("tratado").max_length,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="Separe los párrafos con un renglón en blanco. Nombre cargos, no personas.",
    )
    acuerdos = forms.CharField(
        label="Acuerdos",
        required=False,
        max_length=Acta._meta.get_field("acuerdos").max_length,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Uno por línea: qué, quién y para cuándo.",
    )
    leida = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, datos=None, *, sesion: Sesion, acta: Acta | None):
        self.sesion = sesion
        escrito = {"tratado": acta.tratado, "acuerdos": acta.acuerdos} if acta else {}
        super().__init__(datos, initial={**escrito, "leida": version_de(acta)})

    def clean(self):
        datos = super().clean()
        if not self.errors and not (datos["tratado"] or datos["acuerdos"]):
            raise forms.ValidationError(
                "Escriba lo que se trató o al menos un acuerdo.", code="vacia"
            )
        return datos

    def con_lo_de_ahora(self, acta: Acta | None):
        """Lo escrito, frente a lo que otra persona guardó: enviarlo otra vez ya lo reemplaza."""
        datos = self.data.copy()
        datos["leida"] = version_de(acta)
        return ActaForm(datos, sesion=self.sesion, acta=acta)

    def save(self, *, por) -> Acta:
        return guardar_acta(sesion=self.sesion, por=por, **self.cleaned_data)


class CierreForm(forms.Form):
    """Vienen puestas las cifras calculadas. Vaciar una es decir que no se sabe."""

    presentes = forms.IntegerField(min_value=0, required=False)
    asistencias = forms.IntegerField(min_value=0, max_value=MAXIMO, required=False)
    personas = forms.IntegerField(min_value=0, max_value=MAXIMO, required=False)
    minutos = forms.FloatField(min_value=0, max_value=MAXIMO, required=False)
    motivo = forms.CharField(
        label="Motivo",
        required=False,
        max_length=Cierre._meta.get_field("motivo").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Obligatorio si corrige una cifra. No escriba nombres de personas.",
    )
    visto = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, datos=None, *, sesion: Sesion):
        self.sesion, self.calculado = sesion, cifras_calculadas(sesion)
        self.huella = huella_de(self.calculado)
        super().__init__(datos, initial={**self.calculado, "visto": self.huella})
        for cifra, nombre in CORREGIBLES.items():
            campo = self.fields[cifra]
            campo.label = nombre
            campo.help_text = f"El portal calcula: {en_cifras(self.calculado[cifra])}."
            campo.widget.attrs["class"] = "ancho-corto"
        self.fields["minutos"].widget.attrs["step"] = "0.1"

    def clean(self):
        datos = super().clean()
        convocadas = self.calculado["convocadas"]
        if (datos.get("presentes") or 0) > convocadas:
            self.add_error("presentes", f"No pueden ser más que las {convocadas} convocadas.")
        personas, asistencias = datos.get("personas"), datos.get("asistencias")
        if personas is not None and asistencias is not None and personas > asistencias:
            self.add_error("personas", "No pueden ser más que las asistencias.")
        if not self.errors and self._corrige(datos) and not datos["motivo"]:
            self.add_error("motivo", "Cambió alguna cifra: escriba por qué. Se lee junto a ella.")
        return datos

    def _corrige(self, datos):
        return any(datos[cifra] != self.calculado[cifra] for cifra in CORREGIBLES)

    @property
    def cifras(self):
        return [self[cifra] for cifra in CORREGIBLES]

    @property
    def corrigiendo(self) -> bool:
        """Con algo escrito o por corregir, los campos se muestran abiertos."""
        return self.is_bound and (bool(self.errors) or self.has_changed())

    def con_lo_de_ahora(self):
        """Lo escrito, frente a las cifras como están ahora: para mirarlo otra vez."""
        datos = self.data.copy()
        datos["visto"] = self.huella
        return CierreForm(datos, sesion=self.sesion)

    def save(self, *, por) -> Cierre:
        return cerrar_sesion(
            sesion=self.sesion,
            por=por,
            corregido={cifra: self.cleaned_data[cifra] for cifra in CORREGIBLES},
            motivo=self.cleaned_data["motivo"],
            visto=self.cleaned_data["visto"],
        )
