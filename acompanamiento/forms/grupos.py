"""Lo que el navegador puede enviar sobre los grupos, quiénes son y a quién acompañan."""

from django import forms
from django.utils import timezone

from acompanamiento.acciones.grupos import (
    agregar_integrante,
    asignar_padrino,
    crear_grupo,
    editar_grupo,
    mover_entidad,
    retirar_integrante,
    sacar_entidad,
)
from acompanamiento.acciones.relevos import exigir_relevo, relevar
from acompanamiento.forms.fechas import fecha_cercana
from acompanamiento.forms.registrado import RegistradoForm
from acompanamiento.models import Grupo, Integrante, Padrinazgo, Relevo
from acompanamiento.permisos import puede_organizar_grupos
from cuentas.models import ROLES_DEL_MINISTERIO, Usuario
from territorio.controles import FechaInput
from territorio.filtros import FiltroForm

NUMERO_MAS_ALTO = 999  # cabe en la dirección y en la base


class FechaForm(FiltroForm):
    """Cómo era un día. Sin fecha, o con una que no se entiende, hoy."""

    fecha = forms.DateField(label="Cómo estaban el", required=False, widget=FechaInput())

    @property
    def elegida(self):
        return self.puestos.get("fecha") or timezone.localdate()


class PersonaField(forms.ModelChoiceField):
    """Alguien del Ministerio con cuenta abierta, con su dirección para no confundir tocayos."""

    def __init__(self, **kwargs):
        super().__init__(Usuario.objects.none(), empty_label="Escoja a una persona", **kwargs)
        self.queryset = del_ministerio().filter(is_active=True)

    def label_from_instance(self, persona):
        return f"{persona} · {persona.direccion or persona.get_rol_display()}"


def del_ministerio():
    return (
        Usuario.objects.filter(rol__in=ROLES_DEL_MINISTERIO)
        .select_related("direccion")
        .order_by("nombre", "pk")
    )


class DesdeForm(forms.Form):
    """Algo que empieza a valer un día: hoy, si no se dice otro."""

    desde = forms.DateField(label="Desde cuándo", widget=FechaInput(), validators=[fecha_cercana])

    def __init__(self, *args, initial=None, **kwargs):
        super().__init__(
            *args, initial={"desde": timezone.localdate(), **(initial or {})}, **kwargs
        )
        self.label_suffix = ""


# ── El grupo ──────────────────────────────────────────────────────────────────────────────────


class GrupoForm(DesdeForm):
    """Sin `grupo`, uno nuevo."""

    field_order = ["numero", "nombre", "desde", "hasta"]
    numero = forms.IntegerField(
        label="Número",
        min_value=1,
        max_value=NUMERO_MAS_ALTO,
        widget=forms.NumberInput({"class": "ancho-corto"}),
    )
    nombre = forms.CharField(
        label="Nombre", max_length=120, required=False, help_text="Si el grupo se conoce por uno."
    )
    hasta = forms.DateField(
        label="Hasta cuándo",
        required=False,
        widget=FechaInput(),
        validators=[fecha_cercana],
        help_text="Ponerla cierra el grupo. Antes, mueva sus secretarías a otro.",
    )

    def __init__(self, *args, grupo=None, **kwargs):
        self.grupo = grupo
        iniciales = {}
        if grupo:
            iniciales = {"nombre": grupo.nombre, "desde": grupo.desde, "hasta": grupo.hasta}
        super().__init__(*args, initial=iniciales, **kwargs)
        if grupo:
            del self.fields["numero"]  # es su dirección: no cambia
        else:
            del self.fields["hasta"]
            ultimo = Grupo.objects.order_by("-numero").values_list("numero", flat=True).first()
            self.initial["numero"] = (ultimo or 0) + 1

    def save(self, *, por):
        if self.grupo is None:
            return crear_grupo(**self.cleaned_data, por=por)
        editar_grupo(grupo=self.grupo, **self.cleaned_data, por=por)
        return self.grupo


class IntegranteForm(DesdeForm):
    field_order = ["persona", "papel", "desde"]
    persona = PersonaField(label="Quién")
    papel = forms.ChoiceField(
        label="Con qué papel",
        choices=[("", "Escoja un papel")]
        + [(valor, rotulo.capitalize()) for valor, rotulo in Integrante.Papel.choices],
        help_text="Un grupo tiene un solo líder: quien llegue releva a quien esté.",
    )

    def __init__(self, *args, grupo, **kwargs):
        self.grupo = grupo
        super().__init__(*args, **kwargs)

    def save(self, *, por):
        return agregar_integrante(grupo=self.grupo, **self.cleaned_data, por=por)


