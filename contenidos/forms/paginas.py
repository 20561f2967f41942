"""Lo que se escribe de una página, y las imágenes que lleva."""

from django import forms
from django.utils import timezone

from contenidos.acciones.paginas import (
    IMAGEN_MAXIMA,
    crear_pagina,
    guardar_version,
    subir_imagen,
    ubicar_pagina,
)
from contenidos.models import Imagen, Pagina, VersionDePagina
from territorio.controles import FechaInput

CUERPO_MAXIMO = 60_000
RESERVADAS = {*Pagina.Grupo.values, "nueva"}


class PaginaForm(forms.ModelForm):
    """El texto de una página que ya está. Se parte de la última versión, rija o no todavía."""

    vista = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = VersionDePagina
        fields = ["titulo", "resumen", "cuerpo", "rige_desde", "nota"]
        widgets = {
            "resumen": forms.Textarea(attrs={"rows": 2, "maxlength": 300}),
            "cuerpo": forms.Textarea(
                attrs={"rows": 24, "maxlength": CUERPO_MAXIMO, "class": "editor"}
            ),
            "rige_desde": FechaInput(),
        }
        help_texts = {
            "resumen": "Una frase: para qué le sirve la página a quien llega.",
            "cuerpo": "Frases cortas y de usted. Abajo se explica cómo poner títulos, listas, "
            "tablas e imágenes.",
            "rige_desde": "Si es un día que viene, el portal anuncia la versión desde hoy.",
            "nota": "Para quien mire las versiones: por qué se cambió.",
        }

    def __init__(self, datos=None, *, pagina: Pagina | None = None):
        self.pagina = pagina
        self.ultima = pagina.versiones.first() if pagina else None
        partida = {"vista": 0}
        if self.ultima:
            partida = {campo: getattr(self.ultima, campo) for campo in self.Meta.fields}
            partida |= {"nota": "", "vista": self.ultima.numero}
            partida["rige_desde"] = max(self.ultima.rige_desde, timezone.localdate())
        super().__init__(datos, initial=partida)
        if not pagina or pagina.grupo != Pagina.Grupo.POLITICAS:
            del self.fields["rige_desde"]

    def clean_cuerpo(self):
        cuerpo = self.cleaned_data["cuerpo"]
        if len(cuerpo) > CUERPO_MAXIMO:
            raise forms.ValidationError(
                "El texto pasa de 60.000 letras. Repártalo en dos páginas.", code="muy_largo"
            )
        return cuerpo

    def clean_rige_desde(self):
        """Una política no cambia hacia atrás. La fecha que ya tenía se puede dejar."""
        fecha = self.cleaned_data["rige_desde"]
        if fecha < timezone.localdate():
            raise forms.ValidationError("Escriba la fecha de hoy o una que venga.", code="pasada")
        return fecha

    def con_lo_de_ahora(self, ultima: VersionDePagina):
        """Lo escrito, frente a lo que otra persona guardó: enviarlo otra vez ya lo reemplaza."""
        datos = self.data.copy()
        datos["vista"] = ultima.numero
        return type(self)(datos, pagina=self.pagina)

    def save(self, *, por) -> VersionDePagina:
        return guardar_version(pagina=self.pagina, por=por, **self.cleaned_data)


class NuevaPaginaForm(PaginaForm):
    slug = forms.SlugField(
        label="Nombre en la dirección",
        max_length=Pagina._meta.get_field("slug").max_length,
        help_text="Minúsculas, números y guiones: «como-asistir». No se cambia después.",
        widget=forms.TextInput(attrs={"class": "ancho-medio"}),
    )
    grupo = forms.ChoiceField(label="Dónde va", choices=Pagina.Grupo)

    field_order = ["grupo", "slug"]

    def clean_slug(self):
        slug = self.cleaned_data["slug"].lower()
        if slug in RESERVADAS:
            raise forms.ValidationError("El portal ya usa esa dirección. Escriba otra.")
        if Pagina.objects.filter(slug=slug).exists():
            raise forms.ValidationError("Ya hay una página con esa dirección. Escriba otra.")
        return slug

    def save(self, *, por) -> VersionDePagina:
        datos = {**self.cleaned_data}
        del datos["vista"]
        return crear_pagina(por=por, **datos).versiones.get()


class SitioForm(forms.ModelForm):
    class Meta:
        model = Pagina
        fields = ["orden", "publicada"]
        help_texts = {
            "orden": "En su lista, la de menor número va primero.",
            "publicada": "Sin esta marca, solo la ve quien edita.",
        }
        widgets = {"orden": forms.NumberInput(attrs={"class": "ancho-corto"})}

    def save(self, *, por) -> None:
        ubicar_pagina(pagina=self.instance, por=por, **self.cleaned_data)


class ImagenForm(forms.Form):
    archivo = forms.FileField(
        label="Imagen",
        help_text=f"PNG, JPEG o WebP, de hasta {IMAGEN_MAXIMA // 1024**2} MB. El portal la reduce "
        "y le quita el lugar y la fecha en que se tomó.",
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
    )
    alternativo = forms.CharField(
        label="Qué muestra",
        max_length=Imagen._meta.get_field("alternativo").max_length,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Lo que entendería alguien que no la ve. Sin nombres de personas.",
    )

    def save(self, *, por) -> Imagen:
        return subir_imagen(por=por, **self.cleaned_data)
