"""Lo que el navegador puede mandar de un taller o un encuentro, y de a quiénes llegó."""

from itertools import groupby

from django import forms
from django.utils import timezone
from django.utils.text import capfirst

from acompanamiento.acciones.programas import (
    CLASE,
    CLASE_COBERTURA,
    anotar_cobertura,
    registrar_actividad,
)
from acompanamiento.forms.fechas import fecha_cercana
from acompanamiento.forms.registrado import RegistradoForm
from acompanamiento.forms.temas import ConTemasForm
from acompanamiento.models import Actividad, Programa, TipoDeActividad
from acompanamiento.permisos import puede_organizar_programas
from contenidos.models import Tema
from territorio.controles import FechaInput, RadiosInput, VariosField
from territorio.models import EntidadTerritorial

ASISTIO, PERSONAS = "asistio_", "personas_"
MUCHAS = 1_000_000


class ActividadForm(ConTemasForm):
    clase = CLASE
    modelo = Actividad

    programa = forms.ModelChoiceField(
        label="Programa",
        queryset=Programa.objects.all(),
        to_field_name="slug",
        empty_label="Escoja uno",
        error_messages={"required": "Escoja de qué programa es."},
    )
    tipo = forms.ModelChoiceField(
        label="Qué es",
        queryset=TipoDeActividad.objects.none(),
        to_field_name="clave",
        empty_label="Escoja uno",
        error_messages={"required": "Diga qué es: un taller, un encuentro…"},
    )
    nombre = forms.CharField(
        label="Nombre",
        max_length=200,
        error_messages={"required": "Escriba cómo se llama."},
    )
    alcance = forms.ChoiceField(
        label="¿Para quién es?",
        choices=[(valor, capfirst(nombre)) for valor, nombre in Actividad.Alcance.choices],
        widget=RadiosInput,
        initial=Actividad.Alcance.GRUPAL,
    )
    entidad = forms.ModelChoiceField(
        label="Cuál secretaría",
        queryset=EntidadTerritorial.objects.en_orden(),
        to_field_name="codigo_dane",
        required=False,
        empty_label="Escoja una",
        help_text="Si es para varias, las demás se marcan después de guardar.",
    )
    estado = forms.ChoiceField(
        label="¿En qué va?",
        choices=[
            (Actividad.Estado.REALIZADA, "Ya se realizó"),
            (Actividad.Estado.PROGRAMADA, "Está programada: aún no ocurre"),
            (Actividad.Estado.CANCELADA, "Se canceló"),
        ],
        widget=RadiosInput,
        initial=Actividad.Estado.REALIZADA,
    )
    motivo_de_cancelacion = forms.CharField(
        label="Por qué se canceló",
        max_length=300,
        required=False,
        help_text="Lo lee quien entró al portal, también las secretarías. No nombre personas.",
    )
    desde = forms.DateField(label="Fecha", widget=FechaInput(), validators=[fecha_cercana])
    hasta = forms.DateField(
        label="Hasta",
        widget=FechaInput(),
        validators=[fecha_cercana],
        required=False,
        help_text="Si duró varios días.",
    )
    personas = forms.IntegerField(
        label="Personas",
        min_value=0,
        max_value=MUCHAS,
        required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "class": "ancho-corto"}),
        help_text="En total. Déjelo vacío si no se contaron: vacío no es cero.",
    )
    donde = forms.CharField(
        label="Lugar o enlace",
        max_length=500,
        required=False,
        help_text="Solo lo ve quien entró al portal.",
    )
    aliado = forms.CharField(label="Aliado", max_length=120, required=False)
    temas = VariosField(label="Temas", queryset=Tema.objects.none(), required=False)

    def __init__(self, data=None, *, por, objeto=None, initial=None, **kwargs):
        if objeto is None:
            initial = {"desde": timezone.localdate(), **(initial or {})}
        super().__init__(data, por=por, objeto=objeto, initial=initial, **kwargs)
        suyo = objeto.tipo_id if objeto else None
        self.fields["tipo"].queryset = TipoDeActividad.objects.filter(
            activo=True
        ) | TipoDeActividad.objects.filter(pk=suyo)

    @property
    def se_cancelo(self) -> bool:
        """El motivo se muestra abierto."""
        motivo = self["motivo_de_cancelacion"]
        return bool(
            self["estado"].value() == Actividad.Estado.CANCELADA or motivo.value() or motivo.errors
        )

    @property
    def con_detalles(self) -> bool:
        """Lo que casi nunca se llena se muestra abierto si ya tiene algo."""
        return any(self[c].value() or self[c].errors for c in ("hasta", "aliado", "temas"))

    @classmethod
    def puede_crear(cls, usuario):
        return puede_organizar_programas(usuario)

    @classmethod
    def valores_de(cls, actividad):
        cobertura = None
        if actividad.alcance == Actividad.Alcance.INDIVIDUAL:
            cobertura = actividad.coberturas.select_related("entidad").first()
        return {
            **{
                campo: getattr(actividad, campo)
                for campo in (
                    *("programa", "tipo", "nombre", "alcance", "estado", "desde", "hasta"),
                    *("personas", "donde", "aliado", "motivo_de_cancelacion"),
                )
            },
            "temas": list(actividad.temas.all()),
            "entidad": cobertura and cobertura.entidad,
        }

    def registrar(self, *, clave, base, cuerpo, datos):
        return registrar_actividad(clave=clave, base=base, cuerpo=cuerpo, datos=datos, por=self.por)