class RetiroForm(forms.Form):
    hasta = forms.DateField(
        label="Hasta qué día hizo parte del grupo",
        widget=FechaInput(),
        validators=[fecha_cercana],
        help_text="Lo que hizo hasta entonces queda a su nombre.",
    )

    def __init__(self, *args, integrante, **kwargs):
        self.integrante = integrante
        super().__init__(*args, initial={"hasta": timezone.localdate()}, **kwargs)
        self.label_suffix = ""

    def save(self, *, por):
        retirar_integrante(integrante=self.integrante, **self.cleaned_data, por=por)


# ── Una secretaría ────────────────────────────────────────────────────────────────────────────


class MoverForm(DesdeForm):
    field_order = ["grupo", "desde", "motivo"]
    grupo = forms.ModelChoiceField(
        Grupo.objects.none(),
        label="Qué grupo la acompaña",
        required=False,
        empty_label="Ninguno",
        to_field_name="numero",
    )
    motivo = forms.CharField(
        label="Por qué cambia",
        max_length=300,
        required=False,
        help_text="Hace falta si hoy la acompaña otro grupo.",
    )

    def __init__(self, *args, entidad, actual=None, **kwargs):
        self.entidad, self.actual = entidad, actual
        super().__init__(*args, **kwargs)
        self.fields["grupo"].queryset = Grupo.objects.vigentes().order_by("numero")
        self.fields["grupo"].label_from_instance = lambda grupo: (
            f"{grupo} · {grupo.nombre}" if grupo.nombre else str(grupo)
        )
        if actual:
            self.initial["grupo"] = actual.numero

    def clean(self):
        datos = super().clean()
        if self.actual and datos.get("grupo") is None and not datos.get("motivo"):
            self.add_error("motivo", "Diga por qué deja de acompañarla su grupo.")
        return datos

    def save(self, *, por):
        datos = dict(self.cleaned_data)
        if datos["grupo"] is None:
            del datos["grupo"]
            return sacar_entidad(entidad=self.entidad, **datos, por=por)
        return mover_entidad(entidad=self.entidad, **datos, por=por)


class PadrinoForm(DesdeForm):
    field_order = ["papel", "persona", "desde"]
    papel = forms.ChoiceField(
        label="Qué será",
        choices=[(valor, rotulo.capitalize()) for valor, rotulo in Padrinazgo.Papel.choices],
    )
    persona = PersonaField(label="Quién responde por ella")

    def __init__(self, *args, entidad, **kwargs):
        self.entidad = entidad
        super().__init__(*args, **kwargs)

    def save(self, *, por):
        return asignar_padrino(entidad=self.entidad, **self.cleaned_data, por=por)


# ── Un relevo ─────────────────────────────────────────────────────────────────────────────────


class EntregaField(PersonaField):
    """Quien entrega puede haber perdido ya su cuenta."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.queryset = del_ministerio()

    def label_from_instance(self, persona):
        rotulo = super().label_from_instance(persona)
        return rotulo if persona.is_active else f"{rotulo} (cuenta desactivada)"


class RelevoForm(RegistradoForm):
    """Un solo paso; antes se mira qué pasa de manos."""

    clase = "relevo"
    modelo = Relevo

    de = EntregaField(label="Quién entrega")
    a = PersonaField(label="Quién recibe")
    fecha = forms.DateField(label="Desde cuándo", widget=FechaInput(), validators=[fecha_cercana])
    motivo = forms.CharField(
        label="Por qué", max_length=300, help_text="Por ejemplo: terminó su contrato."
    )

    def __init__(self, *args, initial=None, **kwargs):
        super().__init__(
            *args, initial={"fecha": timezone.localdate(), **(initial or {})}, **kwargs
        )

    @classmethod
    def puede_crear(cls, usuario):
        return puede_organizar_grupos(usuario)

    @classmethod
    def editables(cls, usuario):
        return Relevo.objects.none()  # uno hecho no se cambia: se hace otro

    @classmethod
    def valores_de(cls, relevo):
        return {campo: getattr(relevo, campo) for campo in ("de", "a", "fecha", "motivo")}

    def clean(self):
        datos = super().clean()
        if all(datos.get(campo) for campo in ("de", "a", "fecha")):
            exigir_relevo(de=datos["de"], a=datos["a"], fecha=datos["fecha"])
        return datos

    def registrar(self, *, clave, base, cuerpo, datos):
        return relevar(clave=clave, base=base, cuerpo=cuerpo, **datos, por=self.por)
