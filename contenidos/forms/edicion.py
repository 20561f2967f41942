"""La ficha de un contenido, como la llena quien edita."""

from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.text import capfirst

from contenidos.acciones import contenidos as acciones
from contenidos.consultas.edicion import con_direccion, quienes_editan
from contenidos.models import Audiencia, Autor, Clase, Contenido, Eje, Nivel, Tema
from cuentas.models import Usuario
from territorio.controles import EnlaceField, FechaInput
from territorio.texto import normalizar

PRIMERA_VIGENCIA = 1900
UN_ANO = timedelta(days=365)


class ContenidoField(forms.CharField):
    """Otro contenido, por su dirección: entera, como se copia del navegador, o solo su nombre."""

    def prepare_value(self, value):
        if isinstance(value, int):
            value = Contenido.objects.filter(pk=value).first()
        return value.get_absolute_url() if isinstance(value, Contenido) else value

    def clean(self, value):
        texto = super().clean(value)
        if not texto:
            return None
        contenido = con_direccion(_slug_de(texto)).first()
        if contenido is None:
            raise ValidationError(
                "En la biblioteca no hay ningún contenido en esa dirección. Ábralo y copie la "
                "dirección de su página.",
                code="no_existe",
            )
        return contenido


def _slug_de(direccion):
    """«» si no se entiende."""
    try:
        partes = [parte for parte in urlsplit(direccion).path.split("/") if parte]
    except ValueError:
        return ""
    if partes[:1] == ["contenidos"]:
        partes = partes[1:2]
    return partes[-1] if partes else ""


class EjeField(forms.ModelChoiceField):
    def label_from_instance(self, eje):
        nombre = capfirst(str(eje))
        return f"{nombre} (hasta {eje.hasta})" if eje.hasta else nombre


