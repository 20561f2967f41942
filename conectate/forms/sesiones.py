"""El formulario de una sesión y el de sus cambios de estado."""

from datetime import timedelta
from itertools import groupby

from django import forms
from django.forms.utils import ErrorDict
from django.utils import timezone
from django.utils.text import capfirst

from conectate.acciones.convocatoria import cancelar_y_avisar
from conectate.acciones.sesiones import cambiar_estado, crear_sesion, editar_sesion, pide_motivo
from conectate.models import ListaDeConvocadas, Sesion, TipoSesion
from contenidos.models import Tema
from cuentas.models import Direccion
from territorio.controles import EnlaceField, FechaInput, HoraInput, RadiosInput, VariosField
from territorio.models import EntidadTerritorial

# Las del calendario; y sin tope de días, un año mal escrito tendría miles de ventanas.
PRIMERA_VIGENCIA, ULTIMA_VIGENCIA = 1900, 2099
MAS_LARGA = timedelta(days=60)
TODAS, ELEGIDAS, LISTA, PUBLICO = "todas", "elegidas", "lista", "publico"


class SesionForm(forms.ModelForm):
    """Los datos de una sesión y a quiénes convoca.

    Con «todas», la convocatoria sigue a la fecha: si cambia, se vuelven a proponer las vigentes.
    """

    enlace = EnlaceField(
        label="Enlace de la reunión",
        required=False,
        help_text="Solo lo ve quien puede asistir, hasta que la sesión se realice.",
    )
    convocar = forms.ChoiceField(
        label="¿A quiénes se convoca?",
        choices=[
            (TODAS, "A todas las secretarías certificadas en la fecha de la sesión"),
            (ELEGIDAS, "Solo a las que marque abajo"),
            (LISTA, "A las de una lista guardada"),
            (PUBLICO, "A ninguna: es para el público, sin lista de convocadas"),
        ],
        widget=RadiosInput,
        initial=TODAS,
    )
    lista = forms.ModelChoiceField(
        label="Lista guardada",
        queryset=ListaDeConvocadas.objects.all(),
        required=False,
        empty_label="Escoja una",
        help_text="Solo cuenta si arriba escogió «A las de una lista guardada».",
    )
    convocadas = VariosField(
        label="Secretarías convocadas", queryset=EntidadTerritorial.objects.none(), required=False
    )

    class Meta:
        model = Sesion
        fields = [
            "titulo",
            "tipo",
            "fecha",
            "fecha_fin",
            "hora_inicio",
            "hora_fin",
            "modalidad",
            "enlace",
            "lugar",
            "audiencia",
            "direccion",
            "temas",
            "ponentes",
            "descripcion",
            "tolerancia",
            "minutos_minimos",
            "estado",
        ]
        field_classes = {"temas": VariosField}
        widgets = {
            "fecha": FechaInput(),
            "fecha_fin": FechaInput(),
            "hora_inicio": HoraInput(),
            "hora_fin": HoraInput(),
            "ponentes": forms.Textarea(attrs={"rows": 3}),
            "descripcion": forms.Textarea(attrs={"rows": 4}),
            "estado": RadiosInput,
        }
        help_texts = {
            "lugar": "Si hay un sitio donde reunirse.",
            "audiencia": "Las de la comunidad en general las ve cualquiera, sin entrar.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        es_nueva = self.instance.pk is None
        if es_nueva:
            self.fields["estado"].choices = [
                (Sesion.Estado.BORRADOR, "Es un borrador: solo la ve el Ministerio"),
                (Sesion.Estado.CONVOCADA, "Está convocada"),
                (Sesion.Estado.REALIZADA, "Ya se realizó"),
            ]
            self.fields["estado"].label = "¿En qué va?"
            self.initial["estado"] = Sesion.Estado.CONVOCADA
        else:
            del self.fields["estado"]
        for campo in ("modalidad", "audiencia"):
            opciones = self.fields[campo].choices
            self.fields[campo].choices = [(valor, capfirst(texto)) for valor, texto in opciones]
        self.fields["tipo"].empty_label = "Escoja uno"
        self.fields["direccion"].empty_label = "Sin definir"
        for campo in ("minutos_minimos", "tolerancia"):
            self.fields[campo].widget.attrs["class"] = "ancho-corto"
        self.fields["tolerancia"].required = False
        self.fields["tipo"].queryset = TipoSesion.objects.filter(
            activo=True
        ) | TipoSesion.objects.filter(pk=self.instance.tipo_id)
        self.fields["direccion"].queryset = Direccion.objects.filter(
            activa=True
        ) | Direccion.objects.filter(pk=self.instance.direccion_id)
        self.fields["temas"].queryset = Tema.objects.activos() | Tema.objects.filter(
            sesiones=self.instance.pk
        )
        self._preparar_convocadas()

    def _preparar_convocadas(self):
        """Las opciones son las vigentes en la fecha escrita, más las que ya estén marcadas."""
        self.vigentes = list(
            EntidadTerritorial.objects.vigentes(self._fecha())
            .select_related("departamento")
            .order_by("departamento__nombre_norm", "-tipo", "nombre_norm")
        )
        todas = {entidad.pk for entidad in self.vigentes}
        if self.instance.pk:
            actuales = set(self.instance.convocatorias.values_list("entidad", flat=True))
            if not actuales and self.instance.audiencia == Sesion.Audiencia.COMUNIDAD:
                self.initial.setdefault("convocar", PUBLICO)
            elif actuales != todas_en(self.instance.fecha):
                self.initial.setdefault("convocar", ELEGIDAS)
            self.initial.setdefault("convocadas", actuales)
        else:
            self.initial.setdefault("convocadas", todas)
        if not ListaDeConvocadas.objects.exists():
            del self.fields["lista"]
            opciones = self.fields["convocar"].choices
            self.fields["convocar"].choices = [par for par in opciones if par[0] != LISTA]
        # Cualquier entidad es una opción posible: la acción explica cuál no valía en la fecha.
        self.fields["convocadas"].queryset = EntidadTerritorial.objects.all()

    def solo_proponer(self):
        """Vuelve a dibujarse con lo escrito y la lista de esa fecha, sin revisar lo que falte."""
        self._errors = ErrorDict()
        return self

    def _fecha(self):
        if self.is_bound:
            escrita = self.data.get(self.add_prefix("fecha"))
            try:
                return self.fields["fecha"].clean(escrita)
            except forms.ValidationError:
                pass
        return self.instance.fecha or timezone.localdate()

    @property
    def fecha_de_la_lista(self):
        return self._fecha()

    @property
    def elige(self) -> bool:
        return self["convocar"].value() == ELEGIDAS

    @property
    def marcadas(self) -> set[int]:
        if self.is_bound and self.data.get("convocar") == ELEGIDAS:
            escritas = set(self.data.getlist("convocadas"))
            todas = self.fields["convocadas"].queryset.values_list("pk", flat=True)
            return {pk for pk in todas if str(pk) in escritas}
        if self.is_bound:
            return {entidad.pk for entidad in self.vigentes}
        return set(self.initial["convocadas"])

    @property
    def por_departamento(self):
        """Departamento → [(entidad, marcada)], y al final las marcadas que ya no valen."""
        marcadas = self.marcadas
        grupos = [
            (departamento.nombre, [(entidad, entidad.pk in marcadas) for entidad in entidades])
            for departamento, entidades in groupby(self.vigentes, key=lambda e: e.departamento)
        ]
        fuera = EntidadTerritorial.objects.filter(
            pk__in=marcadas - {entidad.pk for entidad in self.vigentes}
        ).en_orden()
        if fuera:
            grupos.append(("No certificadas en esa fecha", [(entidad, True) for entidad in fuera]))
        return grupos

    @property
    def temas_por_grupo(self):
        """Tema mayor → [(tema, marcado)]. El mayor también se puede escoger."""
        marcados = {str(pk) for pk in self["temas"].value() or []}
        marcados |= {str(getattr(tema, "pk", tema)) for tema in self["temas"].value() or []}
        temas = list(self.fields["temas"].queryset.select_related("padre").distinct())
        grupos = {}
        for tema in temas:
            grupos.setdefault(tema.padre or tema, []).append(tema)
        return [
            (mayor.nombre, [(tema, str(tema.pk) in marcados) for tema in suyos])
            for mayor, suyos in sorted(grupos.items(), key=lambda par: par[0].nombre_norm)
        ]

    def clean_tolerancia(self):
        """Vacía es la de siempre."""
        escrita = self.cleaned_data["tolerancia"]
        return Sesion._meta.get_field("tolerancia").default if escrita is None else escrita

    def clean(self):
        datos = super().clean()
        fecha, estado = datos.get("fecha"), datos.get("estado", self.instance.estado)
        if fecha and estado == Sesion.Estado.REALIZADA and fecha > timezone.localdate():
            self.add_error(
                "fecha", "La fecha no ha llegado: la sesión no se puede dar por realizada."
            )
        if fecha and not PRIMERA_VIGENCIA <= fecha.year <= ULTIMA_VIGENCIA:
            self.add_error("fecha", f"Escriba un año entre {PRIMERA_VIGENCIA} y {ULTIMA_VIGENCIA}.")
        ultimo = datos.get("fecha_fin")
        if fecha and ultimo and ultimo - fecha > MAS_LARGA:
            self.add_error(
                "fecha_fin", f"Una sesión no dura más de {MAS_LARGA.days} días. Revise el año."
            )
        if fecha and ultimo and ultimo <= fecha:
            self.add_error(
                "fecha_fin",
                "El último día va después del primero. Si dura un solo día, déjelo vacío.",
            )
        inicio, fin = datos.get("hora_inicio"), datos.get("hora_fin")
        if inicio and fin and fin <= inicio and not ultimo:
            self.add_error("hora_fin", "La sesión no puede terminar antes de empezar.")
        convocar = datos.get("convocar")
        if convocar == ELEGIDAS:
            self._revisar_convocadas("convocadas", datos.get("convocadas"), fecha)
        elif convocar == LISTA:
            lista = datos.get("lista")
            datos["convocadas"] = lista and lista.entidades.all()
            self._revisar_convocadas("lista", datos["convocadas"], fecha)
        elif convocar == PUBLICO:
            datos["convocadas"] = EntidadTerritorial.objects.none()
            if datos.get("audiencia") != Sesion.Audiencia.COMUNIDAD:
                self.add_error(
                    "convocar",
                    "Solo una sesión para la comunidad educativa en general puede no convocar a "
                    "ninguna secretaría. Cambie la audiencia o escoja a quiénes convoca.",
                )
        return datos

    def _revisar_convocadas(self, campo, elegidas, fecha):
        if campo in self.errors:
            return
        if not elegidas:
            falta = "Escoja una lista con" if campo == "lista" else "Marque"
            self.add_error(campo, f"{falta} al menos una secretaría.")
        elif fecha and (fuera := [e.nombre for e in elegidas if not e.vale_en(fecha)]):
            self.add_error(
                campo,
                f"No eran entidades certificadas en esa fecha: {', '.join(fuera)}. "
                "Quítelas o corrija la fecha.",
            )

    @property
    def para_la_accion(self) -> dict:
        """Lo escrito, como lo piden `crear_sesion` y `editar_sesion`."""
        datos = {
            c: valor for c, valor in self.cleaned_data.items() if c not in ("convocar", "lista")
        }
        if self.cleaned_data["convocar"] == TODAS:
            datos["convocadas"] = None
        return datos

    def save(self, *, por):
        if self.instance.pk is None:
            return crear_sesion(por=por, **self.para_la_accion)
        editar_sesion(sesion=self.instance, por=por, **self.para_la_accion)
        return self.instance


def todas_en(fecha) -> set[int]:
    return set(EntidadTerritorial.objects.vigentes(fecha).values_list("pk", flat=True))


class CambioDeEstadoForm(forms.Form):
    motivo = forms.CharField(
        label="Motivo",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
        help_text="Queda en la bitácora. No escriba nombres de personas.",
    )
    avisar = forms.BooleanField(
        label="Avisarles a los convocados que se canceló",
        required=False,
        help_text="Sale en la próxima hora hábil. También puede escribirlo usted después, "
        "en la convocatoria.",
    )

    def __init__(self, *args, sesion, a, **kwargs):
        super().__init__(*args, **kwargs)
        self.sesion, self.a = sesion, a
        if not pide_motivo(sesion, a):
            del self.fields["motivo"]
        if a == Sesion.Estado.CANCELADA and sesion.estado == Sesion.Estado.CONVOCADA:
            self.initial["avisar"] = sesion.mensajes.exists()
        else:
            del self.fields["avisar"]

    def save(self, *, por):
        if self.cleaned_data.get("avisar"):
            cancelar_y_avisar(sesion=self.sesion, por=por, motivo=self.cleaned_data["motivo"])
            return
        cambiar_estado(
            sesion=self.sesion, a=self.a, por=por, motivo=self.cleaned_data.get("motivo", "")
        )
