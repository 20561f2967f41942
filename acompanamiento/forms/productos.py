"""Lo que una secretaría dejó hecho en un programa: un plan, una experiencia."""

from django import forms
from django.utils.text import capfirst

from acompanamiento.acciones.programas import CLASE_PRODUCTO, registrar_producto
from acompanamiento.forms.registrado import RegistradoForm
from acompanamiento.models import Actividad, Producto, Programa
from acompanamiento.permisos import puede_organizar_programas
from contenidos.models import Contenido
from territorio.controles import RadiosInput
from territorio.models import EntidadTerritorial


class DireccionInput(forms.TextInput):
    """Admite la dirección entera, copiada del navegador: vale lo que sigue a «contenidos/»."""

    def value_from_datadict(self, data, files, name):
        escrito = (super().value_from_datadict(data, files, name) or "").strip()
        return escrito.rpartition("contenidos/")[2].partition("/")[0] if escrito else ""


class ProductoForm(RegistradoForm):
    clase = CLASE_PRODUCTO
    modelo = Producto

    programa = forms.ModelChoiceField(
        label="Programa", queryset=Programa.objects.all(), to_field_name="slug", empty_label=None
    )
    entidad = forms.ModelChoiceField(
        label="Secretaría",
        queryset=EntidadTerritorial.objects.en_orden(),
        to_field_name="codigo_dane",
        empty_label="Escoja una",
    )
    clase_de_producto = forms.ChoiceField(
        label="Qué es",
        choices=[(valor, capfirst(nombre)) for valor, nombre in Producto.Clase.choices],
        widget=RadiosInput,
        initial=Producto.Clase.PLAN,
    )
    nombre = forms.CharField(label="Nombre", max_length=200)
    actividad = forms.ModelChoiceField(
        label="De qué actividad salió",
        queryset=Actividad.objects.none(),
        to_field_name="clave",
        required=False,
        empty_label="De ninguna en particular",
    )
    contenido = forms.ModelChoiceField(
        label="Su página en la biblioteca",
        queryset=Contenido.objects.none(),
        to_field_name="slug",
        required=False,
        widget=DireccionInput,
        help_text="Copie la dirección de la página, si ya está publicado.",
        error_messages={
            "invalid_choice": "Esa dirección no es de un contenido de la biblioteca. Ábralo y "
            "copie la dirección de su página."
        },
    )

    def __init__(self, data=None, *, por, objeto=None, initial=None, **kwargs):
        super().__init__(data, por=por, objeto=objeto, initial=initial, **kwargs)
        self.fields["contenido"].queryset = Contenido.objects.visibles_para(por)
        if objeto is not None and objeto.contenido_id:
            self.fields["contenido"].queryset |= Contenido.objects.filter(pk=objeto.contenido_id)
        escogido = self["programa"].value()
        self.fields["actividad"].queryset = Actividad.objects.filter(
            programa__slug=getattr(escogido, "slug", escogido) or ""
        ).order_by("-desde", "-pk")

    @classmethod
    def puede_crear(cls, usuario):
        return puede_organizar_programas(usuario)

    @classmethod
    def valores_de(cls, producto):
        return {
            **{
                campo: getattr(producto, campo)
                for campo in ("programa", "entidad", "nombre", "actividad", "contenido")
            },
            "clase_de_producto": producto.clase,
        }

    def registrar(self, *, clave, base, cuerpo, datos):
        datos["clase"] = datos.pop("clase_de_producto")
        return registrar_producto(clave=clave, base=base, cuerpo=cuerpo, datos=datos, por=self.por)