class ContenidoForm(forms.ModelForm):
    """La ficha. El archivo va aparte: si algo falla aquí, no hay que volver a escogerlo."""

    enlace = EnlaceField(
        label="Dirección en otro sitio",
        required=False,
        help_text="Si es un enlace o un video. Para un archivo, déjela vacía: se sube después.",
    )
    eje = EjeField(
        label="Eje o línea", queryset=Eje.objects.all(), required=False, empty_label="Ninguno"
    )
    autor = forms.CharField(
        label="Quién lo hizo",
        max_length=160,
        help_text="La dependencia o la organización, nunca una persona. Escoja una de las que ya "
        "están o escriba otra.",
        widget=forms.TextInput(attrs={"list": "autores", "autocomplete": "off"}),
        error_messages={"required": "Escriba quién lo hizo."},
    )
    vigencia = forms.IntegerField(
        label="Año",
        min_value=PRIMERA_VIGENCIA,
        widget=forms.NumberInput(attrs={"class": "ancho-corto"}),
    )
    reemplazado_por = ContenidoField(
        label="Reemplazado por",
        required=False,
        help_text="Si ya hay uno más nuevo, la dirección de su página en la biblioteca.",
    )
    visto_en = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Contenido
        fields = [
            "titulo",
            "resumen",
            "clase",
            "enlace",
            "tiene_subtitulos",
            "temas",
            "eje",
            "audiencias",
            "niveles",
            "vigencia",
            "licencia",
            "idioma",
            "visibilidad",
            "responsable",
            "revisar_el",
            "slug",
        ]
        widgets = {
            "resumen": forms.Textarea(attrs={"rows": 4}),
            "audiencias": forms.CheckboxSelectMultiple,
            "niveles": forms.CheckboxSelectMultiple,
            "revisar_el": FechaInput,
        }
        help_texts = {
            "resumen": "Qué es y para qué sirve, en dos o tres frases. Se lee en los resultados.",
            "revisar_el": "Ese día se le pide a quien responde comprobar que sigue valiendo.",
            "slug": "Si la cambia, la anterior sigue funcionando.",
        }
        error_messages = {
            "titulo": {"required": "Escriba el título."},
            "resumen": {"required": "Escriba qué es y para qué sirve."},
            "clase": {"required": "Escoja qué clase de contenido es."},
        }

    def __init__(self, *args, por: Usuario, **kwargs):
        super().__init__(*args, **kwargs)
        self.lo_que_quedo = []
        contenido = self.instance
        self.fields["clase"].queryset = Clase.objects.filter(activa=True) | Clase.objects.filter(
            pk=contenido.clase_id
        )
        self.fields["temas"].queryset = self._temas()
        self.fields["audiencias"].queryset = Audiencia.objects.all()
        self.fields["niveles"].queryset = Nivel.objects.all()
        self.fields["responsable"].queryset = quienes_editan() | Usuario.objects.filter(
            pk=contenido.responsable_id
        )
        self.fields["visibilidad"].choices = [
            (valor, capfirst(texto))
            for valor, texto in Contenido.Visibilidad.choices
            # La presta una sesión al entregarlo: aquí no se escoge, se conserva.
            if valor != Contenido.Visibilidad.PRESTADA or valor == contenido.visibilidad
        ]
        self.fields["clase"].empty_label = "Escoja una"
        self.fields["responsable"].empty_label = "Nadie"
        for campo in ("clase", "audiencias", "niveles"):
            self.fields[campo].label_from_instance = lambda uno: capfirst(str(uno))
        for campo in ("licencia", "idioma"):
            self.fields[campo].choices = [
                (valor, capfirst(texto)) for valor, texto in self.fields[campo].choices
            ]
        if contenido.pk:
            self.initial |= {
                "autor": contenido.autor.nombre,
                "reemplazado_por": contenido.reemplazado_por,
                "visto_en": contenido.actualizado_en.isoformat(),
            }
            self.fields["slug"].required = True
        else:
            del self.fields["slug"], self.fields["reemplazado_por"]
            hoy = timezone.localdate()
            self.initial |= {
                "vigencia": hoy.year,
                "revisar_el": hoy + UN_ANO,
                "responsable": por.pk,
                **self.initial,
            }

    def _temas(self):
        suyos = Tema.objects.filter(contenidos=self.instance.pk) if self.instance.pk else None
        activos = Tema.objects.activos()
        return (activos | suyos).distinct() if suyos is not None else activos

    @property
    def autores(self):
        """Los que ya están, para no escribir el mismo de dos maneras."""
        return Autor.objects.values_list("nombre", flat=True)

    @property
    def temas_por_grupo(self):
        """Tema mayor → [(tema, marcado)]. El mayor también se puede escoger."""
        marcados = {str(getattr(tema, "pk", tema)) for tema in self["temas"].value() or []}
        grupos = {}
        for tema in self.fields["temas"].queryset.select_related("padre"):
            grupos.setdefault(tema.padre or tema, []).append((tema, str(tema.pk) in marcados))
        return [
            (mayor.nombre, suyos, any(marcado for _, marcado in suyos))
            for mayor, suyos in sorted(grupos.items(), key=lambda par: par[0].nombre_norm)
        ]

    def clean_autor(self):
        if not normalizar(self.cleaned_data["autor"]):
            raise ValidationError("Escriba el nombre de quién lo hizo.", code="sin_nombre")
        return self.cleaned_data["autor"]

    def clean_vigencia(self):
        ultima = timezone.localdate().year + 1
        if self.cleaned_data["vigencia"] > ultima:
            raise ValidationError(f"Escriba un año hasta {ultima}.", code="vigencia_futura")
        return self.cleaned_data["vigencia"]

    def clean_enlace(self):
        enlace = self.cleaned_data["enlace"]
        if enlace and not enlace.startswith(("https://", "http://")):
            raise ValidationError("La dirección debe empezar por https://.", code="esquema")
        return enlace

    def clean_visto_en(self) -> datetime | None:
        try:
            return parse_datetime(self.cleaned_data["visto_en"])
        except ValueError:
            return None

    def clean(self):
        datos = super().clean()
        clase = datos.get("clase")
        if clase and clase.es_enlace and not datos.get("enlace") and "enlace" not in self.errors:
            self.add_error("enlace", "Escriba a dónde lleva: un enlace no trae archivo.")
        return datos

    def save(self, *, por):
        datos = dict(self.cleaned_data)
        visto_en = datos.pop("visto_en")
        datos["autor"] = acciones.autor_llamado(datos["autor"])
        if self.instance.pk is None:
            return acciones.crear_contenido(por=por, **datos)
        acciones.cambiar_contenido(contenido=self.instance, por=por, visto_en=visto_en, **datos)
        return self.instance

    def ponerse_al_dia(self):
        """Otra persona guardó antes: enseña en qué difiere, y el siguiente intento sí vale."""
        actual = Contenido.objects.get(pk=self.instance.pk)
        suyo = ContenidoForm(instance=actual, por=actual.responsable)
        self.data = self.data.copy()
        self.data["visto_en"] = actual.actualizado_en.isoformat()
        self.lo_que_quedo = [
            (campo.label, _legible(campo, suyo[nombre].initial))
            for nombre, campo in suyo.fields.items()
            if nombre != "visto_en" and campo.has_changed(suyo[nombre].initial, self[nombre].data)
        ]


def _legible(campo, valor):
    if valor in (None, "", []):
        return "vacío"
    if isinstance(valor, bool):
        return "sí" if valor else "no"
    if isinstance(valor, date):
        return date_format(valor)
    if isinstance(valor, list):
        return ", ".join(str(uno) for uno in valor)
    if isinstance(campo, forms.ModelChoiceField):
        return str(campo.queryset.get(pk=valor))
    if isinstance(campo, forms.ChoiceField):
        return dict(campo.choices)[valor]
    return str(valor)