class CoberturaForm(RegistradoForm):
    """Una casilla y un número por secretaría. Escribir cuántas personas también la marca."""

    clase = CLASE_COBERTURA
    modelo = Actividad

    def __init__(self, data=None, *, por, objeto=None, initial=None, **kwargs):
        super().__init__(data, por=por, objeto=objeto, initial=initial, **kwargs)
        self.entidades = {} if objeto is None else self._entidades(objeto)
        for codigo, entidad in self.entidades.items():
            self.fields[f"{ASISTIO}{codigo}"] = forms.BooleanField(
                label=f"{entidad}: participó", required=False
            )
            self.fields[f"{PERSONAS}{codigo}"] = forms.IntegerField(
                label=f"{entidad}: personas", min_value=0, max_value=MUCHAS, required=False
            )

    @staticmethod
    def _entidades(actividad):
        """Las certificadas ese día y las que ya tenga."""
        todas = (
            EntidadTerritorial.objects.vigentes(actividad.desde)
            | EntidadTerritorial.objects.filter(coberturas__actividad=actividad)
        ).distinct()
        return {
            entidad.codigo_dane: entidad
            for entidad in todas.select_related("departamento").order_by(
                "departamento__nombre_norm", "-tipo", "nombre_norm"
            )
        }

    @property
    def por_departamento(self):
        """Departamento → [(entidad, casilla, número)]."""
        return [
            (
                departamento,
                [
                    (entidad, self[f"{ASISTIO}{codigo}"], self[f"{PERSONAS}{codigo}"])
                    for codigo, entidad in suyas
                ],
            )
            for departamento, suyas in groupby(
                self.entidades.items(), key=lambda par: par[1].departamento
            )
        ]

    @property
    def n_marcadas(self) -> int:
        return sum(bool(self[f"{ASISTIO}{codigo}"].value()) for codigo in self.entidades)

    def marcar_todas(self):
        """Se vuelve a dibujar con todas marcadas, sin guardar todavía."""
        self.data = self.data.copy()
        for codigo in self.entidades:
            self.data[f"{ASISTIO}{codigo}"] = "on"
        return self

    @classmethod
    def puede_crear(cls, usuario):
        return puede_organizar_programas(usuario)

    @classmethod
    def valores_de(cls, actividad):
        valores = {}
        for cobertura in actividad.coberturas.select_related("entidad"):
            codigo = cobertura.entidad.codigo_dane
            valores[f"{ASISTIO}{codigo}"] = True
            valores[f"{PERSONAS}{codigo}"] = cobertura.personas
        return valores

    def cuerpo(self):
        cuerpo = super().cuerpo()
        for codigo in self.entidades:
            if cuerpo[f"{PERSONAS}{codigo}"] != "":
                cuerpo[f"{ASISTIO}{codigo}"] = True
        return cuerpo

    def registrar(self, *, clave, base, cuerpo, datos):
        return anotar_cobertura(
            clave=clave,
            base=base,
            cuerpo=cuerpo,
            personas_por_entidad={
                entidad: datos[f"{PERSONAS}{codigo}"]
                for codigo, entidad in self.entidades.items()
                if datos[f"{ASISTIO}{codigo}"] or datos[f"{PERSONAS}{codigo}"] is not None
            },
            por=self.por,
        )
