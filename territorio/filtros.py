"""Los filtros de las listas: van en la dirección, que se puede guardar y enviar.

Lo que no se entiende no filtra: una dirección vieja o mal copiada no da un error.
"""

from urllib.parse import urlencode

from django import forms


class CampoDeFiltro(forms.BoundField):
    """Se ve como los demás campos, y se dibuja con lo justo: una lista lleva hasta ocho."""

    def build_widget_attrs(self, attrs, widget=None):
        widget = widget or self.field.widget
        clases = [
            widget.attrs.get("class"),
            "form-select" if isinstance(widget, forms.Select) else "form-control",
            "is-invalid" if self.errors else None,
        ]
        return super().build_widget_attrs(attrs, widget) | {"class": " ".join(filter(None, clases))}


class FiltroForm(forms.Form):
    bound_field_class = CampoDeFiltro

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.label_suffix = ""

    def _ofrecer(self, campo, opciones, vacio="Todos"):
        self.fields[campo].choices = [("", vacio), *opciones]

    @property
    def puestos(self) -> dict:
        """Los filtros con valor, de entre los que se entienden."""
        self.is_valid()
        return {campo: valor for campo, valor in self.cleaned_data.items() if valor}

    @property
    def consulta(self) -> str:
        return urlencode(self.puestos)
