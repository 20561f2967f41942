"""El formulario de un programa y los filtros de su lista."""

from django import forms
from django.utils import timezone

from acompanamiento.acciones.programas import crear_programa, editar_programa
from acompanamiento.forms.registrado import FechaInput, VariosField
from acompanamiento.models import Programa
from contenidos.filtros import TemaField
from contenidos.models import Tema
from territorio.filtros import FiltroForm
from territorio.texto import normalizar

PRIMERA_VIGENCIA = 2015


def temas_por_grupo(campo) -> list:
    """Tema mayor → [(tema, marcado)]. El mayor también se puede escoger."""
    marcados = {str(getattr(tema, "pk", tema)) for tema in campo.value() or []}
    grupos = {}
    for tema in campo.field.queryset.select_related("padre").distinct():
        grupos.setdefault(tema.padre or tema, []).append(tema)
    return [
        (mayor.nombre, [(tema, str(tema.pk) in marcados) for tema in suyos])
        for mayor, suyos in sorted(grupos.items(), key=lambda par: par[0].nombre_norm)
    ]


class ProgramaForm(forms.ModelForm):
    class Meta:
        model = Programa
        fields = ["nombre", "vigencia", "descripcion", "aliado", "temas", "desde", "hasta", "nota"]
        field_classes = {"temas": VariosField}
        widgets = {
            "descripcion": forms.Textarea(attrs={"rows": 3}),
            "nota": forms.Textarea(attrs={"rows": 3}),
            "desde": FechaInput(),
            "hasta": FechaInput(),
            "vigencia": forms.NumberInput(attrs={"inputmode": "numeric", "class": "ancho-corto"}),
        }
        help_texts = {
            "descripcion": "Una o dos frases: las lee cualquiera.",
            "hasta": "Con esta fecha se cuenta cuántas secretarías había. Vacía: el último día "
            "del año.",
            "nota": "Lo que la fuente no dice o dice de dos maneras. También la lee cualquiera.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.fields["temas"].queryset = Tema.objects.activos() | Tema.objects.filter(
            programas=self.instance.pk
        )
        if self.instance.pk is None:
            self.initial.setdefault("vigencia", timezone.localdate().year)

    @property
    def temas_por_grupo(self):
        return temas_por_grupo(self["temas"])

    def clean_vigencia(self):
        vigencia, este = self.cleaned_data["vigencia"], timezone.localdate().year
        if not PRIMERA_VIGENCIA <= vigencia <= este + 2:
            raise forms.ValidationError(
                f"Escriba un año entre {PRIMERA_VIGENCIA} y {este + 2}.", code="vigencia_lejana"
            )
        return vigencia

    def _post_clean(self):
        """Las reglas las dice la acción: aquí solo se revisa lo escrito."""

    def save(self, *, por):
        if self.instance.pk:
            return editar_programa(programa=self.instance, datos=self.cleaned_data, por=por)
        return crear_programa(datos=self.cleaned_data, por=por)


class FiltroDeProgramasForm(FiltroForm):
    q = forms.CharField(label="Buscar", required=False, max_length=100)
    vigencia = forms.ChoiceField(label="Año", required=False)
    tema = TemaField(label="Tema", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["q"].widget = forms.TextInput(attrs={"type": "search"})
        vigencias = Programa.objects.order_by("-vigencia").values_list("vigencia", flat=True)
        self._ofrecer("vigencia", [(str(v), str(v)) for v in vigencias.distinct()])
        temas = Tema.objects.filter(programas__isnull=False).order_by("nombre_norm").distinct()
        self._ofrecer("tema", [(tema.slug, tema.nombre) for tema in temas])

    def aplicar(self, programas):
        puestos = self.puestos
        if vigencia := puestos.get("vigencia"):
            programas = programas.filter(vigencia=vigencia)
        if tema := puestos.get("tema"):
            programas = programas.filter(temas__slug=tema)
        if buscado := normalizar(puestos.get("q", "")):
            suyos = [
                programa.pk
                for programa in Programa.objects.only("nombre", "aliado", "descripcion")
                if buscado
                in normalizar(f"{programa.nombre} {programa.aliado} {programa.descripcion}")
            ]
            programas = programas.filter(pk__in=suyos)
        return programas
