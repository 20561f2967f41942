"""El formulario de un programa y los filtros de su lista."""

from django import forms
from django.utils import timezone

from acompanamiento.acciones.programas import CLASE_PROGRAMA, DEL_PROGRAMA, registrar_programa
from acompanamiento.forms.fechas import PRIMERA_VIGENCIA, fecha_cercana
from acompanamiento.forms.temas import ConTemasForm
from acompanamiento.models import Programa
from acompanamiento.permisos import puede_organizar_programas
from contenidos.filtros import TemaField
from contenidos.models import Tema
from territorio.controles import FechaInput, VariosField
from territorio.filtros import FiltroForm
from territorio.texto import normalizar


class ProgramaForm(ConTemasForm):
    clase = CLASE_PROGRAMA
    modelo = Programa

    nombre = forms.CharField(label="Nombre", max_length=160)
    vigencia = forms.IntegerField(
        label="Año",
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "class": "ancho-corto"}),
    )
    descripcion = forms.CharField(
        label="De qué se trata",
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text="Una o dos frases: las lee cualquiera.",
    )
    aliado = forms.CharField(label="Aliado", max_length=120, required=False)
    temas = VariosField(label="Temas", queryset=Tema.objects.none(), required=False)
    desde = forms.DateField(
        label="Desde", widget=FechaInput(), validators=[fecha_cercana], required=False
    )
    hasta = forms.DateField(
        label="Hasta",
        widget=FechaInput(),
        validators=[fecha_cercana],
        required=False,
        help_text="Con esta fecha se cuenta cuántas secretarías había. Vacía: el último día del "
        "año.",
    )
    nota = forms.CharField(
        label="Nota sobre la fuente",
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text="Lo que la fuente no dice o dice de dos maneras. También la lee cualquiera.",
    )

    def __init__(self, data=None, *, por, objeto=None, initial=None, **kwargs):
        if objeto is None:
            initial = {"vigencia": timezone.localdate().year, **(initial or {})}
        super().__init__(data, por=por, objeto=objeto, initial=initial, **kwargs)

    @classmethod
    def puede_crear(cls, usuario):
        return puede_organizar_programas(usuario)

    @classmethod
    def valores_de(cls, programa):
        return {
            **{campo: getattr(programa, campo) for campo in DEL_PROGRAMA},
            "temas": list(programa.temas.all()),
        }

    def clean_vigencia(self):
        vigencia, este = self.cleaned_data["vigencia"], timezone.localdate().year
        if not PRIMERA_VIGENCIA <= vigencia <= este + 2:
            raise forms.ValidationError(
                f"Escriba un año entre {PRIMERA_VIGENCIA} y {este + 2}.", code="vigencia_lejana"
            )
        return vigencia

    def registrar(self, *, clave, base, cuerpo, datos):
        return registrar_programa(clave=clave, base=base, cuerpo=cuerpo, datos=datos, por=self.por)


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
