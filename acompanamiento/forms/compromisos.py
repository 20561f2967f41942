"""El formulario de un compromiso: qué, quién y para cuándo."""

from django import forms
from django.utils import timezone
from django.utils.formats import date_format

from acompanamiento.acciones.compromisos import CLASE, acordar_compromiso, tiene_historia
from acompanamiento.acciones.responsables import Responsable
from acompanamiento.forms.registrado import RegistradoForm
from acompanamiento.forms.responsable import ResponsableField, datos_de, legible, leido
from acompanamiento.models import Compromiso, Contacto, Necesidad
from acompanamiento.permisos import puede_acompanar
from territorio.controles import FechaInput, RadiosInput
from territorio.models import EntidadTerritorial
from trabajos.horas_habiles import sumar_habiles

PLAZOS = (2, 5, 10, 15, 30)
PLAZO_MAXIMO = 250
PLAZO_PROPUESTO = 5
DIA = r"j \d\e F \d\e Y"


class PlazoField(forms.TypedChoiceField):
    """Unos plazos en días hábiles, cada uno con el día que da; u otra fecha."""

    es_alternativa = True  # se llena este o el de la fecha: ninguno de los dos es opcional

    def __init__(self, **kwargs):
        super().__init__(
            **{
                "label": "Para cuándo",
                "coerce": int,
                "empty_value": None,
                "required": False,
                "widget": RadiosInput,
                **kwargs,
            }
        )

    def has_changed(self, initial, data):
        return str(initial or "") != str(data or "")

    def contar_desde(self, dia, tambien=()):
        """`tambien`: los plazos que no son de la lista y ya traía, o llegaron de lejos."""
        plazos = sorted({*PLAZOS, *(n for n in tambien if n)})
        self.choices = [
            *((n, f"{n} días hábiles: {date_format(sumar_habiles(dia, n), DIA)}") for n in plazos),
            ("", "Otra fecha"),
        ]


def una_sola_fecha(form, datos: dict, fecha: str) -> None:
    """Entre el plazo y la fecha vale lo que la persona puso; lo que ya venía escogido, no."""
    if not (datos.get("habiles") and datos.get(fecha)):
        return
    if "habiles" not in form.changed_data:
        datos["habiles"] = None
    elif fecha not in form.changed_data:
        datos[fecha] = None
    else:
        form.add_error(fecha, "Escogió un plazo y además otra fecha. Deje una de las dos cosas.")


def plazo_enviado(valor) -> int | None:
    """El que llegó, si es un número de días que tiene sentido."""
    texto = str(valor or "")
    es_plazo = texto.isdecimal() and len(texto) <= 3 and 0 < int(texto) <= PLAZO_MAXIMO
    return int(texto) if es_plazo else None


def _oculto(queryset, campo):
    return forms.ModelChoiceField(
        queryset=queryset, to_field_name=campo, required=False, widget=forms.HiddenInput
    )


class CompromisoForm(RegistradoForm):
    clase = CLASE
    modelo = Compromiso

    entidad = forms.ModelChoiceField(
        label="Secretaría",
        queryset=EntidadTerritorial.objects.all(),
        to_field_name="codigo_dane",
        widget=forms.HiddenInput,
    )
    texto = forms.CharField(
        label="A qué se compromete",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Empiece por lo que se hará: «Enviar…», «Revisar…», «Convocar…».",
        error_messages={"required": "Escriba qué se hará."},
    )
    responsable = ResponsableField(
        help_text="Primero está la secretaría, con sus áreas y su gente; luego, cada dirección del "
        "Ministerio.",
    )
    habiles = PlazoField()
    vence_el = forms.DateField(
        label="Otra fecha",
        required=False,
        widget=FechaInput(),
        help_text="Si la escribe, es la que vale.",
    )
    acordado_el = forms.DateField(
        label="Acordado el",
        required=False,
        widget=FechaInput(),
        help_text="El día desde el que se cuenta el plazo. Si lo deja vacío, es hoy.",
    )
    contacto = _oculto(Contacto.objects.none(), "clave")
    necesidad = _oculto(Necesidad.objects.none(), "clave")
    cosa_clase = forms.SlugField(max_length=20, required=False, widget=forms.HiddenInput)
    cosa_id = forms.IntegerField(
        min_value=1, max_value=2**31 - 1, required=False, widget=forms.HiddenInput
    )

    def __init__(self, data=None, *, por, objeto=None, initial=None, **kwargs):
        if objeto is None:
            propuesto = {"acordado_el": timezone.localdate(), "habiles": PLAZO_PROPUESTO}
            initial = {**propuesto, **(initial or {})}
        super().__init__(data, por=por, objeto=objeto, initial=initial, **kwargs)
        self.fields["contacto"].queryset = Contacto.objects.visibles_para(por)
        self.fields["necesidad"].queryset = Necesidad.objects.visibles_para(por)
        ahora = Responsable.de(objeto) if objeto else None
        self.fields["responsable"].ofrecer(self.la_entidad, ahora)
        desde = self.initial.get("acordado_el") or timezone.localdate()
        traidos = (plazo_enviado(self["habiles"].data), objeto and objeto.habiles)
        self.fields["habiles"].contar_desde(desde, traidos)

    @property
    def la_entidad(self) -> EntidadTerritorial | None:
        if self.objeto:
            return self.objeto.entidad
        if not self.is_bound:
            return self.initial.get("entidad")
        return self._oculto("entidad")

    @property
    def solo_el_texto(self) -> bool:
        """Ya tiene historia: lo demás cambia con su propio paso, que pide el motivo."""
        return self.objeto is not None and tiene_historia(self.objeto)

    @property
    def lo_demas(self) -> list:
        """Los campos que viajan sin mostrarse cuando solo se corrige el texto."""
        return [campo for campo in self.visible_fields() if campo.name != "texto"]

    @classmethod
    def puede_crear(cls, usuario):
        return puede_acompanar(usuario)

    @classmethod
    def editables(cls, usuario):
        return super().editables(usuario).abiertos()

    @classmethod
    def valores_de(cls, compromiso):
        return {
            "entidad": compromiso.entidad,
            "texto": compromiso.texto,
            "responsable": Responsable.de(compromiso),
            "habiles": compromiso.habiles,
            "vence_el": None if compromiso.habiles else compromiso.vence_el,
            "acordado_el": compromiso.acordado_el,
            "contacto": compromiso.contacto,
            "necesidad": compromiso.necesidad,
            "cosa_clase": compromiso.cosa_clase,
            "cosa_id": compromiso.cosa_id,
        }

    def clean(self):
        datos = super().clean()
        una_sola_fecha(self, datos, "vence_el")
        return datos

    def legible(self, nombre, valor):
        es_responsable = nombre == "responsable" and valor
        return legible(leido(valor)) if es_responsable else super().legible(nombre, valor)

    def registrar(self, *, clave, base, cuerpo, datos):
        responsable = datos.pop("responsable")
        return acordar_compromiso(
            clave=clave,
            base=base,
            cuerpo=cuerpo,
            datos={**datos, **datos_de(responsable)},
            por=self.por,
        )
