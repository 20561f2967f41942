"""El formulario de un encuentro: el de una sesión, con lo que un encuentro tiene de más."""

from django import forms
from django.forms.models import fields_for_model, model_to_dict

from conectate.acciones.encuentros import crear_encuentro, editar_encuentro
from conectate.forms.sesiones import SesionForm
from conectate.models import Encuentro, Sesion

DEL_ENCUENTRO = (
    "ordinal",
    "lema",
    "objetivos",
    "asuntos",
    "participaron",
    "asistencia_reportada",
    "fuente",
    "nota_de_la_fuente",
)


class EncuentroForm(SesionForm):
    """Se crean o se editan los dos a la vez; `encuentro` es el que se edita, o nada."""

    asistencia_reportada = forms.IntegerField(
        label="Secretarías, según la fuente",
        required=False,
        min_value=0,
        max_value=999,
        help_text="Solo si un documento lo dice. Lo que se cuente aquí va al lado.",
    )

    def __init__(self, *args, encuentro=None, **kwargs):
        self.encuentro = encuentro
        super().__init__(*args, **kwargs, instance=encuentro.sesion if encuentro else None)
        del self.fields["tipo"]
        propios = fields_for_model(
            Encuentro,
            [campo for campo in DEL_ENCUENTRO if campo not in self.fields],
            widgets={
                campo: forms.Textarea(attrs={"rows": filas})
                for campo, filas in (("objetivos", 4), ("asuntos", 3), ("participaron", 2))
            },
            help_texts={
                "participaron": "Cargos o grupos, sin nombres de personas.",
                "fuente": "El documento y la página o las líneas.",
            },
        )
        self.fields.update(propios)
        for campo in ("ordinal", "asistencia_reportada"):
            self.fields[campo].widget.attrs["class"] = "ancho-corto"
        if encuentro:
            self.initial.update(model_to_dict(encuentro, DEL_ENCUENTRO))
        else:
            self.initial["audiencia"] = Sesion.Audiencia.SECRETARIOS

    def clean(self):
        datos = super().clean()
        if datos.get("asistencia_reportada") is not None and not datos.get("fuente"):
            self.add_error("fuente", "Diga de dónde sale la asistencia reportada.")
        return datos

    def save(self, *, por):
        datos = self.para_la_accion
        propio = {campo: datos.pop(campo) for campo in DEL_ENCUENTRO}
        if self.encuentro is None:
            return crear_encuentro(por=por, propio=propio, **datos)
        editar_encuentro(encuentro=self.encuentro, por=por, propio=propio, **datos)
        return self.encuentro
