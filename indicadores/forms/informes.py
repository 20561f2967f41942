"""Pedir informes: uno, o los de todas."""

from django import forms

from indicadores.acciones.informes import pedir_informe, pedir_lote, programar_informe


class VigenciaForm(forms.Form):
    vigencia = forms.TypedChoiceField(
        label="Hasta qué año",
        coerce=int,
        widget=forms.Select(attrs={"class": "ancho-corto"}),
    )

    def __init__(self, *args, vigencias, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["vigencia"].choices = [(vigencia, vigencia) for vigencia in vigencias]
        if vigencias:
            self.fields["vigencia"].initial = vigencias[0]


class InformeForm(VigenciaForm):
    formato = forms.ChoiceField(
        label="En qué formato",
        choices=[
            ("pdf", "PDF: dos o tres páginas para leer o imprimir"),
            ("xlsx", "Excel: las tablas, sus gráficas y todas las cifras"),
        ],
        initial="pdf",
        widget=forms.RadioSelect,
    )
    field_order = ["formato", "vigencia"]

    def save(self, *, entidad, por):
        return pedir_informe(entidad=entidad, por=por, **self.cleaned_data)


class LoteForm(VigenciaForm):
    def save(self, *, por):
        return pedir_lote(vigencia=self.cleaned_data["vigencia"], por=por)


class ProgramarForm(forms.Form):
    activa = forms.BooleanField(required=False)

    def save(self, *, por):
        return programar_informe(por=por, activa=self.cleaned_data["activa"])
